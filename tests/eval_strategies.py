"""Articles, records, predictions and what readers leave open, drawn at random for laws.

Everything is drawn from small pools, so that names collide, dates contain one another and items
are told twice. What a record holds follows from the plan of its schema; there are two: the one of
the package, and one of another field, with whatever a schema may have that the first has not.
A record is JSON until it is scored, since tolerances point into JSON.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, StrEnum
from random import Random
from typing import Annotated, Any, Literal, get_args, get_origin

from hypothesis import strategies as st
from pydantic import Field

from summarizer.evals.alignment import Comparison
from summarizer.evals.comparators import Names, Number, Text
from summarizer.evals.counts import DocumentScore, counted
from summarizer.evals.documents import Fact, Region, Tolerance
from summarizer.evals.labelled import Labelled
from summarizer.evals.plan import FieldPlan, RecordPlan, plan_of
from summarizer.evals.scoring import Scorer
from summarizer.schemas import DatePhrase, Grounded, Place, SituationSummary
from summarizer.schemas.evidence import Record
from summarizer.schemas.markers import (
    Alike,
    Anchor,
    Broader,
    ByCode,
    Exactly,
    FullOnly,
    Naming,
    Ref,
    Unscored,
    Verbatim,
    Weight,
)

Json = dict[str, Any]


class DealKind(StrEnum):
    """What a company does to another."""

    TAKEOVER = "takeover"
    MERGER = "merger"
    STAKE = "stake"
    SPIN_OFF = "spin_off"


class Sector(StrEnum):
    """What a company lives on."""

    INDUSTRY = "industry"
    STEEL = "steel"
    FINANCE = "finance"


class Firm(Grounded):
    """A company."""

    id: Annotated[str | None, ByCode()] = None
    name: Annotated[str | None, Verbatim(), Naming(), Anchor()] = None
    tickers: Annotated[list[Annotated[str, Verbatim()]], Naming(), Weight(0.5)] = Field(
        default_factory=list
    )
    sector: Annotated[Sector | None, Broader((("steel", "industry"),))] = None
    parent: Annotated[str | None, Ref("companies")] = None


class Office(Record):
    """Where something sits: a record that is no list's."""

    town: Place | None = None
    staff: int = 0
    chief: Annotated[str | None, Ref("companies", or_text=True), Weight(0.5)] = None


class Leg(Record):
    """One part of what is paid, with parts of its own."""

    means: Annotated[Literal["cash", "shares"], Alike()]
    amount: float | None = None
    payer: Annotated[str | None, Ref("companies", or_text=True)] = None
    seats: Annotated[list[Office], Weight(0.5)] = Field(default_factory=list)


class Deal(Grounded):
    """One company buys of another."""

    id: Annotated[str | None, ByCode()] = None
    kind: Annotated[DealKind | None, Alike((frozenset({"takeover", "stake"}),))] = None
    buyer: Annotated[str | None, Ref("companies"), Anchor()] = None
    sellers: Annotated[list[Annotated[str, Ref("companies")]], Anchor()] = Field(
        default_factory=list
    )
    closing: Annotated[DatePhrase | None, Anchor()] = None
    amount: Annotated[float | None, Weight(2)] = None
    terms: str | None = None
    legs: Annotated[list[Leg], FullOnly(), Weight(0.5)] = Field(default_factory=list)
    seat: Office | None = None
    follows: Annotated[str | None, Ref("deals")] = None
    gossip: Annotated[str | None, Unscored()] = None


class Remark(Record):
    """Something without a receipt, a name or an anchor."""

    codes: list[Annotated[str, Exactly()]] = Field(default_factory=list)
    text: str | None = None
    holds: bool | None = None
    quoted: bool = False


class CompanyNews(Record):
    """A schema of another field: scalars and a record at the top, lists in lists, no evidence in
    one section, ids and names that may be missing."""

    outlet: str | None = None
    day: date | None = None
    codes: list[Annotated[str, Exactly()]] = Field(default_factory=list)
    desk: Office | None = None
    companies: list[Firm] = Field(default_factory=list)
    deals: list[Deal] = Field(default_factory=list)
    remarks: list[Remark] = Field(default_factory=list)


