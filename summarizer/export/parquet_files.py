"""Tables as Parquet files, written in groups of rows."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from summarizer.errors import ConfigurationError, SummarizerError
from summarizer.export.tables import Cell, Row, Table, Type

SUFFIX = ".parquet"
GROUP_ROWS = 16_384
GROUP_CHARACTERS = 4_000_000
"""What a group holds before it is written: so many rows, or so much text."""


class ParquetFiles:
    """A file for each table, by its path.

    Raises `ConfigurationError` where pyarrow is not installed.
    """

    def __init__(self, tables: dict[Path, Table]) -> None:
        arrow, parquet = _arrow()
        self._open = ExitStack()
        self._groups: dict[str, _Groups] = {}
        with self._open:
            for path, table in tables.items():
                groups = self._groups[table.name] = _Groups(arrow, parquet, table, path)
                self._open.callback(groups.let_go)
            self._open = self._open.pop_all()

    def write(self, table: str, row: Row) -> None:
        """Take a row, and write it sooner or later."""
        self._groups[table].add(row)

    def close(self) -> None:
        """Write what is not written yet, and close the files."""
        with self._open:
            for groups in self._groups.values():
                groups.flush()


class _Groups:
    """One table's file, and the rows that are to be its next group."""

    def __init__(self, arrow: Any, parquet: Any, table: Table, path: Path) -> None:
        self._arrow = arrow
        self._table = table
        self._schema = _schema(arrow, table)
        self._file = parquet.ParquetWriter(path, self._schema)
        self._rows: list[tuple[Cell, ...]] = []
        self._characters = 0

    def add(self, row: Row) -> None:
        cells = tuple(self._table.cells(row))
        self._rows.append(cells)
        self._characters += sum(len(cell) for cell in cells if isinstance(cell, str))
        if len(self._rows) >= GROUP_ROWS or self._characters >= GROUP_CHARACTERS:
            self.flush()

    def flush(self) -> None:
        if not self._rows:
            return
        try:
            columns = [
                self._arrow.array(cells, type=field.type)
                for cells, field in zip(zip(*self._rows, strict=True), self._schema, strict=True)
            ]
        except (self._arrow.ArrowException, OverflowError) as error:
            raise SummarizerError(
                f"A row of {self._table.name} fits into no Parquet file: {error}.",
                hint="Export to csv, which takes numbers of any size.",
                original=error,
            ) from error
        self._file.write_table(self._arrow.Table.from_arrays(columns, schema=self._schema))
        self._rows = []
        self._characters = 0

    def let_go(self) -> None:
        self._file.close()


def _schema(arrow: Any, table: Table) -> Any:
    types = {
        Type.TEXT: arrow.string(),
        Type.INTEGER: arrow.int64(),
        Type.NUMBER: arrow.float64(),
        Type.BOOLEAN: arrow.bool_(),
        Type.DATE: arrow.date32(),
    }
    return arrow.schema(
        arrow.field(
            column.name,
            types[column.type],
            nullable=not column.required,
            metadata={"description": column.description},
        )
        for column in table.columns
    )


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            "Parquet files need pyarrow, which is not installed.",
            hint="Install it with: pip install 'situation-summarizer[parquet]'; or export to csv.",
            original=error,
        ) from error
    return pa, parquet
