"""Which ids a batch has given out, in memory that doesn't grow with their number."""

from __future__ import annotations

from hashlib import blake2b

from summarizer.batch.temporary import database, noting


class Seen:
    """The ids given out so far; a context manager. May be used from one thread after another."""

    def __init__(self) -> None:
        self._base = database(
            "CREATE TABLE names (hash BLOB PRIMARY KEY, times INTEGER) WITHOUT ROWID",
            "CREATE TABLE documents (hash BLOB PRIMARY KEY) WITHOUT ROWID",
        )

    def __enter__(self) -> Seen:
        return self

    def __exit__(self, *raised: object) -> None:
        self._base.close()

    def name(self, id: str, digest: str) -> str | None:  # noqa: A002  # as the field is called
        """The id for a document that calls itself `id`: the same, or with "~2", "~3" and so on
        where other documents were called so before. None if this very document came before.

        Raises `SummarizerError` where the temporary folder has no room.
        """
        with noting():
            return self._name(id, digest)

    def _name(self, id: str, digest: str) -> str | None:  # noqa: A002  # as above
        if not self._first("documents", _hash(digest, id)):
            return None
        if self._first("names", _hash(id)):
            return id
        # Remembered, so that a table with one id in all its rows doesn't count from 2 each time.
        (times,) = self._base.execute(
            "SELECT times FROM names WHERE hash = ?", (_hash(id),)
        ).fetchone()
        while True:
            times += 1
            name = f"{id}~{times}"
            if self._first("names", _hash(name)):
                self._base.execute("UPDATE names SET times = ? WHERE hash = ?", (times, _hash(id)))
                return name

    def _first(self, table: str, key: bytes) -> bool:
        statement = {
            "documents": "INSERT OR IGNORE INTO documents VALUES (?)",
            "names": "INSERT OR IGNORE INTO names VALUES (?, 1)",
        }[table]
        return self._base.execute(statement, (key,)).rowcount == 1


def _hash(*parts: str) -> bytes:
    return blake2b("\0".join(parts).encode(), digest_size=16).digest()
