"""The limit that is found, in virtual time, with endpoints of many kinds and much bad luck."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping

import pytest
import virtual_time
from simulated_endpoint import Endpoint, documents

from summarizer.pacing import Pacer


def now() -> float:
    return asyncio.get_running_loop().time()


def found(endpoint: Callable[[], Endpoint], count: int = 600) -> tuple[float, int]:
    """Documents a second with a limit that is found, and the refusals."""

    async def run() -> tuple[float, int]:
        server = endpoint()
        seconds = await documents(Pacer(), server, count)
        return count / seconds, len(server.refused)

    return virtual_time.run(run())


class TestTheLimitIsFound:
    @pytest.mark.parametrize("seconds", [0.05, 0.2, 5.0])
    def test_sixteen_slots_and_a_queue(self, seconds: float) -> None:
        rate, refused = found(lambda: Endpoint(service=lambda _: seconds))
        assert rate >= 0.95 * 16 / (seconds + 0.002)
        assert refused == 0

    def test_sixteen_slots_and_a_bounded_queue(self) -> None:
        rate, refused = found(lambda: Endpoint(queue=4, service=lambda _: 2.0))
        assert rate >= 0.95 * 16 / 2.002
        assert refused <= 0.07 * 600

    def test_no_queue_at_all(self) -> None:
        rate, _ = found(lambda: Endpoint(queue=0, service=lambda _: 2.0))
        assert rate >= 0.93 * 16 / 2.002

    def test_a_server_that_batches_is_used_though_it_slows_down(self) -> None:
        rate, _ = found(lambda: Endpoint(slots=1000, service=lambda n: 0.8 + 0.05 * n), 1000)
        assert rate >= 0.8 / 0.05

    def test_an_allowance_that_is_not_told_is_found(self) -> None:
        rate, refused = found(
            lambda: Endpoint(slots=1000, service=lambda _: 0.05, per_minute=600), 3000
        )
        assert rate >= 0.95 * 10.0
        # Those that were under way when the stock of a minute ran out, and then one in ten.
        assert refused <= 256 + 0.1 * 3000

    def test_one_slot_is_not_flooded(self) -> None:
        async def run() -> int:
            most = 0

            def watch(_: float, limit: int) -> None:
                nonlocal most
                most = max(most, limit)

            await documents(Pacer(), Endpoint(slots=1), 100, watch=watch)
            return most

        assert virtual_time.run(run()) <= 20

    @pytest.mark.parametrize(("slots", "part"), [(24, 0.93), (64, 0.75)])
    def test_more_slots_are_found_within_six_hundred(self, slots: int, part: float) -> None:
        rate, refused = found(lambda: Endpoint(slots=slots, service=spread(0)))
        assert rate >= part * slots / 0.102
        assert refused == 0

    def test_after_a_minute_of_outage_it_goes_on_as_before(self) -> None:
        async def run() -> tuple[float, int]:
            server = Down(slots=16)
            return await documents(Pacer(), server, 3000), len(server.refused)

        seconds, refused = virtual_time.run(run())
        assert seconds <= 60.0 + 3000 / (16 / 0.102) + 30.0
        assert refused <= 100


def spread(seed: int) -> Callable[[int], float]:
    """Times of service between 50 and 150 ms."""
    dice = random.Random(seed)
    return lambda _: dice.uniform(0.05, 0.15)


class Down(Endpoint):
    """Refuses everything from second 5 to second 65."""

    async def answer(self) -> tuple[int | None, Mapping[str, str]]:
        if 5.0 < now() < 65.0:
            await asyncio.sleep(0.002)
            return self.refuse(503)
        return await super().answer()


class Chaos(Endpoint):
    """Whatever the load: 429 (10 %), 503 (5 %), no answer for 2 s (1 %), closed at once (2 %)."""

    async def answer(self) -> tuple[int | None, Mapping[str, str]]:
        fate = self.dice.random()
        if fate < 0.01:
            await asyncio.sleep(2.0)
        for below, status in ((0.03, None), (0.08, 503), (0.18, 429)):
            if fate < below:
                return self.refuse(status)
        return await super().answer()


class TestBadLuckIsBorne:
    """Failures that have nothing to do with the load, against the best fixed concurrency."""

    @staticmethod
    def parts(
        endpoint: Callable[[int], Endpoint], fixed: tuple[int, ...], count: int
    ) -> list[float]:
        def rate(pacer: Callable[[], Pacer], seed: int) -> float:
            async def run() -> float:
                server = endpoint(seed)
                await documents(pacer(), server, count)
                # The rest are the unluckiest, whose waits say nothing of the limit.
                return server.served[count * 97 // 100]

            return count / virtual_time.run(run())

        return [
            rate(Pacer, seed)
            / max(rate(lambda slots=slots: Pacer(concurrency=slots), seed) for slots in fixed)  # type: ignore[misc]  # early bound
            for seed in range(8)
        ]

    @pytest.mark.parametrize("faulty", [0.02, 0.05, 0.1, 0.15])
    def test_a_share_of_refusals(self, faulty: float) -> None:
        parts = self.parts(
            lambda seed: Endpoint(slots=32, service=spread(seed), faulty=faulty, seed=seed),
            (32, 40),
            600,
        )
        assert sum(parts) / 8 >= 0.9
        assert min(parts) >= 0.8

    def test_a_share_of_refusals_beside_those_of_a_short_queue(self) -> None:
        parts = self.parts(
            lambda seed: Endpoint(queue=4, service=spread(seed), faulty=0.05, seed=seed), (20,), 600
        )
        assert sum(parts) / 8 >= 0.85

    def test_chaos(self) -> None:
        parts = self.parts(
            lambda seed: Chaos(slots=16, service=spread(seed), seed=seed), (16, 20, 24), 1200
        )
        assert sum(parts) / 8 >= 0.9
        assert min(parts) >= 0.8
