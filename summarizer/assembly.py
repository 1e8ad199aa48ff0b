"""From the sections of one or several answers to the record.

The same item told twice is folded, names become references, ids are given in order of first
evidence, and every issue learns its place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from summarizer.errors import excerpt
from summarizer.grounding import Draft, Item, Note
from summarizer.names import normal_form, without_title
from summarizer.results import Issue, IssueKind, Severity
from summarizer.schemas.markers import Key
from summarizer.wire import Kind, Node, Plan, Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pydantic import BaseModel

    from summarizer.grounding import Source


@runtime_checkable
class Nameable(Protocol):
    """An item's class that can make an item from a bare name, without its id and evidence."""

    @classmethod
    def from_name(cls, name: str) -> dict[str, Any]:
        """The fields that follow from the name alone."""
        ...


@dataclass(eq=False)
class _Section:
    """A section in the making."""

    slot: Slot
    items: list[Item]
    by_name: dict[str, Item] = field(default_factory=dict)
    expected: bool = True
    """Whether a model was asked for it."""

    @property
    def node(self) -> Node:
        assert self.slot.node.item is not None
        return self.slot.node.item

    def names(self, item: Item) -> Iterator[str]:
        """The names that an item goes by: its name, its aliases, or else its key."""
        for slot in self.node.fields:
            value = item.data.get(slot.name)
            listed = slot.node.item is not None and slot.node.item.kind is Kind.NAME
            if value and (slot.node.kind is Kind.NAME or _is_key(self.node, slot)):
                yield str(value)
            elif value and listed:
                yield from value

    def index(self) -> None:
        """Learn which names lead to which item; the first to bear a name keeps it."""
        self.by_name = {}
        for item in self.items:
            for name in self.names(item):
                for variant in (name, without_title(name)):
                    self.by_name.setdefault(normal_form(variant), item)

    def find(self, name: str) -> Item | None:
        """The item that goes by `name`, with or without a title."""
        return self.by_name.get(normal_form(name)) or self.by_name.get(
            normal_form(without_title(name))
        )


def _is_key(node: Node, slot: Slot) -> bool:
    info = node.model.model_fields[slot.name]
    return any(isinstance(marker, Key) or marker is Key for marker in info.metadata)


def assemble(plan: Plan, drafts: Sequence[Draft], source: Source) -> tuple[BaseModel, list[Issue]]:
    """The record that the drafts add up to, and the issues met on the way.

    Raises:
        pydantic.ValidationError: the record as a whole doesn't fit the schema.
    """
    sections = {slot.name: _Section(slot, []) for slot in plan.sections}
    values: dict[str, Any] = {}
    lost: list[Note] = []
    for draft in drafts:
        values |= draft.values
        lost += draft.notes
        for name, items in draft.sections.items():
            sections[name].items += items
    for section in sections.values():
        _fold(section, lost)
        section.index()
    answered = {name for draft in drafts for name in draft.sections}
    for section in sections.values():
        # Where nobody was asked for a section, that code fills it is no issue.
        section.expected = section.slot.name in answered
    for section in sections.values():
        _resolve(section, sections, source, lost)
    _number(sections)
    record = dict(values)
    for name, section in sections.items():
        record[name] = [_referred(section.node, item.data) for item in section.items]
    issues = [note.issue(None) for note in lost]
    for name, section in sections.items():
        for position, item in enumerate(section.items):
            issues += [note.issue(f"/{name}/{position}") for note in item.notes]
    return plan.schema.model_validate(record), issues


def _fold(section: _Section, lost: list[Note]) -> None:
    """Keep one of several items that differ in their evidence only, or bear the same name."""
    kept: dict[Any, Item] = {}
    for item in section.items:
        key = _identity(section, item)
        first = kept.setdefault(key, item)
        if first is item:
            continue
        for name, value in item.data.items():
            if _is_evidence(section.node, name):
                first.data[name] = _joined(first.data.get(name) or [], value)
            elif first.data.get(name) in (None, [], ""):
                first.data[name] = value
        message = f"An item of {section.slot.name} said the same as another and was folded into it."
        lost.append(Note(IssueKind.DUPLICATE, Severity.INFO, message, item.data))
    section.items = list(kept.values())


def _identity(section: _Section, item: Item) -> Any:
    if any(slot.node.kind is Kind.MENTIONS for slot in section.node.fields):
        names = [normal_form(name) for name in section.names(item)]
        return names[0] if names else id(item)
    quoted = {slot.name for slot in section.node.fields if slot.quoted and not slot.asked}
    return repr(
        sorted(
            (name, _folded(value))
            for name, value in item.data.items()
            if name not in quoted and not _is_evidence(section.node, name)
        )
        or id(item)
    )


def _folded(value: Any) -> str:
    return value.casefold() if isinstance(value, str) else repr(value)


def _is_evidence(node: Node, name: str) -> bool:
    return any(
        slot.name == name and slot.node.kind in (Kind.EVIDENCE, Kind.MENTIONS)
        for slot in node.fields
    )


def _joined(first: list[dict[str, Any]], second: list[dict[str, Any]]) -> list[dict[str, Any]]:
    by_sentence = {entry["sentence"]: entry for entry in [*second, *first]}
    return [by_sentence[number] for number in sorted(by_sentence)]


