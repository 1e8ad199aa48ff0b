"""The scorer once more, slow and obvious: every assignment is tried, and the best F is taken.

It shares the plan and the comparators with the real one and nothing else: it reads records as they
are, asks the tolerances at each place, and keeps of all the ways to match two lists what they
earn and what they leave in the denominator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

from pydantic import BaseModel

from summarizer.evals.comparators import Named, Names, Number, Text
from summarizer.evals.documents import Region, Tolerance
from summarizer.evals.labelled import Labelled
from summarizer.evals.plan import FieldPlan, RecordPlan, plan_of

NAMES = Names()
STRICT = Tolerance.model_construct(at="/")
"""Leaves nothing open."""


class Way(NamedTuple):
    """One way to match: what it earns, and what it takes off the denominator on either side."""

    earned: float
    gold: float
    predicted: float

    @property
    def spared(self) -> float:
        return self.gold + self.predicted

    def beside(self, gold: float | None, predicted: float | None) -> Way:
        """The way within something optional: it spares what it would earn. What is optional
        itself is spared to whatever size is given for it."""
        return Way(
            0.0,
            self.earned + self.gold if gold is None else gold,
            self.earned + self.predicted if predicted is None else predicted,
        )


Ways = frozenset[Way]
NOTHING: Ways = frozenset({Way(0.0, 0.0, 0.0)})


@dataclass(frozen=True)
class Held:
    """A value, or a record, and where it stands. A name that only allows is `extra`."""

    value: Any
    at: str
    extra: bool = False


class Meant(NamedTuple):
    """Who is meant: by all the names that find it, and by its own."""

    known: Named
    own: Named
    is_text: bool = False


class Reader:
    """One side: its record, and what was said of each place of it."""

    def __init__(self, schema: type[BaseModel], labelled: Labelled) -> None:
        self.schema = schema
        self.record = labelled.record
        self.text = labelled.text
        self.regions: Sequence[Region] = labelled.regions
        self.said = {tolerance.at: tolerance for tolerance in labelled.tolerances}

    def at(self, path: str) -> Tolerance:
        return self.said.get(path, STRICT)

    def free(self, field: FieldPlan, above: str) -> bool:
        return self.at(f"{above}/{field.name}").dont_care

    def held(self, plan: RecordPlan, field: FieldPlan, item: Held) -> list[Held]:
        """The values of a field."""
        values, at = told_in(item.value, field), f"{item.at}/{field.name}"
        if not field.many:
            said = self.at(at)
            if not (values or any(map(is_told, said.alternatives)) or said.interval):
                return []
            return [Held(values[0][1] if values else None, at)]
        found = [Held(each, f"{at}/{i}") for i, each in values]
        if field.naming:
            told = {NAMES.prepare(each) for _, each in values}
            for name in (*own_names(plan, item.value), *self.at(item.at).names):
                if NAMES.prepare(name) not in told:
                    told.add(NAMES.prepare(name))
                    found.append(Held(name, f"{at}/-", extra=True))
        return found

    def optional(self, field: FieldPlan, held: Held) -> bool:
        said = self.at(held.at)
        leaf_of_list = field.many and field.record is None
        left_open = said.optional or (leaf_of_list and said.dont_care)
        return held.extra or held.value is None or left_open

    def mass(self, field: FieldPlan, held: Held) -> float:
        if self.optional(field, held):
            return 0.0
        return field.weight * (self.size(field.record, held) if field.record else 1.0)

    def size(self, plan: RecordPlan, item: Held) -> float:
        return sum(
            self.mass(field, held)
            for field in plan.fields
            if not self.free(field, item.at)
            for held in self.held(plan, field, item)
        )

    def accepted(self, plan: RecordPlan, field: FieldPlan, item: Held, held: Held) -> list[Any]:
        """All that is as good as a value, prepared."""
        said = self.at(held.at)
        found: list[Any] = []
        if held.value is not None and field.ref is not None:
            found.append(self.meant(field.ref.section, held.value))
        elif held.value is not None and isinstance(field.comparator, Text) and said.facts:
            found.append(field.comparator.prepare(held.value, said.facts, said.words))
        elif held.value is not None:
            found.append(field.comparator.prepare(held.value))
        for other in filter(is_told, said.alternatives):
            if field.ref is not None:
                found.append(self.meant(field.ref.section, other))
            elif isinstance(other, dict):
                found.append(field.comparator.prepare(field.inner.model_validate(other)))
            else:
                found.append(field.comparator.prepare(other))
        if said.interval is not None and isinstance(field.comparator, Number):
            found.append(field.comparator.prepare_interval(*said.interval))
        if field.naming and not field.many:
            found += [NAMES.prepare(name) for name in self.at(item.at).names]
        return found

    def known(self, plan: RecordPlan, item: Held) -> Named:
        """Every name of an item."""
        return NAMES.prepare([*own_names(plan, item.value), *self.at(item.at).names])

    def meant(self, section: str, value: str) -> Meant:
        """What a reference means: the names of the item, or else its receipts, or else itself."""
        items = self.items(section)
        plan = plan_of(self.schema).sections.get(section)
        found = [item for item in items if getattr(item.value, "id", None) == value]
        found = found or [item for item in items if plan and value in own_names(plan, item.value)]
        identities = {self.identity(plan, item) for item in found if plan}
        if len({each.own for each in identities}) == 1:
            known = frozenset[str]().union(*(each.known.names for each in identities))
            return Meant(Named(known), next(iter(identities)).own)
        text = NAMES.prepare(value)
        return Meant(text, text, is_text=True)

    def items(self, section: str) -> list[Held]:
        plan = plan_of(self.schema)
        if self.record is None or section not in plan.sections:
            return []
        return [Held(x, f"/{section}/{i}") for i, x in enumerate(getattr(self.record, section))]

    def identity(self, plan: RecordPlan, item: Held) -> Meant:
        if own_names(plan, item.value):
            return Meant(self.known(plan, item), NAMES.prepare(own_names(plan, item.value)))
        spans = getattr(item.value, plan.evidence) if plan.evidence else ()
        own = Named(frozenset(f"{e.start}-{e.end}" for e in spans))
        return Meant(own, own)

    def everyone(self, section: str) -> list[Named]:
        """All that references to a section may mean: its items, and the texts in their place."""
        plan = plan_of(self.schema)
        found = [self.identity(plan.sections[section], x).known for x in self.items(section)]
        for name, record in plan.sections.items():
            tops = [Held(self.record, "")] if name == plan.root else self.items(name)
            for top in tops if self.record else ():
                for value in referring(record, top.value, section):
                    meant = self.meant(section, value)
                    found += [meant.known] if meant.is_text else []
        return found

    def answers_for(self, meant: Meant, section: str) -> int:
        """How many of this side, of which no two share a name, another's reference meets."""
        met = {one.names for one in self.everyone(section) if one.names & meant.own.names}
        return max(
            size
            for size in range(len(met) + 1)
            for some in combinations(met, size)
            if all(a.isdisjoint(b) for a, b in combinations(some, 2))
        )


