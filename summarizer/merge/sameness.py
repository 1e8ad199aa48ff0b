"""Which items of a section are one.

Those that say the same but for their receipts; those that agree on what is marked `Key` and are
at odds in no `Anchor`; and of those that different answers tell, such as two windows that overlap,
those that cite a sentence in common. What fits two that are at odds is neither's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Any

from summarizer.merge.meanings import Meanings, plainly
from summarizer.schemas.markers import Anchor
from summarizer.wire import Held, Kind, Node, Slot, marked

if TYPE_CHECKING:
    from summarizer.grounding import Item
    from summarizer.linking import Section

ALIKE = 0.5
"""Share of the shorter text's words that two texts have in common that may say the same."""


@dataclass(frozen=True)
class _Marks:
    """By what items of a class are told apart."""

    keys: tuple[Slot, ...]
    """What two items have to agree on, unless one of them leaves it out."""
    types: tuple[Slot, ...]
    """Keys of a closed list: to agree on these alone says little."""
    anchors: tuple[Slot, ...]


@lru_cache(maxsize=1024)
def _marks(node: Node) -> _Marks:
    keys = tuple(slot for slot in node.fields if slot.key)
    types = tuple(slot for slot in keys if _is_type(slot.node))
    # Where there is nothing else, a type is all that merging can go by.
    told = tuple(slot for slot in keys if slot not in types) or keys
    fields = node.model.model_fields
    anchors = tuple(s for s in node.fields if marked(fields[s.name].metadata, Anchor))
    return _Marks(told, tuple(slot for slot in types if slot not in told), anchors)


def _is_type(node: Node) -> bool:
    closed = "enum" in node.schema or "const" in node.schema or node.schema.get("type") == "boolean"
    return node.kind is Kind.PLAIN and closed


def is_named(section: Section) -> bool:
    """Whether items are who they are by their names: code cites them so, or no other key is."""
    keys = [slot for slot in section.node.fields if slot.key]
    return section.mentioned or (bool(keys) and all(s.node.kind is Kind.NAME for s in keys))


def same(
    section: Section, meanings: Meanings, bearers: Mapping[Item, Hashable]
) -> list[list[Item]]:
    """The partition of a section's items, in their order.

    `bearers` tells of items that are who they are by their names who that is.
    """
    node, marks = section.node, _marks(section.node)
    groups: dict[Hashable, list[Item]] = {}
    for item in section.items:
        groups.setdefault(_said(node, item, meanings, bearers), []).append(item)
    things = [
        _Thing(items, items[:1], _keys(node, marks, items[0], meanings, bearers))
        for items in groups.values()
    ]
    if not marks.keys and not bearers:
        return [thing.items for thing in things]
    # Names are not compared again of those whose bearers are known.
    compared = [s for s in (*marks.types, *marks.anchors) if not (bearers and s.is_name)]
    merged = _agreeing(things, compared, meanings)
    if not bearers and len({*section.answers.values()}) > 1:
        merged = _Retellings(section, marks, meanings).joined(merged)
    return [thing.items for thing in merged]


@dataclass(eq=False)
class _Thing:
    """Items that are one, as far as is known."""

    items: list[Item]
    tellings: list[Item]
    """One of each that say the same."""
    keys: tuple[Hashable, ...]
    """What is told of it by its keys, in order; None where nothing is."""


def _said(node: Node, item: Item, meanings: Meanings, bearers: Mapping[Item, Hashable]) -> Hashable:
    """What an item says, receipts left out; of one that has nothing else, what it cites."""
    own = node.citations
    told = {
        slot.name: said
        for slot in node.fields
        if slot is not own
        and not (slot.is_name and item in bearers)
        and (said := meanings.of(slot.node, item.data.get(slot.name), str.casefold)) is not None
    }
    who = bearers.get(item)
    if not told and who is None:
        cited = item.data.get(own.name) or () if own else ()
        return ("cited", *(receipt["sentence"] for receipt in cited))
    return (who, frozenset(told.items()))


def _keys(
    node: Node,
    marks: _Marks,
    item: Item,
    meanings: Meanings,
    bearers: Mapping[Item, Hashable],
) -> tuple[Hashable, ...]:
    types = {plainly(str(item.data.get(slot.name))) for slot in marks.types}
    keys: list[Hashable] = [bearers.get(item)]
    for slot in marks.keys:
        said = meanings.of(slot.node, item.data.get(slot.name))
        # An air strike that is called "air strike" has no name, and neither has a bearer another.
        nothing = said in types or (slot.is_name and item in bearers)
        keys.append(None if nothing else said)
    return tuple(keys)


