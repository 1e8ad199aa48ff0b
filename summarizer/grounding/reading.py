"""Reading values: sentence numbers become spans, phrases dates; names are held to the article.

Of an item that fits, a value that doesn't is left out where the item can do without. References
stay names until `summarizer.assembly` has every section before it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from summarizer.errors import excerpt
from summarizer.grounding.drafts import Note, Unfit, is_blank, written
from summarizer.grounding.prose import in_title_case
from summarizer.grounding.values import (
    is_date,
    names_in,
    only_date,
    quoted,
    sentence_number,
    text_of,
)
from summarizer.results import IssueKind, Severity, pointer
from summarizer.schemas import DatePhrase
from summarizer.wire import Held, Kind, Node, Size, Slot

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from summarizer.grounding.source import Source

MESSAGE = 160
"""Characters of what a validator says that are passed on, to the reader and to the model."""


class Reader:
    """Reads values off the wire. What is left out of them, or doubted, goes to `notes`."""

    def __init__(self, source: Source, size: Size, notes: list[Note]) -> None:
        self._source = source
        self._notes = notes
        self._trusting = size is Size.FULL
        """Whether what may be an invented name, or none, is let through: small models invent."""
        self._inside = False
        """Whether an object is being read, and not its container."""
        self._apart = False
        """Whether the objects in it are held to their classes one by one."""

    def value_of_record(self, slot: Slot, raw: Any, values: dict[str, Any]) -> None:
        """Read a field of the record's own into `values`.

        Raises:
            ValueError: it doesn't fit, and the record can't do without.
        """
        try:
            self._field(slot, raw, values, pointer(slot.name))
        except Unfit as unfit:
            raise ValueError(str(unfit)) from unfit
        if slot.required and slot.node.kind is Kind.EVIDENCE and slot.name not in values:
            raise ValueError(f"{slot.wire_name}: no sentence of the article is cited")

    def object(self, node: Node, raw: Any, where: str) -> dict[str, Any]:
        """Read an object at the JSON Pointer `where`.

        Raises:
            Unfit: it can't stand.
        """
        if self._inside:
            return self._object(node, raw, where)
        before = len(self._notes)
        self._inside = True
        try:
            data = self._object(node, raw, where)
            # With all that is in it: nearly always that is all there is to do.
            node.model.model_validate(data, strict=False, by_name=True)
        except (Unfit, ValidationError):
            del self._notes[before:]
            self._apart = True
            return self._object(node, raw, where)
        else:
            return data
        finally:
            self._inside = self._apart = False

    def _object(self, node: Node, raw: Any, where: str) -> dict[str, Any]:
        if not isinstance(raw, Mapping):
            raise Unfit(IssueKind.ITEM_INVALID, "an object was expected")
        data: dict[str, Any] = {}
        for key, slot in _read(node):
            if key in raw and (value := written(raw, key)) is not None:
                self._field(slot, value, data, where + slot.pointer)
        self._add(node, data, where)
        _check_receipts(node, data)
        if self._apart:
            self._fit(node, data, where)
        if issubclass(node.model, DatePhrase):
            phrase = node.model.model_validate(data, strict=False, by_name=True)
            return phrase.resolved(self._source.article.published).model_dump(mode="json")
        return data

    def _field(self, slot: Slot, raw: Any, data: dict[str, Any], where: str) -> None:
        before = len(self._notes)
        try:
            value = self._value(slot.node, raw, where)
            if slot.required and slot.node.kind is Kind.LIST and raw and not value:
                noted = self._notes[before:]
                kind = noted[0].kind if noted else IssueKind.ITEM_INVALID
                raise Unfit(kind, "nothing in it stands")
        except Unfit as unfit:
            # Prose that repeats what is cited can be had from there.
            if slot.required and not slot.quoted:
                raise unfit.within(slot.name) from None
            del self._notes[before:]
            self._notes.append(unfit.left_out(slot.name, raw, where))
        else:
            if value or slot.node.kind is not Kind.EVIDENCE:
                data[slot.name] = value

    def _value(self, node: Node, raw: Any, where: str) -> Any:
        match node.kind:
            case Kind.EVIDENCE:
                return self._evidence(raw, where)
            case Kind.NAME:
                return self._held(text_of(raw))
            case Kind.REFERENCE if not node.or_text:
                return text_of(raw)
            case Kind.TEXT if node.held is Held.FREE:
                return text_of(raw)
            case Kind.TEXT if node.held is Held.WORDS:
                return self._held(text_of(raw))
            case Kind.TEXT | Kind.REFERENCE:
                return self._prose(text_of(raw), where)
            case Kind.LIST if node.item is not None:
                return self._list(node.item, raw, where)
            case Kind.OBJECT:
                return self.object(node, _clothed(node, raw), where)
            case _:
                return raw

    def _evidence(self, raw: Any, where: str) -> list[dict[str, Any]]:
        good: set[int] = set()
        for number in raw if isinstance(raw, list) else [raw]:
            cited = sentence_number(number)
            if cited is not None and cited in self._source.citable:
                good.add(cited)
                continue
            message = "A number was cited that no sentence of the article has."
            if cited in self._source.furniture:
                message = f"Sentence {cited} is page furniture."
            kind = IssueKind.EVIDENCE_INVALID
            self._notes.append(Note(kind, Severity.WARNING, message, number, where))
        return [self._source.evidence(number) for number in sorted(good)]

    def _held(self, text: str) -> str:
        if not self._source.names.holds(text):
            message = f"“{excerpt(text)}” is not in the article"
            raise Unfit(IssueKind.NAME_NOT_IN_ARTICLE, message)
        return text

    def _prose(self, text: str, where: str) -> str:
        prose = self._source.prose
        if prose.leaked(text):
            raise Unfit(IssueKind.LEAKED_FROM_PROMPT, "it repeats the instructions")
        numbers, names = prose.numbers(text), prose.names(text)
        message = f"“{excerpt(', '.join([*numbers, *names]))}” is not in the article"
        if names and not numbers and self._trusting and in_title_case(text):
            # These may be plain words: what is lost is more than what is won.
            kind = IssueKind.NAME_NOT_IN_ARTICLE
            self._notes.append(Note(kind, Severity.WARNING, f"{message}.", text, where))
        elif numbers or names:
            raise Unfit(IssueKind.NAME_NOT_IN_ARTICLE, message)
        return text

    def _list(self, node: Node, raw: Any, where: str) -> list[Any]:
        values: dict[str | tuple[str], Any] = {}
        listed = raw if isinstance(raw, list) else [raw]
        for element in listed:
            if is_blank(element):
                continue
            before = len(self._notes)
            try:
                value = self._value(node, element, where + pointer(len(values)))
            except Unfit as unfit:
                del self._notes[before:]
                name = where.rpartition("/")[2]
                self._notes.append(unfit.left_out(f"An entry of {name}", element, where))
                continue
            # Texts are told apart as they are, and so is nothing else.
            told = value if isinstance(value, str) else (_json(value) if len(listed) > 1 else "",)
            values.setdefault(told, value)
        return list(values.values())

    def _add(self, node: Node, data: dict[str, Any], where: str) -> None:
        """What code adds: first mentions, cited words, the date that the cited sentences give."""
        cited = node.citations
        quotes = [entry["quote"] for entry in data.get(cited.name, ())] if cited else []
        for slot in _added(node):
            if slot.node.kind is Kind.MENTIONS:
                data[slot.name] = self._source.mentions(names_in(node, data))
            elif slot.name not in data and slot.quoted and quotes:
                data[slot.name] = quoted(slot.quoted, quotes)
            elif slot.name not in data and not slot.asked and is_date(slot.node):
                phrase = only_date(quotes)
                if phrase is not None:
                    self._field(slot, {"text": phrase}, data, where + slot.pointer)
            if slot.null:
                data.setdefault(slot.name, None)

    def _fit(self, node: Node, data: dict[str, Any], where: str) -> None:
        """Leave out of `data` the values that its own class refuses, if it can do without."""
        while True:
            try:
                node.model.model_validate(data, strict=False, by_name=True)
            except ValidationError as error:
                problems = error.errors(include_url=False, include_context=False)
                for slot, found in _by_slot(node, problems):
                    self._drop(slot, data, found, where + slot.pointer)
            else:
                return

    def _drop(
        self, slot: Slot, data: dict[str, Any], problems: Sequence[ErrorDetails], where: str
    ) -> None:
        value = data.get(slot.name)
        message = excerpt(problems[0]["msg"], MESSAGE).rstrip(".")
        unfit = Unfit(IssueKind.ITEM_INVALID, message)
        bad = {path[1] for problem in problems if len(path := problem["loc"]) > 1}
        if isinstance(value, list) and all(isinstance(at, int) for at in bad) and len(bad) > 0:
            kept = [element for at, element in enumerate(value) if at not in bad]
            if len(kept) < len(value) and (kept or not slot.required):
                lost = [element for at, element in enumerate(value) if at in bad]
                data[slot.name] = kept
                for note in self._notes:  # what stood below is now elsewhere
                    if note.field.startswith(f"{where}/"):
                        note.field = where
                self._notes += [unfit.left_out(slot.name, element, where) for element in lost]
                return
        if value is None or slot.required:
            raise unfit.within(slot.name)
        del data[slot.name]
        if slot.null:
            data[slot.name] = None
        self._notes.append(unfit.left_out(slot.name, value, where))


def _by_slot(node: Node, problems: Sequence[ErrorDetails]) -> list[tuple[Slot, list[ErrorDetails]]]:
    """The problems of each field. Raises `Unfit` for one of the whole object."""
    slots = {slot.name: slot for slot in node.fields}
    found: dict[Slot, list[ErrorDetails]] = {}
    for problem in problems:
        slot = slots.get(str(problem["loc"][0])) if problem["loc"] else None
        if slot is None:
            # It may be of a field by its alias, which is not what the model was asked for.
            where = "".join(f"{part}: " for part in problem["loc"][:1])
            raise Unfit(
                IssueKind.ITEM_INVALID, where + excerpt(problem["msg"], MESSAGE).rstrip(".")
            )
        found.setdefault(slot, []).append(problem)
    return list(found.items())


def _check_receipts(node: Node, data: Mapping[str, Any]) -> None:
    for slot in _receipts(node):
        if data.get(slot.name):
            continue
        if slot.node.kind is Kind.MENTIONS:
            raise Unfit(IssueKind.NAME_NOT_IN_ARTICLE, "the article doesn't hold its name")
        raise Unfit(IssueKind.EVIDENCE_MISSING, "it cites no sentence of the article")


@lru_cache(maxsize=1024)
def _read(node: Node) -> tuple[tuple[str, Slot], ...]:
    """The fields of an object that a model may write, each by its key."""
    return tuple((slot.wire_name, slot) for slot in node.fields if not slot.by_code)


@lru_cache(maxsize=1024)
def _receipts(node: Node) -> tuple[Slot, ...]:
    """The evidence that an object can't stand without."""
    kinds = (Kind.MENTIONS, Kind.EVIDENCE)
    return tuple(slot for slot in node.fields if slot.required and slot.node.kind in kinds)


@lru_cache(maxsize=1024)
def _added(node: Node) -> tuple[Slot, ...]:
    """The fields to which code adds something, for some answers."""
    return tuple(
        slot
        for slot in node.fields
        if slot.node.kind is Kind.MENTIONS
        or slot.quoted
        or slot.null
        or (not slot.asked and is_date(slot.node))
    )


def _clothed(node: Node, raw: Any) -> Any:
    """`raw` with the object around it that the wire schema leaves out (`Node.bare`)."""
    bare = node.bare
    if bare is None or (isinstance(raw, Mapping) and bare.wire_name in raw):
        return raw
    return {bare.wire_name: raw}


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str)
