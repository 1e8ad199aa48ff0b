"""Asking a model about one article: which parts it goes in, and the calls for each part.

Calls run side by side as far as the endpoint has room, and fail one by one: a call whose answer is
no record costs what it asked for and nothing else. Only if every call fails so does the article.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from summarizer.answers import SOURCE, Answer, answer_class
from summarizer.completion import CallUsage, Completion, usage_of
from summarizer.errors import (
    ArticleTooLong,
    AuthenticationFailed,
    EndpointError,
    ModelNotFound,
    RateLimited,
    SummarizerError,
)
from summarizer.forms import form
from summarizer.results import Issue, IssueKind, Severity
from summarizer.strategies import SINGLE, Call, choose
from summarizer.templates import Message, messages
from summarizer.windows import BYTES_PER_TOKEN, Window, windows

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from summarizer.client import Client
    from summarizer.grounding import Draft, Source
    from summarizer.request import Request
    from summarizer.servers import Server
    from summarizer.wire import Plan

T = TypeVar("T", bound=BaseModel)

LEAST_ANSWER = 1024
"""Tokens that have to be left for an answer, unless it is limited to fewer."""
WINDOW = 4096
"""Tokens of a window, where the model would take more: long ones are read with less care."""
AT_ONCE = 4
"""Calls for one article that run side by side, where a server doesn't say how many it serves."""


@dataclass(frozen=True)
class Part:
    """A part of an article as it goes to the model: all of it, or a window."""

    source: Source
    window: Window | None = None


@dataclass(frozen=True)
class Answered:
    """What came of one call: a completion, or the error that it ended with."""

    call: Call
    part: Part
    completion: Completion[Answer] | None
    failure: SummarizerError | None = None

    @property
    def draft(self) -> Draft | None:
        """The items that stand; None where there was no answer."""
        return self.completion.value.draft if self.completion else None

    @property
    def cut(self) -> bool:
        """Whether the answer was cut off by its length."""
        return self.completion is not None and self.completion.truncated

    def issues(self) -> list[Issue]:
        """What there is to say about it: that it failed, or was cut off."""
        if self.failure is not None:
            kind, severity = IssueKind.SECTION_FAILED, Severity.ERROR
            message = f"Nothing was got for {self._asked}: {self.failure}"
        elif self.cut:
            kind, severity = IssueKind.ANSWER_TRUNCATED, Severity.WARNING
            message = f"The answer for {self._asked} was cut off by its length; "
            message += "what was whole in it was kept."
        else:
            return []
        return [Issue(path=None, kind=kind, severity=severity, message=message)]

    @property
    def _asked(self) -> str:
        asked = ", ".join(self.call.fields) if self.call.fields else "the record"
        window = self.part.window
        return f"{asked}, sentences {window.first} to {window.last}" if window else asked


