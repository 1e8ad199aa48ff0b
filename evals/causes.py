"""Why a value is wrong, or an item has no counterpart.

A prediction can be wrong because it says something else, because it says what is true of another,
because it says it less or more exactly, or because it made it up. The rules go by the plan of the
schema (which fields refer to what, what names an item, how a field is compared) and by no field's
name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from summarizer.evals.comparators import (
    Dates,
    Enumeration,
    Exact,
    Interval,
    Named,
    Names,
    Number,
    Places,
    Text,
    When,
)
from summarizer.evals.kernel import align
from summarizer.evals.leaves import Leaf, field_at, leaves
from summarizer.evals.matches import Match, matches
from summarizer.evals.overlap import among, anchored, compatible, most_alike, overlap
from summarizer.evals.referents import Referents, identity
from summarizer.evals.things import Filler, Thing

if TYPE_CHECKING:
    from summarizer.evals.alignment import Comparison
    from summarizer.evals.plan import FieldPlan, RecordPlan
    from summarizer.evals.presence import Presence


class Cause(StrEnum):
    """Why something is not as the gold has it."""

    VALUE = "value"
    """It says something else."""
    MISATTRIBUTED = "misattributed"
    """It says what is true of another party, in another role, or of another item."""
    GRANULARITY = "granularity"
    """It is less or more exact: the month for the day, a country for its navy."""
    DUPLICATE = "duplicate"
    """It says again what another predicted item, or value, says already."""
    SPLIT = "split"
    """It is a part of a gold item of which another predicted item is the rest."""
    MERGED = "merged"
    """A predicted item that stands for another one stands for this one, too."""
    UNLABELLED = "unlabelled"
    """The article may well say it, and the gold doesn't: a case for an adjudicator."""
    UNGROUNDED = "ungrounded"
    """A quote, a name or a number in it stands nowhere in the article."""
    SHIFTED = "shifted"
    """Another sentence is cited for it."""
    ITEM = "item"
    """The item was not found."""
    FIELD = "field"
    """The item was found, and this of it was not."""


_OPEN = (Names, Number, Dates, Places)
"""What can be true of another: the values of closed lists are everybody's."""


class Facing(NamedTuple):
    """Two items of a section that are held against each other, aligned or not."""

    section: str
    gold: Thing
    predicted: Thing
    matches: Sequence[Match]

    @property
    def credited(self) -> set[int]:
        """The fillers, by their `id`, that earn anything."""
        right = [match for match in self.matches if match.credit > 0]
        return {id(match.gold) for match in right} | {id(match.predicted) for match in right}


