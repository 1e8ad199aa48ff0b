"""Whether tolerances fit the places that they are of: one that doesn't would be passed over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_jsonable_python

from summarizer.errors import excerpt
from summarizer.evals.comparators import Number, Text
from summarizer.evals.documents import Tolerance
from summarizer.evals.labelling import Labelling
from summarizer.evals.places import Place, is_number, is_text, way
from summarizer.evals.plan import FieldPlan, plan_of
from summarizer.evals.problems import Problem
from summarizer.evals.prose import prepare
from summarizer.evals.soundness import unresolved
from summarizer.schemas import DatePhrase, Evidence
from summarizer.schemas import Place as Location
from summarizer.schemas.markers import Naming, Ref


def misplaced(labelling: Labelling) -> Iterator[Problem]:
    """What is wrong with tolerances: they lead nowhere, or say what their place can't take."""
    seen: dict[str, int] = {}
    for i, tolerance in labelling.tolerances.items():
        first = seen.setdefault(tolerance.at, i)
        if first != i:
            yield labelling.in_list("tolerances", i, f"tolerances[{first}] is of that place too")
        try:
            places = way(labelling.schema, labelling.record.value, tolerance.at)
        except LookupError as error:
            yield labelling.in_list("tolerances", i, f"{tolerance.at} {error}")
            continue
        for why in _unfit(labelling, tolerance, places):
            yield labelling.in_list("tolerances", i, f"{tolerance.at}: {why}")


def _unfit(labelling: Labelling, tolerance: Tolerance, places: list[Place]) -> Iterator[str]:
    *above, place = places
    whole = next((outer for outer in above if _is_leaf(outer)), None)
    if whole is not None:
        yield f"{whole.pointer} is compared as a whole: say it there"
        return
    if tolerance.optional and place.element is not None:
        yield "optional is said of the list's elements, one by one"
    if tolerance.dont_care:
        yield from _unfree(place)
    if tolerance.names and not any(child.marked(Naming) for child in place.children()):
        yield "names are for an item that has some"
    field = plan_of(labelling.schema).at(place.pointer)
    if tolerance.interval is not None:
        yield from _interval(tolerance.interval, place, field)
    if tolerance.alternatives:
        yield from _alternatives(labelling, tolerance.alternatives, place)
    if tolerance.facts:
        yield from _facts(tolerance, place, field)


def _unfree(place: Place) -> Iterator[str]:
    if place.kind is Evidence or (place.is_element and _is_record(place)):
        yield "what may be found or not is optional; dont_care is for a value"
    elif place.depth == 1 and place.element is not None and _is_record_type(place):
        yield "dont_care is for a value, and this is a section"


def _interval(
    interval: tuple[float | None, float | None], place: Place, field: FieldPlan | None
) -> Iterator[str]:
    low, high = interval
    compared = field is not None and isinstance(field.comparator, Number)
    if place.element is not None or not (compared or is_number(place)):
        yield "an interval is for a number"
        return
    try:
        label = TypeAdapter(float | None).validate_python(place.value)
    except ValidationError:
        return  # told of with the labels
    if label is not None and not (
        (low is None or low <= label) and (high is None or label <= high)
    ):
        yield f"the label, {place.value}, does not lie in the interval"


def _alternatives(labelling: Labelling, values: list[Any], place: Place) -> Iterator[str]:
    if place.element is not None:
        yield "alternatives are for one value, and this is a list"
        return
    if _is_record(place) or place.kind is Evidence:
        yield "alternatives are for a value, and this is an item"
        return
    for value in values:
        shown = excerpt(repr(value), 40)
        if place.value is not None and _json_type(value) != _json_type(place.value):
            yield f"{shown} is no {_json_type(place.value)}, as the label is"
        elif why := _refused(value, place):
            yield f"{shown}: {why}"
        elif (ref := place.marked(Ref)) and (why := unresolved(labelling, ref, value)):
            yield why


def _refused(value: Any, place: Place) -> str | None:
    """Why a value can't stand at a place."""
    try:
        read = to_jsonable_python(TypeAdapter(place.declared).validate_python(value))
    except ValidationError as error:
        return error.errors()[0]["msg"].removeprefix("Value error, ")
    # Alternatives are compared as they are written.
    return f"write it as {read!r}" if isinstance(value, str) and read != value else None


def _facts(tolerance: Tolerance, place: Place, field: FieldPlan | None) -> Iterator[str]:
    if not is_text(place) or (field is not None and not isinstance(field.comparator, Text)):
        yield "facts are for free text"
    elif not isinstance(place.value, str) or not place.value:
        yield "facts are for a text, and there is none"
    else:
        label = prepare(place.value, tolerance.facts, tolerance.words)
        for i, fact in enumerate(label.facts):
            if not fact.told_by(label.text):
                yield f"facts[{i}] is not told by the label itself"
        if len(label.words) > label.limit:
            yield f"the label itself has {len(label.words)} words"


def _is_leaf(place: Place) -> bool:
    """Whether an object counts as one value."""
    return place.model is not None and issubclass(place.model, DatePhrase | Location)


def _is_record(place: Place) -> bool:
    return place.model not in (None, Evidence) and not _is_leaf(place)


def _is_record_type(place: Place) -> bool:
    return _is_record(Place("", None, place.element))


def _json_type(value: Any) -> str:
    """The type of a JSON value."""
    match value:
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
        case list():
            return "list"
        case dict():
            return "object"
        case _:
            return "value"
