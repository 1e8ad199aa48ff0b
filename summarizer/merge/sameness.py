"""Which items of a section are one.

Those that say the same but for their receipts; those that agree on what is marked `Key` and are
at odds in no `Anchor`; and of those that different answers tell, such as two windows that overlap,
those that cite a sentence in common. What fits two that are at odds is neither's.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from summarizer.merge.meanings import Meanings, plainly
from summarizer.merge.retellings import Retellings
from summarizer.merge.things import Marks, Thing, at_odds, marks_of
from summarizer.wire import Kind, Node, Slot

if TYPE_CHECKING:
    from summarizer.grounding import Item
    from summarizer.linking import Section


def is_named(section: Section) -> bool:
    """Whether items are who they are by their names: code cites them so, or no other key is."""
    return _is_named(section.node)


@lru_cache(maxsize=1024)
def _is_named(node: Node) -> bool:
    keys = [slot for slot in node.fields if slot.key]
    return node.mentioned or (bool(keys) and all(s.node.kind is Kind.NAME for s in keys))


def same(
    section: Section, meanings: Meanings, bearers: Mapping[Item, Hashable]
) -> list[list[Item]]:
    """The partition of a section's items, in their order.

    `bearers` tells of items that are who they are by their names who that is.
    """
    who = [bearers.get(item) for item in section.items]
    if None not in who and len({*who}) == len(who):
        return [[item] for item in section.items]
    node, marks = section.node, marks_of(section.node)
    several = not bearers and len({*section.answers.values()}) > 1
    keys = (_keys(node, marks, item, meanings, bearers) for item in section.items)
    if not several and _differ_in_one(keys):
        return [[item] for item in section.items]
    groups: dict[Hashable, list[Item]] = {}
    for item in section.items:
        groups.setdefault(_said(node, item, meanings, bearers), []).append(item)
    things = [
        Thing(items, items[:1], _keys(node, marks, items[0], meanings, bearers))
        for items in groups.values()
    ]
    if not marks.keys and not bearers:
        return [thing.items for thing in things]
    # Names are not compared again of those whose bearers are known.
    compared = [s for s in (*marks.types, *marks.anchors) if not (bearers and s.is_name)]
    merged = _agreeing(things, compared, meanings)
    if several:
        merged = Retellings(section, marks, meanings).joined(merged)
    return [thing.items for thing in merged]


def _differ_in_one(keys: Iterable[Sequence[Hashable]]) -> bool:
    """Whether there is a key that all things have, each another: then no two of them can be one."""
    return any(None not in told and len({*told}) == len(told) for told in zip(*keys, strict=True))


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
    marks: Marks,
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


def _agreeing(things: Sequence[Thing], compared: Sequence[Slot], meanings: Meanings) -> list[Thing]:
    """Things joined that agree on their keys and are at odds in nothing that is compared.

    Those with the same neighbours are one: what could be either of two that can't be one has
    other neighbours than each of them.
    """
    # What is alike in all that counts here has the same neighbours: one of it is compared.
    alike: dict[Hashable, list[Thing]] = {}
    for thing in things:
        alike.setdefault(_sort(thing, compared), []).append(thing)
    firsts = [each[0] for each in alike.values()]
    near = [{place} for place in range(len(firsts))]
    for one, other in _candidates(firsts, _shared(firsts, compared, meanings)):
        if not at_odds(firsts[one], firsts[other], compared, meanings):
            near[one].add(other)
            near[other].add(one)
    neighbours = dict(zip(alike, map(frozenset, near), strict=True))
    found: dict[frozenset[int], Thing] = {}
    for thing in things:
        first = found.setdefault(neighbours[_sort(thing, compared)], thing)
        if first is not thing:
            first.items += thing.items
            first.tellings += thing.tellings
    return list(found.values())


def _sort(thing: Thing, compared: Sequence[Slot]) -> Hashable:
    """What a thing has in common with those alike; one without a key is alike to none."""
    if all(key is None for key in thing.keys):
        return thing
    data = thing.tellings[0].data
    return (thing.keys, json.dumps([data.get(slot.name) for slot in compared], default=str))


_Marked = Sequence[Sequence[frozenset[Hashable] | None]]


def _shared(things: Sequence[Thing], compared: Sequence[Slot], meanings: Meanings) -> _Marked:
    return [
        [meanings.marks(slot.node, thing.items[0].data.get(slot.name)) for slot in compared]
        for thing in things
    ]


def _candidates(things: Sequence[Thing], marks: _Marked) -> Iterator[tuple[int, int]]:
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
        self._shared = marks
        self._places: list[int] = []
        self._sharing: dict[tuple[int, Hashable], list[int]] = defaultdict(list)
        """By a place in the list of what is compared, and a mark there."""

    def add(self, place: int) -> None:
        """Have one more thing."""
        self._places.append(place)
        for at, marks in enumerate(self._shared[place]):
            for mark in (None,) if marks is None else marks:
                self._sharing[at, mark].append(place)

    def near(self, place: int) -> Iterable[int]:
        """The things that a thing may be one with, and as few others as can be told."""
        fewest = self._places
        for at, marks in enumerate(self._shared[place]):
            if marks is None:
                continue
            lists = [self._sharing.get((at, mark), []) for mark in (None, *marks)]
            if sum(map(len, lists)) < len(fewest):
                fewest = [each for found in lists for each in found]
        return {*fewest}
