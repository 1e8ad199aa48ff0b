"""Single values of an answer, as they are read: texts, sentence numbers, what is quoted, dates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from summarizer.grounding.drafts import Unfit
from summarizer.results import IssueKind
from summarizer.schemas import DatePhrase
from summarizer.schemas.dates import find_phrases
from summarizer.wire import Kind, Node

if TYPE_CHECKING:
    from summarizer.schemas.markers import FromEvidence

_LONGEST_NUMBER = 9
"""Digits in the number of a sentence; more than an article can have sentences."""


def text_of(raw: Any) -> str:
    """A text, with its white space made alike. Raises `Unfit` for anything else, or for none."""
    if not isinstance(raw, str) or not raw.strip():
        raise Unfit(IssueKind.ITEM_INVALID, "text was expected")
    return " ".join(raw.split())


def sentence_number(number: Any) -> int | None:
    """The number of a sentence in what a model cites: 3, 3.0, "3" or "[3]"."""
    if isinstance(number, str):
        digits = number.strip("[] ")
        return int(digits) if digits.isdecimal() and len(digits) <= _LONGEST_NUMBER else None
    if isinstance(number, float) and number.is_integer():
        return int(number)
    return number if isinstance(number, int) and not isinstance(number, bool) else None


def names_in(node: Node, data: Mapping[str, Any]) -> list[str]:
    """The names that an object is found by."""
    values = (data.get(slot.name) or [] for slot in node.names)
    return [name for value in values for name in ([value] if isinstance(value, str) else value)]


def quoted(how: FromEvidence, quotes: Sequence[str]) -> str:
    """The cited sentences, or what follows the cue in the first of them that has one."""
    for quote in quotes:
        found = how.cue and re.search(rf"\b(?:{how.cue})", quote, re.IGNORECASE)
        if found:
            return quote[found.start() :]
    return " ".join(quotes)


def is_date(node: Node) -> bool:
    """Whether an object is a date in the words of the article."""
    return node.kind is Kind.OBJECT and issubclass(node.model, DatePhrase)


def only_date(quotes: Sequence[str]) -> str | None:
    """The one date phrase in the cited sentences: which of two is meant is not for code to say."""
    phrases = {quote[start:end] for quote in quotes for start, end in find_phrases(quote)}
    return phrases.pop() if len(phrases) == 1 else None
