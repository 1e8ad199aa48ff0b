"""Reading the dates that are counted from a day: "yesterday", "last week", "two years ago"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from summarizer.schemas.dating.edtf import last_day
from summarizer.schemas.dating.grammar import (
    COUNT,
    DAY,
    DAYPART,
    GAP,
    MONTH,
    NUMBERS,
    STEPS,
    TODAY,
    UNIT,
    UNITS,
    WEEKDAY,
    WEEKDAYS,
    WHOLE_DAY,
    compiled,
    digits,
    month_number,
)
from summarizer.schemas.dating.spans import Parts, Span
from summarizer.schemas.vocabularies import DateBasis, DatePrecision

_SOME_DAY = compiled(rf"(?:{WHOLE_DAY}{DAYPART}?|{TODAY})")
_WEEKDAY = compiled(
    rf"(?:(?P<which>last|next|(?:this{GAP})?past|this{GAP}coming){GAP})?(?P<weekday>{WEEKDAY})"
    rf"{DAYPART}?(?:{GAP}(?:of{GAP})?(?P<week>last|this|next){GAP}week)?"
)
_WEEKEND = compiled(rf"(?:the|last|(?:this|the){GAP}past){GAP}weekend")
_PERIOD = compiled(rf"(?P<which>last|this|next){GAP}(?P<unit>week|month|year|{MONTH})")
_THE_DAY = compiled(rf"the{GAP}(?P<day>{DAY})(?<=[a-z])")
_AGO = compiled(rf"(?P<count>{COUNT}){GAP}(?P<unit>{UNITS}){GAP}ago")
_WINDOW = compiled(
    rf"(?:(?:the{GAP})?(?:past|last){GAP}(?P<count>{COUNT}){GAP}(?P<unit>{UNITS})"
    rf"|the{GAP}(?:past|last){GAP}(?P<one>{UNIT}))"
)


def relative(text: str, published: date) -> Span | None:
    """The days that `text` means on the day `published`; None for any other text."""
    if _SOME_DAY.fullmatch(text):
        return _day(published + timedelta(_days_away(text.lower())))
    if match := _WEEKDAY.fullmatch(text):
        return _day(_weekday(match, published))
    if match := _THE_DAY.fullmatch(text):
        month = Parts(published.year, published.month, basis=DateBasis.RELATIVE_TO_PUBLICATION)
        return replace(month, day=digits(match["day"])).span(published)
    if _WEEKEND.fullmatch(text):
        # The latest one that has begun.
        saturday = published - timedelta((published.weekday() - 5) % 7)
        return Span(saturday, saturday + timedelta(1), DatePrecision.WEEK)
    if match := _PERIOD.fullmatch(text):
        return _period(match["which"].lower(), match["unit"].lower(), published)
    if match := _AGO.fullmatch(text):
        return _ago(_count(match["count"]), match["unit"], published)
    if match := _WINDOW.fullmatch(text):
        return _window(_count(match["count"] or "one"), match["unit"] or match["one"], published)
    return None


def is_weekday(text: str) -> bool:
    """Whether `text` is a day of the week, "last" and the like included."""
    return _WEEKDAY.fullmatch(text) is not None


def _day(day: date) -> Span:
    return Span(day, day, DatePrecision.DAY)


def _days_away(text: str) -> int:
    if "yesterday" in text:
        return -2 if "before" in text else -1
    if "tomorrow" in text:
        return 2 if "after" in text else 1
    return -1 if text.startswith("last") else 0


def _weekday(match: re.Match[str], published: date) -> date:
    weekday = WEEKDAYS.index(match["weekday"].lower())
    if match["week"]:
        return _monday(published) + timedelta(7 * STEPS[match["week"].lower()] + weekday)
    which = (match["which"] or "").lower()
    if which in ("next", "this coming"):
        return published + timedelta((weekday - published.weekday() - 1) % 7 + 1)
    latest = published - timedelta(1) if which else published
    return latest - timedelta((latest.weekday() - weekday) % 7)


def _period(which: str, unit: str, published: date) -> Span | None:
    step = STEPS[which]
    if unit == "week":
        return _week(published, step)
    if unit == "month":
        return _months(published, step, step)
    if unit == "year":
        return _years(published, step, step)
    month = month_number(unit)
    away = month - published.month
    if step:
        away = (away - step) % (12 * step) + step
    return _months(published, away, away)


def _ago(count: int, unit: str, published: date) -> Span:
    unit = unit.lower()
    if unit.startswith("day"):
        return _day(published - timedelta(count))
    if unit.startswith("week"):
        return _week(published, -count)
    whole = _months if unit.startswith("month") else _years
    return replace(whole(published, -count, -count), approximate=True)


def _window(count: int, unit: str, published: date) -> Span:
    unit = unit.lower()
    if unit.startswith("month"):
        return _months(published, -count, 0)
    if unit.startswith("year"):
        return _years(published, -count, 0)
    days = count * (7 if unit.startswith("week") else 1)
    return Span(published - timedelta(days), published, DatePrecision.DAY)


def _count(word: str) -> int:
    if word.lower() in ("a", "an"):
        return 1
    return int(word) if word.isdigit() else NUMBERS.index(word.lower())


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _week(published: date, step: int) -> Span:
    monday = _monday(published) + timedelta(7 * step)
    return Span(monday, monday + timedelta(6), DatePrecision.WEEK)


def _months(published: date, first: int, last: int) -> Span:
    start, end = (_month_away(published, step) for step in (first, last))
    return Span(start, last_day(end.year, end.month), DatePrecision.MONTH)


def _month_away(published: date, step: int) -> date:
    year, month = divmod(published.year * 12 + published.month - 1 + step, 12)
    return date(year, month + 1, 1)


def _years(published: date, first: int, last: int) -> Span:
    start, end = published.year + first, published.year + last
    return Span(date(start, 1, 1), date(end, 12, 31), DatePrecision.YEAR)
