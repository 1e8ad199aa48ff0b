"""What a page shows of a document: the gold, and one or two records held against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from summarizer import Result
from summarizer.evals.counts import DocumentScore, counted
from summarizer.evals.diagnosis import Finding, Level, diagnose
from summarizer.evals.leaves import records
from summarizer.evals.runs import Failure, Prediction, Run, cases
from summarizer.view.outline import Item
from summarizer.view.parts import Parts
from summarizer.view.values import Speaker
from summarizer.view.walk import names_in, outline

if TYPE_CHECKING:
    from pydantic import BaseModel

    from summarizer.evals.alignment import Comparison, Pair
    from summarizer.evals.scoring import Scorer
    from summarizer.evals.suites import Document
    from summarizer.evals.things import Thing
    from summarizer.evals.trees import Tree

GOLD = "g"
KEYS = ("a", "b")
"""What ids and classes of a run's record begin with, in the order of the runs."""


class Side:
    """One record of a document: the gold's, or a run's; `key` tells which."""

    def __init__(
        self, document: Document[Any], record: BaseModel | None, tree: Tree, key: str, prefix: str
    ) -> None:
        self.key = key
        self._tree = tree
        shown = outline(
            Result[Any](
                summary=document.labels.record if record is None else record,
                settings_hash="",
                article=document.article,
            )
        )
        head = () if record is None else shown.head
        # What isn't scored has no place on the page, and can't be linked to.
        scored = {name for name, things in tree.sections.items() if things}
        blocks = tuple(block for block in shown.sections if block.name in scored)
        self.shown = replace(shown, head=head, sections=blocks)
        self.parts = Parts(self.shown, f"{prefix}{key}-", top=3)
        self.speaker = Speaker({} if record is None else names_in(record))
        self._items = {item.pointer: item for block in (*head, *blocks) for item in block.items}

    @cached_property
    def things(self) -> dict[str, Thing]:
        """The items, by pointer, in the order of the record."""
        return {thing.path: thing for own in self.sections.values() for thing in own}

    @cached_property
    def sections(self) -> dict[str, list[Thing]]:
        """The items of each section, in the order of the record."""
        return {
            name: sorted(own, key=lambda one: int(one.path.rpartition("/")[2] or 0))
            for name, own in self._tree.sections.items()
        }

    def item(self, path: str) -> Item | None:
        """An item as the view has it; None of what stands at the top of the record."""
        return self._items.get(path)

    def cited(self, path: str) -> tuple[int, ...]:
        """The numbers of the sentences that an item rests on."""
        item = self.item(path)
        if item is not None:
            return item.sentences
        return tuple(sorted({n for one in self._top() for n in one.sentences}))

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """What its items cite, and the records within them, as offsets."""
        found = {
            span
            for thing in self.things.values()
            for _, record in records(thing)
            for span in record.spans
        }
        return sorted(found)

    def _top(self) -> Iterator[Item]:
        if "" in self.things:
            names = {field.name for field in self.things[""].plan.fields}
            yield from (each for path, each in self._items.items() if path[1:] in names)


@dataclass(frozen=True)
class Reading:
    """A run's record of a document, held against the gold."""

    side: Side
    comparison: Comparison
    score: DocumentScore
    findings: Sequence[Finding]
    prediction: Prediction | None

    @property
    def failure(self) -> Failure | None:
        """Why there is no record, where it is known."""
        return self.prediction.error if self.prediction else None

    @property
    def f(self) -> float | None:
        """F of this document alone; None where neither side has anything."""
        mass = self.score.mass
        both = mass.gold + mass.predicted
        return 2 * mass.value / both if both else None

    @cached_property
    def pairs(self) -> Mapping[str, Pair]:
        """The aligned pairs, by the pointer of the gold item."""
        return {pair.gold.path: pair for pair in self.comparison.pairs}

    @cached_property
    def lonely(self) -> Mapping[tuple[str, str], Finding]:
        """The findings on items without a counterpart, by verdict and own pointer."""
        found = {}
        for each in self.findings:
            own = each.gold if each.verdict == "missing" else each.predicted
            if each.level is Level.ITEM and own is not None:
                found[each.verdict.value, own.pointer] = each
        return found

    @cached_property
    def inner(self) -> Mapping[str, list[Finding]]:
        """The findings on values and receipts, by the pointer of the gold item."""
        found: dict[str, list[Finding]] = {path: [] for path in self.pairs}
        of_predicted = {pair.predicted.path: path for path, pair in self.pairs.items()}
        for each in self.findings:
            if each.level is Level.ITEM:
                continue
            if each.gold is not None:
                found[_item_at(each.gold.pointer, found)].append(each)
            elif each.predicted is not None:
                own = _item_at(each.predicted.pointer, of_predicted)
                found[of_predicted[own]].append(each)
        return found

    def excuses(self, path: str) -> bool:
        """Whether a gold item counts neither way, as the run doesn't care what it is of."""
        return any(
            thing.path == path and thing.excused
            for things in self.comparison.gold.sections.values()
            for thing in things
        )


@dataclass(frozen=True)
class Sheet:
    """A document and what was made of it, by one run or by two. `prefix` begins its ids."""

    name: str
    document: Document[Any]
    gold: Side
    readings: Sequence[Reading]
    prefix: str
    compared: bool
    """Whether the page is of two runs, of which one may not have this repeat."""

    @property
    def sides(self) -> tuple[Side, ...]:
        """The gold and the runs' records."""
        return (self.gold, *(reading.side for reading in self.readings))

    def anchor(self, pointer: str) -> str:
        """The id of a gold item."""
        return self.gold.parts.anchor(pointer)


def sheets(
    runs: Sequence[Run], documents: Iterable[Document[Any]], scorer: Scorer
) -> Iterator[Sheet]:
    """The sheets of documents, one for each repeat. Raises as `runs.cases` does."""
    most = max(run.settings.repeats for run in runs)
    number = 0
    for document in documents:
        by_run = [cases(run, [document], scorer.schema) for run in runs]
        for repeat in range(most):
            prefix = f"d{number}-"
            number += 1
            readings = [
                _reading(run, document, repeat, own, scorer, key, prefix)
                for run, own, key in zip(runs, by_run, KEYS, strict=False)
                if repeat < run.settings.repeats
            ]
            gold = Side(document, document.labels.record, readings[0].comparison.gold, GOLD, prefix)
            name = f"{document.gold.split}/{document.gold.id}"
            shown = name if most == 1 else f"{name} #{repeat + 1}"
            yield Sheet(shown, document, gold, readings, prefix, compared=len(runs) > 1)


def _reading(
    run: Run,
    document: Document[Any],
    repeat: int,
    own: Sequence[Any],
    scorer: Scorer,
    key: str,
    prefix: str,
) -> Reading:
    case = own[repeat]
    comparison = scorer.compare(case.gold, case.predicted)
    side = Side(document, case.predicted.record, comparison.predicted, key, prefix)
    findings = diagnose(comparison, document.article.text, threshold=scorer.threshold)
    score = counted(comparison, id=case.id, cluster=case.cluster)
    gold = document.gold
    prediction = run.predictions.get((gold.split, gold.id, repeat + 1))
    return Reading(side, comparison, score, findings, prediction)


def _item_at(pointer: str, known: Mapping[str, Any]) -> str:
    """The item that a pointer leads into; "" is what stands at the top of the record."""
    above = "/".join(pointer.split("/")[:3])
    return above if above in known else ""
