"""What is scored: a record, with the article and with what its reader left open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import BaseModel

    from summarizer.evals.documents import Region, Tolerance


@dataclass(frozen=True)
class Labelled:
    """One side of a comparison: gold, a prediction, or one annotator's labels.

    `record` is None for a run that failed, which counts as an empty prediction. `text` is the
    article; without it receipts can't be looked up, and count as found. Tolerances and regions say
    what the reader who made the labels left open; a prediction has none.
    """

    record: BaseModel | None
    text: str | None = None
    tolerances: Sequence[Tolerance] = ()
    regions: Sequence[Region] = ()
