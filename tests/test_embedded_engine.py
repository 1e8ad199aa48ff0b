"""The engine: closed to others, one per process, and gone with it."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from summarizer import embedded
from summarizer.embedded import CATALOGUE, DEFAULT, Engine, engine, shared
from summarizer.errors import ConfigurationError, EngineFailed, EngineMissing

if TYPE_CHECKING:
    import httpx2

CONTEXT = 1024
"""Enough for these tests, and soon started."""


@pytest.fixture(scope="module")
def running() -> Iterator[Engine]:
    path = embedded.cached(DEFAULT)
    assert path is not None, "the weights are not in the cache: summarizer run fetches them"
    yield shared(path, context=CONTEXT)
    engine.close_all()


def ask(running: Engine, path: str, **headers: str) -> httpx2.Response:
    import httpx2

    return httpx2.get(f"{running.base_url}/{path}", headers=headers)


def complete(running: Engine, tokens: int) -> httpx2.Response:
    import httpx2

    return httpx2.post(
        f"{running.base_url}/chat/completions",
        json={
            "model": running.model,
            "messages": [{"role": "user", "content": "Count from one to a thousand."}],
            "max_tokens": tokens,
        },
        headers={"Authorization": f"Bearer {running.api_key}"},
        timeout=120,
    )


# --- without a model -----------------------------------------------------------------------


def test_a_file_that_is_no_model_is_refused_before_anything_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "Popen", never)
    (tmp_path / "text.gguf").write_text("not a model")
    for name in ("text.gguf", "missing.gguf", "."):
        with pytest.raises(ConfigurationError):
            shared(tmp_path / name)


def test_without_the_engine_s_package_the_error_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(EngineMissing, match=r"situation-summarizer\[local\]"):
        shared(empty_model(tmp_path))


def empty_model(folder: Path) -> Path:
    """A GGUF file with nothing in it."""
    path = folder / "empty.gguf"
    path.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, 0, 0))
    return path


# --- with the real one ---------------------------------------------------------------------


@pytest.mark.weights
def test_a_model_that_llama_cpp_can_t_load_is_an_error_with_its_reason(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(EngineFailed, match=r"empty\.gguf: .*(model|tensor)"):
        shared(empty_model(tmp_path))
    assert capfd.readouterr() == ("", "")


@pytest.mark.weights
@pytest.mark.parametrize("path", ["models", "../props", "../slots", "../metrics", "../tokenize"])
def test_a_call_without_the_key_is_refused(running: Engine, path: str) -> None:
    assert ask(running, path).status_code == 401
    assert ask(running, path, Authorization="Bearer wrong").status_code == 401


@pytest.mark.weights
def test_with_the_key_it_tells_its_model_and_counts_tokens(running: Engine) -> None:
    import httpx2

    key = {"Authorization": f"Bearer {running.api_key}"}
    assert ask(running, "models", **key).json()["data"][0]["id"] == running.model == DEFAULT
    answer = httpx2.post(
        f"{running.base_url.removesuffix('/v1')}/tokenize", json={"content": "Hello"}, headers=key
    )
    assert len(answer.json()["tokens"]) == 1


@pytest.mark.weights
@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_no_page_in_a_browser_is_let_in(running: Engine, method: str) -> None:
    import httpx2

    origin = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    for path in ("models", "chat/completions", "../health"):
        answer = httpx2.request(method, f"{running.base_url}/{path}", headers=origin)
        assert not answer.headers.get("access-control-allow-origin")
        assert answer.headers.get("access-control-allow-credentials", "false") == "false"


@pytest.mark.weights
@pytest.mark.skipif(sys.platform != "linux", reason="127.0.0.2 is this machine on Linux only")
def test_it_listens_on_one_address_only(running: Engine) -> None:
    port = int(running.base_url.split(":")[2].split("/")[0])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", port), timeout=2)


@pytest.mark.weights
def test_threads_that_ask_get_the_same_engine(running: Engine) -> None:
    found: list[Engine] = []
    threads = [
        threading.Thread(target=lambda: found.append(shared(running.path, context=CONTEXT)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [running] * 4


@pytest.mark.weights
def test_it_answers_and_says_nothing_on_its_own(
    running: Engine, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = complete(running, 4).json()
    assert answer["choices"][0]["message"]["content"]
    assert answer["usage"]["completion_tokens"] == 4
    assert capfd.readouterr() == ("", "")


@pytest.mark.weights
def test_its_key_is_in_no_repr_and_on_no_command_line(running: Engine) -> None:
    assert running.api_key not in repr(running)
    assert running.api_key not in " ".join(map(str, running._process.args))  # type: ignore[arg-type]  # a list of strings
    assert len(running.api_key) >= 32


@pytest.mark.weights
def test_its_identity_is_the_hash_of_its_weights(running: Engine) -> None:
    assert running.identity == CATALOGUE[DEFAULT].sha256


@pytest.mark.weights
def test_an_engine_that_died_is_started_anew_and_takes_no_more_context_than_the_model(
    running: Engine,
) -> None:
    try:
        first = shared(running.path, context=10**7)
    except EngineFailed:
        pytest.skip("not enough memory for the whole context of the model")
    assert first.context == 32768
    os.kill(first._process.pid, signal.SIGTERM)
    first._process.wait()
    assert not first.alive
    second = shared(running.path, context=10**7)
    assert second is not first
    assert second.alive
    second.close()
    second.close()
    assert not second.alive


@pytest.mark.weights
def test_a_start_that_is_cancelled_leaves_the_event_loop_free_and_no_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # An engine that another test left running would be taken, and nothing started.
    monkeypatch.setattr(engine, "_engines", {})

    async def cancelled() -> None:
        beats = 0
        task = asyncio.create_task(embedded.astart())
        while beats < 25:  # a quarter of a second: a start takes longer on any machine
            await asyncio.sleep(0.01)
            beats += 1
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    before = children()
    asyncio.run(cancelled())
    assert children() == before


def test_an_interrupt_does_not_wait_for_a_process_that_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import _thread

    script, ended = tmp_path / "silent.py", tmp_path / "ended"
    script.write_text(f"import time\ntime.sleep(60)\nopen({str(ended)!r}, 'w')\n")
    monkeypatch.setattr(engine, "SCRIPT", script)
    monkeypatch.setattr(engine, "longest_context", lambda _: None)
    monkeypatch.setattr(engine, "_engines", {})
    before = children()
    threading.Timer(0.5, _thread.interrupt_main).start()
    with pytest.raises(KeyboardInterrupt):
        shared(tmp_path / "text.gguf")
    assert not ended.exists()
    assert children() == before


@pytest.mark.weights
def test_an_interrupt_while_it_loads_leaves_no_process(running: Engine) -> None:
    import _thread

    before = children()
    threading.Timer(0.5, _thread.interrupt_main).start()
    with pytest.raises(KeyboardInterrupt):
        shared(running.path, context=CONTEXT + 1)
    assert children() == before


def children() -> set[str]:
    """The processes that this one started and that still run."""
    if not Path("/proc/self/task").exists():
        return set()
    lists = [path.read_text() for path in Path("/proc/self/task").glob("*/children")]
    return set(" ".join(lists).split())


PROGRAM = """
import os, sys, threading, time
import httpx2
from summarizer import embedded
path = embedded.cached(embedded.DEFAULT)
engine = embedded.shared(path, context=512)
def generate(tokens=-1):
    try:
        httpx2.post(engine.base_url + "/chat/completions", timeout=60,
            json={"messages": [{"role": "user", "content": "Count."}], "max_tokens": tokens},
            headers={"Authorization": "Bearer " + engine.api_key})
        print("generated", file=sys.stderr)
    except httpx2.HTTPError:
        pass
