"""What `doctor` asks of an endpoint: three tiny calls that show what it honours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from summarizer.client import CallUsage, Client

ANSWER_TOKENS = 2048
"""Room for a model that thinks before it answers a tiny question."""
PACE_TOKENS = 96
"""What the pace is measured over: ten seconds of the embedded model on two cores."""

QUESTION = (
    "The ferry Astrid left the port of Norvik with 40 people on board. "
    "Which ferry was it, and how many people were on board?"
)
COUNTING = "Write the numbers from one to fifty as English words."


class Honoured(StrEnum):
    """What an endpoint makes of one way to ask for JSON."""

    KEPT = "kept"
    """The answer fitted the schema."""
    IGNORED = "ignored"
    """The endpoint took the request without complaint, and the answer didn't fit."""
    REFUSED = "refused"
    """The endpoint said 400."""


class Crossing(BaseModel):
    """A tiny record, of closed lists.

    The question doesn't say that it wants JSON: in mode JSON_SCHEMA only an endpoint that
    holds the answer to the schema gives it.
    """

    model_config = ConfigDict(extra="forbid")

    ferry: Literal["Astrid", "Borealis"]
    people: Literal[4, 40, 400]


class Words(BaseModel):
    """As many words as come."""

    model_config = ConfigDict(extra="forbid")

    words: list[str]


@dataclass(frozen=True)
class Answers:
    """What an endpoint did when it was asked. `pace` is in tokens a second, None if not told."""

    json_schema: Honoured
    strict: bool
    """Whether it took the flag that asks it to be strict about the schema."""
    md_json: Honoured
    seconds: float
    """Until the first answer, with what was refused before it."""
    pace: float | None


async def ask(client: Client, base_url: str, model: str) -> Answers:
    """Ask tiny questions of a client that does not re-ask, in each mode, and at some length.

    Raises `EndpointError` when the endpoint can't be asked at all.
    """
    from summarizer.dialects import Mode, dialect_of

    dialect = dialect_of(base_url, model)
    with_schema, usage = await _asked(client)
    if dialect.mode is Mode.MD_JSON:  # learned from a refusal, and the question asked so
        in_text, with_schema = with_schema, Honoured.REFUSED
    else:
        dialect.mode = Mode.MD_JSON
        try:
            in_text, _ = await _asked(client)
        finally:
            dialect.mode = Mode.JSON_SCHEMA
    return Answers(
        json_schema=with_schema,
        strict=dialect.strict and with_schema is not Honoured.REFUSED,
        md_json=in_text,
        seconds=usage.seconds,
        pace=await _pace(client),
    )


async def _asked(client: Client) -> tuple[Honoured, CallUsage]:
    from summarizer.client import usage_of
    from summarizer.errors import AnswerError

    messages = [{"role": "user", "content": QUESTION}]
    try:
        done = await client.complete(messages, Crossing, strict=True, max_tokens=ANSWER_TOKENS)
    except AnswerError as error:
        return Honoured.IGNORED, usage_of(error)
    return Honoured.KEPT, done.usage


async def _pace(client: Client) -> float | None:
    from summarizer.client import usage_of
    from summarizer.errors import AnswerError

    messages = [{"role": "user", "content": COUNTING}]
    try:
        usage = (await client.complete(messages, Words, max_tokens=PACE_TOKENS)).usage
    except AnswerError as error:  # that it doesn't fit is no matter: it was written
        usage = usage_of(error)
    if not usage.completion_tokens or not usage.seconds:
        return None
    return usage.completion_tokens / usage.seconds