class Judge:
    """Finds the causes in one comparison, which was made with `threshold`."""

    def __init__(self, comparison: Comparison, presence: Presence, threshold: float) -> None:
        self._gold = comparison.gold
        self._presence = presence
        self._threshold = threshold
        self._referents = Referents(comparison.gold, comparison.predicted)
        self._leaves: dict[int, list[Leaf]] = {}
        self._faced: dict[str, list[Facing]] = {name: [] for name in comparison.gold.sections}
        for pair in comparison.pairs:
            facing = Facing(pair.section, pair.gold, pair.predicted, pair.matches)
            self._faced[pair.section].append(facing)
        self._displaced: dict[int, Thing] = {}
        for section, missing in comparison.missing.items():
            self._find_displaced(section, missing, comparison.spurious[section])

    def of_match(self, match: Match, facing: Facing) -> Cause | None:
        """Why a value is not right; None if it is."""
        field = field_at(facing.gold.plan, match.field)
        if match.gold is None or match.predicted is None:
            return self._of_lonely(match, field, facing)
        if match.credit >= 1:
            return None
        if match.credit > 0 and field.ref is not None:
            return Cause.MERGED if max(match.predicted.parts) > 1 else Cause.SPLIT
        if match.credit > 0:
            return Cause.VALUE if isinstance(field.comparator, Text) else Cause.GRANULARITY
        if self._in_other_role(match.predicted, field, facing.gold, besides=match.gold):
            return Cause.MISATTRIBUTED
        if self._is_coarser_or_finer(field, match.gold, match.predicted):
            return Cause.GRANULARITY
        if self._is_of_another(match.predicted, match.field, field, facing):
            return Cause.MISATTRIBUTED
        return Cause.VALUE

    def of_missing(self, section: str, gold: Thing) -> tuple[Cause, Thing | None]:
        """Why a gold item has no counterpart, and the predicted item that shows it."""
        for facing in self._faced[section]:
            if self._stands_for_both(facing, gold):
                return Cause.MERGED, facing.predicted
        if id(gold) in self._displaced:
            return Cause.MISATTRIBUTED, self._displaced[id(gold)]
        return Cause.ITEM, None

    def of_spurious(self, section: str, predicted: Thing) -> tuple[Cause, Thing | None]:
        """Why a predicted item has no counterpart, and the gold item that shows it."""
        near = [
            facing
            for facing in self._faced[section]
            if compatible(facing.gold, predicted) and anchored(facing.gold, predicted)
        ]
        for facing in sorted(near, key=lambda one: -overlap(one.gold, predicted).credit):
            cause = self._repeats(facing, predicted)
            if cause is not None:
                return cause, facing.gold
        if id(predicted) in self._displaced:
            return Cause.MISATTRIBUTED, self._displaced[id(predicted)]
        backed = self._presence.backs(predicted)
        return Cause.UNLABELLED if backed else Cause.UNGROUNDED, None

    def _of_lonely(self, match: Match, field: FieldPlan, facing: Facing) -> Cause:
        credited = facing.credited
        if match.gold is not None:
            other = self._in_other_role(match.gold, field, facing.predicted, taken=credited)
            return Cause.MISATTRIBUTED if other else Cause.FIELD
        own = match.predicted
        assert own is not None, "a match has one side at least"  # noqa: S101  # for the checker
        # Of a record that is spurious as a whole, what it has in common with others tells nothing.
        if field.many and any(
            leaf.path == match.field and id(leaf.filler) in credited and _equal(field, leaf, own)
            for leaf in self._leaves_of(facing.gold)
        ):
            return Cause.DUPLICATE
        if self._in_other_role(own, field, facing.gold, taken=credited):
            return Cause.MISATTRIBUTED
        if field.naming and self._is_of_another(own, match.field, field, facing):
            return Cause.MISATTRIBUTED
        return Cause.UNLABELLED if self._presence.holds(field, own) else Cause.UNGROUNDED

    def _in_other_role(
        self,
        filler: Filler,
        field: FieldPlan,
        other: Thing,
        *,
        besides: Filler | None = None,
        taken: Collection[int] = (),
    ) -> bool:
        """Whether the item of the other side has a value elsewhere, where nothing else met it."""
        return any(
            leaf.filler is not besides
            and id(leaf.filler) not in taken
            and _same_kind(field, leaf.field)
            and _equal(field, leaf, filler)
            for leaf in self._leaves_of(other)
        )

    def _is_coarser_or_finer(self, field: FieldPlan, gold: Filler, predicted: Filler) -> bool:
        for g in gold.accepted:
            for p in predicted.accepted:
                match g, p:
                    case Named(), Named():
                        if field.ref and self._referents.related(field.ref.section, g, p):
                            return True
                    case (Interval() as a, Interval() as b) | (
                        When(days=Interval() as a), When(days=Interval() as b)
                    ):  # fmt: skip
                        if a.low <= b.high and b.low <= a.high:
                            return True
        return False

    def _is_of_another(self, filler: Filler, path: str, field: FieldPlan, facing: Facing) -> bool:
        """Whether a value is another gold item's, or refers to another than it should."""
        value = filler.accepted[0]
        if field.ref is not None and isinstance(value, Named):
            known = self._referents.knows(field.ref.section, value)
        else:
            known = False
        others = (
            thing for thing in self._gold.sections[facing.section] if thing is not facing.gold
        )
        return known or (
            isinstance(field.comparator, _OPEN)
            and any(
                leaf.path == path and _equal(field, leaf, filler)
                for thing in others
                for leaf in self._leaves_of(thing)
            )
        )

    def _stands_for_both(self, facing: Facing, gold: Thing) -> bool:
        """Whether the predicted item of a pair was made of two gold items, of which one is
        `gold`."""
        own = facing.predicted
        if gold.plan.naming:
            shared = identity(own).names & identity(gold).names
            return bool(shared - identity(facing.gold).names)
        if not (compatible(gold, own) and _cites(own, gold, besides=facing.gold)):
            return False
        return _adds(matches(gold, own), facing, gold.plan, predicted=True)

    def _repeats(self, facing: Facing, predicted: Thing) -> Cause | None:
        """Whether a predicted item says, wholly or in part, what the gold item of a pair does,
        with which it agrees on an anchor."""
        gold = facing.gold
        allowed = most_alike(gold, predicted, overlap(gold, predicted)) >= self._threshold
        if not (allowed or _cites(predicted, gold)):
            return None
        if _adds(matches(gold, predicted), facing, gold.plan, predicted=False):
            return Cause.SPLIT
        return Cause.DUPLICATE if allowed else None

    def _find_displaced(
        self, section: str, missing: Sequence[Thing], spurious: Sequence[Thing]
    ) -> None:
        """Pairs of leftovers that are alike but for what would anchor them, which is another's."""
        gain = np.zeros((len(missing), len(spurious)))
        for i, gold in enumerate(missing):
            for j, predicted in enumerate(spurious):
                if compatible(gold, predicted) and not anchored(gold, predicted):
                    found = overlap(gold, predicted)
                    if most_alike(gold, predicted, found) >= self._threshold and (
                        self._is_misplaced(section, gold, predicted)
                    ):
                        gain[i, j] = found.credit
        for i, j in align(gain):
            self._displaced[id(missing[i])] = spurious[j]
            self._displaced[id(spurious[j])] = missing[i]

    def _is_misplaced(self, section: str, gold: Thing, predicted: Thing) -> bool:
        facing = Facing(section, gold, predicted, matches(gold, predicted))
        anchors = {gold.plan.fields[i].name for i in gold.plan.anchors}
        return any(
            self.of_match(match, facing) is Cause.MISATTRIBUTED
            for match in facing.matches
            if match.field.partition(".")[0] in anchors
        )

    def _leaves_of(self, thing: Thing) -> list[Leaf]:
        if id(thing) not in self._leaves:
            self._leaves[id(thing)] = leaves(thing)
        return self._leaves[id(thing)]


