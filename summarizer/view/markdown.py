"""A result as Markdown, in which text from articles and answers stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from summarizer.view.outline import Block, Item, Notice, Outline
from summarizer.view.values import Receipt, plain
from summarizer.view.walk import outline

if TYPE_CHECKING:
    from summarizer.results import Result

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&$^=!])")
_LIST_MARK = re.compile(r"^(\d{1,9})([.)])|^([-+])")
# Bare addresses become links in the Markdown of several hosts.
_ADDRESS = re.compile(r"(?i)(?<=www)\.|:(?=//)|(?<=mailto):|@")


def render(result: Result[Any]) -> str:
    """The record with sentence numbers in square brackets, and the numbered article below."""
    return "\n".join(_lines(outline(result))) + "\n"


def escape(text: str) -> str:
    """`text` such that Markdown (CommonMark, GitHub's) shows it as it is."""
    escaped = _ADDRESS.sub(r"\\\g<0>", _MARKS.sub(r"\\\1", text))
    return _LIST_MARK.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", escaped)


def _lines(shown: Outline) -> Iterator[str]:
    yield f"# {escape(shown.heading.name)}{_cited(shown.heading.receipts)}"
    if shown.heading.notices:
        yield ""
    yield from _notices(shown.heading.notices, "")
    for block in shown.head:
        yield from _block(block, numbered=False)
    for block in shown.sections:
        yield from _block(block, numbered=True)
    if shown.notices:
        yield from ("", f"## Other issues ({len(shown.notices)})", "")
        yield from _notices(shown.notices, "")
    yield from _article(shown)
    yield from ("", "## How it came about", "")
    yield from (f"- {escape(name)}: {escape(value)}" for name, value in shown.facts)


def _block(block: Block, *, numbered: bool) -> Iterator[str]:
    count = f" ({len(block.items)})" if numbered and block.items else ""
    yield from ("", f"## {escape(block.title)}{count}", "")
    if not block.items:
        yield from ("None found.", "") if block.notices else ("None found.",)
    for item in block.items:
        yield from _item(item, numbered=numbered)
    yield from _notices(block.notices, "")


def _item(item: Item, *, numbered: bool) -> Iterator[str]:
    said = escape(plain(item.lead))
    lead = f"**{escape(item.number)}** {said}" if numbered else said
    tags = [
        f"{escape(tag.label)}: {escape(tag.word)}" if tag.label else tag.word for tag in item.tags
    ]
    told = " · ".join(part for part in (lead, *tags) if part)
    yield f"- {told}{_cited(item.receipts)}"
    for line in item.lines:
        yield f"  - {escape(line.label)} {escape(plain(line.spans))}{_cited(line.receipts)}"
    yield from _notices(item.notices, "  ")


def _notices(notices: Sequence[Notice], indent: str) -> Iterator[str]:
    for notice in notices:
        place = f" ({escape(notice.place)})" if notice.place else ""
        head = f"*{escape(notice.severity)}* {escape(notice.kind)}{place}"
        yield f"{indent}- {head}: {escape(notice.message)}"


def _article(shown: Outline) -> Iterator[str]:
    yield from ("", f"## {escape(shown.title or 'Article')}", "")
    source = " · ".join(escape(part) for part in (*shown.byline, shown.url) if part)
    if source:
        yield from (source, "")
    for sentence in shown.sentences:
        if sentence.opens_paragraph and sentence.number > 1:
            yield ""
        yield f"- \\[{sentence.number}\\] {escape(sentence.text)}"


def _cited(receipts: Sequence[Receipt]) -> str:
    numbers = ", ".join(str(receipt.sentence) for receipt in receipts)
    return f" \\[{numbers}\\]" if numbers else ""
