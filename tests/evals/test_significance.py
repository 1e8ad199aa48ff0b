"""Two runs over the same documents."""

from __future__ import annotations

import tracemalloc
from itertools import product
from math import sqrt

import numpy as np
import pytest
from hostile import calls
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from summarizer.evals.significance import EXACT, TRIALS, Difference, compare
from summarizer.evals.statistics import Counts, pool_repeats

Row = tuple[float, float, float]
Both = tuple[Row, Row]


def counts(rows: list[Row], clusters: list[str] | None = None) -> Counts:
    """Rows of tp, gold, predicted."""
    tp, gold, predicted = np.array(rows, dtype=np.float64).reshape(-1, 3).T
    return Counts(tp, gold, predicted, clusters)


def split(both: list[Both]) -> tuple[Counts, Counts]:
    return counts([one for one, _ in both]), counts([other for _, other in both])


@st.composite
def pairs(draw: st.DrawFn) -> Both:
    """One document in two runs; often the same, with partial credit of one decimal."""
    gold = draw(st.integers(0, 9))

    def run() -> Row:
        predicted = draw(st.integers(0, 9))
        return draw(st.integers(0, 10)) / 10 * min(gold, predicted), gold, predicted

    one = run()
    return one, one if draw(st.booleans()) else run()


few = st.lists(pairs(), min_size=1, max_size=7)
many = st.lists(pairs(), min_size=EXACT + 6, max_size=40)


def f(rows: list[Row]) -> float:
    below = sum(gold + predicted for _, gold, predicted in rows)
    return 2 * sum(tp for tp, _, _ in rows) / below if below else 0.0


def slow_p(both: list[Both]) -> float:
    """All exchanges of all documents, one after another."""
    gaps = [
        abs(
            f([pair[1 - side] for pair, side in zip(both, sides, strict=True)])
            - f([pair[side] for pair, side in zip(both, sides, strict=True)])
        )
        for sides in product((0, 1), repeat=len(both))
    ]
    return sum(gap >= gaps[0] - 1e-9 for gap in gaps) / len(gaps)


def made(n: int, gap: float, seed: int = 0) -> tuple[Counts, Counts]:
    """Two runs over n documents of about 30 fillers, of which the second finds `gap` more."""
    random = np.random.default_rng(seed)
    gold = random.integers(20, 40, n).astype(np.float64)

    def run(share: float) -> Counts:
        return Counts(random.binomial(gold.astype(int), share).astype(np.float64), gold, gold)

    return run(0.5), run(0.5 + gap)


@given(few)
def test_exact_enumeration_is_brute_force(both: list[Both]) -> None:
    found = compare(*split(both))
    assume(found is not None)
    assert found is not None
    assert found.method == "exact"
    assert found.p == slow_p(both)


def test_the_exact_p_by_hand() -> None:
    # The second run is better on each of six documents: of 64 exchanges only the two that
    # exchange none or all are as extreme.
    found = compare(*split([((1, 4, 4), (3, 4, 4))] * 6))
    assert found is not None
    assert (found.delta, found.p) == (0.5, 2 / 64)


def test_random_exchanges_come_near_the_exact_p() -> None:
    both = [((3.0, 10.0, 9.0), (4.0, 10.0, 10.0))] * 9 + [((4.0, 8.0, 8.0), (2.0, 8.0, 9.0))] * 6
    found = compare(*split(both), trials=20_000)
    assert found is not None
    assert found.method == "approximate"
    assert found.p == pytest.approx(slow_p(both), abs=0.012)


@given(many)
def test_swapping_the_runs_flips_the_difference_and_keeps_p(both: list[Both]) -> None:
    one, other = split(both)
    there, back = compare(one, other, trials=200), compare(other, one, trials=200)
    if there is None or back is None:
        assert there is back
        return
    assert back.delta == -there.delta
    assert back.p == there.p
    assert back.detectable == there.detectable
    if there.low is not None and there.high is not None:
        assert (back.low, back.high) == (-there.high, -there.low)


