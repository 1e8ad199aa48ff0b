"""An item of a record that is right, and what must be known to change it into a false one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from summarizer.evals.documents import Tolerance
from summarizer.evals.edits import value_at
from summarizer.evals.falsehoods.names import Bearer, bearer
from summarizer.evals.suites import Document
from summarizer.names import normal_form
from summarizer.schemas import SituationSummary

Json = dict[str, Any]

REFERENCES: Mapping[str, tuple[str, ...]] = {
    "parties": ("member_of",),
    "military_activities": ("actors", "targets"),
    "diplomatic_meetings": ("participants", "host", "mediator"),
    "expert_assessments": ("assessor", "affiliation"),
    "claimed_motives": ("motive_of", "attributed_by"),
}
"""By section, the fields that refer to parties."""
LABELLED = ("about", "proposition", "motive", "outcome", "name", "topics")
"""The fields that hold texts that a reader wrote."""
# "BAMAKO, Nov 6 (Sahel Wire) - ": a date of which the sentence doesn't tell.
_DATELINE = re.compile(r"^[^\W\d_]{3,}(?<=[^a-z])[^a-z][^–—]{0,60}?\s[–—-]\s(?=[A-ZÀ-ÝА-ЯЁ])")
_NAMED = ("name", "name_en")


class Change(NamedTuple):
    """What makes an item false."""

    path: str
    before: Any
    after: Any
    values: Mapping[str, Any]
    """What to put in which place."""
    party: Json | None = None
    """A party that the record has to have for it."""


class Text(NamedTuple):
    """A free text of an item."""

    path: str
    value: str
    language: str


@dataclass(frozen=True)
class Item:
    """One item of the record of a document."""

    document: Document[SituationSummary]
    record: Json
    section: str
    index: int
    _names: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False)

    @property
    def pointer(self) -> str:
        """Where it stands in the record."""
        return f"/{self.section}/{self.index}"

    @property
    def data(self) -> Json:
        """Its public JSON."""
        data: Json = self.record[self.section][self.index]
        return data

    @property
    def language(self) -> str:
        """That of the article."""
        return self.document.gold.language

    @cached_property
    def cited(self) -> str:
        """The sentences that it cites, and those that its claims do."""
        return "\n".join(dict.fromkeys(_quotes(self.data)))

    @cached_property
    def whole(self) -> str:
        """The article, and all that the record says in other words."""
        return "\n".join([self.document.article.text, *_strings(self.record)])

    @cached_property
    def tolerances(self) -> dict[str, Tolerance]:
        """What a reader left open, by place."""
        return {each.at: each for each in self.document.labels.tolerances}

    def is_open(self, path: str) -> bool:
        """Whether anything may stand in a place, or in what holds it."""
        return any(
            each.dont_care and (path == at or path.startswith(f"{at}/"))
            for at, each in self.tolerances.items()
        )

    def tolerated(self, path: str) -> set[str]:
        """The texts and ids that are as good there, or in a place around or below."""
        return {
            str(text)
            for at, each in self.tolerances.items()
            if at.startswith(f"{path}/") or path == at or path.startswith(f"{at}/")
            for alternative in each.alternatives
            for text in (alternative if isinstance(alternative, list) else [alternative])
        }

    def texts(self) -> Iterator[Text]:
        """Its free texts: in English where a reader wrote them, else as the article has them."""
        data = self.data
        names = LABELLED if self.section != "parties" else ()
        for name in names:
            path = f"{self.pointer}/{name}"
            if isinstance(data.get(name), str) and not self.is_open(path):
                yield Text(path, data[name], "en")
        for i, topic in enumerate(data.get("topics", ())):
            yield Text(f"{self.pointer}/topics/{i}", topic, "en")
        for name in COPIED:
            if isinstance(data.get(name), str):
                yield Text(f"{self.pointer}/{name}", data[name], self.language)

    def names(self, ref: str) -> tuple[str, ...]:
        """The names of a party, as the article and the labels have them; none of a text's."""
        if not self._names:
            for i, each in enumerate(self.record["parties"]):
                tolerance = self.tolerances.get(f"/parties/{i}")
                own = [each[name] for name in _NAMED if each.get(name)]
                more = list(tolerance.names) if tolerance else []
                self._names[each["id"]] = (*own, *each.get("aliases", ()), *more)
        return self._names.get(ref, ())

    def party(self, ref: str) -> Json | None:
        """The party with that id."""
        return next((each for each in self.record["parties"] if each["id"] == ref), None)

    def bearer(self, ref: str) -> Bearer:
        """Whose names those of a party are; of what is none, a body's."""
        party = self.party(ref)
        return bearer(party.get("kind") if party else None)

    def is_cited(self, ref: str) -> bool:
        """Whether a name of a party stands in the cited sentences, inflected or not."""
        return any(stands(name, self.cited) for name in self.names(ref))

    def is_named(self, ref: str) -> bool:
        """Whether a party has a proper name; "men" and "gunmen" may be any of them."""
        return any(letter.isupper() for name in self.names(ref) for letter in name)

    def is_near(self, one: str, other: str) -> bool:
        """Whether a reader may take one party for another: a member of it, of one country, or with
        a name that holds the other's."""
        if one == other or other in self._above(one) or one in self._above(other):
            return True
        if self._above(one) & self._above(other) and "state" not in map(self.bearer, (one, other)):
            return self.bearer(one) != "person" or self.bearer(other) != "person"
        first, second = self.party(one), self.party(other)
        if first is None or second is None:
            return False
        country = first.get("country")
        if country and country == second.get("country"):
            return self.bearer(one) != "person" or self.bearer(other) != "person"
        forms = [{normal_form(name) for name in self.names(each)} for each in (one, other)]
        return any(a and b and (a in b or b in a) for a in forms[0] for b in forms[1])

    def _above(self, ref: str) -> set[str]:
        found: set[str] = set()
        new = {ref}
        while new:
            parties = [party for each in new if (party := self.party(each))]
            new = {above for party in parties for above in party.get("member_of", ())} - found
            found |= new
        return found


