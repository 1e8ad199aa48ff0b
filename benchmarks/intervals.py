"""Do the intervals cover, and do the tests err, as often as they say, with 10 to 30 documents?

    SUMMARIZER_ORACLES=FOLDER python benchmarks/intervals.py [--draws 2000] [--seed 1]

FOLDER/grit_muc4 holds the test set of MUC-4 (200 documents) and three systems' predictions. Each
document's counts by CEAF-REE are taken as the population, whose F is therefore known; thousands
of small suites are drawn from it with replacement, and each method is asked about each. Prints
Markdown tables; docs/statistics.md has them. Two and a half minutes on one core.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import binom

from summarizer.evals.conformance import ceaf_ree
from summarizer.evals.significance import Difference, compare
from summarizer.evals.statistics import Counts, Floats, interval
from summarizer.evals.tally import Tally

SIZES = (10, 20, 30)
RESAMPLES = 1000
ALPHA = 0.05
NOISE = 0.25
"""Chance by which a noisy run leaves out an answer."""

FILES = {
    "base": "preds_s_t.out",
    "no offset": "preds_s_t_no_offset_constraint.out",
    "down-weighed": "preds_s_t_sep_downweigh.out",
}

Method = Callable[[Counts, np.random.Generator], tuple[float, float] | None]


def count(document: Mapping[str, Any]) -> tuple[float, int, int]:
    """tp, gold and predicted of a document over its roles, by CEAF-REE."""
    total = Tally()
    for role, gold in document["gold_extracts"].items():
        total += ceaf_ree(gold, document["pred_extracts"][role])
    return total.credit, total.possible, total.actual


def population(path: Path) -> Counts:
    """The counts of every document of a prediction file."""
    rows = [count(document) for document in json.loads(path.read_text("utf-8")).values()]
    tp, gold, predicted = np.array(rows, dtype=np.float64).T
    return Counts(tp, gold, predicted)


def take(counts: Counts, chosen: NDArray[np.int64]) -> Counts:
    """The documents at the given positions; each row of more than one is joined into one."""
    rows = chosen.reshape(len(chosen), -1)
    return Counts(*(of[rows].sum(axis=1) for of in (counts.tp, counts.gold, counts.predicted)))


def score(counts: Counts) -> float:
    """F, 0 where there is none."""
    return counts.score() or 0.0


def jackknife_t(counts: Counts, _: np.random.Generator) -> tuple[float, float] | None:
    found = interval(counts)
    return found and (found.low, found.high)


def bootstrapped(counts: Counts, random: np.random.Generator) -> Floats:
    above, below = counts.units()
    chosen = random.integers(0, len(counts), (RESAMPLES, len(counts)))
    below = below[chosen].sum(axis=1)
    scores = np.zeros(RESAMPLES)
    np.divide(above[chosen].sum(axis=1), below, out=scores, where=below > 0)
    return scores


def percentile(counts: Counts, random: np.random.Generator) -> tuple[float, float]:
    low, high = np.quantile(bootstrapped(counts, random), [0.025, 0.975])
    return float(low), float(high)


def normal(counts: Counts, random: np.random.Generator) -> tuple[float, float]:
    """The score, and 1.96 of the bootstrap's standard errors to each side."""
    reach = float(ndtri(0.975)) * float(bootstrapped(counts, random).std(ddof=1))
    return score(counts) - reach, score(counts) + reach


METHODS: dict[str, Method] = {
    "jackknife-t on the logit": jackknife_t,
    "percentile bootstrap": percentile,
    "normal": normal,
}


def coverage(
    whole: Counts, n: int, draws: int, random: np.random.Generator
) -> dict[str, tuple[float, float, int]]:
    """Share of suites whose interval holds F, mean width, suites without one; by method."""
    truth = score(whole)
    found: dict[str, list[tuple[float, float] | None]] = {name: [] for name in METHODS}
    for _ in range(draws):
        suite = take(whole, random.integers(0, len(whole), n))
        for name, method in METHODS.items():
            found[name].append(method(suite, random))
    result = {}
    for name, intervals in found.items():
        ends = [one for one in intervals if one is not None]
        held = sum(low <= truth <= high for low, high in ends)
        width = sum(high - low for low, high in ends) / len(ends)
        result[name] = held / len(ends), width, draws - len(ends)
    return result


@dataclass(frozen=True)
class Pair:
    """Two runs over a population, each of which also loses answers, right or wrong, by chance.

    A document that is drawn is made of `joined` of the population's.
    """

    name: str
    one: Counts
    other: Counts
    loss: float = 0.0
    joined: int = 1

    def draw(self, n: int, loss: float, random: np.random.Generator) -> tuple[Counts, Counts]:
        """Both runs on n documents; the second loses right answers by a further chance, `loss`."""
        chosen = random.integers(0, len(self.one), (n, self.joined))
        one = thinned(take(self.one, chosen), self.loss, self.loss, random)
        other = thinned(take(self.other, chosen), self.loss, self.loss, random)
        return one, thinned(other, loss, 0.0, random)

    def difference(self, loss: float) -> float:
        """The population's F(other) - F(one) with that further loss, to be expected."""
        kept = 1 - self.loss
        one = 2 * kept * self.one.tp.sum() / (self.one.gold + kept * self.one.predicted).sum()
        lost = self.other.tp * loss
        left = kept * (self.other.predicted - lost) + self.other.gold
        return float(2 * kept * (self.other.tp - lost).sum() / left.sum() - one)

    def loss_for(self, difference: float) -> float:
        """The further loss that brings `other` that much below `one`."""
        low, high = 0.0, 1.0
        for _ in range(50):
            middle = (low + high) / 2
            low, high = (middle, high) if self.difference(middle) > -difference else (low, middle)
        return low


