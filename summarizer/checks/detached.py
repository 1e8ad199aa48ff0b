"""Those who left a body, oppose it or outlived it are not the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from summarizer.checks.check import Check, Problem
from summarizer.errors import excerpt
from summarizer.results import IssueKind
from summarizer.schemas.markers import NotSource
from summarizer.wire import Kind, marked

if TYPE_CHECKING:
    from summarizer.checks.statements import Statement, Told

_APART = (
    r"former|formerly|ex|retired|onetime|one-time|erstwhile|breakaway|dissident|renegade|defected"
    r"|defector|exiled|exile|opponent|critic|rival|enem(?:y|ie)|relative|widow"
    r"|descendant|deserter"
)
_SAYS_SO = re.compile(
    rf"\b(?:{_APART}|anti|veteran|previous|past|once|old|quit|left|leav|desert|split|splinter|hostile"
    r"|against|oppos|dissent|critici|dismiss|oust|expel|sacked|departed|late|no longer|used to)"
)
"""In a text in small letters: to look in any case takes three times as long."""
_LONGEST = 90
"""Characters before a name in which the word is looked for that sets others apart from it."""


def find_detached(statement: Statement) -> Iterator[Problem]:
    """What is said of a body where the sentences say it of those who left it or oppose it."""
    if not _SAYS_SO.search(statement.quote.lower()):  # nearly always
        return
    for told, name in _named(statement):
        if not _SAYS_SO.search(told.value.lower()) and _only_apart(name, statement.quote):
            message = (
                f"The sentences speak of others than “{excerpt(name)}”: of those apart from it."
            )
            yield Problem(message, told.path)


def _named(statement: Statement) -> Iterator[tuple[Told, str]]:
    for told in statement.texts:
        # What only repeats its sentence repeats the word as well.
        if told.value not in statement.quote:
            yield from ((told, name) for name in statement.passage.capitals.known(told.value))
    for told in statement.names:
        metadata = statement.node.model.model_fields.get(told.name)
        if told.node.kind is Kind.REFERENCE and metadata and marked(metadata.metadata, NotSource):
            yield from ((told, name) for name in statement.passage.names_of(told.value)[:1])


def _only_apart(name: str, quote: str) -> bool:
    """Whether every mention of a name in the sentences is of those who are apart from it."""
    found = [match.start() for match in _mentions(name).finditer(quote)]
    return bool(found) and all(
        _before().search(quote, max(0, start - _LONGEST), start) for start in found
    )


@lru_cache(maxsize=1024)
def _mentions(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    # "former officers of the", "critics of", "an ex-", "anti-"; and no verb in between.
    nouns = r"(?:[\s-]+(?!was|were|is|are|has|had|said)[a-z][\w'-]*){0,4}"
    titles = r"(?-i:(?:[A-Z][\w.]*\s+){0,2})"
    return re.compile(
        rf"\b(?:(?:{_APART})s?{nouns}\s+(?:of|from|to)\s+(?:the\s+)?{titles}|(?:anti|ex)-)\Z",
        re.IGNORECASE,
    )


DETACHED = Check(
    "detached",
    find_detached,
    IssueKind.ROLE_UNSUPPORTED,
    languages=frozenset({"en"}),
    blind="those who are set apart by other words, or in another sentence",
)
