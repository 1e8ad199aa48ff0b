"""Words that are made of names: "Russian" of Russia."""

from __future__ import annotations

import re

from summarizer.names.vocabulary import ADJECTIVES, DIRECTIONS
from summarizer.schemas.places import country_code

_EDGE = re.compile(r"\b")
_MADE = re.compile(r"(?:n|an|ian|ese|ish|i)s?\b")
_ADJECTIVAL = re.compile(r"(?:ian|ean|ese|ish|ench|utch)$")


def is_adjective(word: str) -> bool:
    """Whether a word, in small letters, is one that people and things of a place are called."""
    return word in ADJECTIVES or (len(word) > 5 and bool(_ADJECTIVAL.search(word)))


def is_people(words: list[str]) -> bool:
    """Whether words are what people and things of a half of a country are called."""
    first, last = words[0].casefold(), words[-1].casefold().removesuffix("s")
    return len(words) == 2 and first in DIRECTIONS and is_adjective(last)


def adjective_of(name: str, text: str) -> bool:
    """Whether `text` has an adjective made of a name of one word, or of a country's: "Russian"."""
    if len(name) < 4 or (" " in name and country_code(name) is None):
        return False
    stem = name[:-1] if name[-1] in "aeoy" else name
    # To make a pattern of each name would take longer.
    start = text.find(stem)
    while start >= 0:
        if _EDGE.match(text, start) and _MADE.match(text, start + len(stem)):
            return True
        start = text.find(stem, start + 1)
    return False
