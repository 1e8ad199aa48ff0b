"""How the words of an article are written: which have small letters, which are of names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from summarizer.names.normal import normal_form

if TYPE_CHECKING:
    from summarizer.article import Article

SHORTEST_STEM = 3
"""Letters that a name and an adjective of it have in common."""

WORD = re.compile(r"[^\W_](?:[\w’'-]*\w)?")
_PLACES = 8
"""Places of a word that are looked at before all words of the article are read."""
_AMID = re.compile(r"(?<=[\w,;)’'][ \n-])[^\W\d_][\w’'-]*")


class Letters:
    """The words of one article. All of them are read only if that of one doesn't tell enough."""

    def __init__(self, article: Article) -> None:
        self._article = article

    def has(self, word: str) -> bool:
        """Whether a word stands between blanks, as it is."""
        return f" {word} " in self._article.text

    def has_small(self, word: str) -> bool:
        """Whether a word in small letters stands there, as it is."""
        text = self._article.text
        return _may_stand(word, text) and (self.has(word) or word in self.small)

    @cached_property
    def small(self) -> frozenset[str]:
        """Those that stand somewhere without a capital, as they are."""
        return frozenset(word for word in self._written if word[0].islower())

    @cached_property
    def names(self) -> frozenset[str]:
        """Those that have a capital where not every word has one, and the parts of them."""
        amid = {word for word in _AMID.findall(self._article.text) if _may_name(word)}
        amid.update(word for word in self._written if word.isupper())
        return frozenset(part for word in amid for part in name_parts(word))

    @cached_property
    def _written(self) -> frozenset[str]:
        return frozenset(WORD.findall(self._article.text))

    @cached_property
    def words(self) -> frozenset[str]:
        """All of them, title and byline among them, in normal form."""
        article = self._article
        told = f"{article.title or ''}\n{article.byline or ''}\n{article.text}"
        return frozenset(normal_form(told).split())

    @cached_property
    def starts(self) -> Mapping[str, Sequence[str]]:
        """`words` by the letters that they begin with."""
        starts: dict[str, list[str]] = {}
        for word in self.words:
            starts.setdefault(word[:SHORTEST_STEM], []).append(word)
        return starts


def _may_stand(word: str, text: str) -> bool:
    """Whether a word stands in a text without a letter or a digit beside it, as far as its first
    places tell."""
    start = -1
    for _ in range(_PLACES):
        start = text.find(word, start + 1)
        if start < 0:
            return False
        end = start + len(word)
        if not (text[max(0, start - 1) : start].isalnum() or text[end : end + 1].isalnum()):
            return True
    return True


def name_parts(word: str) -> Iterator[str]:
    """What of a word has a capital: of what is joined by hyphens, each part may be joined to
    something else."""
    if _may_name(word):
        plain = bare(word)
        yield from (part for part in (plain, *plain.split("-")) if part[:1].isupper())


def _may_name(word: str) -> bool:
    """Whether a part of a word may have a capital; most have none."""
    return word[0].isupper() or "-" in word


def bare(word: str) -> str:
    """A word without its possessive."""
    if word.endswith(("'s", "’s")):
        return word[:-2]
    return word[:-1] if word.endswith(("'", "’")) else word
