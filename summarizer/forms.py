"""Forms: grammars in which a small model has little left to get wrong.

A model of one or two billion parameters invents names, loses count of sentences and goes on for
ever if it may. A form for one article closes every list as far as the article allows: code picks
the sentences that can carry an item, by their cues; the number of the sentence is given; names are
those that stand there; values are those whose cues stand there. What has only one possible value
is not asked for. What is left to the model is to read: who did it, of which kind it was.

A form is a grammar in GBNF, the notation of llama.cpp's server. What it lets through is JSON of
the wire schema's shape, but for the values that were not asked for, which `Form.complete` puts in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from summarizer.gbnf import Grammar, array, literal
from summarizer.mentions import Mentions
from summarizer.offers import Labelled, claims, closable, naming, offers
from summarizer.retold import joined
from summarizer.schemas.cues import OTHER_TOPICS, TOPICS, hits, is_military
from summarizer.schemas.markers import Cued, FromTitle
from summarizer.wire import CITATIONS, TEXT_LIMIT, Kind, Node, Plan, Slot, asked_slots, marked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from summarizer.grounding import Source

SHORTEST = 25
"""Characters below which a sentence carries no item: a heading, a cry."""
HEADING = 160
"""Characters below which an opening line without an end mark is a heading."""
LEAD = 3
"""Sentences that open an article and stand for it."""
_TOPIC = "topic"
_ENDS = '.!?…"”’»)]'


@dataclass(frozen=True)
class Blank:
    """One item of a form: the keys that the model writes, and the values that it doesn't."""

    asked: frozenset[str]
    given: Mapping[str, Any]


@dataclass(frozen=True)
class Section:
    """One section of a form."""

    blanks: Mapping[int, Blank]
    """Its items, by the number of the sentence that carries each."""
    retold: float
    """The share of names that two items of one event have in common."""
    label: tuple[str, Callable[[Mapping[str, Any]], str]] | None
    """The field that an item is called by, and what calls it so where the article doesn't."""

    def complete(self, written: Sequence[Any]) -> list[Any]:
        """The items as the wire schema has them. What is none of the form's is left as it is."""
        whole: list[dict[str, Any]] = []
        others: list[Any] = []
        for item in written:
            blank = self._blank(item)
            if blank is None:
                others.append(item)
            else:
                whole.append({**item, **blank.given})
        return [*(self._labelled(item) for item in joined(whole, self.retold)), *others]

    def _blank(self, item: Any) -> Blank | None:
        """The blank that an item fills in: not every server keeps to a grammar."""
        cited = item.get(CITATIONS) if isinstance(item, dict) else None
        if not isinstance(cited, list) or len(cited) != 1 or not isinstance(cited[0], int):
            return None
        blank = self.blanks.get(cited[0])
        return blank if blank is not None and blank.asked == item.keys() else None

    def _labelled(self, item: dict[str, Any]) -> dict[str, Any]:
        if self.label is None or item.get(self.label[0]):
            return item
        name, label = self.label
        return {**item, name: label(item)}


