"""One name, and what can be told from it alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from summarizer.identity.bodies import country_of
from summarizer.identity.spelling import spelt
from summarizer.identity.words import (
    BODIES,
    DIRECTIONS,
    EASTERN_LEGAL,
    FUNCTION,
    LEGAL_ENDS,
    LEGAL_STARTS,
    NEGATIONS,
    NOT_FORENAMES,
    NUMBERS,
    OFFICES,
    PARTICLES,
    RESPELT,
    ROMAN,
)
from summarizer.names import normal_form, without_title
from summarizer.schemas.places import country_code

_ORDINAL = re.compile(r"(\d{1,18})(?:st|nd|rd|th|я|й|го|ая|ый|ой|e|er|ère|ème)?")
_CHINESE_ORDINAL = re.compile("第([一二三四五六七八九十百零〇两\\d]+)")
_LONGEST_PERSON = 5
_FEMININE = ("ова", "ева", "ёва")
_OWNS = re.compile(r"\w['’]s?\s")
_JOINTS = frozenset({"of", "the", "and", "for", "in"})


@dataclass(frozen=True)
class Designation:
    """A name as written, and its `key`: its normal form without a person's title."""

    written: str
    key: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of its key."""
        return tuple(self.key.split())

    @cached_property
    def spellings(self) -> frozenset[str]:
        """Forms that it shares with itself in other transliterations and cases."""
        if len(self.words) == 1 and self.key.endswith(_FEMININE):
            # Alone, "Иванова" is a woman or a case of "Иванов": as it is written, then.
            return frozenset({self.key})
        return spelt(_without_legal_form(tuple(map(_in_digits, self.words))))

    @cached_property
    def marks(self) -> frozenset[str]:
        """The numbers, directions and negations in it, each with what it is."""
        found = set()
        for word in self.words:
            number = _in_digits(word)
            if number.isdigit():
                found.add(f"number {number}")
            elif word in DIRECTIONS:
                found.add(f"direction {DIRECTIONS[word]}")
            elif word in NEGATIONS:
                found.add(f"negation {word}")
        found |= {f"number {ordinal}" for ordinal in _CHINESE_ORDINAL.findall(self.key)}
        return frozenset(found)

    @cached_property
    def unmarked(self) -> tuple[str, ...]:
        """Its words but for those."""
        return tuple(
            word
            for word in self.words
            if not (
                _ORDINAL.fullmatch(word)
                or word in NUMBERS
                or word in ROMAN
                or word in DIRECTIONS
                or word in NEGATIONS
            )
        )

    @cached_property
    def is_generic(self) -> bool:
        """Whether it says what its bearer is and not who: "the ministry", "local officials"."""
        if self.written.islower():
            return True
        return all(
            RESPELT.get(word, word) in BODIES or word in FUNCTION or word in OFFICES
            for word in self.words
        )

    @cached_property
    def is_personal(self) -> bool:
        """Whether it may be a person's name."""
        return (
            bool(self.words)
            and len(self.words) <= _LONGEST_PERSON
            and not self.is_generic
            and not any(map(str.isdigit, self.key))
        )

    @cached_property
    def full(self) -> tuple[str, ...] | None:
        """The words of a person's full name; None where it isn't one, or is a surname alone."""
        words = self.words
        if not self.is_personal or len(words) < 2 or not _JOINTS.isdisjoint(words):
            return None
        if words[0] in NOT_FORENAMES or words[0] in OFFICES or not BODIES.isdisjoint(words):
            return None
        if not _begins_as_person(self.written):
            return None
        return None if all(word in PARTICLES for word in words[:-1]) else words

    @cached_property
    def surname(self) -> str | None:
        """The one word that it is but for particles: "assad" of "al-Assad"."""
        if not self.is_personal or self.full is not None:
            return None
        return self.words[-1] if all(w in PARTICLES for w in self.words[:-1]) else None

    def differs(self, other: Designation) -> bool:
        """Whether it differs from another name in a number, a direction or a negation."""
        if self.marks == other.marks:
            return False
        if self.unmarked == other.unmarked:
            return True
        mine = {mark.split()[0] for mark in self.marks}
        its = {mark.split()[0] for mark in other.marks}
        return any(
            {m for m in self.marks if m.startswith(sort)}
            != {m for m in other.marks if m.startswith(sort)}
            for sort in mine & its
        )

    def may_be_person(self, other: Designation) -> bool:
        """Whether two persons' names may be one person's: no word of theirs says otherwise."""
        if self.full is None or other.full is None:
            return True
        if not _spelt_alike(self.full[-1], other.full[-1]):
            return False
        if not _fits(self.full[0], other.full[0]):
            return False
        # Of the names between, all of the shorter are among the longer's.
        mine, its = self.full[1:-1], other.full[1:-1]
        fewer, more = sorted((mine, its), key=len)
        return all(any(_fits(word, each) for each in more) for word in fewer)


def _in_digits(word: str) -> str:
    """A number in digits, whether it counts or orders: "21st", "second", "ii"; others as are."""
    if word[0].isdecimal() and (number := _ORDINAL.fullmatch(word)):
        return str(int(number[1]))
    return NUMBERS.get(word) or ROMAN.get(word) or word


def _begins_as_person(written: str) -> bool:
    """Whether the first word may be a forename: no code as in "MV Heron", no "Norwegian"."""
    first, *others = written.split()
    if (
        not others
        or _OWNS.search(written)
        or (len(first.strip(".")) > 1 and first.isupper() and not written.isupper())
    ):
        return False
    return country_of(first) is None or country_code(first) is not None


@lru_cache(maxsize=2048)
def designation(name: str) -> Designation:
    """What a name is, as far as it tells."""
    return Designation(name, normal_form(_untitled(name)))


def _without_legal_form(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a company's name but for "Ltd" and the like."""
    while len(words) > 1 and words[-1] in LEGAL_ENDS:
        words = words[:-1]
    while len(words) > 1 and words[0] in LEGAL_STARTS:
        words = words[1:]
    if not words:
        return words
    last = words[-1]
    for suffix in EASTERN_LEGAL:
        last = last.removesuffix(suffix) or last
    return (*words[:-1], last)


def _untitled(name: str) -> str:
    bare = without_title(name)
    words = bare.split()
    start = 0
    while start < len(words) and words[start].strip(".,").casefold() in OFFICES:
        start += 1
    rest = words[start:]
    # "Президент России" is no person called Russia: two words at least are a name.
    if start and len(rest) > 1 and rest[0].casefold() not in FUNCTION:
        return " ".join(rest)
    return bare


def _fits(one: str, other: str) -> bool:
    """Whether two forenames may be one: the same, or the one the other's initial."""
    if _spelt_alike(one, other):
        return True
    short, long = sorted((one, other), key=len)
    return len(short) == 1 and long.startswith(short)


def _spelt_alike(one: str, other: str) -> bool:
    return one == other or not spelt((one,)).isdisjoint(spelt((other,)))
