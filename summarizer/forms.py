"""Forms: grammars in which a small model has little left to get wrong.

A model of one or two billion parameters invents names, loses count of sentences and goes on for
ever if it may. A form for one article closes every list as far as the article allows: code picks
the sentences that can carry an item, by their cues; the number of the sentence is given; names are
those that stand there; values are those whose cues stand there. What has only one possible value
is not asked for. What is left to the model is to read: who did it, of which kind it was.

A form is a grammar in GBNF, the language of llama.cpp's server. What it lets through is JSON of the
wire schema's shape, but for the values that were not asked for, which `Form.complete` puts in.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from summarizer.mentions import Mentions
from summarizer.names import candidates
from summarizer.schemas.claims import Claim
from summarizer.schemas.cues import hits, offered, standing
from summarizer.schemas.markers import Cued, FromTitle, Limit, NotFor, NotOf, NotSource
from summarizer.schemas.vocabularies import ClaimStatus, SourceKind
from summarizer.schemas.vocabulary import Vocabulary
from summarizer.wire import CITATIONS, TEXT_LIMIT, Kind, Node, Plan, Slot, asked_slots, marked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from summarizer.grounding import Source

SHORTEST = 25
"""Characters below which a sentence carries no item: a heading, a cry."""
TOPICS = ("war", "military", "diplomacy", "security", "international politics", "terrorism")
"""Topics of articles that can hold what sections with cues are made of."""
OTHER_TOPICS = (
    "domestic politics",
    "business",
    "science",
    "technology",
    "sport",
    "culture",
    "entertainment",
    "crime",
    "accident",
    "health",
)
"""Topics of articles that can't, however warlike their words."""


HEADING = 160
"""Characters below which an opening line without an end mark is a heading."""
LEAD = 3
"""Sentences that open an article and stand for it."""
_WRITABLE = r" !#-\x5b\x5d-~\u00a0-\u024f\u2010-\u2026"
"""The characters of English text, but for the two that JSON escapes."""
_ENDS = ".!?…\"”’»)]"


@runtime_checkable
class Labelled(Protocol):
    """An item's class that can call an item something where the article has no name for it."""

    @classmethod
    def label(cls, fields: Mapping[str, Any]) -> str:
        """A short label, from the item's other fields."""
        ...


