"""An asynchronous batch, gone through from a thread without an event loop.

What is given is iterated over in the caller's own thread, as a plain `for` would do it: a
database's cursor, to name one, bears no other.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Iterable
from contextlib import aclosing, suppress
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from summarizer.loop import BackgroundLoop

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 8
"""Items that are taken, and outcomes that are made, before they are asked for."""


def handed(
    loop: BackgroundLoop,
    items: Iterable[T],
    made: Callable[[AsyncIterator[T]], AsyncGenerator[R]],
) -> Generator[R]:
    """What `made` makes of `items`: it runs on `loop`, and the caller waits for the next.

    Closing the generator breaks off what is under way. Raises what `made` raises, which is given
    the errors of `items` too; an interrupt is raised at once.
    """
    exchange: _Exchange[T, R] = _Exchange()
    work = loop.run(exchange.opened(made))
    source = iter(items)
    try:
        while exchange.wait():
            if exchange.outcomes:
                yield exchange.taken()
                continue
            try:
                exchange.give([next(source)])
            except StopIteration:
                exchange.give([])
            except Exception as error:  # noqa: BLE001  # raised to who asks for the item
                exchange.give(error)
    finally:
        if not exchange.ended:
            loop.run(_broken_off(work))
    if exchange.error is not None:
        raise exchange.error


async def _broken_off(work: asyncio.Task[None]) -> None:
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)


class _Exchange(Generic[T, R]):
    """Between a thread and an event loop: items go in through it, outcomes come out."""

    def __init__(self) -> None:
        self.outcomes: deque[R] = deque()
        self.ended = False
        self.error: BaseException | None = None
        self._wanted = AHEAD
        self._exhausted = False
        self._changed = threading.Condition()
        # Those of the loop, which nothing else touches.
        self._given: deque[list[T] | Exception] = deque()
        self._arrived = asyncio.Event()
        self._room = asyncio.Semaphore(AHEAD)

    async def opened(
        self, made: Callable[[AsyncIterator[T]], AsyncGenerator[R]]
    ) -> asyncio.Task[None]:
        """Begin, in the running loop."""
        self._loop = asyncio.get_running_loop()
        return asyncio.create_task(self._work(made))

    def wait(self) -> bool:
        """Wait for an outcome, or until an item is wanted; False if neither will be."""
        with self._changed:
            self._changed.wait_for(self._has_news)
            return bool(self.outcomes) or not self.ended

    def taken(self) -> R:
        """The next outcome."""
        self._later(self._room.release)
        return self.outcomes.popleft()

    def give(self, items: list[T] | Exception) -> None:
        """Hand the next item over; a list without one is the end of them, and so is an error."""
        with self._changed:
            self._wanted -= 1
            self._exhausted = not items or isinstance(items, Exception)
        self._later(self._put, items)

    def _has_news(self) -> bool:
        return bool(self.outcomes) or self.ended or (self._wanted > 0 and not self._exhausted)

    def _later(self, call: Callable[..., object], *args: list[T] | Exception) -> None:
        with suppress(RuntimeError):  # of a closed loop, which `wait` tells of
            self._loop.call_soon_threadsafe(call, *args)

    def _put(self, items: list[T] | Exception) -> None:
        self._given.append(items)
        self._arrived.set()

    async def _items(self) -> AsyncIterator[T]:
        while True:
            while not self._given:
                self._arrived.clear()
                await self._arrived.wait()
            items = self._given.popleft()
            if isinstance(items, Exception):
                raise items
            if not items:
                return
            with self._changed:
                self._wanted += 1
                self._changed.notify()
            yield items[0]

    async def _work(self, made: Callable[[AsyncIterator[T]], AsyncGenerator[R]]) -> None:
        try:
            async with aclosing(made(self._items())) as outcomes:
                async for outcome in outcomes:
                    await self._room.acquire()
                    with self._changed:
                        self.outcomes.append(outcome)
                        self._changed.notify()
        except asyncio.CancelledError:
            self.error = RuntimeError("The batch was given up: its loop was closed.")
            raise
        except BaseException as error:  # noqa: BLE001  # raised in the caller's thread
            self.error = error
        finally:
            with self._changed:
                self.ended = True
                self._changed.notify()
