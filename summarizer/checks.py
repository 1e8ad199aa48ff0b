"""What an item says, held against its own receipts: whoever it names stands in what it cites.

A name that stands elsewhere in the article brings the nearest sentence that holds it, so that a
reader sees where it comes from. What has no receipts, such as a headline, may name only those that
the title or a cited sentence names. Names are known by their capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from summarizer.errors import excerpt
from summarizer.names import normal_form
from summarizer.results import Issue, IssueKind, Severity
from summarizer.schemas import Evidence
from summarizer.wire import Held, Kind, Node, Plan, Slot, is_section, name_slots

if TYPE_CHECKING:
    from summarizer.grounding import Source

TELLING = 4
"""Letters of a word that stands for a name: "Ruiz" for "Ana Ruiz", "Iran" for "Iranian"."""
_WORD = re.compile(r"[^\W_][\w’']*")
# Amid a sentence, where only a name has a capital.
_AMID = re.compile(r"(?<=[\w,;)][ \n-])[^\W\d_][\w’']*")

Names = Mapping[str, Sequence[str]]
"""By the id of an item, or whatever references hold, the names that it goes by."""


def check(summary: BaseModel, plan: Plan, source: Source) -> tuple[BaseModel, list[Issue]]:
    """The record with the receipts that its items lacked, and without texts that have none."""
    checks = _Checks(source, _names(summary, plan))
    supported = checks.supported(summary, plan.root, "")
    return checks.without_strangers(supported, plan.root), checks.issues


class _Checks:
    """The checks of one record, and the issues that they lead to."""

    def __init__(self, source: Source, names: Names) -> None:
        self.issues: list[Issue] = []
        self._source = source
        self._names = names

    @cached_property
    def _capitalised(self) -> set[str]:
        """The words that names are made of: never written small, and not just to open with."""
        text = self._source.article.text
        words = set(_WORD.findall(text))
        amid = set(_AMID.findall(text)) | {word for word in words if word.isupper()}
        amid |= {word for names in self._names.values() for n in names for word in _WORD.findall(n)}
        return {_bare(word) for word in amid if word[0].isupper() and word.lower() not in words}

    def supported(self, value: BaseModel, node: Node, where: str) -> BaseModel:
        """`value`, and every object in it that cites, with a receipt for whoever is named."""
        for slot in node.fields:
            inner, held = _inner(slot), getattr(value, slot.name)
            if inner.kind is not Kind.OBJECT or not held:
                continue
            place = f"{where}/{slot.name}"
            made: Any = (
                type(held)(self.supported(o, inner, f"{place}/{n}") for n, o in enumerate(held))
                if slot.node.kind is Kind.LIST
                else self.supported(held, inner, place)
            )
            if made != held:
                value = value.model_copy(update={slot.name: made})
        cited = node.citations
        if cited is not None and getattr(value, cited.name):
            for names in self._told(value, node):
                value = self._with_receipt(value, cited, names, where)
        return value

    def without_strangers(self, value: BaseModel, node: Node) -> BaseModel:
        """The record without those of its own texts that name whom no receipt names."""
        texts = [slot for slot in node.fields if slot.node.kind is Kind.TEXT]
        for slot in texts if node.citations is None else ():
            told = getattr(value, slot.name)
            named = list(self._named(told or ""))
            cited = [self._source.article.title or "", *_quotes(value)] if named else ()
            strangers = [name for name in named if not _holds(_words(cited), name)]
            if not strangers:
                continue
            message = f"{slot.name}: “{excerpt(strangers[0])}” is in no sentence that is cited."
            left = None if slot.required else _fitting(value, slot, self._default(node, slot))
            if left is None:
                self._tell(IssueKind.EVIDENCE_MISSING, Severity.WARNING, message, f"/{slot.name}")
            else:
                value = left
                self._tell(IssueKind.VALUE_DROPPED, Severity.WARNING, message, None, told)
        return value

    def _with_receipt(
        self, value: BaseModel, cited: Slot, names: Sequence[str], where: str
    ) -> BaseModel:
        receipts: list[Evidence] = getattr(value, cited.name)
        words = _words(receipt.quote for receipt in receipts)
        if any(_holds(words, name) for name in names):
            return value
        standing = {n for name in names for n in self._source.names.sentences(name)}
        near = [receipt.sentence for receipt in receipts]
        found = sorted(standing & self._source.citable)
        if not found:
            return value
        nearest = min(found, key=lambda n: min(abs(n - number) for number in near))
        added = Evidence.model_validate(self._source.evidence(nearest))
        more = sorted([*receipts, added], key=lambda receipt: receipt.sentence)
        made = _fitting(value, cited, more)
        if made is None:
            return value
        message = f"Sentence {nearest} was added: none of those cited holds “{excerpt(names[0])}”."
        self._tell(IssueKind.EVIDENCE_MOVED, Severity.INFO, message, where or None)
        return made

    def _told(self, value: BaseModel, node: Node) -> Iterator[Sequence[str]]:
        """Whoever an object names in its own fields: for each, the names that would do."""
        for slot in node.fields:
            inner, held = _inner(slot), getattr(value, slot.name)
            for one in (held or ()) if slot.node.kind is Kind.LIST else [held]:
                if one is None:
                    continue
                if inner.kind is Kind.OBJECT and inner.citations is None:
                    yield from self._told(one, inner)
                elif inner.kind is Kind.REFERENCE and one in self._names:
                    yield self._names[one]
                elif isinstance(one, str) and _is_text(inner):
                    yield from ([name] for name in self._named(one))

    def _named(self, text: str) -> Iterator[str]:
        """The names in a text: runs of words that are capitalised names in the article."""
        run: list[str] = []
        for word in [*(match.group() for match in _WORD.finditer(text)), ""]:
            if (
                word[:1].isupper()
                and word.removesuffix("'s").removesuffix("’s") in self._capitalised
            ):
                run.append(word)
            elif run:
                yield " ".join(run)
                run = []

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


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s")


def _inner(slot: Slot) -> Node:
    return slot.node.item if slot.node.kind is Kind.LIST and slot.node.item else slot.node


def _is_text(node: Node) -> bool:
    return node.kind in (Kind.NAME, Kind.REFERENCE) or (
        node.kind is Kind.TEXT and node.held is not Held.FREE
    )


def _fitting(value: BaseModel, slot: Slot, held: Any) -> BaseModel | None:
    """`value` with another value in a field; None where its class doesn't take that."""
    made = value.model_copy(update={slot.name: held})
    try:
        type(value).model_validate(made.model_dump(), strict=False, by_name=True)
    except ValidationError:
        return None
    return made


def _names(summary: BaseModel, plan: Plan) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for section in plan.root.fields:
        if not is_section(section):
            continue
        for item in getattr(summary, section.name) or ():
            node = _inner(section)
            values = (getattr(item, slot.name) for slot in name_slots(node))
            names = [n for v in values if v for n in ([v] if isinstance(v, str) else v)]
            if names and node.citations is None:  # an event is not named in its sentences
                found[getattr(item, "id", None) or names[0]] = names
    return found


def _quotes(value: Any) -> Iterator[str]:
    if isinstance(value, Evidence):
        yield value.quote
    elif isinstance(value, BaseModel):
        for _, held in value:
            yield from _quotes(held)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _quotes(one)


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*map(_words_of, texts))


@lru_cache(maxsize=1024)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(normal_form(text).split())


def _holds(words: frozenset[str], name: str) -> bool:
    """Whether a telling word of `name` is among `words`, or one with the same beginning."""
    own = normal_form(name).split()
    telling = [word for word in own if len(word) >= TELLING] or own
    starts = tuple(word[: max(TELLING, len(word) - 3)] for word in telling)
    return any(word.startswith(starts) for word in words)
