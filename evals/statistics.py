"""How sure a score is: counts per document, scores pooled over them, and their 95 % intervals.

A score is a ratio of sums over documents: F = 2·Σtp / (Σgold + Σpredicted), P = Σtp / Σpredicted,
R = Σtp / Σgold. What varies from one draw of articles to the next is the document, so that every
method here resamples documents, or clusters of them, and never the items within. The methods,
their sources and their measured coverage are in docs/statistics.md; two runs are compared by
`summarizer.evals.significance`.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, expit, logit, stdtrit

Floats = NDArray[np.float64]
Measure = Literal["f", "precision", "recall"]

LEVEL = 0.95
"""Confidence of every interval."""

TAIL = (1 - LEVEL) / 2

ROUNDING = 1e-9
"""Sums of partial credit that differ by less, relative to their size, are the same."""


@dataclass(frozen=True, eq=False)
class Counts:
    """What a scorer found in each of n documents, as three arrays of shape (n,).

    `tp` is the overlap of gold and predicted, `gold` and `predicted` are the sizes of the two
    sides; with partial credit none need be whole. A document on which a run failed is an empty
    prediction (tp 0, predicted 0) and is not left out. Documents of equal `clusters` label are
    not independent (an article and its rewrite, or runs of one document) and are resampled
    together.

    Raises ValueError unless all have one shape, are finite, and 0 ≤ tp ≤ min(gold, predicted).
    """

    tp: Floats
    gold: Floats
    predicted: Floats
    clusters: Sequence[Hashable] | None = None

    def __post_init__(self) -> None:
        for name in ("tp", "gold", "predicted"):
            values = np.array(getattr(self, name), dtype=np.float64)
            if values.ndim != 1 or values.size != len(self.tp):
                raise ValueError(f"{name} must be one number for each document")
            if not np.isfinite(values).all() or (values < 0).any():
                raise ValueError(f"{name} must be finite and not negative")
            values.setflags(write=False)
            object.__setattr__(self, name, values)
        smaller = np.minimum(self.gold, self.predicted)
        if (self.tp > smaller * (1 + ROUNDING)).any():
            raise ValueError("tp can be no larger than gold and predicted")
        if self.clusters is not None:
            if len(self.clusters) != len(self):
                raise ValueError("clusters must be one label for each document")
            object.__setattr__(self, "clusters", tuple(self.clusters))

    def __len__(self) -> int:
        return len(self.tp)

    def units(self, measure: Measure = "f") -> tuple[Floats, Floats]:
        """Numerator and denominator of `measure` in each unit that is resampled.

        A unit is a cluster, or a document where no clusters are given; units come in the order
        of their first document.
        """
        numerator = 2 * self.tp if measure == "f" else self.tp
        if measure == "f":
            denominator = self.gold + self.predicted
        else:
            denominator = self.predicted if measure == "precision" else self.gold
        if self.clusters is None:
            return numerator, denominator
        numbers: dict[Hashable, int] = {}
        unit = [numbers.setdefault(label, len(numbers)) for label in self.clusters]
        of_units = np.zeros((2, len(numbers)))
        np.add.at(of_units[0], unit, numerator)
        np.add.at(of_units[1], unit, denominator)
        return of_units[0], of_units[1]

    def score(self, measure: Measure = "f") -> float | None:
        """The pooled score in [0, 1], or None where its denominator is 0."""
        numerator, denominator = self.units(measure)
        return pooled(numerator, denominator)


class Interval(NamedTuple):
    """A 95 % interval: both ends in [0, 1], how it was made, and of how many units."""

    low: float
    high: float
    method: Literal["jackknife_t_logit", "clopper_pearson"]
    n: int


class Spread(NamedTuple):
    """F over repeated runs: how many, their standard deviation, the lowest and the highest."""

    runs: int
    sd: float
    low: float
    high: float


def pooled(numerator: Floats, denominator: Floats) -> float | None:
    """The ratio of the two sums, at most 1; None where the lower one is 0."""
    below = float(denominator.sum())
    return min(1.0, float(numerator.sum()) / below) if below > 0 else None


def leave_one_out(numerator: Floats, denominator: Floats) -> Floats:
    """The pooled score without each unit in turn; not a number where nothing is left."""
    above, below = numerator.sum() - numerator, denominator.sum() - denominator
    without = np.full(len(below), np.nan)
    np.divide(above, below, out=without, where=below > 0)
    return without


def jackknife_error(replicates: Floats) -> float:
    """The delete-one jackknife's standard error: √((n-1)/n · Σ(θ₍ᵢ₎ - mean)²)."""
    n = len(replicates)
    return float(np.sqrt((n - 1) / n * np.square(replicates - replicates.mean()).sum()))


