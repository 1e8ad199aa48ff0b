"""What of a schema is compared, and how: derived once from its fields and their marks.

Sections are the top-level lists of records. What else stands at the top is one more item, of a
section named after the class, which is aligned with its like without being asked.

Comparators follow from the type where no mark says otherwise: enumerations and literals by value,
numbers, dates, moments and places by theirs, strings marked `Verbatim` or `Naming` as names, those
marked `Exactly` as codes, `Ref` as whatever they refer to, other strings as prose, and what else
is one value (a boolean, a URL) by its JSON. What has no mark is understood as far as it can be:
where nothing is marked `Naming`, a string that is both `Verbatim` and a `Key` names its item; where
nothing is marked `Anchor`, items are anchored on what names them; and the `id` of an item, which
says only what refers to it, is never compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from summarizer.errors import SchemaError
from summarizer.evals.comparators import (
    Comparator,
    Dates,
    Enumeration,
    Exact,
    Moments,
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
    Key,
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

    `inner` is the type of one value, bare of marks, and `default` one that says nothing; `many`
    tells a list, `weight` is what a filler counts, and `families` are its types', if it has any.
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
    default: Any = field(default=None, hash=False)


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

    def at(self, names: Sequence[str]) -> FieldPlan | None:
        """The field that a way of names leads to; None where it isn't compared as a value."""
        name, *rest = names
        found = next((field for field in self.fields if field.name == name), None)
        if found is None or not rest:
            return found
        return found.record.at(rest) if found.record is not None else None


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

    def at(self, pointer: str) -> FieldPlan | None:
        """How what stands at a JSON Pointer is compared; None where it isn't, or is an item."""
        names = [step for step in pointer.split("/")[1:] if not step.isdecimal()]
        if names[0] in self.sections:
            return self.sections[names[0]].at(names[1:]) if len(names) > 1 else None
        return self.sections[self.root].at(names) if self.root is not None else None


@cache
def plan_of(model: type[BaseModel], size: Literal["core", "full"] = "full") -> Plan:
    """The plan for a schema. Of `size` core, fields marked `FullOnly` are left out.

    Raises `SchemaError` for a field whose type can't be compared (a mapping, a list of lists, any
    type, a union of types that aren't compared alike), for a class that holds itself, and for a
    section that is referred to and whose items can't be told apart.
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
    is_item = len(above) == 1
    for name, info in model.model_fields.items():
        marks = [*info.metadata, *_marks(info.annotation)]
        if not _skipped(marks, size) and not (is_item and name == "id"):
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
    naming = _naming(model)
    anchors = tuple(i for i, f in enumerate(fields) if f.anchor)
    return RecordPlan(
        model=model,
        fields=tuple(replace(field, naming=field.name in naming) for field in fields),
        evidence=next(receipts, None),
        anchors=anchors or tuple(i for i, f in enumerate(fields) if f.name in naming),
        types=tuple(i for i, f in enumerate(fields) if f.families is not None),
        naming=naming,
    )


def _naming(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields that hold names of an item."""
    texts = {
        name: [*info.metadata, *_marks(info.annotation)]
        for name, info in model.model_fields.items()
        if _shape(info.annotation)[1] is str
    }
    named = [name for name, marks in texts.items() if _mark(marks, Naming)]
    # As merging has it: items of the same name in the article are the same.
    keys = [name for name, marks in texts.items() if _mark(marks, Verbatim) and _mark(marks, Key)]
    return tuple(named or keys)


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
    comparator = Exact() if nested else _comparator(inner, marks)
    if comparator is None:
        raise SchemaError(
            f"{above[-1].__name__}.{name} holds values that can't be compared",
            hint="mark the field Unscored(), or declare one type for it: text, a number, a date, "
            "a closed list, a record, or a list of one of these",
        )
    return FieldPlan(
        name=name,
        many=many,
        weight=weight.value if weight else 1.0,
        inner=inner,
        comparator=comparator,
        record=_record(inner, size, above) if nested else None,
        ref=ref,
        anchor=_mark(marks, Anchor) is not None,
        families=alike.families if alike else None,
        default=_default(above[-1].model_fields[name]),
    )


def _default(info: FieldInfo) -> Any:
    open_ = info.is_required() or info.default_factory_takes_validated_data
    return None if open_ else info.get_default(call_default_factory=True)


def _comparator(inner: Any, marks: list[Any]) -> Comparator | None:
    """How values of a type are compared; None where they can't be."""
    broader = _mark(marks, Broader)
    if get_origin(inner) in (Union, UnionType):
        first, *others = (_comparator(each, marks) for each in _options(inner))
        return first if all(each == first for each in others) and not _has_record(inner) else None
    if get_origin(inner) is Literal or (isinstance(inner, type) and issubclass(inner, Enum)):
        return Enumeration(dict(broader.parents) if broader else {})
    if inner is str:
        if _mark(marks, Ref) or _mark(marks, Verbatim) or _mark(marks, Naming):
            return Names()
        if _mark(marks, Exactly):
            return Exact()
        return Enumeration(dict(broader.parents)) if broader else Text()
    return _by_class(inner) if isinstance(inner, type) else None


def _by_class(inner: type) -> Comparator | None:
    if issubclass(inner, Place):
        return Places()
    if issubclass(inner, datetime):
        return Moments()
    if issubclass(inner, DatePhrase | date):
        return Dates()
    if issubclass(inner, int | float | Decimal) and not issubclass(inner, bool):
        return Number()
    several = issubclass(inner, BaseModel | Mapping | list | tuple | set | frozenset)
    return None if several or inner in (object, Any) else Exact()


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
        first, *others = (_bare(each) for each in get_args(bare) if each is not Ellipsis)
        # A tuple whose places have a type each is no list.
        return True, first if all(each == first for each in others) else bare
    return False, bare


def _bare(annotation: Any) -> Any:
    """A type without `Annotated` and, if that leaves one alone, without `None`."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
            continue
        options = _options(annotation)
        if len(options) != 1:
            return annotation
        annotation = options[0]


def _options(annotation: Any) -> list[Any]:
    """The types that a union is of, bare and without `None`."""
    if get_origin(annotation) not in (Union, UnionType):
        return []
    return [_bare(each) for each in get_args(annotation) if each is not NoneType]


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


def _has_record(union: Any) -> bool:
    return any(map(_is_record, _options(union)))


def _is_leaf(inner: type) -> bool:
    return issubclass(inner, DatePhrase | Place)
