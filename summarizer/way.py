"""The way of a summarizer to its records: the connection, and with it a cache, and a pace."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from summarizer.errors import ConfigurationError

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.cache import Cache
    from summarizer.connection import Connector
    from summarizer.pacing import Pacer
    from summarizer.request import Request
    from summarizer.results import Result

log = logging.getLogger("summarizer")


@dataclass(frozen=True)
class Way:
    """What is asked, where, and what stands between: a cache, and a pacer, if there are any."""

    connector: Connector
    request: Request
    cache: Cache | None = None
    pacer: Pacer | None = None

    async def summarize(self, article: Article) -> Result[Any]:
        """The record of one article; for its errors see `Summarizer.summarize`."""
        from summarizer.pipeline import extract

        connection = await self.connector.connect()
        client = connection.client
        if self.cache is not None:
            client = client.caching(self.cache)
        if self.pacer is not None:
            client = client.paced(self.pacer)
        return await extract(article, client, self.request, weights=connection.weights)

    async def paced(
        self,
        concurrency: int | None,
        requests_per_minute: float | None,
        tokens_per_minute: float | None,
    ) -> tuple[Way, Pacer]:
        """This way with a pacer, and the pacer. For its arguments and errors see `Pacer`.

        A server that says how many requests it serves at once is sent no more: in its queue they
        would only come nearer to their time limit. Raises as `Connector.connect` does.
        """
        from summarizer.pacing import Pacer

        server = await (await self.connector.connect()).client.server()
        bounds = {"most": server.slots} if server.slots else {}
        pacer = Pacer(
            concurrency=concurrency,
            requests_per_minute=requests_per_minute,
            tokens_per_minute=tokens_per_minute,
            **bounds,
        )
        return replace(self, pacer=pacer), pacer


class CacheChoice:
    """Which cache a summarizer uses: a given one, the default file, or none.

    `given` is what `Summarizer` takes: None is the default file, for batches alone, and where it
    can't be had none, with a warning. The default file is opened when it is first used, and closed
    by `close`; a given cache is its owner's.
    """

    def __init__(self, given: Cache | bool | None) -> None:
        if not (given is None or isinstance(given, bool)):
            from summarizer.cache import Cache

            if not isinstance(given, Cache):
                raise ConfigurationError(
                    f"cache= takes a summarizer.Cache, True or False, and not "
                    f"{type(given).__name__}."
                )
        self._given = given
        self._lock = threading.Lock()
        self._opened: Cache | None = None

    def of(self, *, batch: bool) -> Cache | None:
        """The cache for a batch, or for a single article. Raises as `Cache` does, if asked for."""
        if not isinstance(self._given, bool | None):
            return self._given
        if self._given is False or (self._given is None and not batch):
            return None
        with self._lock:
            if self._opened is None:
                from summarizer.cache import Cache

                try:
                    self._opened = Cache()
                except ConfigurationError as error:
                    if self._given:
                        raise
                    log.warning("Answers are not kept. %s", error)
            return self._opened

    def close(self) -> None:
        """Close the default file, if it was opened. May be called twice."""
        with self._lock:
            opened, self._opened = self._opened, None
        if opened is not None:
            opened.close()