thread = threading.Thread(target=generate, daemon=True)
if sys.argv[1] != "fork":
    thread.start()
    time.sleep(0.5)
print(engine._process.pid, flush=True)
"""

ENDINGS = {
    "exit": ("", 0),
    "error": ("raise SystemExit(3)", 3),
    "interrupt": ("time.sleep(600)", -signal.SIGINT),
    "killed": ("os.kill(os.getpid(), 9)", -9),
    "fork": (
        """
child = os.fork()
if child == 0:
    assert not embedded.engine._engines
    assert not engine.alive
    engine.close()
    sys.exit(5)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 5
assert engine.alive
generate(tokens=2)
""",
        0,
    ),
}


@pytest.mark.weights
@pytest.mark.skipif(sys.platform == "win32", reason="signals and fork")
@pytest.mark.parametrize("ending", ENDINGS)
def test_it_ends_with_its_process_however_that_ends(ending: str) -> None:
    code, status = ENDINGS[ending]
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM + code, ending],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    pid = int(process.stdout.readline())
    if ending == "interrupt":
        process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == status, err
    assert ("Traceback" in err) == (ending == "interrupt")
    # What it was writing, with a limit only of its context, is not waited for.
    assert ("generated" in err) == (ending == "fork")
    deadline = time.monotonic() + 60
    while running_still(pid):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def running_still(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text().split()[2] == "Z")
