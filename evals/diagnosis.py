"""What became of each value, item and receipt of a comparison, and why.

The verdicts are MUC-4's: correct, partial, incorrect, spurious, missing. Whatever isn't correct has
a cause. Values of aligned items are told one by one, as are the sentences that they cite; an item
without a counterpart is one finding. What a reader left open is in none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from summarizer.evals.causes import Cause, Facing, Judge
from summarizer.evals.counts import verdict
from summarizer.evals.leaves import leaves
from summarizer.evals.overlap import same_sentence
from summarizer.evals.presence import Presence
from summarizer.evals.scoring import THRESHOLD

if TYPE_CHECKING:
    from summarizer.evals.alignment import Comparison
    from summarizer.evals.identities import Span
    from summarizer.evals.matches import Match
    from summarizer.evals.things import Filler, Thing
    from summarizer.schemas import Evidence


class Verdict(StrEnum):
    """How a prediction stands to the gold."""

    CORRECT = "correct"
    PARTIAL = "partial"
    INCORRECT = "incorrect"
    SPURIOUS = "spurious"
    MISSING = "missing"


class Level(StrEnum):
    """What a finding is of."""

    ITEM = "item"
    FIELD = "field"
    RECEIPT = "receipt"


class Side(NamedTuple):
    """What one side has: its JSON Pointer into the record, and the value, item or evidence."""

    pointer: str
    value: Any


@dataclass(frozen=True)
class Finding:
    """One value, item or receipt, and what became of it.

    `field` is the path of names from the item, such as `claims.status`, and empty for an item.
    `credit` is what was earned, in [0, 1]. Of an item that is missing or spurious the other side
    is the item that shows why, where one does: the one that it repeats, or was merged into.
    """

    verdict: Verdict
    cause: Cause | None
    """None for what is correct."""
    level: Level
    section: str
    field: str
    gold: Side | None
    predicted: Side | None
    credit: float = 0.0
    fillers: int = 1
    """How many values it is of."""


Census = Counter[tuple[Verdict, Cause | None]]


@dataclass(frozen=True)
class Summary:
    """How many findings there are of each verdict and cause; items count once each."""

    items: Census = field(default_factory=Counter)
    fields: Census = field(default_factory=Counter)
    receipts: Census = field(default_factory=Counter)


def diagnose(comparison: Comparison, text: str, *, threshold: float = THRESHOLD) -> list[Finding]:
    """The findings of a comparison that was made with `threshold`, in order; `text` is the
    article."""
    trees = (comparison.gold, comparison.predicted)
    named = {
        section
        for tree in trees
        for section, things in tree.sections.items()
        if any(thing.plan.naming for thing in things)
    }
    presence = Presence(text, named)
    judge = Judge(comparison, presence, threshold)
    found: list[Finding] = []
    for pair in comparison.pairs:
        if not pair.spared:
            facing = Facing(pair.section, pair.gold, pair.predicted, pair.matches)
            found += _of_values(facing, judge)
            found += _of_receipts(facing, presence)
    for section, things in comparison.missing.items():
        for thing in things:
            cause, shown = judge.of_missing(section, thing)
            found.append(_of_item(Verdict.MISSING, cause, section, thing, shown))
    for section, things in comparison.spurious.items():
        for thing in things:
            cause, shown = judge.of_spurious(section, thing)
            found.append(_of_item(Verdict.SPURIOUS, cause, section, thing, shown))
    return found


def summarise(findings: Iterable[Finding]) -> dict[str, Summary]:
    """The findings of one document or of many, counted by section; "" has those of all."""
    found = {"": Summary()}
    for finding in findings:
        for section in ("", finding.section):
            summary = found.setdefault(section, Summary())
            counts = {
                Level.ITEM: summary.items,
                Level.FIELD: summary.fields,
                Level.RECEIPT: summary.receipts,
            }[finding.level]
            counts[finding.verdict, finding.cause] += 1
    return found


def _of_item(
    said: Verdict, cause: Cause, section: str, thing: Thing, shown: Thing | None
) -> Finding:
    own = Side(thing.path, thing.raw)
    other = Side(shown.path, shown.raw) if shown is not None else None
    missing = said is Verdict.MISSING
    return Finding(
        said, cause, Level.ITEM, section, "",
        gold=own if missing else other,
        predicted=other if missing else own,
        fillers=sum(not leaf.spared for leaf in leaves(thing)),
    )  # fmt: skip


def _of_values(facing: Facing, judge: Judge) -> Iterator[Finding]:
    for match in facing.matches:
        if not match.spared:
            yield Finding(
                _verdict(match), judge.of_match(match, facing), Level.FIELD,
                facing.section, match.field,
                gold=_side(match.gold), predicted=_side(match.predicted), credit=match.credit,
            )  # fmt: skip


def _verdict(match: Match) -> Verdict:
    tally = verdict(match)
    return next(each for each in Verdict if getattr(tally, each.value))


def _side(filler: Filler | None) -> Side | None:
    return Side(filler.path, filler.raw) if filler is not None else None


class _Receipt(NamedTuple):
    pointer: str
    span: Span
    evidence: Evidence

    @property
    def side(self) -> Side:
        return Side(self.pointer, self.evidence)


def _of_receipts(facing: Facing, presence: Presence) -> Iterator[Finding]:
    """The sentences that a pair cites, and those that the records in it cite."""
    for path, gold, predicted in _citing(facing):
        waived = gold.waived | predicted.waived
        ours, theirs = _receipts(gold, waived), _receipts(predicted, waived)
        real = [own for own in theirs if presence.quotes(own.evidence)]
        right = [(own, same) for own in real if (same := _same(own, ours))]
        wrong = [own for own in theirs if own not in real or not _same(own, ours)]
        left = [each for each in ours if not _same(each, real)]

        def finding(
            said: Verdict, cause: Cause | None, g: _Receipt | None, p: _Receipt | None,
            path: str = path,
        ) -> Finding:  # fmt: skip
            return Finding(
                said, cause, Level.RECEIPT, facing.section, path,
                gold=g and g.side, predicted=p and p.side, credit=float(cause is None),
            )  # fmt: skip

        yield from (finding(Verdict.CORRECT, None, same, own) for own, same in right)
        for own, instead in zip_longest(wrong, left):
            if own is None:
                yield finding(Verdict.MISSING, Cause.FIELD, instead, None)
                continue
            said = Verdict.INCORRECT if instead else Verdict.SPURIOUS
            cause = Cause.SHIFTED if instead else Cause.UNLABELLED
            yield finding(said, cause if own in real else Cause.UNGROUNDED, instead, own)


def _citing(facing: Facing) -> Iterator[tuple[str, Thing, Thing]]:
    """The two items, and the records in them that were held against each other, if they cite
    sentences; each with the path of the field in which it does."""
    ours = {id(leaf.filler): leaf for leaf in leaves(facing.gold)}
    theirs = {id(leaf.filler): leaf for leaf in leaves(facing.predicted)}
    found = {(id(facing.gold), id(facing.predicted)): ("", facing.gold, facing.predicted)}
    for match in facing.matches:
        gold, predicted = ours.get(id(match.gold)), theirs.get(id(match.predicted))
        if gold is not None and predicted is not None:
            above = gold.path.rpartition(".")[0]
            pair = id(gold.owner), id(predicted.owner)
            found.setdefault(pair, (above and f"{above}.", gold.owner, predicted.owner))
    for above, one, other in found.values():
        if one.plan.evidence is not None:
            yield f"{above}{one.plan.evidence}", one, other


def _receipts(thing: Thing, waived: frozenset[Span]) -> list[_Receipt]:
    name = thing.plan.evidence or ""
    return [
        _Receipt(f"{thing.path}/{name}/{i}", (each.start, each.end), each)
        for i, each in enumerate(getattr(thing.raw, name))
        if not any(same_sentence((each.start, each.end), span) for span in waived)
    ]


def _same(receipt: _Receipt, others: Iterable[_Receipt]) -> _Receipt | None:
    return next((each for each in others if same_sentence(each.span, receipt.span)), None)
