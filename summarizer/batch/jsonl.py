"""Documents from JSON lines: one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256

from summarizer.batch.found import Fields, Found, recorded, unreadable
from summarizer.batch.pieces import is_cut, too_large
from summarizer.errors import InputError
from summarizer.inputs import decoded


def from_lines(pieces: Iterator[bytes], name: str, fields: Fields) -> Iterator[Found]:
    """Every line of `pieces` that isn't blank, as a document; its row is the line's number."""
    for row, piece in enumerate(pieces, 1):
        place = f"{name}#{row}"
        if is_cut(piece):
            yield unreadable(too_large(place), place, _skipped(piece, pieces))
        elif piece.strip():
            try:
                found = recorded(_object(decoded(piece, place), place), place, fields)
            except InputError as error:
                found = unreadable(error, place, piece)
            yield found


def count_lines(pieces: Iterator[bytes]) -> int:
    """How many documents `from_lines` finds."""
    return sum(1 for piece in pieces if piece.strip() and not is_cut(piece))


def _skipped(piece: bytes, pieces: Iterator[bytes]) -> bytes:
    """The hash of a line of which only the first piece was read; reads the others."""
    hashed = sha256(piece)
    while is_cut(piece):
        piece = next(pieces, b"")
        hashed.update(piece)
    return hashed.digest()


def _object(line: str, place: str) -> dict[str, object]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", type(error).__name__)
        raise InputError(
            f"{place} is not JSON ({reason}).", hint="Write one JSON object on each line."
        ) from None  # the error holds the whole line
    if not isinstance(record, dict):
        raise InputError(f"{place} is not a JSON object.", hint='Write {"text": "…"}.')
    return record
