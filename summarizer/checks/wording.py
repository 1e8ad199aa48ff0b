"""Negation and tense of free text, held against the cited sentences.

Two ways. A text that follows a sentence word for word is compared with it word by word: a "not"
put in or left out, a tense turned round. Any other is compared verb by verb: what the text negates
or puts into the future must not stand in the sentences as plain fact, nor the other way about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from summarizer.checks.alignment import LEAST, alignment
from summarizer.checks.check import Check, Problem
from summarizer.checks.clauses import clause_at
from summarizer.checks.moods import (
    AGAINST,
    DENIAL,
    NEGATION,
    UNREAL,
    negates,
    pattern,
    telling,
)
from summarizer.checks.statements import Statement
from summarizer.checks.words import WORD, content, is_content, is_past, stem
from summarizer.results import IssueKind

_BETWEEN = 4
"""Words between a negation or an auxiliary and its verb."""
_FUTURE = re.compile(
    r"(?:will|shall|would|won['’]t|going|may|might|could|should|to|plan\w*|expect\w*|intend\w*"
    r"|threat\w*|propos\w*|possib\w*|likely|chance)\Z",
    re.IGNORECASE,
)
_TO_COME = re.compile(r"(?:will|shall|won['’]t)\Z", re.IGNORECASE)
_NOT = re.compile(
    r"(?:not|never|cannot|neither|nor|no|none|nobody|nothing|.+n['’]t)\Z", re.IGNORECASE
)
_TURNED = re.compile(
    r"(?<![^\W_])(?:not|never|cannot|neither|nor|no|none|nobody|nothing|will|shall|would)(?![^\W_])"
    r"|n['’]t(?![^\W_])"
)
"""What `_NOT`, `_TO_COME` and every negation below have, in a text in small letters."""
_NEGATES = re.compile(
    r"\b(?:not\b(?! only| just| least)|never|cannot|nobody|nothing|neither|no"
    r"\b(?! (?:more|less|fewer|later|doubt)\b))\b|n['’]t\b",
    re.IGNORECASE,
)
_NEGATED_AIM = re.compile(r"\W*(?:not|never) (?:\w+ly )?to\b", re.IGNORECASE)
_AIM_NOT = (
    r"not\b|\w+n['’]t\b|never\b|nor\b|neither\b|no\b|none\b|nothing\b|nobody\b|avoid\w*|prevent\w*"
    r"|rather than|without|instead of|stop\w*|keep\w*|lest\b|avert\w*|refrain\w*|abstain\w*"
    r"|den(?:y|ie)\w*"
    r"|spar(?:e|ed|ing)\b|forestall\w*|preclud\w*|exclu\w*|dispel\w*|allay\w*|less\b|free of"
    r"|far from"
    r"|reject\w*|dismiss\w*|opposed?\b|against\b|un(?:willing|able|likely)\w*|reluctan\w*|refus\w+"
)
"""How an aim is negated, or is that something is not."""
_TWICE = re.compile(
    r"\b(?:not|never|n['’]t) (?:un(?!der|til|ite|it\b|ion)\w+|doubt\w*|impossible|improbable)"
    r"|\b(?:neither|nobody|no one|nothing|doubt\w*|(?:un|not )likely|den(?:y|ies|ied))\b"
    r"(?: (?!and\b|but\b|or\b)[\w’'-]+){1,8}? (?:not\b|cannot\b|\w+n['’]t\b|never\b)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"\bno (?:more|less|fewer|later)\b|\bnot (?:only|just|least)\b", re.IGNORECASE)
_TWO = 2
_CLOSE = 0.75
_TURNS = re.compile(
    r"\b(?:but|although|though|however|yet|while|whilst|whereas|except|until|unless|instead|rather"
    r"|nevertheless|nonetheless|still|despite|only|otherwise)\b",
    re.IGNORECASE,
)
"""After one of these a sentence may well say the opposite of what it negated before."""
_PAST_HELPERS = frozenset({"was", "were", "had", "has", "have", "did"})
_PREFIXED = re.compile(
    r"\b(?:un(?!der|til|ite|ited|ion|its?\b|i[tv])|in(?=[acdefhse]\w{4})|im(?=[mp]\w{4})"
    r"|dis(?=\w{4})"
    r"|ir(?=r\w{4})|il(?=l\w{4})|non-?(?=\w{3})|mis(?!sil|sion)(?=\w{4})|de(?=[acefgmnrs]\w{5}))\w+"
    r"|\b\w{3,}less(?:ly|ness)?\b|\b(?:free|only|merely|just|stop\w*|end(?:ed|s|ing)?|anti\w*"
    r"|out of"
    r"|against|oppos\w*|except|but|far from|too|least|except|ban\w*|bar(?:s|red)|forb\w+"
    r"|prohibit\w*"
    r"|block\w*|withh\w+|absta\w+|refrain\w*|escap\w*|stall\w*|deadlock\w*|impasse|lost|los[es]\w*"
    r"|empty|vain|shun\w*|ignor\w*|neglect\w*|omit\w*|forgot\w*|forget\w*|gone|remain\w*|still"
    r"|hid\w*|secret\w*|silen\w*|until|unless|before|beyond|last|never|alone)\b",
    re.IGNORECASE,
)
"""Words that can stand for a negation in a paraphrase."""
_FINITE_WORDS = (
    "is are was were be has have had did does do will would can could may might must should shall"
    " met held sent took began left struck hit shot fell fled broke won lost made gave put kept"
    " brought built came went drove flew led fought said spoke saw ran set cut swept sank withdrew"
    " drew grew rose became got found sought stood threw bought sold"
)
_FINITE = frozenset(_FINITE_WORDS.split())
"""What a sentence has, or a word in "-ed", and a mere noun phrase has not."""
_WORD = re.compile(r"\w+")
_INFINITIVE = re.compile(r"\bto [a-z]|\b(?:next|coming|later|tomorrow|soon)\b")


@dataclass(frozen=True, slots=True)
class _Use:
    """A word as a text uses it."""

    stem: str
    word: str
    negated: bool
    """Whether a "not" or the like goes with it."""
    to_come: bool
    """Whether an auxiliary puts it into the future, or makes it a mere chance or plan."""
    past: bool
    sentence: str
    before: str
    """What stands before it in its clause, and in the one above."""

    @property
    def open(self) -> bool:
        """Whether anything in its sentence is yet to come."""
        return _is_open(self.sentence)

    @property
    def denied(self) -> bool:
        """Whether anything before it denies."""
        return self.negated or _may_negate(self.before, "en")


@dataclass(frozen=True, slots=True)
class _Text:
    """What holds for a text as a whole."""

    turns: bool
    """Whether it negates anything itself, or its sentences say the one and the other."""
    open: bool


def find_wording(statement: Statement) -> Iterator[Problem]:
    """Texts that negate what the sentences affirm, or tell as done what is yet to come."""
    language = statement.passage.language or "en"
    sentences = [statement.passage.text(number) for number in statement.sentences]
    for told in statement.texts:
        text = " ".join(str(told.value).split())
        if text in statement.quote:  # the sentence itself
            continue
        if len(text.split()) < LEAST or (language == "en" and not _is_told(text)):
            continue
        said = next(filter(None, (_word_by_word(text, s, language) for s in sentences)), None)
        said = said or _verb_by_verb(text, tuple(sentences), language)
        if said:
            yield Problem(said, told.path)


@lru_cache(maxsize=1024)
def _word_by_word(text: str, sentence: str, language: str) -> str | None:
    found = alignment(text, sentence)
    for each in found.differences if found is not None else ():
        if each.inside or each.at_start:
            left, right = " ".join(each.theirs), " ".join(each.ours)
            if message := _difference(left, right, language):
                return message
    return None


def _difference(theirs: str, ours: str, language: str) -> str | None:
    negation = pattern(NEGATION[language])
    if bool(negation.search(theirs)) != bool(negation.search(ours)) and not (
        _may_negate(theirs, language) and _may_negate(ours, language)
    ):
        if ours and negation.search(ours):
            return f"“{ours}” is a negation that the cited sentence doesn't have."
        return f"The text leaves out the negation “{theirs}” of the cited sentence."
    if theirs and ours and (turn := _turned(theirs.split(), ours.split(), language)):
        return turn
    return None


def _turned(theirs: list[str], ours: list[str], language: str) -> str | None:
    if language != "en":
        return None
    said = [any(map(_FUTURE.match, words)) for words in (theirs, ours)]
    told = [any(is_past(w) or w in _PAST_HELPERS for w in words) for words in (theirs, ours)]
    if (said[1] and not said[0] and told[0]) or (said[0] and not said[1] and told[1]):
        return f"“{' '.join(ours)}” is another tense than “{' '.join(theirs)}”."
    return None


def _may_negate(text: str, language: str) -> bool:
    """Whether a text has a negation, or a word that could stand for one."""
    if negates(text, language):
        return True
    against = AGAINST.get(language)
    if against is not None and against.search(text):
        return True
    return language == "en" and _PREFIXED.search(text) is not None


def _verb_by_verb(text: str, sentences: tuple[str, ...], language: str) -> str | None:
    quote = " ".join(sentences)
    turned = _is_turned(text)
    said = _negates_alone(text, quote, language) if turned else None
    if said or language != "en" or not (turned or _is_turned(quote)):
        return said
    theirs: dict[str, list[_Use]] = {}
    for sentence in sentences:
        for use in _uses(sentence):
            theirs.setdefault(use.stem, []).append(use)
    turns = _may_negate(text, language) or any(map(_TURNS.search, sentences))
    says = _Text(turns, _is_open(text))
    compared = (_compared(use, theirs[use.stem], says) for use in _uses(text) if use.stem in theirs)
    return next(filter(None, compared), None)


def _is_turned(text: str) -> bool:
    """Whether anything in a text may be negated or yet to come; nothing is in most."""
    return _TURNED.search(text.lower()) is not None


def _negates_alone(text: str, quote: str, language: str) -> str | None:
    """What a text negates of which its sentences negate nothing, or less."""
    if (
        _NEGATES.search(telling(text, language))
        and not _may_negate(quote, language)
        and (language != "en" or _is_close(text, quote))
    ):
        return "The text negates something, and the cited sentences negate nothing."
    if language != "en":
        return None
    if _NEGATED_AIM.match(text) and not pattern(_AIM_NOT).search(_without(text, quote)):
        return "The text negates an aim, and the cited sentences do not."
    if _TWICE.search(text) and _negations(quote) < _TWO:
        return "The text negates twice, and the cited sentences do not."
    return None


def _is_told(text: str) -> bool:
    """Whether a text tells something, and doesn't only name it."""
    aim = re.match(r"(?:not |never )?to\b", text)
    return bool(aim) or _is_finite(text) or _NEGATES.search(text) is not None


