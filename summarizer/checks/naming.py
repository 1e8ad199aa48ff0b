"""How a name is known in a sentence, and which names stand in a text.

A sentence knows a name by any word of it that tells it: "Ruiz" for "Ana Ruiz", "Kestrian" for
Kestria, "British" for the United Kingdom. Words that many names share ("ministry", "republic",
"north") tell nothing, unless a name has no others: it then takes all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from summarizer.identity.bodies import country_of
from summarizer.identity.capitals import CAPITALS
from summarizer.identity.words import BODIES, DIRECTIONS, FUNCTION
from summarizer.names import normal_form
from summarizer.names.letters import SHORTEST_STEM, WORD, Letters, bare, name_parts
from summarizer.names.vocabulary import TITLES


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


_SHARED = _words(
    "republic republics kingdom union united states nations federation people democratic islamic",
    "state city town province region river lake sea port bay island islands international party",
    "new old great",
)
_CALENDAR = _words(
    "january february march april may june july august september october november december",
    "monday tuesday wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep sept",
    "oct nov dec",
)
_TELLS_NOTHING = BODIES | FUNCTION | _SHARED | DIRECTIONS.keys() | TITLES | _CALENDAR
_COMMON = _words(
    "association associations society club league fund foundation trust institute institution",
    "centre center university college school academy company corporation firm group bureau board",
    "commission committee secretariat directorate division brigade battalion regiment corps unit",
    "squadron fleet column front brotherhood community confederation coalition alliance bloc",
    "convention assembly congress senate chamber house panel tribunal network project campaign",
    "initiative programme program observatory monitor forum conference summit workshop task team",
    "desk section branch press news media members member circular update statement declaration",
    "resolution report annex article treaty agreement accord pact protocol charter operation",
    "exercise strait gulf ocean peninsula mountain valley desert canal airport airbase base camp",
    "embassy consulate parliament court police army navy militia allies rebels opposition",
)
"""Nouns of which one alone, with a capital, may be short for whatever is called so."""
_JOINTS = _words("of the de la du des del al and for")

# What a noun ends in, and what an adjective or a people of it ends in, after what they share.
_NOUN = {""} | _words(
    "a e o y ia ea us en ey an on and land stan istan ie as es aine ain ique",
)
_ADJECTIVE = _words(
    "s es n ns an ans ian ians ean eans ien iens ienne iennes ain aine ains aines ais aise aises",
    "ois oise oises ese ish ic ics i is er ers en enne ens ennes nian nians vian vians lish che ch",
    "ite ites que ques ique iques",
)
_LANDS = _words("stan istan land")
_OPENS = re.compile(r"(?:[.!?…:;]|^)[\s\"”’“‘»«)(—–•*-]*$")
_ADDRESS = re.compile(r"\S*://\S*")


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a text that stand together with capitals: a name, or a part of one."""

    text: str
    opening: bool
    """Whether it begins a sentence, where any word has a capital."""

    @property
    def words(self) -> tuple[str, ...]:
        """Its words, but for the small ones that join them."""
        return tuple(word for word in self.text.split() if word not in _JOINTS)


class Capitals:
    """The capitals of one article: which words in a text about it are of names.

    `names` are those that are known to be names whatever the article does with them.
    """

    def __init__(self, letters: Letters, names: Iterable[str] = ()) -> None:
        self._letters = letters
        self._known = names
        self._read: dict[str, tuple[Run, ...]] = {}

    @property
    def words(self) -> frozenset[str]:
        """All words of the article, in normal form."""
        return self._letters.words

    def known(self, text: str) -> Iterator[str]:
        """The names in a text that are made of words which the article has as names."""
        for run in self.runs(text):
            kept = [word for word in run.words if self._is_name(bare(word))]
            if kept:
                yield " ".join(kept)

    def runs(self, text: str) -> Sequence[Run]:
        """The names in a text, by their capitals; words that the article also writes small are
        none."""
        if text not in self._read:
            self._read[text] = tuple(self._runs(text))
        return self._read[text]

    def _runs(self, text: str) -> Iterator[Run]:
        first = last = -1
        for match in WORD.finditer(text):
            word = match.group()
            if word[0].isupper() and not self._is_small(word):
                if first >= 0 and text[last : match.start()].strip():
                    yield self._run(text, first, last)
                    first = -1
                first, last = (match.start() if first < 0 else first), match.end()
                if word.endswith(("'s", "’s")):
                    yield self._run(text, first, last)
                    first = -1
            elif first >= 0 and not (word in _JOINTS and text[last : match.start()] == " "):
                yield self._run(text, first, last)
                first = -1
        if first >= 0:
            yield self._run(text, first, last)

    def holds(self, word: str) -> bool:
        """Whether a word, or one of the same name, stands anywhere in the article."""
        if self._letters.has(word):
            return True
        forms = normal_form(word).split()
        return all(form in self.words or self._has_alike(form) for form in forms)

    @cached_property
    def _names(self) -> frozenset[str]:
        words = (word for name in self._known for word in WORD.findall(name))
        return self._letters.names.union(part for word in words for part in name_parts(word))

    def _is_name(self, word: str) -> bool:
        return word in self._names or not self._names.isdisjoint(word.split("-"))

    def _is_small(self, word: str) -> bool:
        return self._letters.has_small(word.lower()) and word not in self._names

    def _has_alike(self, form: str) -> bool:
        return any(alike(form, word) for word in self._letters.starts.get(form[:SHORTEST_STEM], ()))

    def _run(self, text: str, first: int, last: int) -> Run:
        return Run(bare(text[first:last]), bool(_OPENS.search(text[max(0, first - 8) : first])))


