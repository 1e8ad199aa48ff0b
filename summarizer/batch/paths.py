"""From the names that a batch is given to files, in a stable order."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from glob import escape, has_magic, iglob
from pathlib import Path

from summarizer.batch.files import LINES, ROWS
from summarizer.batch.written import is_exported, is_results, results_refused
from summarizer.errors import ConfigurationError, InputError
from summarizer.inputs import is_url, unreadable

STDIN = "-"
_ARTICLES = {".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".json"}
READ_IN_FOLDERS = _ARTICLES | LINES | ROWS
RESULTS, TABLES, NO_FILES = "results of a batch", "exported tables", "pipes and devices"
"""What is passed over by what it is, and not by its suffix."""


class Paths:
    """The files that `inputs` name: files, folders with all beneath them, and globs (`**` too).

    In the order given; folders and globs in the order of names. In folders, hidden files are not
    looked at, nor are those of kinds that can't be read. Beneath a folder, and by `**`, links to
    folders are not followed: they may lead round in a circle. Files in `excluded` are never given,
    nor is what the library wrote itself, or is no file, unless it was named. Globs are expanded
    here for shells that don't.

    Raises `InputError` for what doesn't exist, matches nothing, is excluded, is a URL, or is the
    output of a batch by name.
    """

    def __init__(self, inputs: Sequence[str], excluded: Sequence[Path]) -> None:
        self._inputs = list(inputs)
        # Not Path.resolve, which raises at links that lead round in a circle.
        self._excluded = {os.path.realpath(path) for path in excluded}
        self._beside = tuple(f"{path.name}." for path in excluded)  # its lock, to name one
        if not inputs:
            raise ConfigurationError("There is no input.", hint="Name files, folders, or “-”.")
        if self._inputs.count(STDIN) > 1:
            raise ConfigurationError("Standard input is named twice.", hint="Name it once.")
        for name in inputs:
            if name != STDIN:
                self._check(name)

    @property
    def named(self) -> list[Path]:
        """The files that were named one by one."""
        return [Path(name) for name in self._inputs if name != STDIN and Path(name).is_file()]

    def walk(self, left_out: Counter[str]) -> Iterator[str]:
        """Paths, and "-" for standard input. Counts in `left_out`, by suffix or by what they are,
        the files in folders and of globs that are passed over."""
        for name in self._inputs:
            yield from [name] if name == STDIN else self._files(name, left_out)

    def _check(self, name: str) -> None:
        left_out: Counter[str] = Counter()
        try:
            if next(self._files(name, left_out), None) is None:
                raise _nothing(name, left_out)
        except OSError as error:  # a text in the place of its path is too long for one
            raise unreadable(Path(name), error) from None
        path = Path(name)
        if path.is_file() and is_results(path):
            raise results_refused(name)

    def _files(self, name: str, left_out: Counter[str]) -> Iterator[str]:
        path = Path(name)
        if not name:  # Path would take it for the folder that one is in
            return
        if path.is_dir():
            yield from self._sifted(_beneath(name), left_out, READ_IN_FOLDERS)
        elif path.exists():
            if not self._is_excluded(path):
                yield str(path)
        elif has_magic(name):
            matches = (match for match in sorted(set(_matches(name))) if not Path(match).is_dir())
            yield from self._sifted(matches, left_out, None)

    def _sifted(
        self, files: Iterator[str], left_out: Counter[str], kinds: Set[str] | None
    ) -> Iterator[str]:
        for file in files:
            path = Path(file)
            suffix = path.suffix.lower()
            if path.name.startswith(self._beside) and suffix not in READ_IN_FOLDERS:
                continue
            if kinds is not None and suffix not in kinds:
                left_out[suffix or "no suffix"] += 1
            elif self._is_excluded(path):
                continue
            elif passed_over := _passed_over(path):
                left_out[passed_over] += 1
            else:
                yield str(path)

    def _is_excluded(self, path: Path) -> bool:
        return bool(self._excluded) and os.path.realpath(path) in self._excluded


def is_stream(path: Path) -> bool:
    """Whether this is a pipe or a device, and its name doesn't tell what it holds."""
    return path.suffix.lower() not in READ_IN_FOLDERS and _is_no_file(path)


def _passed_over(path: Path) -> str | None:
    if _is_no_file(path):
        return NO_FILES
    if is_exported(path):
        return TABLES
    return RESULTS if is_results(path) else None


def _is_no_file(path: Path) -> bool:
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:  # told where it is read
        return False


def _beneath(folder: str) -> Iterator[str]:
    for here, folders, files in os.walk(folder, onerror=_unlisted):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (str(Path(here, name)) for name in sorted(files) if not name.startswith("."))


def _matches(pattern: str) -> Iterator[str]:
    """What a pattern matches; more than once where it has several `**`."""
    parts = Path(pattern).parts
    if "**" not in parts:
        # Path.glob takes no absolute patterns, and finds hidden files.
        yield from iglob(pattern)  # noqa: PTH207  as said above
        return
    at = parts.index("**")
    rest = parts[at + 1 :] or ("*",)
    # Nor does iglob know `**` here: it follows links, and never comes back from two in a circle.
    for top in _matches(str(Path(*parts[:at]))) if at else ["."]:
        for here, folders, _ in os.walk(top):
            folders[:] = (name for name in folders if not name.startswith("."))
            yield from _matches(str(Path(escape(here), *rest)))


def _unlisted(error: OSError) -> None:
    raise InputError(
        f"{error.filename} can't be read ({error.strerror}).",
        hint="Allow it, or name its files.",
        original=error,
    )


def _nothing(name: str, left_out: Counter[str]) -> InputError:
    if is_url(name):
        return InputError(
            f"{name[:80]} is a URL, and a batch reads files.",
            hint="Fetch pages first (curl -O), or give one to summarizer run.",
        )
    if not name:
        return InputError(
            "An input is an empty name.", hint="Look for a variable that is not set, or give “.”."
        )
    if ours := [what for what in (RESULTS, TABLES) if what in left_out]:
        return InputError(
            f"{name} holds nothing to be read but {' and '.join(ours)}.",
            hint="They are read by summarizer export and by what joins tables; name the articles.",
        )
    if Path(name).is_dir():
        kinds = ", ".join(sorted(READ_IN_FOLDERS))
        return InputError(
            f"The folder {name} holds nothing that can be read.", hint=f"Read are {kinds}."
        )
    if Path(name).exists():
        return InputError(
            f"{name} is what the batch writes, and no input of it.",
            hint="Name another file with --output.",
        )
    if has_magic(name):
        return InputError(f"No file matches {name}.", hint="Check the pattern.")
    return InputError(f"{name[:200]} does not exist.", hint="Check the path.")
