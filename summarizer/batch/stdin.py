"""Documents from standard input: JSON lines, CSV, or one article."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO, Literal, TextIO

from summarizer.batch.files import article, table
from summarizer.batch.found import Fields, Found, unreadable
from summarizer.batch.header import Header
from summarizer.batch.pieces import pieces_of, too_large
from summarizer.errors import InputError
from summarizer.inputs import MAX_BYTES

StdinFormat = Literal["auto", "article", "csv", "jsonl"]
NAME = "stdin"


def from_stdin(form: StdinFormat, fields: Fields) -> Iterator[Found]:
    """The documents on standard input, as they come. With "auto" the first line tells: a JSON
    object, or a header with a text's column and another that is known, makes a table.

    Raises `InputError` where standard input is closed.
    """
    if sys.stdin is None or sys.stdin.closed:
        raise InputError("Standard input is closed.", hint="Pipe the articles in, or name files.")
    return _documents(pieces_of(_own_buffer(sys.stdin)), form, fields)


def _own_buffer(stdin: TextIO) -> BinaryIO:
    """Standard input, by a buffer of its own: where a thread waits for more input when the process
    ends, Python would find that of `sys.stdin` locked, and abort."""
    try:
        number = stdin.fileno()
    except OSError:  # it is no file
        return stdin.buffer
    return open(number, "rb", closefd=False)  # open as long as the process is


def _documents(pieces: Iterator[bytes], form: StdinFormat, fields: Fields) -> Iterator[Found]:
    head: list[bytes] = []
    while not (head and head[-1].strip()) and (piece := next(pieces, b"")):
        head.append(piece)
    if form == "auto":
        form = _guessed(head[-1] if head else b"", fields)
    pieces = chain(head, pieces)
    try:
        if form == "article":
            yield _article(pieces, fields)
        else:
            yield from table(pieces, NAME, fields, is_csv=form == "csv")
    except InputError as error:
        yield unreadable(error, NAME, b"")


def _guessed(line: bytes, fields: Fields) -> StdinFormat:
    if isinstance(_json(line), dict):
        return "jsonl"
    text = line.decode("utf-8-sig", "replace")
    return "csv" if Header(text, fields).is_likely() else "article"


def _article(pieces: Iterator[bytes], fields: Fields) -> Found:
    content = b""
    for piece in pieces:
        content += piece
        if len(content) > MAX_BYTES:
            raise too_large(NAME)
    suffix = ".json" if isinstance(_json(content), dict | list) else ""
    return article(content, NAME, suffix, fields)


def _json(content: bytes) -> object:
    try:
        return json.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        return None
