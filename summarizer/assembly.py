"""From the sections of one or several answers to the record.

The same item told twice is folded, names become references, ids are given in order of first
evidence, and every issue learns its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from summarizer.errors import AnswerInvalid, excerpt
from summarizer.grounding import MESSAGE, Draft, Item, Note
from summarizer.linking import Dangling, Links, Section
from summarizer.merge import fold, in_order, order
from summarizer.results import Issue, IssueKind, Severity, pointer
from summarizer.wire import Kind, Node, Plan

if TYPE_CHECKING:
    from summarizer.grounding import Source

# What a validator of the user's own raises: the model is asked again, and nothing is left out.
_REFUSALS = frozenset({"value_error", "assertion_error"})
_BEFORE = frozenset({"function-before", "function-wrap", "function-plain"})
"""Parts of Pydantic's core schemas that call something before there is what they validate."""


@dataclass(frozen=True)
class Assembled:
    """What drafts add up to: a record, and what it was made of."""

    summary: BaseModel
    """An instance of the user's own class."""
    issues: list[Issue]
    """What was met on the way. The path of each, unless null, leads to something in the record."""
    draft: Draft
    """The drafts as one, folded, with references as names: what this can be made of again."""
    items: Mapping[str, Sequence[Item | None]]
    """By section, and in the record's order, the items of that draft.

    None for one made here, or by a validator of the user's own.
    """
    lost: Sequence[Note]
    """The notes of items that were set aside for a reference that leads nowhere."""


def assemble(plan: Plan, drafts: Sequence[Draft], source: Source) -> Assembled:
    """The record that the drafts add up to.

    Raises:
        AnswerInvalid: the record as a whole doesn't fit the schema. The message is short, for
            the model reads it.
    """
    drafts = in_order(plan, drafts)
    sections = _sections(plan, drafts)
    values, met = fold(plan, sections, [draft.values for draft in drafts], source)
    record = Item(values)
    notes = [*met, *(note for draft in drafts for note in draft.notes)]
    draft = Draft(
        frozenset(name for name, section in sections.items() if section.asked),
        {name: section.items for name, section in sections.items()},
        record.data,
        [*notes],
    )
    origins = {name: _copied(section) for name, section in sections.items()}
    links = Links(sections, source)
    lost = links.settle()
    notes += lost
    links.add(record, plan.own)
    for section in sections.values():
        for item in [*section.items]:  # it may grow
            links.add(item, section.node)
    for section in sections.values():
        _number(section)
    try:
        public = links.linked(plan.own, record.data, record.notes)
    except Dangling as dangling:
        raise AnswerInvalid(str(dangling)) from None
    alone: dict[str, list[BaseModel | None]] = {}
    for name, section in sections.items():
        alone[name] = []
        if section.items or section.asked or section.slot.required:
            public[name] = [links.linked(section.node, i.data, i.notes) for i in section.items]
            alone[name] = [_alone(section.node, made) for made in public[name]]
    summary = _validated(plan, _with_items(plan.schema, public, alone), record.notes)
    issues = [note.issue() for note in (*notes, *record.notes)]
    items: dict[str, list[Item | None]] = {}
    for name, section in sections.items():
        listed = [*(getattr(summary, name) or ())]
        places = _places(section.node, public.get(name, ()), alone[name], listed)
        items[name] = [None] * len(listed)
        for item, place in zip(section.items, places, strict=True):
            where = pointer(name) if place is None else pointer(name, place)
            issues += [note.issue(where) for note in item.notes]
            if place is not None:
                items[name][place] = origins[name].get(id(item))
    return Assembled(summary, _placed(issues, summary), draft, items, lost)


def _places(
    node: Node,
    made: Sequence[Mapping[str, Any]],
    alone: Sequence[BaseModel | None],
    listed: Sequence[BaseModel],
) -> list[int | None]:
    """Where in the record the items are that were made for a section; None for one that is not.

    A validator of the user's own may have moved some, or left them out.
    """
    if alone == listed:
        return [*range(len(made))]
    left: dict[str, list[int]] = {}
    for place, item in enumerate(listed):
        left.setdefault(item.model_dump_json(), []).append(place)
    places: list[int | None] = []
    for each in alone:
        same = left.get(each.model_dump_json()) if each is not None else None
        places.append(same.pop(0) if same else None)
    if len(made) != len(listed):
        return places
    for place in {place for same in left.values() for place in same}:  # changed, but not moved
        if places[place] is None and _cite_alike(node, made[place], listed[place]):
            places[place] = place
    return places


def _alone(node: Node, made: Mapping[str, Any]) -> BaseModel | None:
    try:
        return node.model.model_validate(made, strict=False, by_name=True)
    except ValidationError:
        return None  # it fits only as a validator of the whole record makes it


