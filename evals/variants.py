"""The same documents scored on other terms: at other thresholds, and with the parties of the gold.

They tell how much of a score hangs on the gate, and how much on who is who.
"""

from __future__ import annotations

from collections import Counter
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
    tolerated = {tolerance.at: tolerance.names for tolerance in case.gold.tolerances}
    pairs = scorer.compare(case.gold, case.predicted).pairs
    gold_of = {id(pair.predicted.raw): pair.gold for pair in pairs}
    for section, plan in scorer.plan.sections.items():
        if not plan.naming or section == scorer.plan.root:
            continue
        items = getattr(case.predicted.record, section) or ()
        bearers = Counter(name for item in items for name in set(_own_names(plan, item)))
        ids = {identity for item in items for identity in _id(item)}
        for item in items:
            gold = gold_of.get(id(item))
            if gold is None:
                continue
            own = list(_own_names(plan, item))
            given = _NAMES.prepare(_own_names(plan, gold.raw))
            others = _NAMES.prepare(tolerated.get(gold.path, ()))
            names = Named(given.names | others.names | _NAMES.prepare(own).names)
            # A name that several items bear, or that is an id, leads to none of them.
            keys = {name for name in own if bearers[name] == 1} - ids
            found.update(((section, key), names) for key in (*keys, *_id(item)))
    return found


def _id(item: BaseModel) -> tuple[str, ...]:
    identity = getattr(item, "id", None)
    return () if identity is None else (identity,)


def _own_names(plan: RecordPlan, item: BaseModel) -> Iterator[str]:
    for name in plan.naming:
        value = getattr(item, name)
        yield from [value] if isinstance(value, str) else value or ()
