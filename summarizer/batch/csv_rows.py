"""Documents from a CSV file: a header, and one row each."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import zip_longest

from summarizer.batch.found import Fields, Found, recorded, unreadable
from summarizer.batch.header import Header
from summarizer.batch.pieces import too_large
from summarizer.errors import InputError
from summarizer.inputs import MAX_BYTES, not_utf_8


def from_rows(lines: Iterator[bytes], header: Header, name: str, fields: Fields) -> Iterator[Found]:
    """Every row beneath `header` that isn't blank, as a document; rows count from 1. A row that
    ends before the last column has nothing in the others."""
    for row, cells in enumerate(_rows(lines, header), 1):
        place = f"{name}#{row}"
        if isinstance(cells, _Unread):
            yield unreadable(cells.error(place), place, cells.content)
            continue
        try:
            found = recorded(_record(header.names, cells, place), place, fields)
        except InputError as error:
            content = "\0".join(cells).encode(errors="surrogateescape")
            found = unreadable(error, place, content)
        yield found


def count_rows(lines: Iterator[bytes], header: Header) -> int:
    """How many documents `from_rows` finds."""
    return sum(1 for _ in _rows(lines, header))


@dataclass(frozen=True, slots=True)
class _Unread:
    """A row that the csv module can't be let read; `content` is its hash, or itself."""

    error: Callable[[str], InputError]
    content: bytes


def _rows(lines: Iterator[bytes], header: Header) -> Iterator[list[str] | _Unread]:
    # The module's own limit is 131,072 characters, less than a long article.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_BYTES))
    feed = _Feed(lines)
    reader = csv.reader(feed, delimiter=header.delimiter)
    while True:
        feed.begin()
        try:
            cells = next(reader, None)
        except _RowTooLargeError:
            yield _Unread(too_large, feed.skip())
            continue
        if cells is None:
            return
        if feed.ended:
            yield _Unread(_never_closed, "\0".join(cells).encode(errors="surrogateescape"))
        elif any(cells):
            yield cells


class _RowTooLargeError(Exception):
    pass


class _Feed:
    """Lines for the csv module's reader; bounds what one row takes of them."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self.ended = False
        """The reader asked for a line after the last one."""
        self.begin()

    def begin(self) -> None:
        """The next line begins a row."""
        self._taken: list[bytes] = []
        self._size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines, b"")
        if not line:
            self.ended = True
            raise StopIteration
        self._taken.append(line)
        self._size += len(line)
        if self._size > MAX_BYTES:
            raise _RowTooLargeError
        # What isn't UTF-8 costs the row that it is in, and not all after it.
        return line.decode(errors="surrogateescape")

    def skip(self) -> bytes:
        """Read to the end of a row that is too large, the end of a line outside of quotes. Gives
        the row's hash."""
        row = b"".join(self._taken)
        hashed = sha256(row)
        quotes = row.count(b'"')
        last = self._taken[-1]
        while last and (quotes % 2 or not last.endswith((b"\n", b"\r"))):
            last = next(self._lines, b"")
            hashed.update(last)
            quotes += last.count(b'"')
        return hashed.digest()


def _record(names: list[str], cells: list[str], place: str) -> dict[str, object]:
    if any(cells[len(names) :]):
        raise InputError(
            f"{place} has {len(cells)} fields, and the first line {len(names)}.",
            hint="Put fields that hold the delimiter in quotes.",
        )
    record: dict[str, object] = {}
    for name, cell in zip_longest(names, cells[: len(names)], fillvalue=""):
        try:
            cell.encode()
        except UnicodeEncodeError as error:
            byte = len(cell[: error.start].encode())
            raise not_utf_8(f"“{name[:40]}” in {place}", byte) from None
        record.setdefault(name, cell)
    return record


def _never_closed(place: str) -> InputError:
    return InputError(
        f"{place} opens a quote that is never closed, so that it would take all the rest of the "
        "file.",
        hint="Close it, or double a quote that is meant as one.",
    )
