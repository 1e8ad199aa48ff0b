"""One `Summarizer` for many articles: from scripts, threads, event loops, and after its end."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import openai
import pytest
from filling import fill
from pydantic import BaseModel, Field
from watching import Watched

import summarizer
from summarizer import (
    Article,
    ConfigurationError,
    EngineFailed,
    Grounded,
    InputError,
    Limit,
    SchemaError,
    SituationSummary,
    Summarizer,
)
from summarizer.schemas.markers import Cued
from summarizer.testing import Answer, Request, ScriptedEndpoint

TEXT = "Norland and Sarvia opened the drill Clear Water on Monday."

pytestmark = pytest.mark.local_server


class Finding(Grounded):
    what: str


class Report(BaseModel):
    findings: list[Finding] = Field(default=[])


class DescribedReport(BaseModel):
    findings: list[Finding] = Field(default=[], description="What was found.")


class ShortReport(BaseModel):
    findings: Annotated[list[Finding], Limit(items=3)] = Field(default=[])


@pytest.fixture
def endpoint() -> Iterator[ScriptedEndpoint]:
    with ScriptedEndpoint(fill) as server:
        yield server


@pytest.fixture(autouse=True)
def _no_loop_is_left() -> Iterator[None]:
    yield
    if threads():  # what nobody closed ends when it is collected, which takes seconds
        gc.collect()
    assert threads() == []


def threads() -> list[threading.Thread]:
    """The threads of background loops, but for the endpoint's own."""
    return [thread for thread in threading.enumerate() if thread.name == "summarizer"]


def at(endpoint: ScriptedEndpoint, **settings: Any) -> Summarizer[Report]:
    return Summarizer(
        "scripted",
        base_url=endpoint.base_url,
        api_key=endpoint.api_key,
        **{"schema": Report, **settings},
    )


# What can't work


@pytest.mark.parametrize("models", [["alpha", "beta"], ["alpha"]])
def test_a_base_url_without_a_model_is_an_error_that_lists_what_is_offered(
    models: list[str],
) -> None:
    with (
        ScriptedEndpoint(fill, models=models) as server,
        Summarizer(base_url=server.base_url, api_key=server.api_key) as s,
    ):
        for _ in range(2):
            with pytest.raises(ConfigurationError, match="No model is named") as caught:
                s.summarize(TEXT)
            assert str(caught.value).endswith(f"It offers: {', '.join(models)}.")
        assert server.requests == []


def test_of_many_models_some_are_listed() -> None:
    names = [f"m{number:02}" for number in range(30)]
    with (
        ScriptedEndpoint(fill, models=names) as server,
        Summarizer(base_url=server.base_url, api_key=server.api_key) as s,
        pytest.raises(ConfigurationError, match="m19 and 10 more"),
    ):
        s.summarize(TEXT)


def test_an_endpoint_that_lists_no_models_is_said_to_need_one() -> None:
    with (
        ScriptedEndpoint(fill, pages={"/v1/models": []}) as server,
        Summarizer(base_url=server.base_url, api_key=server.api_key) as s,
        pytest.raises(ConfigurationError, match="SUMMARIZER_MODEL") as caught,
    ):
        s.summarize(TEXT)
    assert "offers" not in str(caught.value)


