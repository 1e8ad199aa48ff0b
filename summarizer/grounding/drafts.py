"""What an answer comes to before it is a record: items, and notes of what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from summarizer.results import Issue, IssueKind, Severity, pointer


@dataclass
class Note:
    """An issue in the making: where it belongs is known once the record is put together."""

    kind: IssueKind
    severity: Severity
    message: str
    original: Any = None
    """What the model wrote."""
    field: str = ""
    """JSON Pointer below the item, or below the record where there is no item."""
    section: str = ""
    """The section whose item was set aside, where it says that; what was written is `original`."""

    def issue(self, place: str = "") -> Issue:
        """The issue, for an item at `place` in the record."""
        return Issue(
            path=place + self.field or None,
            kind=self.kind,
            severity=self.severity,
            message=self.message,
            original=self.original,
        )


@dataclass(eq=False)
class Item:
    """One item of a section."""

    data: dict[str, Any]
    """Its public form, but for references, which are still names."""
    raw: Any = None
    """What the model wrote; None for an item that code made."""
    notes: list[Note] = field(default_factory=list)
    ref: str = ""
    """What references to it hold: its id, or its name where it has none."""
    handle: str = ""
    """A name for references to it, where another item bears all of its own."""

    def copied(self) -> Item:
        """One that can be changed while this stays as it is, but for what its data holds."""
        notes = [replace(note) for note in self.notes]
        return Item({**self.data}, self.raw, notes, self.ref, self.handle)


@dataclass
class Draft:
    """What one answer came to."""

    asked: frozenset[str] = frozenset()
    """The sections that the model was asked for."""
    sections: dict[str, list[Item]] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    """The other top-level fields."""
    notes: list[Note] = field(default_factory=list)
    """What was set aside, and what was left out of the values."""


class Unfit(ValueError):
    """A value that can't stand, and why. The model may read the message."""

    def __init__(self, kind: IssueKind, message: str) -> None:
        super().__init__(message)
        self.kind = kind

    def within(self, name: str) -> Unfit:
        """The same of the field `name` that the value stands in."""
        return Unfit(self.kind, f"{name}: {self}")

    def set_aside(self, section: str, raw: Any) -> Note:
        """The note that an item went."""
        message = f"An item of {section} was set aside: {self}."
        return Note(self.kind, Severity.ERROR, message, raw, pointer(section), section)

    def left_out(self, name: str, raw: Any, where: str) -> Note:
        """The note that a value went, and what it belonged to stands."""
        told = (IssueKind.NAME_NOT_IN_ARTICLE, IssueKind.LEAKED_FROM_PROMPT)
        kind = self.kind if self.kind in told else IssueKind.VALUE_DROPPED
        return Note(kind, Severity.WARNING, f"{name} was left out: {self}.", raw, where)


def is_blank(raw: Any) -> bool:
    """Whether a model wrote nothing: null, or text without a character in it."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def written(raw: Mapping[str, Any], name: str) -> Any:
    """What a model wrote for a key; None for nothing."""
    value = raw.get(name)
    return None if is_blank(value) else value
