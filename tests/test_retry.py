from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import retry
from summarizer.errors import AuthenticationFailed, EndpointUnreachable, RateLimited
from summarizer.retry import RetryPolicy, parse_retry_after


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        await asyncio.sleep(0)

    monkeypatch.setattr(retry, "sleep", sleep)
    return slept


class Script:
    """A request that fails with each of `errors`, and then returns "done"."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.calls = 0

    async def __call__(self, _: None) -> str:
        self.calls += 1
        await asyncio.sleep(0)
        if self.errors:
            raise self.errors.pop(0)
        return "done"


def limited(retry_after: float | None = None) -> RateLimited:
    error = RateLimited("Slow down.")
    if retry_after is not None:
        vars(error)["retry_after"] = retry_after
    return error


def test_what_is_retryable_is_tried_again(waits: list[float]) -> None:
    script = Script(EndpointUnreachable("gone"), limited())
    assert asyncio.run(retry.call(script, nullcontext, RetryPolicy())) == "done"
    assert (script.calls, len(waits)) == (3, 2)


def test_what_is_not_retryable_is_raised_at_once(waits: list[float]) -> None:
    for error in (AuthenticationFailed("no"), KeyError("bug")):
        script = Script(error)
        with pytest.raises(type(error)) as caught:
            asyncio.run(retry.call(script, nullcontext, RetryPolicy()))
        assert caught.value is error
        assert script.calls == 1
    assert waits == []


def test_the_last_error_comes_out_as_it_is(waits: list[float]) -> None:
    errors = [limited() for _ in range(9)]
    script = Script(*errors)
    with pytest.raises(RateLimited) as caught:
        asyncio.run(retry.call(script, nullcontext, RetryPolicy(attempts=4)))
    assert caught.value is errors[3]
    assert len(waits) == 3


def test_waits_grow_and_stay_below_the_cap(waits: list[float]) -> None:
    script = Script(*(limited() for _ in range(8)))
    policy = RetryPolicy(attempts=9, base_wait=1.0, cap=10.0)
    asyncio.run(retry.call(script, nullcontext, policy))
    for number, wait in enumerate(waits):
        assert min(2**number, 10) <= wait <= min(2**number + 1, 10)


def test_waits_are_spread(waits: list[float]) -> None:
    for _ in range(20):
        asyncio.run(retry.call(Script(limited()), nullcontext, RetryPolicy()))
    assert len(set(waits)) > 15


def test_the_endpoint_says_how_long_to_wait(waits: list[float]) -> None:
    asyncio.run(retry.call(Script(limited(7.0), limited(0)), nullcontext, RetryPolicy()))
    assert 7.0 <= waits[0] <= 7.5
    assert waits[1] == 0


def test_more_patience_than_there_is_ends_the_call_at_once(waits: list[float]) -> None:
    script = Script(limited(3600))
    with pytest.raises(RateLimited):
        asyncio.run(retry.call(script, nullcontext, RetryPolicy(max_seconds=60)))
    assert (script.calls, waits) == (1, [])


@pytest.mark.parametrize(("took", "calls"), [(0.0, 2), (0.6, 1)])
def test_the_time_of_the_first_attempt_counts(waits: list[float], took: float, calls: int) -> None:
    script = Script(limited(9.5))

    async def slowly(turn: None) -> str:
        await asyncio.sleep(took)
        return await script(turn)

    call = retry.call(slowly, nullcontext, RetryPolicy(max_seconds=10, base_wait=0.01))
    if calls == 2:
        assert asyncio.run(call) == "done"
    else:
        with pytest.raises(RateLimited):
            asyncio.run(call)
    assert script.calls == calls


def test_the_waits_count(waits: list[float]) -> None:
    script = Script(*(limited(4) for _ in range(9)))
    with pytest.raises(RateLimited):
        asyncio.run(retry.call(script, nullcontext, RetryPolicy(max_seconds=10, base_wait=0.01)))
    assert (script.calls, len(waits)) == (3, 2)


def test_the_wait_for_a_turn_does_not_count(waits: list[float]) -> None:
    numbers = count(1)

    @asynccontextmanager
    async def turn() -> AsyncGenerator[int]:
        await asyncio.sleep(0.1)
        yield next(numbers)

    async def fail_twice(number: int) -> int:
        if number < 3:
            raise limited(0)
        return number

    assert asyncio.run(retry.call(fail_twice, turn, RetryPolicy(max_seconds=0.05))) == 3


def test_fifty_calls_at_once_do_not_mix_up_their_attempts(waits: list[float]) -> None:
    """A retrying object that is shared by tasks fails here."""
    scripts = [Script(*(limited(0) for _ in range(n % 4))) for n in range(50)]

    async def all_of_them() -> list[str]:
        return await asyncio.gather(*(retry.call(s, nullcontext, RetryPolicy()) for s in scripts))

    assert asyncio.run(all_of_them()) == ["done"] * 50
    assert [s.calls for s in scripts] == [n % 4 + 1 for n in range(50)]


def test_the_caller_hears_of_each_retry(waits: list[float]) -> None:
    heard: list[tuple[BaseException, float]] = []
    errors = [limited(1), limited(2)]
    asyncio.run(
        retry.call(Script(*errors), nullcontext, RetryPolicy(), lambda e, s: heard.append((e, s)))
    )
    assert [error for error, _ in heard] == errors
    assert [seconds for _, seconds in heard] == waits


def test_a_cancelled_call_is_not_tried_again(waits: list[float]) -> None:
    calls = 0

    async def hang(_: None) -> None:
        nonlocal calls
        calls += 1
        await asyncio.sleep(60)

    async def cancelled() -> None:
        task = asyncio.create_task(retry.call(hang, nullcontext, RetryPolicy()))
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())
    assert (calls, waits) == (1, [])


def test_sleep_sleeps() -> None:
    async def nap() -> float:
        start = asyncio.get_running_loop().time()
        await retry.sleep(0.02)
        return asyncio.get_running_loop().time() - start

    assert asyncio.run(nap()) >= 0.015


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("nan", None),
        ("2", 2.0),
        ("0.5", 0.5),
        ("-3", 0.0),
    ],
)
def test_retry_after_in_seconds(header: str | None, seconds: float | None) -> None:
    assert parse_retry_after(header) == seconds


def test_retry_after_as_a_date() -> None:
    now = datetime.now(UTC)
    ahead = parse_retry_after(format_datetime(now + timedelta(seconds=90), usegmt=True))
    assert ahead is not None
    assert 85 < ahead <= 90
    assert parse_retry_after(format_datetime(now - timedelta(days=1), usegmt=True)) == 0


@given(st.text(max_size=30))
def test_any_retry_after_is_a_wait_or_nothing(header: str) -> None:
    seconds = parse_retry_after(header)
    assert seconds is None or seconds >= 0


@pytest.mark.parametrize("errors", [0, 2])
def test_nothing_of_a_call_is_left_for_the_garbage_collection(
    waits: list[float], errors: int
) -> None:
    told: list[float] = []

    def tell(error: BaseException, seconds: float) -> None:
        told.append(seconds)

    left = weakref.ref(tell)
    gc.disable()
    try:
        script = Script(*(limited() for _ in range(errors)))
        asyncio.run(retry.call(script, nullcontext, RetryPolicy(), tell))
        del tell
        assert left() is None
    finally:
        gc.enable()
