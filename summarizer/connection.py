"""The way to the model: a client for its endpoint, and the embedded engine where that is it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, NamedTuple

from summarizer.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from summarizer.client import Client
    from summarizer.config import Settings
    from summarizer.embedded import Engine

MODELS_SHOWN = 20
"""Models of an endpoint that an error names."""


class Connection(NamedTuple):
    """A client, and the engine on this machine that it talks to, if it is that."""

    client: Client
    engine: Engine | None

    @property
    def alive(self) -> bool:
        """Whether it leads anywhere: an engine may have ended, or be another process's."""
        return self.engine is None or self.engine.alive

    @property
    def weights(self) -> str | None:
        """The SHA-256 of the weights that run on this machine."""
        return self.engine.identity if self.engine else None


class Connector:
    """Makes the connection when it is first needed, and again when it has gone.

    Used from several threads and event loops at the same time, it makes one for all of them.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        temperature: float | None,
        timeout: float,
        headers: Mapping[str, str],
        extra_body: Mapping[str, Any],
        client: Any,
        notify: Callable[[str], None] | None,
    ) -> None:
        self._settings = settings
        self._temperature = temperature
        self._timeout = timeout
        self._headers = headers
        self._extra_body = extra_body
        self._openai = client
        self._notify = notify
        self._lock = threading.Lock()
        self._connection: Connection | None = None

    async def connect(self) -> Connection:
        """The connection. With weights to fetch or an engine to start, this takes long.

        Raises:
            ConfigurationError: no model is named for the endpoint; tells which there are.
            EmbeddedError: the model on this machine could not be used.
        """
        import asyncio

        from summarizer import embedded

        connection = self._connection
        if connection is not None and connection.alive:
            return connection
        engine = None
        if self._settings.embedded:
            engine = await embedded.astart(self._settings.model, notify=self._notify)
            await asyncio.to_thread(lambda: engine.identity)  # may have to read the whole file
        made = Connection(self._client(engine), engine)
        if engine is None and self._settings.model is None:
            try:
                raise await _unnamed(made.client, str(self._settings.base_url))
            finally:
                await made.client.aclose()
        with self._lock:
            stale = self._connection
            if stale is not None and stale.alive:
                return stale  # another call was quicker
            self._connection = made
        if stale is not None:
            await stale.client.aclose()
        return made

    async def aclose(self) -> None:
        """Let go of the connection. May be called twice; a later `connect` makes a new one."""
        with self._lock:
            connection, self._connection = self._connection, None
        if connection is not None:
            await connection.client.aclose()

    def _client(self, engine: Engine | None) -> Client:
        from summarizer.client import Client

        settings = self._settings
        return Client(
            base_url=engine.base_url if engine else settings.base_url,
            api_key=engine.api_key if engine else settings.api_key.get_secret_value(),
            model=engine.model if engine else settings.model or "",
            timeout=self._timeout,
            temperature=self._temperature,
            headers=self._headers,
            extra_body=self._extra_body,
            client=self._openai,
            identity=engine.identity if engine else None,  # its port is another each time
        )


def whereabouts(settings: Settings) -> dict[str, str]:
    """Where the model is, the same from start to start and with nothing secret in it: a digest of
    the endpoint's address, or the SHA-256 of the weights on this machine.

    Raises `ConfigurationError` where these can't be read.
    """
    from summarizer import embedded
    from summarizer.config import digest_of
    from summarizer.embedded.stamps import cache_folder, file_sha256

    if settings.base_url is not None:
        return {"endpoint": digest_of(settings.base_url)}
    found = embedded.resolve_model(settings.model)
    if isinstance(found, str):
        return {"weights": embedded.CATALOGUE[found].sha256}
    try:
        return {"weights": file_sha256(found, cache_folder())}
    except OSError as error:
        raise ConfigurationError(
            f"The weights {found} can't be read: {error.strerror or error}.", original=error
        ) from error


async def _unnamed(client: Client, base_url: str) -> ConfigurationError:
    models = (await client.server()).models
    offered = ", ".join(models[:MODELS_SHOWN])
    if len(models) > MODELS_SHOWN:
        offered += f" and {len(models) - MODELS_SHOWN} more"
    return ConfigurationError(
        f"No model is named for {base_url}.",
        hint="Name one with model=, --model or SUMMARIZER_MODEL."
        + (f" It offers: {offered}." if offered else ""),
    )
