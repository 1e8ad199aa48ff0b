"""From a document to the rows of its tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from summarizer.export.cells import Path, at, cell
from summarizer.export.documents import Document
from summarizer.export.fixed import document_row, evidence_row, issue_rows
from summarizer.export.layout import Layout, Sheet
from summarizer.export.tables import DOCUMENT_ID, EVIDENCE, ISSUES, Row
from summarizer.results import pointer

Rows = Iterator[tuple[str, Row]]
"""Rows, each after the name of its table."""


def rows(layout: Layout, document: Document) -> Rows:
    """All the rows of a document; of one that failed, the one in `documents`."""
    row = document_row(document)
    if document.result is None:
        yield layout.root.table.name, row
        return
    walk = _Walk(layout, document.id, document.result.summary)
    yield from walk.item(layout.root, document.result.summary, document.id, "", row)
    for issue in issue_rows(document.id, document.result.issues, walk.places):
        yield ISSUES, issue


class _Walk:
    """One walk over a record. `places` has table and key of each row, by its JSON Pointer."""

    def __init__(self, layout: Layout, document: str, summary: BaseModel) -> None:
        self.places: dict[str, tuple[str, str]] = {}
        self._root = layout.root
        self._document = document
        self._known: dict[tuple[str, str], tuple[str, str]] = {}
        for path, sheet in layout.root.children:
            for number, item in enumerate(at(summary, path) or (), 1):
                self._learn(path, sheet, item, number)

    def key(self, section: str, reference: str) -> str | None:
        """The key of the item that a reference stands for."""
        found = self._known.get((section, reference))
        return found[0] if found else None

    def name(self, section: str, reference: str) -> str:
        """What the item is called that a reference stands for; else what it says."""
        found = self._known.get((section, reference))
        return found[1] if found else reference

    def item(self, sheet: Sheet, item: BaseModel, key: str, place: str, head: Row) -> Rows:
        """The row of an item, after which come those that belong to it."""
        self.places[place] = sheet.table.name, key
        cells = {f.column.name: f.made(at(item, f.path), self) for f in sheet.fields}
        yield sheet.table.name, {**head, **cells}
        yield from self._receipts(sheet, item, key)
        yield from self._links(sheet, item, key)
        yield from self._values(sheet, item, key)
        for path, inner in sheet.children:
            for number, entry in enumerate(at(item, path) or (), 1):
                own = self._own_key(key, sheet, path, inner, entry, number)
                first: Row = {inner.key: own, DOCUMENT_ID: self._document, "position": number}
                if inner.shared:
                    first |= {"item_table": sheet.table.name, "item_id": key}
                yield from self.item(inner, entry, own, place + pointer(*path, number - 1), first)

    def _receipts(self, sheet: Sheet, item: BaseModel, key: str) -> Rows:
        for path in sheet.receipts:
            for number, receipt in enumerate(at(item, path) or (), 1):
                row = evidence_row(self._part(sheet, key, path, number), self._document, receipt)
                owner: Row = {"item_table": sheet.table.name, "item_id": key, "position": number}
                yield EVIDENCE, {**row, **owner}

    def _links(self, sheet: Sheet, item: BaseModel, key: str) -> Rows:
        for links in sheet.links:
            own, other = (column.name for column in links.table.columns[:2])
            for path in links.paths:
                for number, reference in enumerate(_listed(at(item, path)), 1):
                    found = self.key(links.section, reference)
                    if found is not None:
                        yield (
                            links.table.name,
                            {
                                own: key,
                                other: found,
                                DOCUMENT_ID: self._document,
                                "role": "_".join(path),
                                "position": number,
                            },
                        )

    def _values(self, sheet: Sheet, item: BaseModel, key: str) -> Rows:
        for values in sheet.values:
            for number, value in enumerate(at(item, values.path) or (), 1):
                said = value if values.section is None else self.name(values.section, value)
                yield (
                    values.table.name,
                    {
                        sheet.key: key,
                        DOCUMENT_ID: self._document,
                        "position": number,
                        "value": cell(said, values.type),
                    },
                )

    def _learn(self, path: Path, sheet: Sheet, item: BaseModel, number: int) -> None:
        key = self._own_key(self._document, self._root, path, sheet, item, number)
        names = [at(item, (slot.name,)) for slot in sheet.node.names]
        name = next((first for value in names for first in _listed(value)), None)
        given = _given_id(item)
        reference = given or name
        if reference is not None:
            self._known.setdefault((path[0], reference), (key, name or reference))

    def _own_key(
        self, above: str, sheet: Sheet, path: Path, inner: Sheet, entry: BaseModel, number: int
    ) -> str:
        given = _given_id(entry) if sheet is self._root else None
        return f"{self._document}:{given}" if given else self._part(sheet, above, path, number)

    def _part(self, sheet: Sheet, key: str, path: Path, number: int) -> str:
        """The key of one entry of a list in an item."""
        between = ":" if sheet is self._root else "/"
        return f"{key}{between}{'/'.join(path)}/{number}"


def _given_id(item: BaseModel) -> str | None:
    """The id that code has given to an item, and that references hold."""
    given = getattr(item, "id", None) if hasattr(item, "id_prefix") else None
    return given if isinstance(given, str) else None


def _listed(value: Any) -> Iterator[str]:
    """What refers from a field: one, or a list of them, or none."""
    if isinstance(value, str):
        yield value
    else:
        yield from value or ()
