"""What a number in a text is."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Sort(Enum):
    """What a number does in its text."""

    COUNT = "count"
    """How many, or how much."""
    ORDINAL = "ordinal"
    """Which of a row: "21st", "seventh"."""
    SHARE = "share"
    """Per hundred: "40 %" is 40, "half" is 50."""
    VAGUE = "vague"
    """So many at least: "dozens" is 12, "hundreds" is 100."""
    CODE = "code"
    """Part of a designation or a time of day, and worth nothing: "F-16", "10:30"."""


class Bound(Enum):
    """How the words around a number qualify it."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at least"
    AT_MOST = "up to"
    BETWEEN = "between"
    """It is one end of a range."""


class Number(NamedTuple):
    """A number that stands in a text from `start` to `end` (code points, half-open).

    `unit` is one of the codes of `summarizer.numerals.units`, such as ``day`` or ``USD``, where a
    known unit stands beside it.
    """

    start: int
    end: int
    value: float
    sort: Sort = Sort.COUNT
    bound: Bound = Bound.EXACT
    unit: str | None = None
