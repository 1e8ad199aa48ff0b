"""Documents from one file: an article, or a table of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path

from summarizer.article import Article
from summarizer.batch.csv_rows import count_rows, from_rows
from summarizer.batch.found import Fields, Found, unreadable
from summarizer.batch.header import Header, header_line
from summarizer.batch.jsonl import count_lines, from_lines
from summarizer.batch.pieces import csv_lines, pieces_of
from summarizer.errors import EmptyArticle, InputError
from summarizer.inputs import (
    content_of,
    draft_of,
    is_page,
    refuse_json_lines,
    refuse_other_than_utf_8,
)
from summarizer.inputs import unreadable as unreadable_file

LINES = frozenset({".jsonl", ".ndjson"})
ROWS = frozenset({".csv", ".tsv"})


def is_table(path: Path) -> bool:
    """Whether a file holds many documents, by its suffix."""
    return path.suffix.lower() in LINES | ROWS


def documents(path: Path, name: str, fields: Fields) -> Iterator[Found]:
    """What is in a file that ids and messages call `name`. One that can't be read is one
    document with the error."""
    try:
        if is_table(path):
            with path.open("rb") as stream:
                is_csv = path.suffix.lower() in ROWS
                yield from table(pieces_of(stream), name, fields, is_csv=is_csv)
        else:
            content = content_of(path)
            refuse_json_lines(content, name, fields.text)
            yield article(content, name, path.suffix, fields)
    except OSError as error:
        yield unreadable(unreadable_file(path, error), name, b"")
    except InputError as error:
        yield unreadable(error, name, b"")


def check_table(path: Path, fields: Fields) -> None:
    """Raise `InputError` where a table can't be read at all, or lacks a column."""
    try:
        with path.open("rb") as stream:
            table(pieces_of(stream), str(path), fields, is_csv=path.suffix.lower() in ROWS)
    except OSError as error:
        raise unreadable_file(path, error) from None


def count(path: Path, fields: Fields) -> int:
    """How many documents `documents` finds."""
    if not is_table(path):
        return 1
    try:
        with path.open("rb") as stream:
            pieces = pieces_of(stream)
            if path.suffix.lower() in LINES:
                return count_lines(pieces)
            lines = csv_lines(pieces)
            return count_rows(lines, _header(lines, str(path), fields))
    except (OSError, InputError):
        return 1


def table(pieces: Iterator[bytes], name: str, fields: Fields, *, is_csv: bool) -> Iterator[Found]:
    """The documents in a table. Raises `InputError` at once where there can't be any."""
    if is_csv:
        lines = csv_lines(pieces)
        return from_rows(lines, _header(lines, name, fields), name, fields)
    first = next(pieces, b"")
    if not first:
        raise EmptyArticle(f"{name} is empty.", hint="Write one JSON object on each line.")
    refuse_other_than_utf_8(first, name)
    return from_lines(chain([first], pieces), name, fields)


def article(content: bytes, name: str, suffix: str, fields: Fields) -> Found:
    """The document that the whole of `content` is. Its digest is that of the bytes, and of the
    field that the text is taken from where one was asked for."""
    source = sha256(content)
    digest = source.copy()
    if suffix.lower() == ".json" and fields.text is not None:
        digest.update(b"\0" + fields.text.encode(errors="surrogateescape"))
    read = partial(draft_of, content, name, suffix, id_field=fields.id, text_field=fields.text)

    def made(id: str) -> Article:  # noqa: A002  the article's public field
        return replace(read(), id=id).article(source_sha256=source.hexdigest())

    # A page names no id, and to look for its article takes longer than all else here.
    own = None
    if not is_page(content, suffix):
        try:
            own = read().id
        except InputError as error:
            return unreadable(error, name, content)
    return Found(own, name, digest.hexdigest(), made)


def _header(lines: Iterator[bytes], name: str, fields: Fields) -> Header:
    header = Header(header_line(lines, name), fields)
    header.check(name)
    return header
