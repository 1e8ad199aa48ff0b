"""Making a run: every document asked once, what failed named, what is permanent raised."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from eval_runs import System, drills

from summarizer import Summarizer
from summarizer.completion import CallUsage
from summarizer.errors import (
    AnswerInvalid,
    ArticleTooLong,
    AuthenticationFailed,
    ConfigurationError,
    EndpointTimeout,
    EndpointUnreachable,
    EngineFailed,
    EngineMissing,
    ModelNotFound,
    PermissionDenied,
    RateLimited,
    RequestRejected,
    SchemaError,
    ServerFailed,
    SummarizerError,
    WeightsUnavailable,
)
from summarizer.evals.begun import LOG, begun
from summarizer.evals.running import FORBIDDEN_IN_A_ROW, Progress, environment, extract
from summarizer.evals.runs import PREDICTIONS, Run, Settings, load_run
from summarizer.evals.suites import Suite

NAMES = ["a", "b", "c", "d"]


@pytest.fixture
def gold(tmp_path: Path) -> Suite[Any]:
    return drills(tmp_path / "drills", NAMES)


def made(
    folder: Path,
    gold: Suite[Any],
    *systems: Any,
    names: Sequence[str] = NAMES,
    **options: Any,
) -> Run:
    """A run made, or gone on with, by one system for each repeat."""
    settings = Settings(
        name="run",
        description="A run.",
        suite=gold.name,
        record="SituationSummary",
        documents=[f"dev/{name}" for name in names],
        repeats=len(systems),
    )
    make: Callable[[int], Summarizer[Any]] = lambda repeat: systems[repeat - 1]  # noqa: E731  # typed
    with begun(folder, settings) as work:
        asyncio.run(extract(work, gold.documents, make, **options))
    return load_run(folder)


def test_every_document_is_asked_once_and_closed_at_the_end(
    tmp_path: Path, gold: Suite[Any]
) -> None:
    system = System(gold)
    run = made(tmp_path / "run", gold, system)
    assert system.asked == NAMES
    assert system.closed
    assert [*run.predictions] == [("dev", name, 1) for name in NAMES]
    one = run.predictions["dev", "a", 1]
    assert (one.status, one.usage.calls, one.settings_hash) == ("ok", 1, "0123456789abcdef")
    assert one.sha256 == gold.documents[0].gold.sha256


def test_a_prediction_is_on_disk_before_the_next_document_begins(
    tmp_path: Path, gold: Suite[Any]
) -> None:
    seen: list[int] = []

    class Looking(System):
        async def asummarize(self, article: Any) -> Any:
            file = tmp_path / "run" / PREDICTIONS
            seen.append(len(file.read_bytes().splitlines()) if file.exists() else 0)
            return await super().asummarize(article)

    made(tmp_path / "run", gold, Looking(gold))
    assert seen == [0, 1, 2, 3]


@pytest.mark.parametrize("concurrency", [1, 2, 9])
def test_so_many_documents_go_side_by_side(
    tmp_path: Path, gold: Suite[Any], concurrency: int
) -> None:
    system = System(gold)
    run = made(tmp_path / "run", gold, system, concurrency=concurrency)
    assert system.most == min(concurrency, len(NAMES))
    assert [*run.predictions] == [("dev", name, 1) for name in NAMES]


def test_each_repeat_has_a_system_of_its_own(tmp_path: Path, gold: Suite[Any]) -> None:
    systems = [System(gold), System(gold, {"b": {"parties": []}}), System(gold)]
    run = made(tmp_path / "run", gold, *systems)
    assert [system.asked for system in systems] == [NAMES] * 3
    sizes = [len((run.predictions["dev", "b", k].summary or {}).get("parties", [])) for k in (1, 2)]
    assert sizes == [3, 0]


def test_a_document_that_fails_is_kept_with_why_and_what_it_cost(
    tmp_path: Path, gold: Suite[Any]
) -> None:
    error = AnswerInvalid("The answer did not fit.", hint="A larger model.")
    error.usage = CallUsage(calls=3, prompt_tokens=90)
    run = made(tmp_path / "run", gold, System(gold, {"b": error}))
    failed = run.predictions["dev", "b", 1]
    assert failed.status == "failed"
    assert failed.error is not None
    assert (failed.error.type, failed.error.message) == ("AnswerInvalid", "The answer did not fit.")
    assert failed.error.retryable
    assert (failed.usage.calls, failed.usage.prompt_tokens) == (3, 90)
    assert [each.status for each in run.predictions.values()].count("ok") == 3
    log = (tmp_path / "run" / LOG).read_text(encoding="utf-8")
    assert "dev/b #1 failed" in log
    assert "The answer did not fit." in log


def test_what_a_server_says_is_kept_without_what_no_terminal_and_no_file_takes(
    tmp_path: Path, gold: Suite[Any]
) -> None:
    error = RequestRejected("It said \x1b[2J\u202e \ud800.")
    run = made(tmp_path / "run", gold, System(gold, {"b": error}))
    failed = run.predictions["dev", "b", 1].error
    assert failed is not None
    assert failed.message == "It said [2J \ufffd."
    assert "It said [2J \ufffd.\n" in (tmp_path / "run" / LOG).read_text(encoding="utf-8")


def test_started_again_it_asks_for_what_failed_and_nothing_else(
    tmp_path: Path, gold: Suite[Any]
) -> None:
    system = System(gold, {"b": [ServerFailed("It is down."), None]})
    made(tmp_path / "run", gold, system)
    run = made(tmp_path / "run", gold, system)
    assert system.asked == [*NAMES, "b"]
    assert [each.status for each in run.predictions.values()] == ["ok"] * 4
    assert len((tmp_path / "run" / PREDICTIONS).read_bytes().splitlines()) == 4


@pytest.mark.parametrize(
    "error",
    [
        ConfigurationError("No model is named."),
        SchemaError("A validator broke."),
        AuthenticationFailed("The key is wrong."),
        ModelNotFound("There is no such model."),
        EngineMissing("The engine is not installed."),
        WeightsUnavailable("No source gave the weights."),
        RateLimited("The quota is used up.", retryable=False),
    ],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.parametrize("concurrency", [1, 4])
def test_what_would_fail_on_every_document_stops_the_run_as_itself(
    tmp_path: Path, gold: Suite[Any], error: SummarizerError, concurrency: int
) -> None:
    system = System(gold, {"b": error, "c": error, "d": error})
    with pytest.raises(type(error)) as raised:
        made(tmp_path / "run", gold, system, concurrency=concurrency)
    assert raised.value is error
    assert len(system.asked) <= max(2, concurrency)
    run = load_run(tmp_path / "run")
    assert {key: each.status for key, each in run.predictions.items()} == {("dev", "a", 1): "ok"}
    assert made(tmp_path / "run", gold, System(gold)).predictions.keys() == {
        ("dev", name, 1) for name in NAMES
    }


def test_ten_documents_in_a_row_that_are_forbidden_stop_the_run(tmp_path: Path) -> None:
    names = [f"d{i:02}" for i in range(30)]
    gold = drills(tmp_path / "many", names)
    error = PermissionDenied("It answered 403.")
    system = System(gold, dict.fromkeys([*names[:9], *names[10:]], error))
    with pytest.raises(PermissionDenied):
        made(tmp_path / "run", gold, system, names=names)
    assert system.asked == names[: 10 + FORBIDDEN_IN_A_ROW]  # one that passed begins the count anew


@pytest.mark.parametrize("kind", [EndpointUnreachable, EngineFailed])
def test_an_endpoint_that_was_never_there_stops_the_run_and_one_that_went_doesnt(
    tmp_path: Path, gold: Suite[Any], kind: type[SummarizerError]
) -> None:
    with pytest.raises(kind, match="It is not there"):
        made(tmp_path / "never", gold, System(gold, {"a": kind("It is not there.")}))
    assert not (tmp_path / "never").exists()
    run = made(tmp_path / "went", gold, System(gold, {"b": kind("It is not there.")}))
    assert [each.status for each in run.predictions.values()] == ["ok", "failed", "ok", "ok"]


@pytest.mark.parametrize(
    "error",
    [
        ArticleTooLong("It is too long."),
        RequestRejected("It answered 400."),
        PermissionDenied("It answered 403."),
        RateLimited("Slow down."),
        EndpointTimeout("No answer in time."),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_is_one_document_s_own_matter_stops_nothing(
    tmp_path: Path, gold: Suite[Any], error: SummarizerError
) -> None:
    run = made(tmp_path / "run", gold, System(gold, {"a": error}))
    assert [each.status for each in run.predictions.values()] == ["failed", "ok", "ok", "ok"]


def test_a_bug_costs_one_document_and_its_words_are_not_kept(
    tmp_path: Path, gold: Suite[Any]
) -> None:
    run = made(tmp_path / "run", gold, System(gold, {"b": KeyError("sk-canary")}))
    error = run.predictions["dev", "b", 1].error
    assert error is not None
    assert error.type == "KeyError"
    assert "eval_runs.py, line " in error.message
    for file in (tmp_path / "run").iterdir():
        assert "sk-canary" not in file.read_text(encoding="utf-8")


def test_broken_off_it_keeps_what_is_done(tmp_path: Path, gold: Suite[Any]) -> None:
    class Stopping(System):
        async def asummarize(self, article: Any) -> Any:
            if len(self.asked) == 2:
                raise KeyboardInterrupt
            return await super().asummarize(article)

    system = Stopping(gold)
    with pytest.raises(KeyboardInterrupt):
        made(tmp_path / "run", gold, system)
    assert [*load_run(tmp_path / "run").predictions] == [("dev", "a", 1), ("dev", "b", 1)]
    again = System(gold)
    made(tmp_path / "run", gold, again)
    assert again.asked == ["c", "d"]


def test_progress_counts_what_an_earlier_start_did(tmp_path: Path, gold: Suite[Any]) -> None:
    said: list[Progress] = []
    error = ServerFailed("It is down.")
    made(tmp_path / "run", gold, System(gold, {"b": error, "d": error}), told=said.append)
    assert [(p.done, p.failed, p.current) for p in said] == [
        (1, 0, "dev/a"),
        (2, 1, "dev/b"),
        (3, 1, "dev/c"),
        (4, 2, "dev/d"),
    ]
    said.clear()
    made(tmp_path / "run", gold, System(gold, {"d": error}), told=said.append)
    assert [(p.done, p.failed, p.current) for p in said] == [(3, 0, "dev/b"), (4, 1, "dev/d")]


def test_the_environment_names_versions_and_no_machine() -> None:
    import platform

    found = environment()
    assert found["situation-summarizer"]
    assert found["python"] == platform.python_version()
    assert platform.node() not in " ".join(found.values()).split()
    assert platform.release() not in " ".join(found.values())
