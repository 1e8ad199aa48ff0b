"""When refusals are an alarm, and when bad luck."""

from __future__ import annotations

import random

import pytest

from summarizer.pacing.refusals import Refusals


def alarms(share: float, count: int, limit: int = 16, learnt: float | None = None) -> int:
    """How often it is raised in `count` requests of which a share is refused at random."""
    refusals, dice = Refusals(), random.Random(5)
    if learnt is not None:
        for _ in range(20):
            refusals.learn(round(50 * (1 - learnt)), round(50 * learnt))
    raised = 0
    for _ in range(count):
        refusals.sent()
        if dice.random() < share:
            raised += refusals.alarm(float(limit))
    return raised


@pytest.mark.parametrize("share", [0.02, 0.06, 0.16, 0.3])
def test_the_usual_share_is_hardly_ever_an_alarm(share: float) -> None:
    assert alarms(share, 20_000, learnt=share) <= 20_000 / (10 * 16)


@pytest.mark.parametrize("share", [0.02, 0.06, 0.16])
def test_thirty_per_cent_more_are_an_alarm_within_few_rounds(share: float) -> None:
    assert alarms(share + 0.3, 1_600, learnt=share) >= 20


def test_a_row_of_refusals_is_an_alarm_at_once() -> None:
    refusals = Refusals()
    refusals.learn(500, 0)
    raised = []
    for _ in range(8):
        refusals.sent()
        raised.append(refusals.alarm(16.0))
    assert any(raised[:6])


def test_where_most_is_refused_nothing_is_learnt() -> None:
    assert alarms(1.0, 40, learnt=0.9) == alarms(1.0, 40)
