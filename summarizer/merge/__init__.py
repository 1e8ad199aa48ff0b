"""What is told twice, in one answer or in several: one item is kept, with what all of them say.

The outcome is the same in whatever order answers come, and items in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from summarizer.grounding import Draft, Item, Note
from summarizer.linking import Section, renamed, written
from summarizer.merge.bearers import Who, name_fully
from summarizer.merge.joining import Joining, Order, Telling, join, order
from summarizer.merge.meanings import Meanings
from summarizer.merge.sameness import is_named, same
from summarizer.names import normal_form
from summarizer.results import IssueKind, Severity
from summarizer.wire import Kind, Node, Plan

if TYPE_CHECKING:
    from summarizer.grounding import Source

__all__ = ["fold", "in_order", "order"]


def in_order(plan: Plan, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts in the order of what they tell, and not of when they came."""
    if len(drafts) < 2:
        return list(drafts)
    nodes = {slot.name: slot.node.listed for slot in plan.sections}

    def place(draft: Draft) -> tuple[list[Order], Order]:
        told = draft.sections.items()
        items = (order(nodes[name], item.data) for name, items in told for item in items)
        return sorted(items), order(plan.own, draft.values)

    return sorted(drafts, key=place)


def fold(
    plan: Plan,
    sections: Mapping[str, Section],
    values: Sequence[Mapping[str, Any]],
    source: Source,
) -> tuple[dict[str, Any], list[Note]]:
    """Keep one of those items of each section that are the same, and refer to it throughout.

    `values` are the record's own as each draft has them, in order; what they come to is returned,
    with notes of what is told otherwise.
    """
    folding = _Folding(plan, sections, [Item({**each}) for each in values], source)
    for section in _referred_first(sections):
        folding.fold(section)
    return folding.record()


