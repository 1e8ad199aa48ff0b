"""Where in a batch's output the line of each document is, and what it was made of.

Kept in a temporary file, so that memory doesn't grow with the number of documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from summarizer.batch.temporary import database, noting

_TABLE = """
CREATE TABLE lines (
    place INTEGER PRIMARY KEY,
    id BLOB UNIQUE NOT NULL,
    input BLOB NOT NULL,
    settings TEXT NOT NULL,
    status TEXT NOT NULL,
    start INTEGER NOT NULL,
    length INTEGER NOT NULL
)
"""
# The last line of a document counts, and keeps the place of its first.
_PUT = """
INSERT INTO lines (id, input, settings, status, start, length) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET
    input = excluded.input, settings = excluded.settings, status = excluded.status,
    start = excluded.start, length = excluded.length
"""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a document from its line."""

    input: bytes
    settings_hash: str
    status: str

    def is_of(self, digest: str) -> bool:
        """Whether it was made of the input that has this digest."""
        return self.input == _short(digest)


class Index:
    """The documents that there is a line of. Must be closed."""

    def __init__(self) -> None:
        self._base = database(_TABLE)
        self.lines = 0
        """How many lines were put in."""
        self.damaged = 0
        """How many lines there are besides that can't be read."""

    def put(
        self,
        id: str,  # noqa: A002  as the line calls it
        digest: str,
        settings_hash: str,
        status: str,
        start: int,
        length: int,
    ) -> None:
        """Note a line; an earlier one of the same document is superseded."""
        row = (_short(id), _short(digest), settings_hash, status, start, length)
        with noting():
            self._base.execute(_PUT, row)
        self.lines += 1

    def get(self, id: str) -> Known | None:  # noqa: A002  as the line calls it
        """What is known of a document."""
        with noting():
            row = self._base.execute(
                "SELECT input, settings, status FROM lines WHERE id = ?", (_short(id),)
            ).fetchone()
        return Known(*row) if row else None

    @property
    def superseded(self) -> int:
        """How many lines there are that a later one has taken the place of."""
        with noting():
            (documents,) = self._base.execute("SELECT count(*) FROM lines").fetchone()
        return self.lines - int(documents)

    def other_settings(self, settings_hash: str) -> tuple[str, int] | None:
        """The settings that most of the other documents were done with, and how many those are."""
        with noting():
            row: tuple[str, int] | None = self._base.execute(
                "SELECT settings, count(*) FROM lines WHERE settings != ? "
                "GROUP BY settings ORDER BY 2 DESC LIMIT 1",
                (settings_hash,),
            ).fetchone()
        return row

    def places(self) -> Iterator[tuple[int, int]]:
        """Start and length, in bytes, of each document's last line, in the order of the first."""
        with noting():
            yield from self._base.execute("SELECT start, length FROM lines ORDER BY place")

    def close(self) -> None:
        """Let go of the temporary file."""
        self._base.close()


def _short(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()
