"""A score with what belongs to it: its 95 % interval, and of how many documents it is.

Figures are kept whole and rounded to four decimals in JSON. A score of which nothing can be said,
since neither side has anything to score, is None, and neither 0 nor 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import numpy as np
from pydantic import Field, PlainSerializer
from scipy.special import expit, logit, stdtrit

from summarizer.evals.statistics import (
    TAIL,
    Counts,
    Measure,
    clopper_pearson,
    interval,
    jackknife_error,
    leave_one_out,
)
from summarizer.schemas.evidence import Record

Figure = Annotated[float, PlainSerializer(lambda value: round(value, 4), when_used="json")]


class Estimate(Record):
    """A score in [0, 1] with its 95 % interval."""

    score: Figure | None = Field(default=None, description="None where there is nothing to score.")
    low: Figure | None = Field(default=None, description="None with fewer than two documents.")
    high: Figure | None = None
    method: Literal["jackknife_t_logit", "clopper_pearson"] | None = Field(
        default=None, description="How the interval was made."
    )
    n: int = Field(description="Documents, or clusters of them, that have a say in it.")


class Rates(Record):
    """Precision, recall and F of one count."""

    precision: Estimate
    recall: Estimate
    f: Estimate


class Share(Record):
    """k of n, with the exact (Clopper-Pearson) 95 % interval; no interval of none."""

    k: int
    n: int
    low: Figure | None = None
    high: Figure | None = None


def estimate(counts: Counts, measure: Measure = "f") -> Estimate:
    """The pooled score of `counts`, with its interval."""
    found = interval(counts, measure)
    n = int((counts.units(measure)[1] > 0).sum())
    if found is None:
        return Estimate(score=counts.score(measure), n=n)
    return Estimate(
        score=counts.score(measure), low=found.low, high=found.high, method=found.method, n=n
    )


def rates(counts: Counts) -> Rates:
    """Precision, recall and F, each with its interval."""
    return Rates(
        precision=estimate(counts, "precision"),
        recall=estimate(counts, "recall"),
        f=estimate(counts, "f"),
    )


def share(k: int, n: int) -> Share:
    """k of n."""
    if n == 0:
        return Share(k=k, n=n)
    low, high = clopper_pearson(k, n)
    return Share(k=k, n=n, low=low, high=high)


def mean_of_documents(counts: Counts) -> Estimate:
    """The mean of the F of each document; one that is empty on both sides has none."""
    numerator, denominator = 2 * counts.tp, counts.gold + counts.predicted
    filled = denominator > 0
    each = (numerator[filled] / denominator[filled]).clip(0, 1)
    ones = np.ones(len(each))
    clusters = counts.clusters
    if clusters is not None:
        clusters = [label for label, kept in zip(clusters, filled, strict=True) if kept]
    # A mean is the pooled F of documents that all weigh the same.
    return estimate(Counts(tp=each, gold=ones, predicted=ones, clusters=clusters))


def mean_of_fields(columns: Sequence[Counts]) -> Estimate:
    """The mean of the F of several fields over the same documents; one without mass has none.

    The interval is that of `statistics.interval`, with the mean in place of the pooled F: each
    replicate leaves one document (or cluster) out of every field.
    """
    scores = [score for column in columns if (score := column.score()) is not None]
    if not scores:
        return Estimate(n=0)
    units = [np.stack(column.units()) for column in columns if column.score() is not None]
    total = np.sum(units, axis=0)
    scored = total[1] > 0
    n = int(scored.sum())
    score = float(np.mean(scores))
    if n < 2:
        return Estimate(score=score, n=n)
    whole = interval(Counts(tp=total[0] / 2, gold=total[1] / 2, predicted=total[1] / 2))
    if whole is not None and whole.method == "clopper_pearson":
        low, high, exact = whole.low, whole.high, True
    else:
        replicates = np.nanmean([leave_one_out(*unit[:, scored]) for unit in units], axis=0)
        reach = float(stdtrit(n - 1, 1 - TAIL)) * jackknife_error(logit(replicates))
        low, high = (float(expit(logit(score) + side * reach)) for side in (-1, 1))
        exact = False
    return Estimate(
        score=score,
        low=min(low, score),
        high=max(high, score),
        method="clopper_pearson" if exact else "jackknife_t_logit",
        n=n,
    )
