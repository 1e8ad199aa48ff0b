"""Who and what stands in a sentence, and as what: a party, a speaker, a place, a title.

Rules for English prose, made for closed lists: what they miss is not offered, and what they let
through is still the model's to choose.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from summarizer.names import adjective_of, normal_form
from summarizer.schemas.kinds import kind_of
from summarizer.schemas.vocabularies import PartyKind

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from summarizer.article import Article
    from summarizer.names import NameIndex

MOST_NAMES = 8
"""Names that one list offers."""
_SPEECH = (
    r"(?:said|says|say|stated|states|told|tells|noted|notes|warned|warns|argued|argues|believes?"
    r"|expressed|expresses|expects?|predicted|predicts|suggested|suggests|described|describes|added"
    r"|adds|called|calls|pointed|emphasi[sz]e[sd]|stressed|concluded|condemned|condemns|accused"
    r"|claimed|claims|declared|announced|revealed|reported|reports|wrote|insisted|considers?|thinks?"
    r"|fears?|urged|urges|denied|denies|assessed|assesses|estimates?|estimated|welcomed|reaffirmed)\b"
)
_ASIDE = r"(?:\s*,[^,]*,|\s+\w+ly|\s+also|\s+further|\s+has|\s+have|\s+later)*"
_PLACED = r"\b(?:in|at|near|off|over|outside|inside|across|around)\s+(?:the\s+)?"
_SITE = r"(?:(?:[a-z]\w+\s+)?(?:city|town|village|port|province|region|island|district)\s+of\s+)?"
_TITLED = r"(?:dubbed|called|code-?named|named|known as|entitled|[Ee]xercise|[Oo]peration)\s+[\"“‘']?"
_ANAPHOR = re.compile(
    rf"(?:He|She|They|It|The\s+(?:\w+\s+){{1,2}}){_ASIDE}\s*{_SPEECH}|.*\b(?:he|she|they|it) {_SPEECH}"
)
# Names that end in these name no party.
_NOT_PARTIES = re.compile(
    r"\b(?:war|treaty|agreement|accords?|pact|act|convention|charter|protocol|day|cup|resolution"
    r"|sea|ocean|strait|gulf|river|telegram|twitter|facebook|youtube)$",
    re.IGNORECASE,
)


class Mentions:
    """The names of an article, sentence by sentence."""

    def __init__(self, article: Article, index: NameIndex, names: Sequence[str]) -> None:
        self.texts = dict(article.numbered())
        self._index = index
        self._short = _short_forms(names)
        self._names = [name for name in names if name not in self._short]

    def here(self, number: int) -> list[str]:
        """The names in a sentence; where it has fewer than two, those of its adjectives as well."""
        text = self.texts.get(number, "")
        short = {
            full for form, full in self._short.items() if number in self._index.sentences(form)
        }
        named = [
            name
            for name in self._names
            if name in short or number in self._index.sentences(name)
        ]
        if len(named) > 1:
            return named
        return [name for name in self._names if name in named or adjective_of(name, text)]

    def parties(self, number: int) -> list[str]:
        """The names in a sentence that can be parties; without any, those of the two before it."""
        for near in (number, number - 1, number - 2):
            barred = {*self.places(near), *self.titles(near)}
            found = [
                name
                for name in self.here(near)
                if name not in barred and not _NOT_PARTIES.search(name)
            ]
            if found:
                # An outlet stands in a sentence as its source, as a rule.
                others = [name for name in found if kind_of(name) != PartyKind.MEDIA]
                return _longest(others or found)[:MOST_NAMES]
        return []

    def places(self, number: int) -> list[str]:
        """The names that stand in a sentence as places, after "in", "at", "near" and the like."""
        text = self.texts.get(number, "")
        return [
            name
            for name in self.here(number)
            if _found(_PLACED + _SITE + rf"(?:[A-Z]\w+[- ])?(?i:{re.escape(name)})\b(?!['’]s)", text)
        ]

    def titles(self, number: int) -> list[str]:
        """The names that stand in a sentence as titles of an event: quoted, or "dubbed" so."""
        text = self.texts.get(number, "")
        return [
            name
            for name in self.here(number)
            if _found(_TITLED + re.escape(name) + r"\b", text)
            or (any(c.isdigit() for c in name) and _found(r"[\"“‘']" + re.escape(name), text))
        ]

    def speakers(self, number: int, barred: Collection[str] = frozenset()) -> list[str]:
        """The names that speak in a sentence, but for those of a barred kind of party.

        Where a pronoun speaks, those that spoke in the sentences before it.
        """
        for near in (number, number - 1, number - 2):
            text = self.texts.get(near, "")
            found = [name for name in self.here(near) if self._speaks(name, text)]
            found = [name for name in found if (kind_of(name) or "") not in barred]
            if found:
                return _longest(found)
            if not _ANAPHOR.match(text):
                return []
        return []

    def _speaks(self, name: str, text: str) -> bool:
        forms = [name, *(short for short, full in self._short.items() if full == name)]
        return any(_speaks(form, text) for form in forms)


def _speaks(name: str, text: str) -> bool:
    escaped = re.escape(name)
    return (
        _found(rf"\b{escaped}(?:['’]s)?{_ASIDE}\s+{_SPEECH}", text)
        or _found(rf"[Aa]ccording to (?:the |a |an )?(?:[\w’'-]+ ){{0,4}}?{escaped}", text)
        or _found(rf"[”\"’,]\s+{_SPEECH}\s+(?:(?!that\b)[\w’'-]+\s+){{0,4}}?{escaped}\b", text)
    )


def _short_forms(names: Sequence[str]) -> dict[str, str]:
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
    """The names that are no part of another among them: "Heinrichs" beside "Rebeccah Heinrichs"."""
    forms = {name: f" {normal_form(name)} " for name in names}
    return [
        name
        for name in names
        if not any(forms[name] in forms[other] for other in names if forms[other] != forms[name])
    ]


@lru_cache(maxsize=8192)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _found(pattern: str, text: str) -> bool:
    return bool(_compiled(pattern).search(text))