def is_told(value: Any) -> bool:
    return value is not None and not (isinstance(value, str) and value.strip() == "")


def told_in(record: BaseModel, field: FieldPlan) -> list[tuple[int, Any]]:
    """The values of a field that say anything, with where they stand in it."""
    value, info = getattr(record, field.name), type(record).model_fields[field.name]
    if not info.is_required() and value == info.get_default(call_default_factory=True):
        return []
    values = value or [] if field.many else [value]
    return [(i, each) for i, each in enumerate(values) if is_told(each)]


def referring(plan: RecordPlan, record: BaseModel, section: str) -> Iterator[str]:
    """The values of all references to a section, at any depth."""
    for field in plan.fields:
        for _, each in told_in(record, field):
            if field.record is not None:
                yield from referring(field.record, each, section)
            elif field.ref is not None and field.ref.section == section:
                yield each


def own_names(plan: RecordPlan, item: BaseModel) -> list[str]:
    found: list[str] = []
    for name in plan.naming:
        value = getattr(item, name)
        found += [value] if isinstance(value, str) else value or []
    return list(filter(is_told, found))


@dataclass(frozen=True)
class SlowScorer:
    """Tries everything; for small records only."""

    schema: type[BaseModel]
    threshold: float

    def best_f(self, gold: Labelled, predicted: Labelled) -> set[float | None]:
        """The largest F of a document. None, alone or beside it, where nothing need be left."""
        ours, theirs = Reader(self.schema, gold), Reader(self.schema, predicted)
        total: Ways = NOTHING
        plan = plan_of(self.schema)
        for name, section in plan.sections.items():
            total = both(total, self._section(section, name, ours, theirs, top=name == plan.root))
        size = sum(
            side.size(section, item)
            for side in (ours, theirs)
            for name, section in plan.sections.items()
            for item in self._items(side, name)
        )
        left = [(way.earned, size - way.spared) for way in total]
        found: set[float | None] = {None for _, rest in left if rest < 1e-9}
        shares = [2 * earned / rest for earned, rest in left if rest >= 1e-9]
        return found | ({max(shares)} if shares else set())

    def _items(self, side: Reader, name: str) -> list[Held]:
        if side.record is None:
            return []
        if name == plan_of(self.schema).root:
            return [Held(side.record, "")]
        return [Held(item, f"/{name}/{i}") for i, item in enumerate(getattr(side.record, name))]

    def _section(
        self, plan: RecordPlan, name: str, ours: Reader, theirs: Reader, *, top: bool
    ) -> Ways:
        golds, predicteds = self._items(ours, name), self._items(theirs, name)

        def alone(side: Reader, other: Reader, item: Held) -> float:
            """What need not be found, or is of a region that counts neither way, is spared."""
            counts = not (side.at(item.at).optional or excused(plan, side, item, other.regions))
            return 0.0 if counts else side.size(plan, item)

        def together(g: Held, p: Held) -> Ways:
            ways = pair_ways(plan, (ours, g), (theirs, p))
            if not top and not self._allowed(plan, (ours, g), (theirs, p), ways):
                return frozenset()
            if ours.at(g.at).optional or theirs.at(p.at).optional:
                sizes = (
                    ours.size(plan, g) if ours.at(g.at).optional else None,
                    theirs.size(plan, p) if theirs.at(p.at).optional else None,
                )
                ways = frozenset(way.beside(*sizes) for way in ways)
            return best_of(Way(way.earned, way.spared, 0.0) for way in ways)

        return matchings(
            golds,
            predicteds,
            together,
            lambda g: alone(ours, theirs, g),
            lambda p: alone(theirs, ours, p),
        )

    def _allowed(
        self, plan: RecordPlan, g: tuple[Reader, Held], p: tuple[Reader, Held], ways: Ways
    ) -> bool:
        if not (compatible(plan, g, p) and anchored(plan, g, p)):
            return False
        size = g[0].size(plan, g[1]) + p[0].size(plan, p[1])
        likeness = max(alike(way, size) for way in ways)
        return likeness > 0 and likeness >= self.threshold


