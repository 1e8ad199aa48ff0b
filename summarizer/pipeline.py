"""The way of an article: from numbered sentences to a validated record."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from summarizer.answers import SOURCE
from summarizer.asking import Asker
from summarizer.errors import AnswerError, AnswerInvalid, SummarizerError
from summarizer.grounding import Source
from summarizer.results import Issue, IssueKind, Result, Severity, Usage
from summarizer.support import Support
from summarizer.templates import PROMPT, instructions
from summarizer.wire import Profile, Size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel

    from summarizer.article import Article
    from summarizer.asking import Answered
    from summarizer.client import Client
    from summarizer.request import Request

GRAMMAR_SERVERS = frozenset({"llama.cpp", "vllm"})
"""Kinds of server that constrain what is written by a grammar, and need everything bounded."""


def current_article() -> Article | None:
    """The article that an answer is being held against, for validators in a schema of your own.

    None where a record is validated that came from elsewhere, such as a stored one.
    """
    source = SOURCE.get(None)
    return source.article if source else None


async def extract(
    article: Article, client: Client, request: Request, *, weights: str | None = None
) -> Result[Any]:
    """The record of one article, by the calls that the request's strategy names.

    A call whose answer is no record costs what it asked for and nothing else; only if every call
    fails so does the article. `weights` is the SHA-256 of those that run on this machine.

    Raises:
        ArticleTooLong: the model can't take the article in the way that the strategy asks for.
        EndpointError: the endpoint, or the way to it, failed.
        AnswerError: no answer was a record; or, by the policy, it is not supported.
    """
    server = await client.server()
    profile = Profile.GRAMMAR if server.kind in GRAMMAR_SERVERS else Profile.STRICT
    planned = request.plan(profile)
    static = instructions(planned, PROMPT, request.output_language)
    source = Source(article, static, request.output_language)
    asker = Asker(client, request, server, planned, source)
    token = SOURCE.set(source)  # for validators of the user's own, when the record is put together
    try:
        answered = await asker.answers(await asker.parts())
        try:
            summary, issues = await Support(asker).record(answered)
        except AnswerInvalid as error:
            raise _no_record(error, request) from None
        return _result(asker, answered, summary, issues, weights)
    except SummarizerError as error:
        if isinstance(error, AnswerError):
            client.forget(asker.keys)
        error.usage = asker.spent
        raise
    finally:
        SOURCE.reset(token)


def _result(
    asker: Asker,
    answered: Sequence[Answered],
    summary: BaseModel,
    issues: Sequence[Issue],
    weights: str | None,
) -> Result[Any]:
    """The record, and how it came about."""
    request = asker.request
    spent = Usage(**asdict(replace(asker.spent, seconds=round(asker.spent.seconds, 3))))
    met = [issue for one in answered for issue in one.issues()]
    size = [_CORE_SIZE] if request.size is Size.CORE else []
    closed = any(one.part.source.form for one in answered)
    modes = [one.completion.mode for one in answered if one.completion]
    # Not Result[...]: such a class can't be found again by name, and so not be pickled. All that
    # is in it was made here, or validated before.
    return Result.model_construct(
        summary=summary,
        issues=[*met, *issues, *size],
        usage=spent,
        settings_hash=request.settings_hash,
        signature=request.signature(
            asker.plan,
            server=asker.server.kind,
            mode="grammar" if closed else modes[0],
            strategy=asker.name(answered),
            why=asker.why,
            weights=weights,
        ),
        article=asker.source.article,
    )


def _no_record(error: AnswerInvalid, request: Request) -> AnswerInvalid:
    return AnswerInvalid(
        f"The answers did not add up to a {request.schema.__name__}: {error.message}",
        hint="The strategy single lets the model see what its record lacks.",
        original=error.original,
    )


_CORE_SIZE = Issue(
    path=None,
    kind=IssueKind.CORE_SIZE,
    severity=Severity.INFO,
    message="The record is of the core size, which small models can fill: chains of sources and "
    "quantities were not asked for, and what is empty may still stand in the article.",
)
