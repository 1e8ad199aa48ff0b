"""The body that somebody speaks for is the same in every item that tells his words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from summarizer.checks.check import Check, Problem
from summarizer.checks.statements import Statement, Told
from summarizer.errors import excerpt
from summarizer.results import IssueKind, Severity, pointer
from summarizer.schemas.markers import NotOf, NotSource
from summarizer.wire import Kind

_MOST = 64
"""Items of one holder that are looked at."""
_LEAST = 2
"""Items that must agree on another body."""


def find_affiliations(statement: Statement) -> Iterator[Problem]:
    """A body that holds for one item alone, where others have another for the same person."""
    holder, body = _pair(statement)
    if holder is None or body is None:
        return
    others: Counter[str] = Counter()
    for other in islice(statement.siblings.by_reference.get(holder.value, ()), _MOST):
        theirs, its = _pair(other)
        if theirs is not None and its is not None and theirs.value == holder.value:
            others[its.value] += 1
    most, count = max(others.items(), key=lambda pair: pair[1], default=("", 0))
    if most == body.value or count < _LEAST or others[body.value] >= count:
        return
    names = [excerpt(statement.passage.names_of(each)[0]) for each in (holder.value, most)]
    own = excerpt(statement.passage.names_of(body.value)[0])
    yield Problem(f"“{names[0]}” is of “{names[1]}” in other items, and not of “{own}”.", body.path)


def _pair(statement: Statement) -> tuple[Told | None, Told | None]:
    """Who holds the view of an item, and for what body."""
    holder = body = None
    for told in statement.names:
        if told.owner is not statement.item or told.node.kind is not Kind.REFERENCE:
            continue
        if told.marker(NotOf) is not None:
            holder = told
        elif told.path == pointer(told.name) and told.marker(NotSource) is None:
            body = told
    return holder, body


AFFILIATIONS = Check(
    "affiliations",
    find_affiliations,
    IssueKind.CONTRADICTION,
    Severity.WARNING,
    blind="a wrong body in the only item of its holder, or in most of them, and people who do"
    " change it",
)
