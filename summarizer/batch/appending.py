"""A file that lines are appended to: each whole or not at all, and on the disk soon after."""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from pathlib import Path

SYNC_SECONDS = 5.0
"""How long a line may wait until the disk is made to keep it through a loss of power."""


class Appending:
    """A file that is open for appending. All raise `OSError`, and leave nothing of a line then."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab", buffering=0)
        self.end = self._file.seek(0, os.SEEK_END)
        self._synced = time.monotonic()
        self._syncing: threading.Thread | None = None
        self._broken: OSError | None = None

    def append(self, line: bytes) -> int:
        """Put a line at the end, and give where it begins. A kill from now on doesn't lose it."""
        if self._broken is not None:
            raise self._broken
        start = self.end
        rest = memoryview(line)
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
        except BaseException:
            with suppress(OSError):  # or the next start does it
                self._file.truncate(start)
            raise
        self.end = start + len(line)
        if time.monotonic() - self._synced > SYNC_SECONDS:
            self._sync_aside()
        return start

    def close(self) -> None:
        """Make the disk keep all of it, and close the file."""
        if self._syncing is not None:
            self._syncing.join()
        try:
            os.fsync(self._file.fileno())
        finally:
            self._file.close()
        if self._broken is not None:  # the system tells it once, and that was not this time
            raise self._broken

    def _sync_aside(self) -> None:
        # A disk may take a second for it, and whoever writes may be the loop that all run on.
        if self._syncing is None or not self._syncing.is_alive():
            self._synced = time.monotonic()
            self._syncing = threading.Thread(target=self._sync, daemon=True)
            self._syncing.start()

    def _sync(self) -> None:
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            self._broken = error


def sync_folder(folder: Path) -> None:
    """Make the disk keep the names of the files in a folder, where that can be asked for."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
