"""Records made ready for comparison, as trees of things.

A string of nothing but white space says nothing, nor does a field that has its default. What a
comparator needs is prepared once per value, and references become the names of what they
refer to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from summarizer.evals.comparators import Named, Names, Number, Text
from summarizer.evals.identities import (
    Identities,
    Identity,
    Register,
    Span,
    own_names,
    spans_of,
)
from summarizer.evals.things import Filler, Thing

if TYPE_CHECKING:
    from collections.abc import Hashable

    from summarizer.evals.documents import Tolerance
    from summarizer.evals.labelled import Labelled
    from summarizer.evals.plan import FieldPlan, Plan, RecordPlan

_NAMES = Names()


@dataclass(frozen=True)
class Tree:
    """A record ready for comparison: the items of each section, in canonical order.

    By section that is referred to, `known` has what its items go by, and `references` those that
    mean them.
    """

    sections: dict[str, list[Thing]]
    known: Mapping[str, Set[Named]]
    references: Mapping[str, Sequence[Filler]]
    failed: bool = False
    """Whether there is no record: a run that came to nothing."""

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
        return Tree({name: [] for name in plan.sections}, {}, {}, failed=True)
    text = labelled.text if labelled.text is not None else text
    grower = _Grower(record, labelled, plan, text, identities)
    sections = {}
    for name, record_plan in plan.sections.items():
        if name == plan.root:
            top = grower.thing(record_plan, record, "")
            things = [top] if top.free or any(top.fields) else []
        else:
            things = [
                grower.thing(record_plan, item, f"/{name}/{i}")
                for i, item in enumerate(getattr(record, name) or ())
            ]
        for thing in things:
            thing.excused = _lies_within(thing, regions)
        sections[name] = sorted(things, key=lambda t: t.key)
    return Tree(sections, grower.register.known, grower.references)


def _lies_within(thing: Thing, regions: Sequence[Span]) -> bool:
    """Whether all that an item cites is of these regions; what isn't there is of none."""
    return bool(thing.spans and thing.located) and all(
        any(start <= span[0] and span[1] <= end for start, end in regions) for span in thing.spans
    )


class _Grower:
    def __init__(
        self,
        record: BaseModel,
        labelled: Labelled,
        plan: Plan,
        text: str | None,
        lent: Identities | None,
    ) -> None:
        self.text = text
        self.tolerances: dict[str, Tolerance] = {t.at: t for t in labelled.tolerances}
        self.register = Register(record, plan, self.tolerances, lent)
        self.references: dict[str, list[Filler]] = {}

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
                fillers = [*self._names(plan, field, raw, path)]
            elif (value is None or value == []) and not self.tolerances:
                fillers = []  # most fields of most items
            else:
                fillers = [*self._fillers(field, value, at)]
            if len(fillers) > 1:
                fillers.sort(key=_key_of)
            fields.append(tuple(fillers))
        own = self.tolerances.get(path) if self.tolerances else None
        spans = spans_of(plan, raw)
        verbatim = self._verbatim(plan, raw)
        unsaid = plan.evidence is None or self.text is None
        return Thing(
            plan, path, raw, tuple(fields),
            free=frozenset(free),
            spans=spans,
            waived=self._waived(plan, raw, path) if self.tolerances else frozenset(),
            verbatim=verbatim,
            located=unsaid or (bool(spans) and verbatim.issuperset(spans)),
            optional=own is not None and own.optional,
        )  # fmt: skip

    def _fillers(self, field: FieldPlan, value: Any, at: str) -> Iterator[Filler]:
        if field.default is not None and value == field.default:
            value = None
        if field.many:
            for i, each in enumerate(value or ()):
                if not _is_blank(each):
                    yield self._filler(field, each, f"{at}/{i}")
        elif value is not None and not _is_blank(value):
            yield self._filler(field, value, at)
        elif also := self._also(field, self.tolerances.get(at)):
            # Null is as good as these.
            yield self._leaf(field, None, at, also, optional=True)

    def _names(
        self, plan: RecordPlan, field: FieldPlan, raw: BaseModel, path: str
    ) -> Iterator[Filler]:
        """The fillers of a field that names its item, which know the item's other names."""
        at = f"{path}/{field.name}"
        value = getattr(raw, field.name)
        given = own_names(plan, raw)
        if not field.many:
            tolerated = self._tolerated(path)
            known = _NAMES.prepare((*given, *tolerated))
            others = tuple(map(_NAMES.prepare, tolerated))
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
            return self._leaf(field, value, at, (self._prepare(field, value),))
        accepted = (self._prepare(field, value, own), *self._also(field, own))
        optional = own.optional or (own.dont_care and field.many)
        return self._leaf(field, value, at, accepted, optional=optional)

    def _leaf(
        self,
        field: FieldPlan,
        value: Any,
        at: str,
        accepted: tuple[Hashable, ...],
        *,
        optional: bool = False,
    ) -> Filler:
        if field.ref is None:
            return Filler(at, value, accepted=accepted, optional=optional)
        # The values of a reference are the identities that are meant.
        meant = [each for each in accepted if isinstance(each, Identity)]
        filler = Filler(
            at, value,
            accepted=tuple(each.known for each in meant),
            meant=tuple(each.own for each in meant),
            optional=optional,
        )  # fmt: skip
        self.references.setdefault(field.ref.section, []).append(filler)
        return filler

    def _also(self, field: FieldPlan, own: Tolerance | None) -> tuple[Hashable, ...]:
        """What is as good as the label."""
        if own is None:
            return ()
        others = [each for each in own.alternatives if not _is_blank(each)]
        if field.ref is not None:
            section = field.ref.section
            return tuple(self.register.meant(section, each, told=False) for each in others)
        also = [self._prepare(field, _read(field, each)) for each in others]
        if own.interval is not None and isinstance(field.comparator, Number):
            also.append(field.comparator.prepare_interval(*own.interval))
        return tuple(also)

    def _prepare(self, field: FieldPlan, value: Any, own: Tolerance | None = None) -> Hashable:
        if field.ref is not None:
            return self.register.meant(field.ref.section, value)
        comparator = field.comparator
        if own is not None and own.facts and isinstance(comparator, Text):
            return comparator.prepare(value, own.facts, own.words)
        return comparator.prepare(value)

    def _waived(self, plan: RecordPlan, raw: BaseModel, path: str) -> frozenset[Span]:
        found = set()
        for i, span in enumerate(spans_of(plan, raw)):
            own = self.tolerances.get(f"{path}/{plan.evidence}/{i}")
            if own is not None and (own.optional or own.dont_care):
                found.add(span)
        return frozenset(found)

    def _verbatim(self, plan: RecordPlan, raw: BaseModel) -> frozenset[Span]:
        spans = frozenset(spans_of(plan, raw))
        if plan.evidence is None or self.text is None:
            return spans
        receipts = getattr(raw, plan.evidence) or ()
        wrong = {(x.start, x.end) for x in receipts if self.text[x.start : x.end] != x.quote}
        return spans - wrong


def _key_of(filler: Filler) -> str:
    return filler.key


def _is_blank(value: Any) -> bool:
    return isinstance(value, str) and not value.strip()


def _read(field: FieldPlan, value: Any) -> Any:
    """An alternative as the field would hold it: tolerances are kept as JSON."""
    if isinstance(value, dict) and issubclass(field.inner, BaseModel):
        return field.inner.model_validate(value)
    return value
