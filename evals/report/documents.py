"""A document of a page: folded up, with its F; unfolded, its items beside its article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from summarizer.evals.report.figures import score_drawn
from summarizer.evals.report.items import items
from summarizer.evals.report.sentences import article, letter, mark, whose
from summarizer.evals.report.tables import Cell, Column, table
from summarizer.evals.wording import NOTHING, SLOT_F, many, rounded, signed
from summarizer.view.clean import clean
from summarizer.view.markup import Html, el, join

if TYPE_CHECKING:
    from summarizer.evals.report.sheets import Reading, Sheet


def unfolding(sheets: Sequence[Sheet]) -> Html:
    """All documents, each folded up."""
    return el(
        "section",
        {"class": "rp-documents", "id": "documents"},
        el("h2", None, "Documents"),
        _legend(sheets[0]),
        *map(_document, sheets),
    )


def overview(sheets: Sequence[Sheet]) -> Html:
    """A table of the documents, each a link to it."""
    first = sheets[0]
    several = first.compared
    columns = [Column("document", number=False)]
    for reading in first.readings:
        of = f" {letter(reading.side, first)}" if several else ""
        columns += [
            Column(f"{SLOT_F}{of}", drawn=True), Column(f"found{of}"), Column(f"spurious{of}"),
        ]  # fmt: skip
    columns += [Column("ΔF")] if several else [Column("of gold"), Column("seconds")]
    rows = [_overview(sheet, columns) for sheet in sheets]
    return table("Documents", columns, rows, "rp-overview")


def _issues(sheet: Sheet, reading: Reading) -> Html:
    """What code set aside, moved or doubted in a record, folded up."""
    told = reading.prediction.issues if reading.prediction else []
    if not told:
        return Html()
    entries = [el("li", {"dir": "auto"}, _issue(each)) for each in told]
    return el(
        "details",
        {"class": "rp-issues"},
        el("summary", None, *whose(sheet, reading), many(len(told), "issue"), " that code found"),
        el("ul", None, *entries),
    )


def _issue(issue: dict[str, Any]) -> str:
    kind, path, message = (clean(str(issue.get(key) or "")) for key in ("kind", "path", "message"))
    return " ".join(filter(None, (kind.replace("_", " "), path and f"({path})"))) + f": {message}"


def _overview(sheet: Sheet, columns: Sequence[Column]) -> list[Cell]:
    cells = [Cell(el("a", {"href": f"#{sheet.prefix}top"}, sheet.name))]
    for reading in sheet.readings:
        found, spurious = _found(reading)
        drawn = join([score_drawn(reading.f), " ", rounded(reading.f)])
        cells += [Cell(drawn, reading.f), Cell(str(found)), Cell(str(spurious))]
    first, last = sheet.readings[0], sheet.readings[-1]
    if columns[-1].label == "seconds":
        timed = (first.prediction.usage.seconds or None) if first.prediction else None
        spent = NOTHING if timed is None else f"{timed:,.0f}"
        return [*cells, Cell(str(_of_gold(first))), Cell(spent, timed)]
    # Of two runs, one may have more repeats.
    cells += [Cell(NOTHING)] * (len(columns) - 1 - len(cells))
    if first is last or first.f is None or last.f is None:
        return [*cells, Cell(NOTHING)]
    return [*cells, Cell(signed(last.f - first.f), last.f - first.f)]


def _found(reading: Reading) -> tuple[int, int]:
    """How many gold items were found, and how many predicted ones are spurious."""
    counts = [section.items for section in reading.score.sections.values()]
    aligned = sum(each.aligned for each in counts)
    return aligned, sum(each.predicted for each in counts) - aligned


def _of_gold(reading: Reading) -> int:
    return sum(section.items.gold for section in reading.score.sections.values())


def _document(sheet: Sheet) -> Html:
    title = sheet.gold.shown.title
    anchor = f"{sheet.prefix}article"
    return el(
        "details",
        {"class": "rp-document", "id": f"{sheet.prefix}top", "data-prefix": sheet.prefix},
        el(
            "summary",
            None,
            el("h3", None, sheet.name),
            el("span", {"class": "rp-title", "dir": "auto"}, title),
            *(_summed(sheet, reading) for reading in sheet.readings),
        ),
        el(
            "div",
            {"class": "rp-beside"},
            el(
                "div",
                {"class": "rp-items"},
                el("p", {"class": "rp-jump"}, el("a", {"href": f"#{anchor}"}, "To the article")),
                *_failures(sheet),
                *(_issues(sheet, reading) for reading in sheet.readings),
                items(sheet),
            ),
            el(
                "div",
                {
                    "class": "rp-article",
                    "id": anchor,
                    "role": "region",
                    "aria-label": f"Article {sheet.name}",
                    "tabindex": "0",
                },
                article(sheet),
            ),
        ),
    )


def _summed(sheet: Sheet, reading: Reading) -> Html:
    found, spurious = _found(reading)
    failed = reading.score.failed
    told = "failed" if failed else f"{found} of {_of_gold(reading)} found, {spurious} spurious"
    return el(
        "span",
        {"class": "rp-summed rp-failed" if failed else "rp-summed"},
        *whose(sheet, reading),
        score_drawn(reading.f),
        f" {SLOT_F} {rounded(reading.f)} · {told}",
    )


def _failures(sheet: Sheet) -> Iterable[Html]:
    for reading in sheet.readings:
        if reading.score.failed:
            error = reading.failure
            why = f"{error.type}: {error.message}" if error else "The run never came to it."
            said = [*whose(sheet, reading), "✕ No record. ", clean(why)]
            yield el("p", {"class": "rp-error", "dir": "auto"}, *said)


def _legend(sheet: Sheet) -> Html:
    entries = [
        el("li", None, mark(side, sheet), " ", el("span", {"class": f"rp-u{side.key}"}, said))
        for side, said in zip(sheet.sides, _cited_by(sheet), strict=True)
    ]
    note = "Choose an item to light up its sentences, or a sentence to light up its items."
    return el(
        "div",
        {"class": "rp-legend"},
        el("ul", None, *entries),
        el("p", {"class": "rp-live-only"}, note),
    )


def _cited_by(sheet: Sheet) -> list[str]:
    if not sheet.compared:
        return ["cited by the gold", "cited by the run"]
    runs = (f"cited by run {letter(reading.side, sheet)}" for reading in sheet.readings)
    return ["cited by the gold", *runs]
