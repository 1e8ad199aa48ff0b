"""What a plan is made of: places in a schema, and how the value at each travels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from summarizer.results import pointer
from summarizer.schemas.markers import FromEvidence


class Profile(StrEnum):
    """What the server's schema support is like."""

    STRICT = "strict"
    """All properties required and nullable, no bounds: OpenAI's strict mode, or none at all."""
    GRAMMAR = "grammar"
    """Everything bounded, closed lists, empty fields left out: grammar-constrained servers."""


class Size(StrEnum):
    """How much of the record the model is asked for."""

    FULL = "full"
    CORE = "core"


CITATIONS = "sentences"
"""The wire name of an item's `evidence`."""


class Kind(StrEnum):
    """How a value travels."""

    EVIDENCE = "evidence"
    """Sentence numbers, which become spans."""
    MENTIONS = "mentions"
    """Not on the wire: the first mentions of the item's names, found by code."""
    REFERENCE = "reference"
    """A name, which becomes the id of an item."""
    NAME = "name"
    """A name as it stands in the article."""
    TEXT = "text"
    PLAIN = "plain"
    """A number, a boolean, an enumeration or whatever else JSON Schema can say."""
    OBJECT = "object"
    LIST = "list"


class Held(StrEnum):
    """How text is held against the article."""

    PROSE = "prose"
    """In the model's words: the names and numbers in it stand in the article."""
    WORDS = "words"
    """In the article's words: it stands there as it is."""
    FREE = "free"
    """Not at all, as a translated name can't be."""


@dataclass(frozen=True, eq=False)
class Node:
    """One place in a schema, and how its value travels."""

    kind: Kind
    annotation: Any = None
    section: str | None = None
    """For a reference: the section that it points into."""
    or_text: bool = False
    """For a reference: whether free text may stand in its place."""
    held: Held = Held.PROSE
    """For text: what of it must stand in the article."""
    schema: dict[str, Any] = field(default_factory=dict)
    """For a plain value: its JSON Schema, without bounds."""
    limit: int | None = None
    item: Node | None = None
    """For a list: what it holds."""
    fields: tuple[Slot, ...] = ()
    """For an object: its fields, in order of declaration."""

    @property
    def model(self) -> type[BaseModel]:
        """The Pydantic class of an object."""
        model: type[BaseModel] = self.annotation
        return model

    @cached_property
    def bare(self) -> Slot | None:
        """The one field that is left of a nested object, written without the object around it."""
        asked = [slot for slot in self.fields if slot.asked]
        return asked[0] if len(asked) == 1 and asked[0].node.kind is not Kind.EVIDENCE else None

    @cached_property
    def listed(self) -> Node:
        """What a list holds; anything else is itself."""
        return self.item if self.kind is Kind.LIST and self.item is not None else self

    @cached_property
    def citations(self) -> Slot | None:
        """The field of an object that holds its own receipts: the first list of evidence."""
        return next((slot for slot in self.fields if slot.node.kind is Kind.EVIDENCE), None)

    @cached_property
    def mentioned(self) -> bool:
        """Whether code finds the receipts of an object: the first mentions of its names."""
        return any(slot.node.kind is Kind.MENTIONS for slot in self.fields)

    @cached_property
    def names(self) -> tuple[Slot, ...]:
        """The fields by which an item is found: its names, or the texts that are its key.

        Where nothing is marked so, the field called `name`.
        """
        found = tuple(slot for slot in self.fields if slot.is_name)
        return found or tuple(
            slot for slot in self.fields if slot.name == "name" and slot.node.kind is Kind.TEXT
        )

    @cached_property
    def nested(self) -> tuple[Slot, ...]:
        """The fields of an object that hold objects, or lists of them."""
        return tuple(slot for slot in self.fields if slot.node.listed.kind is Kind.OBJECT)

    @cached_property
    def refers(self) -> bool:
        """Whether there may be references in a value."""
        match self.kind:
            case Kind.REFERENCE:
                return True
            case Kind.LIST if self.item is not None:
                return self.item.refers
            case _:
                return bool(self.referring)

    @cached_property
    def referring(self) -> tuple[Slot, ...]:
        """The fields of an object in which there may be references."""
        return tuple(slot for slot in self.fields if slot.node.refers)


@dataclass(frozen=True, eq=False)
class Slot:
    """A field of an object."""

    name: str
    node: Node
    required: bool
    """Whether an object can't stand without it: no default, and null won't do."""
    asked: bool
    """Whether the model is asked for it; otherwise code fills it, or nobody."""
    null: bool = False
    """Whether it has no default, and is null where nothing stands."""
    quoted: FromEvidence | None = None
    """Whether, and from where, code fills it with the cited sentences when the model does not."""
    by_code: bool = False
    """Whether nothing that a model writes for it is read."""
    key: bool = False
    """Whether merging, and references, go by it."""
    description: str = ""

    @cached_property
    def wire_name(self) -> str:
        """The key that the model writes."""
        cited = self.node.kind is Kind.EVIDENCE and self.name == "evidence"
        return CITATIONS if cited else self.name

    @cached_property
    def pointer(self) -> str:
        """The JSON Pointer from an object to it."""
        return pointer(self.name)

    @cached_property
    def is_name(self) -> bool:
        """Whether it is marked as what an item is found by."""
        node = self.node.listed
        if node.kind is Kind.TEXT:
            return node.held is Held.FREE or (self.key and node is self.node)
        return node.kind is Kind.NAME


def asked_slots(node: Node) -> Iterator[Slot]:
    """The fields of an object that the model is asked for, in order."""
    return (slot for slot in node.fields if slot.asked)


def is_section(slot: Slot) -> bool:
    """Whether a top-level field is a list of items that fail one by one."""
    node = slot.node
    return node.kind is Kind.LIST and node.item is not None and node.item.kind is Kind.OBJECT


def marked(markers: Sequence[Any], kind: type) -> Any:
    """The marker of a kind among a field's metadata, or None."""
    return next((marker for marker in markers if isinstance(marker, kind) or marker is kind), None)