class _Folding:
    """The sections of one record, and what refers to them, on their way to being folded."""

    def __init__(
        self, plan: Plan, sections: Mapping[str, Section], values: Sequence[Item], source: Source
    ) -> None:
        self._plan = plan
        self._sections = sections
        self._values = values
        self._source = source
        self._identities = source.identities
        self._meanings = Meanings(sections, self._identities.known)

    def fold(self, section: Section) -> None:
        """Keep one of the items of a section that are the same."""
        if len(section.items) < 2 and not is_named(section):
            return  # of those that are named, references may have another name
        placed = {item: place for place, item in enumerate(section.items)}
        if self._answers(section) > 1:
            # An answer for a part of the article knows the first mentions in that part.
            for item in section.items:
                self._cite(section, item)
        section.keep(sorted(section.items, key=lambda item: order(section.node, item.data)))
        who = self._who(section) if is_named(section) else None
        kept: list[Item] = []
        standing: dict[Item | None, Item] = {}
        for items in same(section, self._meanings, who.groups if who else {}):
            item = self._joined(section, items) if len(items) > 1 else items[0]
            placed[item] = min(placed[each] for each in items)
            standing |= dict.fromkeys(items, item)
            kept.append(item)
        if section.prefix is None and self._answers(section) < 2:
            # Without ids the order is the model's own: that of a synopsis, or a ranking.
            kept.sort(key=lambda item: placed[item])
        elif len(kept) < len(section.items):
            kept.sort(key=lambda item: order(section.node, item.data))
        names = {} if kept == section.items else self._kept(section, kept, standing)
        self._tell_apart(section, standing)
        if who is not None:
            names |= who.names({number: standing[item] for item, number in who.groups.items()})
        if names:
            self._rename(section.slot.name, names)

    def _kept(
        self, section: Section, kept: list[Item], standing: Mapping[Item | None, Item]
    ) -> dict[str, str]:
        """Have a section keep these items; by names that now lead to another, those that don't."""
        before = {name: section.find(name) for i in section.items for name in section.names(i)}
        section.keep(kept)
        return {
            name: next(section.names(item))
            for name, first in before.items()
            if (item := standing[first]) is not section.find(name)
        }

    def record(self) -> tuple[dict[str, Any], list[Note]]:
        """The record's own values, of which all drafts may have told some."""
        tellings = [Telling(value.data) for value in self._values] or [Telling({})]
        return Joining(self._meanings).joined(self._plan.own, tellings)

    def _who(self, section: Section) -> Who:
        return Who(section, self._referred(section), self._identities, self._source)

    def _referred(self, section: Section) -> list[str]:
        """The names in references to a section that may be somebody's, each once."""
        names = {
            name
            for node, item in self._all()
            for name, ref in written(node, item.data)
            if ref.section == section.slot.name
            and (not ref.or_text or self._source.reads_as_name(name))
        }
        return sorted(name for name in names if self._source.names.holds(name))

    def _tell_apart(self, section: Section, standing: Mapping[Item | None, Item]) -> None:
        """See that a reference leads to whom its own answer means by a name that several bear."""
        if self._answers(section) < 2:
            return
        meant: dict[tuple[int, str], Item] = {}
        for item, answer in section.answers.items():
            for name in section.names(item):
                meant.setdefault((answer, normal_form(name)), standing[item])
        for other in self._sections.values():
            for item in other.items:
                answer = other.answers.get(item, -1)
                names = {
                    name: self._handle(section, bearer)
                    for name, ref in written(other.node, item.data)
                    if ref.section == section.slot.name
                    and (bearer := meant.get((answer, normal_form(name)))) is not None
                    and bearer is not section.find(name)
                }
                if names:
                    item.data = renamed(other.node, item.data, section.slot.name, names)

    def _handle(self, section: Section, item: Item) -> str:
        """A name that only this item bears: one of its own, or else one that nobody writes."""
        own = next((name for name in section.names(item) if section.find(name) is item), None)
        if own is None and not item.handle:
            item.handle = f"{next(section.names(item))} [{section.items.index(item) + 1}]"
            section.keep(section.items)  # who bears which name is to be learnt anew
        return own or item.handle

    def _rename(self, section: str, names: Mapping[str, str]) -> None:
        for node, item in self._all():
            item.data = renamed(node, item.data, section, names)

    def _all(self) -> Iterator[tuple[Node, Item]]:
        for section in self._sections.values():
            yield from ((section.node, item) for item in section.items)
        yield from ((self._plan.own, value) for value in self._values)

    def _joined(self, section: Section, items: Sequence[Item]) -> Item:
        item = join(section.node, items, self._meanings)
        if is_named(section):
            name_fully(section, item, items, self._source)
        self._cite(section, item)
        message = (
            f"An item of {section.slot.name} said the same as this one and was folded into it."
        )
        item.notes += [
            Note(IssueKind.DUPLICATE, Severity.INFO, message, other.raw) for other in items[1:]
        ]
        return item

    def _cite(self, section: Section, item: Item) -> None:
        for slot in section.node.fields:
            if slot.node.kind is Kind.MENTIONS:
                item.data[slot.name] = self._source.mentions(list(section.names(item)))

    def _answers(self, section: Section) -> int:
        return len({*section.answers.values()})


def _referred_first(sections: Mapping[str, Section]) -> Iterable[Section]:
    """The sections, those before others that the others' items are told apart by."""
    placed: dict[str, Section] = {}
    entered: set[str] = set()
    for section in sections.values():
        _place(section, sections, placed, entered)
    return placed.values()


def _place(
    section: Section,
    sections: Mapping[str, Section],
    placed: dict[str, Section],
    entered: set[str],
) -> None:
    """Put a section into `placed`, after those that its items refer to."""
    if section.slot.name in entered:
        return
    entered.add(section.slot.name)
    for slot in section.node.referring:
        target = sections.get(slot.node.listed.section or "")
        if target is not None:
            _place(target, sections, placed, entered)
    placed[section.slot.name] = section
