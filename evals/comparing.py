"""Two runs over the same documents: is one better, and at what?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from pydantic import Field

from summarizer.errors import ConfigurationError
from summarizer.evals.aggregation import counts_of
from summarizer.evals.counts import DocumentScore, SectionCounts, counted
from summarizer.evals.estimates import Estimate, Figure, estimate
from summarizer.evals.runs import Run, cases, covered, name_of
from summarizer.evals.scoring import Scorer
from summarizer.evals.signatures import SEED, signature
from summarizer.evals.significance import Difference, compare
from summarizer.evals.suites import Suite
from summarizer.schemas.evidence import Record

LEAST = 0.05
"""A gold item is better or worse told where its F changed by more than this."""


class Delta(Record):
    """F of both runs and how they differ (see `significance.Difference`)."""

    baseline: Estimate
    candidate: Estimate
    delta: Figure | None = None
    low: Figure | None = None
    high: Figure | None = None
    p: Figure | None = None
    p_holm: Figure | None = Field(
        default=None, description="p by Holm over the sections: they are tested together."
    )
    detectable: Figure | None = None
    n: int = 0


class ItemChange(Record):
    """A gold item that one run tells better than the other, or a document with more or fewer
    spurious items."""

    document: str = Field(description="split/id")
    section: str
    pointer: str = Field(description="JSON Pointer into the gold's labels.")
    change: Literal["found", "lost", "better", "worse"]
    baseline: Figure = Field(description="F of the item in the baseline: 0 where it is missing.")
    candidate: Figure


class CompareReport(Record):
    """What `summarizer eval compare` tells."""

    suite: str
    split: str | None
    documents: int
    baseline: str
    candidate: str
    baseline_signature: str
    candidate_signature: str
    overall: Delta
    items: Delta
    sections: dict[str, Delta]
    changes: list[ItemChange]
    spurious: tuple[int, int] = Field(description="Items that the gold doesn't have, in each run.")


def compare_runs(
    baseline: Run,
    candidate: Run,
    suite: Suite[Any],
    scorer: Scorer,
    *,
    split: str | None = None,
) -> CompareReport:
    """How a candidate compares with a baseline, over the documents that both are runs over.

    With repeats, a document's are pooled; an item's F is the mean of them. Raises
    `ConfigurationError` where they have no document in common.
    """
    theirs = {name_of(each) for each in covered(candidate, suite, split=split)}
    documents = [each for each in covered(baseline, suite, split=split) if name_of(each) in theirs]
    if not documents:
        raise ConfigurationError(
            f"{baseline.path} and {candidate.path} are over different documents.",
            hint="Run both over the same split.",
        )
    scored = [_Scored(run, documents, scorer) for run in (baseline, candidate)]
    before, after = scored
    sections = {
        name: _delta(before.pooled, after.pooled, name)
        for name in scorer.plan.sections
        if any(name in each.sections for each in before.pooled)
    }
    return CompareReport(
        suite=suite.name,
        split=split,
        documents=len(documents),
        baseline=baseline.settings.name,
        candidate=candidate.settings.name,
        baseline_signature=signature(baseline, documents, scorer),
        candidate_signature=signature(candidate, documents, scorer),
        overall=_delta(before.pooled, after.pooled),
        items=_delta(before.pooled, after.pooled, items=True),
        sections=_holm(sections),
        changes=[*_changes(before.items, after.items)],
        spurious=(before.spurious, after.spurious),
    )


class _Scored:
    """A run's counts per document, repeats pooled, and the F of each gold item."""

    def __init__(self, run: Run, documents: Sequence[Any], scorer: Scorer) -> None:
        self.spurious = 0
        self.pooled: list[DocumentScore] = []
        self.items: dict[tuple[str, str, str], float] = {}
        for case in cases(run, documents, scorer.schema):
            comparison = scorer.compare(case.gold, case.predicted)
            self.pooled.append(counted(comparison, id=case.id, cluster=case.cluster))
            self.spurious += sum(len(things) for things in comparison.spurious.values())
            name = case.cluster or case.id
            for section, things in comparison.missing.items():
                for thing in things:
                    self._add((name, section, thing.path), 0.0)
            for pair in comparison.pairs:
                if not pair.spared:
                    share = pair.likeness / run.settings.repeats
                    self._add((name, pair.section, pair.gold.path), share)

    def _add(self, key: tuple[str, str, str], share: float) -> None:
        self.items[key] = self.items.get(key, 0.0) + share


def _delta(
    before: Sequence[DocumentScore],
    after: Sequence[DocumentScore],
    section: str | None = None,
    *,
    items: bool = False,
) -> Delta:
    def count(score: DocumentScore) -> tuple[float, float, float]:
        those = [counts for name, counts in score.sections.items() if section in (None, name)]
        return _summed(those, items=items)

    one, other = counts_of(before, count), counts_of(after, count)
    found: Difference | None = compare(one, other, seed=SEED)
    told = Delta(baseline=estimate(one), candidate=estimate(other))
    if found is None:
        return told
    return told.model_copy(
        update={
            "delta": found.delta,
            "low": found.low,
            "high": found.high,
            "p": found.p,
            "detectable": found.detectable,
            "n": found.n,
        }
    )


def _summed(those: Sequence[SectionCounts], *, items: bool) -> tuple[float, float, float]:
    if items:
        return (
            sum(one.items.aligned for one in those),
            sum(one.items.gold for one in those),
            sum(one.items.predicted for one in those),
        )
    return (
        sum(one.mass.value for one in those),
        sum(one.mass.gold for one in those),
        sum(one.mass.predicted for one in those),
    )


def _holm(sections: dict[str, Delta]) -> dict[str, Delta]:
    """Holm's step-down: the smallest p times their number, the next times one less, and so on,
    never below the one before."""
    tested = sorted((d.p, name) for name, d in sections.items() if d.p is not None)
    corrected: dict[str, float] = {}
    least = 0.0
    for i, (p, name) in enumerate(tested):
        least = max(least, min(1.0, p * (len(tested) - i)))
        corrected[name] = least
    return {
        name: delta.model_copy(update={"p_holm": corrected.get(name)})
        for name, delta in sections.items()
    }


def _changes(
    before: dict[tuple[str, str, str], float], after: dict[tuple[str, str, str], float]
) -> Iterator[ItemChange]:
    for key in sorted(before.keys() | after.keys()):
        one, other = before.get(key, 0.0), after.get(key, 0.0)
        if abs(other - one) <= LEAST:
            continue
        change: Literal["found", "lost", "better", "worse"]
        if one == 0 or other == 0:
            change = "found" if one == 0 else "lost"
        else:
            change = "better" if other > one else "worse"
        document, section, pointer = key
        yield ItemChange(
            document=document,
            section=section,
            pointer=pointer,
            change=change,
            baseline=one,
            candidate=other,
        )
