"""Where a sentence tells of an act, and whether it tells it as done.

The act of a statement is found by the words that speak for its type (`schemas.cues`), else by the
words of its own texts; whether it is told as done is judged clause by clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from summarizer.checks.clauses import Clause, clauses, clauses_with
from summarizer.checks.moods import DENIAL, NEGATION, UNREAL, negates, pattern, telling
from summarizer.checks.statements import Statement
from summarizer.checks.words import content
from summarizer.schemas.english import ENGLISH
from summarizer.schemas.vocabularies import ActivityType, MeetingStatus

_LIGHT = (
    r"be|been|being|have|had|has|also|again|ever|even|yet|soon|now|still|already|then|not|to"
    r"|carry|carried|carrying|out|conduct\w*|hold|holding|held|launch\w*|stag\w+|begin\w*|began"
    r"|begun|start\w*|mount\w*|resum\w+|open\w*|take|taken|took|taking|place|make|made"
    r"|making|try|tried|trying|seek\w*|sought|join\w*|attend\w*|agree\w*|accept\w*|receiv\w*|give"
    r"|given|perform\w*|undertak\w*|do|done|come|came|go|went|return\w*|deploy\w*|send|sent"
    r"|fire|fired|use|used|sign\w*|able|possible|willing|ready|continu\w*|participat\w*"
    r"|engag\w*|impos\w*|declar\w*|provid\w*|deliver\w*|suppl\w*|there|host\w*"
)
_LIGHT_VERB = re.compile(_LIGHT, re.IGNORECASE)
_FILLER = re.compile(
    rf"(?:{_LIGHT}|in|on|at|of|with|for|by|and|or|from|into|an?|any|more|such|another|further|new"
    r"|one|single|first|second|third|next|this|that|these|those|its|their|his|her|the|our|kind|sort"
    r"|round|series|military|naval|air|joint|large|major|direct|face-to-face|three-way|\d+"
    r"|(?-i:[A-Z])[\w’'-]*|\w+(?:ly|al|ic|an|ese|ish))",
    re.IGNORECASE,
)
_MOST_BETWEEN = 12
"""Words between a negation or a plan and the act that it is of."""
_WORDS = re.compile(r"[\w’'-]+")
_NOBODY = re.compile(r"no|none|nobody|neither|nor", re.IGNORECASE)
_OTHER_VERB = re.compile(r"\w+\s(?:or|nor)\s\Z")
_GIVEN = re.compile(
    r"(?:\b(?:the|its|their|his|her|this|these|those|such)|['’]s?)\s(?:[\w-]+\s){0,2}\Z",
    re.IGNORECASE,
)
_CALLED_OFF = re.compile(
    r"[^,;]{0,80}?\b(?:cancel\w*|call\w* off|postpon\w*|planned|scheduled|due\b|expected|proposed"
    r"|set (?:to|for)|threatened|will\b|would\b(?! have)|shall\b|(?:is|are|was|were) to\b"
    r"|may\b|might\b|could\b|did not\b|didn['’]t\b|never\b|(?:is|are|was|were|has|have|had) not\b"
    r"|unlikely|likely|possible|denied|false\b|abort\w*|suspended|ruled out|failed|refused"
    r"|rejected)",
    re.IGNORECASE,
)
_SET_FOR = re.compile(
    r"[^;]{0,100}?,\s(?:(?:which|that)\s(?:is|was|are|were|had been)\s)?"
    r"(?:planned|scheduled|due|expected|proposed)\s(?:for|on|in|to|by)\b",
    re.IGNORECASE,
)
_MODAL_END = re.compile(r"\b(?:will|would|shall|may|might|could|is to|are to)\Z", re.IGNORECASE)
_HAPPENING = re.compile(
    r"(?:\w+\s){0,3}?(?:be\b|take\b|begin|start|happen|occur|last\b|run\b|involve|include|go ahead"
    r"|resume|continue|see\b|open\b|proceed|follow|come\b|feature|bring together|end\b)",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|did|does|do|\w{2,}ed|met|held|sent|took|began|left|struck"
    r"|hit|shot|fell|fled|broke|won|lost|made|gave|put|kept|brought|built|came|went|drove|flew|led"
    r"|fought|said|says|told|spoke|saw|ran|set|cut|swept|sank|withdrew|overran|drew|hits|strikes"
    r"|attacks|kills|kill|grew|rose|became|got|found|sought|stood|threw|blew|burst|bought"
    r"|sold|taught|retook|signs|meets|visits|holds|launches|tests|deploys|sends)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\W*(?:if|unless|whether|until|in case|should)\b", re.IGNORECASE)
_TELLING = re.compile(
    r"\b(?:said|says|say|told|warned|warns|added|adds|announced|stated|reported|according to"
    r"|threatened|claimed|argued|noted|wrote|declared|insisted|vowed|replied|explained|denied"
    r"|predicted|believes?|thinks?|expects?|hopes?|fears?|suggesting|adding|saying|warning)\b"
    r"(?P<rest>.{0,80})\Z"
)
_CIRCUMSTANCE = re.compile(
    r"(?:on|in|at|to|of|late|early|earlier|last|this|by|that|reporters|journalists|the|an?|week"
    r"|statement|interview|conference|press|news|agency|month|year|him|her|them|us|it"
    r"|[A-Z][\w’'-]*|\w+ly)"
)
_GOVERNED = re.compile(r"\W*(?:that|whether|if)\b", re.IGNORECASE)
_NOT_SO = re.compile(
    r"\b(?:not\b(?! only| just| least)|never\b|no\b(?! (?:more|less|fewer|doubt|later)\b)|none\b"
    r"|nothing\b|neither\b|den(?:y|ies|ied|ying)\b|reject(?:s|ed|ing)?\b|dismiss(?:es|ed|ing)?\b"
    r"|refut\w+|false\b|fabricat\w+|untrue|baseless|unfounded)|n['’]t\b",
    re.IGNORECASE,
)
"""Words that deny outright; that something failed, or was prevented, is told as a fact."""
_OUTRIGHT = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ial)|reject\w*|dismiss\w*|refut\w+|false\w*|fabricat\w+|untrue"
    r"|baseless|unfounded|disput\w+|contradict\w*|whereas|called? off|cancel\w*|postpon\w*"
    r"|refus\w+|declined)\b",
    re.IGNORECASE,
)
"""Words that deny, wherever in a sentence they stand."""
_ADJUNCT = re.compile(r"\bwithout\b(?! \w+ing\b)", re.IGNORECASE)
"""Of a thing that isn't there, and not of an act: "ended without result"."""
_REJECTS = re.compile(
    r"(?:(?!said\b|says\b|told\b|but\b|while\b|although\b)[\w’'-]+,?\s){1,12}?"
    r"(?:den(?:y|ies|ied)|reject(?:s|ed)?|dismiss(?:es|ed)?|refute[sd]?)\b"
    r"(?!.*\b(?:but|while|although|whereas|and (?:said|says|added))\b)",
    re.IGNORECASE,
)
"""A sentence whose main verb denies, and that says nothing besides."""
_FEWEST_SHARED = 2
"""Words that a clause must share with a statement's texts to be the one that tells it."""


