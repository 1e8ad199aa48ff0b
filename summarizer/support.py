"""From answers to a record that holds: checked, mended item by item, and nothing lost in silence.

What fails a check, or was set aside when the answer was read, is asked for once more (`mend`), or
left out (`drop`), kept with an issue (`flag`), or raised (`raise`). Of an item that can do without
the value at fault, only that value is left out. Items that stand are never asked for again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic import BaseModel

from summarizer.assembly import Assembled, assemble
from summarizer.carrying import Move, moves
from summarizer.checks import Finding, Reading, findings
from summarizer.errors import AnswerInvalid, NotSupported, SummarizerError, excerpt
from summarizer.grounding import Draft, Item, Note
from summarizer.leaving import without
from summarizer.mending import MOST, Mended, Refused, Torn, cited, mend
from summarizer.receipts import supported
from summarizer.results import Issue, IssueKind, Severity, pointer
from summarizer.schemas import Evidence
from summarizer.wire import Node, Slot, is_section

if TYPE_CHECKING:
    from summarizer.asking import Answered, Asker
    from summarizer.windows import Window

_PASSES = 3
"""As often as values are left out: what goes may lay bare what else is wrong."""


@dataclass(frozen=True)
class Record:
    """A record in the making: what drafts add up to, and what the checks hold against it."""

    made: Assembled
    reading: Reading
    found: Sequence[Finding]

    @property
    def summary(self) -> BaseModel:
        """The record itself."""
        return self.made.summary

    def failing(self) -> dict[tuple[str, int], list[Finding]]:
        """What is not supported, by section and position of the item."""
        failing: dict[tuple[str, int], list[Finding]] = {}
        for one in self.found:
            if one.fails:
                section, position = one.path.split("/")[1:3]
                failing.setdefault((section, int(position)), []).append(one)
        return failing

    def item(self, section: str, position: int) -> Item | None:
        """The item of the draft that an item of the record was made of.

        None for one that code made, or a validator of the user's own.
        """
        return self.made.items[section][position]

    def issues(self) -> list[Issue]:
        """What there is to say about it."""
        return [*self.made.issues, *(one.issue() for one in self.found)]


@dataclass(frozen=True)
class Support:
    """Makes the record of one article."""

    asker: Asker

    async def record(self, answered: Sequence[Answered]) -> tuple[BaseModel, list[Issue]]:
        """The record that the answers add up to, and the issues about it.

        Raises:
            AnswerInvalid: they don't add up to what the schema wants.
            NotSupported: something is not supported, and the policy is to raise.
        """
        policy = self.asker.request.on_unsupported
        now = self._first(answered)
        if not any(one.part.source.form for one in answered):  # a form gives the sentence
            now = self._cited_anew(now)
        if policy == "mend":
            now = await self._mended(now, answered)
        if policy in ("mend", "drop"):
            for _ in range(_PASSES):
                now = self._without_unsupported(now)
        if policy == "raise" and now.failing():
            raise _not_supported(now)
        # Only now, or a name that doesn't belong there would bring a sentence that bears it out.
        summary, receipts = supported(now.reading)
        return summary, [*now.issues(), *receipts]

    def _first(self, answered: Sequence[Answered]) -> Record:
        completions = [one.completion for one in answered if one.completion is not None]
        whole = completions[0].value.record if len(answered) == 1 else None
        if whole is not None:
            return self._checked(whole)  # it was put together when the answer was read
        return self._record([completion.value.draft for completion in completions])

    def _record(self, drafts: Sequence[Draft]) -> Record:
        return self._checked(assemble(self.asker.plan, drafts, self.asker.source))

    def _checked(self, made: Assembled) -> Record:
        asker = self.asker
        reading = Reading(made.summary, asker.plan, asker.source)
        return Record(made, reading, findings(reading, asker.request.checks))

    def _cited_anew(self, now: Record) -> Record:
        """The record with the evidence of items moved to the sentences that carry them."""
        draft = now.made.draft
        sections = {name: [*items] for name, items in draft.sections.items()}
        for move in moves(now.reading):
            item = now.item(move.section, move.position)
            cited = self._node(move.section).citations
            if item is not None and cited is not None:
                at = next(n for n, one in enumerate(sections[move.section]) if one is item)
                sections[move.section][at] = self._moved(item, cited, move)
        if sections == draft.sections:
            return now
        try:
            return self._record([replace(draft, sections=sections)])
        except AnswerInvalid:
            return now  # a validator of the user's own wants it as it was

    def _moved(self, item: Item, cited: Slot, move: Move) -> Item:
        left = ", ".join(map(str, move.left))
        message = f"The evidence was moved from sentence {left} to {move.sentence}, "
        message += "which plainly carries what the other does not."
        note = Note(IssueKind.EVIDENCE_MOVED, Severity.INFO, message, [*move.left], cited.pointer)
        data = {**item.data, cited.name: [self.asker.source.evidence(move.sentence)]}
        return replace(item, data=data, notes=[*item.notes, note])

    async def _mended(self, now: Record, answered: Sequence[Answered]) -> Record:
        """The record with what came back for what didn't stand, and for what was cut off."""
        told = {id(note): one.part.window for one in answered for note in _notes(one)}
        refused = [*_set_aside(now, self.asker, told), *_refused(now)]
        jobs = _jobs(refused, [gap for one in answered if (gap := self._torn(one))])
        if not jobs:
            return now
        came = await asyncio.gather(*(self._asked(batch, gap) for batch, gap in jobs))
        draft = now.made.draft
        for (batch, _), mended in zip(jobs, came, strict=True):
            draft = _joined(draft, batch, mended)
        try:
            return self._record([draft])
        except AnswerInvalid:
            return now  # a validator of the user's own wants it as it was

    async def _asked(self, refused: Sequence[Refused], torn: Torn | None) -> Mended:
        try:
            return await mend(self.asker, refused, torn)
        except SummarizerError as error:
            # What was got is never lost for what was not.
            message = f"What did not stand could not be asked for again: {error}"
            note = Note(IssueKind.SECTION_FAILED, Severity.WARNING, message)
            return Mended(draft=Draft(notes=[note]))

    def _torn(self, answered: Answered) -> Torn | None:
        """What is missing of an answer that was cut off."""
        if answered.completion is None or not answered.cut:
            return None
        answer, asked = answered.completion.value, answered.call.fields
        # The last field may have been cut in its middle.
        whole = {*[*answer.written][:-1]}
        form = answered.part.source.form
        if form is not None:  # code fills in what a form doesn't ask for
            whole |= {s.wire_name for s in self.asker.plan.root.fields} - {*form.sections}
        fields = [
            slot
            for slot in self.asker.plan.root.fields
            if slot.asked and slot.wire_name not in whole and (asked is None or slot.name in asked)
        ]
        if not fields:
            return None
        held = {s.name: answer.draft.sections.get(s.name, []) for s in fields if is_section(s)}
        return Torn(tuple(slot.name for slot in fields), held, answered.part.window)

    def _node(self, section: str) -> Node:
        return next(s.node.listed for s in self.asker.plan.sections if s.name == section)

    def _without_unsupported(self, now: Record) -> Record:
        """The record without what is not supported: values where that will do, else items."""
        draft = now.made.draft
        sections = {name: [*items] for name, items in draft.sections.items()}
        notes = [*draft.notes]
        for (section, position), found in now.failing().items():
            item = now.item(section, position)
            if item is None:
                continue
            left = self._without(item, section, [*getattr(now.summary, section)][position], found)
            at = next(n for n, one in enumerate(sections[section]) if one is item)
            sections[section][at : at + 1] = [left] if left else []
            if left is None:
                notes += _item_lost(section, item, found)
        if sections == draft.sections:
            return now
        try:
            return self._record([replace(draft, sections=sections, notes=notes)])
        except AnswerInvalid:
            return now  # a validator of the user's own wants what fails: it stays, with its issues

    def _without(
        self, item: Item, section: str, public: BaseModel, found: Sequence[Finding]
    ) -> Item | None:
        """An item without the values at fault, each with a note; None if it can't do without."""
        paths = _by_path(found)
        left = without(item, self._node(section), public, paths) if () not in paths else None
        if left is None:
            return None
        for path, one in paths.items():
            message = f"{path[0]} was left out: {one.problem.message}"
            left.notes.append(Note(one.check.kind, Severity.WARNING, message, _value(public, path)))
        return left


