"""Does the score fall when a record gets worse, and is it told why?

Records that are right are damaged in known ways, a little at first and then more and more, and
scored against what they were. A larger dose contains the smaller.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from summarizer import Article
from summarizer.evals.counts import counted
from summarizer.evals.damages import DAMAGES, Damage, Unit
from summarizer.evals.diagnosis import diagnose
from summarizer.evals.edits import mended
from summarizer.evals.labelled import Labelled
from summarizer.evals.scoring import Scorer
from summarizer.evals.sites import Site

if TYPE_CHECKING:
    from pydantic import BaseModel

    from summarizer.evals.causes import Cause
    from summarizer.evals.counts import Mass, Receipts

DOSES = (10, 25, 50, 75, 100)
"""Per cent of what can be damaged in a document, rounded up."""


class Sample(NamedTuple):
    """An article with its gold."""

    article: Article
    gold: Labelled


@dataclass(frozen=True)
class Row:
    """What one dose of one damage does to a suite. Scores are micro, over all documents."""

    damage: str
    lowers: str
    """What `score` is the F of."""
    cause: Cause
    """What the damage should be taken for."""
    dose: int
    damaged: int
    """How many things were damaged."""
    score: float
    """F of what the damage should lower."""
    slots: float
    """F of all fields."""
    grounded: float
    """F of all fields, where only what cites a right sentence is right."""
    named: int
    """How many of the damages the diagnosis told, by their cause."""


def damage_table(
    samples: Sequence[Sample], scorer: Scorer, *, seed: int = 1, doses: Sequence[int] = DOSES
) -> list[Row]:
    """One row for each damage and dose; none for a damage that can be done to nothing.

    Items are added to a document from the next one. The same seed damages the same things.
    """
    rows = []
    for damage in DAMAGES:
        patients = [*_patients(samples, damage, scorer, seed)]
        if any(patient.units for patient in patients):
            rows += [_row(damage, dose, patients, scorer) for dose in doses]
    return rows


def damaged(site: Site, units: Iterable[Unit]) -> BaseModel:
    """The gold of a document, damaged."""
    record = site.gold.record
    if record is None:
        raise ValueError("what has no record can't be damaged")
    labels = deepcopy(record.model_dump(mode="json"))
    for unit in units:
        unit.damage(labels)
    return mended(type(record), labels, site.called)


class _Patient(NamedTuple):
    site: Site
    units: list[Unit]


def _patients(
    samples: Sequence[Sample], damage: Damage, scorer: Scorer, seed: int
) -> Iterator[_Patient]:
    for i, sample in enumerate(samples):
        chance = Random(f"{seed} {damage.name} {i}")  # noqa: S311  # nothing is kept secret
        donor = samples[(i + 1) % len(samples)].gold if len(samples) > 1 else None
        site = Site(sample.article, sample.gold, scorer.plan, chance, donor)
        units = [*damage.units(site)]
        chance.shuffle(units)
        yield _Patient(site, units)


def _row(damage: Damage, dose: int, patients: Sequence[_Patient], scorer: Scorer) -> Row:
    scores, count, named = [], 0, 0
    for i, (site, units) in enumerate(patients):
        done = units[: -(-len(units) * dose // 100)]
        comparison = scorer.compare(site.gold, Labelled(damaged(site, done)))
        findings = diagnose(comparison, site.article.text, threshold=scorer.threshold)
        told = [finding for finding in findings if finding.cause is damage.cause]
        scores.append(counted(comparison, id=str(i)))
        count += len(done)
        named += sum(any(unit.shows(finding) for finding in told) for unit in done)
    fields = {name for patient in patients for unit in patient.units for name in unit.fields}
    suffering = [each.fields[name].mass for each in scores for name in fields & each.fields.keys()]
    receipts = [section.receipts for each in scores for section in each.sections.values()]
    slots = [each.mass for each in scores]
    return Row(
        damage.name,
        damage.lowers,
        damage.cause,
        dose,
        damaged=count,
        score=_f(suffering) if fields else _receipts_f(receipts),
        slots=_f(slots),
        grounded=_grounded_f(slots),
        named=named,
    )


def _f(masses: Iterable[Mass]) -> float:
    each = [(mass.value, mass.gold + mass.predicted) for mass in masses]
    return _ratio(2 * sum(right for right, _ in each), sum(both for _, both in each))


def _grounded_f(masses: Iterable[Mass]) -> float:
    each = [(mass.grounded, mass.gold + mass.predicted) for mass in masses]
    return _ratio(2 * sum(right for right, _ in each), sum(both for _, both in each))


def _receipts_f(receipts: Sequence[Receipts]) -> float:
    precision = _ratio(sum(r.right for r in receipts), sum(r.predicted for r in receipts))
    recall = _ratio(sum(r.found for r in receipts), sum(r.gold for r in receipts))
    return _ratio(2 * precision * recall, precision + recall)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
