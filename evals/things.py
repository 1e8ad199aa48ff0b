"""What is compared: items, their fields, and the fillers of those.

Every item knows its size: what it weighs in a score.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from summarizer.evals.comparators import Named
from summarizer.evals.prose import Prose

if TYPE_CHECKING:
    from collections.abc import Hashable

    from summarizer.evals.identities import Span
    from summarizer.evals.plan import FieldPlan, RecordPlan


class Filler:
    """One value of a field: a leaf, prepared for its comparator, or a record within a record.

    `accepted` holds the prepared value and its alternatives. What is `optional` weighs nothing,
    and spares what it matches. A name of an item has all its names in `known`. A reference has who
    it means in `meant`, one for each of `accepted`, and in `parts` for how many of the other side
    they answer, in the comparison that was made last. Fillers of the same `key` are the same in
    every comparison.
    """

    __slots__ = ("accepted", "key", "known", "meant", "optional", "parts", "path", "raw", "thing")

    def __init__(
        self,
        path: str,
        raw: Any,
        *,
        accepted: tuple[Hashable, ...] = (),
        meant: tuple[Named, ...] = (),
        thing: Thing | None = None,
        optional: bool = False,
    ) -> None:
        self.path = path
        self.raw = raw
        self.accepted = accepted
        self.thing = thing
        self.known: Named | None = None
        self.optional = optional
        self.meant = meant
        self.parts: tuple[int, ...] = (1,) * len(meant)
        if thing is not None:
            told = thing.key
        elif len(accepted) == 1 and (not meant or meant == accepted):
            told = _key(accepted[0])
        else:
            others = (own for own in meant if own not in accepted)
            told = "/".join(map(_key, (*accepted, *others)))
        self.key = f"{told}?" if optional else told


class Thing:
    """An item of a section, or a record within one.

    `fields` holds the fillers, in the order of the plan's fields and each in canonical order;
    `free` the positions of those of which anything may be said. `size` is Σ weight · fillers,
    without what is optional or free. Things of the same `key` are the same in every comparison, so
    that to sort by it makes their order in the record irrelevant.
    """

    __slots__ = (
        "excused", "fields", "free", "key", "located", "optional", "path", "plan", "raw", "size",
        "spans", "verbatim", "waived",
    )  # fmt: skip

    def __init__(
        self,
        plan: RecordPlan,
        path: str,
        raw: BaseModel,
        fields: tuple[tuple[Filler, ...], ...],
        *,
        free: frozenset[int],
        spans: tuple[Span, ...],
        waived: frozenset[Span],
        verbatim: frozenset[Span],
        located: bool,
        optional: bool,
    ) -> None:
        self.plan = plan
        self.path = path
        self.raw = raw
        self.fields = fields
        self.free = free
        self.spans = spans
        self.waived = waived
        """Spans that a reader may cite or not."""
        self.verbatim = verbatim
        """Spans whose quotes stand in the article where they say; all, without the article."""
        self.located = located
        """Whether every quote does, and there is one where there should be."""
        self.optional = optional
        self.excused = False
        """Whether all of its evidence stands where the other side's reader doesn't care."""
        self.size = sum(
            mass(filler, field)
            for i, field in enumerate(plan.fields)
            if i not in free
            for filler in fields[i]
            if not filler.optional
        )
        told = "|".join(
            f"{i}{'*' if i in free else ':'}" + ";".join(filler.key for filler in fillers)
            for i, fillers in enumerate(fields)
            if fillers or i in free
        )
        self.key: str = (
            f"[{told}]{sorted(spans)}{sorted(waived)}{sorted(verbatim)}{located:d}{optional:d}"
        )


def mass(filler: Filler, field: FieldPlan) -> float:
    """What a filler weighs."""
    if filler.thing is not None:
        return field.weight * filler.thing.size
    return field.weight


@lru_cache(maxsize=2**15)
def _key_of_names(names: frozenset[str]) -> str:
    return ",".join(sorted(names))


def _key(prepared: Hashable) -> str:
    # Sets have no order that is the same in every process.
    if isinstance(prepared, Named):
        return _key_of_names(prepared.names)
    if isinstance(prepared, Prose):
        return f"{prepared.form} {prepared.facts} {prepared.limit if prepared.facts else ''}"
    return str(prepared)
