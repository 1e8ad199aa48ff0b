"""The items of a document as cards: what was aligned, what is missing, what is spurious and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from summarizer.evals.diagnosis import Verdict
from summarizer.evals.report.rows import Row, rows
from summarizer.evals.report.sentences import letter, mark, whose
from summarizer.evals.report.wording import MEANINGS, SIGNS
from summarizer.evals.wording import rounded
from summarizer.schemas import Evidence
from summarizer.view.declared import label, words
from summarizer.view.markup import Html, el, join
from summarizer.view.values import Receipt, number

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from summarizer.evals.diagnosis import Finding
    from summarizer.evals.diagnosis import Side as Told
    from summarizer.evals.plan import RecordPlan
    from summarizer.evals.report.rows import Entry
    from summarizer.evals.report.sheets import Reading, Sheet, Side


def items(sheet: Sheet) -> Html:
    """All items of a document: those of the gold section by section, then the others by kind."""
    parts = [
        el(
            "section",
            {"class": "rp-section"},
            el("h4", None, _heading(name), " ", _count(len(things))),
            *(_gold_item(sheet, thing.path) for thing in things),
        )
        for name, things in sheet.gold.sections.items()
        if things
    ]
    if not parts:
        parts.append(el("p", {"class": "sv-none"}, "The gold has nothing here."))
    for reading in sheet.readings:
        parts += _others(sheet, reading)
    return join(parts)


def _gold_item(sheet: Sheet, path: str) -> Html:
    gold, thing = sheet.gold, sheet.gold.things[path]
    found = [path in reading.pairs for reading in sheet.readings]
    if any(found):
        content = join([_head(gold, path), _table(sheet, path, thing.plan)])
    else:
        content = join([_whole(gold, path), *(_absent(sheet, r, path) for r in sheet.readings)])
    known = {
        reading.side.key: reading.pairs[path].predicted.path
        for reading in sheet.readings
        if path in reading.pairs
    }
    cited = {gold.key: gold.cited(path)}
    cited |= {
        reading.side.key: reading.side.cited(known[reading.side.key])
        for reading in sheet.readings
        if reading.side.key in known
    }
    kind = _kind(sheet, path, found)
    # The whole item brings its own id.
    own = sheet.anchor(path) if any(found) or gold.item(path) is None else None
    return el("div", {"class": f"rp-item {kind}", "id": own, **_cites(cited)}, content)


def _kind(sheet: Sheet, path: str, found: Sequence[bool]) -> str:
    """The class of a card: whether all records have the item, some, none, or need not."""
    if any(found):
        return "rp-found" if all(found) else "rp-part"
    missing = (Verdict.MISSING.value, path)
    return "rp-missed" if any(missing in r.lonely for r in sheet.readings) else "rp-spared"


def _cites(cited: dict[str, tuple[int, ...]]) -> dict[str, str]:
    return {f"data-{key}": " ".join(map(str, numbers)) for key, numbers in cited.items() if numbers}


def _whole(side: Side, path: str) -> Html:
    item = side.item(path)
    return side.parts.item(item, "div", numbered=True) if item else _head(side, path)


def _head(side: Side, path: str) -> Html:
    item = side.item(path)
    if item is None:
        return el("p", {"class": "rp-head"}, "What stands at the top of the record")
    return el(
        "p",
        {"class": "rp-head"},
        side.parts.number(item),
        " ",
        el("span", {"class": "sv-lead", "dir": "auto"}, side.parts.spans(item.lead)),
    )


def _absent(sheet: Sheet, reading: Reading, path: str) -> Html:
    """That a gold item has no counterpart in a record, and why."""
    finding = reading.lonely.get((Verdict.MISSING.value, path))
    if finding is None:
        why = "outside of what is read" if reading.excuses(path) else "optional"
        return _verdict_line(sheet, reading, "rp-open", f"not found, and need not be: {why}")
    parts: list[str] = [f"{SIGNS[Verdict.MISSING]} missing · {_cause(finding)}"]
    if finding.predicted is not None:
        parts += [": ", _link(reading.side, finding.predicted)]
    return _verdict_line(sheet, reading, "rp-missing", *parts)


def _verdict_line(sheet: Sheet, reading: Reading, name: str, *parts: str) -> Html:
    return el("p", {"class": f"rp-verdict {name}"}, *whose(sheet, reading), *parts)


def _table(sheet: Sheet, path: str, plan: RecordPlan) -> Html:
    heads = [
        el("th", {"scope": "col"}, "field"),
        el("th", {"scope": "col"}, mark(sheet.gold, sheet), " gold"),
        *(_column(sheet, reading, path) for reading in sheet.readings),
    ]
    body = [_row(sheet, row, plan) for row in rows(path, plan, sheet.readings)]
    return el(
        "table",
        {"class": "rp-values"},
        el("thead", None, el("tr", None, *heads)),
        el("tbody", None, *body),
    )


def _column(sheet: Sheet, reading: Reading, path: str) -> Html:
    """The head of a record's column: its item, how alike it is, or that there is none."""
    pair = reading.pairs.get(path)
    if pair is None:
        return el("th", {"scope": "col"}, _absent(sheet, reading, path))
    side, own = reading.side, pair.predicted.path
    item = side.item(own)
    alike = f"F {rounded(pair.likeness)}" + (", optional" if pair.spared else "")
    link = [side.parts.number(item), " "] if item else []
    return el(
        "th",
        {"scope": "col", "id": side.parts.anchor(own), "class": "rp-own"},
        mark(side, sheet), " ", *link, el("span", {"class": "rp-alike"}, alike),
    )  # fmt: skip


