"""Two runs over the same documents: is one better, and at what?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any, Literal

from pydantic import Field

from summarizer.errors import ConfigurationError
from summarizer.evals.aggregation import Count, counts_of
from summarizer.evals.counts import DocumentScore, SectionCounts, counted
from summarizer.evals.estimates import Estimate, Figure, estimate
from summarizer.evals.runs import Run, cases, check_same, covered, name_of, notes_on_gold
from summarizer.evals.scoring import Scorer
from summarizer.evals.signatures import SEED, signature
from summarizer.evals.significance import compare
from summarizer.evals.statistics import Counts, holm
from summarizer.evals.suites import Document, Suite
from summarizer.schemas.evidence import Record

Change = Literal["found", "lost", "better", "worse"]
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
    """A gold item that one run tells better than the other."""

    document: str = Field(description="split/id")
    section: str
    pointer: str = Field(description="JSON Pointer into the gold's labels.")
    change: Change
    baseline: Figure = Field(
        description="F of the item in the baseline, the mean over repeats: 0 where it is missing."
    )
    candidate: Figure


class CompareReport(Record):
    """What `summarizer eval compare` tells."""

    suite: str
    split: str | None = Field(description="That of all its documents; None where they differ.")
    documents: int
    unshared: tuple[int, int] = Field(
        description="Documents left out: of the baseline, that the candidate isn't over, and of "
        "the candidate, that the baseline isn't over."
    )
    baseline: str
    candidate: str
    baseline_signature: str
    candidate_signature: str
    overall: Delta
    items: Delta
    sections: dict[str, Delta]
    changes: list[ItemChange]
    spurious: tuple[Figure, Figure] = Field(
        description="Items that the gold doesn't have, in baseline and candidate: the mean over "
        "repeats."
    )


def compare_runs(
    baseline: Run,
    candidate: Run,
    suite: Suite[Any],
    scorer: Scorer,
    *,
    split: str | None = None,
) -> CompareReport:
    """How a candidate compares with a baseline, over the documents that both are runs over.

    A document's counts are the means over its repeats, of which the runs may have different
    numbers; and so is an item's F. Raises `ConfigurationError` where they have no document in
    common, or are over different suites or with records of different schemas.
    """
    check_same(baseline, suite=candidate.settings.suite, record=candidate.settings.record)
    documents, unshared = _shared(baseline, candidate, suite, split)
    if not documents:
        raise ConfigurationError(
            f"{baseline.path} and {candidate.path} are over different documents.",
            hint="Run both over the same split.",
        )
    before, after = (_Scored(run, documents, scorer) for run in (baseline, candidate))
    sections = {
        name: _delta(before, after, partial(_of_section, name)) for name in scorer.plan.sections
    }
    splits = {document.gold.split for document in documents}
    return CompareReport(
        suite=suite.name,
        split=splits.pop() if len(splits) == 1 else None,
        documents=len(documents),
        unshared=unshared,
        baseline=baseline.settings.name,
        candidate=candidate.settings.name,
        baseline_signature=signature(baseline, documents, scorer),
        candidate_signature=signature(candidate, documents, scorer),
        overall=_delta(before, after, lambda each: _mass(each.sections.values())),
        items=_delta(before, after, lambda each: _items(each.sections.values())),
        sections=_corrected(sections),
        changes=[*_changes(before.items, after.items)],
        spurious=(before.spurious, after.spurious),
    )


def remarks(
    baseline: Run, candidate: Run, suite: Suite[Any], *, split: str | None = None
) -> Iterator[str]:
    """What a reader of a comparison has to know of it beforehand, a sentence each: in what the gold
    isn't the baseline's, and how many documents are left out. Raises as `covered` does."""
    yield from notes_on_gold(baseline, suite)
    _, unshared = _shared(baseline, candidate, suite, split)
    paths = (baseline.path, candidate.path)
    for one, other, count in zip(paths, reversed(paths), unshared, strict=True):
        if count:
            yield f"Documents of {one} that {other} lacks, and that are left out: {count}."


def _shared(
    baseline: Run, candidate: Run, suite: Suite[Any], split: str | None
) -> tuple[list[Document[Any]], tuple[int, int]]:
    """The documents of both runs, and how many each has that the other lacks."""
    ours, theirs = (covered(run, suite, split=split) for run in (baseline, candidate))
    those = {name_of(each) for each in theirs}
    both = [each for each in ours if name_of(each) in those]
    return both, (len(ours) - len(both), len(theirs) - len(both))


class _Scored:
    """A run as it is compared: what it does on each document and each gold item, by the mean of
    its repeats."""

    def __init__(self, run: Run, documents: Sequence[Document[Any]], scorer: Scorer) -> None:
        self.repeats = run.settings.repeats
        self.spurious = 0.0
        self.scores: list[DocumentScore] = []
        self.items: dict[tuple[str, str, str], float] = {}
        for case in cases(run, documents, scorer.schema):
            comparison = scorer.compare(case.gold, case.predicted)
            self.scores.append(counted(comparison, id=case.id, cluster=case.cluster))
            self.spurious += sum(map(len, comparison.spurious.values())) / self.repeats
            name = case.cluster or case.id
            for section, things in comparison.missing.items():
                for thing in things:
                    self._add((name, section, thing.path), 0.0)
            for pair in comparison.pairs:
                if not pair.spared:
                    self._add((name, pair.section, pair.gold.path), pair.likeness)

    def _add(self, key: tuple[str, str, str], f: float) -> None:
        self.items[key] = self.items.get(key, 0.0) + f / self.repeats

    def counts(self, count: Callable[[DocumentScore], Count]) -> Counts:
        """Some count of each document, the mean of its repeats."""
        each = counts_of(self.scores, count)
        # Cases come document by document, with a document's repeats in a row.
        return Counts(
            *(
                column.reshape(-1, self.repeats).mean(axis=1)
                for column in (each.tp, each.gold, each.predicted)
            )
        )


def _delta(before: _Scored, after: _Scored, count: Callable[[DocumentScore], Count]) -> Delta:
    one, other = before.counts(count), after.counts(count)
    found = compare(one, other, seed=SEED)
    told = asdict(found) if found else {}
    return Delta(
        baseline=estimate(one),
        candidate=estimate(other),
        **{name: told[name] for name in told.keys() & Delta.model_fields.keys()},
    )


def _of_section(name: str, score: DocumentScore) -> Count:
    return _mass([score.sections[name]])


def _mass(sections: Iterable[SectionCounts]) -> Count:
    masses = [section.mass for section in sections]
    return (
        sum(mass.value for mass in masses),
        sum(mass.gold for mass in masses),
        sum(mass.predicted for mass in masses),
    )


def _items(sections: Iterable[SectionCounts]) -> Count:
    items = [section.items for section in sections]
    return (
        sum(each.aligned for each in items),
        sum(each.gold for each in items),
        sum(each.predicted for each in items),
    )


def _corrected(sections: dict[str, Delta]) -> dict[str, Delta]:
    tested = holm({name: delta.p for name, delta in sections.items() if delta.p is not None})
    return {
        name: delta.model_copy(update={"p_holm": tested.get(name)})
        for name, delta in sections.items()
    }


def _changes(
    before: dict[tuple[str, str, str], float], after: dict[tuple[str, str, str], float]
) -> Iterator[ItemChange]:
    for key in sorted(before.keys() | after.keys()):
        one, other = before.get(key, 0.0), after.get(key, 0.0)
        if abs(other - one) <= LEAST:
            continue
        change: Change
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
