"""A run and a comparison as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarizer.cli.evaluation.figures import aligned
from summarizer.evals import wording
from summarizer.evals.wording import chance, difference, estimated, many, rounded

if TYPE_CHECKING:
    from summarizer.evals.comparing import CompareReport
    from summarizer.evals.judgement import Judgement


def judgement_text(judgement: Judgement) -> str:
    """The tables of a run."""
    from summarizer.evals.rows import details
    from summarizer.view.clean import clean

    blocks = [
        [clean(line) for line in _head(judgement)],
        aligned([*_sections(judgement)]),
        aligned([*details(judgement)]),
        aligned([*_fields(judgement)]),
        aligned([*_errors(judgement)]),
        [clean(line) for line in _foot(judgement)],
    ]
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks)


def comparison_text(report: CompareReport) -> str:
    """The tables of two runs."""
    from summarizer.view.clean import clean

    where = report.split or "all splits"
    one, other = report.spurious
    lines = [
        clean(
            f"B {report.candidate} against A {report.baseline} on {report.suite}, {where}, "
            f"{many(report.documents, 'document')}"
        ),
        "",
        *aligned([*_differences(report)]),
        "",
        f"Scores are {wording.SLOT_F}, but for {wording.ITEMS_F}: {wording.KEY} ΔF is B − A.",
        "p is by exchanging documents; those of the sections are by Holm, over all of them.",
    ]
    detectable = report.overall.detectable
    if detectable is not None:
        lines.append(wording.smallest(detectable))
    if report.changes:
        lines += ["", *aligned([*_changes(report)])]
    lines += [
        "",
        f"Items that the gold doesn't have: {one:,g} in A, {other:,g} in B.",
        "",
        clean(f"A {report.baseline_signature}"),
        clean(f"B {report.candidate_signature}"),
    ]
    return "".join(f"{line}\n" for line in lines)


def _head(judgement: Judgement) -> Iterator[str]:
    where = judgement.split or "all splits"
    version = f" {judgement.suite_version}" if judgement.suite_version else ""
    yield (
        f"{judgement.run}: {judgement.model or 'no model'} on {judgement.suite}{version}, {where}, "
        f"{many(judgement.documents, 'document')}"
        + (f", {judgement.repeats} repeats" if judgement.repeats > 1 else "")
    )
    for each in judgement.failed:
        why = f"{each.error.type}: {each.error.message}" if each.error else "not run yet"
        yield f"FAILED {each.document} #{each.repeat}: {' '.join(why.split())}"


def _sections(judgement: Judgement) -> Iterator[list[str]]:
    from summarizer.evals.rows import sections

    agreed = judgement.agreement is not None
    yield [
        "section", wording.SLOT_F, "precision", "recall", wording.ITEMS_F, wording.EVIDENCE_F,
        wording.GROUNDED_F, *(["annotators agree"] if agreed else []),
    ]  # fmt: skip
    for row in sections(judgement):
        scores = row.scores
        yield [
            row.name,
            estimated(scores.value.f),
            rounded(scores.value.precision.score),
            rounded(scores.value.recall.score),
            estimated(scores.items.f),
            estimated(scores.receipts.f),
            rounded(scores.grounded.f.score),
            *([rounded(row.agreed)] if agreed else []),
        ]


def _fields(judgement: Judgement) -> Iterator[list[str]]:
    from summarizer.evals.rows import fields

    yield ["field", wording.SLOT_F, "precision", "recall"]
    for row in fields(judgement):
        value = row.scores.value
        precision, recall = value.precision.score, value.recall.score
        yield [row.name, estimated(value.f), rounded(precision), rounded(recall)]


def _errors(judgement: Judgement) -> Iterator[list[str]]:
    from summarizer.evals.rows import errors

    yield ["errors", "verdict", "cause", "count"]
    for row in errors(judgement):
        yield [row.level, row.verdict, row.cause, f"{row.times:,}"]


def _foot(judgement: Judgement) -> Iterator[str]:
    from summarizer.evals.rows import agreeing

    yield f"Scores are {wording.KEY}"
    if judgement.agreement:
        yield f"Agreement: {wording.SLOT_F} of {agreeing(judgement.agreement)}."
    yield judgement.signature


def _differences(report: CompareReport) -> Iterator[list[str]]:
    from summarizer.evals.rows import differences

    yield ["section", "A", "B", "ΔF", "p"]
    for name, delta, p in differences(report):
        yield [
            name,
            estimated(delta.baseline),
            estimated(delta.candidate),
            difference(delta),
            chance(p),
        ]


def _changes(report: CompareReport) -> Iterator[list[str]]:
    from summarizer.view.clean import clean

    yield ["gold item", "in B", "A", "B"]
    for each in report.changes:
        named = clean(f"{each.document}#{each.pointer}")
        yield [named, each.change, rounded(each.baseline), rounded(each.candidate)]
