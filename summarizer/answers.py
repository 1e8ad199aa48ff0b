"""The class that instructor validates: an answer is held against the article as it arrives.

What instructor sees is one object with the fields that were asked for. A bad item in it is no
reason to ask again: it is set aside by `summarizer.grounding`. A whole re-ask happens only where
nothing can be read, or where a validator of the user's own refuses the record.
"""

from __future__ import annotations

from contextvars import ContextVar
from functools import lru_cache
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, PrivateAttr, model_validator

from summarizer.assembly import Assembled, assemble
from summarizer.grounding import Draft, Source, decode
from summarizer.wire import Plan

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
    """Whether the answer is the whole record."""
    may_be_empty: ClassVar[bool] = False
    """Whether an answer without any of the fields is one: nothing is to be said."""

    _draft: Draft = PrivateAttr()
    _record: Assembled | None = PrivateAttr(default=None)

    @property
    def written(self) -> dict[str, Any]:
        """What the model wrote, by top-level field, in its order."""
        return self.model_extra or {}

    @property
    def draft(self) -> Draft:
        """The items that stand."""
        return self._draft

    @property
    def record(self) -> Assembled | None:
        """The record, where the call asked for all of it."""
        return self._record

    @model_validator(mode="after")
    def _held_against_the_article(self) -> Self:
        source = SOURCE.get()
        written = self.written
        if self.may_be_empty and not written:
            self._draft = Draft()
            return self
        if source.form is not None:
            written = source.form.complete(written)
        self._draft = decode(written, self.plan, source)
        if self.whole:
            self._record = assemble(self.plan, [self._draft], source)
        return self

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The wire schema for the article in hand. It takes what Pydantic's takes, to no effect."""
        return cls.schema_of(cls.plan)

    @classmethod
    def schema_of(cls, plan: Plan) -> dict[str, Any]:
        """The wire schema of a plan, for the article in hand."""
        source = SOURCE.get()
        names = source.candidates if plan.closed else ()
        return plan.json_schema(source.sentences.stop - 1, names, source.sentences.start)


@lru_cache(maxsize=256)
def answer_class(plan: Plan, fields: tuple[str, ...] | None, *, whole: bool) -> type[Answer]:
    """The class for a call that asks for `fields` of a plan (None: all). Made once.

    `whole` says that the answer is the whole record: all fields, for all of the article.
    """
    asked = plan if fields is None else plan.only(fields)
    name = plan.schema.__name__
    return type(name, (Answer,), {"plan": asked, "whole": whole, "__module__": __name__})
