"""Tables as CSV files: RFC 4180, in UTF-8.

Text stands in quotation marks, always; numbers, dates and truth values never do; null is nothing
at all. So an empty text and a missing one are told apart by whoever wants to.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from summarizer.export.tables import Cell, Row, Table

SUFFIX = ".csv"


class CsvFiles:
    """A file for each table, by its path. Rows go out as they come."""

    def __init__(self, tables: dict[Path, Table]) -> None:
        self._open = ExitStack()
        self._files: dict[str, tuple[Table, Any]] = {}
        with self._open:
            for path, table in tables.items():
                # The line ends are those of the format, and those in texts stay what they are.
                file = self._open.enter_context(path.open("w", encoding="utf-8", newline=""))
                self._files[table.name] = table, file
                file.write(_line(column.name for column in table.columns))
            self._open = self._open.pop_all()

    def write(self, table: str, row: Row) -> None:
        """Write a row."""
        columns, file = self._files[table]
        file.write(_line(map(_written, columns.cells(row))))

    def close(self) -> None:
        """Write what is not written yet, and close the files."""
        self._open.close()


def _line(cells: Iterable[str]) -> str:
    return f"{','.join(cells)}\r\n"


def _written(value: Cell) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return '"{}"'.format(value.replace('"', '""'))
        case date():
            return value.isoformat()
        case _:
            return repr(value)
