"""Where a result goes: to standard output, or into a file, whole or not at all."""

from __future__ import annotations

import io
import os
import re
import secrets
import sys
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.cli.console import coloured, say
from summarizer.errors import ConfigurationError, SummarizerError

if TYPE_CHECKING:
    from summarizer.results import Result


class Format(StrEnum):
    """The forms that a result can be had in."""

    TEXT = "text"
    JSON = "json"
    MD = "md"
    HTML = "html"


_SUFFIXES = {
    ".json": Format.JSON,
    ".md": Format.MD,
    ".markdown": Format.MD,
    ".html": Format.HTML,
    ".htm": Format.HTML,
}
# What JSON lets stand and a terminal does not: DEL, C1, and marks that turn the direction.
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def format_for(given: Format | None, output: Path | None) -> Format:
    """The format that was asked for, else that of the file's suffix, else text."""
    if given is not None:
        return given
    return _SUFFIXES.get(output.suffix.lower(), Format.TEXT) if output else Format.TEXT


def rendered(result: Result[Any], form: Format, output: Path | None) -> str:
    """The result in that form, to its last line's end."""
    match form:
        case Format.JSON:
            return json_text(result.model_dump_json(indent=2))
        case Format.MD:
            from summarizer.view.markdown import render as markdown

            return markdown(result)
        case Format.HTML:
            from summarizer.view.page import page

            return page(result)
        case Format.TEXT:
            from summarizer.view.text import render

            return f"{render(result, colour=output is None and coloured(sys.stdout))}\n"


def json_text(dumped: str) -> str:
    """`dumped`, which is JSON, as the same JSON with nothing in it that steers a terminal."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", dumped) + "\n"


def check_target(output: Path | None) -> None:
    """Raise `ConfigurationError` if nothing can be written there: sooner than after the work."""
    if output is None:
        return
    if output.is_dir():
        raise ConfigurationError(f"{output} is a folder.", hint="Name a file with --output.")
    if not output.absolute().parent.is_dir():
        raise ConfigurationError(
            f"The folder of {output} does not exist.", hint="Make it, or name another file."
        )
    if not os.access(output.absolute().parent, os.W_OK):
        raise ConfigurationError(
            f"The folder of {output} can't be written to.", hint="Name another file."
        )


def write(text: str, output: Path | None) -> None:
    """Write the result to `output`, or to standard output."""
    if output is None:
        _to_stdout(text)
        return
    try:
        _to_file(text.encode(), output)
    except OSError as error:
        raise SummarizerError(
            f"{output} can't be written: {error.strerror or error}.",
            hint="Make room, or name another file with --output.",
            original=error,
        ) from error
    say(f"Wrote {output}")


def _to_stdout(text: str) -> None:
    # A file or a pipe gets UTF-8 wherever it is read; a terminal what it can show.
    if isinstance(sys.stdout, io.TextIOWrapper):
        if sys.stdout.isatty():
            sys.stdout.reconfigure(errors="replace")
        else:
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough, as `head` has. Python would find the pipe broken once
        # more when it ends, and say so.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise SummarizerError(
            f"Standard output can't be written: {error.strerror or error}.", original=error
        ) from error


def _to_file(content: bytes, output: Path) -> None:
    # The file that a link leads to is replaced, and not the link.
    target = output.resolve()
    if target.exists() and not target.is_file():  # a device or a pipe is written to
        target.write_bytes(content)
        return
    fresh = target.with_name(f".{target.name[:80]}.{secrets.token_hex(4)}.tmp")
    try:
        # Not by tempfile, whose files are their owner's alone: this one is like any other.
        with fresh.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            fresh.chmod(target.stat().st_mode & 0o7777)
        fresh.replace(target)
    except BaseException:
        with suppress(OSError):
            fresh.unlink()
        raise
