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
_AMID = re.compile(r"(?<=[\w,;)’'][ \n-])[^\W\d_][\w’'-]*")


class Letters:
    """The words of one article."""

    def __init__(self, article: Article) -> None:
        self._article = article
        written = set(WORD.findall(article.text))
        self.small = frozenset(word for word in written if word[0].islower())
        """Those that stand somewhere without a capital, as they are."""
        amid = {*_AMID.findall(article.text), *(word for word in written if word.isupper())}
        self.names = frozenset(part for word in amid for part in name_parts(word))
        """Those that have a capital where not every word has one, and the parts of them."""

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


def name_parts(word: str) -> Iterator[str]:
    """What of a word has a capital: of what is joined by hyphens, each part may be joined to
    something else."""
    if word[0].isupper() or "-" in word:
        plain = bare(word)
        yield from (part for part in (plain, *plain.split("-")) if part[:1].isupper())


def bare(word: str) -> str:
    """A word without its possessive."""
    if word.endswith(("'s", "’s")):
        return word[:-2]
    return word[:-1] if word.endswith(("'", "’")) else word
