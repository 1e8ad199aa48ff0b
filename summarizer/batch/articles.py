"""A batch from Python: articles in, results and failures out."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterable, Iterable
from contextlib import aclosing
from functools import partial
from typing import TYPE_CHECKING

from summarizer.arguments import article_of
from summarizer.batch.intake import Entry
from summarizer.batch.running import run

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.batch.running import Outcome
    from summarizer.way import Way


async def outcomes(
    articles: Iterable[str | Article] | AsyncIterable[str | Article],
    *,
    way: Way,
    concurrency: int | None,
    requests_per_minute: float | None,
    tokens_per_minute: float | None,
    ordered: bool,
) -> AsyncGenerator[Outcome]:
    """What becomes of each article; for the arguments see `Summarizer.batch`.

    A text that can't be an article is a failure, named by its number: "#1" is the first.
    """
    paced, pacer = await way.paced(concurrency, requests_per_minute, tokens_per_minute)
    async with (
        aclosing(_entries(articles)) as entries,
        aclosing(run(entries, paced.summarize, pacer, ordered=ordered)) as found,
    ):
        async for _, outcome in found:
            yield outcome


async def _entries(
    articles: Iterable[str | Article] | AsyncIterable[str | Article],
) -> AsyncGenerator[Entry]:
    number = 0
    if isinstance(articles, AsyncIterable):
        async for given in articles:
            number += 1
            yield _entry(number, given)
    else:
        for given in articles:
            number += 1
            yield _entry(number, given)


def _entry(number: int, given: str | Article) -> Entry:
    size = len(given) if isinstance(given, str) else 0
    return Entry(f"#{number}", "", partial(article_of, given, None, None, None), size)
