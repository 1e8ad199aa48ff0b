"""The one place that talks to an endpoint.

`Client.complete` sends messages and returns an instance of the class it was asked for.
Instructor validates the answer and asks again; what is beneath a single answer is done in
`sending`, and answers that are cut off are mended by `salvage`.
"""

from __future__ import annotations

import contextvars
import copy
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache as kept
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from pydantic import BaseModel, ValidationError

from summarizer.completion import Call, CallUsage, Completion, Reply, usage_of
from summarizer.config import OPENAI, Secret, digest_of, origin
from summarizer.dialects import Mode, dialect_of
from summarizer.errors import AnswerError, RequestRejected
from summarizer.faults import Place, in_short, misfit, secrets_in
from summarizer.hushed import hushed
from summarizer.lanes import Lanes
from summarizer.loop import PerLoop, imported
from summarizer.prepared import Prepared
from summarizer.retry import RetryPolicy
from summarizer.salvage import readable
from summarizer.sending import Body, Received, Sending
from summarizer.servers import Behind, Server, count_tokens, look_up

if TYPE_CHECKING:
    from openai import AsyncOpenAI

    from summarizer.cache import Cache
    from summarizer.pacing import Pacer

__all__ = ["CallUsage", "Client", "Completion", "Server", "usage_of"]

T = TypeVar("T", bound=BaseModel)

TIMEOUT = 600.0
CONNECT_TIMEOUT = LOOKUP_TIMEOUT = 10.0
CHAT = "/chat/completions"
NO_KEY = "none"
"""Sent where there is no key: without one the SDK would look for one by itself."""

_written: contextvars.ContextVar[str] = contextvars.ContextVar("summarizer_written")


