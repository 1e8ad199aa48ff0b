"""What the tables of runs and comparisons hold, for terminals and pages alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from summarizer.evals.wording import ITEMS_F, estimated, many, points, rounded, shared

if TYPE_CHECKING:
    from summarizer.evals.aggregation import FieldScores, GroupScores
    from summarizer.evals.agreement import AgreementTable
    from summarizer.evals.comparing import CompareReport, Delta
    from summarizer.evals.judgement import Judgement


class SectionRow(NamedTuple):
    """The scores of a section, or of all, and the slot F of annotators against each other."""

    name: str
    scores: GroupScores
    agreed: float | None


class FieldRow(NamedTuple):
    """The scores of a field, likewise."""

    name: str
    scores: FieldScores
    agreed: float | None


class ErrorRow(NamedTuple):
    """How often something went wrong in one way, and in which sections, most first."""

    level: str
    verdict: str
    cause: str
    times: int
    sections: dict[str, int]


class DifferenceRow(NamedTuple):
    """How two runs differ in a section, in all, or in whole items; p is corrected for sections."""

    name: str
    delta: Delta
    p: float | None


def sections(judgement: Judgement) -> Iterator[SectionRow]:
    """All sections together, and each."""
    scores, table = judgement.scores, judgement.agreement
    yield SectionRow("all", scores.overall, table.overall.value.score if table else None)
    for name, group in scores.sections.items():
        agreed = table.sections.get(name) if table else None
        yield SectionRow(name, group, agreed.value.score if agreed else None)


def fields(judgement: Judgement) -> Iterator[FieldRow]:
    """Each field that has anything to score."""
    agreed = judgement.agreement.fields if judgement.agreement else {}
    for name, field in judgement.scores.fields.items():
        if field.value.f.score is not None:
            yield FieldRow(name, field, agreed[name].score if name in agreed else None)


def errors(judgement: Judgement) -> list[ErrorRow]:
    """What went wrong, by kind, the most frequent first."""
    found: dict[tuple[str, str, str], Counter[str]] = {}
    for each in judgement.errors:
        if each.cause is not None:
            kind = (each.level, each.verdict, each.cause)
            found.setdefault(kind, Counter())[each.section] += each.count
    rows = [
        ErrorRow(*kind, where.total(), dict(where.most_common())) for kind, where in found.items()
    ]
    return sorted(rows, key=lambda row: (-row.times, row[:3]))


def differences(report: CompareReport) -> Iterator[DifferenceRow]:
    """All sections together, whole items, and each section."""
    yield DifferenceRow("all", report.overall, report.overall.p)
    yield DifferenceRow(ITEMS_F, report.items, report.items.p)
    for name, delta in report.sections.items():
        yield DifferenceRow(name, delta, delta.p_holm)


def details(judgement: Judgement) -> Iterator[tuple[str, str]]:
    """What there is to say of a run besides the scores of its sections: names, and values."""
    overall, spent = judgement.scores.overall, judgement.spending
    yield "quotes that stand where they say", estimated(overall.verbatim)
    for kind, found in judgement.quoted.items():
        yield f"{kind}s that stand in the sentences cited", shared(found)
    yield "receipts that code moved", f"{judgement.moved:,}"
    yield "documents without anything, left empty", shared(overall.negatives)
    precision, recall = overall.nulls.precision.score, overall.nulls.recall.score
    yield "null as an answer", f"precision {rounded(precision)}, recall {rounded(recall)}"
    for threshold, estimate in judgement.thresholds.items():
        yield f"slot F at threshold {threshold}", estimated(estimate)
    yield "slot F with the gold's names for parties found", estimated(judgement.oracle_parties)
    if judgement.spread is not None:
        yield "standard deviation of slot F between repeats", f"{judgement.spread:.3f}"
    if judgement.detectable is not None:
        yield "smallest detectable difference from another run", points(judgement.detectable)
    yield "calls", f"{spent.calls:,}"
    cached = f" ({spent.cached_tokens:,} cached)" if spent.cached_tokens else ""
    yield "tokens read", f"{spent.prompt_tokens:,}{cached}"
    yield "tokens written", f"{spent.completion_tokens:,}"
    each = spent.seconds / (judgement.documents * judgement.repeats)
    yield "seconds", f"{spent.seconds:,.0f}, {each:,.1f} a document"


def agreeing(table: AgreementTable) -> str:
    """Who agreed: kinds of annotators, edition of the guidelines, documents."""
    edition = f", guidelines {table.guidelines}" if table.guidelines else ""
    return f"{table.kinds.replace('_', ' ')}{edition}, {many(table.documents, 'document')}"
