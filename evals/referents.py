"""Who references lead to: the items of a section by their names, and which belongs to which."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.evals.comparators import Named, Names
from summarizer.evals.things import Thing
from summarizer.evals.trees import Tree

_same = Names().compare
Edge = tuple[Named, Named]
"""An item, and another of its section to which it says that it belongs."""


def identity(thing: Thing) -> Named:
    """What references to an item go by: its names, or its receipts if it has none."""
    known = [
        form
        for field, fillers in zip(thing.plan.fields, thing.fields, strict=True)
        if field.naming
        for filler in fillers
        for form in (filler.known, *filler.accepted)
        if isinstance(form, Named)
    ]
    names = frozenset[str]().union(*(form.names for form in known))
    receipts = frozenset(f"{start}-{end}" for start, end in thing.spans)
    return Named(names or receipts)


class Referents:
    """The items that `gold` has, and who belongs to whom by any of the trees."""

    def __init__(self, gold: Tree, *others: Tree) -> None:
        self._known = {
            section: [identity(thing) for thing in things]
            for section, things in gold.sections.items()
        }
        self._edges: dict[str, list[Edge]] = {}
        for tree in (gold, *others):
            for section, things in tree.sections.items():
                for thing in things:
                    self._edges.setdefault(section, []).extend(_belongings(section, thing))

    def knows(self, section: str, named: Named) -> bool:
        """Whether a reference leads to an item of the gold."""
        return any(_same(named, known) > 0 for known in self._known.get(section, ()))

    def related(self, section: str, first: Named, second: Named) -> bool:
        """Whether one of two items belongs to the other, directly or through others."""
        return self._belongs(section, first, second) or self._belongs(section, second, first)

    def _belongs(self, section: str, inner: Named, outer: Named) -> bool:
        edges = list(self._edges.get(section, ()))
        reached = [inner]
        for one in reached:  # grows while it is gone through
            above = [edge for edge in edges if _same(edge[0], one) > 0]
            edges = [edge for edge in edges if edge not in above]
            reached += [edge[1] for edge in above]
        return any(_same(one, outer) > 0 for one in reached[1:])


def _belongings(section: str, thing: Thing) -> Iterator[Edge]:
    for field, fillers in zip(thing.plan.fields, thing.fields, strict=True):
        if field.ref is not None and field.ref.section == section:
            for filler in fillers:
                for form in filler.accepted:
                    if isinstance(form, Named):
                        yield identity(thing), form