def _resolve(
    section: _Section, sections: dict[str, _Section], source: Source, lost: list[Note]
) -> None:
    """Make every reference point at an item, or leave it out."""
    kept: list[Item] = []
    for item in section.items:

        def resolve(name: str, node: Node, where: str, item: Item = item) -> Any:
            return _target(name, node, sections, source, item, where)

        missing = _walk(section.node, item.data, "", resolve)
        if missing:
            message = f"An item of {section.slot.name} was set aside: {missing} names nothing known"
            note = Note(IssueKind.REFERENCE_UNRESOLVED, Severity.ERROR, message, _public(item.data))
            lost.append(note)
        else:
            kept.append(item)
    section.items = kept


def _walk(
    node: Node, data: dict[str, Any], where: str, resolve: Callable[[str, Node, str], Any]
) -> str | None:
    """Resolve the references below `node`. The name of a required one that failed, if any."""
    for slot in node.fields:
        value = data.get(slot.name)
        inner = slot.node.item if slot.node.kind is Kind.LIST else slot.node
        if not value or inner is None:
            continue
        place = f"{where}/{slot.name}"
        if inner.kind is Kind.REFERENCE:
            names = value if isinstance(value, list) else [value]
            found = [resolve(name, inner, place) for name in names]
            items = [item for i, item in enumerate(found) if item is not None and item not in found[:i]]
            if isinstance(value, list):
                data[slot.name] = items
            elif items:
                data[slot.name] = items[0]
            elif slot.required:
                return slot.name
            else:
                data[slot.name] = None
        elif inner.kind is Kind.OBJECT:
            for position, element in enumerate(value if isinstance(value, list) else [value]):
                deeper = f"{place}/{position}" if isinstance(value, list) else place
                missing = _walk(inner, element, deeper, resolve)
                if missing:
                    return missing
    return None


def _target(
    name: str, node: Node, sections: dict[str, _Section], source: Source, item: Item, where: str
) -> Item | str | None:
    section = sections.get(node.section or "")
    # What may be text is a party only if it reads as a name.
    if section is not None and not (node.or_text and name[:1].islower()):
        found = section.find(name) or _added(name, section, source, item, where)
        if found is not None:
            return found
    if node.or_text:
        return name
    message = f"“{excerpt(name)}” names nothing in the record and was left out."
    item.notes.append(Note(IssueKind.REFERENCE_UNRESOLVED, Severity.WARNING, message, name, where))
    return None


def _added(
    name: str, section: _Section, source: Source, item: Item, where: str
) -> Item | None:
    """A new item for a name that stands in the article but in no item yet (decision 2)."""
    model = section.node.model
    mentions = source.mentions([name])
    if not mentions or not isinstance(model, Nameable):
        return None
    evidence = {
        slot.name: mentions for slot in section.node.fields if slot.node.kind is Kind.MENTIONS
    }
    if not evidence:
        return None
    added = Item({**model.from_name(name), **evidence})
    cited = {entry["sentence"] for entry in item.data.get("evidence") or []}
    there = bool(cited & set(source.names.sentences(name)))
    message = f"“{excerpt(name)}” stood in no item of {section.slot.name} and was added"
    message += "." if there else ", though not in the cited sentences."
    severity = Severity.INFO if there else Severity.WARNING
    if section.expected:
        item.notes.append(Note(IssueKind.PARTY_ADDED, severity, message, name, where))
    section.items.append(added)
    section.index()
    return added


def _number(sections: dict[str, _Section]) -> None:
    """Order the items by first evidence and give them their ids."""
    for section in sections.values():
        section.items.sort(key=lambda item: _first(section.node, item.data))
        prefix = getattr(section.node.model, "id_prefix", None)
        if prefix is None:
            continue
        for position, item in enumerate(section.items, 1):
            item.data["id"] = f"{prefix}{position}"


def _first(node: Node, data: dict[str, Any]) -> tuple[int, ...]:
    for slot in node.fields:
        value = data.get(slot.name)
        if slot.node.kind in (Kind.EVIDENCE, Kind.MENTIONS) and value:
            return tuple(entry["start"] for entry in value)
    return ()


def _referred(node: Node, data: dict[str, Any]) -> dict[str, Any]:
    """The public form: ids where items were referred to."""
    public = dict(data)
    for slot in node.fields:
        inner = slot.node.item if slot.node.kind is Kind.LIST else slot.node
        value = public.get(slot.name)
        if not value or inner is None:
            continue
        listed = isinstance(value, list)
        if inner.kind is Kind.REFERENCE:
            ids = [_id(item) for item in (value if listed else [value])]
            public[slot.name] = ids if listed else ids[0]
        elif inner.kind is Kind.OBJECT:
            objects = [_referred(inner, element) for element in (value if listed else [value])]
            public[slot.name] = objects if listed else objects[0]
    return public


def _id(item: Any) -> Any:
    if not isinstance(item, Item):
        return item
    return item.data.get("id") or next(
        (value for value in item.data.values() if isinstance(value, str)), None
    )


def _public(data: Any) -> Any:
    if isinstance(data, Item):
        return _id(data) or "…"
    if isinstance(data, dict):
        return {key: _public(value) for key, value in data.items()}
    return [_public(value) for value in data] if isinstance(data, list) else data
