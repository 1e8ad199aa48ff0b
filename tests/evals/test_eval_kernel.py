"""The alignment, and what is one sentence in two cuts of a text."""

from __future__ import annotations

import numpy as np
import pytest

from summarizer.evals.kernel import align
from summarizer.evals.overlap import among, same_sentence


def matrix(*rows: list[float]) -> np.ndarray:
    return np.array(rows)


def test_the_total_counts_and_not_the_best_pair() -> None:
    assert align(matrix([5.0, 4.0], [4.0, 1.0])) == [(0, 1), (1, 0)]


def test_of_equal_totals_the_one_of_more_pairs_is_taken() -> None:
    assert align(matrix([2.0, 1.0], [1.0, 0.0])) == [(0, 1), (1, 0)]


def test_of_as_many_pairs_the_likelier_are_taken() -> None:
    gain = matrix([1.0, 1.0], [1.0, 1.0])
    assert align(gain, matrix([0.2, 0.9], [0.9, 0.2])) == [(0, 1), (1, 0)]
    assert align(gain, matrix([0.9, 0.2], [0.2, 0.9])) == [(0, 0), (1, 1)]
    assert align(gain[:1], matrix([0.2, 0.9])) == [(0, 1)]


def test_pairs_without_gain_are_not_made() -> None:
    assert align(matrix([0.0, -1.0], [0.0, 3.0])) == [(1, 1)]
    assert align(matrix([0.0, -1.0])) == []
    assert align(np.zeros((0, 3))) == []


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ((0, 10), True),
        ((0, 5), True),
        ((0, 4), False),
        ((9, 20), False),
        ((10, 20), False),
        ((11, 20), False),
        ((0, 30), False),
    ],
)
def test_spans_are_of_one_sentence_if_they_share_half(other: tuple[int, int], same: bool) -> None:
    assert same_sentence((0, 10), other) is same
    assert same_sentence(other, (0, 10)) is same
    assert among((0, 10), [(40, 50), other]) is same