class Client:
    """A model at an OpenAI-compatible endpoint.

    `timeout` is in seconds, for one request. `headers` and `extra_body` go with each request,
    the latter over what the library sets. `reasks` is how often an answer that doesn't fit is
    asked for again. `client` is an `AsyncOpenAI` of your own, used as it is and not closed.
    `identity` is what the endpoint is known by in a cache, if not by its address.

    It can be used from several event loops; each gets connections of its own.
    """

    def __init__(
        self,
        *,
        base_url: str | None,
        api_key: str,
        model: str,
        timeout: float = TIMEOUT,
        temperature: float | None = 0.0,
        headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        retry: RetryPolicy = RetryPolicy(),  # noqa: B008  # frozen
        reasks: int = 2,
        client: Any = None,
        identity: str | None = None,
    ) -> None:
        self._base_url = (str(client.base_url) if client else base_url or OPENAI).rstrip("/")
        self._origin = origin(self._base_url)
        self._key = Secret(api_key)
        self._model = model
        self._timeout = timeout
        self._headers = dict(headers or {})
        self._reasks = reasks
        self._given: AsyncOpenAI | None = client
        self._lines = PerLoop(self._build, _Line.aclose)
        # Shared, as all of this, with what `caching` returns.
        self._behind = Behind(partial(look_up, self._page, self._base_url, model))
        self._sending = Sending(
            model=model,
            dialect=dialect_of(self._base_url, model),
            temperature=temperature,
            extra_body=dict(extra_body or {}),
            policy=retry,
            place=Place(
                host=":".join(map(str, self._origin[1:])),
                model=model,
                timeout=timeout,
                secrets=secrets_in(str(client.api_key) if client else api_key, self._headers),
            ),
            identity=identity or digest_of(self._base_url),
            exchange=self._chat,
        )

    def __repr__(self) -> str:
        return f"Client(base_url={self._base_url!r}, model={self._model!r})"

    def caching(self, cache: Cache | None, repeat: int = 1) -> Client:
        """This client, with answers taken from a cache, and put there; with None without one.

        Everything else is shared, connections too. A client with another `repeat` gets other
        answers to the same requests.
        """
        return self._sharing(replace(self._sending, cache=cache, repeat=repeat))

    def paced(self, pacer: Pacer) -> Client:
        """This client, with each request waiting for a turn of the pacer, repeats too.

        Everything else is shared, connections too. What the cache has takes no turn.
        """
        return self._sharing(replace(self._sending, pacer=pacer))

    async def complete(
        self,
        messages: list[dict[str, str]],
        answer: type[T],
        *,
        strict: bool = False,
        grammar: str | None = None,
        max_tokens: int | None = None,
        seed: int | None = None,
    ) -> Completion[T]:
        """Send `messages` and return an instance of `answer`.

        The schema that the model sees is `answer.model_json_schema()`; with `strict` the
        endpoint is asked to hold the answer to it. `grammar`, in llama.cpp's GBNF, takes the
        schema's place on servers of that kind. Messages go out as they are. Validators of
        `answer` see the caller's context variables.

        Raises `EndpointError` when the request fails, `AnswerError` when the answer is no
        record, `ArticleTooLong` when the endpoint says so, and `SchemaError` when a validator
        breaks. `usage_of` such an error tells what the call cost.
        """
        await imported(_sdk_and_instructor)
        call = Call(strict, grammar, max_tokens, seed)
        with hushed():
            while True:
                mode = self._sending.mode
                call.begin()
                try:
                    value = await _asking(mode)(
                        response_model=_form_of(answer),
                        max_retries=self._reasks,
                        strict=False,
                        messages=messages,
                        call=call,
                        sending=self._sending,
                    )
                except Exception as error:  # noqa: BLE001  # translated and raised
                    failure = call.failure or misfit(error, answer, call.rounds)
                    if isinstance(failure, RequestRejected) and mode is not self._sending.mode:
                        continue
                    if isinstance(failure, AnswerError):
                        self._sending.forget(call.hits)
                    vars(failure)["usage"] = call.usage
                    # Not chained: instructor's error holds the whole prompt and completion.
                    raise failure from None
                # Instructor leaves these on the instance, where they would break pickling.
                vars(value).pop("_raw_response", None)
                vars(value).pop("_total_usage", None)
                self._sending.keep(call)
                return Completion(
                    value, call.usage, mode.value, call.truncated, call.rounds - 1, call.keys
                )

    def forget(self, keys: Iterable[str]) -> None:
        """Let go of answers in the cache, by `Completion.keys`: no record came of them, and who
        asks once more wants others."""
        self._sending.forget(keys)

    async def server(self) -> Server:
        """The server behind the endpoint, asked once; of kind "unknown" if it can't tell."""
        return await self._behind.server() or Server("unknown")

    async def count_tokens(self, text: str) -> int | None:
        """The tokens in `text`, counted by the server; None where it doesn't do that."""
        server = await self.server()
        return await count_tokens(self._page, self._base_url, server, self._model, text)

    async def aclose(self) -> None:
        """Close the connections. An `AsyncOpenAI` that was given stays open."""
        await self._lines.aclose()

    def _sharing(self, sending: Sending) -> Client:
        client = copy.copy(self)
        client._sending = sending
        return client

    async def _chat(self, body: Body) -> Received:
        import asyncio

        if self._given is not None:  # it may look into the body, as Azure's does
            return await self._exchange(CHAT, body.fields, self._timeout)
        line = self._lines.get()
        async with asyncio.timeout(self._timeout):  # the client's own is for each read
            response = await line.chat.post(body.json)
        return Received.of(response)

    async def _exchange(self, path: str, body: Mapping[str, Any] | None, limit: float) -> Received:
        """One request, by the SDK. Raises its errors."""
        import asyncio

        import httpx2

        sdk = self._given or self._lines.get().sdk
        # By `cast_to` the SDK neither walks through the body nor builds a model of the answer.
        options: Any = self._options(limit)
        asked: Any = sdk.get if body is None else partial(sdk.post, body=body)
        async with asyncio.timeout(limit):
            return Received.of(await asked(path, cast_to=httpx2.Response, options=options))

    def _options(self, limit: float) -> dict[str, Any]:
        import httpx2

        return {
            "headers": self._headers,
            "timeout": httpx2.Timeout(limit, connect=min(limit, CONNECT_TIMEOUT)),
            "max_retries": 0,
            "follow_redirects": False,  # a key for one host, and the article, stay there
        }

    def _build(self) -> _Line:
        import httpx2
        import openai
        from openai._models import FinalRequestOptions

        _, host, _ = self._origin
        # What is on this machine is not asked for through a proxy.
        away = not (host in ("localhost", "::1") or host.startswith("127."))
        verify = httpx2.create_ssl_context(trust_env=away)
        made = partial(openai.DefaultAsyncHttpxClient, trust_env=away, verify=verify)
        sdk = openai.AsyncOpenAI(
            base_url=self._base_url,
            api_key=self._key.get_secret_value() or NO_KEY,
            http_client=made(),
        )
        if self._origin != origin(OPENAI):
            # What the SDK took from OPENAI_ORG_ID and the like is meant for OpenAI. It has no
            # switch for that, and none at all for OPENAI_CUSTOM_HEADERS.
            sdk.organization = sdk.project = sdk.admin_api_key = None
            sdk._custom_headers = {}
        asked = FinalRequestOptions(method="post", url=CHAT, **self._options(self._timeout))
        request = sdk._build_request(asked)
        lanes = Lanes(made)
        chat = Prepared(lanes.send, request, sdk._make_status_error_from_response)
        return _Line(sdk, lanes, chat)

    async def _page(self, url: str, body: dict[str, Any] | None) -> object:
        await imported(_sdk)
        import openai

        try:
            return (await self._exchange(url, body, LOOKUP_TIMEOUT)).payload
        except (openai.OpenAIError, TimeoutError) as error:
            # An endpoint without such a page has none later either: it isn't asked again.
            return {} if isinstance(error, openai.NotFoundError) else None


