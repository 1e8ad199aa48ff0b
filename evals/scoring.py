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
        ours = self.tree(gold, predicted)
        return self.aligned(ours, self.tree(predicted, gold, identities=identities))

    def tree(
        self, labelled: Labelled, other: Labelled, *, identities: Identities | None = None
    ) -> Tree:
        """One side made ready, to be compared with the other.

        Of `other` only the text, where `labelled` has none, and the regions have a say, so that the
        tree of gold serves for any number of predictions. For `identities` see `compare`.
        """
        text = labelled.text if labelled.text is not None else other.text
        return grow(labelled, self.plan, text=text, regions=_bounds(other), identities=identities)

    def aligned(self, gold: Tree, predicted: Tree) -> Comparison:
        """Two trees, aligned. A tree may be compared many times, one comparison after another."""
        return compared(gold, predicted, self.plan, self.threshold)


def _bounds(labelled: Labelled) -> list[Span]:
    return [(region.start, region.end) for region in labelled.regions]
