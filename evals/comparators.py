"""How alike two values of one field are, in [0, 1].

A comparator knows one kind of value. It prepares each value once, which may be slow, and then
compares prepared values, which is done for every pair of items and has to be fast. Comparing is
symmetric, is 1 for equivalent values and only for those, and is rounded to four decimals. Nothing
is compared by edit distance: a name with one letter changed is another name, and 21 is not nearly
12. Null is no value; what is missing is not a comparator's to judge.
"""

from __future__ import annotations

import json
import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from pydantic_core import to_jsonable_python

from summarizer.evals.prose import KeyFact, Prose, credit
from summarizer.evals.prose import prepare as prepare_prose
from summarizer.names import normal_form, without_title
from summarizer.schemas.dates import DatePhrase
from summarizer.schemas.dating.edtf import bounds
from summarizer.schemas.places import Place

MOST_DAYS = 366
"""Days above which an interval says too little of those in it to be right in part."""
_REL_TOL = 1e-12  # what arithmetic does to a float, and no difference that anyone would write


class Comparator(Protocol):
    """Compares the values of one field. Frozen and without state."""

    def prepare(self, value: Any) -> Hashable:
        """`value`, as validated by the schema and not null, in the form that is compared."""
        ...

    def compare(self, first: Any, second: Any) -> float:
        """How alike two prepared values are: 1 if equivalent, 0 if nothing of one is in the other.

        Symmetric, and rounded to four decimals.
        """
        ...


def name_key(text: str) -> str:
    """The normal form of `text`; of a text that is nothing but marks, the text itself."""
    return normal_form(text) or text


@dataclass(frozen=True)
class Exact:
    """1 for values of the same JSON, else 0. For booleans, codes, and whatever else has no rule."""

    def prepare(self, value: Any) -> str:
        """`value` as canonical JSON."""
        return json.dumps(to_jsonable_python(value), sort_keys=True)

    def compare(self, first: str, second: str) -> float:
        """1 if both are the same JSON, else 0."""
        return float(first == second)


@dataclass(frozen=True)
class Enumeration:
    """1 for the same value, 0.5 where one is the declared parent of the other, else 0.

    `broader` has the parent of each value that has one. Only a parent counts, no grandparent and
    no sibling.
    """

    broader: Mapping[str, str] = field(default_factory=dict, hash=False)

    def prepare(self, value: Enum | str) -> Hashable:
        """The value of a member of an enumeration; a plain string as it is."""
        return value.value if isinstance(value, Enum) else value

    def compare(self, first: str, second: str) -> float:
        """1, 0.5 or 0."""
        if first == second:
            return 1.0
        related = (
            self.broader.get(first, first) == second or self.broader.get(second, second) == first
        )
        return 0.5 if related else 0.0


class Interval(NamedTuple):
    """The numbers from `low` to `high`, ends included; infinite where an end is open."""

    low: float
    high: float


@dataclass(frozen=True)
class Number:
    """1 where one number, or interval of them, lies within the other, else 0.

    Two plain numbers are equal or they are not; only what arithmetic does to a float is forgiven.
    """

    def prepare(self, value: float) -> Interval:
        """A plain number, as the interval that holds it alone."""
        number = _as_float(value)
        return Interval(number, number)

    def prepare_interval(self, low: float | None, high: float | None) -> Interval:
        """Any number from `low` to `high`; None is an open end. ValueError if `low` exceeds it."""
        interval = Interval(
            -math.inf if low is None else _as_float(low),
            math.inf if high is None else _as_float(high),
        )
        if interval.low > interval.high:
            raise ValueError(f"the interval ends before it starts: {low} to {high}")
        return interval

    def compare(self, first: Interval, second: Interval) -> float:
        """1 if either lies within the other, else 0."""
        return float(first == second or _within(first, second) or _within(second, first))


def _as_float(value: float) -> float:
    try:
        number = float(value)
    except OverflowError:  # JSON has integers of any length
        return math.inf if value > 0 else -math.inf
    # One object stands for all that is no number, so that such a value equals itself.
    return math.nan if math.isnan(number) else number


def _within(inner: Interval, outer: Interval) -> bool:
    return _at_most(outer.low, inner.low) and _at_most(inner.high, outer.high)


def _at_most(one: float, other: float) -> bool:
    return one <= other or math.isclose(one, other, rel_tol=_REL_TOL)


