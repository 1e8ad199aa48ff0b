"""What two items of a section have in common, or hold against each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from functools import lru_cache

from summarizer.checks.statements import Statement
from summarizer.names import normal_form
from summarizer.schemas.dates import DatePhrase
from summarizer.schemas.places import Place
from summarizer.schemas.quantities import Quantity
from summarizer.wire import Held, Kind

_ALIKE = 0.6
"""The share of the shorter text's words that two texts of one content have in common."""
_SMALL = frozenset(
    {"been", "from", "have", "into", "that", "their", "they", "this", "were", "with"}
)


def parties(statement: Statement) -> Mapping[str, frozenset[str]]:
    """Whom an item refers to, field by field; in its own fields, not in objects inside it."""
    found: dict[str, set[str]] = {}
    for told in statement.names:
        if told.node.kind is Kind.REFERENCE and told.owner is statement.item:
            found.setdefault(told.name, set()).add(told.value)
    return {name: frozenset(held) for name, held in found.items()}


def kinds(statement: Statement) -> Mapping[str, Enum]:
    """The enumerations in an item's own fields."""
    return {
        told.name: told.value
        for told in statement.told
        if isinstance(told.value, Enum) and told.owner is statement.item
    }


def place(statement: Statement) -> str | None:
    """The first place that an item names, in normal form."""
    return next((normal_form(each.text) for _, each in statement.objects(Place)), None)


def day(statement: Statement) -> str | None:
    """The first date that an item gives: in the calendar if that is known, or as written."""
    found = next((each for _, each in statement.objects(DatePhrase)), None)
    return None if found is None else found.edtf or normal_form(found.text)


def counts(statement: Statement) -> frozenset[tuple[object, float | None, float | None]]:
    """What an item counts, and to how many."""
    return frozenset((q.measure, q.min, q.max) for _, q in statement.objects(Quantity))


def agree(one: object, other: object) -> bool:
    """Whether two values are the same, or one of them is not told."""
    return not one or not other or one == other


def kinds_agree(one: Statement, other: Statement) -> bool:
    """Whether no enumeration has one value in one item and another in the other."""
    mine, theirs = kinds(one), kinds(other)
    return all(mine[name] == theirs[name] for name in mine.keys() & theirs.keys())


def texts_alike(one: Statement, other: Statement) -> bool:
    """Whether each text that says what an item is has much the same words in both."""
    mine, theirs = _texts(one), _texts(other)
    return all(_alike(mine[name], theirs[name]) for name in mine.keys() & theirs.keys())


def _texts(statement: Statement) -> Mapping[str, str]:
    keys = {slot.name for slot in statement.node.fields if slot.key}
    return {
        told.name: told.value
        for told in statement.texts
        if told.name in keys and told.owner is statement.item and told.node.held is Held.PROSE
    }


def _alike(one: str, other: str) -> bool:
    mine, theirs = _content(one), _content(other)
    return len(mine & theirs) >= _ALIKE * min(len(mine), len(theirs))


@lru_cache(maxsize=1024)
def _content(text: str) -> frozenset[str]:
    words: Iterable[str] = normal_form(text).split()
    return frozenset(
        word.removesuffix("s") for word in words if len(word) > 3 and word not in _SMALL
    )
