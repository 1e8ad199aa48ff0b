"""Notes that are too many for memory, in a temporary file that is gone with the process."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from summarizer.errors import SummarizerError


def database(*tables: str) -> sqlite3.Connection:
    """An empty database with these tables, made by their statements. It may be used from one thread
    after another, and must be closed. Raises `SummarizerError`, as what is done with it does
    within `noting`."""
    with noting():
        # Without a name it is a file of SQLite's own, which takes what doesn't fit into a cache of
        # 2 MB, and which the system takes away with the process.
        base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for statement in ("PRAGMA journal_mode = OFF", *tables, "BEGIN"):
            base.execute(statement)
    return base


@contextmanager
def noting() -> Iterator[None]:
    """Within it, what SQLite can't do is a `SummarizerError` that tells the way out."""
    try:
        yield
    except sqlite3.Error as error:
        raise SummarizerError(
            f"What is done can't be noted in the temporary folder: {error}.",
            hint="Make room there, or name another with TMPDIR, and start again.",
            original=error,
        ) from error
