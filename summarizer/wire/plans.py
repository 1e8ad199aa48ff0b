"""Plans: from a user's Pydantic model to nodes, once per model, profile and size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel, RootModel
from pydantic.errors import PydanticUndefinedAnnotation
from pydantic.fields import FieldInfo

from summarizer.errors import SchemaError
from summarizer.schemas import DatePhrase, Evidence, ExpertAssessment, Party
from summarizer.schemas.markers import (
    ByCode,
    FirstMentions,
    FromEvidence,
    FullOnly,
    Key,
    Limit,
    Ref,
    Verbatim,
)
from summarizer.wire.annotations import plain_schema, unwrap
from summarizer.wire.nodes import Held, Kind, Node, Profile, Size, Slot, is_section, marked
from summarizer.wire.rendering import definitions, object_schema

_LISTS = (list, tuple, set, frozenset, Sequence, Set)
# Text of our own schemas that is no prose. Elsewhere `Verbatim` says so, but a closed list of
# names, which that may become, holds neither dates nor words of likelihood.
_HELD: dict[tuple[type[BaseModel], str], Held] = {
    (DatePhrase, "text"): Held.WORDS,
    (ExpertAssessment, "likelihood_text"): Held.WORDS,
    (Party, "name_en"): Held.FREE,
}


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

    @cached_property
    def sections(self) -> tuple[Slot, ...]:
        """The top-level lists of objects."""
        return tuple(slot for slot in self.root.fields if is_section(slot))

    @cached_property
    def own(self) -> Node:
        """The record without its sections."""
        return replace(self.root, fields=tuple(s for s in self.root.fields if not is_section(s)))

    @property
    def closed(self) -> bool:
        """Whether names are picked from a closed list: small models would invent some."""
        return self.profile is Profile.GRAMMAR and self.size is Size.CORE

    def json_schema(self, last: int, names: Sequence[str] = (), first: int = 1) -> dict[str, Any]:
        """The JSON Schema for the sentences from `first` to `last`, with these names in them.

        In the strict profile the same one for every article. What is in it is shared by all
        calls and not to be changed.
        """
        if self.profile is Profile.STRICT:
            return dict(self._body)
        closed = tuple(names) if self.closed else ()
        return {**self._body, "$defs": definitions(first, last, closed)}

    @cached_property
    def _body(self) -> dict[str, Any]:
        return {"title": self.schema.__name__, **object_schema(self.root, self.profile)}


@lru_cache(maxsize=256)
def plan(schema: type[BaseModel], profile: Profile, size: Size) -> Plan:
    """How `schema` goes over the wire. Planned once per schema, profile and size.

    Raises:
        SchemaError: the schema holds something that can't be asked for, with its place.
    """
    if not (isinstance(schema, type) and issubclass(schema, BaseModel)):  # type: ignore[redundant-expr]  # users may not type-check
        raise SchemaError(f"{schema!r} is no Pydantic model.", hint="Derive it from BaseModel.")
    root = _object(schema, size, schema.__name__, ())
    sections = {slot.name: slot.node.item for slot in root.fields if is_section(slot)}
    for place, node in _references(root, schema.__name__):
        _check_reference(place, node, sections)
    return Plan(schema, profile, size, root)


def _object(model: type[BaseModel], size: Size, place: str, above: tuple[type, ...]) -> Node:
    if model in above:
        raise SchemaError(
            f"{place}: {model.__name__} holds itself.",
            hint="Flatten it into a list whose items refer to one another with Ref.",
        )
    if issubclass(model, RootModel):
        raise SchemaError(
            f"{place}: {model.__name__} is a RootModel, which has no named fields.",
            hint="Use a model with a field for what it holds.",
        )
    _complete(model, place)
    slots = tuple(
        _slot(name, info, size, f"{place}.{name}", (*above, model))
        for name, info in model.model_fields.items()
    )
    node = Node(Kind.OBJECT, annotation=model, fields=slots)
    _check_object(node, place)
    return node


def _complete(model: type[BaseModel], place: str) -> None:
    if model.__pydantic_fields_complete__:
        return
    try:
        model.model_rebuild()
    except PydanticUndefinedAnnotation as error:
        raise SchemaError(
            f"{place}: {model.__name__} speaks of {error.name}, which is not defined.",
            hint="Define it in the module of the model, before the model is used.",
            original=error,
        ) from error


def _check_object(node: Node, place: str) -> None:
    names = [slot.wire_name for slot in node.fields]
    if len(names) != len(set(names)):
        raise SchemaError(
            f"{place}: a field is called sentences, as the evidence is on the wire.",
            hint="Call it something else.",
        )
    quoted = next((slot for slot in node.fields if slot.quoted), None)
    if quoted and node.citations is None:
        raise SchemaError(
            f"{place}.{quoted.name}: FromEvidence, but there is no evidence.",
            hint="Add a field list[Evidence], or derive the model from Grounded.",
        )
    mentions = next((slot for slot in node.fields if slot.node.kind is Kind.MENTIONS), None)
    if mentions and not any(slot.is_name for slot in node.fields):
        raise SchemaError(
            f"{place}.{mentions.name}: FirstMentions, but nothing that could be mentioned.",
            hint="Mark the name with Verbatim().",
        )


def _slot(name: str, info: FieldInfo, size: Size, place: str, above: tuple[type, ...]) -> Slot:
    annotation, inner, nullable = unwrap(info.annotation)
    markers = (*info.metadata, *inner)
    node = _node(annotation, markers, size, place, above)
    held = next((h for (m, f), h in _HELD.items() if f == name and issubclass(above[-1], m)), None)
    if held is not None and node.kind is Kind.TEXT:
        node = replace(node, held=held)
    required = info.is_required() and not nullable
    by_code = marked(markers, ByCode) is not None
    full_only = marked(markers, FullOnly) is not None
    if required and (by_code or full_only):
        raise SchemaError(
            f"{place}: it is not asked for in every size, and has no default.",
            hint="Give it one, such as None or an empty list.",
        )
    quoted: FromEvidence | None = marked(markers, FromEvidence)
    dated = node.kind is Kind.OBJECT and issubclass(node.model, DatePhrase)
    left_out = full_only or quoted is not None or (dated and not required)
    hollow = node.item if node.kind is Kind.LIST and node.item else node
    return Slot(
        name=name,
        node=node,
        required=required,
        asked=not (
            by_code
            or node.kind is Kind.MENTIONS
            or (size is Size.CORE and left_out)
            or (hollow.kind is Kind.OBJECT and not any(slot.asked for slot in hollow.fields))
        ),
        null=info.is_required() and nullable,
        quoted=quoted if required else None,
        by_code=by_code or node.kind is Kind.MENTIONS,
        key=marked(markers, Key) is not None,
        description=info.description or "",
    )


def _node(
    annotation: Any, markers: tuple[Any, ...], size: Size, place: str, above: tuple[type, ...]
) -> Node:
    if get_origin(annotation) in _LISTS:
        return _list(annotation, markers, size, place, above)
    limit = _limit(markers, "chars")
    text = isinstance(annotation, type) and issubclass(annotation, str)
    ref: Ref | None = marked(markers, Ref)
    if ref is not None:
        if not text:
            raise SchemaError(f"{place}: a Ref is text.", hint="Declare it as Annotated[str, Ref].")
        return Node(Kind.REFERENCE, section=ref.section, or_text=ref.or_text, limit=limit)
    if isinstance(annotation, type):
        if issubclass(annotation, Evidence):
            raise SchemaError(
                f"{place}: Evidence stands by itself.",
                hint="Declare it as list[Evidence]: an item may rest on several sentences.",
            )
        if issubclass(annotation, BaseModel):
            return _object(annotation, size, place, above)
    if annotation is str:
        kind = Kind.NAME if marked(markers, Verbatim) else Kind.TEXT
        return Node(kind, annotation=annotation, limit=limit)
    return Node(Kind.PLAIN, annotation, schema=plain_schema(annotation, place), limit=limit)


def _list(
    annotation: Any, markers: tuple[Any, ...], size: Size, place: str, above: tuple[type, ...]
) -> Node:
    args = [arg for arg in get_args(annotation) if arg is not Ellipsis]
    if len(args) != 1:
        raise SchemaError(f"{place}: a list needs one type of item.", hint="Declare it as list[X].")
    inner, inner_markers, _ = unwrap(args[0])
    limit = _limit(markers, "items")
    if inner is Evidence and get_origin(annotation) is list:
        mentions = marked(markers, FirstMentions) is not None
        return Node(Kind.MENTIONS if mentions else Kind.EVIDENCE, limit=limit)
    # What is said of the strings of a list may stand on the list.
    of_strings = tuple(m for m in markers if isinstance(m, Ref | Verbatim) or m is Verbatim)
    item = _node(inner, (*inner_markers, *of_strings), size, f"{place}[]", above)
    return Node(Kind.LIST, annotation=annotation, item=item, limit=limit)


def _limit(markers: tuple[Any, ...], what: str) -> int | None:
    """The bound that a grammar sets: that of `Limit`, or else Pydantic's `max_length`."""
    limit: Limit | None = marked(markers, Limit)
    given: int | None = getattr(limit, what) if limit else None
    longest = (getattr(marker, "max_length", None) for marker in markers)
    return given or next((most for most in longest if most), None)


def _references(node: Node, place: str) -> Iterator[tuple[str, Node]]:
    for slot in node.fields:
        inner, where = slot.node, f"{place}.{slot.name}"
        while inner.kind is Kind.LIST and inner.item is not None:
            inner, where = inner.item, f"{where}[]"
        if inner.kind is Kind.REFERENCE:
            yield where, inner
        yield from _references(inner, where)


def _check_reference(place: str, node: Node, sections: dict[str, Node | None]) -> None:
    section = sections.get(node.section or "")
    if section is None and not node.or_text:
        raise SchemaError(
            f"{place}: it refers to {node.section}, and the schema has no such list of models.",
            hint=f'Add the list, or allow for text: Ref("{node.section}", or_text=True).',
        )
    if section is not None and not section.names:
        raise SchemaError(
            f"{place}: items of {node.section} have no name to be referred to by.",
            hint="Mark their name with Verbatim(), or the text that tells them apart with Key().",
        )