@dataclass(frozen=True)
class Form:
    """The grammar for the answer about one article, and what the answer leaves unsaid."""

    grammar: str
    given: Mapping[str, Sequence[Mapping[str, Any]]]
    """For each section, for each of its items, the values that were not asked for."""
    labels: Mapping[str, type[Labelled]]
    """For each section whose items may go without a name, the class that labels them."""
    retold: Mapping[str, float]
    """For each section, the share of names that two items of one event have in common."""
    texts: Mapping[str, str]
    """For each text of the record's own that the article has the words for, those words."""
    leads: Mapping[str, Sequence[int]]
    """For each section that is an outline of the article, the sentences that make it."""

    def complete(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        """The answer in the wire schema's shape: given values put in, retold events joined."""
        whole = dict(answer)
        whole.pop("topic", None)
        for section, given in self.given.items():
            written = answer.get(section)
            if not isinstance(written, list):
                continue
            items = [
                _told_once({**item, **known}) if isinstance(item, dict) else item
                for item, known in zip(written, given, strict=False)
            ]
            items = _joined(items, self.retold[section])
            label = self.labels.get(section)
            for item in items:
                if label is not None and isinstance(item, dict) and not item.get("name"):
                    item["name"] = label.label(item)
            whole[section] = items
        whole |= self.texts
        for section, sentences in self.leads.items():
            whole[section] = [{CITATIONS: [number]} for number in sentences]
        return whole


def form(plan: Plan, source: Source) -> Form | None:
    """The form for an article, or None where the schema or the article gives no handle.

    The handles are cues, which are English, and names, which are known by their capitals.
    """
    sections = [slot for slot in plan.sections if slot.asked and _cued(plan, slot)]
    if not sections or source.article.language not in (None, "en"):
        return None
    names = candidates(source.article)
    return _Builder(plan, source, names).form(sections) if names else None


def _cued(plan: Plan, slot: Slot) -> Cued | None:
    cued: Cued | None = marked(plan.schema.model_fields[slot.name].metadata, Cued)
    return cued


def _joined(items: list[Any], share: float) -> list[Any]:
    """Items that tell the same event become one: the first, with the sentences of all."""
    kept: list[Any] = []
    for item in items:
        first = next((other for other in kept if _same(other, item, share)), None)
        if first is None:
            kept.append(item)
            continue
        first[CITATIONS] = sorted({*first[CITATIONS], *item[CITATIONS]})
        for key, value in item.items():
            if _of_objects(value):
                first[key] = [*first.get(key, []), *value]
            first.setdefault(key, value)
    return kept


def _of_objects(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(element, dict) for element in value)


def _told_once(item: dict[str, Any]) -> dict[str, Any]:
    """An item in which nobody stands in two lists: whoever acts is not also acted on."""
    seen: set[str] = set()
    for key, value in item.items():
        if key != CITATIONS and isinstance(value, list) and not _of_objects(value):
            item[key] = [name for name in value if name not in seen]
            seen |= set(value)
    return item


def _same(first: Any, second: Any, share: float) -> bool:
    """Whether two items agree in every value that both have, and in such a share of each list."""
    if not (isinstance(first, dict) and isinstance(second, dict)):
        return False
    lists = 0
    for key in (first.keys() & second.keys()) - {CITATIONS}:
        one, other = first[key], second[key]
        if _of_objects(one) or _of_objects(other):
            continue
        if isinstance(one, list) and isinstance(other, list):
            lists += 1
            most = len({*one} | {*other}) if share == 1 else min(len({*one}), len({*other}))
            if len({*one} & {*other}) < share * most:
                return False
        elif one != other:
            return False
    return lists > 0


def _claims(slot: Slot) -> bool:
    return slot.node.item is not None and slot.node.item.annotation is Claim


@dataclass
class _Grammar:
    """Rules of a GBNF grammar, equal ones kept once."""

    rules: dict[str, str] = field(default_factory=dict)

    def rule(self, body: str) -> str:
        """The name of a rule with this body."""
        return self.rules.setdefault(body, f"r{len(self.rules)}")

    def text(self, root: str) -> str:
        """The grammar, beginning at `root`."""
        return "\n".join([f"root ::= {root}", *(f"{n} ::= {b}" for b, n in self.rules.items())])

    def one_of(self, values: Sequence[str]) -> str:
        """One of these strings."""
        return self.rule(" | ".join(_json(value) for value in values))

    def prose(self, limit: int) -> str:
        """Text of at most `limit` characters, without escapes or line breaks."""
        return self.rule(rf'"\"" [{_WRITABLE}]{{1,{limit}}} "\""')

    def some_of(self, values: Sequence[str]) -> str:
        """A list of at least one of these strings, each at most once, in their order."""
        rest = ""
        heads: list[str] = []
        for value in reversed(values):
            element = _json(value)
            heads.append(f"{element} {rest}".strip())
            rest = self.rule(f'(", " {element} {rest}) | {rest}' if rest else f'(", " {element})?')
        return f'"[" {self.rule(" | ".join(reversed(heads)))} "]"'

    def record(self, fields: Sequence[tuple[str, str]]) -> str:
        """An object of these keys and expressions."""
        parts = [
            f"{_literal(f'{lead}{json.dumps(key)}: ')} {expression}"
            for lead, (key, expression) in zip(
                ["{", *[", "] * len(fields)], fields, strict=False
            )
        ]
        return " ".join([*parts, '"}"'])


def _literal(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _json(value: str) -> str:
    return _literal(json.dumps(value, ensure_ascii=False))


@dataclass
class _Choice:
    """What a field offers: some values, as one of them or as a list."""

    values: list[str]
    several: bool = False

    @property
    def given(self) -> bool:
        return len(self.values) == 1


class _Builder:
    """Builds the form of one article."""

    def __init__(self, plan: Plan, source: Source, names: Sequence[str]) -> None:
        self.plan = plan
        self.source = source
        self.mentions = Mentions(source.article, source.names, names)
        self.rules = _Grammar()

    def form(self, sections: Sequence[Slot]) -> Form:
        filled: list[tuple[str, str]] = []
        given: dict[str, list[dict[str, Any]]] = {}
        labels: dict[str, type[Labelled]] = {}
        for slot in sections:
            made = self.items(slot)
            rules = [rule for rule, _ in made]
            given[slot.wire_name] = [known for _, known in made]
            filled.append((slot.wire_name, '"[" ' + ' ", " '.join(rules) + ' "]"' if rules else '"[]"'))
            model = slot.node.item.model if slot.node.item else None
            if isinstance(model, type) and isinstance(model, Labelled):
                labels[slot.wire_name] = model
        texts = self.texts()
        prose = [
            (slot.wire_name, self.rules.prose(slot.node.limit or TEXT_LIMIT))
            for slot in asked_slots(self.plan.root)
            if slot.node.kind is Kind.TEXT and slot.wire_name not in texts
        ]
        yes = [("topic", self.rules.one_of(TOPICS)), *prose, *filled]
        no = [("topic", self.rules.one_of(OTHER_TOPICS)), *prose]
        root = " | ".join(self.rules.rule(self.rules.record(fields)) for fields in (yes, no))
        retold = {slot.wire_name: cued.retold for slot in sections if (cued := _cued(self.plan, slot))}
        return Form(self.rules.text(root), given, labels, retold, texts, self.leads())

    def texts(self) -> dict[str, str]:
        """For texts that the article's title will do for, that title, or its opening heading."""
        opening = next(iter(self.mentions.texts.values()), "")
        heading = opening if opening[-1:] not in _ENDS and len(opening) < HEADING else None
        title = self.source.article.title or heading
        fields = self.plan.schema.model_fields
        return {
            slot.wire_name: title
            for slot in asked_slots(self.plan.root)
            if title and marked(fields[slot.name].metadata, FromTitle)
        }

    def leads(self) -> dict[str, list[int]]:
        """For sections of bare quotations, the sentences that open the article: a lead."""
        lead = [number for number in self.mentions.texts if self.sentence(number)][:LEAD]
        return {
            slot.wire_name: lead
            for slot in self.plan.sections
            if slot.asked
            and slot.node.item is not None
            and all(asked.node.kind is Kind.EVIDENCE for asked in asked_slots(slot.node.item))
        }

    def items(self, slot: Slot) -> list[tuple[str, dict[str, Any]]]:
        """The rules for the items of a section, in the order of the article."""
        cued = _cued(self.plan, slot)
        assert cued is not None
        made: dict[int, tuple[str, dict[str, Any]]] = {}
        for number in self.ranked(slot):
            item = self.item(slot, number)
            if item is not None:
                made[number] = item
            if len(made) == cued.most:
                break
        return [made[number] for number in sorted(made)]

    def ranked(self, slot: Slot) -> list[int]:
        """The sentences that can carry an item of a section, the likeliest first."""
        cued = _cued(self.plan, slot)
        assert cued is not None
        scored: list[tuple[float, int]] = []
        for number, text in self.mentions.texts.items():
            if not self.sentence(number):
                continue
            if cued.speaker and not self.mentions.speakers(number):
                continue
            found = hits(cued.pattern, text)
            if found:
                # Early sentences carry the news; names make an item of a mention.
                names = min(len(self.mentions.parties(number)), 3)
                scored.append((min(found, 2) + 0.5 * names + 1 / number - 0.03 * number, number))
        return [number for _, number in sorted(scored, reverse=True)]

    def sentence(self, number: int) -> bool:
        """Whether a numbered line is a sentence that can carry something: no heading, no furniture."""
        text = self.mentions.texts[number]
        return number in self.source.citable and len(text) >= SHORTEST and text[-1] in _ENDS

    def item(self, slot: Slot, number: int) -> tuple[str, dict[str, Any]] | None:
        """The rule for an item that a sentence carries, and the values given with it."""
        node = slot.node.item
        assert node is not None
        given: dict[str, Any] = {}
        fields = [(CITATIONS, _literal(f"[{number}]"))]
        types: set[str] = set()
        for asked in asked_slots(node):
            if asked.node.kind is Kind.EVIDENCE:
                continue
            choice = self.choice(node, asked, number, types)
            if choice is None or not choice.values:
                if asked.required and not (asked.name == "name" and isinstance(node.model, Labelled)):
                    return None
                continue
            if asked.required and not choice.several:
                types |= set(choice.values)
            if choice.given:
                given[asked.wire_name] = choice.values if choice.several else choice.values[0]
            elif choice.several:
                fields.append((asked.wire_name, self.rules.some_of(choice.values)))
            else:
                fields.append((asked.wire_name, self.rules.one_of(choice.values)))
        claims = next((slot for slot in node.fields if _claims(slot)), None)
        if claims is not None:
            given[claims.wire_name] = [self.claim(number)]
        return self.rules.rule(self.rules.record(fields)), given

    def claim(self, number: int) -> dict[str, Any]:
        """Who says what a sentence says, as far as its cues tell; the narrator, where none does."""
        status, cue = standing(self.mentions.texts[number])
        chain = [
            {"source": name, "kind": SourceKind.NAMED.value, "cue": cue}
            for name in self.mentions.speakers(number)[:1]
        ]
        if not chain and cue is not None and status is not ClaimStatus.ASSERTED:
            kind = SourceKind.UNSPECIFIED.value
            chain = [{"source": "unspecified source", "kind": kind, "cue": cue}]
        return {"status": status.value, "attribution": chain, CITATIONS: [number]}

    def choice(self, node: Node, slot: Slot, number: int, types: set[str]) -> _Choice | None:
        """What a field may hold in an item that a sentence carries; None where that is nothing."""
        metadata = node.model.model_fields[slot.name].metadata
        annotation = slot.node.annotation
        match slot.node.kind:
            case Kind.PLAIN if isinstance(annotation, type) and issubclass(annotation, Vocabulary):
                values = offered(tuple(annotation), self.mentions.texts[number])
                return _Choice([str(v) for v in values if v not in ("other", "unknown")] or ["other"])
            case Kind.TEXT if slot.name == "name":
                return _Choice(self.mentions.titles(number)[:1])
            case Kind.OBJECT if (bare := slot.node.bare) and bare.node.kind is Kind.NAME:
                return _Choice(self.mentions.places(number))
            case Kind.REFERENCE:
                barred: NotOf | None = marked(metadata, NotOf)
                return _Choice(self.mentions.speakers(number, barred.kinds if barred else frozenset()))
            case Kind.LIST if slot.node.item is not None and slot.node.item.kind is Kind.REFERENCE:
                unless: NotFor | None = marked(metadata, NotFor)
                if unless is not None and types <= unless.values:
                    return None
                limit: Limit | None = marked(metadata, Limit)
                parties = self.mentions.parties(number)
                if marked(metadata, NotSource):
                    told = self.mentions.speakers(number)
                    parties = [name for name in parties if name not in told] or parties
                enough = len(parties) >= ((limit and limit.least) or 1)
                return _Choice(parties, several=True) if enough else None
            case _:
                return None
