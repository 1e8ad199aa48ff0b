"""Taking over what a batch's output holds: mended where it was torn off, tidied where it is stale.

Nothing is thrown away but the beginning of a line that was not written to its end, and lines that
a later one of the same document has taken the place of.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from summarizer.batch.appending import sync_folder
from summarizer.batch.index import Index
from summarizer.batch.lines import Stretch, could_begin_a_line, note, scan
from summarizer.errors import ConfigurationError, InputError

_HINT = "Name another file with --output."


def take_over(path: Path, told: Callable[[str], None]) -> Index:
    """The documents that the file has a line of, after it was mended and tidied.

    Raises `ConfigurationError` where it holds something else, and then leaves it as it is; and
    `OSError`.
    """
    index, is_stale = _looked_through(path)
    try:
        _fresh(path).unlink(missing_ok=True)
        if is_stale and tidy(path, index, told):
            index.close()
            index, _ = _looked_through(path)
    except BaseException:
        index.close()
        raise
    return index


def tidy(path: Path, index: Index, told: Callable[[str], None]) -> bool:
    """Write the file anew with the last line of each document alone, or leave it as it is.

    A document that was done again keeps the place that it had. Lines that can't be read are added
    to a file beside.
    """
    fresh, aside = _fresh(path), path.with_name(f"{path.name}.damaged")
    before = aside.stat().st_size if aside.exists() else 0
    try:
        if index.damaged:
            _copy_damaged(path, aside)
        with path.open("rb") as old, fresh.open("wb") as new:
            for start, length in index.places():
                old.seek(start)
                new.write(old.read(length))
            new.flush()
            os.fsync(new.fileno())
        fresh.chmod(path.stat().st_mode & 0o7777)
        fresh.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink()
        with suppress(OSError):  # or each start would add them once more
            os.truncate(aside, before) if before else aside.unlink()
        told(
            f"{path} can't be tidied ({error.strerror or error}): lines that were superseded, or "
            "can't be read, stand in it beside those that count, the last of each document."
        )
        return False
    if index.damaged:
        told(
            f"Lines of {path} that can't be read: {index.damaged}. They are kept in {aside}, and "
            "what they were of is done again."
        )
    return True


def _looked_through(path: Path) -> tuple[Index, bool]:
    """What the file holds, and whether there are lines that should not be there."""
    index = Index()
    try:
        with path.open("r+b") as file:
            blank, torn = 0, None
            for found in scan(file):
                if not found.is_whole:
                    torn = found
                elif found.head is not None:
                    note(index, found.head, found.start, len(found.json))
                elif found.is_blank:
                    blank += 1
                else:
                    index.damaged += 1
            if not index.lines and (index.damaged or (torn and not _is_ours(torn))):
                raise ConfigurationError(f"{path} is not the output of a batch.", hint=_HINT)
            if torn is not None:
                _mend(file, torn, index)
    except InputError as error:
        index.close()
        raise ConfigurationError(error.message, hint=_HINT, original=error) from None
    except BaseException:
        index.close()
        raise
    return index, bool(index.damaged or blank or index.superseded)


def _is_ours(torn: Stretch) -> bool:
    # A loss of power may leave a file as long as it was, with nothing in it, or in its end.
    begun = torn.json.rstrip(b"\0")
    return not begun or torn.head is not None or could_begin_a_line(begun)


def _mend(file: BinaryIO, torn: Stretch, index: Index) -> None:
    """Take away what was begun of the last line, or end it where only its end is missing."""
    if torn.head is None:
        file.truncate(torn.start)
    else:
        file.seek(0, os.SEEK_END)
        file.write(b"\n")
        note(index, torn.head, torn.start, len(torn.json) + 1)


def _copy_damaged(path: Path, aside: Path) -> None:
    """Add the lines that can't be read to `aside`, and make the disk keep it."""
    with path.open("rb") as file, aside.open("ab") as beside:
        for found in scan(file):
            if found.head is None and not found.is_blank:
                beside.write(found.json)
        beside.flush()
        os.fsync(beside.fileno())


def _fresh(path: Path) -> Path:
    # Always the same: whoever holds the lock is alone with it, and one that was killed left it.
    return path.with_name(f".{path.name}.tmp")
