"""What is said on stderr: notes, errors, and what takes long. Never the result."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from summarizer.errors import SummarizerError
from summarizer.faults import redact, secrets_in
from summarizer.view.clean import clean

KEYS = ("SUMMARIZER_API_KEY", "OPENAI_API_KEY")
"""The variables whose values are never shown."""

_RED, _YELLOW, _PLAIN = "\x1b[1;31m", "\x1b[33m", "\x1b[0m"


def say(text: str) -> None:
    """Write `text` to stderr, without keys, and without what would steer a terminal."""
    _write("\n".join(_shown(line) for line in text.splitlines()) + "\n")


def complain(error: BaseException, *, debug: bool) -> None:
    """Say what went wrong and what to do about it; with `debug`, where in the program it arose."""
    if debug:
        say("".join(traceback.format_exception(error)))
    if isinstance(error, SummarizerError):
        message, hint = error.message, error.hint
    else:
        message = f"{type(error).__name__}: {error}"
        hint = "This is a bug in summarizer." + ("" if debug else " --debug shows where.")
    _label("Error", _RED, message)
    if hint:
        _label("Hint", _YELLOW, hint)


@contextmanager
def working(label: str) -> Iterator[Callable[[str], None]]:
    """Show that something takes long: a spinner with its seconds, or a line if stderr is a file.

    What comes out is to be called with a line when the work moves on to something else.
    """
    if not sys.stderr.isatty():
        say(f"{label}…")
        yield say
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as spinner:
        task = spinner.add_task(_shown(label), total=None)
        yield lambda line: spinner.update(task, description=_shown(line))


@contextmanager
def counted(total: int, done: int = 0) -> Iterator[Callable[[int, int, str], None]]:
    """Show how far work in pieces is: a bar on a terminal, else a line for each piece.

    What comes out is to be called with how many are done, how many of them failed, and a line on
    the latest.
    """
    if not sys.stderr.isatty():
        yield lambda now, failed, line: say(f"{now} of {total} done, {failed} failed: {line}")
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    with Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}", markup=False),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("", total=total, completed=done)
        yield lambda now, failed, line: bar.update(
            task, completed=now, description=_shown(f"{failed} failed; {line}")
        )


@contextmanager
def log_shown(told: int = logging.INFO) -> Iterator[None]:
    """Within it, what the library logs (such as that it waits for a busy endpoint) is said, from
    the level `told` on."""
    log, handler = logging.getLogger("summarizer"), _Said()
    level = log.level
    log.addHandler(handler)
    log.setLevel(told)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(level)


def coloured(stream: TextIO) -> bool:
    """Whether escape sequences belong into `stream`."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not plain


class _Said(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        say(record.getMessage())


def _label(word: str, colour: str, text: str) -> None:
    head = f"{colour}{word}:{_PLAIN}" if coloured(sys.stderr) else f"{word}:"
    _write(f"{head} ")
    say(text.strip())


def _write(text: str) -> None:
    # Work of a night doesn't end because nobody listens any more, or the log's disk is full.
    with suppress(OSError):
        sys.stderr.write(text)


def _shown(line: str) -> str:
    indent = " " * (len(line) - len(line.lstrip(" ")))
    keys = [os.environ.get(name, "") for name in KEYS]
    return indent + redact(clean(line), [s for key in keys for s in secrets_in(key, {})])
