"""`Summarizer.batch` and `abatch`: articles in, results and failures out, from any kind of code."""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from filling import fill
from markdown_blocks import blocks
from pydantic import BaseModel, Field
from watching import Watched

from summarizer import (
    Article,
    AuthenticationFailed,
    Cache,
    Check,
    ConfigurationError,
    Failure,
    Grounded,
    InputError,
    NotSupported,
    Problem,
    Result,
    Summarizer,
)
from summarizer.testing import Answer, Request, ScriptedEndpoint, failure

pytestmark = pytest.mark.local_server


class Finding(Grounded):
    what: str


class Report(BaseModel):
    findings: list[Finding] = Field(default=[])


@pytest.fixture(autouse=True)
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def endpoint() -> Iterator[ScriptedEndpoint]:
    def script(request: Request) -> Answer:
        if "Sarvia 13" in request.prompt:
            return failure(400, "No such article.")
        return fill(request)

    with ScriptedEndpoint(script) as server:
        yield server


def text(number: int) -> str:
    return f"Norland and Sarvia {number} opened the drill Clear Water on Monday."


def texts(number: int) -> list[str]:
    return [text(i) for i in range(number)]


def summarizer(server: ScriptedEndpoint, **options: Any) -> Summarizer[Report]:
    return Summarizer(
        "scripted",
        base_url=server.base_url,
        api_key=server.api_key,
        schema=Report,
        on_unsupported="flag",
        **options,
    )


def names_of(outcomes: list[Result[Report] | Failure]) -> list[str]:
    return [o.article.text if isinstance(o, Result) else o.id for o in outcomes]


def test_each_article_has_its_record(endpoint: ScriptedEndpoint) -> None:
    with summarizer(endpoint) as one:
        found = list(one.batch(texts(12)))
    assert sorted(names_of(found)) == sorted(texts(12))
    assert all(isinstance(each, Result) and each.summary.findings for each in found)
    assert len(endpoint.requests) == 12


def test_ordered_they_come_as_they_were_given(endpoint: ScriptedEndpoint) -> None:
    with summarizer(endpoint) as one:
        assert names_of(list(one.batch(texts(12), ordered=True, concurrency=3))) == texts(12)


def test_one_that_fails_is_a_failure_with_the_articles_id(endpoint: ScriptedEndpoint) -> None:
    given: list[Any] = [text(1), Article.from_text(text(13), id="mine"), None, "", text(2)]
    with summarizer(endpoint) as one:
        found = list(one.batch(given, ordered=True))
    first, refused, nothing, empty, last = found
    assert isinstance(first, Result)
    assert isinstance(last, Result)
    assert isinstance(refused, Failure)
    assert (refused.id, refused.error.type) == ("mine", "RequestRejected")
    assert refused.usage.calls == 1
    assert isinstance(nothing, Failure)
    assert (nothing.id, nothing.error.type) == ("#3", "InputError")
    assert isinstance(empty, Failure)
    assert (empty.id, empty.error.type) == ("#4", "EmptyArticle")


def test_articles_are_taken_in_the_callers_thread_and_as_there_is_room(
    endpoint: ScriptedEndpoint,
) -> None:
    table = sqlite3.connect(":memory:")  # it can be used in this thread alone
    table.execute("CREATE TABLE feed (text)")
    table.executemany("INSERT INTO feed VALUES (?)", [(each,) for each in texts(10)])
    with summarizer(endpoint) as one:
        found = list(one.batch(row[0] for row in table.execute("SELECT text FROM feed")))
        assert len(found) == 10
        taken = itertools.count()
        without_end = one.batch(text(100 + next(taken)) for _ in itertools.repeat(0))
        assert isinstance(next(without_end), Result)
        without_end.close()
    table.close()
    assert next(taken) < 60


