"""Standard input, as a stream of documents."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import BinaryIO, TextIO

from summarizer.batch.found import Fields, Found
from summarizer.batch.pieces import pieces_of
from summarizer.batch.streams import StreamFormat, from_stream
from summarizer.errors import InputError

NAME = "stdin"


def from_stdin(form: StreamFormat, fields: Fields) -> Iterator[Found]:
    """The documents on standard input; see `from_stream`. Raises `InputError` if it is closed."""
    if sys.stdin is None or sys.stdin.closed:
        raise InputError("Standard input is closed.", hint="Pipe the articles in, or name files.")
    return from_stream(pieces_of(_own_buffer(sys.stdin)), NAME, form, fields)


def _own_buffer(stdin: TextIO) -> BinaryIO:
    """Standard input, by a buffer of its own: where a thread waits for more input when the process
    ends, Python would find that of `sys.stdin` locked, and abort."""
    try:
        number = stdin.fileno()
    except OSError:  # it is no file
        return stdin.buffer
    return open(number, "rb", closefd=False)  # open as long as the process is
