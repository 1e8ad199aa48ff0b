"""What a run comes to: scores with intervals, errors by cause, cost, and what they can be held
against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import Field, ValidationError
from scipy.special import stdtrit

from summarizer.evals.aggregation import Scores, aggregate, counts_of
from summarizer.evals.agreement import Agreement, AgreementTable
from summarizer.evals.counts import DocumentScore, counted
from summarizer.evals.diagnosis import diagnose
from summarizer.evals.documents import Manifest
from summarizer.evals.estimates import Estimate, Figure, Share, share
from summarizer.evals.files import write, written
from summarizer.evals.quoting import quoted
from summarizer.evals.runs import Failure, Prediction, Run, cases, covered, name_of
from summarizer.evals.scoring import Scorer
from summarizer.evals.signatures import signature
from summarizer.evals.significance import POWER
from summarizer.evals.statistics import (
    ROUNDING,
    TAIL,
    Counts,
    jackknife_error,
    leave_one_out,
    spread,
)
from summarizer.evals.suites import Document, Suite
from summarizer.evals.variants import Case, at_thresholds, with_oracle_parties
from summarizer.schemas.evidence import Record

SCORES = "scores.json"
DOCUMENTS = "documents.json"


class Failed(Record):
    """A document of which a run has no record, which counts as an empty one."""

    document: str = Field(description="split/id")
    repeat: int
    error: Failure | None = Field(description="None where the run never came to it.")


class ErrorCount(Record):
    """How often something went wrong in one way."""

    level: str = Field(description="item, field or receipt")
    section: str
    verdict: str
    cause: str | None
    count: int


class Spending(Record):
    """What a run cost, over all documents and repeats."""

    calls: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    seconds: Figure = Field(default=0.0, description="Seconds until requests were answered.")


class Judgement(Record):
    """What a run comes to over one split, or over all that it is a run over."""

    run: str
    suite: str
    suite_version: str | None
    split: str | None = Field(description="That of all its documents; None where they differ.")
    documents: int
    repeats: int
    model: str | None
    signature: str
    failed: list[Failed]
    scores: Scores
    thresholds: dict[str, Estimate] = Field(
        description="Slot F at other thresholds of the alignment."
    )
    oracle_parties: Estimate = Field(
        description="Slot F as if every party that was found bore the names of the gold."
    )
    quoted: dict[str, Share] = Field(
        description="Of the numbers, dates and names of the record, those that stand in the "
        "sentences cited."
    )
    moved: int = Field(description="Receipts that code moved to the sentence that carries an item.")
    errors: list[ErrorCount]
    spending: Spending
    agreement: AgreementTable | None = Field(
        description="How far the annotators of these documents agree."
    )
    spread: Figure | None = Field(
        description="Standard deviation of slot F between repeats; None of one repeat."
    )
    detectable: Figure | None = Field(
        description="The smallest detectable difference: the |ΔF| that these documents would show, "
        "at best, at p < .05 with 80 % power against a run that is as good and goes wrong "
        "elsewhere. In simulations fewer than 80 % showed it. Of runs that go wrong on the same "
        "documents a smaller one shows; `eval compare` tells it. None where there is no spread to "
        "judge by."
    )


def judge(
    run: Run, suite: Suite[Any], scorer: Scorer, *, split: str | None = None
) -> tuple[Judgement, list[DocumentScore]]:
    """What a run comes to, and the counts of each document that it comes from.

    Raises as `runs.covered` and `runs.cases` do.
    """
    documents = covered(run, suite, split=split)
    split = _only_split(documents)
    all_cases = cases(run, documents, scorer.schema)
    scores: list[DocumentScore] = []
    errors: Counter[tuple[str, str, str, str | None]] = Counter()
    for case in all_cases:
        comparison = scorer.compare(case.gold, case.predicted)
        scores.append(counted(comparison, id=case.id, cluster=case.cluster))
        for finding in diagnose(comparison, case.gold.text or "", threshold=scorer.threshold):
            cause = finding.cause.value if finding.cause else None
            errors[finding.level, finding.section, finding.verdict, cause] += 1
    made = [*_made(run, documents)]
    judgement = Judgement(
        run=run.settings.name,
        suite=suite.name,
        suite_version=suite.manifest.version if suite.manifest else None,
        split=split,
        documents=len(documents),
        repeats=run.settings.repeats,
        model=run.settings.model,
        signature=signature(run, documents, scorer),
        failed=[*_failed(run, documents)],
        scores=aggregate(scores),
        thresholds={
            f"{threshold:g}": aggregate(those).overall.value.f
            for threshold, those in at_thresholds(scorer, all_cases).items()
        },
        oracle_parties=aggregate(
            [with_oracle_parties(scorer, case) for case in all_cases]
        ).overall.value.f,
        quoted=_quoted(all_cases),
        moved=sum(issue.get("kind") == "evidence_moved" for each in made for issue in each.issues),
        errors=[
            ErrorCount(level=level, section=section, verdict=verdict, cause=cause, count=count)
            for (level, section, verdict, cause), count in sorted(
                errors.items(), key=lambda pair: (*pair[0][:3], pair[0][3] or "")
            )
        ],
        spending=Spending(
            **{
                name: sum(getattr(each.usage, name) for each in made)
                for name in Spending.model_fields
            }
        ),
        agreement=_agreement(suite.manifest, split),
        spread=_spread(scores, run.settings.repeats),
        detectable=_detectable(scores),
    )
    return judgement, scores


def store(folder: Path, judgement: Judgement, scores: Sequence[DocumentScore]) -> None:
    """Keep a judgement in its run's folder, with the counts of each document. Raises
    `SummarizerError` where it can't be written."""
    write(folder / SCORES, written(judgement.model_dump(mode="json")))
    write(folder / DOCUMENTS, written([asdict(each) for each in scores]))


