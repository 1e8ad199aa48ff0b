"""An article goes to the model in parts, side by side; each part fails by itself."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from summarizer import (
    Article,
    AuthenticationFailed,
    IssueKind,
    Result,
    ServerFailed,
    SituationSummary,
    Summarizer,
)
from summarizer import request as ask
from summarizer.asking import Asker
from summarizer.completion import CallUsage, Completion
from summarizer.grounding import Source
from summarizer.servers import Server
from summarizer.testing import Answer, Request, ScriptedEndpoint, failure, server_error, truncated
from summarizer.wire import Profile, Size, plan

pytestmark = pytest.mark.local_server

STATES = ["Norland", "Sarvia", "Kestria", "Velmara", "Ostrava", "Lusara", "Dorvania", "Talvinia"]
SENTENCES = [
    f"On Monday {STATES[n % 8]} deployed {n + 2} ships off the port of Harrow {n}."
    for n in range(160)
]
LONG = " ".join(SENTENCES)
SHORT = " ".join(SENTENCES[:8])


@pytest.fixture(autouse=True)
def _no_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    async def sleep(seconds: float) -> None:
        """Between attempts, no time goes by."""

    monkeypatch.setattr("summarizer.retry.sleep", sleep)


def pages(context: int) -> dict[str, Any]:
    listing = {"data": [{"id": "scripted", "owned_by": "someone", "max_model_len": context}]}
    return {"/v1/models": listing}


def perfect(request: Request, headline: str = "Ships") -> Answer:
    """Every deployment in the sentences that are shown, and no other."""
    shown = re.findall(r"^\[(\d+)\] On Monday (\w+) deployed", request.prompt, re.MULTILINE)
    activities = [
        {
            "sentences": [int(number)],
            "name": f"Deployment {number}",
            "type": "deployment",
            "realis": "occurred",
            "actors": [state],
        }
        for number, state in shown
    ]
    states = dict.fromkeys(state for _, state in shown)
    parties = [{"name": state, "kind": "state"} for state in states]
    return Answer({"headline": headline, "parties": parties, "military_activities": activities})


def run(
    script: Callable[[Request], Answer], text: str, context: int = 6000, **settings: Any
) -> tuple[Result[Any], list[Request]]:
    with (
        ScriptedEndpoint(script, pages=pages(context)) as server,
        Summarizer(
            "scripted", base_url=server.base_url, api_key=server.api_key, checks=(), **settings
        ) as summarizer,
    ):
        return summarizer.summarize(text), server.requests


def told(result: Result[Any]) -> list[int]:
    """The sentences that activities were told of, in the record's order."""
    return [a.evidence[0].sentence for a in result.summary.military_activities]


def test_a_short_article_goes_whole_and_the_signature_says_why() -> None:
    result, requests = run(perfect, SHORT)
    assert told(result) == list(range(1, 9))
    assert len(requests) == 1
    assert result.signature["strategy"] == "single"
    assert re.search(r"the article takes about [\d,]+ tokens", result.signature["strategy_why"])


def test_an_article_too_long_for_the_model_goes_in_windows_and_comes_back_whole() -> None:
    result, requests = run(perfect, LONG)
    assert len(requests) > 1
    assert told(result) == list(range(1, 161))
    assert sorted(p.name for p in result.summary.parties) == sorted(STATES)
    assert result.signature["strategy"] == "windows/single"
    assert "the model 6,000 in all" in result.signature["strategy_why"]


def test_windows_can_be_asked_for() -> None:
    text = " ".join(SENTENCES * 2)
    result, requests = run(perfect, text, context=100_000, strategy="windows")
    assert len(requests) > 1
    assert result.signature["strategy"] == "windows/single"


def test_a_window_that_fails_costs_its_own_sentences_and_is_named() -> None:
    def script(request: Request) -> Answer:
        return server_error(500) if "[100] " in request.prompt else perfect(request)

    result, _ = run(script, LONG)
    found = told(result)
    assert 1 in found
    assert 160 in found
    assert 100 not in found
    [issue] = result.issues_of([IssueKind.SECTION_FAILED])
    first, last = map(int, re.findall(r"sentences (\d+) to (\d+)", issue.message)[0])
    assert first <= 100 <= last
    assert {*range(1, 161)} - {*found} <= {*range(first, last + 1)}


def test_where_every_window_fails_so_does_the_article() -> None:
    with pytest.raises(ServerFailed) as caught:
        run(lambda _: server_error(500), LONG)
    assert caught.value.usage is not None
    assert caught.value.usage.calls > 1


def test_what_would_fail_for_every_window_fails_once() -> None:
    asked: list[Request] = []

    def script(request: Request) -> Answer:
        asked.append(request)
        return failure(401, "Incorrect API key provided.", code="invalid_api_key")

    with pytest.raises(AuthenticationFailed):
        run(script, LONG)
    assert len(asked) == 1


