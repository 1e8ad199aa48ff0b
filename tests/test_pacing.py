"""Turns at an endpoint, in virtual time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

import pytest
import virtual_time
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import ConfigurationError
from summarizer.pacing import Pacer, Turn


def now() -> float:
    return asyncio.get_running_loop().time()


async def request(
    pacer: Pacer,
    *,
    seconds: float = 1.0,
    status: int | None = 200,
    headers: Mapping[str, str] | None = None,
    tokens: int = 0,
    used: int | None = None,
    sent: Callable[[], None] = lambda: None,
) -> None:
    async with pacer.turn(tokens) as turn:
        sent()
        await asyncio.sleep(seconds)
        turn.answered(status, headers or {}, seconds, used)


def starts(pacer: Pacer, count: int, **like: object) -> list[float]:
    """When each of `count` requests, all asked for at 0, was sent."""
    times: list[float] = []

    async def run() -> None:
        one: Callable[[], Awaitable[None]] = lambda: request(  # noqa: E731  # it reads best
            pacer,
            sent=lambda: times.append(now()),
            **like,  # type: ignore[arg-type]  # passed on as it comes
        )
        await asyncio.gather(*(one() for _ in range(count)))

    virtual_time.run(run())
    return times


class TestTurns:
    @settings(max_examples=40, deadline=None)
    @given(
        concurrency=st.integers(1, 6),
        requests=st.lists(
            st.tuples(
                st.floats(0, 3),  # when it comes
                st.floats(0, 2),  # how long it takes
                st.one_of(st.none(), st.floats(0, 3)),  # when it is cancelled
            ),
            max_size=25,
        ),
    )
    def test_no_more_than_the_limit_are_under_way_and_no_slot_is_lost(
        self, concurrency: int, requests: list[tuple[float, float, float | None]]
    ) -> None:
        async def run() -> tuple[int, float]:
            pacer, under_way, most = Pacer(concurrency=concurrency), 0, 0

            async def one(comes: float, takes: float) -> None:
                nonlocal under_way, most
                await asyncio.sleep(comes)
                async with pacer.turn() as turn:
                    under_way += 1
                    most = max(most, under_way)
                    try:
                        await asyncio.sleep(takes)
                        turn.answered(200, {}, takes, None)
                    finally:
                        under_way -= 1

            tasks: list[asyncio.Task[None]] = []
            for comes, takes, cancelled in requests:
                tasks.append(asyncio.create_task(one(comes, takes)))
                if cancelled is not None:
                    asyncio.get_running_loop().call_later(cancelled, tasks[-1].cancel)
            await asyncio.gather(*tasks, return_exceptions=True)
            began = now()
            await asyncio.gather(*(request(pacer) for _ in range(concurrency)))
            return most, now() - began

        most, seconds = virtual_time.run(run())
        assert most <= concurrency
        assert seconds == pytest.approx(1.0)  # every slot is there to be had again

    @settings(max_examples=30, deadline=None)
    @given(st.integers(1, 4), st.lists(st.floats(0.1, 5), min_size=1, max_size=20))
    def test_turns_come_in_the_order_asked_for(self, slots: int, takes: list[float]) -> None:
        async def run() -> list[int]:
            pacer, order = Pacer(concurrency=slots), list[int]()
            await asyncio.gather(
                *(
                    request(pacer, seconds=seconds, sent=lambda i=i: order.append(i))  # type: ignore[misc]  # early bound
                    for i, seconds in enumerate(takes)
                )
            )
            return order

        assert virtual_time.run(run()) == list(range(len(takes)))

    def test_one_cancelled_as_its_turn_comes_passes_it_on(self) -> None:
        async def run() -> float:
            pacer = Pacer(concurrency=1, requests_per_minute=100)

            async def first() -> None:
                await request(pacer)
                second.cancel()  # its turn came with the end of ours, and it hasn't seen it yet

            tasks = [asyncio.create_task(first())]
            second = asyncio.create_task(request(pacer))
            tasks += [second, asyncio.create_task(request(pacer))]
            await asyncio.gather(*tasks, return_exceptions=True)
            assert second.cancelled()
            return now()

        assert virtual_time.run(run()) == pytest.approx(2.0)

    def test_a_turn_that_ends_without_a_word_had_no_answer(self) -> None:
        async def run(error: BaseException) -> int:
            pacer = Pacer()
            before = pacer.limit
            for _ in range(before):
                with pytest.raises(type(error)):
                    async with pacer.turn():
                        raise error
            return pacer.limit - before

        assert virtual_time.run(run(ConnectionResetError())) < 0
        assert virtual_time.run(run(asyncio.CancelledError())) == 0

    def test_idle_is_what_could_be_under_way_besides(self) -> None:
        async def run() -> tuple[int, int]:
            pacer = Pacer(concurrency=3)
            before = pacer.idle
            tasks = [asyncio.create_task(request(pacer)) for _ in range(5)]
            await asyncio.sleep(0)
            during = pacer.idle
            await asyncio.gather(*tasks)
            return before, during

        assert virtual_time.run(run()) == (3, 0)

    @pytest.mark.parametrize("value", [0, -1, float("nan"), float("inf")])
    @pytest.mark.parametrize(
        "make",
        [
            lambda value: Pacer(concurrency=value),
            lambda value: Pacer(most=value),
            lambda value: Pacer(requests_per_minute=value),
            lambda value: Pacer(tokens_per_minute=value),
        ],
    )
    def test_a_number_that_is_not_above_zero_is_refused(
        self, make: Callable[[float], Pacer], value: float
    ) -> None:
        with pytest.raises(ConfigurationError, match="above 0"):
            make(value)

    def test_one_that_never_came_can_not_be_answered(self) -> None:
        with pytest.raises(RuntimeError, match="waited for"):
            Turn(Pacer(), 0).answered(200, {}, 1.0, None)


class TestWaiting:
    @settings(max_examples=30, deadline=None)
    @given(st.integers(1, 900), st.floats(0.01, 30))
    def test_no_minute_sees_more_requests_than_allowed(self, rpm: int, seconds: float) -> None:
        times = starts(Pacer(requests_per_minute=rpm), min(3 * rpm, 400), seconds=seconds)
        later = iter(times)
        for i, start in enumerate(times):
            within = sum(start <= t < start + 60.0 - 1e-6 for t in times[i : i + rpm + 2])
            assert within <= rpm
        assert next(later) == 0.0  # and the first doesn't wait

    def test_a_minute_is_used_up_evenly(self) -> None:
        times = starts(Pacer(concurrency=9, requests_per_minute=60), 121, seconds=0.1)
        assert times[-1] == pytest.approx(120, rel=0.02)

    def test_tokens_are_paid_for_before_the_next_request(self) -> None:
        times = starts(Pacer(concurrency=9, tokens_per_minute=6000), 11, tokens=1000, seconds=0.1)
        assert times[-1] == pytest.approx(100, rel=0.02)

    def test_what_was_really_used_counts(self) -> None:
        pacer = Pacer(concurrency=1, tokens_per_minute=6000)
        times = starts(pacer, 11, tokens=1000, used=2000, seconds=0.1)
        assert times[-1] == pytest.approx(200, rel=0.02)

    @pytest.mark.parametrize("concurrency", [2, None])
    def test_retry_after_holds_all(self, concurrency: int | None) -> None:
        async def run() -> list[float]:
            pacer, times = Pacer(concurrency=concurrency), list[float]()
            await request(pacer, status=429, headers={"retry-after": "7"}, seconds=0.5)
            await asyncio.gather(
                *(request(pacer, sent=lambda: times.append(now())) for _ in range(2))
            )
            return times

        assert min(virtual_time.run(run())) == pytest.approx(7.5)

    def test_a_long_hold_is_a_warning_and_one_only(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.INFO)
        told = {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "50m0s"}
        starts(Pacer(concurrency=8), 8, status=429, headers=told)
        assert [(r.levelname, r.message) for r in caplog.records] == [
            ("WARNING", "The endpoint asks for patience: nothing is sent for 50 min 0 s.")
        ]

    def test_a_hold_that_nobody_meets_is_not_told(self, caplog: pytest.LogCaptureFixture) -> None:
        told = {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "50m0s"}

        async def run(pacer: Pacer) -> int:
            await request(pacer, headers=told)
            alone = len(caplog.records)
            await asyncio.sleep(60)
            await request(pacer)
            return alone

        assert virtual_time.run(run(Pacer())) == 0
        assert "nothing is sent for 49 min 0 s." in caplog.text

    @pytest.mark.parametrize(
        ("status", "news"), [(200, False), (400, False), (429, True), (500, True), (None, True)]
    )
    def test_an_endpoint_that_only_fails_is_news(self, status: int | None, news: bool) -> None:
        async def run() -> list[bool]:
            pacer, told = Pacer(), list[bool]()
            for _ in range(3):
                await request(pacer, status=status, seconds=6.0)
                told.append(pacer.failure_is_news())
            return told

        assert virtual_time.run(run()) == [False, news, False]

    def test_an_allowance_used_up_is_waited_for_and_halves_nothing(self) -> None:
        async def run() -> tuple[int, float]:
            pacer = Pacer()
            before = pacer.limit
            told = {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "6m0s"}
            await request(pacer, status=429, headers=told)
            after = pacer.limit
            await request(pacer)
            return after - before, now()

        change, seconds = virtual_time.run(run())
        assert change == 0
        assert seconds == pytest.approx(362.0)

    def test_the_wait_leaves_no_timer_behind(self) -> None:
        async def run() -> float:
            pacer = Pacer(concurrency=1, requests_per_minute=1)
            await request(pacer)
            waiting = asyncio.create_task(request(pacer))
            await asyncio.sleep(1)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
            return now()

        assert virtual_time.run(run()) == pytest.approx(2.0)
