"""Did it happen? What an item says of it, held against the clauses that tell of its act."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel

from summarizer.checks.acts import clauses_of, contradicted, denied, done
from summarizer.checks.check import Check, Problem
from summarizer.checks.moods import (
    DENIAL,
    LICENCES,
    NEGATION,
    UNREAL,
    disputes,
    pattern,
    telling,
)
from summarizer.checks.statements import Statement, Told
from summarizer.results import IssueKind
from summarizer.schemas.claims import Attribution
from summarizer.schemas.markers import FromEvidence
from summarizer.schemas.vocabularies import ActivityType, ClaimStatus, MeetingStatus, Realis
from summarizer.schemas.vocabulary import Vocabulary
from summarizer.wire import Kind, marked

LANGUAGES = frozenset(NEGATION)
_DONE = (Realis.OCCURRED, Realis.ONGOING, MeetingStatus.HELD, MeetingStatus.ONGOING)
_NOT_DONE = (Realis.DID_NOT_OCCUR, MeetingStatus.CANCELLED, MeetingStatus.REFUSED)
_SAYS_SO = (
    ClaimStatus.ASSERTED,
    ClaimStatus.REPORTED,
    ClaimStatus.CLAIMED,
    ClaimStatus.CONFIRMED,
    ClaimStatus.ACCUSED,
)

_REFUTES = (
    r"den(?:y|ies|ied|ying|ials?)\b|reject\w*|dismiss\w*|refut\w+|disput\w+|contradict\w*|fals\w+"
    r"|fabricat\w+|untrue|baseless|unfounded|a lie\b|lies\b|hoax|invent\w+|misinformation"
    r"|disinfo\w*"
    r"|propaganda|wrong\w*|incorrect\w*|inaccurat\w*|contest(?:s|ed|ing)?\b|nonsense|absurd\w*"
)
"""English words that deny what somebody has said."""
_AHEAD = re.compile(
    r"\b(?:will|shall|would|should|ought|must|(?:un)?likely to|(?:is|are) (?:\w+ )?(?:un)?likely"
    r"|chances? (?:that|of))\b(?! have)",
    re.IGNORECASE,
)


def find_polarity(statement: Statement) -> Iterator[Problem]:
    """What a statement says of whether its act happened, and its sentences don't."""
    language = statement.passage.language or "en"
    for told, value in [*statement.values(Realis), *statement.values(MeetingStatus)]:
        if value in _DONE:
            if (_is_act(statement) and not done(statement)) or _looks_ahead(statement):
                yield _problem(told, "is not told as done in")
        elif value is Realis.DID_NOT_OCCUR or (language != "en" and value in _NOT_DONE):
            if not contradicted(statement, statement):
                yield _problem(told, "is nowhere negated in")
        elif value is not Realis.UNKNOWN and (_is_act(statement) or value is Realis.THREATENED):
            cues = LICENCES.get(value) if language == "en" else UNREAL[language]
            refused = value in _NOT_DONE
            where = telling(statement.quote, language) if refused else clauses_of(statement)
            if cues and not pattern(cues).search(where):
                yield _problem(told, "has no word to that effect in")


def find_standing(statement: Statement) -> Iterator[Problem]:
    """How a claim says that its source stands to the item, and its sentences don't."""
    language = statement.passage.language or "en"
    whole = statement.parent or statement
    for told, value in statement.values(ClaimStatus):
        if value is ClaimStatus.DENIED:
            if not contradicted(statement, whole) or _is_plain(statement, whole):
                yield _problem(told, "contradicts nothing in")
        elif value is ClaimStatus.DISPUTED:
            if not disputes(statement.quote, language):
                yield _problem(told, "contradicts nothing in")
        elif value in _SAYS_SO and _is_told_as_fact(whole) and _only_denies(statement, whole):
            yield _problem(told, "is a denial in")
        elif (
            language == "en"
            and (cues := LICENCES.get(value))
            and not pattern(cues).search(f"{statement.quote} {statement.near}")
        ):
            yield _problem(told, "has no word to that effect in")


def _is_act(statement: Statement) -> bool:
    return statement.value(ActivityType) is not None or statement.value(MeetingStatus) is not None


def _looks_ahead(statement: Statement) -> bool:
    """Whether a text of a judgement's own is of the future, in all that it says."""
    if _is_act(statement) or statement.passage.language not in ("en", None):
        return False
    texts = [
        str(told.value)
        for told in statement.texts
        if marked(statement.node.model.model_fields[told.name].metadata, FromEvidence)
    ]
    return bool(texts) and all(_AHEAD.search(text) for text in texts)


def _is_told_as_fact(statement: Statement) -> bool:
    """Whether a statement claims no more and no less than that something is so."""
    values = [v for _, v in statement.values(Vocabulary) if isinstance(v, Realis | MeetingStatus)]
    return all(value in _DONE or value is Realis.UNKNOWN for value in values)


def _only_denies(statement: Statement, whole: Statement) -> bool:
    """Whether a claim's sentences deny, and no other claim of the item has that denial."""
    if not denied(statement):
        return False
    return not any(
        claim is not statement.item
        and _status(claim) in (ClaimStatus.DENIED, ClaimStatus.DISPUTED)
        and {receipt.sentence for receipt in getattr(claim, "evidence", ())}
        & set(statement.sentences)
        for claim in _claims(whole)
    )


def _claims(whole: Statement) -> Iterator[BaseModel]:
    """The objects in a statement's that cite sentences of their own."""
    for slot in whole.node.nested:
        if slot.node.kind is Kind.LIST and slot.node.listed.citations is not None:
            yield from getattr(whole.item, slot.name) or ()


def _is_plain(statement: Statement, whole: Statement) -> bool:
    """Whether the narrator tells what the item itself says: that it is not so, or is not yet."""
    if next(statement.objects(Attribution), None) is not None or _is_told_as_fact(whole):
        return False
    language = statement.passage.language or "en"
    return not pattern(_REFUTES if language == "en" else DENIAL[language]).search(statement.quote)


def _status(claim: BaseModel) -> ClaimStatus | None:
    return next((v for _, v in claim if isinstance(v, ClaimStatus)), None)


def _problem(told: Told, what: str) -> Problem:
    value = str(told.value).replace("_", " ")
    return Problem(f"“{value}” {what} the cited sentences.", told.path)


POLARITY = Check(
    "polarity",
    find_polarity,
    IssueKind.POLARITY_UNSUPPORTED,
    languages=LANGUAGES,
    blind="plans and denials told without any of the usual words, irony, and sentences in which"
    " another act of the same kind is told as done",
)
STANDING = Check(
    "standing",
    find_standing,
    IssueKind.POLARITY_UNSUPPORTED,
    languages=LANGUAGES,
    blind="contradiction without a word of denial or contrast",
)
