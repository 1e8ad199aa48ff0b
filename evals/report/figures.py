"""Scores drawn, with their intervals where there are any."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from summarizer.view.markup import Html, el

if TYPE_CHECKING:
    from summarizer.evals.comparing import Delta
    from summarizer.evals.estimates import Estimate

_HEIGHT = 12


def drawn(estimate: Estimate, agreed: float | None = None) -> Html:
    """A score on an axis from 0 to 1 with its interval, and the annotators' agreement."""
    if estimate.score is None:
        return Html()
    return _axis(
        _range(estimate.low, estimate.high),
        _tick("rp-point", estimate.score),
        _tick("rp-agreed", agreed),
    )


def score_drawn(score: float | None) -> Html:
    """A score of which there is no interval, as a bar from 0."""
    return _axis(_range(0.0, score, "rp-filled")) if score is not None else Html()


def difference_drawn(delta: Delta, reach: float) -> Html:
    """A difference with its interval, on an axis from −`reach` to `reach`."""
    if delta.delta is None:
        return Html()

    def at(value: float | None) -> float | None:
        return None if value is None else (value + reach) / (2 * reach)

    return _axis(
        _range(at(delta.low), at(delta.high)),
        _tick("rp-zero", 0.5),
        _tick("rp-point", at(delta.delta)),
    )


def reach_of(deltas: Iterable[Delta]) -> float:
    """How far an axis has to reach to either side for all of some differences, in tenths."""
    ends = [abs(end) for each in deltas for end in (each.low, each.high, each.delta) if end]
    return min(1.0, (int(max(ends, default=0.0) * 10) + 1) / 10)


def _axis(*marks: Html) -> Html:
    line = el("path", {"class": "rp-axis", "d": f"M0 {_HEIGHT / 2}H100"})
    # What is drawn stands in figures beside it.
    return el(
        "svg",
        {
            "class": "rp-drawn",
            "viewBox": f"0 0 100 {_HEIGHT}",
            "preserveAspectRatio": "none",
            "aria-hidden": "true",
        },
        line,
        *marks,
    )


def _range(low: float | None, high: float | None, name: str = "rp-range") -> Html:
    if low is None or high is None:
        return Html()
    left, right = (100 * min(max(end, 0.0), 1.0) for end in (low, high))
    return el("path", {"class": name, "d": f"M{left:.1f} 3H{right:.1f}V9H{left:.1f}Z"})


def _tick(name: str, value: float | None) -> Html:
    if value is None:
        return Html()
    # At the very ends half of the line would be cut off.
    at = min(max(100 * value, 0.8), 99.2)
    return el("path", {"class": name, "d": f"M{at:.1f} 0V{_HEIGHT}"})
