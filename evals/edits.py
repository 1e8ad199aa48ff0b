"""Changes to a record in JSON, by pointer, that leave it valid.

An edit is a function of the record, which it changes in place. What it takes away it replaces by
None, so that the pointers of other edits stay right; `mended` clears up when all are done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any, TypeVar

from pydantic import BaseModel

from summarizer.evals.places import Place, root
from summarizer.schemas.markers import Ref

Labels = dict[str, Any]
"""A record, or a part of one, as JSON, with null where nothing is said."""
Edit = Callable[[Labels], None]
Ids = Mapping[tuple[str, str], str]
"""What the item of a section with an id is called."""

M = TypeVar("M", bound=BaseModel)


def setting(values: Mapping[str, Any]) -> Edit:
    """Puts values in places."""

    def edit(labels: Labels) -> None:
        for pointer, value in values.items():
            put(labels, pointer, deepcopy(value))

    return edit


def exchanging(first: str, second: str) -> Edit:
    """Puts what stands in either of two places into the other."""

    def edit(labels: Labels) -> None:
        (a, i), (b, j) = _holder(labels, first), _holder(labels, second)
        a[i], b[j] = b[j], a[i]

    return edit


def adding(section: str, item: Labels, needed: Mapping[str, Sequence[Labels]]) -> Edit:
    """Appends an item, and those that it refers to (by section) where they aren't there yet."""

    def edit(labels: Labels) -> None:
        for name, others in needed.items():
            known = {each["id"] for each in labels[name] if each is not None}
            labels[name] += [deepcopy(each) for each in others if each["id"] not in known]
        labels[section].append(deepcopy(item))

    return edit


def merging(schema: type[BaseModel], kept: str, gone: str, joined: Mapping[str, list[Any]]) -> Edit:
    """Makes one item of two, at `kept`, to which all references lead. `joined` are lists that it
    has in place of its own."""

    def edit(labels: Labels) -> None:
        one, other = value_at(labels, kept), value_at(labels, gone)
        one.update(deepcopy(dict(joined)))
        put(labels, gone, None)
        section = kept.split("/")[1]
        for ref, place in references(schema, labels):
            if ref.section == section and place.value in (one["id"], other["id"]):
                holder, key = _holder(labels, place.pointer)
                again = place.is_element and one["id"] in holder[:key]
                own = place.pointer.startswith(f"{kept}/")
                holder[key] = None if again or own else one["id"]

    return edit


def mended(schema: type[M], labels: Labels, called: Ids) -> M:
    """The record of edited JSON: without the items that were taken away, and references to them.

    Where any words may stand in the place of a reference, those that the item was `called` do.
    """
    present = {
        name: {item["id"] for item in items if item is not None and "id" in item}
        for name, items in labels.items()
        if any(section == name for section, _ in called)
    }
    for ref, place in references(schema, labels):
        if (ref.section, place.value) in called and place.value not in present[ref.section]:
            put(labels, place.pointer, called[ref.section, place.value] if ref.or_text else None)
    return schema.model_validate(_without_gaps(labels))


def references(schema: type[BaseModel], labels: Labels) -> list[tuple[Ref, Place]]:
    """The places where a reference stands, each with its marker."""
    marked = [(place.marked(Ref), place) for place in root(schema, labels).walk()]
    return [(ref, place) for ref, place in marked if ref and isinstance(place.value, str)]


def value_at(labels: Labels, pointer: str) -> Any:
    """What stands in a place."""
    holder, key = _holder(labels, pointer)
    return holder[key]


def put(labels: Labels, pointer: str, value: Any) -> None:
    """Puts a value in a place."""
    holder, key = _holder(labels, pointer)
    holder[key] = value


def _holder(labels: Labels, pointer: str) -> tuple[Any, Any]:
    """The object or list that holds a place, and its key there."""
    holder: Any = labels
    *above, last = pointer.split("/")[1:]
    for part in above:
        holder = holder[int(part) if isinstance(holder, list) else part]
    return holder, int(last) if isinstance(holder, list) else last


def _without_gaps(value: Any) -> Any:
    match value:
        case dict():
            return {key: _without_gaps(inner) for key, inner in value.items()}
        case list():
            return [_without_gaps(inner) for inner in value if inner is not None]
        case _:
            return value
