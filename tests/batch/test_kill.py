"""Killed at any moment and started again, a batch comes to what an unbroken one comes to."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from batch_runs import asked_for, comparable, settings_for, start, write_feed
from filling import fill

from summarizer.testing import ScriptedEndpoint

AT_ONCE = 8
MOST_UNDER_WAY = AT_ONCE + 1 + AT_ONCE // 4
DELAY = 0.05

pytestmark = pytest.mark.local_server


@pytest.fixture
def server() -> Iterator[ScriptedEndpoint]:
    with ScriptedEndpoint(lambda request: replace(fill(request), delay=DELAY)) as endpoint:
        yield endpoint


def killed_and_resumed(
    server: ScriptedEndpoint,
    tmp_path: Path,
    *,
    documents: int,
    kills: int,
    cache: str,
    ordered: bool = False,
) -> None:
    feed, out = tmp_path / "feed.jsonl", tmp_path / "out.jsonl"
    ids = write_feed(feed, documents)
    chance = random.Random(documents)
    env = settings_for(server, tmp_path / "cache")
    order = ("--ordered",) if ordered else ()
    command = (feed, "-o", out, "--concurrency", str(AT_ONCE), "--cache", cache, *order)
    done = 0
    for kill in range(kills):
        until = documents * (kill + chance.random()) / kills
        process = start(*command, env=env)
        while len(server.requests) < until and process.poll() is None:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 2 * DELAY))
        process.kill()
        process.communicate()
        done += process.returncode == 0
    with start(*command, env=env) as last:
        _, stderr = last.communicate(timeout=600)
    assert last.returncode == 0, stderr.decode()
    assert not done, "it was done before the last kill"
    # A batch that is killed loses what is under way, and is asked for that once more.
    asked = asked_for(server)
    assert set(asked) == set(range(documents))
    assert asked.total() <= documents + kills * MOST_UNDER_WAY

    server.requests.clear()
    unbroken = tmp_path / "unbroken.jsonl"
    with start(feed, "-o", unbroken, "--concurrency", str(AT_ONCE), env=env) as other:
        other.communicate(timeout=600)
    assert len(server.requests) == (0 if cache == "on" else documents)
    assert comparable(out) == comparable(unbroken)
    assert set(comparable(out)) == set(ids)
    if ordered:
        assert list(comparable(out)) == ids


def test_killed_three_times_it_comes_to_the_same(server: ScriptedEndpoint, tmp_path: Path) -> None:
    killed_and_resumed(server, tmp_path, documents=60, kills=3, cache="off")


def test_killed_and_in_order_it_asks_for_nothing_that_the_cache_has(
    server: ScriptedEndpoint, tmp_path: Path
) -> None:
    killed_and_resumed(server, tmp_path, documents=60, kills=2, cache="on", ordered=True)


@pytest.mark.slow
@pytest.mark.parametrize("cache", ["off", "on"])
def test_killed_twenty_times_it_comes_to_the_same(
    server: ScriptedEndpoint, tmp_path: Path, cache: str
) -> None:
    killed_and_resumed(server, tmp_path, documents=2000, kills=20, cache=cache)
