"""Turns a news article into a validated, typed record with receipts.

    import summarizer

    result = summarizer.summarize("…article text…")
    result.summary.military_activities[0].evidence[0].quote

Every item carries exact spans of the source, every claim its claimant. With nothing configured a
small model runs on this machine; `Summarizer` takes any OpenAI-compatible endpoint, and any
Pydantic class as its schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from summarizer.errors import (
    AnswerError,
    AnswerInvalid,
    AnswerTruncated,
    ArticleTooLong,
    AuthenticationFailed,
    ConfigurationError,
    ContentFiltered,
    EmbeddedError,
    EmptyAnswer,
    EmptyArticle,
    EndpointError,
    EndpointTimeout,
    EndpointUnreachable,
    EngineFailed,
    EngineMissing,
    FetchError,
    InputError,
    InputTooLarge,
    ModelNotFound,
    NotSupported,
    NotText,
    PermissionDenied,
    RateLimited,
    Refused,
    RequestRejected,
    SchemaError,
    ServerFailed,
    SummarizerError,
    WeightsUnavailable,
)
from summarizer.schemas import (
    Attribution,
    DatePhrase,
    Evidence,
    Grounded,
    Place,
    Quantity,
    SituationSummary,
)
from summarizer.schemas.markers import (
    Alike,
    Anchor,
    Broader,
    ByCode,
    Exactly,
    FirstMentions,
    FromEvidence,
    FullOnly,
    Key,
    Limit,
    Naming,
    Ref,
    Unscored,
    Verbatim,
    Weight,
)
from summarizer.session import Summarizer, summarize

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.cache import Cache
    from summarizer.checks import CHECKS, Check, Problem, Statement, audit
    from summarizer.inputs import read
    from summarizer.pipeline import current_article
    from summarizer.results import Failure, Issue, IssueKind, Reason, Result, Severity, Usage

# Imported when they are first asked for: with them, start-up would cost half as much again.
_LATER = {
    "Article": "article",
    "CHECKS": "checks",
    "Cache": "cache",
    "Check": "checks",
    "Problem": "checks",
    "Statement": "checks",
    "audit": "checks",
    "Failure": "results",
    "Issue": "results",
    "IssueKind": "results",
    "Reason": "results",
    "Result": "results",
    "Severity": "results",
    "Usage": "results",
    "current_article": "pipeline",
    "read": "inputs",
}

__all__ = [
    "CHECKS",
    "Alike",
    "Anchor",
    "AnswerError",
    "AnswerInvalid",
    "AnswerTruncated",
    "Article",
    "ArticleTooLong",
    "Attribution",
    "AuthenticationFailed",
    "Broader",
    "ByCode",
    "Cache",
    "Check",
    "ConfigurationError",
    "ContentFiltered",
    "DatePhrase",
    "EmbeddedError",
    "EmptyAnswer",
    "EmptyArticle",
    "EndpointError",
    "EndpointTimeout",
    "EndpointUnreachable",
    "EngineFailed",
    "EngineMissing",
    "Evidence",
    "Exactly",
    "Failure",
    "FetchError",
    "FirstMentions",
    "FromEvidence",
    "FullOnly",
    "Grounded",
    "InputError",
    "InputTooLarge",
    "Issue",
    "IssueKind",
    "Key",
    "Limit",
    "ModelNotFound",
    "Naming",
    "NotSupported",
    "NotText",
    "PermissionDenied",
    "Place",
    "Problem",
    "Quantity",
    "RateLimited",
    "Reason",
    "Ref",
    "Refused",
    "RequestRejected",
    "Result",
    "SchemaError",
    "ServerFailed",
    "Severity",
    "SituationSummary",
    "Statement",
    "Summarizer",
    "SummarizerError",
    "Unscored",
    "Usage",
    "Verbatim",
    "Weight",
    "WeightsUnavailable",
    "audit",
    "current_article",
    "read",
    "summarize",
]


if not TYPE_CHECKING:  # for a type checker, this would make every name one of ours

    def __getattr__(name: str) -> Any:
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = globals()[name] = getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