@pytest.mark.parametrize(
    ("settings", "error", "said"),
    [
        ({"strategy": "shards"}, ConfigurationError, "no strategy shards"),
        ({"on_unsupported": "ask"}, ConfigurationError, "policy ask.*mend, drop, flag, raise"),
        ({"concurrency": 0}, ConfigurationError, "concurrency is at least 1"),
        ({"strategy": "forms"}, ConfigurationError, "core size only"),
        ({"size": "huge"}, ConfigurationError, "no size huge.*auto, full, core"),
        ({"extra_body": {"x": {1, 2}}}, ConfigurationError, "extra_body"),
        ({"schema": int}, SchemaError, "int"),
        ({"base_url": "ftp://host/v1"}, ConfigurationError, "not an http"),
    ],
)
def test_what_cannot_work_is_said_when_it_is_set(
    settings: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        Summarizer(**{"model": "m", "base_url": "http://127.0.0.1:9/v1", **settings})


@pytest.mark.parametrize(
    ("given", "settings", "said"),
    [
        (Path("article.txt"), {}, "not PosixPath.*summarizer.read"),
        (b"Norland is ready.", {}, "not bytes"),
        (Article.from_text(TEXT), {"published": "2025-01-01"}, "its own date"),
        (Article.from_text(TEXT), {"id": "x"}, "its own date"),
    ],
)
def test_what_is_no_article_is_refused(
    given: Any, settings: dict[str, str], said: str, endpoint: ScriptedEndpoint
) -> None:
    with at(endpoint) as s, pytest.raises(InputError, match=said):
        s.summarize(given, **settings)
    assert endpoint.requests == []


# A client of the user's own


def test_a_client_of_the_users_own_is_used_and_left_open(endpoint: ScriptedEndpoint) -> None:
    async def use() -> None:
        own = openai.AsyncOpenAI(base_url=endpoint.base_url, api_key=endpoint.api_key)
        async with own:
            async with Summarizer("scripted", client=own, schema=Report) as s:
                await s.asummarize(TEXT)
            assert not own.is_closed()

    asyncio.run(use())
    assert len(endpoint.requests) == 1


def test_a_client_is_an_async_one_and_stands_for_url_and_key() -> None:
    with pytest.raises(ConfigurationError, match="not OpenAI"):
        Summarizer("m", client=openai.OpenAI(api_key="k"))
    own = openai.AsyncOpenAI(api_key="k")
    for settings in ({}, {"model": "m", "base_url": "http://h/v1"}, {"model": "m", "api_key": "k"}):
        with pytest.raises(ConfigurationError, match="name the model"):
            Summarizer(client=own, **settings)  # type: ignore[arg-type]  # one by one they fit


# Threads and loops


def test_one_call_opens_and_closes_everything(endpoint: ScriptedEndpoint) -> None:
    result = summarizer.summarize(
        TEXT,
        model="scripted",
        base_url=endpoint.base_url,
        api_key=endpoint.api_key,
        published="2025-03-01",
        id="one",
    )
    assert type(result.summary) is SituationSummary
    assert result.article.id == "one"
    assert str(result.article.published) == "2025-03-01"
    assert threads() == []


def test_a_sync_call_works_inside_a_running_loop(endpoint: ScriptedEndpoint) -> None:
    async def notebook() -> None:
        with at(endpoint) as s:
            assert s.summarize(TEXT).summary.findings

    asyncio.run(notebook())


def test_ten_threads_share_one_summarizer(endpoint: ScriptedEndpoint) -> None:
    texts = [f"Norland number {number} is ready." for number in range(10)]
    with at(endpoint) as s, ThreadPoolExecutor(10) as pool:
        results = list(pool.map(s.summarize, texts))
    assert [result.article.text for result in results] == texts
    assert all(result.summary.findings[0].evidence for result in results)
    assert len(endpoint.requests) == 10


def test_several_loops_one_after_another_share_one_summarizer(endpoint: ScriptedEndpoint) -> None:
    async def once(s: Summarizer[Report]) -> None:
        await s.asummarize(TEXT)
        await s.aclose()

    s = at(endpoint)
    for _ in range(3):
        asyncio.run(once(s))
    s.summarize(TEXT)
    s.close()
    assert len(endpoint.requests) == 4


def test_closing_in_the_loop_that_was_used_waits_for_nobody(endpoint: ScriptedEndpoint) -> None:
    """Connections of this loop can only be closed by this loop, which is busy closing."""

    async def notebook() -> None:
        with at(endpoint) as s:
            await s.asummarize(TEXT)
            s.summarize(TEXT)
        assert threads(), "they end once this loop gets on"
        while threads():  # noqa: ASYNC110  # no event says so
            await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(notebook(), 60))


def test_leaving_asynchronously_ends_the_thread_of_sync_calls(endpoint: ScriptedEndpoint) -> None:
    async def use() -> None:
        async with at(endpoint) as s:
            s.summarize(TEXT)
            await s.asummarize(TEXT)
        assert threads() == []

    asyncio.run(use())


def test_closing_twice_or_unused_is_idle_and_a_later_call_opens_anew(
    endpoint: ScriptedEndpoint,
) -> None:
    s = at(endpoint)
    s.close()
    s.summarize(TEXT)
    s.close()
    s.close()
    assert threads() == []
    assert s.summarize(TEXT).summary.findings
    s.close()


