"""Counts, their pooled scores, and how sure these are."""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from summarizer.evals.statistics import (
    Counts,
    Measure,
    clopper_pearson,
    holm,
    interval,
    pool_repeats,
    spread,
)

Row = tuple[float, float, float]

MEASURES: tuple[Measure, ...] = ("f", "precision", "recall")


def counts(*rows: Row, clusters: list[str] | None = None) -> Counts:
    """Rows of tp, gold, predicted."""
    tp, gold, predicted = np.array(rows, dtype=np.float64).reshape(-1, 3).T
    return Counts(tp, gold, predicted, clusters)


@st.composite
def rows(draw: st.DrawFn) -> Row:
    gold, predicted = draw(st.integers(0, 40)), draw(st.integers(0, 40))
    share = draw(st.sampled_from([0, 1]) | st.integers(0, 10_000).map(lambda i: i / 10_000))
    return share * min(gold, predicted), gold, predicted


documents = st.lists(rows(), min_size=1, max_size=12)


def slow_interval(numerators: list[float], denominators: list[float]) -> tuple[float, float]:
    """The jackknife-t on the logit, as one would write it down."""
    n = len(numerators)

    def logit(without: int | None) -> float:
        above = sum(a for i, a in enumerate(numerators) if i != without)
        below = sum(b for i, b in enumerate(denominators) if i != without)
        return log(above / (below - above))

    replicates = [logit(i) for i in range(n)]
    mean = sum(replicates) / n
    error = sqrt((n - 1) / n * sum((one - mean) ** 2 for one in replicates))
    reach = stats.t.ppf(0.975, n - 1) * error
    low, high = (1 / (1 + exp(-(logit(None) + side * reach))) for side in (-1, 1))
    return low, high


def ratio(row: Row, measure: Measure) -> tuple[float, float]:
    tp, gold, predicted = row
    if measure == "f":
        return 2 * tp, gold + predicted
    return tp, predicted if measure == "precision" else gold


def test_scores_are_pooled_over_documents() -> None:
    run = counts((2, 4, 3), (1, 1, 5))
    assert run.score() == pytest.approx(6 / 13)
    assert run.score("precision") == pytest.approx(3 / 8)
    assert run.score("recall") == pytest.approx(3 / 5)


