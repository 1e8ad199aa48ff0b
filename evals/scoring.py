"""The scorer: two records of one article in, counts out.

    P = Σκ / Σ|p|    R = Σκ / Σ|g|    F = 2 Σκ / (Σ|g| + Σ|p|)

over aligned pairs for κ, over all items for the sizes: what is spurious or missing stays in the
denominators. κ is in `overlap`, the alignment in `alignment`, what is counted in `counts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from summarizer.evals.alignment import Comparison, compared
from summarizer.evals.counts import DocumentScore, counted
from summarizer.evals.identities import Identities, Span
from summarizer.evals.plan import Plan, plan_of
from summarizer.evals.trees import Tree, grow

if TYPE_CHECKING:
    from pydantic import BaseModel

    from summarizer.evals.labelled import Labelled

THRESHOLD = 0.4
"""τ: how alike two items must be to be aligned."""


@dataclass(frozen=True)
class Scorer:
    """Compares records of `schema`.

    With `size` core, fields are left out that a model was never asked for. `threshold` is τ.
    Raises `SchemaError`, when first used, for a schema that can't be compared.
    """

    schema: type[BaseModel]
    threshold: float = THRESHOLD
    size: Literal["core", "full"] = "full"

    @property
    def plan(self) -> Plan:
        """What is compared, and how."""
        return plan_of(self.schema, self.size)

    def score(
        self,
        gold: Labelled,
        predicted: Labelled,
        *,
        id: str,  # noqa: A002  # the document's field
        cluster: str | None = None,
    ) -> DocumentScore:
        """The counts of one document."""
        return counted(self.compare(gold, predicted), id=id, cluster=cluster)

    def compare(
        self, gold: Labelled, predicted: Labelled, *, identities: Identities | None = None
    ) -> Comparison:
        """The two records, aligned.

        `identities` gives predicted items other names than their own, as when references are
        scored with the parties that gold has.
        """
        text = gold.text if gold.text is not None else predicted.text
        ours = grow(gold, self.plan, text=text, regions=_bounds(predicted))
        theirs = grow(predicted, self.plan, text=text, regions=_bounds(gold), identities=identities)
        return self.aligned(ours, theirs)

    def aligned(self, gold: Tree, predicted: Tree) -> Comparison:
        """Two trees, aligned. A tree may be compared many times."""
        return compared(gold, predicted, self.plan, self.threshold)


def _bounds(labelled: Labelled) -> list[Span]:
    return [(region.start, region.end) for region in labelled.regions]
