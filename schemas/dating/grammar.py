"""The words that English dates are made of, as pieces of patterns.

Shared by the reader and the scanner of date phrases. The pieces hold no groups that capture, are
meant for matching without regard to case, and end where a longer number or word would go on.
"""

from __future__ import annotations

import re

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip  # the calendar reads better in two lines
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip  # as above

GAP = r"[\s\u00a0]{1,3}"
DASH = r"\s?[-–—]\s?"

_SHORT_MONTHS = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?:\.|\b)"
MONTH = rf"(?:(?:{'|'.join(MONTHS)}|{_SHORT_MONTHS})(?![a-z]))"
WEEKDAY = rf"(?:(?:{'|'.join(WEEKDAYS)})(?![a-z]))"
DAY = (
    r"(?:(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
    r"(?![0-9a-z]|[.:][0-9]|,[0-9]{3}(?![0-9])))"
)
YEAR = r"(?:(?:1[89]|20)[0-9]{2}(?![0-9a-z]|[.,][0-9]))"
ISO = r"(?:[0-9]{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?(?![0-9-]))"

COUNT = rf"(?:[1-9][0-9]{{0,2}}|an?|{'|'.join(NUMBERS[1:])})"
UNIT = r"(?:day|week|month|year)"
UNITS = rf"(?:{UNIT}s?)"
DAYPART = rf"(?:{GAP}(?:morning|afternoon|evening|night))"
THIS_YEAR = rf"(?:{GAP}(?:of{GAP})?(?:this|last|next){GAP}year)"

PART_OF = r"(?:early|mid|late|(?:the )?(?:beginning|start|middle|end)\sof)(?:\s|-)"
"""Which part of a month or year: it makes the date approximate."""
ABOUT = r"(?:around|about|circa|approximately)\s"

WHOLE_DAY = (
    rf"(?:(?:the{GAP})?day{GAP}(?:before{GAP}yesterday|after{GAP}tomorrow)|yesterday|tomorrow)"
)
TODAY = rf"(?:today|tonight|last{GAP}night|this{GAP}(?:morning|afternoon|evening))"

STEPS = {"last": -1, "this": 0, "next": 1}
"""How many periods away the words lead."""


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern over these pieces."""
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


def month_number(name: str) -> int:
    """1 to 12, from a month's name or its abbreviation."""
    return next(n for n, month in enumerate(MONTHS, 1) if month.startswith(name[:3].lower()))


def digits(text: str) -> int:
    """The number in "21st"."""
    return int("".join(character for character in text if character.isdigit()))
