from __future__ import annotations

import asyncio
import contextvars
import json
import logging
import pickle
import re
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, field_validator

from summarizer import retry
from summarizer.client import CallUsage, Client, Completion, usage_of
from summarizer.errors import (
    AnswerInvalid,
    AnswerTruncated,
    ArticleTooLong,
    AuthenticationFailed,
    ContentFiltered,
    EmptyAnswer,
    EndpointTimeout,
    EndpointUnreachable,
    InputError,
    ModelNotFound,
    PermissionDenied,
    RateLimited,
    Refused,
    RequestRejected,
    SchemaError,
    ServerFailed,
    SummarizerError,
)
from summarizer.loop import BackgroundLoop
from summarizer.retry import RetryPolicy
from summarizer.testing import (
    Answer,
    Request,
    Script,
    ScriptedEndpoint,
    dropped,
    failure,
    filtered,
    null_choices,
    rate_limited,
    refused,
    refusing,
    refusing_response_format,
    server_error,
    truncated,
)

pytestmark = pytest.mark.local_server

SEEN: contextvars.ContextVar[str] = contextvars.ContextVar("seen")
BRACES = "{{x}} {% y %} {# z #} {0} {name} ${a} %s"
USAGE = {
    "prompt_tokens": 100,
    "completion_tokens": 10,
    "prompt_tokens_details": {"cached_tokens": 60},
}


class Item(BaseModel):
    name: str
    kind: Literal["drill", "talks"] = "drill"


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid")
    headline: str = ""
    items: list[Item] = []


class Strict(BaseModel):
    number: int


GOOD = {"headline": "Drill at Port Aru", "items": [{"name": "Aru", "kind": "drill"}]}
RECORD = Record.model_validate(GOOD)


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        await asyncio.sleep(0)

    monkeypatch.setattr(retry, "sleep", sleep)
    return waits


def client_of(endpoint: ScriptedEndpoint, **options: Any) -> Client:
    given = {"base_url": endpoint.base_url, "api_key": endpoint.api_key, "model": "m"}
    return Client(**{**given, **options})


def ask(
    endpoint: ScriptedEndpoint,
    answer: type[Any] = Record,
    *,
    content: str = "An article.",
    options: dict[str, Any] | None = None,
    **asked: Any,
) -> Completion[Any]:
    async def main() -> Completion[Any]:
        client = client_of(endpoint, **(options or {}))
        try:
            return await client.complete([{"role": "user", "content": content}], answer, **asked)
        finally:
            await client.aclose()

    return asyncio.run(main())


def serve(script: Script, **asked: Any) -> tuple[Completion[Any], list[Request]]:
    with ScriptedEndpoint(script) as endpoint:
        return ask(endpoint, **asked), endpoint.requests


def fail(script: Script, expected: type[Exception], **asked: Any) -> tuple[Any, list[Request]]:
    with ScriptedEndpoint(script) as endpoint:
        with pytest.raises(expected) as caught:
            ask(endpoint, **asked)
        assert type(caught.value) is expected
        return caught.value, endpoint.requests


# What goes out


def test_a_request_is_the_one_that_the_sdk_would_send() -> None:
    async def main(endpoint: ScriptedEndpoint) -> None:
        import openai

        sdk = openai.AsyncOpenAI(base_url=endpoint.base_url, api_key=endpoint.api_key)
        headers = {"X-Team": "blue", "User-Agent": "ours"}
        for given in (None, sdk):
            client = client_of(endpoint, client=given, headers=headers)
            await client.complete([{"role": "user", "content": "Ärticle."}], Record)
            await client.aclose()
        await sdk.close()

    with ScriptedEndpoint([Answer(GOOD)]) as endpoint:
        asyncio.run(main(endpoint))
        ours, theirs = endpoint.requests
    assert ours == theirs


def test_the_schema_goes_out_as_a_response_format() -> None:
    done, (request,) = serve([Answer(GOOD)])
    assert done.value == RECORD
    assert request.body == {
        "model": "m",
        "messages": [{"role": "user", "content": "An article."}],
        "temperature": 0.0,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "Record", "schema": Record.model_json_schema()},
        },
    }
    assert (done.mode, done.truncated, done.reasks) == ("json_schema", False, 0)


def test_strict_asks_for_strictness() -> None:
    _, (request,) = serve([Answer(GOOD)], strict=True)
    assert request.body["response_format"]["json_schema"]["strict"] is True


