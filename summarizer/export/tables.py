"""Tables: their columns, the types of these, and their keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

Cell = str | int | float | bool | date | None
"""What stands in one place of a table; None is null."""
Row = dict[str, Cell]
"""A row by the names of its columns; those that are left out are null."""

DOCUMENTS, EVIDENCE, ISSUES = "documents", "evidence", "issues"
DOCUMENT_ID = "document_id"


class Format(StrEnum):
    """What tables can be written as."""

    CSV = "csv"
    PARQUET = "parquet"


class Type(StrEnum):
    """What a column holds, by its name in the Frictionless Table Schema."""

    TEXT = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `refers` is the table whose key it holds; `required` ones are never null."""

    name: str
    type: Type
    description: str
    required: bool = False
    refers: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table. The values of the columns `key`, taken together, stand in one row only."""

    name: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    def cells(self, row: Row) -> Iterator[Cell]:
        """The values of `row`, in the order of the columns."""
        return (row.get(column.name) for column in self.columns)


def key_column(name: str, description: str, refers: str | None = None) -> Column:
    """A column of a key, of the table itself or (`refers`) of another."""
    return Column(name, Type.TEXT, description, required=True, refers=refers)


OF_DOCUMENT = key_column(DOCUMENT_ID, "The document.", DOCUMENTS)
POSITION = Column("position", Type.INTEGER, "Place in the list, from 1.", required=True)
OF_ITEM = (
    Column("item_table", Type.TEXT, "The table of the row that this belongs to.", required=True),
    Column("item_id", Type.TEXT, "The key of that row.", required=True),
)
"""The columns of a table whose rows belong to rows of several others."""


class Files(Protocol):
    """Tables being written, a file for each."""

    def write(self, table: str, row: Row) -> None:
        """Take a row, and write it sooner or later."""

    def close(self) -> None:
        """Write what is not written yet, and close the files."""