def _only_split(documents: Sequence[Document[Any]]) -> str | None:
    splits = {document.gold.split for document in documents}
    return splits.pop() if len(splits) == 1 else None


def _made(run: Run, documents: Sequence[Document[Any]]) -> Iterator[Prediction]:
    for document in documents:
        for repeat in range(1, run.settings.repeats + 1):
            found = run.predictions.get((document.gold.split, document.gold.id, repeat))
            if found is not None:
                yield found


def _failed(run: Run, documents: Sequence[Document[Any]]) -> Iterator[Failed]:
    for document in documents:
        for repeat in range(1, run.settings.repeats + 1):
            found = run.predictions.get((document.gold.split, document.gold.id, repeat))
            if found is None or found.summary is None:
                error = found.error if found else None
                yield Failed(document=name_of(document), repeat=repeat, error=error)


def _quoted(all_cases: Sequence[Case]) -> dict[str, Share]:
    stand: Counter[str] = Counter()
    those: Counter[str] = Counter()
    for case in all_cases:
        if case.predicted.record is None:
            continue
        for kind, stands in quoted(case.predicted.record):
            those[kind] += 1
            stand[kind] += stands
    return {kind: share(stand[kind], those[kind]) for kind in ("number", "date", "name")}


def _agreement(manifest: Manifest | None, split: str | None) -> AgreementTable | None:
    """That of the edition which the labels go by, with people in it if there are any."""
    if manifest is None or manifest.agreement is None:
        return None
    try:
        tables = Agreement.model_validate(manifest.agreement).tables
    except ValidationError:
        return None
    fitting = [each for each in tables if each.split == split]
    fitting.sort(
        key=lambda each: (each.guidelines != manifest.guidelines, "person" not in each.kinds)
    )
    return fitting[0] if fitting else None


def _spread(scores: Sequence[DocumentScore], repeats: int) -> float | None:
    found = spread([_slots(scores[repeat::repeats]) for repeat in range(repeats)])
    return found.sd if found else None


def _slots(scores: Sequence[DocumentScore]) -> Counts:
    return counts_of(scores, lambda each: (each.mass.value, each.mass.gold, each.mass.predicted))


def _detectable(scores: Sequence[DocumentScore]) -> float | None:
    """(t₀.₉₇₅ + t₀.₈) · √2 · SE of F: the SE of ΔF of two runs of this spread whose errors have
    nothing to do with each other."""
    numerator, denominator = _slots(scores).units()
    filled = denominator > 0
    n = int(filled.sum())
    if n < 2:
        return None
    replicates = leave_one_out(numerator[filled], denominator[filled])
    if not np.isfinite(replicates).all():
        return None
    error = jackknife_error(replicates)
    if error < ROUNDING:
        return None
    reach = float(stdtrit(n - 1, 1 - TAIL)) + float(stdtrit(n - 1, POWER))
    return reach * float(np.sqrt(2)) * error
