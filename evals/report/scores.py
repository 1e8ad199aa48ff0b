"""What a run comes to: figures, sections, fields, errors by cause, failed documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from summarizer.evals.causes import Cause
from summarizer.evals.report.figures import NOTHING, drawn, rounded, share, told
from summarizer.evals.report.tables import Cell, Column, table
from summarizer.evals.report.wording import MEANINGS, SIGNS, many
from summarizer.view.clean import clean
from summarizer.view.markup import Html, el, join

if TYPE_CHECKING:
    from summarizer.evals.aggregation import FieldScores, GroupScores
    from summarizer.evals.agreement import GroupAgreement
    from summarizer.evals.estimates import Estimate
    from summarizer.evals.judgement import Judgement
    from summarizer.evals.report.sheets import Sheet


def figures(judgement: Judgement) -> Html:
    """The figures of the whole run, each with its interval."""
    overall, agreed = judgement.scores.overall, judgement.agreement
    own = agreed.overall if agreed else None
    entries = [
        _figure("F over slots", overall.value.f, own.value.score if own else None),
        _figure("F over items", overall.items.f, own.items.score if own else None),
        _figure("F over sentences cited", overall.receipts.f, own.receipts.score if own else None),
        _figure("F where a receipt is right, too", overall.grounded.f),
        _figure("precision of slots", overall.value.precision),
        _figure("recall of slots", overall.value.recall),
        _figure("quotes that stand where they say", overall.verbatim),
        _figure("F with the gold’s names for parties found", judgement.oracle_parties),
    ]
    return el(
        "section",
        {"class": "rp-figures"},
        el("h2", None, "Scores"),
        el("dl", {"class": "rp-grid"}, *entries),
        _key(judgement),
        el("dl", {"class": "rp-facts"}, *_facts(_details(judgement))),
    )


def sections(judgement: Judgement) -> Html:
    """The sections, in a table."""
    agreed = judgement.agreement
    groups: dict[str, GroupScores] = {
        "all": judgement.scores.overall,
        **judgement.scores.sections,
    }
    columns = [
        Column("section", number=False), Column("F", drawn=True), Column("precision"),
        Column("recall"), Column("items F"), Column("receipts F"), Column("grounded F"),
        Column("annotators agree"),
    ]  # fmt: skip
    rows = []
    for name, group in groups.items():
        agreement: GroupAgreement | None = None
        if agreed:
            agreement = agreed.overall if name == "all" else agreed.sections.get(name)
        agree = agreement.value.score if agreement else None
        rows.append(
            [
                Cell(_named(name)),
                *_scores(group, agree),
                *(
                    Cell(rounded(each.score), each.score)
                    for each in (group.items.f, group.receipts.f, group.grounded.f)
                ),
                Cell(rounded(agree), agree),
            ]
        )
    return table("Sections", columns, rows)


def fields(judgement: Judgement) -> Html:
    """The fields, in a table, with what became of their values."""
    agreed = judgement.agreement.fields if judgement.agreement else {}
    columns = [
        Column("field", number=False), Column("F", drawn=True), Column("precision"),
        Column("recall"), Column("annotators agree"), Column("correct"), Column("partial"),
        Column("incorrect"), Column("missing"), Column("spurious"),
    ]  # fmt: skip
    rows = []
    for name, field in judgement.scores.fields.items():
        if field.value.f.score is None:
            continue
        agree = agreed[name].score if name in agreed else None
        muc = field.muc
        counts = (muc.correct, muc.partial, muc.incorrect, muc.missing, muc.spurious)
        rows.append(
            [
                Cell(_named(name)),
                *_scores(field, agree),
                Cell(rounded(agree), agree),
                *(Cell(str(count)) for count in counts),
            ]
        )
    return table("Fields", columns, rows)


def errors(judgement: Judgement) -> Html:
    """What went wrong, by cause."""
    counts: Counter[tuple[str, str, str]] = Counter()
    places: dict[tuple[str, str, str], Counter[str]] = {}
    for each in judgement.errors:
        if each.cause is not None:
            key = (each.cause, each.level, each.verdict)
            counts[key] += each.count
            places.setdefault(key, Counter())[each.section] += each.count
    columns = [
        Column("cause", number=False), Column("of", number=False),
        Column("verdict", number=False), Column("count"), Column("where", number=False),
        Column("what it means", number=False),
    ]  # fmt: skip
    rows = []
    for (cause, level, verdict), count in counts.most_common():
        most = places[cause, level, verdict].most_common(3)
        where = ", ".join(f"{_named(section)} {n}" for section, n in most)
        rows.append(
            [
                Cell(_named(cause)),
                Cell(level),
                Cell(f"{SIGNS.get(verdict, '')} {verdict}"),
                Cell(f"{count:,}", count),
                Cell(where),
                Cell(MEANINGS[Cause(cause)]),
            ]
        )
    return table("Errors by cause", columns, rows, "rp-errors")


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
            el("span", {"class": "rp-note"}, told(estimate)),
            el("span", {"class": "rp-note rp-agreeing"}, beside) if beside else Html(),
        ),
    )  # fmt: skip


def _scores(scores: FieldScores, agreed: float | None) -> Iterator[Cell]:
    value = scores.value
    told_f = join([drawn(value.f, agreed), " ", told(value.f)])
    yield Cell(told_f, value.f.score)
    for each in (value.precision, value.recall):
        yield Cell(rounded(each.score), each.score)


def _details(judgement: Judgement) -> Iterator[tuple[str, str]]:
    overall, spent = judgement.scores.overall, judgement.spending
    yield "documents without anything, left empty", share(overall.negatives)
    precision, recall = overall.nulls.precision.score, overall.nulls.recall.score
    yield "null as an answer", f"precision {rounded(precision)}, recall {rounded(recall)}"
    for kind, found in judgement.quoted.items():
        yield f"{kind}s that stand in the sentences cited", share(found)
    yield "receipts that code moved", f"{judgement.moved:,}"
    for threshold, estimate in judgement.thresholds.items():
        yield f"F at threshold {threshold}", told(estimate)
    if judgement.spread is not None:
        yield "standard deviation of F between repeats", f"{judgement.spread:.3f}"
    if judgement.detectable is not None:
        points = 100 * judgement.detectable
        yield "difference that these documents would show", f"about {points:.0f} points of F"
    yield "calls", f"{spent.calls:,}"
    cached = f" ({spent.cached_tokens:,} cached)" if spent.cached_tokens else ""
    yield "tokens read", f"{spent.prompt_tokens:,}{cached}"
    yield "tokens written", f"{spent.completion_tokens:,}"
    made = judgement.documents * judgement.repeats
    yield "seconds", f"{spent.seconds:,.0f}, {spent.seconds / made:,.1f} a document"


def _key(judgement: Judgement) -> Html:
    agreed = judgement.agreement
    parts = ["Figures are F [95 % interval] n, the documents that have a say. Drawn from 0 to 1: "]
    parts += [el("span", {"class": "rp-key rp-key-point"}), " score, "]
    parts += [el("span", {"class": "rp-key rp-key-range"}), " interval"]
    if agreed:
        edition = f", guidelines {agreed.guidelines}" if agreed.guidelines else ""
        kinds = agreed.kinds.replace("_", " ")
        whose = f"{kinds}{edition}, {many(agreed.documents, 'document')}"
        parts += [", ", el("span", {"class": "rp-key rp-key-agreed"})]
        parts.append(f" agreement of the annotators ({whose})")
    return el("p", {"class": "rp-note"}, *parts, ".")


def _facts(facts: Iterable[tuple[str, str]]) -> Iterator[Html]:
    for name, said in facts:
        yield el("div", None, el("dt", None, name), el("dd", {"dir": "auto"}, said or NOTHING))


def _named(name: str) -> str:
    return name.replace("_", " ").replace(".", " › ")