def _row(sheet: Sheet, row: Row, plan: RecordPlan) -> Html:
    declared = _declared(plan, row.field)
    named = label(row.field.rpartition(".")[2], declared)
    above = words(row.field.rpartition(".")[0].replace(".", " "))
    cells = [
        _cell(sheet, reading, entry, declared)
        for reading, entry in zip(sheet.readings, row.entries, strict=True)
    ]
    quiet = all(entry is None or entry.verdict == "correct" for entry in row.entries)
    return el(
        "tr",
        {"class": "rp-right" if quiet else None},
        el("th", {"scope": "row"}, f"{above} {named}".strip()),
        el(
            "td",
            {"data-l": "gold", "class": None if row.gold else "rp-none"},
            _value(sheet.gold, row.gold, declared),
        ),
        *cells,
    )


def _cell(sheet: Sheet, reading: Reading, entry: Entry | None, declared: FieldInfo) -> Html:
    name = letter(reading.side, sheet) if sheet.compared else "predicted"
    if entry is None:
        return el("td", {"data-l": name, "class": "rp-none"}, "")
    sign = SIGNS.get(entry.verdict, "◌")
    said = f"{sign} {entry.verdict}" + (f" · {words(entry.cause)}" if entry.cause else "")
    kind = entry.verdict.replace(" ", "-")
    return el(
        "td",
        {"data-l": name},
        _value(reading.side, entry.predicted, declared),
        " ",
        el("span", {"class": f"rp-verdict rp-{kind}"}, said),
    )


def _value(side: Side, told: Told | None, declared: FieldInfo) -> Html:
    if told is None:
        return Html()
    if isinstance(told.value, Evidence):
        return side.parts.receipts([Receipt(told.value.sentence, told.value.quote)])
    if isinstance(told.value, float) and told.value.is_integer():
        return el("span", None, number(told.value))
    return el("span", {"dir": "auto"}, side.parts.spans(side.speaker.say(told.value, declared)))


def _others(sheet: Sheet, reading: Reading) -> Iterator[Html]:
    """The items of a record that the gold doesn't have, by kind."""
    kinds: dict[str, list[tuple[str, Finding | None]]] = {}
    paired = {pair.predicted.path for pair in reading.pairs.values()}
    for path in reading.side.things:
        if path not in paired:
            finding = reading.lonely.get((Verdict.SPURIOUS.value, path))
            kind = finding.cause.value if finding and finding.cause else ""
            kinds.setdefault(kind, []).append((path, finding))
    meanings = {cause.value: meaning for cause, meaning in MEANINGS.items()}
    for kind in (*meanings, ""):
        entries = kinds.get(kind, [])
        if not entries:
            continue
        title = f"Spurious: {words(kind)}" if kind else "Counts neither way"
        meaning = meanings.get(kind, "A reader of the gold doesn’t care about what it is of.")
        yield el(
            "section",
            {"class": "rp-section rp-others"},
            el("h4", None, *whose(sheet, reading), title, " ", _count(len(entries))),
            el("p", {"class": "rp-note"}, meaning),
            *(_other(sheet, reading.side, path, finding) for path, finding in entries),
        )


def _other(sheet: Sheet, side: Side, path: str, finding: Finding | None) -> Html:
    own = side.parts.anchor(path) if side.item(path) is None else None
    section = path.split("/")[1] if path else "record"
    notes: list[str] = [words(section)]
    if finding is not None and finding.gold is not None:
        notes += [" · compare ", _link(sheet.gold, finding.gold)]
    return el(
        "div",
        {"class": "rp-item rp-extra", "id": own, **_cites({side.key: side.cited(path)})},
        _whole(side, path),
        el("p", {"class": "rp-note"}, *notes),
    )


def _link(side: Side, told: Told) -> Html:
    item = side.item(told.pointer)
    name = f"{item.number} {item.name}" if item else "the record"
    return el("a", {"href": f"#{side.parts.anchor(told.pointer)}", "dir": "auto"}, name)


def _cause(finding: Finding) -> str:
    return words(finding.cause.value) if finding.cause else ""


def _heading(section: str) -> str:
    said = words(section)
    return said[:1].upper() + said[1:]


def _count(n: int) -> Html:
    return el("span", {"class": "sv-count"}, str(n))


def _declared(plan: RecordPlan, path: str) -> FieldInfo:
    """The declaration of the field that a path of names leads to."""
    name, _, rest = path.partition(".")
    inner: Any = next((each.record for each in plan.fields if each.name == name), None)
    return _declared(inner, rest) if rest and inner else plan.model.model_fields[name]
