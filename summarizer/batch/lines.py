"""The lines of a batch's output: one JSON object for each document, done or failed.

What resuming goes by stands first in a line: `id`, `status`, `error`, `input_sha256` (of all that
came in), `settings_hash` (of all that was asked). Of a document that is done, the rest of
`Result.model_dump_json()` follows; of one that failed, `usage`, and nothing of its text.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any, BinaryIO, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticSerializationError, from_json, to_json

from summarizer.batch.index import Index
from summarizer.errors import InputError
from summarizer.results import SCHEMA_VERSION, Failure, Reason, Result, Usage

Status = Literal["ok", "failed"]
S = TypeVar("S", bound=BaseModel)
UNWRITABLE = "What came of it can't be written as JSON."
_log = logging.getLogger("summarizer.batch")
_FIRST = ("id", "status", "error", "input_sha256", "settings_hash")


class Head(BaseModel):
    """What every line has."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: str
    status: Status
    error: Reason | None = None
    input_sha256: str
    settings_hash: str
    schema_version: Literal["1"]
    usage: Usage = Field(default_factory=Usage)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what every line has, and all of it as it stands in the file."""

    head: Head
    json: bytes

    def result(self, schema: type[S]) -> Result[S]:
        """The result of a document that is done, its record of the class `schema`.

        Raises `InputError` where the document failed, or the record is one of another schema.
        """
        if self.head.error is not None:
            raise InputError(f"{self.head.id} failed, and has no record.")
        try:
            return Result[schema].model_validate_json(self.json)  # type: ignore[valid-type]
        except ValidationError as error:
            raise InputError(
                f"The record of {self.head.id} is none of {schema.__name__}.", original=error
            ) from None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the file, up to its next line break: where it is, and the head it has.

    Without a head it is damaged, or empty, or torn off at the end.
    """

    start: int
    json: bytes
    head: Head | None

    @property
    def is_whole(self) -> bool:
        """Whether it ends as a line does."""
        return self.json.endswith(b"\n")

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it."""
        return not self.json.strip()


def encoded(
    id: str,  # noqa: A002  as the line calls it
    digest: str,
    settings_hash: str,
    outcome: Result[Any] | Failure,
) -> tuple[bytes, Status]:
    """The line of a document, and its status: a result that JSON can't hold is a failure."""
    try:
        if isinstance(outcome, Failure):
            rest = to_json({"schema_version": SCHEMA_VERSION, "usage": outcome.usage})
            return _joined(id, digest, settings_hash, outcome.error, rest), "failed"
        rest = outcome.model_dump_json(exclude={"settings_hash"}).encode()
        return _joined(id, digest, settings_hash, None, rest), "ok"
    except PydanticSerializationError as error:
        # Half a surrogate pair in a title, or a value of the user's own schema.
        why = Reason(
            type=type(error).__name__,
            message=UNWRITABLE,
            retryable=False,
        )
        rest = to_json({"schema_version": SCHEMA_VERSION, "usage": outcome.usage})
        return _joined(id, digest, settings_hash, why, rest), "failed"


def _joined(
    id: str,  # noqa: A002  as the line calls it
    digest: str,
    settings_hash: str,
    error: Reason | None,
    rest: bytes,
) -> bytes:
    status: Status = "failed" if error else "ok"
    head = to_json(dict(zip(_FIRST, (id, status, error, digest, settings_hash), strict=True)))
    return b"%b,%b\n" % (head[:-1], rest[1:])


def writable(id: str) -> str:  # noqa: A002  as the line calls it
    """`id` as a line can have it: bytes of a file's name that are no text are spelled out, and
    so is half a surrogate pair, which JSON can hold."""
    return id.encode("utf-8", "backslashreplace").decode()


def scan(file: BinaryIO) -> Iterator[Stretch]:
    """All that is in the file, in order, a line at a time.

    Raises `InputError` at JSON that is no line of a batch's output.
    """
    start = 0
    for number, line in enumerate(file, 1):
        head = None
        if line.strip():
            try:
                head = Head.model_validate_json(line)
            except ValidationError as error:
                if error.errors(include_input=False)[0]["type"] != "json_invalid":
                    raise InputError(
                        f"Line {number} of {file.name} is none of a batch's output, or one of a "
                        "later version.",
                        original=error,
                    ) from None
        yield Stretch(start, line, head)
        start += len(line)


def note(index: Index, head: Head, start: int, length: int) -> None:
    """Put a line into the index."""
    index.put(head.id, head.input_sha256, head.settings_hash, head.status, start, length)


def could_begin_a_line(torn: bytes) -> bool:
    """Whether this may be the beginning of a line that was not written to its end."""
    try:
        held = from_json(torn, allow_partial="trailing-strings")
    except ValueError:
        return False
    names = tuple(held) if isinstance(held, dict) else ("",)
    return torn.startswith(b'{"id":"'[: len(torn)]) and names[: len(_FIRST)] == _FIRST[: len(names)]


def read_lines(
    path: str | PathLike[str], *, told: Callable[[str], None] = _log.warning
) -> Iterator[Line]:
    """The lines of a batch's output, one for each document: its last one, in the place of its
    first.

    Streamed: the file is read twice, and no more than a line of it is held. A torn last line is
    left out, as is a damaged one, and `told` is called with a sentence about those. Raises
    `InputError` where the file can't be read or is no batch's output.
    """
    path = Path(path)
    try:
        # Opened once: a batch that ends puts another file in its place, with other offsets.
        with path.open("rb") as file, closing(Index()) as index:
            damaged = 0
            for found in scan(file):
                if found.head is not None:
                    note(index, found.head, found.start, len(found.json))
                elif found.is_whole and not found.is_blank:
                    damaged += 1
            if damaged and not index.lines:
                raise InputError(f"{path} is not the output of a batch.")
            if damaged:
                told(f"Lines of {path} that can't be read, and are left out: {damaged}.")
            for start, length in index.places():
                file.seek(start)
                content = file.read(length)
                yield Line(Head.model_validate_json(content), content)
    except OSError as error:
        raise InputError(
            f"{path} can't be read: {error.strerror or error}.", original=error
        ) from error