def thinned(counts: Counts, right: float, wrong: float, random: np.random.Generator) -> Counts:
    """The run without some of its right and wrong answers, each left out by the given chance."""
    lost = random.binomial(counts.tp.astype(np.int64), right)
    unsaid = random.binomial((counts.predicted - counts.tp).astype(np.int64), wrong)
    return Counts(counts.tp - lost, counts.gold, counts.predicted - lost - unsaid)


def exchanged(one: Counts, other: Counts, random: np.random.Generator) -> tuple[Counts, Counts]:
    """Both runs with their documents exchanged at random: two runs of one distribution."""
    swap = random.random(len(one)) < 0.5
    fields = [(getattr(one, f), getattr(other, f)) for f in ("tp", "gold", "predicted")]
    return (
        Counts(*(np.where(swap, b, a) for a, b in fields)),
        Counts(*(np.where(swap, a, b) for a, b in fields)),
    )


def compared(suites: Iterable[tuple[Counts, Counts]]) -> list[Difference]:
    """The comparison of each pair of suites that has one."""
    results = (compare(one, other, seed=seed) for seed, (one, other) in enumerate(suites))
    return [result for result in results if result is not None]


def rejected(found: Sequence[Difference]) -> str:
    """The share of comparisons at p < .05."""
    return f"{np.mean([one.p < ALPHA for one in found]):.3f}"


def paired(pair: Pair, n: int, draws: int, random: np.random.Generator) -> list[str]:
    """The cells of one row on the paired test."""
    null = compared(exchanged(*pair.draw(n, 0.0, random), random) for _ in range(draws))
    real = compared(pair.draw(n, 0.0, random) for _ in range(draws))
    detectable = float(np.median([r.detectable for r in real if r.detectable is not None]))
    if -pair.difference(0.0) > detectable:
        at_it = "–"  # the runs differ by more as they are
    else:
        loss = pair.loss_for(detectable)
        at_it = rejected(compared(pair.draw(n, loss, random) for _ in range(draws)))
    differing = f"{np.mean([one.differing for one in null]):.1f}"
    difference = points(pair.difference(0.0))
    return [
        *(pair.name, str(n), differing, rejected(null)),
        *(difference, rejected(real), points(detectable), at_it),
    ]


def scenarios(runs: Mapping[str, Counts]) -> list[Pair]:
    """Two systems where they differ, and on all documents; long documents; one system twice."""
    where_differing, everywhere = [], []
    for (name, one), (other_name, other) in combinations(runs.items(), 2):
        both = f"{name}, {other_name}"
        differ = np.flatnonzero((one.tp != other.tp) | (one.predicted != other.predicted))
        where_differing.append(
            Pair(f"{both}: where they differ", take(one, differ), take(other, differ))
        )
        everywhere.append(Pair(f"{both}: all documents", one, other))
    base, far = runs["base"], runs["down-weighed"]
    return [
        *where_differing,
        Pair("base, down-weighed: ten joined", base, far, joined=10),
        Pair("base twice, noisy: ten joined", base, base, NOISE, joined=10),
        Pair("base twice, noisy: all documents", base, base, NOISE),
        *everywhere,
    ]


def points(share: float) -> str:
    return f"{100 * share:.1f}"


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    for cells in (head, ["---"] * len(head), *rows):
        print("| " + " | ".join(cells) + " |")
    print()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    options.add_argument("--draws", type=int, default=2000)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    draws, random = chosen.draws, np.random.default_rng(chosen.seed)
    folder = Path(os.environ["SUMMARIZER_ORACLES"]) / "grit_muc4"
    runs = {name: population(folder / file) for name, file in FILES.items()}

    print(f"Coverage of 95 % intervals, and their mean width in points; {draws:,} suites each.\n")
    rows = []
    for name, run in runs.items():
        for n in SIZES:
            cells = [name, points(score(run)), str(n)]
            for share, width, without in coverage(run, n, draws, random).values():
                note = f", {without} without" if without else ""
                cells.append(f"{share:.3f} ({100 * width:.0f}{note})")
            rows.append(cells)
    print_table(["run", "F", "n", *METHODS], rows)

    print(f"The paired test at p < .05; {draws:,} pairs of suites each.\n")
    head = ["runs", "n", "differing", "type-I error", "ΔF", "power", "detectable", "power at it"]
    print_table(head, [paired(p, n, draws, random) for p in scenarios(runs) for n in SIZES])
    error = binom.ppf([0.025, 0.975], draws, ALPHA) / draws
    print(
        f"A true rate of .05 is seen as {error[0]:.3f} to {error[1]:.3f} in 95 of 100 such cells."
    )


if __name__ == "__main__":
    main()