SCHEMAS: tuple[type[Record], ...] = (SituationSummary, CompanyNews)
NAMES = ("Varland", "Tessin", "Republic of Tessin", "General Orlo", "Orlo", "Maro Wire", "Wire")
WORDS = ("fleet", "sails", "north", "talks", "stall", "again")
CODES = ("USD", "EUR")
COUNTRIES = ("NOR", "SWE")
PLACES: tuple[Json, ...] = (
    {"text": "Oslo", "country": "NOR"},
    {"text": "Bergen", "country": "NOR"},
    {"text": "Oslo"},
    {"text": "Port Hollin"},
)
DATES: tuple[Json, ...] = (
    {"text": "3 May", "edtf": "2031-05-03"},
    {"text": "May 3rd", "edtf": "2031-05-03"},
    {"text": "in May", "edtf": "2031-05"},
    {"text": "Sunday night"},
)
DAYS = ("2031-05-03", "2031-05-04")


@dataclass(frozen=True)
class Article:
    """A text of one-line sentences, and where they are."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def cite(self, i: int) -> Json:
        """The receipt for a sentence, counted from 0."""
        start, end = self.spans[i]
        return {"sentence": i + 1, "start": start, "end": end, "quote": self.text[start:end]}


@dataclass(frozen=True)
class Side:
    """Labels in JSON with what their reader left open; None for a run that failed."""

    labels: Json | None
    tolerances: tuple[Tolerance, ...] = ()
    regions: tuple[Region, ...] = ()


@dataclass(frozen=True)
class Example:
    """A document to score."""

    schema: type[Record]
    article: Article
    gold: Side
    predicted: Side
    threshold: float = 0.4

    @property
    def scorer(self) -> Scorer:
        """The scorer of its schema and threshold."""
        return Scorer(self.schema, self.threshold)

    def labelled(self, side: Side) -> Labelled:
        """A side as the scorer takes it."""
        record = None if side.labels is None else self.schema.model_validate(side.labels)
        return Labelled(record, self.article.text, side.tolerances, side.regions)

    def compare(self) -> Comparison:
        """The alignment."""
        return self.scorer.compare(self.labelled(self.gold), self.labelled(self.predicted))

    def score(self) -> DocumentScore:
        """The counts."""
        return counted(self.compare(), id="example")

    def with_gold(self, side: Side) -> Example:
        """The same with other gold."""
        return replace(self, gold=side)

    def with_predicted(self, side: Side) -> Example:
        """The same with another prediction."""
        return replace(self, predicted=side)


@dataclass(frozen=True)
class Sizes:
    """At most how many items a section has, and values a list."""

    items: int = 3
    values: int = 3


LARGE, SMALL = Sizes(), Sizes(2, 2)


def seeded(
    seed: int,
    schema: type[Record] | None = None,
    *,
    sizes: Sizes = LARGE,
    two_readers: bool = False,
) -> Example:
    """The example of a seed: the same in every process."""
    return example_of(Random(seed), schema, sizes=sizes, two_readers=two_readers)


def examples(
    schema: type[Record] | None = None, *, sizes: Sizes = LARGE, two_readers: bool = False
) -> st.SearchStrategy[Example]:
    """Documents with tolerances of the gold's reader; with `two_readers` of the other's, too."""
    # Chance of Hypothesis shrinks well and repeats itself; that of a seed does neither.
    chance = st.randoms(use_true_random=False) | st.integers(0, 2**32).map(Random)
    return chance.map(
        lambda random: example_of(random, schema, sizes=sizes, two_readers=two_readers)
    )


def example_of(
    random: Random, schema: type[Record] | None, *, sizes: Sizes, two_readers: bool
) -> Example:
    """Gold of random items, a prediction that was made from it by mistakes, and tolerances."""
    schema = schema or random.choice(SCHEMAS)
    writer = Writer(random, schema, sizes)
    labels = writer.record()
    predicted = writer.mistaken(labels)
    return Example(
        schema,
        writer.article,
        writer.side(labels, loose=random.random() < 0.8),
        writer.side(predicted, loose=two_readers),
        random.choice((0.2, 0.4, 0.4, 0.6)),
    )


class Writer:
    """Writes articles, records and mistakes, from one source of chance."""

    def __init__(self, random: Random, schema: type[Record], sizes: Sizes = LARGE) -> None:
        self.random = random
        self.plan = plan_of(schema)
        self.sizes = sizes
        self.article = self._article()

    def _article(self) -> Article:
        text, spans = "", []
        for i in range(self.random.randint(2, 4)):
            words = " ".join(self.random.choice(WORDS) for _ in range(3))
            sentence = f"{self.random.choice(NAMES)} {words} {i}."
            spans.append((len(text), len(text) + len(sentence)))
            text += sentence + " "
        return Article(text.rstrip(), tuple(spans))

    def chance(self, share: float) -> bool:
        """True in that share of cases."""
        return self.random.random() < share

    def record(self) -> Json:
        """Labels."""
        counts = {
            name: self.random.randint(0, self.sizes.items)
            for name in self.plan.sections
            if name != self.plan.root
        }
        ids = {name: [f"{name}{i}" for i in range(n)] for name, n in counts.items()}
        labels: Json = {}
        if self.plan.root is not None:
            labels |= self.item(self.plan.sections[self.plan.root], ids)
        for name, count in counts.items():
            plan = self.plan.sections[name]
            labels[name] = [self.item(plan, ids) for _ in range(count)]
            if "id" in plan.model.model_fields:
                for item, identity in zip(labels[name], ids[name], strict=True):
                    item["id"] = identity
        return self.mended(labels)

    def item(self, plan: RecordPlan, ids: dict[str, list[str]]) -> Json:
        """An item of a section, or a record within one, without its id."""
        item: Json = {}
        for field in plan.fields:
            needed = plan.model.model_fields[field.name].is_required()
            if field.many:
                count = self.random.randint(0, self.sizes.values)
                item[field.name] = [self.value(field, ids) for _ in range(count)]
            elif needed or self.chance(0.6):
                item[field.name] = self.value(field, ids)
        if plan.evidence is not None:
            item[plan.evidence] = self.evidence()
        return item

    def value(self, field: FieldPlan, ids: dict[str, list[str]]) -> Any:
        """One value of a field."""
        if field.record is not None:
            return self.item(field.record, ids)
        if field.ref is not None:
            known = ids.get(field.ref.section, [])
            if field.ref.or_text and (not known or self.chance(0.4)):
                return self.random.choice(NAMES)
            return self.random.choice(known) if known else ""
        return self.random.choice(_pool(field)) if _pool(field) else self.prose()

    def prose(self) -> str:
        """A text of a few words, or a blank."""
        if self.chance(0.1):
            return " "
        return " ".join(self.random.choice(WORDS) for _ in range(self.random.randint(1, 4)))

    def evidence(self) -> list[Json]:
        """One or two receipts, one in ten of which has the wrong quote."""
        numbers = self.random.sample(range(len(self.article.spans)), self.random.randint(1, 2))
        found = [self.article.cite(i) for i in numbers]
        return [{**e, "quote": e["quote"].upper()} if self.chance(0.1) else e for e in found]

    def mended(self, labels: Json) -> Json:
        """`labels` without what no schema would take: references to nothing, a least above the
        most."""
        ids = {
            name: [item["id"] for item in labels[name] if item.get("id")]
            for name in self.plan.sections
            if name != self.plan.root
        }
        while True:
            for name, plan in self.plan.sections.items():
                if name == self.plan.root:
                    self._mend(plan, labels, ids)
                else:
                    labels[name] = [item for item in labels[name] if self._mend(plan, item, ids)]
            left = {name: [item["id"] for item in labels[name] if item.get("id")] for name in ids}
            if left == ids:
                return labels
            ids = left

    def _mend(self, plan: RecordPlan, item: Json, ids: dict[str, list[str]]) -> bool:
        for field in plan.fields:
            values = _listed(item.get(field.name))
            if field.record is not None:
                kept = [value for value in values if self._mend(field.record, value, ids)]
            elif field.ref is not None and not field.ref.or_text:
                known = ids[field.ref.section]
                kept = [v if v in known else self.random.choice(known) for v in values if known]
            else:
                continue
            if field.many:
                item[field.name] = kept
            elif kept:
                item[field.name] = kept[0]
            elif plan.model.model_fields[field.name].is_required():
                return False
            else:
                item.pop(field.name, None)
        if item.get("min") is not None and item.get("max") is not None:
            item["min"], item["max"] = sorted((item["min"], item["max"]))
        return True

    def mistaken(self, labels: Json) -> Json | None:
        """A prediction of these labels, with mistakes of every kind, and with ids of its own."""
        if self.chance(0.02):
            return None
        rate = self.random.choice((0.0, 0.1, 0.3))
        ids = {
            name: [item["id"] for item in labels[name] if item.get("id")]
            for name in self.plan.sections
            if name != self.plan.root
        }
        found = copy.deepcopy(labels)
        for name, plan in self.plan.sections.items():
            if name == self.plan.root:
                self._err(plan, found, ids, rate)
                continue
            items = [item for item in found[name] if not self.chance(rate / 2)]
            for item in items:
                self._err(plan, item, ids, rate)
            items += [copy.deepcopy(item) for item in items if self.chance(rate / 2)]
            if self.chance(rate):
                items.append(self.item(plan, ids))
            self.random.shuffle(items)
            found[name] = items
        return self.mended(self._renamed(found))

    def _err(self, plan: RecordPlan, item: Json, ids: dict[str, list[str]], rate: float) -> None:
        for field in plan.fields:
            needed = plan.model.model_fields[field.name].is_required()
            if field.many:
                values = [v for v in item.get(field.name, ()) if not self.chance(rate / 2)]
                if field.record is not None:
                    for value in values:
                        self._err(field.record, value, ids, rate)
                else:
                    values = [self.value(field, ids) if self.chance(rate) else v for v in values]
                if self.chance(rate / 2):
                    values.append(self.value(field, ids))
                if self.chance(0.5):
                    self.random.shuffle(values)
                item[field.name] = values
            elif not needed and self.chance(rate / 2):
                item.pop(field.name, None)
            elif self.chance(rate):
                item[field.name] = self.value(field, ids)
        if plan.evidence is not None and self.chance(rate):
            item[plan.evidence] = self.evidence()

    def _renamed(self, labels: Json) -> Json:
        """The labels with ids that have nothing to do with the gold's."""
        names: dict[tuple[str, str], str] = {}
        for section in self.plan.sections:
            if section == self.plan.root:
                continue
            order = list(range(len(labels[section])))
            self.random.shuffle(order)
            for item, number in zip(labels[section], order, strict=True):
                if item.get("id") or "id" in self.plan.sections[section].model.model_fields:
                    names.setdefault((section, item.get("id") or ""), f"{section}{number}")
                    item["id"] = f"{section}{number}"
        for section, plan in self.plan.sections.items():
            items = [labels] if section == self.plan.root else labels[section]
            for item in items:
                _rename(plan, item, names)
        return labels

    def side(self, labels: Json | None, *, loose: bool) -> Side:
        """The labels, with tolerances and regions if their reader is `loose`."""
        if labels is None or not loose:
            return Side(labels)
        regions = []
        if self.chance(0.2):
            start, end = self.random.choice(self.article.spans)
            regions.append(Region(start=start, end=end))
        return Side(labels, tuple(self._tolerances(labels)), tuple(regions))

    def _tolerances(self, labels: Json) -> Iterator[Tolerance]:
        ids = {
            name: [item["id"] for item in labels[name] if item.get("id")]
            for name in self.plan.sections
            if name != self.plan.root
        }
        for place in places_of(self.plan.sections, self.plan.root, labels):
            if place.field is None:
                names = [self.random.choice(NAMES)] if place.named and self.chance(0.2) else []
                optional = self.chance(0.1)
                if names or optional:
                    yield Tolerance(at=place.at, optional=optional, names=names)
            elif place.receipt:
                if self.chance(0.1):
                    yield Tolerance(at=place.at, optional=True)
            elif self.chance(0.2):
                yield from self._of_value(place, ids)

    def _of_value(self, place: Spot, ids: dict[str, list[str]]) -> Iterator[Tolerance]:
        field = place.field
        assert field is not None
        whole_list = field.many and not place.element
        if whole_list or (not place.element and self.chance(0.2)):
            if not (place.element and field.record):
                yield Tolerance(at=place.at, dont_care=True)
            return
        if place.value is not None and self.chance(0.3):
            yield Tolerance(at=place.at, optional=True)
        elif field.record is not None:
            return
        elif isinstance(field.comparator, Number) and self.chance(0.7):
            low = self.random.choice((None, 0.0, place.value)) if place.value is not None else 0.0
            yield Tolerance(at=place.at, interval=(low, 4.0))
        elif isinstance(field.comparator, Text) and place.words and self.chance(0.7):
            facts = [Fact(accept=[word]) for word in place.words[:2]]
            yield Tolerance(at=place.at, facts=facts, words=self.random.randint(4, 6))
        else:
            other = self.value(field, ids)
            if other != "":
                yield Tolerance(at=place.at, alternatives=[other])


