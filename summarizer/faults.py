"""The errors of this library for what goes wrong between it and an endpoint.

An endpoint may echo keys and articles in its errors: both are cut out, and the rest is kept to a
short excerpt.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel, ValidationError

from summarizer.echoes import without_echo
from summarizer.errors import (
    AnswerInvalid,
    ArticleTooLong,
    AuthenticationFailed,
    ContentFiltered,
    EndpointTimeout,
    EndpointUnreachable,
    ModelNotFound,
    PermissionDenied,
    RateLimited,
    RequestRejected,
    SchemaError,
    ServerFailed,
    SummarizerError,
    excerpt,
)
from summarizer.retry import parse_retry_after

EXCERPT = 160
ERRORS_SHOWN = 8
SECRET_LENGTH = 8
"""Headers shorter than this are words, not keys."""

_TOO_LONG = re.compile(
    r"context_length_exceeded|exceed_context_size|maximum context length|context size", re.I
)


@dataclass(frozen=True)
class Fault:
    """An HTTP answer that is an error: its status, its headers and its parsed body."""

    status: int
    headers: Mapping[str, str]
    body: object

    @property
    def message(self) -> str:
        """What the endpoint says about it, whole."""
        body = self.body
        if isinstance(body, Mapping):
            said = body.get("message")
            body = said if isinstance(said, str) else json.dumps(body, default=str)
        return str(body or "")

    def detail(self, name: str) -> str | None:
        """`code`, `param` or `type` of the error, where the endpoint gives it."""
        value = self.body.get(name) if isinstance(self.body, Mapping) else None
        return value if isinstance(value, str) else None

    @property
    def is_of_a_filter(self) -> bool:
        """Whether the endpoint objects to what the article is about."""
        told = self.body.get("metadata") if isinstance(self.body, Mapping) else None
        # The former is Azure's way, the latter OpenRouter's, whose status is that of a wrong key.
        flagged = isinstance(told, Mapping) and "flagged_input" in told
        return self.detail("code") == "content_filter" or flagged


@dataclass(frozen=True)
class Place:
    """Whom we were talking to, for messages, and the `secrets` that no message may hold."""

    host: str
    model: str
    timeout: float
    secrets: tuple[str, ...] = field(default=(), repr=False)


def in_short(error: ValidationError) -> str:
    """What doesn't fit, a line each, without the values: models read this, and users."""
    errors = error.errors(include_url=False, include_context=False, include_input=False)
    lines = [f"{'.'.join(map(str, e['loc'])) or 'answer'}: {e['msg']}" for e in errors]
    if len(lines) > ERRORS_SHOWN:
        lines[ERRORS_SHOWN:] = [f"and {len(lines) - ERRORS_SHOWN} more"]
    return "\n".join(lines)


def misfit(error: Exception, answer: type[BaseModel], rounds: int) -> Exception:
    """The error to raise for what instructor raised, after `rounds` answers that didn't fit.

    What a validator raised on purpose, as an error of this library, stays as it is.
    """
    cause: BaseException | None = error.__cause__
    invalid = cause.__cause__ if cause is not None else None
    if isinstance(invalid, ValidationError):
        return AnswerInvalid(
            f"The answer did not fit {answer.__name__}, asked for {rounds} times; at last: "
            f"{excerpt(in_short(invalid), EXCERPT)}.",
            hint="A larger model, or a simpler schema, mends this mostly.",
            original=invalid,
        )
    if isinstance(cause, SummarizerError):
        return cause
    return SchemaError(
        f"A validator of {answer.__name__} broke with {type(cause or error).__name__}.",
        hint="Validators raise ValueError for what they don't accept.",
        original=cause or error,
    )


def secrets_in(api_key: str, headers: Mapping[str, str]) -> tuple[str, ...]:
    """What may not be shown: the key, and headers that are long enough to hold one."""
    return tuple(value for value in (api_key, *headers.values()) if len(value) >= SECRET_LENGTH)


def redact(text: str, secrets: Iterable[str]) -> str:
    """`text` without any of the `secrets` in it."""
    for secret in secrets:
        text = text.replace(secret, "[key]")
    return text


