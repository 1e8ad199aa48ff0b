from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from summarizer.pacing.headers import LONGEST, Allowance, seconds_of


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1s", 1.0),
        ("6m0s", 360.0),
        ("12ms", 0.012),
        ("2m59.56s", 179.56),
        ("1h30m", 5400.0),
        ("30", 30.0),
        ("soon", None),
        ("-1", None),
        ("nan", None),
        ("", None),
        (None, None),
    ],
)
def test_durations_are_read_as_providers_write_them(
    text: str | None, seconds: float | None
) -> None:
    assert seconds_of(text) == (None if seconds is None else pytest.approx(seconds))


def test_a_date_is_the_seconds_until_then() -> None:
    later = (datetime.now(UTC) + timedelta(seconds=90)).isoformat()
    assert seconds_of(later.replace("+00:00", "Z")) == pytest.approx(90, abs=2)


def hold(headers: dict[str, str], *, refused: bool = False, requests: int = 0) -> float:
    return Allowance().hold(headers, refused=refused, requests=requests, tokens=100)[0]


def test_a_bucket_that_fills_steadily_is_waited_for_as_long_as_one_request_needs() -> None:
    told = {
        "x-ratelimit-limit-requests": "60",
        "x-ratelimit-remaining-requests": "0",
        "x-ratelimit-reset-requests": "60s",
    }
    assert hold(told) == pytest.approx(1.0)
    assert hold(told | {"x-ratelimit-remaining-requests": "5"}) == 0.0


def test_requests_sent_since_count_as_taken() -> None:
    told = {
        "x-ratelimit-limit-tokens": "1000",
        "x-ratelimit-remaining-tokens": "500",
        "x-ratelimit-reset-tokens": "30s",
    }
    assert hold(told, requests=4) == 0.0
    assert hold(told, requests=9) == pytest.approx(30.0)


def test_after_a_refusal_the_whole_window_is_waited() -> None:
    told = {
        "anthropic-ratelimit-requests-limit": "60",
        "anthropic-ratelimit-requests-remaining": "0",
        "anthropic-ratelimit-requests-reset": "60",
    }
    allowance = Allowance()
    first = allowance.hold(told, refused=True, requests=0, tokens=0)
    again = allowance.hold(told, refused=False, requests=0, tokens=0)
    assert first[0] == pytest.approx(1.0)
    assert first[1]
    assert again == (60.0, False)


def test_retry_after_goes_before_the_rest_and_counts_only_on_a_refusal() -> None:
    told = {
        "retry-after": "3",
        "x-ratelimit-remaining-requests": "0",
        "x-ratelimit-reset-requests": "600s",
    }
    assert hold(told, refused=True) == 3.0
    assert hold({"retry-after": "3"}) == 0.0


@pytest.mark.parametrize("text", ["1e12", "99999999"])
def test_nobody_is_waited_for_without_end(text: str) -> None:
    assert hold({"retry-after": text}, refused=True) == LONGEST


def test_what_is_no_number_is_no_allowance() -> None:
    told = {"x-ratelimit-remaining-requests": "-1", "x-ratelimit-reset-requests": "0"}
    assert hold(told) == 0.0
