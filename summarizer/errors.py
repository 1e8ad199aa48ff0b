"""The exceptions that `summarizer` raises.

SummarizerError
├── ConfigurationError (ValueError)     what was set can't work: no model named, a bad option
├── InputError (ValueError)             the input can't be read as an article
│   ├── EmptyArticle                    nothing in it to read
│   ├── NotText                         binary, or not UTF-8
│   ├── InputTooLarge                   larger than the limit
│   ├── FetchError                      a URL that can't or may not be fetched
│   └── ArticleTooLong                  more tokens than the model takes
├── SchemaError (TypeError)             a user's schema that can't be derived or filled
├── EndpointError (RuntimeError)        the endpoint, or the way to it, failed
│   ├── EndpointUnreachable             no connection, or it broke
│   ├── EndpointTimeout                 no answer in time
│   ├── AuthenticationFailed            401
│   │   └── PermissionDenied            403
│   ├── ModelNotFound                   404
│   ├── RateLimited                     429, and patience ran out; 402, the balance is used up
│   ├── RequestRejected                 400 and other 4xx
│   └── ServerFailed                    5xx, and patience ran out
├── AnswerError (ValueError)            the endpoint answered, but not with a record
│   ├── Refused                         the model declined
│   ├── ContentFiltered                 the provider withheld the answer
│   ├── EmptyAnswer                     no choices, or no content
│   ├── AnswerTruncated                 cut off by length with nothing whole in it
│   ├── AnswerInvalid                   still unreadable after every re-ask
│   └── NotSupported                    the record says what its sentences don't, and must not
└── EmbeddedError (RuntimeError)        the model on this machine
    ├── EngineMissing (ImportError)     the extra `[local]` is not installed
    ├── WeightsUnavailable              no source gave the weights
    └── EngineFailed                    the engine didn't start or stopped

Every one carries `retryable` (would the same call be worth trying again?), `hint` (the way
out, one sentence) and `original` (the exception beneath, or None); where calls were made, `usage`
(what they cost), and where an endpoint told it, `retry_after` (seconds to wait). No message holds
an API key, nor more of an article than a short excerpt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summarizer.completion import CallUsage
    from summarizer.results import Issue

EXCERPT = 80


def excerpt(text: str, limit: int = EXCERPT) -> str:
    """The start of `text` on one line, at most `limit` characters, for use in a message."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


class SummarizerError(Exception):
    """Anything that this library raises on purpose."""

    retryable: bool = False
    hint: str | None = None
    usage: CallUsage | None = None
    retry_after: float | None = None

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        retryable: bool | None = None,
        original: BaseException | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.original = original
        if hint is not None:
            self.hint = hint
        if retryable is not None:
            self.retryable = retryable

    def __str__(self) -> str:
        return f"{self.message} {self.hint}" if self.hint else self.message

    def __reduce__(self) -> tuple[object, ...]:
        # The default would call __init__ with the message alone and lose the rest.
        state = {k: v for k, v in self.__dict__.items() if k != "original"}
        return (type(self), (self.message,), state)


class ConfigurationError(SummarizerError, ValueError):
    """What was configured can't work."""


class InputError(SummarizerError, ValueError):
    """The input can't be read as an article."""


class EmptyArticle(InputError):
    """There is nothing in the input to read."""


class NotText(InputError):
    """The input is binary, or its text is not UTF-8."""


class InputTooLarge(InputError):
    """The input is larger than the limit."""


class FetchError(InputError):
    """The URL can't be fetched, or may not be."""


class ArticleTooLong(InputError):
    """The article has more tokens than the model takes in one call."""


class SchemaError(SummarizerError, TypeError):
    """A schema uses something that can't be asked of a model or resolved by code."""


class EndpointError(SummarizerError, RuntimeError):
    """The endpoint, or the way to it, failed."""


class EndpointUnreachable(EndpointError):
    """No connection could be made, or it broke off."""

    retryable = True


class EndpointTimeout(EndpointError):
    """The endpoint gave no answer in time."""

    retryable = True


class AuthenticationFailed(EndpointError):
    """The endpoint did not accept the key (401)."""


class PermissionDenied(AuthenticationFailed):
    """The endpoint knows the key, or doesn't ask for it, and does not do this request (403)."""


class ModelNotFound(EndpointError):
    """The endpoint knows no such model, or no such address (404)."""


class RateLimited(EndpointError):
    """The endpoint kept answering 429 until patience ran out, or the quota is used up, which
    isn't `retryable`."""

    retryable = True


class RequestRejected(EndpointError):
    """The endpoint did not accept the request (400 and other 4xx)."""


class ServerFailed(EndpointError):
    """The endpoint kept answering 5xx until patience ran out."""

    retryable = True


class AnswerError(SummarizerError, ValueError):
    """The endpoint answered, but not with a record."""


class Refused(AnswerError):
    """The model declined to answer."""


class ContentFiltered(AnswerError):
    """The provider's content filter withheld the answer."""


class EmptyAnswer(AnswerError):
    """The answer had no choices, or no content."""

    retryable = True


class AnswerTruncated(AnswerError):
    """The answer was cut off by its length limit before anything whole was in it."""


class AnswerInvalid(AnswerError):
    """The answer could not be read, and neither could those to the re-asks."""

    retryable = True


class NotSupported(AnswerError):
    """The record says what the sentences that it cites don't say, and such are to be raised.

    `issues` are those about the record.
    """

    retryable = True
    issues: Sequence[Issue] = ()


class EmbeddedError(SummarizerError, RuntimeError):
    """The model on this machine could not be used."""


class EngineMissing(EmbeddedError, ImportError):
    """The engine is not installed."""


class WeightsUnavailable(EmbeddedError):
    """No source gave the model's weights."""

    retryable = True


class EngineFailed(EmbeddedError):
    """The engine did not start, or stopped."""
