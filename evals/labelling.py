"""One reader's labels in a gold file, as they are checked: complete or not, valid or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from summarizer import Article
from summarizer.evals.comparators import Names
from summarizer.evals.documents import Region, Ruling, Tolerance
from summarizer.evals.places import Place, root
from summarizer.evals.problems import Problem
from summarizer.schemas.markers import Naming, Verbatim

R = TypeVar("R", bound=BaseModel)


@dataclass(frozen=True)
class Labelling:
    """Labels with what their reader left open. Made by `labellings`."""

    file: Path
    prefix: str
    """What places in it begin with: nothing for the document's own, else `annotations[0].`"""
    raw: dict[str, Any]
    """The JSON object that holds `labels`, `tolerances` and `regions`."""
    article: Article
    schema: type[BaseModel]

    @cached_property
    def record(self) -> Place:
        """The labels, as a place from which all others can be reached."""
        return root(self.schema, self.raw.get("labels"))

    @cached_property
    def tolerances(self) -> dict[int, Tolerance]:
        """Those that can be read, by their index."""
        return _readable(Tolerance, self.raw.get("tolerances"))

    @cached_property
    def regions(self) -> dict[int, Region]:
        """Those that can be read, by their index."""
        return _readable(Region, self.raw.get("regions"))

    @cached_property
    def ids(self) -> dict[str, set[str]]:
        """The ids of the items of each section."""
        return {
            section.name: {
                item.value["id"]
                for item in section.children()
                if isinstance(item.value, dict) and isinstance(item.value.get("id"), str)
            }
            for section in self.record.children()
        }

    @cached_property
    def names(self) -> dict[str, frozenset[str]]:
        """The names of the items of each section that have no id, in the forms in which references
        are compared: such items are referred to by name."""
        return {
            section.name: frozenset(
                form
                for item in section.children()
                if isinstance(item.value, dict) and item.value.get("id") is None
                for form in Names().prepare(_names(item)).names
            )
            for section in self.record.children()
        }

    @cached_property
    def ruled(self) -> set[str]:
        """The places of which an adjudicator's ruling speaks."""
        rulings = _readable(Ruling, self.raw.get("rulings"))
        return {ruling.at for ruling in rulings.values() if ruling.at is not None}

    def is_free(self, place: Place) -> bool:
        """Whether its reader doesn't care what stands at a place."""
        steps = place.pointer.split("/")
        return any("/".join(steps[:n]) in self._free for n in range(2, len(steps) + 1))

    @cached_property
    def _free(self) -> set[str]:
        return {tolerance.at for tolerance in self.tolerances.values() if tolerance.dont_care}

    def in_labels(self, place: Place, message: str, *, strict_only: bool = False) -> Problem:
        """A problem at a place of the labels."""
        where = f"{self.prefix}labels{place.pointer}"
        return Problem(self.file, where, message, strict_only)

    def in_list(self, name: str, index: int, message: str) -> Problem:
        """A problem with one of the tolerances or regions."""
        return Problem(self.file, f"{self.prefix}{name}[{index}]", message)


def labellings(
    raw: dict[str, Any], file: Path, article: Article, schema: type[BaseModel]
) -> Iterator[Labelling]:
    """The labels that the document in `file` holds: its own, then each annotator's."""
    for prefix, holder in holders(raw):
        yield Labelling(file, prefix, holder, article, schema)


def holders(raw: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The JSON objects of a document that hold labels, each with what places in it begin with."""
    yield "", raw
    annotations = raw.get("annotations")
    for i, annotation in enumerate(annotations if isinstance(annotations, list) else []):
        if isinstance(annotation, dict):
            yield f"annotations[{i}].", annotation


def _names(item: Place) -> list[str]:
    """What an item is called: its strings, and those of its lists, that are marked as names."""
    return [
        place.value
        for field in item.children()
        for place in (field, *(child for child in field.children() if child.is_element))
        if (_is_name(field) or _is_name(place)) and isinstance(place.value, str)
    ]


def _is_name(place: Place) -> bool:
    return place.marked(Naming) is not None or place.marked(Verbatim) is not None


def _readable(kind: type[R], raw: Any) -> dict[int, R]:
    found = {}
    for i, each in enumerate(raw if isinstance(raw, list) else []):
        try:
            found[i] = kind.model_validate(each)
        except ValidationError:
            continue  # told of with the document that holds it
    return found