class Counting:
    """As much of a client as is asked, which counts the calls that are under way."""

    def __init__(self) -> None:
        self.now = self.most = 0

    async def complete(self, *given: Any, **more: Any) -> Completion[Any]:
        self.now += 1
        self.most = max(self.most, self.now)
        for _turn in range(20):
            await asyncio.sleep(0)
        self.now -= 1
        return Completion(None, CallUsage(calls=1), "json_schema", truncated=False, reasks=0)


@pytest.mark.parametrize(
    ("concurrency", "slots", "most"), [(1, 8, 1), (3, 1, 3), (None, 2, 2), (None, None, 4)]
)
def test_calls_run_side_by_side_as_far_as_they_may(
    concurrency: int | None, slots: int | None, most: int
) -> None:
    client = Counting()
    asked = ask.Request(SituationSummary, "any", "sections", Size.FULL, concurrency=concurrency)
    planned = plan(SituationSummary, Profile.STRICT, Size.FULL)
    source = Source(Article.from_text(SHORT))

    async def answered() -> None:
        server = Server("unknown", slots=slots)
        asker = Asker(client, asked, server, planned, source)  # type: ignore[arg-type]  # as much of one
        found = await asker.answers(await asker.parts())
        assert len(found) == asker.spent.calls == 7

    asyncio.run(answered())
    assert client.most == most


def test_the_order_in_which_windows_come_back_does_not_matter() -> None:
    def late(request: Request) -> Answer:
        answer = perfect(request)
        first = int(re.findall(r"^\[(\d+)\]", request.prompt, re.MULTILINE)[0])
        return Answer(answer.content, delay=0.1 if first < 60 else 0.0)

    first, _ = run(perfect, LONG)
    second, _ = run(late, LONG)
    assert first.summary == second.summary


def test_the_headlines_of_other_windows_are_told_in_one_issue() -> None:
    def script(request: Request) -> Answer:
        first = re.findall(r"^\[(\d+)\]", request.prompt, re.MULTILINE)[0]
        return perfect(request, f"Ships, from {first} on")

    result, requests = run(script, LONG)
    assert result.summary.headline == "Ships, from 1 on"
    [issue] = result.issues_of([IssueKind.CONFLICT])
    assert len(issue.original["values"]) == len(requests) - 1


def spoilt(request: Request, **other: Any) -> Answer:
    """As a perfect model, but for what is told of sentence 3."""
    answer = deepcopy(perfect(request).content)
    assert isinstance(answer, dict)
    for activity in answer["military_activities"]:
        if activity["sentences"] == [3]:
            activity.update(other)
    return Answer(answer)


def mended(request: Request) -> Answer:
    """The right item in the place of each that is refused, and the last where one is missing."""
    shown = request.prompt.split("<items-")[1]
    items = [
        {"mends": int(number), "sentences": [3], "name": "Deployment 3", "type": "deployment"}
        for number in re.findall(r"^\((\d+)\)", shown, re.MULTILINE)
    ]
    if "held in" in shown:
        items.append(
            {"mends": 0, "sentences": [160], "name": "Deployment 160", "type": "deployment"}
        )
    right = {"realis": "occurred", "actors": []}
    return Answer({"military_activities": [{**item, **right} for item in items]})


def test_an_item_of_one_window_is_mended_though_another_s_answer_was_cut_off() -> None:
    def script(request: Request) -> Answer:
        if '"mends"' in request.prompt:
            return mended(request)
        answer = spoilt(request, type="picnic")
        text = json.dumps(answer.content)
        return (
            truncated(text[: text.index("Deployment 160")])
            if "[160] " in request.prompt
            else answer
        )

    result, _ = run(script, LONG)
    assert told(result) == list(range(1, 161))


def test_an_item_that_cites_nothing_is_mended_by_its_own_window() -> None:
    def script(request: Request) -> Answer:
        return mended(request) if '"mends"' in request.prompt else spoilt(request, sentences=[999])

    result, requests = run(script, LONG)
    assert told(result) == list(range(1, 161))
    [again] = [request for request in requests if '"mends"' in request.prompt]
    assert "[3] " in again.prompt
    assert "[160] " not in again.prompt


def test_after_a_quota_is_used_up_nothing_more_is_asked_and_nothing_got_is_lost() -> None:
    asked: list[Request] = []

    def script(request: Request) -> Answer:
        asked.append(request)
        used_up = failure(401, "Your key was revoked.", code="invalid_api_key")
        return perfect(request) if len(asked) == 1 else used_up

    result, _ = run(script, LONG, concurrency=1)
    assert told(result)[0] == 1
    assert len(asked) == 2
    assert len(result.issues_of([IssueKind.SECTION_FAILED])) >= 2
