"""Receipts: where in the article something is said."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from summarizer.schemas.markers import Limit


class Record(BaseModel):
    """The base of what a record is made of: no unknown fields, built when first used."""

    model_config = ConfigDict(extra="forbid", defer_build=True)


class Evidence(BaseModel, frozen=True, extra="forbid", defer_build=True):
    """One cited sentence of the article: `quote == article.text[start:end]`.

    A model never writes one; it cites the number of a sentence. Raises a validation error where
    the span is empty or the quote has another length than the span.
    """

    sentence: int = Field(ge=1, description="Number of the sentence, from 1.")
    start: int = Field(ge=0, description="Offset of its first character, in code points.")
    end: int = Field(description="Offset after its last character.")
    quote: str = Field(min_length=1, description="The sentence, character by character.")

    @model_validator(mode="after")
    def _quote_fills_span(self) -> Self:
        if len(self.quote) != self.end - self.start:
            raise ValueError("the quote is not as long as its span")
        return self


Cited = Annotated[list[Evidence], Limit(items=4)]
"""Evidence as the field of an item; at most four sentences are asked for."""


class Grounded(Record):
    """Something that the article says, with the sentences that say it: at least one."""

    evidence: Cited = Field(
        min_length=1, description="Numbers of the sentences that say this; the fewest that do."
    )
