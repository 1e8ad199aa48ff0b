"""How small a difference of two runs does the test split of the packaged suite show?

    python benchmarks/detectable.py

For pairs of runs that are alike in quality or not: the baselines, records that each lack half of
their items by chance, and the two readers of each document, one taken for the gold's rival of the
other. Prints a Markdown table; docs/situations.md has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

from summarizer.evals.aggregation import counts_of
from summarizer.evals.counts import DocumentScore
from summarizer.evals.folders import suite_folder
from summarizer.evals.labelled import Labelled
from summarizer.evals.runs import load_run, scored
from summarizer.evals.scoring import Scorer
from summarizer.evals.significance import compare
from summarizer.evals.suites import Suite, load_suite
from summarizer.schemas import SituationSummary

BASELINES = Path(__file__).resolve().parents[1] / "evals" / "baselines" / "situations"
SCORER = Scorer(SituationSummary)
Scores = Sequence[DocumentScore]


def stored(suite: Suite[SituationSummary], name: str) -> Scores:
    """What a baseline scores."""
    run = load_run(BASELINES / name)
    return scored(run, suite, SCORER, split="test")


def read(suite: Suite[SituationSummary], reader: int, share: float = 1.0) -> Scores:
    """What one reader's labels score against the adjudicated ones, `share` of the items other than
    parties being left in."""
    found = []
    for document in suite.split("test"):
        chance = Random(f"{reader} {document.gold.id}")
        record = document.annotations[reader].record.model_copy(deep=True)
        if share < 1:
            for motive in record.claimed_motives:
                motive.activity = None  # it may be one of those that go
            for name in (
                "military_activities",
                "diplomatic_meetings",
                "expert_assessments",
                "claimed_motives",
            ):
                items = getattr(record, name)
                setattr(record, name, [item for item in items if chance.random() < share])
        predicted = Labelled(record, document.article.text)
        found.append(SCORER.score(document.labelled(), predicted, id=document.gold.id))
    return found


def row(what: str, one: Scores, other: Scores) -> str:
    """Both runs' F, and the smallest difference that their documents would show."""
    before, after = (
        counts_of(each, lambda s: (s.mass.value, s.mass.gold, s.mass.predicted))
        for each in (one, other)
    )
    found = compare(before, after)
    assert found is not None
    assert found.detectable is not None
    return f"| {what} | {before.score():.3f}, {after.score():.3f} | {100 * found.detectable:.1f} |"


def main() -> None:
    suite = load_suite(suite_folder("situations"), SituationSummary)
    cues = stored(suite, "lists_and_cues")
    print("| two runs over `test` | F | smallest difference, points |\n| --- | --- | ---: |")
    print(row("first sentence, and lists and cues", stored(suite, "first_sentence"), cues))
    print(row("lists and cues, and the embedded model", cues, stored(suite, "embedded")))
    print(row("half of the items of each reader", read(suite, 0, 0.5), read(suite, 1, 0.5)))
    print(row("the two readers", read(suite, 0), read(suite, 1)))


if __name__ == "__main__":
    main()
