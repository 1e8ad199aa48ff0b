"""The first line of a CSV file: which columns there are, and what stands between them."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from summarizer.batch.found import Fields
from summarizer.batch.pieces import too_large
from summarizer.errors import EmptyArticle, InputError
from summarizer.inputs import MAX_BYTES, decoded
from summarizer.records import METADATA, TEXT_FIELDS

_DELIMITERS = ",\t;|"


class Header:
    """The columns of a table, of which those of `fields` are needed."""

    def __init__(self, line: str, fields: Fields) -> None:
        self._asked = [field for field in (fields.id, fields.text) if field is not None]
        self._text_is_asked = fields.text is not None
        # Names may hold other delimiters: the one that finds the columns is right.
        self.delimiter = max(
            _DELIMITERS,
            key=lambda mark: (not self._missing(_cells(line, mark)), len(_cells(line, mark))),
        )
        self.names = _cells(line, self.delimiter)

    def check(self, name: str) -> None:
        """Raise `InputError` where the table lacks a column that was asked for, or a text."""
        if missing := self._missing(self.names):
            columns = "”, “".join(cell[:40] for cell in self.names[:12])
            raise InputError(
                f"{name} has no column “{'”, “'.join(missing)}”: its first line has “{columns}”.",
                hint="Name the column of the text with --text-field, that of ids with --id-field.",
            )

    def is_likely(self) -> bool:
        """Whether such a line is rather a header than the first line of an article."""
        if self._missing(self.names):
            return False
        known = {name.strip().lower() for name in self.names}
        return bool(self._asked) or not known.isdisjoint(METADATA)

    def _missing(self, names: list[str]) -> list[str]:
        missing = [field for field in self._asked if field not in names]
        if not self._text_is_asked and not any(
            name.strip().lower() in TEXT_FIELDS for name in names
        ):
            missing.extend(TEXT_FIELDS)
        return missing


def header_line(lines: Iterator[bytes], name: str) -> str:
    """The first line that isn't blank, and the next ones as long as a quote is open. Raises
    `EmptyArticle`, `NotText` or `InputTooLarge`."""
    head = b""
    for line in lines:
        head += line if head or line.strip() else b""
        if len(head) > MAX_BYTES:
            raise too_large(f"The first line of {name}")
        if head and head.count(b'"') % 2 == 0:
            break
    if not head:
        raise EmptyArticle(f"{name} is empty.", hint="Give a table with a header.")
    return decoded(head, name)


def _cells(line: str, delimiter: str) -> list[str]:
    return next(csv.reader(line.splitlines(keepends=True), delimiter=delimiter), [])
