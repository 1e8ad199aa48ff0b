"""Values of any Pydantic model in words: text, and links where a reference stands."""

from __future__ import annotations

import json
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from summarizer.schemas import Attribution, Evidence, Quantity
from summarizer.schemas.markers import Ref
from summarizer.schemas.vocabularies import ClaimStatus, MeetingStatus, Realis
from summarizer.view.clean import clean

NAME_FIELDS = ("name", "title", "headline", "label", "text", "phrase")
"""Fields that say by themselves what a model is about, the best first."""

UNLABELLED = ("type", "kind", "format", "category", "realis", "status")
"""Closed fields whose values are understood without the field's name."""

_CAPITALS = {"edtf", "icd", "id", "igo", "iso", "ngo", "sha256", "url"}


@dataclass(frozen=True)
class Link:
    """The name of another item of the record, and that item's JSON Pointer."""

    text: str
    target: str


Spans = tuple[str | Link, ...]


@dataclass(frozen=True)
class Receipt:
    """A cited sentence (its number, from 1) and the words that are cited."""

    sentence: int
    quote: str


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
    if isinstance(value, Enum):
        return True
    return isinstance(value, str) and any(
        get_origin(part) is Literal for part in _parts(field.annotation)
    )


def reference(field: FieldInfo) -> Ref | None:
    """The marker that makes a field, or each entry of a list, a reference."""
    inner = [m for part in _parts(field.annotation) for m in getattr(part, "__metadata__", ())]
    return next((m for m in [*field.metadata, *inner] if isinstance(m, Ref)), None)


def entry_models(field: FieldInfo, value: object) -> set[type[BaseModel]]:
    """The models that a list holds (may hold, where it is empty); none if it isn't a list of them.

    `Evidence` is not counted: a list of it is a receipt.
    """
    if isinstance(value, list | tuple) and value:
        found = {type(entry) for entry in value}
    else:
        found = {
            part
            for outer in _parts(field.annotation)
            if get_origin(outer) in (list, tuple)
            for part in _parts(outer)
            if isinstance(part, type)
        }
    return {m for m in found if issubclass(m, BaseModel) and not issubclass(m, Evidence)}


def _parts(annotation: Any) -> Iterator[Any]:
    """An annotation and everything inside its unions, lists and `Annotated`."""
    yield annotation
    if get_origin(annotation) in (Annotated, Union, types.UnionType, list, tuple):
        for inner in get_args(annotation):
            yield from _parts(inner)


