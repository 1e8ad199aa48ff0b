"""One telling of several: what all of them say, and where they are at odds, that they are."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, total_ordering
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from summarizer.errors import excerpt
from summarizer.grounding import Note
from summarizer.merge.meanings import Meanings, is_date, overlapping
from summarizer.results import IssueKind, Severity
from summarizer.wire import Kind, Node, Slot

if TYPE_CHECKING:
    from summarizer.grounding import Item

_IN_ORDER = json.JSONEncoder(sort_keys=True, default=str)
_RECEIPTS = (Kind.EVIDENCE, Kind.MENTIONS)


@dataclass(frozen=True)
class Telling:
    """A value as one answer has it."""

    data: Any
    sentences: tuple[int, ...] = ()
    """The sentences that it rests on."""


@total_ordering
class _Said:
    """All that an object says, in order; written out only where it is compared.

    Its own receipts are told by where they end: of one article that says which they are, and in
    the order of their fields it comes first.
    """

    def __init__(self, node: Node, data: Mapping[str, Any]) -> None:
        self._node = node
        self._data = data

    @cached_property
    def _text(self) -> str:
        told = dict(self._data)
        for slot in self._node.fields:
            if slot.node.kind in _RECEIPTS and told.get(slot.name):
                told[slot.name] = [(receipt["end"], "") for receipt in told[slot.name]]
        return _IN_ORDER.encode(told)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Said) and self._text == other._text

    def __lt__(self, other: _Said) -> bool:
        return self._text < other._text

    def __hash__(self) -> int:
        return hash(self._text)


Order = tuple[float, _Said]


def order(node: Node, data: Mapping[str, Any]) -> Order:
    """What objects are put in order by, whoever told them: first evidence, then all they say."""
    return first_evidence(node, data), _Said(node, data)


def first_evidence(node: Node, data: Mapping[str, Any]) -> float:
    """Where its first evidence begins; what has none comes last."""
    for slot in node.fields:
        value = data.get(slot.name)
        if slot.node.kind in _RECEIPTS and value:
            start: int = value[0]["start"]
            return start
    return float("inf")


def join(node: Node, items: Sequence[Item], meanings: Meanings) -> Item:
    """The first of several items, with what the others add to it, and notes of what they did."""
    first, *others = items
    tellings = [Telling(item.data, _sentences(node, item.data)) for item in items]
    data, notes = Joining(meanings).joined(node, tellings)
    data = _fitting(node, first.data, data)
    fields = ((slot, slot.name) for slot in node.fields)
    changed = {slot.pointer for slot, name in fields if data.get(name) != first.data.get(name)}
    for note in first.notes:  # what stood below a list is now elsewhere
        where = f"/{note.field[1:].partition('/')[0]}" if note.field else ""
        notes.append(replace(note, field=where) if where in changed else replace(note))
    # What was left out of the others stands nowhere in this one.
    notes += [replace(note, field="") for item in others for note in item.notes]
    return replace(first, data=data, notes=notes)


class Joining:
    """Joins tellings of one thing, in their order."""

    def __init__(self, meanings: Meanings) -> None:
        self._meanings = meanings

    def joined(
        self, node: Node, tellings: Sequence[Telling], where: str = ""
    ) -> tuple[dict[str, Any], list[Note]]:
        """All that is told, and notes of what is told otherwise; `where` is a JSON Pointer."""
        data: dict[str, Any] = dict(tellings[0].data)
        notes: list[Note] = []
        if len(tellings) < 2:
            return data, notes
        for slot in node.fields:
            told = [
                Telling(value, each.sentences)
                for each in tellings
                if (value := each.data.get(slot.name)) not in (None, [], "")
            ]
            if told:
                data[slot.name] = self._value(slot, told, where + slot.pointer, notes)
        return data, notes

    def _value(self, slot: Slot, told: Sequence[Any], where: str, notes: list[Note]) -> Any:
        node, first = slot.node, told[0].data
        if all(each.data == first for each in told):
            return first
        if node.kind is Kind.EVIDENCE:
            by_sentence = {receipt["sentence"]: receipt for each in told for receipt in each.data}
            return [by_sentence[number] for number in sorted(by_sentence)]
        if node.kind is Kind.LIST and node.item is not None:
            return self._list(node.item, told, where, notes)
        same = [each for each in told if not self._differ(node, first, each.data)]
        if node.kind is Kind.OBJECT and not is_date(node) and len(same) > 1:
            first, inner = self.joined(node, same, where)
            notes += inner
        notes += self._conflicts(slot, [each for each in told if each not in same], where)
        return first

    def _list(
        self, node: Node, told: Sequence[Telling], where: str, notes: list[Note]
    ) -> list[Any]:
        groups: dict[Hashable, list[Telling]] = {}
        for each in told:
            for value in each.data:
                said = self._meanings.of(node, value)
                groups.setdefault(said, []).append(Telling(value, each.sentences))
        if node.kind is not Kind.OBJECT:
            return [group[0].data for group in groups.values()]
        values = []
        for group in groups.values():
            value, inner = self.joined(node, group, where)
            # Where it will stand is not known yet.
            notes += [replace(note, field=where) for note in inner]
            values.append(value)
        if node.citations is not None:
            values.sort(key=lambda value: order(node, value))
        return values

    def _differ(self, node: Node, one: Any, other: Any) -> bool:
        if node.kind in (Kind.TEXT, Kind.NAME):
            return not overlapping(one, other)
        if node.kind is Kind.OBJECT:
            return self._meanings.at_odds(node, one, other)
        return self._meanings.of(node, one) != self._meanings.of(node, other)

    def _conflicts(self, slot: Slot, told: Iterable[Telling], where: str) -> Iterable[Note]:
        others: dict[Hashable, list[Telling]] = {}
        for each in told:
            others.setdefault(self._meanings.of(slot.node, each.data), []).append(each)
        # Other words need not be another matter.
        severity = Severity.INFO if slot.node.kind is Kind.TEXT else Severity.WARNING
        unplaced = [told[0].data for told in others.values() if not any(e.sentences for e in told)]
        if slot.node.kind is Kind.TEXT and len(unplaced) > 1:
            # Each window has a headline of its own.
            message = f"{slot.name} is told in {len(unplaced)} other ways as well."
            yield Note(IssueKind.CONFLICT, severity, message, {"values": unplaced}, where)
            return
        for group in others.values():
            value = group[0].data
            sentences = sorted({number for each in group for number in each.sentences})
            shown = excerpt(value if isinstance(value, str) else json.dumps(value, default=str))
            message = f"{slot.name} is told in another way as well: {shown}."
            original = {"value": value, "sentences": sentences}
            yield Note(IssueKind.CONFLICT, severity, message, original, where)


def _sentences(node: Node, data: Mapping[str, Any]) -> tuple[int, ...]:
    told = (data.get(slot.name) or () for slot in node.fields if slot.node.kind in _RECEIPTS)
    return tuple(receipt["sentence"] for receipts in told for receipt in receipts)


def _fitting(node: Node, first: Mapping[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """`data` without what the class refuses of it: there, what the first says stands."""
    while True:
        try:
            node.model.model_validate(data, strict=False, by_name=True)
        except ValidationError as error:
            refused = {str(problem["loc"][0]) for problem in error.errors() if problem["loc"]}
            changed = {name for name in data if data[name] != first.get(name)}
            for name in refused & changed or changed:
                if name in first:
                    data[name] = first[name]
                else:
                    del data[name]
            if not changed:
                return data
        else:
            return data
