"""`Summarizer`: one model and one schema, for as many articles as come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic

from pydantic import BaseModel
from typing_extensions import TypeVar

from summarizer.arguments import (
    article_of,
    as_json,
    at_least_one,
    check_articles,
    check_client,
    model_name,
    policy_of,
    size_of,
)
from summarizer.lifetime import Lifetime
from summarizer.schemas import SituationSummary

if TYPE_CHECKING:
    from collections.abc import (
        AsyncGenerator,
        AsyncIterable,
        Callable,
        Generator,
        Iterable,
        Mapping,
        Sequence,
    )
    from datetime import date

    from summarizer.article import Article
    from summarizer.cache import Cache
    from summarizer.checks import Check
    from summarizer.pacing import Pacer
    from summarizer.results import Failure, Result
    from summarizer.way import Way

S = TypeVar("S", bound=BaseModel, default=SituationSummary)


class Summarizer(Lifetime, Generic[S]):
    """Turns articles into records, with one model and one schema. Reusable, from any thread.

    With neither `model` nor `base_url`, given or in the environment, a small model runs on this
    machine, beside the process, and nothing leaves it. Use it as a context manager, or `close()`
    it.

    Args:
        model: A model that the endpoint knows; or, without a base URL, weights by name or by the
            path of a GGUF file, for the embedded engine.
        base_url: An OpenAI-compatible endpoint, as a rule ending in ``/v1``.
        api_key: The key for that endpoint, sent nowhere else.
        schema: The Pydantic class of the record.
        strategy: ``single`` (one call), ``sections`` (one call a section), ``forms`` (one call,
            held to a grammar made for the article; core size only), ``windows`` (part by part), or
            ``auto``: forms in the core size, single in the full one, in windows where an article
            is too long for the model.
        size: ``full``, ``core`` (what small models can fill), or ``auto``: core for the embedded
            engine, full elsewhere.
        output_language: The language of free text, as an English word; None leaves it open.
        temperature: 0 unless set; None leaves it to the server.
        seed: For servers that sample by one.
        max_tokens: The most that one answer may take.
        checks: What each item is held against, `summarizer.CHECKS` unless given; your own go
            beside them: ``checks=[*summarizer.CHECKS, mine]``.
        on_unsupported: What becomes of items that fail a check: ``mend`` (asked for once more, in
            one call, then dropped if they still fail), ``drop``, ``flag`` (kept, with an issue), or
            ``raise``. Whatever it is, nothing goes without an issue.
        concurrency: Calls for one article that run side by side; by the server unless given.
        timeout: Seconds for one request.
        headers: Further HTTP headers for the endpoint.
        extra_body: Further fields of the request body, over what the library sets.
        client: A ready ``openai.AsyncOpenAI`` in place of `base_url` and `api_key`; `model` has
            to be named with it, and closing it is the caller's business.
        cache: Where answers are kept, so that none is paid for twice: a `summarizer.Cache`; True
            for the file in the user's cache folder; False for none. Unless set, that file is used
            by batches, and by nothing else; where it can't be had, they do without.
        notify: Called with a line of text when something long begins, such as fetching weights.

    Raises:
        ConfigurationError: What is set can't work.
        SchemaError: The schema holds something that can't be asked for.
    """

    def __init__(
        self,
        model: str | None = None,
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        # mypy knows no defaults for parameters of such a type; callers' types are right.
        schema: type[S] = SituationSummary,  # type: ignore[assignment]
        strategy: str = "auto",
        size: str = "auto",
        output_language: str | None = "English",
        temperature: float | None = 0.0,
        seed: int | None = None,
        max_tokens: int | None = None,
        checks: Sequence[Check] | None = None,
        on_unsupported: str = "mend",
        concurrency: int | None = None,
        timeout: float = 600.0,
        headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        client: Any = None,
        cache: Cache | bool | None = None,
        notify: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__()
        from summarizer import embedded
        from summarizer.checks import CHECKS
        from summarizer.config import resolve
        from summarizer.connection import Connector
        from summarizer.request import Request
        from summarizer.strategies import choose
        from summarizer.way import CacheChoice
        from summarizer.wire import Profile

        if client is not None:
            check_client(client, model, base_url, api_key)
            base_url = str(client.base_url)
        self.settings = resolve(
            model=model,
            base_url=base_url,
            api_key=api_key,
            embedded_names=embedded.CATALOGUE,
        )
        chosen = size_of(size, embedded=self.settings.embedded)
        self.request = Request(
            schema=schema,
            model=model_name(self.settings),
            strategy=choose(strategy, chosen).name,
            size=chosen,
            output_language=output_language,
            temperature=temperature,
            seed=seed,
            max_tokens=max_tokens,
            extra_body=as_json(extra_body or {}),
            checks=CHECKS if checks is None else tuple(checks),
            on_unsupported=policy_of(on_unsupported),
            concurrency=at_least_one("concurrency", concurrency),
        )
        self.request.plan(Profile.STRICT)  # what can't be asked for is said here and now
        self._connector = Connector(
            self.settings,
            temperature=temperature,
            timeout=timeout,
            headers=dict(headers or {}),
            extra_body=dict(extra_body or {}),
            client=client,
            notify=notify,
        )
        self._cache = CacheChoice(cache)

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
            InputError: The text is no article, or is too long for the model.
            ConfigurationError: No model was named, or not one that can be used.
            EndpointError: The endpoint, or the way to it, failed.
            AnswerError: No answer was a record.
            EmbeddedError: The model on this machine could not be used.
        """
        article = article_of(article, published, language, id)
        return self._background().run(self._way(batch=False).summarize(article))

    async def asummarize(
        self,
        article: str | Article,
        *,
        published: date | str | None = None,
        language: str | None = None,
        id: str | None = None,  # noqa: A002  # the field's name in the record
    ) -> Result[S]:
        """`summarize`, for callers with an event loop of their own."""
        self._awaited()
        article = article_of(article, published, language, id)
        return await self._way(batch=False).summarize(article)

    def batch(
        self,
        articles: Iterable[str | Article],
        *,
        concurrency: int | None = None,
        requests_per_minute: float | None = None,
        tokens_per_minute: float | None = None,
        ordered: bool = False,
    ) -> Generator[Result[S] | Failure]:
        """The records of many articles, as they are finished, or `ordered` as they were given.

        A string is the text of an article, and not a path: see `read`. Articles are taken one by
        one as there is room, in the caller's thread, so that there may be any number of them. One
        that fails is a `Failure`, and the others go on. `concurrency`
        is how many requests are under way at once; unless given, as many as the endpoint is found
        to bear. `requests_per_minute` and `tokens_per_minute` are its allowance, if there is one.
        Leaving the loop breaks off what is under way.

        Raises, once what is under way is finished, what would fail on every article: a wrong key,
        an unknown model, an endpoint that can't be reached from the start; and what the iterator
        raises. Before any work `ConfigurationError` for a number that can't be, and `InputError`
        for a single article.
        """
        from functools import partial

        from summarizer.batch.articles import outcomes
        from summarizer.batch.handing import handed

        check_articles(articles)
        made = partial(
            outcomes,
            way=self._way(batch=True),
            concurrency=concurrency,
            requests_per_minute=requests_per_minute,
            tokens_per_minute=tokens_per_minute,
            ordered=ordered,
        )
        return handed(self._background(), articles, made)

    async def abatch(
        self,
        articles: Iterable[str | Article] | AsyncIterable[str | Article],
        *,
        concurrency: int | None = None,
        requests_per_minute: float | None = None,
        tokens_per_minute: float | None = None,
        ordered: bool = False,
    ) -> AsyncGenerator[Result[S] | Failure]:
        """`batch`, for callers with an event loop of their own.

        Articles that take long to be had are better given by an asynchronous iterator.
        """
        from contextlib import aclosing

        from summarizer.batch.articles import outcomes

        check_articles(articles)
        self._awaited()
        found = outcomes(
            articles,
            way=self._way(batch=True),
            concurrency=concurrency,
            requests_per_minute=requests_per_minute,
            tokens_per_minute=tokens_per_minute,
            ordered=ordered,
        )
        async with aclosing(found):
            async for outcome in found:
                yield outcome

    async def paced(
        self,
        *,
        concurrency: int | None = None,
        requests_per_minute: float | None = None,
        tokens_per_minute: float | None = None,
    ) -> tuple[Way, Pacer]:
        """What `abatch` summarizes with, for those who go through articles in a way of their own:
        its `summarize` takes an `Article`, and its requests go at the pacer's pace."""
        self._awaited()
        way = self._way(batch=True)
        return await way.paced(concurrency, requests_per_minute, tokens_per_minute)

    def close(self) -> None:
        """Let go of connections, of the cache, and of the background thread. May be called twice.

        A later call makes new ones. The embedded engine stays, for other summarizers, until the
        process ends. In an event loop that was used with `asummarize`, `aclose()` is better:
        connections of that loop can be closed only once this has returned.
        """
        super().close()
        self._cache.close()

    async def aclose(self) -> None:
        """`close`, for callers with an event loop of their own."""
        await super().aclose()
        self._cache.close()

    async def _let_go(self) -> None:
        await self._connector.aclose()

    def _way(self, *, batch: bool) -> Way:
        from summarizer.way import Way

        return Way(self._connector, self.request, self._cache.of(batch=batch))


def summarize(
    article: str | Article,
    *,
    model: str | None = None,
    base_url: str | None = None,
    api_key: str | None = None,
    # As in Summarizer.
    schema: type[S] = SituationSummary,  # type: ignore[assignment]
    published: date | str | None = None,
    language: str | None = None,
    id: str | None = None,  # noqa: A002  # the field's name in the record
) -> Result[S]:
    """The record of one article, in one call; `Summarizer` has the other settings.

    With no endpoint given, or set in the environment, a small model runs on this machine.
    For the errors that it raises see `Summarizer` and its `summarize`.
    """
    with Summarizer(model, base_url=base_url, api_key=api_key, schema=schema) as summarizer:
        return summarizer.summarize(article, published=published, language=language, id=id)
