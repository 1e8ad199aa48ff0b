"""Of what kind an act or a meeting is said to be, held against the words of its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from summarizer.checks.check import Check, Problem
from summarizer.checks.moods import pattern
from summarizer.checks.statements import Statement
from summarizer.results import IssueKind
from summarizer.schemas.english import ENGLISH
from summarizer.schemas.vocabularies import ActivityType, MeetingFormat
from summarizer.schemas.vocabulary import Vocabulary
from summarizer.wire import Kind

_FORCES = (
    r"\b(?:troops?|forces?|soldiers?|arm(?:y|ies)|units?|fighters?|guns?|tanks?|battalions?"
    r"|brigades?|navy|fleet|ships?|warships?|military|convoys?|weapons?|left|peacekeepers?)\b"
)
_COMPUTERS = r"\b(?:cyber\w*|hack\w*|malware|ransomware|websites?|computers?|servers?|online)\b"
_AIR = (
    r"\b(?:air\w*|jets?|aircraft|warplanes?|planes?|bomb\w*|helicopters?|drones?|missiles?"
    r"|sort(?:ie"
    r"|ies)|pilots?|munitions?|strikes?|struck|rockets?|shell\w*)\b"
)
_LEFT_A_TREATY = (
    r"\b(?:withdr\w+|pull\w* out|exit\w*)\b[^.;]{0,40}\b(?:treaty|agreement|pact|deal|accord"
    r"|talks|convention|court|candidacy|statement|offer|lawsuit|bid|accusation|remarks?)\b"
)
_EXERCISE = r"exercis\w*|drill\w*|man(?:o?eu|oeu)v\w*|war ?gam\w*|train\w*|rehears\w*|live.fir\w*"
_FORCE = (
    r"strik\w*|struck|attack\w*|bomb\w*|shell\w*|fir(?:e|ed|es|ing)\b|missile\w*|rocket\w*|raid\w*"
    r"|hit(?:s|ting)?\b|kill\w*|wound\w*|destroy\w*|blast\w*|explo\w*|shot|shoot\w*|clash\w*"
    r"|fought|fight\w*|battle\w*|war\b|wars\b|assault\w*|offensive\w*|drone\w*|artillery|target\w*"
    r"|ambush\w*|storm\w*|launch\w*|bombard\w*|down(?:ed|ing)\b|munition\w*|combat|violen\w*"
    r"|exchang\w*|invad\w*|invasion\w*|damage\w*|dead\b|died\b|casualt\w*|gun\w*|barrage\w*"
    r"|pound\w*|intercept\w*|mine[sd]?\b|detonat\w*|hostilit\w*|insurgen\w*|milita\w*|armed"
    r"|air\w*|jets?\b|plane\w*|warplane\w*|helicopter\w*|uavs?\b|unmanned|quadcopter\w*|sort(?:ie"
    r"|ies)"
    r"|pilot\w*|sky\b|skies\b|overhead|flew\b|fly\w*|flown|shrapnel|crater\w*|debris|fragment\w*"
    r"|mortar\w*|howitzer\w*|cannon\w*|salvo\w*|volley\w*|round(?:s)?\b|projectile\w*|ordnance"
    r"|warhead\w*"
    r"|device\w*|charge\w*|ied\b|booby\w*|grenade\w*|dynamite|tnt\b|went off|go(?:es)? off|gone off"
    r"|bl[eo]w\w*|ripp?\w*|tore\b|torn\b|rubble|ruin\w*|wreck\w*|flatten\w*|demolish\w*"
    r"|level(?:led|ed)"
    r"|burn\w*|fire\w*|flame\w*|ablaze|smoke\w*|injur\w*|maim\w*|dead\w*|death\w*|die[sd]?\b"
    r"|fatal\w*"
    r"|victim\w*|perish\w*|surviv\w*|toll\b|operation\w*|campaign\w*|sank\b|sunk\w*|sink\w*"
    r"|torpedo\w*"
    r"|impact\w*|land(?:ed|s|ing)\b|fell\b|collaps\w*|punctur\w*|pierc\w*|rammed|sabotag\w*"
    r"|violat\w*"
)
_STRIKES = (
    ActivityType.AIR_STRIKE,
    ActivityType.DRONE_STRIKE,
    ActivityType.MISSILE_OR_ARTILLERY_STRIKE,
    ActivityType.BOMBING,
)
_NEEDED: Mapping[Vocabulary, str] = {
    **dict.fromkeys(_STRIKES, _FORCE),
    ActivityType.JOINT_EXERCISE: _EXERCISE,
    ActivityType.NATIONAL_EXERCISE: _EXERCISE,
    ActivityType.WEAPONS_TEST: (
        r"test\w*|launch\w*|fir(?:e|ed|es|ing)\b|trial\w*|missile\w*|rocket\w*"
    ),
    ActivityType.WITHDRAWAL: (
        r"withdr\w*|pull\w*|retreat\w*|lift\w*|left\b|leav\w*|return\w*|evacuat\w*|drawdown"
        r"|remov\w*|back\b|vacat\w*|depart\w*|exit\w*|abandon\w*|redeploy\w*|reduc\w*|cut\w*"
        r"|bring\w*|went\b|quit\b|fell\b|fall\w*|step\w* (?:back|down)|disengag\w*|end\w*"
    ),
    ActivityType.CYBER_OPERATION: (
        r"cyber\w*|hack\w*|malware|ransomware|website\w*|computer\w*|network\w*|server\w*|online"
        r"|internet|digital\w*|phish\w*|data\b|denial.of.service|ddos|software|electronic\w*|wiper"
    ),
    ActivityType.PRISONER_RELEASE: (
        r"prison\w*|hostage\w*|captiv\w*|detain\w*|releas\w*|freed?\b|freeing|swap\w*|captured"
        r"|exchang\w*|handed over|amnest\w*|pardon\w*|jail\w*|custody|let go"
    ),
    ActivityType.NUCLEAR_ACTIVITY: (
        r"nuclear|enrich\w*|urani\w*|centrifuge\w*|plutonium|reactor\w*|atom\w*|warhead\w*|fissile"
        r"|reprocess\w*|radi\w+|iaea|heavy water"
    ),
    MeetingFormat.PHONE: (
        rf"{ENGLISH[MeetingFormat][MeetingFormat.PHONE]}|call\w*|rang\b|ring\w*|dial\w*|hotline"
        r"|conversation\w*|talk\w*|speak\w*|line\b|told\b|remote\w*|exchang\w*"
    ),
    MeetingFormat.VIDEO: (
        rf"{ENGLISH[MeetingFormat][MeetingFormat.VIDEO]}|remote\w*|\w*conferenc\w*|zoom|webinar"
        r"|screen\w*|link\w*|web\w*|internet|digital\w*|distance|stream\w*|dial\w*|tele\w+|hybrid"
    ),
    MeetingFormat.SIGNING: (
        r"sign\w*|initial(?:l?ed|s|ling)\b|ink(?:ed|s|ing)?\b|seal\w*|conclu\w*|deal\w*|agree\w*"
        r"|accord\w*|treat(?:y|ies)|pact\w*|memorand\w*|contract\w*|protocol\w*|convention\w*"
        r"|ceremon\w*|ratif\w*|exchang\w*|document\w*|declar\w*|charter\w*"
    ),
}
"""Words without one of which, in or near the cited sentences, a value can't be right.

