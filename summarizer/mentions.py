"""Who and what stands in a sentence, and as what: a party, a speaker, a place, a title.

Rules for English prose, made for closed lists: what they miss is not offered, and what they let
through is still the model's to choose.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from summarizer.names import adjective_of, normal_form
from summarizer.schemas.kinds import kind_of
from summarizer.schemas.vocabularies import PartyKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from summarizer.article import Article
    from summarizer.names import NameIndex

MOST_NAMES = 8
"""Names that one list offers."""
LOOK_BACK = 2
"""Sentences before one that can tell what a pronoun in it stands for."""
_REACH = 160
"""Characters before a name in which the words that tell its part are looked for."""

_SPEECH = (
    r"(?:said|says|say|stated|states|told|tells|noted|notes|warned|warns|argued|argues|believes?"
    r"|expressed|expresses|expects?|predicted|predicts|suggested|suggests|described|describes|added"
    r"|adds|called|calls|pointed|emphasi[sz]e[sd]|stressed|concluded|condemned|condemns|accused"
    r"|claimed|claims|declared|announced|revealed|reported|reports|wrote|insisted|considers?"
    r"|thinks?|fears?|urged|urges|denied|denies|assessed|assesses|estimates?|estimated|welcomed"
    r"|reaffirmed)\b"
)
# Bounded, because a text may be made of nothing but commas.
_ASIDE = r"(?:\s*,[^,]{0,400},|\s+\w+ly|\s+also|\s+further|\s+has|\s+have|\s+later){0,6}"
_ANAPHOR = re.compile(
    rf"(?:He|She|They|It|The\s+(?:\w+\s+){{1,2}}){_ASIDE}\s*{_SPEECH}"
    rf"|.*\b(?:he|she|they|it) {_SPEECH}"
)
# What follows a name, or stands before it up to its first letter.
_STYLED = r"(?!(?:that|could|will|would|may|might|must|should|has|had|is|are|was|were)\b)[\w.’'-]+"
_SPEAKS = re.compile(rf"(?:['’]s)?{_ASIDE}\s+{_SPEECH}")
_SPOKEN_BY = re.compile(rf"[”\"’,]\s+{_SPEECH}\s+(?:{_STYLED}\s+){{0,5}}\Z")
_ACCORDING_TO = re.compile(r"[Aa]ccording to (?:the |a |an )?(?:[\w’'-]+ ){0,4}\Z")
_PLACED = re.compile(
    r"\b(?:in|at|near|off|over|outside|inside|across|around)\s+(?:the\s+)?"
    r"(?:(?:[a-z]\w+\s+)?(?:city|town|village|port|province|region|island|district)\s+of\s+)?"
    r"(?:[A-Z]\w+[- ])?\Z"
)
_NOT_OWNING = re.compile(r"(?!\w|['’]s)")
_TITLED = re.compile(
    r"(?:dubbed|called|code-?named|named|known as|entitled|[Ee]xercise|[Oo]peration)"
    r"\s+[\"“‘']?\Z"
)
_QUOTES = "\"“‘'"
_START = re.compile(r"(?<!\w)")
_END = re.compile(r"(?!\w)")
# Names that end in these name no party.
_NOT_PARTIES = re.compile(
    r"\b(?:war|treaty|agreement|accords?|pact|act|convention|charter|protocol|day|cup|resolution"
    r"|sea|ocean|strait|gulf|river|island|telegram|twitter|facebook|youtube"
    r"|icbms?|irbms?|slbms?|uavs?|wmd|ieds?|gdp|covid(?:-19)?)$",
    re.IGNORECASE,
)


class Mentions:
    """The names of an article, or of some sentences of it, sentence by sentence.

    Any other sentence has no text and no names.
    """

    def __init__(
        self,
        article: Article,
        index: NameIndex,
        names: Sequence[str],
        sentences: range | None = None,
    ) -> None:
        if sentences is None:
            sentences = range(1, article.sentence_count + 1)
        # Lines may be wrapped, and patterns are written for single blanks.
        self.texts = {number: article.line(number) for number in sentences}
        full = _full_names(names)
        self._names = [name for name in names if name not in full]
        self._forms = {name: [name] for name in self._names}
        for short, name in full.items():
            self._forms[name].append(short)
        self._named: dict[int, set[str]] = {}
        for name, forms in self._forms.items():
            for number in {n for form in forms for n in index.sentences(form) if n in sentences}:
                self._named.setdefault(number, set()).add(name)
        self._sentences: dict[int, _Sentence] = {}

    def here(self, number: int) -> list[str]:
        """The names in a sentence; where it has fewer than two, those of its adjectives as well."""
        return self._sentence(number).names

    def parties(self, number: int) -> list[str]:
        """The names in a sentence that can be parties; without any, those of the two before it."""
        for near in _back_from(number):
            found = self._sentence(near).parties
            if found:
                return found
        return []

    def places(self, number: int) -> list[str]:
        """The names that stand in a sentence as places, after "in", "at", "near" and the like."""
        return self._sentence(number).places

    def titles(self, number: int) -> list[str]:
        """The names that stand in a sentence as titles of an event: quoted, or "dubbed" so."""
        return self._sentence(number).titles

    def speakers(self, number: int, barred: Collection[str] = frozenset()) -> list[str]:
        """The names that speak in a sentence, but for those of a barred kind of party.

        Where a pronoun speaks, those that spoke in the sentences before it.
        """
        for near in _back_from(number):
            sentence = self._sentence(near)
            found = [name for name in sentence.speakers if (kind_of(name) or "") not in barred]
            if found:
                return _longest(found)
            if not _ANAPHOR.match(sentence.text):
                return []
        return []

    def _sentence(self, number: int) -> _Sentence:
        if number not in self._sentences:
            text = self.texts.get(number, "")
            here = self._named.get(number, set())
            names = [
                name
                for name in self._names
                if name in here or (len(here) < 2 and adjective_of(name, text))
            ]
            self._sentences[number] = _Sentence(text, names, self._forms)
        return self._sentences[number]


class _Sentence:
    """One sentence, the names in it, and as what they stand there."""

    def __init__(self, text: str, names: list[str], forms: dict[str, list[str]]) -> None:
        self.text = text
        self.names = names
        self._forms = forms

    @cached_property
    def places(self) -> list[str]:
        return [name for name in self.names if _is_place(name, self.text)]

    @cached_property
    def titles(self) -> list[str]:
        return [name for name in self.names if _is_title(name, self.text)]

    @cached_property
    def speakers(self) -> list[str]:
        return [
            name
            for name in self.names
            if any(_speaks(form, self.text) for form in self._forms[name])
        ]

    @cached_property
    def parties(self) -> list[str]:
        barred = {*self.places, *self.titles}
        found = [
            name for name in self.names if name not in barred and not _NOT_PARTIES.search(name)
        ]
        # An outlet stands in a sentence as its source, as a rule.
        others = [name for name in found if kind_of(name) != PartyKind.MEDIA]
        return _longest(others or found)[:MOST_NAMES]


def _speaks(name: str, text: str) -> bool:
    for start in _places_of(name, text):
        end = start + len(name)
        if _START.match(text, start) and _SPEAKS.match(text, end):
            return True
        if _ends(_ACCORDING_TO, text, start):
            return True
        if _END.match(text, end) and _ends(_SPOKEN_BY, text, start):
            return True
    return False


def _is_place(name: str, text: str) -> bool:
    # In any case: a dateline has its place in capitals.
    return any(
        _NOT_OWNING.match(text, match.end()) and _ends(_PLACED, text, match.start())
        for match in _in_any_case(name).finditer(text)
    )


def _is_title(name: str, text: str) -> bool:
    numbered = any(character.isdigit() for character in name)
    return any(
        (numbered and start > 0 and text[start - 1] in _QUOTES)
        or (_END.match(text, start + len(name)) and _ends(_TITLED, text, start))
        for start in _places_of(name, text)
    )


def _places_of(name: str, text: str) -> Iterator[int]:
    start = text.find(name)
    while start >= 0:
        yield start
        start = text.find(name, start + 1)


def _ends(pattern: re.Pattern[str], text: str, end: int) -> bool:
    """Whether `pattern`, which ends in `\\Z`, matches just before `end`."""
    return bool(pattern.search(text, max(0, end - _REACH), end))


@lru_cache(maxsize=1024)
def _in_any_case(name: str) -> re.Pattern[str]:
    return re.compile(re.escape(name), re.IGNORECASE)


def _back_from(number: int) -> range:
    return range(number, number - LOOK_BACK - 1, -1)


def _full_names(names: Sequence[str]) -> dict[str, str]:
    """Surnames, each with the one full name that ends in it: "Ruiz" with "Ana Ruiz"."""
    full: dict[str, list[str]] = {}
    for name in names:
        words = name.split()
        if 1 < len(words) < 5 and kind_of(name) is None:
            full.setdefault(words[-1], []).append(name)
    return {
        name: full[name][0]
        for name in names
        if len(full.get(name, ())) == 1 and kind_of(name) is None
    }


def _longest(names: list[str]) -> list[str]:
    """The names that are no part of another among them: "Ruiz" goes beside "Ana Ruiz"."""
    forms = {name: f" {normal_form(name)} " for name in names}
    return [
        name
        for name in names
        if not any(forms[name] in forms[other] for other in names if forms[other] != forms[name])
    ]
