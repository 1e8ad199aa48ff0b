"""A labelled article, looked at for what can be damaged."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

from summarizer import Article
from summarizer.evals.identities import Span
from summarizer.evals.labelled import Labelled
from summarizer.evals.leaves import Leaf, leaves
from summarizer.evals.plan import Plan
from summarizer.evals.referents import Referents
from summarizer.evals.things import Thing
from summarizer.evals.trees import Tree, grow


@dataclass(frozen=True)
class Site:
    """An article with its gold. `chance` decides what is left to it; `donor` is another's gold."""

    article: Article
    gold: Labelled
    plan: Plan
    chance: Random
    donor: Labelled | None = None

    @cached_property
    def tree(self) -> Tree:
        """The gold, ready for comparison."""
        return grow(self.gold, self.plan)

    @cached_property
    def referents(self) -> Referents:
        """Its items, as references lead to them."""
        return Referents(self.tree)

    @cached_property
    def items(self) -> list[tuple[str, Thing]]:
        """The items that count, each with its section, in the order of the record."""
        return [
            (section, thing)
            for section, things in self.tree.sections.items()
            for thing in sorted(things, key=lambda thing: thing.path)
            if section != self.plan.root and not thing.optional
        ]

    @cached_property
    def leaves(self) -> list[tuple[str, Thing, Leaf]]:
        """The values that count, each with its section and its item."""
        return [
            (section, thing, leaf)
            for section, thing in self.items
            for leaf in leaves(thing)
            if not leaf.spared
        ]

    @cached_property
    def called(self) -> dict[tuple[str, str], str]:
        """What an item is called, by its section and id; nothing if it has no name."""
        return {
            (section, own): next(iter(names_of(thing)), "")
            for section, thing in self.items
            if (own := id_of(thing)) is not None
        }

    def ignores(self, span: Span) -> bool:
        """Whether whatever is found there counts neither way."""
        return any(each.start <= span[0] and span[1] <= each.end for each in self.gold.regions)

    def receipt(self, index: int) -> dict[str, Any]:
        """The evidence, in JSON, for a sentence by its index."""
        start, end = self.article.sentences[index]
        quote = self.article.text[start:end]
        return {"sentence": index + 1, "start": start, "end": end, "quote": quote}


def id_of(thing: Thing) -> str | None:
    """The id of an item, if it has one."""
    return getattr(thing.raw, "id", None)


def names_of(thing: Thing) -> list[str]:
    """The names of an item, as they are written."""
    values = [getattr(thing.raw, name) for name in thing.plan.naming]
    lists = [[value] if isinstance(value, str) else value or [] for value in values]
    return [name for names in lists for name in names]