def _is_finite(text: str) -> bool:
    words = _WORD.findall(text.lower())
    return not _FINITE.isdisjoint(words) or any(
        word.endswith("ed") and len(word) > 3 for word in words
    )


def _without(text: str, quote: str) -> str:
    """Sentences without the words that a text has as well, negated or not."""
    own = content(text)
    return WORD.sub(lambda m: " " if stem(m.group()) in own else m.group(), quote)


def _is_close(text: str, quote: str) -> bool:
    """Whether a text has its sentences' words: "not broken" may well stand for "adhered to"."""
    own = content(text)
    return len(own & content(quote)) >= _CLOSE * len(own)


def _negations(text: str) -> int:
    return sum(1 for t in (NEGATION, DENIAL) for _ in pattern(t["en"]).finditer(text)) + len(
        _PREFIXED.findall(text)
    )


@lru_cache(maxsize=1024)
def _is_open(text: str) -> bool:
    """Whether anything in a text is set in the future, or in somebody's will."""
    return pattern(UNREAL["en"]).search(text) is not None or _INFINITIVE.search(text) is not None


def _compared(use: _Use, others: list[_Use], says: _Text) -> str | None:
    if use.negated and not any(other.denied for other in others):
        return f"The text negates “{use.word}”, and the cited sentences do not."
    if not says.turns and all(other.negated for other in others):
        return f"The cited sentences negate “{others[0].word}”, and the text does not."
    if use.to_come and all(other.past and not other.open for other in others):
        return f"“{use.word}” is told as done in the cited sentences, and not as to come."
    if use.past and not says.open and all(o.to_come and not o.past for o in others):
        return f"“{use.word}” is told as yet to come in the cited sentences."
    return None


