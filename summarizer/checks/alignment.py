"""A text beside the sentence that it follows word for word: what was put in, left out, replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.checks.words import WORD

LEAST = 4
"""Words that a sentence and a text must have in common to be compared word by word."""
_LONGEST = 160
"""Words of a text that are compared one by one; a longer one is no sentence."""
_CLOSE = 0.7
"""Share of a text's words that a sentence must have, in order, for the two to be compared so."""
_BETWEEN = 4
"""Words that a difference may have on either side; a longer one is another sentence."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of a sentence, and those that a text has in their place; either may be none."""

    theirs: tuple[str, ...]
    ours: tuple[str, ...]
    inside: bool
    """Whether both have the same words before it, and after it."""
    at_start: bool
    """Whether both begin with it."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """A text that follows a sentence: how many words are the same, and where they differ."""

    same: int
    differences: tuple[Difference, ...]


@lru_cache(maxsize=1024)
def alignment(text: str, sentence: str) -> Alignment | None:
    """How a text follows a sentence; None, if it doesn't."""
    ours, theirs = WORD.findall(text), WORD.findall(sentence)
    if not LEAST <= len(ours) <= _LONGEST or len(theirs) > _LONGEST:
        return None
    pairs = _pairs([word.casefold() for word in theirs], [word.casefold() for word in ours])
    least = max(LEAST, _CLOSE * len(ours))
    if len({b for _, b in pairs}) < least:
        return None
    blocks = _blocks(pairs)
    same = sum(size for _, _, size in blocks)
    if same < least:
        return None
    differences: list[Difference] = []
    a = b = 0
    for start, other, size in [*blocks, (len(theirs), len(ours), 0)]:
        if (start, other) != (a, b) and start - a <= _BETWEEN and other - b <= _BETWEEN:
            inside = a > 0 and start < len(theirs) and b > 0 and other < len(ours)
            words = tuple(theirs[a:start]), tuple(ours[b:other])
            differences.append(Difference(*words, inside, at_start=a == b == 0))
        a, b = start + size, other + size
    return Alignment(same, tuple(differences))


def _pairs(theirs: Sequence[str], ours: Sequence[str]) -> list[tuple[int, int]]:
    """Where both have the same word, in order."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(ours):
        places.setdefault(word, []).append(place)
    return [(a, b) for a, word in enumerate(theirs) for b in places.get(word, ())]


def _blocks(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """The runs of words that are the same, each with where it begins in the one and the other, and
    its length: the longest, the first of several, and those before it and after it in both.

    As `difflib.SequenceMatcher` has them, which takes most of its time to be set up.
    """
    if not pairs:
        return []
    ends: dict[tuple[int, int], int] = {}
    start, other, size = 0, 0, 0
    for a, b in pairs:
        length = ends[a, b] = ends.get((a - 1, b - 1), 0) + 1
        if length > size:
            start, other, size = a - length + 1, b - length + 1, length
    before = [(a, b) for a, b in pairs if a < start and b < other]
    after = [(a, b) for a, b in pairs if a >= start + size and b >= other + size]
    return [*_blocks(before), (start, other, size), *_blocks(after)]
