"""The way of an article: from numbered sentences to a validated record."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from summarizer.answers import SOURCE, Answer, answer_class
from summarizer.assembly import assemble
from summarizer.receipts import check
from summarizer.completion import CallUsage, Completion, usage_of
from summarizer.errors import (
    AnswerError,
    AnswerInvalid,
    ArticleTooLong,
    SummarizerError,
)
from summarizer.forms import form
from summarizer.grounding import Source
from summarizer.request import GRAMMAR_ANSWER, Request
from summarizer.results import Issue, IssueKind, Result, Severity, Usage
from summarizer.strategies import SINGLE, Call, Strategy, choose
from summarizer.templates import PROMPT, Message, instructions, messages
from summarizer.wire import Plan, Profile, Size

if TYPE_CHECKING:
    from pydantic import BaseModel

    from summarizer.article import Article
    from summarizer.client import Client, Server

GRAMMAR_SERVERS = frozenset({"llama.cpp", "vllm"})
"""Kinds of server that constrain what is written by a grammar, and need everything bounded."""
LEAST_ANSWER = 1024
"""Tokens that have to be left for an answer, unless it is limited to fewer."""
BYTES_PER_TOKEN = 3
"""A safe estimate where nothing has counted: prose has more in nearly every script."""


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

    A call whose answer is no record costs its own fields and not the others'; only if every call
    fails so does the article. `weights` is the SHA-256 of those that run on this machine.

    Raises:
        ArticleTooLong: the model can't take the article in one call.
        EndpointError: the endpoint, or the way to it, failed.
        AnswerError: no answer was a record.
    """
    server = await client.server()
    profile = Profile.GRAMMAR if server.kind in GRAMMAR_SERVERS else Profile.STRICT
    planned = request.plan(profile)
    static = instructions(planned, PROMPT, request.output_language)
    source = Source(article, static, request.output_language)
    strategy = choose(request.strategy, request.size)
    work = _Work(client, request, server, planned, strategy, source)
    token = SOURCE.set(source)
    try:
        for call in strategy.calls(planned):
            await work.ask(call)
        return work.result(weights)
    except SummarizerError as error:
        error.usage = work.spent
        raise
    finally:
        SOURCE.reset(token)


@dataclass
class _Work:
    """One article on its way, and what has come of it so far."""

    client: Client
    request: Request
    server: Server
    plan: Plan
    strategy: Strategy
    source: Source
    completions: list[Completion[Answer]] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    spent: CallUsage = field(default_factory=CallUsage)
    failure: AnswerError | None = None

    async def ask(self, call: Call) -> None:
        """Make one call, and keep its answer, or say in an issue that there is none."""
        prompt = messages(
            self.source.article,
            self.plan,
            prompt=call.prompt,
            fields=call.fields,
            furniture=self.source.furniture,
            output_language=self.request.output_language,
        )
        limit = await self._room(prompt)
        if self.strategy.closed and self.server.kind == "llama.cpp":
            self.source.form = form(self.plan, self.source)
        try:
            completion = await self.client.complete(
                prompt,
                answer_class(self.plan, call.fields),
                strict=self.server.kind == "openai",
                grammar=self.source.form.grammar if self.source.form else None,
                max_tokens=limit,
                seed=self.request.seed,
            )
        except SummarizerError as error:
            self.spent += usage_of(error)
            if not isinstance(error, AnswerError):
                raise
            self.failure = error
            self.issues.append(_failed(call, error))
            return
        self.spent += completion.usage
        self.completions.append(completion)
        if completion.truncated:
            self.issues.append(_truncated(call))

    async def _room(self, prompt: list[Message]) -> int | None:
        """The most tokens that the answer to `prompt` may take; None leaves it to the server.

        Raises `ArticleTooLong` where the prompt leaves too few.
        """
        limit = self.request.answer_limit(self.plan.profile)
        context = self.server.context_size
        if context is None:
            return limit
        text = "\n".join(message["content"] for message in prompt)
        needed, about = len(text.encode()) // BYTES_PER_TOKEN, "about "
        if needed + (limit or GRAMMAR_ANSWER) > context:
            counted = await self.client.count_tokens(text)
            if counted is not None:
                needed, about = counted, ""
        least = min(limit or LEAST_ANSWER, LEAST_ANSWER)
        if needed + least > context:
            raise ArticleTooLong(
                f"The article takes {about}{needed:,} tokens with its instructions, and the "
                f"answer {least:,} or more; the model takes {context:,} in all.",
                hint="Use a model or a server with a larger context, or split the article.",
            )
        return None if limit is None else min(limit, context - needed)

    def result(self, weights: str | None) -> Result[Any]:
        """The record that the answers add up to, and how it came about."""
        if self.failure is not None and not self.completions:
            raise self.failure
        summary, met = self._record()
        summary, checked = check(summary, self.plan, self.source)
        closed = self.source.form is not None
        spent = asdict(self.spent)
        spent["seconds"] = round(self.spent.seconds, 3)
        issues = [*self.issues, *met, *checked]
        if self.request.size is Size.CORE:
            issues.append(_CORE_SIZE)
        # Not Result[...]: such a class can't be found again by name, and so not be pickled.
        return Result(
            summary=summary,
            issues=issues,
            usage=Usage(**spent),
            settings_hash=self.request.settings_hash,
            signature=self.request.signature(
                self.plan,
                server=self.server.kind,
                mode="grammar" if closed else self.completions[0].mode,
                strategy=(SINGLE if self.strategy.closed and not closed else self.strategy).name,
                weights=weights,
            ),
            article=self.source.article,
        )

    def _record(self) -> tuple[BaseModel, list[Issue]]:
        answers = [completion.value for completion in self.completions]
        if answers[0].record is not None:
            return answers[0].record
        try:
            return assemble(self.plan, [answer.draft for answer in answers], self.source)
        except AnswerInvalid as error:
            raise AnswerInvalid(
                f"The answers did not add up to a {self.request.schema.__name__}: {error.message}",
                hint="The strategy single lets the model see what its record lacks.",
                original=error.original,
            ) from None


_CORE_SIZE = Issue(
    path=None,
    kind=IssueKind.CORE_SIZE,
    severity=Severity.INFO,
    message="The record is of the core size, which small models can fill: chains of sources and "
    "quantities were not asked for, and what is empty may still stand in the article.",
)


def _failed(call: Call, error: AnswerError) -> Issue:
    return Issue(
        path=None,
        kind=IssueKind.SECTION_FAILED,
        severity=Severity.ERROR,
        message=f"Nothing was got for {_asked(call)}: {error.message}",
    )


def _truncated(call: Call) -> Issue:
    return Issue(
        path=None,
        kind=IssueKind.ANSWER_TRUNCATED,
        severity=Severity.WARNING,
        message=f"The answer for {_asked(call)} was cut off by its length; "
        "what was whole in it was kept.",
    )


def _asked(call: Call) -> str:
    return ", ".join(call.fields) if call.fields else "the record"
