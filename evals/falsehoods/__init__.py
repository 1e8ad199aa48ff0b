"""False items, made of items that are right: what a check has to catch.

The lists of words in here are read by nobody who writes a check.
"""

from __future__ import annotations

from summarizer.evals.falsehoods.generate import KINDS, Falsehood, falsehoods
from summarizer.evals.falsehoods.items import supported

__all__ = ["KINDS", "Falsehood", "falsehoods", "supported"]
