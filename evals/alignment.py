"""Which item of a prediction stands for which item of the gold.

A pair is **allowed** if its types are compatible, an anchor matches and its likeness
d = 2κ / (|g| + |p|) reaches the threshold τ. Items are aligned one to one, section by section; of
all alignments of allowed pairs, and of all assignments of the values within them, the one with the
largest F of the document is taken. Where nothing is optional that is the one with the largest Σκ.
Where something is, F is a ratio of which the alignment moves the denominator, too; its maximum is
found by Dinkelbach's method, in which the gain of a pair is κ + F/2 · (what it spares), for the F
of the round before. What stands at the top of the two records is always aligned.

Source: W. Dinkelbach, "On Nonlinear Fractional Programming", Management Science 13 (1967).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from summarizer.evals.identities import count_parts
from summarizer.evals.kernel import align
from summarizer.evals.matches import Match, matches, spared_matches
from summarizer.evals.overlap import (
    LEAST,
    MOST,
    Overlap,
    anchored,
    compatible,
    likeness,
    most_alike,
    overlap,
    sparing,
)

if TYPE_CHECKING:
    from summarizer.evals.plan import Plan
    from summarizer.evals.things import Thing
    from summarizer.evals.trees import Tree

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
    """Whether one of them is optional: the pair earns nothing, and of the other one what is right
    is spared."""


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
    excused: Mapping[str, Sequence[Thing]]
    """Items of either side that nothing was aligned with and that count neither way, since they
    are of what the other side's reader doesn't care about."""


def compared(gold: Tree, predicted: Tree, plan: Plan, threshold: float) -> Comparison:
    """Two trees of one plan, aligned."""
    count_parts(gold, predicted)
    candidates = {
        name: _Candidates.of(
            gold.sections[name],
            predicted.sections[name],
            # What stands at the top of a record is of one item on each side, and needs no gate.
            threshold=None if name == plan.root else threshold,
        )
        for name in plan.sections
    }
    chosen, half = _best(candidates)
    pairs: list[Pair] = []
    missing, spurious, excused = {}, {}, {}
    for name, candidate in candidates.items():
        pairs += [candidate.pair(name, i, j, half) for i, j in chosen[name]]
        rows, columns = {i for i, _ in chosen[name]}, {j for _, j in chosen[name]}
        missing[name] = [g for i, g in enumerate(candidate.gold) if i not in rows and _counts(g)]
        spurious[name] = [
            p for j, p in enumerate(candidate.predicted) if j not in columns and _counts(p)
        ]
        excused[name] = [g for i, g in enumerate(candidate.gold) if i not in rows and _excused(g)]
        excused[name] += [
            p for j, p in enumerate(candidate.predicted) if j not in columns and _excused(p)
        ]
    return Comparison(gold, predicted, pairs, missing, spurious, excused)


@dataclass(frozen=True)
class _Candidates:
    """The pairs of one section that are allowed, with their overlaps.

    `open` are those in which a value may either earn or be spared, so that their overlap depends
    on what sparing is worth.
    """

    gold: list[Thing]
    predicted: list[Thing]
    found: dict[tuple[int, int], Overlap]
    open: set[tuple[int, int]]
    top: bool

    @classmethod
    def of(cls, gold: list[Thing], predicted: list[Thing], threshold: float | None) -> _Candidates:
        found = {}
        for i, g in enumerate(gold):
            for j, p in enumerate(predicted):
                if threshold is None:
                    found[i, j] = overlap(g, p)
                elif compatible(g, p) and anchored(g, p):
                    one = overlap(g, p)
                    alike = most_alike(g, p, one)
                    if alike > 0 and alike >= threshold:
                        found[i, j] = one
        open_ = {
            (i, j)
            for (i, j), one in found.items()
            # If what is best at both ends is the same, it is the best between them, too.
            if not (gold[i].optional or predicted[j].optional)
            and (one.spared_gold or one.spared_predicted)
            and overlap(gold[i], predicted[j], LEAST) != one
        }
        return cls(gold, predicted, found, open_, top=threshold is None)

    def pair(self, section: str, i: int, j: int, half: float) -> Pair:
        g, p = self.gold[i], self.predicted[j]
        half = half if (i, j) in self.open else MOST
        found = self.overlap(i, j, half)
        alike = likeness(g, p, found)
        if g.optional or p.optional:
            return Pair(section, g, p, sparing(g, p), alike, spared_matches(g, p), spared=True)
        return Pair(section, g, p, found, alike, matches(g, p, half), spared=False)

    def overlap(self, i: int, j: int, half: float) -> Overlap:
        """The overlap of a pair where sparing is worth `half`."""
        if (i, j) in self.open:
            return overlap(self.gold[i], self.predicted[j], half)
        return self.found[i, j]

    def worth(self, half: float) -> tuple[Matrix, Matrix, Matrix]:
        """For each pair what it earns, what it spares, and how alike the two are."""
        if not self.open:
            return self._fixed
        earned, spared, alike = (matrix.copy() for matrix in self._fixed)
        for i, j in self.open:
            earned[i, j], spared[i, j], alike[i, j] = self._of_pair(i, j, half)
        return earned, spared, alike

    @cached_property
    def _fixed(self) -> tuple[Matrix, Matrix, Matrix]:
        shape = len(self.gold), len(self.predicted)
        earned, spared, alike = np.zeros(shape), np.zeros(shape), np.zeros(shape)
        for i, j in self.found:
            earned[i, j], spared[i, j], alike[i, j] = self._of_pair(i, j, MOST)
        return earned, spared, alike

    def _of_pair(self, i: int, j: int, half: float) -> tuple[float, float, float]:
        g, p, found = self.gold[i], self.predicted[j], self.overlap(i, j, half)
        own = sparing(g, p) if g.optional or p.optional else found
        earned, spared = own.credit, own.spared_gold + own.spared_predicted
        # What is excused is spared without a partner, too.
        spared -= sum(thing.size for thing in (g, p) if _excused(thing))
        return earned, spared, likeness(g, p, found)

    def aligned(
        self, earned: Matrix, spared: Matrix, alike: Matrix, half: float
    ) -> list[tuple[int, int]]:
        """The pairs of the largest gain."""
        pairs = align(earned + half * spared, alike)
        excused = any(map(_excused, (*self.gold, *self.predicted)))
        if self.top and not pairs and self.found and not excused:
            return [(0, 0)]
        return pairs


def _best(
    candidates: Mapping[str, _Candidates],
) -> tuple[dict[str, list[tuple[int, int]]], float]:
    """The alignment of the largest F, and half that F, by which it was chosen."""
    size = sum(
        thing.size
        for candidate in candidates.values()
        for thing in (*candidate.gold, *candidate.predicted)
        if _counts(thing)
    )
    moves = any(candidate.worth(MOST)[1].any() for candidate in candidates.values())
    chosen: dict[str, list[tuple[int, int]]] = {}
    half = following = MOST
    for _ in range(_ROUNDS):
        half = following
        credit, rest = 0.0, size
        for name, candidate in candidates.items():
            earned, spared, alike = candidate.worth(half)
            pairs = chosen[name] = candidate.aligned(earned, spared, alike, half)
            credit += sum(earned[pair] for pair in pairs)
            rest -= sum(spared[pair] for pair in pairs)
        following = min(max(credit / rest, LEAST), MOST) if rest > _SETTLED else MOST
        if not moves or abs(following - half) < _SETTLED:
            break
    return chosen, half


def _excused(thing: Thing) -> bool:
    return thing.excused and not thing.optional


def _counts(thing: Thing) -> bool:
    """Whether a thing counts against its side when nothing is aligned with it."""
    return not (thing.excused or thing.optional)
