"""A text made to tell as done what is planned, or as planned what was done."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.evals.falsehoods.polarity import Rewriting
from summarizer.evals.falsehoods.verbs import BASES, FUTURES, PASTS, is_participle

_BE = re.compile(r"\b(was|were|has been|have been)\s+(?=(?:[a-z]+ly\s+)?([a-z]+))")
_WILL = re.compile(
    r"\b(?:will|would|is to|are to|is set to|are set to)\s+(?:[a-z]+ly\s+)?([a-z]+)\b"
)
_SHOULD = re.compile(r"\bshould be\s+(?=([a-z]+))")
_PLAN = re.compile(
    r"\b(?:plans|planned|intends|intended|aims|hopes|vowed|threatened|proposed|is about|wants)"
    r"\s+to\s+([a-z]+)\b"
)
_PAST = re.compile(
    r"(?<=\s)([a-z]+)(?=\s+(?:an?|the|its|their|his|her|another|at least|\d+|two|three)\b)"
)
_PASSIVE_BEFORE = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|being|has|have|had|not|by|to|and|or)|[,\"“”(])\s+$"
)
_FRENCH_PAST = re.compile(r"(?<![\w'’])(a|ont)\s+(?:(été)\s+)?([^\W\d_]+)é(e?s?)\b", re.IGNORECASE)
_FRENCH_BEFORE = re.compile(r"\b(?:ne|n|y|en|les?|la|lui|leur)['’\s]\s*$", re.IGNORECASE)
_FRENCH_DUTY = re.compile(r"\b(doit|devrait|doivent|devraient)\s+([^\W\d_]+)er\b")
_FRENCH_FUTURE = re.compile(r"\baura pour but\b|\bseront\b|\bsera\b")
_FRENCH_DONE = {"aura pour but": "avait pour but", "seront": "ont été", "sera": "a été"}


def shifts(text: str, language: str) -> Iterator[Rewriting]:
    """The places where the tense changes, and what is then written there."""
    match language:
        case "ru":
            yield from _russian(text)
        case "fr":
            yield from _french(text)
        case _:
            yield from _english(text)


def _english(text: str) -> Iterator[Rewriting]:
    yield from _coming(text)
    yield from _done(text)


def _coming(text: str) -> Iterator[Rewriting]:
    """What was done, as planned."""
    for match in _BE.finditer(text):
        if match[2] not in ("not", "to", "about"):
            yield Rewriting(match.start(1), match.end(1), "will be")
    for match in _PAST.finditer(text):
        if match[1] in BASES and not _PASSIVE_BEFORE.search(text[: match.start()]):
            yield Rewriting(*match.span(), f"will {BASES[match[1]]}")


def _done(text: str) -> Iterator[Rewriting]:
    """What is planned, as done."""
    for match in _WILL.finditer(text):
        past = "was" if match[1] == "be" else PASTS.get(match[1])
        if past is not None:
            yield Rewriting(*match.span(), past)
    for match in _SHOULD.finditer(text):
        if is_participle(match[1]):
            yield Rewriting(match.start(), match.end(), "have already been ")
    for match in _PLAN.finditer(text):
        if match[1] in PASTS:
            yield Rewriting(*match.span(), PASTS[match[1]])


def _french(text: str) -> Iterator[Rewriting]:
    for match in _FRENCH_PAST.finditer(text):
        if _FRENCH_BEFORE.search(text[: match.start()]):
            continue
        going = "va" if match[1].casefold() == "a" else "vont"
        verb = f"être {match[3]}é{match[4]}" if match[2] else f"{match[3]}er"
        yield Rewriting(*match.span(), f"{going} {verb}")
    for match in _FRENCH_DUTY.finditer(text):
        if re.search(r"\bse\s*$", text[: match.start()]):
            continue
        have = "a" if match[1] in ("doit", "devrait") else "ont"
        yield Rewriting(*match.span(), f"{have} déjà {match[2]}é")
    for match in _FRENCH_FUTURE.finditer(text):
        yield Rewriting(*match.span(), _FRENCH_DONE[match.group()])


def _russian(text: str) -> Iterator[Rewriting]:
    for match in re.finditer(r"(?<![\w-])[а-яё]+(?![\w-])", text):
        future = FUTURES.get(match.group())
        if future is not None and not re.search(r"\b(?:не|чтобы|бы)\s+$", text[: match.start()]):
            yield Rewriting(*match.span(), future)
