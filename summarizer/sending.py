"""From messages to one answer: out of the cache, or by as many requests as it takes.

Each request waits for its turn, is counted, and is sent again where that makes sense (`retry`);
what the endpoint refuses is left out (`dialects`).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import from_json, to_json

from summarizer import retry
from summarizer.cache import Stored, key_of
from summarizer.completion import Call, CallUsage, Written, usage_from, written_from
from summarizer.dialects import Dialect, Mode
from summarizer.errors import RequestRejected
from summarizer.faults import Place, fault_of, translated
from summarizer.retry import RetryPolicy

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    import httpx2

    from summarizer.cache import Cache
    from summarizer.pacing import Pacer, Turn

log = logging.getLogger("summarizer")

BYTES_PER_TOKEN = 4
"""Of a request, on average."""


@dataclass(frozen=True)
class Body:
    """The body of a request: its fields, and the JSON of them."""

    fields: dict[str, Any]

    @cached_property
    def json(self) -> bytes:
        """Made once; the SDK's own way to it takes seven times as long."""
        return to_json(self.fields)

    @property
    def texts(self) -> list[str]:
        """What its messages say."""
        return [str(message.get("content", "")) for message in self.fields["messages"]]


class Received(NamedTuple):
    """What an endpoint answered with success: its JSON, None if it is none, and its headers."""

    payload: object
    headers: Mapping[str, str]

    @classmethod
    def of(cls, response: httpx2.Response) -> Received:
        """What is in a response."""
        try:
            payload = from_json(response.content)
        except ValueError:
            payload = None
        return cls(payload, response.headers)


@dataclass
class Lengths:
    """How long answers are, in tokens."""

    answers: int = 0
    tokens: int = 0

    def add(self, tokens: int) -> None:
        """Count one more answer."""
        self.answers += 1
        self.tokens += tokens

    @property
    def mean(self) -> int:
        """Of those so far; 0 before the first."""
        return self.tokens // self.answers if self.answers else 0


@dataclass(frozen=True)
class Sending:
    """How requests for one model are made and sent.

    `identity` is what the endpoint is known by in the cache, and `repeat` which of several answers
    to the same request is wanted. `exchange` sends a body to the endpoint.
    """

    model: str
    dialect: Dialect
    temperature: float | None
    extra_body: Mapping[str, Any]
    policy: RetryPolicy
    place: Place
    identity: str
    exchange: Callable[[Body], Awaitable[Received]]
    cache: Cache | None = None
    repeat: int = 1
    pacer: Pacer | None = None
    lengths: Lengths = field(default_factory=Lengths)

    @property
    def mode(self) -> Mode:
        """How the schema is given to the endpoint, as far as is known now."""
        return self.dialect.mode

    async def write(
        self, messages: list[dict[str, Any]], response_format: dict[str, Any] | None, call: Call
    ) -> Written:
        """What the model writes to `messages`.

        Raises `RequestRejected` where the endpoint wants another mode, which has other messages,
        and the errors of `written_from` and `translated`.
        """
        # What the endpoint refuses is in the key all the same: another process doesn't know of it.
        asked = self._body(Dialect(self.mode), messages, response_format, call)
        if self.cache is None:
            written, _ = await self._taken(asked, messages, response_format, call)
            return written
        key = key_of(asked.json, self.identity, self.repeat)
        kept = self.cache.get(key)
        if kept is not None:
            call.hits.append(key)
            call.usage += CallUsage(
                saved_calls=1,
                saved_prompt_tokens=kept.prompt_tokens,
                saved_completion_tokens=kept.completion_tokens,
            )
            return Written(kept.content, kept.finish_reason)
        written, spent = await self._taken(asked, messages, response_format, call)
        if written.finish_reason == "stop":
            answer = Stored(
                content=written.content,
                finish_reason=written.finish_reason,
                prompt_tokens=spent.prompt_tokens,
                cached_tokens=spent.cached_tokens,
                completion_tokens=spent.completion_tokens,
            )
            call.answers.append((key, answer))
        return written

    def keep(self, call: Call) -> None:
        """Put the answers of a call that came to a value into the cache.

        Not sooner: answers that no value came of would be served again to whoever tries again.
        """
        if self.cache is not None:
            for key, answer in call.answers:
                self.cache.put(key, answer)

    def forget(self, keys: Iterable[str]) -> None:
        """Take answers out of the cache that nothing came of, so that they are asked for anew."""
        if self.cache is not None:
            for key in keys:
                self.cache.remove(key)

    def _body(
        self,
        dialect: Dialect,
        messages: list[dict[str, Any]],
        response_format: dict[str, Any] | None,
        call: Call,
    ) -> Body:
        asked = dialect.body(messages, response_format, call, self.temperature)
        return Body({"model": self.model, **asked, **self.extra_body})

    async def _taken(
        self,
        asked: Body,
        messages: list[dict[str, Any]],
        response_format: dict[str, Any] | None,
        call: Call,
    ) -> tuple[Written, CallUsage]:
        """What the model writes, asked for by a request that the endpoint takes; and its cost."""
        mode = self.mode
        body = self._body(self.dialect, messages, response_format, call)
        if body == asked:
            body = asked  # whose JSON is made
        while True:
            try:
                return await retry.call(
                    partial(self._send, body, call),
                    partial(self._turn, body),
                    self.policy,
                    self._tell,
                )
            except RequestRejected:
                if call.fault is None or not self.dialect.learn(body.fields, call.fault):
                    raise
                refused, body = body, self._body(self.dialect, messages, response_format, call)
                # What is in `extra_body` stays, refused or not.
                if mode is not self.mode or body == refused:
                    raise

    async def _send(self, body: Body, call: Call, turn: Turn | None) -> tuple[Written, CallUsage]:
        """One request, counted, its failure told in our errors."""
        started = time.perf_counter()
        try:
            received = await self.exchange(body)
        except Exception as error:  # noqa: BLE001  # translated and raised
            seconds = time.perf_counter() - started
            call.usage += CallUsage(calls=1, seconds=seconds)
            call.fault = fault = fault_of(error)
            if turn is not None:
                status, headers = (fault.status, fault.headers) if fault else (None, {})
                turn.answered(status, headers, seconds, None)
            raise translated(error, self.place, body.texts) from None
        spent = usage_from(received.payload, time.perf_counter() - started)
        call.usage += spent
        if turn is not None:
            self.lengths.add(spent.completion_tokens)
            tokens = spent.prompt_tokens + spent.completion_tokens
            turn.answered(200, received.headers, spent.seconds, tokens or None)
        return written_from(received.payload, self.place.host, body.texts), spent

    def _turn(self, body: Body) -> AbstractAsyncContextManager[Turn | None]:
        if self.pacer is None:
            return nullcontext()
        return self.pacer.turn(len(body.json) // BYTES_PER_TOKEN + self.lengths.mean)

    def _tell(self, error: BaseException, seconds: float) -> None:
        told = self.pacer is not None and self.pacer.failure_is_news()
        level = logging.WARNING if told else logging.INFO
        log.log(level, "%s Trying again in %.1f s.", error, seconds)
