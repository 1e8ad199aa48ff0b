"""`Summarizer`: one model and one schema, for as many articles as come."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any, Generic, Self, cast

from pydantic import BaseModel
from typing_extensions import TypeVar

from summarizer import embedded
from summarizer.article import Article
from summarizer.config import resolve
from summarizer.errors import ConfigurationError
from summarizer.pipeline import Request, extract
from summarizer.schemas import SituationSummary
from summarizer.strategies import choose
from summarizer.wire import Profile, Size

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from types import TracebackType

    from summarizer.client import Client
    from summarizer.loop import BackgroundLoop
    from summarizer.results import Result

S = TypeVar("S", bound=BaseModel, default=SituationSummary)


class Summarizer(Generic[S]):
    """Turns articles into records, with one model and one schema. Reusable, from any thread.

    With neither `model` nor `base_url`, given or in the environment, a small model runs on this
    machine, beside the process, and nothing leaves it. Use it as a context manager, or `close()` it.

    Args:
        model: a model that the endpoint knows; or, without a base URL, weights by name or by the
            path of a GGUF file, for the embedded engine.
        base_url: an OpenAI-compatible endpoint, as a rule ending in ``/v1``.
        api_key: the key for that endpoint, sent nowhere else.
        schema: the Pydantic class of the record.
        strategy: ``auto``, ``single`` (one call) or ``sections`` (one call a section).
        size: ``auto``, ``full``, or ``core``: what small models can fill.
        output_language: the language of free text, as an English word.
        temperature: 0 unless set; None leaves it to the server.
        seed: for servers that sample by one.
        max_tokens: the most that one answer may take.
        timeout: seconds for one call.
        headers: further HTTP headers for the endpoint.
        extra_body: further fields of the request body.
        client: a ready ``openai.AsyncOpenAI`` in place of `base_url` and `api_key`; `model` has
            to be named with it, and closing it is the caller's business.
        notify: called with a line of text when something long begins, such as fetching weights.

    Raises:
        ConfigurationError: what is set can't work.
        SchemaError: the schema holds something that can't be asked for.
    """

    def __init__(
        self,
        model: str | None = None,
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        schema: type[S] = cast("type[S]", SituationSummary),  # noqa: B008  # a class, made once
        strategy: str = "auto",
        size: str = "auto",
        output_language: str | None = "English",
        temperature: float | None = 0.0,
        seed: int | None = None,
        max_tokens: int | None = None,
        timeout: float = 600.0,
        headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        client: Any = None,  # noqa: ANN401  # openai's class, which is not imported here
        notify: Callable[[str], None] | None = None,
    ) -> None:
        if client is not None and (model is None or base_url or api_key):
            raise ConfigurationError(
                "With client=, name the model, and leave the base URL and the key to the client."
            )
        self.settings = resolve(
            model=model,
            base_url=base_url if client is None else str(client.base_url),
            api_key=api_key,
            embedded_names=embedded.CATALOGUE,
        )
        self._timeout = timeout
        self._headers = headers
        self._openai = client
        self._notify = notify
        self.request = Request(
            schema=schema,
            model=self.settings.model or (embedded.DEFAULT if self.settings.embedded else ""),
            strategy=strategy,
            size=_size(size, embedded=self.settings.embedded),
            output_language=output_language,
            temperature=temperature,
            seed=seed,
            max_tokens=max_tokens,
            extra_body=json.dumps(dict(extra_body or {}), sort_keys=True),
        )
        # What can't work is said here, and not at the first article.
        choose(strategy, self.request.size)
        self.request.plan(Profile.STRICT)
        self._starting = threading.Lock()
        self._connected: Client | None = None
        self._loop: BackgroundLoop | None = None

    def __repr__(self) -> str:
        where = "embedded" if self.settings.embedded else self.settings.base_url
        schema = self.request.schema.__name__
        return f"Summarizer({self.request.model!r}, base_url={where!r}, schema={schema})"

    @property
    def settings_hash(self) -> str:
        """What is asked, in one hash; the same in every result."""
        return self.request.settings_hash

    def summarize(
        self,
        article: str | Article,
        *,
        published: date | str | None = None,
        language: str | None = None,
        id: str | None = None,  # noqa: A002  # the field's name in the record
    ) -> Result[S]:
        """The record of one article. Also inside a running event loop, and from several threads.

        `published` is what relative dates are counted from; `language` is an ISO 639-1 code,
        guessed where it is not given. They and `id` are for text; an `Article` has its own.

        Raises:
            InputError: the text is no article, or is too long for the model.
            EndpointError: the endpoint, or the way to it, failed.
            AnswerError: no answer was a record.
            EmbeddedError: the model on this machine could not be used.
        """
        return self._background().run(
            self.asummarize(article, published=published, language=language, id=id)
        )

    async def asummarize(
        self,
        article: str | Article,
        *,
        published: date | str | None = None,
        language: str | None = None,
        id: str | None = None,  # noqa: A002  # the field's name in the record
    ) -> Result[S]:
        """`summarize`, for callers with an event loop of their own."""
        if isinstance(article, str):
            article = Article.from_text(article, id=id, published=published, language=language)
        return await extract(article, await self._client(), self.request)

    def close(self) -> None:
        """Let go of connections and of the background thread. May be called twice.

        The embedded engine stays, for other summarizers, until the process ends.
        """
        loop, self._loop = self._loop, None
        if loop is not None:
            loop.run(self.aclose())
            loop.close()

    async def aclose(self) -> None:
        """Let go of connections. May be called twice."""
        client, self._connected = self._connected, None
        if client is not None:
            await client.aclose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    def _background(self) -> BackgroundLoop:
        from summarizer.loop import BackgroundLoop

        with self._starting:
            if self._loop is None:
                self._loop = BackgroundLoop()
            return self._loop

    async def _client(self) -> Client:
        """The client, and for the embedded model its engine, both made when first needed."""
        if self._connected is None:
            base_url, key = self.settings.base_url, self.settings.api_key.get_secret_value()
            if self.settings.embedded:
                engine = await embedded.astart(self.settings.model, notify=self._notify)
                base_url, key = engine.base_url, engine.api_key
            with self._starting:
                self._connected = self._connected or self._connect(base_url, key)
        return self._connected

    def _connect(self, base_url: str | None, key: str) -> Client:
        from summarizer.client import Client

        return Client(
            base_url=base_url,
            api_key=key,
            model=self.request.model,
            timeout=self._timeout,
            temperature=self.request.temperature,
            headers=self._headers,
            extra_body=json.loads(self.request.extra_body),
            client=self._openai,
        )


def summarize(
    article: str | Article,
    *,
    model: str | None = None,
    base_url: str | None = None,
    api_key: str | None = None,
    schema: type[S] = cast("type[S]", SituationSummary),  # noqa: B008  # a class, made once
    published: date | str | None = None,
    language: str | None = None,
    id: str | None = None,  # noqa: A002  # the field's name in the record
) -> Result[S]:
    """The record of one article, in one call; `Summarizer` has the other settings.

    With no endpoint given, or set in the environment, a small model runs on this machine.
    For the errors that it raises see `Summarizer.summarize`.
    """
    with Summarizer(model, base_url=base_url, api_key=api_key, schema=schema) as summarizer:
        return summarizer.summarize(article, published=published, language=language, id=id)


def _size(size: str, *, embedded: bool) -> Size:
    if size == "auto":
        return Size.CORE if embedded else Size.FULL
    try:
        return Size(size)
    except ValueError:
        raise ConfigurationError(
            f"There is no size {size}.", hint="There are: auto, full, core."
        ) from None
