"""From the sections of one or several answers to the record.

The same item told twice is folded, names become references, ids are given in order of first
evidence, and every issue learns its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from summarizer.errors import AnswerInvalid, excerpt
from summarizer.grounding import MESSAGE, Draft, Item, Note
from summarizer.linking import Dangling, Links, Section
from summarizer.merge import fold
from summarizer.results import Issue, IssueKind, Severity, pointer
from summarizer.wire import Kind, Node, Plan

if TYPE_CHECKING:
    from summarizer.grounding import Source

# What a validator of the user's own raises: the model is asked again, and nothing is left out.
_REFUSALS = frozenset({"value_error", "assertion_error"})


def assemble(plan: Plan, drafts: Sequence[Draft], source: Source) -> tuple[BaseModel, list[Issue]]:
    """The record that the drafts add up to, and the issues met on the way.

    The record is an instance of the user's own class. The path of each issue, unless null, leads
    to something in it.

    Raises:
        AnswerInvalid: the record as a whole doesn't fit the schema. The message is short, for
            the model reads it.
    """
    notes = [note for draft in drafts for note in draft.notes]
    record = Item({name: value for draft in drafts for name, value in draft.values.items()})
    sections = _sections(plan, drafts)
    for section in sections.values():
        fold(section, source)
    links = Links(sections, source)
    notes += links.settle()
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
    for name, section in sections.items():
        if section.items or section.asked or section.slot.required:
            public[name] = [links.linked(section.node, i.data, i.notes) for i in section.items]
    summary = _validated(plan, public, record.notes)
    issues = [note.issue() for note in (*notes, *record.notes)]
    for name, section in sections.items():
        for position, item in enumerate(section.items):
            issues += [note.issue(pointer(name, position)) for note in item.notes]
    return summary, _placed(issues, summary)


def _sections(plan: Plan, drafts: Sequence[Draft]) -> dict[str, Section]:
    sections = {
        slot.name: Section(slot, slot.node.item)
        for slot in plan.sections
        if slot.node.item is not None
    }
    for draft in drafts:
        for name, items in draft.sections.items():
            sections[name].items += [_copy(item) for item in items]
        for name in draft.asked:
            sections[name].asked = True
    return sections


def _copy(item: Item) -> Item:
    return Item({**item.data}, item.raw, [replace(note) for note in item.notes], item.ref)


def _number(section: Section) -> None:
    """Give what references will hold: ids in order of first evidence, or else the names."""
    if section.prefix is None:
        # Without ids the order is the model's own: that of a synopsis, or a ranking.
        for item in section.items:
            item.ref = next(section.names(item), "")
        return
    section.items.sort(key=lambda item: _first(section.node, item.data))
    for position, item in enumerate(section.items, 1):
        item.data["id"] = item.ref = f"{section.prefix}{position}"


def _first(node: Node, data: Mapping[str, Any]) -> float:
    """Where its first evidence begins; what has none comes last."""
    for slot in node.fields:
        value = data.get(slot.name)
        if slot.node.kind in (Kind.EVIDENCE, Kind.MENTIONS) and value:
            start: int = value[0]["start"]
            return start
    return float("inf")


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
