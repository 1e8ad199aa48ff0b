"""Ctrl-C while an event loop runs: the first is a request, the second an order. SIGTERM, which ends
containers, is the same."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_USUAL: dict[signal.Signals, Callable[[int, FrameType | None], object] | signal.Handlers] = {
    signal.SIGINT: signal.default_int_handler,
    signal.SIGTERM: signal.SIG_DFL,
}


@contextmanager
def interrupts(stop: Callable[[], None]) -> Iterator[None]:
    """Within it, in the main thread's running task: the first of these signals calls `stop` in the
    loop, the second cancels the task, and a third is Python's own again. One that the process was
    told to ignore, as the jobs are that a script leaves running, stays ignored."""
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    came = 0

    def on_signal(number: int, frame: object) -> None:
        nonlocal came
        came += 1
        if came == 1:
            loop.call_soon_threadsafe(stop)
        elif task is not None:
            for each in heeded:
                signal.signal(each, _USUAL[each])
            loop.call_soon_threadsafe(task.cancel)

    heeded = [each for each in _USUAL if signal.getsignal(each) is not signal.SIG_IGN]
    before = {each: signal.signal(each, on_signal) for each in heeded}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
