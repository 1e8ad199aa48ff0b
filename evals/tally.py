"""The five words in which MUC-4 told how a system's answers fared, and what follows from them.

Source: N. Chinchor, "MUC-4 Evaluation Metrics", Proceedings of MUC-4, 1992. In its tables the
counts are COR, PAR, INC, SPU and MIS, and the figures POS, ACT, REC, PRE and OVG.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple


class PerCent(NamedTuple):
    """Whole numbers per cent; None for what has nothing to divide by, where MUC-4 prints `*`."""

    recall: int | None
    precision: int | None
    overgeneration: int | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many fillers were right, partly right, wrong, invented and left out.

    Tallies add up: that of several slots, or documents, is the sum of theirs. Figures are shares
    in [0, 1], or None where there is nothing to divide by.
    """

    correct: int = 0
    """COR: gold and predicted agree."""
    partial: int = 0
    """PAR: they agree in part, which earns half."""
    incorrect: int = 0
    """INC: they stand against each other and disagree."""
    spurious: int = 0
    """SPU: predicted, and nothing in the gold stands against it."""
    missing: int = 0
    """MIS: in the gold, and nothing predicted stands against it."""

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.correct + other.correct,
            self.partial + other.partial,
            self.incorrect + other.incorrect,
            self.spurious + other.spurious,
            self.missing + other.missing,
        )

    @property
    def possible(self) -> int:
        """POS: fillers in the gold."""
        return self.correct + self.partial + self.incorrect + self.missing

    @property
    def actual(self) -> int:
        """ACT: fillers predicted."""
        return self.correct + self.partial + self.incorrect + self.spurious

    @property
    def credit(self) -> float:
        """What was earned: one for each correct filler, half for each partly correct one."""
        return self.correct + self.partial / 2

    @property
    def recall(self) -> float | None:
        """REC: the credit over all that was possible."""
        return self.credit / self.possible if self.possible else None

    @property
    def precision(self) -> float | None:
        """PRE: the credit over all that was predicted."""
        return self.credit / self.actual if self.actual else None

    @property
    def overgeneration(self) -> float | None:
        """OVG: the share of what was predicted that stands against nothing."""
        return self.spurious / self.actual if self.actual else None

    @property
    def f(self) -> float | None:
        """The harmonic mean of recall and precision: twice the credit over POS + ACT."""
        both = self.possible + self.actual
        return 2 * self.credit / both if both else None

    @property
    def per_cent(self) -> PerCent:
        """Recall, precision and overgeneration rounded as the reports of 1992 have them.

        A figure was cut to a tenth of a per cent and then rounded, halves to the even number, so
        that 36.57 became 36 and 37.57 became 38. The source doesn't say so; every figure of the
        reports does.
        """
        twice = 2 * self.correct + self.partial
        return PerCent(
            recall=_per_cent(twice, 2 * self.possible),
            precision=_per_cent(twice, 2 * self.actual),
            overgeneration=_per_cent(self.spurious, self.actual),
        )

    def muc_f(self, beta: float = 1.0) -> float | None:
        """MUC-4's F in per cent, taken from recall and precision already rounded (`per_cent`).

        Recall weighs `beta` times as much as precision: 1 is the reports' P&R, 0.5 their 2P&R
        and 2 their P&2R.
        """
        recall, precision, _ = self.per_cent
        if recall is None or precision is None:
            return None
        if not recall and not precision:
            return 0.0
        square = beta * beta
        return (square + 1) * precision * recall / (square * precision + recall)


def _per_cent(part: int, whole: int) -> int | None:
    return round(Fraction(1000 * part // whole, 10)) if whole else None
