"""How much two items have in common, and where: κ, and what makes it up.

κ(g, p) = Σ w · c(g_f, p_f) over the fields f, where a field of several values is a one-to-one
assignment of the largest sum, so that κ ≤ min(|g|, |p|). What a reader left open (optional values,
fields of which anything may be said) adds nothing to κ and is *spared*: it is taken off the size of
the side that says it. So is what is found of something optional, as far as it is right; the rest of
it was made up. Where a value may either earn or be spared, the assignment depends on `half`, which
is F/2: what sparing is worth beside earning.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from summarizer.evals.comparators import Names
from summarizer.evals.identities import Span, apart
from summarizer.evals.kernel import align
from summarizer.evals.things import Filler, Thing, mass

if TYPE_CHECKING:
    from summarizer.evals.plan import FieldPlan

MOST = 0.5 - 1e-5
"""What sparing a value is worth beside earning it, at most: a value that is taken off the
denominator of F = 2TP / (|g| + |p|) is worth F / 2. Less a hair, so that what both sides have is
earned where F is 1 either way."""
LEAST = 1e-5
"""What it is worth at least, so that what can be spared is spared where F is 0, too."""
_NOTHING = 1e-9
SAME_SENTENCE = 0.5
"""Spans are of the same sentence if they share this much of what they cover together."""


Worth = tuple[float, float]
"""What sparing is worth beside earning, on the gold's side and on the predicted one."""


class Overlap(NamedTuple):
    """κ of a pair, and the mass that each side is spared because of what the other left open."""

    credit: float
    spared_gold: float
    spared_predicted: float


def compatible(gold: Thing, predicted: Thing) -> bool:
    """Whether the types of two items allow that they are the same."""
    for i in gold.plan.types:
        if i in gold.free or i in predicted.free:
            continue
        families = gold.plan.fields[i].families or ()
        for g in gold.fields[i]:
            for p in predicted.fields[i]:
                if not any(
                    a == b or any(a in family and b in family for family in families)
                    for a in g.accepted
                    for b in p.accepted
                ):
                    return False
    return True


def anchored(gold: Thing, predicted: Thing) -> bool:
    """Whether two items agree on an anchor, or neither needs any.

    On a name, a reference or a record they may agree in part, on other values only fully. They
    agree on one of which a reader says that anything will do; one that is optional is not needed.
    """
    some = False
    for i in gold.plan.anchors:
        if i in gold.free or i in predicted.free:
            return True
        a, b = gold.fields[i], predicted.fields[i]
        some = some or any(not filler.optional for filler in (*a, *b))
        field = gold.plan.fields[i]
        if any(_alike(field, g, p) for g in a for p in b):
            return True
    return not some


def overlap(gold: Thing, predicted: Thing, half: float = MOST) -> Overlap:
    """κ of two records of one class and what is spared: the most of κ + half · spared."""
    return _overlap(gold, predicted, (half, half))


def sparing(gold: Thing, predicted: Thing) -> Overlap:
    """What a pair is spared of which one is optional: of the other, what it earns and spares."""
    if gold.optional and predicted.optional:
        return Overlap(0.0, 0.0, 0.0)
    found = _overlap(gold, predicted, worth_beside(gold))
    if gold.optional:
        return Overlap(0.0, 0.0, found.credit + found.spared_predicted)
    return Overlap(0.0, found.credit + found.spared_gold, 0.0)


def _overlap(gold: Thing, predicted: Thing, worth: Worth) -> Overlap:
    credit = spared_gold = spared_predicted = 0.0
    for i, field in enumerate(gold.plan.fields):
        a, b = gold.fields[i], predicted.fields[i]
        if gold.free or predicted.free:
            gold_free, predicted_free = i in gold.free, i in predicted.free
            if gold_free or predicted_free:
                spared_gold += 0.0 if gold_free else _required(a, field)
                spared_predicted += 0.0 if predicted_free else _required(b, field)
                continue
        if not a or not b:
            continue
        if len(a) == 1 == len(b) and field.record is None:
            g, p = a[0], b[0]
            earned = field.weight * credited(field, g, p)
            if not (g.optional or p.optional):
                credit += earned
            elif not p.optional:
                spared_predicted += earned
            elif not g.optional:
                spared_gold += earned
            continue
        for _, _, found in paired(field, a, b, worth):
            credit += found.credit
            spared_gold += found.spared_gold
            spared_predicted += found.spared_predicted
    return Overlap(credit, spared_gold, spared_predicted)


def likeness(gold: Thing, predicted: Thing, found: Overlap) -> float:
    """d = 2κ / (|g| + |p|), without what is spared; 1 where that leaves nothing to be wrong."""
    total = gold.size + predicted.size - found.spared_gold - found.spared_predicted
    return 2 * found.credit / total if total > _NOTHING else 1.0


