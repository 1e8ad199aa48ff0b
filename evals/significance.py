"""Two runs over the same documents: is the difference of their F more than chance?

Approximate randomisation: if the runs were of one kind, a document's two counts could as well
have been exchanged, so the observed ΔF is judged among those of exchanged documents. The methods,
their sources and their measured error are in docs/statistics.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import stdtrit

from summarizer.evals.statistics import (
    TAIL,
    Counts,
    Floats,
    jackknife_error,
    leave_one_out,
    pooled,
)

TRIALS = 10_000
POWER = 0.8

EXACT = 14
"""Up to so many units that differ, all their exchanges are gone through: 16,384."""

CELLS = 2**20
"""Exchanges held in memory at once, times units: 8 MB."""

TIE = 1e-10
"""A |ΔF| less than the observed one by no more than this is as large: sums in another order."""


@dataclass(frozen=True)
class Difference:
    """How a candidate run compares with a baseline over the same documents.

    `delta` is F(candidate) - F(baseline), in [-1, 1], with `low` and `high` the ends of its
    95 % interval. `p` is two-sided, `method` how it was found. `detectable` is the smallest |ΔF|
    that these documents would show at p < .05 with 80 % power. `n` counts the units (clusters, or
    documents without them) that are not empty in both runs, `differing` those of them on which
    the runs differ. Interval and `detectable` are None where there is no spread to judge by:
    fewer than two units, runs that differ nowhere, or a run whose F hangs on a single unit.
    """

    delta: float
    low: float | None
    high: float | None
    p: float
    method: Literal["exact", "approximate"]
    detectable: float | None
    n: int
    differing: int


def compare(
    baseline: Counts, candidate: Counts, *, trials: int = TRIALS, seed: int = 0
) -> Difference | None:
    """Compare two runs, whose arrays hold the same documents in the same order.

    p = c/N over all N exchanges where no more than 14 units differ (exchanging equal ones changes
    nothing, so this is the p of all units), else p = (c+1)/(trials+1) over random ones, drawn by
    `seed`; c counts those whose |ΔF| is at least the observed one. Neither the order of documents
    nor which run is called the baseline can move p.

    None where a run has no F: nothing in the gold, and nothing predicted. Raises ValueError if
    lengths or clusters differ, or `trials` is less than 1.
    """
    if len(baseline) != len(candidate) or baseline.clusters != candidate.clusters:
        raise ValueError("both runs must be over the same documents, in the same clusters")
    if trials < 1:
        raise ValueError("there must be a trial")
    before, after = np.stack(baseline.units()), np.stack(candidate.units())
    scored = (before[1] > 0) | (after[1] > 0)
    before, after = before[:, scored], after[:, scored]
    f_before, f_after = pooled(*before), pooled(*after)
    if f_before is None or f_after is None:
        return None
    n, differing = before.shape[1], int((before != after).any(axis=0).sum())
    exact = differing <= EXACT
    delta = f_after - f_before
    p = _p_value(before, after, abs(delta), None if exact else trials, seed)
    error = _error(before, after) if differing else None
    if error is None:
        low = high = detectable = None
    else:
        reach = float(stdtrit(n - 1, 1 - TAIL))
        low, high = max(-1.0, delta - reach * error), min(1.0, delta + reach * error)
        detectable = (reach + float(stdtrit(n - 1, POWER))) * error
    return Difference(
        delta=delta,
        low=low,
        high=high,
        p=p,
        method="exact" if exact else "approximate",
        detectable=detectable,
        n=n,
        differing=differing,
    )


def _error(before: Floats, after: Floats) -> float | None:
    """The jackknife's standard error of ΔF, if it has one."""
    replicates = leave_one_out(*after) - leave_one_out(*before)
    return jackknife_error(replicates) if np.isfinite(replicates).all() else None


def _p_value(
    before: Floats, after: Floats, observed: float, trials: int | None, seed: int
) -> float:
    """The share of exchanges with |ΔF| of at least `observed`; of all of them if no `trials`."""
    lesser, larger = _unordered(before, after)
    units = lesser.shape[1]
    same = before[:, (before == after).all(axis=0)].sum(axis=1)
    one, other = same + lesser.sum(axis=1), same + larger.sum(axis=1)
    steps = (larger - lesser).T
    extreme = 0
    for exchanged in _all(units) if trials is None else _random(units, trials, seed):
        moved = exchanged @ steps
        gap = np.abs(_ratios(other - moved) - _ratios(one + moved))
        extreme += int((gap >= observed - TIE).sum())
    return extreme / 2**units if trials is None else (extreme + 1) / (trials + 1)


def _unordered(before: Floats, after: Floats) -> tuple[Floats, Floats]:
    """The lesser and the larger counts of each unit that differs, in a canonical order.

    Which run had which is for chance to exchange; without it and the order of documents, the
    same draws meet the same units whichever way they came.
    """
    differs = (before != after).any(axis=0)
    before, after = before[:, differs], after[:, differs]
    swap = (before[0] > after[0]) | ((before[0] == after[0]) & (before[1] > after[1]))
    lesser, larger = np.where(swap, after, before), np.where(swap, before, after)
    order = np.lexsort((*lesser, *larger))
    return lesser[:, order], larger[:, order]


def _all(units: int) -> Iterator[Floats]:
    """Every way of exchanging some of the units, one row of 0 and 1 each."""
    yield ((np.arange(2**units)[:, None] >> np.arange(units)) & 1).astype(np.float64)


def _random(units: int, trials: int, seed: int) -> Iterator[Floats]:
    """`trials` rows of random exchanges, in blocks of bounded size."""
    random = np.random.default_rng(seed)
    rows = max(1, CELLS // units)
    for start in range(0, trials, rows):
        size = (min(rows, trials - start), units)
        yield random.integers(0, 2, size, dtype=np.int8).astype(np.float64)


def _ratios(sums: Floats) -> Floats:
    """F of each row (numerator, denominator); 0 of nothing: where no gold is, nothing is found."""
    above, below = sums[:, 0], sums[:, 1]
    return np.divide(above, below, out=np.zeros(len(sums)), where=below > 0)
