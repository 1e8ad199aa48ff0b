"""What an overlap is made of: the fillers of two items that are held against each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from summarizer.evals.overlap import (
    MOST,
    Worth,
    credited,
    paired,
    same_sentence,
    worth_beside,
)
from summarizer.evals.things import Filler, Thing

if TYPE_CHECKING:
    from summarizer.evals.plan import FieldPlan


class Match(NamedTuple):
    """Two fillers that were held against each other, or one that had no counterpart.

    `field` is the path of names from the item, such as `claims.status`. `worth` is what one filler
    of the field weighs, `credit` the share of it that was earned, in [0, 1], and `left` the shares
    that count on the gold's side and on the predicted one. Of what is `spared` nothing is earned.
    `located` and `grounded` tell of the receipts of the predicted record that holds it.
    """

    field: str
    gold: Filler | None
    predicted: Filler | None
    worth: float
    credit: float
    left: tuple[float, float]
    spared: bool
    located: bool
    grounded: bool


def matches(gold: Thing, predicted: Thing, half: float = MOST) -> list[Match]:
    """What `overlap` sums up, filler by filler, with those that found no counterpart.

    Values of one field that are left over on both sides are held against each other, in order.
    """
    return list(_matches(gold, predicted, "", (gold, predicted), (half, half)))


def spared_matches(gold: Thing, predicted: Thing) -> list[Match]:
    """What `sparing` sums up, likewise."""
    return list(_spared(gold, predicted, "", (gold, predicted)))


def cells(thing: Thing, *, predicted: bool, spared: bool = False) -> list[Match]:
    """The fillers of an item that was aligned with nothing, each without a counterpart."""
    return list(_lonely(thing, "", predicted=predicted, owner=thing, spared=spared))


def _matches(
    gold: Thing, predicted: Thing, above: str, owners: tuple[Thing, Thing], worth: Worth
) -> Iterator[Match]:
    if predicted.plan.evidence is not None:
        owners = gold, predicted
    gold_owner, owner = owners
    located = owner.located
    grounded = located and _meets(gold_owner, owner)
    for i, field in enumerate(gold.plan.fields):
        a, b = gold.fields[i], predicted.fields[i]
        if not a and not b:
            continue
        path = f"{above}{field.name}"
        if i in gold.free or i in predicted.free:
            for g in a:
                yield from _alone(g, field, path, gold_owner, predicted=False, spared=True)
            for p in b:
                yield from _alone(p, field, path, owner, predicted=True, spared=True)
            continue
        yield from _held(field, path, a, b, owners, (located, grounded), worth)


def _spared(
    gold: Thing, predicted: Thing, above: str, owners: tuple[Thing, Thing]
) -> Iterator[Match]:
    """The matches of a pair of which one is optional."""
    for match in _matches(gold, predicted, above, owners, worth_beside(gold)):
        yield _beside(match, gold, predicted)


def _beside(match: Match, gold: Thing | Filler, predicted: Thing | Filler) -> Match:
    """A match within something optional: it spares what it would earn, and the rest is left."""
    earned = 0.0 if match.spared else match.credit
    left = (
        0.0 if gold.optional else match.left[0] - earned,
        0.0 if predicted.optional else match.left[1] - earned,
    )
    if earned or match.spared or not any(left):
        return match._replace(left=left, spared=True)
    # Nothing of it is right, so that what the other side may leave out is no counterpart.
    return match._replace(
        left=left,
        gold=None if gold.optional else match.gold,
        predicted=None if predicted.optional else match.predicted,
    )


def _held(
    field: FieldPlan,
    path: str,
    a: tuple[Filler, ...],
    b: tuple[Filler, ...],
    owners: tuple[Thing, Thing],
    receipts: tuple[bool, bool],
    worth: Worth,
) -> Iterator[Match]:
    """The fillers of one field against each other."""
    left, right = list(a), list(b)
    for g, p, _ in paired(field, a, b, worth) if a and b else ():
        left.remove(g)
        right.remove(p)
        if g.thing is None or p.thing is None:
            credit = credited(field, g, p)
            match = Match(path, g, p, field.weight, credit, (1.0, 1.0), False, *receipts)
            yield _beside(match, g, p) if g.optional or p.optional else match
        else:
            if g.optional or p.optional:
                inner = _spared(g.thing, p.thing, f"{path}.", owners)
            else:
                inner = _matches(g.thing, p.thing, f"{path}.", owners, worth)
            yield from (match._replace(worth=match.worth * field.weight) for match in inner)
    left = [g for g in left if not g.optional]
    right = [p for p in right if not p.optional]
    if field.record is None:
        for g, p in zip(left, right, strict=False):
            yield Match(path, g, p, field.weight, 0.0, (1.0, 1.0), False, *receipts)
        both = min(len(left), len(right))
        left, right = left[both:], right[both:]
    for g in left:
        yield from _alone(g, field, path, owners[0], predicted=False, spared=False)
    for p in right:
        yield from _alone(p, field, path, owners[1], predicted=True, spared=False)


def _alone(
    filler: Filler, field: FieldPlan, path: str, owner: Thing, *, predicted: bool, spared: bool
) -> Iterator[Match]:
    spared = spared or filler.optional
    if filler.thing is not None:
        inner = _lonely(filler.thing, f"{path}.", predicted=predicted, owner=owner, spared=spared)
        yield from (match._replace(worth=match.worth * field.weight) for match in inner)
        return
    gold = None if predicted else filler
    own = filler if predicted else None
    left = (0.0, 0.0) if spared else (float(not predicted), float(predicted))
    located = predicted and owner.located
    yield Match(path, gold, own, field.weight, 0.0, left, spared, located, False)


def _lonely(
    thing: Thing, above: str, *, predicted: bool, owner: Thing, spared: bool
) -> Iterator[Match]:
    if thing.plan.evidence is not None:
        owner = thing
    for i, field in enumerate(thing.plan.fields):
        for filler in thing.fields[i]:
            yield from _alone(
                filler, field, f"{above}{field.name}", owner,
                predicted=predicted, spared=spared or i in thing.free,
            )  # fmt: skip


def _meets(gold: Thing, predicted: Thing) -> bool:
    if gold.plan.evidence is None:
        return True
    return any(same_sentence(a, b) for a in gold.spans for b in predicted.spans)