@given(many, st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(both: list[Both], random: object) -> None:
    shuffled = list(both)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis types it loosely
    first, second = (compare(*split(each), trials=200) for each in (both, shuffled))
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert second.p == first.p
        assert second.delta == pytest.approx(first.delta, abs=1e-12)
        assert second.detectable == pytest.approx(first.detectable, abs=1e-9)


@given(few | many)
def test_p_is_a_probability_above_zero_and_the_interval_holds_the_difference(
    both: list[Both],
) -> None:
    found = compare(*split(both), trials=100)
    assume(found is not None)
    assert found is not None
    assert 0 < found.p <= 1
    assert -1 <= found.delta <= 1
    if found.low is not None and found.high is not None:
        assert -1 <= found.low <= found.delta <= found.high <= 1


@given(few | many)
def test_a_run_does_not_differ_from_itself(both: list[Both]) -> None:
    one, _ = split(both)
    found = compare(one, one)
    assume(found is not None)
    assert found is not None
    assert (found.delta, found.p, found.differing) == (0, 1, 0)
    assert (found.low, found.high, found.detectable) == (None, None, None)


@given(few)
def test_documents_on_which_the_runs_agree_do_not_change_p(both: list[Both]) -> None:
    same: Row = (2, 3, 4)
    found = compare(*split(both + [(same, same)] * (EXACT + 1)))
    assert found is not None
    assert found.method == "exact"
    merged: Row = (2 * (EXACT + 1), 3 * (EXACT + 1), 4 * (EXACT + 1))
    assert found.p == slow_p([*both, (merged, merged)])


@given(few)
def test_documents_with_nothing_in_either_run_count_for_nothing(both: list[Both]) -> None:
    nothing: Row = (0, 0, 0)
    assert compare(*split([*both, (nothing, nothing)])) == compare(*split(both))


def test_an_exchange_that_leaves_a_run_with_nothing_is_no_difference() -> None:
    nothing, invented = (0, 0, 0), (0, 0, 1)
    found = compare(counts([nothing, invented]), counts([invented, nothing]))
    assert found is not None
    assert (found.delta, found.p) == (0, 1)


def test_the_interval_ends_where_differences_do() -> None:
    found = compare(
        *split([((0, 1, 1), (1, 1, 1)), ((0, 9, 9), (8, 9, 9)), ((0, 5, 5), (3, 5, 5))])
    )
    assert found is not None
    assert found.high == 1


def test_what_is_as_extreme_in_another_order_of_adding_counts() -> None:
    # All tp differ by a tenth: every exchange's |ΔF| is a multiple, reached by many orders of
    # adding 0.1, 0.2 and 0.3, none of which may fall short of the observed one.
    both = [((t / 10, 3.0, 3.0), ((t + 1) / 10, 3.0, 3.0)) for t in (1, 2, 6, 7, 11, 12, 17)]
    both += [(other, one) for one, other in both[:3]]
    found = compare(*split(both))
    assert found is not None
    # Of ten steps of ±1 the sum is 4 or more, or -4 or less: 352 of 1,024.
    assert found.p == 352 / 1024


def test_the_interval_and_what_is_detectable_by_the_jackknife() -> None:
    both: list[Both] = [
        ((2, 4, 4), (3, 4, 4)),
        ((1, 3, 2), (1, 3, 3)),
        ((4, 6, 5), (2, 6, 6)),
        ((0, 2, 1), (2, 2, 2)),
    ]
    found = compare(*split(both))
    assert found is not None
    without = [[pair for j, pair in enumerate(both) if j != i] for i in range(4)]
    deltas = [f([b for _, b in rest]) - f([a for a, _ in rest]) for rest in without]
    error = sqrt(3 / 4 * sum((one - sum(deltas) / 4) ** 2 for one in deltas))
    reach = stats.t.ppf(0.975, 3) * error
    assert found.delta == pytest.approx(16 / 30 - 14 / 27)
    assert (found.low, found.high) == pytest.approx((found.delta - reach, found.delta + reach))
    assert found.detectable == pytest.approx(reach + stats.t.ppf(0.8, 3) * error)


def test_clusters_are_exchanged_whole() -> None:
    one: list[Row] = [(1, 4, 4), (1, 3, 3), (2, 5, 4), (0, 2, 2)]
    other: list[Row] = [(3, 4, 4), (2, 3, 3), (3, 5, 4), (2, 2, 2)]
    found = compare(counts(one, ["a", "b", "a", "b"]), counts(other, ["a", "b", "a", "b"]))
    assert found is not None
    assert (found.n, found.differing) == (2, 2)
    whole: list[Both] = [((3, 9, 8), (6, 9, 8)), ((1, 5, 5), (4, 5, 5))]
    assert found == compare(*split(whole))
    assert found.p == 2 / 4


def test_repeats_are_compared_by_document() -> None:
    one, other = split([((1, 4, 4), (3, 4, 4)), ((2, 3, 3), (2, 3, 4)), ((1, 2, 2), (2, 2, 2))])
    found, repeated = (
        compare(one, other),
        compare(pool_repeats([one] * 3), pool_repeats([other] * 3)),
    )
    assert found is not None
    assert repeated is not None
    assert (repeated.n, repeated.p) == (3, found.p)
    assert repeated.detectable == pytest.approx(found.detectable)


def test_runs_with_nothing_to_score_are_not_compared() -> None:
    nothing, something = counts([(0, 0, 0)]), counts([(0, 0, 2)])
    assert compare(nothing, something) is None
    assert compare(nothing, nothing) is None


def test_one_document_has_a_p_and_no_interval() -> None:
    found = compare(counts([(1, 4, 4)]), counts([(3, 4, 4)]))
    assert found == Difference(0.5, None, None, 1.0, "exact", None, n=1, differing=1)


def test_a_run_that_hangs_on_one_document_has_no_interval() -> None:
    found = compare(counts([(1, 1, 1), (0, 0, 0)]), counts([(1, 1, 1), (0, 0, 1)]))
    assert found is not None
    assert found.low is None
    assert found.p == 1


def test_only_runs_over_the_same_documents_are_compared() -> None:
    with pytest.raises(ValueError, match="same documents"):
        compare(counts([(1, 1, 1)]), counts([(1, 1, 1)] * 2))
    with pytest.raises(ValueError, match="same documents"):
        compare(counts([(1, 1, 1)], ["a"]), counts([(1, 1, 1)], ["b"]))
    with pytest.raises(ValueError, match="a trial"):
        compare(counts([(1, 1, 1)]), counts([(1, 1, 1)]), trials=0)


def test_the_seed_alone_decides_the_draws() -> None:
    one, other = made(40, 0.03)
    assert compare(one, other, seed=3) == compare(one, other, seed=3)
    values = {found.p for seed in range(4) if (found := compare(one, other, seed=seed))}
    assert len(values) > 1
    assert max(values) - min(values) < 0.05


def test_no_p_is_below_one_in_the_number_of_trials() -> None:
    found = compare(*made(60, 0.4), trials=999)
    assert found is not None
    assert found.p == 1 / 1000


def test_equal_runs_are_rejected_as_often_as_they_may_be() -> None:
    found = [compare(*made(12, 0.0, seed)) for seed in range(300)]
    rejected = sum(one is not None and one.p < 0.05 for one in found)
    assert 4 <= rejected <= 28  # 15 are to be expected; beyond is less than 1 in 1,000


def test_trials_over_a_thousand_documents_are_drawn_in_blocks_of_little_memory() -> None:
    one, other = made(1000, 0.01)
    compare(one, other, trials=10)
    assert calls(lambda: compare(one, other)) < TRIALS / 10
    tracemalloc.start()
    compare(one, other)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 40e6
