"""Whoever the cited sentences name only as a speaker, a place or a victim did not do it.

Roles are told by the markers of a field: `NotSource` for those who act, with `NotFor` for those
whom it is done to; of an item with a text that begins at a cue, whose aim it is; a list of two or
more at `least`, those who meet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import lru_cache

from summarizer.checks.check import Check, Problem
from summarizer.checks.standing_words import REACH, Part
from summarizer.checks.standings import Standing, others_act, standings, tells_of_others
from summarizer.checks.statements import Statement, Told
from summarizer.names import adjective_of
from summarizer.results import IssueKind, Severity
from summarizer.schemas.cues import hits
from summarizer.schemas.kinds import kind_of
from summarizer.schemas.markers import Limit, NotFor, NotSource
from summarizer.schemas.places import country_code
from summarizer.schemas.vocabularies import ActivityType, MeetingFormat, PartyKind
from summarizer.wire import Kind, Node

_TELLERS = frozenset({PartyKind.MEDIA, PartyKind.THINK_TANK, PartyKind.NGO})
# Done by several together, so that whoever is talked with may take part.
_TOGETHER = frozenset(
    {
        ActivityType.JOINT_EXERCISE,
        ActivityType.CEASEFIRE,
        ActivityType.PRISONER_RELEASE,
        ActivityType.INTELLIGENCE_SHARING,
        ActivityType.TRAINING,
        ActivityType.ARMS_TRANSFER,
        ActivityType.GROUND_CLASH,
    }
)
_FORCEFUL = frozenset(
    {
        ActivityType.AIR_STRIKE,
        ActivityType.DRONE_STRIKE,
        ActivityType.MISSILE_OR_ARTILLERY_STRIKE,
        ActivityType.BOMBING,
        ActivityType.SUICIDE_ATTACK,
        ActivityType.ASSASSINATION,
        ActivityType.ABDUCTION,
        ActivityType.TERRITORIAL_CHANGE,
        ActivityType.BLOCKADE,
        ActivityType.SEIZURE_OR_INTERDICTION,
        ActivityType.CYBER_OPERATION,
        ActivityType.DETENTION,
    }
)
_INITIALS = 2
"""Letters up to which the last word of a name doesn't stand for it."""
_ITSELF = re.compile(
    r"\b(?:it|its|itself|they|them|their|he|his|him|she|her|we|our|ours|us|i|my|both|two sides)\b",
    re.IGNORECASE,
)
_ITS_OWN = re.compile(
    r"\b(?:army|military|forces?|troops|soldiers|government|police|authorities|officials|ministry"
    r"|navy|crews?|command|president|it|its|they|their|we|our)\b",
    re.IGNORECASE,
)
_ARRIVAL = re.compile(
    r"\b(?:visit|arriv|travel|tour|trip|fl(?:y|ies|ew|own)\b|welcom|host|receiv|return)",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:deter|counter|weaken|pressure|punish|intimidate|destabili[sz]e|coerce|compel|contain"
    r"|isolate|topple|overthrow|defeat|destroy|degrade|provoke|threaten|harm|hurt|undermine|disarm"
    r"|humiliate|blackmail|cripple|encircle|starve|crush|eliminate|neutrali[sz]e|repel|dislodge"
    r"|expel|oust|discredit|frighten|scare|warn)(?:s|e?d|ing)?"
    r" (?:(?!(?:on|against|in|for|to|at|near|off|with|into|and|from)\b)[\w'’-]+ ){0,4}\Z"
    r"|\b(?:aimed|directed|targeted) (?:\w+ly )?(?:at|against) (?:the )?\Z"
    r"|\bin (?:retaliation|reprisals?|revenge) for (?:the |an? |its )?(?:[\w-]+ ){0,4}(?:by )\Z",
    re.IGNORECASE,
)
"""What stands before one against whom an aim is. Other aims may be for the good of whom they
name: "to protect him", "to secure its coast"."""
_KEPT = re.compile(
    r"\b(?:keep|hold|drive|push|shut|force|pull|stop|prevent|bar|block|ban|chase|hinder|restrain)"
    r"(?:s|ing)? (?:the )?\Z",
    re.IGNORECASE,
)
_OFF = re.compile(r" (?:out|off|away|from|back|at bay|down|in check)\b")
_ANSWERS = re.compile(
    r"\b(?:which|who|whose|retaliat\w*|respon[ds]\w*|repl(?:y|ies|ied)|return\w* fire|repel\w*"
    r"|counter-?\w*|fend\w*|vow\w*|pledg\w*|threat\w*|warn\w*|promis\w*|answer\w*|resist\w*"
    r"|(?:hit|struck|strik\w+|fir\w+|fought|fight\w*|beat\w*|shot|shoot\w*|push\w*|dr[io]v\w*)"
    r" (?:back|off)|exchang\w*|trad\w+|mutual\w*|each other|in turn|both)\b",
    re.IGNORECASE,
)
"""Words of those who suffer something and do it as well."""
_WHY = {
    Part.SPEAKER: "only tells of it",
    Part.PLACE: "is only a place",
    Part.OTHER: "is the one that the aim is against",
    Part.VICTIM: "is the one that suffers it",
    Part.ATTACKER: "is the one that does it",
    Part.PARTNER: "is only talked with",
    Part.BYSTANDER: "only backs, brokers or judges it",
    Part.NO_PARTY: "is no party",
}


