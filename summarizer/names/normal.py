"""The form in which names are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

_SHORT = 200  # characters: what is longer is a text and not worth keeping

_PUNCTUATION = re.compile(r"[^\w\s]|_")
# Marks without a letter before them, where nothing but words and marks is left.
_UNBORNE = re.compile(r"(?<!\S)[^\w\s]+")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b")
_ABBREVIATION = re.compile(r"\b(?:\w\.){2,}")
# What texts in Latin script are written with, but for letters: marks that mean the same here.
_TYPOGRAPHY = tuple(zip("‘’“”–—\u00a0", '"\'""-- ', strict=True))
_MARKS = bytes(
    code if chr(code).isalnum() or chr(code) == "\n" else ord(" ") for code in range(256)
)
_ASCII_POSSESSIVE = re.compile(r"'s\b(?<=\w's)")
_DOTTED = re.compile(r"\.\w\.")


def normal_form(name: str) -> str:
    """`name` as it is compared: NFKC, case folded, without article, possessive, punctuation.

    Abbreviations lose their dots, so that "U.S." and "US" are one name. Idempotent.
    """
    # The texts of articles come through here as well, and are not to stay in memory.
    return _cached_form(name) if len(name) <= _SHORT else _form(name)


def normal_forms(lines: Sequence[str]) -> list[str]:
    """`normal_form` of each of many lines, which have no line break in them: faster at once."""
    plain = [_plainly_marked(line) for line in lines]
    words = iter(_ascii_text("\n".join(filter(str.isascii, plain))).split("\n"))
    return [
        _without_article(next(words).split()) if alike.isascii() else normal_form(line)
        for line, alike in zip(lines, plain, strict=True)
    ]


def _form(name: str) -> str:
    plain = _plainly_marked(name)
    return _ascii_form(plain) if plain.isascii() else _any_form(name)


def _plainly_marked(text: str) -> str:
    for mark, alike in () if text.isascii() else _TYPOGRAPHY:
        text = text.replace(mark, alike)
    return text


def _ascii_form(name: str) -> str:
    """`_any_form` of ASCII, by a shorter way: most names and sentences go this one."""
    return _without_article(_ascii_words(name))


def _ascii_words(name: str) -> list[str]:
    return _ascii_text(name).split()


def _ascii_text(text: str) -> str:
    """The words of a text in ASCII, with nothing but blanks and its line breaks between them."""
    text = text.lower()
    if _DOTTED.search(text):
        text = _ABBREVIATION.sub(lambda m: m.group().replace(".", ""), text)
    text = _ASCII_POSSESSIVE.sub("", text)
    return text.encode().translate(_MARKS).decode()


def _any_form(name: str) -> str:
    words: list[str] = []
    for plain, run in groupby(name.split(), str.isascii):
        if plain:
            words += _ascii_words(" ".join(run))
        else:
            for word in run:
                words += _cached_words(word) if len(word) <= _SHORT else _other_words(word)
    return _without_article(words)


def _other_words(word: str) -> tuple[str, ...]:
    """What becomes of one word that is not of ASCII: none, or several where it has marks in it."""
    # "Norland™" is not "NorlandTM": a symbol goes before NFKC spells it out.
    text = word.translate({ord(mark): " " for mark in set(word) if _is_symbol(mark)})
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _ABBREVIATION.sub(lambda m: m.group().replace(".", ""), text)
    text = _POSSESSIVE.sub("", text)
    # A text has few different characters: each is looked at once.
    text = text.translate({ord(mark): " " for mark in set(text) if _is_blank(mark)})
    return tuple(_UNBORNE.sub("", unicodedata.normalize("NFKC", text)).split())


def _without_article(words: list[str]) -> str:
    start = 0
    while start < len(words) - 1 and words[start] == "the":
        start += 1
    return " ".join(words[start:])


@lru_cache(maxsize=1024)
def _is_symbol(mark: str) -> bool:
    return unicodedata.category(mark).startswith("S")


@lru_cache(maxsize=1024)
def _is_blank(mark: str) -> bool:
    """Whether a character is as good as a blank: punctuation, but not what letters bear."""
    borne = unicodedata.category(mark) in {"Mn", "Mc"} and not "\ufe00" <= mark <= "\ufe0f"
    return bool(_PUNCTUATION.fullmatch(mark)) and not borne


_cached_form = lru_cache(maxsize=2048)(_form)
_cached_words = lru_cache(maxsize=2048)(_other_words)