COPIED = ("description", "text")
"""The fields that hold a sentence of the article as it stands."""


def supported(document: Document[SituationSummary]) -> Json:
    """The gold record of a document in the public JSON, with texts in the article's own language.

    They are cited sentences without their datelines, which are right since they are copies: of each
    activity the first as its description, of some items the first as a sentence of the synopsis.
    """
    record = deepcopy(document.labels.record.model_dump(mode="json"))
    for activity in record["military_activities"]:
        activity["description"] = _DATELINE.sub("", activity["evidence"][0]["quote"])
    for section in ("military_activities", "diplomatic_meetings", "expert_assessments"):
        for item in record[section][:2]:
            first = item["evidence"][0]
            if first not in [each["evidence"][0] for each in record["synopsis"]]:
                record["synopsis"].append(
                    {"evidence": [first], "text": _DATELINE.sub("", first["quote"])}
                )
    return record


def items(document: Document[SituationSummary]) -> Iterator[Item]:
    """All items of the record that is `supported` by a document."""
    record = supported(document)
    for section, entries in record.items():
        if isinstance(entries, list):
            for index in range(len(entries)):
                yield Item(document, record, section, index)


def stands(name: str, text: str) -> bool:
    """Whether a name stands in a text, or as much of its words as inflection leaves of them."""
    known = text.casefold()
    if name.casefold() in known:
        return True
    words = [word for word in name.casefold().split() if len(word) > 3]
    return bool(words) and all(word[: max(4, len(word) - 3)] in known for word in words)


def value(item: Item, path: str) -> Any:
    """What stands in a place of the item's record."""
    return value_at(item.record, path)


def _quotes(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        if "quote" in data:
            yield data["quote"]
        for inner in data.values():
            yield from _quotes(inner)
    elif isinstance(data, list):
        for inner in data:
            yield from _quotes(inner)


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for inner in data.values():
            yield from _strings(inner)
    elif isinstance(data, list):
        for inner in data:
            yield from _strings(inner)
