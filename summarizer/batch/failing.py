"""What failed: as the failure of one document, or as the end of the run."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from traceback import extract_tb

from summarizer.errors import (
    AuthenticationFailed,
    ConfigurationError,
    EndpointTimeout,
    EndpointUnreachable,
    EngineFailed,
    EngineMissing,
    ModelNotFound,
    PermissionDenied,
    RateLimited,
    RequestRejected,
    SchemaError,
    ServerFailed,
    SummarizerError,
    WeightsUnavailable,
)
from summarizer.results import Failure, Reason, Usage
from summarizer.view.clean import clean

_PERMANENT = (
    ConfigurationError,
    SchemaError,
    AuthenticationFailed,
    ModelNotFound,
    EngineMissing,
    WeightsUnavailable,
)
_GONE = (EndpointUnreachable, EngineFailed)
_BUSY = (EndpointTimeout, ServerFailed, RateLimited)
_ITS_OWN = (RequestRejected, PermissionDenied)
"""What may be one document's from the start: a firewall that objects to an article answers so."""

IN_A_ROW = 10
"""Documents that fail for such a reason, and none in between that doesn't, after which the next
would as well."""
OUTAGE, OUTAGE_IN_A_ROW = 300.0, 3
"""Seconds without an answer that an endpoint is given to come back, and the documents that have to
fail besides: each takes minutes, and so many may be one's own."""


class Verdicts:
    """Tells the failure of one document from what would fail on every document."""

    def __init__(self) -> None:
        self._answered = False
        self._since = time.monotonic()
        self._in_a_row = 0

    def awaited(self) -> None:
        """A document begins, and none is under way: the input may have made the endpoint wait."""
        if not self._in_a_row:
            self._since = time.monotonic()

    def answered(self) -> None:
        """A document came to an end that it did not share with all others."""
        self._answered = True
        self._since = time.monotonic()
        self._in_a_row = 0

    def ends(self, error: Exception) -> bool:
        """Whether the run should end with this error.

        At the start, a wrong key, an unknown model or an endpoint that can't be reached is that at
        once. Else it may be one document's, or pass, until too many in a row have failed like that;
        an endpoint that is away or too busy has some minutes for it. A rejected request counts as
        long as none was taken.
        """
        rejected = not self._answered and isinstance(error, RequestRejected)
        if not (rejected or isinstance(error, (*_PERMANENT, *_GONE, *_BUSY))):
            self.answered()
            return False
        if isinstance(error, RateLimited) and not error.retryable:
            return True  # the quota is used up
        self._in_a_row += 1
        if not self._answered and not isinstance(error, (*_ITS_OWN, *_BUSY)):
            return True
        if isinstance(error, (*_GONE, *_BUSY)):
            waited = time.monotonic() - self._since
            if self._in_a_row >= OUTAGE_IN_A_ROW and waited >= OUTAGE:
                return True
            if self._answered:
                return False
        return self._in_a_row >= IN_A_ROW


def failure(id: str, error: Exception) -> Failure:  # noqa: A002  # the field's name in the record
    """The failure of the document `id`, by the error that it ended with."""
    spent = error.usage if isinstance(error, SummarizerError) else None
    return Failure(id=id, error=reason(error), usage=Usage(**asdict(spent)) if spent else Usage())


def reason(error: Exception) -> Reason:
    """The error as a line, or a summary, tells it."""
    kind = type(error).__name__
    if not isinstance(error, SummarizerError):
        # Its words are left out: they may hold what the model wrote, or a key.
        last = extract_tb(error.__traceback__)[-1]
        message = f"It broke with {kind} in {Path(last.filename).name}, line {last.lineno}, "
        return Reason(type=kind, message=f"{message}which is a bug.", retryable=False)
    # A server's words may hold anything, half a character too, which no file takes.
    return Reason(type=kind, message=clean(error.message), retryable=error.retryable)
