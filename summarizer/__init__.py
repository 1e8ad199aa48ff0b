"""Turns a news article into a validated, typed record with receipts.

    import summarizer

    result = summarizer.summarize("…article text…")
    result.summary.military_activities[0].evidence[0].quote

Every item carries exact spans of the source, every claim its claimant. With nothing configured a
small model runs on this machine; `Summarizer` takes any OpenAI-compatible endpoint, and any
Pydantic class as its schema.
"""

from __future__ import annotations

from summarizer.article import Article
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
    NotText,
    RateLimited,
    Refused,
    RequestRejected,
    SchemaError,
    ServerFailed,
    SummarizerError,
    WeightsUnavailable,
)
from summarizer.inputs import read
from summarizer.results import Issue, IssueKind, Result, Severity, Usage
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
    ByCode,
    FirstMentions,
    FromEvidence,
    FullOnly,
    Key,
    Limit,
    Ref,
    Verbatim,
)
from summarizer.session import Summarizer, summarize

__all__ = [
    "AnswerError",
    "AnswerInvalid",
    "AnswerTruncated",
    "Article",
    "ArticleTooLong",
    "Attribution",
    "AuthenticationFailed",
    "ByCode",
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
    "NotText",
    "Place",
    "Quantity",
    "RateLimited",
    "Ref",
    "Refused",
    "RequestRejected",
    "Result",
    "SchemaError",
    "ServerFailed",
    "Severity",
    "SituationSummary",
    "Summarizer",
    "SummarizerError",
    "Usage",
    "Verbatim",
    "WeightsUnavailable",
    "read",
    "summarize",
]
