"""What the fields of an item may hold, where a given sentence is to carry it.

An offer of one value is not asked for; an offer of none leaves the field out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from summarizer.schemas.claims import Claim
from summarizer.schemas.cues import offered, standing
from summarizer.schemas.markers import Limit, NotFor, NotOf, NotSource
from summarizer.schemas.vocabularies import ClaimStatus, SourceKind
from summarizer.schemas.vocabulary import Vocabulary
from summarizer.wire import CITATIONS, Kind, Node, Slot, asked_slots, marked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from summarizer.mentions import Mentions

UNSPECIFIED = "unspecified source"
"""The source of what is only said to be reported."""


@runtime_checkable
class Labelled(Protocol):
    """An item's class that can call an item something where the article has no name for it."""

    @classmethod
    def label(cls, fields: Mapping[str, Any]) -> str:
        """A short label, from the item's other fields; the required ones are all there."""
        ...


@dataclass(frozen=True)
class Offer:
    """What one field may hold: one of these values, or a list of some of them."""

    slot: Slot
    values: Sequence[str]

    @property
    def several(self) -> bool:
        """Whether the field is a list."""
        return self.slot.node.kind is Kind.LIST

    @property
    def only(self) -> Any:
        """All that the field can hold if there is but one value; None if there are more."""
        if len(self.values) != 1:
            return None
        return list(self.values) if self.several else self.values[0]


def offers(node: Node, number: int, mentions: Mentions) -> list[Offer] | None:
    """What the fields of an item hold that sentence `number` is to carry, in their order.

    None where there is nothing for a field that the item can't do without.
    """
    made: list[Offer] = []
    types: set[str] = set()
    for slot in asked_slots(node):
        values = _values(node, slot, number, mentions, types)
        if values:
            made.append(Offer(slot, values))
        elif _needed(node, slot):
            return None
        if slot.required and _vocabulary(slot) is not None:
            types.update(values)
    return made


def closable(node: Node) -> bool:
    """Whether every field that an item can't do without is one that an offer can be made for."""
    return all(
        _vocabulary(slot) is not None
        or _is_name(slot)
        or _is_place(slot)
        or _kind(slot) is Kind.REFERENCE
        for slot in asked_slots(node)
        if _needed(node, slot)
    )


def naming(node: Node) -> Slot | None:
    """The field that an item is called by: a text under `Key`."""
    return next((slot for slot in asked_slots(node) if _is_name(slot)), None)


def claims(node: Node, number: int, mentions: Mentions) -> Iterator[tuple[str, Any]]:
    """The fields for who says so, each with what the sentence tells of it."""
    for slot in node.fields:
        if slot.node.item is not None and slot.node.item.annotation is Claim:
            yield slot.wire_name, [_claim(number, mentions)]


def _values(
    node: Node, slot: Slot, number: int, mentions: Mentions, types: Collection[str]
) -> Sequence[str]:
    metadata = node.model.model_fields[slot.name].metadata
    vocabulary = _vocabulary(slot)
    if vocabulary is not None:
        return [value.value for value in offered(vocabulary, mentions.texts[number])]
    if _is_name(slot):
        return mentions.titles(number)[:1]
    if _is_place(slot):
        return mentions.places(number)
    if _kind(slot) is not Kind.REFERENCE:
        return ()
    if slot.node.kind is Kind.LIST:
        return _parties(metadata, number, mentions, types)
    barred: NotOf | None = marked(metadata, NotOf)
    return mentions.speakers(number, barred.kinds if barred else frozenset())


def _parties(
    metadata: Sequence[Any], number: int, mentions: Mentions, types: Collection[str]
) -> Sequence[str]:
    aimless: NotFor | None = marked(metadata, NotFor)
    if aimless is not None and types and aimless.values.issuperset(types):
        return ()
    parties = mentions.parties(number)
    if marked(metadata, NotSource):
        told = mentions.speakers(number)
        parties = [name for name in parties if name not in told] or parties
    limit: Limit | None = marked(metadata, Limit)
    least = (limit.least if limit else None) or 1
    return parties if len(parties) >= least else ()


def _claim(number: int, mentions: Mentions) -> dict[str, Any]:
    """Who says what a sentence says, as far as its cues tell; the narrator, where none does."""
    status, cue = standing(mentions.texts[number])
    chain = [
        {"source": name, "kind": SourceKind.NAMED.value, "cue": cue}
        for name in mentions.speakers(number)[:1]
    ]
    if not chain and cue is not None and status is not ClaimStatus.ASSERTED:
        chain = [{"source": UNSPECIFIED, "kind": SourceKind.UNSPECIFIED.value, "cue": cue}]
    return {"status": status.value, "attribution": chain, CITATIONS: [number]}


def _vocabulary(slot: Slot) -> type[Vocabulary] | None:
    annotation = slot.node.annotation
    closed = isinstance(annotation, type) and issubclass(annotation, Vocabulary)
    return annotation if closed else None


def _is_name(slot: Slot) -> bool:
    return slot.node.kind is Kind.TEXT and slot.key


def _is_place(slot: Slot) -> bool:
    bare = slot.node.bare if slot.node.kind is Kind.OBJECT else None
    return bare is not None and bare.node.kind is Kind.NAME


def _needed(node: Node, slot: Slot) -> bool:
    """Whether an item can't do without an offer for a field."""
    labelled = _is_name(slot) and isinstance(node.model, Labelled)
    return slot.required and slot.node.kind is not Kind.EVIDENCE and not labelled


def _kind(slot: Slot) -> Kind:
    """The kind of a field, or of what it lists."""
    return slot.node.item.kind if slot.node.item is not None else slot.node.kind
