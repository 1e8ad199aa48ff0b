"""One event loop on a thread of its own, so that sync calls work anywhere.

Notebooks, servers and plain scripts all call `run`: it doesn't matter whether a loop is
already running in the calling thread, nor how many threads call at the same time.
"""

from __future__ import annotations

import contextlib
import threading
import weakref
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncGenerator, Callable, Coroutine

T = TypeVar("T")

PATIENCE = 5.0
"""Seconds that an interrupted or closed loop is given to clean up."""


class BackgroundLoop:
    """An event loop on a daemon thread, started with the first `run`, stopped by `close`.

    A loop that nobody closed is stopped when it is collected, or at the end of the process.
    """

    def __init__(self, name: str = "summarizer") -> None:
        self._name = name
        self._lock = threading.Lock()
        self._closed = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._stop: weakref.finalize[[asyncio.AbstractEventLoop, threading.Thread], Any] | None
        self._stop = None

    def run(self, coro: Coroutine[Any, Any, T]) -> T:
        """Run `coro` on the loop and wait for what it returns or raises.

        The coroutine sees the caller's context variables. An interrupt of the waiting
        thread (Ctrl-C) cancels it. Raises `RuntimeError` once the loop is closed, and when
        called from the loop's own thread, which would wait for itself.
        """
        try:
            loop = self._started()
        except RuntimeError:
            coro.close()
            raise
        return _Call(coro).wait(loop)

    def close(self) -> None:
        """Cancel what still runs, stop the thread and close the loop. A second call is idle."""
        with self._lock:
            self._closed = True
            stop, self._stop = self._stop, None
        if stop is not None:
            stop()

    def _started(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._closed:
                raise RuntimeError("This has been closed and can't be used again.")
            if self._thread is threading.current_thread():
                raise RuntimeError("A sync call was made on the loop that would have to run it.")
            # A forked child has the object but not the thread; it gets a thread of its own.
            if self._loop is None or self._thread is None or not self._thread.is_alive():
                import asyncio

                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(
                    target=_serve, args=(self._loop,), name=self._name, daemon=True
                )
                self._thread.start()
                self._stop = weakref.finalize(self, _shut_down, self._loop, self._thread)
            return self._loop


class PerLoop(Generic[T]):
    """An object that is bound to the event loop it was made in: one for each loop that asks.

    It is closed by `aclose`, or when its loop shuts down its generators, as `asyncio.run` does at
    its end. A loop that is closed by hand, without `shutdown_asyncgens`, wants `aclose` before.
    """

    def __init__(self, make: Callable[[], T], close: Callable[[T], Coroutine[Any, Any, None]]):
        self._make = make
        self._close = close
        self._lock = threading.Lock()
        self._made: dict[asyncio.AbstractEventLoop, tuple[T, AsyncGenerator[None]]] = {}

    def get(self) -> T:
        """The object of the running loop, made at the first call."""
        import asyncio

        loop = asyncio.get_running_loop()
        with self._lock:
            if loop not in self._made:
                for ended in [other for other in self._made if other.is_closed()]:
                    del self._made[ended]
                item = self._make()
                self._made[loop] = item, _started(_until_closed(item, self._close))
            return self._made[loop][0]

    async def aclose(self) -> None:
        """Close each object in its own loop; what belongs to a stopped loop went with it."""
        import asyncio

        with self._lock:
            made = dict(self._made)
            self._made.clear()
        for loop, (_, closing) in made.items():
            if loop is asyncio.get_running_loop():
                await closing.aclose()
            elif loop.is_running():
                await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(_closed(closing), loop))


async def _until_closed(
    item: T, close: Callable[[T], Coroutine[Any, Any, None]]
) -> AsyncGenerator[None]:
    """A generator whose end closes `item`: the one thing that a loop ends by itself."""
    try:
        yield
    finally:
        await close(item)


def _started(generator: AsyncGenerator[None]) -> AsyncGenerator[None]:
    """The generator at its first `yield`, and known to the running loop."""
    with contextlib.suppress(StopIteration):
        generator.asend(None).send(None)
    return generator


async def _closed(generator: AsyncGenerator[None]) -> None:
    await generator.aclose()


_have: set[Callable[[], None]] = set()


async def imported(libraries: Callable[[], None]) -> None:
    """Let `libraries` import in a thread what takes long, once, while the caller's loop goes on."""
    if libraries not in _have:  # sys.modules has what is half imported too
        import asyncio

        await asyncio.to_thread(libraries)
        _have.add(libraries)


class _Call(Generic[T]):
    """One coroutine on its way through the loop, and the thread that waits for it."""

    def __init__(self, coro: Coroutine[Any, Any, T]) -> None:
        self.coro = coro
        self.task: asyncio.Task[T] | None = None
        self.done = threading.Event()

    def wait(self, loop: asyncio.AbstractEventLoop) -> T:
        try:
            # The callback runs in a copy of this thread's context, and so does its task.
            loop.call_soon_threadsafe(self._start, loop)
        except RuntimeError:  # closed by another thread since we asked for it
            self.coro.close()
            raise
        try:
            self.done.wait()
        except BaseException:
            loop.call_soon_threadsafe(self._cancel)
            self.done.wait(PATIENCE)
            raise
        task = self.task
        if task is None or task.cancelled():
            raise RuntimeError("The call was given up: its loop was closed.")
        return task.result()

    def _start(self, loop: asyncio.AbstractEventLoop) -> None:
        self.task = loop.create_task(self.coro)
        self.task.add_done_callback(lambda _: self.done.set())

    def _cancel(self) -> None:
        if self.task is not None:
            self.task.cancel()


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    import asyncio

    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
        pending = asyncio.all_tasks(loop)
        for task in pending:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*pending, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor())
    finally:
        loop.close()


def _shut_down(loop: asyncio.AbstractEventLoop, thread: threading.Thread) -> None:
    if not thread.is_alive():
        return
    loop.call_soon_threadsafe(loop.stop)
    if thread is not threading.current_thread():  # the collector may run on any thread
        thread.join(PATIENCE)
