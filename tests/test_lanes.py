"""A client for each request under way, used again, and closed when it has long been idle."""

from __future__ import annotations

import asyncio
import time

import httpx2
import pytest

from summarizer import lanes
from summarizer.lanes import Lanes

REQUEST = httpx2.Request("POST", "http://here/", content=b"{}")


class Clients:
    """Makes clients that wait for `go`, and remembers them."""

    def __init__(self) -> None:
        self.made: list[httpx2.AsyncClient] = []
        self.go = asyncio.Event()

    def __call__(self) -> httpx2.AsyncClient:
        async def answer(request: httpx2.Request) -> httpx2.Response:
            await self.go.wait()
            return httpx2.Response(307, headers={"Location": "http://elsewhere/"})

        self.made.append(httpx2.AsyncClient(transport=httpx2.MockTransport(answer)))
        return self.made[-1]

    @property
    def closed(self) -> list[bool]:
        return [client.is_closed for client in self.made]


def test_there_are_as_many_clients_as_requests_at_once_and_they_are_used_again() -> None:
    async def main() -> int:
        clients = Clients()
        found = Lanes(clients)
        for _ in range(2):
            under_way = [asyncio.create_task(found.send(REQUEST)) for _ in range(3)]
            await asyncio.sleep(0)
            clients.go.set()
            answers = await asyncio.gather(*under_way)
            assert {answer.status_code for answer in answers} == {307}
            clients.go.clear()
        await found.aclose()
        assert clients.closed == [True] * 3
        return len(clients.made)

    assert asyncio.run(main()) == 3


def test_a_request_that_is_broken_off_leaves_its_client_to_the_next() -> None:
    async def main() -> int:
        clients = Clients()
        found = Lanes(clients)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await found.send(REQUEST)
        clients.go.set()
        await found.send(REQUEST)
        await found.aclose()
        return len(clients.made)

    assert asyncio.run(main()) == 1


def test_clients_that_nobody_needed_for_long_are_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    async def main() -> list[bool]:
        clients = Clients()
        found = Lanes(clients)
        under_way = [asyncio.create_task(found.send(REQUEST)) for _ in range(3)]
        await asyncio.sleep(0)
        clients.go.set()
        await asyncio.gather(*under_way)
        now = time.monotonic()
        monkeypatch.setattr(time, "monotonic", lambda: now + lanes.IDLE / 2)
        await found.send(REQUEST)
        monkeypatch.setattr(time, "monotonic", lambda: now + lanes.IDLE * 1.25)
        await found.send(REQUEST)
        closed = clients.closed
        await found.aclose()
        return closed

    assert sorted(asyncio.run(main())) == [False, True, True]


def test_a_client_whose_request_outlives_the_closing_is_closed_after_it() -> None:
    async def main() -> list[bool]:
        clients = Clients()
        found = Lanes(clients)
        under_way = asyncio.create_task(found.send(REQUEST))
        await asyncio.sleep(0)
        await found.aclose()
        assert clients.closed == [False]
        clients.go.set()
        await under_way
        return clients.closed

    assert asyncio.run(main()) == [True]
