"""Where names stand in an article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summarizer.names.normal import normal_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summarizer.article import Article


class NameIndex:
    """Where names stand in an article.

    Whole words, in any case. Scripts without case (Arabic, Chinese…) are searched for the plain
    string, since words there carry their particles or run together; Cyrillic words may have
    another ending, of up to three letters, in the place of their last two or after them.
    """

    def __init__(self, article: Article) -> None:
        self._sentences = [f" {normal_form(text)} " for _, text in article.numbered()]
        self._all = "".join(self._sentences)
        self._found: dict[str, tuple[int, ...]] = {}

    def sentences(self, name: str) -> tuple[int, ...]:
        """The numbers of the sentences that hold `name`, in order."""
        key = normal_form(name)
        if key not in self._found:
            self._found[key] = tuple(self._search(key))
        return self._found[key]

    def holds(self, name: str) -> bool:
        """Whether `name` stands anywhere in the article."""
        return bool(self.sentences(name))

    def _search(self, key: str) -> Iterator[int]:
        if not key:
            return
        pattern = None if key.isascii() else _inflected(key)
        plain = key if _is_caseless(key) else f" {key} "
        if pattern is None and plain not in self._all:
            return
        for number, text in enumerate(self._sentences, 1):
            if pattern.search(text) if pattern else plain in text:
                yield number


def _inflected(key: str) -> re.Pattern[str] | None:
    """The pattern of a name with Cyrillic words in it."""
    words = key.split()
    if not any(_is_inflected(word) for word in words):
        return None
    return re.compile(rf" {' '.join(map(_forms, words))} ")


def _forms(word: str) -> str:
    if not _is_inflected(word):
        return re.escape(word)
    # Either the ending changes, or one is added.
    return rf"(?:{re.escape(word[: max(3, len(word) - 2)])}\w{{0,3}}|{re.escape(word)}\w{{1,3}})"


def _is_caseless(key: str) -> bool:
    """Whether a name has letters, and none that has a capital."""
    return key.upper() == key.lower() and any(map(str.isalpha, key))


def _is_inflected(word: str) -> bool:
    return len(word) > 3 and "\u0400" <= word[0] <= "\u04ff"
