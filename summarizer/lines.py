"""Lines and paragraphs: which line breaks end a sentence, and which only wrap it.

News text mostly comes with one paragraph, heading or list entry per line, so a line break ends
a sentence. Hard-wrapped text (mail, wire copies, old archives) breaks its lines at a column
instead, and there the lines of a paragraph belong together. The rule, block by block, where a
block is a run of lines without a blank one, cut also before a bullet and before an indented
first line:

1. A block is *wrapped* if its longest line has 45 to 100 columns, no line could have taken
   the first word of the next one (so a program that fills lines to that width would have broken
   them just there), and at least a third of its breaks, at least one, fall inside a sentence:
   no end mark before, and a small letter after (in scripts without capitals, any letter).
2. Where some block is wrapped, its width is the document's; in the other blocks two lines are
   joined if the first fits that width and could not have taken the second's first word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_BULLET = re.compile(r"\s*(?:[-*+•‣▪◦●■·–—]{1,2}\s|\(?\d{1,3}[.)]\s|\(?[a-z]\)\s|#{1,6}\s|>\s)")
_END_MARKS = ".!?:;…。！？：；؟۔।"
_CLOSERS = "\"'”’»)]」』）"
_NARROWEST, _WIDEST = 45, 100

_Line = tuple[int, int]
"""Offsets of a line without its line break and without white space on its right."""


def units(text: str) -> list[tuple[int, int]]:
    """The pieces of `text` in which sentences are looked for: lines, or whole wrapped paragraphs.

    Half-open offsets without surrounding white space, in order. No sentence crosses from one
    unit into another.
    """
    blocks = list(_blocks(text))
    widths = [_wrap_width(text, block) for block in blocks]
    document_width = max((width for width in widths if width), default=0)
    found: list[tuple[int, int]] = []
    for block, width in zip(blocks, widths, strict=True):
        start = _content_start(text, block[0])
        for line, following in pairwise(block):
            if width or _is_full(text, line, following, document_width):
                continue
            found.append((start, line[1]))
            start = _content_start(text, following)
        found.append((start, block[-1][1]))
    return found


def _blocks(text: str) -> Iterator[list[_Line]]:
    block: list[_Line] = []
    indent = 0
    bulleted = False
    for line in _lines(text):
        start, end = line
        if start == end:
            if block:
                yield block
            block = []
            continue
        here = _content_start(text, line) - start
        bullet = _BULLET.match(text, start, end) is not None
        if block and (bullet or (here > indent and not bulleted)):
            yield block
            block = []
        if not block:
            bulleted = bullet
        indent = here
        block.append(line)
    if block:
        yield block


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield (start, start + len(line.rstrip()))
        start += len(line)


def _content_start(text: str, line: _Line) -> int:
    start, end = line
    if not text[start].isspace():
        return start
    return end - len(text[start:end].lstrip())


def _wrap_width(text: str, block: list[_Line]) -> int:
    """The width that the lines of `block` were filled to, or 0 if they weren't."""
    if len(block) < 2:
        return 0
    width = max(end - start for start, end in block)
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    pairs = list(pairwise(block))
    if not all(_is_full(text, line, following, width) for line, following in pairs):
        return 0
    inside = sum(_breaks_sentence(text, line, following) for line, following in pairs)
    return width if inside * 3 >= len(pairs) else 0


def _is_full(text: str, line: _Line, following: _Line, width: int) -> bool:
    start, end = line
    if not 0 < end - start <= width:
        return False
    words = text[following[0] : following[1]].split(maxsplit=1)
    return end - start + 1 + len(words[0]) > width


def _breaks_sentence(text: str, line: _Line, following: _Line) -> bool:
    before = text[line[0] : line[1]].rstrip(_CLOSERS)
    after = text[_content_start(text, following)]
    return not before.endswith(tuple(_END_MARKS)) and after.isalpha() and not after.isupper()
