"""The references that a record holds, found by the marker `Ref`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from summarizer.schemas.markers import Ref

_PLAIN = (str, int, float, date, Enum, type(None))


def references(record: BaseModel) -> Iterator[tuple[Ref, str]]:
    """Every reference in `record`, at any depth, in order: its marker and what it says."""
    for name, ref in _followed(type(record)):
        value = getattr(record, name)
        for single in value if isinstance(value, list) else (value,):
            if isinstance(single, BaseModel):
                if _followed(type(single)):
                    yield from references(single)
            elif ref is not None and single is not None:
                yield ref, single


@cache
def _followed(model: type[BaseModel]) -> tuple[tuple[str, Ref | None], ...]:
    """The fields in which there may be references, each with its mark."""
    marks = _marks(model)
    return tuple(
        (name, marks.get(name))
        for name, field in model.model_fields.items()
        if name in marks or _may_hold_models(field.annotation)
    )


def _may_hold_models(annotation: Any) -> bool:
    match get_origin(annotation):
        case None:
            return not (isinstance(annotation, type) and issubclass(annotation, _PLAIN))
        case origin if origin is Literal:
            return False
        case origin if origin is Annotated:
            return _may_hold_models(get_args(annotation)[0])
        case _:
            return any(map(_may_hold_models, get_args(annotation)))


@cache
def _marks(model: type[BaseModel]) -> dict[str, Ref]:
    # Pydantic lifts the marks of a plain field out of its annotation, but not those further in.
    found = {
        name: _mark(field.metadata) or _inner_mark(field.annotation)
        for name, field in model.model_fields.items()
    }
    return {name: ref for name, ref in found.items() if ref is not None}


def _inner_mark(annotation: Any) -> Ref | None:
    arguments = get_args(annotation)
    if get_origin(annotation) is Annotated:
        return _mark(arguments[1:]) or _inner_mark(arguments[0])
    marks = (_inner_mark(argument) for argument in arguments)
    return next((mark for mark in marks if mark is not None), None)


def _mark(metadata: Any) -> Ref | None:
    return next((mark for mark in metadata if isinstance(mark, Ref)), None)
