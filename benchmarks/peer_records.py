"""What other extractors printed, as records of the situation schema. For `peers.py`.

The converters are thin, and where something has to be granted, it is granted to the peer:

- A quote that stands in the article, up to case, white space and the shape of quotation marks and
  dashes, becomes receipts of the sentences that it touches. One that doesn't is kept, as a receipt
  of nowhere: its item counts, and isn't located.
- A value of a peer's shorter list that covers several of ours becomes the one of them that the gold
  has most often. A field that we demand and a peer never fills gets the most frequent value.
- What says only that there is nothing ("none", "unknown") is left out.
- Everyone whom an item names is a party, too.
- Things that are told twice in the same words are one, with the receipts of both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from summarizer import Article
from summarizer.schemas import SituationSummary
from summarizer.schemas.vocabularies import ActivityType, PartyKind

SECTIONS = {
    "party": "parties",
    "military_activity": "military_activities",
    "diplomatic_meeting": "diplomatic_meetings",
    "expert_assessment": "expert_assessments",
    "claimed_motive": "claimed_motives",
}
"""Our sections by the classes of a list of extractions."""
KINDS: dict[str, str] = {kind.value: kind.value for kind in PartyKind} | {
    "country": "state",
    "army": "armed_force",
    "armed_forces": "armed_force",
    "military": "armed_force",
    "troops": "armed_force",
    "organisation": "government_body",
    "organization": "government_body",
    "government": "government_body",
    "journalist": "media",
    "newspaper": "media",
    "analyst": "expert",
}
TYPES: dict[str, str] = {type_.value: type_.value for type_ in ActivityType} | {
    "exercise": "joint_exercise",
    "military_exercise": "joint_exercise",
    "drill": "joint_exercise",
    "strike": "missile_or_artillery_strike",
    "attack": "missile_or_artillery_strike",
    "bombardment": "missile_or_artillery_strike",
    "missile_strike": "missile_or_artillery_strike",
    "shelling": "missile_or_artillery_strike",
    "airstrike": "air_strike",
    "battle": "ground_clash",
    "clash": "ground_clash",
}
JUDGED = "forecast"
"""What is judged, which no peer tells, is most often what will happen."""
NOTHING = re.compile(
    r"\W*(?:none|null|n/?a|nil|unknown|unnamed|undisclosed|(?:not |un)specified|not (?:mentioned"
    r"|stated|provided|given|applicable|available))?\W*",
    re.IGNORECASE,
)
NO_QUOTE = "[no quote]"
_SHAPES = ("'‘’‚‛`", '"“”„‟«»', "-‐‑‒–—")
_SHAPE = {mark: f"[{re.escape(marks)}]" for marks in _SHAPES for mark in marks}


class Converted(NamedTuple):
    """A record, and how many of a peer's quotes stand in the article character by character."""

    summary: SituationSummary
    quotes: int
    verbatim: int


def of_instructor(data: dict[str, Any], article: Article) -> Converted:
    """The record of a nested answer: lists of items, each with its quote."""
    found = _Found(article)
    for party in data["parties"]:
        name, kind = party["name"], _of(KINDS, party["kind"])
        found.add("parties", name, party["quote"], name=name, kind=kind)
    for act in data["military_activities"]:
        found.add(
            "military_activities",
            act["description"],
            act["quote"],
            name=act["description"],
            type=_of(TYPES, act["type"]) or "other",
            actors=_names(act["participants"]),
            location=_place(act["location"]),
        )
    for meeting in data["diplomatic_meetings"]:
        participants = _names(meeting["participants"])
        found.add(
            "diplomatic_meetings",
            " ".join([*participants, meeting["quote"]]),
            meeting["quote"],
            participants=participants,
            topics=_names(meeting["topic"]),
            location=_place(meeting["location"]),
        )
    for view in data["expert_assessments"]:
        found.add(
            "expert_assessments",
            view["assessment"],
            view["quote"],
            assessor=_text(view["expert"]) or "",
            type=JUDGED,
            proposition=view["assessment"],
        )
    for motive in data["claimed_motives"]:
        found.add(
            "claimed_motives",
            motive["motive"],
            motive["quote"],
            motive_of=_names(motive["actor"]),
            motive=motive["motive"],
            attributed_by=_text(motive["attributed_to"]),
        )
    return found.record()


def of_langextract(data: list[list[Any]], article: Article) -> Converted:
    """The record of a list of extractions: class, text, attributes and, where the library found
    the text in the article, its interval.

    As its documentation advises, what it found nowhere is left out: most of that is copied from
    the worked example. Classes that were not asked for are left out, too.
    """
    found = _Found(article)
    for kind, text, attributes, *rest in data:
        span = rest[0] if rest else None
        if kind not in SECTIONS:
            continue
        if span is None and (rest or not found.sentences(text)):
            found.count(text)
            continue
        fields = _attributes(kind, text, attributes or {})
        found.add(SECTIONS[kind], text, text, span=span, **fields)
    return found.record()


