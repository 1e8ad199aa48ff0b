"""Dates: the phrase as written, and what code makes of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, NamedTuple, Self

from pydantic import AfterValidator, Field

from summarizer.schemas.dating.edtf import bounds
from summarizer.schemas.evidence import Record
from summarizer.schemas.markers import ByCode, Limit
from summarizer.schemas.vocabularies import DateBasis, DatePrecision


class Resolved(NamedTuple):
    """Where a phrase lies in the calendar."""

    edtf: str
    precision: DatePrecision
    basis: DateBasis


def resolve(phrase: str, published: date | None) -> Resolved | None:
    """Where an English or ISO date phrase lies in the calendar, or None where that isn't settled.

    Relative phrases, and dates without a year, are counted from `published` and stay None without
    it. The rules, which follow the usage of news:

    - a weekday is the most recent such day, the day of publication included; with "last" it lies
      before that day, with "next" after it;
    - a day or month without a year is in the year that puts it nearest to publication, the earlier
      of two equally near; "the 12th" is of the month of publication;
    - a week runs from Monday to Sunday; "two weeks ago" is the week that lies two back;
    - "early", "mid" and "late" make a month or year approximate (`2025-03~`), as do "months ago"
      and "years ago";
    - a weekday that contradicts its date leaves the phrase unsettled.

    Phrases that count from another event ("two days after the raid") are not resolved. EDTF itself
    resolves to itself. Never raises.
    """
    from summarizer.schemas.dating.reader import read

    return read(phrase, published)


def find_phrases(text: str) -> list[tuple[int, int]]:
    """The spans (code points, half-open, in order) of the date phrases in `text`.

    Each is one that `resolve` understands, given a date of publication. Words that are dates only
    by context are left out: a bare year or month needs a word before it, as in "in May".
    """
    from summarizer.schemas.dating.scanner import scan

    return scan(text)


def _checked(edtf: str | None) -> str | None:
    if edtf is not None:
        bounds(edtf)
    return edtf


class DatePhrase(Record):
    """A date in the words of the article, with its place in the calendar where code can tell.

    Raises a validation error for an `edtf` that `summarizer.schemas.dating.edtf.bounds` refuses.
    """

    text: Annotated[str, Limit(chars=60)] = Field(
        min_length=1, description="The date as the article writes it."
    )
    edtf: Annotated[str | None, AfterValidator(_checked), ByCode()] = Field(
        default=None, description="The date in EDTF, or null where the phrase doesn't settle it."
    )
    precision: Annotated[DatePrecision | None, ByCode()] = Field(
        default=None, description="How exact the phrase is."
    )
    basis: Annotated[DateBasis | None, ByCode()] = Field(
        default=None, description="What the date rests on."
    )

    def resolved(self, published: date | None) -> Self:
        """A copy whose `edtf`, `precision` and `basis` are what `resolve` makes of the text."""
        found = resolve(self.text, published)
        if found is None:
            return self.model_copy(update={"edtf": None, "precision": None, "basis": None})
        return self.model_copy(update=found._asdict())