def _same_kind(first: FieldPlan, second: FieldPlan) -> bool:
    """Whether what stands in one field could stand in the other."""
    if not isinstance(first.comparator, _OPEN) or first.comparator != second.comparator:
        return False
    if first.ref is not None and second.ref is not None:
        return first.ref.section == second.ref.section
    return first.ref is second.ref and first.inner is second.inner


def _equal(field: FieldPlan, leaf: Leaf, filler: Filler) -> bool:
    compare = field.comparator.compare
    return any(compare(a, b) >= 1 for a in leaf.filler.accepted for b in filler.accepted)


def _adds(found: Iterable[Match], facing: Facing, plan: RecordPlan, *, predicted: bool) -> bool:
    """Whether `found` has a value right, on one side, that is not right in the pair.

    The values of closed lists are left out: any two items may have some in common.
    """
    credited = facing.credited
    return any(
        match.credit > 0
        and not isinstance(field_at(plan, match.field).comparator, Enumeration | Exact)
        and id(match.predicted if predicted else match.gold) not in credited
        for match in found
    )


def _cites(citing: Thing, cited: Thing, *, besides: Thing | None = None) -> bool:
    """Whether one item cites a sentence of another, and `besides` doesn't cite it."""
    own = [a for a in cited.spans if besides is None or not among(a, besides.spans)]
    return any(among(a, citing.spans) for a in own)
