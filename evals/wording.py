"""Figures in words, as the tables of the commands and the pages of the reports have them.

What is below 1 is never told as 1.00, and what comes to nothing has no sign.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.evals.comparing import Delta
    from summarizer.evals.estimates import Estimate, Share

NOTHING = "–"
"""Stands for a score where there is nothing to score, which is neither 0 nor 1."""
SLOT_F = "slot F"
"""F over the values of items: the score that is meant where none is named."""
ITEMS_F = "items F"
EVIDENCE_F = "evidence F"
"""F over the sentences that items cite."""
GROUNDED_F = "grounded F"
"""Slot F of which only what rests on a sentence of the gold counts as right."""
KEY = "F [95 % interval] n: the documents that have a say in it."


def rounded(score: float | None) -> str:
    """A score with two decimals. What is not quite 1 is not shown as 1."""
    if score is None:
        return NOTHING
    return f"{0.99 if 0.99 < score < 1 else score:.2f}"


def estimated(estimate: Estimate) -> str:
    """Such as `0.81 [0.70, 0.88] n 8`: score, 95 % interval, documents that have a say."""
    if estimate.score is None:
        return NOTHING
    ends = NOTHING
    if estimate.low is not None and estimate.high is not None:
        ends = f"{rounded(estimate.low)}, {rounded(estimate.high)}"
    return f"{rounded(estimate.score)} [{ends}] n {estimate.n}"


def shared(share: Share) -> str:
    """Such as `2 of 3 [0.09, 0.99]`."""
    if share.low is None or share.high is None:
        return NOTHING
    return f"{share.k} of {share.n} [{rounded(share.low)}, {rounded(share.high)}]"


def signed(value: float) -> str:
    """A difference of scores, with its sign; none where it comes to nothing."""
    return f"{value:+.3f}".replace("-", "−") if abs(value) >= 0.0005 else "0.000"


def difference(delta: Delta) -> str:
    """Such as `+0.081 [+0.012, +0.150]`."""
    if delta.delta is None:
        return NOTHING
    ends = NOTHING
    if delta.low is not None and delta.high is not None:
        ends = f"{signed(delta.low)}, {signed(delta.high)}"
    return f"{signed(delta.delta)} [{ends}]"


def chance(p: float | None) -> str:
    """A p-value."""
    if p is None:
        return NOTHING
    return f"{p:.4f}" if p >= 0.0001 else "<0.0001"


def points(detectable: float) -> str:
    """A smallest detectable difference: of simulated runs that differed by it, fewer showed it
    than the formula says."""
    return f"about {100 * detectable:.1f} points at best (the formula is optimistic)"


def smallest(detectable: float) -> str:
    """The smallest detectable difference of two runs, in a sentence."""
    return f"The smallest detectable difference of two such runs is {points(detectable)}."


def many(n: int, what: str) -> str:
    """Such as `1 document` and `2 documents`."""
    return f"{n:,} {what}" if n == 1 else f"{n:,} {what}s"