def alike(way: Way, size: float) -> float:
    rest = size - way.spared
    return 2 * way.earned / rest if rest > 1e-9 else 1.0


def pair_ways(plan: RecordPlan, g: tuple[Reader, Held], p: tuple[Reader, Held]) -> Ways:
    """All the ways to hold two records of one class against each other."""
    (ours, gold), (theirs, predicted) = g, p
    total = NOTHING
    for field in plan.fields:
        a, b = ours.held(plan, field, gold), theirs.held(plan, field, predicted)
        if ours.free(field, gold.at) or theirs.free(field, predicted.at):
            # Neither side of such a field counts, and a side's own is in no size.
            spared = (
                0.0 if ours.free(field, gold.at) else sum(ours.mass(field, x) for x in a),
                0.0 if theirs.free(field, predicted.at) else sum(theirs.mass(field, y) for y in b),
            )
            total = both(total, frozenset({Way(0.0, *spared)}))
            continue

        def together(x: Held, y: Held, field: FieldPlan = field) -> Ways:
            return filler_ways(plan, field, (ours, gold, x), (theirs, predicted, y))

        total = both(total, matchings(a, b, together, lambda _: 0.0, lambda _: 0.0))
    return total


def filler_ways(
    plan: RecordPlan,
    field: FieldPlan,
    g: tuple[Reader, Held, Held],
    p: tuple[Reader, Held, Held],
) -> Ways:
    """All the ways to hold two values of one field against each other."""
    (ours, _, x), (theirs, _, y) = g, p
    optional = ours.optional(field, x) or theirs.optional(field, y)
    sizes = (
        0.0 if ours.optional(field, x) else None,
        0.0 if theirs.optional(field, y) else None,
    )
    if field.record is None:
        way = Way(field.weight * leaf_credit(plan, field, g, p), 0.0, 0.0)
        return frozenset({way.beside(*sizes) if optional else way})
    if not compatible(field.record, (ours, x), (theirs, y)):
        return frozenset()
    ways = pair_ways(field.record, (ours, x), (theirs, y))
    weighed = (Way(*(field.weight * part for part in way)) for way in ways)
    return best_of(way.beside(*sizes) if optional else way for way in weighed)


