"""What of the reading rules can be decided by the words: an effect is no purpose, for one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from summarizer.checks.check import Check, Problem
from summarizer.checks.moods import pattern
from summarizer.checks.statements import Statement
from summarizer.results import IssueKind
from summarizer.schemas.cues import ENCOUNTER, PURPOSE
from summarizer.schemas.vocabularies import ActivityType

_WIDER: Mapping[str, str] = {
    # An aim can be told by a bare "to" or "for"; what has not even that tells of an effect.
    PURPOSE: (
        r"to\b|for\b|so\b|out of\b|because\b|since\b|in (?:response|retaliation|reveng\w*|return"
        r"|reply|answer|reaction|protest|defen[cs]e|support|solidarity|exchange|pursuit|search"
        r"|hopes?"
        r"|view|order|aid|honou?r|memory|accordance|kind|anger|the (?:hope|name|interest|belief))\b"
        r"|as (?:an?|part|punish\w*|leverage|reveng\w*|retribution|reprisal|payback|bait|proof)\b"
        r"|over\b|with (?:the|a) (?:aim|view|goal|intent\w*|purpose|hope)|on (?:purpose|behalf"
        r"|grounds)"
        r"|want\w*|wish\w*|desir\w*|ambition\w*|object\w*|target\w*|intent\w*|design\w*|calculat\w*"
        r"|plot\w*|scheme\w*|plan\w*|reason\w*|why\b|explain\w*|expla(?:nation)|caus\w+|driv\w+"
        r"|drove"
        r"|prompt\w*|inspir\w*|spur\w*|reprisal\w*|retribution|vengeance|punitive|punish\w*"
        r"|deterr\w*"
        r"|pre-?empt\w*|prevent\w*|precaution\w*|protect\w*|defensive|disguis\w*|excuse\w*"
        r"|bargain\w*"
        r"|leverage|ransom|diversion\w*|distract\w*|decoy|trick|ruse|feint|rationale|point (?:is"
        r"|was)"
        r"|lest\b|thereby|mission|task\w*|help\w*|let\b|mean\w*"
    ),
    ENCOUNTER: (
        r"me(?:e)?t\b|meeting\w*|talk\w*|negotiat\w*|discuss\w*|consult\w*|dialogue|confer(?:red"
        r"|s|ring"
        r"|ences?)?\b(?<!press conference)(?<!news conference)|session\w*|round\b|rounds\b"
        r"|summit\w*"
        r"|assembl\w*|congress|council|forum|gather\w*|conven\w*|sat\b|sit(?:s|ting)?\b|table\b"
        r"|face[- ]to[- ]face|tête-à-tête|in person|visit\w*|trip\b|tour\w*|journey\w*|travel\w*"
        r"|fl[ey]w?\b"
        r"|flies\b|flight|arriv\w*|land(?:s|ed)\b|head(?:s|ed|ing)\b|stop\w*|receiv\w*|welcom\w*"
        r"|host\w*"
        r"|guest\w*|greet\w*|call(?:s|ed|ing)?\b|phone\w*|telephon\w*|rang\b|video\w*|spoke\b"
        r"|speak\w*"
        r"|convers\w*|contact\w*|exchang\w*|delegat\w*|envoy\w*|emissar\w*|mediat\w*|broker\w*"
        r"|shuttl\w*"
        r"|sign(?:s|ed|ing|ature)?\b|ceremon\w*|attend\w*|particip\w*|join\w*|encounter\w*|audience"
        r"|appointment|retreat|dinner|lunch\w*|breakfast|banquet|handshake|shook hands|sidelines"
        r"|margins"
        r"|trilateral|bilateral|multilateral|quadrilateral|agreed\b|agreement|walk\w* out"
        r"|came together"
        r"|see(?:s|ing|n)?\b|saw\b|hear(?:d|ings?)\b|brief\w*|inspect\w*|interview\w*"
    ),
}
"""Further words in which items of a section may be told, without being cues of it."""


def find_uncued(statement: Statement) -> Iterator[Problem]:
    """Items whose sentences have none of the words in which items of their section are told."""
    cued = statement.cued
    if statement.parent is not None or cued is None:
        return
    # Judgements are told in too many words; what kind of act it was, `kinds` sees to.
    if cued.speaker or statement.value(ActivityType) is not None:
        return
    cues = [pattern(each) for each in (cued.pattern, _WIDER.get(cued.pattern)) if each]
    if any(cue.search(statement.quote) for cue in cues):  # nearly always
        return
    told = f"{statement.quote} {statement.near}"
    if not any(cue.search(told) for cue in cues):
        section = statement.section.replace("_", " ")
        yield Problem(f"The cited sentences have no word that tells of {section}.")


def find_residue(statement: Statement) -> Iterator[Problem]:
    """Evidence that is no part of the article's text."""
    for number in statement.sentences:
        if number not in statement.passage.citable:
            yield Problem(f"Sentence {number} is page furniture, and no evidence.")
            return


UNCUED = Check(
    "uncued",
    find_uncued,
    IssueKind.RULE_BROKEN,
    languages=frozenset({"en"}),
    blind="items told without the usual words, and cues that stand there for something else",
)
RESIDUE = Check(
    "residue",
    find_residue,
    IssueKind.EVIDENCE_INVALID,
    blind="page furniture that looks like text",
)
