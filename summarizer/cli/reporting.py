"""From what goes wrong in a command to one message and an exit status."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from summarizer.cli.console import complain, log_shown, say
from summarizer.errors import (
    ArticleTooLong,
    ConfigurationError,
    FetchError,
    InputError,
    SchemaError,
)

FAILED, WRONG_USAGE, INTERRUPTED = 1, 2, 130


@contextmanager
def reporting(*, debug: bool, told: int = logging.INFO) -> Iterator[None]:
    """Within it, an error becomes a message with a hint, and ends the program with its status.

    With `debug` the message has a traceback above it. Keys and control characters are in
    neither. What the library logs is said from the level `told` on.
    """
    try:
        with log_shown(told):
            yield
    except typer.Exit:
        raise
    except KeyboardInterrupt:
        say("Interrupted.")
        raise typer.Exit(INTERRUPTED) from None
    except Exception as error:  # noqa: BLE001  # shown, and the exit status tells of it
        complain(error, debug=debug)
        raise typer.Exit(status_of(error)) from None


def status_of(error: BaseException) -> int:
    """2 for what other arguments would mend, 1 for what they would not."""
    # A page that is gone and an article that one model can't take are no misuse.
    if isinstance(error, FetchError | ArticleTooLong):
        return FAILED
    if isinstance(error, InputError | ConfigurationError | SchemaError):
        return WRONG_USAGE
    return FAILED
