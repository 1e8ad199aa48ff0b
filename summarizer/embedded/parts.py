"""A large file that arrives in parts, in any order and over several attempts.

The hash of each part is known beforehand, so it never matters where bytes came from or how an
earlier attempt ended: a part that hashes right is kept, and any other is fetched.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

BLOCK = 1 << 20
"""Bytes that are read or written at a time."""


@dataclass(frozen=True)
class Part:
    """A run of bytes of the whole: its hash, and its length in bytes."""

    sha256: str
    size: int


class Assembly:
    """The unfinished file at `path`, and which of its `parts` are still missing.

    What lies there already is hashed once, when the object is made. Different parts may be
    written by different threads at the same time.
    """

    def __init__(self, path: Path, parts: Sequence[Part]) -> None:
        self.path = path
        self.parts = tuple(parts)
        ends = list(accumulate(part.size for part in self.parts))
        self.size = ends[-1]
        self._starts = [0, *ends[:-1]]
        path.touch()
        with path.open("r+b") as file:
            if path.stat().st_size > self.size:
                file.truncate(self.size)
            self.missing = [i for i, part in enumerate(self.parts) if not self._holds(file, i)]

    @property
    def missing_bytes(self) -> int:
        """How many bytes the missing parts have, those that were begun included."""
        return sum(self.parts[i].size for i in self.missing)

    def start(self, index: int) -> int:
        """Where part `index` starts, in bytes from the start of the file."""
        return self._starts[index]

    def end(self, index: int) -> int:
        """Where part `index` ends, in bytes from the start of the file."""
        return self._starts[index] + self.parts[index].size

    def begun(self, index: int) -> int:
        """How many bytes of part `index` an attempt left behind that broke off in it."""
        length = self.path.stat().st_size
        return length - self.start(index) if self.start(index) < length < self.end(index) else 0

    def open(self) -> BinaryIO:
        """The file, for writing in place."""
        return self.path.open("r+b", buffering=0)

    def accept(self, index: int) -> bool:
        """Whether part `index`, now written, is what it has to be; if so it is kept."""
        with self.path.open("rb") as file:
            right = self._holds(file, index)
        if right:
            self.missing.remove(index)
        return right

    def discard(self, index: int) -> None:
        """Forget what lies there of part `index`, if it was begun and not finished."""
        with suppress(FileNotFoundError), self.open() as file:
            if self.start(index) < self.path.stat().st_size <= self.end(index):
                file.truncate(self.start(index))

    def _holds(self, file: BinaryIO, index: int) -> bool:
        digest, left = hashlib.sha256(), self.parts[index].size
        file.seek(self.start(index))
        while left and (block := file.read(min(BLOCK, left))):
            digest.update(block)
            left -= len(block)
        return not left and digest.hexdigest() == self.parts[index].sha256
