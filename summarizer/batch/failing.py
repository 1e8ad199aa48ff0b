"""What failed: as the failure of one document, or as the end of the run."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from traceback import extract_tb

from summarizer.errors import (
    AuthenticationFailed,
    ConfigurationError,
    EndpointUnreachable,
    EngineFailed,
    EngineMissing,
    ModelNotFound,
    RateLimited,
    SchemaError,
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


def stops(error: Exception, *, answered: bool) -> bool:
    """Whether other documents would only fail in the same way.

    `answered` says whether one has come to its end yet: an endpoint that was there once may come
    back.
    """
    if isinstance(error, RateLimited):
        return not error.retryable  # the quota is used up
    if isinstance(error, EndpointUnreachable | EngineFailed):
        return not answered
    return isinstance(error, _PERMANENT)


def failure(id: str, error: Exception) -> Failure:  # noqa: A002  # the field's name in the record
    """The failure of the document `id`, by the error that it ended with."""
    kind = type(error).__name__
    if not isinstance(error, SummarizerError):
        # Its words are left out: they may hold what the model wrote, or a key.
        last = extract_tb(error.__traceback__)[-1]
        message = f"It broke with {kind} in {Path(last.filename).name}, line {last.lineno}, "
        return Failure(
            id=id, error=Reason(type=kind, message=f"{message}which is a bug.", retryable=False)
        )
    # A server's words may hold anything, half a character too, which no file takes.
    reason = Reason(type=kind, message=clean(error.message), retryable=error.retryable)
    usage = Usage(**asdict(error.usage)) if error.usage else Usage()
    return Failure(id=id, error=reason, usage=usage)