def _jobs(
    refused: Sequence[Refused], torn: Sequence[Torn]
) -> list[tuple[Sequence[Refused], Torn | None]]:
    """What each call asks for. Of one window, or of a whole article, missing things go with others,
    so that they cost no call of their own."""
    apart: dict[Window | None, list[Refused]] = {}
    for one in refused:
        apart.setdefault(one.window, []).append(one)
    batches = [
        (window, alike[n : n + MOST])
        for window, alike in apart.items()
        for n in range(0, len(alike), MOST)
    ]
    jobs: list[tuple[Sequence[Refused], Torn | None]] = []
    for gap in torn:
        fits = next((batch for batch in batches if batch[0] == gap.window), None)
        if fits is not None:
            batches.remove(fits)
        jobs.append((fits[1] if fits else (), gap))
    return [*jobs, *((batch, None) for _, batch in batches)]


def _notes(answered: Answered) -> Sequence[Note]:
    return answered.draft.notes if answered.draft else ()


def _refused(now: Record) -> Iterator[Refused]:
    """What is not supported, and can be asked for again."""
    for (section, position), found in now.failing().items():
        item = now.item(section, position)
        if item is not None and item.raw is not None:
            problems = tuple(dict.fromkeys(one.problem.message for one in found))
            numbers = _receipts([*getattr(now.summary, section)][position])
            yield Refused(section, item.raw, problems, numbers, item=item)