def test_sampling_and_extras_go_out() -> None:
    options = {"temperature": 0.5, "headers": {"X-Team": "blue"}, "extra_body": {"top_k": 1}}
    _, (request,) = serve([Answer(GOOD)], options=options, max_tokens=7, seed=3)
    sent = {k: request.body[k] for k in ("temperature", "top_k", "max_tokens", "seed")}
    assert sent == {"temperature": 0.5, "top_k": 1, "max_tokens": 7, "seed": 3}
    assert request.headers["x-team"] == "blue"
    _, (request,) = serve([Answer(GOOD)], options={"temperature": None})
    assert "temperature" not in request.body


@pytest.mark.parametrize(
    "content",
    [BRACES, "https://a.example/x.png", "data:image/png;base64,AAAA", "Арӯ 港 \u2028 \x00"],
)
def test_an_article_goes_out_as_it_is(content: str) -> None:
    _, (request,) = serve([Answer(GOOD)], content=content)
    assert request.body["messages"] == [{"role": "user", "content": content}]


def test_braces_survive_a_re_ask_and_the_other_mode() -> None:
    _, requests = serve([Answer("no"), Answer(GOOD)], content=BRACES)
    assert [r.body["messages"][0]["content"] for r in requests] == [BRACES, BRACES]
    _, requests = serve(refusing_response_format(Answer(GOOD)), content=BRACES)
    assert BRACES in requests[-1].prompt


def test_the_callers_messages_are_left_alone() -> None:
    messages = [{"role": "system", "content": "s"}, {"role": "user", "content": "u"}]
    before = json.dumps(messages)
    with ScriptedEndpoint([Answer("no"), Answer(GOOD)]) as endpoint:

        async def main() -> None:
            client = client_of(endpoint)
            await client.complete(messages, Record)
            await client.aclose()

        asyncio.run(main())
    assert json.dumps(messages) == before


def test_the_name_of_a_generic_class_is_made_fit() -> None:
    wild = type("Wire[Record, 'x']", (Record,), {})
    _, (request,) = serve([Answer(GOOD)], answer=wild)
    name = request.body["response_format"]["json_schema"]["name"]
    assert name.replace("_", "").isalnum()
    assert len(name) <= 64


# What comes back


def test_the_value_is_of_the_class_asked_for_compares_and_pickles() -> None:
    done, _ = serve([Answer(GOOD)])
    assert type(done.value) is Record
    assert done.value == RECORD
    assert vars(done.value) == vars(RECORD)
    assert pickle.loads(pickle.dumps(done.value)) == RECORD


def test_types_are_lenient() -> None:
    done, requests = serve([Answer({"number": "1"})], answer=Strict)
    assert done.value.number == 1
    assert len(requests) == 1


@pytest.mark.parametrize(
    "text", ["<think>{{}} {}</think>\n{}", "```json\n{}\n```", "Here: {} - done."]
)
def test_thoughts_and_fences_cost_no_re_ask(text: str) -> None:
    done, requests = serve([Answer(text.replace("{}", json.dumps(GOOD)))])
    assert done.value == RECORD
    assert len(requests) == 1


def test_validators_see_the_context_of_the_caller() -> None:
    class Seeing(BaseModel):
        name: str

        @field_validator("name")
        @classmethod
        def look(cls, value: str) -> str:
            return f"{value} in {SEEN.get()}"

    SEEN.set("Aru")
    done, _ = serve([Answer("no"), Answer({"name": "Drill"})], answer=Seeing)
    assert done.value.name == "Drill in Aru"


# Re-asks


def test_an_unreadable_answer_is_asked_for_again_with_a_short_error() -> None:
    bad = {"headline": "x", "items": [{"kind": "secret-value"}] * 30}
    done, requests = serve([Answer(bad), Answer(GOOD)])
    assert (done.value, done.reasks) == (RECORD, 1)
    first, said, complaint = requests[1].body["messages"]
    assert first["content"] == "An article."
    assert said == {"role": "assistant", "content": json.dumps(bad)}
    assert "items.0.name: Field required" in complaint["content"]
    assert "secret-value" not in complaint["content"]
    assert len(complaint["content"]) < 900


