"""Abbreviations that an article spells out: "International Atomic Energy Agency (IAEA)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from summarizer.identity.words import FUNCTION
from summarizer.names import normal_form

if TYPE_CHECKING:
    from summarizer.article import Article

LONGEST = 80
"""Characters of a name that is spelt out."""
_ASIDE = re.compile(r"[(（]\s*[\"“«]?([^()（）]{2,80}?)[\"”»]?\s*[)）]")
_SHORT = re.compile(r"[^\W\d_][\w.&-]{1,11}")
_WORD = re.compile(r"[^\W_][\w’'&-]*")
_LEAST = 2
_MOST_WORDS = 10


def expansions(article: Article) -> dict[str, str]:
    """For each abbreviation that the text explains, in normal form, the name that it stands for.

    An abbreviation that is explained in two ways stands for neither.
    """
    found: dict[str, dict[str, str]] = {}
    for line in article.lines:
        if "(" not in line and "（" not in line:
            continue
        for short, full in _explained(line):
            found.setdefault(normal_form(short), {}).setdefault(normal_form(full), full)
    return {short: next(iter(full.values())) for short, full in found.items() if len(full) == 1}


def abbreviates(short: str, name: str) -> bool:
    """Whether `short` is made of the beginnings of the words of `name`, in their order.

    Each word that isn't a function word gives one letter or more; Chinese names give characters.
    """
    letters = normal_form(short).replace(" ", "")
    words = normal_form(name).split()
    if len(letters) < _LEAST or not words or letters == "".join(words):
        return False
    if len(words) == 1:
        return _is_unspaced(name) and _gives(letters, words[0])
    return _made_of(letters, tuple(words))


def _explained(sentence: str) -> Iterator[tuple[str, str]]:
    for aside in _ASIDE.finditer(sentence):
        inner, before = aside[1].strip(), sentence[: aside.start()].rstrip()[-LONGEST:]
        if _is_abbreviation(inner):
            full = _last_name(inner, before)
            if full:
                yield inner, full
            continue
        # The other way about: IAEA (International Atomic Energy Agency).
        words = before.split()
        if words and _is_abbreviation(words[-1]) and abbreviates(words[-1], inner):
            yield words[-1], inner


def _is_abbreviation(text: str) -> bool:
    """Whether a text is one word with two capitals or more, or in a script without any."""
    if not _SHORT.fullmatch(text):
        return False
    return sum(map(str.isupper, text)) >= _LEAST or _is_unspaced(text)


def _last_name(short: str, before: str) -> str | None:
    """The words at the end of `before` that `short` is made of."""
    words = list(_WORD.finditer(before))[-_MOST_WORDS:]
    for first in reversed(words):
        full = before[first.start() :]
        if first.group().casefold() not in FUNCTION and abbreviates(short, full):
            return full
    return None


@lru_cache(maxsize=1024)
def _made_of(letters: str, words: tuple[str, ...]) -> bool:
    if not words:
        return not letters
    word, rest = words[0], words[1:]
    if word in FUNCTION and _made_of(letters, rest):
        return True
    most = min(len(word), len(letters))
    for taken in range(1, most + 1):
        if word[taken - 1] != letters[taken - 1]:
            break
        if _made_of(letters[taken:], rest):
            return True
    return False


def _gives(letters: str, name: str) -> bool:
    """Whether `letters` stand in `name` in their order, from its first one on."""
    if len(letters) >= len(name) or letters[0] != name[0]:
        return False
    rest = iter(name)
    return all(letter in rest for letter in letters)


def _is_unspaced(text: str) -> bool:
    return all("\u2e80" <= mark <= "\u9fff" or "\uac00" <= mark <= "\ud7af" for mark in text)
