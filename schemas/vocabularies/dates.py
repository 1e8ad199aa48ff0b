"""How exact a date is, and what it rests on."""

from __future__ import annotations

from summarizer.schemas.vocabulary import Vocabulary


class DatePrecision(Vocabulary):
    """How exact the phrase is: the unit to which its date, or each end of it, is known."""

    DAY = "day", "known to the day"
    WEEK = "week", "known to the week or weekend"
    MONTH = "month", "known to the month"
    YEAR = "year", "known to the year"


class DateBasis(Vocabulary):
    """What the calendar date of a phrase rests on."""

    EXPLICIT = "explicit", "the phrase alone, year included"
    RELATIVE_TO_PUBLICATION = "relative_to_publication", "counted from the publication date"
    RELATIVE_TO_EVENT = "relative_to_event", "counted from an event in the article"
    INFERRED = "inferred", "a reader's conclusion from the whole article"