Of some values a sentence may tell in any words ("six soldiers were got back"): of these, without
one of which in the whole article.
"""
_IN_ANY_WORDS = (
    ActivityType.JOINT_EXERCISE,
    ActivityType.NATIONAL_EXERCISE,
    ActivityType.WEAPONS_TEST,
    ActivityType.WITHDRAWAL,
    ActivityType.CYBER_OPERATION,
    ActivityType.PRISONER_RELEASE,
    ActivityType.NUCLEAR_ACTIVITY,
)
_CONTRADICTED: tuple[tuple[frozenset[ActivityType], str, str, str], ...] = (
    (
        frozenset({ActivityType.WITHDRAWAL}),
        _LEFT_A_TREATY,
        _FORCES,
        "a withdrawal from a treaty or the like",
    ),
    (
        frozenset(_STRIKES),
        _COMPUTERS,
        rf"{_AIR}|\b(?:troops?|soldiers?|gun\w*|killed|wounded|clash\w*|fought|fighting|blast)\b",
        "an attack on computers",
    ),
)
"""For each: types, words that say otherwise, words that bear them out all the same, what it is."""
_MOST_SIDES = 4
"""Parties that a meeting of two sides may have, each side in two persons."""


def find_kinds(statement: Statement) -> Iterator[Problem]:
    """A type of act or form of meeting that no word bears out, or that others contradict."""
    for told, value in statement.values(Vocabulary):
        cue = _NEEDED.get(value)
        if cue is None or pattern(cue).search(statement.quote):
            continue
        around = f"{statement.quote} {statement.near} {statement.passage.article.title or ''}"
        if pattern(cue).search(around):
            continue
        if value not in _IN_ANY_WORDS or not _anywhere(cue, statement.passage.article.text):
            name = str(value).replace("_", " ")
            yield Problem(f"The cited sentences have no word for “{name}”.", told.path)
    for told, value in statement.values(ActivityType):
        for types, otherwise, borne_out, what in _CONTRADICTED:
            if (
                value in types
                and re.search(otherwise, statement.quote, re.IGNORECASE)
                and not re.search(borne_out, statement.quote, re.IGNORECASE)
            ):
                yield Problem(f"The cited sentences tell of {what}.", told.path)
    for told, value in statement.values(MeetingFormat):
        sides = max(_sizes(statement), default=0)
        if value is MeetingFormat.BILATERAL and sides > _MOST_SIDES:
            yield Problem(f"A bilateral meeting has two sides, and this one {sides}.", told.path)


@lru_cache(maxsize=64)
def _anywhere(cue: str, text: str) -> bool:
    return pattern(cue).search(text) is not None


def _sizes(statement: Statement) -> Iterator[int]:
    """How many references each list of them has."""
    for slot in statement.node.fields:
        if slot.node.kind is Kind.LIST and slot.node.listed.kind is Kind.REFERENCE:
            yield len(getattr(statement.item, slot.name) or ())


KINDS = Check(
    "kinds",
    find_kinds,
    IssueKind.TYPE_UNSUPPORTED,
    languages=frozenset({"en"}),
    blind="wrong kinds whose words stand near the sentences, or of some kinds anywhere in the"
    " article, for something else",
)