def leaf_credit(
    plan: RecordPlan,
    field: FieldPlan,
    g: tuple[Reader, Held, Held],
    p: tuple[Reader, Held, Held],
) -> float:
    a, b = g[0].accepted(plan, field, *g[1:]), p[0].accepted(plan, field, *p[1:])
    compare = field.comparator.compare
    if field.ref is not None:
        return max(reference_credit(field.ref.section, (g[0], x), (p[0], y)) for x in a for y in b)
    best = max(compare(x, y) for x in a for y in b)
    if best < 1 and field.naming and not field.many:
        known, knows = p[0].known(plan, p[1]), g[0].known(plan, g[1])
        return (max(compare(x, known) for x in a) + max(compare(knows, y) for y in b)) / 2
    return best


def reference_credit(section: str, g: tuple[Reader, Meant], p: tuple[Reader, Meant]) -> float:
    (ours, x), (theirs, y) = g, p
    if not NAMES.compare(x.known, y.known):
        return 0.0
    if x.own == y.own:
        return 1.0
    several = max(theirs.answers_for(x, section), ours.answers_for(y, section), 1)
    return round(1 / several, 4)


def compatible(plan: RecordPlan, g: tuple[Reader, Held], p: tuple[Reader, Held]) -> bool:
    for field in plan.fields:
        if field.families is None or g[0].free(field, g[1].at) or p[0].free(field, p[1].at):
            continue
        for x in g[0].held(plan, field, g[1]):
            for y in p[0].held(plan, field, p[1]):
                a, b = g[0].accepted(plan, field, g[1], x), p[0].accepted(plan, field, p[1], y)
                families = [{u, v} <= family for u in a for v in b for family in field.families]
                if not (set(a) & set(b) or any(families)):
                    return False
    return True


def anchored(plan: RecordPlan, g: tuple[Reader, Held], p: tuple[Reader, Held]) -> bool:
    needed = False
    for field in plan.fields:
        if not field.anchor:
            continue
        if g[0].free(field, g[1].at) or p[0].free(field, p[1].at):
            return True
        a, b = g[0].held(plan, field, g[1]), p[0].held(plan, field, p[1])
        needed |= any(not g[0].optional(field, x) for x in a)
        needed |= any(not p[0].optional(field, y) for y in b)
        earned = [leaf_credit(plan, field, (*g, x), (*p, y)) for x in a for y in b]
        if any(c > 0 if isinstance(field.comparator, Names) else c == 1 for c in earned):
            return True
    return not needed


def excused(plan: RecordPlan, side: Reader, item: Held, regions: Iterable[Region]) -> bool:
    receipts = getattr(item.value, plan.evidence) if plan.evidence else []
    return bool(receipts) and all(
        any(region.start <= e.start and e.end <= region.end for region in regions)
        and (side.text is None or side.text[e.start : e.end] == e.quote)
        for e in receipts
    )


def matchings(
    a: list[Held],
    b: list[Held],
    together: Callable[[Held, Held], Ways],
    alone_a: Callable[[Held], float],
    alone_b: Callable[[Held], float],
) -> Ways:
    """The ways of all one-to-one matchings of two lists, whole or in part."""
    pairs = {(i, j): together(x, y) for i, x in enumerate(a) for j, y in enumerate(b)}

    def rest(i: int, left: tuple[int, ...]) -> Iterator[Ways]:
        if i == len(a):
            yield frozenset({Way(0.0, 0.0, sum(alone_b(b[j]) for j in left))})
            return
        for ways in rest(i + 1, left):
            yield both(frozenset({Way(0.0, alone_a(a[i]), 0.0)}), ways)
        for j in left:
            if pairs[i, j]:
                for ways in rest(i + 1, tuple(k for k in left if k != j)):
                    yield both(pairs[i, j], ways)

    return best_of(way for ways in rest(0, tuple(range(len(b)))) for way in ways)


def both(one: Ways, other: Ways) -> Ways:
    """Each way of one with each of the other."""
    return best_of(
        Way(*(round(x + y, 9) for x, y in zip(a, b, strict=True))) for a in one for b in other
    )


def best_of(ways: Iterable[Way]) -> Ways:
    """Those ways of which no other earns as much and spares as much on both sides."""
    best: list[Way] = []
    for way in sorted(set(ways), reverse=True):
        if not any(way.gold <= o.gold and way.predicted <= o.predicted for o in best):
            best.append(way)
    return frozenset(best)