CONVERTERS: dict[str, Callable[[Any, Article], Converted]] = {
    "instructor": of_instructor,
    "langextract": of_langextract,
}


def _attributes(kind: str, text: str, told: dict[str, Any]) -> dict[str, Any]:
    """The fields of an extraction. Attributes that the example doesn't have are taken where a
    model wrote them of itself, under the names that the other peer has for them."""
    location = _place(_single(told.get("location")))
    match kind:
        case "party":
            return {"name": text, "kind": _of(KINDS, _single(told.get("kind")))}
        case "military_activity":
            actors = _names(told.get("participants")) or _names(told.get("actor"))
            type_ = _of(TYPES, _single(told.get("type"))) or "other"
            return {"name": text, "type": type_, "actors": actors, "location": location}
        case "diplomatic_meeting":
            participants, topics = _names(told.get("participants")), _names(told.get("topic"))
            return {"participants": participants, "topics": topics, "location": location}
        case "expert_assessment":
            assessor = _text(_single(told.get("expert"))) or ""
            return {"assessor": assessor, "type": JUDGED, "proposition": text}
        case _:
            source = _text(_single(told.get("attributed_to")))
            motive_of = _names(told.get("actor"))
            return {"motive_of": motive_of, "motive": text, "attributed_by": source}


class _Found:
    """The items of one article, as they come in."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.items: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in SECTIONS.values()}
        self.quotes = self.verbatim = 0

    def add(
        self, section: str, said: str, quote: str, *, span: list[int] | None = None, **fields: Any
    ) -> None:
        """Take in an item, unless what it says is that there is none."""
        if _text(said) is None:
            return
        self.count(quote)
        receipts = [*self._receipts(quote, span)]
        before = self.items[section].setdefault(_key(said), {"evidence": [], **fields})
        before["evidence"] += [each for each in receipts if each not in before["evidence"]]
        for name, value in fields.items():
            if before[name] in (None, []):
                before[name] = value

    def count(self, quote: str) -> None:
        """Count a quote, of an item that is taken in or left out."""
        if _text(quote) is not None:
            self.quotes += 1
            self.verbatim += quote in self.article.text

    def sentences(self, quote: str, span: list[int] | None = None) -> list[int]:
        """The sentences that a quote touches; none where it isn't found."""
        if span is None:
            words = (
                "".join(_SHAPE.get(mark, re.escape(mark)) for mark in word)
                for word in quote.split()
            )
            pattern = r"\s+".join(words)
            match = re.search(pattern, self.article.text, re.IGNORECASE) if pattern else None
            if match is None:
                return []
            span = [*match.span()]
        start, end = span
        bounds = enumerate(self.article.sentences, 1)
        return [number for number, (first, last) in bounds if first < end and start < last]

    def _receipts(self, quote: str, span: list[int] | None) -> Iterator[dict[str, Any]]:
        found = self.sentences(quote, span)
        for number in found:
            start, end = self.article.span(number)
            said = self.article.quote(number)
            yield {"sentence": number, "start": start, "end": end, "quote": said}
        if not found:
            words, start = quote.strip() or NO_QUOTE, len(self.article.text)
            yield {"sentence": 1, "start": start, "end": start + len(words), "quote": words}

    def record(self) -> Converted:
        """All of them; whom they name is a party, too, cited where the name first stands."""
        parties = self.items["parties"]
        told = {name: [*items.values()] for name, items in self.items.items()}
        for item in [item for items in told.values() for item in items]:
            for name in _named(item):
                if _key(name) not in parties:
                    parties[_key(name)] = {"evidence": [*self._receipts(name, None)], "name": name}
        told["parties"] = [*parties.values()]
        return Converted(SituationSummary.model_validate(told), self.quotes, self.verbatim)


def _key(said: str) -> str:
    return " ".join(said.casefold().split())


def _named(item: dict[str, Any]) -> Iterator[str]:
    """Whom an item refers to."""
    for field in ("actors", "participants", "motive_of"):
        yield from item.get(field, [])
    yield from filter(None, (item.get(field) for field in ("assessor", "attributed_by")))


def _of(values: dict[str, str], given: Any) -> str | None:
    """Our value for a peer's word."""
    return values.get(re.sub(r"[\s-]+", "_", str(given).strip().casefold()))


def _single(value: Any) -> Any:
    return next(iter(value), None) if isinstance(value, list) else value


def _text(value: Any) -> str | None:
    if not isinstance(value, str) or NOTHING.fullmatch(value):
        return None
    return value.strip()


def _place(value: Any) -> dict[str, str] | None:
    text = _text(value)
    return {"text": text} if text else None


def _names(value: Any) -> list[str]:
    """The names in a list, or the one that stands by itself, each once."""
    given: Iterable[Any] = value if isinstance(value, list) else (value,)
    return [*dict.fromkeys(text for each in given if (text := _text(each)))]
