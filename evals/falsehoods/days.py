"""Dates in a text, and others to put in their place: a day, a month, a year, a phrase."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

# Each table is one form of the same words, so that one may stand in the place of another.
_WEEKDAYS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "Mon Tue Wed Thu Fri Sat Sun",
    ),
    "fr": ("lundi mardi mercredi jeudi vendredi samedi dimanche",),
    "ru": (
        "понедельник вторник среду четверг пятницу субботу воскресенье",
        "понедельника вторника среды четверга пятницы субботы воскресенья",
    ),
}
_MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "January February March April May June July August September October November December",
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    ),
    "fr": ("janvier février mars avril mai juin juillet août septembre octobre novembre décembre",),
    "ru": (
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре",
    ),
}
_PHRASES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        "yesterday": ("tomorrow", "three weeks ago"),
        "today": ("two weeks ago", "next month"),
        "tomorrow": ("yesterday", "last month"),
        "overnight": ("three weeks ago", "last year"),
        "last week": ("next week", "last year"),
        "last month": ("next month", "last year"),
        "last year": ("next year", "last week"),
        "this week": ("last year", "next month"),
        "this month": ("last year", "next week"),
        "this year": ("last year", "next year"),
        "next week": ("last week", "next year"),
        "next month": ("last month", "next year"),
        "next year": ("last year", "this week"),
        "last night": ("three weeks ago", "last year"),
    },
    "fr": {
        "hier": ("demain", "l'an dernier"),
        "demain": ("hier", "il y a trois semaines"),
        "aujourd'hui": ("il y a trois semaines", "l'an dernier"),
        "printemps": ("automne", "hiver"),
        "dernier": ("prochain",),
        "dernière": ("prochaine",),
        "prochain": ("dernier",),
        "prochaine": ("dernière",),
    },
    "ru": {
        "вчера": ("завтра", "три недели назад"),
        "сегодня": ("месяц назад", "три недели назад"),
        "завтра": ("вчера", "месяц назад"),
        "в прошлом году": ("на прошлой неделе", "пять лет назад"),
        "прошлом году": ("позапрошлом году",),
        "в ближайшие месяцы": ("в ближайшие годы",),
    },
}
INSTEAD: Mapping[str, tuple[str, ...]] = {
    "en": ("three weeks ago", "two years ago", "late last summer", "in the coming decade"),
    "fr": ("il y a trois semaines", "il y a deux ans", "la prochaine décennie"),
    "ru": ("три недели назад", "два года назад", "в следующем десятилетии"),
}
"""For a phrase in which there is nothing to change."""
_YEAR = re.compile(r"(?<![\w,./-])(?:19|20)\d\d(?![\w/]|-\d)")

_SECOND_DAY = re.compile(r"\s*(?:and|to|et|au|и|[-–—])\s*\d{1,2}\b")
_FIRST_DAY = re.compile(r"\b\d{1,2}(?:er)?\s*(?:and|to|et|au|и|[-–—])\s*$")


class Dated(NamedTuple):
    """A part of a text that tells a date, with what may stand there in place of it."""

    start: int
    end: int
    others: tuple[str, ...]


def dates(text: str, language: str) -> Iterator[Dated]:
    """The days, months, years and phrases in a text, each with others of its kind, near first."""
    seen = set()
    for each in _all(text, language):
        # "May" is its own abbreviation.
        if (each.start, each.end) not in seen:
            seen.add((each.start, each.end))
            yield each


def _all(text: str, language: str) -> Iterator[Dated]:
    for table in _WEEKDAYS.get(language, ()):
        yield from _of_table(text, table.split(), language)
    for table in _MONTHS.get(language, ()):
        months = table.split()
        yield from _of_table(text, months, language)
        yield from _days_of_months(text, months)
    for match in _YEAR.finditer(text):
        year = int(match.group())
        yield Dated(*match.span(), tuple(str(year + by) for by in (1, -1, -3)))
    for phrase, others in _PHRASES.get(language, {}).items():
        for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, re.IGNORECASE):
            yield Dated(*match.span(), tuple(_as(match.group(), other) for other in others))


def dated(text: str, language: str) -> list[tuple[int, int]]:
    """The spans that tell dates, with the second day where there are two: "27 and 28"."""
    spans = []
    for each in dates(text, language):
        more = _SECOND_DAY.match(text, each.end)
        before = _FIRST_DAY.search(text, 0, each.start)
        spans.append((before.start() if before else each.start, more.end() if more else each.end))
    return spans


def _of_table(text: str, words: list[str], language: str) -> Iterator[Dated]:
    # In English "may" and "march" are no months, nor are "sat" and "sun" days.
    flags = 0 if language == "en" else re.IGNORECASE
    for i, word in enumerate(words):
        for match in re.finditer(rf"(?<!\w){word}(?!\w)", text, flags):
            if word in ("May", "March", "Sun", "Sat", "Mar") and not _is_dated(text, match):
                continue
            others = (words[(i + by) % len(words)] for by in (1, -1, 3, 2))
            yield Dated(*match.span(), tuple(_as(match.group(), other) for other in others))


def _is_dated(text: str, match: re.Match[str]) -> bool:
    """Whether a day or a word such as "in" stands beside what may be no month."""
    before = re.search(r"(?:\d|\b(?:in|of|last|next|since|until|early|late|mid|by))[\s-]*$",
                       text[: match.start()])  # fmt: skip
    return match.group() == text or bool(before or re.match(r"\.?\s\d", text[match.end() :]))


def _days_of_months(text: str, months: list[str]) -> Iterator[Dated]:
    names = "|".join(months)
    beside = re.compile(
        rf"(?<![\w.,])(\d{{1,2}})(?:er|th|st|nd|rd)?(?=\s(?:{names})\b)|\b(?:{names})\.?\s(\d{{1,2}})(?!\d)"
    )
    for match in beside.finditer(text):
        group = 1 if match[1] else 2
        day = int(match[group])
        others = (each for each in (day + 1, day - 2, day + 9, day - 11) if 1 < each <= 28)
        yield Dated(*match.span(group), tuple(map(str, others)))


def _as(first: str, other: str) -> str:
    return other[0].upper() + other[1:] if first[0].isupper() else other
