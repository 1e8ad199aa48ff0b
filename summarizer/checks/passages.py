"""An article as checks see it: its sentences, what stands around them, and who is in a record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from summarizer.checks.layout import Layout
from summarizer.checks.naming import Capitals, telling
from summarizer.mentions import Mentions

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.grounding import Source
    from summarizer.names import NameIndex

LEADING = 3
"""Items that an article is about: they are meant where nobody is named."""
BYLINES = 5
"""Sentences at the start of an article among which its byline may be."""
_BYLINE = re.compile(r"(?:[Bb]y|BY|Von|Par|Por)\s+[^.,;:]{3,80}\Z")
REACH = 2
"""Sentences before a cited one in which a pronoun or a role noun may have its name."""


class Passage:
    """One article, for the checks of one record.

    `names` tells the names by which each item goes that references may lead to, by what they hold:
    its id, or its name where it has none.
    """

    def __init__(self, source: Source, names: Mapping[str, Sequence[str]]) -> None:
        self.article: Article = source.article
        """The article itself."""
        self.language: str | None = source.article.language
        """The ISO 639-1 code of its language, where that is known."""
        self._source = source
        self._names = names
        self._around: dict[frozenset[int], tuple[int, ...]] = {}
        self._paragraphs: dict[int, frozenset[int]] = {}

    @property
    def index(self) -> NameIndex:
        """Where names stand."""
        return self._source.names

    @property
    def citable(self) -> frozenset[int]:
        """The sentences that can be evidence: page furniture is none."""
        return self._source.citable

    def text(self, number: int) -> str:
        """A sentence, its white space made single blanks."""
        return self._source.line(number)

    def around(self, numbers: Iterable[int]) -> tuple[int, ...]:
        """Sentences one step away from these: of the same paragraph, or up to two before."""
        cited = frozenset(numbers)
        if cited not in self._around:
            near: set[int] = set()
            for number in cited:
                near |= {n for n in range(number - REACH, number) if n > 0}
                near |= self._paragraph(number)
            self._around[cited] = tuple(sorted(near - cited))
        return self._around[cited]

    def names_of(self, reference: str) -> Sequence[str]:
        """The names by which the item goes that a reference leads to; the reference itself, where
        it leads to none."""
        return self._names.get(reference) or (reference,)

    def is_known(self, reference: str) -> bool:
        """Whether a reference leads to an item that goes by names."""
        return reference in self._names

    def leaked(self, text: str) -> bool:
        """Whether a text is the instructions' and not the article's, in whole or in part."""
        return self._source.prose.leaked(text)

    @cached_property
    def mentions(self) -> Mentions:
        """Who stands in a sentence as a speaker, a party, a place. English only."""
        return Mentions(self.article, self.index, self._source.candidates)

    @property
    def bearers(self) -> Iterable[Sequence[str]]:
        """The names of each item that references may lead to."""
        return self._names.values()

    @cached_property
    def everyone(self) -> tuple[str, ...]:
        """All names of the items that references may lead to."""
        return tuple(dict.fromkeys(name for names in self._names.values() for name in names))

    @cached_property
    def capitals(self) -> Capitals:
        """Which words are of names."""
        return Capitals(self._source.letters, self.everyone)

    @cached_property
    def opening(self) -> str:
        """Title, byline and the first paragraph of text: a place there holds for the whole."""
        first = [n for n in sorted(self.citable) if self.article.paragraph(n) == self._first]
        told = [self.article.title, self.article.byline, *map(self.text, first)]
        return " ".join(filter(None, told))

    @cached_property
    def byline(self) -> str:
        """Who wrote the article, as far as it says: whoever judges in it without a name."""
        told = (self.text(number) for number in range(1, min(BYLINES, self._last) + 1))
        return " ".join([self.article.byline or "", *filter(_BYLINE.match, told)])

    @cached_property
    def layout(self) -> Layout:
        """Its headings and labels, and who issues it."""
        numbers = range(1, self._last + 1)
        paragraphs = [self.article.paragraph(number) for number in numbers]
        held = Counter(paragraphs)
        alone = frozenset(n for n in numbers if held[paragraphs[n - 1]] == 1)
        first = frozenset(n for n in numbers if n == 1 or paragraphs[n - 1] != paragraphs[n - 2])
        return Layout([*map(self.text, numbers)], alone, first, self.article.title or "")

    @cached_property
    def leading(self) -> frozenset[str]:
        """All names of the few that the article names most."""
        standing = {
            key: len({n for name in names for n in self.index.sentences(name)})
            for key, names in self._names.items()
        }
        most = sorted(standing, key=lambda key: -standing[key])[:LEADING]
        return frozenset(name for key in most for name in self._names[key])

    def stand_together(self, names: Sequence[str], others: Sequence[str]) -> bool:
        """Whether two who go by `names` and by `others` are named one step from each other."""
        near = {n + step for n in self._standing(others) for step in range(-REACH, REACH + 1)}
        return not near.isdisjoint(self._standing(names))

    def _standing(self, names: Sequence[str]) -> frozenset[int]:
        """The sentences that have a word by which one of `names` is known."""
        words = {word for name in names for word in telling(name)}
        return frozenset(n for word in words for n in self.index.sentences(word))

    @property
    def _last(self) -> int:
        return self.article.sentence_count

    @cached_property
    def _first(self) -> int:
        return self.article.paragraph(min(self.citable, default=1))

    def _paragraph(self, number: int) -> frozenset[int]:
        """The sentences of a sentence's paragraph."""
        own = self.article.paragraph(number)
        if own in self._paragraphs:
            return self._paragraphs[own]
        found = {number}
        for step in (-1, 1):
            near = number + step
            while 0 < near <= self.article.sentence_count and self.article.paragraph(near) == own:
                found.add(near)
                near += step
        self._paragraphs[own] = frozenset(found)
        return self._paragraphs[own]
