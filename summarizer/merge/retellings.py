"""One event in the words of two answers, which the sentence that both cite gives away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

from summarizer.identity.designations import designation
from summarizer.merge.meanings import Meanings, plainly
from summarizer.merge.things import Marks, Thing, at_odds
from summarizer.wire import Held, Kind, Node, Slot

if TYPE_CHECKING:
    from summarizer.linking import Section

ALIKE = 0.5
"""Share of the shorter text's words that two texts have in common that may say the same."""


class Retellings:
    """One event in the words of two answers: the sentence that both cite gives it away.

    What one answer tells apart stays apart, so each is joined to the likest of the other.
    """

    def __init__(self, section: Section, marks: Marks, meanings: Meanings) -> None:
        self._section = section
        self._meanings = meanings
        slots = {*marks.keys, *marks.types, *marks.anchors}
        fields = [slot for slot in section.node.fields if slot in slots]
        self._texts = [slot for slot in fields if slot.key and _is_prose(slot.node)]
        self._firm = [slot for slot in fields if slot not in self._texts]
        self._keys = [slot for slot in self._firm if slot.key]

    def joined(self, things: Sequence[Thing]) -> list[Thing]:
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
            Thing(
                [item for place in places for item in things[place].items],
                [item for place in places for item in things[place].tellings],
                (),
            )
            for places in kept.values()
        ]

    def _pairs(self, things: Sequence[Thing]) -> Iterator[tuple[int, int]]:
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

    def _fit(self, things: Sequence[Thing], mine: list[int], theirs: list[int]) -> bool:
        return all(
            self._strangers(things[one], things[other])
            and self._compatible(things[one], things[other])
            for one in mine
            for other in theirs
        )

    def _strangers(self, one: Thing, other: Thing) -> bool:
        """Whether no answer tells both."""
        answers = self._section.answers
        return {answers[i] for i in one.items}.isdisjoint(answers[i] for i in other.items)

    def _compatible(self, one: Thing, other: Thing) -> bool:
        if at_odds(one, other, self._firm, self._meanings):
            return False
        # A sentence may tell of a first strike and of a second.
        if any(_marked_apart(mine, theirs) for mine, theirs in self._worded(one, other)):
            return False
        return all(self._nested(s, one, other) for s in self._keys if s.node.kind is Kind.LIST)

    def _worded(self, one: Thing, other: Thing) -> Iterator[tuple[str, str]]:
        """The texts of two things in one field each."""
        for slot in self._texts:
            yield from product(_told(slot, one), _told(slot, other))

    def _nested(self, slot: Slot, one: Thing, other: Thing) -> bool:
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

    def _likeness(self, one: Thing, other: Thing) -> float | None:
        """How alike two things are that cite a sentence in common; None if they can't be one."""
        if not self._compatible(one, other):
            return None
        shares = [_share(mine, theirs) for mine, theirs in self._worded(one, other)]
        likeness = max(shares, default=0.0)
        agreed = any(_told(slot, one) and _told(slot, other) for slot in self._keys)
        return likeness if agreed or likeness >= ALIKE else None


def _told(slot: Slot, thing: Thing) -> list[Any]:
    """What is told of a thing in a field, as far as anything is."""
    return [value for item in thing.tellings if (value := item.data.get(slot.name))]


def _marked_apart(one: str, other: str) -> bool:
    """Whether two texts have numbers, or directions, and none in common."""
    mine, theirs = designation(one).marks, designation(other).marks
    sorts = {mark.split()[0] for mark in mine} & {mark.split()[0] for mark in theirs}
    shared = {mark.split()[0] for mark in mine & theirs}
    return not sorts <= shared


def _is_prose(node: Node) -> bool:
    return node.kind is Kind.TEXT and node.held is Held.PROSE


def _share(one: str, other: str) -> float:
    """The share of the words of the shorter text that the other has, too."""
    first, second = ({*plainly(text).split()} for text in (one, other))
    return len(first & second) / (min(len(first), len(second)) or 1)
