"""Where names stand in an article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from summarizer.names.normal import normal_form, normal_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from summarizer.article import Article

_NOWHERE: Sequence[int] = ()


class NameIndex:
    """Where names stand in an article.

    Whole words, in any case. Scripts without case (Arabic, Chinese…) are searched for the plain
    string, since words there carry their particles or run together; Cyrillic words may have
    another ending, of up to three letters, in the place of their last two or after them.

    A name is looked for in the sentences that hold its rarest word only, so that many names in a
    long article take time by what is found, not by names times sentences.
    """

    def __init__(self, article: Article) -> None:
        self._sentences = [f" {form} " for form in normal_forms(article.lines)]
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
        caseless = _is_caseless(key)
        plain = key if caseless else f" {key} "
        places = [self._near(part) for part in _pairs(key)] if caseless else self._of(key.split())
        for number in min(places, key=len):
            text = self._sentences[number - 1]
            if pattern.search(text) if pattern else plain in text:
                yield number

    def _of(self, words: Sequence[str]) -> list[Sequence[int]]:
        """For each word, the sentences that it may stand in, with another ending or not."""
        return [
            self._inflections(word) if _is_inflected(word) else self.words.get(word, _NOWHERE)
            for word in words
        ]

    def _inflections(self, word: str) -> Sequence[int]:
        stem, form = _stem(word), re.compile(_forms(word))
        found: set[int] = set()
        for i in range(bisect_left(self._vocabulary, stem), len(self._vocabulary)):
            other = self._vocabulary[i]
            if not other.startswith(stem):
                break
            if form.fullmatch(other):
                found.update(self.words[other])
        return sorted(found)

    def _near(self, pair: str) -> Sequence[int]:
        return self._characters.get(pair, _NOWHERE)

    @cached_property
    def words(self) -> Mapping[str, Sequence[int]]:
        """The words of the sentences in normal form, each with the numbers of those that hold it.

        An article that begins a sentence is not counted.
        """
        return _inverted(text.split() for text in self._sentences)

    @cached_property
    def _vocabulary(self) -> Sequence[str]:
        """The words that may have another ending, in order, so that one stem's stand together."""
        return sorted(filter(_is_cyrillic, self.words))

    @cached_property
    def _characters(self) -> Mapping[str, Sequence[int]]:
        """What `words` is, for scripts that are searched for the plain string."""
        return _inverted(
            (
                part
                for word in text.split()
                if not word.isascii() and any(map(_is_caseless, word))
                for part in (*word, *_pairs(word))
            )
            for text in self._sentences
        )


def _inverted(sentences: Iterable[Iterable[str]]) -> Mapping[str, Sequence[int]]:
    """For each part, the numbers of the sentences that have it."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, parts in enumerate(sentences, 1):
        for part in set(parts):
            found[part].append(number)
    return dict(found)


def _pairs(key: str) -> list[str]:
    """The pairs of neighbouring characters in the words of a caseless name; a character alone."""
    words = [word for word in key.split() if any(map(_is_caseless, word))]
    return [word[i : i + 2] for word in words for i in range(max(1, len(word) - 1))]


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
    return rf"(?:{re.escape(_stem(word))}\w{{0,3}}|{re.escape(word)}\w{{1,3}})"


def _stem(word: str) -> str:
    return word[: max(3, len(word) - 2)]


def _is_caseless(key: str) -> bool:
    """Whether a name has letters, and none that has a capital."""
    return key.upper() == key.lower() and any(map(str.isalpha, key))


def _is_inflected(word: str) -> bool:
    return len(word) > 3 and _is_cyrillic(word)


def _is_cyrillic(word: str) -> bool:
    return "\u0400" <= word[0] <= "\u04ff"