def test_an_inner_object_does_not_pass_for_a_broken_answer() -> None:
    """Instructor takes the last JSON value, here an object that fits by its defaults."""
    broken = '{"headline": "x", "items": [{}'
    done, requests = serve(_first_refuse_then(Answer(broken), Answer(GOOD)))
    assert done.value == RECORD
    assert done.reasks == 1
    assert len(requests) == 3


def _first_refuse_then(*answers: Answer) -> Script:
    left = list(answers)

    def script(request: Request) -> Answer:
        if "response_format" in request.body:
            return failure(400, "response_format is unknown", param="response_format")
        return left.pop(0)

    return script


def test_after_the_last_re_ask_it_is_an_error_without_the_completion() -> None:
    error, requests = fail([Answer({"headline": ["TOP SECRET"] * 9})], AnswerInvalid)
    assert len(requests) == 3
    assert "headline" in str(error)
    shown = "".join(traceback.format_exception(error))
    assert "TOP SECRET" not in f"{error} {error!r} {shown}"
    assert error.retryable
    _, requests = fail([Answer("no")], AnswerInvalid, options={"reasks": 0})
    assert len(requests) == 1


def test_a_broken_validator_is_an_error_of_the_schema() -> None:
    class Broken(BaseModel):
        name: str

        @field_validator("name")
        @classmethod
        def look(cls, value: str) -> str:
            return {"a": "b"}[value]

    error, requests = fail([Answer({"name": "x"})], SchemaError, answer=Broken)
    assert isinstance(error.original, KeyError)
    assert len(requests) == 1


def test_an_error_of_ours_in_a_validator_comes_out_as_it_is() -> None:
    class Broken(BaseModel):
        name: str

        @field_validator("name")
        @classmethod
        def look(cls, value: str) -> str:
            raise SchemaError("by design")

    error, _ = fail([Answer({"name": "x"})], SchemaError, answer=Broken)
    assert error.message == "by design"


# Usage


def test_every_attempt_is_counted_once() -> None:
    script = [
        rate_limited(0),
        Answer("no", usage=USAGE),
        server_error(),
        Answer("no", usage=USAGE),
        Answer(GOOD, usage=USAGE),
    ]
    done, requests = serve(script)
    assert len(requests) == 5
    spent = done.usage
    assert (spent.calls, spent.prompt_tokens, spent.cached_tokens) == (5, 300, 180)
    assert spent.completion_tokens == 30
    assert spent.seconds > 0


def test_what_failed_calls_cost_is_told_too() -> None:
    error, _ = fail([Answer("no", usage=USAGE)], AnswerInvalid)
    assert usage_of(error).calls == 3
    assert usage_of(error).prompt_tokens == 300
    assert usage_of(pickle.loads(pickle.dumps(error))) == usage_of(error)
    assert usage_of(ValueError()) == CallUsage()


def test_usage_adds_up() -> None:
    assert CallUsage(1, 2, 3, 4, 5.0) + CallUsage(1, 1, 1, 1, 1.0) == CallUsage(2, 3, 4, 5, 6.0)


def test_calls_at_once_keep_their_usage_apart() -> None:
    def script(request: Request) -> Answer:
        number = int(request.prompt)
        return Answer(GOOD, usage={"prompt_tokens": number, "completion_tokens": 0})

    with ScriptedEndpoint(script) as endpoint:

        async def main() -> list[int]:
            client = client_of(endpoint)
            calls = [
                client.complete([{"role": "user", "content": str(n)}], Record) for n in range(1, 31)
            ]
            done = await asyncio.gather(*calls)
            await client.aclose()
            return [d.usage.prompt_tokens for d in done]

        assert asyncio.run(main()) == list(range(1, 31))


# Transport


@pytest.mark.parametrize(
    "fault",
    [
        rate_limited(),
        server_error(500),
        server_error(503),
        server_error(529),
        failure(408, "late"),
        failure(409, "busy"),
        dropped(),
        null_choices(),
        Answer(choices=[]),
        Answer(choices=[{}]),
        Answer(raw=b"<html>garbage"),
        Answer(raw=b"[1]"),
        Answer(raw=b"null"),
        Answer(None),
        Answer("  "),
    ],
)
def test_what_passes_is_tried_again_at_least_twice(fault: Answer) -> None:
    done, requests = serve([fault, fault, Answer(GOOD)])
    assert done.value == RECORD
    assert (len(requests), done.reasks) == (3, 0)


def test_retry_after_is_honoured(slept: list[float]) -> None:
    serve([rate_limited(7), Answer(GOOD)])
    assert 7 <= slept[0] <= 7.5


