"""Does the score fall when a record gets worse, and does the diagnosis tell why?

    python benchmarks/damage.py [SUITE] [--seed 1]

Damages the gold of a suite in known ways, in five doses, and scores it against what it was. SUITE
is a folder; without it, the suite that comes with the package. Prints a Markdown table;
docs/damage.md has it.
"""

from __future__ import annotations

import argparse
from itertools import groupby
from pathlib import Path

from summarizer.evals.damage import DOSES, Row, Sample, damage_table
from summarizer.evals.folders import suite_folder
from summarizer.evals.scoring import Scorer
from summarizer.evals.suites import load_suite
from summarizer.schemas import SituationSummary


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("suite", nargs="?", type=Path, help="folder of a suite")
    parser.add_argument("--seed", type=int, default=1, help="which things are damaged first")
    given = parser.parse_args()
    suite = load_suite(given.suite or suite_folder("situations"), SituationSummary)
    samples = [Sample(document.article, document.labelled()) for document in suite.documents]
    rows = damage_table(samples, Scorer(SituationSummary), seed=given.seed)
    print(f"{len(samples)} documents of {suite.name}, seed {given.seed}.\n")
    print(table(rows))


def table(rows: list[Row]) -> str:
    """Two lines for each damage: the F of what it should lower, and the F of all fields."""
    lines = [
        "| damage | things | F of | " + " | ".join(f"{dose} %" for dose in DOSES) + " | named |",
        "| --- | ---: | --- |" + " ---: |" * len(DOSES) + " --- |",
    ]
    for name, group in groupby(rows, key=lambda row: row.damage):
        doses = list(group)
        most = doses[-1]
        damaged, named = (sum(getattr(row, each) for row in doses) for each in ("damaged", "named"))
        told = f"{most.cause}: {100 * named / damaged:.1f} %"
        all_fields = "all fields" if most.lowers != "receipts" else "all fields, grounded"
        whole = [row.slots if most.lowers != "receipts" else row.grounded for row in doses]
        lines += [
            _line(name, str(most.damaged), most.lowers, [row.score for row in doses], told),
            _line("", "", all_fields, whole, ""),
        ]
    return "\n".join(lines)


def _line(name: str, things: str, of: str, scores: list[float], told: str) -> str:
    return " | ".join([f"| {name}", things, of, *(f"{score:.3f}" for score in scores), f"{told} |"])


if __name__ == "__main__":
    main()