def test_the_first_awaited_call_leaves_the_loop_free_while_it_imports() -> None:
    """What the SDK is made of is looked for in another thread, and tasks go on meanwhile."""
    code = """
import asyncio, sys, threading
from summarizer import Summarizer
from summarizer.testing import Answer, ScriptedEndpoint

class Watch:
    beats = 0
    seen = []
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "openai" or name == "instructor":
            self.seen.append((name, threading.current_thread(), self.beats))

async def beat():
    while True:
        await asyncio.sleep(0)
        Watch.beats += 1

async def main():
    sys.meta_path.insert(0, Watch())
    beating = asyncio.create_task(beat())
    async with Summarizer("m", base_url=server.base_url, api_key=server.api_key) as s:
        await s.asummarize("Norland opened a drill at Port Aru.")
    beating.cancel()

with ScriptedEndpoint([Answer({"headline": "Drill"})]) as server:
    asyncio.run(main())
names, threads, beats = zip(*Watch.seen)
print({"openai", "instructor"} <= set(names), threading.main_thread() in threads)
print(beats[-1] > beats[0])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["True False", "True"]


def test_a_loop_that_ends_closes_the_connections_that_nobody_closed() -> None:
    code = """
import asyncio
from summarizer import Summarizer
from summarizer.testing import Answer, ScriptedEndpoint

with ScriptedEndpoint([Answer({"headline": "Drill"})]) as server:
    s = Summarizer("m", base_url=server.base_url, api_key=server.api_key)
    for _ in range(2):
        asyncio.run(s.asummarize("Norland opened a drill at Port Aru."))
    print(len(server.requests))
