"""What values mean, as far as two tellings of one thing go: the same, or at odds.

Names of one bearer are the same, and so are dates in other words; a text that holds another is not
at odds with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from summarizer.names import normal_form
from summarizer.schemas import DatePhrase
from summarizer.schemas.dating.edtf import bounds
from summarizer.wire import Kind, Node, Slot

if TYPE_CHECKING:
    from summarizer.linking import Section

Form = Callable[[str], str]
"""What is compared of a text."""


def plainly(text: str) -> str:
    """A name or label as it is compared; what has no word in it stands for itself."""
    return normal_form(text) or text


class Meanings:
    """What values mean in one record in the making; references go by who bears the name."""

    def __init__(self, sections: Mapping[str, Section], known: Callable[[str], str]) -> None:
        self._sections = sections
        self._known = known
        """The fullest name in the article that a name stands for."""

    def meant(self, node: Node, name: str) -> Hashable:
        """Who a reference is to."""
        section = self._sections.get(node.section or "")
        found = section.find(name) if section is not None else None
        return found if found is not None else plainly(self._known(name))

    def of(self, node: Node, value: Any, form: Form = plainly) -> Hashable:
        """What `value` says, receipts left out: equal for values that say the same. None: nothing.

        `form` is what is compared of a text; names are compared in their normal form.
        """
        if value in (None, [], ""):
            return None
        match node.kind:
            case Kind.EVIDENCE | Kind.MENTIONS:
                return None
            case Kind.REFERENCE:
                return self.meant(node, value)
            case Kind.NAME:
                return plainly(value)
            case Kind.TEXT:
                return form(value)
            case Kind.LIST if node.item is not None:
                told = Counter(self.of(node.item, element, form) for element in value)
                return frozenset(told.items())
            case Kind.OBJECT if is_date(node) and value.get("edtf"):
                return str(value["edtf"])
            case Kind.OBJECT:
                fields = ((s.name, self.of(s.node, value.get(s.name), form)) for s in node.fields)
                return frozenset((name, told) for name, told in fields if told is not None)
            case _:
                return repr(value)  # 1 is not true

    def at_odds(self, node: Node, one: Any, other: Any) -> bool:
        """Whether two values can't both be so of one thing; nothing is at odds with nothing."""
        if one in (None, [], "") or other in (None, [], "") or one == other:
            return False
        match node.kind:
            case Kind.EVIDENCE | Kind.MENTIONS:
                return False
            case Kind.NAME | Kind.TEXT:
                return not overlapping(one, other)
            case Kind.LIST if node.item is not None:
                return all(self.at_odds(node.item, a, b) for a in one for b in other)
            case Kind.OBJECT if is_date(node):
                return _other_days(one, other)
            case Kind.OBJECT:
                return any(
                    self.at_odds(slot.node, one.get(slot.name), other.get(slot.name))
                    for slot in telling(node)
                )
            case _:
                return self.of(node, one) != self.of(node, other)

    def marks(self, node: Node, value: Any) -> frozenset[Hashable] | None:
        """What has to be shared, one at least, by a value that is not at odds with this one.

        None where that isn't known, or nothing is told.
        """
        if value in (None, [], ""):
            return None
        match node.kind:
            case Kind.NAME | Kind.TEXT:
                return None if _runs_on(value) else frozenset(plainly(value).split())
            case Kind.LIST if node.item is not None:
                found = [self.marks(node.item, element) for element in value]
                known = [marks for marks in found if marks is not None]
                return frozenset().union(*known) if len(known) == len(found) else None
            case Kind.OBJECT if not is_date(node):
                told = (self.marks(slot.node, value.get(slot.name)) for slot in telling(node))
                return next((marks for marks in told if marks), None)
            case Kind.REFERENCE | Kind.PLAIN:
                return frozenset({self.of(node, value)})
            case _:
                return None


def is_date(node: Node) -> bool:
    """Whether an object is a date in the words of the article."""
    return node.kind is Kind.OBJECT and issubclass(node.model, DatePhrase)


@lru_cache(maxsize=1024)
def telling(node: Node) -> tuple[Slot, ...]:
    """The fields of an object that tell it from others: its names; where it has none, all."""
    named = tuple(slot for slot in node.fields if slot.node.listed.kind is Kind.NAME)
    return named or tuple(slot for slot in node.fields if not slot.by_code)


def overlapping(one: str, other: str) -> bool:
    """Whether one of two texts has all the words of the other, in a row."""
    blank = "" if _runs_on(one) or _runs_on(other) else " "
    first, second = (f"{blank}{plainly(text)}{blank}" for text in (one, other))
    return first in second or second in first


def _runs_on(text: str) -> bool:
    """Whether a text is of a script without case, whose words may run together."""
    return text.upper() == text.lower()


def _other_days(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if one.get("edtf") and other.get("edtf"):
        return not (_within(one["edtf"], other["edtf"]) or _within(other["edtf"], one["edtf"]))
    return not overlapping(str(one.get("text", "")), str(other.get("text", "")))


def _within(inner: str, outer: str) -> bool:
    (first, last), (start, end) = bounds(inner), bounds(outer)
    return (start or date.min) <= (first or date.min) and (last or date.max) <= (end or date.max)
