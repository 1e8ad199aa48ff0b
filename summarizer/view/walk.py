"""The one walk over a result, whatever its schema: from models to an `Outline`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from summarizer.results import pointer
from summarizer.schemas import Claim, SynopsisSentence
from summarizer.view.clean import clean, web_address
from summarizer.view.declared import (
    UNLABELLED,
    cites,
    closed_word,
    entry_models,
    fields,
    is_closed,
    is_empty,
    label,
    meaning,
    reference,
    tone,
    words,
)
from summarizer.view.outline import Block, Item, Line, Notice, Outline, Sentence, Tag
from summarizer.view.values import (
    NAME_FIELDS,
    Link,
    Receipt,
    Spans,
    Speaker,
    join,
    number,
    original,
    receipts,
)

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.results import Issue, Result, Usage

TITLE_FIELDS = ("headline", "title")
"""Top-level fields that head the whole record."""


def outline(result: Result[Any]) -> Outline:
    """Walk `result` once: its summary (of any schema), issues, article and costs."""
    walk = _Walk(result.summary, result.issues)
    blocks = [walk.block(*entry) for entry in fields(result.summary)]
    head = [
        block for block, is_section in blocks if not is_section and (block.items or block.notices)
    ]
    sections = [block for block, is_section in blocks if is_section]
    heading = next((b for b in head if b.name in TITLE_FIELDS and b.items), None)
    article = result.article
    title = clean(article.title or "")
    fallback = title or words(type(result.summary).__name__)
    shown = [item for block in (*head, *sections) for item in block.items]
    return Outline(
        heading=heading.items[0] if heading else Item("", "", "", (fallback,)),
        head=tuple(block for block in head if block is not heading),
        sections=tuple(sections),
        notices=walk.leftover(),
        title=title,
        byline=_byline(article),
        url=clean(article.url or ""),
        address=web_address(article.url or ""),
        sentences=_sentences(article, shown),
        usage=_usage(result.usage),
        facts=_facts(result),
    )


class _Walk:
    """Names of the items, and the issues that no item has taken yet."""

    def __init__(self, summary: BaseModel, issues: Iterable[Issue]) -> None:
        self._speaker = Speaker(names_in(summary))
        self._open = list(issues)

    def block(self, name: str, declared: FieldInfo, value: Any) -> tuple[Block, bool]:
        """A top-level field, and whether it is a section (else it belongs to the head)."""
        where, title = pointer(name), _sentence_case(label(name, declared))
        models = entry_models(declared, value)
        if models:
            entries = list(value or ())
            items = [self._item(where + pointer(n), v, title, n + 1) for n, v in enumerate(entries)]
        elif isinstance(value, BaseModel):
            items = [self._item(where, value, title)]
        else:
            items = self._plain(where, declared, title, value)
        block = Block(where, name, title, tuple(items), self._take(where, title))
        is_prose = all(issubclass(model, SynopsisSentence) for model in models)
        return block, bool(models) and not is_prose

    def leftover(self) -> tuple[Notice, ...]:
        """The issues that belong to nothing that is shown."""
        return tuple(_notice(issue, "", issue.path or "") for issue in self._open)

    def _plain(self, pointer: str, declared: FieldInfo, title: str, value: Any) -> list[Item]:
        cited = _cited(value)
        said = () if cites(value) else self._speaker.say(value, declared)
        if not said and not cited:
            return []
        numbers = tuple(r.sentence for r in cited)
        notices = self._take(pointer, title)
        return [Item(pointer, "", title, said, (), (), cited, numbers, notices)]

    def _item(self, pointer: str, model: BaseModel, title: str, place: int | None = None) -> Item:
        key = clean(str(getattr(model, "id", None) or ""))
        called = key or " ".join(filter(None, (title, str(place or ""))))
        lead, told = self._lead(model)
        own: list[Receipt] = []
        tags: list[Tag] = []
        lines: list[Line] = []
        for name, declared, value in fields(model):
            if is_empty(value) or name in told or name == "id":
                continue
            if cites(value):
                own += receipts(value)
            elif is_closed(value, declared):
                shown = "" if name in UNLABELLED else label(name, declared)
                tags.append(Tag(shown, words(closed_word(value)), meaning(value), tone(value)))
            else:
                lines += self._lines(name, declared, value)
        tags.sort(key=lambda tag: tag.label != "")
        cited = _per_sentence(own)
        everything = {r.sentence for r in cited} | {r.sentence for r in receipts(model)}
        return Item(
            pointer=pointer,
            number=key or str(place or ""),
            label=called,
            lead=lead,
            tags=tuple(tags),
            lines=tuple(lines),
            receipts=cited,
            sentences=tuple(sorted(everything)),
            notices=self._take(pointer, called),
        )

    def _lines(self, name: str, declared: FieldInfo, value: Any) -> list[Line]:
        entries = value if isinstance(value, list | tuple) else [value]
        if all(isinstance(v, Claim) for v in entries):
            return [self._claim(claim) for claim in entries]
        called = f"{label(name, declared)}:"
        if all(isinstance(v, BaseModel) and next(receipts(v), None) for v in entries):
            # What has receipts of its own keeps them to itself.
            return [Line(called, self._speaker.model(v), receipts=_cited(v)) for v in entries]
        said = self._speaker.say(value, declared)
        return [Line(called, said, receipts=_cited(value))] if said else []

    def _claim(self, claim: Claim) -> Line:
        who = self._speaker.chain(claim.attribution) or ("the article itself",)
        status = words(closed_word(claim.status))
        said = "accusation by" if status == "accused" else f"{status} by"
        return Line(said, who, tone(claim.status), _cited(claim))

    def _lead(self, model: BaseModel) -> tuple[Spans, set[str]]:
        """What an item is called by, and the fields that have thereby been told."""
        filled = {n: (f, v) for n, f, v in fields(model) if n != "id" and not is_empty(v)}
        texts = {
            n: v
            for n, (f, v) in filled.items()
            if isinstance(v, str) and not is_closed(v, f) and reference(f) is None
        }
        links = {n: fv for n, fv in filled.items() if reference(fv[0]) is not None}
        named = next((n for n in NAME_FIELDS if n in texts), None)
        if named:
            return (clean(texts[named]),), {named}
        # A judgement or a motive is told by whoever holds it, and then what it is.
        said = _longest({n: v for n, v in texts.items() if filled[n][0].is_required()})
        whose = next((n for n, (f, _) in links.items() if f.is_required() or not said), None)
        if not said and not whose:
            said = _longest(texts)
        told = [n for n in (whose, said) if n]
        spans = [self._speaker.say(*reversed(filled[n])) for n in told]
        return join(": ", spans), set(told)

    def _take(self, pointer: str, about: str) -> tuple[Notice, ...]:
        """The open issues at `pointer` or inside it. Asked for items before their block."""
        here = [i for i in self._open if i.path and f"{i.path}/".startswith(f"{pointer}/")]
        self._open = [issue for issue in self._open if issue not in here]
        return tuple(_notice(i, about, (i.path or "").removeprefix(pointer)) for i in here)


def _notice(issue: Issue, about: str, place: str) -> Notice:
    steps = place.strip("/").split("/")
    # A place that is left over in a list is that of an item which was set aside.
    shown = [str(int(s) + 1) if s.isdecimal() else words(s) for s in steps[steps[0].isdecimal() :]]
    return Notice(
        severity=closed_word(issue.severity),
        kind=words(closed_word(issue.kind)),
        message=clean(issue.message),
        about=about,
        place=" ".join(shown),
        original="" if issue.original is None else original(issue.original),
    )


def names_in(summary: BaseModel) -> Mapping[tuple[str, str], Link]:
    """The items that references can stand for, by section and id."""
    names: dict[tuple[str, str], Link] = {}
    for section, _, value in fields(summary):
        for n, model in enumerate(value if isinstance(value, list | tuple) else ()):
            key = getattr(model, "id", None)
            if isinstance(model, BaseModel) and key:
                named = (getattr(model, name, None) for name in NAME_FIELDS)
                text = next((clean(v) for v in named if isinstance(v, str) and v), str(key))
                names[section, str(key)] = Link(clean(text), pointer(section, n))
    return names


def _longest(texts: Mapping[str, str]) -> str | None:
    return max(texts, key=lambda name: len(texts[name]), default=None)


def _cited(value: Any) -> tuple[Receipt, ...]:
    return _per_sentence(receipts(value))


def _per_sentence(cited: Iterable[Receipt]) -> tuple[Receipt, ...]:
    """One receipt for each sentence, in the order of the article."""
    first: dict[int, Receipt] = {}
    for receipt in cited:
        first.setdefault(receipt.sentence, receipt)
    return tuple(first[n] for n in sorted(first))


def _sentences(article: Article, items: list[Item]) -> tuple[Sentence, ...]:
    resting: dict[int, list[Item]] = {}
    for item in items:
        for n in item.sentences:
            resting.setdefault(n, []).append(item)
    found = []
    before = 0
    for n, (start, end) in enumerate(article.sentences, 1):
        gap = article.text[before:start]
        text = clean(article.text[start:end])
        found.append(Sentence(n, text, n == 1 or "\n" in gap, tuple(resting.get(n, ()))))
        before = end
    return tuple(found)


def _byline(article: Article) -> tuple[str, ...]:
    parts = (article.byline, article.publisher, article.published, article.language)
    return tuple(clean(str(part)) for part in parts if part)


def _usage(usage: Usage) -> str:
    calls = "1 call" if usage.calls == 1 else f"{number(usage.calls)} calls"
    cached = f" ({number(usage.cached_tokens)} cached)" if usage.cached_tokens else ""
    saved = f", {number(usage.saved_calls)} from the cache" if usage.saved_calls else ""
    return (
        f"{calls}{saved}, {number(usage.prompt_tokens)} tokens read{cached}, "
        f"{number(usage.completion_tokens)} written, {usage.seconds:.1f} s"
    )


def _facts(result: Result[Any]) -> tuple[tuple[str, str], ...]:
    facts = [("usage", _usage(result.usage))]
    facts += _flat("", result.signature)
    facts += [
        ("settings hash", clean(result.settings_hash)),
        ("article SHA-256", clean(result.article.sha256)),
        ("schema version", clean(result.schema_version)),
    ]
    return tuple(facts)


def _flat(prefix: str, signature: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for key, value in signature.items():
        name = f"{prefix}{words(str(key))}"
        if isinstance(value, Mapping):
            yield from _flat(f"{name} ", value)
        elif not is_empty(value):
            yield name, clean(value if isinstance(value, str) else original(value))


def _sentence_case(title: str) -> str:
    return title[:1].upper() + title[1:]
