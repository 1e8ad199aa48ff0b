"""Names as they stand in an article: their normal form, where they occur, which there are."""

from __future__ import annotations

from summarizer.names.adjectives import adjective_of
from summarizer.names.capitals import MOST_CANDIDATES, candidates, standing_names
from summarizer.names.index import NameIndex
from summarizer.names.normal import normal_form
from summarizer.names.titles import without_title

__all__ = [
    "MOST_CANDIDATES",
    "NameIndex",
    "adjective_of",
    "candidates",
    "normal_form",
    "standing_names",
    "without_title",
]
