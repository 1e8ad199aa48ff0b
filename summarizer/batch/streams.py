"""Documents from a stream, whose first line tells what it holds: JSON lines, CSV or one article."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Literal

from summarizer.batch.files import article, table
from summarizer.batch.found import Fields, Found, unreadable
from summarizer.batch.header import Header
from summarizer.batch.pieces import pieces_of, too_large
from summarizer.batch.written import begins_results, results_refused
from summarizer.errors import InputError
from summarizer.inputs import MAX_BYTES
from summarizer.inputs import unreadable as unreadable_file

StreamFormat = Literal["auto", "article", "csv", "jsonl"]


def from_stream(
    pieces: Iterator[bytes], name: str, form: StreamFormat, fields: Fields
) -> Iterator[Found]:
    """The documents in a stream that ids and messages call `name`, as they come. With "auto" the
    first line tells: a JSON object, or a header with a text's column and another that is known,
    makes a table."""
    head: list[bytes] = []
    while not (head and head[-1].strip()) and (piece := next(pieces, b"")):
        head.append(piece)
    first = head[-1] if head else b""
    if form == "auto":
        form = _guessed(first, fields)
    pieces = chain(head, pieces)
    try:
        if form == "article":
            yield _article(pieces, name, fields)
        elif form == "jsonl" and begins_results(first):
            raise results_refused(name)
        else:
            yield from table(pieces, name, fields, is_csv=form == "csv")
    except InputError as error:
        yield unreadable(error, name, b"")


def from_pipe(path: Path, name: str, form: StreamFormat, fields: Fields) -> Iterator[Found]:
    """The same of a pipe or a device that has a path."""
    try:
        with path.open("rb") as stream:
            yield from from_stream(pieces_of(stream), name, form, fields)
    except OSError as error:
        yield unreadable(unreadable_file(path, error), name, b"")


def _guessed(line: bytes, fields: Fields) -> StreamFormat:
    if isinstance(_json(line), dict):
        return "jsonl"
    text = line.decode("utf-8-sig", "replace")
    return "csv" if Header(text, fields).is_likely() else "article"


def _article(pieces: Iterator[bytes], name: str, fields: Fields) -> Found:
    content = b""
    for piece in pieces:
        content += piece
        if len(content) > MAX_BYTES:
            raise too_large(name)
    suffix = ".json" if isinstance(_json(content), dict | list) else ""
    return article(content, name, suffix, fields)


def _json(content: bytes) -> object:
    try:
        return json.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        return None
