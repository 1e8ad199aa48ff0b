"""The fenced blocks of a Markdown page, run as a reader would run them.

    python    in one namespace, from the top of the page to its end; `await` works
    sh        line by line: `summarizer …`, `python FILE …`, `export NAME=VALUE`, comments
    console   lines that begin with `$ ` as in sh, the others being what they must print
    json      must parse, and so must toml

Any other kind of block, and any other command, is a failure: what isn't run isn't shown. An HTML
comment on a line of its own, before a block, says how the block is run:

    <!-- test: weights -->    with the embedded model, by a test that is marked so
    <!-- command: NAME -->    by .ci/run, on a fresh clone

Printed lines are compared with white space folded; `...` stands for any number of lines, or for
any text within a line.
"""

from __future__ import annotations

import ast
import asyncio
import contextlib
import inspect
import io
import json
import re
import runpy
import shlex
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

FENCE = re.compile(r"^```(\w*)$")
COMMENT = re.compile(r"^<!-- (test|command): (\w+) -->$")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, what the comment before it says, its text and place."""

    language: str
    text: str
    line: int
    marks: dict[str, str]


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    marks: dict[str, str] = {}
    lines = iter(enumerate(page.splitlines(), 1))
    for number, line in lines:
        if comment := COMMENT.match(line):
            marks[comment[1]] = comment[2]
        elif fence := FENCE.match(line):
            body = []
            for _, inner in lines:
                if inner == "```":
                    break
                body.append(inner)
            yield Block(fence[1], "\n".join(body) + "\n", number, marks)
            marks = {}
        elif line.strip():
            marks = {}


@dataclass
class Player:
    """Runs blocks, with `replacements` made in their text first; keeps the Python namespace.

    `export` calls `setenv`. The caller sees to the folder that the blocks run in.
    """

    setenv: Callable[[str, str], None]
    replacements: dict[str, str] = field(default_factory=dict)
    share: float = 1.0
    """How much of the printed lines of a console block must be found: all, unless set."""
    namespace: dict[str, object] = field(default_factory=lambda: {"__name__": "__readme__"})

    def play(self, block: Block) -> None:
        """Run one block; an AssertionError, or the block's own, with the line where it begins."""
        text = block.text
        for placeholder, actual in self.replacements.items():
            text = text.replace(placeholder, actual)
        try:
            match block.language:
                case "python":
                    self._python(text)
                case "sh":
                    for command in commands(text):
                        self.run(command)
                case "console":
                    self._console(text)
                case "json":
                    json.loads(text)
                case "toml":
                    tomllib.loads(text)
                case other:
                    raise AssertionError(f"a block of kind {other!r} can't be tested")
        except Exception as error:
            error.add_note(f"in the {block.language} block at line {block.line}")
            raise

    def _python(self, text: str) -> None:
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        code = compile(text, "<snippet>", "exec", flags=flags, dont_inherit=True)
        with contextlib.redirect_stdout(io.StringIO()):
            value = eval(code, self.namespace)
            if inspect.iscoroutine(value):
                asyncio.run(value)

    def _console(self, text: str) -> None:
        for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
            command, _, expected = part.partition("\n")
            printed = self.run(command)
            found = share_found(expected, printed)
            assert found >= self.share, f"{command} printed something else:\n{printed}"

    def run(self, command: str) -> str:
        """Run a command in this process. What it prints to stdout; it must exit with 0."""
        words = shlex.split(command, comments=True)
        match words:
            case ["export", assignment]:
                name, _, value = assignment.partition("=")
                self.setenv(name, value)
                return ""
            case ["summarizer", *_]:
                from summarizer.cli import main

                return _captured(main, words)
            case ["python", script, *_]:
                return _captured(lambda: runpy.run_path(script, run_name="__main__"), words[1:])
            case _:
                raise AssertionError(f"this command is not run by any test: {command}")


def commands(text: str) -> Iterator[str]:
    """The commands of a sh block: lines, joined where a backslash ends them."""
    for line in text.replace("\\\n", " ").splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield line.strip()


def _captured(call: Callable[[], object], argv: list[str]) -> str:
    out, before = io.StringIO(), sys.argv
    sys.argv = argv
    try:
        with contextlib.redirect_stdout(out):
            call()
    except SystemExit as end:
        if end.code:
            raise AssertionError(f"{shlex.join(argv)} ended with {end.code}") from end
    finally:
        sys.argv = before
    return out.getvalue()


def share_found(expected: str, printed: str) -> float:
    """The share of the expected lines that were printed, in order; `...` is not counted."""
    actual = [" ".join(line.split()) for line in printed.splitlines()]
    wanted = [" ".join(line.split()) for line in expected.splitlines()]
    wanted = [line for line in wanted if line and line != "..."]
    position = found = 0
    for line in wanted:
        pattern = re.compile(".*".join(re.escape(piece) for piece in line.split("...")))
        later = (i for i in range(position, len(actual)) if pattern.fullmatch(actual[i]))
        if (hit := next(later, None)) is not None:
            position, found = hit + 1, found + 1
    return found / len(wanted) if wanted else 1.0
