"""The embedded engine: llama.cpp with its OpenAI-compatible server, for this process alone.

It runs in a child process, started with the first use and ended with this one. Inside this
process it would hold the interpreter's lock for the seconds that loading takes, which stops
every thread and event loop; it would wait for a request under way, or crash, when Python ends;
and a failed assertion of its own would end the program that uses it.
"""

from __future__ import annotations

import atexit
import json
import os
import secrets
import sys
import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from summarizer.embedded.catalogue import CATALOGUE
from summarizer.embedded.gguf import longest_context
from summarizer.embedded.stamps import cache_folder, file_sha256
from summarizer.errors import EngineFailed, EngineMissing, excerpt

if TYPE_CHECKING:
    from subprocess import Popen
    from typing import BinaryIO

CONTEXT = 16384
"""Tokens of prompt and answer together; of the default weights this takes 450 MB."""

CACHE_MIB = 1024
"""Memory for the state of earlier prompts, so that calls that alternate keep their prefixes."""

SCRIPT = Path(__file__).with_name("llama_process.py")

POLL_SECONDS = 0.1


class Engine:
    """A running engine. `shared` starts one.

    Attributes:
        base_url: Where it listens, on this machine only: "http://127.0.0.1:PORT/v1".
        api_key: What every request must bear; made anew at each start.
        model: The name it answers to: that of the weights, or of the file without its ending.
        context: How many tokens a prompt and its answer may have together.
        path: The file of its weights.
    """

    def __init__(
        self,
        path: Path,
        *,
        context: int = CONTEXT,
        threads: int | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        longest = longest_context(path)
        self.path = path
        self.context = min(context, longest) if longest else context
        self.model = _alias(path)
        self.api_key = secrets.token_urlsafe(32)
        self._process, address = _started(
            {
                "path": [str(entry) for entry in sys.path],
                "model": str(path),
                "alias": self.model,
                "context": self.context,
                "threads": threads or _threads(),
                "cache_mib": CACHE_MIB,
                "api_key": self.api_key,
            },
            stop,
        )
        self.base_url = f"{address}/v1"

    def __repr__(self) -> str:
        return f"Engine({self.model!r}, base_url={self.base_url!r}, context={self.context})"

    @cached_property
    def identity(self) -> str:
        """The SHA-256 of the weights: the same for every start, whatever the port and the key."""
        return file_sha256(self.path, cache_folder())

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def close(self) -> None:
        """End it at once, with whatever it is doing. A second call is idle."""
        _end(self._process)


_engines: dict[tuple[Path, int], Engine] = {}
_lock = threading.Lock()


def shared(
    path: Path,
    *,
    context: int = CONTEXT,
    threads: int | None = None,
    stop: threading.Event | None = None,
) -> Engine:
    """The engine of this process for the weights at `path`, started if it doesn't run yet.

    There is one for each file and `context`, for all threads. It ends with the process. A
    forked child has none of its parent's, and starts its own. Starting blocks for some
    seconds; `stop`, once another thread sets it, gives that up.

    Args:
        path: A GGUF file.
        context: Tokens of prompt and answer together, at most as many as the model takes.
        threads: How many compute; as many as there are cores for it by default.

    Raises:
        ConfigurationError: `path` is no GGUF file.
        EngineMissing: the extra `[local]` is not installed.
        EngineFailed: the engine did not start.
    """
    key = (path.resolve(), context)
    with _lock:
        engine = _engines.get(key)
        if engine is not None and engine.alive:
            return engine
        if engine is not None:
            engine.close()
        engine = _engines[key] = Engine(key[0], context=context, threads=threads, stop=stop)
        return engine


def close_all() -> None:
    """End every engine of this process."""
    with _lock:
        for engine in _engines.values():
            engine.close()
        _engines.clear()


def _forget() -> None:
    """In a forked child: the engines are the parent's, and so is whoever held the lock."""
    global _lock  # noqa: PLW0603  # a lock that was held when the process forked stays held
    _lock = threading.Lock()
    for engine in _engines.values():
        _release(engine._process)
    _engines.clear()


atexit.register(close_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)


def _alias(path: Path) -> str:
    names = (name for name, weights in CATALOGUE.items() if weights.file_name == path.name)
    return next(names, path.stem)


def _threads() -> int:
    """How many threads to ask for: 0, which is one for each core, unless we may use fewer."""
    if not hasattr(os, "sched_getaffinity"):
        return 0
    usable = len(os.sched_getaffinity(0))
    return usable if usable < (os.cpu_count() or 1) else 0


def _started(order: dict[str, Any], stop: threading.Event | None) -> tuple[Popen[bytes], str]:
    """The process that carries out `order`, and the address at which it listens."""
    import subprocess
    import tempfile

    _check_installed()
    with tempfile.TemporaryFile() as messages:
        process = subprocess.Popen(
            # -P: the script's own folder is not a place to import from.
            [sys.executable, "-P", str(SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=messages,
            # Threads that wait for one another by spinning are slowed to a tenth by any other
            # program that wants the cores.
            env={"OMP_WAIT_POLICY": "passive", **os.environ},
            # Ctrl-C is for this process, which decides what becomes of the engine.
            start_new_session=True,
        )
        try:
            answer = _answer(process, order, stop)
            if "address" in answer:
                return process, answer["address"]
            raise _failure(answer, messages, order["model"])
        except BaseException:
            _end(process)
            raise


def _answer(
    process: Popen[bytes], order: dict[str, Any], stop: threading.Event | None
) -> dict[str, str]:
    """What the process says to `order`; nothing if it ended, or `stop` was set, before."""
    orders, answers = cast("BinaryIO", process.stdin), cast("BinaryIO", process.stdout)
    lines: list[bytes] = []
    try:
        orders.write(json.dumps(order).encode() + b"\n")
        orders.flush()
    except BrokenPipeError:
        return {}
    reader = threading.Thread(target=lambda: lines.append(answers.readline()), daemon=True)
    reader.start()
    while reader.is_alive() and not (stop and stop.is_set()):
        reader.join(POLL_SECONDS)
    return json.loads(lines[0]) if lines and lines[0] else {}


def _failure(answer: dict[str, str], messages: BinaryIO, model: str) -> Exception:
    messages.seek(0)
    lines = messages.read().decode("utf-8", "replace").splitlines()
    said = " ".join(line.partition(" E ")[2] or line for line in lines)
    if "missing" in answer:
        return EngineMissing(
            f"The embedded engine can't be loaded: {excerpt(answer['missing'], 300)}.",
            hint="On Linux it needs the system's libgomp (package libgomp1 on Debian).",
        )
    reason = excerpt(said, 400) or answer.get("failed", "it ended without a word")
    return EngineFailed(f"The engine did not start with {model}: {reason}")


def _check_installed() -> None:
    from importlib.util import find_spec

    if not sys.executable:
        raise EngineFailed("There is no Python interpreter to start the engine with.")
    if find_spec("xllamacpp") is None:
        raise EngineMissing(
            "The embedded engine is not installed.",
            hint="Install it with: pip install 'situation-summarizer[local]'; "
            "or use an endpoint, with --base-url.",
        )


def _end(process: Popen[bytes]) -> None:
    process.kill()
    process.wait()
    _release(process)


def _release(process: Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
