from __future__ import annotations

import asyncio
import contextvars
import gc
import subprocess
import sys
import threading
import time
import weakref

import pytest

from summarizer.loop import BackgroundLoop, PerLoop

VALUE: contextvars.ContextVar[str] = contextvars.ContextVar("value", default="unset")


async def give(value: str) -> str:
    await asyncio.sleep(0)
    return value


async def give_context() -> str:
    await asyncio.sleep(0)
    return VALUE.get()


async def fail() -> None:
    await asyncio.sleep(0)
    raise KeyError("inside")


def test_it_returns_and_raises_what_the_coroutine_does() -> None:
    loop = BackgroundLoop()
    assert loop.run(give("a")) == "a"
    with pytest.raises(KeyError, match="inside"):
        loop.run(fail())
    assert loop.run(give("b")) == "b"
    loop.close()


def test_it_works_inside_a_running_loop() -> None:
    loop = BackgroundLoop()

    async def notebook() -> str:
        return loop.run(give("from a cell"))

    assert asyncio.run(notebook()) == "from a cell"
    loop.close()


def test_ten_threads_share_one_loop() -> None:
    loop = BackgroundLoop()
    results: dict[int, str] = {}

    def work(number: int) -> None:
        VALUE.set(str(number))
        for _ in range(20):
            results[number] = loop.run(give_context())

    threads = [threading.Thread(target=work, args=(n,)) for n in range(10)]
    before = threading.active_count()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {n: str(n) for n in range(10)}
    assert threading.active_count() == before + 1
    loop.close()
    assert threading.active_count() == before


def test_the_coroutine_sees_the_context_of_the_caller() -> None:
    loop = BackgroundLoop()
    token = VALUE.set("mine")
    assert loop.run(give_context()) == "mine"
    VALUE.reset(token)
    assert loop.run(give_context()) == "unset"
    loop.close()


def test_an_interrupt_cancels_the_coroutine_and_waits_for_its_cleanup() -> None:
    code = """
import asyncio, signal, os, threading
from summarizer.loop import BackgroundLoop
async def work():
    try:
        threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
        await asyncio.sleep(60)
    finally:
        await asyncio.sleep(0.05)
        print("cleaned up")
loop = BackgroundLoop()
try:
    loop.run(work())
except KeyboardInterrupt:
    print("interrupted")
loop.close()
"""
    done = run_python(code)
    assert done.stdout == "cleaned up\ninterrupted\n"
    assert done.stderr == ""


def test_closing_cancels_what_runs_and_makes_no_noise() -> None:
    loop = BackgroundLoop()
    started = threading.Event()
    outcome: list[RuntimeError] = []

    async def long() -> None:
        started.set()
        await asyncio.sleep(60)

    def work() -> None:
        try:
            loop.run(long())
        except RuntimeError as error:
            outcome.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    started.wait(5)
    loop.close()
    thread.join(5)
    assert "given up" in str(outcome[0])
    gc.collect()  # "Task was destroyed" and "never awaited" would be errors here


def test_closing_twice_is_idle_and_a_closed_loop_says_so() -> None:
    loop = BackgroundLoop()
    loop.run(give("a"))
    loop.close()
    loop.close()
    with pytest.raises(RuntimeError, match="closed"):
        loop.run(give("b"))
    BackgroundLoop().close()


def test_a_call_from_the_loop_itself_is_refused_instead_of_hanging() -> None:
    loop = BackgroundLoop()

    async def inner() -> str:
        return loop.run(give("never"))

    with pytest.raises(RuntimeError, match="on the loop"):
        loop.run(inner())
    loop.close()


def test_a_loop_that_nobody_closed_stops_when_it_is_collected() -> None:
    loop = BackgroundLoop("forgotten")
    loop.run(give("a"))
    del loop
    gc.collect()
    deadline = time.monotonic() + 60
    while any(t.name == "forgotten" for t in threading.enumerate()):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_process_that_forgets_to_close_ends_silently() -> None:
    code = """
import asyncio
from summarizer.loop import BackgroundLoop
async def start():
    asyncio.create_task(asyncio.sleep(60))
loop = BackgroundLoop()
loop.run(start())
"""
    done = run_python(code)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_forked_child_gets_a_thread_of_its_own() -> None:
    code = """
import os
from summarizer.loop import BackgroundLoop
async def give(): return 7
loop = BackgroundLoop()
assert loop.run(give()) == 7
pid = os.fork()
if pid == 0:
    os._exit(loop.run(give()))
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
"""
    assert run_python(code).stdout == "7\n"


def test_asyncio_is_not_imported_before_it_is_needed() -> None:
    code = "import sys, summarizer.loop as l; l.BackgroundLoop(); print('asyncio' in sys.modules)"
    assert run_python(code).stdout == "False\n"


class Thing:
    def __init__(self) -> None:
        self.home = asyncio.get_running_loop()
        self.closed_in: asyncio.AbstractEventLoop | None = None

    async def close(self) -> None:
        self.closed_in = asyncio.get_running_loop()


def test_each_loop_gets_an_object_of_its_own_which_is_closed_at_home() -> None:
    loop = BackgroundLoop()
    things = PerLoop(Thing, Thing.close)

    async def get() -> Thing:
        assert things.get() is things.get()
        return things.get()

    there = loop.run(get())

    async def here() -> Thing:
        mine = await get()
        await things.aclose()
        return mine

    mine = asyncio.run(here())
    assert mine is not there
    assert mine.closed_in is mine.home
    assert there.closed_in is there.home
    assert loop.run(get()) is not there
    loop.close()


def test_what_nobody_closed_is_closed_at_home_when_its_loop_ends() -> None:
    things = PerLoop(Thing, Thing.close)

    async def get() -> Thing:
        return things.get()

    thing = asyncio.run(get())
    assert thing.closed_in is thing.home
    thing.closed_in = None
    asyncio.run(things.aclose())
    assert thing.closed_in is None


def test_the_object_of_a_loop_that_ended_goes_with_the_next() -> None:
    things = PerLoop(Thing, Thing.close)

    async def get() -> weakref.ref[Thing]:
        return weakref.ref(things.get())

    def closed_by_hand() -> weakref.ref[Thing]:
        loop = asyncio.new_event_loop()
        try:
            return loop.run_until_complete(get())
        finally:
            loop.close()

    gone = [asyncio.run(get()), closed_by_hand(), asyncio.run(get())]
    gc.collect()
    assert [thing() is None for thing in gone] == [True, True, False]


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-X", "dev", "-c", code],
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
