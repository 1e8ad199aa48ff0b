"""`Cache`: answers in one SQLite file, for several processes and threads at once."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, Self

from pydantic import ValidationError

from summarizer.cache.answers import Stored
from summarizer.cache.files import erase, is_ours, opened, path_of, unusable
from summarizer.cache.room import bytes_in_use, empty, shrink, transaction
from summarizer.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable
    from os import PathLike
    from pathlib import Path
    from types import TracebackType

log = logging.getLogger("summarizer")

MAX_BYTES = 1 << 30
USES = 256
"""Answers taken out, after which the file is told when they were last used."""
PAUSE = 60.0
"""Seconds without writing after a write that failed: each try may wait for the disk, or a lock."""


@dataclass(frozen=True)
class CacheInfo:
    """What is in a cache. `bytes` are those in use of the file; dates are of the making."""

    path: Path
    entries: int
    bytes: int
    max_bytes: int
    oldest: datetime | None
    newest: datetime | None


class Cache:
    """Answers that were had before, so that none is paid for twice.

    An answer is found by what was asked: the whole request, the endpoint or the weights, and the
    number of the repeat. It is kept as the model wrote it, and validated anew at each use. There is
    no API key in it, but there is what models made of articles: the file is readable for its
    owner only.

    Several processes and threads can use one file at the same time. An error of the disk costs
    what would have been kept, and no more: it is logged once, and work goes on.

    Args:
        path: The file, made if need be; in the user's cache folder unless given.
        mode: ``on``, or ``read-only`` to put nothing in.
        max_bytes: The most that the answers may take; those that were not used for longest go
            first.

    Raises:
        ConfigurationError: The file can't be opened, is damaged, or is no cache.
    """

    def __init__(
        self,
        path: str | PathLike[str] | None = None,
        *,
        mode: Literal["on", "read-only"] = "on",
        max_bytes: int = MAX_BYTES,
    ) -> None:
        if mode not in ("on", "read-only"):
            raise ConfigurationError(
                f"There is no mode {mode!r} of a cache.", hint="There are on and read-only."
            )
        if max_bytes < 1:
            raise ConfigurationError("A cache needs room: max_bytes is 1 or more.")
        self.path = path_of(path)
        self.mode = mode
        self.max_bytes = max_bytes
        self._lock = threading.Lock()
        self._used: dict[str, float] = {}
        self._warned = False
        self._writes_again = 0.0
        self._room = 0  # characters that may be put in before the room is looked at
        self._db = opened(self.path, writing=mode == "on")

    def __repr__(self) -> str:
        return f"Cache({str(self.path)!r}, mode={self.mode!r}, max_bytes={self.max_bytes})"

    def get(self, key: str) -> Stored | None:
        """The answer with that key; None where there is none, or none that can be read."""
        with self._lock:
            if self._db is None:
                return None
            try:
                row = self._db.execute(
                    "SELECT answer FROM answers WHERE key = ?", (key,)
                ).fetchone()
            except sqlite3.Error as error:
                self._warn("read", error)
                return None
            if row is None:
                return None
            if self.mode == "on":
                self._used[key] = time.time()
                if len(self._used) >= USES:
                    self._write(self._tell_used)
        try:
            return Stored.model_validate_json(row[0])
        except ValidationError:
            return None

    def put(self, key: str, value: Stored) -> None:
        """Keep an answer, in place of one with the same key, if the disk lets it."""
        answer, now = value.model_dump_json(), time.time()

        def insert(db: sqlite3.Connection) -> None:
            db.execute("REPLACE INTO answers VALUES (?, ?, ?, ?)", (key, answer, now, now))
            self._room -= len(answer)
            if self._room <= 0:
                self._look(db)

        with self._lock:
            self._write(insert)

    def remove(self, key: str) -> None:
        """Let go of the answer with that key, if there is one."""
        with self._lock:
            self._write(lambda db: db.execute("DELETE FROM answers WHERE key = ?", (key,)))

    def info(self) -> CacheInfo:
        """What is in it. Raises `ConfigurationError` where it can't be read."""
        entries, used, oldest, newest = 0, 0, None, None
        with self._lock:
            if self._db is not None:
                try:
                    entries, oldest, newest = self._db.execute(
                        "SELECT count(*), min(made), max(made) FROM answers"
                    ).fetchone()
                    used = bytes_in_use(self._db)
                except sqlite3.Error as error:
                    raise unusable(self.path, error) from error
        return CacheInfo(self.path, entries, used, self.max_bytes, _date(oldest), _date(newest))

    def clear(self) -> int:
        """Let go of every answer; returns how many there were.

        Raises `ConfigurationError` where it can't be written.
        """
        if self.mode != "on":
            raise ConfigurationError(f"The cache {self.path} was opened only for reading.")
        with self._lock:
            self._used.clear()
            try:
                return empty(self._db) if self._db is not None else 0
            except sqlite3.Error as error:
                raise unusable(self.path, error) from error

    def close(self) -> None:
        """Let go of the file. May be called twice; what comes after it finds nothing."""
        with self._lock:
            if self._used:
                self._write(self._tell_used)
            db, self._db = self._db, None
            if db is not None:
                db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _write(self, change: Callable[[sqlite3.Connection], object]) -> None:
        if self._db is None or self.mode != "on" or time.monotonic() < self._writes_again:
            return
        try:
            change(self._db)
        except sqlite3.Error as error:
            self._writes_again = time.monotonic() + PAUSE
            self._warn("written", error)

    def _look(self, db: sqlite3.Connection) -> None:
        """See to it that no more bytes are in use than may be."""
        if bytes_in_use(db) > self.max_bytes:
            self._tell_used(db)
            shrink(db, self.max_bytes)
        # An answer takes more room than it has characters, and other processes put some in too.
        self._room = (self.max_bytes - bytes_in_use(db)) // 8

    def _tell_used(self, db: sqlite3.Connection) -> None:
        used, self._used = self._used, {}
        with transaction(db):
            db.executemany(
                "UPDATE answers SET used = ? WHERE key = ?",
                [(moment, key) for key, moment in used.items()],
            )

    def _warn(self, done: str, error: sqlite3.Error) -> None:
        if not self._warned:
            log.warning("The cache %s can't be %s: %s. Going on without.", self.path, done, error)
        self._warned = True


def clear(path: str | PathLike[str] | None = None) -> int | None:
    """Let go of every answer in the cache at `path`; returns how many there were.

    A cache that is damaged, or of a newer version, is deleted with its file; then it is not known
    how many, and None. Raises `ConfigurationError` for what is no cache, or is in use.
    """
    try:
        with Cache(path) as cache:
            return cache.clear()
    except ConfigurationError as error:
        where = path_of(path)
        if error.retryable or not is_ours(where):
            raise
        erase(where)
        return None


def _date(moment: float | None) -> datetime | None:
    return None if moment is None else datetime.fromtimestamp(moment, UTC)
