"""What an annotation says once its wrappers are off, and the JSON Schema of plain values."""

from __future__ import annotations

import types
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import TypeAdapter
from typing_extensions import TypeAliasType

from summarizer.errors import SchemaError

_JSON_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}
# Those that OpenAI's strict mode knows; it refuses a schema that has another.
_FORMATS = frozenset(
    "date time date-time duration email hostname ipv4 ipv6 uuid".split()  # noqa: SIM905  # reads as a list
)


def unwrap(annotation: Any) -> tuple[Any, tuple[Any, ...], bool]:
    """The annotation without `Annotated` and `| None`, the markers met, whether None was in it."""
    markers: tuple[Any, ...] = ()
    nullable = False
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *found = get_args(annotation)
            markers += tuple(found)
        elif isinstance(annotation, TypeAliasType):
            annotation = annotation.__value__
        elif origin in (Union, types.UnionType) and type(None) in get_args(annotation):
            rest = tuple(arg for arg in get_args(annotation) if arg is not type(None))
            nullable = True
            annotation = rest[0] if len(rest) == 1 else Union[rest]  # noqa: UP007  # built from a tuple
        elif origin is Literal and None in get_args(annotation):
            nullable = True
            annotation = Literal[tuple(arg for arg in get_args(annotation) if arg is not None)]
        else:
            return annotation, markers, nullable


def plain_schema(annotation: Any, place: str) -> dict[str, Any]:
    """The JSON Schema of a value that is neither text nor a model nor a list.

    Raises:
        SchemaError: it has none that every server takes; `place` is named.
    """
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return _one_of([member.value for member in annotation], annotation, place)
    if get_origin(annotation) is Literal:
        values = [arg.value if isinstance(arg, Enum) else arg for arg in get_args(annotation)]
        return _one_of(values, annotation, place)
    try:
        schema = TypeAdapter(annotation).json_schema()
    except Exception as error:
        raise _unaskable(annotation, place, error) from error
    return _scalar(schema, annotation, place)


def _scalar(schema: dict[str, Any], annotation: Any, place: str) -> dict[str, Any]:
    """`schema` with nothing in it that a strict server refuses."""
    if "anyOf" in schema:
        return {"anyOf": [_scalar(option, annotation, place) for option in schema["anyOf"]]}
    if "enum" in schema or "const" in schema:
        return _one_of(schema.get("enum") or [schema["const"]], annotation, place)
    if schema.get("type") not in _JSON_TYPES.values():
        raise _unaskable(annotation, place)
    kept = {"type": schema["type"]}
    if schema.get("format") in _FORMATS:
        kept["format"] = schema["format"]
    return kept


def _one_of(values: list[Any], annotation: Any, place: str) -> dict[str, Any]:
    names = [_JSON_TYPES.get(type(value)) for value in values]
    if not values or None in names:
        raise _unaskable(annotation, place)
    kinds = sorted({name for name in names if name is not None})
    return {"type": kinds[0] if len(kinds) == 1 else kinds, "enum": values}


def _unaskable(annotation: Any, place: str, original: Exception | None = None) -> SchemaError:
    told = getattr(annotation, "__name__", None) if isinstance(annotation, type) else None
    return SchemaError(
        f"{place}: no model can be asked for {told or annotation}.",
        hint="Use text, numbers, enumerations, models with named fields, and lists of these.",
        original=original,
    )
