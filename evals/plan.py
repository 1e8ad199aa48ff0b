"""What of a schema is compared, and how: derived once from its fields and their marks.

Sections are the top-level lists of records. What else stands at the top is one more item, of a
section named after the class, which is aligned with its like without being asked.

Comparators follow from the type where no mark says otherwise: enumerations and literals by value,
numbers, dates and places by theirs, strings marked `Verbatim` or `Naming` as names, those marked
`Exactly` as codes, `Ref` as whatever they refer to, and other strings as prose.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel

from summarizer.errors import SchemaError
from summarizer.evals.comparators import (
    Comparator,
    Dates,
    Enumeration,
    Exact,
    Names,
    Number,
    Places,
    Text,
)
from summarizer.schemas import DatePhrase, Evidence, Place
from summarizer.schemas.markers import (
    Alike,
    Anchor,
    Broader,
    ByCode,
    Exactly,
    FullOnly,
    Naming,
    Ref,
    Unscored,
    Verbatim,
    Weight,
)

M = TypeVar("M")


@dataclass(frozen=True)
class FieldPlan:
    """How one field is compared: its values by `comparator`, or, if they are records, by `record`.

    `inner` is the type of one value, bare of marks; `many` says that the field is a list, `weight`
    is what one filler of it counts, and `families` are those of its types, if it tells the type.
    """

    name: str
    many: bool
    weight: float
    inner: Any
    comparator: Comparator
    record: RecordPlan | None = None
    ref: Ref | None = None
    anchor: bool = False
    families: tuple[frozenset[str], ...] | None = None
    naming: bool = False


@dataclass(frozen=True)
class RecordPlan:
    """How a record is compared: its scored fields, and the field that holds its receipts."""

    model: type[BaseModel]
    fields: tuple[FieldPlan, ...]
    evidence: str | None
    anchors: tuple[int, ...] = ()
    types: tuple[int, ...] = ()
    naming: tuple[str, ...] = ()
    """Fields that hold names of the item, compared or not."""


@dataclass(frozen=True)
class Plan:
    """How a whole record is compared, section by section.

    `root` is the section of what stands at the top outside of lists, or None.
    """

    model: type[BaseModel]
    sections: dict[str, RecordPlan]
    root: str | None = None
    grounded: bool = field(default=False)
    """Whether any section carries receipts."""


@cache
def plan_of(model: type[BaseModel], size: Literal["core", "full"] = "full") -> Plan:
    """The plan for a schema. Of `size` core, fields marked `FullOnly` are left out.

    Raises `SchemaError` for a field whose type can't be compared, and for a class that holds
    itself.
    """
    sections: dict[str, RecordPlan] = {}
    single: list[FieldPlan] = []
    for name, info in model.model_fields.items():
        marks = [*info.metadata, *_marks(info.annotation)]
        if _skipped(marks, size):
            continue
        many, inner = _shape(info.annotation)
        if many and _is_record(inner) and not _is_leaf(inner):
            sections[name] = _record(inner, size, (model,))
        else:
            found = _field(name, info.annotation, marks, size, (model,))
            if found is not None:
                single.append(found)
    root = None
    if single:
        root = model.__name__
        sections = {root: _planned(model, tuple(single)), **sections}
    _check(model, sections)
    grounded = any(record.evidence for record in sections.values())
    return Plan(model, sections, root, grounded)


def _record(
    model: type[BaseModel], size: Literal["core", "full"], above: tuple[type[BaseModel], ...]
) -> RecordPlan:
    if model in above:
        raise SchemaError(f"{model.__name__} holds itself, which can't be compared")
    fields = []
    for name, info in model.model_fields.items():
        marks = [*info.metadata, *_marks(info.annotation)]
        if not _skipped(marks, size):
            found = _field(name, info.annotation, marks, size, (*above, model))
            if found is not None:
                fields.append(found)
    return _planned(model, tuple(fields))


def _planned(model: type[BaseModel], fields: tuple[FieldPlan, ...]) -> RecordPlan:
    receipts = (
        name
        for name, info in model.model_fields.items()
        if _shape(info.annotation) == (True, Evidence)
    )
    return RecordPlan(
        model=model,
        fields=fields,
        evidence=next(receipts, None),
        anchors=tuple(i for i, f in enumerate(fields) if f.anchor),
        types=tuple(i for i, f in enumerate(fields) if f.families is not None),
        naming=tuple(
            name
            for name, info in model.model_fields.items()
            if _mark([*info.metadata, *_marks(info.annotation)], Naming)
        ),
    )


def _field(
    name: str,
    annotation: Any,
    marks: list[Any],
    size: Literal["core", "full"],
    above: tuple[type[BaseModel], ...],
) -> FieldPlan | None:
    many, inner = _shape(annotation)
    if inner is Evidence:
        return None
    weight = _mark(marks, Weight)
    ref = _mark(marks, Ref)
    alike = _mark(marks, Alike)
    nested = _is_record(inner) and not _is_leaf(inner)
    return FieldPlan(
        name=name,
        many=many,
        weight=weight.value if weight else 1.0,
        inner=inner,
        comparator=_comparator(inner, marks),
        record=_record(inner, size, above) if nested else None,
        ref=ref,
        anchor=_mark(marks, Anchor) is not None,
        families=alike.families if alike else None,
        naming=_mark(marks, Naming) is not None,
    )


def _comparator(inner: Any, marks: list[Any]) -> Comparator:
    broader = _mark(marks, Broader)
    if get_origin(inner) is Literal or (isinstance(inner, type) and issubclass(inner, Enum)):
        return Enumeration(dict(broader.parents) if broader else {})
    if inner is str:
        if _mark(marks, Ref) or _mark(marks, Verbatim) or _mark(marks, Naming):
            return Names()
        if _mark(marks, Exactly):
            return Exact()
        return Enumeration(dict(broader.parents)) if broader else Text()
    if isinstance(inner, type):
        if issubclass(inner, Place):
            return Places()
        if issubclass(inner, DatePhrase | date):
            return Dates()
        if issubclass(inner, int | float) and not issubclass(inner, bool):
            return Number()
    return Exact()


def _skipped(marks: list[Any], size: str) -> bool:
    if _mark(marks, Unscored) or _mark(marks, ByCode):
        return True
    return size == "core" and _mark(marks, FullOnly) is not None


def _check(model: type[BaseModel], sections: dict[str, RecordPlan]) -> None:
    for record in sections.values():
        for name in _targets(record):
            target = sections.get(name)
            if target is not None and not target.naming and target.evidence is None:
                raise SchemaError(
                    f"{model.__name__}.{name} is referred to, and its items can't be told apart",
                    hint="mark the field that names them with Naming(), or give them evidence",
                )


def _targets(record: RecordPlan) -> list[str]:
    found = []
    for each in record.fields:
        if each.ref is not None:
            found.append(each.ref.section)
        if each.record is not None:
            found += _targets(each.record)
    return found


def _shape(annotation: Any) -> tuple[bool, Any]:
    """Whether the type is a list, and of what, without `Annotated` and `None`."""
    bare = _bare(annotation)
    if get_origin(bare) in (list, set, tuple, frozenset):
        return True, _bare(next((a for a in get_args(bare) if a is not Ellipsis), Any))
    return False, bare


def _bare(annotation: Any) -> Any:
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (Union, UnionType):
            given = [a for a in get_args(annotation) if a is not NoneType]
            if len(given) != 1:
                return Any
            annotation = given[0]
        else:
            return annotation


def _marks(annotation: Any) -> list[Any]:
    found: list[Any] = []
    arguments = get_args(annotation)
    if get_origin(annotation) is Annotated:
        found += arguments[1:]
        arguments = arguments[:1]
    for argument in arguments:
        found += _marks(argument)
    return found


def _mark(marks: list[Any], kind: type[M]) -> M | None:
    return next((mark for mark in marks if isinstance(mark, kind)), None)


def _is_record(inner: Any) -> bool:
    return isinstance(inner, type) and issubclass(inner, BaseModel)


def _is_leaf(inner: type) -> bool:
    return issubclass(inner, DatePhrase | Place)