@dataclass(frozen=True)
class Spot:
    """A place of a record that a tolerance may point to; an item if it is of no field."""

    at: str
    value: Any
    field: FieldPlan | None = None
    element: bool = False
    receipt: bool = False
    named: bool = False

    @property
    def words(self) -> list[str]:
        """Those of a text."""
        return str(self.value or "").split()


def places_of(sections: dict[str, RecordPlan], root: str | None, labels: Json) -> Iterator[Spot]:
    """Every place of labels that is compared."""
    for name, plan in sections.items():
        if name == root:
            yield from _places(plan, labels, "")
            continue
        for i, item in enumerate(labels[name]):
            yield Spot(f"/{name}/{i}", item, named=bool(plan.naming))
            yield from _places(plan, item, f"/{name}/{i}")


def _places(plan: RecordPlan, item: Json, above: str) -> Iterator[Spot]:
    for field in plan.fields:
        at, value = f"{above}/{field.name}", item.get(field.name)
        yield Spot(at, value, field)
        if field.many:
            for i, each in enumerate(value or ()):
                yield Spot(f"{at}/{i}", each, field, element=True)
                if field.record is not None:
                    yield from _places(field.record, each, f"{at}/{i}")
        elif field.record is not None and value is not None:
            yield from _places(field.record, value, at)
    if plan.evidence is not None and plan.fields:
        for i, each in enumerate(item[plan.evidence]):
            yield Spot(f"{above}/{plan.evidence}/{i}", each, plan.fields[0], receipt=True)