def cue_of(statement: Statement) -> re.Pattern[str] | None:
    """The words that speak for the act of a statement: for its type, or for its section.

    None where its schema doesn't say what these could be, and in other languages than English.
    """
    if statement.passage.language not in ("en", None):
        return None
    for _, value in statement.values(ActivityType):
        cue = ENGLISH[ActivityType].get(value)
        return pattern(cue) if cue else None
    if statement.cued is not None and statement.value(MeetingStatus) is not None:
        return pattern(statement.cued.pattern)
    return None


def told_in(statement: Statement) -> list[tuple[str, Clause]]:
    """The clauses of the cited sentences that tell of the act, each with its sentence.

    Without any, those that have most words of the statement's own texts; else all of them.
    """
    cue = cue_of(statement)
    sentences = [statement.passage.text(number) for number in statement.sentences]
    if cue is not None:
        found = [(text, clause) for text in sentences for clause in clauses_with(text, cue)]
        if found:
            return found
    every = [(text, clause) for text in sentences for clause in clauses(text)]
    own = frozenset(word for told in statement.texts for word in content(str(told.value)))
    shared = [len(own & content(clause.text)) for _, clause in every]
    most = max(shared, default=0)
    if most < _FEWEST_SHARED:
        return every
    return [pair for pair, count in zip(every, shared, strict=True) if count == most]


def clauses_of(statement: Statement) -> str:
    """The clauses that have a word for the act, with those that govern them.

    All of the cited sentences, if none has such a word.
    """
    cue = cue_of(statement)
    sentences = [statement.passage.text(number) for number in statement.sentences]
    found: list[str] = []
    for text in sentences:
        parts = clauses(text)
        here = () if cue is None else clauses_with(text, cue)
        found += [
            part.text
            for part, after in zip(parts, (*parts[1:], None), strict=True)
            if part in here or (after is not None and after in here and _GOVERNED.match(after.text))
        ]
    return " ".join(found or sentences)


def done(statement: Statement) -> bool:
    """Whether some clause tells the act as done, or as a thing that is given."""
    language = statement.passage.language or "en"
    cue = cue_of(statement)
    return any(_is_done(text, clause, cue, language) for text, clause in told_in(statement))


def contradicted(statement: Statement, whole: Statement) -> bool:
    """Whether anything in a statement's sentences says that the act of `whole` is not so.

    In a sentence that has a word for the act, only what is said of it, and outright denials; where
    it is told as done, these alone in the other sentences.
    """
    language = statement.passage.language or "en"
    cue = cue_of(whole)
    is_done = cue is not None and any(
        _is_done(text, clause, cue, language)
        for text in map(statement.passage.text, statement.sentences)
        for clause in clauses_with(text, cue)
    )
    own = _own_words(whole)
    for text in map(statement.passage.text, statement.sentences):
        here = _clauses_of(text, cue, own)
        if _OUTRIGHT.search(telling(text, language)):
            return True
        if not here:
            if not is_done and negates(_ADJUNCT.sub(" ", text), language):
                return True
        elif any(
            negates(_ADJUNCT.sub(" ", part.text), language)
            for clause in here
            for part in (clause, _governing(text, clause))
            if part is not None
        ):
            return True
    return False


