"""From nodes to JSON Schema, in the two profiles.

In the strict profile each property has its description, because OpenAI shows the schema to the
model. Servers with grammars don't; what their models know of a field stands in the prompt.
"""

from __future__ import annotations

from typing import Any

from summarizer.wire.nodes import Kind, Node, Profile, Slot, asked_slots

TEXT_LIMIT = 240
"""Characters in a string, where a grammar bounds it and no `Limit` says otherwise."""
NAME_LIMIT = 80
"""Characters in a name, likewise."""
ITEMS_LIMIT = 12
"""Items in a list, likewise."""
CITATIONS_LIMIT = 4
"""Sentence numbers that one item may cite, likewise."""
NUMBER_LIMIT = 10**12
"""What numbers lie between in a grammar: digits can go on for ever."""

_SENTENCE = "sentence"
_NAME = "name"


def object_schema(node: Node, profile: Profile) -> dict[str, Any]:
    """An object's own schema: what stands in a list is never bare, so that it can grow."""
    properties: dict[str, Any] = {}
    required: list[str] = []
    for slot in asked_slots(node):
        properties[slot.wire_name] = _property(slot, profile)
        if profile is Profile.STRICT or slot.required or slot.node.kind is Kind.EVIDENCE:
            required.append(slot.wire_name)
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def definitions(first: int, last: int, names: tuple[str, ...]) -> dict[str, Any]:
    """What a schema of the grammar profile refers to: the sentence numbers and the names."""
    if first == 1:
        # Few distinct schemas, so that a server's compiled grammars are used again.
        last = 1 << max(last - 1, 0).bit_length()
    name = {"enum": list(names)} if names else {"maxLength": NAME_LIMIT}
    return {
        _SENTENCE: {"type": "integer", "enum": list(range(first, last + 1))},
        _NAME: {"type": "string", **name},
    }


def _property(slot: Slot, profile: Profile) -> dict[str, Any]:
    schema = _schema(slot.node, profile)
    if profile is Profile.GRAMMAR:
        return schema
    # An empty list says as much as null would.
    if not slot.required and slot.node.kind not in (Kind.LIST, Kind.EVIDENCE):
        schema = _nullable(schema)
    return {**schema, "description": slot.description} if slot.description else schema


def _schema(node: Node, profile: Profile) -> dict[str, Any]:
    grammar = profile is Profile.GRAMMAR
    match node.kind:
        case Kind.EVIDENCE:
            number = _defined(_SENTENCE) if grammar else {"type": "integer"}
            least = {"minItems": 1} if grammar else {}
            return {**_array(number, profile, node.limit or CITATIONS_LIMIT), **least}
        case Kind.REFERENCE | Kind.NAME if not node.or_text:
            return _defined(_NAME) if grammar else {"type": "string"}
        case Kind.TEXT | Kind.REFERENCE:
            return _bounded({"type": "string"}, profile, node.limit)
        case Kind.LIST if node.item is not None:
            listed = node.item.kind is Kind.OBJECT
            item = object_schema(node.item, profile) if listed else _schema(node.item, profile)
            return _array(item, profile, node.limit or ITEMS_LIMIT)
        case Kind.OBJECT:
            bare = node.bare
            return _schema(bare.node, profile) if bare else object_schema(node, profile)
        case _:
            return _bounded(node.schema, profile, node.limit)


def _defined(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def _array(items: dict[str, Any], profile: Profile, most: int) -> dict[str, Any]:
    bound = {"maxItems": most} if profile is Profile.GRAMMAR else {}
    return {"type": "array", "items": items, **bound}


def _bounded(schema: dict[str, Any], profile: Profile, limit: int | None) -> dict[str, Any]:
    if profile is Profile.STRICT or "enum" in schema:
        return dict(schema)
    if "anyOf" in schema:
        return {"anyOf": [_bounded(option, profile, limit) for option in schema["anyOf"]]}
    match schema.get("type"):
        case "string":
            return {**schema, "maxLength": limit or TEXT_LIMIT}
        case "integer" | "number":
            return {**schema, "minimum": -NUMBER_LIMIT, "maximum": NUMBER_LIMIT}
        case _:
            return dict(schema)


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    if "anyOf" in schema:
        return {"anyOf": [*schema["anyOf"], {"type": "null"}]}
    if "enum" in schema or not isinstance(schema["type"], str):
        return {"anyOf": [schema, {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"]}
