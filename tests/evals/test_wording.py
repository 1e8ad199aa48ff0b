"""Figures in words: alike in all tables, never rounded up to 1, and nothing without a sign."""

from __future__ import annotations

import pytest

from summarizer.evals.comparing import Delta
from summarizer.evals.estimates import Estimate, Share
from summarizer.evals.wording import (
    chance,
    difference,
    estimated,
    many,
    points,
    rounded,
    shared,
    signed,
)

NONE = Estimate(n=0)


def test_what_is_not_quite_1_is_not_told_as_1() -> None:
    assert [rounded(each) for each in (1.0, 0.9999, 0.994, None)] == ["1.00", "0.99", "0.99", "–"]
    told = estimated(Estimate(score=0.9996, low=0.004, high=1, n=12))
    assert told == "0.99 [0.00, 1.00] n 12"
    assert shared(Share(k=999, n=1000, low=0.9944, high=0.9999)) == "999 of 1000 [0.99, 0.99]"


def test_of_nothing_there_is_a_dash_and_of_one_document_no_interval() -> None:
    assert (estimated(NONE), shared(Share(k=0, n=0)), chance(None)) == ("–", "–", "–")
    assert estimated(Estimate(score=0.5, n=1)) == "0.50 [–] n 1"
    assert difference(Delta(baseline=NONE, candidate=NONE)) == "–"
    assert difference(Delta(baseline=NONE, candidate=NONE, delta=0.1)) == "+0.100 [–]"


@pytest.mark.parametrize("value", [0.0, -0.0, 0.0004, -0.0004])
def test_a_difference_that_comes_to_nothing_has_no_sign(value: float) -> None:
    assert signed(value) == "0.000"
    told = difference(Delta(baseline=NONE, candidate=NONE, delta=value, low=-0.02, high=0.5))
    assert told == "0.000 [−0.020, +0.500]"


def test_a_p_value_is_never_0() -> None:
    assert [chance(p) for p in (1.0, 0.0001, 0.00001)] == ["1.0000", "0.0001", "<0.0001"]


def test_a_smallest_detectable_difference_is_told_as_optimistic() -> None:
    assert points(0.0412) == "about 4.1 points at best (the formula is optimistic)"


def test_one_of_a_thing_is_no_plural() -> None:
    assert [many(n, "document") for n in (0, 1, 1200)] == [
        "0 documents",
        "1 document",
        "1,200 documents",
    ]
