"""References: from the names that a model wrote to the items that bear them.

A name that no item bears becomes an item, where it stands in the article and its section's class
can make one of a bare name (`from_name`). One that stands nowhere is left out, and what can't do
without it as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from summarizer.errors import excerpt
from summarizer.grounding import Item, Note
from summarizer.names import normal_form, without_title
from summarizer.results import IssueKind, Severity, pointer
from summarizer.wire import Kind, Node, Slot

if TYPE_CHECKING:
    from summarizer.grounding import Source

Resolve = Callable[[str, Node, str], str | None]
"""From a name, the reference that it is written for, and its place, to what is put there."""


class Dangling(Exception):
    """A reference that nothing can do without names nothing."""

    def __init__(self, field_name: str, name: str) -> None:
        super().__init__(f"{field_name}: “{excerpt(name)}” names nothing known")
        self.name = name


@dataclass(eq=False)
class Section:
    """A section in the making."""

    slot: Slot
    node: Node
    items: list[Item] = field(default_factory=list)
    asked: bool = False
    """Whether a model was asked for it: where it wasn't, that code fills it is no issue."""
    answers: dict[Item, int] = field(default_factory=dict)
    """Which answer told an item, by its place among them."""
    _bearers: dict[str, Item] | None = None
    """Items by name; of sections that nothing refers to it is never made."""

    @cached_property
    def prefix(self) -> str | None:
        """What the ids of its items begin with; None where they have none."""
        prefix: str | None = getattr(self.node.model, "id_prefix", None)
        return prefix

    @property
    def from_name(self) -> Callable[[str], Mapping[str, Any]] | None:
        """What makes an item of a bare name, but for its evidence; None where nothing can.

        It takes a class that says what follows from a name, and mentions for evidence.
        """
        make: Callable[[str], Mapping[str, Any]] | None
        make = getattr(self.node.model, "from_name", None)
        return make if self.mentioned else None

    @property
    def mentioned(self) -> bool:
        """Whether code finds the evidence of its items: the first mentions of their names."""
        return self.node.mentioned

    def names(self, item: Item) -> Iterator[str]:
        """The names that an item goes by."""
        for slot in self.node.names:
            value = item.data.get(slot.name) or []
            yield from [value] if isinstance(value, str) else value

    def add(self, item: Item) -> None:
        """Have one more item."""
        self.items.append(item)
        if self._bearers is not None:
            self._learn(self.names(item), item, self._bearers)

    def keep(self, items: list[Item]) -> None:
        """Have these items and no others."""
        self.items = items
        self._bearers = None

    def find(self, name: str) -> Item | None:
        """The item that goes by `name`, with or without a title."""
        if self._bearers is None:
            self._bearers = {}
            # What one is called in the first place is not another's for being its alias.
            for item in self.items:
                self._learn(islice(self.names(item), 1), item, self._bearers)
            for item in self.items:
                self._learn(islice(self.names(item), 1, None), item, self._bearers)
            # No name in normal form is like a handle.
            self._bearers |= {item.handle: item for item in self.items if item.handle}
        plain, untitled = _forms(name)
        get = self._bearers.get
        return get(name) or get(plain) or get(untitled)

    def _learn(self, names: Iterable[str], item: Item, bearers: dict[str, Item]) -> None:
        """Add names of an item; the first to bear a name keeps it."""
        for name in names:
            for form in _forms(name):
                bearers.setdefault(form, item)


@lru_cache(maxsize=1024)
def _forms(name: str) -> tuple[str, str]:
    """What a name is known by: its normal form, with a title and without."""
    return normal_form(name), normal_form(without_title(name))