def _own_words(whole: Statement) -> frozenset[str]:
    """The telling words of a statement's texts that are not the article's own sentences."""
    texts = (str(told.value) for told in whole.texts)
    return frozenset(word for text in texts if text not in whole.quote for word in content(text))


def _clauses_of(text: str, cue: re.Pattern[str] | None, own: frozenset[str]) -> tuple[Clause, ...]:
    """The clauses with a word for an act; without such words, those with most of its own."""
    if cue is not None:
        return clauses_with(text, cue)
    shared = [len(own & content(clause.text)) for clause in clauses(text)]
    most = max(shared, default=0)
    if most < _FEWEST_SHARED:
        return ()
    return tuple(c for c, count in zip(clauses(text), shared, strict=True) if count == most)


def denied(statement: Statement) -> bool:
    """Whether every clause that tells of the act says that it is not so."""
    language = statement.passage.language or "en"
    sentences = [statement.passage.text(number) for number in statement.sentences]
    if language == "en" and all(map(_REJECTS.match, sentences)):
        return True
    found = [
        (text, clause)
        for text, clause in told_in(statement)
        if language != "en"
        or _NOT_SO.search(clause.text)
        or (_FINITE.search(clause.text) and not _tells(clause.text))
    ]
    return bool(found) and all(_denied(text, clause, language) for text, clause in found)


@lru_cache(maxsize=4096)
def _is_done(text: str, clause: Clause, cue: re.Pattern[str] | None, language: str) -> bool:
    if language != "en":
        return not any(_markers(clause.text, language))
    if _under(text, clause):
        return False
    conditional = _CONDITION.match(clause.text) is not None
    acts = [] if cue is None else [m for m in cue.finditer(text) if _within(m.start(), clause)]
    if acts:
        told = _is_given if conditional else _stands
        return any(told(text, clause, act) for act in acts)
    if conditional or _tells(clause.text):
        return False
    return bool(_FINITE.search(clause.text)) and not any(_markers(clause.text, language))


def _stands(text: str, clause: Clause, act: re.Match[str]) -> bool:
    """Whether one mention of an act is not negated, planned or hedged."""
    before = text[clause.start : act.start()]
    after = text[act.end() : max(clause.end, act.end())]
    given = _is_given(text, clause, act)
    for marker in _markers(before, "en"):
        gap = before[marker.end() :]
        if _NOBODY.fullmatch(marker.group()) and not _FINITE.search(gap):
            return False
        if _reaches(_OTHER_VERB.sub("", gap)) and not (given and _is_object(gap)):
            return False
    if given and _SET_FOR.match(after):
        return False
    found = _CALLED_OFF.match(after)
    if found is None:
        return True
    # "The exercise will worry its neighbours" tells of one that is given.
    consequence = not _HAPPENING.match(after[found.end() :].lstrip())
    return given and consequence and _MODAL_END.search(found.group()) is not None


def _is_given(text: str, clause: Clause, act: re.Match[str]) -> bool:
    return _GIVEN.search(text[max(clause.start, act.start() - 60) : act.start()]) is not None


def _reaches(gap: str) -> bool:
    """Whether nothing but helping words stands between a marker and the act."""
    words = _WORDS.findall(gap)
    return len(words) <= _MOST_BETWEEN and all(map(_FILLER.fullmatch, words))


def _is_object(gap: str) -> bool:
    """Whether a verb of its own stands between a marker and an act that is given."""
    first = _WORDS.search(gap)
    return bool(first and not _LIGHT_VERB.fullmatch(first.group()))


def _tells(text: str) -> bool:
    """Whether a clause says no more than that somebody speaks."""
    found = _TELLING.search(text)
    return found is not None and all(
        map(_CIRCUMSTANCE.fullmatch, _WORDS.findall(found.group("rest")))
    )


def _under(text: str, clause: Clause) -> bool:
    """Whether the clause that one completes denies it, or makes it a mere chance."""
    before = _governing(text, clause)
    return before is not None and any(_markers(before.text, "en"))


def _denied(text: str, clause: Clause, language: str) -> bool:
    before = _governing(text, clause) if language == "en" else None
    parts = [part.text for part in (clause, before) if part is not None]
    if language == "en":
        return any(_NOT_SO.search(part) for part in parts)
    return any(
        pattern(t[language]).search(telling(part, language))
        for t in (NEGATION, DENIAL)
        for part in parts
    )


def _governing(text: str, clause: Clause) -> Clause | None:
    if not _GOVERNED.match(clause.text):
        return None
    return next((c for c in reversed(clauses(text)) if c.end <= clause.start), None)


def _within(position: int, clause: Clause) -> bool:
    return clause.start <= position < clause.end


def _markers(text: str, language: str) -> Iterator[re.Match[str]]:
    for table in (NEGATION, DENIAL, UNREAL):
        yield from pattern(table[language]).finditer(text)