class _Line(NamedTuple):
    """An SDK made here, and its request for a chat, which is prepared once."""

    sdk: AsyncOpenAI
    lanes: Lanes
    chat: Prepared

    async def aclose(self) -> None:
        await self.lanes.aclose()
        await self.sdk.close()


def _sdk() -> None:
    import httpcore2  # noqa: F401  # imported, not used; the SDK does, when a client is made
    import openai.types  # noqa: F401  # imported, not used


def _sdk_and_instructor() -> None:
    _sdk()
    # It imports its parts when they are asked for, and with the first what it does for images.
    from instructor import Image, OpenAISchema, patch  # noqa: F401  # imported, not used


@kept
def _asking(mode: Mode) -> Callable[..., Awaitable[Any]]:
    """Instructor around `_round`, which knows the client by its arguments."""
    import instructor

    create: Any = _round
    patched: Any = instructor.patch(create=create, mode=instructor.Mode[mode.name])
    return cast("Callable[..., Awaitable[Any]]", patched)


async def _round(
    *,
    messages: list[dict[str, Any]],
    call: Call,
    sending: Sending,
    response_format: dict[str, Any] | None = None,
) -> Reply:
    """One turn of instructor: one answer."""
    call.rounds += 1
    if call.rounds > 1:
        call.usage += CallUsage(reasks=1)
    try:
        written = await sending.write(messages, response_format, call)
        text, call.truncated = readable(written.content, written.finish_reason)
    except Exception as error:
        call.failure = error
        raise
    _written.set(text)
    from openai.types import CompletionUsage

    return Reply.of(text, CompletionUsage(prompt_tokens=0, completion_tokens=0, total_tokens=0))


@lru_cache(maxsize=256)
def _form_of(answer: type[BaseModel]) -> type[BaseModel]:
    """What instructor takes in place of `answer`: its schema, and its validation.

    Given the class itself, instructor makes a subclass of it for each call, and instances of
    that. It also validates the last JSON value that it finds, which in a broken answer is
    some inner object: here the text is what `_round` found.
    """
    from instructor import OpenAISchema
    from instructor.core.exceptions import ResponseParsingError

    def validate(cls: type[BaseModel], text: str, /, **_: object) -> BaseModel:
        try:
            return answer.model_validate_json(_written.get(), strict=False)
        except ValidationError as error:
            raise ResponseParsingError(in_short(error), mode="", raw_response=None) from error

    members = {
        "__module__": __name__,
        "model_json_schema": classmethod(lambda cls: answer.model_json_schema()),
        "model_validate_json": classmethod(validate),
    }
    # OpenAI takes no other characters in the name, which a generic class would bring.
    return type(re.sub(r"[^\w-]", "_", answer.__name__)[:64], (OpenAISchema,), members)
