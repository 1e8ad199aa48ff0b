"""How two runs compare: ΔF with its interval, section by section, and item by item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from summarizer.evals.report.figures import difference_drawn, drawn, reach_of
from summarizer.evals.report.tables import Cell, Column, table
from summarizer.evals.rows import differences
from summarizer.evals.wording import (
    ITEMS_F,
    NOTHING,
    SLOT_F,
    chance,
    difference,
    estimated,
    many,
    rounded,
    signed,
    smallest,
)
from summarizer.view.clean import shorten
from summarizer.view.markup import Html, el, join

if TYPE_CHECKING:
    from summarizer.evals.comparing import CompareReport, Delta, ItemChange
    from summarizer.evals.report.sheets import Sheet

NAME = 90
"""Characters of an item's name in the lists of changes."""
SIGNS = {"found": "+", "better": "↑", "worse": "↓", "lost": "−"}


def verdict(report: CompareReport) -> Html:
    """What the comparison comes to, in a sentence, drawn beneath."""
    overall = report.overall
    if overall.delta is None or overall.p is None:
        said = "There is nothing to compare: neither run nor gold has anything."
    elif overall.p < 0.05:
        way = "better" if overall.delta > 0 else "worse"
        said = f"B is {way} than A, by more than chance alone would do (p {chance(overall.p)})."
    else:
        said = f"That A and B differ may well be chance (p {chance(overall.p)})."
    notes = [f"ΔF is B − A, with its 95 % interval, over {many(overall.n, 'document')}."]
    if overall.detectable is not None:
        notes.append(smallest(overall.detectable))
    return el(
        "section",
        {"class": "rp-figures"},
        el("h2", None, "B against A"),
        el("p", {"class": "rp-said"}, said),
        el(
            "dl",
            {"class": "rp-grid rp-thirds"},
            *_figure(SLOT_F, overall),
            *_figure(ITEMS_F, report.items),
        ),
        el("p", {"class": "rp-note"}, " ".join(notes)),
    )


def sections(report: CompareReport) -> Html:
    """All sections, the items, and each section, in a table."""
    deltas = [*differences(report)]
    reach = reach_of(row.delta for row in deltas)
    columns = [
        Column("section", number=False), Column("A"), Column("B"), Column("ΔF", drawn=True),
        Column("p"),
    ]  # fmt: skip
    rows = [
        [
            Cell(name.replace("_", " ")),
            Cell(estimated(each.baseline), each.baseline.score),
            Cell(estimated(each.candidate), each.candidate.score),
            Cell(join([difference_drawn(each, reach), " ", difference(each)]), each.delta),
            Cell(chance(p), p),
        ]
        for name, each, p in deltas
    ]
    note = (
        f"ΔF is drawn from −{reach:.1f} to +{reach:.1f}. p is by exchanging documents; of sections "
        "it is by Holm over all of them."
    )
    return join(
        [table("Sections", columns, rows, "rp-deltas"), el("p", {"class": "rp-note"}, note)]
    )


def changes(report: CompareReport, sheets: Sequence[Sheet]) -> Html:
    """Gold items that one run tells better than the other, each a link to it."""
    first: dict[str, Sheet] = {}
    for sheet in sheets:
        gold = sheet.document.gold
        first.setdefault(f"{gold.split}/{gold.id}", sheet)
    one, other = report.spurious
    lists = [
        _list("Gains", [each for each in report.changes if each.candidate > each.baseline], first),
        _list("Losses", [each for each in report.changes if each.candidate < each.baseline], first),
    ]
    return el(
        "section",
        {"class": "rp-changes"},
        el("h2", None, "Items of the gold"),
        el("div", {"class": "rp-two"}, *lists),
        el("p", {"class": "rp-note"}, f"Spurious items: {one:,g} in A, {other:,g} in B."),
    )


def _figure(name: str, delta: Delta) -> Iterator[Html]:
    told_delta = signed(delta.delta) if delta.delta is not None else NOTHING
    reach = reach_of([delta])
    span = f"drawn from −{reach:.1f} to +{reach:.1f}"
    p = f", p {chance(delta.p)}" if delta.p is not None else ""
    yield el(
        "div", None,
        el("dt", None, f"Δ {name}"),
        el(
            "dd", None,
            el("strong", None, told_delta), difference_drawn(delta, reach),
            el("span", {"class": "rp-note"}, f"{difference(delta)}{p}; {span}"),
        ),
    )  # fmt: skip
    for letter, each in (("A", delta.baseline), ("B", delta.candidate)):
        yield el(
            "div", None,
            el("dt", None, f"{name}, {letter}"),
            el(
                "dd", None,
                el("strong", None, rounded(each.score)), drawn(each),
                el("span", {"class": "rp-note"}, estimated(each)),
            ),
        )  # fmt: skip


def _list(title: str, found: Sequence[ItemChange], first: Mapping[str, Sheet]) -> Html:
    columns = [
        Column("item", number=False), Column("document", number=False),
        Column("change", number=False), Column("A"), Column("B"),
    ]  # fmt: skip
    rows = [_change(each, first[each.document]) for each in found]
    return table(f"{title} ({len(found):,})", columns, rows, "rp-list")


def _change(change: ItemChange, sheet: Sheet) -> list[Cell]:
    item = sheet.gold.item(change.pointer)
    name = shorten(f"{item.number} {item.name}", NAME) if item else "what stands at the top"
    link = el("a", {"href": f"#{sheet.anchor(change.pointer)}", "dir": "auto"}, name)
    section = change.section.replace("_", " ")
    return [
        Cell(join([link, " ", el("span", {"class": "rp-note"}, section)])),
        Cell(el("a", {"href": f"#{sheet.prefix}top"}, change.document)),
        Cell(f"{SIGNS[change.change]} {change.change}"),
        Cell(rounded(change.baseline), change.baseline),
        Cell(rounded(change.candidate), change.candidate),
    ]
