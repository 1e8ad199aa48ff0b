"""Negation and tense of free text, held against the cited sentences.

Two ways. A text that follows a sentence word for word is compared with it word by word: a "not"
put in or left out, a tense turned round. Any other is compared verb by verb: what the text negates
or puts into the future must not stand in the sentences as plain fact, nor the other way about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from summarizer.checks.alignment import LEAST, alignment
from summarizer.checks.check import Check, Problem
from summarizer.checks.clauses import clause_at
from summarizer.checks.moods import NEGATION, UNREAL, negates, pattern, telling
from summarizer.checks.statements import Statement
from summarizer.checks.words import WORD, is_content, is_past, stem
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
_NEGATES = re.compile(
    r"\b(?:not\b(?! only| just| least)|never|cannot|nobody|nothing|neither|no"
    r"\b(?! (?:more|less|fewer|later|doubt)\b))\b|n['’]t\b",
    re.IGNORECASE,
)
_NEGATED_AIM = re.compile(r"\W*(?:not|never) (?:\w+ly )?to\b", re.IGNORECASE)
_AIM_NOT: Mapping[str, str] = {
    "en": (
        r"not (?:\w+ ){0,2}(?:to|for|aim\w*|intend\w*|meant|design\w*|seek\w*|want\w*|at"
        r"|direct\w*)\b"
        r"|n['’]t (?:\w+ )?(?:to|aim\w*|intend\w*|meant|design\w*|seek\w*|want\w*)\b|never\b|nor\b"
        r"|avoid\w*|prevent\w*|rather than|without|instead of|stop\w*|keep\w*|no (?:aim|inten\w+)"
    ),
    "fr": r"ne pas\b|pas pour\b|pour ne\b|sans\b|évit\w+|empêch\w+",
    "es": r"no (?:para|por|con el)\b|para no\b|sin\b|evit\w+|imped\w+",
    "ru": r"не (?:для|чтобы|ради|с целью)\b|чтобы не\b|избежа\w+|предотвра\w+|не допус\w+",
    "uk": r"не (?:для|щоб|заради|з метою)\b|щоб не\b|уникн\w+|запобіг\w+|не допус\w+",
}
"""How an aim is negated, or is that something is not."""
_TWICE = re.compile(
    r"\b(?:not|never|n['’]t) (?:un(?!der|til|ite|it\b|ion)\w+|doubt\w*|impossible|improbable)"
    r"|\b(?:neither|nobody|no one|nothing|doubt\w*|(?:un|not )likely|den(?:y|ies|ied))\b"
    r"(?: (?!and\b|but\b|or\b)[\w’'-]+){1,8}? (?:not\b|cannot\b|\w+n['’]t\b|never\b)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"\bno (?:more|less|fewer|later)\b|\bnot (?:only|just|least)\b", re.IGNORECASE)
_RUSSIAN_PAST = re.compile(r".+(?:л|ла|ло|ли|лся|лась|лось|лись|в|вши|вший|вшие)\Z")
_FRENCH_FUTURE = re.compile(r".+(?:era|eront|ira|iront|dra|dront)\Z")


@dataclass(frozen=True, slots=True)
class _Use:
    """A word as a text uses it."""

    stem: str
    word: str
    negated: bool
    """Whether a "not" or the like goes with it."""
    denied: bool
    """Whether anything before it in its clause, or in the one above, denies."""
    to_come: bool
    """Whether an auxiliary puts it into the future, or makes it a mere chance or plan."""
    past: bool


def find_wording(statement: Statement) -> Iterator[Problem]:
    """Texts that negate what the sentences affirm, or tell as done what is yet to come."""
    language = statement.passage.language or "en"
    sentences = [statement.passage.text(number) for number in statement.sentences]
    for told in statement.texts:
        text = str(told.value)
        if len(text.split()) < LEAST:
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
        negates(theirs, language) and negates(ours, language)
    ):
        if ours and negation.search(ours):
            return f"“{ours}” is a negation that the cited sentence doesn't have."
        return f"The text leaves out the negation “{theirs}” of the cited sentence."
    if theirs and ours and (turn := _turned(theirs.split(), ours.split(), language)):
        return turn
    return None


def _turned(theirs: list[str], ours: list[str], language: str) -> str | None:
    said = (_is_to_come(theirs, language), _is_to_come(ours, language))
    told = (_is_past(theirs, language), _is_past(ours, language))
    if (said[1] and not said[0] and told[0]) or (said[0] and not said[1] and told[1]):
        return f"“{' '.join(ours)}” is another tense than “{' '.join(theirs)}”."
    return None


def _is_to_come(words: list[str], language: str) -> bool:
    if language in ("ru", "uk"):
        return any(pattern(UNREAL[language]).match(w) for w in words) or not (
            _is_past(words, language) or len(words) > 1
        )
    if language == "fr":
        return any(map(_FRENCH_FUTURE.match, words))
    return any(map(_FUTURE.match, words))


def _is_past(words: list[str], language: str) -> bool:
    if language in ("ru", "uk"):
        return any(map(_RUSSIAN_PAST.match, words))
    if language == "fr":
        return any(w in ("a", "ont", "avait", "avaient", "est", "sont", "était") for w in words)
    return any(is_past(w) or w in ("was", "were", "had", "has", "have", "did") for w in words)


def _verb_by_verb(text: str, sentences: tuple[str, ...], language: str) -> str | None:
    quote = " ".join(sentences)
    if _NEGATES.search(telling(text, language)) and not negates(quote, language):
        return "The text negates something, and the cited sentences negate nothing."
    if _NEGATED_AIM.match(text) and not pattern(_AIM_NOT.get(language, ".")).search(quote):
        return "The text negates an aim, and the cited sentences do not."
    if _TWICE.search(text) and not any(map(_TWICE.search, sentences)):
        return "The text negates twice, and the cited sentences do not."
    if any(map(_TO_COME.match, WORD.findall(text))) and not pattern(UNREAL[language]).search(quote):
        return "The text is of the future, and the cited sentences are not."
    if language != "en":
        return None
    theirs: dict[str, list[_Use]] = {}
    for sentence in sentences:
        for use in _uses(sentence):
            theirs.setdefault(use.stem, []).append(use)
    compared = (_compared(use, theirs[use.stem]) for use in _uses(text) if use.stem in theirs)
    return next(filter(None, compared), None)


def _compared(use: _Use, others: list[_Use]) -> str | None:
    if use.negated and not any(other.denied for other in others):
        return f"The text negates “{use.word}”, and the cited sentences do not."
    if not use.denied and all(other.negated for other in others):
        return f"The cited sentences negate “{others[0].word}”, and the text does not."
    if use.to_come and all(other.past and not other.to_come for other in others):
        return f"“{use.word}” is told as done in the cited sentences, and not as to come."
    if use.past and not use.to_come and all(o.to_come and not o.past for o in others):
        return f"“{use.word}” is told as yet to come in the cited sentences."
    return None


@lru_cache(maxsize=4096)
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
        denied = negated or _is_denied(sentence, match.start())
        to_come = any(map(_TO_COME.match, lead)) or "would" in lead
        past = (is_past(word) and not {"is", "are", "be"} & set(lead)) or bool(
            {"was", "were", "had", "did"} & set(lead)
        )
        found.append(_Use(stem(word), word, negated, denied, to_come, past))
    return tuple(found)


def _is_denied(sentence: str, position: int) -> bool:
    """Whether the clause of a word, or the one that governs it, denies what it says."""
    clause = clause_at(sentence, position)
    before = sentence[max(0, (clause.start if clause else 0) - 60) : position]
    return negates(before, "en")


WORDING = Check(
    "wording",
    find_wording,
    IssueKind.POLARITY_UNSUPPORTED,
    languages=frozenset(NEGATION),
    blind="a negation told in words that share no verb with the sentence, and tenses of texts in"
    " another language than the article's",
)
