"""Did it happen? What an item says of it, held against the clauses that tell of its act."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel

from summarizer.checks.acts import affirmed, contradicted, denied, undone
from summarizer.checks.check import Check, Problem
from summarizer.checks.moods import (
    AGAINST,
    LICENCES,
    OPEN,
    contrasts,
    negates,
    pattern,
    telling,
)
from summarizer.checks.statements import Statement, Told
from summarizer.results import IssueKind
from summarizer.schemas.claims import Attribution
from summarizer.schemas.cues import JUDGEMENT, PURPOSE
from summarizer.schemas.vocabularies import (
    AssessmentType,
    ClaimStatus,
    MeetingStatus,
    Realis,
)
from summarizer.schemas.vocabulary import Vocabulary
from summarizer.wire import Kind

LANGUAGES = frozenset(AGAINST)
_DONE = (Realis.OCCURRED, Realis.ONGOING, MeetingStatus.HELD, MeetingStatus.ONGOING)
_NOT_DONE = (Realis.DID_NOT_OCCUR, MeetingStatus.CANCELLED, MeetingStatus.REFUSED)
_SAYS_SO = (
    ClaimStatus.ASSERTED,
    ClaimStatus.REPORTED,
    ClaimStatus.CLAIMED,
    ClaimStatus.CONFIRMED,
    ClaimStatus.ACCUSED,
)

_SPEAKS = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ials?)|reject\w*|dismiss\w*|refut\w+|disput\w+|contradict\w*"
    r"|fals\w+"
    r"|fabricat\w+|untrue|baseless|unfounded|lies?|hoax|invent\w+|\w*information|propaganda"
    r"|wrong\w*"
    r"|incorrect\w*|inaccurat\w*|contest(?:s|ed|ing)?|nonsense|absurd\w*|report\w*|claim\w*|said"
    r"|says?|told|stat(?:e[sd]?|ements?)|alleg\w*|accus\w*|blam\w*|rumou?r\w*|according|suggest\w*"
    r"|believed|thought|supposed\w*|describ\w*|announc\w*|initial\w*|earlier|version|account"
    r"|contrary|despite|although|but|however|insist\w*|correct\w*)\b",
    re.IGNORECASE,
)
"""Words for what somebody says, or said before."""


def find_polarity(statement: Statement) -> Iterator[Problem]:
    """What a statement says of whether its act happened, where its sentences say otherwise."""
    english = statement.passage.language in ("en", None)
    for told, value in [*statement.values(Realis), *statement.values(MeetingStatus)]:
        if value is Realis.UNKNOWN or not _is_act(statement):
            if english and value in _DONE and _is_to_come(statement):
                yield _problem(told, "is not said of what is yet to come in")
        elif value in _NOT_DONE:
            if _tells_as_so(statement, value):
                yield _problem(told, "is nowhere negated in")
        elif not english:
            continue
        elif value in _DONE:
            if undone(statement):
                yield _problem(told, "is not told as done in")
        elif value in LICENCES and _is_settled(statement, value):
            yield _problem(told, "has no word to that effect in")


def find_standing(statement: Statement) -> Iterator[Problem]:
    """How a claim says that its source stands to the item, where its sentences say otherwise."""
    whole = statement.parent or statement
    for told, value in statement.values(ClaimStatus):
        if value in (ClaimStatus.DENIED, ClaimStatus.DISPUTED):
            if _bears_out(statement, whole) or (
                value is ClaimStatus.DENIED and _is_plain(statement, whole)
            ):
                yield _problem(told, "contradicts nothing in")
        elif value in _SAYS_SO and _is_told_as_fact(whole) and _only_denies(statement, whole):
            yield _problem(told, "is a denial in")
        elif (cues := LICENCES.get(value)) and not pattern(cues).search(
            f"{statement.quote} {statement.near}"
        ):
            yield _problem(told, "has no word to that effect in")


def _is_act(statement: Statement) -> bool:
    """Whether what a statement says to be so or not is an act, and not somebody's view of one."""
    return statement.cued is None or statement.cued.pattern not in (JUDGEMENT, PURPOSE)


def _is_to_come(statement: Statement) -> bool:
    """Whether a judgement is by its kind one of what nobody can have seen yet."""
    return statement.value(AssessmentType) in (
        AssessmentType.FORECAST,
        AssessmentType.RECOMMENDATION,
    )


def _tells_as_so(statement: Statement, value: Vocabulary) -> bool:
    """Whether a statement's sentences tell its act as done, and nothing in them speaks against it.

    In other languages than English, whether its one sentence has nothing that could negate.
    """
    language = statement.passage.language or "en"
    if AGAINST[language].search(statement.quote):
        return False
    if language != "en":
        return len(statement.sentences) == 1 and not negates(statement.quote, language)
    cues = LICENCES.get(value)
    if cues and pattern(cues).search(telling(statement.quote, language)):
        return False
    # What did not come about is told by a negation, or only as what was to come; that somebody
    # cancelled or refused it, by a word that says so.
    silent = not negates(statement.quote, language)
    if silent and (isinstance(value, MeetingStatus) or not _is_open(statement.quote)):
        return True
    return affirmed(statement, statement) and not contradicted(statement, statement)


def _is_open(text: str) -> bool:
    return any(pattern(cues).search(text) for cues in OPEN)


def _is_settled(statement: Statement, value: Vocabulary) -> bool:
    """Whether an act is told as done, in sentences in which nothing is left open."""
    if value is Realis.ATTEMPTED:
        is_open = pattern(LICENCES[value]).search(statement.quote) is not None
    else:
        is_open = _is_open(statement.quote)
    return not is_open and affirmed(statement, statement)


def _bears_out(statement: Statement, whole: Statement) -> bool:
    """Whether a claim's sentences tell the act as done, and set nothing against it."""
    if AGAINST["en"].search(statement.quote):
        return False
    if not affirmed(statement, whole):
        # Only who contradicts somebody denies, and none but the sentences that tell it speak here.
        same = set(statement.sentences) <= set(whole.sentences)
        if not same or not _is_act(whole) or len(list(_claims(whole))) != 1:
            return False
        return not negates(whole.quote, "en") and not contrasts(whole.quote)
    return not contradicted(statement, whole) and not contrasts(statement.quote)


def _is_told_as_fact(statement: Statement) -> bool:
    """Whether a statement claims no more and no less than that something is so."""
    values = [v for _, v in statement.values(Vocabulary) if isinstance(v, Realis | MeetingStatus)]
    return all(value in _DONE or value is Realis.UNKNOWN for value in values)


def _only_denies(statement: Statement, whole: Statement) -> bool:
    """Whether a claim's sentences deny, and no other claim of the item has that denial."""
    if not denied(statement, whole):
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
    """Whether the narrator tells what the item itself says: that it is not so, or is not yet.

    Nobody is contradicted, where nobody is told to have said that it is.
    """
    if next(statement.objects(Attribution), None) is not None or _is_told_as_fact(whole):
        return False
    if any(_status(claim) in _SAYS_SO for claim in _claims(whole)):
        return False
    return not _SPEAKS.search(f"{statement.quote} {whole.quote}")


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
    blind="what no sentence plainly contradicts: acts told in unusual words, irony, plans of one"
    " kind for plans of another, and, in other languages than English, all but negation",
)
STANDING = Check(
    "standing",
    find_standing,
    IssueKind.POLARITY_UNSUPPORTED,
    languages=frozenset({"en"}),
    blind="claims whose sentences don't plainly tell the act, or set anything at all against it",
)
