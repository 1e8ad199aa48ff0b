"""Free text held against the article: its names and numbers, and words that are the prompt's.

Names are known by their capitals, so the first word of a sentence is not looked at. What can't be
told by such means is let through: text in another language than English, or about an article in
one, and small words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from summarizer.names import adjective_of, normal_form
from summarizer.numerals import Number, Sort, read, values
from summarizer.schemas.places import EVERYDAY_NAMES, country_code

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.names import NameIndex

SHORTEST_LEAK = 5
"""Words that a text must have for being the instructions', all of it."""
LEAKED_RUN = 8
"""Words in a row that no text shares with the instructions by chance."""
MOST_NAMED = 3
"""Words that are told of a text with names that the article doesn't hold; one is enough."""

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_][\w’']*")
_RUN = re.compile(r"(?:[^\W\d_]\.){2,}|[A-Z]\w+(?:\s+(?:(?:of|and|the)\s+)*[A-Z]\w+)*")
_OPENING = re.compile(r"[.!?…:][\"”’»)]?\s+$|[\"“‘'(«]$")
_ADJECTIVAL = re.compile(r"(?:ian|ean|ese|ish|an|i|n)s?$")
_INFLECTION = re.compile(r"(?<=\w{3})(?:ings?|ions?|ers?|e[sd]?|s)$")
_DIGITS = re.compile(r"\d+")
_ARTICLES = frozenset({"the"})  # what an index of words leaves out where it begins a sentence
_LAST = "\U0010ffff"  # in order after every letter
_NOUN_ENDINGS = ("", "a", "e", "o", "y", "ia", "ea", "us", "ain", "and", "en", "ey", "land")


def _words(*lines: str) -> list[str]:
    return [word for line in lines for word in line.split()]


# Names of the calendar follow from the dates that an article gives; its dates are read by code.
_CALENDAR = frozenset(
    _words(
        "january february march april may june july august september october november december",
        "jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday",
        "saturday sunday mon tue tues wed thu thur thurs fri sat sun",
    )
)


@lru_cache(maxsize=16)
def _prompt_words(instructions: str) -> str:
    """The words of the instructions, which are the same for many articles."""
    return f" {normal_form(instructions)} "


@lru_cache(maxsize=16)
def _vocabulary(words: str) -> frozenset[str]:
    return frozenset(words.split())


class Prose:
    """What free text about one article may say.

    `instructions` is the static prompt; `language` is what the text is in, as an English word.
    """

    def __init__(
        self, article: Article, index: NameIndex, instructions: str, language: str | None
    ) -> None:
        self._article = article
        self._index = index
        self._instructions = instructions
        # The title can't be cited, but it is told to the model.
        self._told = f"{article.title or ''}\n{article.text}"
        english = (language or "English").strip().casefold() == "english"
        self._judged = english and article.language in (None, "en")

    def numbers(self, text: str) -> list[str]:
        """The numbers in digits in `text` that the article doesn't hold."""
        if not (self._judged and _DIGITS.search(text)):
            return []
        return [
            text[number.start : number.end]
            for number in read(text)
            if text[number.start].isdecimal() and not self._holds(text, number)
        ]

    def names(self, text: str) -> list[str]:
        """The words of names in `text` that the article doesn't hold; `MOST_NAMED` at most."""
        return list(islice(self._unknown(text), MOST_NAMED)) if self._judged else []

    def leaked(self, text: str) -> bool:
        """Whether `text` is the instructions' and not the article's, in whole or in part."""
        words = normal_form(text).split()
        if len(words) < SHORTEST_LEAK:
            return False
        size = min(len(words), LEAKED_RUN)
        # A run can only be the instructions' if all of its words are.
        if sum(map(self._prompt_vocabulary.__contains__, words)) < size:
            return False
        known = 0
        for end, word in enumerate(words, 1):
            known = known + 1 if word in self._prompt_vocabulary else 0
            if known >= size:
                run = f" {' '.join(words[end - size : end])} "
                if run in self._prompt and run not in self._text:
                    return True
        return False

    @cached_property
    def _text(self) -> str:
        return f" {normal_form(self._told)} "

    @cached_property
    def _prompt(self) -> str:
        return _prompt_words(self._instructions)

    @cached_property
    def _prompt_vocabulary(self) -> frozenset[str]:
        return _vocabulary(self._prompt)

    @cached_property
    def _beside(self) -> frozenset[str]:
        """What an index of the words leaves out of what is told."""
        return _ARTICLES.union(normal_form(self._article.title or "").split())

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(map(_stem, [*self._index.words, *self._beside]))

    @cached_property
    def _capitalised(self) -> frozenset[str]:
        words = (match.group() for match in _WORD.finditer(self._told))
        return frozenset(
            word.removesuffix("’s").removesuffix("'s") for word in words if word[0].isupper()
        )

    @cached_property
    def _in_order(self) -> list[str]:
        return sorted(set(re.findall(r"\w+", self._told)))

    def _holds(self, text: str, number: Number) -> bool:
        if number.sort is Sort.CODE:
            return text[number.start : number.end] in self._told
        return self._near(text, number) or number.value in self._counted

    def _near(self, text: str, number: Number) -> bool:
        """Whether a sentence counts as much that has the same digits. Most numbers are written as
        the article has them, and all of it needn't be read for their sake."""
        digits = _DIGITS.match(text, number.start)
        return digits is not None and any(
            number.value == held.value
            for line in self._article.lines
            if digits.group() in line
            for held in read(line)
        )

    @cached_property
    def _counted(self) -> frozenset[float]:
        found = values(self._told)
        if day := self._article.published:
            found |= {day.year, day.month, day.day}
        return found

    def _unknown(self, text: str) -> Iterator[str]:
        if all(self._is_told(word) for word in _WORD.findall(text) if word[0].isupper()):
            return  # mostly
        for match in _WORD.finditer(text):
            word, start = match.group(), match.start()
            if not word[0].isupper() or len(word) == 1 or start == 0:
                continue
            if _OPENING.search(text[max(start - 4, 0) : start]) or self._stands(word):
                continue
            if not self._known_as(run for run in _runs_over(text, start)):
                yield word

    def _stands(self, word: str) -> bool:
        if self._is_told(word):
            return True
        if _stem(normal_form(word)) in self._stems or adjective_of(
            word, self._beginning(word[:-1])
        ):
            return True
        nouns = list(_nouns(word))
        return any(noun in self._capitalised for noun in nouns) or self._known_as(nouns)

    def _is_told(self, word: str) -> bool:
        """Whether a word stands in the article as it is, or is of the calendar."""
        words, beside = self._index.words, self._beside
        return all(
            form in words or form in beside or form in _CALENDAR
            for form in normal_form(word).split()
        )

    def _beginning(self, start: str) -> str:
        """The words that begin with `start`; to look through the whole for each would take long."""
        low, high = (bisect_left(self._in_order, start + end) for end in ("", _LAST))
        return " ".join(self._in_order[low:high])

    def _known_as(self, names: Iterable[str]) -> bool:
        """Whether any of `names` is a country that the article calls by another name."""
        return any(
            self._index.holds(other)
            for name in names
            if (code := country_code(name)) is not None
            for other in _names_of(code)
        )


def in_title_case(text: str) -> bool:
    """Whether all the longer words of `text` have capitals, which then tell no names."""
    words = [word for word in _WORD.findall(text)[1:] if len(word) > 3]
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _stem(word: str) -> str:
    return _INFLECTION.sub("", word)


def _nouns(word: str) -> Iterator[str]:
    """What `word` may be an adjective of: "Talvinian" of Talvinia."""
    ending = _ADJECTIVAL.search(word)
    if ending is not None and ending.start() > 2:
        yield from (word[: ending.start()] + noun for noun in _NOUN_ENDINGS)


def _runs_over(text: str, position: int) -> Iterator[str]:
    """The run of capitalised words that holds `position`, with and without an article."""
    for match in _RUN.finditer(text):
        if match.start() <= position < match.end():
            yield match.group()
            yield match.group().removeprefix("The ")


def _names_of(code: str) -> Iterator[str]:
    import pycountry

    yield from (name for name, other in EVERYDAY_NAMES.items() if other == code)
    country = pycountry.countries.get(alpha_3=code)
    for attribute in ("name", "common_name", "official_name"):
        name = getattr(country, attribute, None)
        if name:
            yield name
