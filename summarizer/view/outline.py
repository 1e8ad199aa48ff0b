"""What every view shows, in order: the form that a result takes before it is laid out.

A view turns an `Outline` into HTML, terminal text or Markdown and never looks at the result
itself. All text here has been through `clean`, and none of it is escaped.
"""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.view.declared import Tone, words
from summarizer.view.values import Receipt, Spans, plain

_RANK = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True)
class Notice:
    """An issue, in words: what it is `about` ("a2", "Parties"; "" for the whole record), the
    `place` in that ("country"; "" for all of it), and as JSON what was answered there.
    """

    severity: str
    kind: str
    message: str
    about: str
    place: str
    original: str


@dataclass(frozen=True)
class Tag:
    """A closed value of an item; `label` is empty where the value is understood without."""

    label: str
    word: str
    meaning: str
    tone: Tone


@dataclass(frozen=True)
class Line:
    """One statement under an item ("actors:" …, "denied by" …), perhaps with its own receipts."""

    label: str
    spans: Spans
    tone: Tone = Tone.PLAIN
    receipts: tuple[Receipt, ...] = ()


@dataclass(frozen=True)
class Item:
    """One entry of a section, or one statement of the head.

    `number` is its id ("a2"), else its place in the list; `label` says it so that it is
    understood elsewhere ("a2", "Synopsis 1"). `receipts` are its own, one per sentence;
    `sentences` are all that it rests on, those of its lines included.
    """

    pointer: str
    number: str
    label: str
    lead: Spans
    tags: tuple[Tag, ...] = ()
    lines: tuple[Line, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    sentences: tuple[int, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def name(self) -> str:
        """What the item is called where something else leads to it."""
        return plain(self.lead) or self.number or words(self.pointer.strip("/").replace("/", " "))


@dataclass(frozen=True)
class Block:
    """A field of the schema: a section of items, or a part of the head."""

    pointer: str
    name: str
    title: str
    items: tuple[Item, ...]
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class Sentence:
    """A sentence of the article, with the items that rest on it."""

    number: int
    text: str
    opens_paragraph: bool
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Outline:
    """A result, ready to be laid out.

    `facts` are labels and values about how it came about; `address` is the article's URL where it
    is one that may be a link.
    """

    heading: Item
    head: tuple[Block, ...]
    sections: tuple[Block, ...]
    notices: tuple[Notice, ...]
    title: str
    byline: tuple[str, ...]
    url: str
    address: str | None
    sentences: tuple[Sentence, ...]
    usage: str
    facts: tuple[tuple[str, str], ...]

    def all_notices(self) -> list[Notice]:
        """Every issue, the worst first, else in the order of the record."""
        found = [*self.heading.notices]
        for block in (*self.head, *self.sections):
            found += block.notices
            for item in block.items:
                found += item.notices
        return sorted([*found, *self.notices], key=lambda n: _RANK.get(n.severity, len(_RANK)))
