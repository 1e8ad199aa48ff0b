"""An iterator whose steps may block, gone through on a thread while an event loop goes on."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Iterable
from typing import Generic, Self, TypeVar

T = TypeVar("T")

AHEAD = 16
"""Items that are read before they are asked for."""
AT_ONCE = 8
"""Items that have to be taken before the thread reads on: to wake it for each takes longer."""


class Reading(Generic[T]):
    """The items of an iterable, as an asynchronous iterator; made in the loop that uses it.

    All its steps are made on one thread, which doesn't keep the process from ending: a read of
    standard input can't be broken off. An error of the iterable is raised to who asks for the next
    item, and ends it.
    """

    def __init__(self, items: Iterable[T]) -> None:
        self._items = items
        self._loop = asyncio.get_running_loop()
        self._arrived = asyncio.Event()
        self._ready: deque[T] = deque()
        self._room = threading.Semaphore(AHEAD)
        self._taken = 0
        self._ended = self._stopped = self._waits = False
        self._error: BaseException | None = None
        threading.Thread(target=self._read, name="summarizer-reading", daemon=True).start()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T:
        while not self._ready or self._stopped:
            if self._stopped:
                raise StopAsyncIteration
            if self._ended:
                if self._ready:  # it came after the first look, and the end after it
                    break
                error, self._error = self._error, None
                raise error or StopAsyncIteration
            self._arrived.clear()
            self._waits = True
            if not self._ready and not self._ended:  # or it came before that could be seen
                await self._arrived.wait()
            self._waits = False
        self._taken += 1
        if self._taken % AT_ONCE == 0:
            self._room.release(AT_ONCE)
        return self._ready.popleft()

    def stop(self) -> None:
        """End here: what was read ahead is dropped, and who waits for an item is told so."""
        self._stopped = True
        self._room.release()
        self._arrived.set()

    def _read(self) -> None:
        try:
            for item in self._items:
                self._room.acquire()
                if self._stopped:
                    return
                self._ready.append(item)
                if self._waits:
                    self._tell()
        except BaseException as error:  # noqa: BLE001  # raised to who asks for the next item
            self._error = error
        self._ended = True
        self._tell()

    def _tell(self) -> None:
        try:
            self._loop.call_soon_threadsafe(self._arrived.set)
        except RuntimeError:  # the loop is closed, and nobody waits
            self._stopped = True
