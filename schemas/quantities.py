"""Numbers that keep their qualifier and their counter."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from summarizer.schemas.evidence import Record
from summarizer.schemas.markers import Alike, Exactly, Limit, PartyOrText, Weight
from summarizer.schemas.vocabularies import QuantityMeasure


class Quantity(Record):
    """How many, or how much, as the article has it.

    "At least 12" is `min=12`; "up to 12" is `max=12`; "12" is both. Raises a validation error where
    `min` exceeds `max`.
    """

    measure: Annotated[QuantityMeasure, Alike()] = Field(description="What is counted.")
    min: float | None = Field(default=None, allow_inf_nan=False, description="Lowest number given.")
    max: float | None = Field(
        default=None, allow_inf_nan=False, description="Highest number given."
    )
    unit: Annotated[str | None, Exactly(), Weight(0.5), Limit(chars=20)] = Field(
        default=None, description="For money, duration and other: the unit, such as USD or days."
    )
    qualifier: Annotated[str | None, Weight(0.5), Limit(chars=40)] = Field(
        default=None, description="Words that qualify the number, such as “at least”."
    )
    counted_by: Annotated[PartyOrText | None, Weight(0.5)] = Field(
        default=None, description="Who gives the number."
    )
    cumulative: Annotated[bool | None, Weight(0.5)] = Field(
        default=None, description="True for a running total, false for this event alone."
    )

    @model_validator(mode="after")
    def _min_below_max(self) -> Self:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("min exceeds max")
        return self
