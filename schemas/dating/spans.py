"""Stretches of the calendar, and dates that leave something out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from summarizer.schemas.dating.edtf import OPEN, last_day
from summarizer.schemas.vocabularies import DateBasis, DatePrecision


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to `last`, both included; None is an open end."""

    first: date | None
    last: date | None
    precision: DatePrecision
    basis: DateBasis = DateBasis.RELATIVE_TO_PUBLICATION
    approximate: bool = False

    def edtf(self) -> str:
        """The span in EDTF, no more exact than its precision."""
        first, last = self._unit(self.first), self._unit(self.last)
        return first if first == last else f"{first}/{last}"

    def _unit(self, day: date | None) -> str:
        if day is None:
            return OPEN
        length = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7}.get(self.precision, 10)
        return day.isoformat()[:length] + ("~" if self.approximate else "")


@dataclass(frozen=True, slots=True)
class Parts:
    """A date as far as it is given: a year, a month, a day, or several of them."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    basis: DateBasis = DateBasis.EXPLICIT

    @property
    def precision(self) -> DatePrecision:
        """The smallest unit that is given."""
        if self.day is not None:
            return DatePrecision.DAY
        return DatePrecision.YEAR if self.month is None else DatePrecision.MONTH

    def span(self, published: date | None) -> Span | None:
        """The days meant, in the year nearest to publication where none is given.

        None where that can't be told, and where there is no such day or it is another weekday.
        """
        if self.year is not None:
            days = self._days(self.year)
            basis = self.basis
        elif published is not None:
            around = (published.year - 1, published.year, published.year + 1)
            there = [days for year in around if (days := self._days(year))]
            # Of two equally near, `min` takes the first: the earlier.
            days = min(there, key=lambda days: self._distance(days[0], published), default=None)
            basis = DateBasis.RELATIVE_TO_PUBLICATION
        else:
            return None
        if days is None or (self.weekday is not None and days[0].weekday() != self.weekday):
            return None
        return Span(*days, self.precision, basis)

    def _days(self, year: int) -> tuple[date, date] | None:
        if self.month is None:
            if self.day is not None:
                return None
            return date(year, 1, 1), date(year, 12, 31)
        end = last_day(year, self.month)
        if self.day is None:
            return date(year, self.month, 1), end
        if self.day > end.day:
            return None
        return date(year, self.month, self.day), date(year, self.month, self.day)

    def _distance(self, day: date, published: date) -> int:
        if self.day is not None:
            return abs((day - published).days)
        return abs((day.year - published.year) * 12 + day.month - published.month)
