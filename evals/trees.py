"""Records made ready for comparison: items, their fields, and the fillers of those.

What a comparator needs is prepared once per value, references become the names of what they refer
to, and every item knows its size: what it weighs in a score.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from summarizer.evals.comparators import Named, Names, Number, Text
from summarizer.evals.prose import Prose

if TYPE_CHECKING:
    from collections.abc import Hashable

    from summarizer.evals.documents import Tolerance
    from summarizer.evals.labelled import Labelled
    from summarizer.evals.plan import FieldPlan, Plan, RecordPlan

Span = tuple[int, int]
Identities = Mapping[tuple[str, str], Named]
"""The names of the item of a section that has an id."""

_NAMES = Names()


class Filler:
    """One value of a field: a leaf, prepared for its comparator, or a record within a record.

    `accepted` holds the prepared value and its alternatives. What is `optional` weighs nothing,
    and spares what it matches. A name of an item has all its names in `known`. Fillers of the same
    `key` are the same in every comparison.
    """

    __slots__ = ("accepted", "key", "known", "optional", "path", "raw", "thing")

    def __init__(
        self,
        path: str,
        raw: Any,
        *,
        accepted: tuple[Hashable, ...] = (),
        thing: Thing | None = None,
        optional: bool = False,
    ) -> None:
        self.path = path
        self.raw = raw
        self.accepted = accepted
        self.thing = thing
        self.known: Named | None = None
        self.optional = optional
        told = thing.key if thing is not None else "/".join(map(_key, accepted))
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
        "spans", "waived",
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
        self.located = located
        """Whether every quote stands in the article where it says."""
        self.optional = optional
        self.excused = False
        """Whether all of its evidence lies where the other side's reader doesn't care."""
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
        self.key: str = f"[{told}]{sorted(spans)}{sorted(waived)}{located:d}{optional:d}"


def mass(filler: Filler, field: FieldPlan) -> float:
    """What a filler weighs."""
    if filler.thing is not None:
        return field.weight * filler.thing.size
    return field.weight


@dataclass(frozen=True)
class Tree:
    """A record ready for comparison: the items of each section, in canonical order."""

    sections: dict[str, list[Thing]]

    @property
    def items(self) -> Iterator[Thing]:
        """All of them."""
        for things in self.sections.values():
            yield from things


def grow(
    labelled: Labelled,
    plan: Plan,
    *,
    text: str | None = None,
    regions: Sequence[Span] = (),
    identities: Identities | None = None,
) -> Tree:
    """The tree of a record. Of a record that has nothing at its top, that is no item.

    `text` is the article where `labelled` has none; `regions` are those of the other side.
    `identities` say under which names an item is known, in place of its own.
    """
    record = labelled.record
    if record is None:
        return Tree({name: [] for name in plan.sections})
    grower = _Grower(record, labelled, plan, labelled.text if labelled.text is not None else text)
    grower.identities.update(identities or {})
    sections = {}
    for name, record_plan in plan.sections.items():
        if name == plan.root:
            top = grower.thing(record_plan, record, "")
            things = [top] if top.free or any(top.fields) else []
        else:
            things = [
                grower.thing(record_plan, item, f"/{name}/{i}")
                for i, item in enumerate(getattr(record, name))
            ]
        for thing in things:
            thing.excused = bool(thing.spans) and all(
                any(start <= span[0] and span[1] <= end for start, end in regions)
                for span in thing.spans
            )
        sections[name] = sorted(things, key=lambda t: t.key)
    return Tree(sections)


class _Grower:
    def __init__(self, record: BaseModel, labelled: Labelled, plan: Plan, text: str | None) -> None:
        self.plan = plan
        self.text = text
        self.tolerances: dict[str, Tolerance] = {t.at: t for t in labelled.tolerances}
        self.identities: dict[tuple[str, str], Named] = {}
        by_name: dict[tuple[str, str], set[Named]] = {}
        for name, record_plan in plan.sections.items():
            if name == plan.root:
                continue
            for i, item in enumerate(getattr(record, name)):
                known = self._identity(record_plan, item, f"/{name}/{i}")
                identity = getattr(item, "id", None)
                if identity is not None:
                    self.identities[name, identity] = known
                for each in _own_names(record_plan, item):
                    by_name.setdefault((name, each), set()).add(known)
        for key, bearers in by_name.items():
            # A name that several items bear stands for itself alone.
            if len(bearers) == 1:
                self.identities.setdefault(key, *bearers)

    def _identity(self, plan: RecordPlan, item: BaseModel, path: str) -> Named:
        own = _NAMES.prepare(_own_names(plan, item))
        if own.names:
            return self._known(own, path)
        # What has no name goes by its receipts, which no correction of its fields changes.
        return Named(frozenset(f"{a}-{b}" for a, b in _spans(plan, item)), crowd=False)

    def _known(self, own: Named, path: str) -> Named:
        """All the names of an item. Those that its reader tolerates don't make it a crowd."""
        tolerated = self._tolerated(path)
        if own.crowd or not tolerated:
            return own
        return Named(own.names | _NAMES.prepare(tolerated).names, crowd=False)

    def _tolerated(self, path: str) -> Sequence[str]:
        tolerance = self.tolerances.get(path) if self.tolerances else None
        return tolerance.names if tolerance else ()

    def thing(self, plan: RecordPlan, raw: BaseModel, path: str) -> Thing:
        fields = []
        free = set()
        for i, field in enumerate(plan.fields):
            value = getattr(raw, field.name)
            at = f"{path}/{field.name}"
            if self.tolerances:
                own = self.tolerances.get(at)
                if own is not None and own.dont_care:
                    free.add(i)
            if field.naming and isinstance(field.comparator, Names):
                fillers = self._names(plan, field, raw, path)
            else:
                fillers = self._fillers(field, value, at)
            fields.append(tuple(sorted(fillers, key=lambda filler: filler.key)))
        own = self.tolerances.get(path) if self.tolerances else None
        spans = _spans(plan, raw)
        return Thing(
            plan, path, raw, tuple(fields),
            free=frozenset(free),
            spans=spans,
            waived=self._waived(plan, raw, path) if self.tolerances else frozenset(),
            located=self._located(plan, raw),
            optional=own is not None and own.optional,
        )  # fmt: skip

    def _fillers(self, field: FieldPlan, value: Any, at: str) -> Iterator[Filler]:
        if field.many:
            for i, each in enumerate(value or ()):
                yield self._filler(field, each, f"{at}/{i}")
        elif value is not None:
            yield self._filler(field, value, at)
        elif also := self._also(field, self.tolerances.get(at)):
            # Null is as good as these.
            yield Filler(at, None, accepted=also, optional=True)

    def _names(
        self, plan: RecordPlan, field: FieldPlan, raw: BaseModel, path: str
    ) -> Iterator[Filler]:
        """The fillers of a field that names its item, which know the item's other names."""
        at = f"{path}/{field.name}"
        value = getattr(raw, field.name)
        given = _own_names(plan, raw)
        if not field.many:
            known = self._known(_NAMES.prepare(given), path)
            others = tuple(_NAMES.prepare(name) for name in self._tolerated(path))
            for filler in self._fillers(field, value, at):
                filler.accepted += others
                filler.known = known
                yield filler
            return
        told = set()
        for filler in self._fillers(field, value, at):
            told.add(filler.accepted[0])
            yield filler
        # That one side calls a name the main one and the other an alias is no error.
        for name in (*given, *self._tolerated(path)):
            form = _NAMES.prepare(name)
            if form not in told:
                told.add(form)
                yield Filler(at, name, accepted=(form,), optional=True)

    def _filler(self, field: FieldPlan, value: Any, at: str) -> Filler:
        own = self.tolerances.get(at) if self.tolerances else None
        if field.record is not None:
            thing = self.thing(field.record, value, at)
            return Filler(at, value, thing=thing, optional=thing.optional)
        if own is None:
            return Filler(at, value, accepted=(self._prepare(field, value),))
        accepted = (self._prepare(field, value, own), *self._also(field, own))
        optional = own.optional or (own.dont_care and field.many)
        return Filler(at, value, accepted=accepted, optional=optional)

    def _also(self, field: FieldPlan, own: Tolerance | None) -> tuple[Hashable, ...]:
        """What is as good as the label."""
        if own is None:
            return ()
        also = [self._prepare(field, _read(field, each)) for each in own.alternatives]
        if own.interval is not None and isinstance(field.comparator, Number):
            also.append(field.comparator.prepare_interval(*own.interval))
        return tuple(also)

    def _prepare(self, field: FieldPlan, value: Any, own: Tolerance | None = None) -> Hashable:
        if field.ref is not None:
            identity = self.identities.get((field.ref.section, value))
            return identity if identity is not None else _NAMES.prepare(value)
        comparator = field.comparator
        if own is not None and own.facts and isinstance(comparator, Text):
            return comparator.prepare(value, own.facts, own.words)
        return comparator.prepare(value)

    def _waived(self, plan: RecordPlan, raw: BaseModel, path: str) -> frozenset[Span]:
        found = set()
        for i, span in enumerate(_spans(plan, raw)):
            own = self.tolerances.get(f"{path}/{plan.evidence}/{i}")
            if own is not None and (own.optional or own.dont_care):
                found.add(span)
        return frozenset(found)

    def _located(self, plan: RecordPlan, raw: BaseModel) -> bool:
        if plan.evidence is None or self.text is None:
            return True
        receipts = getattr(raw, plan.evidence)
        return bool(receipts) and all(
            self.text[each.start : each.end] == each.quote for each in receipts
        )


def _read(field: FieldPlan, value: Any) -> Any:
    """An alternative as the field would hold it: tolerances are kept as JSON."""
    if isinstance(value, dict) and issubclass(field.inner, BaseModel):
        return field.inner.model_validate(value)
    return value


def _own_names(plan: RecordPlan, item: BaseModel) -> tuple[str, ...]:
    found: list[str] = []
    for name in plan.naming:
        value = getattr(item, name)
        found += [value] if isinstance(value, str) else value or []
    return tuple(found)


def _spans(plan: RecordPlan, raw: BaseModel) -> tuple[Span, ...]:
    if plan.evidence is None:
        return ()
    return tuple((each.start, each.end) for each in getattr(raw, plan.evidence))


def _key(prepared: Hashable) -> str:
    # Sets have no order that is the same in every process.
    if isinstance(prepared, Named):
        return ",".join(sorted(prepared.names))
    if isinstance(prepared, Prose):
        return f"{prepared.form} {prepared.facts} {prepared.limit if prepared.facts else ''}"
    return str(prepared)