def interval(counts: Counts, measure: Measure = "f") -> Interval | None:
    """The 95 % interval of a pooled score, or None with fewer than two units.

    n counts the units (clusters, or documents without them) whose denominator is not 0: an
    article with nothing in it, of which nothing was told, says nothing about F, one of which
    nothing was predicted nothing about precision.

    The delete-one jackknife on the logit of the score, with Student's t on n-1 degrees of
    freedom. The logit of some replicate is infinite where fewer than two units are imperfect or
    fewer than two have any overlap, at scores of 0 and 1 among them; there, the Clopper-Pearson
    bounds on the units: the lower one of the share of perfect units and the upper one of the
    share with any overlap (a unit scores no less than 1 if perfect, and no more than 0 without
    overlap), widened to hold the pooled score where large units pull it out.
    """
    numerator, denominator = counts.units(measure)
    scored = denominator > 0
    numerator, denominator = numerator[scored], denominator[scored]
    n = len(denominator)
    score = pooled(numerator, denominator)
    if n < 2 or score is None:
        return None
    perfect = int((numerator >= denominator * (1 - ROUNDING)).sum())
    touched = int((numerator > denominator * ROUNDING).sum())
    if perfect > n - 2 or touched < 2:
        low, high = clopper_pearson(perfect, n)[0], clopper_pearson(touched, n)[1]
        return Interval(min(low, score), max(high, score), "clopper_pearson", n)
    reach = float(stdtrit(n - 1, 1 - TAIL)) * jackknife_error(
        logit(leave_one_out(numerator, denominator))
    )
    low, high = (float(expit(logit(score) + side * reach)) for side in (-1, 1))
    return Interval(min(low, score), max(high, score), "jackknife_t_logit", n)


def clopper_pearson(successes: int, n: int) -> tuple[float, float]:
    """The exact 95 % interval of a share: quantiles of the beta distribution, 2.5 % each side."""
    low = float(betaincinv(successes, n - successes + 1, TAIL)) if successes else 0.0
    high = float(betaincinv(successes + 1, n - successes, 1 - TAIL)) if successes < n else 1.0
    return low, high


def pool_repeats(runs: Sequence[Counts]) -> Counts:
    """The counts of k runs over the same documents as one, each document's runs in one cluster.

    Scores are then pooled over the runs, and intervals see documents, however often each was
    run: repeats make a document's own score surer and are no further documents. Runs come with
    the documents in one order; if they have clusters, the runs join their document's.
    """
    labels = _common_clusters(runs)
    return Counts(
        tp=np.concatenate([run.tp for run in runs]),
        gold=np.concatenate([run.gold for run in runs]),
        predicted=np.concatenate([run.predicted for run in runs]),
        clusters=tuple(labels) * len(runs),
    )


def spread(runs: Sequence[Counts]) -> Spread | None:
    """How F varies between runs over the same documents, its standard deviation on k-1.

    This is the model's own noise, apart from what another choice of articles would change.
    None with fewer than two runs, or where one has no F.
    """
    _common_clusters(runs)
    scores = [score for run in runs if (score := run.score()) is not None]
    if len(scores) < max(2, len(runs)):
        return None
    return Spread(len(scores), float(np.std(scores, ddof=1)), min(scores), max(scores))


def _common_clusters(runs: Sequence[Counts]) -> Sequence[Hashable]:
    if not runs:
        raise ValueError("there must be a run")
    first = runs[0]
    if any(len(run) != len(first) or run.clusters != first.clusters for run in runs):
        raise ValueError("runs must be over the same documents, in the same clusters")
    return range(len(first)) if first.clusters is None else first.clusters


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Holm's step-down p-values of a family of fields declared beforehand, in the order given.

    The i-th smallest of m is multiplied by m-i+1, and none is less than one before it, nor more
    than 1. Reject at level α what is at most α: the chance of any false rejection is at most α,
    however the fields depend on one another. Raises ValueError for what is no p-value.
    """
    if not all(0 <= p <= 1 for p in p_values.values()):
        raise ValueError("a p-value lies in [0, 1]")
    adjusted: dict[str, float] = {}
    highest = 0.0
    for rank, field in enumerate(sorted(p_values, key=p_values.__getitem__)):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[field]))
        adjusted[field] = highest
    return {field: adjusted[field] for field in p_values}
