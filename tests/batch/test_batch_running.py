"""Many documents side by side: each with one outcome, no more under way than there is room for."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.batch.failing import IN_A_ROW, OUTAGE, OUTAGE_IN_A_ROW
from summarizer.batch.intake import Entry
from summarizer.batch.reading import AHEAD, Reading
from summarizer.batch.running import SHORT, Outcome, run
from summarizer.completion import CallUsage
from summarizer.errors import (
    AnswerInvalid,
    AuthenticationFailed,
    ConfigurationError,
    EmptyArticle,
    EndpointTimeout,
    EndpointUnreachable,
    PermissionDenied,
    RateLimited,
    RequestRejected,
    SchemaError,
    ServerFailed,
    SummarizerError,
)
from summarizer.pacing import Pacer
from summarizer.results import Failure, Result
from summarizer.schemas import SituationSummary

Summarize = Callable[[Article], Awaitable[Result[Any]]]


def entry(name: str, error: Exception | None = None) -> Entry:
    def article() -> Article:
        if error is not None:
            raise error
        return Article.from_text(f"The text of {name}.", id=name)

    return Entry(name, "0" * 64, article)


def made_in(size: int | None) -> bool:
    """Whether the article of an entry of that size is made in the event loop's own thread."""
    found: list[bool] = []

    def article() -> Article:
        found.append(threading.current_thread() is threading.main_thread())
        return Article.from_text("A text.", id="d")

    outcomes([Entry("d", "0" * 64, article, size)], at_once)
    return found[0]


def test_only_a_short_text_is_made_an_article_in_the_loop() -> None:
    assert made_in(SHORT)
    assert not made_in(SHORT + 1)
    assert not made_in(None)  # a page, whose text has to be found first


def result(article: Article) -> Result[Any]:
    summary = SituationSummary.model_construct(headline=article.id)
    return Result(summary=summary, settings_hash="0" * 16, article=article)


async def at_once(article: Article) -> Result[Any]:
    return result(article)


async def stream(entries: Sequence[Entry]) -> AsyncIterator[Entry]:
    for each in entries:
        yield each


def outcomes(
    entries: Sequence[Entry], summarize: Summarize, *, places: int = 2, ordered: bool = False
) -> list[tuple[str, Outcome]]:
    async def gone_through() -> list[tuple[str, Outcome]]:
        running = run(stream(entries), summarize, Pacer(concurrency=places), ordered=ordered)
        return [(each.id, outcome) async for each, outcome in running]

    return asyncio.run(gone_through())


def named(number: int) -> list[Entry]:
    return [entry(f"d{i}") for i in range(number)]


def failing_with(errors: Mapping[str, Exception]) -> Summarize:
    async def summarize(article: Article) -> Result[Any]:
        if article.id in errors:
            raise errors[article.id]
        return result(article)

    return summarize


@settings(max_examples=25)
@given(st.lists(st.integers(0, 5), max_size=20), st.integers(1, 5), st.booleans())
def test_every_document_has_one_outcome_and_is_in_order_if_wanted(
    waits: list[int], places: int, ordered: bool
) -> None:
    async def summarize(article: Article) -> Result[Any]:
        for _ in range(waits[int(article.id[1:])]):
            await asyncio.sleep(0)
        return result(article)

    found = outcomes(named(len(waits)), summarize, places=places, ordered=ordered)
    names = [f"d{i}" for i in range(len(waits))]
    assert sorted(name for name, _ in found) == sorted(names)
    if ordered:
        assert [name for name, _ in found] == names
    for name, outcome in found:
        assert isinstance(outcome, Result)
        assert outcome.article.id == name


def test_no_more_are_under_way_than_there_is_room_for() -> None:
    under_way = most = 0

    async def summarize(article: Article) -> Result[Any]:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.001)
        under_way -= 1
        return result(article)

    assert len(outcomes(named(60), summarize, places=8)) == 60
    assert 8 <= most <= 8 + 1 + 8 // 4


def test_a_document_is_taken_when_there_is_room_for_it_and_not_before() -> None:
    taken = 0

    async def entries() -> AsyncIterator[Entry]:
        nonlocal taken
        for each in named(100):
            taken += 1
            yield each

    async def main() -> list[int]:
        hold = asyncio.Event()

        async def summarize(article: Article) -> Result[Any]:
            await hold.wait()
            return result(article)

        running = run(entries(), summarize, Pacer(concurrency=4))
        first = asyncio.ensure_future(anext(running))
        await asyncio.sleep(0.05)
        seen = [taken]
        hold.set()
        await first
        await running.aclose()
        return [*seen, taken]

    before, after = asyncio.run(main())
    assert before == 6
    assert after < 20


