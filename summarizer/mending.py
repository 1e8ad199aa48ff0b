"""Mending: what does not stand is asked for once more, item by item, and nothing else is.

One call for the items that were set aside or not supported, with the problem of each and the
sentences around what it cites; the same call goes on where an answer was cut off. What comes back
is read like any answer; `mends` says which item each is to take the place of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from summarizer.answers import Answer, answer_class
from summarizer.grounding import Draft, Item, Note
from summarizer.grounding.values import sentence_number
from summarizer.results import IssueKind, Severity
from summarizer.templates import PROMPT, Message, instructions, numbered, render, tamed
from summarizer.windows import Window
from summarizer.wire import CITATIONS, Kind, Node, Plan, Slot, is_section

if TYPE_CHECKING:
    from summarizer.asking import Asker
    from summarizer.grounding import Source

MENDS = "mends"
"""The key by which the model says which item it mends; 0 for one that was missing."""
MOST = 12
"""Items that one call mends: a longer list is not read with care."""
NEIGHBOURS = 1
"""Sentences before and after a cited one that are shown with it."""
_LONGEST = 600
"""Characters of an item that are shown."""


@dataclass(frozen=True)
class Refused:
    """An item that doesn't stand: what was written, and what is wrong with it."""

    section: str
    written: Any
    problems: tuple[str, ...]
    sentences: tuple[int, ...] = ()
    """Those that it cites, as far as they exist."""
    window: Window | None = None
    """For one that cites none, the window that it was told in, where the article goes in them."""
    item: Item | None = None
    """The item in the draft; None where it was set aside when the answer was read."""
    note: Note | None = None
    """The note that it was set aside, where it was."""


@dataclass(frozen=True)
class Torn:
    """An answer that was cut off: the fields that are not whole, and the items that they have."""

    fields: tuple[str, ...]
    held: Mapping[str, Sequence[Item]]
    window: Window | None = None


@dataclass
class Mended:
    """What came back: items by the number of the one that each takes the place of."""

    by_number: dict[int, list[Item]] = field(default_factory=dict)
    """From 1, in the order of what was refused."""
    draft: Draft = field(default_factory=Draft)
    """What was missing from an answer that was cut off, and notes."""


async def mend(asker: Asker, refused: Sequence[Refused], torn: Torn | None = None) -> Mended:
    """Ask once for what doesn't stand and for what is missing.

    In windows, both are of the same one, and what cites sentences is asked for without what is
    missing: an answer is held against what was shown.

    Raises what `Client.complete` does.
    """
    wanted = {*(r.section for r in refused), *(torn.fields if torn else ())}
    fields = tuple(s.name for s in asker.plan.root.fields if s.asked and s.name in wanted)
    prompt = _messages(asker, refused, torn, fields)
    source = _unformed(asker.source, torn.window if torn else None)
    completion = await asker.complete(
        prompt, _mending_class(asker.plan, fields), source, limit=await asker.limit(prompt)
    )
    mended, draft = Mended(), completion.value.draft
    for section, items in draft.sections.items():
        for item in items:
            number = _number(item.raw) or int(len(refused) == 1 and torn is None)
            if 0 < number <= len(refused) and refused[number - 1].section == section:
                mended.by_number.setdefault(number, []).append(item)
            elif torn and section in torn.fields:
                mended.draft.sections.setdefault(section, []).append(item)
    if torn:
        own = {slot.name for slot in asker.plan.own.fields}
        mended.draft.values = {k: v for k, v in draft.values.items() if k in own & {*torn.fields}}
        # Of what is mended, it is told anyway that it didn't stand.
        mended.draft.notes += [note for note in draft.notes if not _number(note.original)]
    if completion.truncated:
        message = "The answer that was to mend this was cut off as well."
        mended.draft.notes.append(Note(IssueKind.ANSWER_TRUNCATED, Severity.WARNING, message))
    return mended


def _number(raw: Any) -> int:
    """Which item something takes the place of, by what was written; 0 for none."""
    return (sentence_number(raw.get(MENDS)) or 0) if isinstance(raw, Mapping) else 0