@dataclass
class Asker:
    """Asks about one article, and counts what it costs."""

    client: Client
    request: Request
    server: Server
    plan: Plan
    source: Source
    spent: CallUsage = field(default_factory=CallUsage)
    why: str = ""
    """Why the strategy is what it is, in words."""
    given_up: SummarizerError | None = None
    """The failure after which nothing more is asked."""
    keys: list[str] = field(default_factory=list)
    """Of the answers in the cache that the record is made of."""

    def __post_init__(self) -> None:
        self._weighed: tuple[object, list[Message]] = None, []
        self.strategy = choose(self.request.strategy, self.request.size)
        most = self.request.concurrency or self.server.slots or AT_ONCE
        self._room = asyncio.Semaphore(most)

    async def parts(self) -> list[Part]:
        """The parts in which the article goes: one, or several windows.

        Raises `ArticleTooLong` where it has to go whole and can't.
        """
        whole = Part(self.source)
        calls = self.strategy.calls(self.plan)
        needed, about = await self._tokens(self._prompt(call, whole) for call in calls)
        context, least = self.server.context_size, self._least
        fits = context is None or needed + least <= context
        told = f"the article takes {about}{needed:,} tokens with its instructions"
        told += (
            f", the answer {least:,} or more, and the model {context:,} in all" if context else ""
        )
        if self.strategy.windowed is False and not fits:
            raise ArticleTooLong(
                f"{told[0].upper()}{told[1:]}.",
                hint="Use the strategy windows, or a model or a server with a larger context.",
            )
        self.why = told
        if not (self.strategy.windowed or not fits):
            return [whole]
        cut = await windows(self.source, await self._window_room(), self.client.count_tokens)
        if len(cut) == 1:
            return [whole]
        return [Part(self.source.within(window), window) for window in cut]

    async def answers(self, parts: Sequence[Part]) -> list[Answered]:
        """What came of every call for every part, in order.

        A wrong key or an unknown model, which every call would meet, is raised from the first one.
        Later on such a failure costs what is still to be asked, and not what was got: calls that
        have not begun are not made. Raises the first failure if there is nothing else.
        """
        calls = self.strategy.calls(self.plan)
        first, *others = ((call, part, len(parts)) for part in parts for call in calls)
        # The first reads the prefix that those after it share; and what fails for all, fails once.
        found = [await self._ask(*first)]
        if isinstance(found[0].failure, EndpointError) and not found[0].failure.retryable:
            raise found[0].failure
        found += await _together([self._ask(*other) for other in others])
        if all(answered.failure for answered in found):
            raise next(answered.failure for answered in found if answered.failure)
        return found

    async def complete(
        self,
        prompt: list[Message],
        answer: type[T],
        source: Source,
        *,
        limit: int | None = None,
        grammar: str | None = None,
    ) -> Completion[T]:
        """One call, its answer validated against `source`. Counted, whatever comes of it."""
        async with self._room:
            if self.given_up is not None:
                raise self.given_up
            token = SOURCE.set(source)
            try:
                completion = await self.client.complete(
                    prompt,
                    answer,
                    strict=self.server.kind == "openai",
                    grammar=grammar,
                    max_tokens=limit,
                    seed=self.request.seed,
                )
            except SummarizerError as error:
                self.spent += usage_of(error)
                if isinstance(error, AuthenticationFailed | ModelNotFound | RateLimited):
                    self.given_up = error  # no call after it would fare better
                raise
            finally:
                SOURCE.reset(token)
        self.spent += completion.usage
        self.keys += completion.keys
        return completion

    async def limit(self, prompt: Sequence[Message]) -> int | None:
        """The most tokens that the answer to `prompt` may take; None leaves it to the server."""
        limit, context = self.request.answer_limit(self.plan.profile), self.server.context_size
        if limit is None or context is None:
            return limit
        needed = _size(prompt) // BYTES_PER_TOKEN
        if needed + limit > context:
            needed, _ = await self._tokens([prompt])
        return max(1, min(limit, context - needed))

    def name(self, answered: Sequence[Answered]) -> str:
        """The strategy that came of it: forms that nothing gave a handle for are a single call."""
        closed = any(one.part.source.form for one in answered)
        inner = SINGLE.name if self.strategy.closed and not closed else self._inner
        return f"windows/{inner}" if answered[0].part.window else inner

    @property
    def _inner(self) -> str:
        if self.strategy.closed:
            return "forms"
        return "sections" if self.strategy.per_section else SINGLE.name

    async def _ask(self, call: Call, part: Part, parts: int) -> Answered:
        prompt = self._prompt(call, part)
        if self.strategy.closed and self.server.kind == "llama.cpp":
            part.source.form = form(self.plan, part.source)
        whole = call.fields is None and parts == 1
        try:
            completion = await self.complete(
                prompt,
                answer_class(self.plan, call.fields, whole=whole),
                part.source,
                limit=await self.limit(prompt),
                grammar=part.source.form.grammar if part.source.form else None,
            )
        except SummarizerError as error:
            return Answered(call, part, None, error)
        return Answered(call, part, completion)

    def _prompt(self, call: Call, part: Part) -> list[Message]:
        # It is weighed before it is sent.
        if (call, part.window) != self._weighed[0]:
            told = messages(
                self.source.article,
                self.plan,
                prompt=call.prompt,
                fields=call.fields,
                furniture=self.source.furniture,
                output_language=self.request.output_language,
                window=part.window,
            )
            self._weighed = (call, part.window), told
        return [dict(message) for message in self._weighed[1]]

    @property
    def _least(self) -> int:
        limit = self.request.answer_limit(self.plan.profile)
        return min(limit or LEAST_ANSWER, LEAST_ANSWER)

    async def _window_room(self) -> int:
        """The tokens that a window may take: what the instructions and the answer leave."""
        context = self.server.context_size
        if context is None:
            return WINDOW
        nothing = Part(self.source, Window(1, 0))
        calls = self.strategy.calls(self.plan)
        static, _ = await self._tokens(self._prompt(call, nothing) for call in calls)
        limit = self.request.answer_limit(self.plan.profile) or 2 * LEAST_ANSWER
        room = context - static - min(limit, (context - static) // 2)
        return max(min(room, WINDOW), 1)

    async def _tokens(self, prompts: Iterable[Sequence[Message]]) -> tuple[int, str]:
        """The tokens in the largest of `prompts`: a safe estimate ("about "), or a count where that
        is close."""
        size, prompt = max(((_size(prompt), prompt) for prompt in prompts), key=itemgetter(0))
        estimate, context = size // BYTES_PER_TOKEN, self.server.context_size
        limit = self.request.answer_limit(self.plan.profile) or LEAST_ANSWER
        if context is not None and estimate + limit > context:
            counted = await self.client.count_tokens("\n".join(m["content"] for m in prompt))
            if counted is not None:
                return counted, ""
        return estimate, "about "


def _size(prompt: Sequence[Message]) -> int:
    return len("\n".join(message["content"] for message in prompt).encode())


async def _together(asked: Sequence[Coroutine[Any, Any, Answered]]) -> list[Answered]:
    """All of them side by side, in order; if one raises, the others are broken off."""
    tasks = [asyncio.ensure_future(one) for one in asked]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