def test_leaving_the_loop_breaks_off_what_is_under_way(endpoint: ScriptedEndpoint) -> None:
    answered = threading.Event()

    def script(request: Request) -> Answer:
        slow = Watched(delay=60, on_sent=answered.set)
        return slow if "Sarvia 1 " in request.prompt else fill(request)

    with ScriptedEndpoint(script) as server, summarizer(server) as one:
        for outcome in one.batch([text(1), text(0)]):
            assert isinstance(outcome, Result)
            break
        assert isinstance(one.summarize(text(2)), Result)
    assert not answered.is_set()


def test_what_the_given_raises_is_raised_once_what_came_before_is_done(
    endpoint: ScriptedEndpoint,
) -> None:
    def given() -> Iterator[str]:
        yield from texts(3)
        raise LookupError("the feed broke")

    with summarizer(endpoint) as one:
        outcomes = one.batch(given())
        assert sorted(names_of([*itertools.islice(outcomes, 3)])) == texts(3)
        with pytest.raises(LookupError, match="the feed broke"):
            next(outcomes)


def test_an_interrupt_in_the_given_ends_it_at_once() -> None:
    def given() -> Iterator[str]:
        yield text(0)
        raise KeyboardInterrupt

    answered = threading.Event()
    with (
        ScriptedEndpoint([Watched(delay=60, on_sent=answered.set)]) as server,
        summarizer(server) as one,
        pytest.raises(KeyboardInterrupt),
    ):
        list(one.batch(given()))
    assert not answered.is_set()


@pytest.mark.parametrize("single", [text(0), Article.from_text(text(0))])
def test_one_article_is_no_batch(endpoint: ScriptedEndpoint, single: Any) -> None:
    async def main() -> None:
        async with summarizer(endpoint) as one:
            async for _ in one.abatch(single):
                pass

    with summarizer(endpoint) as one, pytest.raises(InputError, match="summarize"):
        one.batch(single)
    with pytest.raises(InputError, match="summarize"):
        asyncio.run(main())


def test_a_wrong_key_is_raised(endpoint: ScriptedEndpoint) -> None:
    with (
        Summarizer("scripted", base_url=endpoint.base_url, api_key="sk-wrong") as one,
        pytest.raises(AuthenticationFailed),
    ):
        list(one.batch(texts(50)))
    assert len(endpoint.requests) < 20


def test_a_number_that_can_not_be_is_refused(endpoint: ScriptedEndpoint) -> None:
    with summarizer(endpoint) as one, pytest.raises(ConfigurationError, match="concurrency"):
        list(one.batch(texts(1), concurrency=0))


def test_in_an_event_loop_articles_may_come_asynchronously(endpoint: ScriptedEndpoint) -> None:
    async def given() -> AsyncIterator[str]:
        for each in texts(6):
            await asyncio.sleep(0)
            yield each

    async def main() -> tuple[list[str], list[str], list[str]]:
        async with summarizer(endpoint) as one:
            asynchronous = [each async for each in one.abatch(given(), ordered=True)]
            plain = [each async for each in one.abatch(texts(6), ordered=True)]
            sync = list(one.batch(texts(6), ordered=True))  # as in a notebook
        return names_of(asynchronous), names_of(plain), names_of(sync)

    assert asyncio.run(main()) == (texts(6), texts(6), texts(6))


