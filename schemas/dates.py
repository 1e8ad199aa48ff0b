"""Dates: the phrase as written, and what code makes of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .evidence import Record
from .markers import ByCode, Limit, Verbatim
from .vocabularies import DateBasis, DatePrecision


class DatePhrase(Record):
    """A date in the words of the article, with its place in the calendar where code can tell."""

    text: Annotated[str, Verbatim(), Limit(chars=60)] = Field(
        min_length=1, description="The date as the article writes it."
    )
    edtf: Annotated[str | None, ByCode()] = Field(
        None, description="The date in EDTF, or null where the phrase doesn't settle it."
    )
    precision: Annotated[DatePrecision | None, ByCode()] = Field(
        None, description="How exact the phrase is."
    )
    basis: Annotated[DateBasis | None, ByCode()] = Field(
        None, description="What the date rests on."
    )