def test_an_hour_of_retry_after_is_an_error_at_once(slept: list[float]) -> None:
    error, requests = fail([rate_limited(3600)], RateLimited)
    assert (len(requests), slept) == (1, [])
    assert error.retryable
    assert vars(error)["retry_after"] == 3600


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (rate_limited(), RateLimited),
        (server_error(), ServerFailed),
        (dropped(), EndpointUnreachable),
        (null_choices(), EmptyAnswer),
    ],
)
def test_patience_runs_out(fault: Answer, expected: type[SummarizerError]) -> None:
    error, requests = fail([fault], expected, options={"retry": RetryPolicy(attempts=3)})
    assert len(requests) == 3
    assert usage_of(error).calls == 3


@pytest.mark.parametrize(
    ("fault", "expected", "hint"),
    [
        (failure(401, "no"), AuthenticationFailed, "doctor"),
        (failure(403, "no"), PermissionDenied, "article"),
        (failure(404, "no"), ModelNotFound, "/v1"),
        (failure(400, "Bad thing."), RequestRejected, "Bad thing"),
        (failure(422, "Bad thing."), RequestRejected, "Bad thing"),
        (failure(429, "quota", code="insufficient_quota"), RateLimited, "quota"),
        (failure(402, "Insufficient Balance"), RateLimited, "quota"),
        (
            Answer(status=307, headers={"Location": "http://127.0.0.1:1/v1"}),
            RequestRejected,
            "base",
        ),
    ],
)
def test_what_will_not_pass_is_an_error_at_once_with_a_hint(
    fault: Answer, expected: type[SummarizerError], hint: str
) -> None:
    error, requests = fail([fault], expected)
    assert len(requests) == 1
    assert not error.retryable
    assert hint in str(error)


@pytest.mark.parametrize(
    "fault",
    [
        failure(400, "This model's maximum context length is 8 tokens."),
        failure(400, "Too many tokens.", code="context_length_exceeded"),
        failure(400, "the request exceeds the available context size (9 > 8)"),
    ],
)
def test_a_context_that_is_too_small_is_an_article_too_long(fault: Answer) -> None:
    error, requests = fail([fault], ArticleTooLong, max_tokens=5)
    assert isinstance(error, InputError)
    assert len(requests) == 1


def test_a_slow_endpoint_is_a_timeout() -> None:
    options = {"timeout": 0.05, "retry": RetryPolicy(attempts=2)}
    error, requests = fail([Answer(GOOD, delay=5)], EndpointTimeout, options=options)
    assert len(requests) == 2
    assert "0.05 s" in str(error)


def test_nobody_there_is_an_error_with_a_hint() -> None:
    with ScriptedEndpoint() as endpoint:
        gone = endpoint.base_url

    async def main() -> None:
        client = Client(base_url=gone, api_key="", model="m", retry=RetryPolicy(attempts=2))
        try:
            await client.complete([{"role": "user", "content": "x"}], Record)
        finally:
            await client.aclose()

    with pytest.raises(EndpointUnreachable, match="server is running"):
        asyncio.run(main())


# Refusals, filters, limits


def test_a_refusal_is_an_error_of_its_own_and_asked_once() -> None:
    error, requests = fail([refused("Not this.")], Refused)
    assert "Not this." in str(error)
    assert len(requests) == 1


FLAGGED = {
    "code": 403,
    "message": "Your input was flagged.",
    "metadata": {"reasons": ["violence"], "flagged_input": "Shells fell on …"},
}
"""How OpenRouter says that a moderated model is not to read this."""


@pytest.mark.parametrize(
    "fault",
    [
        filtered(),
        failure(400, "no", code="content_filter"),
        Answer(status=403, raw=json.dumps({"error": FLAGGED}).encode()),
    ],
)
def test_a_content_filter_is_an_error_of_its_own_and_asked_once(fault: Answer) -> None:
    _, requests = fail([fault], ContentFiltered)
    assert len(requests) == 1


def test_of_a_truncated_answer_the_whole_items_are_kept() -> None:
    text = '{"headline": "h", "items": [{"name": "a"}, {"name": "b"}, {"name": "hal'
    done, requests = serve([truncated(text)])
    assert done.truncated
    assert [item.name for item in done.value.items] == ["a", "b"]
    assert len(requests) == 1


