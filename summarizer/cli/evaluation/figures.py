"""Scores as they are printed: never without an interval, and never without an n."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from summarizer.errors import ConfigurationError

if TYPE_CHECKING:
    from summarizer.evals.estimates import Estimate

NOTHING = "–"
"""Stands for a score where there is nothing to score, which is neither 0 nor 1."""


@contextmanager
def scoring_needed() -> Iterator[None]:
    """Within it, what scoring imports is said to be missing where it is."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("numpy", "scipy"):
            raise
        raise ConfigurationError(
            f"Scoring needs {error.name}, which is not installed.",
            hint="Install it with: pip install 'situation-summarizer[evals]'",
            original=error,
        ) from error


def shown(estimate: Estimate) -> str:
    """Such as `0.81 [0.70, 0.88] n 8`: score, 95 % interval, and documents that have a say."""
    if estimate.score is None:
        return NOTHING
    if estimate.low is None or estimate.high is None:
        between = NOTHING
    else:
        between = f"{_rounded(estimate.low)}, {_rounded(estimate.high)}"
    return f"{_rounded(estimate.score)} [{between}] n {estimate.n}"


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of cells as lines, each column as wide as its widest cell."""
    widths: list[int] = []
    for row in rows:
        for i, cell in enumerate(row):
            if i == len(widths):
                widths.append(0)
            widths[i] = max(widths[i], len(cell))
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip()
        for row in rows
    ]


def _rounded(share: float) -> str:
    # What is not quite 1 is not shown as 1: that is kept for records that are equal.
    return f"{0.99 if 0.99 < share < 1 else share:.2f}"
