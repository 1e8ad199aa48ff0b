"""From what a model wrote to items that stand in the article, one by one.

Sentence numbers become spans, phrases become dates, names are held against the article. An item
that doesn't fit is set aside with an issue and the others stand; references stay names until
`summarizer.assembly` has every section before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from summarizer.errors import excerpt
from summarizer.names import NameIndex, normal_form
from summarizer.residue import residue
from summarizer.results import Issue, IssueKind, Severity
from summarizer.schemas import DatePhrase
from summarizer.schemas.markers import FromEvidence
from summarizer.wire import Kind, Node, Plan, Slot, is_section

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.forms import Form

MOST_MENTIONS = 3
"""As many first mentions as code cites for an item that is cited by its mentions."""
_LEAK_WORDS = 5
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ADJECTIVAL_ENDING = re.compile(r"(?:ian|ean|ese|ish|an|i|n)s?$")
_CAPITALISED = re.compile(r"(?<![.!?…:]\s)(?<!^)(?<![\"“'‘(])\b[^\W\d_a-zß-ÿ][\w’'.&-]+")


@dataclass
class Note:
    """An issue in the making: its place is known once the record is put together."""

    kind: IssueKind
    severity: Severity
    message: str
    original: Any = None
    field: str = ""
    """JSON Pointer below the item."""

    def issue(self, path: str | None) -> Issue:
        """The issue, at its place in the record."""
        return Issue(
            path=path if path is None else path + self.field,
            kind=self.kind,
            severity=self.severity,
            message=self.message,
            original=self.original,
        )


@dataclass(eq=False)
class Item:
    """One item of a section: public form, but for references, which are still names."""

    data: dict[str, Any]
    notes: list[Note] = field(default_factory=list)


@dataclass
class Draft:
    """What one answer came to: items by section, other values, and what was set aside."""

    sections: dict[str, list[Item]] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


class Source:
    """What answers are held against: the article, its names, and the instructions.

    `instructions` is the static prompt: its words are not the article's.
    """

    def __init__(self, article: Article, instructions: str = "") -> None:
        self.article = article
        self.form: Form | None = None
        """What closed the answer's lists, if something did."""
        self._instructions = instructions

    @cached_property
    def names(self) -> NameIndex:
        """Where names stand."""
        return NameIndex(self.article)

    @cached_property
    def furniture(self) -> frozenset[int]:
        """The sentences that are the page's and not the article's."""
        return residue(self.article)

    @cached_property
    def citable(self) -> frozenset[int]:
        """The sentence numbers that an item may cite."""
        return frozenset(range(1, self.article.sentence_count + 1)) - self.furniture

    @cached_property
    def _words(self) -> str:
        return f" {normal_form(f'{self.article.title or str()} {self.article.text}')} "

    @cached_property
    def _prompt_words(self) -> str:
        return f" {normal_form(self._instructions)} "

    def evidence(self, number: int) -> dict[str, Any]:
        """The receipt for one sentence."""
        start, end = self.article.span(number)
        return {"sentence": number, "start": start, "end": end, "quote": self.article.text[start:end]}

    def mentions(self, names: Sequence[str]) -> list[dict[str, Any]]:
        """Receipts for the first mentions of any of `names`."""
        found = {n for name in names for n in self.names.sentences(name)}
        return [self.evidence(n) for n in sorted(found & self.citable)[:MOST_MENTIONS]]

    def leaked(self, text: str) -> bool:
        """Whether `text` is the instructions' and not the article's."""
        words = normal_form(text)
        if len(words.split()) < _LEAK_WORDS:
            return False
        return f" {words} " in self._prompt_words and f" {words} " not in self._words

    def strangers(self, text: str) -> list[str]:
        """Names and numbers in `text` that the article doesn't hold.

        Names are known by their capitals, so the first word of a sentence is not looked at, and
        text in another script than the article's can't be judged and has none.
        """
        if self.article.language not in (None, "en"):
            return []
        found = [*_NUMBER.findall(text), *_CAPITALISED.findall(text)]
        return [word for word in found if not self._stands(normal_form(word))]

    def _stands(self, form: str) -> bool:
        # "Iranian" stands in an article that speaks of Iran.
        stem = _ADJECTIVAL_ENDING.sub("", form)
        return f" {form}" in self._words or (len(stem) > 2 and f" {stem}" in self._words)


