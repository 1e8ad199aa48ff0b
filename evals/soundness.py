"""Whether labels hold: by their schema, and against the text that they are of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import ValidationError

from summarizer.errors import excerpt
from summarizer.evals.comparators import Names
from summarizer.evals.labelling import Labelling
from summarizer.evals.places import Place
from summarizer.evals.problems import Problem, in_labels
from summarizer.schemas import Evidence
from summarizer.schemas.markers import Ref


def foreign(labelling: Labelling) -> Problem | None:
    """That labels are of another schema, where no field of theirs is one of this."""
    labels = labelling.record.value
    if not isinstance(labels, dict) or not labels or not labels.keys() <= unknown(labelling.record):
        return None
    named = excerpt(", ".join(map(str, labels)), 80)
    why = f"are of another schema than {labelling.schema.__name__}, which has no {named}: "
    return labelling.in_labels(labelling.record, f"{why}name theirs with --schema")


def unknown(place: Place) -> set[str]:
    """The keys of the object at a place that are no fields there."""
    if place.model is None or not isinstance(place.value, dict):
        return set()
    if place.model.model_config.get("extra") == "allow":
        return set()
    fields = place.model.model_fields
    known = {*fields, *(each.alias for each in fields.values()), *place.model.model_computed_fields}
    return place.value.keys() - known


def unsound(labelling: Labelling) -> Iterator[Problem]:
    """What is wrong with labels and regions: the schema refuses them, a quote is not what stands
    in the text, evidence is missing, two items have one id, a reference leads to no item."""
    if not isinstance(labelling.record.value, dict):
        return  # told of with the document that holds it
    found = [
        *_receipts(labelling),
        *_ids(labelling),
        *_references(labelling),
        *_unknown(labelling),
    ]
    yield from found
    yield from _invalid(labelling, known={problem.place for problem in found})
    size = len(labelling.article.text)
    for i, region in labelling.regions.items():
        if region.end > size:
            why = f"ends at {region.end}, and the text at {size}"
            yield labelling.in_list("regions", i, why)


def _invalid(labelling: Labelling, known: set[str]) -> Iterator[Problem]:
    place = f"{labelling.prefix}labels"
    try:
        labelling.schema.model_validate(labelling.record.value)
    except ValidationError as error:
        for problem in in_labels(labelling.file, place, error):
            # What a schema refuses as a whole are ids and references, whose places are told.
            if problem.place not in known and not (problem.place == place and known):
                yield problem


def _unknown(labelling: Labelling) -> Iterator[Problem]:
    """Keys that a schema passes over in silence. One that refuses them says so itself."""
    for place in labelling.record.walk():
        names = unknown(place)
        if names and place.model is not None and place.model.model_config.get("extra") != "forbid":
            for name in sorted(names):
                why = f"{name!r} is no field of {place.model.__name__}"
                yield labelling.in_labels(place, why)


def _receipts(labelling: Labelling) -> Iterator[Problem]:
    for place in labelling.record.walk():
        if place.element is Evidence and not place.value:
            yield labelling.in_labels(place, "is missing: nothing is cited")
        match place.value:
            case {"start": int(start), "end": int(end), "quote": str(quote)} if (
                place.kind is Evidence
            ):
                stands = labelling.article.text[start:end] if start >= 0 else ""
                if stands != quote:
                    why = f"text[{start}:{end}] is {excerpt(stands, 40)!r}, and not the quote"
                    yield labelling.in_labels(place, why)


def _ids(labelling: Labelling) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for section in labelling.record.children():
        for item in section.children():
            given = item.value.get("id") if isinstance(item.value, dict) else None
            if isinstance(given, str):
                first = seen.setdefault(given, item.pointer)
                if first != item.pointer:
                    why = f"the id {given!r} is that of {first} already"
                    yield labelling.in_labels(item, why)


def _references(labelling: Labelling) -> Iterator[Problem]:
    for place in labelling.record.walk():
        ref = place.marked(Ref)
        if ref is None or not isinstance(place.value, str):
            continue
        if why := unresolved(labelling, ref, place.value):
            yield labelling.in_labels(place, why)


def unresolved(labelling: Labelling, ref: Ref, value: str) -> str | None:
    """What is wrong with `value` as such a reference, to an id or to a name of what has no id."""
    ids = labelling.ids.get(ref.section, set())
    if value in ids or (ref.or_text and not _reads_as(value, ids)):
        return None
    names = labelling.names.get(ref.section, frozenset())
    if not names.isdisjoint(Names().prepare(value).names):
        return None
    return f"{value!r} is the {'name' if names else 'id'} of no item in {ref.section}"


def _reads_as(value: str, ids: set[str]) -> bool:
    """Whether a text looks like an id: as long as the others have it, before their numbers."""
    return bool(re.search(r"\d$", value)) and _stem(value) in map(_stem, ids)


def _stem(identity: str) -> str:
    return identity.rstrip("0123456789")