def _agreeing(
    things: Sequence[_Thing], compared: Sequence[Slot], meanings: Meanings
) -> list[_Thing]:
    """Things joined that agree on their keys and are at odds in nothing that is compared.

    Those with the same neighbours are one: what could be either of two that can't be one has
    other neighbours than each of them.
    """
    near = [{place} for place in range(len(things))]
    for one, other in _candidates(things, _marks_of(things, compared, meanings)):
        if not _at_odds(things[one], things[other], compared, meanings):
            near[one].add(other)
            near[other].add(one)
    found: dict[frozenset[int], _Thing] = {}
    for thing, neighbours in zip(things, near, strict=True):
        first = found.setdefault(frozenset(neighbours), thing)
        if first is not thing:
            first.items += thing.items
            first.tellings += thing.tellings
    return list(found.values())


_Marked = Sequence[Sequence[frozenset[Hashable] | None]]


def _marks_of(things: Sequence[_Thing], compared: Sequence[Slot], meanings: Meanings) -> _Marked:
    return [
        [meanings.marks(slot.node, thing.items[0].data.get(slot.name)) for slot in compared]
        for thing in things
    ]


def _candidates(things: Sequence[_Thing], marks: _Marked) -> Iterator[tuple[int, int]]:
    """Pairs that agree on every key that both have, and on one at least.

    Of those that can't but be at odds most are left out.
    """
    patterns: dict[tuple[bool, ...], list[int]] = defaultdict(list)
    for place, thing in enumerate(things):
        patterns[tuple(key is not None for key in thing.keys)].append(place)
    listed = list(patterns)
    for at, pattern in enumerate(listed):
        for other in listed[at:]:
            both = [k for k, told in enumerate(zip(pattern, other, strict=True)) if all(told)]
            if not both:
                continue
            blocks: dict[tuple[Hashable, ...], _Block] = defaultdict(lambda: _Block(marks))
            for place in patterns[other]:
                blocks[tuple(things[place].keys[k] for k in both)].add(place)
            for place in patterns[pattern]:
                block = blocks.get(tuple(things[place].keys[k] for k in both))
                for second in block.near(place) if block else ():
                    if pattern != other or place < second:
                        yield place, second


class _Block:
    """Things that agree on their keys, found by what else they share."""

    def __init__(self, marks: _Marked) -> None:
        self._marks = marks
        self._places: list[int] = []
        self._sharing: dict[tuple[int, Hashable], list[int]] = defaultdict(list)
        """By a place in the list of what is compared, and a mark there."""

    def add(self, place: int) -> None:
        """Have one more thing."""
        self._places.append(place)
        for at, marks in enumerate(self._marks[place]):
            for mark in (None,) if marks is None else marks:
                self._sharing[at, mark].append(place)

    def near(self, place: int) -> Iterable[int]:
        """The things that a thing may be one with, and as few others as can be told."""
        fewest = self._places
        for at, marks in enumerate(self._marks[place]):
            if marks is None:
                continue
            lists = [self._sharing.get((at, mark), []) for mark in (None, *marks)]
            if sum(map(len, lists)) < len(fewest):
                fewest = [each for found in lists for each in found]
        return {*fewest}


def _at_odds(one: _Thing, other: _Thing, slots: Sequence[Slot], meanings: Meanings) -> bool:
    parts = [slot for slot in slots if slot.node.listed.kind is Kind.REFERENCE]
    return any(
        _parts_change(mine.data, theirs.data, parts, meanings)
        or any(
            meanings.at_odds(slot.node, mine.data.get(slot.name), theirs.data.get(slot.name))
            for slot in slots
        )
        for mine in one.tellings
        for theirs in other.tellings
    )


def _parts_change(
    mine: Mapping[str, Any], theirs: Mapping[str, Any], parts: Sequence[Slot], meanings: Meanings
) -> bool:
    """Whether somebody plays one part here and another there: acts, and is acted on."""
    if len(parts) < 2:
        return False
    first, second = (
        [{*_meant(slot.node, data.get(slot.name), meanings)} for slot in parts]
        for data in (mine, theirs)
    )
    return any(
        bool((first[a] & second[b]) - (first[b] & second[b]) - (first[a] & second[a]))
        for a, b in permutations(range(len(parts)), 2)
    )


