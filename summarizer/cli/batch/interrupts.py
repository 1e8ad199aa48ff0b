"""Ctrl-C while an event loop runs: the first is a request, the second an order."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def interrupts(stop: Callable[[], None]) -> Iterator[None]:
    """Within it, in the main thread's running task: the first Ctrl-C calls `stop` in the loop, the
    second cancels the task, and a third is Python's own again."""
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    came = 0

    def on_interrupt(number: int, frame: object) -> None:
        nonlocal came
        came += 1
        if came == 1:
            loop.call_soon_threadsafe(stop)
        elif task is not None:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            loop.call_soon_threadsafe(task.cancel)

    before = signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
