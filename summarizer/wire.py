"""The wire schema: what a model is asked to write for a user's Pydantic model.

On the wire a model cites sentence numbers in place of `Evidence`, writes names in place of
references, and leaves to code what code does better. A schema is planned once per model,
profile and size; per article only the closed lists (sentence numbers, names) are filled in.
"""

from __future__ import annotations

import types
from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter

from summarizer.errors import SchemaError
from summarizer.schemas import DatePhrase, Evidence
from summarizer.schemas.markers import (
    ByCode,
    FirstMentions,
    FromEvidence,
    FullOnly,
    Limit,
    Ref,
    Verbatim,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic.fields import FieldInfo


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
"""The wire name of a field of `Evidence`."""
TEXT_LIMIT = 240
"""Characters in a string, where a grammar bounds it and no `Limit` says otherwise."""
ITEMS_LIMIT = 12
"""Items in a list, likewise."""
CITATIONS_LIMIT = 4
"""Sentence numbers that one item may cite, likewise."""


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


@dataclass(frozen=True, eq=False)
class Node:
    """One place in a schema, and how its value travels."""

    kind: Kind
    annotation: Any = None
    section: str | None = None
    """For a reference: the section that it points into."""
    or_text: bool = False
    """For a reference: whether free text may stand in its place."""
    schema: dict[str, Any] = field(default_factory=dict)
    """For a plain value: its JSON Schema."""
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

    @property
    def bare(self) -> Slot | None:
        """The one field that is left of a nested object, written without the object around it."""
        asked = [slot for slot in self.fields if slot.asked]
        return asked[0] if len(asked) == 1 and asked[0].node.kind is not Kind.EVIDENCE else None


@dataclass(frozen=True, eq=False)
class Slot:
    """A field of an object."""

    name: str
    node: Node
    required: bool
    asked: bool
    """Whether the model is asked for it; otherwise code fills it, or nobody."""
    quoted: FromEvidence | None = None
    """Whether, and from where, code fills it with the cited sentences when the model does not."""
    by_code: bool = False
    """Whether nothing that a model writes for it is read."""
    description: str = ""
    nullable: bool = False

    @property
    def wire_name(self) -> str:
        """The key that the model writes."""
        return CITATIONS if self.node.kind is Kind.EVIDENCE and self.name == "evidence" else self.name


@dataclass(frozen=True)
class Plan:
    """A schema as it goes over the wire, for one profile and size."""

    schema: type[BaseModel]
    profile: Profile
    size: Size
    root: Node

    def only(self, names: Sequence[str]) -> Plan:
        """The same plan with no other top-level fields than these."""
        missing = set(names) - {slot.name for slot in self.root.fields}
        if missing:
            raise SchemaError(f"{self.schema.__name__} has no field {', '.join(sorted(missing))}.")
        kept = tuple(slot for slot in self.root.fields if slot.name in names)
        return replace(self, root=replace(self.root, fields=kept))

    @property
    def sections(self) -> tuple[Slot, ...]:
        """The top-level lists of objects."""
        return tuple(slot for slot in self.root.fields if is_section(slot))

    def json_schema(self, sentences: int, names: Sequence[str] = ()) -> dict[str, Any]:
        """The JSON Schema for an article of so many sentences, with these names in it."""
        grammar = self.profile is Profile.GRAMMAR
        number: dict[str, Any] = {"type": "integer"}
        if grammar:
            # Few distinct schemas, so that a server's compiled grammars are used again.
            number = {"type": "integer", "enum": list(range(1, _power_of_two(sentences) + 1))}
        name: dict[str, Any] = {"type": "string"}
        if grammar:
            name = {"enum": list(names)} if names else {"type": "string", "maxLength": 80}
        body = _schemas(self)
        return {**body, "$defs": {"sentence": number, "name": name}}


def is_section(slot: Slot) -> bool:
    """Whether a top-level field is a list of items that fail one by one."""
    node = slot.node
    return node.kind is Kind.LIST and node.item is not None and node.item.kind is Kind.OBJECT


def _power_of_two(count: int) -> int:
    return 1 << max(count - 1, 0).bit_length()


@lru_cache(maxsize=256)
def plan(schema: type[BaseModel], profile: Profile, size: Size) -> Plan:
    """How `schema` goes over the wire. Planned once per schema, profile and size.

    Raises:
        SchemaError: the schema holds something that can't be asked for, with its place.
    """
    root = _object(schema, size, schema.__name__, ())
    return Plan(schema, profile, size, root)


@lru_cache(maxsize=256)
def _schemas(planned: Plan) -> dict[str, Any]:
    schema = _render_object(planned.root, planned.profile)
    schema["title"] = planned.schema.__name__
    return schema


# Planning: from annotations to nodes.


def _object(model: type[BaseModel], size: Size, place: str, above: tuple[type, ...]) -> Node:
    if model in above:
        raise SchemaError(
            f"{place}: {model.__name__} holds itself.",
            hint="Flatten it into a list whose items refer to one another with Ref.",
        )
    slots = tuple(
        _slot(name, info, size, f"{place}.{name}", (*above, model))
        for name, info in model.model_fields.items()
    )
    return Node(Kind.OBJECT, annotation=model, fields=slots)


def _slot(name: str, info: FieldInfo, size: Size, place: str, above: tuple[type, ...]) -> Slot:
    markers = tuple(info.metadata)
    annotation, inner, nullable = _unwrap(info.annotation)
    markers += inner
    node = _node(annotation, markers, size, place, above)
    by_code = marked(markers, ByCode) is not None or node.kind is Kind.MENTIONS
    quoted: FromEvidence | None = marked(markers, FromEvidence)
    core_only = size is Size.CORE and (
        quoted is not None or marked(markers, FullOnly) is not None or annotation is DatePhrase
    )
    asked = not (by_code or core_only)
    if node.kind is Kind.OBJECT and not any(slot.asked for slot in node.fields):
        asked = False
    return Slot(
        name=name,
        node=node,
        required=info.is_required(),
        asked=asked,
        quoted=quoted if info.is_required() else None,
        by_code=by_code,
        description=info.description or "",
        nullable=nullable or not info.is_required(),
    )


def _unwrap(annotation: Any) -> tuple[Any, tuple[Any, ...], bool]:
    """The annotation without `Annotated` and `| None`, the markers met, whether None was in it."""
    markers: tuple[Any, ...] = ()
    nullable = False
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *found = get_args(annotation)
            markers += tuple(found)
        elif origin in (Union, types.UnionType) and type(None) in get_args(annotation):
            rest = tuple(arg for arg in get_args(annotation) if arg is not type(None))
            nullable = True
            annotation = rest[0] if len(rest) == 1 else Union[rest]  # noqa: UP007  # built from a tuple
        else:
            return annotation, markers, nullable


def marked(markers: Sequence[Any], kind: type) -> Any:
    """The marker of a kind among a field's metadata, or None."""
    return next((marker for marker in markers if isinstance(marker, kind) or marker is kind), None)


def _node(
    annotation: Any, markers: tuple[Any, ...], size: Size, place: str, above: tuple[type, ...]
) -> Node:
    limit: Limit | None = marked(markers, Limit)
    ref: Ref | None = marked(markers, Ref)
    origin = get_origin(annotation)
    if origin in (list, tuple):
        return _list(annotation, markers, size, place, above)
    if ref is not None:
        chars = limit.chars if limit else None
        return Node(Kind.REFERENCE, section=ref.section, or_text=ref.or_text, limit=chars)
    if isinstance(annotation, type):
        if annotation is Evidence:
            raise SchemaError(
                f"{place}: Evidence stands by itself.",
                hint="Declare it as list[Evidence]: an item may rest on several sentences.",
            )
        if issubclass(annotation, BaseModel):
            return _object(annotation, size, place, above)
        if issubclass(annotation, str) and not issubclass(annotation, Enum):
            chars = limit.chars if limit else None
            kind = Kind.NAME if marked(markers, Verbatim) else Kind.TEXT
            return Node(kind, annotation=annotation, limit=chars)
    return Node(Kind.PLAIN, annotation=annotation, schema=_plain(annotation, place))


def _list(
    annotation: Any, markers: tuple[Any, ...], size: Size, place: str, above: tuple[type, ...]
) -> Node:
    args = [arg for arg in get_args(annotation) if arg is not Ellipsis]
    if len(args) != 1:
        raise SchemaError(f"{place}: a list needs one type of item.", hint="Declare it as list[X].")
    inner, inner_markers, _ = _unwrap(args[0])
    limit: Limit | None = marked(markers, Limit)
    items = limit.items if limit else None
    if inner is Evidence:
        mentions = marked(markers, FirstMentions) is not None
        return Node(Kind.MENTIONS if mentions else Kind.EVIDENCE, limit=items)
    ref: Ref | None = marked(markers, Ref)
    if ref is not None:
        inner_markers = (*inner_markers, ref)
    item = _node(inner, inner_markers, size, f"{place}[]", above)
    return Node(Kind.LIST, annotation=annotation, item=item, limit=items)


def _plain(annotation: Any, place: str) -> dict[str, Any]:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return {"type": "string", "enum": [member.value for member in annotation]}
    if get_origin(annotation) is Literal:
        return {"enum": list(get_args(annotation))}
    try:
        schema = TypeAdapter(annotation).json_schema()
    except Exception as error:
        raise SchemaError(
            f"{place}: {annotation!r} has no JSON Schema.",
            hint="Use text, numbers, enumerations, models, and lists of these.",
            original=error,
        ) from error
    if schema.get("type") == "object" or "$defs" in schema or not schema:
        raise SchemaError(
            f"{place}: {annotation!r} is open-ended, which no strict schema can say.",
            hint="Use a model, or a list of models, with named fields.",
        )
    return {k: v for k, v in schema.items() if k in {"type", "enum", "format", "anyOf", "const"}}


# Rendering: from nodes to JSON Schema.


def _render(node: Node, profile: Profile) -> dict[str, Any]:
    grammar = profile is Profile.GRAMMAR
    match node.kind:
        case Kind.EVIDENCE:
            return _array({"$ref": "#/$defs/sentence"}, grammar, node.limit or CITATIONS_LIMIT, least=1)
        case Kind.REFERENCE | Kind.NAME if not node.or_text:
            return {"$ref": "#/$defs/name"}
        case Kind.TEXT | Kind.REFERENCE:
            bound = {"maxLength": node.limit or TEXT_LIMIT} if grammar else {}
            return {"type": "string", **bound}
        case Kind.LIST if node.item is not None:
            listed = node.item.kind is Kind.OBJECT
            item = _render_object(node.item, profile) if listed else _render(node.item, profile)
            return _array(item, grammar, node.limit or ITEMS_LIMIT)
        case Kind.OBJECT:
            bare = node.bare
            return _render(bare.node, profile) if bare else _render_object(node, profile)
        case _:
            return dict(node.schema)


def _array(items: dict[str, Any], grammar: bool, most: int, least: int = 0) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "array", "items": items}
    if grammar:
        schema["maxItems"] = most
        if least:
            schema["minItems"] = least
    return schema


def _render_object(node: Node, profile: Profile) -> dict[str, Any]:
    """An object's own schema: what stands in a list is never bare, so that it can grow."""
    properties: dict[str, Any] = {}
    required: list[str] = []
    for slot in asked_slots(node):
        schema = _render(slot.node, profile)
        if profile is Profile.STRICT and slot.nullable and slot.node.kind is not Kind.LIST:
            schema = _nullable(schema)
        properties[slot.wire_name] = schema
        if profile is Profile.STRICT or slot.required or slot.node.kind is Kind.EVIDENCE:
            required.append(slot.wire_name)
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema or "anyOf" in schema or "type" not in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    if "enum" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"]}


def asked_slots(node: Node) -> Iterator[Slot]:
    """The fields of an object that the model is asked for, in order."""
    return (slot for slot in node.fields if slot.asked)
