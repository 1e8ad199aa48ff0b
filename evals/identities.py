"""Who is meant: the names by which references to the items of one record go.

An item goes by all its names, or by its receipts if it has none. Two references match if the names
of what they mean have one in common. That alone would pay for hedging: one party that bears the
names of all would answer every reference. So an identity that meets several of the other side that
have nothing to do with each other answers for one of them, and earns 1/k on each reference, where k
is the largest number of them of which no two share a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from summarizer.evals.comparators import Named, Names

if TYPE_CHECKING:
    from pydantic import BaseModel

    from summarizer.evals.documents import Tolerance
    from summarizer.evals.plan import Plan, RecordPlan
    from summarizer.evals.things import Filler
    from summarizer.evals.trees import Tree

Span = tuple[int, int]
Identities = Mapping[tuple[str, str], Named]
"""The names of the item of a section that has an id."""

_NAMES = Names()


class Identity(NamedTuple):
    """Who is meant. By `known` it is found, and by its `own` names it meets others: names that a
    reader tolerates, or that are lent to it, are none of its own."""

    known: Named
    own: Named


class Register:
    """The items of one record by what references to them may say: an id, or a name.

    `lent` gives items other names to be found by.
    """

    def __init__(
        self,
        record: BaseModel,
        plan: Plan,
        tolerances: Mapping[str, Tolerance],
        lent: Identities | None = None,
    ) -> None:
        self.known: dict[str, set[Named]] = {}
        """By section, all that its items go by, and the texts that stand for themselves."""
        self._identities: dict[tuple[str, str], Identity] = {}
        bearers: dict[tuple[str, str], set[Identity]] = {}
        for section, record_plan in plan.sections.items():
            if section == plan.root:
                continue
            known = self.known[section] = set()
            for i, item in enumerate(getattr(record, section) or ()):
                names = own_names(record_plan, item)
                tolerance = tolerances.get(f"/{section}/{i}")
                identity = _identity(record_plan, item, names, tolerance)
                known.add(identity.known)
                own_id = getattr(item, "id", None)
                if own_id is not None:
                    self._identities[section, own_id] = identity
                for name in names:
                    bearers.setdefault((section, name), set()).add(identity)
        for key, found in bearers.items():
            # A name that several items bear stands for itself alone, unless they have the same
            # names: what a reader tolerates doesn't tell them apart.
            if len({each.own for each in found}) == 1:
                self._identities.setdefault(key, _joined(found))
        for key, lent_names in (lent or {}).items():
            before = self._identities.get(key)
            own = before.own if before is not None else lent_names
            self._identities[key] = Identity(lent_names, own)

    def meant(self, section: str, value: str, *, told: bool = True) -> Identity:
        """Who a reference means; unless it is `told`, it is only one that might have been."""
        found = self._identities.get((section, value))
        if found is not None:
            return found
        text = _NAMES.prepare(value)
        if told:
            self.known.setdefault(section, set()).add(text)
        return Identity(text, text)


def own_names(plan: RecordPlan, item: BaseModel) -> tuple[str, ...]:
    """The names of an item, as they are written; a blank is none."""
    found: list[str] = []
    for name in plan.naming:
        value = getattr(item, name)
        found += [value] if isinstance(value, str) else value or []
    return tuple(name for name in found if name.strip())


def spans_of(plan: RecordPlan, item: BaseModel) -> tuple[Span, ...]:
    """What an item cites."""
    if plan.evidence is None:
        return ()
    return tuple((each.start, each.end) for each in getattr(item, plan.evidence) or ())


def apart(first: Named, second: Named, parts: tuple[int, int]) -> int:
    """For how many a pair of identities answers, of which each meets so many of the other side."""
    return 1 if first == second else max(*parts, 1)


def parted(own: Named, others: Iterable[Named]) -> int:
    """How many of `others` an identity meets of which no two share a name."""
    return _parted(frozenset(each.names for each in others if own.names & each.names))


def count_parts(gold: Tree, predicted: Tree) -> None:
    """Tells the references of each tree how many of the other one they answer for."""
    for one, other in ((gold, predicted), (predicted, gold)):
        for section, fillers in one.references.items():
            _count(fillers, other.known.get(section, frozenset()))


def _count(fillers: Sequence[Filler], others: Iterable[Named]) -> None:
    bearers: dict[str, list[Named]] = {}
    for each in others:
        for name in each.names:
            bearers.setdefault(name, []).append(each)
    counts: dict[Named, int] = {}
    for filler in fillers:
        for own in filler.meant:
            if own not in counts:
                met = {each for name in own.names for each in bearers.get(name, ())}
                counts[own] = parted(own, met) if len(met) > 1 else 1
        filler.parts = tuple(counts[own] for own in filler.meant)


def _identity(
    plan: RecordPlan, item: BaseModel, names: Sequence[str], tolerance: Tolerance | None
) -> Identity:
    own = _NAMES.prepare(names)
    if not own.names:
        # What has no name goes by its receipts, which no correction of its fields changes.
        own = Named(frozenset(f"{a}-{b}" for a, b in spans_of(plan, item)))
    elif tolerance is not None and tolerance.names:
        return Identity(Named(own.names | _NAMES.prepare(tolerance.names).names), own)
    return Identity(own, own)


def _joined(identities: Iterable[Identity]) -> Identity:
    """Those that have the same names of their own, as one."""
    known, own = zip(*identities, strict=True)
    return Identity(Named(frozenset().union(*(each.names for each in known))), own[0])


def _parted(sets: frozenset[frozenset[str]]) -> int:
    """The most of these sets of which no two have anything in common.

    One that holds another of them is never needed beside it. Of the one with the fewest neighbours
    and these, one is among the most.
    """
    least = {one for one in sets if not any(other < one for other in sets)}
    if len(least) < 2:
        return len(least)
    near = {one: {other for other in least if not one.isdisjoint(other)} for one in least}
    fewest = min(near.values(), key=len)
    if len(fewest) <= 2:
        return 1 + _parted(frozenset(least - fewest))
    return max(1 + _parted(frozenset(least - near[one])) for one in fewest)
