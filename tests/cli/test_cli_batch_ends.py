"""How `summarizer batch` ends before its input does, what it says then, and what stays."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from batch_runs import asked_for, number_of, write_feed
from commands import Invoke, Spawn
from filling import fill

from summarizer import Article, Result, Summarizer
from summarizer.batch.appending import Appending
from summarizer.cli.batch.interrupts import interrupts
from summarizer.cli.batch.progress import State
from summarizer.cli.batch.work import TOLD_FAILURES
from summarizer.errors import ConfigurationError
from summarizer.testing import Answer, Request, ScriptedEndpoint, failure
from summarizer.way import Way

Use = Callable[[ScriptedEndpoint], None]
ONE_CALL = ("--on-unsupported", "flag")
USAGE = {"prompt_tokens": 900, "completion_tokens": 100}
PRICES = 'currency = "USD"\n[models.scripted]\ninput = 1\noutput = 1\n'

pytestmark = pytest.mark.local_server


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def summary(invoke: Invoke, *arguments: str | Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        invoke("batch", *arguments, "--format", "json", *ONE_CALL).stdout
    )
    return found


@pytest.mark.parametrize(
    ("limit", "stop"),
    [
        (("--max-tokens", "10000"), "max_tokens"),
        (("--max-cost", "0.01", "--prices", "prices.toml"), "max_cost"),
        (("--max-failures", "5"), "max_failures"),
    ],
)
def test_in_order_too_a_budget_hears_of_what_is_finished_and_waits_to_be_written(
    invoke: Invoke, use: Use, out: Path, limit: tuple[str, ...], stop: str
) -> None:
    write_feed(Path("feed.jsonl"), 60)
    Path("prices.toml").write_text(PRICES)

    def script(request: Request) -> Answer:
        if number_of(request) == 0:
            return Answer({"headline": "Drill"}, usage=USAGE, delay=3.0)
        if stop == "max_failures":
            return Answer("Lovely weather!")
        return Answer({"headline": "Drill"}, usage=USAGE, delay=0.02)

    with ScriptedEndpoint(script) as server:
        use(server)
        options = ("--ordered", "--concurrency", "8", "--cache", "off", *limit)
        found = summary(invoke, "feed.jsonl", "-o", out, *options)
        asked = len(asked_for(server))
    assert found["stopped_by"] == stop
    written = [line["id"] for line in lines(out)]
    assert written == [f"d{i}" for i in range(asked)]
    assert asked <= (5 + 11 if stop == "max_failures" else 11)  # 33 are held back at most


def test_a_document_that_cant_be_done_anew_keeps_its_record_and_is_told(
    invoke: Invoke, endpoint: ScriptedEndpoint, out: Path
) -> None:
    feed = Path("feed.jsonl")
    write_feed(feed, 3)
    right = feed.read_text()
    assert summary(invoke, feed, "-o", out)["documents"]["ok"] == 3
    before = out.read_bytes()
    first, _, rest = right.partition("\n")
    feed.write_text(first.replace('"text"', '"txet"') + "\n" + rest)
    for _ in range(2):  # the next start tries again
        done = invoke("batch", feed, "-o", out, *ONE_CALL)
        assert done.exit_code == 1
        assert "Failed: d0: " in done.stderr
        assert "The record of before stays." in done.stderr
        assert "documents  0 done, 1 failed\n" in done.stdout
        assert (
            "kept       1 record of before; the same command tries again to renew them"
            in done.stdout
        )
        assert "--retry-failed" not in done.stdout
        assert out.read_bytes() == before
    feed.write_text(right)
    assert invoke("batch", feed, "-o", out, *ONE_CALL).exit_code == 0
    assert len(endpoint.requests) == 3


def test_what_the_endpoint_refuses_to_do_again_keeps_its_records(
    invoke: Invoke, use: Use, out: Path
) -> None:
    write_feed(Path("feed.jsonl"), 4)
    with ScriptedEndpoint(fill) as server:
        use(server)
        summary(invoke, "feed.jsonl", "-o", out)
    before = out.read_bytes()
    with ScriptedEndpoint([failure(400, "Not now.")]) as server:
        use(server)
        again = ("feed.jsonl", "-o", out, "--seed", "7", "--on-changed", "redo")
        documents = summary(invoke, *again)["documents"]
    assert (documents["ok"], documents["failed"], documents["kept"]) == (0, 4, 4)
    assert out.read_bytes() == before


def test_so_many_failures_are_said_one_by_one(
    invoke: Invoke, endpoint: ScriptedEndpoint, out: Path
) -> None:
    feed = Path("feed.jsonl")
    feed.write_text("".join(f'{{"id": "d{i}"}}\n' for i in range(TOLD_FAILURES)))
    said = invoke("batch", feed, "-o", out, *ONE_CALL).stderr
    assert said.count("Failed: d") == TOLD_FAILURES
    assert said.count("Further failures are only written to ") == 1
    feed.write_text("".join(f'{{"id": "e{i}"}}\n' for i in range(TOLD_FAILURES + 5)))
    more = invoke("batch", feed, "-o", out, *ONE_CALL).stderr
    assert more.count("Failed: e") == TOLD_FAILURES
    assert more.count("Further failures are only written to ") == 1
    feed.write_text("".join(f'{{"id": "f{i}"}}\n' for i in range(TOLD_FAILURES - 1)))
    assert "Further" not in invoke("batch", feed, "-o", out, *ONE_CALL).stderr


def test_a_result_that_json_cant_hold_counts_as_a_failure_and_is_said(
    invoke: Invoke, endpoint: ScriptedEndpoint, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Way.summarize

    async def broken(self: Way, article: Article) -> Result[Any]:
        found: Result[Any] = await kept(self, article)
        return found.model_copy(update={"article": article.model_copy(update={"url": "\ud800"})})

    monkeypatch.setattr(Way, "summarize", broken)
    write_feed(Path("feed.jsonl"), 12)
    limits = ("--concurrency", "1", "--max-failures", "2", "--format", "json")
    done = invoke("batch", "feed.jsonl", "-o", out, *limits, *ONE_CALL)
    found = json.loads(done.stdout)
    assert done.exit_code == 1
    assert found["stopped_by"] == "max_failures"
    assert found["documents"]["ok"] == 0
    assert 2 <= found["documents"]["failed"] == len(lines(out)) <= 4
    assert "Failed: d0: What came of it can't be written as JSON." in done.stderr


def test_an_article_that_is_forbidden_is_a_line_and_the_others_are_done(
    invoke: Invoke, use: Use, out: Path
) -> None:
    write_feed(Path("feed.jsonl"), 12)

    def script(request: Request) -> Answer:
        return failure(403, "Blocked.") if number_of(request) == 0 else fill(request)

    with ScriptedEndpoint(script) as server:
        use(server)
        found = summary(invoke, "feed.jsonl", "-o", out, "--concurrency", "1")
    assert (found["documents"]["ok"], found["documents"]["failed"]) == (11, 1)
    assert found["stopped_by"] is None
    (failed,) = [line for line in lines(out) if line["status"] == "failed"]
    assert (failed["id"], failed["error"]["type"]) == ("d0", "PermissionDenied")


def test_an_error_that_ends_the_work_is_in_the_summary_for_programs(
    invoke: Invoke, endpoint: ScriptedEndpoint, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_feed(Path("feed.jsonl"), 3)
    monkeypatch.setenv("SUMMARIZER_API_KEY", "sk-wrong")
    found = summary(invoke, "feed.jsonl", "-o", out)
    assert found["stopped_by"] == "error"
    assert found["error"]["type"] == "AuthenticationFailed"
    assert "401" in found["error"]["message"]
    assert found["documents"]["ok"] == 0


@pytest.mark.parametrize("broken", ["append", "close"])
def test_a_disk_that_takes_no_more_is_in_the_summary_for_programs(
    invoke: Invoke,
    endpoint: ScriptedEndpoint,
    out: Path,
    monkeypatch: pytest.MonkeyPatch,
    broken: str,
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    write_feed(Path("feed.jsonl"), 3)
    if broken == "close":
        kept = Appending.close
        monkeypatch.setattr(Appending, broken, lambda self: (kept(self), full()))
    else:
        monkeypatch.setattr(Appending, broken, full)
    done = invoke("batch", "feed.jsonl", "-o", out, "--format", "json", *ONE_CALL)
    assert done.exit_code == 1
    assert "No space left" in done.stderr
    found = json.loads(done.stdout)
    assert (found["stopped_by"], found["error"]["type"]) == ("error", "SummarizerError")
    assert "No space left" in found["error"]["message"]


def test_each_allowance_is_the_one_that_was_named(
    invoke: Invoke, endpoint: ScriptedEndpoint, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paces: list[dict[str, Any]] = []

    async def paced(self: Summarizer[Any], **pace: Any) -> Any:
        paces.append(pace)
        raise ConfigurationError("Enough is seen.")

    write_feed(Path("feed.jsonl"), 1)
    monkeypatch.setattr(Summarizer, "paced", paced)
    invoke("batch", "feed.jsonl", "-o", out, "--concurrency", "3", "--rpm", "60", "--tpm", "9000")
    assert paces == [
        {"concurrency": 3, "requests_per_minute": 60.0, "tokens_per_minute": 9000.0},
    ]


@pytest.mark.parametrize(("limit", "total"), [("2", 2), ("9", 6)])
def test_the_time_left_is_of_no_more_documents_than_will_be_done(
    invoke: Invoke,
    use: Use,
    out: Path,
    monkeypatch: pytest.MonkeyPatch,
    limit: str,
    total: int,
) -> None:
    states: list[State] = []

    @contextmanager
    def shown() -> Iterator[Callable[[State], None]]:
        yield states.append

    monkeypatch.setattr("summarizer.cli.batch.progress.shown", shown)
    write_feed(Path("feed.jsonl"), 6)
    with ScriptedEndpoint(lambda request: replace(fill(request), delay=0.5)) as server:
        use(server)
        invoke("batch", "feed.jsonl", "-o", out, "--limit", limit, *ONE_CALL)
    assert (states[-1].finished, states[-1].total) == (total, total)


def test_sigterm_finishes_what_is_under_way(spawn: Spawn, use: Use, out: Path) -> None:
    write_feed(Path("feed.jsonl"), 6)
    with ScriptedEndpoint(lambda request: replace(fill(request), delay=1.0)) as server:
        use(server)
        process = spawn("batch", Path("feed.jsonl").resolve(), "-o", out, "--concurrency", "1")
        end = time.monotonic() + 60
        while not server.requests:
            assert time.monotonic() < end
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        stdout, stderr = process.communicate(timeout=60)
        assert process.returncode == 130
        assert b"under way will be finished" in stderr
        assert b"stopped    by an interrupt; the same command goes on" in stdout
        assert 1 <= len(lines(out)) <= 3


def test_an_interrupt_ends_the_wait_for_what_is_fetched_before_any_work(
    invoke: Invoke, endpoint: ScriptedEndpoint, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[str] = []

    async def paced(self: Summarizer[Any], **pace: Any) -> Any:
        os.kill(os.getpid(), signal.SIGINT)
        try:
            await asyncio.sleep(20)
        except asyncio.CancelledError:
            ended.append("broken off")
            raise
        raise ConfigurationError("It was fetched.")

    write_feed(Path("feed.jsonl"), 1)
    monkeypatch.setattr(Summarizer, "paced", paced)
    assert invoke("batch", "feed.jsonl", "-o", out, *ONE_CALL).exit_code == 130
    assert ended == ["broken off"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_second_signal_cancels_and_an_ignored_one_stays_ignored(number: signal.Signals) -> None:
    stopped: list[None] = []

    async def main() -> None:
        with interrupts(lambda: stopped.append(None)):
            for _ in range(2):
                os.kill(os.getpid(), number)
                await asyncio.sleep(0.05)

    before = signal.getsignal(number)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(main())
    assert len(stopped) == 1
    assert signal.getsignal(number) == before
    signal.signal(number, signal.SIG_IGN)
    try:
        asyncio.run(main())
        assert signal.getsignal(number) is signal.SIG_IGN
    finally:
        signal.signal(number, before)
    assert len(stopped) == 1
