"""What a field of the record puts into a row: the columns for it, and how they are filled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import partial
from typing import Any, Protocol

from pydantic_core import to_jsonable_python

from summarizer.export.fixed import as_json
from summarizer.export.tables import Cell, Column, Type
from summarizer.schemas import DatePhrase
from summarizer.schemas.dating.edtf import bounds
from summarizer.wire import Kind, Node, Slot

Path = tuple[str, ...]
"""The names of the fields that lead from an item to what stands in a model inside it."""
_TYPES = {"integer": Type.INTEGER, "number": Type.NUMBER, "boolean": Type.BOOLEAN}


class Items(Protocol):
    """The items of one record, by what refers to them."""

    def key(self, section: str, reference: str) -> str | None:
        """The key of the item's row; None where there is no such item."""
        ...

    def name(self, section: str, reference: str) -> str:
        """What the item is called; the reference itself where there is no such item."""
        ...


@dataclass(frozen=True, slots=True)
class Field:
    """A column, where in the item its value stands, and what is made of the value."""

    column: Column
    path: Path
    made: Callable[[Any, Items], Cell]


def at(item: Any, path: Path) -> Any:
    """What stands in `item` at `path`; None where a model on the way is null."""
    for name in path:
        if item is None:
            return None
        item = getattr(item, name)
    return item


def fields_of(node: Node, sections: Mapping[str, str], above: Path = ()) -> Iterator[Field]:
    """The fields that stand in the row of an object; lists have rows of their own.

    `sections` has the tables of the sections that there are.
    """
    for slot in node.fields:
        path = (*above, slot.name)
        name = "_".join(path)
        match slot.node.kind:
            case Kind.OBJECT:
                yield from fields_of(slot.node, sections, path)
                if issubclass(slot.node.model, DatePhrase):
                    yield from _days(name, path)
            case Kind.REFERENCE:
                yield from _reference(name, path, slot, sections)
            case Kind.EVIDENCE | Kind.MENTIONS:
                pass
            case Kind.LIST if listable(slot.node):
                pass
            case _:
                kind = type_of(slot.node)
                column = Column(name, kind, slot.description)
                yield Field(column, path, partial(_plain, kind))


def lists_of(node: Node, above: Path = ()) -> Iterator[tuple[Path, Slot]]:
    """The lists in an object that have rows of their own: receipts, references, values, items."""
    for slot in node.fields:
        path = (*above, slot.name)
        match slot.node.kind:
            case Kind.OBJECT:
                yield from lists_of(slot.node, path)
            case Kind.EVIDENCE | Kind.MENTIONS:
                yield path, slot
            case Kind.LIST if listable(slot.node):
                yield path, slot


def listable(node: Node) -> bool:
    """Whether each entry of a list can have a row; a list of lists stands in one place, as JSON."""
    return node.item is not None and node.item.kind not in (
        Kind.LIST,
        Kind.EVIDENCE,
        Kind.MENTIONS,
    )


def type_of(node: Node) -> Type:
    """The type of a column for values like this."""
    if node.kind is not Kind.PLAIN:
        return Type.TEXT
    if node.schema.get("format") == "date":
        return Type.DATE
    options = node.schema.get("anyOf", [node.schema])
    found = {_TYPES.get(str(option.get("type")), Type.TEXT) for option in options}
    if found == {Type.INTEGER, Type.NUMBER}:
        return Type.NUMBER
    return found.pop() if len(found) == 1 else Type.TEXT


def cell(value: Any, kind: Type) -> Cell:
    """A value as it stands in a column of this type."""
    if isinstance(value, Enum):
        value = value.value
    match kind:
        case _ if value is None:
            return None
        case Type.NUMBER:
            return float(value)
        case Type.DATE:
            return value.date() if isinstance(value, datetime) else date.fromisoformat(str(value))
        case Type.INTEGER | Type.BOOLEAN:
            return value  # type: ignore[no-any-return]  # the schema says which
        case Type.TEXT:
            plain = to_jsonable_python(value)
            return plain if isinstance(plain, str) else as_json(plain)


def _plain(kind: Type, value: Any, _: Items) -> Cell:
    return cell(value, kind)


def _reference(name: str, path: Path, slot: Slot, sections: Mapping[str, str]) -> Iterator[Field]:
    section = slot.node.section or ""
    if section in sections:
        column = Column(f"{name}_id", Type.TEXT, slot.description, refers=sections[section])
        yield Field(column, path, partial(_key, section))
    if slot.node.or_text:
        column = Column(name, Type.TEXT, f"{slot.description} Its name, or the article's words.")
        yield Field(column, path, partial(_name, section))


def _key(section: str, value: str | None, items: Items) -> Cell:
    return None if value is None else items.key(section, value)


def _name(section: str, value: str | None, items: Items) -> Cell:
    return None if value is None else items.name(section, value)


def _days(name: str, path: Path) -> Iterator[Field]:
    for which, place, told in (("start", 0, "first"), ("end", 1, "last")):
        column = Column(f"{name}_{which}", Type.DATE, f"The {told} day that it covers, if settled.")
        yield Field(column, (*path, "edtf"), partial(_day, place))


def _day(place: int, edtf: str | None, _: Items) -> Cell:
    return None if edtf is None else bounds(edtf)[place]
