"""The alignment that every score rests on: one to one, of the largest total gain.

The kernel knows no records. It is given a matrix of gains, and whatever a scorer wants to forbid
has none. Configured with other gains it gives the scores of others: CEAF-REE aligns entities by
whether one's mentions are among the other's, nervaluate spans by how they overlap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

PAIR = 1e-7
"""Worth of one more pair, by which alignments of the same total are told apart. Gains are rounded
to four decimals, so that it never outweighs one."""


def align(
    gain: NDArray[np.float64], tie: NDArray[np.float64] | None = None
) -> list[tuple[int, int]]:
    """The pairs `(row, column)` of the one-to-one alignment of the largest total gain, in order.

    Rows are gold items, columns predicted ones. Only pairs of positive gain are made. Among
    alignments of the same total, one with more pairs is taken, then one with the larger total of
    `tie`, whose values lie in [0, 1]; sort both sides canonically first, and what is left to
    chance no longer depends on the order in which items were written.
    """
    rows, columns = gain.shape
    allowed = gain > 0
    if not allowed.any():
        return []
    if rows == 1 or columns == 1:
        return [_best(gain, tie)]
    worth = np.where(allowed, gain + PAIR, 0.0)
    if tie is not None:
        worth += np.where(allowed, tie, 0.0) * (PAIR / (10 * min(rows, columns)))
    found = _assignment(worth)
    return sorted((int(i), int(j)) for i, j in zip(*found, strict=True) if allowed[i, j])


def _best(gain: NDArray[np.float64], tie: NDArray[np.float64] | None) -> tuple[int, int]:
    worth = gain if tie is None else gain + np.where(gain > 0, tie, 0.0) * (PAIR / 10)
    row, column = np.unravel_index(int(worth.argmax()), worth.shape)
    return int(row), int(column)


def _assignment(worth: NDArray[np.float64]) -> tuple[Any, Any]:
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(worth, maximize=True)
    return rows, columns