def most_alike(gold: Thing, predicted: Thing, found: Overlap) -> float:
    """The largest d that two items have by any assignment, where `found` is their overlap."""
    best = likeness(gold, predicted, found)
    while found.spared_gold or found.spared_predicted:
        # The same fixed point that the alignment of a document is.
        found = overlap(gold, predicted, min(max(best / 2, LEAST), MOST))
        better = likeness(gold, predicted, found)
        if better <= best + _NOTHING:
            break
        best = better
    return best


def same_sentence(first: Span, second: Span) -> bool:
    """Whether two spans are of the same sentence, up to how it was cut out."""
    if first == second:
        return True
    shared = min(first[1], second[1]) - max(first[0], second[0])
    return shared >= SAME_SENTENCE * (max(first[1], second[1]) - min(first[0], second[0]))


def among(span: Span, spans: Iterable[Span]) -> bool:
    """Whether one of the spans is of the same sentence."""
    return any(same_sentence(span, other) for other in spans)


def credited(field: FieldPlan, g: Filler, p: Filler) -> float:
    """What two leaves earn of the weight of their field."""
    if field.ref is not None:
        return _reference_credit(field, g, p)
    compare = field.comparator.compare
    if len(g.accepted) == 1 == len(p.accepted):
        best = compare(g.accepted[0], p.accepted[0])
    else:
        best = max(compare(a, b) for a in g.accepted for b in p.accepted)
    if g.known is None or p.known is None or best == 1:
        return best
    # Either side may have as an alias what the other has as its name. A name that the other side
    # doesn't know is wrong, whatever stands beside it.
    known = max(compare(a, p.known) for a in g.accepted)
    knows = max(compare(g.known, b) for b in p.accepted)
    return (known + knows) / 2


def _reference_credit(field: FieldPlan, g: Filler, p: Filler) -> float:
    """1 for the same one; what stands for several of the other side answers for one of them."""
    same = field.comparator.compare
    if len(g.accepted) == 1 == len(p.accepted):
        if not same(g.accepted[0], p.accepted[0]):
            return 0.0
        parts = apart(g.meant[0], p.meant[0], (g.parts[0], p.parts[0]))
        return 1.0 if parts == 1 else round(1 / parts, 4)
    shares = [
        1 / apart(g.meant[i], p.meant[j], (g.parts[i], p.parts[j]))
        for i, a in enumerate(g.accepted)
        for j, b in enumerate(p.accepted)
        if same(a, b)
    ]
    return round(max(shares), 4) if shares else 0.0


def _alike(field: FieldPlan, g: Filler, p: Filler) -> bool:
    if g.thing is not None and p.thing is not None:
        return compatible(g.thing, p.thing) and overlap(g.thing, p.thing, LEAST).credit > 0
    found = credited(field, g, p)
    # Of who is meant a part is enough; elsewhere in the country, or in the same year, is not.
    return found > 0 if isinstance(field.comparator, Names) else found == 1


def _required(fillers: tuple[Filler, ...], field: FieldPlan) -> float:
    return sum(mass(filler, field) for filler in fillers if not filler.optional)


def worth_beside(gold: Thing) -> Worth:
    """In a pair of which one is optional only the other one can be spared anything."""
    return (LEAST, 1 - LEAST) if gold.optional else (1 - LEAST, LEAST)


def paired(
    field: FieldPlan, a: tuple[Filler, ...], b: tuple[Filler, ...], worth: Worth
) -> list[tuple[Filler, Filler, Overlap]]:
    """The assignment of the fillers of one field that earns and spares most."""
    if len(a) == 1 == len(b):
        only = _pair(field, a[0], b[0], worth)
        return [(a[0], b[0], only)] if any(only) else []
    found = {}
    for i, g in enumerate(a):
        for j, p in enumerate(b):
            one = _pair(field, g, p, worth)
            if one.credit or one.spared_gold or one.spared_predicted:
                found[i, j] = one
    if len({i for i, _ in found}) == len(found) == len({j for _, j in found}):
        chosen = sorted(found)
    else:
        gain = np.zeros((len(a), len(b)))
        for (i, j), one in found.items():
            spared = worth[0] * one.spared_gold + worth[1] * one.spared_predicted
            gain[i, j] = one.credit + spared
        chosen = align(gain)
    return [(a[i], b[j], found[i, j]) for i, j in chosen]


def _pair(field: FieldPlan, g: Filler, p: Filler, worth: Worth) -> Overlap:
    if g.thing is not None and p.thing is not None:
        if not compatible(g.thing, p.thing):
            return Overlap(0.0, 0.0, 0.0)
        if g.optional or p.optional:
            inner = sparing(g.thing, p.thing)
        else:
            inner = _overlap(g.thing, p.thing, worth)
        return Overlap(*(field.weight * part for part in inner))
    earned = field.weight * credited(field, g, p)
    if not (g.optional or p.optional):
        return Overlap(earned, 0.0, 0.0)
    return Overlap(0.0, 0.0 if g.optional else earned, 0.0 if p.optional else earned)