def test_batches_from_several_threads_share_a_summarizer(endpoint: ScriptedEndpoint) -> None:
    found: list[int] = []
    with summarizer(endpoint) as one:
        threads = [
            threading.Thread(target=lambda: found.append(len(list(one.batch(texts(5))))))
            for _ in range(3)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == [5, 5, 5]


def test_batches_keep_answers_and_single_calls_only_if_wanted(
    endpoint: ScriptedEndpoint, cache_folder: Path
) -> None:
    with summarizer(endpoint) as one:
        one.summarize(text(0))
        assert not cache_folder.exists()
        list(one.batch(texts(3)))
        assert len(endpoint.requests) == 4
    with summarizer(endpoint) as other:
        (first, *_) = other.batch(texts(3), ordered=True)
        assert isinstance(first, Result)
        assert (first.usage.calls, first.usage.saved_calls) == (0, 1)
        other.summarize(text(0))
        assert len(endpoint.requests) == 5
    with summarizer(endpoint, cache=True) as third:
        assert third.summarize(text(0)).usage.saved_calls == 1
    with summarizer(endpoint, cache=False) as fourth:
        list(fourth.batch(texts(3)))
    assert len(endpoint.requests) == 8


def test_where_the_cache_of_all_cant_be_had_a_batch_does_without_and_says_so(
    endpoint: ScriptedEndpoint, cache_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache_folder.write_text("This is a file.")
    with summarizer(endpoint) as one:
        assert len(list(one.batch(texts(2)))) == 2
    assert "Answers are not kept." in caplog.text
    with summarizer(endpoint, cache=True) as other, pytest.raises(ConfigurationError):
        list(other.batch(texts(2)))


def test_a_cache_that_is_given_stays_open(endpoint: ScriptedEndpoint, tmp_path: Path) -> None:
    with Cache(tmp_path / "own.sqlite") as own:
        for _ in range(2):
            with summarizer(endpoint, cache=own) as one:
                one.summarize(text(0))
        assert own.info().entries == 1
    assert len(endpoint.requests) == 1


def test_answers_whose_record_is_not_borne_out_are_asked_for_again(
    endpoint: ScriptedEndpoint, tmp_path: Path
) -> None:
    doubted = [True, True, False, False]
    check = Check("doubt", lambda _: [Problem("It is not so.")] if doubted.pop(0) else [])
    with (
        Cache(tmp_path / "own.sqlite") as own,
        Summarizer(
            "scripted",
            base_url=endpoint.base_url,
            api_key=endpoint.api_key,
            schema=Report,
            checks=[check],
            on_unsupported="raise",
            cache=own,
        ) as one,
    ):
        for _ in range(2):
            with pytest.raises(NotSupported):
                one.summarize(text(0))
        found = [one.summarize(text(0)) for _ in range(2)]
    assert [each.usage.calls for each in found] == [1, 0]
    assert len(endpoint.requests) == 3


def test_what_is_no_cache_is_refused(endpoint: ScriptedEndpoint) -> None:
    with pytest.raises(ConfigurationError, match=r"summarizer\.Cache"):
        summarizer(endpoint, cache="answers.sqlite")


def test_the_page_s_loop_over_files_goes_on_after_one_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "batch.md").read_text(encoding="utf-8")
    (told,) = (b.text for b in blocks(page) if "def articles" in b.text)
    (tmp_path / "articles").mkdir()
    for name, content in (("a", text(1)), ("b", ""), ("c", text(2))):
        (tmp_path / f"articles/{name}.txt").write_text(content)
    monkeypatch.chdir(tmp_path)
    with ScriptedEndpoint(fill) as server:
        monkeypatch.setenv("SUMMARIZER_BASE_URL", server.base_url)
        monkeypatch.setenv("SUMMARIZER_API_KEY", server.api_key)
        monkeypatch.setenv("SUMMARIZER_MODEL", "scripted")
        code = compile(told.replace("...", "print(outcome.article.id)"), "docs/batch.md", "exec")
        exec(code, {})
        calls = len(server.requests)
        exec(code, {})
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 6
    assert set(said) >= {"articles/a.txt", "articles/c.txt"}
    assert sum("articles/b.txt is empty" in line for line in said) == 2
    assert len(server.requests) == calls  # the cache has them


def test_a_server_that_tells_its_slots_is_sent_no_more_at_once() -> None:
    pages = {
        "/v1/models": {"data": [{"id": "scripted", "owned_by": "llamacpp"}]},
        "/props": {"total_slots": 2},
    }
    with ScriptedEndpoint(fill, pages=pages) as server, summarizer(server) as one:
        _, found = asyncio.run(one.paced())
        _, wanted = asyncio.run(one.paced(concurrency=7))
    assert (found.limit, wanted.limit) == (2, 7)
