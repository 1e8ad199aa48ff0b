"""What tables, their rows and their columns are called, each by a name of its own."""

from __future__ import annotations

import re
from collections.abc import Container

from pydantic import BaseModel

from summarizer.export.tables import DOCUMENTS, EVIDENCE, ISSUES

_OURS = {
    "military_activities": ("activities", "activity"),
    "diplomatic_meetings": ("meetings", "meeting"),
    "expert_assessments": ("assessments", "assessment"),
    "claimed_motives": ("motives", "motive"),
    "attribution": ("attributions", "attribution"),
}
"""What is not called by its field and its class: the table, and a row of it."""
_WORD_IN_CLASS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


class Names:
    """The names that tables and rows have so far."""

    def __init__(self) -> None:
        self._tables = {DOCUMENTS, EVIDENCE, ISSUES}
        self._rows = {"document", "evidence", "issue", "item"}

    def table(self, name: str, owner: str) -> str:
        """A name for a table, `name` if it is free."""
        name = free(name, self._tables, owner)
        self._tables.add(name)
        return name

    def items(self, field: str, model: type[BaseModel], owner: str) -> tuple[str, str]:
        """Names for a table of items, and for a row of it: `parties` and `party`."""
        default = field, _WORD_IN_CLASS.sub("_", model.__name__).lower()
        table, row = _OURS.get(field, default)
        row = free(row, self._rows, field)
        self._rows.add(row)
        return self.table(table, owner), row


def free(name: str, taken: Container[str], before: str) -> str:
    """`name`, or where it is taken `before` and the name, until that is not."""
    while name in taken:
        name = f"{before}_{name}"
    return name
