"""Where a sentence tells of an act, and whether it tells it as done.

The act of a statement is found by the words that speak for its type (`schemas.cues`), else by the
words of its own texts; whether it is told as done is judged clause by clause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from summarizer.checks.act_cues import cue_of
from summarizer.checks.clauses import Clause, clauses, clauses_with
from summarizer.checks.moods import DENIAL, NEGATION, UNREAL, negates, pattern, telling
from summarizer.checks.statements import Statement
from summarizer.checks.words import WORD, content, is_content, is_past, stem

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
    r"(?P<gap>[^,;]{0,80}?)\b(?:cancel\w*|call\w* off|postpon\w*|planned|scheduled|due\b"
    r"|expected|proposed|set (?:to|for)|threatened|will\b|would\b(?! have)|shall\b|(?:is|are|was"
    r"|were) to\b"
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
_HELPERS = re.compile(r"\b(?:(?:is|are|was|were|has|have|had|been|be|\w+ly)\s)+\Z", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][\w’'-]*")
_PAST = re.compile(
    r"\b(?:was|were|had|did|has|have|held|began|took|left|launched|conducted|staged|mounted|carried"
    r"|started|opened|ended|killed|wounded|injured|destroyed|hit|struck|sank|sent|met|visited"
    r"|signed"
    r"|made|fought|broke|fired|shelled|came|went|fell|drove|flew|brought|seized|captured|happened"
    r"|occurred|continued|lasted|damaged|hosted|received|spoke)\b",
    re.IGNORECASE,
)
_INFINITIVE = re.compile(r"\bto (?:\w+ly |[\w-]+ (?:an?|the|its|their|more|new|some|\d+) )?\Z")
_NOT_AFTER = re.compile(
    r"\W*(?:[\w’'-]+\s(?!that\b|who\b|which\b)){0,6}?(?:(?:did|does|do|is|are|was|were|has|have"
    r"|had|will"
    r"|would|could)\s(?:not|never)\b|\w+n['’]t\b|never\b|(?:was|is|were|are) (?:an? )?(?:\w+ )?"
    r"(?:denied|rejected|dismissed|false|fabricat\w*|untrue|baseless|unfounded|lie|hoax))",
    re.IGNORECASE,
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
_MOST_SILENT = 1
"""Sentences without a word for the act: one may say who it was, more may tell it in other words."""
_FEWEST_SHARED = 2
"""Words that a clause must share with a statement's texts to be the one that tells it."""


@dataclass(frozen=True, slots=True)
class _Telling:
    """A clause that tells of an act, and the words in it that do."""

    text: str
    clause: Clause
    acts: tuple[re.Match[str], ...]
    typed: bool
    """Whether these are words for an act of the type, and not only words of the item's own."""

    def holds(self, test: Callable[[str, Clause, re.Match[str]], bool]) -> bool:
        """Whether the act stands to a test: one mention of it; of words that may not be it, all."""
        return (any if self.typed else all)(test(self.text, self.clause, act) for act in self.acts)


def _tellings(statement: Statement, whole: Statement) -> list[_Telling]:
    """The clauses of a statement's sentences that tell of the act of `whole`.

    Without words for its type, those that have most words of its own texts; else none.
    """
    cue = cue_of(whole)
    sentences = [statement.passage.text(number) for number in statement.sentences]
    if cue is not None:
        found = [
            _Telling(text, clause, _within(cue.finditer(text), clause), typed=True)
            for text in sentences
            for clause in clauses_with(text, cue)
        ]
        if found:
            return found
    own = _own_words(whole)
    every = [(text, clause) for text in sentences for clause in clauses(text)]
    shared = [len(own & content(clause.text)) for _, clause in every]
    most = max(shared, default=0)
    if most < _FEWEST_SHARED:
        return []
    return [
        _Telling(text, clause, _within(_words_of(own, text), clause), typed=False)
        for (text, clause), count in zip(every, shared, strict=True)
        if count == most
    ]


def _words_of(own: frozenset[str], text: str) -> Iterator[re.Match[str]]:
    return (m for m in WORD.finditer(text) if is_content(m.group()) and stem(m.group()) in own)