def shuffled(side: Side, random: Random) -> Side:
    """The same labels with every list in another order, and the tolerances where they went."""
    moved: dict[str, str] = {}

    def walk(value: Any, old: str, new: str) -> Any:
        moved[old] = new
        if isinstance(value, dict):
            return {k: walk(v, f"{old}/{k}", f"{new}/{k}") for k, v in value.items()}
        if isinstance(value, list):
            order = list(range(len(value)))
            random.shuffle(order)
            return [walk(value[i], f"{old}/{i}", f"{new}/{j}") for j, i in enumerate(order)]
        return value

    def follow(at: str) -> str:
        if at in moved:
            return moved[at]
        above, _, last = at.rpartition("/")  # a field that is null
        return f"{follow(above)}/{last}"

    if side.labels is None:
        return side
    labels = walk(side.labels, "", "")
    tolerances = [t.model_copy(update={"at": follow(t.at)}) for t in side.tolerances]
    random.shuffle(tolerances)
    return Side(labels, tuple(tolerances), side.regions)


def _rename(plan: RecordPlan, item: Json, names: dict[tuple[str, str], str]) -> None:
    for field in plan.fields:
        value = item.get(field.name)
        if field.record is not None:
            for each in _listed(value):
                _rename(field.record, each, names)
        elif field.ref is not None and value is not None:
            section = field.ref.section
            if field.many:
                item[field.name] = [names.get((section, each), each) for each in value]
            else:
                item[field.name] = names.get((section, value), value)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _pool(field: FieldPlan) -> Sequence[Any]:
    """What a leaf may hold; nothing for prose."""
    inner = field.inner
    if get_origin(inner) is Literal:
        return get_args(inner)
    if field.name == "country":
        return COUNTRIES
    if inner is str:
        if isinstance(field.comparator, Names):
            return NAMES
        return () if isinstance(field.comparator, Text) else CODES
    if inner is bool:
        return (True, False)
    if inner in (int, float):
        return (0, 1, 2, 3)
    if inner is date:
        return DAYS
    if issubclass(inner, Enum):
        values = [member.value for member in inner]
        return (values[0], values[1], values[-1])
    if issubclass(inner, Place):
        return PLACES
    assert issubclass(inner, DatePhrase)
    return DATES
