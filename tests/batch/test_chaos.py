"""An endpoint with every fault there is: each document has one line, and nearly all a record."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from batch_runs import asked_for, lines, number_of, settings_for, start, write_feed
from filling import fill

from summarizer.testing import (
    Answer,
    Request,
    ScriptedEndpoint,
    dropped,
    null_choices,
    rate_limited,
    refused,
    server_error,
    truncated,
)

TIMEOUT = 3.0
REFUSED = {7, 77}
"""Articles that the model declines, however often it is asked."""
FAULTS: list[tuple[float, Callable[[str], Answer]]] = [
    (0.10, lambda _: rate_limited(0.05)),
    (0.025, lambda _: server_error(500)),
    (0.025, lambda _: server_error(503)),
    (0.01, lambda whole: Answer(whole, delay=10 * TIMEOUT)),
    (0.02, lambda _: dropped()),
    (0.05, lambda whole: Answer(whole[: len(whole) // 2])),
    (0.05, lambda _: Answer("As a language model, I have read the article with interest.")),
    (0.02, lambda _: null_choices()),
    (0.03, lambda whole: truncated(whole[: 2 * len(whole) // 3])),
]


@dataclass
class Chaos:
    """A script that breaks down at random, and counts how."""

    chance: random.Random = field(default_factory=lambda: random.Random(20310506))
    met: Counter[int] = field(default_factory=Counter)

    def __call__(self, request: Request) -> Answer:
        if number_of(request) in REFUSED:
            return refused()
        whole = str(fill(request).payload(request).decode())
        content = json.loads(whole)["choices"][0]["message"]["content"]
        drawn = self.chance.random()
        for number, (share, fault) in enumerate(FAULTS):
            if drawn < share:
                self.met[number] += 1
                return fault(content)
            drawn -= share
        return Answer(content, delay=0.02)


def survives(tmp_path: Path, number: int, seconds: float, *, failing: int) -> None:
    feed, out = tmp_path / "feed.jsonl", tmp_path / "out.jsonl"
    ids = write_feed(feed, number)
    chaos = Chaos()
    with ScriptedEndpoint(chaos) as server:
        env = settings_for(server, tmp_path / "cache")
        with start(feed, "-o", out, "--timeout", str(TIMEOUT), env=env) as process:
            stdout, stderr = process.communicate(timeout=seconds)
        assert process.returncode == 1, stderr.decode()  # some are refused
        summary = json.loads(stdout)
        found = lines(out)
        assert Counter(line["id"] for line in found) == Counter(ids)
        failed = {line["id"]: line["error"] for line in found if line["status"] == "failed"}
        for name in (f"d{i}" for i in REFUSED):
            error = failed.pop(name)
            assert (error["type"], error["retryable"]) == ("Refused", False)
        assert len(failed) <= failing
        assert all(error["retryable"] for error in failed.values())
        # Nothing is asked that is not counted; some that are counted found no open connection.
        arrived = len(server.requests)
        assert arrived <= summary["usage"]["calls"] <= 1.05 * arrived
        assert set(asked_for(server)) == set(range(number))
    assert summary["documents"]["ok"] == number - len(failed) - len(REFUSED)
    assert chaos.met.total() > number / 10


@pytest.mark.local_server
def test_a_hundred_and_fifty_documents_survive_chaos(tmp_path: Path) -> None:
    # One in three hundred fails, by chance: of so few, one in a hundred would be too many at times.
    survives(tmp_path, 150, 120, failing=4)


@pytest.mark.slow
@pytest.mark.local_server
def test_two_thousand_documents_survive_chaos(tmp_path: Path) -> None:
    survives(tmp_path, 2000, 900, failing=20)


@pytest.mark.local_server
def test_what_may_pass_is_asked_again_at_least_twice(tmp_path: Path) -> None:
    feed, out = tmp_path / "feed.jsonl", tmp_path / "out.jsonl"
    faults = [null_choices(), Answer("No JSON at all."), rate_limited(0), dropped()]
    write_feed(feed, len(faults))
    asked: Counter[int] = Counter()

    def script(request: Request) -> Answer:
        number = number_of(request)
        asked[number] += 1
        return faults[number] if asked[number] <= 2 else fill(request)

    with ScriptedEndpoint(script) as server:
        env = settings_for(server, tmp_path / "cache")
        with start(feed, "-o", out, env=env) as process:
            _, stderr = process.communicate(timeout=120)
    assert process.returncode == 0, stderr.decode()
    assert [line["status"] for line in lines(out)] == ["ok"] * len(faults)
    assert asked == dict.fromkeys(range(len(faults)), 3)
