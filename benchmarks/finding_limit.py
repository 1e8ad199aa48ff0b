"""How near the limit that is found comes to the best fixed one, over real HTTP.

A server on this machine serves so many requests at once and queues or refuses the rest. For
each kind of endpoint, in one run side by side: the documents a second with each fixed
concurrency and with the one that is found, ramp-up included, and the refusals in a thousand
requests. Without arguments it takes about three minutes:

    python benchmarks/finding_limit.py [--documents 600] [--only NAME] [--slower 5]

`--slower` multiplies the times of service. Where the machine is busy the rates at short times
are those of the machine, and differ from one run to the next more than the limits do.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from summarizer.pacing import Pacer

SLOTS = 16
FIXED = (8, 16, 20, 32)
WAIT = 0.3
"""Seconds until a refused request is sent again."""


@dataclass
class Kind:
    """A kind of endpoint. `queue` is how many wait beside those served, None for any number."""

    service: Callable[[random.Random], float]
    slots: int = SLOTS
    queue: int | None = None
    per_second: float | None = None
    slower: float = 1.0
    fixed: tuple[int, ...] = FIXED


KINDS = {
    "100 ms, a queue": Kind(lambda _: 0.1),
    "200 ms, a queue": Kind(lambda _: 0.2),
    "50 ms, a queue": Kind(lambda _: 0.05),
    "100-200 ms, a queue": Kind(lambda dice: dice.uniform(0.1, 0.2)),
    "exponential, mean 150 ms, a queue": Kind(lambda dice: dice.expovariate(1 / 0.15)),
    "100 ms, 4 may wait": Kind(lambda _: 0.1, queue=4),
    "100-200 ms, 4 may wait": Kind(lambda dice: dice.uniform(0.1, 0.2), queue=4),
    "100-200 ms, none may wait": Kind(lambda dice: dice.uniform(0.1, 0.2), queue=0),
    "50 ms, 40 a second": Kind(lambda _: 0.05, slots=1000, per_second=40.0, fixed=(1, 2, 3)),
}


@dataclass
class Server:
    """An HTTP server that knows one request and three answers."""

    kind: Kind
    refused: int = 0
    _here: int = 0
    _due: float = 0.0
    _dice: random.Random = field(default_factory=lambda: random.Random(7))

    def __post_init__(self) -> None:
        self._slots = asyncio.Semaphore(self.kind.slots)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                status = b"200 OK" if await self._answer() else b"429 Too Many Requests"
                writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 2\r\n\r\n{}")
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(self) -> bool:
        kind, now = self.kind, time.monotonic()
        if kind.queue is not None and self._here >= kind.slots + kind.queue:
            self.refused += 1
            return False
        if kind.per_second is not None:
            self._due = max(self._due, now - kind.slower)  # a second's worth may come at once
            if self._due > now:
                self.refused += 1
                return False
            self._due += kind.slower / kind.per_second
        self._here += 1
        async with self._slots:
            await asyncio.sleep(kind.service(self._dice) * kind.slower)
        self._here -= 1
        return True


async def documents(kind: Kind, pacer: Pacer, count: int) -> tuple[float, int]:
    """Documents a second, and how many requests were refused."""
    server = Server(kind)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, backlog=512)
    port = listening.sockets[0].getsockname()[1]
    connections: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def ask() -> int:
        connection = connections.pop() if connections else None
        reader, writer = connection or await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST /v1/chat/completions HTTP/1.1\r\n\r\n")
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(2)
        connections.append((reader, writer))
        return int(head.split()[1])

    async def one() -> None:
        while True:
            async with pacer.turn() as turn:
                started = time.perf_counter()
                status = await ask()
                turn.answered(status, {}, time.perf_counter() - started, None)
            if status == 200:
                return
            await asyncio.sleep(WAIT)

    started, left, in_hand = time.perf_counter(), count, set[asyncio.Task[None]]()
    while left or in_hand:
        while left and (len(in_hand) < pacer.limit + 4 or pacer.idle):
            in_hand.add(asyncio.create_task(one()))
            left -= 1
            await asyncio.sleep(0)
        done, in_hand = await asyncio.wait(
            in_hand, timeout=0.02, return_when=asyncio.FIRST_COMPLETED
        )
        for task in done:
            task.result()
    rate = count / (time.perf_counter() - started)
    listening.close()
    for _, writer in connections:
        writer.close()
    await asyncio.sleep(0.05)
    return rate, server.refused


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--documents", type=int, default=600)
    parser.add_argument("--only", default="")
    parser.add_argument("--slower", type=float, default=1.0)
    arguments = parser.parse_args()
    count: int = arguments.documents
    for name, kind in KINDS.items():
        if arguments.only not in name:
            continue
        kind.slower = arguments.slower
        tried: dict[int, tuple[float, int]] = {}
        for concurrency in kind.fixed:
            tried[concurrency] = await documents(kind, Pacer(concurrency=concurrency), count)
        best = max(tried, key=lambda concurrency: tried[concurrency][0])
        pacer = Pacer()
        rate, refused = await documents(kind, pacer, count)
        print(f"\n{name}, times {kind.slower:g}", flush=True)
        for concurrency, (fixed, turned_away) in tried.items():
            share = 1000 * turned_away / (count + turned_away)
            print(f"  fixed {concurrency:4} {fixed:8.1f} documents/s  {share:5.1f} ‰ refused")
        share = 1000 * refused / (count + refused)
        print(
            f"  found {pacer.limit:4} {rate:8.1f} documents/s  {share:5.1f} ‰ refused"
            f"  = {rate / tried[best][0]:.1%} of the best fixed ({best})"
        )


if __name__ == "__main__":
    asyncio.run(main())