def test_an_answer_that_is_whole_at_its_limit_is_not_truncated() -> None:
    done, _ = serve([truncated(json.dumps(GOOD))])
    assert (done.value, done.truncated) == (RECORD, False)


@pytest.mark.parametrize("text", ["", "<think>and on and on", '{"items": [{"name": "hal'])
def test_nothing_whole_is_an_error(text: str) -> None:
    error, requests = fail([truncated(text)], AnswerTruncated)
    assert len(requests) == 1
    assert "more tokens" in str(error)


# What the endpoint refuses is learned


def test_a_refused_limit_is_renamed_and_remembered() -> None:
    with ScriptedEndpoint(refusing("max_tokens", Answer(GOOD))) as endpoint:
        done = ask(endpoint, max_tokens=9)
        assert done.usage.calls == 2
        ask(endpoint, max_tokens=9)
        last = endpoint.requests[-1].body
        assert len(endpoint.requests) == 3
        assert (last["max_completion_tokens"], "max_tokens" in last) == (9, False)


def test_a_refused_temperature_is_left_out_and_remembered() -> None:
    text = (
        "Unsupported value: 'temperature' does not support 0.0 with this model. "
        "Only the default (1) value is supported."
    )

    def script(request: Request) -> Answer:
        return failure(400, text) if "temperature" in request.body else Answer(GOOD)

    with ScriptedEndpoint(script) as endpoint:
        assert ask(endpoint).usage.calls == 2
        assert ask(endpoint).usage.calls == 1
        assert ask(endpoint, options={"model": "other"}).usage.calls == 2


def test_a_refused_format_goes_into_the_messages_and_is_remembered() -> None:
    answer = Answer(f"<think>{{}}</think>```json\n{json.dumps(GOOD)}\n```")
    with ScriptedEndpoint(refusing_response_format(answer)) as endpoint:
        done = ask(endpoint)
        assert (done.value, done.mode, done.usage.calls) == (RECORD, "md_json", 2)
        assert done.reasks == 0
        assert '"headline"' in endpoint.requests[-1].prompt
        assert ask(endpoint).usage.calls == 1


def test_refused_strictness_falls_back_to_the_schema_alone() -> None:
    def script(request: Request) -> Answer:
        form = request.body["response_format"]["json_schema"]
        return failure(400, "Invalid schema for format") if "strict" in form else Answer(GOOD)

    done, requests = serve(script, strict=True)
    assert (done.mode, len(requests)) == ("json_schema", 2)


def test_a_refused_parameter_of_ones_own_is_an_error() -> None:
    for name in ("temperature", "response_format"):
        options = {"extra_body": {name: {"type": "text"}}}
        _, requests = fail(refusing(name, Answer(GOOD)), RequestRejected, options=options)
        assert len(requests) < 4


def test_ten_calls_at_once_all_learn() -> None:
    with ScriptedEndpoint(refusing("max_tokens", Answer(GOOD, delay=0.01))) as endpoint:

        async def main() -> list[Completion[Record]]:
            client = client_of(endpoint)
            messages = [{"role": "user", "content": "x"}]
            calls = [client.complete(messages, Record, max_tokens=5) for _ in range(10)]
            done = await asyncio.gather(*calls)
            await client.aclose()
            return done

        assert all(d.value == RECORD for d in asyncio.run(main()))
        assert endpoint.requests[-1].body["max_completion_tokens"] == 5


# Keys


