"""Finding date phrases in running text.

Imported when first used, since its patterns take a while to compile.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from summarizer.schemas.dating.grammar import (
    COUNT,
    DASH,
    DAY,
    DAYPART,
    GAP,
    ISO,
    MONTH,
    PART_OF,
    THIS_YEAR,
    TODAY,
    UNIT,
    UNITS,
    WEEKDAY,
    WHOLE_DAY,
    YEAR,
    compiled,
)
from summarizer.schemas.dating.reader import read

_OF_YEAR = rf"(?:,?{GAP}(?:of{GAP})?{YEAR}|{THIS_YEAR})"
_CALENDAR = "|".join(
    (
        rf"(?:{WEEKDAY},?{GAP})?(?:the{GAP})?{DAY}{GAP}(?:of{GAP})?{MONTH}{_OF_YEAR}?",
        rf"(?:{WEEKDAY},?{GAP})?{MONTH}{GAP}(?:the{GAP})?{DAY}{_OF_YEAR}?",
        rf"{MONTH}{_OF_YEAR}",
        rf"{ISO}(?:/{ISO})?",
    )
)
_WHICH_DAY = rf"(?:(?:last|next|(?:this{GAP})?past|this{GAP}coming){GAP})?{WEEKDAY}"
_COUNTED = "|".join(
    (
        rf"{WHOLE_DAY}{DAYPART}?",
        TODAY,
        rf"{_WHICH_DAY}{DAYPART}?(?:{GAP}(?:of{GAP})?(?:last|this|next){GAP}week)?",
        rf"(?:over{GAP}the|last|(?:this|the){GAP}past){GAP}weekend",
        rf"(?:earlier{GAP}|later{GAP})?(?:last|this|next){GAP}(?:week|month|year|{MONTH})",
        rf"{COUNT}{GAP}{UNITS}{GAP}ago",
        rf"the{GAP}(?:past|last){GAP}(?:{COUNT}{GAP}{UNITS}|{UNIT})",
    )
)
_FREE = rf"(?:{_CALENDAR}|{_COUNTED}|{MONTH}|{YEAR})"
_POINT = (
    rf"(?:(?:since|until){GAP}(?:{PART_OF})?{_FREE}|{PART_OF}{_FREE}|{_CALENDAR}|{_COUNTED}"
    # A bare month or year is a name or a number as well: "in May", but not "May" or "2000 men".
    rf"|(?:(?<=\bin\s)|(?<=\bduring\s))(?:{MONTH}|{YEAR})"
    # So is a bare ordinal: "on the 12th", but not "the 12th Brigade".
    rf"|(?<=\bon\s)the{GAP}[0-9]{{1,2}}(?:st|nd|rd|th)(?=[.,;:!?)]|\s*\Z))"
)
_END = rf"(?:{_FREE}|{DAY})"
_RANGE = (
    rf"(?:between{GAP}{_END}{GAP}and{GAP}{_FREE}"
    rf"|(?:from{GAP})?{_END}(?:{GAP}(?:to|until|till|through){GAP}|{DASH}){_END}{_OF_YEAR}?)"
)
_APART = r"(?<![0-9A-Za-z_/.:-])"
_ENDS = r"(?![0-9A-Za-z_]|-[0-9])"
_SPAN = compiled(rf"{_APART}(?:{_RANGE}|{_POINT}){_ENDS}")
_SINGLE = compiled(rf"{_APART}{_POINT}{_ENDS}")

_NAMES = compiled(rf"\b(?:{MONTH}|{WEEKDAY})")
_ON_A = compiled(rf"^{WEEKDAY},?{GAP}(?:the{GAP})?(?=[0-9]|{MONTH})")
_EVENT = compiled(rf"\b(?:before|after|by|prior{GAP}to|following){GAP}(?:the{GAP})?\Z")
# Without "from" these are as often times or counts: "1800 to 1900 hours".
_YEARS = compiled(rf"^{YEAR}(?:{GAP}\w+{GAP}|{DASH}){YEAR}\Z")
_NO_SUCH_DAY = compiled(rf"(?<![0-9:.,/-])[0-9]{{1,2}}(?:st|nd|rd|th)?{GAP}(?:of{GAP})?\Z")
_TITLE = compiled(rf"^{GAP}(?:Times|Telegraph|Express|Mail|Mirror|Herald|prayers)\b")
_WORD = compiled(rf"\w{GAP}\Z")

A_DAY = date(2024, 6, 15)
"""Some day of publication, to see whether a phrase can be settled at all. In a leap year."""


def scan(text: str) -> list[tuple[int, int]]:
    """The spans of the date phrases in `text`, in order; see `find_phrases`."""
    return list(_scan(text))


def _scan(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    while match := _SPAN.search(text, position):
        start = match.start()
        single = _SINGLE.match(text, start)
        # "July 3 to 900" is no range, but its start is a date.
        for found in (match, single):
            if found and _is_date(text, start, end := found.end()):
                yield start, end
                position = end
                break
        else:
            position = start + 1


def _is_date(text: str, start: int, end: int) -> bool:
    phrase = text[start:end]
    if any(name[0].islower() for name in _NAMES.findall(phrase)):
        return False
    before, after = text[max(0, start - 20) : start], text[end : end + 20]
    if _YEARS.match(phrase) or _EVENT.search(before) or _TITLE.match(after):
        return False
    if phrase == "Today" and _WORD.search(before):
        return False  # an outlet's name
    if phrase[0].isalpha() and _NO_SUCH_DAY.search(before):
        return False  # "31 February 2025" is not February
    # The weekday may contradict the date in some years only.
    return read(_ON_A.sub("", phrase), A_DAY) is not None
