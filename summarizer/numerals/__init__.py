"""Numbers as they stand in a text: what they are worth, in digits or in words, and of what."""

from __future__ import annotations

from summarizer.numerals.lexicon import LANGUAGES
from summarizer.numerals.number import Bound, Number, Sort
from summarizer.numerals.qualifiers import bound_of
from summarizer.numerals.reader import read, values
from summarizer.numerals.units import MONEY, TIME, unit_of

__all__ = [
    "LANGUAGES",
    "MONEY",
    "TIME",
    "Bound",
    "Number",
    "Sort",
    "bound_of",
    "read",
    "unit_of",
    "values",
]
