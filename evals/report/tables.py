"""Tables that a script can sort, and that fold into cards where the window is narrow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summarizer.view.markup import Html, el


@dataclass(frozen=True)
class Column:
    """A column; `number` is one that holds numbers, largest first when it is sorted by, and
    `drawn` one in which they are drawn, too."""

    label: str
    number: bool = True
    drawn: bool = False

    @property
    def name(self) -> str | None:
        """Its class."""
        kinds = ["rp-number"] * self.number + ["rp-barred"] * self.drawn
        return " ".join(kinds) or None


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, and the number that it is sorted by where that isn't its text."""

    content: str
    value: float | None = None


def table(
    caption: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], name: str = ""
) -> Html:
    """A table; the first cell of a row heads it. `name` is a class of its own."""
    heads = [el("th", {"scope": "col", "class": each.name}, each.label) for each in columns]
    body = [el("tr", None, *_row(columns, row)) for row in rows]
    return el(
        "table",
        {"class": f"rp-table {name}".strip()},
        el("caption", None, caption),
        el("thead", None, el("tr", None, *heads)),
        el("tbody", None, *body),
    )


def _row(columns: Sequence[Column], cells: Sequence[Cell]) -> Iterable[Html]:
    for number, (column, cell) in enumerate(zip(columns, cells, strict=True)):
        value = None if cell.value is None else f"{cell.value:.6g}"
        if number == 0:
            yield el("th", {"scope": "row", "data-v": value}, cell.content)
        else:
            given = {
                "class": column.name,
                "data-l": column.label,
                "data-v": value,
            }
            yield el("td", given, cell.content)
