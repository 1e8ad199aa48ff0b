"""Connections to one endpoint, each with a client of its own.

For each request a pool goes through all of its connections, twice, and asks the system about
every idle one. With as many as a batch has, this takes half as long as the request itself.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx2

IDLE = 30.0
"""Seconds after which a client that nobody needed is closed."""


class Lanes:
    """As many clients of `make` as requests are under way, for one event loop."""

    def __init__(self, make: Callable[[], httpx2.AsyncClient]) -> None:
        self._make = make
        self._idle: deque[tuple[float, httpx2.AsyncClient]] = deque()
        self._closed = False

    async def send(self, request: httpx2.Request) -> httpx2.Response:
        """The answer to a request, whatever its status, read to its end; redirects are not
        followed. Raises the errors of httpx2."""
        await self._close(time.monotonic() - IDLE)
        client = self._idle.pop()[1] if self._idle else self._make()
        try:
            return await client.send(request, follow_redirects=False)
        finally:
            # The one that was used last is taken first, so that those too many stay idle.
            self._idle.append((time.monotonic(), client))
            if self._closed:
                await self.aclose()

    async def aclose(self) -> None:
        """Close all clients: those with a request under way once it has ended."""
        self._closed = True
        await self._close(float("inf"))

    async def _close(self, before: float) -> None:
        """Close those that have been idle since before that time."""
        while self._idle and self._idle[0][0] < before:
            _, client = self._idle.popleft()
            await client.aclose()
