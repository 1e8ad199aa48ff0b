"""Many articles side by side, as many as the endpoint bears, each with a record or a failure."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from summarizer.batch.failing import Verdicts, failure
from summarizer.errors import ConfigurationError
from summarizer.results import Failure, Result

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.batch.intake import Entry
    from summarizer.pacing import Pacer

Outcome = Result[Any] | Failure
Summarize = Callable[["Article"], Awaitable[Result[Any]]]

SPARE = 4
"""One document more is under way for each so many that the endpoint has room for."""
SHORT = 20_000
"""Characters of plain text that are made an article at once: that takes some milliseconds, and to
have it done by another thread a part of that again."""
HELD_BACK = 3
"""With `ordered`: documents under way, and done ones that wait for another, by that room."""

_log = logging.getLogger("summarizer.batch")


async def run(
    entries: AsyncIterable[Entry],
    summarize: Summarize,
    pacer: Pacer,
    *,
    ordered: bool = False,
    finished: Callable[[Outcome], None] = lambda outcome: None,
) -> AsyncGenerator[tuple[Entry, Outcome]]:
    """What becomes of each entry, as they are finished, or `ordered` as they came.

    There are as many under way as `pacer` has room for, and some more, so that a request is ready
    whenever a place gets free; an entry is taken when there is room for it and not before. When
    `entries` ends, what is under way is finished. Closing the generator breaks it off. `finished`
    hears of each outcome at once, though an `ordered` one may have to wait for those before it.

    An error in one document is its `Failure`. What would fail on every document (a wrong key, a
    model that isn't there, an endpoint that can't be reached; see `Verdicts`) is raised, once those
    under way are finished, and so is an error of `entries`.
    """
    documents = _Documents(summarize, pacer, ordered, finished)
    source, ended = aiter(entries), False
    taking: asyncio.Task[Entry | None] | None = None
    try:
        while True:
            while (given := documents.to_give()) is not None:
                yield given
            if taking is None and not ended and documents.error is None and documents.has_room():
                taking = asyncio.create_task(_next(source))
                taking.add_done_callback(documents.woken)
            if taking is not None and taking.done():
                taken, taking = taking, None
                if (error := taken.exception()) is not None:
                    documents.error = documents.error or error
                elif (entry := taken.result()) is None:
                    ended = True
                else:
                    documents.begin(entry)
            elif documents.is_empty() and (ended or documents.error is not None):
                break
            else:
                await documents.something()
        if documents.error is not None:
            raise documents.error
    finally:
        await documents.close(taking)


async def _next(source: AsyncIterator[Entry]) -> Entry | None:
    return await anext(source, None)


class _Documents:
    """The documents under way, and those that are done and were not given out yet."""

    def __init__(
        self,
        summarize: Summarize,
        pacer: Pacer,
        ordered: bool,
        finished: Callable[[Outcome], None],
    ) -> None:
        self.error: BaseException | None = None
        """What would fail on every document, or kept the next from being had."""
        self._summarize = summarize
        self._pacer = pacer
        self._ordered = ordered
        self._finished = finished
        self._verdicts = Verdicts()
        self._begun = self._given = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._done: dict[int, tuple[Entry, Outcome] | None] = {}
        self._event = asyncio.Event()
        # One thread: several would only take turns, and the loop would wait for all of them.
        self._reader = ThreadPoolExecutor(1, "summarizer-articles")

    def has_room(self) -> bool:
        """Whether another document may begin."""
        most = self._pacer.limit + 1 + self._pacer.limit // SPARE
        under_way = len(self._tasks)
        if self._ordered and under_way + len(self._done) >= HELD_BACK * most:
            return False
        return under_way < most

    def is_empty(self) -> bool:
        """Whether nothing is under way, and nothing waits to be given out."""
        return not self._tasks and not self._done

    def begin(self, entry: Entry) -> None:
        """Set about a document."""
        if not self._tasks:
            self._verdicts.awaited()
        task = asyncio.create_task(self._finish(self._begun, entry))
        self._begun += 1
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(self.woken)

    def to_give(self) -> tuple[Entry, Outcome] | None:
        """The next document to be given out, if there is one."""
        while self._done:
            number = self._given if self._ordered else next(iter(self._done))
            if number not in self._done:
                break
            self._given += 1
            if (found := self._done.pop(number)) is not None:
                return found
        return None

    async def something(self) -> None:
        """Wait until a document is done, or `woken` was called for another reason."""
        await self._event.wait()
        self._event.clear()

    def woken(self, _: object) -> None:
        """Let `something` return."""
        self._event.set()

    async def close(self, taking: asyncio.Task[Entry | None] | None) -> None:
        """Break off what is under way, and the wait for the next document."""
        tasks: list[asyncio.Task[Any]] = [*self._tasks, *([taking] if taking else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._reader.shutdown(wait=False, cancel_futures=True)

    async def _finish(self, number: int, entry: Entry) -> None:
        started = time.perf_counter()
        outcome = await self._outcome(entry)
        self._done[number] = (entry, outcome) if outcome is not None else None
        if outcome is not None:
            self._finished(outcome)
            _tell(entry, outcome, time.perf_counter() - started)

    async def _outcome(self, entry: Entry) -> Outcome | None:
        """What becomes of the entry; None where its error is that of the whole run."""
        article: Article | None = None
        try:
            article = await self._article(entry)
            result = await self._summarize(article)
        except Exception as error:  # noqa: BLE001  # a fault of ours costs one document, not a run
            if self._is_of_all(error, article):
                self.error = self.error or error
                return None
            return failure(article.id if article else entry.id, error)
        self._verdicts.answered()
        return result

    async def _article(self, entry: Entry) -> Article:
        if entry.size is not None and entry.size <= SHORT:
            return entry.article()
        return await asyncio.get_running_loop().run_in_executor(self._reader, entry.article)

    def _is_of_all(self, error: Exception, article: Article | None) -> bool:
        """Whether it would fail on every document; one that is no article tells of none."""
        if article is None and not isinstance(error, ConfigurationError):
            return False
        return self._verdicts.ends(error)


def _tell(entry: Entry, outcome: Outcome, seconds: float) -> None:
    failed = isinstance(outcome, Failure)
    level = logging.INFO if failed else logging.DEBUG
    if not _log.isEnabledFor(level):
        return
    about = {
        "document": entry.id,
        "status": "failed" if failed else "ok",
        "error": outcome.error.type if isinstance(outcome, Failure) else None,
        "seconds": round(seconds, 3),
        **{f"usage_{name}": value for name, value in outcome.usage.model_dump().items()},
    }
    told = (
        f"{outcome.error.type}: {outcome.error.message}" if isinstance(outcome, Failure) else "ok"
    )
    _log.log(level, "%s: %s", entry.id, told, extra=about)
