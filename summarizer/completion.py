"""A chat completion: what is asked for, the message, why it ended, and what it cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from summarizer.echoes import without_echo
from summarizer.errors import ContentFiltered, EmptyAnswer, Refused, excerpt

if TYPE_CHECKING:
    from summarizer.cache import Stored
    from summarizer.faults import Fault

T = TypeVar("T")


@dataclass(frozen=True)
class CallUsage:
    """What calls cost: requests sent, tokens, and seconds until they were answered.

    Every request counts once, failed ones and re-asks included. Cached tokens are a part of
    the prompt tokens. `reasks` is how often an answer didn't fit and the model was asked again.
    What is saved is what answers cost when they were put into the cache that they came from; it
    is in no other number.
    """

    calls: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    reasks: int = 0
    saved_calls: int = 0
    saved_prompt_tokens: int = 0
    saved_completion_tokens: int = 0

    def __add__(self, other: CallUsage) -> CallUsage:
        return CallUsage(
            self.calls + other.calls,
            self.prompt_tokens + other.prompt_tokens,
            self.cached_tokens + other.cached_tokens,
            self.completion_tokens + other.completion_tokens,
            self.seconds + other.seconds,
            self.reasks + other.reasks,
            self.saved_calls + other.saved_calls,
            self.saved_prompt_tokens + other.saved_prompt_tokens,
            self.saved_completion_tokens + other.saved_completion_tokens,
        )


@dataclass(frozen=True)
class Completion(Generic[T]):
    """An answer that fits: its value, what it cost, and how it came about.

    `mode` is how the schema was given ("json_schema" or "md_json"); `truncated` says that the
    answer was cut off and `value` is what was whole in it; `reasks` is how many times the
    model had to be asked again because its answer didn't fit. `keys` are those of its answers in
    the cache, if there is one.
    """

    value: T
    usage: CallUsage
    mode: str
    truncated: bool
    reasks: int
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Written:
    """What the model wrote, and why it stopped ("stop", "length")."""

    content: str
    finish_reason: str


@dataclass(slots=True)
class ReplyMessage:
    """The message of a `Reply`."""

    content: str
    role: str = "assistant"


@dataclass(slots=True)
class ReplyChoice:
    """The one choice of a `Reply`."""

    message: ReplyMessage
    finish_reason: str = "stop"


@dataclass(slots=True)
class Reply:
    """As much of a chat completion as instructor reads.

    Usage is counted without it; but where there is no `CompletionUsage`, instructor looks through
    the path for the packages of other providers, at every call.
    """

    choices: list[ReplyChoice]
    usage: object

    @classmethod
    def of(cls, text: str, usage: object) -> Reply:
        """A reply that says `text`."""
        return cls([ReplyChoice(ReplyMessage(text))], usage)


@dataclass
class Call:
    """What one `Client.complete` asks for, and what is known of it so far.

    `hits` are the keys of answers that came from the cache, `answers` those that may go there.
    """

    strict: bool
    grammar: str | None
    max_tokens: int | None
    seed: int | None
    usage: CallUsage = field(default_factory=CallUsage)
    rounds: int = 0
    truncated: bool = False
    fault: Fault | None = None
    failure: Exception | None = None
    hits: list[str] = field(default_factory=list)
    answers: list[tuple[str, Stored]] = field(default_factory=list)

    @property
    def keys(self) -> tuple[str, ...]:
        """Of all its answers that are in the cache, or may go there."""
        return (*self.hits, *(key for key, _ in self.answers))

    def begin(self) -> None:
        """Start over with messages of another form; what was spent stays counted."""
        self.rounds, self.failure = 0, None
        self.hits.clear()
        self.answers.clear()


def usage_of(error: BaseException) -> CallUsage:
    """What a call cost that `Client.complete` ended with this error."""
    usage = getattr(error, "usage", None)
    return usage if isinstance(usage, CallUsage) else CallUsage()


def usage_from(payload: object, seconds: float) -> CallUsage:
    """The cost of one request, from the body of its answer; what isn't said counts as 0."""
    body = _mapping(payload)
    usage = _mapping(body.get("usage"))
    details = _mapping(usage.get("prompt_tokens_details"))
    cached = _count(details.get("cached_tokens"))
    # llama.cpp tells it with its timings, DeepSeek by a name of its own.
    cached = cached or _count(_mapping(body.get("timings")).get("cache_n"))
    cached = cached or _count(usage.get("prompt_cache_hit_tokens"))
    return CallUsage(
        calls=1,
        prompt_tokens=_count(usage.get("prompt_tokens")),
        cached_tokens=cached,
        completion_tokens=_count(usage.get("completion_tokens")),
        seconds=seconds,
    )


def written_from(payload: object, host: str, sent: Iterable[str]) -> Written:
    """What the model wrote, from the body of the answer to the texts that were `sent`.

    Raises `Refused` and `ContentFiltered` for what asking again would not change, and
    `EmptyAnswer`, which is worth another try, for a body that is no chat completion.
    """
    choices = _mapping(payload).get("choices")
    choice = _mapping(choices[0]) if isinstance(choices, list) and choices else {}
    message = _mapping(choice.get("message"))
    reason = choice.get("finish_reason") or "stop"
    if refusal := message.get("refusal"):
        raise Refused(f"The model declined: {excerpt(without_echo(str(refusal), sent))}")
    if reason == "content_filter":
        raise ContentFiltered(f"The content filter of {host} withheld the answer.")
    content = message.get("content")
    if isinstance(content, str) and (content.strip() or reason == "length"):
        return Written(content, reason)
    if reason == "length":  # all of the limit went into thinking
        return Written("", reason)
    raise EmptyAnswer(
        f"{host} answered without a message." if choice else f"{host} answered without a choice."
    )


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _count(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0
