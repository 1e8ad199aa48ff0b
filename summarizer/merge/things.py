"""The items of a section as things: by what they are told apart, and whether they can be one."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from typing import TYPE_CHECKING, Any

from summarizer.merge.meanings import Meanings
from summarizer.schemas.markers import Anchor
from summarizer.wire import Kind, Node, Slot, marked

if TYPE_CHECKING:
    from summarizer.grounding import Item


@dataclass(frozen=True)
class Marks:
    """By what items of a class are told apart."""

    keys: tuple[Slot, ...]
    """What two items have to agree on, unless one of them leaves it out."""
    types: tuple[Slot, ...]
    """Keys of a closed list: to agree on these alone says little."""
    anchors: tuple[Slot, ...]


@lru_cache(maxsize=1024)
def marks_of(node: Node) -> Marks:
    """By what items of the class of `node` are told apart."""
    keys = tuple(slot for slot in node.fields if slot.key)
    types = tuple(slot for slot in keys if _is_type(slot.node))
    # Where there is nothing else, a type is all that merging can go by.
    told = tuple(slot for slot in keys if slot not in types) or keys
    fields = node.model.model_fields
    anchors = tuple(s for s in node.fields if marked(fields[s.name].metadata, Anchor))
    return Marks(told, tuple(slot for slot in types if slot not in told), anchors)


def _is_type(node: Node) -> bool:
    closed = "enum" in node.schema or "const" in node.schema or node.schema.get("type") == "boolean"
    return node.kind is Kind.PLAIN and closed


@dataclass(eq=False)
class Thing:
    """Items that are one, as far as is known."""

    items: list[Item]
    tellings: list[Item]
    """One of each that say the same."""
    keys: tuple[Hashable, ...]
    """What is told of it by its keys, in order; None where nothing is."""


def at_odds(one: Thing, other: Thing, slots: Sequence[Slot], meanings: Meanings) -> bool:
    """Whether two things can't be one for what any of their tellings has in one of `slots`."""
    parts = [slot for slot in slots if slot.node.listed.kind is Kind.REFERENCE]
    return any(
        _parts_change(mine.data, theirs.data, parts, meanings)
        or any(
            meanings.at_odds(slot.node, mine.data.get(slot.name), theirs.data.get(slot.name))
            for slot in slots
        )
        for mine in one.tellings
        for theirs in other.tellings
    )


def _parts_change(
    mine: Mapping[str, Any], theirs: Mapping[str, Any], parts: Sequence[Slot], meanings: Meanings
) -> bool:
    """Whether somebody plays one part here and another there: acts, and is acted on."""
    if len(parts) < 2:
        return False
    first, second = (
        [{*_meant(slot.node, data.get(slot.name), meanings)} for slot in parts]
        for data in (mine, theirs)
    )
    return any(
        (first[a] & second[b]) - (first[b] & second[b]) - (first[a] & second[a])
        for a, b in permutations(range(len(parts)), 2)
    )


def _meant(node: Node, value: Any, meanings: Meanings) -> Iterator[Hashable]:
    for name in (value if isinstance(value, list) else [value]) if value else ():
        yield meanings.meant(node.listed, name)
