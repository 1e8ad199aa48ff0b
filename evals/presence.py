"""Whether what a prediction says stands in the article: its quotes, its names and its numbers.

What can't be told is taken to stand there: prose may be reworded, and a round number written out in
any language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import TYPE_CHECKING

from summarizer import Article
from summarizer.evals.comparators import Named, Number, Places
from summarizer.evals.leaves import leaves
from summarizer.names import NameIndex, adjective_of, normal_form

if TYPE_CHECKING:
    from summarizer.evals.plan import FieldPlan
    from summarizer.evals.things import Filler, Thing
    from summarizer.schemas import Evidence

SPELLED = 12
"""So many, or so many dozens, hundreds or millions, are written in words as often as not."""
_SPELLED_SCALES = (1, 10, 12, 100, 10**3, 10**4, 10**6, 10**8, 10**9)
_DIGIT_SCALES = (1, 10**3, 10**4, 10**5, 10**6, 10**7, 10**8, 10**9)  # "1.4 million"
_NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0\u202f.,'’٬]\d{3})+(?!\d)(?:[.,٫]\d+)?|\d+(?:[.,٫]\d+)?")
_FRACTION = re.compile(r"[.,٫]\d{1,2}$")
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]


class Presence:
    """What stands in one article. `named` are the sections whose items have names."""

    def __init__(self, text: str, named: Collection[str]) -> None:
        self._text = text
        self._named = named
        self._form = f" {normal_form(text)} "
        self._numbers = {_plain(found) for found in _NUMBER.findall(text)}
        self._names = NameIndex(Article.from_text(text))

    def quotes(self, receipt: Evidence) -> bool:
        """Whether a receipt's quote stands where it says."""
        return self._text[receipt.start : receipt.end] == receipt.quote

    def backs(self, thing: Thing) -> bool:
        """Whether all receipts of an item stand there, all its numbers, and the names in it.

        Of an item's own names one is enough: another may be a translation.
        """
        receipts = (getattr(thing.raw, thing.plan.evidence) if thing.plan.evidence else None) or ()
        if not all(self.quotes(receipt) for receipt in receipts):
            return False
        found = [leaf for leaf in leaves(thing) if not leaf.spared]
        own = [self.holds(leaf.field, leaf.filler) for leaf in found if leaf.field.naming]
        if own and not any(own):
            return False
        return all(self.holds(leaf.field, leaf.filler) for leaf in found if not leaf.field.naming)

    def holds(self, field: FieldPlan, filler: Filler) -> bool:
        """Whether a value stands there, as far as that can be told of its kind."""
        value = filler.accepted[0]
        if isinstance(value, Named):
            # Where a reference may be any words for whoever is meant, they may be anyone's words.
            if field.ref and (field.ref.or_text or field.ref.section not in self._named):
                return True
            return any(self._name(name) for name in value.names)
        if isinstance(field.comparator, Places):
            return self._name(filler.raw.text)
        if isinstance(field.comparator, Number):
            return self._number(abs(float(filler.raw)))
        return True

    def _name(self, name: str) -> bool:
        form = normal_form(name)
        return self._names.holds(form) or adjective_of(form, self._form)

    def _number(self, number: float) -> bool:
        if any((number / scale) in range(SPELLED + 1) for scale in _SPELLED_SCALES):
            return True
        if number in range(100) and f" {_in_words(int(number))} " in self._form:
            return True
        shares = (number / scale for scale in _DIGIT_SCALES if number >= scale or scale == 1)
        return any(f"{share:.12g}" in self._numbers for share in shares)


def _plain(written: str) -> str:
    """A number without separators, in our digits: 1400 for "1,400", and 1.4 for "1,40"."""
    fraction = _FRACTION.search(written)
    if fraction is None:
        return _western(written)
    whole = _western(written[: fraction.start()])
    return f"{whole}.{_western(fraction.group())}".rstrip("0").rstrip(".")


def _western(written: str) -> str:
    return "".join(str(unicodedata.digit(mark)) for mark in written if mark.isdigit())


def _in_words(number: int) -> str:
    """A number from 13 to 99 that is no round one, in English."""
    tens, units = divmod(number, 10)
    return f"{_TENS[tens - 2]} {_UNITS[units - 1]}" if tens > 1 else _TEENS[units - 3]