def test_there_is_no_score_of_nothing() -> None:
    run = counts((0, 2, 0), (0, 0, 0))
    assert run.score("precision") is None
    assert run.score() == 0
    assert counts((0, 0, 0)).score() is None


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ((3, 2, 4), "no larger"),
        ((3, 4, 2), "no larger"),
        ((-1, 2, 2), "not negative"),
        ((1, float("nan"), 2), "finite"),
        ((1, float("inf"), 2), "finite"),
    ],
)
def test_impossible_counts_are_refused(row: Row, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        counts((1, 1, 1), row)


def test_each_document_has_every_count_and_a_cluster() -> None:
    with pytest.raises(ValueError, match="each document"):
        Counts(np.ones(2), np.ones(2), np.ones(3))
    with pytest.raises(ValueError, match="each document"):
        counts((1, 1, 1), clusters=["a", "b"])


def test_counts_stay_what_they_were() -> None:
    given = np.ones(2)
    run = Counts(given, np.ones(2), np.ones(2))
    given[0] = 0
    assert run.score() == 1
    with pytest.raises(ValueError, match="read-only"):
        run.tp[0] = 0


def test_the_jackknife_by_hand() -> None:
    # F = 1/2; without each document in turn 2/3, 1/2 and 1/3, whose logits are log 2, 0, -log 2:
    # the error is √(2/3 · 2 · log²2), and t with 2 degrees of freedom is 4.3027.
    found = interval(counts((0, 1, 1), (1, 2, 2), (1, 1, 1)))
    assert found is not None
    reach = 4.302653 * sqrt(2 / 3 * 2 * log(2) ** 2)
    assert found.low == pytest.approx(1 / (1 + exp(reach)), abs=1e-6)
    assert found.high == pytest.approx(1 / (1 + exp(-reach)), abs=1e-6)
    assert found[2:] == ("jackknife_t_logit", 3)


@given(documents, st.sampled_from(MEASURES))
def test_the_interval_is_that_of_a_slow_version(suite: list[Row], measure: Measure) -> None:
    found = interval(counts(*suite), measure)
    assume(found is not None and found.method == "jackknife_t_logit")
    assert found is not None
    scored = [pair for row in suite if (pair := ratio(row, measure))[1] > 0]
    expected = slow_interval([a for a, _ in scored], [b for _, b in scored])
    assert (found.low, found.high) == pytest.approx(expected, abs=1e-9)


@given(documents, st.sampled_from(MEASURES))
def test_the_interval_holds_the_score_and_lies_in_zero_to_one(
    suite: list[Row], measure: Measure
) -> None:
    run = counts(*suite)
    found, score = interval(run, measure), run.score(measure)
    assume(found is not None)
    assert found is not None
    assert score is not None
    assert 0 <= found.low <= score <= found.high <= 1


@given(documents, st.randoms(use_true_random=False), st.sampled_from(MEASURES))
def test_the_order_of_documents_does_not_matter(
    suite: list[Row], random: object, measure: Measure
) -> None:
    shuffled = list(suite)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis types it loosely
    first, second = interval(counts(*suite), measure), interval(counts(*shuffled), measure)
    if first is None or second is None:
        assert first is second
    else:
        assert first[:2] == pytest.approx(second[:2], abs=1e-9)
        assert first[2:] == second[2:]


@given(documents, st.sampled_from(MEASURES))
def test_documents_with_nothing_on_either_side_count_for_nothing(
    suite: list[Row], measure: Measure
) -> None:
    empty: Row = (0, 0, 0)
    assert interval(counts(*suite, empty, empty), measure) == interval(counts(*suite), measure)


def test_one_document_has_no_interval() -> None:
    assert interval(counts((1, 2, 2), (0, 0, 0))) is None
    assert interval(counts((1, 2, 2), (1, 3, 3), clusters=["a", "a"])) is None
    assert interval(counts((0, 0, 0), (0, 0, 0))) is None
    assert interval(counts((1, 2, 2), (0, 1, 0)), "precision") is None


def test_perfect_runs_have_the_bound_of_perfect_documents() -> None:
    found = interval(counts(*[(3, 3, 3)] * 10, (0, 0, 0)))
    assert found is not None
    assert found.low == pytest.approx(0.025 ** (1 / 10))
    assert found[1:] == (1.0, "clopper_pearson", 10)


def test_runs_without_a_hit_have_the_mirrored_bound() -> None:
    found = interval(counts(*[(0, 3, 5)] * 10))
    assert found is not None
    assert found.high == pytest.approx(1 - 0.025 ** (1 / 10))
    assert (found.low, *found[2:]) == (0.0, "clopper_pearson", 10)


def test_one_imperfect_document_leaves_the_bound_of_perfect_ones() -> None:
    found = interval(counts(*[(3, 3, 3)] * 9, (2.5, 3, 3)))
    assert found is not None
    assert found.low == pytest.approx(clopper_pearson(9, 10)[0])
    assert found[1:] == (1.0, "clopper_pearson", 10)


def test_a_large_document_alone_at_fault_is_still_held() -> None:
    found = interval(counts(*[(1, 1, 1)] * 9, (0, 500, 500)))
    assert found is not None
    assert found.low == pytest.approx(9 / 509)


def test_perfection_survives_sums_of_partial_credit() -> None:
    third = 0.1 + 0.2  # 0.30000000000000004
    assert counts((third, 0.3, 0.3)).score() == 1
    found = interval(counts(*[(0.3, third, third)] * 3))
    assert found is not None
    assert found.low == clopper_pearson(3, 3)[0]


@given(st.integers(1, 60), st.data())
def test_clopper_pearson_is_the_inverted_binomial_test(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    expected = stats.binomtest(k, n).proportion_ci(0.95, method="exact")
    assert clopper_pearson(k, n) == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_a_cluster_is_one_unit() -> None:
    clustered = counts((1, 2, 2), (2, 2, 3), (1, 4, 4), (1, 3, 1), clusters=["a", "b", "a", "c"])
    assert interval(clustered) == interval(counts((2, 6, 6), (2, 2, 3), (1, 3, 1)))


@given(documents, st.integers(2, 4))
def test_repeats_of_the_same_answers_make_nothing_surer(suite: list[Row], k: int) -> None:
    once, again = interval(counts(*suite)), interval(pool_repeats([counts(*suite)] * k))
    if once is None or again is None:
        assert once is again
    else:
        assert again[:2] == pytest.approx(once[:2], abs=1e-9)
        assert again[2:] == once[2:]


def test_repeats_join_the_cluster_of_their_document() -> None:
    labels = ["x", "x", "y"]
    first = counts((1, 2, 2), (1, 1, 2), (0, 1, 1), clusters=labels)
    second = counts((2, 2, 2), (0, 1, 2), (1, 1, 1), clusters=labels)
    above, below = pool_repeats([first, second]).units()
    assert above.tolist() == [8, 2]
    assert below.tolist() == [14, 4]


def test_repeats_are_over_the_same_documents() -> None:
    with pytest.raises(ValueError, match="same documents"):
        pool_repeats([counts((1, 1, 1)), counts((1, 1, 1), (1, 1, 1))])
    with pytest.raises(ValueError, match="same documents"):
        spread([counts((1, 1, 1)), counts((1, 1, 1), clusters=["a"])])
    with pytest.raises(ValueError, match="must be a run"):
        pool_repeats([])


def test_the_spread_between_runs_is_that_of_their_scores() -> None:
    found = spread([counts((s, 10, 10)) for s in (4, 5, 9)])
    assert found is not None
    assert found.runs == 3
    assert found.sd == pytest.approx(sqrt((0.2**2 + 0.1**2 + 0.3**2) / 2))
    assert (found.low, found.high) == pytest.approx((0.4, 0.9))


def test_one_run_has_no_spread() -> None:
    assert spread([counts((1, 2, 2))]) is None
    assert spread([counts((0, 0, 0)), counts((0, 0, 1)), counts((0, 0, 1))]) is None


def test_holm_by_hand() -> None:
    assert holm({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005}) == pytest.approx(
        {"a": 0.03, "b": 0.06, "c": 0.06, "d": 0.02}
    )
    assert holm({}) == {}


def test_holm_refuses_what_is_no_p_value() -> None:
    for p in (-0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match="p-value"):
            holm({"a": p})


@given(st.dictionaries(st.text(max_size=3), st.floats(0, 1), max_size=8))
def test_holm_keeps_the_order_and_never_lowers(raw: dict[str, float]) -> None:
    adjusted = holm(raw)
    assert list(adjusted) == list(raw)
    for one, p in raw.items():
        assert p <= adjusted[one] <= min(1.0, p * len(raw))
        assert all(adjusted[one] <= adjusted[other] for other in raw if p <= raw[other])
