"""What a run comes to: figures, sections, fields, errors by cause, failed documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from summarizer.evals import rows
from summarizer.evals.causes import Cause
from summarizer.evals.report.figures import drawn
from summarizer.evals.report.tables import Cell, Column, table
from summarizer.evals.report.wording import MEANINGS, SIGNS
from summarizer.evals.wording import (
    EVIDENCE_F,
    GROUNDED_F,
    ITEMS_F,
    KEY,
    NOTHING,
    SLOT_F,
    estimated,
    many,
    rounded,
)
from summarizer.view.clean import clean
from summarizer.view.markup import Html, el, join

if TYPE_CHECKING:
    from summarizer.evals.aggregation import FieldScores
    from summarizer.evals.estimates import Estimate
    from summarizer.evals.judgement import Judgement
    from summarizer.evals.report.sheets import Sheet


def figures(judgement: Judgement) -> Html:
    """The figures of the whole run, each with its interval."""
    overall, agreed = judgement.scores.overall, judgement.agreement
    own = agreed.overall if agreed else None
    entries = [
        _figure(SLOT_F, overall.value.f, own.value.score if own else None),
        _figure(ITEMS_F, overall.items.f, own.items.score if own else None),
        _figure(EVIDENCE_F, overall.receipts.f, own.receipts.score if own else None),
        _figure(GROUNDED_F, overall.grounded.f),
        _figure("slot precision", overall.value.precision),
        _figure("slot recall", overall.value.recall),
    ]
    return el(
        "section",
        {"class": "rp-figures"},
        el("h2", None, "Scores"),
        el("dl", {"class": "rp-grid"}, *entries),
        _key(judgement),
        el("dl", {"class": "rp-facts"}, *_facts(rows.details(judgement))),
    )


def sections(judgement: Judgement) -> Html:
    """The sections, in a table."""
    columns = [
        Column("section", number=False), Column(SLOT_F, drawn=True), Column("precision"),
        Column("recall"), Column(ITEMS_F), Column(EVIDENCE_F), Column(GROUNDED_F),
        Column("annotators agree"),
    ]  # fmt: skip
    found = [
        [
            Cell(_named(row.name)),
            *_scores(row.scores, row.agreed),
            *(
                Cell(rounded(each.score), each.score)
                for each in (row.scores.items.f, row.scores.receipts.f, row.scores.grounded.f)
            ),
            Cell(rounded(row.agreed), row.agreed),
        ]
        for row in rows.sections(judgement)
    ]
    return table("Sections", columns, found)


def fields(judgement: Judgement) -> Html:
    """The fields, in a table, with what became of their values."""
    columns = [
        Column("field", number=False), Column(SLOT_F, drawn=True), Column("precision"),
        Column("recall"), Column("annotators agree"), Column("correct"), Column("partial"),
        Column("incorrect"), Column("missing"), Column("spurious"),
    ]  # fmt: skip
    found = []
    for row in rows.fields(judgement):
        muc = row.scores.muc
        counts = (muc.correct, muc.partial, muc.incorrect, muc.missing, muc.spurious)
        found.append(
            [
                Cell(_named(row.name)),
                *_scores(row.scores, row.agreed),
                Cell(rounded(row.agreed), row.agreed),
                *(Cell(str(count)) for count in counts),
            ]
        )
    return table("Fields", columns, found)


def errors(judgement: Judgement) -> Html:
    """What went wrong, by cause."""
    columns = [
        Column("cause", number=False), Column("of", number=False),
        Column("verdict", number=False), Column("count"), Column("where", number=False),
        Column("what it means", number=False),
    ]  # fmt: skip
    found = []
    for row in rows.errors(judgement):
        most = islice(row.sections.items(), 3)
        found.append(
            [
                Cell(_named(row.cause)),
                Cell(row.level),
                Cell(f"{SIGNS.get(row.verdict, '')} {row.verdict}"),
                Cell(f"{row.times:,}", row.times),
                Cell(", ".join(f"{_named(section)} {n}" for section, n in most)),
                Cell(MEANINGS[Cause(row.cause)]),
            ]
        )
    return table("Errors by cause", columns, found, "rp-errors")


def failed(judgement: Judgement, sheets: Sequence[Sheet]) -> Html:
    """The documents without a record, each with why."""
    if not judgement.failed:
        return Html()
    anchors: dict[str, list[str]] = {}
    for sheet in sheets:
        gold = sheet.document.gold
        anchors.setdefault(f"{gold.split}/{gold.id}", []).append(f"{sheet.prefix}top")
    entries = []
    for each in judgement.failed:
        why = f"{each.error.type}: {each.error.message}" if each.error else "not run"
        named = each.document if judgement.repeats == 1 else f"{each.document} #{each.repeat}"
        target = anchors[each.document][each.repeat - 1]
        link = el("a", {"href": f"#{target}"}, named)
        entries.append(el("li", None, link, " ", el("span", {"dir": "auto"}, clean(why))))
    count = many(len(judgement.failed), "document")
    return el(
        "section",
        {"class": "rp-failures"},
        el("h2", None, f"Failed: {count} without a record, which count as empty"),
        el("ul", None, *entries),
    )


def _figure(name: str, estimate: Estimate, agreed: float | None = None) -> Html:
    beside = f"annotators {rounded(agreed)}" if agreed is not None else ""
    return el(
        "div",
        None,
        el("dt", None, name),
        el(
            "dd", None,
            el("strong", None, rounded(estimate.score)), drawn(estimate, agreed),
            el("span", {"class": "rp-note"}, estimated(estimate)),
            el("span", {"class": "rp-note rp-agreeing"}, beside) if beside else Html(),
        ),
    )  # fmt: skip


def _scores(scores: FieldScores, agreed: float | None) -> Iterator[Cell]:
    value = scores.value
    figure = join([drawn(value.f, agreed), " ", estimated(value.f)])
    yield Cell(figure, value.f.score)
    for each in (value.precision, value.recall):
        yield Cell(rounded(each.score), each.score)


def _key(judgement: Judgement) -> Html:
    agreed = judgement.agreement
    parts = [f"Figures are {KEY} Drawn from 0 to 1: "]
    parts += [el("span", {"class": "rp-key rp-key-point"}), " score, "]
    parts += [el("span", {"class": "rp-key rp-key-range"}), " interval"]
    if agreed:
        parts += [", ", el("span", {"class": "rp-key rp-key-agreed"})]
        parts.append(f" agreement of the annotators ({rows.agreeing(agreed)})")
    return el("p", {"class": "rp-note"}, *parts, ".")


def _facts(facts: Iterable[tuple[str, str]]) -> Iterator[Html]:
    for name, said in facts:
        yield el("div", None, el("dt", None, name), el("dd", {"dir": "auto"}, said or NOTHING))


def _named(name: str) -> str:
    return name.replace("_", " ").replace(".", " › ")