def _within(found: Iterable[re.Match[str]], clause: Clause) -> tuple[re.Match[str], ...]:
    return tuple(match for match in found if clause.start <= match.start() < clause.end)


def undone(statement: Statement) -> bool:
    """Whether its sentences tell of the act, and each time as negated, planned or a mere chance."""
    found = _tellings(statement, statement)
    silent = len(statement.sentences) - len({telling.text for telling in found})
    return bool(found) and silent <= _MOST_SILENT and not any(map(_is_done, found))


def affirmed(statement: Statement, whole: Statement) -> bool:
    """Whether a statement's sentences tell the act of `whole` outright, as a thing of the past."""
    return any(
        _is_done(telling) and telling.holds(_is_past) for telling in _tellings(statement, whole)
    )


def denied(statement: Statement, whole: Statement) -> bool:
    """Whether every clause that tells of the act of `whole` says that it is not so."""
    sentences = [statement.passage.text(number) for number in statement.sentences]
    if all(map(_REJECTS.match, sentences)):
        return True
    found = [telling for telling in _tellings(statement, whole) if telling.typed]
    return bool(found) and all(telling.holds(_is_negated) for telling in found)


def contradicted(statement: Statement, whole: Statement) -> bool:
    """Whether anything in a statement's sentences says that the act of `whole` is not so.

    In a sentence that has a word for the act, only what is said of it, and outright denials; where
    it is told as done, these alone in the other sentences.
    """
    language = statement.passage.language or "en"
    cue = cue_of(whole)
    is_done = cue is not None and any(map(_is_done, _tellings(statement, whole)))
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


def _is_done(telling: _Telling) -> bool:
    """Whether a clause tells its act without anything that negates it or puts it off."""
    before = _governing(telling.text, telling.clause)
    if before is not None and any(_markers(before.text)):
        return False
    conditional = _CONDITION.match(telling.clause.text) is not None
    return telling.holds(_is_given if conditional else _stands)


def _is_past(text: str, clause: Clause, act: re.Match[str]) -> bool:
    """Whether a verb in the past tense tells of the act, or is it."""
    word = WORD.match(text, act.start())
    before = text[clause.start : act.start()]
    if _INFINITIVE.search(before):
        return False
    return bool(_PAST.search(clause.text)) or (word is not None and is_past(word.group()))


def _is_negated(text: str, clause: Clause, act: re.Match[str]) -> bool:
    """Whether one mention of an act is of one that did not take place, or is denied."""
    governing = _governing(text, clause)
    before = text[clause.start : act.start()]
    if _OUTRIGHT.search(before) or (governing is not None and _NOT_SO.search(governing.text)):
        return True
    after = _NOT_AFTER.match(text[act.end() : max(clause.end, act.end())])
    return after is not None or any(
        _reaches(before[marker.end() :])
        or (_NOBODY.fullmatch(marker.group()) and not _FINITE.search(before[marker.end() :]))
        for marker in _NOT_SO.finditer(before)
    )


def _stands(text: str, clause: Clause, act: re.Match[str]) -> bool:
    """Whether one mention of an act is not negated, planned or hedged."""
    before = text[clause.start : act.start()]
    after = text[act.end() : max(clause.end, act.end())]
    given = _is_given(text, clause, act)
    for marker in _markers(before):
        gap = before[marker.end() :]
        if _NOBODY.fullmatch(marker.group()) and not _FINITE.search(gap):
            return False
        if _reaches(_OTHER_VERB.sub("", gap)) and not (given and _is_object(gap)):
            return False
    if given and _SET_FOR.match(after):
        return False
    found = _CALLED_OFF.match(after)
    word = WORD.match(text, act.start())
    if found is None or _FINITE.search(_NAME.sub("", _HELPERS.sub("", found.group("gap")))):
        return True
    if word is not None and is_past(word.group()) and _HELPERS.search(found.group("gap")) is None:
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


def _governing(text: str, clause: Clause) -> Clause | None:
    if not _GOVERNED.match(clause.text):
        return None
    return next((c for c in reversed(clauses(text)) if c.end <= clause.start), None)


def _markers(text: str) -> Iterator[re.Match[str]]:
    for table in (NEGATION, DENIAL, UNREAL):
        yield from pattern(table["en"]).finditer(_ADJUNCT.sub(_blank, text))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())
