"""The page on the suite tells what the gold and its manifest hold."""

from __future__ import annotations

from pathlib import Path

from summarizer.cli.evaluation.coverage import markdown, table
from summarizer.evals.coverage import coverage
from summarizer.evals.folders import suite_folder
from summarizer.evals.suites import load_suite
from summarizer.schemas import SituationSummary

PAGE = Path(__file__).resolve().parents[2].joinpath("docs", "situations.md")
SUITE = load_suite(suite_folder("situations"), SituationSummary)


def test_the_coverage_is_that_of_the_gold() -> None:
    assert SUITE.manifest is not None
    asked = SUITE.manifest.covers
    found = coverage((document.gold for document in SUITE.documents), SituationSummary)
    rows = table({field: found[field] for field in found if field in asked}, SUITE.splits, asked)
    assert "\n".join(markdown(rows)) in PAGE.read_text(encoding="utf-8")


def test_the_spread_is_that_of_the_manifest() -> None:
    assert SUITE.manifest is not None
    text = PAGE.read_text(encoding="utf-8")
    dev, test = (SUITE.manifest.splits[name] for name in ("dev", "test"))
    assert f"| documents | {dev.documents} | {test.documents} |" in text
    assert f"| words | {dev.words:,} | {test.words:,} |" in text
    for told in ("languages", "tags"):
        cells = [
            ", ".join(f"{name.replace('_', ' ')} {n}" for name, n in getattr(split, told).items())
            for split in (dev, test)
        ]
        assert f"| {told} | {cells[0]} | {cells[1]} |" in text