def test_ordered_ones_wait_for_a_slow_one_in_bounded_memory() -> None:
    begun = 0

    async def main() -> tuple[int, list[str]]:
        hold = asyncio.Event()

        async def summarize(article: Article) -> Result[Any]:
            nonlocal begun
            begun += 1
            if article.id == "d0":
                await hold.wait()
            return result(article)

        running = run(stream(named(500)), summarize, Pacer(concurrency=4), ordered=True)
        first = asyncio.ensure_future(anext(running))
        await asyncio.sleep(0.2)
        seen = begun
        hold.set()
        names = [(await first)[0].id] + [each.id async for each, _ in running]
        return seen, names

    seen, names = asyncio.run(main())
    assert seen < 30
    assert names == [f"d{i}" for i in range(500)]


def test_what_fails_is_a_failure_with_its_reason_and_cost_and_the_others_go_on() -> None:
    error = AnswerInvalid("The answer is no record.", hint="Try another model.")
    error.usage = CallUsage(calls=3, prompt_tokens=30)
    found = dict(outcomes(named(5), failing_with({"d2": error})))
    failed = found.pop("d2")
    assert isinstance(failed, Failure)
    assert failed.model_dump(exclude={"usage"}) == {
        "id": "d2",
        "error": {
            "type": "AnswerInvalid",
            "message": "The answer is no record.",
            "retryable": True,
        },
    }
    assert (failed.usage.calls, failed.usage.prompt_tokens) == (3, 30)
    assert all(isinstance(outcome, Result) for outcome in found.values())


def test_what_is_no_article_is_a_failure_and_is_not_asked_for() -> None:
    asked: list[str] = []

    async def summarize(article: Article) -> Result[Any]:
        asked.append(article.id)
        return result(article)

    found = dict(outcomes([entry("a", EmptyArticle("It is empty.")), entry("b")], summarize))
    assert isinstance(found["a"], Failure)
    assert found["a"].error.type == "EmptyArticle"
    assert asked == ["b"]


def test_a_bug_costs_one_document_and_its_words_are_kept_to_itself() -> None:
    found = dict(outcomes(named(3), failing_with({"d1": KeyError("sk-secret")})))
    failed = found["d1"]
    assert isinstance(failed, Failure)
    assert failed.error.type == "KeyError"
    assert "bug" in failed.error.message
    assert "secret" not in failed.error.message


@pytest.mark.parametrize(
    "error",
    [
        AuthenticationFailed("The key is wrong."),
        EndpointUnreachable("Nobody is there."),
        SchemaError("A validator broke."),
        RateLimited("The quota is used up.", retryable=False),
    ],
)
def test_what_would_fail_on_every_document_ends_the_run_at_its_start(
    error: SummarizerError,
) -> None:
    asked = 0

    async def summarize(article: Article) -> Result[Any]:
        nonlocal asked
        asked += 1
        raise error

    with pytest.raises(type(error)) as raised:
        outcomes(named(100), summarize)
    assert raised.value is error
    assert asked < 10


def test_an_endpoint_that_rejects_each_request_from_the_start_ends_the_run() -> None:
    errors: dict[str, Exception] = {f"d{i}": RequestRejected("No.") for i in range(100)}
    with pytest.raises(RequestRejected):
        outcomes(named(100), failing_with(errors), places=1)
    del errors["d0"]
    found = dict(outcomes(named(100), failing_with(errors), places=1))
    assert sum(isinstance(outcome, Failure) for outcome in found.values()) == 99


def test_articles_that_are_forbidden_are_failures_until_too_many_in_a_row_are() -> None:
    one = {"d0": PermissionDenied("A firewall objects.")}
    found = dict(outcomes(named(40), failing_with(one), places=1))
    assert [name for name, outcome in found.items() if isinstance(outcome, Failure)] == ["d0"]
    assert isinstance(found["d0"], Failure)
    assert found["d0"].error.type == "PermissionDenied"
    done: list[str] = []

    async def main() -> None:
        errors = {f"d{i}": PermissionDenied("The key may not.") for i in range(100)}
        async for each, _ in run(stream(named(100)), failing_with(errors), Pacer(concurrency=2)):
            done.append(each.id)

    with pytest.raises(PermissionDenied):
        asyncio.run(main())
    assert done == [f"d{i}" for i in range(IN_A_ROW - 1)]