class When(NamedTuple):
    """A date: its phrase in normal form, and its first and last day as ordinals where settled."""

    phrase: str
    days: Interval | None


@dataclass(frozen=True)
class Dates:
    """1 for the same days, 0.5 where the days of one contain the other's, else 0.

    Containing earns only where the wider of the two is of `MOST_DAYS` at most, or where both begin
    or both end on one day, lest what contains every day be half right of each. Where either is not
    settled in the calendar the phrases decide: 1 if they have the same normal form, else 0.
    """

    def prepare(self, value: DatePhrase | date | str) -> When:
        """A phrase with its EDTF, a day (of a datetime, its day), or a string: EDTF or a phrase."""
        if isinstance(value, date):
            day = float(value.toordinal())
            return When(value.isoformat(), Interval(day, day))
        if isinstance(value, DatePhrase):
            return When(name_key(value.text), _days(value.edtf))
        return When(name_key(value), _days(value))

    def compare(self, first: When, second: When) -> float:
        """1, 0.5 or 0."""
        one, other = first.days, second.days
        if one is None or other is None:
            return float(first.phrase == second.phrase)
        if one == other:
            return 1.0
        wider = Interval(min(one.low, other.low), max(one.high, other.high))
        if wider not in {one, other}:
            return 0.0
        narrow = wider.high - wider.low < MOST_DAYS
        shared = (one.low == other.low and math.isfinite(wider.low)) or (
            one.high == other.high and math.isfinite(wider.high)
        )
        return 0.5 if narrow or shared else 0.0


def _days(edtf: str | None) -> Interval | None:
    if edtf is None:
        return None
    try:
        start, end = bounds(edtf)
    except ValueError:
        return None
    return Interval(
        -math.inf if start is None else start.toordinal(),
        math.inf if end is None else end.toordinal(),
    )


@dataclass(frozen=True)
class Moments:
    """1 for the same moment, else 0. One without a time zone is none of those that have one."""

    def prepare(self, value: datetime | str) -> datetime:
        """A moment, or one in ISO 8601."""
        return datetime.fromisoformat(value) if isinstance(value, str) else value

    def compare(self, first: datetime, second: datetime) -> float:
        """1 or 0."""
        return float(first == second)


class Spot(NamedTuple):
    """A place: its name in normal form, and its country where given."""

    name: str
    country: str | None


@dataclass(frozen=True)
class Places:
    """1 for the same name, 0.5 for another in the same country, else 0.

    Places of one name in two countries are two places.
    """

    def prepare(self, value: Place) -> Spot:
        """The name and the country of a place."""
        return Spot(name_key(value.text), value.country)

    def compare(self, first: Spot, second: Spot) -> float:
        """1, 0.5 or 0."""
        known = first.country is not None and second.country is not None
        if known and first.country != second.country:
            return 0.0
        if first.name == second.name:
            return 1.0
        return 0.5 if known else 0.0


class Named(NamedTuple):
    """Whoever bears any of these names: normal forms, with and without title."""

    names: frozenset[str]


@dataclass(frozen=True)
class Names:
    """1 where two sets of names have one in common, else 0."""

    def prepare(self, value: str | Iterable[str]) -> Named:
        """One name, or all the names of a party."""
        given = [value] if isinstance(value, str) else list(value)
        return Named(frozenset(form for name in given for form in _forms(name)))

    def compare(self, first: Named, second: Named) -> float:
        """1 if they have a name in common, or none at all on either side."""
        return float(not first.names.isdisjoint(second.names) or first == second)


@lru_cache(maxsize=2**15)
def _forms(name: str) -> tuple[str, str]:
    return name_key(name), name_key(without_title(name))


@dataclass(frozen=True)
class Text:
    """Free text, by the key facts that it tells, and by half of its words where there are none.

    1 for the same normal form; `summarizer.evals.prose.credit` has the rule for all others.
    """

    def prepare(self, value: str, facts: Iterable[KeyFact] = (), words: int | None = None) -> Prose:
        """A text, the facts that another must tell, and in how many words it may.

        Raises ValueError for a pattern that is no regular expression, and for `words` below 1.
        """
        return prepare_prose(value, facts, words)

    def compare(self, first: Prose, second: Prose) -> float:
        """In [0, 1]; 1 for equal texts, and where all the facts are told in few enough words."""
        return round(credit(first, second), 4)
