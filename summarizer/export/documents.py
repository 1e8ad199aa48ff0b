"""The documents in results files, one at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from summarizer.errors import InputError
from summarizer.results import Reason, Result, Usage

if TYPE_CHECKING:
    from summarizer.batch.lines import Line

_RESULT = re.compile(rb'\{\s*(\n|"schema_version")')
_ENOUGH = 64
"""Bytes of a file that show which of the two it is."""

_IDS = "CREATE TABLE ids (id TEXT PRIMARY KEY, file INTEGER NOT NULL) WITHOUT ROWID"
_FILE_OF = "SELECT file FROM ids WHERE id = ?"
_NOTE = "INSERT OR IGNORE INTO ids VALUES (?, ?)"


@dataclass(frozen=True, slots=True)
class Document:
    """A document in a results file: with a result, or with the error that there was instead."""

    id: str
    usage: Usage
    settings_hash: str
    input_sha256: str | None = None
    result: Result[Any] | None = None
    error: Reason | None = None


def documents(paths: Sequence[Path], schema: type[BaseModel]) -> Iterator[Document]:
    """The documents in these files, in order, their records of the class `schema`.

    A file is the output of a batch, or one result in JSON as `summarizer run --format json` and
    `Result.model_dump_json` write it. Streamed: no more than one document is held.

    Raises:
        InputError: a file can't be read, a record is one of another schema, or two files hold a
            document of the same id.
    """
    from summarizer.batch.temporary import database, noting

    with closing(database(_IDS)) as seen:
        for number, path in enumerate(paths):
            for document in _in_file(path, schema):
                with noting():
                    known = seen.execute(_FILE_OF, (document.id,)).fetchone()
                    seen.execute(_NOTE, (document.id, number))
                if known is not None:
                    raise InputError(
                        f"{document.id} is in {path} and in {paths[known[0]]}.",
                        hint="Export them into two folders: tables have one row for each document.",
                    )
                yield document


def _in_file(path: Path, schema: type[BaseModel]) -> Iterator[Document]:
    from summarizer.batch.lines import read_lines

    if _is_one_result(path):
        yield _single(path, schema)
        return
    for line in read_lines(path):
        yield _of_line(path, line, schema)


def _is_one_result(path: Path) -> bool:
    """Whether the file is one result, on one line or several; a line of a batch has an id first."""
    try:
        with path.open("rb") as file:
            return _RESULT.match(file.read(_ENOUGH)) is not None
    except OSError as error:
        raise InputError(
            f"{path} can't be read: {error.strerror or error}.", original=error
        ) from error


def _single(path: Path, schema: type[BaseModel]) -> Document:
    try:
        result = Result[schema].model_validate_json(path.read_bytes())  # type: ignore[valid-type]
    except ValidationError as error:
        raise _unfitting(f"{path} is no result", schema, error) from None
    return Document(result.article.id, result.usage, result.settings_hash, result=result)


def _of_line(path: Path, line: Line, schema: type[BaseModel]) -> Document:
    head = line.head
    result = None
    if head.error is None:
        try:
            result = line.result(schema)
        except InputError as error:
            raise _unfitting(f"The record of {head.id} in {path} is none", schema, error) from None
    return Document(head.id, head.usage, head.settings_hash, head.input_sha256, result, head.error)


def _unfitting(told: str, schema: type[BaseModel], error: Exception) -> InputError:
    return InputError(
        f"{told} of {schema.__name__}.",
        hint="Name the schema that it was made with: --schema MODULE:CLASS.",
        original=error,
    )
