from __future__ import annotations

import asyncio

import pytest

from summarizer.errors import ConfigurationError
from summarizer.pacing import Pacer


def test_no_more_than_the_limit_are_under_way() -> None:
    async def run() -> int:
        pacer, under_way, most = Pacer(concurrency=3), 0, 0

        async def one() -> None:
            nonlocal under_way, most
            async with pacer.turn() as turn:
                under_way += 1
                most = max(most, under_way)
                await asyncio.sleep(0)
                turn.answered(200, {}, 0.1, 10)
                under_way -= 1

        await asyncio.gather(*(one() for _ in range(20)))
        return most

    assert asyncio.run(run()) == 3


@pytest.mark.parametrize("name", ["concurrency", "most", "requests_per_minute"])
def test_a_number_that_allows_nothing_is_refused(name: str) -> None:
    with pytest.raises(ConfigurationError, match=name):
        Pacer(**{name: 0})
