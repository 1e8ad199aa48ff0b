"""Spellings that are one name: transliterations, Cyrillic cases, Arabic letters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice, product

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "ı": "i", "ð": "d", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)
_SHORT = 4
"""Letters up to which a Latin word is left as it is: too little is left of it to tell it by."""
# What one sound is written as, in names out of Slavic languages and Arabic.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^m[ou]h+am+[ae]d$", "muhamad"),
        (r"^h[ie][sz]b[aou]l+ah$", "hizbulah"),
        (r"^h[uo]s+(?:ei|ai|ay|ey)n$", "husain"),
        (r"(?:^|(?<=[aeiou]))ye", "e"),
        (r"kh", "h"),
        (r"gh", "g"),
        (r"dh", "d"),
        (r"dzh|dj", "j"),
        (r"ou|oo", "u"),
        (r"ae", "ai"),
        (r"q", "k"),
        (r"x", "ks"),
        (r"(?<=[aeo])[ij]$", "y"),
        (r"(?:iy|yy|yj|ij|ii|yi|i)$", "y"),
        (r"([^\W\d])\1+", r"\1"),
    )
)
_SOUNDED = re.compile("|".join(pattern.pattern for pattern, _ in _SOUNDS))
"""A word without any of these sounds stays as it is, as most do."""
_ROMAN = dict(
    zip("абвгґдезийклмнопрстуфыэєіїў", "abvggdeziyklmnoprstufyeeiiu", strict=True)
) | {
    "ё": "e", "ж": "zh", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "",
    "ю": "yu", "я": "ya",
}  # fmt: skip
_ENDINGS = frozenset(
    re.findall(
        r"\w+",
        "ого его ому ему ыми ими ами ями ую юю ая яя ой ей ою ею ий ый ій ым им ом ем ём ых их ах"
        " ях ью ии ия ією ії а я о е ё у ю ы и і ь й",
    )
)
_LEAST_STEM = 3
_LONGEST_ENDING = 3
_MOST_FORMS = 16
"""Forms of one name: of many inflected words, the likeliest endings are enough."""
_ARABIC = str.maketrans("أإآٱىةؤئ", "اااايهوي", "ًٌٍَُِّْـ")


@lru_cache(maxsize=2048)
def spelt(words: tuple[str, ...]) -> frozenset[str]:
    """The forms that a name of these words, in normal form, shares with its other spellings."""
    if all(map(str.isascii, words)):
        return frozenset({" ".join(map(_sounded, words))})
    ways = product(*map(_forms, words))
    forms = {" ".join(way) for way in islice(ways, _MOST_FORMS)}
    if any(map(_is_cyrillic, words)):
        forms.add(" ".join(_sounded(_romanised(word)) for word in words))
    return frozenset(forms)


@lru_cache(maxsize=2048)
def _forms(word: str) -> tuple[str, ...]:
    if word.isascii():
        return (_sounded(word),)
    if _is_cyrillic(word):
        return _stems(word)
    if "\u0600" <= word[0] <= "\u06ff":
        return (_arabic(word),)
    marks = unicodedata.normalize("NFKD", word).translate(_LETTERS)
    plain = "".join(mark for mark in marks if not unicodedata.combining(mark))
    return (_sounded(plain) if plain.isascii() else word,)


def _sounded(word: str) -> str:
    """A Latin word as other transliterations would have it as well."""
    if word == "el":
        return "al"
    if len(word) <= _SHORT or not _SOUNDED.search(word):
        return word
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def _stems(word: str) -> tuple[str, ...]:
    """What a Cyrillic word may be without its case ending: "Сергея" has one of "Сергей"."""
    if len(word) <= _SHORT:
        return (word,)
    longest = min(_LONGEST_ENDING, len(word) - _LEAST_STEM)
    stems = [word[:-cut] for cut in range(1, longest + 1) if word[-cut:] in _ENDINGS]
    return tuple(stems) or (word,)


def _arabic(word: str) -> str:
    """An Arabic word without vowel signs, article and case, and with one shape of each letter."""
    plain = word.translate(_ARABIC)
    if len(plain) <= _SHORT:
        return plain
    plain = plain.removeprefix("ال")
    return f"{plain[:-2]}ون" if plain.endswith("ين") else plain


def _romanised(word: str) -> str:
    return "".join(_ROMAN.get(letter, letter) for letter in word)


def _is_cyrillic(word: str) -> bool:
    return "\u0400" <= word[:1] <= "\u04ff"
