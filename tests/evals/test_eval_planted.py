"""Five bugs that scorers have had, planted in this one: the laws go red for each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pytest
from eval_laws import LAWS
from eval_strategies import seeded
from numpy.typing import NDArray

from summarizer.evals import alignment, counts, kernel, matches, overlap
from summarizer.evals.alignment import Comparison, Pair
from summarizer.evals.comparators import Named
from summarizer.evals.counts import DocumentScore
from summarizer.evals.identities import Identities
from summarizer.evals.labelled import Labelled
from summarizer.evals.overlap import Overlap, Worth
from summarizer.evals.plan import FieldPlan, plan_of
from summarizer.evals.scoring import Scorer
from summarizer.evals.things import Filler, Thing
from summarizer.evals.trees import grow

SEEDS = range(60)
Plant = Callable[[pytest.MonkeyPatch], None]


def greedy(patch: pytest.MonkeyPatch) -> None:
    """The best pair first, then the best of what is left."""

    def assignment(worth: NDArray[np.float64]) -> tuple[list[int], list[int]]:
        left, found = worth.copy(), []
        while left.max() > 0:
            row, column = np.unravel_index(int(left.argmax()), left.shape)
            found.append((int(row), int(column)))
            left[row, :] = left[:, column] = 0
        return [i for i, _ in found], [j for _, j in found]

    patch.setattr(kernel, "_assignment", assignment)


def spurious_items_are_free(patch: pytest.MonkeyPatch) -> None:
    """What was made up is in no denominator."""

    def without(*arguments: Any) -> Comparison:
        found = alignment.compared(*arguments)
        return replace(found, spurious={name: [] for name in found.spurious})

    patch.setattr("summarizer.evals.scoring.compared", without)


def lists_by_position(patch: pytest.MonkeyPatch) -> None:
    """The first value of a list is held against the first, the second against the second."""

    def paired(
        field: FieldPlan, a: tuple[Filler, ...], b: tuple[Filler, ...], worth: Worth
    ) -> list[tuple[Filler, Filler, Overlap]]:
        first, second = (sorted(side, key=lambda filler: filler.path) for side in (a, b))
        both = zip(first, second, strict=False)
        pairs = [(g, p, overlap._pair(field, g, p, worth)) for g, p in both]
        return [pair for pair in pairs if any(pair[2])]

    patch.setattr(overlap, "paired", paired)
    patch.setattr(matches, "paired", paired)


def references_by_the_alignment(patch: pytest.MonkeyPatch) -> None:
    """Two references agree if the items they mean were aligned with one another."""
    compare = Scorer.compare

    def by_pairs(
        self: Scorer,
        gold: Labelled,
        predicted: Labelled,
        *,
        identities: Identities | None = None,
    ) -> Comparison:
        before = compare(self, gold, predicted, identities=identities)
        ours: dict[tuple[str, str], Named] = {}
        theirs: dict[tuple[str, str], Named] = {}
        for name, things in before.gold.sections.items():
            ours |= {(name, _id(thing)): _only(f"g{thing.path}") for thing in things}
        for name, things in before.predicted.sections.items():
            theirs |= {(name, _id(thing)): _only(f"p{thing.path}") for thing in things}
        for pair in before.pairs:
            theirs[pair.section, _id(pair.predicted)] = ours[pair.section, _id(pair.gold)]
        plan = plan_of(self.schema)
        regions = [
            [(region.start, region.end) for region in side.regions] for side in (gold, predicted)
        ]
        return self.aligned(
            grow(gold, plan, regions=regions[1], identities=ours),
            grow(predicted, plan, regions=regions[0], identities=theirs),
        )

    patch.setattr(Scorer, "compare", by_pairs)


def null_is_a_match(patch: pytest.MonkeyPatch) -> None:
    """Where neither side says anything, both are right."""
    add_nulls = counts._add_nulls

    def adding(score: DocumentScore, pair: Pair) -> None:
        add_nulls(score, pair)
        for i, field in enumerate(pair.gold.plan.fields):
            if not pair.gold.fields[i] and not pair.predicted.fields[i]:
                mass = score.sections[pair.section].mass
                mass.gold += field.weight
                mass.predicted += field.weight
                mass.value += field.weight

    patch.setattr(counts, "_add_nulls", adding)


def _id(thing: Thing) -> str:
    return getattr(thing.raw, "id", None) or thing.path


def _only(name: str) -> Named:
    return Named(frozenset({name}))


def first_violation(law: str) -> int | None:
    """The first seed whose example breaks a law; None if none does."""
    for seed in SEEDS:
        try:
            LAWS[law](seeded(seed), Random(seed))
        except AssertionError:
            return seed
    return None


@pytest.mark.parametrize(
    ("plant", "law"),
    [
        (greedy, "equal"),
        (spurious_items_are_free, "swap"),
        (spurious_items_are_free, "duplicate"),
        (lists_by_position, "order"),
        (lists_by_position, "equal"),
        (references_by_the_alignment, "correction"),
        (references_by_the_alignment, "swap"),
        (null_is_a_match, "totals"),
    ],
)
def test_a_planted_bug_breaks_a_law_that_holds_without_it(
    plant: Plant, law: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        plant(patch)
        seed = first_violation(law)
    assert seed is not None
    LAWS[law](seeded(seed), Random(seed))
