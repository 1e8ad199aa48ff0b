"""The head of a GGUF file, read before llama.cpp sees it.

llama.cpp says little about a file that it can't use, and takes any number for the context.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, BinaryIO, Final

from summarizer.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

MAGIC: Final = b"GGUF"
VERSIONS: Final = (2, 3)

# The types of values in the metadata, by their number in the format.
_SCALARS: Final = {
    0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q",
    12: "<d",
}  # fmt: skip
_STRING: Final = 8
_ARRAY: Final = 9


def longest_context(path: Path) -> int | None:
    """The number of tokens that the model in the file was made for; None if it doesn't say.

    Raises:
        ConfigurationError: there is no such file, or it is no GGUF.
    """
    if path.is_dir():
        raise ConfigurationError(f"{path} is a folder.", hint="Name a GGUF file in it.")
    try:
        with path.open("rb") as file:
            return _Head(file, path.stat().st_size).longest_context()
    except OSError as error:
        raise ConfigurationError(
            f"The weights {path} can't be read: {error.strerror or error}.", original=error
        ) from error
    except ValueError as error:
        raise ConfigurationError(
            f"{path} is not a GGUF file that can be used: {error}.", original=error
        ) from error


class _Head:
    """Reads forward through the metadata; every size in it is held against the file's own."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self.file = file
        self.size = size

    def longest_context(self) -> int | None:
        if self.file.read(len(MAGIC)) != MAGIC:
            raise ValueError("it does not start with the letters GGUF")
        if (version := self.number("<I")) not in VERSIONS:
            raise ValueError(f"its version is {version}")
        self.number("<Q")  # tensors
        for _ in range(int(self.number("<Q"))):
            key = self.string()
            value = self.value(int(self.number("<I")))
            # "<architecture>.context_length"; every file has one architecture.
            if key.endswith(b".context_length") and isinstance(value, int):
                return value
        return None

    def value(self, kind: int) -> int | float | None:
        """The value if it is a number; anything else is passed over."""
        if kind in _SCALARS:
            return self.number(_SCALARS[kind])
        if kind == _STRING:
            self.string()
        elif kind == _ARRAY:
            self.array()
        else:
            raise ValueError(f"it has a value of unknown type {kind}")
        return None

    def array(self) -> None:
        kind, length = int(self.number("<I")), int(self.number("<Q"))
        if kind in _SCALARS:
            self.skip(length * struct.calcsize(_SCALARS[kind]))
            return
        for _ in range(length):
            self.value(kind)

    def number(self, form: str) -> int | float:
        data = self.file.read(struct.calcsize(form))
        if len(data) < struct.calcsize(form):
            raise ValueError("it is cut off")
        number: int | float = struct.unpack(form, data)[0]
        return number

    def string(self) -> bytes:
        length = int(self.number("<Q"))
        start = self.file.tell()
        self.skip(length)
        self.file.seek(start)
        return self.file.read(length)

    def skip(self, length: int) -> None:
        if self.file.tell() + length > self.size:
            raise ValueError("it is cut off")
        self.file.seek(length, 1)
