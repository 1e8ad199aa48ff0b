"""Places of a record in JSON: what stands there, and what the schema declares there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import to_jsonable_python

from summarizer.schemas.evidence import Evidence
from summarizer.schemas.markers import Ref

M = TypeVar("M")


@dataclass(frozen=True)
class Place:
    """One place of a record. `value` is JSON: what stands there, or the field's default."""

    pointer: str
    """JSON Pointer (RFC 6901); empty for the whole record."""
    value: Any
    declared: Any
    """The type, with its constraints, that any value here must have."""
    name: str = ""
    """The field that it is, or that it is in."""
    is_element: bool = False
    """Whether it is an element of a list."""

    @cached_property
    def _parts(self) -> tuple[Any, tuple[Any, ...]]:
        return _bare(self.declared)

    @property
    def kind(self) -> Any:
        """The type without its markers, and without None."""
        return self._parts[0]

    @property
    def model(self) -> type[BaseModel] | None:
        """The class of the object that stands here, if one may."""
        return self.kind if isinstance(self.kind, type) and is_model(self.kind) else None

    @property
    def element(self) -> Any:
        """The declared type of the elements of the list that stands here, or None."""
        return get_args(self.kind)[0] if get_origin(self.kind) is list else None

    @property
    def depth(self) -> int:
        """How many steps it lies below the record: 1 for a field, 2 for an item of a section."""
        return self.pointer.count("/")

    def marked(self, marker: type[M]) -> M | None:
        """Its marker of that class, or None."""
        return next((mark for mark in self._parts[1] if isinstance(mark, marker)), None)

    def children(self) -> Iterator[Place]:
        """The places one step down: the fields of an object, the elements of a list. An evidence
        entry has none."""
        if self.model is not None and self.model is not Evidence and isinstance(self.value, dict):
            for name, declared, default in _fields(self.model):
                value = self.value.get(name, default)
                yield Place(f"{self.pointer}/{_escaped(name)}", value, declared, name)
        elif self.element is not None and isinstance(self.value, list):
            for i, value in enumerate(self.value):
                yield Place(f"{self.pointer}/{i}", value, self.element, self.name, is_element=True)

    def walk(self) -> Iterator[Place]:
        """This place and all below it, each before what is below it."""
        yield self
        for child in self.children():
            yield from child.walk()


def root(schema: type[BaseModel], labels: Any) -> Place:
    """The place of a whole record; `labels` is its JSON."""
    return Place("", labels, schema)


def way(schema: type[BaseModel], labels: Any, pointer: str) -> list[Place]:
    """The places that `pointer` leads through, the one that it leads to at the end.

    Raises `LookupError`, which says how far it does lead.
    """
    places = [root(schema, labels)]
    for step in pointer.split("/")[1:]:
        wanted = f"{places[-1].pointer}/{step}"
        found = next((child for child in places[-1].children() if child.pointer == wanted), None)
        if found is None:
            where = places[-1].pointer or "the record"
            raise LookupError(f"leads nowhere: there is no {step} in {where}")
        places.append(found)
    return places[1:]


def is_model(kind: type) -> bool:
    """Whether a class is a Pydantic model."""
    return issubclass(kind, BaseModel)


def is_text(place: Place) -> bool:
    """Whether it holds free text, and no reference."""
    return place.kind is str and place.marked(Ref) is None


def is_number(place: Place) -> bool:
    """Whether it holds a number."""
    return place.kind in (int, float)


def _bare(declared: Any) -> tuple[Any, tuple[Any, ...]]:
    """A declared type without markers and None, and the markers that stood around it."""
    if get_origin(declared) is Annotated:
        inner, *markers = get_args(declared)
        bare, more = _bare(inner)
        return bare, (*markers, *more)
    if get_origin(declared) in (Union, UnionType):
        options = [option for option in get_args(declared) if option is not NoneType]
        if len(options) == 1:
            return _bare(options[0])
    return declared, ()


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, Any, Any], ...]:
    """The fields of a class: the name, the declared type, and the default in JSON."""
    return tuple(
        (name, _declared(field), _default(field)) for name, field in model.model_fields.items()
    )


def _declared(field: FieldInfo) -> Any:
    # Pydantic lifts the marks of a plain field out of its annotation.
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation


def _default(field: FieldInfo) -> Any:
    if field.is_required():
        return None
    return to_jsonable_python(field.get_default(call_default_factory=True, validated_data={}))


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
