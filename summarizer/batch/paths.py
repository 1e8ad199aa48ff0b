"""From the names that a batch is given to files, in a stable order."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from glob import escape, has_magic, iglob
from pathlib import Path

from summarizer.batch.files import LINES, ROWS
from summarizer.errors import ConfigurationError, InputError
from summarizer.inputs import is_url, unreadable

STDIN = "-"
_ARTICLES = {".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".json"}
READ_IN_FOLDERS = _ARTICLES | LINES | ROWS


class Paths:
    """The files that `inputs` name: files, folders with all beneath them, and globs (`**` too).

    In the order given; folders and globs in the order of names. In folders, hidden files are not
    looked at, nor are those of kinds that can't be read. Beneath a folder, and by `**`, links to
    folders are not followed: they may lead round in a circle. Files in `excluded` are never given.
    Globs are expanded here for shells that don't.

    Raises `InputError` for what doesn't exist, matches nothing, is excluded or is a URL.
    """

    def __init__(self, inputs: Sequence[str], excluded: Sequence[Path]) -> None:
        self._inputs = list(inputs)
        self._excluded = {path.resolve() for path in excluded}
        self._beside = tuple(f"{path.name}." for path in excluded)  # its lock, to name one
        if not inputs:
            raise ConfigurationError("There is no input.", hint="Name files, folders, or “-”.")
        if self._inputs.count(STDIN) > 1:
            raise ConfigurationError("Standard input is named twice.", hint="Name it once.")
        for name in inputs:
            if name != STDIN and not self._leads_to_files(name):
                raise _nothing(name)

    @property
    def named(self) -> list[Path]:
        """The files that were named one by one."""
        return [Path(name) for name in self._inputs if name != STDIN and Path(name).is_file()]

    def walk(self, left_out: Counter[str]) -> Iterator[str]:
        """Paths, and "-" for standard input. Counts in `left_out`, by suffix, the files in
        folders that are of a kind that can't be read."""
        for name in self._inputs:
            yield from [name] if name == STDIN else self._files(name, left_out)

    def _leads_to_files(self, name: str) -> bool:
        try:
            return next(self._files(name, Counter()), None) is not None
        except OSError as error:  # a text in the place of its path is too long for one
            raise unreadable(Path(name), error) from None

    def _files(self, name: str, left_out: Counter[str]) -> Iterator[str]:
        path = Path(name)
        found: Iterator[str] = iter(())
        if not name:  # Path would take it for the folder that one is in
            pass
        elif path.is_dir():
            found = self._beneath(name, left_out)
        elif path.exists():
            found = iter([name])
        elif has_magic(name):
            found = (match for match in sorted(set(_matches(name))) if Path(match).is_file())
        for file in found:
            if not self._excluded or Path(file).resolve() not in self._excluded:
                yield str(Path(file))

    def _beneath(self, folder: str, left_out: Counter[str]) -> Iterator[str]:
        for here, folders, files in os.walk(folder, onerror=_unlisted):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(files):
                path = Path(here, name)
                if name.startswith("."):
                    continue
                if path.suffix.lower() in READ_IN_FOLDERS:
                    yield str(path)
                elif not name.startswith(self._beside):
                    left_out[path.suffix.lower() or "no suffix"] += 1


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


def _nothing(name: str) -> InputError:
    if is_url(name):
        return InputError(
            f"{name[:80]} is a URL, and a batch reads files.",
            hint="Fetch pages first (curl -O), or give one to summarizer run.",
        )
    if not name:
        return InputError(
            "An input is an empty name.", hint="Look for a variable that is not set, or give “.”."
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
