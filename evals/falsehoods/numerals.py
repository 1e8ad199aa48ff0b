"""Numbers in a text, as digits and in words, and others to put in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
_FRENCH = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
)
_TENS = "thirty forty fifty sixty seventy eighty ninety"
_DIZAINES = "vingt trente quarante cinquante soixante"
_CARDINALS: Mapping[str, Mapping[int, str]] = {
    "en": {
        **dict(enumerate(_ENGLISH.split())),
        **dict(zip(range(30, 91, 10), _TENS.split(), strict=True)),
    },
    "fr": {
        **dict(enumerate(_FRENCH.split())),
        **dict(zip(range(20, 61, 10), _DIZAINES.split(), strict=True)),
    },
}
# Words of one case each, so that what stands around them still fits.
_RU: tuple[Mapping[int, str], ...] = (
    {2: "два", 3: "три", 4: "четыре"},
    {5: "пять", 6: "шесть", 7: "семь", 8: "восемь", 9: "девять", 10: "десять", 20: "двадцать"},
    {2: "двух", 3: "трёх", 4: "четырёх"},
    {5: "пяти", 6: "шести", 7: "семи", 8: "восьми", 9: "девяти", 10: "десяти"},
)
_ORDINALS: tuple[Mapping[int, str], ...] = (
    {2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth"},
    {2: "deuxième", 3: "troisième", 4: "quatrième", 5: "cinquième", 6: "sixième"},
    {2: "вторая", 3: "третья", 4: "четвёртая", 5: "пятая"},
    {2: "второй", 3: "третий", 4: "четвёртый", 5: "пятый"},
    {20: "vingtaine", 30: "trentaine", 40: "quarantaine", 50: "cinquantaine", 100: "centaine"},
)
_TABLES: Mapping[str, tuple[Mapping[int, str], ...]] = {
    "en": (_CARDINALS["en"], _ORDINALS[0]),
    "fr": (_CARDINALS["fr"], _ORDINALS[1], _ORDINALS[4]),
    "ru": (*_RU, _ORDINALS[2], _ORDINALS[3]),
}
# "one", "un" and "zero" are articles and idioms more often than numbers; nothing takes their place.
_LEAST = 2
_WORDS: Mapping[str, Mapping[str, tuple[int, Mapping[int, str]]]] = {
    language: {
        word: (value, table) for table in tables for value, word in table.items() if value >= _LEAST
    }
    for language, tables in _TABLES.items()
}
_VALUES: Mapping[str, float] = {
    word: value for words in _WORDS.values() for word, (value, _) in words.items()
} | {
    "one": 1, "un": 1, "une": 1, "один": 1, "одна": 1, "both": 2, "оба": 2, "dozen": 12,
    "half": 0.5, "first": 1, "premier": 1, "première": 1, "первая": 1, "hundred": 100, "cent": 100,
    "twice": 2, "single": 1, "pair": 2, "couple": 2, "сто": 100, "douzaine": 12, "thousand": 1000,
}  # fmt: skip
_NUMBER = re.compile(
    r"(?<![\w.,:/–—-])(?P<digits>\d{1,3}(?:[,\u00a0\u202f]\d{3})+|\d+(?:[.,]\d+)?)(?![\w:/–-]|[.,]\d)"
    r"|(?<![\w-])(?P<word>[^\W\d_]+)(?![\w-])"
)
_RISING = re.compile(
    r"(?:at least|no fewer than|no less than|more than|over|above|au moins|plus de|не менее|более"
    r"|свыше|не меньше)(?:\s+\S{1,3})?\s*$",
    re.IGNORECASE,
)
_FALLING = re.compile(
    r"(?:up to|at most|no more than|fewer than|less than|under|below|within|jusqu'à|moins de"
    r"|au plus|не более|менее|до)(?:\s+\S{1,3})?\s*$",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"\b[A-Z]{3,}\s$")
_CLOCK = re.compile(r"\s*(?:[ap]\.?m\b|o'clock|h\d\d\b|GMT\b|UTC\b)", re.IGNORECASE)


class Found(NamedTuple):
    """A number in a text."""

    start: int
    end: int
    value: float
    written: str
    table: Mapping[int, str] | None = None
    """The words of its kind, where it is a word."""


class Bounds(NamedTuple):
    """Which others make a statement false: "at least 12" is true of 10, and "up to 12" of 15."""

    rising: bool = False
    falling: bool = False
    """Only more, only less; both false where any other will do."""


def bounds(text: str, start: int) -> Bounds:
    """What the words before a number make of it."""
    before = text[:start]
    # "no fewer than" is no "fewer than".
    rising = bool(_RISING.search(before))
    return Bounds(rising, not rising and bool(_FALLING.search(before)))


def numbers(text: str, language: str) -> Iterator[Found]:
    """The numbers that can be changed; those of the clock and of names are left out, and "one"."""
    for match in _NUMBER.finditer(text):
        written = match.group()
        if match["digits"] is not None:
            if not _CLOCK.match(text, match.end()) and not _CAPITALS.search(text[: match.start()]):
                yield Found(*match.span(), _value(written), written)
        elif (known := _WORDS[language].get(written.casefold())) is not None:
            yield Found(*match.span(), known[0], written, known[1])


def values(text: str) -> set[float]:
    """The numbers that a text may be said to hold, those that follow from two of them included."""
    plain = {_value(each) for each in re.findall(r"\d+(?:[.,\u00a0\u202f]\d+)*", text)}
    for word in re.findall(r"[^\W\d_]+", text.casefold()):
        if word in _VALUES:
            plain.add(_VALUES[word])
    pairs = {abs(a + sign * b) for a in plain for b in plain for sign in (1, -1)}
    return plain | pairs


def others(value: float, taken: set[float], limits: Bounds) -> list[float]:
    """Values that are plainly not this one, nor any that is taken; the nearest last."""
    more = [value * 3, value * 10, value * 2, value + 5, round(value * 1.5)]
    less = [value // 3, value // 2, value - 5, round(value * 0.6)]
    wanted = more if limits.rising else less if limits.falling else [*more, *less]
    found = (round(each, 2) for each in wanted)
    return [
        each for each in dict.fromkeys(found)
        if each >= _LEAST and each not in taken and abs(each - value) >= 0.3 * value
    ]  # fmt: skip


def rewritten(found: Found, value: float) -> str | None:
    """Another value in the manner of the first, digits or a word; None where there is no word."""
    if found.table is None:
        if found.value != int(found.value):
            point = "," if "," in found.written else "."
            return f"{value:.1f}".replace(".", point)
        mark = next((mark for mark in ",\u00a0\u202f" if mark in found.written), ",")
        return f"{int(value):,}".replace(",", mark) if value >= 10_000 else str(int(value))
    word = found.table.get(int(value))
    return word.capitalize() if word and found.written[0].isupper() else word


def other_words(found: Found, taken: set[float], limits: Bounds) -> list[str]:
    """All words of its own kind that make another number of it."""
    if found.table is None:
        return []
    fitting = [
        each
        for each in found.table
        if each >= _LEAST
        and each not in taken
        and abs(each - found.value) >= 0.3 * found.value
        and not (limits.rising and each < found.value)
        and not (limits.falling and each > found.value)
    ]
    words = [found.table[each] for each in fitting]
    return [word.capitalize() for word in words] if found.written[0].isupper() else words


def _value(written: str) -> float:
    plain = re.sub(r"[,.\u00a0\u202f](?=\d{3}(?!\d))", "", written).replace(",", ".")
    plain = re.sub(r"[\u00a0\u202f]", "", plain)
    try:
        return float(plain)
    except ValueError:
        return float(re.sub(r"\D", "", plain))
