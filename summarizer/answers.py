"""The class that instructor validates: an answer is held against the article as it arrives.

What instructor sees is one object with the fields that were asked for. A bad item in it is no
reason to ask again: it is set aside by `summarizer.grounding`. A whole re-ask happens only where
nothing can be read, or where a validator of the user's own refuses the record.
"""

from __future__ import annotations

from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, PrivateAttr, model_validator

from summarizer.assembly import assemble
from summarizer.grounding import Draft, Source, decode
from summarizer.wire import Plan

if TYPE_CHECKING:
    from summarizer.results import Issue

SOURCE: ContextVar[Source] = ContextVar("summarizer_source")
"""What the answer in hand is held against. A validator of the user's own may read its article."""


class Answer(BaseModel):
    """An answer to one call; its subclasses know what was asked.

    Validated against `SOURCE`. Validation fails, so that the model is asked again, where nothing
    of what was asked for can be read, or where the record as a whole doesn't fit the schema.
    """

    model_config = ConfigDict(extra="allow")

    plan: ClassVar[Plan]
    whole: ClassVar[bool]
    """Whether the call asks for all of the record."""

    _draft: Draft = PrivateAttr()
    _record: tuple[BaseModel, list[Issue]] | None = PrivateAttr(default=None)

    @property
    def draft(self) -> Draft:
        """The items that stand."""
        return self._draft

    @property
    def record(self) -> tuple[BaseModel, list[Issue]] | None:
        """The record and its issues, where the call asked for all of it."""
        return self._record

    @model_validator(mode="after")
    def _held_against_the_article(self) -> Self:
        source = SOURCE.get()
        written = self.model_extra or {}
        if source.form is not None:
            written = source.form.complete(written)
        self._draft = decode(written, self.plan, source)
        if self.whole:
            self._record = assemble(self.plan, [self._draft], source)
        return self

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The wire schema for the article in hand. It takes what Pydantic's takes, to no effect."""
        source = SOURCE.get()
        names = source.candidates if cls.plan.closed else ()
        return cls.plan.json_schema(source.article.sentence_count, names)


@lru_cache(maxsize=256)
def answer_class(plan: Plan, fields: tuple[str, ...] | None) -> type[Answer]:
    """The class for a call that asks for `fields` of a plan (None: all). Made once."""
    asked = plan if fields is None else plan.only(fields)
    name = plan.schema.__name__
    return type(name, (Answer,), {"plan": asked, "whole": fields is None, "__module__": __name__})
