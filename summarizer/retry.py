"""How often, and after which waits, a failed request is sent again.

What may be sent again is said by the error (`retryable`), and how long to wait by the
endpoint where it says so (`retry_after` on the error, in seconds).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from contextlib import AbstractAsyncContextManager

    from tenacity import RetryCallState

T = TypeVar("T")
Turn = TypeVar("Turn")


@dataclass(frozen=True)
class RetryPolicy:
    """How patient to be: the number of attempts, and times in seconds.

    Waits double from `base_wait` up to `cap`, each with some jitter. No wait is begun with which
    attempts and waits would come to more than `max_seconds`, so that an endpoint which asks for
    an hour of patience is given up at once.
    """

    attempts: int = 5
    max_seconds: float = 300.0
    base_wait: float = 0.5
    cap: float = 30.0


async def sleep(seconds: float) -> None:
    """Wait before the next attempt. Every wait comes through here, so tests patch this."""
    import asyncio

    await asyncio.sleep(seconds)


async def call(
    fn: Callable[[Turn], Awaitable[T]],
    turn: Callable[[], AbstractAsyncContextManager[Turn]],
    policy: RetryPolicy,
    on_retry: Callable[[BaseException, float], None] | None = None,
) -> T:
    """Await `fn`, again after each error that is `retryable`, and return what it returns.

    Each attempt has a `turn()` of its own, which is given to `fn`. The wait for it is not of the
    request's making, and is left out of `max_seconds`.

    `on_retry` hears of each error that is about to be tried again, and of the seconds of
    wait. The last error is raised as it is.
    """
    from tenacity import AsyncRetrying, retry_if_exception

    spent = 0.0

    async def attempt() -> T:
        nonlocal spent
        async with turn() as granted:
            started = time.monotonic()
            try:
                return await fn(granted)
            finally:
                spent += time.monotonic() - started

    async def pause(seconds: float) -> None:
        nonlocal spent
        spent += seconds
        await sleep(seconds)

    def is_last(state: RetryCallState) -> bool:
        too_late = spent + state.upcoming_sleep > policy.max_seconds
        return too_late or state.attempt_number >= policy.attempts

    def tell(state: RetryCallState) -> None:
        if on_retry is not None and state.outcome and state.next_action:
            error = state.outcome.exception()
            if error is not None:
                on_retry(error, state.next_action.sleep)

    # One object per call: tenacity keeps the state of the attempts on it, and one that is
    # shared by tasks mixes them up.
    retrying = AsyncRetrying(
        sleep=pause,
        stop=is_last,
        wait=lambda state: _wait(state, policy),
        retry=retry_if_exception(_retryable),
        before_sleep=tell,
        reraise=True,
    )
    try:
        return await retrying(attempt)
    finally:
        # It holds itself by its own methods, which else were left for the garbage collection.
        retrying.iter_state.reset()


def parse_retry_after(value: str | None) -> float | None:
    """The seconds of a `Retry-After` header: a number, or an HTTP date; None if neither."""
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        seconds = _seconds_until(value)
    # `nan` compares false; a date in the past and a negative number mean now.
    return max(seconds, 0.0) if seconds == seconds else None


def _seconds_until(date: str) -> float:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(date).timestamp() - time.time()
    except (ValueError, OverflowError):
        return float("nan")


def _retryable(error: BaseException) -> bool:
    return bool(getattr(error, "retryable", False))


def _wait(state: RetryCallState, policy: RetryPolicy) -> float:
    from tenacity import wait_exponential_jitter, wait_random

    error = state.outcome.exception() if state.outcome else None
    asked: float | None = getattr(error, "retry_after", None)
    if asked is not None:
        # Never sooner than asked; spread a little, as others were told the same.
        return asked + wait_random(0, min(policy.base_wait, asked))(state)
    base = policy.base_wait
    return wait_exponential_jitter(multiplier=base, max=policy.cap, jitter=base)(state)