def test_the_key_is_in_no_log_error_or_repr(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    key = "sk-THE-KEY-0123456789"
    header = "another-secret-9876543210"
    for status in (400, 401, 404, 429, 500):
        said = failure(status, f"x{'-' * 90} Incorrect key {key} {header}")
        with ScriptedEndpoint([said], api_key=key) as endpoint:
            options = {"headers": {"X-Key": header}, "retry": RetryPolicy(attempts=2)}
            with pytest.raises(SummarizerError) as caught:
                ask(endpoint, options=options)
            shown = f"{caught.value} {caught.value!r} {caught.value.original!r}"
            shown += repr(vars(caught.value)) + repr(client_of(endpoint, **options))
            assert key[:14] not in shown
            assert header not in shown
    assert "Trying again" in caplog.text
    assert key[:14] not in caplog.text
    assert header not in caplog.text


def test_articles_and_answers_are_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    fail([Answer({"headline": ["ANSWER"]})], AnswerInvalid, content="ARTICLE")
    fail([failure(400, "no")], RequestRejected, content="ARTICLE")
    assert "ARTICLE" not in caplog.text
    assert "ANSWER" not in caplog.text


@pytest.mark.parametrize(
    "echo",
    [
        lambda request: f"Bad request: {request.prompt}",
        lambda request: f"Bad request: {json.dumps(request.body)} has no meaning",
        lambda request: f"Bad request: {request.body!r}"[:200],
    ],
    ids=["whole", "as JSON", "a part"],
)
@pytest.mark.parametrize(
    ("status", "expected"), [(400, RequestRejected), (422, RequestRejected), (500, ServerFailed)]
)
def test_what_an_endpoint_echoes_of_an_article_is_told_to_nobody(
    caplog: pytest.LogCaptureFixture,
    echo: Callable[[Request], str],
    status: int,
    expected: type[Exception],
) -> None:
    caplog.set_level(logging.DEBUG)
    article = "[1] Veldmark sent frigates.\n[2] Käpt'n Grünfärber schwieg; Adm. Mørk zürnte."
    error, _ = fail(
        lambda request: failure(status, echo(request)),
        expected,
        content=article,
        options={"retry": RetryPolicy(attempts=2)},
    )
    shown = f"{error} {error!r} {error.original!r} {vars(error)} {caplog.text}"
    assert f"answered {status}: Bad request: " in str(error)
    words = set(re.findall(r"\w{4,}", article))
    assert not [word for word in words if word in shown]


def test_what_fastapi_echoes_is_left_out_too() -> None:
    def script(request: Request) -> Answer:
        detail = [{"loc": ["body"], "msg": "Input is too odd", "input": dict(request.body)}]
        return Answer(status=422, raw=json.dumps({"detail": detail}).encode())

    error, _ = fail(script, RequestRejected, content="Veldmark's Grünfärber sent two frigates.")
    assert "Input is too odd" in str(error)
    assert "frigates" not in str(error)


def test_a_refusal_that_repeats_the_article_is_told_without_it() -> None:
    error, _ = fail(
        [refused("I can't say “Veldmark sent two frigates to Port Aru”, sorry.")],
        Refused,
        content="[1] Veldmark sent two frigates to Port Aru.",
    )
    assert str(error) == "The model declined: I can't say “[…]”, sorry."


def test_others_may_log_with_the_same_libraries(caplog: pytest.LogCaptureFixture) -> None:
    serve([Answer(GOOD)])
    caplog.set_level(logging.DEBUG)
    logging.getLogger("instructor.v2.retry").error("of somebody else")
    assert "of somebody else" in caplog.text


OPENAI_VARIABLES = {
    "OPENAI_API_KEY": "sk-env-secret",
    "OPENAI_ADMIN_KEY": "sk-env-secret",
    "OPENAI_ORG_ID": "sk-env-secret",
    "OPENAI_PROJECT_ID": "sk-env-secret",
    "OPENAI_CUSTOM_HEADERS": "X-Gate: sk-env-secret\nAuthorization: Bearer sk-env-secret",
}


def test_nothing_from_the_environment_reaches_another_host(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in OPENAI_VARIABLES.items():
        monkeypatch.setenv(name, value)
    _, (request,) = serve([Answer(GOOD)])
    assert "sk-env-secret" not in repr(request)
    _, (request,) = fail([Answer(GOOD)], AuthenticationFailed, options={"api_key": ""})
    assert request.headers["authorization"] == "Bearer none"


def test_this_machine_is_not_asked_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedEndpoint() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.base_url.removesuffix("/v1"))
        done, _ = serve([Answer(GOOD)])
        assert done.value == RECORD
        assert proxy.requests == []


def test_a_redirect_is_not_followed() -> None:
    with ScriptedEndpoint([Answer(GOOD)]) as elsewhere:
        to = {"Location": f"{elsewhere.base_url}/chat/completions"}
        fail([Answer(status=307, headers=to)], RequestRejected)
        assert elsewhere.requests == []


# Loops and threads


def test_a_client_of_ones_own_is_used_and_left_open() -> None:
    import openai

    with ScriptedEndpoint([rate_limited(0), Answer(GOOD)]) as endpoint:

        async def main() -> tuple[Completion[Record], bool]:
            own = openai.AsyncOpenAI(base_url=endpoint.base_url, api_key=endpoint.api_key)
            client = Client(base_url=None, api_key="", model="m", client=own)
            done = await client.complete([{"role": "user", "content": "x"}], Record)
            await client.aclose()
            closed = own.is_closed()
            await own.close()
            return done, closed

        done, closed = asyncio.run(main())
    assert (done.usage.calls, closed) == (2, False)


def test_a_client_of_ones_own_can_look_into_the_body() -> None:
    """Azure's takes the path from the model that is named there."""
    import httpx2
    import openai

    asked: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.path)
        body = {"choices": [{"message": {"content": json.dumps(GOOD)}}]}
        return httpx2.Response(200, json=body)

    async def main() -> Record:
        own = openai.AsyncAzureOpenAI(
            azure_endpoint="http://127.0.0.1:1",
            api_key="k",
            api_version="v",
            http_client=httpx2.AsyncClient(transport=httpx2.MockTransport(answer)),
        )
        client = Client(base_url=None, api_key="", model="m", client=own)
        return (await client.complete([{"role": "user", "content": "x"}], Record)).value

    assert asyncio.run(main()).model_dump() == GOOD
    assert asked == ["/openai/deployments/m/chat/completions"]


