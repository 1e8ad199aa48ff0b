"""Spellings that are one name: transliterations, Cyrillic cases, Arabic letters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

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
        (r"(.)\1+", r"\1"),
    )
)
_ROMAN = dict(
    zip("абвгґдезийклмнопрстуфыэєіїў", "abvggdeziyklmnoprstufyeeiiu", strict=True)
) | {
    "ё": "e", "ж": "zh", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "",
    "ю": "yu", "я": "ya",
}  # fmt: skip
_ENDING = re.compile(
    "(?:ого|его|ому|ему|ыми|ими|ами|ями|ую|юю|ая|яя|ой|ей|ою|ею|ий|ый|ій|ым|им|ом|ем|ём|ых|их|ах|ях"
    "|ов|ью|ию|ии|ия|ією|ії|а|я|о|е|ё|у|ю|ы|и|і|ь|й)$"
)
_LEAST_STEM = 3
_ARABIC = str.maketrans("أإآٱىةؤئ", "اااايهوي", "ًٌٍَُِّْـ")


@lru_cache(maxsize=32768)
def spelt(words: tuple[str, ...]) -> frozenset[str]:
    """The forms that a name of these words, in normal form, shares with its other spellings."""
    forms = {" ".join(map(_form, words))}
    if any(map(_is_cyrillic, words)):
        forms.add(" ".join(_form(_romanised(word)) for word in words))
    return frozenset(forms)


@lru_cache(maxsize=32768)
def _form(word: str) -> str:
    if word.isascii():
        return _sounded(word)
    if _is_cyrillic(word):
        return _stem(word)
    if "\u0600" <= word[0] <= "\u06ff":
        plain = word.translate(_ARABIC)
        plain = plain.removeprefix("ال") if len(plain) > _SHORT else plain
        return f"{plain[:-2]}ون" if len(plain) > _SHORT and plain.endswith("ين") else plain
    plain = "".join(
        mark for mark in unicodedata.normalize("NFKD", word) if not unicodedata.combining(mark)
    ).translate(_LETTERS)
    return _sounded(plain) if plain.isascii() else word


def _sounded(word: str) -> str:
    if word == "el":
        return "al"
    if len(word) <= _SHORT:
        return word
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def _stem(word: str) -> str:
    """A Cyrillic word without its case ending."""
    if len(word) <= _SHORT:
        return word
    ending = _ENDING.search(word)
    if ending is None or ending.start() < _LEAST_STEM or ending.group() == "ов":
        return word
    return word[: ending.start()]


def _romanised(word: str) -> str:
    return "".join(_ROMAN.get(letter, letter) for letter in word)


def _is_cyrillic(word: str) -> bool:
    return "\u0400" <= word[:1] <= "\u04ff"
