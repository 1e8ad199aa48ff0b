"""Clauses: the stretches of a sentence in which a negation, a plan or a doer reaches.

Cut by rule, without a parser: at stops, dashes and closing quotation marks, before words that
open a clause, and before a coordinated verb. A phrase that tells of something as given ("after the
attack", "citing the strike") is cut off as well, since what is said of the main verb isn't said of
it. Made for English; the punctuation and the conjunctions of some other languages are known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_OPENERS = (
    # English
    r"but|while|whilst|whereas|although|though|because|when|whenever|after|before|until|till"
    r"|unless|if|since|who|whom|whose|which|where|whether|that|despite|following|citing|saying"
    r"|adding|noting|claiming|alleging|suggesting|insisting|warning|amid"
    # French
    r"|mais|tandis que|alors que|bien que|parce que|lorsque|après|avant|dont"
    # Spanish
    r"|pero|mientras|aunque|cuando|después|antes"
    # Russian and Ukrainian
    r"|но|однако|хотя|что|чтобы|когда|если|после|котор\w+|але|проте|хоча|щоб|коли|якщо|після|як\w+"
    # Turkish
    r"|ancak|fakat|ama"
)
_AUXILIARY = (
    r"is|are|was|were|has|have|had|does|did|do|will|would|could|may|might|must|should|can|shall"
)
_FINITE = (
    rf"(?:{_AUXILIARY}|said|says|told|vowed|held|met|sent|took|began|left|struck|hit|shot|fell|fled|broke|won|lost"
    r"|made|gave|put|kept|brought|seized|\w{3,}ed|n['’]t)\b"
)
_WORD = rf"(?!(?:and|or|of|in|at|on|to|for|from|by|with|{_AUXILIARY})\b)[\w'’-]+\s"
_DOER = rf"(?:{_WORD}){{1,4}}?"
_CUT = re.compile(
    r"(?:[;:；：،。]\s?|\s[-–—]\s|—|[,.?!][\"”’»]\s|[”»]\s(?=[a-zа-я]))"
    rf"|(?:,\s(?=(?:and|or|nor|so|yet|as|et|y|и|а|і|та|ve)\s)|[,，]\s?(?=(?:{_OPENERS})\b))"
    rf"|(?:,\s(?={_DOER}{_FINITE}))"
    rf"|(?:\s(?=(?:{_OPENERS})\s))"
    rf"|(?:\s(?=(?:and|then)\s(?:then\s|also\s|later\s)?(?:{_DOER})?{_FINITE}))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence, from `start` to before `end`, and its text."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=1024)
def clauses(sentence: str) -> tuple[Clause, ...]:
    """The clauses of a sentence, in order; one at least, if it isn't blank.

    Its white space is expected to be single blanks, as `Passage.text` has it.
    What stands between two of them is the punctuation or the blank at which they are cut.
    """
    found: list[Clause] = []
    start = 0
    for match in _CUT.finditer(sentence):
        _add(found, sentence, start, match.start())
        start = match.end()
    _add(found, sentence, start, len(sentence))
    return tuple(found)


def clause_at(sentence: str, position: int) -> Clause | None:
    """The clause that holds a position of a sentence; None between two of them."""
    for clause in clauses(sentence):
        if position < clause.end:
            return clause if clause.start <= position else None
    return None


def clauses_with(sentence: str, pattern: re.Pattern[str]) -> tuple[Clause, ...]:
    """The clauses in which a pattern matches, or begins to: it may run over their ends."""
    starts = [match.start() for match in pattern.finditer(sentence)]
    return tuple(c for c in clauses(sentence) if any(c.start <= at < c.end for at in starts))


def _add(found: list[Clause], sentence: str, start: int, end: int) -> None:
    text = sentence[start:end]
    if text.strip():
        found.append(Clause(start, end, text))
