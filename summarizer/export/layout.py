"""From a schema to its tables: which field stands in which column of which table.

The record's own fields stand in `documents`. Each list of models is a table, at any depth; what
stands in a single model inside an item is in the item's row. A list of references is a table of
links, and a list of plain values one of values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from pydantic import BaseModel

from summarizer.export.cells import Field, Path, fields_of, lists_of, type_of
from summarizer.export.fixed import DOCUMENT_COLUMNS, EVIDENCE_TABLE, ISSUES_TABLE
from summarizer.export.naming import Names, free
from summarizer.export.tables import (
    DOCUMENTS,
    OF_DOCUMENT,
    OF_ITEM,
    POSITION,
    Column,
    Table,
    Type,
    key_column,
)
from summarizer.wire import Kind, Node, Profile, Size, Slot, plan

RECORD = "record"
"""What is put before a name of the schema's that one of ours has taken: `record_title`."""


@dataclass(frozen=True, slots=True)
class Links:
    """References from an item to the items of one section. The second column has their keys."""

    table: Table
    section: str
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Values:
    """A list of plain values, or of references that may be text."""

    table: Table
    path: Path
    type: Type
    section: str | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """How an object is laid out: its own row, and the rows that belong to it."""

    table: Table
    node: Node
    fields: tuple[Field, ...]
    receipts: tuple[Path, ...]
    links: tuple[Links, ...]
    values: tuple[Values, ...]
    children: tuple[tuple[Path, Sheet], ...]

    @property
    def key(self) -> str:
        """The column that tells the rows of its table apart."""
        return self.table.key[0]

    @property
    def shared(self) -> bool:
        """Whether rows of other tables may own those of its table, and each says which does."""
        return OF_ITEM[0] in self.table.columns


@dataclass(frozen=True, slots=True)
class Layout:
    """A schema in tables. `root` is how the record itself is laid out, into `documents`."""

    root: Sheet
    tables: tuple[Table, ...]


@lru_cache(maxsize=16)
def layout(schema: type[BaseModel]) -> Layout:
    """How records of `schema` stand in tables.

    Raises `SchemaError` for a schema that no model could be asked for.
    """
    return _Making(plan(schema, Profile.STRICT, Size.FULL).root).layout()


class _Making:
    """A layout in the making."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self._names = Names()
        # Named first: what refers to a section may stand before it.
        self._sections = {
            slot.name: self._names.items(slot.name, slot.node.listed.model, RECORD)
            for slot in root.fields
            if _holds_items(slot)
        }
        self._tables: dict[str, Table] = {}
        self._shared: dict[tuple[Path, type[BaseModel]], Sheet] = {}

    def layout(self) -> Layout:
        described = "The documents, each with what its record says of the whole."
        sheet = self._sheet(self._root, DOCUMENTS, "document", DOCUMENT_COLUMNS, described)
        return Layout(sheet, (*self._tables.values(), EVIDENCE_TABLE, ISSUES_TABLE))

    def _sheet(
        self, node: Node, name: str, row: str, head: tuple[Column, ...], description: str
    ) -> Sheet:
        tables = {section: table for section, (table, _) in self._sections.items()}
        fields = tuple(_apart(fields_of(node, tables), {column.name for column in head}))
        columns = (*head, *(field.column for field in fields))
        table = self._tables[name] = Table(name, description, (head[0].name,), columns)
        lists = list(lists_of(node))
        plain = [(path, slot) for path, slot in lists if slot.node.kind is Kind.LIST]
        return Sheet(
            table,
            node,
            fields,
            receipts=tuple(path for path, slot in lists if slot.node.kind is not Kind.LIST),
            links=tuple(self._links(node, table, row, plain)),
            values=tuple(self._values(table, row, plain)),
            children=tuple(
                (path, self._items(path, slot, row)) for path, slot in plain if _holds_items(slot)
            ),
        )

    def _items(self, path: Path, slot: Slot, owner: str) -> Sheet:
        node = slot.node.listed
        head: tuple[Column, ...]
        if owner == "document" and len(path) == 1:
            name, row = self._sections[slot.name]
            head = (_key_of(row), OF_DOCUMENT, POSITION)
            return self._sheet(node, name, row, head, slot.description)
        # Claims are in one table, whosever they are.
        if (path, node.model) not in self._shared:
            name, row = self._names.items("_".join(path), node.model, owner)
            head = (_key_of(row), OF_DOCUMENT, *OF_ITEM, POSITION)
            sheet = self._sheet(node, name, row, head, slot.description)
            self._shared[path, node.model] = sheet
        return self._shared[path, node.model]

    def _links(
        self, node: Node, table: Table, row: str, lists: list[tuple[Path, Slot]]
    ) -> Iterator[Links]:
        """A table for each section that a list of the object refers to."""
        listed = [slot.node.listed.section for _, slot in lists if _holds_references(slot)]
        for section in dict.fromkeys(s for s in listed if s in self._sections):
            home, other = self._sections[section]
            # What refers to the section one by one has a column, and a row here as well: so this
            # table holds every part that one item has in another.
            paths = tuple(_references(node, section))
            own = replace(_key_of(row), refers=table.name)
            key = f"other_{other}_id" if other == row else f"{other}_id"
            columns = (
                own,
                key_column(key, "The row that it refers to.", home),
                *([] if row == "document" else [OF_DOCUMENT]),
                Column("role", Type.TEXT, "The field that refers to it.", required=True),
                POSITION,
            )
            name = self._names.table(f"{row}_{other}", RECORD)
            described = f"Which {home} stand in which {table.name}, and as what."
            yield Links(
                self._kept(name, described, (own.name, "role", "position"), columns), section, paths
            )

    def _values(self, table: Table, row: str, lists: list[tuple[Path, Slot]]) -> Iterator[Values]:
        for path, slot in lists:
            node = slot.node.listed
            if _holds_items(slot) or (_holds_references(slot) and not node.or_text):
                continue
            own = replace(_key_of(row), refers=table.name)
            columns = (
                own,
                *([] if row == "document" else [OF_DOCUMENT]),
                POSITION,
                Column("value", type_of(node), slot.description),
            )
            name = self._names.table(f"{row}_{'_'.join(path)}", RECORD)
            kept = self._kept(name, slot.description, (own.name, "position"), columns)
            yield Values(kept, path, type_of(node), node.section)

    def _kept(
        self, name: str, description: str, key: tuple[str, ...], columns: tuple[Column, ...]
    ) -> Table:
        table = self._tables[name] = Table(name, description, key, columns)
        return table


def _key_of(row: str) -> Column:
    return key_column(f"{row}_id", f"The {row.replace('_', ' ')}.")


def _apart(fields: Iterator[Field], taken: set[str]) -> Iterator[Field]:
    """The fields, each under a name of its own."""
    for field in fields:
        name = free(field.column.name, taken, RECORD)
        taken.add(name)
        yield replace(field, column=replace(field.column, name=name))


def _holds_items(slot: Slot) -> bool:
    return slot.node.kind is Kind.LIST and slot.node.listed.kind is Kind.OBJECT


def _holds_references(slot: Slot) -> bool:
    return slot.node.kind is Kind.LIST and slot.node.listed.kind is Kind.REFERENCE


def _references(node: Node, section: str, above: Path = ()) -> Iterator[Path]:
    """Where in an object references into the section stand, one or a list of them."""
    for slot in node.fields:
        path = (*above, slot.name)
        if slot.node.kind is Kind.OBJECT:
            yield from _references(slot.node, section, path)
        elif slot.node.listed.kind is Kind.REFERENCE and slot.node.listed.section == section:
            yield path
