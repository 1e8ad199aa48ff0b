"""The values of an item side by side: what the gold has, and what became of it in each record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from summarizer.evals.diagnosis import Level
from summarizer.evals.diagnosis import Side as Told

if TYPE_CHECKING:
    from summarizer.evals.matches import Match
    from summarizer.evals.plan import RecordPlan
    from summarizer.evals.report.sheets import Reading

LEFT_OPEN = "left open"
"""The verdict on what a reader of the gold left open."""


class Entry(NamedTuple):
    """What became of one value or receipt in one record."""

    field: str
    gold: Told | None
    predicted: Told | None
    verdict: str
    cause: str | None
    cites: bool
    """Whether it is a receipt."""


class Row(NamedTuple):
    """One value of the gold, or none, and what each record has for it."""

    field: str
    gold: Told | None
    cites: bool
    entries: tuple[Entry | None, ...]


def rows(path: str, plan: RecordPlan, readings: Sequence[Reading]) -> list[Row]:
    """The rows of a gold item, in the order of its fields, what only records have after what the
    gold has."""
    held: dict[tuple[str, str], list[list[Entry]]] = {}
    for number, reading in enumerate(readings):
        for entry in _entries(path, reading):
            pointer = entry.gold.pointer if entry.gold else ""
            key = (f"{entry.cites:d}{entry.field}", pointer)
            columns = held.setdefault(key, [[] for _ in readings])
            columns[number].append(entry)
    found = [row for columns in held.values() for row in _side_by_side(columns)]
    order = [field.name for field in plan.fields]
    if plan.evidence is not None:
        order.append(plan.evidence)
    return sorted(
        found,
        key=lambda row: (
            order.index(row.field.partition(".")[0]), row.cites, row.field, row.gold is None
        ),
    )  # fmt: skip


def _entries(path: str, reading: Reading) -> Iterator[Entry]:
    for each in reading.inner.get(path, ()):
        cause = each.cause.value if each.cause else None
        cites = each.level is Level.RECEIPT
        yield Entry(each.field, each.gold, each.predicted, each.verdict.value, cause, cites)
    pair = reading.pairs.get(path)
    if pair is not None:
        yield from (_open(each) for each in pair.matches if each.spared and each.predicted)


def _open(match: Match) -> Entry:
    gold, own = (
        Told(filler.path, filler.raw) if filler is not None else None
        for filler in (match.gold, match.predicted)
    )
    return Entry(match.field, gold, own, LEFT_OPEN, None, cites=False)


def _side_by_side(columns: list[list[Entry]]) -> Iterator[Row]:
    for place in range(max(map(len, columns))):
        entries = tuple(own[place] if place < len(own) else None for own in columns)
        first = next(entry for entry in entries if entry is not None)
        yield Row(first.field, first.gold, first.cites, entries)
