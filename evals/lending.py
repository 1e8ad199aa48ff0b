"""Items of one article's record made fit to stand in another's, where they don't belong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from summarizer.evals.edits import Labels, put, references, value_at
from summarizer.evals.leaves import records
from summarizer.evals.referents import identity
from summarizer.evals.things import Thing
from summarizer.evals.trees import Tree, grow

if TYPE_CHECKING:
    from pydantic import BaseModel

    from summarizer.evals.labelled import Labelled
    from summarizer.evals.plan import Plan

_BORROWED = "other-"  # before their ids

Cite = Callable[[list[Any]], list[Any]]
"""Makes receipts for a borrowed item of those it had."""


class Loan(NamedTuple):
    """An item that was borrowed, and the items with names that it refers to, by section."""

    section: str
    thing: Thing
    item: Labels
    needed: dict[str, list[Labels]]


def loans(lender: Labelled, plan: Plan, own: Tree, cite: Cite) -> Iterator[Loan]:
    """The items without names that `lender` has, one by one.

    What they refer to comes with them, unless the borrower has an item of the same name; other
    references are left out.
    """
    record = lender.record
    if record is not None:
        lent = _Lent(record, grow(lender, plan), own, cite)
        for section, things in lent.tree.sections.items():
            for thing in sorted(things, key=lambda thing: thing.path):
                if section != plan.root and not thing.plan.naming:
                    yield lent.loan(section, thing)


class _Lent:
    def __init__(self, record: BaseModel, tree: Tree, own: Tree, cite: Cite) -> None:
        self.tree = tree
        self._model = type(record)
        self._labels = record.model_dump(mode="json")
        self._own = own
        self._cite = cite
        self._by_id = {
            (section, getattr(thing.raw, "id", None)): thing
            for section, things in tree.sections.items()
            for thing in things
        }

    def loan(self, section: str, thing: Thing) -> Loan:
        labels = deepcopy(self._labels)
        needed: dict[str, dict[str, Labels]] = {}
        for ref, place in references(self._model, labels):
            other = self._by_id.get((ref.section, place.value))
            if other is None or not place.pointer.startswith(f"{thing.path}/"):
                continue
            if not other.plan.naming:
                put(labels, place.pointer, None)
                continue
            known = self._known(ref.section, other)
            if known is None:
                known = f"{_BORROWED}{place.value}"
                needed.setdefault(ref.section, {})[known] = self._alone(ref.section, other)
            put(labels, place.pointer, known)
        item = self._cited(labels, thing)
        return Loan(section, thing, item, {name: [*of.values()] for name, of in needed.items()})

    def _known(self, section: str, other: Thing) -> str | None:
        """The id of the borrower's item of the same name."""
        for thing in self._own.sections[section]:
            if identity(thing).names & identity(other).names:
                return getattr(thing.raw, "id", None)
        return None

    def _alone(self, section: str, thing: Thing) -> Labels:
        """An item without its references."""
        labels = deepcopy(self._labels)
        for _, place in references(self._model, labels):
            if place.pointer.startswith(f"{thing.path}/"):
                put(labels, place.pointer, None)
        return self._cited(labels, thing)

    def _cited(self, labels: Labels, thing: Thing) -> Labels:
        for _, record in records(thing):
            if record.plan.evidence is not None:
                pointer = f"{record.path}/{record.plan.evidence}"
                put(labels, pointer, self._cite(value_at(labels, pointer)))
        item: Labels = value_at(labels, thing.path)
        return {**item, "id": f"{_BORROWED}{item['id']}"} if item.get("id") else item
