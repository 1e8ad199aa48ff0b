"""The words by which a sentence tells of an act of a type: nouns and verbs, done or not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from summarizer.checks.moods import pattern
from summarizer.schemas.english import ENGLISH
from summarizer.schemas.vocabularies import ActivityType, MeetingStatus

if TYPE_CHECKING:
    from summarizer.checks.statements import Statement

_STRIKES = (
    r"str(?:ikes?|iking|uck)\b|attack\w*|bomb\w*|shell\w*|hit(?:s|ting)?\b|bombard\w*|raid\w*"
    r"|pound\w*|fir(?:e|es|ed|ing) (?:on|at|missiles|rockets|drones|shells)\b"
)
_EXERCISES = r"exercis\w*|drill\w*|rehears\w*|practi[sc]\w*|war ?gam\w*"
_VERBS: Mapping[ActivityType, str] = {
    ActivityType.AIR_STRIKE: _STRIKES,
    ActivityType.DRONE_STRIKE: _STRIKES,
    ActivityType.MISSILE_OR_ARTILLERY_STRIKE: _STRIKES,
    ActivityType.GROUND_CLASH: (
        rf"{_STRIKES}|clash\w*|f(?:ight\w*|ought)\b|storm(?:s|ed|ing)?\b|ramm\w*"
    ),
    ActivityType.JOINT_EXERCISE: _EXERCISES,
    ActivityType.NATIONAL_EXERCISE: _EXERCISES,
    ActivityType.WEAPONS_TEST: r"test(?:s|ed|ing)?\b|launch\w*|fir(?:ed|es|ing)\b",
    ActivityType.WITHDRAWAL: r"l(?:eft|eaves?|eaving)\b|vacat\w*|lift(?:s|ed|ing)?\b|abandon\w*",
    ActivityType.ARMS_TRANSFER: r"deliver\w*|suppl\w*|s(?:end|ent|old|ell)\b|shipp?\w*|transfer\w*",
    ActivityType.SEIZURE_OR_INTERDICTION: r"board(?:s|ed|ing|ings)\b|stopp(?:ed|ing)\b|captur\w*",
    ActivityType.PRISONER_RELEASE: r"releas\w*|freed?\b|freeing\b|hand(?:ed|ing) over|swapp?\w*",
    ActivityType.DETENTION: r"held\b|hold(?:s|ing)?\b|jail\w*|captur\w*",
    ActivityType.DEPLOYMENT: r"sent\b|send(?:s|ing)?\b|station\w*|mov(?:e|es|ed|ing)\b",
    ActivityType.ABDUCTION: r"seiz\w*|snatch\w*|captur\w*|t(?:ook|aken|aking)\b",
    ActivityType.TERRITORIAL_CHANGE: r"t(?:ook|aken|aking)\b|fell\b|seiz\w*|enter\w*|advanc\w*",
}
"""Other words that can tell of an act of a type, where there is one of that type."""


def cue_of(statement: Statement) -> re.Pattern[str] | None:
    """The words that speak for the act of a statement: for its type, or for its section.

    None where its schema doesn't say what these could be, and in other languages than English.
    """
    if statement.passage.language not in ("en", None):
        return None
    for _, value in statement.values(ActivityType):
        cues = [c for c in (ENGLISH[ActivityType].get(value), _VERBS.get(value)) if c]
        return pattern("|".join(cues)) if cues else None
    if statement.cued is not None and statement.value(MeetingStatus) is not None:
        return pattern(statement.cued.pattern)
    return None
