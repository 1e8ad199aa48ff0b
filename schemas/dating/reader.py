"""Reading a date phrase: ISO and the English of news prose.

Imported when first used, since its patterns take a while to compile. The rules are those of
`summarizer.schemas.dates.resolve`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from summarizer.schemas.dates import Resolved
from summarizer.schemas.dating.edtf import OPEN, bounds
from summarizer.schemas.dating.grammar import (
    ABOUT,
    DASH,
    DAY,
    GAP,
    ISO,
    MONTH,
    PART_OF,
    STEPS,
    THIS_YEAR,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    compiled,
    digits,
    month_number,
)
from summarizer.schemas.dating.relative import is_weekday, relative
from summarizer.schemas.dating.spans import Parts, Span
from summarizer.schemas.vocabularies import DateBasis, DatePrecision

LONGEST = 80
"""Code points; a longer phrase isn't a date."""


_YEAR = rf"(?:,?{GAP}(?:of{GAP})?(?P<year>{YEAR})|(?P<this_year>{THIS_YEAR}))?"
_ON_A = rf"(?:(?P<weekday>{WEEKDAY})(?:,{GAP}|{GAP}))?(?:the{GAP})?"
_PARTS = tuple(
    compiled(pattern)
    for pattern in (
        rf"{_ON_A}(?P<day>{DAY}){GAP}(?:of{GAP})?(?P<month>{MONTH}){_YEAR}",
        rf"{_ON_A}(?P<month>{MONTH}){GAP}(?:the{GAP})?(?P<day>{DAY}){_YEAR}",
        rf"(?P<month>{MONTH}){_YEAR}",
        rf"(?P<year>{YEAR})",
        rf"(?P<iso>{ISO})(?:[T ][0-9:.]+(?:Z|[+-][0-9:]+)?)?",
    )
)
_BARE_DAY = compiled(rf"(?:the{GAP})?(?P<day>{DAY})(?:,?{GAP}(?P<year>{YEAR}))?")

_LEAD = compiled(rf"^(?:on|in|at|of|over|during|within|for){GAP}")
_SINCE = compiled(rf"since{GAP}(?P<rest>.+)")
_HALF_A_YEAR = timedelta(183)
_UNTIL = compiled(rf"until{GAP}(?P<rest>.+)")
_HEDGED = compiled(rf"(?:(?P<part>{PART_OF})|(?P<about>{ABOUT}))(?:in{GAP})?(?P<rest>.+)")
_EARLIER = compiled(rf"^(?:earlier|later){GAP}(?:on{GAP}|in{GAP})?")
_RANGES = tuple(
    compiled(pattern)
    for pattern in (
        rf"between{GAP}(?P<a>.+?){GAP}and{GAP}(?P<b>.+)",
        rf"(?:from{GAP})?(?P<a>.+?){GAP}(?:to|until|till|through){GAP}(?P<b>.+)",
        rf"(?P<a>.+?){DASH}(?P<b>.+)",
    )
)


def read(phrase: str, published: date | None) -> Resolved | None:
    """Where a phrase lies in the calendar; None if that isn't settled."""
    if len(phrase) > LONGEST:
        return None
    text = " ".join(phrase.split())
    words = text.strip(" .,;:!()[]\"'“”‘’")
    try:
        return _as_written(text) or _as_written(words) or _resolved(_open(_bare(words), published))
    except (OverflowError, ValueError):
        # The calendar ends with the years 1 and 9999: nothing beyond can be told.
        return None


def _bare(text: str) -> str:
    return _LEAD.sub("", text.removesuffix("'s").removesuffix("’s"), count=1)


def _as_written(text: str) -> Resolved | None:
    try:
        bounds(text)
    except ValueError:
        return None
    unit = next(end.rstrip("?~%") for end in text.split("/") if end != OPEN)
    precision = {4: DatePrecision.YEAR, 7: DatePrecision.MONTH, 10: DatePrecision.DAY}[len(unit)]
    return Resolved(text, precision, DateBasis.EXPLICIT)


def _resolved(span: Span | None) -> Resolved | None:
    return Resolved(span.edtf(), span.precision, span.basis) if span else None


