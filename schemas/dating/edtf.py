"""Extended Date/Time Format (ISO 8601-2), as far as records use it.

That is: a day, month or year (`2025-07-21`, `2025-07`, `2025`), each of which may be uncertain
(`?`), approximate (`~`) or both (`%`); an interval of two of them, and one with an open end (`..`).
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

OPEN = ".."


@cache
def _unit() -> re.Pattern[str]:
    # Compiled when first used: importing the schemas has to stay cheap.
    return re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?[?~%]?")


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    if month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - timedelta(days=1)


def _unit_bounds(text: str) -> tuple[date, date]:
    match = _unit().fullmatch(text)
    if match is None:
        raise ValueError("not a date in EDTF: use 2025-07-21, 2025-07, 2025, or two with a slash")
    year = int(match[1])
    month, day = (int(part) if part else None for part in match.group(2, 3))
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), last_day(year, month)
    return date(year, month, day), date(year, month, day)


def bounds(edtf: str) -> tuple[date | None, date | None]:
    """The first and the last day that `edtf` covers, both included; None for an open end.

    Qualifiers don't widen it. Raises ValueError for what isn't EDTF of the kind above, for a day
    that doesn't exist, and for an interval that ends before it starts.
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        return _unit_bounds(first)
    start = None if first == OPEN else _unit_bounds(first)[0]
    end = None if last == OPEN else _unit_bounds(last)[1]
    if start is None and end is None:
        raise ValueError("an interval needs one end at least")
    if start is not None and end is not None and end < start:
        raise ValueError("the interval ends before it starts")
    return start, end
