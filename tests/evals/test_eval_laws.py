"""The laws of the scorer hold for whatever is drawn at random; `eval_laws` says which they are.

As many examples of each are tried as the profile of Hypothesis has: `HYPOTHESIS_PROFILE=long`
tries two thousand.
"""

from __future__ import annotations

from random import Random

import pytest
from eval_laws import LAWS, close, f_of
from eval_strategies import SMALL, Example, examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slow_scorer import SlowScorer

# An example is a document with its prediction and tolerances, which takes a while to draw.
LARGE_EXAMPLES = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
OF_TWO_READERS = ("order", "swap", "overlap", "nest", "totals")
"""Laws that hold where the predicted side leaves something open, too."""


@pytest.mark.parametrize("law", LAWS)
@LARGE_EXAMPLES
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_the_law_holds(law: str, data: st.DataObject, seed: int) -> None:
    two_readers = law in OF_TWO_READERS and data.draw(st.booleans(), "two readers")
    LAWS[law](data.draw(examples(two_readers=two_readers), "example"), Random(seed))


@LARGE_EXAMPLES
@given(example=examples(sizes=SMALL, two_readers=True))
def test_a_scorer_that_tries_everything_finds_the_same_f(example: Example) -> None:
    slow = SlowScorer(example.schema, example.threshold)
    found = slow.best_f(example.labelled(example.gold), example.labelled(example.predicted))
    f = f_of(example.score())
    assert any(f == close(each) for each in found)