def _receipts(value: object) -> tuple[int, ...]:
    """The sentences of all evidence in an item."""
    match value:
        case Evidence():
            return (value.sentence,)
        case BaseModel():
            held: Iterable[object] = (inner for _, inner in value)
        case list() | tuple():
            held = value
        case _:
            return ()
    return tuple(sorted({number for inner in held for number in _receipts(inner)}))


def _set_aside(now: Record, asker: Asker, told: Mapping[int, Window | None]) -> Iterator[Refused]:
    """What was set aside when the answers were read, or when their references were resolved."""
    items = [item for listed in now.made.draft.sections.values() for item in listed]
    by_raw = {id(item.raw): item for item in items if item.raw is not None}
    for note in (*now.made.draft.notes, *now.made.lost):
        if note.section:
            raw, numbers = note.original, cited(note.original, asker.source)
            item = by_raw.get(id(raw))
            window = None if numbers else told.get(id(note))
            yield Refused(note.section, raw, (note.message,), numbers, window, item, note)


def _joined(draft: Draft, refused: Sequence[Refused], mended: Mended) -> Draft:
    """The draft with what came back in the place of what it is for, and what was missing."""
    gone = {n: r for n, r in enumerate(refused, 1) if n in mended.by_number}
    items, told = {id(r.item) for r in gone.values()}, {id(r.note) for r in gone.values()}
    sections = {
        name: [item for item in listed if id(item) not in items]
        for name, listed in draft.sections.items()
    }
    for number, first in gone.items():
        message = f"It did not stand and was asked for again: {first.problems[0]}"
        note = Note(IssueKind.MENDED, Severity.INFO, message, first.written)
        came = [replace(item, notes=[*item.notes, note]) for item in mended.by_number[number]]
        sections.setdefault(first.section, []).extend(came)
    for name, listed in mended.draft.sections.items():
        sections.setdefault(name, []).extend(listed)
    values = {**mended.draft.values, **draft.values}
    notes = [note for note in draft.notes if id(note) not in told]
    return Draft(draft.asked, sections, values, [*notes, *mended.draft.notes])


def _by_path(found: Sequence[Finding]) -> dict[tuple[str, ...], Finding]:
    """The first finding for each value at fault, below the item; () for the whole of it."""
    by_path: dict[tuple[str, ...], Finding] = {}
    for one in found:
        by_path.setdefault(tuple(one.path.split("/")[3:]), one)
    return by_path


def _item_lost(section: str, item: Item, found: Sequence[Finding]) -> list[Note]:
    """That an item went, and what was told with it of others: folded into it, or written first."""
    reasons = "; ".join(dict.fromkeys(one.problem.message for one in found))
    message = f"An item of {section} was left out: {excerpt(reasons, 300)}"
    where, kind = pointer(section), found[0].check.kind
    kinds = {IssueKind.DUPLICATE: IssueKind.DUPLICATE, IssueKind.MENDED: kind}
    told = [note for note in item.notes if note.kind in kinds]
    return [
        Note(kind, Severity.ERROR, message, item.raw, where),
        *(replace(note, kind=kinds[note.kind], field=where) for note in told),
    ]


def _value(public: BaseModel, path: Sequence[str]) -> object:
    value: object = public.model_dump(mode="json")
    for part in path:
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list):
            value = value[int(part)]
    return value


def _not_supported(now: Record) -> NotSupported:
    first, *others = (one for found in now.failing().values() for one in found)
    more = f" (and {len(others)} more)" if others else ""
    error = NotSupported(
        f"{first.path} is not supported by the article: {first.problem.message}{more}",
        hint="The policies mend, drop and flag give a record in spite of that.",
    )
    error.issues = now.issues()
    return error