"""
    done = subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "-c", code],
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("2\n", "")


def test_an_interrupt_ends_the_call_and_the_request(endpoint: ScriptedEndpoint) -> None:
    answered = threading.Event()

    def slow(request: Request) -> Answer:
        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
        return Watched(delay=60, on_sent=answered.set)

    with ScriptedEndpoint(slow) as server, at(server) as s:
        with pytest.raises(KeyboardInterrupt):
            s.summarize(TEXT)
        assert not answered.is_set()


def test_a_summarizer_shows_no_key(endpoint: ScriptedEndpoint) -> None:
    with at(endpoint) as s:
        s.summarize(TEXT)
        assert repr(s) == f"Summarizer('scripted', base_url='{endpoint.base_url}', schema=Report)"
        assert endpoint.api_key not in f"{vars(s)}"


# What was asked, in one hash


BASE: dict[str, Any] = {"model": "m", "base_url": "http://127.0.0.1:9/v1", "schema": Report}


def hashed(**settings: Any) -> str:
    return Summarizer(**{**BASE, **settings}).settings_hash


@pytest.mark.parametrize(
    "settings",
    [
        {"model": "n"},
        {"schema": DescribedReport},
        {"schema": ShortReport},
        {"strategy": "sections"},
        {"size": "core", "strategy": "single"},
        {"temperature": 0.5},
        {"temperature": None},
        {"seed": 1},
        {"max_tokens": 100},
        {"output_language": "French"},
        {"output_language": None},
        {"extra_body": {"top_p": 0.9}},
    ],
    ids=str,
)
def test_what_is_asked_changes_the_hash(settings: dict[str, Any]) -> None:
    assert hashed(**settings) != hashed()


@pytest.mark.parametrize(
    "settings",
    [
        {"base_url": "http://127.0.0.1:10/v1"},
        {"api_key": "sk-some-other-key"},
        {"timeout": 5.0},
        {"headers": {"X-Team": "one"}},
        {"size": "full"},
        {"extra_body": {}},
        {"concurrency": 2},
        {"notify": print},
    ],
    ids=str,
)
def test_where_and_how_it_is_asked_does_not_change_the_hash(settings: dict[str, Any]) -> None:
    assert hashed(**settings) == hashed()


def cued(most: int) -> type[BaseModel]:
    """A schema that asks about so many sentences, and is the same in all else."""

    class Drill(Grounded):
        name: str

    class Drills(BaseModel):
        drills: Annotated[list[Drill], Cued("drill", most)] = []

    return Drills


def test_what_forms_ask_about_is_part_of_the_hash_where_forms_are_used() -> None:
    one, two = ({"schema": cued(most), "size": "core"} for most in (1, 2))
    assert hashed(**one, strategy="forms") != hashed(**two, strategy="forms")
    assert hashed(**one, strategy="single") == hashed(**two, strategy="single")


def test_the_code_of_forms_is_part_of_the_hash_where_forms_are_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    forms = hashed(schema=cued(1), size="core", strategy="forms")
    single = hashed(schema=cued(1), size="core", strategy="single")
    monkeypatch.setattr("summarizer.request._form_code", lambda: "another")
    assert hashed(schema=cued(1), size="core", strategy="forms") != forms
    assert hashed(schema=cued(1), size="core", strategy="single") == single


def test_the_order_of_what_goes_into_the_body_does_not_matter() -> None:
    assert hashed(extra_body={"a": 1, "b": 2}) == hashed(extra_body={"b": 2, "a": 1})


def test_the_text_of_a_prompt_changes_the_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    before = hashed()
    for name in ("instructions", "question"):
        with monkeypatch.context() as patch:
            patch.setattr(f"summarizer.request.{name}", lambda *_: "Do as you like.")
            assert hashed() != before


def test_the_hash_is_the_same_in_another_process() -> None:
    code = (
        "from summarizer import Summarizer\n"
        "print(Summarizer('m', base_url='http://127.0.0.1:9/v1').settings_hash)"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert found == {Summarizer("m", base_url="http://127.0.0.1:9/v1").settings_hash}


def test_every_result_carries_the_hash(endpoint: ScriptedEndpoint) -> None:
    with at(endpoint) as s:
        assert s.summarize(TEXT).settings_hash == s.settings_hash


# The embedded engine


@dataclass
class FakeEngine:
    """An engine as the session sees it, whose server is a scripted one."""

    endpoint: ScriptedEndpoint
    alive: bool = True
    model: str = "weights"
    identity: str = "ab" * 32

    @property
    def base_url(self) -> str:
        return self.endpoint.base_url

    @property
    def api_key(self) -> str:
        return self.endpoint.api_key


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, endpoint: ScriptedEndpoint) -> list[FakeEngine]:
    """The engines that were started, in order."""
    engines: list[FakeEngine] = []

    async def astart(model: str | None = None, *, notify: object = None) -> FakeEngine:
        await asyncio.sleep(0.01)
        if not engines or not engines[-1].alive:
            engines.append(FakeEngine(endpoint))
        return engines[-1]

    monkeypatch.setattr("summarizer.embedded.astart", astart)
    return engines


def test_with_nothing_configured_the_engine_of_this_machine_is_asked(
    started: list[FakeEngine], endpoint: ScriptedEndpoint
) -> None:
    with Summarizer(on_unsupported="flag") as s:
        assert started == []
        result = s.summarize(TEXT)
    assert len(started) == 1
    assert type(result.summary) is SituationSummary
    assert result.signature["weights"] == "ab" * 32
    assert result.signature["size"] == "core"
    assert "xllamacpp" in result.signature
    assert len(endpoint.requests) == 1


def test_articles_at_the_same_time_wait_for_one_start(started: list[FakeEngine]) -> None:
    async def use() -> None:
        async with Summarizer(schema=Report) as s:
            await asyncio.gather(*(s.asummarize(TEXT) for _ in range(5)))

    asyncio.run(use())
    assert len(started) == 1


def test_an_engine_that_ended_is_started_again(started: list[FakeEngine]) -> None:
    with Summarizer(schema=Report) as s:
        s.summarize(TEXT)
        started[0].alive = False
        s.summarize(TEXT)
    assert len(started) == 2


def test_a_file_of_weights_is_named_without_its_folders(
    started: list[FakeEngine], tmp_path: Path
) -> None:
    path = tmp_path / "my-model.gguf"
    with Summarizer(str(path), schema=Report) as s:
        result = s.summarize(TEXT)
    assert result.signature["model"] == "my-model.gguf"
    assert str(tmp_path) not in result.model_dump_json()
    assert s.settings_hash == Summarizer("elsewhere/my-model.gguf", schema=Report).settings_hash


def test_an_engine_that_does_not_start_is_the_callers_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def astart(model: str | None = None, *, notify: object = None) -> FakeEngine:
        raise EngineFailed("It did not start.")

    monkeypatch.setattr("summarizer.embedded.astart", astart)
    with Summarizer() as s, pytest.raises(EngineFailed):
        s.summarize(TEXT)
