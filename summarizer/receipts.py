"""What an item says, held against its own receipts: whoever it names stands in what it cites.

A name that stands elsewhere in the article brings the nearest sentence that holds it, so that a
reader sees where it comes from; whether an item may name it is for the checks to say, before that.
What has no receipts, such as a headline, may name only those that the title or a cited sentence
names. Names are known by their capitals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ValidationError

from summarizer.checks import Reading
from summarizer.checks.naming import is_generic, known_in, telling, words_of
from summarizer.errors import excerpt
from summarizer.names.letters import WORD
from summarizer.results import Issue, IssueKind, Severity, pointer
from summarizer.schemas import Evidence
from summarizer.wire import Held, Kind, Node, Slot


def supported(reading: Reading) -> tuple[BaseModel, list[Issue]]:
    """The record with the receipts that its items lacked, and without texts that have none."""
    receipts, root = _Receipts(reading), reading.plan.root
    supported = receipts.supported(reading.summary, root, "")
    return receipts.without_strangers(supported, root), receipts.issues


class _Receipts:
    """The receipts of one record, and the issues that they lead to."""

    def __init__(self, reading: Reading) -> None:
        self.issues: list[Issue] = []
        self._source = reading.source
        self._names = reading.names
        self._passage = reading.passage

    def supported(self, value: BaseModel, node: Node, where: str) -> BaseModel:
        """`value`, and every object in it that cites, with a receipt for whoever is named."""
        for slot in node.nested:
            inner, held = slot.node.listed, getattr(value, slot.name)
            if not held:
                continue
            place = where + slot.pointer
            if slot.node.kind is not Kind.LIST:
                made: Any = self.supported(held, inner, place)
                changed = made is not held
            else:
                made = [self.supported(o, inner, place + pointer(n)) for n, o in enumerate(held)]
                changed = any(new is not old for new, old in zip(made, held, strict=True))
                made = type(held)(made) if changed else held
            if changed:
                value = value.model_copy(update={slot.name: made})
        cited = node.citations
        if cited is None or not getattr(value, cited.name):
            return value
        quotes = [receipt.quote for receipt in getattr(value, cited.name)]
        for told in self._told(value, node):
            for names in self._named(told, quotes):
                if not any(known_in(name, quote) for name in names for quote in quotes):
                    value = self._with_receipt(value, cited, names, where)
                    quotes = [receipt.quote for receipt in getattr(value, cited.name)]
        return value

    def without_strangers(self, value: BaseModel, node: Node) -> BaseModel:
        """The record without those of its own texts that name whom no receipt names."""
        texts = [slot for slot in node.fields if slot.node.kind is Kind.TEXT]
        for slot in texts if node.citations is None else ():
            told = getattr(value, slot.name)
            named = list(self._passage.capitals.known(told)) if told else []
            cited = [self._source.article.title or "", *_quotes(value)] if named else ()
            strangers = [
                name for name in named if not any(known_in(name, quote) for quote in cited)
            ]
            if not strangers:
                continue
            message = f"{slot.name}: “{excerpt(strangers[0])}” is in no sentence that is cited."
            left = None if slot.required else _fitting(value, slot, self._default(node, slot))
            if left is None:
                self._tell(IssueKind.EVIDENCE_MISSING, Severity.WARNING, message, slot.pointer)
            else:
                value = left
                self._tell(IssueKind.VALUE_DROPPED, Severity.WARNING, message, None, told)
        return value

    def _with_receipt(
        self, value: BaseModel, cited: Slot, names: Sequence[str], where: str
    ) -> BaseModel:
        """`value` with the nearest sentence that holds one of `names`, if there is one."""
        receipts: list[Evidence] = getattr(value, cited.name)
        standing = {n for name in names for n in self._source.names.sentences(name)}
        near = [receipt.sentence for receipt in receipts]
        found = standing & self._source.citable
        if not found:
            return value
        _, nearest = min((abs(n - number), n) for n in found for number in near)
        added = Evidence.model_validate(self._source.evidence(nearest))
        more = sorted([*receipts, added], key=lambda receipt: receipt.sentence)
        made = _fitting(value, cited, more)
        if made is None:
            return value
        message = f"Sentence {nearest} was added: none of those cited holds “{excerpt(names[0])}”."
        self._tell(IssueKind.EVIDENCE_MOVED, Severity.INFO, message, where or None)
        return made

    def _named(self, told: Sequence[str] | str, quotes: Sequence[str]) -> Iterable[Sequence[str]]:
        """Whoever is told of: for each, the names that would do. Of a text, nobody where its
        receipts plainly name all whom it may name."""
        if not isinstance(told, str):
            return [told]
        if names_nobody_else(told, quotes):
            return []
        return [[name] for name in self._passage.capitals.known(told)]

    def _told(self, value: BaseModel, node: Node) -> Iterator[Sequence[str] | str]:
        """What an object tells in its own fields: the names of each reference, and texts."""
        for slot in _telling(node):
            inner, held = slot.node.listed, getattr(value, slot.name)
            for one in (held or ()) if slot.node.kind is Kind.LIST else [held]:
                if one is None:
                    continue
                if inner.kind is Kind.OBJECT:
                    yield from self._told(one, inner)
                elif inner.kind is Kind.REFERENCE and one in self._names:
                    yield self._names[one]
                elif isinstance(one, str):
                    yield one

    def _default(self, node: Node, slot: Slot) -> Any:
        return node.model.model_fields[slot.name].get_default(call_default_factory=True)

    def _tell(
        self,
        kind: IssueKind,
        severity: Severity,
        message: str,
        path: str | None,
        original: Any = None,
    ) -> None:
        self.issues.append(
            Issue(path=path, kind=kind, severity=severity, message=message, original=original)
        )


@lru_cache(maxsize=1024)
def _telling(node: Node) -> tuple[Slot, ...]:
    """The fields of an object that may name somebody, and have no receipts of their own."""
    told = ((slot, slot.node.listed) for slot in node.fields)
    return tuple(
        slot
        for slot, inner in told
        if slot.name != "id"
        and (_is_text(inner) or (inner.kind is Kind.OBJECT and inner.citations is None))
    )


def _is_text(node: Node) -> bool:
    return node.kind in (Kind.NAME, Kind.REFERENCE) or (
        node.kind is Kind.TEXT and node.held is not Held.FREE
    )


def names_nobody_else(text: str, quotes: Sequence[str]) -> bool:
    """Whether each word of a text that has a capital tells a name, and stands in a quote: whichever
    of them are names, `known_in` finds them there. Words that many share it wants side by side."""
    words = [word for word in WORD.findall(text) if word[0].isupper()]
    told = [telling(word) for word in words]
    held = [words_of(quote) for quote in quotes]
    if not all(told):
        return False
    if any(all(map(each.issuperset, told)) for each in held):
        return True  # mostly, and whichever of them many share stand side by side
    shared = {own for word in words if is_generic(word) for own in telling(word)}
    return any(map(shared.issubset, held)) and all(any(map(own.issubset, held)) for own in told)


def _fitting(value: BaseModel, slot: Slot, held: Any) -> BaseModel | None:
    """`value` with another value in a field; None where its class doesn't take that."""
    made = value.model_copy(update={slot.name: held})
    try:
        type(value).model_validate(made.model_dump(), strict=False, by_name=True)
    except ValidationError:
        return None
    return made


def _quotes(value: Any) -> Iterator[str]:
    if isinstance(value, Evidence):
        yield value.quote
    elif isinstance(value, BaseModel):
        for _, held in value:
            yield from _quotes(held)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _quotes(one)
