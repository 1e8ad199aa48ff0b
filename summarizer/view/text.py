"""A result as text for a terminal."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from summarizer.view.columns import Piece, clip, wrap
from summarizer.view.declared import Tone
from summarizer.view.outline import Block, Item, Line, Notice, Outline
from summarizer.view.values import Receipt, plain
from summarizer.view.walk import outline

if TYPE_CHECKING:
    from summarizer.results import Result

WIDEST = 100
"""Columns, where none are asked for, on however wide a terminal."""
LISTED = 5
"""Issues that are listed; the others are counted."""

GUTTER = 5
"""Columns for an item's number; a longer one pushes its own line to the right."""

_BOLD, _DIM = "\x1b[1m", "\x1b[2m"
_TONES = {Tone.PLAIN: "", Tone.OPEN: "\x1b[33m", Tone.AGAINST: "\x1b[1;31m"}
_SEVERITIES = {"error": "\x1b[31m", "warning": "\x1b[33m"}


def render(
    result: Result[Any], *, width: int | None = None, colour: bool = False, quotes: bool = True
) -> str:
    """The record, item by item, with sentence numbers in square brackets.

    `width` is in columns; None is the terminal's, at most 100. `colour` adds escape sequences,
    which are the only ones: those in an article or an answer are taken out. With `quotes`, the
    first cited sentence stands under its item, cut to one line, and once per section.
    """
    shown = outline(result)
    room = width or min(shutil.get_terminal_size().columns, WIDEST)
    text = _Text(max(room, 20), colour, quotes)
    return "\n".join(text.lines(shown))


class _Text:
    def __init__(self, width: int, colour: bool, quotes: bool) -> None:
        self._width = width
        self._colour = colour
        self._quotes = quotes

    def lines(self, shown: Outline) -> Iterator[str]:
        """The whole record, a string per line or paragraph."""
        yield self._wrap([(shown.heading.name, _BOLD), *_cited(shown.heading.receipts)])
        for block in shown.head:
            yield from self._block(block, numbered=False)
        for block in shown.sections:
            yield from self._block(block, numbered=True)
        yield from self._issues(shown)
        facts = dict(shown.facts)
        yield ""
        model = f", {facts['model']}" if "model" in facts else ""
        yield self._wrap([(shown.usage + model, _DIM)])

    def _wrap(self, pieces: Sequence[Piece], indent: str = "", hang: str = "") -> str:
        kept = pieces if self._colour else [(text, "") for text, _ in pieces]
        return wrap(kept, self._width, indent, hang)

    def _block(self, block: Block, *, numbered: bool) -> Iterator[str]:
        yield ""
        if numbered and not block.items:
            yield self._wrap([(f"{block.title}: none found", _DIM)])
        else:
            count = f" ({len(block.items)})" if numbered else ""
            yield self._wrap([(block.title, _BOLD), (count, _DIM)])
        gutter = max((len(item.number) for item in block.items), default=0)
        quoted: set[int] = set()
        for item in block.items:
            start = f"  {item.number:<{min(gutter, GUTTER)}}  " if numbered else "  "
            yield from self._item(item, start, quoted)

    def _item(self, item: Item, start: str, quoted: set[int]) -> Iterator[str]:
        under = " " * min(len(start), GUTTER + 4)
        further = under + "  "
        said = plain(item.lead)
        body: list[Piece] = [(said, _BOLD)] if said else []
        for tag in item.tags:
            word = f"{tag.label}: {tag.word}" if tag.label else tag.word
            body += [(" · ", _DIM), (word, _TONES[tag.tone])] if body else [(word, "")]
        yield self._wrap([*body, *_cited(item.receipts)], start, under)
        plainly = [line for line in item.lines if not line.receipts]
        if plainly:
            told = "; ".join(f"{line.label} {plain(line.spans)}" for line in plainly)
            yield self._wrap([(told, "")], under, further)
        for line in item.lines:
            if line.receipts:
                yield self._wrap(_line(line), under, further)
        if self._quotes and item.receipts:
            first = item.receipts[0]
            if first.sentence not in quoted and first.quote not in said:
                quoted.add(first.sentence)
                shown = clip(f"[{first.sentence}] {first.quote}", self._width - len(under))
                yield self._wrap([(shown, _DIM)], under, under)

    def _notice(self, notice: Notice) -> str:
        where = " ".join(part for part in (notice.about, notice.place) if part)
        head = (notice.severity, _SEVERITIES.get(notice.severity, _DIM))
        rest = f", {where}: {notice.message}" if where else f": {notice.message}"
        return self._wrap([head, (rest, "")], "  ", "    ")

    def _issues(self, shown: Outline) -> Iterator[str]:
        notices = shown.all_notices()
        if not notices:
            return
        counts = Counter(notice.severity for notice in notices)
        told = ", ".join(_counted(count, severity) for severity, count in counts.items())
        yield ""
        yield self._wrap([("Issues", _BOLD), (f" ({told})", _DIM)])
        yield from map(self._notice, notices[:LISTED])
        if len(notices) > LISTED:
            yield self._wrap([(f"and {len(notices) - LISTED} more", _DIM)], "  ")


def _cited(receipts: Sequence[Receipt]) -> list[Piece]:
    numbers = ", ".join(str(receipt.sentence) for receipt in receipts)
    return [(" ", ""), (f"[{numbers}]", _DIM)] if numbers else []


def _counted(count: int, severity: str) -> str:
    return f"{count} {severity}{'s' if count > 1 and severity != 'info' else ''}"


def _line(line: Line) -> list[Piece]:
    said = (f" {plain(line.spans)}", "")
    return [(line.label, _TONES[line.tone]), said, *_cited(line.receipts)]