@dataclass(frozen=True)
class Form:
    """The grammar for the answer about an article, and what the answer leaves unsaid."""

    grammar: str
    sections: Mapping[str, Section]
    texts: Mapping[str, str]
    """For each text of the record's own that the article has the words for, those words."""
    leads: Mapping[str, Sequence[int]]
    """For each section that is an outline of the article, the sentences that make it."""

    def complete(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        """The answer in the wire schema's shape: given values put in, retold events joined."""
        whole = {key: value for key, value in answer.items() if key != _TOPIC}
        for name, section in self.sections.items():
            if isinstance(answer.get(name), list):
                whole[name] = section.complete(answer[name])
        whole |= self.texts
        for name, sentences in self.leads.items():
            whole[name] = [{CITATIONS: [number]} for number in sentences]
        return whole


def form(plan: Plan, source: Source) -> Form | None:
    """The form for an article, or the window of it that is in hand; None where the schema or
    the article gives no handle.

    The handles are cues, which are English, and names, which are known by their capitals. No form
    is made for a schema with something in it that a form can neither ask for nor fill in.
    """
    cued = [(slot, cues) for slot in plan.sections if slot.asked and (cues := _cues(plan, slot))]
    if not cued or source.article.language not in (None, "en"):
        return None
    if not all(_closable(plan, slot) for slot in asked_slots(plan.root)):
        return None
    # What stands in page furniture only has no receipt.
    names = [name for name in source.candidates if source.mentions([name])]
    return _Builder(plan, source, names).form(cued) if names else None


def _cues(plan: Plan, slot: Slot) -> Cued | None:
    cued: Cued | None = marked(plan.schema.model_fields[slot.name].metadata, Cued)
    return cued


def _closable(plan: Plan, slot: Slot) -> bool:
    item = slot.node.item
    if item is None or item.kind is not Kind.OBJECT:
        return slot.node.kind is Kind.TEXT
    if _cues(plan, slot):
        return closable(item)
    # Code makes the items that are cited by their mentions, and quotes the others.
    mentioned = any(inner.node.kind is Kind.MENTIONS for inner in item.fields)
    return mentioned or _only_quotes(item)


def _only_quotes(item: Node) -> bool:
    return all(slot.node.kind is Kind.EVIDENCE for slot in asked_slots(item))


@dataclass
class _Builder:
    """Builds the form of one article."""

    plan: Plan
    source: Source
    names: Sequence[str]
    grammar: Grammar = field(default_factory=Grammar)

    def __post_init__(self) -> None:
        source = self.source
        self.mentions = Mentions(source.article, source.names, self.names, source.sentences)

    def form(self, cued: Sequence[tuple[Slot, Cued]]) -> Form:
        filled: list[tuple[str, str]] = []
        sections: dict[str, Section] = {}
        for slot, cues in cued:
            assert slot.node.item is not None  # noqa: S101  # a section is a list of items
            node = slot.node.item
            items = self.items(node, cues)
            filled.append((slot.wire_name, array([rule for rule, _ in items.values()])))
            blanks = {number: blank for number, (_, blank) in items.items()}
            sections[slot.wire_name] = Section(blanks, cues.retold, _label(node))
        texts = self.texts()
        prose = [
            (slot.wire_name, self.grammar.prose(slot.node.limit or TEXT_LIMIT))
            for slot in asked_slots(self.plan.root)
            if slot.node.kind is Kind.TEXT and slot.wire_name not in texts
        ]
        records = [[(_TOPIC, self.grammar.one_of(TOPICS)), *prose, *filled]]
        # A small model is as easily wrong about the topic as about anything that it may choose.
        if not is_military(" ".join(self.mentions.texts.values())):
            records.append([(_TOPIC, self.grammar.one_of(OTHER_TOPICS)), *prose])
        root = " | ".join(self.grammar.rule(self.grammar.record(fields)) for fields in records)
        return Form(self.grammar.text(root), sections, texts, self.leads())

    def texts(self) -> dict[str, str]:
        """For texts that the article's title will do for, that title, or its opening heading."""
        title = self.source.article.title or self.heading()
        fields = self.plan.schema.model_fields
        return {
            slot.wire_name: title
            for slot in asked_slots(self.plan.root)
            if title and marked(fields[slot.name].metadata, FromTitle)
        }

    def heading(self) -> str | None:
        """The line that the article opens with, if it is a heading."""
        article, furniture = self.source.article, self.source.furniture
        texts = (text for number, text in article.numbered() if number not in furniture)
        opening = " ".join(next(texts, "").split())
        return opening if opening[-1:] not in _ENDS and len(opening) < HEADING else None

    def leads(self) -> dict[str, list[int]]:
        """For sections of bare quotations, the sentences that open the article: a lead."""
        opens = self.source.sentences.start == 1  # and is no later window
        lead = [number for number in self.mentions.texts if opens and self.carries(number)][:LEAD]
        return {
            slot.wire_name: lead
            for slot in self.plan.sections
            if slot.asked and slot.node.item is not None and _only_quotes(slot.node.item)
        }

    def items(self, node: Node, cues: Cued) -> dict[int, tuple[str, Blank]]:
        """The items of a section: by sentence, in their order, each with the rule for it."""
        made: dict[int, tuple[str, Blank]] = {}
        for number in self.ranked(cues):
            item = self.item(node, number)
            if item is not None:
                made[number] = item
            if len(made) == cues.most:
                break
        return dict(sorted(made.items()))

    def ranked(self, cues: Cued) -> list[int]:
        """The sentences that can carry an item of a section, the likeliest first."""
        scored: list[tuple[float, int]] = []
        for number, text in self.mentions.texts.items():
            found = hits(cues.pattern, text) if self.carries(number) else 0
            if not found or (cues.speaker and not self.mentions.speakers(number)):
                continue
            # Early sentences carry the news; names make an item of a mention.
            names = min(len(self.mentions.parties(number)), 3)
            scored.append((min(found, 2) + 0.5 * names + 1 / number - 0.03 * number, number))
        return [number for _, number in sorted(scored, reverse=True)]

    def carries(self, number: int) -> bool:
        """Whether a numbered line can carry something: it is no heading and no furniture."""
        text = self.mentions.texts[number]
        return number in self.source.citable and len(text) >= SHORTEST and text[-1] in _ENDS

    def item(self, node: Node, number: int) -> tuple[str, Blank] | None:
        """The rule for an item that a sentence carries, and what is not asked for in it."""
        made = offers(node, number, self.mentions)
        if made is None:
            return None
        given = {offer.slot.wire_name: offer.only for offer in made if offer.only is not None}
        asked = [(CITATIONS, literal(f"[{number}]"))]
        for offer in made:
            if offer.only is None:
                choose = self.grammar.some_of if offer.several else self.grammar.one_of
                asked.append((offer.slot.wire_name, choose(offer.values)))
        given |= dict(claims(node, number, self.mentions))
        rule = self.grammar.rule(self.grammar.record(asked))
        return rule, Blank(frozenset(key for key, _ in asked), given)


def _label(node: Node) -> tuple[str, Callable[[Mapping[str, Any]], str]] | None:
    slot = naming(node)
    model: Any = node.model
    return (slot.wire_name, model.label) if slot and isinstance(model, Labelled) else None
