"""What holds requests up is told, and told once."""

from __future__ import annotations

import pytest

from summarizer.pacing.notices import Notices, in_words


def test_a_hold_is_told_once_however_many_requests_meet_it() -> None:
    notices = Notices()
    told = [notices.hold_is_news(3600.0 - i, 100.0 + i) for i in range(64)]
    assert told == [True] + 63 * [False]
    staggered = Notices()  # each answer asks for a minute from its own time on
    assert [staggered.hold_is_news(60.0, float(i)) for i in range(59)] == [True] + 58 * [False]


def test_a_short_hold_is_not_told_and_hides_no_long_one() -> None:
    notices = Notices()
    assert not notices.hold_is_news(9.0, 0.0)
    assert notices.hold_is_news(12.0, 1.0)
    assert notices.hold_is_news(3600.0, 2.0)
    assert not notices.hold_is_news(3600.0, 3.0)
    assert notices.hold_is_news(3600.0, 3602.0)


def test_holds_of_some_seconds_each_are_a_line_a_minute() -> None:
    notices = Notices()
    assert sum(notices.hold_is_news(12.0, 12.0 * i) for i in range(100)) == 20


def test_an_endpoint_that_keeps_failing_is_told_once_a_minute() -> None:
    notices, told = Notices(), []
    notices.answered(0.0)
    for now in range(5, 305):
        notices.failed(0.1, float(now))
        if notices.failure_is_news(float(now)):
            told.append(now)
    assert told == [15, 75, 135, 195, 255]


def test_failures_between_answers_are_no_news() -> None:
    notices = Notices()
    for now in range(0, 300, 3):
        notices.answered(float(now))
        notices.failed(600.0, now + 1.0)  # as long as it hung, others were answered
        assert not notices.failure_is_news(now + 2.0)
    assert not Notices().failure_is_news(1000.0)


def test_a_request_that_hung_for_long_and_nothing_besides_is_news() -> None:
    notices = Notices()
    notices.failed(600.0, 1000.0)
    assert notices.failure_is_news(1000.0)


def test_a_hold_after_failures_is_told_and_failures_in_a_hold_are_not() -> None:
    notices = Notices()
    notices.failed(11.0, 1000.0)
    assert notices.failure_is_news(1000.0)
    assert notices.hold_is_news(100.0, 1001.0)
    assert not notices.failure_is_news(1100.0)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (12.4, "12 s"),
        (59.6, "1 min 0 s"),
        (362, "6 min 2 s"),
        (3599.9, "1 h 0 min"),
        (7500, "2 h 5 min"),
    ],
)
def test_times_are_told_in_two_units(seconds: float, words: str) -> None:
    assert in_words(seconds) == words
