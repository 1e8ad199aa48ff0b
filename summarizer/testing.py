"""A scripted endpoint, so that code which uses `summarizer` can be tested without a model.

It is a real HTTP server on 127.0.0.1 and a free port, it speaks as much of the OpenAI API as
this library uses, and it answers what the script says: records, faults and latencies.

    >>> from summarizer.testing import Answer, ScriptedEndpoint, rate_limited
    >>> import json, urllib.request
    >>> with ScriptedEndpoint([rate_limited(0), Answer({"headline": "Nothing new"})]) as server:
    ...     def ask():
    ...         request = urllib.request.Request(
    ...             f"{server.base_url}/chat/completions",
    ...             data=json.dumps({"model": "scripted", "messages": []}).encode(),
    ...             headers={"Authorization": f"Bearer {server.api_key}"},
    ...         )
    ...         with urllib.request.urlopen(request) as response:
    ...             return json.load(response)["choices"][0]["message"]["content"]
    ...     try:
    ...         ask()
    ...     except urllib.error.HTTPError as error:
    ...         print(error.code, error.headers["Retry-After"])
    ...     print(ask(), len(server.requests))
    429 0
    {"headline": "Nothing new"} 2

An `Answer` that is served last is served again for every further request. A script can be a
function too, from `Request` to `Answer`.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from summarizer.loop import BackgroundLoop

REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found"}


@dataclass(frozen=True)
class Request:
    """What came in: method, path, headers (names in lower case) and the parsed JSON body."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def prompt(self) -> str:
        """The text of all messages, joined."""
        return "\n".join(str(m.get("content", "")) for m in self.body.get("messages", ()))


@dataclass(frozen=True)
class Answer:
    """One answer to one chat request.

    `content` is the message, a mapping being sent as JSON. `usage` replaces the token counts,
    which otherwise are a quarter of the characters. `delay` is in seconds. With `drop` the
    connection closes without an answer. `raw` replaces the body, and `choices` the choices.
    """

    content: str | Mapping[str, Any] | None = "{}"
    finish_reason: str = "stop"
    refusal: str | None = None
    usage: Mapping[str, Any] | None = None
    delay: float = 0.0
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    drop: bool = False
    raw: bytes | None = None
    choices: object = ...

    def payload(self, request: Request) -> bytes:
        """The body of the HTTP answer."""
        if self.raw is not None:
            return self.raw
        content = self.content
        text = json.dumps(content) if isinstance(content, Mapping) else content
        usage = self.usage or {
            "prompt_tokens": len(request.prompt) // 4,
            "completion_tokens": len(text or "") // 4,
        }
        message = {"role": "assistant", "content": text, "refusal": self.refusal}
        choice = {"index": 0, "finish_reason": self.finish_reason, "message": message}
        return json.dumps(
            {
                "id": "chatcmpl-scripted",
                "object": "chat.completion",
                "created": 0,
                "model": request.body.get("model", ""),
                "choices": [choice] if self.choices is ... else self.choices,
                "usage": {"total_tokens": sum(_ints(usage)), **usage},
            }
        ).encode()


def _ints(usage: Mapping[str, Any]) -> list[int]:
    return [usage.get("prompt_tokens", 0), usage.get("completion_tokens", 0)]


def failure(
    status: int, message: str, *, param: str | None = None, code: str | None = None
) -> Answer:
    """An HTTP error in the shape that OpenAI gives it."""
    error = {"message": message, "type": "invalid_request_error", "param": param, "code": code}
    return Answer(status=status, raw=json.dumps({"error": error}).encode())


def rate_limited(retry_after: float | str | None = None) -> Answer:
    """429, with `Retry-After` where given: seconds, or an HTTP date."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Answer(status=429, headers=headers, raw=b'{"error": {"message": "Slow down."}}')


def server_error(status: int = 503) -> Answer:
    """A 5xx with a body that is not JSON, as proxies send it."""
    return Answer(
        status=status, headers={"Content-Type": "text/html"}, raw=b"<h1>Try again later</h1>"
    )


def dropped() -> Answer:
    """The connection closes without an answer."""
    return Answer(drop=True)


def truncated(content: str) -> Answer:
    """An answer cut off by the limit on its length."""
    return Answer(content, finish_reason="length")


def null_choices() -> Answer:
    """200, with `choices: null`."""
    return Answer(choices=None)


def refused(reason: str = "I can't help with that.") -> Answer:
    """The model declines."""
    return Answer(None, refusal=reason)


def filtered() -> Answer:
    """The provider's content filter withholds the answer."""
    return Answer(None, finish_reason="content_filter")


