"""The references that a record holds, found by the marker `Ref`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from summarizer.schemas.markers import Ref


def references(record: BaseModel) -> Iterator[tuple[Ref, str]]:
    """Every reference in `record`, at any depth, in order: its marker and what it says."""
    marks = _marks(type(record))
    for name, value in record:
        values = value if isinstance(value, list) else [value]
        for single in values:
            if isinstance(single, BaseModel):
                yield from references(single)
            elif name in marks and single is not None:
                yield marks[name], single


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
