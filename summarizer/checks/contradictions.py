"""Items of one record that can't both be so, and items that can't be so by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from summarizer.checks import twins
from summarizer.checks.check import Check, Problem
from summarizer.checks.statements import Statement, written
from summarizer.results import IssueKind, Severity
from summarizer.schemas.markers import NotFor, NotSource
from summarizer.schemas.vocabularies import ActivityType, MeetingStatus, Realis
from summarizer.wire import Kind

_OPPOSITES: tuple[tuple[frozenset[Enum], frozenset[Enum]], ...] = (
    (frozenset({Realis.DID_NOT_OCCUR}), frozenset({Realis.OCCURRED, Realis.ONGOING})),
    (
        frozenset({MeetingStatus.CANCELLED, MeetingStatus.REFUSED}),
        frozenset({MeetingStatus.HELD, MeetingStatus.ONGOING}),
    ),
)
_DENIED = frozenset(value for denied, _ in _OPPOSITES for value in denied)
# Both sides do it, and have it done to them.
_MUTUAL = frozenset({ActivityType.GROUND_CLASH, ActivityType.PRISONER_RELEASE})


def find_contradictions(statement: Statement) -> Iterator[Problem]:
    """What an item says against another of its section, or against itself."""
    if statement.parent is not None:
        return
    yield from _against_others(statement)
    yield from _done_to_oneself(statement)


def _against_others(statement: Statement) -> Iterator[Problem]:
    if not any(value in _DENIED for _, value in statement.values(Enum)):
        return
    own = twins.kinds(statement)
    for denied, done in _OPPOSITES:
        field = next((name for name, value in own.items() if value in denied), None)
        if field is None:
            continue
        shared = next((who for each in twins.parties(statement).values() for who in each), None)
        # One event has the same parties: whoever refers to one of them may tell it.
        for other in statement.siblings.by_reference.get(shared, ()) if shared else ():
            theirs = twins.kinds(other).get(field) if other.node is statement.node else None
            if theirs in done and _one_event(statement, other, field):
                yield Problem(
                    f"It is {written(own[field])} here and {written(theirs)} in {other.place}.",
                    f"/{field}",
                )
                return


def _one_event(one: Statement, other: Statement, apart: str) -> bool:
    """Whether two items are of one event at one time, but for the field in which they differ."""
    mine, theirs = twins.kinds(one), twins.kinds(other)
    if any(mine[name] != theirs[name] for name in (mine.keys() & theirs.keys()) - {apart}):
        return False
    if not twins.parties(one) or twins.parties(one) != twins.parties(other):
        return False
    if not twins.agree(twins.place(one), twins.place(other)) or not twins.texts_alike(one, other):
        return False
    here, there = twins.day(one), twins.day(other)
    return here == there and (here is not None or bool({*one.sentences} & {*other.sentences}))


def _done_to_oneself(statement: Statement) -> Iterator[Problem]:
    if statement.value(ActivityType) in _MUTUAL:
        return
    doers: set[str] = set()
    for told in statement.names:
        if told.node.kind is not Kind.REFERENCE or told.owner is not statement.item:
            continue
        if told.marker(NotSource) is None:
            continue
        if told.marker(NotFor) is None:
            doers.add(told.value)
        elif told.value in doers:
            name = statement.passage.names_of(told.value)[0]
            yield Problem(f"“{name}” both does it and has it done to it.", told.path)


CONTRADICTIONS = Check(
    "contradictions",
    find_contradictions,
    IssueKind.CONTRADICTION,
    Severity.WARNING,
    blind="what contradicts by its meaning only: two counts may be of two groups of people",
)
"""An event that took place and did not; a party that does something to itself."""
