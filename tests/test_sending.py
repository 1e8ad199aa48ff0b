"""Answers out of the cache, and requests that wait for their turn."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, cast

import pytest
from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator
from watching import Watched

from summarizer import dialects, retry
from summarizer.cache import Cache
from summarizer.client import CallUsage, Client, Completion, usage_of
from summarizer.config import digest_of
from summarizer.errors import (
    AnswerInvalid,
    EndpointTimeout,
    RateLimited,
    RequestRejected,
    SchemaError,
    ServerFailed,
)
from summarizer.pacing import Pacer
from summarizer.retry import RetryPolicy
from summarizer.testing import (
    Answer,
    Request,
    Script,
    ScriptedEndpoint,
    dropped,
    failure,
    null_choices,
    rate_limited,
    refusing,
    server_error,
    truncated,
)

pytestmark = pytest.mark.local_server

USAGE = {
    "prompt_tokens": 100,
    "completion_tokens": 10,
    "prompt_tokens_details": {"cached_tokens": 60},
}


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid")
    headline: str


GOOD = Answer({"headline": "Drill at Port Aru"}, usage=USAGE)
BAD = Answer("no", usage=USAGE)
Derive = Callable[[Client], Client]


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        await asyncio.sleep(0)

    monkeypatch.setattr(retry, "sleep", sleep)
    return waits


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with Cache(tmp_path / "answers.sqlite") as opened:
        yield opened


def ask(
    endpoint: ScriptedEndpoint,
    derive: Derive,
    answer: type[Any] = Record,
    *,
    times: int = 1,
    content: str = "An article.",
    options: Mapping[str, Any] | None = None,
    **asked: Any,
) -> list[Completion[Any]]:
    """What comes of asking several times by one client."""

    async def main() -> list[Completion[Any]]:
        given = {"base_url": endpoint.base_url, "api_key": endpoint.api_key, "model": "m"}
        client = derive(Client(**{**given, **(options or {})}))
        messages = [{"role": "user", "content": content}]
        try:
            return [await client.complete(messages, answer, **asked) for _ in range(times)]
        finally:
            await client.aclose()

    return asyncio.run(main())


def caching(cache: Cache, repeat: int = 1) -> Derive:
    return lambda client: client.caching(cache, repeat)


# Out of the cache


def test_what_was_had_is_not_asked_for_again_and_counts_as_saved(cache: Cache) -> None:
    with ScriptedEndpoint([GOOD]) as endpoint:
        first, second = ask(endpoint, caching(cache), times=2)
        (third,) = ask(endpoint, caching(cache))
        assert len(endpoint.requests) == 1
    assert first.usage == CallUsage(1, 100, 60, 10, first.usage.seconds)
    assert (
        second.usage
        == third.usage
        == CallUsage(saved_calls=1, saved_prompt_tokens=100, saved_completion_tokens=10)
    )
    assert first.value == second.value == third.value
    assert (first.mode, first.reasks) == (third.mode, third.reasks)


def test_without_a_cache_each_is_asked_for(cache: Cache) -> None:
    with ScriptedEndpoint([GOOD]) as endpoint:
        ask(endpoint, lambda client: client, times=2)
        ask(endpoint, lambda client: client.caching(cache).caching(None), times=2)
        assert len(endpoint.requests) == 4
    assert cache.info().entries == 0


@pytest.mark.parametrize(
    "changed",
    [
        {"content": "Another article."},
        {"seed": 2},
        {"max_tokens": 99},
        {"options": {"temperature": 0.5}},
        {"options": {"model": "n"}},
        {"options": {"extra_body": {"top_k": 1}}},
        {"options": {"identity": "other weights"}},
        {"answer": type("Other", (Record,), {})},
    ],
)
def test_what_is_asked_otherwise_is_asked_for(cache: Cache, changed: dict[str, Any]) -> None:
    with ScriptedEndpoint([GOOD]) as endpoint:
        ask(endpoint, caching(cache))
        ask(endpoint, caching(cache), **changed)
        assert len(endpoint.requests) == 2


def test_the_key_and_headers_make_no_difference_and_are_not_kept(
    cache: Cache, tmp_path: Path
) -> None:
    secret = "another-secret-9876543210"
    with ScriptedEndpoint([GOOD], api_key="sk-THE-KEY-0123456789") as endpoint:
        ask(endpoint, caching(cache), options={"headers": {"X-Key": secret}})
        ask(endpoint, caching(cache), options={"api_key": "sk-no-longer-valid"})
        assert len(endpoint.requests) == 1
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"Port Aru" in kept
    assert not [word for word in (b"THE-KEY", secret.encode(), b"127.0.0.1") if word in kept]


def test_another_endpoint_has_answers_of_its_own(cache: Cache) -> None:
    with ScriptedEndpoint([GOOD]) as one, ScriptedEndpoint([GOOD]) as other:
        ask(one, caching(cache))
        ask(other, caching(cache))
        assert len(other.requests) == 1
        # As the embedded engine, whose port is another each time.
        ask(one, caching(cache), options={"identity": "weights"})
        ask(other, caching(cache), options={"identity": "weights"})
        assert (len(one.requests), len(other.requests)) == (2, 1)


def test_an_address_is_known_however_it_is_written() -> None:
    assert digest_of("https://Models.example/v1/") == digest_of("https://models.example:443/v1")
    assert digest_of("https://models.example/v1") != digest_of("https://models.example/v2")


def test_repeats_get_answers_of_their_own(cache: Cache) -> None:
    answers = [Answer({"headline": str(number)}) for number in range(1, 4)]
    with ScriptedEndpoint(answers) as endpoint:
        for _ in range(2):
            found = [ask(endpoint, caching(cache, number))[0].value for number in (1, 2, 3)]
            assert [value.headline for value in found] == ["1", "2", "3"]
        assert len(endpoint.requests) == 3


def test_a_chain_of_re_asks_comes_out_of_the_cache_whole(cache: Cache) -> None:
    with ScriptedEndpoint([BAD, BAD, GOOD, BAD]) as endpoint:
        (first,) = ask(endpoint, caching(cache))
        (second,) = ask(endpoint, caching(cache))
        assert len(endpoint.requests) == 3
    assert (first.reasks, first.usage.reasks, first.usage.calls) == (2, 2, 3)
    assert (second.value, second.reasks) == (first.value, 2)
    assert (second.usage.calls, second.usage.saved_calls) == (0, 3)


def test_answers_that_no_record_came_of_are_not_kept(cache: Cache) -> None:
    with ScriptedEndpoint([BAD, BAD, BAD, GOOD]) as endpoint:
        with pytest.raises(AnswerInvalid) as caught:
            ask(endpoint, caching(cache))
        assert usage_of(caught.value).reasks == 2
        assert cache.info().entries == 0
        assert ask(endpoint, caching(cache))[0].reasks == 0


def test_each_hit_is_validated_anew_and_forgotten_where_no_record_comes_of_it(
    cache: Cache,
) -> None:
    class Picky(Record):
        accepts: bool = True

        @field_validator("headline")
        @classmethod
        def hold(cls, value: str, _: ValidationInfo) -> str:
            if picky:
                raise ValueError("too dull")
            return value

    picky = False
    with ScriptedEndpoint([GOOD]) as endpoint:
        ask(endpoint, caching(cache), Picky)
        picky = True
        with pytest.raises(AnswerInvalid):
            ask(endpoint, caching(cache), Picky)
        assert len(endpoint.requests) == 3  # a hit, and two re-asks
        assert cache.info().entries == 0
        picky = False
        ask(endpoint, caching(cache), Picky)
        assert len(endpoint.requests) == 4


def test_a_bug_of_a_validator_costs_no_answer(cache: Cache) -> None:
    class Broken(Record):
        @field_validator("headline")
        @classmethod
        def look(cls, value: str) -> str:
            return value if works else {"a": "b"}[value]

    works = True
    with ScriptedEndpoint([GOOD]) as endpoint:
        ask(endpoint, caching(cache), Broken)
        works = False
        with pytest.raises(SchemaError):
            ask(endpoint, caching(cache), Broken)
        works = True
        ask(endpoint, caching(cache), Broken)
        assert len(endpoint.requests) == 1


@pytest.mark.parametrize(
    "script",
    [
        [truncated('{"headline": "Drill", "x')],
        [Answer({"headline": "x"}, finish_reason="eos")],
    ],
)
def test_only_whole_answers_are_kept(cache: Cache, script: Script) -> None:
    with ScriptedEndpoint(script) as endpoint:
        ask(endpoint, caching(cache), times=2)
        assert len(endpoint.requests) == 2
    assert cache.info().entries == 0


def test_faults_on_the_way_are_not_kept(cache: Cache) -> None:
    with ScriptedEndpoint([server_error(), null_choices(), dropped(), GOOD]) as endpoint:
        (first,) = ask(endpoint, caching(cache))
        (second,) = ask(endpoint, caching(cache))
        assert len(endpoint.requests) == 4
    assert first.usage.calls == 4
    assert (second.usage.calls, second.usage.saved_calls) == (0, 1)
    assert cache.info().entries == 1


def test_a_call_that_failed_is_asked_for_again(cache: Cache) -> None:
    options = {"retry": RetryPolicy(attempts=2)}
    with ScriptedEndpoint([server_error(), server_error(), GOOD]) as endpoint:
        with pytest.raises(ServerFailed):
            ask(endpoint, caching(cache), options=options)
        assert ask(endpoint, caching(cache), options=options)[0].usage.calls == 1


def test_what_an_endpoint_refuses_is_not_found_out_again_for_what_was_had(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ScriptedEndpoint(refusing("max_tokens", GOOD)) as endpoint:
        (first,) = ask(endpoint, caching(cache), max_tokens=50)
        monkeypatch.setattr(dialects, "_KNOWN", {})  # as in another process
        (second,) = ask(endpoint, caching(cache), max_tokens=50)
    assert first.usage.calls == 2
    assert (second.usage.calls, second.usage.saved_calls) == (0, 1)


def test_read_only_serves_what_is_there_and_keeps_nothing(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    with ScriptedEndpoint([GOOD]) as endpoint:
        with Cache(path) as cache:
            ask(endpoint, caching(cache))
        with Cache(path, mode="read-only") as cache:
            ask(endpoint, caching(cache))
            ask(endpoint, caching(cache), content="Another.", times=2)
            assert cache.info().entries == 1
        assert len(endpoint.requests) == 3


# A client made from another


def test_connections_and_what_is_known_of_the_server_are_shared(cache: Cache) -> None:
    def page(request: Request) -> dict[str, Any]:
        asked.append(request.path)
        return {"object": "list", "data": [{"id": "m"}]}

    asked: list[str] = []

    async def main(endpoint: ScriptedEndpoint) -> None:
        one = Client(base_url=endpoint.base_url, api_key=endpoint.api_key, model="m")
        other = one.caching(cache)
        messages = [{"role": "user", "content": "An article."}]
        try:
            assert await other.server() == await one.server()
            looked = list(asked)
            assert looked
            assert await one.caching(None).server() == await other.server()
            assert asked == looked
            await one.complete(messages, Record)
            await other.complete(messages, Record)
            assert one._lines.get() is other._lines.get()
        finally:
            await other.aclose()

    with ScriptedEndpoint([GOOD], pages={"/v1/models": page}) as endpoint:
        asyncio.run(main(endpoint))
        assert len(endpoint.requests) == 2


# Taking turns


class Recorded:
    """A pacer that lets all go at once, and keeps what it is told."""

    def __init__(self) -> None:
        self.estimates: list[int] = []
        self.told: list[tuple[int | None, float, int | None]] = []
        self.headers: list[Mapping[str, str]] = []
        self.under_way = 0
        self.news = False

    def failure_is_news(self) -> bool:
        return self.news

    def turn(self, tokens: int = 0) -> Recorded:
        self.estimates.append(tokens)
        return self

    async def __aenter__(self) -> Recorded:
        self.under_way += 1
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.under_way -= 1

    def answered(
        self, status: int | None, headers: Mapping[str, str], seconds: float, tokens: int | None
    ) -> None:
        assert self.under_way == 1
        self.headers.append(headers)
        self.told.append((status, seconds, tokens))


def paced(pacer: object) -> Derive:
    return lambda client: client.paced(cast("Pacer", pacer))


def test_each_request_takes_a_turn_and_tells_what_came_of_it() -> None:
    pacer = Recorded()
    script = [rate_limited(3), server_error(), dropped(), BAD, GOOD]
    with ScriptedEndpoint(script) as endpoint:
        (done,) = ask(endpoint, paced(pacer))
    assert [status for status, _, _ in pacer.told] == [429, 503, None, 200, 200]
    assert [tokens for _, _, tokens in pacer.told] == [None, None, None, 110, 110]
    assert sum(seconds for _, seconds, _ in pacer.told) == pytest.approx(done.usage.seconds)
    assert pacer.headers[0]["Retry-After"] == "3"
    assert pacer.headers[4]["content-type"] == "application/json"


def test_no_turn_is_held_while_waiting_to_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    pacer, held = Recorded(), []

    async def sleep(seconds: float) -> None:
        held.append(pacer.under_way)

    monkeypatch.setattr(retry, "sleep", sleep)
    with ScriptedEndpoint([rate_limited(1), server_error(), GOOD]) as endpoint:
        ask(endpoint, paced(pacer))
    assert held == [0, 0]


def test_a_long_wait_for_the_turn_leaves_as_many_attempts() -> None:
    class Late(Recorded):
        async def __aenter__(self) -> Recorded:
            await asyncio.sleep(0.6)
            return await super().__aenter__()

    pacer = Late()
    with ScriptedEndpoint([server_error(), GOOD]) as endpoint:
        ask(endpoint, paced(pacer), options={"retry": RetryPolicy(max_seconds=0.5, base_wait=0.01)})
    assert [status for status, _, _ in pacer.told] == [503, 200]


@pytest.mark.parametrize(("news", "level"), [(True, "WARNING"), (False, "INFO")])
def test_what_is_tried_again_is_a_warning_where_the_pacer_says_so(
    caplog: pytest.LogCaptureFixture, news: bool, level: str
) -> None:
    caplog.set_level(logging.INFO, "summarizer")
    pacer = Recorded()
    pacer.news = news
    with ScriptedEndpoint([server_error(), GOOD]) as endpoint:
        ask(endpoint, paced(pacer))
    (told,) = caplog.records
    assert (told.levelname, "Trying again in" in told.message) == (level, True)


def test_the_estimate_is_of_what_is_sent_and_of_what_was_written_so_far() -> None:
    pacer = Recorded()
    with ScriptedEndpoint([GOOD]) as endpoint:
        ask(endpoint, paced(pacer), times=2)
        short, after = pacer.estimates
        ask(endpoint, paced(pacer), content="x" * 8000)
    assert after == short + 10
    assert 1900 < pacer.estimates[2] - short < 2000


def test_a_hit_takes_no_turn(cache: Cache) -> None:
    pacer = Recorded()
    with ScriptedEndpoint([GOOD]) as endpoint:
        ask(endpoint, lambda client: paced(pacer)(client.caching(cache)), times=2)
        ask(endpoint, lambda client: caching(cache)(paced(pacer)(client)))
    assert len(pacer.told) == 1


def test_refused_parameters_and_timeouts_tell_their_status() -> None:
    pacer = Recorded()
    with ScriptedEndpoint(refusing("seed", GOOD)) as endpoint:
        ask(endpoint, paced(pacer), seed=1)
    assert [status for status, _, _ in pacer.told] == [400, 200]
    options = {"timeout": 0.1, "retry": RetryPolicy(attempts=1)}
    with ScriptedEndpoint([Answer(delay=5)]) as endpoint, pytest.raises(EndpointTimeout):
        ask(endpoint, paced(pacer), options=options)
    assert pacer.told[-1][0] is None


def test_who_is_cancelled_gives_the_turn_back_and_tells_nothing() -> None:
    pacer = Recorded()

    async def main(endpoint: ScriptedEndpoint) -> None:
        client = Client(base_url=endpoint.base_url, api_key=endpoint.api_key, model="m")
        asking = client.paced(cast("Pacer", pacer)).complete(
            [{"role": "user", "content": "An article."}], Record
        )
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asking, 1.0)
        await client.aclose()

    with ScriptedEndpoint([Answer(delay=30)]) as endpoint:
        asyncio.run(main(endpoint))
    assert (pacer.under_way, pacer.told) == (0, [])


def test_a_real_pacer_lets_no_more_go_at_once_than_it_may() -> None:
    under_way: set[str] = set()
    at_once: list[int] = []

    def script(request: Request) -> Answer:
        under_way.add(request.prompt)
        at_once.append(len(under_way))
        sent = partial(under_way.remove, request.prompt)
        return Watched({"headline": "x"}, delay=0.1, on_sent=sent)

    async def main(endpoint: ScriptedEndpoint) -> None:
        client = Client(base_url=endpoint.base_url, api_key=endpoint.api_key, model="m")
        asking = client.paced(Pacer(concurrency=3))
        await asyncio.gather(
            *(asking.complete([{"role": "user", "content": str(n)}], Record) for n in range(12))
        )
        await client.aclose()

    with ScriptedEndpoint(script) as endpoint:
        asyncio.run(main(endpoint))
    assert len(at_once) == 12
    assert max(at_once) <= 3


def test_the_last_error_of_many_attempts_is_told_as_ever() -> None:
    pacer = Recorded()
    with ScriptedEndpoint([rate_limited(0)]) as endpoint, pytest.raises(RateLimited):
        ask(endpoint, paced(pacer), options={"retry": RetryPolicy(attempts=4)})
    assert len(pacer.told) == 4
    with ScriptedEndpoint([failure(400, "no")]) as endpoint, pytest.raises(RequestRejected):
        ask(endpoint, paced(pacer))
