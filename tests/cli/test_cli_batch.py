"""`summarizer batch`: a line for each document, resumed, within budgets, and told in figures."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from batch_runs import write_feed
from commands import Invoke, Spawn
from filling import fill

from summarizer.pacing import notices
from summarizer.testing import (
    Answer,
    Request,
    ScriptedEndpoint,
    dropped,
    failure,
    rate_limited,
)

Use = Callable[[ScriptedEndpoint], None]
# One call for each document: what is filled in would be asked for once more.
ONE_CALL = ("--on-unsupported", "flag")
PRICES = 'currency = "USD"\n[models.scripted]\ninput = 100\noutput = 200\n'

pytestmark = pytest.mark.local_server


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path / "cache"))


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder of six articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for i in range(6):
        text = f"Veldmark and Ostrava opened the naval drill Clear Water {i} on Monday.\n"
        (folder / f"a{i}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


@pytest.fixture
def slow(use: Use) -> Iterator[ScriptedEndpoint]:
    """An endpoint that takes its time."""
    with ScriptedEndpoint(lambda request: replace(fill(request), delay=1.0)) as server:
        use(server)
        yield server


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def names(path: Path) -> list[str]:
    return sorted(Path(line["id"]).name for line in lines(path))


def failing_for(text: str) -> Callable[[Request], Answer]:
    def script(request: Request) -> Answer:
        return failure(400, "No such article.") if text in request.prompt else fill(request)

    return script


def test_each_document_is_a_line_and_stdout_is_the_summary(
    invoke: Invoke, endpoint: ScriptedEndpoint, articles: Path, out: Path
) -> None:
    done = invoke("batch", articles, "-o", out, *ONE_CALL)
    assert done.exit_code == 0, done.stderr
    assert names(out) == [f"a{i}.txt" for i in range(6)]
    assert {line["status"] for line in lines(out)} == {"ok"}
    assert "documents  6 done, 0 failed\n" in done.stdout
    assert "calls      6, 0 of them re-asks\n" in done.stdout
    assert done.stderr == ""
    assert endpoint.api_key not in out.read_text() + done.output


def test_the_summary_as_json_adds_up_what_the_lines_say(
    invoke: Invoke, endpoint: ScriptedEndpoint, articles: Path, out: Path, tmp_path: Path
) -> None:
    prices = tmp_path / "prices.toml"
    prices.write_text(PRICES)
    args = ("--format", "json", "--prices", prices, *ONE_CALL)
    found = json.loads(invoke("batch", articles, "-o", out, *args).stdout)
    usages = [line["usage"] for line in lines(out)]
    for name in ("calls", "prompt_tokens", "completion_tokens", "reasks", "saved_calls"):
        assert found["usage"][name] == sum(usage[name] for usage in usages)
    used = found["usage"]
    cost = (used["prompt_tokens"] * 100 + used["completion_tokens"] * 200) / 1e6
    assert found["cost"] == pytest.approx(cost, abs=1e-6)
    assert (found["currency"], found["stopped_by"], found["error"]) == ("USD", None, None)
    assert found["documents"] == {
        "ok": 6,
        "failed": 0,
        "kept": 0,
        "done_before": 0,
        "failed_before": 0,
        "repeated": 0,
    }
    assert found["settings_hash"] == lines(out)[0]["settings_hash"]
    assert found["seconds"] > 0


def test_started_again_it_does_what_is_new_or_changed_and_nothing_else(
    invoke: Invoke, endpoint: ScriptedEndpoint, articles: Path, out: Path
) -> None:
    invoke("batch", articles, "-o", out, "--limit", "4", *ONE_CALL)
    assert names(out) == ["a0.txt", "a1.txt", "a2.txt", "a3.txt"]
    (articles / "a1.txt").write_text("General Irsa Toll said the ships of Veldmark would stay.\n")
    asked = len(endpoint.requests)
    done = invoke("batch", articles, "-o", out, *ONE_CALL)
    assert done.exit_code == 0
    assert "before     3 done, 0 failed\n" in done.stdout
    assert len(endpoint.requests) - asked == 3
    assert names(out) == [f"a{i}.txt" for i in range(6)]
    before = out.read_bytes()
    invoke("batch", articles, "-o", out, *ONE_CALL)
    assert out.read_bytes() == before


def test_a_document_that_fails_is_a_line_is_told_and_can_be_tried_again(
    invoke: Invoke, use: Use, articles: Path, out: Path
) -> None:
    with ScriptedEndpoint(failing_for("Water 3")) as server:
        use(server)
        done = invoke("batch", articles, "-o", out, *ONE_CALL)
        assert done.exit_code == 1
        assert "Failed: " in done.stderr
        assert "a3.txt" in done.stderr
        again = invoke("batch", articles, "-o", out, *ONE_CALL)
        assert again.exit_code == 1
        assert "before     5 done, 1 failed\n" in again.stdout
        assert "failed     1 in all; --retry-failed does them again\n" in again.stdout
        assert len(server.requests) == 6
    (failed,) = [line for line in lines(out) if line["status"] == "failed"]
    assert failed["error"]["type"] == "RequestRejected"
    assert failed["error"]["retryable"] is False
    assert failed["usage"]["calls"] == 1
    with ScriptedEndpoint(fill) as server:
        use(server)
        done = invoke("batch", articles, "-o", out, "--retry-failed", *ONE_CALL)
        assert (done.exit_code, len(server.requests)) == (0, 1)
    assert names(out) == [f"a{i}.txt" for i in range(6)]
    assert {line["status"] for line in lines(out)} == {"ok"}


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        (("--max-tokens", "1"), "--max-tokens"),
        (("--max-cost", "0.0001", "--prices", "prices.toml"), "--max-cost"),
        (("--max-failures", "1"), "--max-failures"),
    ],
)
def test_a_budget_stops_the_work_and_keeps_what_is_done(
    invoke: Invoke,
    use: Use,
    articles: Path,
    out: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    limit: tuple[str, ...],
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("prices.toml").write_text(PRICES)
    command = ("batch", articles, "-o", out, "--concurrency", "1", *ONE_CALL)
    with ScriptedEndpoint(failing_for("Water 0")) as server:
        use(server)
        done = invoke(*command, *limit)
        assert done.exit_code == 1
        assert f"stopped    by {told}; the same command goes on\n" in done.stdout
        assert 1 <= len(lines(out)) <= 3  # those that were under way are finished
        invoke(*command)
        assert len(server.requests) == 6
    assert names(out) == [f"a{i}.txt" for i in range(6)]


def test_a_budget_is_passed_by_a_document_or_two_however_many_are_under_way(
    invoke: Invoke, use: Use, tmp_path: Path, out: Path
) -> None:
    write_feed(tmp_path / "feed.jsonl", 60)
    usage = {"prompt_tokens": 900, "completion_tokens": 100}
    script = [Answer({"headline": "Drill"}, usage=usage, delay=0.05)]
    with ScriptedEndpoint(script) as server:
        use(server)
        limits = ("--concurrency", "12", "--max-tokens", "20500")
        done = invoke("batch", tmp_path / "feed.jsonl", "-o", out, *limits, *ONE_CALL)
    assert "stopped    by --max-tokens" in done.stdout
    assert 21 <= len(server.requests) == len(lines(out)) <= 23


def test_a_budget_is_not_passed_at_an_endpoint_that_tells_no_tokens(
    invoke: Invoke, use: Use, articles: Path, out: Path
) -> None:
    with ScriptedEndpoint(lambda request: replace(fill(request), usage={"took": 0})) as server:
        use(server)
        limits = ("--concurrency", "1", "--max-tokens", "1000000")
        done = invoke("batch", articles, "-o", out, *limits, *ONE_CALL)
    assert done.exit_code == 1
    assert "stopped    by an endpoint that tells no tokens" in done.stdout
    assert 1 <= len(lines(out)) <= 3


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--max-cost", "1"), "--prices"),
        (("--prices", "prices.toml"), "no price for the model 'scripted'"),
        (("--prices", "none.toml"), "can't be read"),
        (("--concurrency", "0"), "concurrency"),
        (("--id-field",), "--id-field"),
    ],
)
def test_what_can_not_be_is_said_before_any_work(
    invoke: Invoke,
    endpoint: ScriptedEndpoint,
    articles: Path,
    out: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("prices.toml").write_text(PRICES.replace("scripted", "other"))
    done = invoke("batch", articles, "-o", out, *options)
    assert done.exit_code == 2
    assert told in done.stderr
    assert not endpoint.requests
    assert not out.exists()


def test_an_input_that_is_not_there_is_wrong_usage(invoke: Invoke, out: Path) -> None:
    done = invoke("batch", "nowhere", "-o", out)
    assert done.exit_code == 2
    assert "nowhere" in done.stderr


def test_a_wrong_key_ends_the_work_and_is_the_failure_of_no_document(
    invoke: Invoke,
    endpoint: ScriptedEndpoint,
    articles: Path,
    out: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SUMMARIZER_API_KEY", "sk-wrong")
    done = invoke("batch", articles, "-o", out, *ONE_CALL)
    assert done.exit_code == 1
    assert "Error: " in done.stderr
    assert lines(out) == []
    assert done.stdout == ""


def test_other_settings_are_refused_or_done_again(
    invoke: Invoke, endpoint: ScriptedEndpoint, articles: Path, out: Path
) -> None:
    invoke("batch", articles, "-o", out, *ONE_CALL)
    other = ("batch", articles, "-o", out, "--seed", "7", *ONE_CALL)
    refused = invoke(*other)
    assert refused.exit_code == 2
    assert "--on-changed redo" in refused.stderr
    assert len(endpoint.requests) == 6
    assert invoke(*other, "--on-changed", "redo").exit_code == 0
    assert len(endpoint.requests) == 12
    assert names(out) == [f"a{i}.txt" for i in range(6)]


def test_answers_are_kept_and_another_run_asks_for_none(
    invoke: Invoke, endpoint: ScriptedEndpoint, articles: Path, tmp_path: Path
) -> None:
    def run(name: str, *more: str) -> dict[str, Any]:
        args = ("--format", "json", *ONE_CALL, *more)
        found: dict[str, Any] = json.loads(invoke("batch", articles, "-o", name, *args).stdout)
        return found

    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    paid = run(str(first))["usage"]
    saved = run(str(second))["usage"]
    assert (paid["calls"], paid["saved_calls"]) == (6, 0)
    assert (saved["calls"], saved["saved_calls"]) == (0, 6)
    assert saved["saved_prompt_tokens"] == paid["prompt_tokens"]
    found = [sorted(lines(path), key=lambda line: str(line["id"])) for path in (first, second)]
    for one in (*found[0], *found[1]):
        del one["usage"]
    assert found[0] == found[1]
    assert run(str(tmp_path / "3.jsonl"), "--cache", "off")["usage"]["calls"] == 6
    other = str(tmp_path / "other.sqlite")
    read_only = ("--cache", "read-only")
    assert run(str(tmp_path / "4.jsonl"), *read_only)["usage"]["calls"] == 0
    assert run(str(tmp_path / "5.jsonl"), "--cache-file", other)["usage"]["calls"] == 6


def test_what_holds_it_up_for_long_is_told_once(
    invoke: Invoke, use: Use, articles: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "LONG", 1.0)
    seen: set[str] = set()

    def script(request: Request) -> Answer:
        again = request.prompt in seen
        seen.add(request.prompt)
        return fill(request) if again else rate_limited(1)

    with ScriptedEndpoint(script) as server:
        use(server)
        done = invoke("batch", articles, "-o", out, *ONE_CALL)
    assert done.exit_code == 0
    assert done.stderr == "The endpoint asks for patience: nothing is sent for 1 s.\n"


def test_an_endpoint_that_is_away_for_long_is_told(
    invoke: Invoke, use: Use, articles: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "LONG", 0.4)
    drops = iter(range(8))

    def script(request: Request) -> Answer:
        return fill(request) if next(drops, None) is None else dropped()

    with ScriptedEndpoint(script) as server:
        use(server)
        done = invoke("batch", articles, "-o", out, *ONE_CALL)
    assert done.exit_code == 0
    (told,) = done.stderr.splitlines()
    assert "can't be reached: " in told
    assert "Trying again in " in told


def test_rows_come_from_standard_input_and_lines_in_their_order(
    invoke: Invoke, endpoint: ScriptedEndpoint, out: Path
) -> None:
    rows = [
        {"nr": f"n{i}", "story": f"General Irsa Toll said the ship {i} of Veldmark would stay."}
        for i in range(20)
    ]
    stdin = "".join(json.dumps(row) + "\n" for row in rows).encode()
    fields = ("--id-field", "nr", "--text-field", "story", "--ordered")
    done = invoke("batch", "-", "-o", out, *fields, *ONE_CALL, stdin=stdin)
    assert done.exit_code == 0, done.stderr
    assert [line["id"] for line in lines(out)] == [f"n{i}" for i in range(20)]


def test_nothing_of_a_bug_in_a_document_is_written_but_its_place(
    invoke: Invoke, use: Use, articles: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from summarizer import way

    kept = way.Way.summarize

    async def broken(self: way.Way, article: Any) -> Any:
        if "Water 2" in article.text:
            raise KeyError("sk-secret")
        return await kept(self, article)

    monkeypatch.setattr(way.Way, "summarize", broken)
    with ScriptedEndpoint(fill) as server:
        use(server)
        done = invoke("batch", articles, "-o", out, *ONE_CALL)
    assert done.exit_code == 1
    assert "which is a bug" in done.stderr
    assert "secret" not in done.output + out.read_text()


def wait_for(what: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end, "it didn't come to pass"
        time.sleep(0.05)


def test_the_first_interrupt_finishes_what_is_under_way(
    spawn: Spawn, slow: ScriptedEndpoint, articles: Path, out: Path
) -> None:
    process = spawn("batch", articles, "-o", out, "--concurrency", "1", *ONE_CALL)
    wait_for(lambda: len(slow.requests) > 0)
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"under way will be finished" in stderr
    assert b"stopped    by an interrupt; the same command goes on" in stdout
    assert 1 <= len(lines(out)) == len(slow.requests) <= 3


def test_the_second_interrupt_ends_it_at_once(
    spawn: Spawn, use: Use, articles: Path, out: Path
) -> None:
    with ScriptedEndpoint(lambda request: replace(fill(request), delay=300.0)) as server:
        use(server)
        process = spawn("batch", articles, "-o", out, *ONE_CALL)
        wait_for(lambda: len(server.requests) > 0)
        process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert stderr.endswith(b"Interrupted.\n")
    assert lines(out) == []


def test_an_interrupt_ends_the_wait_for_standard_input(
    endpoint: ScriptedEndpoint, out: Path
) -> None:
    row = json.dumps({"text": "General Irsa Toll said the ships of Veldmark would stay."})
    process = subprocess.Popen(
        [sys.executable, "-m", "summarizer", "batch", "-", "-o", out, *ONE_CALL],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin
    with process:
        process.stdin.write(f"{row}\n".encode())
        process.stdin.flush()
        wait_for(lambda: out.exists() and len(lines(out)) == 1)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130
    assert [line["id"] for line in lines(out)] == ["stdin#1"]
