"""A text beside the sentence that it follows word for word: what was put in, left out, replaced."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
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
    mine, other = [word.casefold() for word in ours], [word.casefold() for word in theirs]
    least = max(LEAST, _CLOSE * len(ours))
    if sum(map({*other}.__contains__, mine)) < least:
        return None
    pairs = SequenceMatcher(None, other, mine, autojunk=False)
    steps = pairs.get_opcodes()
    same = sum(b - a for kind, a, b, _, _ in steps if kind == "equal")
    if same < least:
        return None
    return Alignment(
        same,
        tuple(
            Difference(
                tuple(theirs[a:b]),
                tuple(ours[c:d]),
                inside=a > 0 and b < len(theirs) and c > 0 and d < len(ours),
                at_start=a == c == 0,
            )
            for kind, a, b, c, d in steps
            if kind != "equal" and b - a <= _BETWEEN and d - c <= _BETWEEN
        ),
    )
