"""Reading an answer: section by section, item by item.

An item that doesn't fit is set aside and the others stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from summarizer.errors import excerpt
from summarizer.grounding.drafts import Draft, Item, Note, Unfit, written
from summarizer.grounding.reading import MESSAGE, Reader
from summarizer.results import IssueKind, pointer
from summarizer.wire import Plan, Size, Slot, is_section

if TYPE_CHECKING:
    from summarizer.grounding.source import Source


def decode(raw: Mapping[str, Any], plan: Plan, source: Source) -> Draft:
    """What an answer comes to, held against the article.

    Raises:
        ValueError: no part of the answer is what was asked for, or one that the record can't do
            without isn't. The message is short, for the model reads it.
    """
    asked = [slot for slot in plan.root.fields if slot.asked]
    wanted = excerpt(", ".join(slot.wire_name for slot in asked), MESSAGE)
    if asked and not any(slot.wire_name in raw for slot in asked):
        raise ValueError(f"the answer must be one JSON object with: {wanted}")
    # A form may ask for less than the plan.
    formed = {slot.wire_name for slot in asked} if source.form is None else {*source.form.sections}
    draft = Draft(frozenset(s.name for s in plan.sections if s.asked and s.wire_name in formed))
    reader = Reader(source, plan.size, draft.notes)
    told = [slot for slot in asked if written(raw, slot.wire_name) is not None]
    for slot in told:
        value = raw[slot.wire_name]
        if not is_section(slot):
            reader.value_of_record(slot, value, draft.values)
        elif isinstance(value, list | Mapping):
            listed = value if isinstance(value, list) else [value]
            items = [_item(slot, element, source, plan.size, draft.notes) for element in listed]
            draft.sections[slot.name] = [item for item in items if item is not None]
        else:
            unfit = Unfit(IssueKind.ITEM_INVALID, "a list was expected")
            draft.notes.append(unfit.left_out(slot.name, value, pointer(slot.name)))
    unread = draft.notes and all(note.kind is IssueKind.VALUE_DROPPED for note in draft.notes)
    if unread and not draft.sections and not draft.values:
        raise ValueError(f"nothing in the answer is of the right type: {wanted}")
    return draft


def _item(section: Slot, raw: Any, source: Source, size: Size, lost: list[Note]) -> Item | None:
    """An item of a section, or None where it is set aside."""
    notes: list[Note] = []
    assert section.node.item is not None  # noqa: S101  # for mypy: a section is a list
    try:
        return Item(Reader(source, size, notes).object(section.node.item, raw, ""), raw, notes)
    except Unfit as unfit:
        lost.append(unfit.set_aside(section.name, raw))
        return None
