"""Which values of the closed lists occur in gold, and how often: what a suite can tell apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError

from summarizer.evals.documents import GoldDocument
from summarizer.evals.places import root
from summarizer.schemas.markers import ByCode

_INDEX = re.compile(r"/\d+(?=/|$)")


@dataclass(frozen=True)
class Occurrences:
    """How often one value occurs in the adjudicated labels."""

    value: str
    times: Mapping[str, int]
    """By split; a split in which it doesn't occur is left out."""
    documents: int
    """How many documents hold it."""

    @property
    def total(self) -> int:
        """In all splits."""
        return sum(self.times.values())


def coverage(
    documents: Iterable[GoldDocument], schema: type[BaseModel]
) -> dict[str, tuple[Occurrences, ...]]:
    """For each field with a closed list of values, every value of that list, in its order.

    A field is named by its way through the record (`military_activities.claims.status`). A value
    counts each time that it stands in the labels; what tolerances allow besides doesn't count.
    Left out are fields of objects that occur nowhere, those that code fills if nobody has, and
    documents whose labels are no record of `schema`.
    """
    values: dict[str, tuple[str, ...]] = {}
    times: dict[str, Counter[tuple[str, str]]] = {}
    holders: dict[str, Counter[str]] = {}
    by_code: set[str] = set()
    for document in documents:
        found = [*_found(document.labels, schema, by_code)]
        for field, closed, value in found:
            values.setdefault(field, closed)
            times.setdefault(field, Counter()).update([(value, document.split)] if value else [])
        for field, value in {(field, value) for field, _, value in found if value}:
            holders.setdefault(field, Counter())[value] += 1
    return {
        field: tuple(
            Occurrences(
                value,
                {split: n for (one, split), n in sorted(times[field].items()) if one == value},
                holders.get(field, Counter())[value],
            )
            for value in closed
        )
        for field, closed in values.items()
        if times[field] or field not in by_code
    }


def thin(
    covered: Mapping[str, Sequence[Occurrences]], asked: Mapping[str, int]
) -> Iterator[tuple[str, str]]:
    """Where gold holds less than `asked`, the times that every value of a field is to occur: the
    field, and what is wrong with it."""
    for field, least in asked.items():
        if field not in covered:
            yield field, "is no closed list of the labels"
            continue
        for one in covered[field]:
            if one.total < least:
                yield field, f"{one.value} occurs {one.total} times, and {least} are asked for"


def _found(
    labels: dict[str, Any], schema: type[BaseModel], by_code: set[str]
) -> Iterator[tuple[str, tuple[str, ...], str | None]]:
    try:
        record = schema.model_validate(labels).model_dump(mode="json")
    except ValidationError:
        return
    for place in root(schema, record).walk():
        closed = _values(place.kind)
        if closed:
            field = _INDEX.sub("", place.pointer)[1:].replace("/", ".")
            if place.marked(ByCode) is not None:
                by_code.add(field)
            yield field, closed, place.value


def _values(kind: Any) -> tuple[str, ...]:
    if get_origin(kind) is Literal:
        return tuple(value for value in get_args(kind) if isinstance(value, str))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return tuple(str(member.value) for member in kind)
    return ()
