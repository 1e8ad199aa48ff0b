"""Leaving out: a value that is not supported goes, and what can do without it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from summarizer.grounding import Item
from summarizer.wire import Kind, Node

if TYPE_CHECKING:
    from pydantic import BaseModel


def without(item: Item, node: Node, public: BaseModel, path: Sequence[str]) -> Item | None:
    """The item of a draft without the value at `path`, which is that in its public form.

    The innermost thing goes that its surroundings can do without: an entry of a list, a field, the
    object around it. None where the item can't.
    """
    data = _without(item.data, node, public, path)
    return None if data is None else replace(item, data=data)


def _without(
    data: dict[str, Any], node: Node, public: BaseModel, path: Sequence[str]
) -> dict[str, Any] | None:
    name, rest = path[0], path[1:]
    slot = next((slot for slot in node.fields if slot.name == name), None)
    held, shown = data.get(name), getattr(public, name, None)
    if slot is None or held is None:
        return None
    if slot.node.kind is Kind.OBJECT and rest and shown is not None:
        inner = _without(held, slot.node, shown, rest)
        if inner is not None:
            return {**data, name: inner}
    if slot.node.kind is Kind.LIST and rest and shown and len(held) == len(shown):
        shorter = _without_entry(held, slot.node, shown, rest)
        if shorter or (shorter == [] and not slot.required):
            return {**data, name: shorter}
    if slot.required:
        return None
    left = {key: value for key, value in data.items() if key != name}
    return {**left, name: None} if slot.null else left


def _without_entry(
    held: Sequence[Any], node: Node, shown: Sequence[Any], path: Sequence[str]
) -> list[Any]:
    position, rest = int(path[0]), path[1:]
    if rest and node.listed.kind is Kind.OBJECT:
        inner = _without(held[position], node.listed, shown[position], rest)
        if inner is not None:
            return [*held[:position], inner, *held[position + 1 :]]
    return [*held[:position], *held[position + 1 :]]