class Role(StrEnum):
    """What a field of references says of those in it."""

    DOER = "does it"
    DONE_TO = "it is done to"
    AIMING = "whose aim it is"
    MEETING = "meets"


def find_roles(statement: Statement) -> Iterator[Problem]:
    """The references of a statement whose bearers have another part in the cited sentences."""
    for told in statement.names:
        role = _role(statement, told)
        part = _wrong(statement, told.value, role) if role is not None else None
        if part is not None:
            yield Problem(_message(statement, told.value, part), told.path)


def _role(statement: Statement, told: Told) -> Role | None:
    if told.node.kind is not Kind.REFERENCE:
        return None
    if told.marker(NotSource) is None:
        limit = told.marker(Limit)
        return Role.MEETING if limit is not None and (limit.least or 0) > 1 else None
    if told.marker(NotFor) is not None:
        return Role.DONE_TO
    return Role.AIMING if _aim(statement.node) else Role.DOER


@lru_cache(maxsize=256)
def _aim(node: Node) -> bool:
    """Whether a statement tells of a purpose: a text of it begins with a cue of one."""
    return any(slot.quoted is not None and slot.quoted.cue for slot in node.fields)


def _wrong(statement: Statement, reference: str, role: Role) -> Part | None:
    """The part that somebody has wherever the cited sentences name him, if it is another."""
    found: Part | None = None
    texts = [statement.passage.text(number) for number in statement.sentences]
    for text in texts:
        for each in _all(statement, reference, text):
            if not _bars(statement, reference, role, each, text):
                return None
            aimed_at = role is Role.AIMING and _aimed_at(each, text)
            found = found or (Part.OTHER if aimed_at else each.part)
    if found and role in (Role.DOER, Role.MEETING):
        by_adjective = any(_by_adjective(statement, reference, text) for text in texts)
        return None if by_adjective else found
    return found


def _all(statement: Statement, reference: str, text: str) -> list[Standing]:
    """Every place where somebody is named in a sentence, under any of his names; longest first."""
    names = statement.passage.names_of(reference)
    last = {name: name.split()[-1] for name in names if " " in name}
    found: list[Standing] = []
    for form in sorted({*names, *last.values()}, key=len, reverse=True):
        places = [
            each
            for each in standings(form, text)
            if not any(o.start < each.end and each.start < o.end for o in found)
        ]
        if places and (form in names or _is_of_a_person(form, last)):
            found += places
    return found


def _is_of_a_person(word: str, last: Mapping[str, str]) -> bool:
    """Whether a word is the last one of a name, by `last`, that may be a person's."""
    if not word[:1].isupper() or len(word) <= _INITIALS:
        return False
    return any(word == other and kind_of(name) is None for name, other in last.items())