def test_one_client_serves_several_loops_and_ten_threads() -> None:
    with ScriptedEndpoint([Answer(GOOD)]) as endpoint:
        client = client_of(endpoint)
        loop = BackgroundLoop()
        values: list[Record] = []

        async def once() -> Record:
            return (await client.complete([{"role": "user", "content": "x"}], Record)).value

        def work() -> None:
            values.extend(loop.run(once()) for _ in range(3))

        threads = [threading.Thread(target=work) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        async def notebook() -> None:
            values.append(loop.run(once()))
            values.append(await once())
            await client.aclose()

        asyncio.run(notebook())
        loop.close()
    assert values == [RECORD] * 32


# The server behind it


def listing(owner: str, **more: Any) -> dict[str, Any]:
    return {"/v1/models": {"data": [{"id": "m", "owned_by": owner, **more}]}}


def look(endpoint: ScriptedEndpoint, text: str = "abc") -> tuple[Any, int | None]:
    async def main() -> tuple[Any, int | None]:
        client = client_of(endpoint)
        try:
            server = await client.server()
            assert await client.server() is server
            return server, await client.count_tokens(text)
        finally:
            await client.aclose()

    return asyncio.run(main())


def test_llama_cpp_tells_its_size_and_counts_tokens() -> None:
    pages = {
        **listing("llamacpp", meta={"n_ctx": 4096, "n_ctx_train": 9}),
        "/tokenize": lambda request: {"tokens": list(request.body["content"])},
    }
    with ScriptedEndpoint(pages=pages) as endpoint:
        server, count = look(endpoint)
    assert (server.kind, server.models, server.context_size) == ("llama.cpp", ("m",), 4096)
    assert count == 3


def test_an_endpoint_that_says_nothing_is_unknown() -> None:
    with ScriptedEndpoint() as endpoint:
        server, count = look(endpoint)
    assert (server.kind, server.models) == ("unknown", ("scripted",))
    assert (server.context_size, count) == (None, None)


def test_an_endpoint_without_a_listing_is_unknown_and_not_asked_again() -> None:
    with ScriptedEndpoint(pages={"/v1/models": None}) as endpoint:
        server, count = look(endpoint)  # the same object twice
    assert (server.kind, count) == ("unknown", None)


def test_an_endpoint_that_is_not_there_is_unknown_and_asked_again() -> None:
    async def main() -> tuple[str, str]:
        with ScriptedEndpoint(pages=listing("vllm")) as endpoint:
            client = client_of(endpoint, api_key="wrong")
            before = (await client.server()).kind
            endpoint.api_key = "wrong"
            after = (await client.server()).kind
            await client.aclose()
        return before, after

    assert asyncio.run(main()) == ("unknown", "vllm")


def test_openai_is_known_by_its_host_without_a_call() -> None:
    async def main() -> str:
        client = Client(base_url=None, api_key="sk-x", model="gpt-x")
        return (await client.server()).kind

    assert asyncio.run(main()) == "openai"


def test_nothing_heavy_is_imported_with_the_module() -> None:
    code = (
        "import sys, summarizer.client; "
        "print([m for m in ('openai', 'instructor', 'tenacity', 'httpx2') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "[]\n"
