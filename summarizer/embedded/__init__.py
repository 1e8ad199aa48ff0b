"""The embedded default: a small model on this machine, for when no endpoint is configured.

`start` is what most callers want: it finds or fetches the weights and starts the engine.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.embedded.catalogue import CATALOGUE, DEFAULT
from summarizer.embedded.engine import Engine, shared
from summarizer.embedded.weights import cached, ensure, named

if TYPE_CHECKING:
    import threading

    from summarizer.embedded.progress import Notify

__all__ = [
    "CATALOGUE",
    "DEFAULT",
    "Engine",
    "astart",
    "cached",
    "ensure",
    "resolve_model",
    "shared",
    "start",
]

PATIENCE = 2.0
"""Seconds that a start is given to clean up after it was cancelled."""


def resolve_model(model: str | None) -> str | Path:
    """The name in the catalogue, or the path of a GGUF file, that `model` stands for.

    None stands for `DEFAULT`. Raises `ConfigurationError` for a name that is not known.
    """
    if model is None:
        return DEFAULT
    if model not in CATALOGUE and model.lower().endswith(".gguf"):
        return Path(model).expanduser()
    return named(model).name


def start(
    model: str | None = None,
    *,
    notify: Notify | None = None,
    stop: threading.Event | None = None,
) -> Engine:
    """The engine for `model`, with its weights fetched and itself started if need be.

    The first time ever this downloads about a gigabyte; the first time in a process it takes
    some seconds. For `notify` and `stop` see `ensure`.

    Raises:
        ConfigurationError: `model` is neither a known name nor a GGUF file.
        EmbeddedError: the weights can't be had, or the engine did not start.
    """
    found = resolve_model(model)
    path = ensure(found, notify=notify, stop=stop) if isinstance(found, str) else found
    return shared(path, stop=stop)


async def astart(model: str | None = None, *, notify: Notify | None = None) -> Engine:
    """`start`, in a thread of its own; a cancelled task ends the fetch and the child processes."""
    import asyncio
    import threading

    loop, stop = asyncio.get_running_loop(), threading.Event()
    outcome: asyncio.Future[Engine] = loop.create_future()
    finished = threading.Event()

    def settle(engine: Engine | None, error: BaseException | None) -> None:
        if outcome.cancelled():
            return
        if engine is not None:
            outcome.set_result(engine)
        elif error is not None:
            outcome.set_exception(error)

    def work() -> None:
        engine, failure = None, None
        try:
            engine = start(model, notify=notify, stop=stop)
        except BaseException as error:  # noqa: BLE001  # raised again in the task that waits
            failure = error
        finished.set()
        with suppress(RuntimeError):  # the loop is closed, and nobody waits any more
            loop.call_soon_threadsafe(settle, engine, failure)

    # A daemon: a program that ends doesn't wait for a gigabyte.
    threading.Thread(target=work, name="summarizer-start", daemon=True).start()
    try:
        return await outcome
    except asyncio.CancelledError:
        stop.set()
        await asyncio.to_thread(finished.wait, PATIENCE)
        raise