def fault_of(error: Exception) -> Fault | None:
    """The HTTP answer that the SDK raised `error` for; None if there was no answer."""
    response = getattr(error, "response", None)
    if response is None:
        return None
    return Fault(response.status_code, response.headers, getattr(error, "body", None))


def translated(error: Exception, place: Place, sent: Iterable[str]) -> Exception:
    """The error to raise for one of the SDK or of httpx2; `retry_after` is set where it was told.

    What repeats a part of the texts that were `sent` is left out of its message. What is neither
    an answer nor a failure of the network is a bug, and stays as it is.
    """
    import httpx2

    def cleaned(said: str) -> str:
        return without_echo(redact(said, place.secrets), sent)

    fault = fault_of(error)
    # The SDK puts an error of its own before that of httpx2.
    cause = error if isinstance(error, httpx2.HTTPError | OSError) else error.__cause__
    result: SummarizerError
    if fault is not None:
        result = _error_for(fault, place, cleaned(fault.message))
        seconds = parse_retry_after(fault.headers.get("retry-after"))
        if seconds is not None:
            vars(result)["retry_after"] = seconds
    elif isinstance(error, TimeoutError) or isinstance(cause, httpx2.TimeoutException):
        result = EndpointTimeout(
            f"{place.host} gave no answer within {place.timeout:g} s.",
            hint="Allow more time, or ask for less at once.",
        )
    elif isinstance(cause, httpx2.HTTPError | OSError):
        reason = excerpt(cleaned(str(cause) or type(cause).__name__), EXCERPT)
        result = EndpointUnreachable(
            f"{place.host} can't be reached: {reason.rstrip('.')}.",
            hint="Check the base URL, and that the server is running.",
        )
    else:
        return error
    # The SDK's error may repeat what the endpoint said of the key and the article.
    if cleaned(str(error)) == str(error):
        result.original = error
    return result


def _error_for(fault: Fault, place: Place, said: str) -> SummarizerError:
    host, model = place.host, place.model
    status, code = fault.status, fault.detail("code")
    words = f": {excerpt(said, EXCERPT)}" if said else "."
    answered = f"{host} answered {status}{words}"
    if fault.is_of_a_filter:
        return ContentFiltered(f"{host} withheld the answer: its filter objects to the request.")
    if status in (401, 403):
        return _denied(host, status)
    if status == 404:
        return ModelNotFound(
            f"{host} knows no model {model!r}, or no such address (404).",
            hint="Check the model's name, and the end of the base URL, which mostly is /v1.",
        )
    if status == 408:
        return EndpointTimeout(answered)
    # OpenAI says the latter; who is paid beforehand, as OpenRouter and DeepSeek are, the former.
    if status == 402 or (status == 429 and code == "insufficient_quota"):
        return RateLimited(
            f"{host} says that the quota is used up ({status}).",
            hint="More quota is needed; waiting doesn't help.",
            retryable=False,
        )
    if status == 429:
        return RateLimited(answered, hint="Try again later, or with less concurrency.")
    if status >= 500:
        return ServerFailed(answered)
    if status in (400, 413) and _TOO_LONG.search(f"{code} {fault.detail('type')} {fault.message}"):
        return ArticleTooLong(
            f"The article is too long for the model {model!r}. {answered}",
            hint="Use a model that takes more, or a shorter article.",
        )
    if status < 400:
        return RequestRejected(
            f"{host} sends requests on to another address ({status}).",
            hint="Set the base URL to that address; keys and articles are not sent on.",
        )
    return RequestRejected(answered, retryable=status == 409)


def _denied(host: str, status: int) -> AuthenticationFailed:
    # Its words are left out: some endpoints repeat a part of the key.
    if status == 403:
        return PermissionDenied(
            f"{host} does not allow this request (403): the key may not do that, or a firewall "
            "objects to the article.",
            hint="Where others pass, it is the article; else check the key's rights, and where it "
            "was set: `summarizer doctor` shows that.",
        )
    return AuthenticationFailed(
        f"{host} did not accept the API key ({status}).",
        hint="Check the key and where it was set; `summarizer doctor` shows both.",
    )