def refusing(parameter: str, then: Answer | None = None) -> Callable[[Request], Answer]:
    """A script: 400 while `parameter` is in the request, `then` without it."""
    answer = then or Answer()
    hint = " Use 'max_completion_tokens' instead." if parameter == "max_tokens" else ""
    text = f"Unsupported parameter: '{parameter}' is not supported with this model.{hint}"

    def script(request: Request) -> Answer:
        if parameter not in request.body:
            return answer
        return failure(400, text, param=parameter, code="unsupported_parameter")

    return script


def refusing_response_format(then: Answer | None = None) -> Callable[[Request], Answer]:
    """A script: 400 while the request has a `response_format`, `then` without one."""
    answer = then or Answer()

    def script(request: Request) -> Answer:
        if "response_format" not in request.body:
            return answer
        return failure(400, "'response_format.type' must be 'text'", param="response_format")

    return script


Script = Sequence[Answer] | Callable[[Request], Answer]


class ScriptedEndpoint:
    """A server on 127.0.0.1 that answers by a script; a context manager.

    `requests` holds each chat request that came in, those with a wrong key (401) included.
    `pages` adds or replaces other paths below the server's root, such as `/v1/models`,
    `/props` or `/tokenize`: JSON, or a function from `Request` to it.
    """

    def __init__(
        self,
        script: Script = (Answer(),),
        *,
        models: Sequence[str] = ("scripted",),
        pages: Mapping[str, Any] | None = None,
        api_key: str | None = None,
    ) -> None:
        self.api_key = api_key or f"sk-test-{secrets.token_hex(16)}"
        self.requests: list[Request] = []
        listed = [{"id": name, "object": "model", "owned_by": "scripted"} for name in models]
        self._pages = {"/v1/models": {"object": "list", "data": listed}, **(pages or {})}
        self._script = script
        self._served = 0
        self._lock = threading.Lock()
        self._loop = BackgroundLoop("scripted-endpoint")
        self._server: asyncio.Server | None = None
        self._port = 0
        self._connections: set[asyncio.Task[Any]] = set()

    @property
    def base_url(self) -> str:
        """Where it listens, with `/v1`."""
        return f"http://127.0.0.1:{self._port}/v1"

    def __enter__(self) -> Self:
        self._loop.run(self._open())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.run(self._close())
        self._loop.close()

    async def _close(self) -> None:
        # A connection that was accepted just now has to get as far as `_serve` first: asyncio
        # would lose it, and its socket, were the server closed in between.
        known = self._connections, {asyncio.current_task()}
        while asyncio.all_tasks().difference(*known):  # noqa: ASYNC110  # no event says so
            await asyncio.sleep(0)
        if self._server is not None:
            self._server.close()
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await asyncio.sleep(0)  # a transport is closed one turn after it was asked to

    async def _open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=512)
        self._port = self._server.sockets[0].getsockname()[1]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # for mypy: a handler runs in a task
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)
        try:
            while (request := await _read(reader)) is not None:
                answer = self._answer(request)
                if answer.delay:
                    await asyncio.sleep(answer.delay)
                if answer.drop:
                    return
                writer.write(_encode(answer, answer.payload(request)))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client went away and wants no answer
        except asyncio.CancelledError:
            writer.transport.abort()  # without waiting for a client that doesn't read
        finally:
            writer.close()

    def _answer(self, request: Request) -> Answer:
        chat = request.path == "/v1/chat/completions"
        if chat:
            self.requests.append(request)
        if request.headers.get("authorization") != f"Bearer {self.api_key}":
            return failure(401, "Incorrect API key provided.", code="invalid_api_key")
        if not chat:
            page = self._pages.get(request.path)
            if page is None:
                return failure(404, f"No such path: {request.path}")
            body = page(request) if callable(page) else page
            return Answer(raw=json.dumps(body).encode())
        if callable(self._script):
            return self._script(request)
        with self._lock:
            index = min(self._served, len(self._script) - 1)
            self._served += 1
        return self._script[index]


async def _read(reader: asyncio.StreamReader) -> Request | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    length = int(headers.get("content-length", "0"))
    body = await reader.readexactly(length) if length else b"{}"
    method, path, _ = first.split(" ", 2)
    return Request(method, path, headers, json.loads(body))


def _encode(answer: Answer, body: bytes) -> bytes:
    headers = {"Content-Type": "application/json", **answer.headers, "Content-Length": len(body)}
    lines = [f"HTTP/1.1 {answer.status} {REASONS.get(answer.status, 'Other')}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body
