"""Statements: the objects of a record that cite sentences, with what each of them says.

An item of a section is one, and so is a claim inside it. Checks go by the types of fields (text,
name, reference, date, number, enumeration) and not by their names, so that a schema of the user's
own is checked as ours is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from weakref import ReferenceType, ref

from pydantic import BaseModel

from summarizer.results import pointer
from summarizer.schemas.markers import Cued
from summarizer.wire import Held, Kind, Node, Plan, is_section, marked

if TYPE_CHECKING:
    from summarizer.checks.passages import Passage

T = TypeVar("T")


class Told(NamedTuple):
    """One value that a statement holds: a leaf, at the JSON Pointer `path` below its object.

    `owner` is the innermost object around it, such as the `Quantity` of a number; `name` is the
    field of that object, and `node` how its value travels.
    """

    path: str
    name: str
    value: Any
    node: Node
    owner: BaseModel

    def marker(self, kind: type) -> Any:
        """The marker of a kind that its field has, or None."""
        return _marker(type(self.owner), self.name, kind)


@lru_cache(maxsize=1024)
def _marker(model: type[BaseModel], name: str, kind: type) -> Any:
    return marked(model.model_fields[name].metadata, kind)


@dataclass(eq=False)
class Statement:
    """An object of a record, what it says in its own fields, and the sentences that it cites.

    Fields of the objects in it count as its own, unless they cite for themselves: those are
    statements with this one as their `parent`.
    """

    item: BaseModel
    node: Node
    section: str
    """The top-level field that it is in; empty for the record itself."""
    place: str
    """JSON Pointer in the record."""
    sentences: tuple[int, ...]
    """Numbers of the sentences that it cites, in order."""
    passage: Passage
    parent: Statement | None = None
    cued: Cued | None = None
    """The words in which the items of its section are told, where the schema says them."""
    _siblings: ReferenceType[Siblings] | None = field(default=None, repr=False)
    # They hold this statement, and in a circle all would stay, with the article and what is known
    # of it, until Python looks for such.

    @cached_property
    def quote(self) -> str:
        """The cited sentences, one after the other."""
        return " ".join(map(self.passage.text, self.sentences))

    @cached_property
    def sentences_within(self) -> tuple[int, ...]:
        """The sentences that it cites, and those that the objects in it cite for themselves."""
        return tuple(sorted({*self.sentences, *_cited(self.item, self.node)}))

    @cached_property
    def near(self) -> str:
        """The sentences one step away from the cited ones."""
        return " ".join(map(self.passage.text, self.passage.around(self.sentences)))

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """Its values, in the order of the fields; what is null or empty is left out."""
        found: list[Told] = []
        _add_leaves(found, self.item, self.node, "")
        return tuple(found)

    @cached_property
    def texts(self) -> tuple[Told, ...]:
        """Its texts in the model's words or the article's; no names, no translated names."""
        return tuple(
            t for t in self.told if t.node.kind is Kind.TEXT and t.node.held is not Held.FREE
        )

    @cached_property
    def names(self) -> tuple[Told, ...]:
        """Its names and references. `passage.names_of` tells who a reference is."""
        return tuple(t for t in self.told if t.node.kind in (Kind.NAME, Kind.REFERENCE))

    @property
    def siblings(self) -> Siblings:
        """The items of the same section, this one among them, while their `Reading` is there."""
        return (self._siblings and self._siblings()) or Siblings(())

    def objects(self, kind: type[T]) -> Iterator[tuple[str, T]]:
        """The objects of a class in it, each with its JSON Pointer."""
        yield from _objects(self.item, self.node, "", kind)

    def values(self, kind: type[T]) -> Iterator[tuple[Told, T]]:
        """Its values of a type, such as those of an enumeration."""
        for told in self._enumerated if issubclass(kind, Enum) else self.told:
            if isinstance(told.value, kind):
                yield told, told.value

    @cached_property
    def _enumerated(self) -> tuple[Told, ...]:
        return tuple(t for t in self.told if isinstance(t.value, Enum))

    def value(self, kind: type[T]) -> T | None:
        """The first of its values of a type."""
        return next((value for _, value in self.values(kind)), None)


class Siblings:
    """The items of one section, and how they are found by what they cite and refer to."""

    def __init__(self, items: Sequence[Statement]) -> None:
        self.items = items

    @cached_property
    def by_sentence(self) -> Mapping[int, Sequence[Statement]]:
        """The items by the sentences that they cite."""
        found: dict[int, list[Statement]] = {}
        for item in self.items:
            for number in item.sentences:
                found.setdefault(number, []).append(item)
        return found

    @cached_property
    def by_reference(self) -> Mapping[str, Sequence[Statement]]:
        """The items by the references that they hold."""
        found: dict[str, list[Statement]] = {}
        for item in self.items:
            for value in {t.value for t in item.names if t.node.kind is Kind.REFERENCE}:
                found.setdefault(value, []).append(item)
        return found


def statements(
    summary: BaseModel, plan: Plan, passage: Passage
) -> Iterator[tuple[Siblings, Sequence[Statement]]]:
    """The statements of a record: section by section, each before those inside it.

    Items that code cites by their mentions say nothing but who they are, and are left out. The
    statements of a section know its items as long as the caller keeps these.
    """
    for slot in plan.root.fields:
        if not is_section(slot):
            continue
        node = slot.node.listed
        here: list[Statement] = []
        cued = _marker(type(summary), slot.name, Cued)
        for position, item in enumerate(getattr(summary, slot.name) or ()):
            here += _statements(item, node, slot.name, pointer(slot.name, position), passage, None)
        siblings = Siblings([statement for statement in here if statement.parent is None])
        for statement in here:
            statement._siblings = ref(siblings)
            statement.cued = cued
        yield siblings, here


def bearers(summary: BaseModel, plan: Plan, passage: Passage) -> Iterator[Statement]:
    """The items that say nothing but who they are, such as parties: they cite no sentences."""
    for slot in plan.root.fields:
        if is_section(slot) and slot.node.listed.mentioned:
            for position, item in enumerate(getattr(summary, slot.name) or ()):
                place = pointer(slot.name, position)
                yield Statement(item, slot.node.listed, slot.name, place, (), passage)


def names_of(item: BaseModel, node: Node) -> list[str]:
    """The names that an item goes by, in its own fields."""
    values = (getattr(item, slot.name) for slot in node.names)
    return [name for v in values if v for name in ([v] if isinstance(v, str) else v)]


def _statements(
    item: BaseModel,
    node: Node,
    section: str,
    place: str,
    passage: Passage,
    parent: Statement | None,
) -> Iterator[Statement]:
    own = parent
    if node.citations is not None and (cited := getattr(item, node.citations.name)):
        numbers = tuple(sorted({receipt.sentence for receipt in cited}))
        own = Statement(item, node, section, place, numbers, passage, parent)
        yield own
    for slot in node.nested:
        inner, held = slot.node.listed, getattr(item, slot.name)
        if slot.node.kind is Kind.LIST:
            for position, element in enumerate(held or ()):
                where = place + slot.pointer + pointer(position)
                yield from _statements(element, inner, section, where, passage, own)
        elif held is not None:
            yield from _statements(held, inner, section, place + slot.pointer, passage, own)


class _Field(NamedTuple):
    """A field of an object that says something in its name."""

    name: str
    pointer: str
    node: Node
    """How its value travels; where it is a list, each of them."""
    listed: bool


@lru_cache(maxsize=256)
def _telling(node: Node) -> tuple[_Field, ...]:
    return tuple(
        _Field(slot.name, slot.pointer, slot.node.listed, slot.node.kind is Kind.LIST)
        for slot in node.fields
        if slot.name != "id"
        and slot.node.listed.kind not in (Kind.EVIDENCE, Kind.MENTIONS)
        and (slot.node.listed.kind is not Kind.OBJECT or slot.node.listed.citations is None)
    )


def _add_leaves(found: list[Told], value: BaseModel, node: Node, path: str) -> None:
    for name, own, inner, listed in _telling(node):
        held = getattr(value, name)
        if held is None or (listed and not held):
            continue
        where = path + own
        for position, one in enumerate(held) if listed else [(0, held)]:
            if one is None or one == "":
                continue
            at = where + pointer(position) if listed else where
            if inner.kind is Kind.OBJECT:
                _add_leaves(found, one, inner, at)
            else:
                found.append(Told(at, name, one, inner, value))


def _objects(value: BaseModel, node: Node, path: str, kind: type[T]) -> Iterator[tuple[str, T]]:
    for slot in node.nested:
        inner, held = slot.node.listed, getattr(value, slot.name)
        if inner.citations is not None:
            continue
        listed = slot.node.kind is Kind.LIST
        for position, one in enumerate(held or ()) if listed else [(0, held)]:
            if one is None:
                continue
            where = path + slot.pointer + (pointer(position) if listed else "")
            yield from _objects(one, inner, where, kind)
            if isinstance(one, kind):
                yield where, one


def _cited(value: BaseModel, node: Node) -> Iterator[int]:
    """The sentences that an object and those in it cite."""
    if node.citations is not None:
        yield from (receipt.sentence for receipt in getattr(value, node.citations.name) or ())
    for slot in node.nested:
        held = getattr(value, slot.name)
        for one in (held or ()) if slot.node.kind is Kind.LIST else [held]:
            if one is not None:
                yield from _cited(one, slot.node.listed)


def written(value: object) -> str:
    """A value as it is shown: that of an enumeration, without the class around it."""
    return str(value.value if isinstance(value, Enum) else value)
