"""Which ids a batch has given out, in memory that doesn't grow with their number."""

from __future__ import annotations

import sqlite3
from hashlib import blake2b


class Seen:
    """The ids given out so far; a context manager. May be used from one thread after another."""

    def __init__(self) -> None:
        # A database without a name is SQLite's own temporary one: it takes to disk what doesn't
        # fit into its cache of 2 MB, and is gone when it is closed.
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.executescript(
            """
            PRAGMA journal_mode = OFF;
            PRAGMA synchronous = OFF;
            CREATE TABLE names (hash BLOB PRIMARY KEY, times INTEGER) WITHOUT ROWID;
            CREATE TABLE documents (hash BLOB PRIMARY KEY) WITHOUT ROWID;
            BEGIN;
            """
        )

    def __enter__(self) -> Seen:
        return self

    def __exit__(self, *raised: object) -> None:
        self._database.close()

    def name(self, id: str, digest: str) -> str | None:  # noqa: A002  # as the field is called
        """The id for a document that calls itself `id`: the same, or with "~2", "~3" and so on
        where other documents were called so before. None if this very document came before."""
        if not self._first("documents", _hash(digest, id)):
            return None
        if self._first("names", _hash(id)):
            return id
        # Remembered, so that a table with one id in all its rows doesn't count from 2 each time.
        (times,) = self._database.execute(
            "SELECT times FROM names WHERE hash = ?", (_hash(id),)
        ).fetchone()
        while True:
            times += 1
            name = f"{id}~{times}"
            if self._first("names", _hash(name)):
                self._database.execute(
                    "UPDATE names SET times = ? WHERE hash = ?", (times, _hash(id))
                )
                return name

    def _first(self, table: str, key: bytes) -> bool:
        statement = {
            "documents": "INSERT OR IGNORE INTO documents VALUES (?)",
            "names": "INSERT OR IGNORE INTO names VALUES (?, 1)",
        }[table]
        return self._database.execute(statement, (key,)).rowcount == 1


def _hash(*parts: str) -> bytes:
    return blake2b("\0".join(parts).encode(), digest_size=16).digest()
