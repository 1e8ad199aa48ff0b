"""The leaves of an item: every value in it, at any depth, with the field that it is of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from summarizer.evals.things import Thing

if TYPE_CHECKING:
    from summarizer.evals.plan import FieldPlan, RecordPlan
    from summarizer.evals.things import Filler


class Leaf(NamedTuple):
    """One value. `path` is the names of the fields that lead to it, such as `claims.status`."""

    path: str
    field: FieldPlan
    filler: Filler
    owner: Thing
    """The record that it stands in."""
    spared: bool
    """Whether a reader left it open."""


def leaves(thing: Thing) -> list[Leaf]:
    """All leaves of an item, in the order of its fields."""
    return list(_leaves(thing, "", spared=False))


def field_at(plan: RecordPlan, path: str) -> FieldPlan:
    """The field that a path of names leads to, from an item of `plan`."""
    name, _, rest = path.partition(".")
    field = next(field for field in plan.fields if field.name == name)
    return field_at(field.record, rest) if field.record is not None and rest else field


def records(thing: Thing) -> Iterator[tuple[str, Thing]]:
    """An item and the records within it, each with what the paths of its fields begin with."""
    return _records(thing, "")


def _leaves(thing: Thing, above: str, *, spared: bool) -> Iterator[Leaf]:
    for i, field in enumerate(thing.plan.fields):
        for filler in thing.fields[i]:
            left_open = spared or i in thing.free or filler.optional
            if filler.thing is not None:
                yield from _leaves(filler.thing, f"{above}{field.name}.", spared=left_open)
            else:
                yield Leaf(f"{above}{field.name}", field, filler, thing, left_open)


def _records(thing: Thing, above: str) -> Iterator[tuple[str, Thing]]:
    yield above, thing
    for i, field in enumerate(thing.plan.fields):
        for filler in thing.fields[i]:
            if filler.thing is not None:
                yield from _records(filler.thing, f"{above}{field.name}.")