def _with_items(
    schema: type[BaseModel],
    public: Mapping[str, Any],
    alone: Mapping[str, Sequence[BaseModel | None]],
) -> dict[str, Any]:
    """A record's values, with the items in place of what they were made of: so they needn't be
    made again. An item that doesn't stand alone is left for the record to refuse."""
    if _reads_unmade(schema):
        return {**public}
    taken = {
        name: [
            made if item is None or not _is_taken_as_made(type(item)) else item
            for made, item in zip(public[name], items, strict=True)
        ]
        for name, items in alone.items()
        if items
    }
    return {**public, **taken}


@lru_cache(maxsize=256)
def _is_taken_as_made(item: type[BaseModel]) -> bool:
    """Whether nothing happens to an object of a class that becomes a part of another; validators
    of the whole object would be called again, and may change it again."""
    core: Any = item.__pydantic_core_schema__
    while core["type"] == "definitions":
        core = core["schema"]
    return bool(core["type"] == "model")


@lru_cache(maxsize=256)
def _reads_unmade(schema: type[BaseModel]) -> bool:
    """Whether a validator of the record's own gets to see what items are made of."""
    return _calls_before(schema.__pydantic_core_schema__, schema)


def _calls_before(core: Any, schema: type[BaseModel]) -> bool:
    """Whether a part of a core schema calls something before there are models below it."""
    if isinstance(core, list | tuple):
        return any(_calls_before(part, schema) for part in core)
    if not isinstance(core, Mapping) or core.get("cls", schema) is not schema:
        return False
    return core.get("type") in _BEFORE or any(
        _calls_before(part, schema)
        for name, part in core.items()
        if name not in ("metadata", "serialization")
    )


def _cite_alike(node: Node, made: Mapping[str, Any], item: BaseModel) -> bool:
    receipts = [s.name for s in node.fields if s.node.kind in (Kind.EVIDENCE, Kind.MENTIONS)]
    told = item.model_dump(mode="json", include={*receipts})
    return all((made.get(name) or []) == (told[name] or []) for name in receipts)


def _copied(section: Section) -> dict[int, Item]:
    """Go on with copies of a section's items, so that they stay as they are; by copy, the item."""
    originals = section.items
    section.keep([item.copied() for item in originals])
    return {id(copy): item for copy, item in zip(section.items, originals, strict=True)}


def _sections(plan: Plan, drafts: Sequence[Draft]) -> dict[str, Section]:
    sections = {
        slot.name: Section(slot, slot.node.item)
        for slot in plan.sections
        if slot.node.item is not None
    }
    for place, draft in enumerate(drafts):
        for name, items in draft.sections.items():
            copies = [item.copied() for item in items]
            sections[name].items += copies
            sections[name].answers |= dict.fromkeys(copies, place)
        for name in draft.asked:
            sections[name].asked = True
    return sections


def _number(section: Section) -> None:
    """Give what references will hold: ids in order of first evidence, or else the names."""
    if section.prefix is None:
        # Without ids the order is the model's own: that of a synopsis, or a ranking.
        for item in section.items:
            item.ref = next(section.names(item), "")
        return
    section.items.sort(key=lambda item: order(section.node, item.data))
    for position, item in enumerate(section.items, 1):
        item.data["id"] = item.ref = f"{section.prefix}{position}"


def _validated(plan: Plan, public: dict[str, Any], notes: list[Note]) -> BaseModel:
    """The record, without those of its own values that it refuses and can do without."""
    optional = {s.name: s for s in plan.own.fields if not s.required}
    while True:
        try:
            return plan.schema.model_validate(public, strict=False, by_name=True)
        except ValidationError as error:
            problems = error.errors(include_url=False, include_context=False)
            for problem in problems:
                name = str(problem["loc"][0]) if problem["loc"] else ""
                if problem["type"] in _REFUSALS or public.get(name) is None or name not in optional:
                    where = ".".join(str(part) for part in problem["loc"])
                    told = excerpt(f"{where}: {problem['msg']}".removeprefix(": "), MESSAGE)
                    raise AnswerInvalid(told, original=error) from None
            for name in {str(problem["loc"][0]) for problem in problems}:
                message = f"{name} was left out: {excerpt(problems[0]['msg'], MESSAGE)}."
                kind = IssueKind.VALUE_DROPPED
                value = public.pop(name)
                if optional[name].null:
                    public[name] = None
                notes.append(Note(kind, Severity.WARNING, message, value, pointer(name)))


def _placed(issues: list[Issue], summary: BaseModel) -> list[Issue]:
    """The issues, those of places that a validator did away with at the nearest there is."""
    placed: list[Issue] = []
    for issue in issues:
        near = issue.path and _nearest(issue.path, summary)
        moved = near != issue.path
        placed.append(issue.model_copy(update={"path": near or None}) if moved else issue)
    return placed


def _nearest(path: str, value: Any) -> str:
    """As much of a JSON Pointer as leads somewhere in `value`."""
    led = ""
    for part in path.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, BaseModel) and name in type(value).model_fields:
            value = getattr(value, name)
        elif isinstance(value, dict) and name in value:
            value = value[name]
        elif isinstance(value, list | tuple) and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        else:
            break
        led += pointer(name)
    return led