class Links:
    """The references of one record. First `settle`, then `add`; once ids are given, `linked`."""

    def __init__(self, sections: Mapping[str, Section], source: Source) -> None:
        self._sections = sections
        self._source = source

    def settle(self) -> list[Note]:
        """Set aside the items with a reference that they can't do without and that won't resolve.

        What is set aside takes along what can't do without it, hence the repetition: as often as
        such items follow one on another, which is hardly ever.
        """
        lost: list[Note] = []
        while True:
            before = len(lost)
            for section in self._sections.values():
                kept = [item for item in section.items if self._holds(section, item, lost)]
                if len(kept) < len(section.items):
                    section.keep(kept)
            if len(lost) == before:
                return lost

    def add(self, item: Item, node: Node) -> None:
        """Make items of the names in `item` that stand in the article and that no item bears."""
        for name, ref in written(node, item.data):
            section = self._sections.get(ref.section or "")
            if section is None or section.find(name) or not self._addable(name, ref, section):
                continue
            added = self._made(name, section)
            section.add(added)
            if section.asked:
                added.notes.append(self._added_note(name, section, item, node))

    def linked(self, node: Node, data: Mapping[str, Any], notes: list[Note]) -> dict[str, Any]:
        """`data` in its public form: ids, or names of what has none, in place of names.

        Raises:
            Dangling: a reference that it can't do without doesn't resolve.
        """

        def resolve(name: str, ref: Node, where: str) -> str | None:
            found = self._found(name, ref)
            if found is not None:
                return found.ref
            if ref.or_text:
                return name
            message = f"“{excerpt(name)}” names nothing in {ref.section} and was left out."
            notes.append(Note(self._kind(name), Severity.WARNING, message, name, where))
            return None

        return _Walk(resolve, notes).object(node, data, "")

    def _holds(self, section: Section, item: Item, lost: list[Note]) -> bool:
        def resolve(name: str, ref: Node, _: str) -> str | None:
            return name if self._resolves(name, ref) else None

        if all(self._resolves(name, ref) for name, ref in written(section.node, item.data)):
            return True  # mostly
        try:
            _Walk(resolve, []).object(section.node, item.data, "")
        except Dangling as dangling:
            message = f"An item of {section.slot.name} was set aside: {dangling}."
            where = pointer(section.slot.name)
            kind = self._kind(dangling.name)
            name = section.slot.name
            lost.append(Note(kind, Severity.ERROR, message, item.raw, where, name))
            # What was folded into it goes with it.
            folded = (note for note in item.notes if note.kind is IssueKind.DUPLICATE)
            lost += [replace(note, field=where) for note in folded]
            return False
        return True

    def _found(self, name: str, ref: Node) -> Item | None:
        section = self._sections.get(ref.section or "")
        return section.find(name) if section is not None else None

    def _resolves(self, name: str, ref: Node) -> bool:
        section = self._sections.get(ref.section or "")
        return ref.or_text or (
            section is not None
            and (section.find(name) is not None or self._addable(name, ref, section))
        )

    def _addable(self, name: str, ref: Node, section: Section) -> bool:
        if section.from_name is None:
            return False
        # What may be text is a party only if it reads as a name.
        if ref.or_text and not self._source.reads_as_name(name):
            return False
        return bool(self._source.mentions([name]))

    def _made(self, name: str, section: Section) -> Item:
        bare = without_title(name)
        fields = section.from_name(bare) if section.from_name else {}
        evidence = {
            slot.name: self._source.mentions([bare])
            for slot in section.node.fields
            if slot.node.kind is Kind.MENTIONS
        }
        return Item({**fields, **evidence})

    def _added_note(self, name: str, section: Section, item: Item, node: Node) -> Note:
        cited = node.citations
        numbers = {entry["sentence"] for entry in item.data.get(cited.name, ())} if cited else set()
        there = not numbers.isdisjoint(self._source.names.sentences(name))
        message = f"“{excerpt(name)}” stood in no item of {section.slot.name} and was added"
        message += "." if there else ", though it is not in the sentences cited with it."
        severity = Severity.INFO if there else Severity.WARNING
        return Note(IssueKind.PARTY_ADDED, severity, message, name)

    def _kind(self, name: str) -> IssueKind:
        there = self._source.names.holds(name)
        return IssueKind.REFERENCE_UNRESOLVED if there else IssueKind.NAME_NOT_IN_ARTICLE


class _Walk:
    """One way through the references of an object, making a copy with them resolved."""

    def __init__(self, resolve: Resolve, notes: list[Note]) -> None:
        self._resolve = resolve
        self._notes = notes

    def object(self, node: Node, data: Mapping[str, Any], where: str) -> dict[str, Any]:
        linked = dict(data)
        for slot in node.referring:
            value = data.get(slot.name)
            if value is None:
                continue
            place = where + slot.pointer
            before = len(self._notes)
            try:
                linked[slot.name] = self._value(slot.node, value, place)
            except Dangling as dangling:
                if slot.required:
                    raise Dangling(slot.name, dangling.name) from None
                del linked[slot.name]
                if slot.null:
                    linked[slot.name] = None
                if slot.node.kind is Kind.OBJECT:
                    self._lost(before, dangling, value, place)
        return linked

    def _value(self, node: Node, value: Any, where: str) -> Any:
        if node.kind is Kind.REFERENCE:
            found = self._resolve(value, node, where)
            if found is None:
                raise Dangling(node.section or "", value)
            return found
        if node.kind is Kind.OBJECT:
            return self.object(node, value, where)
        if node.kind is Kind.LIST and node.item is not None:
            return self._list(node.item, value, where)
        return value

    def _list(self, node: Node, values: Sequence[Any], where: str) -> list[Any]:
        linked: list[Any] = []
        seen: set[str] = set()
        missing: Dangling | None = None
        for value in values:
            before = len(self._notes)
            # A reference that fails is noted at its list; of an object, at the object.
            place = where if node.kind is Kind.REFERENCE else where + pointer(len(linked))
            try:
                found = self._value(node, value, place)
            except Dangling as dangling:
                missing = dangling
                if node.kind is not Kind.REFERENCE:
                    self._lost(before, dangling, value, where)
                continue
            if not (isinstance(found, str) and found in seen):
                linked.append(found)
                seen |= {found} if isinstance(found, str) else set()
        if missing is not None and not linked:
            raise missing
        return linked

    def _lost(self, before: int, dangling: Dangling, value: Any, where: str) -> None:
        """Say of a whole object what was said of the references in it."""
        kind = self._notes[before].kind if before < len(self._notes) else None
        del self._notes[before:]
        message = f"An entry was left out: {dangling}."
        kind = kind or IssueKind.REFERENCE_UNRESOLVED
        self._notes.append(Note(kind, Severity.WARNING, message, value, where))
        for note in self._notes:  # what stood below is now elsewhere
            if note.field.startswith(f"{where}/"):
                note.field = where


def renamed(
    node: Node, data: Mapping[str, Any], section: str, names: Mapping[str, str]
) -> dict[str, Any]:
    """`data` with other names in its references to a section."""

    def resolve(name: str, ref: Node, _: str) -> str:
        return names.get(name, name) if ref.section == section else name

    return _Walk(resolve, []).object(node, data, "")


def written(node: Node, data: Mapping[str, Any]) -> Iterator[tuple[str, Node]]:
    """The names that are written for references below `node`, each with its reference."""
    for slot in node.referring:
        value = data.get(slot.name)
        if value is not None:
            yield from _written_in(slot.node, value)


def _written_in(node: Node, value: Any) -> Iterator[tuple[str, Node]]:
    if node.kind is Kind.REFERENCE:
        yield value, node
    elif node.kind is Kind.OBJECT:
        yield from written(node, value)
    elif node.kind is Kind.LIST and node.item is not None:
        for element in value:
            yield from _written_in(node.item, element)
