"""What printing figures takes: the libraries that scoring needs, and cells in columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from summarizer.errors import ConfigurationError


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
