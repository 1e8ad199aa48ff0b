"""The room that answers take in the file, and how it is kept within bounds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil

KEPT = 7 / 8
"""Of the bytes that are allowed, still in use after old answers have gone."""


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All that is done within it, or nothing."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # SQLite ends it by itself where the disk is full
            db.execute("ROLLBACK")
        raise


def bytes_in_use(db: sqlite3.Connection) -> int:
    """What the answers take of the file, without the room that is free in it."""
    return (_number(db, "page_count") - _number(db, "freelist_count")) * _number(db, "page_size")


def shrink(db: sqlite3.Connection, most: int) -> None:
    """Let go of the answers that were not used for longest, until well below `most` bytes are in
    use, and make a file that is larger smaller.
    """
    target = int(most * KEPT)
    while (used := bytes_in_use(db)) > target:
        (entries,) = db.execute("SELECT count(*) FROM answers").fetchone()
        if not entries:
            break
        db.execute(
            "DELETE FROM answers WHERE rowid IN (SELECT rowid FROM answers ORDER BY used LIMIT ?)",
            (ceil(entries * (1 - target / used)),),
        )
    beyond = _number(db, "page_count") - most // _number(db, "page_size")
    if beyond > 0:
        _give_back(db, beyond)


def empty(db: sqlite3.Connection) -> int:
    """Let go of all answers, and give their room back; returns how many there were."""
    deleted = db.execute("DELETE FROM answers").rowcount
    _give_back(db, _number(db, "freelist_count"))
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return deleted


def _give_back(db: sqlite3.Connection, pages: int) -> None:
    # `execute` would stop after the first page.
    db.executescript(f"PRAGMA incremental_vacuum({pages})")


def _number(db: sqlite3.Connection, pragma: str) -> int:
    (number,) = db.execute(f"PRAGMA {pragma}").fetchone()
    return int(number)
