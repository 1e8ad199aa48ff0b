"""What a schema declares of its fields, and what they and their closed values are called."""

from __future__ import annotations

import types
from collections.abc import Iterator
from enum import Enum, StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from summarizer.schemas import Evidence
from summarizer.schemas.markers import Ref
from summarizer.schemas.vocabularies import ClaimStatus, MeetingStatus, Realis
from summarizer.view.clean import clean

UNLABELLED = ("type", "kind", "format", "category", "measure", "realis", "status")
"""Closed fields whose values are understood without the field's name."""

_CAPITALS = {"edtf", "icd", "id", "igo", "iso", "ngo", "sha256", "url"}


class Tone(StrEnum):
    """Whether a closed value speaks for the item, leaves it open, or speaks against it."""

    PLAIN = "plain"
    OPEN = "open"
    AGAINST = "against"


_OPEN: frozenset[str] = frozenset(
    (
        Realis.PLANNED,
        Realis.PROPOSED,
        Realis.THREATENED,
        Realis.ATTEMPTED,
        Realis.PREDICTED,
        Realis.HYPOTHETICAL,
        Realis.UNKNOWN,
        ClaimStatus.REPORTED,
        ClaimStatus.CLAIMED,
        ClaimStatus.ACCUSED,
    )
)
_AGAINST: frozenset[str] = frozenset(
    (
        Realis.DID_NOT_OCCUR,
        ClaimStatus.DENIED,
        ClaimStatus.DISPUTED,
        MeetingStatus.CANCELLED,
        MeetingStatus.REFUSED,
    )
)


def tone(value: object) -> Tone:
    """The tone of a closed value, by the vocabulary of realis, claim status and meetings."""
    word = closed_word(value)
    if word in _AGAINST:
        return Tone.AGAINST
    return Tone.OPEN if word in _OPEN else Tone.PLAIN


def closed_word(value: object) -> str:
    """The value of an enumeration or a literal as it stands in JSON."""
    return str(value.value if isinstance(value, Enum) else value)


def meaning(value: object) -> str:
    """What the vocabulary says of a closed value; empty where it says nothing."""
    said = getattr(value, "meaning", "")
    return clean(said) if isinstance(said, str) else ""


def words(identifier: str) -> str:
    """An identifier as a reader would say it: `joint_exercise` is "joint exercise"."""
    parts = clean(identifier).replace("_", " ").split()
    return " ".join(part.upper() if part.lower() in _CAPITALS else part for part in parts)


def label(name: str, field: FieldInfo) -> str:
    """What a field is called: its title where the schema gives one, else its name in words."""
    if field.title:
        return clean(field.title)
    return f"{words(name[:-3])} in English" if name.endswith("_en") else words(name)


def fields(model: BaseModel) -> Iterator[tuple[str, FieldInfo, Any]]:
    """Name, declaration and value of each field, in the order of the schema."""
    for name, field in type(model).model_fields.items():
        yield name, field, getattr(model, name)


def is_empty(value: object) -> bool:
    """Whether there is nothing to show: None, an empty text or an empty collection."""
    return value is None or value in ("", [], (), {})


def is_closed(value: object, field: FieldInfo) -> bool:
    """Whether `value` is one of a closed list: an enumeration or a literal."""
    return isinstance(value, Enum) or (isinstance(value, str) and has_literals(field))


def has_literals(field: FieldInfo) -> bool:
    """Whether a field, or each entry of a list, is one of the values that its type spells out."""
    return any(get_origin(part) is Literal for part in _parts(field.annotation))


def reference(field: FieldInfo) -> Ref | None:
    """The marker that makes a field, or each entry of a list, a reference."""
    inner = [m for part in _parts(field.annotation) for m in getattr(part, "__metadata__", ())]
    return next((m for m in [*field.metadata, *inner] if isinstance(m, Ref)), None)


def entry_models(field: FieldInfo, value: object) -> set[type[BaseModel]]:
    """The models that a list holds (may hold, where it is empty); none if it isn't a list of them.

    `Evidence` is not counted: a list of it is a receipt.
    """
    if isinstance(value, list | tuple) and value:
        held = {type(entry) for entry in value}
        if not all(issubclass(kind, BaseModel) for kind in held):
            return set()
    else:
        held = {
            part
            for outer in _parts(field.annotation)
            if get_origin(outer) in (list, tuple)
            for part in _parts(outer)
            if isinstance(part, type)
        }
    return {m for m in held if issubclass(m, BaseModel) and not issubclass(m, Evidence)}


def _parts(annotation: Any) -> Iterator[Any]:
    """An annotation and everything inside its unions, lists and `Annotated`."""
    yield annotation
    if get_origin(annotation) in (Annotated, Union, types.UnionType, list, tuple):
        for inner in get_args(annotation):
            yield from _parts(inner)


def cites(value: object) -> bool:
    """Whether a value is a list of receipts."""
    return isinstance(value, list | tuple) and all(isinstance(v, Evidence) for v in value)