def _open(text: str, published: date | None) -> Span | None:
    if match := _SINCE.fullmatch(text):
        span = _begun(match["rest"], published)
        return replace(span, last=None) if span else None
    if match := _UNTIL.fullmatch(text):
        span = _closed(match["rest"], published)
        return replace(span, first=None) if span else None
    return _closed(text, published)


def _begun(text: str, published: date | None) -> Span | None:
    """What `text` means if it has begun: "January" is the last one, and not the nearest."""
    span = _closed(text, published)
    if span and span.first and published and span.first > published:
        if span.basis is DateBasis.EXPLICIT:
            return span
        return _closed(text, published - _HALF_A_YEAR)
    return span


def _closed(text: str, published: date | None) -> Span | None:
    for pattern in _RANGES:
        match = pattern.fullmatch(text)
        span = _between(match["a"], match["b"], published) if match else None
        if span:
            return span
    return _point(text, published)


def _point(text: str, published: date | None) -> Span | None:
    if match := _HEDGED.fullmatch(text):
        span = _point(match["rest"], published)
        if span is None:
            return None
        # "Late Tuesday" is as much Tuesday as Tuesday is; "around Tuesday" is less.
        exact = match["part"] and span.precision is DatePrecision.DAY
        return span if exact else replace(span, approximate=True)
    text = _EARLIER.sub("", text, count=1)
    parts = _parts(text, published)
    if parts is not None:
        return parts.span(published)
    return relative(text, published) if published is not None else None


def _parts(text: str, published: date | None) -> Parts | None:
    match = next((found for pattern in _PARTS if (found := pattern.fullmatch(text))), None)
    if match is None:
        return None
    given = match.groupdict()
    if iso := given.get("iso"):
        iso_year, month, *day = (int(number) for number in iso.split("-"))
        return Parts(iso_year, month, day[0] if day else None)
    year, basis = _year(given, published)
    return Parts(
        year=year,
        month=month_number(given["month"]) if given.get("month") else None,
        day=digits(given["day"]) if given.get("day") else None,
        weekday=WEEKDAYS.index(given["weekday"].lower()) if given.get("weekday") else None,
        basis=basis,
    )


def _year(given: dict[str, str | None], published: date | None) -> tuple[int | None, DateBasis]:
    if (words := given.get("this_year")) and published:
        step = STEPS[words.split()[-2].lower()]
        return published.year + step, DateBasis.RELATIVE_TO_PUBLICATION
    year = given.get("year")
    return int(year) if year else None, DateBasis.EXPLICIT


def _between(a: str, b: str, published: date | None) -> Span | None:
    """From `a` to `b`, each of which may leave to the other what they have in common."""
    start, end = _loose_parts(a, published), _loose_parts(b, published)
    if start is not None and end is not None:
        both = _completed(start, end, published)
        return _joined(both[0].span(published), both[1].span(published)) if both else None
    last = _point(b, published)
    # "Monday to Wednesday": the Monday before that Wednesday.
    first = _point(a, last.first if last and is_weekday(a) else published)
    return _joined(first, last)


def _loose_parts(text: str, published: date | None) -> Parts | None:
    if match := _BARE_DAY.fullmatch(text):
        return Parts(int(match["year"]) if match["year"] else None, day=digits(match["day"]))
    return _parts(text, published)


def _completed(start: Parts, end: Parts, published: date | None) -> tuple[Parts, Parts] | None:
    if start.day and not start.month:
        start = replace(start, month=end.month)
    if end.day and not end.month:
        end = replace(end, month=start.month)
    if start.year is None and end.year is None:
        settled = end.span(published)
        if settled is None or settled.last is None:
            return None
        end = replace(end, year=settled.last.year, basis=settled.basis)
    over_new_year = (start.month or 0) > (end.month or 0)
    if start.year is None and end.year is not None:
        start = replace(start, year=end.year - over_new_year, basis=end.basis)
    elif end.year is None and start.year is not None:
        end = replace(end, year=start.year + over_new_year, basis=start.basis)
    return start, end


def _joined(first: Span | None, last: Span | None) -> Span | None:
    if first is None or last is None or first.first is None or last.last is None:
        return None
    if first.precision is not last.precision or first.first > last.last:
        return None
    return replace(last, first=first.first, approximate=first.approximate or last.approximate)
