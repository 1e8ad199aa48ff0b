"""A text made to deny what it told, or to tell what it denied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from summarizer.evals.falsehoods.verbs import (
    BASES,
    CLEAR,
    FRENCH_PARTICIPLE,
    RUSSIAN_VERBS,
    is_participle,
)


class Rewriting(NamedTuple):
    """A stretch of a text, and what to write there."""

    start: int
    end: int
    written: str


_AUXILIARY = re.compile(
    r"\b(is|are|was|were|will|would|should|can|could|must|has|have|had|did|does|do)\b(?!n['’]t)"
    r"(\s+not\b)?(?:\s+([a-z]+))?"
)
_CONTRACTED = re.compile(
    r"\b(is|are|was|were|would|should|could|must|has|have|had|did|does|do)n['’]t\b|\b(wo|ca)n['’]t\b"
)
_PAST = re.compile(
    r"(?<=\s)([a-z]+)(\s+(?:an?|the|its|their|his|her|another|at least|\d+|two|three)\b)"
)
_DOUBT = re.compile(r"\b(?:if|whether|unless|before|as long as|so|what)\b", re.IGNORECASE)
_PASSIVE_BEFORE = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|being|has|have|had|and|or|who|which|not|by|to)|[,\"“”(])\s+$"
)
_CLEAR = re.compile(rf"(?<=[a-z] )({'|'.join(sorted(CLEAR))})\b")
_NONE = re.compile(r"\b([Nn])o (?=[a-z])(?!longer|fewer|less|more|one)")
_DOING = frozenset({"do", "does", "did"})
_HAVING = frozenset({"has", "have", "had"})
_FRENCH = re.compile(
    rf"(?<![\w'’])(a|ont|avait|avaient|est|sont|était|étaient|sera|seront|doit|doivent|peut|peuvent)"
    rf"\s+((?:{FRENCH_PARTICIPLE}|[^\W\d_]+(?:er|ir))\b)"
)
_FRENCH_BEFORE = re.compile(
    r"(?:\b(?:se|ne|y|en|les?|la|lui|leur|nous|vous)|['’])\s*$", re.IGNORECASE
)
_FRENCH_NEGATED = re.compile(r"\b(?:n['’]|ne\s+)(y\s+)?([^\W\d_]+)\s+(?:pas|plus|jamais)\s+")
_FRENCH_NOBODY = re.compile(r"\baucune?\s+")


def denials(text: str, language: str) -> Iterator[Rewriting]:
    """The places where a "not" goes in or out, and what is then written there."""
    match language:
        case "ru":
            yield from _russian(text)
        case "fr":
            yield from _french(text)
        case _:
            yield from _english(text)


def _english(text: str) -> Iterator[Rewriting]:
    if re.match(r"(?:not )?to [a-z]+", text):
        away = text.startswith("not ")
        yield Rewriting(0, 4 if away else 0, "" if away else "not ")
    yield from _auxiliaries(text)
    yield from _pasts(text)
    for match in _CONTRACTED.finditer(text):
        irregular = {"wo": "will", "ca": "can"}
        yield Rewriting(*match.span(), match[1] or irregular[match[2]])
    for match in _NONE.finditer(text):
        yield Rewriting(*match.span(), "A " if match[1] == "N" else "a ")


def _auxiliaries(text: str) -> Iterator[Rewriting]:
    for match in _AUXILIARY.finditer(text):
        verb, negation, after = match.groups()
        if negation:
            yield Rewriting(match.end(1), match.end(2), "")
        elif (
            verb not in _DOING
            and not _DOUBT.search(text[max(0, match.start() - 40) : match.start()])
            and (verb not in _HAVING or (after and is_participle(after)))
        ):
            yield Rewriting(match.end(1), match.end(1), " not")


def _pasts(text: str) -> Iterator[Rewriting]:
    # A past tense that is a participle too is known by the object that follows.
    objects = [(match[1], match.span(1)) for match in _PAST.finditer(text)]
    clear = [(match[1], match.span(1)) for match in _CLEAR.finditer(text)]
    for past, span in dict.fromkeys([*objects, *clear]):
        if past in BASES and not _PASSIVE_BEFORE.search(text[: span[0]]):
            yield Rewriting(*span, f"did not {BASES[past]}")


def _french(text: str) -> Iterator[Rewriting]:
    for match in _FRENCH.finditer(text):
        if not _FRENCH_BEFORE.search(text[: match.start()]):
            verb = match[1]
            elided = "n'" if verb[0] in "aoéeê" else "ne "
            yield Rewriting(*match.span(1), f"{elided}{verb} pas")
    for match in _FRENCH_NEGATED.finditer(text):
        yield Rewriting(*match.span(), f"{match[1] or ''}{match[2]} ")
    for match in _FRENCH_NOBODY.finditer(text):
        yield Rewriting(*match.span(), "une " if match.group().startswith("aucune") else "un ")


def _russian(text: str) -> Iterator[Rewriting]:
    for match in re.finditer(r"(?<![\w-])(?:не\s+)?([а-яё]+)(?![\w-])", text):
        verb = match[1]
        if match.group() != verb and verb not in ("менее", "более", "меньше", "только"):
            yield Rewriting(match.start(), match.start(1), "")
        elif match.group() == verb and verb in RUSSIAN_VERBS:
            yield Rewriting(match.start(), match.start(), "не ")
