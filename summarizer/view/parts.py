"""The parts of a page: items with their receipts, and sentences with their items."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.view.clean import shorten
from summarizer.view.declared import Tone
from summarizer.view.markup import Html, el, join
from summarizer.view.outline import Block, Item, Line, Notice, Outline, Sentence
from summarizer.view.values import Link, Receipt, Spans, plain

ORIGINAL_LIMIT = 400
"""Characters shown of what an issue is about."""
BACKLINK_LIMIT = 48
"""Characters of an item's name in a sentence's links."""
PROSE = 60
"""Characters from which on what an item is called is a sentence and no name."""
SEVERITY_SIGNS = {"error": "✕", "warning": "!", "info": "i"}
TONE_SIGNS = {Tone.AGAINST: "✕ ", Tone.OPEN: "◌ ", Tone.PLAIN: ""}


class Parts:
    """Builds the parts of one document; `prefix` keeps its ids apart from another's."""

    def __init__(self, shown: Outline, prefix: str = "", top: int = 1) -> None:
        self._shown = shown
        self._prefix = prefix
        self._top = top
        self._brief = {item.pointer for block in shown.head for item in block.items}
        self._brief.add(shown.heading.pointer)
        self._numbers = {sentence.number for sentence in shown.sentences}
        blocks = (*shown.head, *shown.sections)
        self._there = {item.pointer for block in blocks for item in block.items}

    def id(self, name: str) -> str:
        """The id in this document of the part called `name`."""
        return f"{self._prefix}{name}"

    def record(self) -> Html:
        """Everything but the article: head, sections, issues and how it came about."""
        shown = self._shown
        return join(
            [
                self._heading(shown.heading),
                *(self._head(block) for block in shown.head),
                self._contents(shown.sections),
                *(self._section(block) for block in shown.sections),
                self._leftover(shown.notices),
                self._facts(),
            ]
        )

    def article(self) -> Html:
        """The article as numbered sentences."""
        shown = self._shown
        source = (
            el("a", {"href": shown.address, "rel": "noopener noreferrer nofollow"}, shown.url)
            if shown.address
            else shown.url
        )
        parts: list[str] = [*shown.byline, *([source] if source else [])]
        byline = [el("span", {"dir": "auto"}, part) for part in parts]
        return join(
            [
                self._title(1, shown.title or "Article", {"class": "sv-title"}),
                el("p", {"class": "sv-byline"}, *_between(byline, " · ")) if byline else Html(),
                el("ol", {"class": "sv-sentences"}, *map(self._sentence, shown.sentences)),
            ]
        )

    def _title(self, level: int, text: str, attributes: dict[str, str] | None = None) -> Html:
        return el(f"h{self._top + level}", {"dir": "auto", **(attributes or {})}, text)

    def _heading(self, item: Item) -> Html:
        title = el(f"h{self._top}", {"dir": "auto"}, self.spans(item.lead), " ")
        extra = self._under(item)
        own = {"class": "sv-item sv-heading", **self._identity(item)} if item.pointer else {}
        return el("div", own, title, self.receipts(item.receipts), extra)

    def _head(self, block: Block) -> Html:
        entries = [self.item(item, "div", numbered=False) for item in block.items]
        name = self._title(1, block.title)
        return el("section", {"class": "sv-head"}, name, *entries, self._notices(block.notices))

    def _contents(self, sections: Sequence[Block]) -> Html:
        links = [
            el(
                "li",
                None,
                el("a", {"href": f"#{self.anchor(block.pointer)}"}, block.title),
                f" {len(block.items)}",
            )
            for block in sections
        ]
        if not links:
            return Html()
        return el("nav", {"aria-label": "Sections"}, el("ul", {"class": "sv-contents"}, *links))

    def _section(self, block: Block) -> Html:
        anchor = self.anchor(block.pointer)
        count = el("span", {"class": "sv-count"}, str(len(block.items) or ""))
        title = el(f"h{self._top + 1}", {"id": anchor}, block.title, " ", count)
        if block.items:
            entries = (self.item(item, "li", numbered=True) for item in block.items)
            content = el("ol", {"class": "sv-items"}, *entries)
        else:
            content = el("p", {"class": "sv-none"}, "none found")
        notices = self._notices(block.notices)
        return el("section", {"class": "sv-section"}, title, content, notices)

    def item(self, item: Item, name: str, *, numbered: bool) -> Html:
        """An item with all that is told of it, as an element called `name`."""
        weight = "sv-lead sv-prose" if len(item.name) > PROSE else "sv-lead"
        lead = el("span", {"class": weight, "dir": "auto"}, self.spans(item.lead))
        tags = [
            el(
                "span",
                {"class": f"sv-tag sv-{tag.tone}", "title": tag.meaning or None},
                TONE_SIGNS[tag.tone],
                f"{tag.label}: " if tag.label else "",
                tag.word,
            )
            for tag in item.tags
        ]
        return el(
            name,
            {"class": "sv-item", **self._identity(item)},
            self.number(item) if numbered else Html(),
            el(
                "div",
                {"class": "sv-body"},
                el("p", None, *_between([lead, *tags, self.receipts(item.receipts)], " ")),
                self._under(item),
            ),
        )

    def _identity(self, item: Item) -> dict[str, str]:
        # The script reads the numbers; without it the links alone do the work.
        cited = " ".join(str(n) for n in item.sentences)
        return {"id": self.anchor(item.pointer), "data-s": cited}

    def number(self, item: Item) -> Html:
        """The number of an item, a link to the first sentence that it rests on."""
        first = next((n for n in item.sentences if n in self._numbers), None)
        if first is None:
            return el("span", {"class": "sv-no"}, item.number)
        cited = ", ".join(str(n) for n in item.sentences)
        spoken = f"{item.number}: show sentence{'s' * (len(item.sentences) > 1)} {cited}"
        target = f"#{self.id(f's{first}')}"
        return el("a", {"class": "sv-no", "href": target, "aria-label": spoken}, item.number)

    def _under(self, item: Item) -> Html:
        lines = el("ul", {"class": "sv-lines"}, *map(self._line, item.lines))
        return join([lines if item.lines else Html(), self._notices(item.notices)])

    def _line(self, line: Line) -> Html:
        name = el("span", {"class": "sv-label"}, TONE_SIGNS[line.tone], line.label)
        said = el("span", {"dir": "auto"}, self.spans(line.spans))
        parts = _between([name, said, self.receipts(line.receipts)], " ")
        return el("li", {"class": f"sv-{line.tone}"}, *parts)

    def spans(self, spans: Spans) -> Html:
        """Text, with links to the items that it names, of those that are shown."""
        return join(
            el("a", {"href": f"#{self.anchor(span.target)}", "class": "sv-ref"}, span.text)
            if isinstance(span, Link) and span.target in self._there
            else plain((span,))
            for span in spans
        )

    def receipts(self, cited: Sequence[Receipt]) -> Html:
        """The sentences that are cited, each a link to it."""
        if not cited:
            return Html()
        return el("span", {"class": "sv-receipts"}, *_between(map(self._chip, cited), " "))

    def _chip(self, receipt: Receipt) -> Html:
        text = f"[{receipt.sentence}]"
        if receipt.sentence not in self._numbers:
            return el("span", {"class": "sv-chip", "title": receipt.quote}, text)
        return el(
            "a",
            {
                "class": "sv-chip",
                "href": f"#{self.id(f's{receipt.sentence}')}",
                "data-n": str(receipt.sentence),
                "title": receipt.quote,
                "aria-label": f"Sentence {receipt.sentence}",
            },
            text,
        )

    def _notices(self, notices: Sequence[Notice]) -> Html:
        if not notices:
            return Html()
        return el("ul", {"class": "sv-notices"}, *map(self._notice, notices))

    def _notice(self, notice: Notice) -> Html:
        sign = el("span", {"aria-hidden": "true"}, SEVERITY_SIGNS.get(notice.severity, "•"))
        place = f" ({notice.place})" if notice.place else ""
        told = [
            el("strong", None, sign, " ", notice.severity),
            f" {notice.kind}{place}: ",
            el("span", {"dir": "auto"}, notice.message),
        ]
        if notice.original:
            value = el("code", {"dir": "auto"}, shorten(notice.original, ORIGINAL_LIMIT))
            told.append(el("details", None, el("summary", None, "as it was answered"), value))
        return el("li", {"class": f"sv-notice sv-{_severity(notice)}"}, *told)

    def _leftover(self, notices: Sequence[Notice]) -> Html:
        if not notices:
            return Html()
        count = el("span", {"class": "sv-count"}, str(len(notices)))
        title = el(f"h{self._top + 1}", None, "Other issues ", count)
        return el("section", {"class": "sv-section"}, title, self._notices(notices))

    def _facts(self) -> Html:
        entries = [
            el("div", None, el("dt", None, name), el("dd", {"dir": "auto"}, value))
            for name, value in self._shown.facts
        ]
        return el("footer", {"class": "sv-facts"}, el("dl", None, *entries))

    def _sentence(self, sentence: Sentence) -> Html:
        cited = bool(sentence.items)
        classes = ["sv-s", "sv-cited" * cited, "sv-opens" * sentence.opens_paragraph]
        links = [
            el(
                "a",
                {"class": "sv-back", "href": f"#{self.anchor(item.pointer)}", "dir": "auto"},
                shorten(self._name(item), BACKLINK_LIMIT),
            )
            for item in sentence.items
        ]
        spoken = "Items that rest on this sentence: "
        back = el(
            "span",
            {"class": "sv-backs"},
            el("span", {"class": "sv-spoken"}, spoken),
            *_between(links, " "),
        )
        return el(
            "li",
            {"class": " ".join(filter(None, classes)), "id": self.id(f"s{sentence.number}")},
            el("span", {"class": "sv-n"}, str(sentence.number)),
            el(
                "div",
                None,
                el("span", {"class": "sv-text", "dir": "auto"}, sentence.text),
                *([" ", back] if links else []),
            ),
        )

    def _name(self, item: Item) -> str:
        # A statement of the head is short to name and long to tell.
        if item.pointer in self._brief or item.name == item.label:
            return item.label
        return f"{item.label} {item.name}"

    def anchor(self, pointer: str) -> str:
        """The id in this document of what stands at a pointer."""
        return self.id(f"at{pointer.replace('/', '-')}")


def _severity(notice: Notice) -> str:
    return notice.severity if notice.severity in SEVERITY_SIGNS else "info"


def _between(parts: Sequence[str] | map[Html], separator: str) -> list[str]:
    """`parts` with `separator` between those that are not empty."""
    spaced: list[str] = []
    for part in filter(None, parts):
        spaced += [separator, part] if spaced else [part]
    return spaced