@lru_cache(maxsize=1024)
def _uses(sentence: str) -> tuple[_Use, ...]:
    """The telling words of an English sentence, each as it is used there."""
    found: list[_Use] = []
    words = list(WORD.finditer(sentence))
    for position, match in enumerate(words):
        word = match.group()
        if not is_content(word) or word[0].isupper():
            continue
        clause = clause_at(sentence, match.start())
        start = clause.start if clause else 0
        before: list[str] = []
        for other in reversed(words[max(0, position - _BETWEEN - 2) : position]):
            if other.start() < start:
                break
            before.append(other.group())
            if is_content(other.group()) and not other.group().endswith("ly"):
                break
        lead = before[:-1] if before and is_content(before[-1]) else before
        negated = any(map(_NOT.match, lead)) and not _AMOUNT.search(" ".join(reversed(lead)))
        above = sentence[max(0, start - 60) : match.start()]
        to_come = any(map(_TO_COME.match, lead)) or "would" in lead
        past = (is_past(word) and not {"is", "are", "be"} & set(lead)) or bool(
            {"was", "were", "had", "did"} & set(lead)
        )
        found.append(_Use(stem(word), word, negated, to_come, past, sentence, above))
    return tuple(found)


WORDING = Check(
    "wording",
    find_wording,
    IssueKind.POLARITY_UNSUPPORTED,
    languages=frozenset(AGAINST),
    blind="a negation told in words that share no verb with the sentence, or beside another one,"
    " and the tenses of articles in other languages than English",
)
