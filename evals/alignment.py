"""Which item of a prediction stands for which item of the gold.

A pair is **allowed** if its types are compatible, an anchor matches and its likeness
d = 2κ / (|g| + |p|) reaches the threshold τ. Items are aligned one to one, section by section; of
all alignments of allowed pairs the one with the largest F of the document is taken. Where nothing
is optional that is the one with the largest Σκ. Where something is, F is a ratio of which the
alignment moves the denominator, too; its maximum is found by Dinkelbach's method, in which the gain
of a pair is κ + F/2 · (what it spares), for the F of the round before.

Source: W. Dinkelbach, "On Nonlinear Fractional Programming", Management Science 13 (1967).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from summarizer.evals.kernel import align
from summarizer.evals.overlap import (
    Match,
    Overlap,
    anchored,
    compatible,
    likeness,
    matches,
    overlap,
)

if TYPE_CHECKING:
    from summarizer.evals.plan import Plan
    from summarizer.evals.trees import Thing, Tree

_ROUNDS = 20  # Dinkelbach's method ends in three or four
_SETTLED = 1e-9

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Pair:
    """Two items that are taken for the same, with what they have in common."""

    section: str
    gold: Thing
    predicted: Thing
    overlap: Overlap
    likeness: float
    matches: Sequence[Match]
    spared: bool
    """Whether one of them is optional, so that the pair counts on no side."""


@dataclass(frozen=True)
class Comparison:
    """The alignment of two records of one article, and what was left without a counterpart."""

    gold: Tree
    predicted: Tree
    pairs: Sequence[Pair]
    missing: Mapping[str, Sequence[Thing]]
    """Gold items that nothing was aligned with, by section; optional ones are not missing."""
    spurious: Mapping[str, Sequence[Thing]]
    """Predicted items that nothing was aligned with, by section, but for excused ones."""


def compared(gold: Tree, predicted: Tree, plan: Plan, threshold: float) -> Comparison:
    """Two trees of one plan, aligned."""
    candidates = {
        name: _Candidates.of(
            gold.sections[name],
            predicted.sections[name],
            # What stands at the top of a record is of one item on each side, and needs no gate.
            threshold=None if name == plan.root else threshold,
        )
        for name in plan.sections
    }
    pairs: list[Pair] = []
    missing, spurious = {}, {}
    for name, chosen in _best(candidates).items():
        candidate = candidates[name]
        pairs += [candidate.pair(name, i, j) for i, j in chosen]
        rows, columns = {i for i, _ in chosen}, {j for _, j in chosen}
        missing[name] = [g for i, g in enumerate(candidate.gold) if i not in rows and _counts(g)]
        spurious[name] = [
            p for j, p in enumerate(candidate.predicted) if j not in columns and _counts(p)
        ]
    return Comparison(gold, predicted, pairs, missing, spurious)


@dataclass(frozen=True)
class _Candidates:
    """The pairs of one section that are allowed."""

    gold: list[Thing]
    predicted: list[Thing]
    found: dict[tuple[int, int], Overlap]

    @classmethod
    def of(cls, gold: list[Thing], predicted: list[Thing], threshold: float | None) -> _Candidates:
        found = {}
        for i, g in enumerate(gold):
            for j, p in enumerate(predicted):
                if threshold is None:
                    found[i, j] = overlap(g, p)
                elif compatible(g, p) and anchored(g, p):
                    one = overlap(g, p)
                    if one.credit > 0 and likeness(g, p, one) >= threshold:
                        found[i, j] = one
        return cls(gold, predicted, found)

    def pair(self, section: str, i: int, j: int) -> Pair:
        g, p, found = self.gold[i], self.predicted[j], self.found[i, j]
        alike = likeness(g, p, found)
        return Pair(section, g, p, found, alike, matches(g, p), g.optional or p.optional)

    @cached_property
    def worth(self) -> tuple[Matrix, Matrix, Matrix]:
        """For each pair what it earns, what it spares, and how alike the two are."""
        shape = len(self.gold), len(self.predicted)
        earned, spared, alike = np.zeros(shape), np.zeros(shape), np.zeros(shape)
        for (i, j), one in self.found.items():
            g, p = self.gold[i], self.predicted[j]
            alike[i, j] = likeness(g, p, one)
            if g.optional or p.optional:
                spared[i, j] = (0 if g.optional else g.size) + (0 if p.optional else p.size)
            else:
                earned[i, j] = one.credit
                spared[i, j] = one.spared_gold + one.spared_predicted
            # What is excused is spared without a partner, too.
            spared[i, j] -= sum(thing.size for thing in (g, p) if _excused(thing))
        return earned, spared, alike


def _best(candidates: Mapping[str, _Candidates]) -> dict[str, list[tuple[int, int]]]:
    """The alignment of the largest F."""
    size = sum(
        thing.size
        for candidate in candidates.values()
        for thing in (*candidate.gold, *candidate.predicted)
        if _counts(thing)
    )
    moves = any(candidate.worth[1].any() for candidate in candidates.values())
    half = 0.5  # F / 2
    for _ in range(_ROUNDS):
        credit, rest = 0.0, size
        chosen = {}
        for name, candidate in candidates.items():
            earned, spared, alike = candidate.worth
            pairs = chosen[name] = align(earned + half * spared, alike)
            credit += sum(earned[pair] for pair in pairs)
            rest -= sum(spared[pair] for pair in pairs)
        if not moves or rest <= 0 or abs(credit / rest - half) < _SETTLED:
            break
        half = credit / rest
    return chosen


def _excused(thing: Thing) -> bool:
    return thing.excused and not thing.optional


def _counts(thing: Thing) -> bool:
    """Whether a thing counts against its side when nothing is aligned with it."""
    return not (thing.excused or thing.optional)
