"""Values of any Pydantic model in words: text, and links where a reference stands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from summarizer.schemas import Attribution, Evidence, Quantity
from summarizer.view.clean import clean
from summarizer.view.declared import (
    UNLABELLED,
    cites,
    closed_word,
    fields,
    has_literals,
    is_closed,
    is_empty,
    label,
    reference,
    words,
)

NAME_FIELDS = ("name", "title", "headline", "label", "text", "phrase")
"""Fields that say by themselves what a model is about, the best first."""


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
        if has_literals(field):
            entries = value if isinstance(value, list | tuple) else [value]
            return (", ".join(words(closed_word(entry)) for entry in entries),)
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


def original(value: Any) -> str:
    """What an issue is about, as compact JSON."""
    return clean(json.dumps(value, ensure_ascii=False, default=str))