def _unformed(source: Source, window: Window | None) -> Source:
    """The article without the form of an earlier call, which asked for something else."""
    return source.within(window or Window(1, source.article.sentence_count))


def _messages(
    asker: Asker, refused: Sequence[Refused], torn: Torn | None, fields: tuple[str, ...]
) -> list[Message]:
    article, language = asker.source.article, asker.request.output_language
    if torn is not None:
        shown = numbered(article, asker.source.furniture, torn.window)
    else:
        kept = _excerpt(refused, asker.source)
        hidden = {n for n in range(1, article.sentence_count + 1) if n not in kept}
        shown = numbered(article, hidden)
    question = render(
        "mend.v1",
        {
            "refused": "yes" if refused else "",
            "missing": ", ".join(torn.fields) if torn else "",
            "fields": ", ".join(fields),
        },
    )
    fence = f"items-{article.sha256[:6]}"
    listed = [line for number, r in enumerate(refused, 1) for line in _listed(number, r)]
    for section, items in torn.held.items() if torn else ():
        listed += [f"held in {section}: {_shown(item.raw)}" for item in items]
    block = "\n".join([f"<{fence}>", *listed, f"</{fence}>"])
    return [
        {"role": "system", "content": instructions(asker.plan, PROMPT, language)},
        {"role": "user", "content": f"{shown}\n\n{block}\n\n{question}"},
    ]


def _excerpt(refused: Sequence[Refused], source: Source) -> frozenset[int]:
    """The sentences that the items cite, and those beside them.

    For one that cites none, all that it was told of.
    """
    blind = [r for r in refused if not r.sentences]
    if any(r.window is None for r in blind):
        return source.citable
    near = {n for r in blind if r.window for n in r.window.sentences} | {
        number + step
        for r in refused
        for number in r.sentences
        for step in range(-NEIGHBOURS, NEIGHBOURS + 1)
    }
    return source.citable & near


def _listed(number: int, refused: Refused) -> list[str]:
    lines = [f"({number}) {refused.section}: {_shown(refused.written)}"]
    return [*lines, *(f"    wrong: {tamed(problem)}" for problem in refused.problems)]


def _shown(raw: Any) -> str:
    """What was written, on one line and without its brackets."""
    return tamed(_flat(raw))[:_LONGEST]


def _flat(value: Any) -> str:
    if isinstance(value, Mapping):
        told = {k: v for k, v in value.items() if v not in (None, [], "") and k != MENDS}
        return "; ".join(f"{key}: {_flat(inner)}" for key, inner in told.items())
    if isinstance(value, list):
        return ", ".join(f"({_flat(v)})" if isinstance(v, Mapping) else _flat(v) for v in value)
    return str(value)


@lru_cache(maxsize=64)
def _mending_class(plan: Plan, fields: tuple[str, ...]) -> type[Answer]:
    """The class for such an answer: items say which one they mend; that is not part of them."""
    plain = answer_class(plan, fields, whole=False)
    asked = replace(plan, root=replace(plan.root, fields=tuple(map(_mending, plan.root.fields))))
    shaped = asked.only(fields)

    def schema(cls: type[Answer], *_args: Any, **_kwargs: Any) -> dict[str, Any]:
        return cls.schema_of(shaped)

    return type(
        plain.__name__, (plain,), {"model_json_schema": classmethod(schema), "may_be_empty": True}
    )


def _mending(slot: Slot) -> Slot:
    if not is_section(slot):
        return slot
    item = slot.node.listed
    number = Node(Kind.PLAIN, int, schema={"type": "integer", "enum": [*range(MOST + 1)]})
    mends = Slot(MENDS, number, required=True, asked=True)
    return replace(slot, node=replace(slot.node, item=replace(item, fields=(mends, *item.fields))))


def cited(raw: Any, source: Source) -> tuple[int, ...]:
    """The sentences that an item as it was written cites, as far as they can be cited."""
    numbers = raw.get(CITATIONS) if isinstance(raw, Mapping) else None
    found = map(sentence_number, numbers if isinstance(numbers, list) else [numbers])
    return tuple(sorted({n for n in found if n is not None and n in source.citable}))