def known_in(name: str, text: str) -> bool:
    """Whether a text names whoever `name` is: by a word that tells it, or an adjective of it."""
    words = words_of(text)
    own = telling(name)
    if not own or own <= words:  # mostly
        return bool(own)
    if is_caseless(name):
        plain = normal_form(text)
        return any(word in plain for word in own)
    among = (_among(word, words) for word in own)
    return (all if is_generic(name) else any)(among) or _by_country(name, text)


def is_caseless(name: str) -> bool:
    """Whether a name is in a script without capitals, whose words run together or carry others."""
    return not name.isascii() and name.upper() == name.lower() and any(map(str.isalpha, name))


def is_generic(name: str) -> bool:
    """Whether a name has only words that many share: offices, bodies, directions, months."""
    return telling(name) <= _TELLS_NOTHING


def is_common(word: str) -> bool:
    """Whether a word, for all its capital, is the noun for a kind of body, place or paper."""
    return normal_form(word) in _COMMON


@lru_cache(maxsize=1024)
def telling(name: str) -> frozenset[str]:
    """The words that tell a name; those that many share, if it has no others."""
    words = [word for word in normal_form(name).split() if word not in FUNCTION]
    return frozenset(
        [word for word in words if word not in _TELLS_NOTHING and len(word) > 1] or words
    )


@lru_cache(maxsize=1024)
def words_of(text: str) -> frozenset[str]:
    """The words of a text, in normal form; an address names nobody."""
    plain = _ADDRESS.sub(" ", text) if "://" in text else text
    return frozenset(normal_form(plain).split())


def _among(word: str, words: frozenset[str]) -> bool:
    if word in words:
        return True
    start = word[:SHORTEST_STEM]
    return start in _starts(words) and any(
        alike(word, other) for other in words if other.startswith(start)
    )


@lru_cache(maxsize=1024)
def _starts(words: frozenset[str]) -> frozenset[str]:
    """The first letters of words: of two that are alike, they are the same."""
    return frozenset(word[:SHORTEST_STEM] for word in words)


@lru_cache(maxsize=1024)
def alike(one: str, other: str) -> bool:
    """Whether two words are of one name: a noun and its adjective, or two cases of a noun."""
    if one == other:
        return True
    if one[:SHORTEST_STEM] != other[:SHORTEST_STEM] or min(len(one), len(other)) < SHORTEST_STEM:
        return False
    if not (one.isascii() or _is_latin(one)):
        size = max(4, min(len(one), len(other)) - 3)
        return len(one) >= size and one[:size] == other[:size]
    whose, other_s = country_of(one), country_of(other)
    if whose and other_s:
        return whose == other_s
    shared = _shared(one, other)
    ends = one[shared:], other[shared:]
    return any(
        noun in _NOUN and (adjective in _ADJECTIVE or (not adjective and noun in _LANDS))
        for back in range(min(3, shared - SHORTEST_STEM + 1))
        for tail in (one[shared - back : shared],)
        for noun, adjective in ((tail + ends[0], tail + ends[1]), (tail + ends[1], tail + ends[0]))
    )


def _shared(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _is_latin(word: str) -> bool:
    return all(mark < "\u0250" for mark in word)


def _by_country(name: str, text: str) -> bool:
    """Whether a text has a name or an adjective of the country that `name` is, or its capital."""
    code = _country(name)
    return code is not None and code in _countries(text)


@lru_cache(maxsize=1024)
def _country(name: str) -> str | None:
    return country_of(name) or CAPITALS.get(normal_form(name))


@lru_cache(maxsize=1024)
def _countries(text: str) -> frozenset[str]:
    """The countries that a text names, by their names, adjectives and capitals."""
    words = [match.group() for match in WORD.finditer(text)]
    runs = {
        " ".join(words[i : i + size])
        for i, word in enumerate(words)
        if word[0].isupper()
        for size in (1, 2, 3)
    }
    return frozenset(code for run in runs if (code := _country(bare(run))))
