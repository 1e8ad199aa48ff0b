"""What is told twice in an answer: an event in two items, a name in two lists of one item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from summarizer.wire import CITATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def told_once(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item in which nobody stands in two lists: whoever acts is not also acted on."""
    seen: set[str] = set()
    once = dict(item)
    for key, value in item.items():
        if _of_names(value):
            once[key] = [name for name in value if name not in seen]
            seen.update(value)
    return once


def joined(items: Iterable[Mapping[str, Any]], share: float) -> list[dict[str, Any]]:
    """Items in which nobody is told twice, and of which those that tell the same event are one.

    It is the first of them, with the sentences of all.
    Lists of objects, such as claims, are put together, and what the first leaves out is taken
    from those after it. Two items tell the same event if they agree in every value that both
    have, and have `share` of the names in each of their lists in common: 1 for all of them, less
    for a share of the shorter list.
    """
    kept: list[dict[str, Any]] = []
    for item in map(told_once, items):
        first = next((other for other in kept if _same(other, item, share)), None)
        if first is None:
            kept.append(item)
            continue
        for key, value in item.items():
            if key == CITATIONS:
                first[key] = sorted({*first[key], *value})
            elif _of_objects(value):
                first[key] = [*first.get(key, []), *value]
            else:
                first.setdefault(key, value)
    return [told_once(item) for item in kept]


def _same(first: Mapping[str, Any], second: Mapping[str, Any], share: float) -> bool:
    lists = 0
    for key in (first.keys() & second.keys()) - {CITATIONS}:
        one, other = first[key], second[key]
        if _of_objects(one) or _of_objects(other):
            continue
        if _of_names(one) and _of_names(other):
            lists += 1
            if not _alike(one, other, share):
                return False
        elif one != other:
            return False
    # Two items of which nothing is known but their type are two.
    return lists > 0


def _alike(one: Sequence[str], other: Sequence[str], share: float) -> bool:
    either, both = {*one} | {*other}, {*one} & {*other}
    of = len(either) if share == 1 else min(len({*one}), len({*other}))
    return len(both) >= share * of


def _of_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(element, str) for element in value)


def _of_objects(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(element, dict) for element in value)
