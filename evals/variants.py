"""The same documents scored on other terms: at other thresholds, and with the parties of the gold.

They tell how much of a score hangs on the gate, and how much on who is who.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from summarizer.evals.comparators import Named, Names
from summarizer.evals.counts import DocumentScore, counted

if TYPE_CHECKING:
    from pydantic import BaseModel

    from summarizer.evals.labelled import Labelled
    from summarizer.evals.plan import RecordPlan
    from summarizer.evals.scoring import Scorer

THRESHOLDS = (0.2, 0.4, 0.6, 0.8)
"""τ at which scores are published."""

_NAMES = Names()


@dataclass(frozen=True)
class Case:
    """A document to score. `cluster` joins repeats, and documents that belong together."""

    id: str
    gold: Labelled
    predicted: Labelled
    cluster: str | None = None


def at_thresholds(
    scorer: Scorer, cases: Sequence[Case], thresholds: Sequence[float] = THRESHOLDS
) -> dict[float, list[DocumentScore]]:
    """The counts of each document at each threshold, in place of the scorer's own."""
    found: dict[float, list[DocumentScore]] = {threshold: [] for threshold in thresholds}
    for case in cases:
        grown = scorer.compare(case.gold, case.predicted)
        for threshold in thresholds:
            one = replace(scorer, threshold=threshold).aligned(grown.gold, grown.predicted)
            found[threshold].append(counted(one, id=case.id, cluster=case.cluster))
    return found


def with_oracle_parties(scorer: Scorer, case: Case) -> DocumentScore:
    """The counts of a document as if each named item that was found bore the gold's names, too.

    Items are found if they are aligned. References to one that has the wrong name, or not the one
    that the gold knows it by, then match; what stands in its own fields is as wrong as before.
    """
    names = _names_by_alignment(scorer, case)
    comparison = scorer.compare(case.gold, case.predicted, identities=names)
    return counted(comparison, id=case.id, cluster=case.cluster)


def _names_by_alignment(scorer: Scorer, case: Case) -> dict[tuple[str, str], Named]:
    """The names of aligned items, by whatever a reference to them may hold: id or own name."""
    found: dict[tuple[str, str], Named] = {}
    if case.predicted.record is None:
        return found
    known = {tolerance.at: tolerance.names for tolerance in case.gold.tolerances}
    pairs = scorer.compare(case.gold, case.predicted).pairs
    gold_of = {id(pair.predicted.raw): pair.gold for pair in pairs}
    for section, plan in scorer.plan.sections.items():
        if not plan.naming or section == scorer.plan.root:
            continue
        taken: set[str] = set()
        for item in getattr(case.predicted.record, section):
            own = list(_own_names(plan, item))
            identity = getattr(item, "id", None)
            # A name that two items have refers to the first of them.
            keys = {*own, *([] if identity is None else [identity])} - taken
            taken |= keys
            gold = gold_of.get(id(item))
            if gold is not None:
                given = [*_own_names(plan, gold.raw), *known.get(gold.path, ())]
                names = _joined(_NAMES.prepare(given), _NAMES.prepare(own))
                found.update(((section, key), names) for key in keys)
    return found


def _own_names(plan: RecordPlan, item: BaseModel) -> Iterator[str]:
    for name in plan.naming:
        value = getattr(item, name)
        yield from [value] if isinstance(value, str) else value or ()


def _joined(gold: Named, predicted: Named) -> Named:
    """The names of both; those of the gold alone, where either has so many that it is nobody."""
    if gold.crowd or predicted.crowd:
        return gold
    return Named(gold.names | predicted.names, crowd=False)
