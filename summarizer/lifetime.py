"""From the first call to the last: the loops that something is used in, and letting go of them."""

from __future__ import annotations

import threading
import weakref
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import asyncio
    from types import TracebackType

    from summarizer.loop import BackgroundLoop


class Lifetime(ABC):
    """Used from threads by way of a background loop, and in event loops of the caller's own.

    A context manager of both kinds, which closes what was opened; it may be used again after that.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: BackgroundLoop | None = None
        self._awaited_in: weakref.WeakSet[asyncio.AbstractEventLoop] = weakref.WeakSet()
        self._closing: asyncio.Task[None] | None = None

    @abstractmethod
    async def _let_go(self) -> None:
        """Close what was opened in any loop. May be called twice."""

    def _background(self) -> BackgroundLoop:
        """The loop for calls from threads."""
        with self._lock:
            if self._loop is None:
                from summarizer.loop import BackgroundLoop

                self._loop = BackgroundLoop()
            return self._loop

    def _awaited(self) -> None:
        """Note that the running loop is one of the caller's, and in use."""
        import asyncio

        self._awaited_in.add(asyncio.get_running_loop())

    def close(self) -> None:
        """Let go of connections and of the background thread. May be called twice.

        A later call makes new ones. In an event loop of your own that this was used in,
        `aclose()` is better: connections of that loop can be closed only once this has returned.
        """
        import asyncio

        from summarizer.loop import BackgroundLoop

        try:
            here = asyncio.get_running_loop()
        except RuntimeError:
            here = None
        loop = self._taken()
        if here is not None and here in self._awaited_in:
            # To wait would be to wait for this very thread.
            self._closing = here.create_task(self._closed(loop))
        elif loop is not None or self._awaited_in:
            loop = loop or BackgroundLoop()
            loop.run(self._let_go())
            loop.close()

    async def aclose(self) -> None:
        """`close`, for callers with an event loop of their own."""
        await self._closed(self._taken())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    def _taken(self) -> BackgroundLoop | None:
        with self._lock:
            loop, self._loop = self._loop, None
        return loop

    async def _closed(self, loop: BackgroundLoop | None) -> None:
        import asyncio

        try:
            await self._let_go()
        finally:
            if loop is not None:
                await asyncio.to_thread(loop.close)
