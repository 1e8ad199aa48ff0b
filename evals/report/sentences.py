"""An article, with what the gold and the runs cite of it marked in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from summarizer.view.clean import clean, shorten
from summarizer.view.markup import Html, el, join

if TYPE_CHECKING:
    from summarizer.evals.report.sheets import Reading, Sheet, Side
    from summarizer.view.outline import Sentence

BACKLINK = 40
"""Characters of an item's name in the links below a sentence."""


def letter(side: Side, sheet: Sheet) -> str:
    """What marks a side: G for the gold, P for one run, A and B for two."""
    if side is sheet.gold:
        return "G"
    return side.key.upper() if sheet.compared else "P"


def mark(side: Side, sheet: Sheet, **attributes: str) -> Html:
    """The letter of a side, in its colour."""
    return el("span", {"class": f"rp-k rp-k{side.key}", **attributes}, letter(side, sheet))


def whose(sheet: Sheet, reading: Reading) -> list[str]:
    """Of two runs, the mark of the one that something is told of."""
    return [mark(reading.side, sheet), " "] if sheet.compared else []


def article(sheet: Sheet) -> Html:
    """The article as numbered sentences, each with links to the items that rest on it."""
    shown = sheet.gold.shown
    resting, names = _resting(sheet), _names(sheet)
    entries = [
        _sentence(sentence, span, sheet, resting.get(sentence.number, {}), names)
        for sentence, span in zip(shown.sentences, sheet.document.article.sentences, strict=True)
    ]
    byline = " · ".join(shown.byline)
    return join(
        [
            el("h4", {"class": "rp-title", "dir": "auto"}, shown.title or "Article"),
            el("p", {"class": "sv-byline", "dir": "auto"}, byline) if byline else Html(),
            el("ol", {"class": "sv-sentences"}, *entries),
        ]
    )


def _resting(sheet: Sheet) -> dict[int, dict[str, list[Side]]]:
    """For each sentence the ids of the items that rest on it, with the sides that say so."""
    found: dict[int, dict[str, list[Side]]] = {}
    for side, anchors in _anchors(sheet):
        for path, anchor in anchors.items():
            for number in side.cited(path):
                found.setdefault(number, {}).setdefault(anchor, []).append(side)
    return found


def _anchors(sheet: Sheet) -> Iterator[tuple[Side, dict[str, str]]]:
    """The ids of the cards that the items of each side stand in."""
    yield sheet.gold, {path: sheet.anchor(path) for path in sheet.gold.things}
    for reading in sheet.readings:
        side = reading.side
        own = {path: side.parts.anchor(path) for path in side.things}
        own |= {pair.predicted.path: sheet.anchor(path) for path, pair in reading.pairs.items()}
        yield side, own


def _names(sheet: Sheet) -> dict[str, str]:
    """What the items are called, by their own ids."""
    items = {
        side.parts.anchor(path): side.item(path) for side in sheet.sides for path in side.things
    }
    return {
        anchor: f"{item.number} {item.name}" if item else "the record"
        for anchor, item in items.items()
    }


def _sentence(
    sentence: Sentence,
    span: tuple[int, int],
    sheet: Sheet,
    resting: dict[str, list[Side]],
    names: dict[str, str],
) -> Html:
    number = sentence.number
    citing = [side for side in sheet.sides if any(side in sides for sides in resting.values())]
    marks = [mark(side, sheet, id=side.parts.id(f"s{number}")) for side in citing]
    links = [_link(sheet, anchor, sides, names[anchor]) for anchor, sides in resting.items()]
    spoken = el("span", {"class": "sv-spoken"}, "Items that rest on this sentence: ")
    backs = el("span", {"class": "sv-backs"}, spoken, *links)
    classes = ["sv-s", "sv-cited" * bool(links), "sv-opens" * sentence.opens_paragraph]
    return el(
        "li",
        {"class": " ".join(filter(None, classes)), "id": f"{sheet.prefix}s{number}"},
        el("span", {"class": "sv-n"}, str(number), *marks),
        el(
            "div",
            None,
            el("span", {"class": "sv-text", "dir": "auto"}, *_marked(span, sheet)),
            backs if links else Html(),
        ),
    )


def _link(sheet: Sheet, anchor: str, sides: Sequence[Side], name: str) -> Html:
    marks = [mark(side, sheet) for side in sides]
    said = shorten(name, BACKLINK)
    return el("a", {"class": "sv-back", "href": f"#{anchor}", "dir": "auto"}, *marks, " ", said)


def _marked(span: tuple[int, int], sheet: Sheet) -> Iterator[str]:
    """The text of a sentence, underlined where the sides cite it."""
    start, end = span
    text = sheet.document.article.text
    cited = [(side, _within(side.spans, start, end)) for side in sheet.sides]
    cuts = sorted({start, end, *(cut for _, spans in cited for one in spans for cut in one)})
    for left, right in pairwise(cuts):
        piece = text[left:right]
        said: str = clean(piece)
        # Spaces at an edge stand between the pieces.
        said = " " * piece[:1].isspace() + said + " " * piece[-1:].isspace()
        for side, spans in cited:
            if any(a <= left and right <= b for a, b in spans):
                said = el("span", {"class": f"rp-u{side.key}"}, said)
        yield said


def _within(spans: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """The parts of spans that lie in a stretch of the text."""
    return [(max(a, start), min(b, end)) for a, b in spans if a < end and start < b]
