"""Words that speak for a value: what a sentence must hold for the value to be offered.

Small models choose well between a few values and badly between thirty. Where a strategy closes
the lists (the `core` size on a grammar server), a sentence is offered for a section only if it
holds a cue of it, and a value only if one of its own cues stands in the sentence. Values without
cues are always offered. English only; articles in other languages are asked with open lists.

A cue is a regular expression, matched in any case at the start of a word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from summarizer.schemas.english import ENGLISH, STANDINGS, TO_COME
from summarizer.schemas.vocabularies import ActivityType, ClaimStatus, MeetingStatus, Realis

if TYPE_CHECKING:
    from summarizer.schemas.vocabulary import Vocabulary

TOPICS = ("war", "military", "diplomacy", "security", "international politics", "terrorism")
"""Topics of articles that can hold what sections with cues are made of."""
OTHER_TOPICS = (
    "domestic politics",
    "business",
    "science",
    "technology",
    "sport",
    "culture",
    "entertainment",
    "crime",
    "accident",
    "health",
)
"""Topics of articles that can't, however warlike their words."""

MILITARY = (
    r"arm(?:y|ies)\b|troops\b|soldiers?\b|navy\b|naval\b|military\b|missiles?\b|rockets?\b"
    r"|artillery\b|drones?\b|brigades?\b|battalions?\b|regiments?\b|warships?\b|frigates?\b"
    r"|air force|armed forces|militias?\b|rebels?\b|ceasefires?\b|truces?\b|shell(?:s|ed|ing)\b"
    r"|peacekeep\w+|garrisons?\b|munitions?\b|general staff|defen[cs]e minist\w+"
)
"""Words of armed forces and their business, which are seldom figures of speech."""
MILITARY_SHARE = 8 / 1000
"""Of the words of an article, from which on it is of `TOPICS`. Chosen on the suite's dev split:
its negatives have 2 to 3 in a thousand, articles on armed conflict mostly 9 to 37."""

ACTIVITY = "|".join(ENGLISH[ActivityType].values())
"""A military activity has one of these."""
PURPOSE = (
    r"aim(?:ed|s|ing)? (?:at|to)|in order to|so as to|designed to|intend(?:ed|s|ing)? to|meant to"
    r"|seek(?:s|ing)? to|sought to|purpose|goal|pretext|cover for|justif|motiv"
    r"|strateg(?:y|ic move) to|bid to|effort to|attempt to|in response to|in retaliation|in reveng"
    r"|to aveng|hop(?:es|ed|ing) to|send(?:s|ing)? (?:a|an|its|the) (?:\w+ )?(?:message|signal)"
    r"|signal"
    r"|to (?:deter|counter|assert|weaken|pressure|disrupt|degrade|punish|intimidate|destabili)"
)
"""A motive needs one of these: an effect is no purpose."""
JUDGEMENT = (
    r"warn|assess|believ|expect|predict|could|likely|concern|suggest|pose|shows?\b|demonstrat"
    r"|describ|argu|estimat|fear|consider|analys|expert|should|must|need (?:to|for)|threat"
    r"|challenge|capab|risk|think|view|condemn|critici|call(?:ed|s) (?:it|the|for|on)|serious"
    r"|danger|violat|impl(?:y|ied)"
)
"""A judgement, and not only a report, has one of these."""
ENCOUNTER = (
    r"me(?:e)?t(?:s|ing|ings)?\b(?! the (?:need|demand|target|condition|deadline|standard))"
    r"|summit|(?:held|hold|holds|holding|began|opened|resumed?|concluded?|for|in|during"
    r"|after) (?:[\w-]+ ){0,2}(?:talks|discussions|consultations|negotiations)"
    r"|talks (?:with|between|in\b|on\b|began|opened|were)"
    r"|negotiat(?:ed|ing|ions) (?:with|between|in)|visit(?:s|ed|ing)?\b"
    r"|travel(?:s|ed|led|ling)? to|phone(?:d)?\b|telephone|spoke (?:with|to|by)|hosted"
    r"|dialogue (?:with|between)|(?<!news )(?<!press )conference"
    r"|sign(?:ed|ing)? (?:an?|the) (?:\w+ )?(?:agreement|treaty|deal|memorandum|accord|pact)"
)
"""A meeting has one of these."""

AIMLESS = frozenset(
    {
        ActivityType.JOINT_EXERCISE.value,
        ActivityType.NATIONAL_EXERCISE.value,
        ActivityType.WEAPONS_TEST.value,
        ActivityType.DEPLOYMENT.value,
        ActivityType.ALERT.value,
        ActivityType.WITHDRAWAL.value,
        ActivityType.CEASEFIRE.value,
        ActivityType.NUCLEAR_ACTIVITY.value,
        ActivityType.ACCIDENT.value,
        ActivityType.FORCE_DEVELOPMENT.value,
        ActivityType.OTHER.value,
    }
)
"""Types of activity that are done to nobody."""

_DONE = frozenset({Realis.OCCURRED.value, Realis.ONGOING.value, MeetingStatus.HELD.value})
_RESIDUAL = frozenset({"other", "unknown"})


def offered(vocabulary: type[Vocabulary], text: str) -> tuple[Vocabulary, ...]:
    """The values whose cues stand in `text`, and those that have no cues; at least one.

    "other" and "unknown" are for want of anything better. That something happened is not offered
    where the sentence says that it is still to come: a small model takes the commonest value
    whenever it may. Of a vocabulary without cues, every value.
    """
    cues = ENGLISH.get(vocabulary)
    if cues is None:
        return tuple(vocabulary)
    found = [value for value in vocabulary if value not in cues or _stands(cues[value], text)]
    if _stands(TO_COME, text):
        found = [value for value in found if value not in _DONE] or found
    return tuple(value for value in found if value not in _RESIDUAL) or tuple(found)


def hits(pattern: str, text: str) -> int:
    """How many different cues of `pattern` stand in `text`."""
    return len({match.group().casefold() for match in _compiled(pattern).finditer(text)})


def is_military(text: str) -> bool:
    """Whether an article is of `TOPICS` by its words alone: if not, it still may be."""
    found = sum(1 for _ in _compiled(MILITARY).finditer(text))
    return found >= MILITARY_SHARE * len(text.split())


def standing(text: str) -> tuple[ClaimStatus, str | None]:
    """How a sentence says that its source stands to what it says, and the cue that tells.

    Without a cue the narrator asserts it.
    """
    for status, pattern in STANDINGS:
        found = _compiled(rf"(?:{pattern})\b").search(text)
        if found:
            return status, found.group()
    return ClaimStatus.ASSERTED, None


def _stands(pattern: str, text: str) -> bool:
    return _compiled(pattern).search(text) is not None


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE)
