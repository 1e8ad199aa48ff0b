"""Which sentence carries an item: the evidence moves there if the cited one plainly doesn't.

Models lose count of sentences, mostly by a few. An item tells words, names, numbers and dates; a
sentence carries it by the share of them that it holds. What few sentences hold tells most: each
counts 1 over the number of sentences that hold it, names, numbers and dates twice that, and what
none holds nothing. Evidence moves if the cited sentences together hold no more than `LOW` of the
whole, and one other sentence holds `HIGH` or more, no second one as much, and `GAIN` things that
the cited ones lack. The limits were chosen on the development documents of the gold, with evidence
shifted on purpose (`benchmarks/receipts.py`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache

from summarizer.checks import Passage, Reading, Statement
from summarizer.names import normal_form
from summarizer.schemas import DatePhrase
from summarizer.wire import Held, Kind

LOW = 0.25
"""Of what an item tells, the most that cited sentences may hold for the evidence to move."""
HIGH = 0.5
"""Of what an item tells, the least that a sentence holds to which evidence moves."""
GAIN = 2
"""Things that a sentence must hold that the cited ones don't: one may be there by chance."""
SHORTEST = 4
"""Letters of a word that tells something."""
_NAMED = 2
"""What a name, a number or a date counts, where a word counts 1."""
_STEM = 5
"""Letters by which a word is known again in another form."""
_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}|\d[\d.,]*\d|\d")


_Thing = tuple[tuple[str, ...], float]
"""The forms that would do for a thing, and what it counts."""


@dataclass(frozen=True)
class Move:
    """Evidence that moves: of which item, from where, to which sentence."""

    section: str
    position: int
    left: tuple[int, ...]
    sentence: int


def moves(reading: Reading) -> Iterator[Move]:
    """The items of a record whose evidence moves."""
    passage = reading.passage
    items = [each for each in reading.statements if each.parent is None]
    told = [[*_told(item, passage)] for item in items]
    held = _Sentences(passage, {form for things in told for forms, _ in things for form in forms})
    for statement, things in zip(items, told, strict=True):
        to = held.carrier(statement, things)
        if to is not None:
            section, position = statement.place.split("/")[1:3]
            yield Move(section, int(position), statement.sentences, to)


class _Sentences:
    """What the sentences of an article hold of the forms `wanted`."""

    def __init__(self, passage: Passage, wanted: set[str]) -> None:
        self._passage = passage
        self._wanted = wanted
        self._held: dict[tuple[str, ...], Set[int]] = {}

    def carrier(self, statement: Statement, things: Sequence[_Thing]) -> int | None:
        """The sentence to which the evidence moves of an item that tells some things; None where
        it stays."""
        cited = frozenset(statement.sentences)
        told = [(self._holders(forms), weight) for forms, weight in things]
        shares = [(holding, weight / len(holding)) for holding, weight in told if holding]
        total = sum(share for _, share in shares)
        of_cited = sum(share for holding, share in shares if not cited.isdisjoint(holding))
        if of_cited > LOW * total:
            return None
        # What holds none of the rarest things can't hold enough by the others; common words stand
        # in the more sentences the longer an article is.
        shares.sort(key=lambda thing: -thing[1])
        left, likely = total, set[int]()
        for holding, share in shares:
            if left < HIGH * total:
                break
            likely |= holding
            left -= share
        scores = {
            number: sum(share for holding, share in shares if number in holding)
            for number in likely - cited
        }
        best = sorted(scores.items(), key=lambda one: (-one[1], one[0]))[:2]
        if not best or best[0][1] < HIGH * total:
            return None
        new = [holding for holding, _ in shares if cited.isdisjoint(holding)]
        if sum(best[0][0] in holding for holding in new) < GAIN:
            return None
        return None if len(best) > 1 and best[1][1] == best[0][1] else best[0][0]

    def _holders(self, forms: tuple[str, ...]) -> Set[int]:
        """The sentences that hold any of some forms."""
        if forms not in self._held:
            holding = self._holding
            held = [holding[form] for form in forms if form in holding]
            self._held[forms] = held[0] if len(held) == 1 else set().union(*held)
        return self._held[forms]

    @cached_property
    def _holding(self) -> dict[str, Set[int]]:
        """The sentences that hold a word."""
        holding: dict[str, set[int]] = defaultdict(set)
        words, wanted = self._passage.index.words, self._wanted
        # Nearly all are plain letters, and their stem is their form; what is wanted isn't shorter.
        others = {word for word in words if not (word.isascii() and word.isalpha())}
        forms = [(word[:_STEM], word) for word in words if word[:_STEM] in wanted]
        forms = [(form, word) for form, word in forms if word not in others]
        forms += [(form, word) for word in others for form in _words(word) if form in wanted]
        for form, word in forms:
            holding[form].update(words[word])
        return {form: numbers & self._passage.citable for form, numbers in holding.items()}


def _told(statement: Statement, passage: Passage) -> Iterator[_Thing]:
    """What an item tells: for each thing, the forms that would do, and what it counts."""
    seen: set[tuple[str, ...]] = set()
    for told in statement.told:
        kind = told.node.kind
        match told.value:
            case str() if kind in (Kind.NAME, Kind.REFERENCE):
                names = passage.names_of(told.value)
                things: Iterable[tuple[str, ...]] = [tuple({w for n in names for w in _words(n)})]
                weight: float = _NAMED
            case str() if isinstance(told.owner, DatePhrase):
                things, weight = ([_words(told.value)] if told.name == "text" else []), _NAMED
            case str() if kind is Kind.TEXT and told.node.held is not Held.FREE:
                things, weight = [(word,) for word in _words(told.value)], 1
            case _:
                continue
        for forms in things:
            if forms and forms not in seen:
                seen.add(forms)
                yield forms, _NAMED if forms[0][0].isdigit() else weight


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            [w if w[0].isdigit() else w[:_STEM] for w in _WORD.findall(normal_form(text))]
        )
    )
