"""What a comparison comes to in numbers: statistics of one document.

Whatever is reported of many documents is made of sums of these.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from summarizer.evals.matches import Match, cells
from summarizer.evals.overlap import among
from summarizer.evals.tally import Tally

if TYPE_CHECKING:
    from summarizer.evals.alignment import Comparison, Pair

_EQUAL = 1 - 1e-9


@dataclass(slots=True)
class Mass:
    """Weighted fillers: |g|, |p|, and Σκ over all cells, over those of predicted records whose
    quotes stand in the article (`located`), and over those of which a receipt is of a sentence
    that the gold cites too (`grounded`)."""

    gold: float = 0.0
    predicted: float = 0.0
    value: float = 0.0
    located: float = 0.0
    grounded: float = 0.0


@dataclass(slots=True)
class Items:
    """Whole items: how many there are on each side, how many were aligned, how many are equal."""

    gold: int = 0
    predicted: int = 0
    aligned: int = 0
    strict: int = 0


@dataclass(slots=True)
class Receipts:
    """Cited sentences: how many each side cites, how many of the predicted are right, how many of
    the gold were found, and how many of the predicted stand in the article word for word."""

    gold: int = 0
    predicted: int = 0
    right: int = 0
    found: int = 0
    verbatim: int = 0


@dataclass(slots=True)
class Excused:
    """Items that count neither way, since they are of what a reader doesn't care about: how many
    there are on both sides, and what they weigh."""

    items: int = 0
    mass: float = 0.0


@dataclass(slots=True)
class Nulls:
    """Fields without a value, in aligned pairs: null on both sides, or on one alone."""

    both: int = 0
    gold_only: int = 0
    predicted_only: int = 0


@dataclass(slots=True)
class FieldCounts:
    """One field, such as `military_activities.actors`: its mass, its verdicts, its nulls."""

    mass: Mass = field(default_factory=Mass)
    tally: Tally = field(default_factory=Tally)
    nulls: Nulls = field(default_factory=Nulls)


@dataclass(slots=True)
class SectionCounts:
    """One section of a document."""

    mass: Mass = field(default_factory=Mass)
    items: Items = field(default_factory=Items)
    receipts: Receipts = field(default_factory=Receipts)
    excused: Excused = field(default_factory=Excused)


@dataclass(slots=True)
class DocumentScore:
    """The counts of one document. `cluster` joins repeats, and documents that belong together."""

    id: str
    cluster: str
    sections: dict[str, SectionCounts]
    fields: dict[str, FieldCounts]
    failed: bool = False
    """Whether there was no prediction."""

    @property
    def mass(self) -> Mass:
        """The counts of all sections together."""
        total = Mass()
        for section in self.sections.values():
            total.gold += section.mass.gold
            total.predicted += section.mass.predicted
            total.value += section.mass.value
            total.located += section.mass.located
            total.grounded += section.mass.grounded
        return total


def counted(
    comparison: Comparison,
    *,
    id: str,  # noqa: A002  # the document's field
    cluster: str | None = None,
) -> DocumentScore:
    """The counts of a comparison."""
    sections = {name: SectionCounts() for name in comparison.gold.sections}
    failed = comparison.predicted.failed
    score = DocumentScore(id, cluster or id, sections, {}, failed)
    for pair in comparison.pairs:
        _add_matches(score, pair.section, pair.matches)
        if pair.spared:
            continue
        items = sections[pair.section].items
        items.gold += 1
        items.predicted += 1
        items.aligned += 1
        items.strict += pair.likeness >= _EQUAL
        _add_nulls(score, pair)
        _add_receipts(sections[pair.section].receipts, pair)
    for name, things in comparison.missing.items():
        sections[name].items.gold += len(things)
        for thing in things:
            sections[name].receipts.gold += len(set(thing.spans) - thing.waived)
            _add_matches(score, name, cells(thing, predicted=False))
    for name, things in comparison.spurious.items():
        sections[name].items.predicted += len(things)
        for thing in things:
            sections[name].receipts.predicted += len(set(thing.spans) - thing.waived)
            sections[name].receipts.verbatim += len(thing.verbatim - thing.waived)
            _add_matches(score, name, cells(thing, predicted=True))
    for name, things in comparison.excused.items():
        sections[name].excused = Excused(len(things), sum(thing.size for thing in things))
    return score


def _add_matches(score: DocumentScore, section: str, found: Iterable[Match]) -> None:
    total = score.sections[section].mass
    for match in found:
        field_counts = score.fields.setdefault(f"{section}.{match.field}", FieldCounts())
        earned = 0.0 if match.spared else match.worth * match.credit
        for mass in (total, field_counts.mass):
            mass.gold += match.worth * match.left[0]
            mass.predicted += match.worth * match.left[1]
            mass.value += earned
            mass.located += earned if match.located else 0.0
            mass.grounded += earned if match.grounded else 0.0
        if not match.spared:
            field_counts.tally += verdict(match)


def verdict(match: Match) -> Tally:
    """What MUC-4 calls a match, as a tally of one."""
    if match.gold is None:
        return Tally(spurious=1)
    if match.predicted is None:
        return Tally(missing=1)
    if match.credit >= 1:
        return Tally(correct=1)
    return Tally(partial=1) if match.credit > 0 else Tally(incorrect=1)


def _add_nulls(score: DocumentScore, pair: Pair) -> None:
    for i, plan in enumerate(pair.gold.plan.fields):
        if plan.many or i in pair.gold.free or i in pair.predicted.free:
            continue
        name = f"{pair.section}.{plan.name}"
        gold, predicted = pair.gold.fields[i], pair.predicted.fields[i]
        if gold and predicted:
            continue
        nulls = score.fields.setdefault(name, FieldCounts()).nulls
        if not gold and not predicted:
            nulls.both += 1
        elif not gold:
            nulls.gold_only += 1
        elif not gold[0].optional:
            nulls.predicted_only += 1


def _add_receipts(receipts: Receipts, pair: Pair) -> None:
    """Sentences of an aligned pair; those that either reader waived count on no side."""
    gold, predicted = set(pair.gold.spans), set(pair.predicted.spans)
    waived = pair.gold.waived | pair.predicted.waived
    gold = {a for a in gold if not among(a, waived)}
    predicted = {b for b in predicted if not among(b, waived)}
    receipts.gold += len(gold)
    receipts.found += sum(among(a, predicted) for a in gold)
    receipts.predicted += len(predicted)
    receipts.verbatim += len(predicted & pair.predicted.verbatim)
    receipts.right += sum(among(b, gold) for b in predicted)
