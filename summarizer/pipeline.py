"""The way of an article: from numbered sentences to a validated record."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from summarizer.answers import SOURCE, answer_class
from summarizer.assembly import assemble
from summarizer.errors import AnswerError, ArticleTooLong
from summarizer.forms import form
from summarizer.grounding import Draft, Source
from summarizer.results import SCHEMA_VERSION, Issue, IssueKind, Result, Severity, Usage
from summarizer.strategies import Strategy, choose
from summarizer.templates import digest, instructions, messages
from summarizer.wire import Plan, Profile, Size, plan

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.client import CallUsage, Client, Completion, Server

GRAMMAR_SERVERS = frozenset({"llama.cpp", "vllm"})
"""Kinds of server that constrain what is written by a grammar, and need everything bounded."""
CORE_ANSWER = 1024
"""Tokens that one answer may take in the core size: a small model must not run away."""
GRAMMAR_ANSWER = 6144
"""Likewise in the full size, on servers that constrain by grammar."""
CHARACTERS_PER_TOKEN = 2.0
"""A safe estimate where the server has no tokenizer to ask; English prose has four or more."""
PROMPT = "extract.v1"
"""The prompt file whose instructions every call begins with."""


@dataclass(frozen=True)
class Request:
    """What is asked of a model, whichever article it is asked of."""

    schema: type[BaseModel]
    model: str
    strategy: str
    size: Size
    output_language: str | None
    temperature: float | None
    seed: int | None
    max_tokens: int | None
    extra_body: str
    """The further fields of the request body, as JSON."""

    @cached_property
    def settings_hash(self) -> str:
        """What is asked, in one hash: it governs whether a stored result can stand in for a call."""
        asked = {
            **{name: value for name, value in vars(self).items() if name != "schema"},
            "schema": _schema_json(self.schema),
            "prompt": instructions(self.plan(Profile.STRICT), PROMPT, self.output_language),
        }
        return sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:16]

    def plan(self, profile: Profile) -> Plan:
        """How the schema goes over the wire."""
        return plan(self.schema, profile, self.size)

    def answer_limit(self, profile: Profile) -> int | None:
        """The most tokens that one answer may take."""
        if self.max_tokens is not None:
            return self.max_tokens
        if self.size is Size.CORE:
            return CORE_ANSWER
        return GRAMMAR_ANSWER if profile is Profile.GRAMMAR else None


async def extract(article: Article, client: Client, request: Request) -> Result[Any]:
    """The record of one article, by the calls that the request's strategy names.

    A call whose answer is no record costs its own fields and not the others'; only if every call
    fails so does the article.

    Raises:
        ArticleTooLong: the model can't take the article in one call.
        EndpointError: the endpoint, or the way to it, failed.
        AnswerError: no answer was a record.
    """
    server = await client.server()
    profile = Profile.GRAMMAR if server.kind in GRAMMAR_SERVERS else Profile.STRICT
    planned = request.plan(profile)
    strategy = choose(request.strategy, request.size)
    source = Source(article, instructions(planned, PROMPT, request.output_language))
    SOURCE.set(source)
    if strategy.closed and server.kind == "llama.cpp" and planned.size is Size.CORE:
        source.form = form(planned, source)
    await _check_length(source, client, server, request, profile)
    completions: list[Completion[Any]] = []
    issues: list[Issue] = []
    spent: list[CallUsage] = []
    failure: AnswerError | None = None
    from summarizer.client import usage_of

    for call in strategy.calls(planned):
        try:
            completion = await client.complete(
                messages(
                    article,
                    planned,
                    prompt=call.prompt,
                    fields=call.fields,
                    furniture=source.furniture,
                    output_language=request.output_language,
                ),
                answer_class(planned, call.fields),
                strict=server.kind == "openai",
                grammar=source.form.grammar if source.form else None,
                max_tokens=request.answer_limit(profile),
                seed=request.seed,
            )
        except AnswerError as error:
            failure = error
            issues.append(_failed(call.fields, error))
            spent.append(usage_of(error))
            continue
        completions.append(completion)
        spent.append(completion.usage)
        if completion.truncated:
            issues.append(_truncated(call.fields))
    if failure is not None and not completions:
        raise failure
    drafts: list[Draft] = [completion.value.draft for completion in completions]
    summary, met = completions[0].value.record or assemble(planned, drafts, source)
    return Result[Any](
        summary=summary,
        issues=[*issues, *met],
        usage=_total(spent),
        settings_hash=request.settings_hash,
        signature=_signature(request, planned, strategy, server, _mode(source, completions[0])),
        article=article,
    )


async def _check_length(
    source: Source, client: Client, server: Server, request: Request, profile: Profile
) -> None:
    if server.context_size is None:
        return
    text = source.article.text
    needed = int(len(text) / CHARACTERS_PER_TOKEN)
    room = server.context_size - (request.answer_limit(profile) or GRAMMAR_ANSWER)
    if needed + 3000 < room:
        return  # plainly short enough; no need to count
    prompt = messages(source.article, request.plan(profile), prompt=PROMPT)
    counted = await client.count_tokens("\n".join(message["content"] for message in prompt))
    needed = counted if counted is not None else needed
    if needed > room:
        raise ArticleTooLong(
            f"The article takes {needed} tokens; the model has room for {max(room, 0)} beside "
            f"its answer (context: {server.context_size}).",
            hint="Use a model with a larger context, or split the article.",
        )


def _mode(source: Source, completion: Completion[Any]) -> str:
    return "grammar" if source.form is not None else completion.mode


def _failed(fields: tuple[str, ...] | None, error: AnswerError) -> Issue:
    what = ", ".join(fields) if fields else "the record"
    return Issue(
        path=None,
        kind=IssueKind.SECTION_FAILED,
        severity=Severity.ERROR,
        message=f"Nothing was got for {what}: {error.message}",
    )


def _truncated(fields: tuple[str, ...] | None) -> Issue:
    what = ", ".join(fields) if fields else "the record"
    return Issue(
        path=None,
        kind=IssueKind.ANSWER_TRUNCATED,
        severity=Severity.WARNING,
        message=f"The answer for {what} was cut off by its length; what was whole in it was kept.",
    )


def _total(spent: list[CallUsage]) -> Usage:
    return Usage(
        calls=sum(usage.calls for usage in spent),
        prompt_tokens=sum(usage.prompt_tokens for usage in spent),
        cached_tokens=sum(usage.cached_tokens for usage in spent),
        completion_tokens=sum(usage.completion_tokens for usage in spent),
        seconds=round(sum(usage.seconds for usage in spent), 3),
    )


def _signature(
    request: Request, planned: Plan, strategy: Strategy, server: Server, mode: str
) -> dict[str, Any]:
    static = instructions(planned, PROMPT, request.output_language)
    return {
        "model": request.model,
        "server": server.kind,
        "mode": mode,
        "profile": planned.profile.value,
        "size": planned.size.value,
        "strategy": strategy.name,
        "prompt": f"{PROMPT}#{digest(static)}",
        "schema": f"{request.schema.__name__}#{digest(_schema_json(request.schema))}",
        "schema_version": SCHEMA_VERSION,
        **_versions(),
    }


@lru_cache(maxsize=64)
def _schema_json(schema: type[BaseModel]) -> str:
    return json.dumps(schema.model_json_schema(), sort_keys=True)


@lru_cache(maxsize=1)
def _versions() -> dict[str, str]:
    from importlib.metadata import version

    return {
        "summarizer": version("situation-summarizer"),
        "instructor": version("instructor"),
        "openai": version("openai"),
    }
