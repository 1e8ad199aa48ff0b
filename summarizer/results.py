"""What comes back: the record, what was set aside on the way, and what it cost."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny

from summarizer.article import Article

if TYPE_CHECKING:
    from collections.abc import Iterable

SCHEMA_VERSION: Literal["1"] = "1"
"""Version of the JSON that `Result.model_dump_json` writes. One that is not known is refused."""

S = TypeVar("S", bound=BaseModel)


class IssueKind(StrEnum):
    """The closed set of things that can be said about a record."""

    ITEM_INVALID = "item_invalid"
    """An item did not fit the schema and was set aside."""
    EVIDENCE_INVALID = "evidence_invalid"
    """A cited sentence number does not exist, or is page furniture, and was left out."""
    EVIDENCE_MISSING = "evidence_missing"
    """An item cited nothing that stands, and was set aside."""
    EVIDENCE_MOVED = "evidence_moved"
    """Code moved a receipt to the sentence that plainly carries the item."""
    NAME_NOT_IN_ARTICLE = "name_not_in_article"
    """A name that the article does not hold was left out."""
    PARTY_ADDED = "party_added"
    """A name in the cited sentences was in no party, and became one."""
    REFERENCE_UNRESOLVED = "reference_unresolved"
    """A reference pointed at nothing and was left out."""
    VALUE_DROPPED = "value_dropped"
    """A value of one field did not fit and was left out; the item stands."""
    NUMBER_UNSUPPORTED = "number_unsupported"
    """A number is not in the cited sentences, or has another unit or qualifier there."""
    DATE_UNSUPPORTED = "date_unsupported"
    """A date is not in the cited sentences, or doesn't follow from them."""
    NAME_UNSUPPORTED = "name_unsupported"
    """A name is not in the article, or can't be reached from the cited sentences."""
    POLARITY_UNSUPPORTED = "polarity_unsupported"
    """What is told as done is denied, negated or only planned there, or the other way about."""
    SOURCE_UNSUPPORTED = "source_unsupported"
    """A cited sentence has a source that the item doesn't name, or the item one it hasn't."""
    QUOTE_UNSUPPORTED = "quote_unsupported"
    """Quotation marks enclose words that are not the article's."""
    TYPE_UNSUPPORTED = "type_unsupported"
    """The cited sentences tell of no such act, or of no meeting in that form."""
    ROLE_UNSUPPORTED = "role_unsupported"
    """Who stands in the cited sentences stands there in another part: as speaker, place, victim."""
    RULE_BROKEN = "rule_broken"
    """A rule of the domain doesn't hold: a motive without a purpose, an outlet as an assessor."""
    CONTRADICTION = "contradiction"
    """Two items of the record can't both be so."""
    UNSUPPORTED = "unsupported"
    """The cited sentences don't carry the item; or a check of the user's own says so."""
    CHECK_FAILED = "check_failed"
    """A check broke over an item, and says nothing of it."""
    MENDED = "mended"
    """An item was not supported, was asked for again, and stands as corrected."""
    LEAKED_FROM_PROMPT = "leaked_from_prompt"
    """Words of the instructions came back as if the article said them."""
    DUPLICATE = "duplicate"
    """An item said the same as another and was folded into it."""
    CONFLICT = "conflict"
    """Two tellings of one thing gave a field different values; the other one is the original."""
    ANSWER_TRUNCATED = "answer_truncated"
    """The answer was cut off; what was whole in it was kept."""
    SECTION_FAILED = "section_failed"
    """One of several calls failed; the rest of the record stands."""
    CORE_SIZE = "core_size"
    """The record is of the core size: not everything that a schema holds was asked for."""


class Severity(StrEnum):
    """How much an issue matters to a reader of the record."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@lru_cache(maxsize=1024)
def pointer(*parts: str | int) -> str:
    """A JSON Pointer (RFC 6901) of these parts."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in parts)


class Issue(BaseModel):
    """One thing that was set aside, moved, added or doubted, never in silence."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    path: str | None = Field(description="JSON Pointer into `summary`, or null")
    kind: IssueKind
    severity: Severity
    message: str
    original: Any = None


class Usage(BaseModel):
    """What a record cost. Every request counts once, failed ones and re-asks included.

    `seconds` are those until requests were answered, waits between them left out. Answers from a
    cache cost nothing: what they cost when they were made is told as saved, and only there.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    calls: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = Field(
        default=0, description="the part of prompt_tokens that the server reused"
    )
    completion_tokens: int = 0
    seconds: float = 0.0
    reasks: int = Field(
        default=0, description="how often an answer didn't fit and was asked for again"
    )
    saved_calls: int = Field(default=0, description="answers that came from a cache")
    saved_prompt_tokens: int = 0
    saved_completion_tokens: int = 0


class Result(BaseModel, Generic[S]):
    """A validated record of one article, with everything needed to audit it.

    `summary` is an instance of the schema that was asked for. `issues` lists what was set
    aside, moved or added on the way. `settings_hash` says what was asked (model, prompt,
    schema, strategy, sampling), `signature` what happened (mode, profile, hashes, versions).
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    schema_version: Literal["1"] = SCHEMA_VERSION
    summary: SerializeAsAny[S]
    issues: list[Issue] = Field(default_factory=list)
    usage: Usage = Field(default_factory=Usage)
    settings_hash: str
    signature: dict[str, Any] = Field(default_factory=dict)
    article: Article

    def __reduce__(self) -> tuple[Any, ...]:
        # Pickle finds a class by its name, and `Result[Report]` stands in no module.
        plain = self.__pydantic_generic_metadata__["origin"] or type(self)
        return object.__new__, (plain,), self.__getstate__()

    def __str__(self) -> str:
        from summarizer.view.text import render

        return render(self)

    def _repr_html_(self) -> str:
        from summarizer.view.page import fragment

        return fragment(self)

    def issues_of(self, kinds: Iterable[IssueKind]) -> list[Issue]:
        """The issues of the given kinds, in order."""
        wanted = frozenset(kinds)
        return [issue for issue in self.issues if issue.kind in wanted]


class Reason(BaseModel):
    """Why there is no record: the error's class, what it said, and whether to try again."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    type: str = Field(description="name of the error's class")
    message: str
    retryable: bool = Field(description="whether trying again makes sense")


class Failure(BaseModel):
    """What comes of an article in a batch where no record does. `id` is the article's."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: str
    error: Reason
    usage: Usage = Field(default_factory=Usage)
