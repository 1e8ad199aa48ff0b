"""The page on the suite tells what the gold and its manifest hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from summarizer.cli.evaluation.coverage import markdown, table
from summarizer.evals.agreement import Agreement
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


def test_the_agreement_is_that_of_the_manifest() -> None:
    """To the second decimal, which the page rounds from figures that the manifest cuts off."""
    assert SUITE.manifest is not None
    agreement = Agreement.model_validate(SUITE.manifest.agreement)
    text = PAGE.read_text(encoding="utf-8")
    heads = [head.start() for head in re.finditer(r"^\| section \| values \|", text, re.MULTILINE)]
    told = [("2", None), ("2", "test"), ("1", None)]
    assert len(heads) == len(told)
    for start, (guidelines, split) in zip(heads, told, strict=True):
        (table,) = (
            each
            for each in agreement.tables
            if (each.guidelines, each.split) == (guidelines, split)
        )
        rows = text[start:].split("\n\n", 1)[0].splitlines()[2:]
        groups = {"all": table.overall, **table.sections}
        assert len(rows) == len(groups)
        for row, (name, group) in zip(rows, groups.items(), strict=True):
            first, *cells = (cell.strip() for cell in row.strip("|").split("|"))
            assert first == name.replace("_", " ")
            estimates = (group.value, group.items, group.receipts, group.closed)
            for cell, one in zip(cells, estimates, strict=True):
                figures = [float(figure) for figure in re.findall(r"\d\.\d+", cell)]
                assert figures == pytest.approx([one.score, one.low, one.high], abs=0.0101)
