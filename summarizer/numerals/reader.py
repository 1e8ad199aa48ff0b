"""Reading the numbers of a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from summarizer.numerals.han import han_numbers, is_han
from summarizer.numerals.lexicon import Lexicon, lexicon
from summarizer.numerals.number import Bound, Number, Sort
from summarizer.numerals.qualifiers import bound_beside
from summarizer.numerals.sums import Sum
from summarizer.numerals.units import unit_beside

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_JOINT = frozenset({" ", "-", "\u2011", "\u00a0", "\u202f", "  ", ""})
_GROUP = re.compile(r"[ \u00a0\u202f\u2009'’](?=\d{3}(?!\d))")
_FIRM_GROUP = re.compile(r"[\u00a0\u202f\u2009](?=\d{3}(?!\d))")
_COMMAS = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")
_POINTS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_SEVERAL_POINTS = re.compile(r"\d{1,3}(?:\.\d{3}){2,}")
_ORDINAL = re.compile(
    r"(?:st|nd|rd|th|er|ère|e|ème|º|ª|[-‑]?(?:й|я|е|го|му|м|ю|ом|ой|ый|ая|х))(?!\w)", re.IGNORECASE
)
_SHORT_SCALE = re.compile(r"(bn|mn|mln|tn|trn|k|m)(?![\w])", re.IGNORECASE)
_SIGN = re.compile(r"[$€£¥₽₴₺₹₪₩]\s?\Z")
_TIME_OF_DAY = re.compile(
    r"\s?(?:[ap]\.?m\b\.?|hours?\s+(?:local|gmt|utc)|(?:gmt|utc)\b|o['’]clock)", re.IGNORECASE
)
_DESIGNATION = re.compile(r"(?:[^\W\d_]|(?:\b\w*[^\W\d_a-z]\w*)[-‑])\Z")
_RANGE = re.compile(r"\s?[-–—]\s?|\s(?:to|and|or|à|et|a|y|до|и|إلى|تا)\s", re.IGNORECASE)
_PART = re.compile(r"[\s-](third|quarter|fifth|sixth|eighth|tenth)s?\b", re.IGNORECASE)
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_HALF = re.compile(r"half (?:an? )?(?=dozen|hundred|thousand|million|billion|trillion)", re.I)
_ONE_PART = re.compile(r"\b(?:half|(?:a|one)[\s-](third|quarter|fifth|tenth))\s+(?:of|the)\b", re.I)
_AND_A_HALF = re.compile(r"\sand a half\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def read(text: str, language: str | None = "en") -> tuple[Number, ...]:
    """The numbers of a text, in order: in digits of any script, and in words of its language.

    `language` is an ISO 639-1 code; None is taken for English, or for Russian, Arabic or Chinese
    by the script. Words are read in the languages of `LANGUAGES`.
    """
    plain = _western(text)
    if language is None:
        language = _by_script(plain)
    found = [*_spelt_parts(plain), *_numbers(plain, lexicon(language))]
    if is_han(plain):
        found += han_numbers(plain)
    found.sort(key=lambda number: (number.start, -number.end))
    return tuple(_ranged(plain, _qualified(plain, _apart(found))))


def _western(text: str) -> str:
    """The same text, of the same length, with digits and separators of other scripts replaced."""
    if text.isascii():
        return text
    other = {mark for mark in text if not mark.isascii() and mark.isdecimal()}
    table = {ord(mark): str(unicodedata.decimal(mark)) for mark in other}
    return text.translate({**table, ord("٬"): ",", ord("٫"): ".", ord("ё"): "е", ord("％"): "%"})


def _by_script(text: str) -> str:
    letter = next((mark for mark in text if mark.isalpha() and not mark.isascii()), "")
    if "\u0400" <= letter <= "\u04ff":
        return "ru"
    return "ar" if "\u0600" <= letter <= "\u06ff" else "en"


def _numbers(text: str, words: Lexicon) -> Iterator[Number]:
    """Numbers in digits and words, without their surroundings."""
    run: Sum | None = None
    grouped = _GROUP if words.blanks_group else _FIRM_GROUP
    position = 0
    while match := _TOKEN.search(text, position):
        start, end, token = match.start(), match.end(), match.group()
        position = end
        if token[0].isdecimal():
            if run is not None:
                yield run.number()
                run = None
            while gap := grouped.match(text, end):
                end = gap.end() + 3
            position = end
            digits = _digits(text, start, end, words)
            if digits.sort is not Sort.COUNT:
                position = digits.end
                yield digits
                continue
            run = Sum.of_digits(digits)
            position = digits.end
            if half := _AND_A_HALF.match(text, position):
                run.add_half(half.end())
                position = half.end()
            continue
        word = token.casefold()
        if run is None or not _runs_on(run, text, start, end, word, words):
            if run is not None:
                yield run.number()
            run = Sum.begun(word, start, end, words)
        if run is None:
            continue
        if half := _AND_A_HALF.match(text, end):
            run.add_half(half.end())
            position = half.end()
        if run.closed:
            yield run.number()
            run = None
    if run is not None:
        yield run.number()


def _runs_on(run: Sum, text: str, start: int, end: int, word: str, words: Lexicon) -> bool:
    """Whether a word belongs to the number before it, which then holds it."""
    gap = text[run.reached : start]
    if gap not in _JOINT:
        return False
    if word in words.joints:
        return run.join(end)
    return run.add(word, end, words)


def _digits(text: str, start: int, end: int, words: Lexicon) -> Number:
    written = text[start:end]
    before = text[max(0, start - 24) : start]
    if ":" in written or _TIME_OF_DAY.match(text, end) or _DESIGNATION.search(before):
        return Number(start, end, 0.0, Sort.CODE)
    value = _value(written, words)
    if ordinal := _ORDINAL.match(text, end):
        return Number(start, ordinal.end(), value, Sort.ORDINAL)
    if short := _SHORT_SCALE.match(text, end):
        scale = {"b": 1e9, "m": 1e6, "k": 1e3, "t": 1e12}[short[1][0].casefold()]
        if short[1].casefold() != "m" or _SIGN.search(before):
            return Number(start, short.end(), value * scale)
    return Number(start, end, value)


def _value(written: str, words: Lexicon) -> float:
    plain = re.sub(r"[ \u00a0\u202f\u2009'’]", "", written)
    if (words.points_group and _POINTS.fullmatch(plain)) or _SEVERAL_POINTS.fullmatch(plain):
        return float(plain.replace(".", "").replace(",", "."))
    if _COMMAS.fullmatch(plain) and not (words.blanks_group or words.points_group):
        return float(plain.replace(",", ""))
    if plain.count(",") == 1 and "." not in plain:
        return float(plain.replace(",", "."))
    first, *rest = re.split(r"[.,]", plain)
    return (
        float(f"{first}.{rest[0]}")
        if len(rest) == 1
        else float(plain.replace(",", "").split(".")[0])
    )


def _spelt_parts(text: str) -> Iterator[Number]:
    """ "A third of", "half the"."""
    for match in _ONE_PART.finditer(text):
        yield Number(
            match.start(), match.end(), 100 / _PARTS.get((match[1] or "").casefold(), 2), Sort.SHARE
        )


def _apart(found: list[Number]) -> Iterator[Number]:
    end = -1
    for number in found:
        if number.start >= end:
            end = number.end
            yield number


def _qualified(text: str, found: Iterator[Number]) -> Iterator[Number]:
    for number in found:
        if number.sort in (Sort.CODE, Sort.ORDINAL):
            yield number
            continue
        if part := _PART.match(text, number.end):
            share = 100 * number.value / _PARTS[part[1].casefold()]
            yield replace(number, end=part.end(), value=share, sort=Sort.SHARE)
            continue
        start, value = number.start, number.value
        if half := re.search(r"\bhalf (?:an? )?\Z", text[max(0, start - 8) : start], re.IGNORECASE):
            start, value = start - len(half.group()), value / 2
        unit = unit_beside(text, start, number.end)
        bound = bound_beside(text, start, number.end, unit)
        sort = Sort.SHARE if unit == "%" else number.sort
        yield Number(start, number.end, value, sort, bound, unit)


def _ranged(text: str, found: Iterator[Number]) -> Iterator[Number]:
    """Numbers, those that are the ends of a range marked so."""
    last: Number | None = None
    for number in found:
        if last is not None:
            joined = _RANGE.fullmatch(text[last.end : number.start])
            apart = "and" in text[last.end : number.start] and not re.search(
                r"\bbetween\s\Z", text[max(0, last.start - 8) : last.start], re.IGNORECASE
            )
            if joined and not apart and last.sort is number.sort and last.value < number.value:
                unit = last.unit or number.unit
                last = replace(last, bound=Bound.BETWEEN, unit=unit)
                number = replace(number, bound=Bound.BETWEEN)
            yield last
        last = number
    if last is not None:
        yield last
