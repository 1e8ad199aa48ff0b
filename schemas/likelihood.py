"""Estimative language: the band of likelihood that the words of ICD 203 stand for.

Source: Intelligence Community Directive 203, Analytic Standards, section D.6.e.(2)(a): seven bands,
each with two wordings.
"""

from __future__ import annotations

import re
from functools import cache

from summarizer.schemas.vocabularies import LikelihoodBand

TERMS = {
    LikelihoodBand.ALMOST_NO_CHANCE: ("almost no chance", "remote"),
    LikelihoodBand.VERY_UNLIKELY: ("very unlikely", "highly improbable"),
    LikelihoodBand.UNLIKELY: ("unlikely", "improbable", "improbably"),
    LikelihoodBand.ROUGHLY_EVEN: ("roughly even chance", "roughly even odds"),
    LikelihoodBand.LIKELY: ("likely", "probable", "probably"),
    LikelihoodBand.VERY_LIKELY: ("very likely", "highly probable"),
    LikelihoodBand.ALMOST_CERTAIN: ("almost certain", "almost certainly", "nearly certain"),
}
"""The directive's words. "Remote" counts by itself or before "chance" and the like."""
VARIANTS = {
    LikelihoodBand.VERY_UNLIKELY: ("highly unlikely", "very improbable"),
    LikelihoodBand.ROUGHLY_EVEN: ("roughly even chances",),
    LikelihoodBand.VERY_LIKELY: ("highly likely", "very probable", "very probably"),
    LikelihoodBand.ALMOST_CERTAIN: ("nearly certainly",),
}
"""The same words in other combinations, which nobody means otherwise."""

# Before a term, these take its band away: a negation names no other band, a comparison none at
# all, and an intensifier of another kind is not the directive's.
_ALTERED_BY = (
    r"(?:\b(?:not|never|hardly|scarcely|no longer|less|more|most|least|as|so|too|how|equally|quite|"
    r"fairly|rather|somewhat|increasingly|extremely|overwhelmingly|exceedingly)|n['’]t)"
)


@cache
def _pattern() -> re.Pattern[str]:
    terms = "|".join(word.replace(" ", r"\s+") for word in _bands() if word != "remote")
    remote = r"remote(?=\s+(?:chance|possibility|likelihood|probability|prospect)|\W*\Z)"
    return re.compile(
        rf"(?:(?P<altered>{_ALTERED_BY})\s+)?\b(?P<term>{terms}|{remote})\b",
        re.IGNORECASE,
    )


@cache
def _bands() -> dict[str, LikelihoodBand]:
    return {
        word: band for table in (TERMS, VARIANTS) for band, words in table.items() for word in words
    }


def band(text: str) -> LikelihoodBand | None:
    """The band that the ICD 203 words in `text` stand for.

    The longest wording counts ("very unlikely" is not "unlikely"). None where no such word stands:
    "could", "may" and "might" have no band. None also where the word is altered by another one,
    since no band follows from it ("not likely", "more likely", "quite likely"), and where words of
    different bands stand in the text, since code can't tell which of them is meant.
    """
    bands = {
        None if match["altered"] else _bands()[" ".join(match["term"].lower().split())]
        for match in _pattern().finditer(text)
    }
    return bands.pop() if len(bands) == 1 else None
