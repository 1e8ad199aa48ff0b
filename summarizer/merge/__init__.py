"""What is told twice, in one answer or in several: one item is kept, with what all of them say."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from summarizer.grounding import Item, Note
from summarizer.names import normal_form
from summarizer.results import IssueKind, Severity
from summarizer.wire import Kind

if TYPE_CHECKING:
    from summarizer.grounding import Source
    from summarizer.linking import Section


def fold(section: Section, source: Source) -> None:
    """Keep one of several items that differ in their evidence only, or bear the same name."""
    kept: dict[Hashable, Item] = {}
    for item in section.items:
        first = kept.setdefault(_identity(section, item), item)
        if first is not item:
            _join(section, first, item, source)
    section.keep(list(kept.values()))


def _identity(section: Section, item: Item) -> Hashable:
    """What two items have in common that are one.

    Those that code cites by their mentions are one if they bear the same name; others, if they
    say the same. Nearly the same is not enough: which differences matter is not for code to say.
    """
    name = next(section.names(item), None) if section.mentioned else None
    if name is not None:
        return normal_form(name)
    own = section.node.citations
    told = {k: v for k, v in item.data.items() if own is None or k != own.name}
    return _folded(told or item.data)


def _folded(value: Any) -> Hashable:
    """What two values have in common that say the same: upper and lower case are one."""
    if isinstance(value, str):
        return value.casefold()
    if isinstance(value, Mapping):
        return ("{", *sorted((key, _folded(inner)) for key, inner in value.items()))
    if isinstance(value, list):
        return ("[", *map(_folded, value))
    return (repr(value),)  # 1 is not true


def _join(section: Section, first: Item, second: Item, source: Source) -> None:
    for slot in section.node.fields:
        mine, other = first.data.get(slot.name), second.data.get(slot.name)
        if slot.node.kind is Kind.EVIDENCE and mine and other:
            by_sentence = {entry["sentence"]: entry for entry in [*mine, *other]}
            first.data[slot.name] = [by_sentence[number] for number in sorted(by_sentence)]
        elif slot.node.kind is Kind.LIST and mine and other:
            first.data[slot.name] = [*mine, *(value for value in other if value not in mine)]
        elif mine in (None, [], "") and other is not None:
            first.data[slot.name] = other
    for slot in section.node.fields:
        if slot.node.kind is Kind.MENTIONS:
            first.data[slot.name] = source.mentions(list(section.names(first)))
    message = f"An item of {section.slot.name} said the same as this one and was folded into it."
    # What was left out of the other one stands nowhere in this one.
    first.notes += [replace(note, field="") for note in second.notes]
    first.notes.append(Note(IssueKind.DUPLICATE, Severity.INFO, message, second.raw))