def _by_adjective(statement: Statement, reference: str, text: str) -> bool:
    return any(adjective_of(name, text) for name in statement.passage.names_of(reference))


def _bars(statement: Statement, reference: str, role: Role, each: Standing, text: str) -> bool:
    """Whether somebody who stands in a sentence so can't have a role in what it tells."""
    if role is Role.AIMING and _aimed_at(each, text):
        return True
    match each.part:
        case Part.NO_PARTY:
            return True
        case Part.SPEAKER:
            return _only_tells(statement, reference, role, each, text)
        case Part.PLACE:
            return _only_there(statement, reference, role, text)
        case Part.VICTIM:
            act = statement.value(ActivityType)
            forced = act is None or act in _FORCEFUL
            return role is Role.DOER and forced and not _ANSWERS.search(text)
        case Part.ATTACKER:
            forced = statement.value(ActivityType) in _FORCEFUL
            return role is Role.DONE_TO and forced and not _ANSWERS.search(text)
        case Part.PARTNER:
            return role is Role.DOER and statement.value(ActivityType) not in _TOGETHER
        case Part.BYSTANDER:
            return role is not Role.MEETING
        case Part.OTHER:
            return False


def _only_tells(
    statement: Statement, reference: str, role: Role, each: Standing, text: str
) -> bool:
    teller = each.counts or any(
        kind_of(name) in _TELLERS for name in statement.passage.names_of(reference)
    )
    itself = bool(_ITSELF.search(text[: each.start]) or _ITSELF.search(text[each.end :]))
    if role is Role.MEETING:
        return teller or not (itself or _told_in(statement, text))
    own = _all(statement, reference, text)
    if role is not Role.DONE_TO and tells_of_others(text, each, own):
        return True
    if itself:
        return False
    return teller or each.titled or others_act(text, own)


def _told_in(statement: Statement, text: str) -> bool:
    """Whether a sentence has a word in which the items of the section are told."""
    return statement.cued is None or hits(statement.cued.pattern, text) > 0


def _only_there(statement: Statement, reference: str, role: Role, text: str) -> bool:
    if role is Role.DONE_TO or _is_body(statement, reference, text):
        return False
    if role is Role.MEETING and (
        _ARRIVAL.search(text) or statement.value(MeetingFormat) is MeetingFormat.VISIT
    ):
        return False
    return not (_is_state(statement, reference) and _ITS_OWN.search(text))


def _is_body(statement: Statement, reference: str, text: str) -> bool:
    """Whether somebody may be in it as a member, and nobody at a place: "officers in the army"."""
    names = statement.passage.names_of(reference)
    return any((kind_of(name) or PartyKind.STATE) is not PartyKind.STATE for name in names) or any(
        name.isupper() and country_code(name) is None and not text.startswith(name)
        for name in names
    )


def _is_state(statement: Statement, reference: str) -> bool:
    return any(country_code(name) for name in statement.passage.names_of(reference))


def _aimed_at(each: Standing, text: str) -> bool:
    """Whether a name stands as that against which an aim is."""
    owned = text[each.end : each.end + 2] in ("'s", "’s")
    before = max(0, each.start - REACH)
    if _OFF.match(text, each.end) and _KEPT.search(text, before, each.start):
        return True
    return not owned and _AGAINST.search(text, before, each.start) is not None


def _message(statement: Statement, reference: str, part: Part) -> str:
    name = statement.passage.names_of(reference)[0]
    count = "sentence" if len(statement.sentences) == 1 else "sentences"
    where = ", ".join(map(str, statement.sentences))
    return f"“{name}” {_WHY[part]} in the cited {count} {where}."


ROLES = Check(
    "roles",
    find_roles,
    IssueKind.ROLE_UNSUPPORTED,
    Severity.ERROR,
    languages=frozenset({"en"}),
    blind=(
        "whoever the sentence names in a part that it doesn't tell plainly, or only by a pronoun"
    ),
)
"""Speakers, places and victims that are given as those who act, aim or meet."""