def _meant(node: Node, value: Any, meanings: Meanings) -> Iterator[Hashable]:
    for name in (value if isinstance(value, list) else [value]) if value else ():
        yield meanings.meant(node.listed, name)


class _Retellings:
    """One event in the words of two answers: the sentence that both cite gives it away.

    What one answer tells apart stays apart, so each is joined to the likest of the other.
    """

    def __init__(self, section: Section, marks: _Marks, meanings: Meanings) -> None:
        self._section = section
        self._meanings = meanings
        slots = {*marks.keys, *marks.types, *marks.anchors}
        fields = [slot for slot in section.node.fields if slot in slots]
        self._texts = [slot for slot in fields if slot.key and _is_prose(slot.node)]
        self._firm = [slot for slot in fields if slot not in self._texts]
        self._keys = [slot for slot in self._firm if slot.key]

    def joined(self, things: Sequence[_Thing]) -> list[_Thing]:
        """The things, with those joined that are told twice."""
        into = {place: [place] for place in range(len(things))}
        pairs: list[tuple[float, int, int]] = []
        for one, other in self._pairs(things):
            likeness = self._likeness(things[one], things[other])
            if likeness is not None:
                pairs.append((-likeness, one, other))
        for _, one, other in sorted(pairs):
            mine, theirs = into[one], into[other]
            if mine is not theirs and self._fit(things, mine, theirs):
                mine += theirs
                into.update(dict.fromkeys(theirs, mine))
        kept = {id(places): sorted(places) for places in into.values()}
        return [
            _Thing(
                [item for place in places for item in things[place].items],
                [item for place in places for item in things[place].tellings],
                (),
            )
            for places in kept.values()
        ]

    def _pairs(self, things: Sequence[_Thing]) -> Iterator[tuple[int, int]]:
        own = self._section.node.citations
        citing: dict[int, list[int]] = defaultdict(list)
        for place, thing in enumerate(things):
            told = [item.data.get(own.name) or () for item in thing.items] if own else []
            for sentence in {receipt["sentence"] for receipts in told for receipt in receipts}:
                citing[sentence].append(place)
        seen: set[tuple[int, int]] = set()
        for places in citing.values():
            for pair in combinations(places, 2):
                if pair not in seen and self._strangers(things[pair[0]], things[pair[1]]):
                    seen.add(pair)
                    yield pair

    def _fit(self, things: Sequence[_Thing], mine: list[int], theirs: list[int]) -> bool:
        return all(
            self._strangers(things[one], things[other])
            and self._compatible(things[one], things[other])
            for one in mine
            for other in theirs
        )

    def _strangers(self, one: _Thing, other: _Thing) -> bool:
        """Whether no answer tells both."""
        answers = self._section.answers
        return {answers[i] for i in one.items}.isdisjoint(answers[i] for i in other.items)

    def _compatible(self, one: _Thing, other: _Thing) -> bool:
        if _at_odds(one, other, self._firm, self._meanings):
            return False
        return all(self._nested(s, one, other) for s in self._keys if s.node.kind is Kind.LIST)

    def _nested(self, slot: Slot, one: _Thing, other: _Thing) -> bool:
        """Whether one of two lists has all that the other has: who met, may be told in part."""
        mine, theirs = (
            {
                self._meanings.of(slot.node.listed, element)
                for item in thing.tellings
                for element in item.data.get(slot.name) or ()
            }
            for thing in (one, other)
        )
        return mine <= theirs or theirs <= mine

    def _likeness(self, one: _Thing, other: _Thing) -> float | None:
        """How alike two things are that cite a sentence in common; None if they can't be one."""
        if not self._compatible(one, other):
            return None
        shares = [
            _share(mine, theirs)
            for slot in self._texts
            for mine in _told(slot, one)
            for theirs in _told(slot, other)
        ]
        likeness = max(shares, default=0.0)
        agreed = any(_told(slot, one) and _told(slot, other) for slot in self._keys)
        return likeness if agreed or likeness >= ALIKE else None


def _told(slot: Slot, thing: _Thing) -> list[Any]:
    """What is told of a thing in a field, as far as anything is."""
    return [value for item in thing.tellings if (value := item.data.get(slot.name))]


def _is_prose(node: Node) -> bool:
    return node.kind is Kind.TEXT and node.held is Held.PROSE


def _share(one: str, other: str) -> float:
    """The share of the words of the shorter text that the other has, too."""
    first, second = ({*plainly(text).split()} for text in (one, other))
    return len(first & second) / (min(len(first), len(second)) or 1)