class _Unfit(ValueError):
    """A value that can't stand. Carries the issue that says so."""

    def __init__(self, kind: IssueKind, message: str, original: Any = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.original = original

    def note(self, severity: Severity, where: str) -> Note:
        return Note(self.kind, severity, str(self), self.original, where)


def decode(raw: Mapping[str, Any], plan: Plan, source: Source) -> Draft:
    """What an answer comes to, held against the article.

    Raises:
        ValueError: no part of the answer is what was asked for.
    """
    asked = [slot for slot in plan.root.fields if slot.asked]
    known = [slot for slot in asked if slot.wire_name in raw]
    if asked and not known:
        names = ", ".join(slot.wire_name for slot in asked)
        raise ValueError(f"the answer must be one JSON object with: {names}")
    draft = Draft()
    for slot in known:
        value = raw[slot.wire_name]
        if value is None:
            continue
        if is_section(slot):
            draft.sections[slot.name] = _section(slot, value, source, draft.notes)
            continue
        notes: list[Note] = []
        try:
            draft.values[slot.name] = _Reader(source, notes).value(slot.node, value, f"/{slot.name}")
        except _Unfit as unfit:
            if slot.required:
                raise ValueError(f"{slot.wire_name}: {unfit}") from unfit
            notes.append(unfit.note(Severity.WARNING, f"/{slot.name}"))
        draft.notes += notes
    return draft


def _section(slot: Slot, value: Any, source: Source, lost: list[Note]) -> list[Item]:
    if not isinstance(value, list):
        raise ValueError(f"{slot.wire_name} must be a list")
    assert slot.node.item is not None
    items: list[Item] = []
    for raw in value:
        notes: list[Note] = []
        try:
            items.append(Item(_item(slot.node.item, raw, source, notes), notes))
        except _Unfit as unfit:
            message = f"An item of {slot.name} was set aside: {unfit}"
            lost.append(Note(unfit.kind, Severity.ERROR, message, raw))
    return items


def _item(node: Node, raw: Any, source: Source, notes: list[Note]) -> dict[str, Any]:
    data = _Reader(source, notes).object(node, raw, "")
    return _fitted(node, data, notes)


class _Reader:
    """Reads values off the wire, noting what was left out of them."""

    def __init__(self, source: Source, notes: list[Note]) -> None:
        self.source = source
        self.notes = notes

    def value(self, node: Node, raw: Any, where: str) -> Any:
        match node.kind:
            case Kind.EVIDENCE:
                return self._evidence(raw, where)
            case Kind.REFERENCE | Kind.NAME if not node.or_text:
                return self._name(raw)
            case Kind.TEXT | Kind.REFERENCE:
                return self._text(raw)
            case Kind.LIST:
                return self._list(node, raw, where)
            case Kind.OBJECT:
                bare = node.bare
                wrapped = not isinstance(raw, Mapping) and bare is not None
                return self.object(node, {bare.wire_name: raw} if wrapped and bare else raw, where)
            case _:
                return raw

    def object(self, node: Node, raw: Any, where: str) -> dict[str, Any]:
        if not isinstance(raw, Mapping):
            raise _Unfit(IssueKind.ITEM_INVALID, "not an object", raw)
        data: dict[str, Any] = {}
        for slot in node.fields:
            if not slot.by_code and raw.get(slot.wire_name) is not None:
                self._slot(slot, raw[slot.wire_name], data, f"{where}/{slot.name}")
        self._fill(node, data)
        for slot in node.fields:
            if slot.required and slot.node.kind in (Kind.EVIDENCE, Kind.MENTIONS) and not data.get(slot.name):
                raise _Unfit(*self._without_receipt(slot, raw))
        return data

    def _without_receipt(self, slot: Slot, raw: Any) -> tuple[IssueKind, str, Any]:
        if slot.node.kind is Kind.MENTIONS:
            return IssueKind.NAME_NOT_IN_ARTICLE, "the article doesn't hold its name", raw
        return IssueKind.EVIDENCE_MISSING, "it cites no sentence of the article", raw

    def _slot(self, slot: Slot, raw: Any, data: dict[str, Any], where: str) -> None:
        try:
            data[slot.name] = self.value(slot.node, raw, where)
        except _Unfit as unfit:
            if slot.required:
                raise
            self.notes.append(unfit.note(Severity.WARNING, where))

    def _fill(self, node: Node, data: dict[str, Any]) -> None:
        """What code adds: first mentions, cited words, resolved dates."""
        quotes = _quotes(data)
        for slot in node.fields:
            if slot.node.kind is Kind.MENTIONS:
                data[slot.name] = self.source.mentions(_names_of(node, data))
            elif slot.quoted and not data.get(slot.name) and quotes:
                data[slot.name] = _quoted(slot.quoted, quotes)
            elif slot.node.annotation is DatePhrase and not slot.asked:
                phrase = _only_date(quotes)
                if phrase:
                    data[slot.name] = {"text": phrase}
            if slot.node.annotation is DatePhrase and slot.name in data:
                data[slot.name] = self._date(data[slot.name])

    def _date(self, data: dict[str, Any]) -> dict[str, Any]:
        return DatePhrase(text=data["text"]).resolved(self.source.article.published).model_dump()

    def _evidence(self, raw: Any, where: str) -> list[dict[str, Any]]:
        numbers = raw if isinstance(raw, list) else [raw]
        good: list[int] = []
        for number in numbers:
            cited = _whole(number)
            if cited is not None and cited in self.source.citable:
                if cited not in good:
                    good.append(cited)
                continue
            message = f"There is no sentence {excerpt(repr(number))} to cite."
            if cited in self.source.furniture:
                message = f"Sentence {cited} is page furniture."
            note = Note(IssueKind.EVIDENCE_INVALID, Severity.WARNING, message, number, where)
            self.notes.append(note)
        return [self.source.evidence(number) for number in sorted(good)]

    def _name(self, raw: Any) -> str:
        name = self._text(raw)
        if not self.source.names.holds(name):
            raise _Unfit(IssueKind.NAME_NOT_IN_ARTICLE, f"“{excerpt(name)}” is not in the article", raw)
        return name

    def _text(self, raw: Any) -> str:
        if not isinstance(raw, str) or not raw.strip():
            raise _Unfit(IssueKind.ITEM_INVALID, "text was expected", raw)
        text = " ".join(raw.split())
        if self.source.leaked(text):
            raise _Unfit(IssueKind.LEAKED_FROM_PROMPT, "it repeats the instructions", raw)
        strangers = self.source.strangers(text)
        if strangers:
            named = ", ".join(strangers[:3])
            raise _Unfit(IssueKind.NAME_NOT_IN_ARTICLE, f"{named}: not in the article", raw)
        return text

    def _list(self, node: Node, raw: Any, where: str) -> list[Any]:
        assert node.item is not None
        values: list[Any] = []
        for position, element in enumerate(raw if isinstance(raw, list) else [raw]):
            try:
                value = self.value(node.item, element, f"{where}/{position}")
            except _Unfit as unfit:
                self.notes.append(unfit.note(Severity.WARNING, where))
                continue
            if value not in values:
                values.append(value)
        return values


def _whole(number: Any) -> int | None:
    if isinstance(number, bool):
        return None
    if isinstance(number, str) and number.strip("[] ").isdecimal():
        return int(number.strip("[] "))
    return number if isinstance(number, int) else None


def _quotes(data: Mapping[str, Any]) -> list[str]:
    evidence = data.get("evidence")
    return [entry["quote"] for entry in evidence] if isinstance(evidence, list) else []


def _quoted(how: FromEvidence, quotes: list[str]) -> str:
    """The cited sentences, or what follows the cue in the first of them that has one."""
    for quote in quotes:
        found = how.cue and re.search(rf"\b(?:{how.cue})", quote, re.IGNORECASE)
        if found:
            return quote[found.start() :]
    return " ".join(quotes)


def _names_of(node: Node, data: Mapping[str, Any]) -> list[str]:
    names: list[str] = []
    for slot in node.fields:
        item = slot.node.item
        value = data.get(slot.name)
        if slot.node.kind is Kind.NAME and value:
            names.append(value)
        elif item is not None and item.kind is Kind.NAME and value:
            names += value
    return names


def _only_date(quotes: Sequence[str]) -> str | None:
    """The date phrase in the cited sentences, if there is just one: which of two is not for code."""
    from summarizer.schemas.dates import find_phrases

    phrases = {quote[start:end] for quote in quotes for start, end in find_phrases(quote)}
    return phrases.pop() if len(phrases) == 1 else None


def _fitted(node: Node, data: dict[str, Any], notes: list[Note]) -> dict[str, Any]:
    """`data`, less the optional values that the item's own class refuses."""
    while True:
        try:
            node.model.model_validate(data)
        except ValidationError as error:
            if not _drop(node, data, error, notes):
                first = error.errors(include_url=False, include_context=False)[0]
                where = "/".join(str(part) for part in first["loc"])
                raise _Unfit(IssueKind.ITEM_INVALID, f"{where}: {first['msg']}", data) from error
        else:
            return data


def _drop(node: Node, data: dict[str, Any], error: ValidationError, notes: list[Note]) -> bool:
    """Leave out one value that was refused, if the item can stand without it."""
    optional = {slot.name for slot in node.fields if not slot.required}
    for problem in error.errors(include_url=False, include_context=False):
        path = problem["loc"]
        if not path or path[0] not in optional or path[0] not in data:
            continue
        name = str(path[0])
        value = data[name]
        where = f"/{name}"
        message = f"{'/'.join(str(part) for part in path)}: {problem['msg']}"
        if len(path) > 1 and isinstance(path[1], int) and isinstance(value, list):
            dropped = value[path[1]]
            data[name] = value[: path[1]] + value[path[1] + 1 :]
        elif len(path) > 1 and isinstance(value, dict) and isinstance(path[1], str) and path[1] in value:
            # A nested object may stand without the one value in it.
            dropped = value[path[1]]
            data[name] = {k: v for k, v in value.items() if k != path[1]}
        else:
            dropped = data.pop(name)
        notes.append(Note(IssueKind.VALUE_DROPPED, Severity.WARNING, message, _plain(dropped), where))
        return True
    return False


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else value
