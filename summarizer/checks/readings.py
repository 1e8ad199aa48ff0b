"""A record as it is read: who is in it, what it states, and the article that it is of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from summarizer.checks.passages import Passage
from summarizer.checks.statements import Siblings, Statement, bearers, names_of, statements
from summarizer.wire import Plan, is_section

if TYPE_CHECKING:
    from pydantic import BaseModel

    from summarizer.grounding import Source


class Reading:
    """One record and its article, read once for all that is held against them."""

    def __init__(self, summary: BaseModel, plan: Plan, source: Source) -> None:
        self.summary = summary
        self.plan = plan
        self.source = source
        self.names: Mapping[str, Sequence[str]] = dict(_named(summary, plan))
        """By what references hold (an id, or the name), the names that each named item goes by."""
        self.passage = Passage(source, self.names)

    @cached_property
    def statements(self) -> Sequence[Statement]:
        """The objects of the record that cite sentences, each before those inside it."""
        return tuple(statement for _, section in self._sections for statement in section)

    @cached_property
    def _sections(self) -> Sequence[tuple[Siblings, Sequence[Statement]]]:
        return tuple(statements(self.summary, self.plan, self.passage))

    @cached_property
    def bearers(self) -> Sequence[Statement]:
        """The items that say nothing but who they are."""
        return tuple(bearers(self.summary, self.plan, self.passage))


def _named(summary: BaseModel, plan: Plan) -> Iterator[tuple[str, list[str]]]:
    for section in plan.root.fields:
        if not is_section(section):
            continue
        node = section.node.listed
        if node.citations is not None:  # an event is not named in its sentences
            continue
        for item in getattr(summary, section.name) or ():
            if names := names_of(item, node):
                yield getattr(item, "id", None) or names[0], names
