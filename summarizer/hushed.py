"""What other libraries log of our requests is kept quiet: it holds articles and answers."""

from __future__ import annotations

import contextvars
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

_LOUD = ("instructor", "instructor.v2", "instructor.v2.retry", "openai._base_client")
_ours: contextvars.ContextVar[bool] = contextvars.ContextVar("summarizer_call", default=False)


@contextmanager
def hushed() -> Iterator[None]:
    """Within it, those libraries log nothing of what this task does."""
    _listen()
    token = _ours.set(True)
    try:
        yield
    finally:
        _ours.reset(token)


@cache
def _listen() -> None:
    for name in _LOUD:
        logging.getLogger(name).addFilter(_not_ours)


def _not_ours(record: logging.LogRecord) -> bool:
    return not _ours.get()
