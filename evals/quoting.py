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
_NUMBER = re.compile(r"\d[\d.,  ]*\d|\d")
_TENS = ("zero one two three four five six seven eight nine ten", "eleven twelve thirteen fourteen")
_WORDS = " ".join((*_TENS, "fifteen sixteen seventeen eighteen nineteen twenty")).split()
_GAPS = re.compile(r"[.,\s]")


def quoted(record: BaseModel) -> Iterator[tuple[Kind, bool]]:
    """Each number, date and name of a record, with whether it stands in what its item, or the
    nearest record around it that has receipts, cites.

    Numbers are looked for in digits, and up to twenty as English words; dates as phrases; names up
    to case, punctuation and articles. What stands in no record with receipts is left out.
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
    found = {_GAPS.sub("", each) for each in _NUMBER.findall(quotes)}
    whole = int(number) if float(number).is_integer() else number
    if _GAPS.sub("", str(whole)) in found:
        return True
    spelled = _WORDS[whole] if isinstance(whole, int) and 0 <= whole < len(_WORDS) else None
    return spelled is not None and f" {spelled} " in f" {normal_form(quotes)} "