def test_a_library_that_is_missing_ends_the_run_though_it_is_a_document_that_needs_it() -> None:
    with pytest.raises(ConfigurationError):
        outcomes([entry("a", ConfigurationError("No [web]."))], at_once)


@pytest.mark.parametrize("kind", [AuthenticationFailed, SchemaError, EndpointUnreachable])
def test_once_there_was_an_answer_one_such_error_is_a_failure_of_its_document(
    kind: type[SummarizerError],
) -> None:
    found = dict(outcomes(named(40), failing_with({"d20": kind("Once.")}), places=1))
    assert [name for name, outcome in found.items() if isinstance(outcome, Failure)] == ["d20"]


def test_a_key_that_is_revoked_ends_the_run_after_some_failures() -> None:
    errors = {f"d{i}": AuthenticationFailed("Revoked.") for i in range(20, 1000)}
    done: list[str] = []

    async def main() -> None:
        running = run(stream(named(1000)), failing_with(errors), Pacer(concurrency=2))
        async for each, _ in running:
            done.append(each.id)

    with pytest.raises(AuthenticationFailed):
        asyncio.run(main())
    assert done == [f"d{i}" for i in range(20 + IN_A_ROW - 1)]


@pytest.mark.parametrize("error", [EndpointTimeout("Late."), ServerFailed("502.")])
def test_an_endpoint_that_goes_away_ends_the_run_after_some_minutes(
    error: SummarizerError, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr("summarizer.batch.failing.time.monotonic", lambda: now)
    done: list[str] = []

    async def summarize(article: Article) -> Result[Any]:
        nonlocal now
        now += 10.0
        if article.id == "d0":
            return result(article)
        raise error

    async def main() -> None:
        async for each, _ in run(stream(named(1000)), summarize, Pacer(concurrency=1)):
            done.append(each.id)

    with pytest.raises(type(error)):
        asyncio.run(main())
    assert OUTAGE / 10 - 2 <= len(done) <= OUTAGE / 10 + 2


@pytest.mark.parametrize("answers", [0, 1])
def test_documents_that_take_minutes_to_fail_end_the_run_after_three(
    answers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr("summarizer.batch.failing.time.monotonic", lambda: now)
    asked: list[str] = []

    async def summarize(article: Article) -> Result[Any]:
        nonlocal now
        asked.append(article.id)
        if len(asked) <= answers:
            return result(article)
        now += OUTAGE
        raise EndpointTimeout("Late.")

    with pytest.raises(EndpointTimeout):
        outcomes(named(100), summarize, places=1)
    # Another one or two begin while the last one fails.
    assert answers + OUTAGE_IN_A_ROW <= len(asked) <= answers + OUTAGE_IN_A_ROW + 1


def test_an_input_that_makes_the_endpoint_wait_is_no_outage(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 0.0
    monkeypatch.setattr("summarizer.batch.failing.time.monotonic", lambda: now)

    async def entries() -> AsyncIterator[Entry]:
        nonlocal now
        for each in named(6):
            if each.id == "d1":
                for _ in range(50):  # until d0 is done: the loop's own clock stands
                    await asyncio.sleep(0)
                now += 2 * OUTAGE
            yield each

    async def main() -> list[str]:
        errors = {f"d{i}": ServerFailed("502.") for i in range(1, 6)}
        running = run(entries(), failing_with(errors), Pacer(concurrency=1))
        return [each.id async for each, _ in running]

    assert asyncio.run(main()) == [f"d{i}" for i in range(6)]


def test_in_order_too_what_is_finished_is_heard_of_at_once() -> None:
    heard: list[str] = []

    async def main() -> None:
        hold = asyncio.Event()

        async def summarize(article: Article) -> Result[Any]:
            if article.id == "d0":
                await hold.wait()
            return result(article)

        def finished(outcome: Outcome) -> None:
            assert isinstance(outcome, Result)
            heard.append(outcome.article.id)

        running = run(
            stream(named(4)), summarize, Pacer(concurrency=4), ordered=True, finished=finished
        )
        first = asyncio.ensure_future(anext(running))
        await asyncio.sleep(0.05)
        assert sorted(heard) == ["d1", "d2", "d3"]
        hold.set()
        assert (await first)[0].id == "d0"
        await running.aclose()

    asyncio.run(main())
    assert heard[-1] == "d0"


def test_what_was_under_way_when_the_run_ends_is_finished_and_given_out() -> None:
    async def summarize(article: Article) -> Result[Any]:
        if article.id == "d1":
            raise RateLimited("The quota is used up.", retryable=False)
        await asyncio.sleep(0.05)
        return result(article)

    done: list[str] = []

    async def main() -> None:
        async for each, _ in run(stream(named(100)), summarize, Pacer(concurrency=4), ordered=True):
            done.append(each.id)

    with pytest.raises(RateLimited):
        asyncio.run(main())
    assert "d0" in done
    assert "d1" not in done
    assert len(done) < 8


def test_an_error_of_the_input_is_raised_once_what_is_under_way_is_finished() -> None:
    async def entries() -> AsyncIterator[Entry]:
        for each in named(3):
            yield each
        raise LookupError("the feed broke")

    async def summarize(article: Article) -> Result[Any]:
        await asyncio.sleep(0.05)
        return result(article)

    done: list[str] = []

    async def main() -> None:
        async for each, _ in run(entries(), summarize, Pacer(concurrency=8)):
            done.append(each.id)

    with pytest.raises(LookupError):
        asyncio.run(main())
    assert sorted(done) == ["d0", "d1", "d2"]


def test_leaving_breaks_off_what_is_under_way() -> None:
    broken_off: list[str] = []

    async def summarize(article: Article) -> Result[Any]:
        try:
            await asyncio.sleep(0.1 if article.id == "d0" else 60)
        except asyncio.CancelledError:
            broken_off.append(article.id)
            raise
        return result(article)

    async def main() -> None:
        running = run(stream(named(10)), summarize, Pacer(concurrency=3))
        async with aclosing(running):
            async for each, _ in running:
                assert each.id == "d0"
                break

    asyncio.run(main())
    assert {"d1", "d2", "d3"} <= set(broken_off)


def test_the_log_tells_of_each_document_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    error = AnswerInvalid("The answer is no record.")
    error.usage = CallUsage(calls=3)
    with caplog.at_level(logging.DEBUG, "summarizer.batch"):
        outcomes(named(2), failing_with({"d1": error}))
    ok, failed = (vars(record) for record in caplog.records)
    assert (ok["document"], ok["status"], ok["error"], ok["levelname"]) == (
        "d0",
        "ok",
        None,
        "DEBUG",
    )
    assert (failed["document"], failed["error"], failed["usage_calls"]) == (
        "d1",
        "AnswerInvalid",
        3,
    )
    assert failed["seconds"] >= 0
    assert "The text of" not in caplog.text


async def _read(reading: Reading[int]) -> list[int]:
    return [item async for item in reading]


def test_what_blocks_is_read_on_a_thread_in_order_and_not_far_ahead() -> None:
    threads: set[str] = set()
    read = 0

    def items() -> Any:
        nonlocal read
        for i in range(200):
            threads.add(threading.current_thread().name)
            read += 1
            yield i

    async def main() -> None:
        reading = Reading(items())
        assert await anext(reading) == 0
        await asyncio.sleep(0.05)
        assert read <= AHEAD + 2
        assert await _read(reading) == list(range(1, 200))

    asyncio.run(main())
    assert threads == {"summarizer-reading"}


def test_nothing_is_lost_at_the_end_however_the_threads_take_turns() -> None:
    async def read() -> list[int]:
        return await _read(Reading(range(3)))

    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        assert all(asyncio.run(read()) == [0, 1, 2] for _ in range(300))
    finally:
        sys.setswitchinterval(usual)


def test_who_waits_for_a_blocked_read_can_be_told_to_stop() -> None:
    never = threading.Event()

    def items() -> Any:
        yield 1
        never.wait()

    async def main() -> list[int]:
        reading = Reading(items())
        asyncio.get_running_loop().call_later(0.05, reading.stop)
        return await asyncio.wait_for(_read(reading), 5)

    assert asyncio.run(main()) == [1]
    never.set()


def test_an_error_of_what_is_read_is_raised_after_what_came_before_it() -> None:
    def items() -> Any:
        yield 1
        raise ConfigurationError("It is no table.")

    async def main() -> None:
        reading = Reading(items())
        assert await anext(reading) == 1
        with pytest.raises(ConfigurationError):
            await anext(reading)

    asyncio.run(main())
