"""Texts in terms of an article: what stands in it is told by offsets, and only the rest by words.

So that what a model wrote of an article can be kept without the article, whose licence may not
allow that it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from summarizer.evals.edits import put
from summarizer.evals.places import root
from summarizer.schemas import SituationSummary
from summarizer.schemas.markers import ByCode, Exactly

Part = tuple[int, int] | str
"""A stretch of the article, as half-open offsets in code points, or words that are not of it."""
Parts = list[Part]

RUN = 3
"""So many words in a row that stand in the article are told by offsets, and any whole text is."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff]")


def parted(text: str, article: str) -> Parts | str:
    """`text` in parts of an article; itself, where nothing of it stands there.

    Each run of `RUN` words or more that the article holds in the same writing is a stretch of it,
    and so is a shorter text, such as a name, if the whole of it stands there. In scripts without
    blanks each character counts as a word.
    """
    at = article.find(text) if text else -1
    if at >= 0:
        return [(at, at + len(text))]
    words = _words(text)
    parts: Parts = []
    done = i = 0
    while i + RUN <= len(words):
        run = _longest(text, words, i, article)
        if run is None:
            i += 1
            continue
        start, last = run
        end = words[last][1]
        if start > done:
            parts.append(text[done:start])
        at = article.find(text[start:end])
        parts.append((at, at + end - start))
        done, i = end, last + 1
    if not parts:
        return text
    return [*parts, text[done:]] if done < len(text) else parts


def whole(parts: Parts | list[Any] | str, article: str) -> str:
    """The text that `parted` made parts of; `parts` may have come from JSON.

    Raises ValueError for a stretch that doesn't lie in the article.
    """
    if isinstance(parts, str):
        return parts
    return "".join(each if isinstance(each, str) else _stretch(each, article) for each in parts)


def parted_item(section: str, item: dict[str, Any], article: str) -> dict[str, Any]:
    """An item of a section with its names and texts in parts of the article."""
    return _mapped(section, item, lambda text: parted(text, article))


def whole_item(section: str, item: dict[str, Any], article: str) -> dict[str, Any]:
    """The item that `parted_item` made parts of."""
    return _mapped(section, item, lambda parts: whole(parts, article))


def _mapped(section: str, item: dict[str, Any], change: Callable[[Any], Any]) -> dict[str, Any]:
    """The item with what stands in the place of each text changed; codes stay as they are."""
    labels: dict[str, Any] = {section: [deepcopy(item)]}
    texts = [
        place
        for place in root(SituationSummary, labels).walk()
        if place.kind is str
        and place.value is not None
        and place.marked(ByCode) is None
        and place.marked(Exactly) is None
    ]
    for place in texts:
        put(labels, place.pointer, change(place.value))
    changed: dict[str, Any] = labels[section][0]
    return changed


def _words(text: str) -> list[tuple[int, int]]:
    found = []
    for match in _WORD.finditer(text):
        if _UNSPACED.search(match.group()):
            found += [(i, i + 1) for i in range(*match.span())]
        else:
            found.append(match.span())
    return found


def _longest(
    text: str, words: list[tuple[int, int]], first: int, article: str
) -> tuple[int, int] | None:
    """The longest run from word `first` on that stands in the article: where it starts, and its
    last word. Its first letter may be large or small, and is left to be told then."""
    begin = words[first][0]
    for start in (begin, begin + 1):
        found = None
        for last in range(first + RUN - 1, len(words)):
            if text[start : words[last][1]] not in article:
                break
            found = last
        if found is not None:
            return start, found
    return None


def _stretch(span: Any, article: str) -> str:
    start, end = span
    if not 0 <= start < end <= len(article):
        raise ValueError(f"[{start}, {end}] is no stretch of a text of {len(article)} characters")
    return article[start:end]
