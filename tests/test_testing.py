from __future__ import annotations

import asyncio
import doctest
import http.client
import json
import socket
import threading
from typing import Any

import pytest
from watching import Watched

import summarizer.testing
from summarizer.testing import (
    Answer,
    Request,
    ScriptedEndpoint,
    dropped,
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


class Caller:
    """One connection to an endpoint, kept alive."""

    def __init__(self, endpoint: ScriptedEndpoint, key: str | None = None) -> None:
        host, _, port = endpoint.base_url.removeprefix("http://").removesuffix("/v1").partition(":")
        self.connection = http.client.HTTPConnection(host, int(port), timeout=10)
        self.headers = {"Authorization": f"Bearer {key or endpoint.api_key}"}

    def call(self, path: str, body: Any = None) -> http.client.HTTPResponse:
        data = None if body is None else json.dumps(body)
        self.connection.request("POST" if data else "GET", path, data, self.headers)
        return self.connection.getresponse()

    def chat(self, **body: Any) -> tuple[int, Any]:
        response = self.call("/v1/chat/completions", {"messages": [], **body})
        text = response.read()
        try:
            return response.status, json.loads(text)
        except ValueError:
            return response.status, text

    def close(self) -> None:
        self.connection.close()


def ask(endpoint: ScriptedEndpoint, **body: Any) -> tuple[int, Any]:
    caller = Caller(endpoint)
    try:
        return caller.chat(**body)
    finally:
        caller.close()


def test_the_example_in_its_documentation_runs() -> None:
    failed, tried = doctest.testmod(summarizer.testing)
    assert tried
    assert not failed


def test_answers_are_served_in_turn_and_the_last_again() -> None:
    with ScriptedEndpoint([Answer("one"), Answer({"two": 2})]) as endpoint:
        said = [ask(endpoint)[1]["choices"][0]["message"]["content"] for _ in range(3)]
    assert said == ["one", '{"two": 2}', '{"two": 2}']


def test_a_script_can_be_a_function_of_the_request() -> None:
    with ScriptedEndpoint(lambda request: Answer(request.prompt.upper())) as endpoint:
        _, said = ask(endpoint, messages=[{"role": "user", "content": "abc"}], model="m")
    assert said["choices"][0]["message"]["content"] == "ABC"
    assert said["model"] == "m"


def test_requests_are_kept_as_they_came() -> None:
    with ScriptedEndpoint() as endpoint:
        ask(endpoint, model="m", temperature=0)
    (request,) = endpoint.requests
    assert (request.method, request.path) == ("POST", "/v1/chat/completions")
    assert request.body == {"messages": [], "model": "m", "temperature": 0}
    assert request.headers["authorization"] == f"Bearer {endpoint.api_key}"


def test_a_wrong_key_is_refused_kept_and_uses_up_no_answer() -> None:
    with ScriptedEndpoint([Answer("first"), Answer("second")]) as endpoint:
        caller = Caller(endpoint, key="wrong")
        assert caller.chat()[0] == 401
        caller.close()
        assert len(endpoint.requests) == 1
        assert ask(endpoint)[1]["choices"][0]["message"]["content"] == "first"
    assert ScriptedEndpoint().api_key != ScriptedEndpoint().api_key


def test_usage_can_be_set() -> None:
    usage = {"prompt_tokens": 7, "completion_tokens": 3}
    with ScriptedEndpoint([Answer(usage=usage)]) as endpoint:
        assert ask(endpoint)[1]["usage"] == {**usage, "total_tokens": 10}


@pytest.mark.parametrize(
    ("answer", "status"),
    [(rate_limited(), 429), (server_error(), 503), (server_error(500), 500)],
)
def test_failures_have_their_status(answer: Answer, status: int) -> None:
    with ScriptedEndpoint([answer]) as endpoint:
        assert ask(endpoint)[0] == status


def test_faults_look_as_endpoints_send_them() -> None:
    script = [null_choices(), refused("No."), filtered(), truncated('{"a'), Answer(raw=b"<html>")]
    with ScriptedEndpoint(script) as endpoint:
        answers = [ask(endpoint)[1] for _ in script]
    assert answers[0]["choices"] is None
    assert answers[1]["choices"][0]["message"]["refusal"] == "No."
    assert [a["choices"][0]["finish_reason"] for a in answers[2:4]] == ["content_filter", "length"]
    assert answers[4] == b"<html>"


def test_a_dropped_connection_has_no_answer() -> None:
    with ScriptedEndpoint([dropped(), Answer()]) as endpoint:
        with pytest.raises(http.client.RemoteDisconnected):
            ask(endpoint)
        assert ask(endpoint)[0] == 200


def test_parameters_are_refused_while_they_are_sent() -> None:
    with ScriptedEndpoint(refusing("temperature", Answer("cool"))) as endpoint:
        status, said = ask(endpoint, temperature=0)
        assert (status, said["error"]["param"]) == (400, "temperature")
        assert ask(endpoint)[0] == 200
    with ScriptedEndpoint(refusing_response_format()) as endpoint:
        assert ask(endpoint, response_format={"type": "json_schema"})[0] == 400
        assert ask(endpoint)[0] == 200


def test_a_delay_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[object] = []
    at_once = asyncio.sleep

    async def sleep(seconds: float) -> None:
        if seconds:
            order.append(seconds)
        await at_once(0)

    with ScriptedEndpoint([Watched(delay=60, on_sent=lambda: order.append("sent"))]) as endpoint:
        monkeypatch.setattr(asyncio, "sleep", sleep)
        ask(endpoint)
        assert order == [60, "sent"]


def test_models_are_listed_and_pages_added() -> None:
    def tokenize(request: Request) -> object:
        return {"tokens": list(range(len(request.body["content"])))}

    pages = {"/tokenize": tokenize, "/props": {"n": 1}}
    with ScriptedEndpoint(models=("a", "b"), pages=pages) as endpoint:
        caller = Caller(endpoint)
        listed = json.loads(caller.call("/v1/models").read())
        assert [model["id"] for model in listed["data"]] == ["a", "b"]
        assert json.loads(caller.call("/props").read()) == {"n": 1}
        assert len(json.loads(caller.call("/tokenize", {"content": "abc"}).read())["tokens"]) == 3
        missing = caller.call("/nothing")
        missing.read()
        assert missing.status == 404
        caller.close()
    assert endpoint.requests == []


def test_one_connection_serves_many_requests_sent_ahead() -> None:
    count = 300
    with ScriptedEndpoint() as endpoint:
        head = (
            f"POST /v1/chat/completions HTTP/1.1\r\nAuthorization: Bearer {endpoint.api_key}\r\n"
            "Content-Length: 2\r\n\r\n{}"
        )
        port = int(endpoint.base_url.rpartition(":")[2].removesuffix("/v1"))
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            connection.sendall(head.encode() * count)
            received = b""
            while received.count(b"chatcmpl-scripted") < count:
                received += connection.recv(1 << 20)
    assert len(endpoint.requests) == count


def test_leaving_stops_the_server_and_its_thread() -> None:
    before = threading.active_count()
    with ScriptedEndpoint([Answer(delay=30)]) as endpoint:
        caller = Caller(endpoint)
        caller.connection.request(
            "POST", "/v1/chat/completions", '{"messages": []}', caller.headers
        )
    assert threading.active_count() == before
    with pytest.raises(OSError, match="refused"):
        ask(endpoint)
    caller.close()
