"""A table's bytes, in lines of bounded size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from summarizer.errors import InputTooLarge
from summarizer.inputs import MAX_BYTES

_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def pieces_of(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of `stream` with their line feeds; one of more than `MAX_BYTES` comes in pieces
    of one byte more than that, of which only the last ends with a line feed or the stream."""
    return iter(partial(stream.readline, MAX_BYTES + 1), b"")


def csv_lines(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same, cut also where a carriage return alone ends a line, as in old spreadsheets."""
    for piece in pieces:
        if b"\r" in piece.rstrip(b"\r\n"):
            yield from _LINE.findall(piece)
        else:
            yield piece


def is_cut(piece: bytes) -> bool:
    """Whether the line goes on in the next piece."""
    return len(piece) > MAX_BYTES and not piece.endswith(b"\n")


def too_large(place: str) -> InputTooLarge:
    """The error of a row that is larger than an article may be."""
    return InputTooLarge(
        f"{place} is larger than {MAX_BYTES:,} bytes.",
        hint="Split it into articles; in a CSV file, look for a quote that is never closed.",
    )
