"""Dates: the phrase is in the cited sentences, and a resolved date follows from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache

from summarizer.checks.calendar import counts_from_another, dated_spans, in_english
from summarizer.checks.check import Check, Problem
from summarizer.checks.passages import Passage
from summarizer.checks.statements import Statement
from summarizer.checks.tongues import language_of
from summarizer.checks.words import find_words
from summarizer.results import IssueKind
from summarizer.schemas import DatePhrase
from summarizer.schemas.dates import resolve
from summarizer.schemas.dating.edtf import bounds
from summarizer.wire import Kind

Days = tuple[date, date]
"""The first and the last day that a phrase covers."""

_QUALIFIERS = re.compile(r"[?~%]")
_BY_DAYS = re.compile(r"\b(?:days?|weeks?|hours?|nights?|evening|morning)\b", re.I)
_A_MONTH, _A_WEEK = timedelta(31), timedelta(7)
_WEEKDAY = re.compile(r"\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)day\b", re.I)
_SIDED = re.compile(r"\b(?:last|past|previous|next|ago|\d)", re.I)
_LEAD = re.compile(r"^(?:on|in|at|by|over|during|within|for|since|until|from|late|early)\s+", re.I)
_IN_ANY_CASE_A_WORD = frozenset({"may", "march", "sun", "mon", "sat", "mar", "second"})


def find_dates(statement: Statement) -> Iterator[Problem]:
    """The dates of a statement that its sentences don't hold, or that don't follow from them."""
    for path, phrase in statement.objects(DatePhrase):
        problem = _of_phrase(phrase, statement)
        if problem is not None:
            yield Problem(problem, path)
    for told in statement.told:
        if isinstance(told.owner, DatePhrase):
            continue
        if isinstance(told.value, date):
            day = told.value.date() if isinstance(told.value, datetime) else told.value
            if not _follows((day, day), statement):
                yield Problem(f"{day} doesn't follow from the cited sentences.", told.path)
        elif told.node.kind is Kind.TEXT:
            problem = _of_text(str(told.value), statement)
            if problem is not None:
                yield Problem(problem, told.path)


DATES = Check(
    "dates",
    find_dates,
    IssueKind.DATE_UNSUPPORTED,
    blind="Which of several dates in the cited sentences is the one of the event; phrases that "
    "count from another event.",
)


def _of_phrase(phrase: DatePhrase, statement: Statement) -> str | None:
    passage = statement.passage
    language = language_of(phrase.text, passage.language)
    if not _is_told(phrase.text, in_english(phrase.text, language), statement):
        return f"“{phrase.text}” is not in the cited {_where(statement)}."
    if phrase.edtf:
        return _of_edtf(phrase, in_english(phrase.text, language), statement)
    return None


def _of_edtf(phrase: DatePhrase, english: str, statement: Statement) -> str | None:
    """What is wrong with where a phrase is said to lie in the calendar, if something is."""
    edtf, published = phrase.edtf or "", statement.passage.article.published
    read = resolve(english, published)
    if read is not None:
        same = _plain(edtf) == _plain(read.edtf) or _is_the_coming_one(english, edtf, read.edtf)
        return None if same else f"“{phrase.text}” is {read.edtf}, not {edtf}."
    days = _days(edtf, None)
    if days is None:
        return None
    parts = _dates(english, published)
    if parts and not any(days[0] <= last and first <= days[1] for first, last in parts):
        return f"“{phrase.text}” is not {edtf}."
    if not parts and _BY_DAYS.search(english):
        cited = [*statement.sentences, *_near(statement)]
        texts = map(statement.passage.text, cited)
        known = [other for text in texts for other in _dates_of(text, statement.passage)]
        if known and not any(_is_close(days, other) for other in known):
            return f"“{phrase.text}” is not {edtf}, by the dates in the cited sentences."
    return None


def _is_the_coming_one(phrase: str, edtf: str, latest: str) -> bool:
    """Whether a bare weekday is told as the coming one: the tense of its sentence says which."""
    told, read = _days(edtf, None), _days(latest, None)
    if told is None or read is None or not _WEEKDAY.search(phrase) or _SIDED.search(phrase):
        return False
    return told[0] - read[0] == told[1] - read[1] == _A_WEEK


def _is_close(days: Days, other: Days) -> bool:
    return (
        days[0] - _A_MONTH <= other[1] and other[0] <= days[1] + _A_MONTH
        if _bounded(days, other)
        else True
    )


def _bounded(*spans: Days) -> bool:
    return all(first != date.min and last != date.max for first, last in spans)


def _plain(edtf: str) -> str:
    return _QUALIFIERS.sub("", edtf)


def _of_text(text: str, statement: Statement) -> str | None:
    if " ".join(text.split()) in statement.quote:
        return None
    plain = in_english(text, language_of(text, statement.passage.language))
    for start, end in dated_spans(plain):
        phrase = plain[start:end]
        if not _is_told(phrase, phrase, statement):
            return f"“{phrase}” is not in the cited {_where(statement)}."
    return None


def _is_told(written: str, english: str, statement: Statement) -> bool:
    """Whether a phrase is in the cited sentences, or follows from a date in them.

    Where they have no date at all, the sentences around them, and what the article begins with,
    may give it.
    """
    passage = statement.passage
    cited = [passage.text(number) for number in statement.sentences]
    if _in_words(written, cited) or _in_dates(english, cited, passage):
        return True
    translated = [in_english(text, passage.language) for text in cited]
    if any(dated_spans(text) or counts_from_another(text) for text in translated):
        return False
    near = [passage.text(number) for number in _near(statement)]
    return (
        _in_words(written, near) or _in_dates(english, near, passage) or _is_today(english, passage)
    )


def _near(statement: Statement) -> Iterable[int]:
    article = statement.passage.article
    first = article.paragraph(1)
    last = min(2, article.sentence_count)
    opening = [n for n in range(1, last + 1) if article.paragraph(n) == first]
    return dict.fromkeys((*statement.passage.around(statement.sentences), *opening))


def _in_words(phrase: str, texts: list[str]) -> bool:
    words = _LEAD.sub("", " ".join(phrase.split())).strip(" .,;:()[]\"'“”‘’")
    if not words:
        return True
    if any(find_words(words, text) for text in texts):  # mostly
        return True
    flags = 0 if words.casefold() in _IN_ANY_CASE_A_WORD else re.IGNORECASE
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", flags)
    return any(pattern.search(text) for text in texts)


def _in_dates(phrase: str, texts: list[str], passage: Passage) -> bool:
    days = _days(phrase, passage.article.published)
    if days is None:
        return False
    return any(_covers(days, other) for text in texts for other in _dates_of(text, passage))


def _follows(days: Days, statement: Statement) -> bool:
    passage = statement.passage
    cited = [other for n in statement.sentences for other in _dates_of(passage.text(n), passage)]
    near = cited or [
        other for n in _near(statement) for other in _dates_of(passage.text(n), passage)
    ]
    published = passage.article.published
    return any(_covers(days, other) or _covers(other, days) for other in near) or (
        not cited and published is not None and days == (published, published)
    )


def _covers(days: Days, other: Days) -> bool:
    """Whether a date is no more exact than another, and holds it."""
    return days == other or (_bounded(days, other) and days[0] <= other[0] and other[1] <= days[1])


def _is_today(phrase: str, passage: Passage) -> bool:
    published = passage.article.published
    return published is not None and _days(phrase, published) == (published, published)


def _dates_of(text: str, passage: Passage) -> tuple[Days, ...]:
    return _dates(in_english(text, passage.language), passage.article.published)


@lru_cache(maxsize=1024)
def _dates(text: str, published: date | None) -> tuple[Days, ...]:
    found = (_days(text[start:end], published) for start, end in dated_spans(text))
    return tuple(days for days in found if days is not None)


@lru_cache(maxsize=1024)
def _days(phrase: str, published: date | None) -> Days | None:
    read = resolve(phrase, published)
    if read is None:
        return None
    first, last = bounds(read.edtf)
    return first or date.min, last or date.max


def _where(statement: Statement) -> str:
    numbers = ", ".join(map(str, statement.sentences))
    return f"sentence{'s' * (len(statement.sentences) > 1)} {numbers}"
