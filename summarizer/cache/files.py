"""The file of a cache: opened, made where there is none, and told from what is no cache."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.cache.room import transaction
from summarizer.errors import ConfigurationError

if TYPE_CHECKING:
    from os import PathLike

APPLICATION = 0x53756D43
"""Stands in the head of the file (`PRAGMA application_id`): it is a cache of ours."""
VERSION = 1
"""Of the tables within (`PRAGMA user_version`). A file of a later one is refused."""
PATIENCE = 5.0
"""Seconds to wait for another process that is writing."""

PRIMARY = 0xFF
"""Of SQLite's error codes: what went wrong, without where."""

_NO_ROOM_BESIDE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
_HEAD, _APPLICATION_AT = 72, 68  # https://www.sqlite.org/fileformat.html, section 1.3
_TABLES = (
    """CREATE TABLE answers
    (key TEXT PRIMARY KEY, answer TEXT NOT NULL, made REAL NOT NULL, used REAL NOT NULL)""",
    "CREATE INDEX answers_by_use ON answers (used)",
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {VERSION}",
)


def path_of(given: str | PathLike[str] | None) -> Path:
    """The file that was named, else the one in the user's cache folder, which
    `SUMMARIZER_CACHE_DIR` names.
    """
    if given is not None:
        return Path(given).expanduser()
    from summarizer.embedded.stamps import cache_folder

    return cache_folder() / "completions.sqlite"


def opened(path: Path, *, writing: bool) -> sqlite3.Connection | None:
    """A connection to the cache at `path`, for any thread, one at a time.

    A file that isn't there is made, readable for its owner only; None where it is not to be
    written. Raises `ConfigurationError` for a file that can't be opened or is no cache that this
    version knows.
    """
    try:
        if writing:
            path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        elif not path.exists():
            return None
    except OSError as error:
        raise ConfigurationError(
            f"The cache {path} can't be opened: {error.strerror or error}.",
            hint="Name another file, or do without a cache.",
            original=error,
        ) from error
    try:
        db = _connected(path, writing=writing)
    except sqlite3.Error as error:
        raise unusable(path, error) from error
    try:
        if not _is_made(db, path):
            if not writing:
                db.close()
                return None
            _make(db, path)
        db.execute("SELECT key, answer, made, used FROM answers LIMIT 1").fetchone()
        if writing:
            # Without it, a crash of the machine costs nothing but the last answers.
            db.execute("PRAGMA synchronous = NORMAL")
            with suppress(sqlite3.OperationalError):  # another process is just at it
                db.execute("PRAGMA journal_mode = WAL")
    except sqlite3.Error as error:
        db.close()
        raise unusable(path, error) from error
    except ConfigurationError:
        db.close()
        raise
    return db


def is_ours(path: Path) -> bool:
    """Whether the head of the file says that it is a cache, whatever state the rest is in."""
    with suppress(OSError), path.open("rb") as file:
        head = file.read(_HEAD)
        return head.startswith(b"SQLite format 3\0") and (
            int.from_bytes(head[_APPLICATION_AT:], "big") == APPLICATION
        )
    return False


def erase(path: Path) -> None:
    """Delete the file, and what SQLite keeps beside it. Raises `ConfigurationError`."""
    try:
        for name in (path, _log(path), Path(f"{path}-shm")):
            name.unlink(missing_ok=True)
    except OSError as error:
        raise ConfigurationError(
            f"The cache {path} can't be deleted: {error.strerror or error}.", original=error
        ) from error


def unusable(path: Path, error: sqlite3.Error) -> ConfigurationError:
    """The error to raise for one of SQLite. It is `retryable` where another process is writing."""
    if error.sqlite_errorcode & PRIMARY == sqlite3.SQLITE_BUSY:
        message, hint = f"The cache {path} is in use by another process.", "Try again later."
        return ConfigurationError(message, hint=hint, retryable=True, original=error)
    if is_ours(path):
        message, hint = f"The cache {path} can't be used: {error}.", _way_out(path)
    else:
        message, hint = f"{path} is no cache of answers: {error}.", "Name another file."
    return ConfigurationError(message, hint=hint, original=error)


def _connected(path: Path, *, writing: bool) -> sqlite3.Connection:
    def connected(mode: str) -> sqlite3.Connection:
        return sqlite3.connect(
            f"{path.absolute().as_uri()}?{mode}",
            uri=True,
            timeout=PATIENCE,
            isolation_level=None,
            check_same_thread=False,
        )

    if writing:
        return connected("mode=rw")
    db = connected("mode=ro")
    try:
        db.execute("PRAGMA schema_version").fetchone()
    except sqlite3.Error as error:
        db.close()
        # Readers keep files beside it too, which a folder that is only to be read doesn't take.
        # Where there are none, nobody is writing, and they can do without.
        if error.sqlite_errorcode & PRIMARY not in _NO_ROOM_BESIDE or _log(path).exists():
            raise
        return connected("mode=ro&immutable=1")
    return db


def _log(path: Path) -> Path:
    """Where SQLite keeps what was written and is not in the file itself yet."""
    return Path(f"{path}-wal")


def _is_made(db: sqlite3.Connection, path: Path) -> bool:
    """Whether it is a cache; False for an empty file, which is to become one."""
    # In this order: another process may be making it just now, and the tables come with the name.
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    (application,) = db.execute("PRAGMA application_id").fetchone()
    if not application and not tables:
        return False
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        raise ConfigurationError(f"{path} is no cache of answers.", hint="Name another file.")
    if version > VERSION:
        raise ConfigurationError(
            f"The cache {path} was made by a newer version of summarizer.",
            hint=_way_out(path),
        )
    return True


def _make(db: sqlite3.Connection, path: Path) -> None:
    db.execute("PRAGMA auto_vacuum = INCREMENTAL")
    with transaction(db):
        if not _is_made(db, path):  # another process may have been quicker
            for statement in _TABLES:
                db.execute(statement)


def _way_out(path: Path) -> str:
    from shlex import quote

    command = f"summarizer cache clear --cache-file {quote(str(path))}"
    return f"Name another file, or clear this one: {command}"