class Speaker:
    """Puts values into words, with the names of the items that references stand for."""

    def __init__(self, names: Mapping[tuple[str, str], Link]) -> None:
        self._names = names

    def say(self, value: Any, field: FieldInfo) -> Spans:
        """One field's value; empty where there is nothing to show."""
        if is_empty(value):
            return ()
        marker = reference(field)
        if marker is not None:
            return self._references(marker.section, value)
        if isinstance(value, str) and is_closed(value, field):
            return (words(closed_word(value)),)
        return self._any(value)

    def model(self, model: BaseModel) -> Spans:
        """A model inside an item, on one line: what it is, and the rest in brackets."""
        if isinstance(model, Attribution):
            return self._attribution(model)
        if isinstance(model, Quantity):
            return self._quantity(model)
        filled = {n: (f, v) for n, f, v in fields(model) if not is_empty(v) and not cites(v)}
        first = next((n for n in NAME_FIELDS if n in filled), None) or next(
            (n for n, (f, v) in filled.items() if isinstance(v, str) and not is_closed(v, f)),
            None,
        )
        lead: Spans = self.say(filled[first][1], filled[first][0]) if first else ()
        rest = [self._remark(n, f, v) for n, (f, v) in filled.items() if n != first]
        rest = [remark for remark in rest if remark]
        if not lead:
            return join(", ", rest)
        return (*lead, " (", *join(", ", rest), ")") if rest else lead

    def chain(self, attributions: list[Attribution]) -> Spans:
        """A chain of transmission, nearest the reader first: A, citing B, citing C."""
        return join(", citing ", [self._attribution(a) for a in attributions])

    def _any(self, value: Any) -> Spans:
        if isinstance(value, Enum):
            return (words(closed_word(value)),)
        if isinstance(value, BaseModel):
            return self.model(value)
        if isinstance(value, bool):
            return ("yes" if value else "no",)
        if isinstance(value, list | tuple | set | frozenset):
            entries = [self._any(entry) for entry in value]
            nested = any(isinstance(entry, BaseModel) for entry in value)
            return join("; " if nested else ", ", [entry for entry in entries if entry])
        if isinstance(value, dict):
            pairs = [(f"{clean(str(key))}: ", *self._any(entry)) for key, entry in value.items()]
            return join("; ", pairs)
        said = clean(str(value))
        return (said,) if said else ()

    def _references(self, section: str, value: Any) -> Spans:
        ids = [value] if isinstance(value, str) else list(value)
        known = [self._names.get((section, str(i))) or clean(str(i)) for i in ids]
        return join(", ", [(name,) for name in known])

    def _remark(self, name: str, field: FieldInfo, value: Any) -> Spans:
        if isinstance(value, bool):
            return (label(name, field),) if value else ()
        said = self.say(value, field)
        if not said or name in UNLABELLED or isinstance(value, BaseModel):
            return said
        return (f"{label(name, field)} ", *said)

    def _attribution(self, attribution: Attribution) -> Spans:
        filled = {n: (f, v) for n, f, v in fields(attribution)}
        source = self.say(filled["source"][1], filled["source"][0]) or ("someone",)
        remarks: list[Spans] = []
        if attribution.kind is not None and closed_word(attribution.kind) != "named":
            remarks.append((words(closed_word(attribution.kind)),))
        if attribution.cue:
            remarks.append((f"“{clean(attribution.cue)}”",))
        return (*source, " (", *join(", ", remarks), ")") if remarks else source

    def _quantity(self, quantity: Quantity) -> Spans:
        amount = self._amount(quantity)
        told = {"measure", "min", "max", "qualifier", "unit"} - {"measure" if quantity.unit else ""}
        rest = [
            self._remark(n, f, v)
            for n, f, v in fields(quantity)
            if n not in told and not is_empty(v) and not cites(v)
        ]
        rest = [remark for remark in rest if remark]
        return (amount, " (", *join(", ", rest), ")") if rest else (amount,)

    def _amount(self, quantity: Quantity) -> str:
        low, high = quantity.min, quantity.max
        amount = "–".join(dict.fromkeys(number(n) for n in (low, high) if n is not None))
        qualifier = clean(quantity.qualifier or "")
        if not qualifier and (low is None) != (high is None):
            qualifier = "up to" if low is None else "at least"
        counted = clean(quantity.unit) if quantity.unit else words(quantity.measure)
        return " ".join(part for part in (qualifier, amount, counted) if part)


def number(value: float) -> str:
    """A number with its thousands apart, as far as it has decimals."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def join(separator: str, entries: list[Spans]) -> Spans:
    """Spans one after the other, with `separator` between."""
    joined: list[str | Link] = []
    for n, entry in enumerate(entries):
        joined += [separator, *entry] if n else entry
    return tuple(joined)


def plain(spans: Spans) -> str:
    """Spans as text."""
    return "".join(span.text if isinstance(span, Link) else span for span in spans)


def receipts(value: Any) -> Iterator[Receipt]:
    """Every receipt in a value, at any depth, in order."""
    if isinstance(value, Evidence):
        yield Receipt(value.sentence, clean(value.quote))
    elif isinstance(value, BaseModel):
        for _, _, inner in fields(value):
            yield from receipts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from receipts(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from receipts(inner)


def cites(value: object) -> bool:
    """Whether a value is a list of receipts."""
    return isinstance(value, list | tuple) and all(isinstance(v, Evidence) for v in value)


def original(value: Any) -> str:
    """What an issue is about, as compact JSON."""
    return clean(json.dumps(value, ensure_ascii=False, default=str))
