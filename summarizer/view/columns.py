"""Laying out text in the columns of a terminal, where a character takes none, one or two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

Piece = tuple[str, str]
"""Text, and the code of its style; empty for none."""

RESET = "\x1b[0m"


def columns(text: str) -> int:
    """How many columns a terminal gives to `text`."""
    return sum(map(_width, text))


def clip(text: str, width: int) -> str:
    """The start of `text` that fits into `width` columns, with an ellipsis where it is cut."""
    if columns(text) <= width:
        return text
    return next(_cut(text, max(width - 1, 1))).rstrip() + "…"


def wrap(pieces: Iterable[Piece], width: int, indent: str = "", hang: str = "") -> str:
    """`pieces` as lines of at most `width` columns, the first after `indent`, others after `hang`.

    Words that are longer than a line are cut.
    """
    lines: list[str] = []
    line, used = indent, columns(indent)
    fresh = True
    for word in _words(pieces, max(width - max(columns(indent), columns(hang)), 8)):
        size = sum(columns(text) for text, _ in word)
        if not fresh and used + 1 + size > width:
            lines.append(line)
            line, used, fresh = hang, columns(hang), True
        line += "" if fresh else " "
        used += size + (not fresh)
        line += "".join(f"{style}{text}{RESET}" if style else text for text, style in word)
        fresh = False
    return "\n".join([*lines, line])


def _words(pieces: Iterable[Piece], longest: int) -> Iterator[list[Piece]]:
    """What stands between white space; a word may be made of several pieces."""
    word: list[Piece] = []
    for text, style in pieces:
        for part in re.split(r"(\s+)", text):
            if part.isspace():
                if word:
                    yield word
                word = []
            elif part:
                room = longest - sum(columns(t) for t, _ in word)
                if columns(part) <= room:
                    word.append((part, style))
                    continue
                if word:
                    yield word
                *whole, rest = _cut(part, longest)
                yield from ([(cut, style)] for cut in whole)
                word = [(rest, style)]
    if word:
        yield word


def _cut(text: str, width: int) -> Iterator[str]:
    start = used = 0
    for n, character in enumerate(text):
        size = _width(character)
        if used + size > width and n > start:
            yield text[start:n]
            start, used = n, 0
        used += size
    yield text[start:]


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
