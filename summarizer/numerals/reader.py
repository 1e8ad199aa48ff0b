"""Reading the numbers of a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from summarizer.numerals.han import han_numbers, is_han
from summarizer.numerals.lexicon import Lexicon, lexicon
from summarizer.numerals.number import Bound, Number, Sort
from summarizer.numerals.qualifiers import bound_beside
from summarizer.numerals.sums import Sum
from summarizer.numerals.units import unit_beside

_SHORT = 2000  # characters: what is longer is no sentence
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_ALIKE = {"٬": ",", "٫": ".", "ё": "е", "％": "%", "٪": "%"}
"""Separators and letters of other scripts, and those they are read as."""
_JOINT = frozenset({" ", "-", "\u2011", "\u00a0", "\u202f", "  ", ""})
_GROUP = re.compile(r"[ \u00a0\u202f\u2009'’](?=\d{3}(?!\d))")
_FIRM_GROUP = re.compile(r"[\u00a0\u202f\u2009](?=\d{3}(?!\d))")
_GROUPED = 3  # digits
_DECIMALS = re.compile(r"[.,]\d+(?![.,]?\d)")
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
_DESIGNATION = re.compile(r"(?:[^\W\d_\u3040-\ud7a3]|(?:\b\w*[^\W\d_a-z]\w*)[-‑])\Z")
_RANGE = re.compile(r"\s?[-–—]\s?|\s(?:to|and|or|à|et|a|y|до|и|إلى|تا)\s", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s\Z", re.IGNORECASE)
_PART = re.compile(r"[\s-](third|quarter|fifth|sixth|eighth|tenth)s?\b", re.IGNORECASE)
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_HALF = re.compile(r"\bhalf (?:an? )?\Z", re.IGNORECASE)
_ONE_PART = re.compile(r"\b(?:half|(?:a|one)[\s-](third|quarter|fifth|tenth))\s+(?:of|the)\b", re.I)
_AND_A_HALF = re.compile(r"\sand a half\b", re.IGNORECASE)


def read(text: str, language: str | None = "en") -> tuple[Number, ...]:
    """The numbers of a text, in order: in digits of any script, and in words of its language.

    `language` is an ISO 639-1 code; None is taken for English, or for Russian, Arabic or Chinese
    by the script. Words are read in the languages of `LANGUAGES`.
    """
    # The texts of articles come through here as well, and are not to stay in memory.
    return _cached(text, language) if len(text) <= _SHORT else _read(text, language)


def values(text: str, language: str | None = "en") -> frozenset[float]:
    """What the numbers that `read` gives are worth. Faster, for it looks at nothing else."""
    plain = _western(text)
    return frozenset(_worth(plain, number)[1] for number in _apart(_found(plain, language)))


def _read(text: str, language: str | None) -> tuple[Number, ...]:
    plain = _western(text)
    return tuple(_ranged(plain, _qualified(plain, _apart(_found(plain, language)))))


def _found(plain: str, language: str | None) -> list[Number]:
    if language is None:
        language = _by_script(plain)
    found = [*_spelt_parts(plain), *_numbers(plain, lexicon(language))]
    if is_han(plain):
        found += han_numbers(plain)
    return sorted(found, key=lambda number: (number.start, -number.end))


_cached = lru_cache(maxsize=1024)(_read)


def _western(text: str) -> str:
    """The same text, of the same length, with digits and separators of other scripts replaced."""
    if text.isascii():
        return text
    marks = {mark for mark in set(text) if not mark.isascii()}
    table = {ord(mark): str(unicodedata.decimal(mark)) for mark in marks if mark.isdecimal()}
    table |= {ord(mark): alike for mark, alike in _ALIKE.items() if mark in marks}
    return text.translate(table) if table else text


def _by_script(text: str) -> str:
    letter = next((mark for mark in text if mark.isalpha() and not mark.isascii()), "")
    if "\u0400" <= letter <= "\u04ff":
        return "ru"
    return "ar" if "\u0600" <= letter <= "\u06ff" else "en"


def _numbers(text: str, words: Lexicon) -> Iterator[Number]:
    """Numbers in digits and words, without their surroundings."""
    run: Sum | None = None
    position = 0
    while match := _next(text, position, words) if run is None else _TOKEN.search(text, position):
        start, position = match.span()
        word = match.group().casefold()
        if run is not None and not _runs_on(run, text, start, position, word, words):
            yield run.number()
            run = None
        if run is None:
            run = _begun(text, start, position, word, words)
        if run is None:
            continue
        position = max(position, run.reached)
        if half := _AND_A_HALF.match(text, position):
            position = half.end()
            run.add_half(position)
        if run.closed:
            yield run.number()
            run = None
    if run is not None:
        yield run.number()


def _next(text: str, position: int, words: Lexicon) -> re.Match[str] | None:
    """The next word that a number may begin with; most do not."""
    begins = words.begins
    return next((each for each in _TOKEN.finditer(text, position) if begins(each.group())), None)


def _runs_on(run: Sum, text: str, start: int, end: int, word: str, words: Lexicon) -> bool:
    """Whether a word belongs to the number before it, which then holds it."""
    if text[run.reached : start] not in _JOINT:
        return False
    if word[0].isdecimal():
        return words.digits_follow and run.follow(_in_digits(text, start, end, words))
    return run.join(end, words) if word in words.joints else run.add(word, end, words)


def _begun(text: str, start: int, end: int, word: str, words: Lexicon) -> Sum | None:
    if word[0].isdecimal():
        return Sum.of_digits(_in_digits(text, start, end, words))
    if word not in words.known and words.ones_first:
        word = word.removeprefix("و")
    return Sum.begun(word, start, end, words) if word in words.known else None


def _in_digits(text: str, start: int, end: int, words: Lexicon) -> Number:
    """The number in digits that begins at `start`, with the groups behind its first token."""
    grouped = _GROUP if words.blanks_group else _FIRM_GROUP
    first = end
    while first - start <= _GROUPED and text[start:first].isdecimal():
        gap = grouped.match(text, end)
        if gap is None:
            break
        end = gap.end() + _GROUPED
    if end > first and (decimals := _DECIMALS.match(text, end)):
        end = decimals.end()
    return _digits(text, start, end, words)


def _digits(text: str, start: int, end: int, words: Lexicon) -> Number:
    written = text[start:end]
    before = text[max(0, start - 24) : start]
    designates = not before.endswith(" ") and _DESIGNATION.search(before)
    if ":" in written or designates or _TIME_OF_DAY.match(text, end):
        return Number(start, end, 0.0, Sort.CODE)
    value = _value(written, words)
    if ordinal := _ORDINAL.match(text, end):
        return Number(start, ordinal.end(), value, Sort.ORDINAL)
    short = _SHORT_SCALE.match(text, end)
    if short and (short[1].casefold() != "m" or _SIGN.search(before)):
        scale = {"b": 1e9, "m": 1e6, "k": 1e3, "t": 1e12}[short[1][0].casefold()]
        return Number(start, short.end(), value * scale)
    return Number(start, end, value)


def _value(written: str, words: Lexicon) -> float:
    if written.isdecimal():
        return float(written)
    plain = re.sub(r"[ \u00a0\u202f\u2009'’]", "", written)
    points = words.points_group or "," in plain  # "1.234,5" can't be anything else
    if (points and _POINTS.fullmatch(plain)) or _SEVERAL_POINTS.fullmatch(plain):
        return float(plain.replace(".", "").replace(",", "."))
    if _COMMAS.fullmatch(plain) and not (words.blanks_group or words.points_group):
        return float(plain.replace(",", ""))
    if plain.count(",") == 1 and "." not in plain:
        return float(plain.replace(",", "."))
    first, _, rest = plain.partition(".")
    return (
        float(f"{first}.{rest}".replace(",", ""))
        if rest.isdecimal()
        else float(first.replace(",", ""))
    )


def _spelt_parts(text: str) -> Iterator[Number]:
    """ "A third of", "half the"."""
    lower = text.lower()
    if not any(part in lower for part in ("half", *_PARTS)):
        return
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
        start, value, part = _worth(text, number)
        if part is not None:
            yield number._replace(end=part.end(), value=value, sort=Sort.SHARE)
            continue
        if number.sort in (Sort.CODE, Sort.ORDINAL):
            yield number
            continue
        unit = unit_beside(text, start, number.end)
        bound = number.bound
        if bound is Bound.EXACT:
            bound = bound_beside(text, start, number.end, unit)
        sort = Sort.SHARE if unit == "%" else number.sort
        yield Number(start, number.end, value, sort, bound, unit)


def _worth(text: str, number: Number) -> tuple[int, float, re.Match[str] | None]:
    """Where a number begins and what it is worth, of which a part or a half may be told."""
    start, value = number.start, number.value
    if number.sort in (Sort.CODE, Sort.ORDINAL):
        return start, value, None
    if part := _PART.match(text, number.end):
        return start, 100 * value / _PARTS[part[1].casefold()], part
    if half := _HALF.search(text, max(0, start - 8), start):
        return start - len(half.group()), value / 2, None
    return start, value, None


def _ranged(text: str, found: Iterator[Number]) -> Iterator[Number]:
    """Numbers, those that are the ends of a range marked so."""
    last: Number | None = None
    for number in found:
        current = number
        if last is not None:
            if current.unit == "%" and last.sort is Sort.COUNT and last.unit is None:
                share = last._replace(sort=Sort.SHARE, unit="%")
                last = share if _are_ends(text, share, current) else last
            if _are_ends(text, last, current):
                last = last._replace(bound=Bound.BETWEEN, unit=last.unit or current.unit)
                current = current._replace(bound=Bound.BETWEEN)
            yield last
        last = current
    if last is not None:
        yield last


def _are_ends(text: str, first: Number, second: Number) -> bool:
    link = _RANGE.fullmatch(text, first.end, second.start)
    if not link or first.sort is not second.sort or first.value >= second.value:
        return False
    before = text[max(0, first.start - 8) : first.start]
    return link.group().strip() != "and" or _BETWEEN.search(before) is not None
