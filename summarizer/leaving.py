"""Leaving out: values that are not supported go, and what can do without them stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from summarizer.grounding import Item
from summarizer.wire import Kind, Node

if TYPE_CHECKING:
    from pydantic import BaseModel

Path = tuple[str, ...]
"""The parts of a JSON Pointer."""


def without(item: Item, node: Node, public: BaseModel, paths: Iterable[Path]) -> Item | None:
    """The item of a draft without the values at `paths`, which are those in its public form.

    The innermost thing goes that its surroundings can do without: an entry of a list, a field, the
    object around it. None where the item can't do without, or its class refuses what is left.
    """
    data = _without(item.data, node, public, paths)
    if data is None:
        return None
    try:
        node.model.model_validate(data, strict=False, by_name=True)
    except ValidationError:
        return None
    fields = {path[0] for path in paths}
    notes = [*item.notes]
    for place, note in enumerate(notes):  # what stood below a list is now elsewhere
        field = note.field[1:].partition("/")[0]
        if field in fields:
            notes[place] = replace(note, field=f"/{field}")
    return replace(item, data=data, notes=notes)


def _without(
    data: dict[str, Any], node: Node, public: BaseModel, paths: Iterable[Path]
) -> dict[str, Any] | None:
    left = dict(data)
    for name, rests in _by_first(paths).items():
        slot = next((slot for slot in node.fields if slot.name == name), None)
        held, shown = data.get(name), getattr(public, name, None)
        if slot is None or held is None:
            return None
        if slot.node.kind is Kind.OBJECT and all(rests) and shown is not None:
            inner = _without(held, slot.node, shown, rests)
            if inner is not None:
                left[name] = inner
                continue
        if slot.node.kind is Kind.LIST and all(rests) and shown and len(held) == len(shown):
            shorter = _without_entries(held, slot.node, shown, rests)
            if shorter or not slot.required:
                left[name] = shorter
                continue
        if slot.required:
            return None
        del left[name]
        if slot.null:
            left[name] = None
    return left


def _without_entries(
    held: Sequence[Any], node: Node, shown: Sequence[Any], paths: Iterable[Path]
) -> list[Any]:
    gone = _by_first(paths)
    left: list[Any] = []
    for position, entry in enumerate(held):
        rests = gone.get(str(position))
        if rests is None:
            left.append(entry)
        elif all(rests) and node.listed.kind is Kind.OBJECT:
            inner = _without(entry, node.listed, shown[position], rests)
            left += [] if inner is None else [inner]
    return left


def _by_first(paths: Iterable[Path]) -> Mapping[str, Sequence[Path]]:
    """By the first part of paths, what follows it."""
    rests: dict[str, list[Path]] = {}
    for first, *rest in paths:
        rests.setdefault(first, []).append(tuple(rest))
    return rests
