"""An endpoint and a crowd of documents, in virtual time."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from summarizer.pacing import Pacer

NETWORK = 0.001
"""Seconds that a request is on its way, and an answer."""


@dataclass
class Endpoint:
    """`slots` requests are served at once, `queue` more wait (None: any number).

    `service` gives the seconds of a request, from how many are being served. `per_minute` is
    a token bucket of that size. What finds no place is answered by 429 with `refusal`'s
    headers, at once. `faulty` is the share of requests that fail whatever the load.
    """

    slots: int = 16
    queue: int | None = None
    service: Callable[[int], float] = lambda serving: 0.1
    per_minute: float | None = None
    faulty: float = 0.0
    refusal: Mapping[str, str] = field(default_factory=dict)
    seed: int = 0

    def __post_init__(self) -> None:
        self.served: list[float] = []
        self.refused: list[float] = []
        self._serving = self._here = 0
        self._free = asyncio.Semaphore(self.slots)
        self._left = self.per_minute or 0.0
        self._counted = 0.0
        self.dice = random.Random(self.seed)

    async def answer(self) -> tuple[int | None, Mapping[str, str]]:
        await asyncio.sleep(NETWORK)
        now = asyncio.get_running_loop().time()
        full = self.queue is not None and self._here >= self.slots + self.queue
        if full or not self._allowed(now) or self.dice.random() < self.faulty:
            await asyncio.sleep(NETWORK)
            return self.refuse(429)
        self._here += 1
        async with self._free:
            self._serving += 1
            await asyncio.sleep(self.service(self._serving))
            self._serving -= 1
        self._here -= 1
        self.served.append(asyncio.get_running_loop().time())
        await asyncio.sleep(NETWORK)
        return 200, {}

    def refuse(self, status: int | None) -> tuple[int | None, Mapping[str, str]]:
        """What is answered in place of a service; None is no answer."""
        self.refused.append(asyncio.get_running_loop().time())
        return status, self.refusal

    def _allowed(self, now: float) -> bool:
        if self.per_minute is None:
            return True
        elapsed, self._counted = now - self._counted, now
        self._left = min(self.per_minute, self._left + elapsed * self.per_minute / 60.0)
        if self._left < 1.0:
            return False
        self._left -= 1.0
        return True


async def documents(
    pacer: Pacer,
    endpoint: Endpoint,
    count: int,
    *,
    ahead: int = 8,
    watch: Callable[[float, int], None] = lambda now, limit: None,
) -> float:
    """Send `count` documents, each until it is served; returns the virtual seconds it took.

    As many are in hand as the pacer allows and `ahead` more. A refused one waits a while, as
    `summarizer.retry` does.
    """
    loop = asyncio.get_running_loop()
    room = asyncio.Event()
    jitter = random.Random(1)
    in_hand = 0

    async def one() -> None:
        nonlocal in_hand
        for attempt in range(100):
            async with pacer.turn(100) as turn:
                started = loop.time()
                status, headers = await endpoint.answer()
                turn.answered(status, headers, loop.time() - started, 100)
                watch(loop.time(), pacer.limit)
            room.set()
            if status == 200:
                in_hand -= 1
                return
            await asyncio.sleep(min(30.0, 0.5 * 2**attempt) + jitter.random() * 0.5)
        raise AssertionError("refused for ever")

    started = loop.time()
    async with asyncio.TaskGroup() as tasks:
        for _ in range(count):
            while in_hand >= pacer.limit + ahead and not pacer.idle:
                room.clear()
                await room.wait()
            in_hand += 1
            tasks.create_task(one())
            await asyncio.sleep(0)
    return loop.time() - started
