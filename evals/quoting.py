"""Do the numbers, dates and names of a record stand in the sentences that it cites?

It needs no gold. What stands there can still be wrong, and an honest "two" for "both" stands
nowhere: it is a share to watch, not a score.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from summarizer.evals.places import Place, is_number, is_text, root
from summarizer.names import normal_form
from summarizer.schemas import DatePhrase, Evidence
from summarizer.schemas.markers import ByCode, Verbatim

if TYPE_CHECKING:
    from pydantic import BaseModel

Kind = Literal["number", "date", "name"]
_GROUPED = re.compile(r"(?<!\d)\d{1,3}(?:[.,\s’']\d{3})+(?!\d)")
_PLAIN = re.compile(
    r"(\d+(?:[.,]\d+)?)(?:[\s-](hundred|thousand|million|billion)\b)?", re.IGNORECASE
)
_SCALES = {"": 1, "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_WORDS = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
]


def quoted(record: BaseModel) -> Iterator[tuple[Kind, bool]]:
    """Each number, date and name of a record, with whether it stands in what its item, or the
    nearest record around it that has receipts, cites.

    Numbers are looked for in digits, with "thousand" and the like after them, and up to twenty as
    English words; dates as phrases; names up to case, punctuation and articles. What stands in no
    record with receipts is left out.
    """
    yield from _within(root(type(record), record.model_dump(mode="json")), None)


def _within(place: Place, quotes: str | None) -> Iterator[tuple[Kind, bool]]:
    own = _quotes(place)
    quotes = own if own else quotes
    if quotes is not None and place.value is not None:
        if place.model is not None and issubclass(place.model, DatePhrase):
            yield "date", _stands(place.value["text"], quotes)
            return
        if is_number(place):
            yield "number", _counted(place.value, quotes)
        elif _is_name(place):
            yield "name", _stands(place.value, quotes)
    for child in place.children():
        yield from _within(child, quotes)


def _is_name(place: Place) -> bool:
    marked = place.marked(Verbatim) is not None and place.marked(ByCode) is None
    return marked and is_text(place) and isinstance(place.value, str)


def _quotes(place: Place) -> str | None:
    for child in place.children():
        if child.element is not None and any(each.kind is Evidence for each in child.children()):
            return " ".join(each.value["quote"] for each in child.children())
    return None


def _stands(words: str, quotes: str) -> bool:
    return f" {normal_form(words)} " in f" {normal_form(quotes)} "


def _counted(number: float, quotes: str) -> bool:
    if number in _values(quotes):
        return True
    whole = int(number) if float(number).is_integer() else -1
    return 0 <= whole < len(_WORDS) and _stands(_WORDS[whole], quotes)


def _values(quotes: str) -> Iterator[float]:
    """What the digits of a text can stand for: those of "1.500" do for two numbers."""
    for found in _GROUPED.finditer(quotes):
        yield int(re.sub(r"\D", "", found[0]))
    for found in _PLAIN.finditer(quotes):
        scale = _SCALES[(found[2] or "").lower()]
        yield round(float(found[1].replace(",", ".")) * scale, 6)
