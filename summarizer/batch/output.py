"""The file that a batch writes, by one process at a time, and goes on with after any end.

A line is on its way to the disk before `Output.write` returns; what is there when the program is
started again is neither asked nor written again.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

from summarizer.batch.appending import Appending, sync_folder
from summarizer.batch.index import Index
from summarizer.batch.lines import Status, encoded, writable
from summarizer.batch.takeover import take_over, tidy
from summarizer.errors import ConfigurationError, SummarizerError

if TYPE_CHECKING:
    from filelock import BaseFileLock

    from summarizer.results import Failure, Result

OnChanged = Literal["refuse", "redo"]
State = Literal["new", "changed", "retry", "done", "failed"]
Written = Status | Literal["kept"]
_STDOUT = Path("-")
"""As it is elsewhere on the command line."""
_log = logging.getLogger("summarizer.batch")


class Output:
    """A batch's output while it is written, made by `open`: a context manager, of one thread."""

    def __init__(
        self,
        path: Path,
        lock: BaseFileLock,
        settings_hash: str,
        retry_failed: bool,
        told: Callable[[str], None],
    ) -> None:
        self.path = path
        self._lock = lock
        self._settings_hash = settings_hash
        self._retry_failed = retry_failed
        self._told = told
        self._index: Index
        self._file: Appending

    @classmethod
    def open(
        cls,
        path: str | PathLike[str],
        *,
        settings_hash: str,
        on_changed: OnChanged = "refuse",
        retry_failed: bool = False,
        told: Callable[[str], None] = _log.warning,
    ) -> Self:
        """Open `path`, new or begun before, for this process alone, until it is closed.

        What is there is mended and tidied: a torn last line is cut off, lines that can't be read
        are put into `<path>.damaged`, superseded ones are left out. `settings_hash` is what is
        asked now: documents that were done with another are refused, or done again
        (`on_changed`). `told` is called with a sentence about what was found broken.

        Raises `ConfigurationError` where another process has the file (by its number), where it
        holds something else, and where documents of other settings are refused; and
        `SummarizerError` where it can't be read or written.
        """
        _check(Path(path))
        path = Path(path).resolve()  # of a link, what it leads to is written anew
        with _writing(path):
            output = cls(path, _locked(path), settings_hash, retry_failed, told)
            try:
                output._begin(on_changed)
            except BaseException:
                output._lock.release()
                raise
        return output

    def _begin(self, on_changed: OnChanged) -> None:
        self.path.touch()
        sync_folder(self.path.parent)
        self._index = take_over(self.path, self._told)
        try:
            other = self._index.other_settings(self._settings_hash)
            if other and on_changed == "refuse":
                documents = f"{other[1]:,} document{'s' if other[1] != 1 else ''}"
                raise ConfigurationError(
                    f"{self.path} holds {documents} done with other settings "
                    f"(settings_hash {other[0]}, now {self._settings_hash}).",
                    hint="Ask as they were asked, let them be done again with --on-changed redo, "
                    "or name another file with --output.",
                )
            self._file = Appending(self.path)
        except BaseException:
            self._index.close()
            raise

    def state(self, id: str, digest: str) -> State:  # noqa: A002  as the line calls it
        """How it is with a document whose input has this digest.

        To do: "new", "changed" (its input, or the settings) and "retry" (it failed, and those are
        to be tried again). Not to do: "done", and "failed".
        """
        known = self._index.get(writable(id))
        if known is None:
            return "new"
        if known.settings_hash != self._settings_hash or not known.is_of(digest):
            return "changed"
        if known.status == "ok":
            return "done"
        return "retry" if self._retry_failed else "failed"

    def write(
        self,
        id: str,  # noqa: A002  as the line calls it
        digest: str,
        outcome: Result[Any] | Failure,
    ) -> Written:
        """Put the line of a document into the file; a line that it has counts no more.

        Gives what the line says: a result that JSON can't hold is written as a failure. No
        failure takes the place of a record: where the document has one, of an input or of settings
        that have changed since, nothing is written ("kept"), and it stays to be done. Raises
        `SummarizerError` where the disk doesn't take the line; nothing of it is left then, and
        all others stand.
        """
        id = writable(id)  # noqa: A001
        line, status = encoded(id, digest, self._settings_hash, outcome)
        if status == "failed":
            known = self._index.get(id)
            if known is not None and known.status == "ok":
                return "kept"
        with _writing(self.path):
            start = self._file.append(line)
        self._index.put(id, digest, self._settings_hash, status, start, len(line))
        return status

    def close(self) -> None:
        """Tidy the file, make the disk keep it, and let other processes have it."""
        try:
            with _writing(self.path):
                self._file.close()
            if self._index.superseded:
                tidy(self.path, self._index, self._told)
        finally:
            self._index.close()
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _check(path: Path) -> None:
    if path == _STDOUT or (path.exists() and not path.is_file()):
        raise ConfigurationError(
            f"{path} is no file.",
            hint="Name one with --output: what is done is looked up in it when a batch goes on.",
        )
    path = path.resolve()
    if not path.parent.is_dir():
        raise ConfigurationError(
            f"The folder of {path} does not exist.", hint="Make it, or name another file."
        )


def _locked(path: Path) -> BaseFileLock:
    from filelock import FileLock, Timeout

    beside = path.with_name(f"{path.name}.lock")
    holder = ""
    with suppress(OSError, ValueError, IndexError):
        # Before the attempt: some versions empty the file when they try.
        holder = f" (process {int(beside.read_text().splitlines()[0])})"
    lock = FileLock(beside, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise ConfigurationError(
            f"Another process{holder} is writing {path}.",
            hint="Wait for it, or name another file with --output.",
        ) from None
    _sign(lock, beside)
    return lock


def _sign(lock: BaseFileLock, beside: Path) -> None:
    """Leave the number of this process for those that come later."""
    from filelock import SoftFileLock

    if isinstance(lock, SoftFileLock):  # as it is where files can't be locked: it does so itself
        return
    with suppress(OSError):
        beside.write_text(f"{os.getpid()}\n")


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SummarizerError(
            f"{path} can't be written: {error.strerror or error}.",
            hint="Make room, or name another file with --output. What was written stands.",
            original=error,
        ) from error
