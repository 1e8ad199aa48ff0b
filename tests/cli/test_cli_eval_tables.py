"""Terminal and page tell the same of a run and of two, in the same words."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from eval_runs import damaged, drills, stored
from html_reader import Reader

from summarizer.cli.evaluation.tables import comparison_text, judgement_text
from summarizer.evals.aggregation import GroupScores
from summarizer.evals.agreement import GroupAgreement
from summarizer.evals.comparing import CompareReport, compare_runs
from summarizer.evals.judgement import Judgement, judge
from summarizer.evals.report import differences, scores
from summarizer.evals.report.sheets import sheets
from summarizer.evals.rows import details
from summarizer.evals.rows import sections as section_rows
from summarizer.evals.runs import Run
from summarizer.evals.scoring import Scorer
from summarizer.evals.suites import Suite
from summarizer.evals.wording import (
    EVIDENCE_F,
    GROUNDED_F,
    ITEMS_F,
    SLOT_F,
    estimated,
    points,
)
from summarizer.schemas import SituationSummary

SCORER = Scorer(SituationSummary)


@pytest.fixture
def gold(tmp_path: Path) -> Suite[Any]:
    return drills(tmp_path / "drills", "abcd")


@pytest.fixture
def good(tmp_path: Path, gold: Suite[Any]) -> Run:
    return stored(tmp_path / "good", gold)


@pytest.fixture
def poor(tmp_path: Path, gold: Suite[Any]) -> Run:
    chance = Random(1)
    worse = {f"dev/{d.gold.id}": damaged(d, chance, 0.4) for d in gold.documents}
    return stored(tmp_path / "poor", gold, worse)


def nearly(told: str) -> str:
    """JSON in which whatever is 1.0 is a little less."""
    return json.dumps(json.loads(told, parse_float=lambda each: min(float(each), 0.9996)))


def page_of(judgement: Judgement) -> str:
    parts = (scores.figures, scores.sections, scores.fields, scores.errors)
    return " ".join(Reader(part(judgement)).text for part in parts)


def test_of_a_nearly_perfect_run_nothing_is_told_as_1(gold: Suite[Any], good: Run) -> None:
    perfect = judge(good, gold, SCORER)[0]
    assert "1.00" in judgement_text(perfect)
    almost = Judgement.model_validate_json(nearly(perfect.model_dump_json()))
    for told in (judgement_text(almost), page_of(almost)):
        assert "0.99" in told
        assert "1.00" not in told


def test_of_two_nearly_perfect_runs_neither_is_told_as_1(
    gold: Suite[Any], good: Run, poor: Run
) -> None:
    whole = compare_runs(good, poor, gold, SCORER)
    report = CompareReport.model_validate_json(nearly(whole.model_dump_json()))
    assert any(each.baseline == 0.9996 for each in report.changes)
    found = [*sheets([good, poor], gold.documents, SCORER)]
    page = differences.sections(report) + differences.changes(report, found)
    for told in (comparison_text(report), Reader(page).text):
        assert "0.99" in told
        # ΔF is signed, and a p may well be 1.
        assert " 1.00 " not in told.replace("\n", " ")


def test_runs_that_do_not_differ_differ_by_nothing_without_a_sign(
    gold: Suite[Any], good: Run
) -> None:
    report = compare_runs(good, good, gold, SCORER)
    assert "0.000 [–]" in comparison_text(report)
    page = Reader(differences.verdict(report) + differences.sections(report)).text
    assert "0.000" in page
    for told in (comparison_text(report), page):
        assert not {"+0.000", "-0.000", "−0.000"} & {*told.split()}


def test_the_smallest_detectable_difference_is_optimistic_everywhere(
    gold: Suite[Any], good: Run, poor: Run
) -> None:
    judgement = judge(poor, gold, SCORER)[0]
    report = compare_runs(good, poor, gold, SCORER)
    assert judgement.detectable is not None
    assert report.overall.detectable is not None
    for told in (judgement_text(judgement), page_of(judgement)):
        assert points(judgement.detectable) in told
    for told in (comparison_text(report), Reader(differences.verdict(report)).text):
        assert f"smallest detectable difference of two such runs is {points(1)[:5]}" in told
        assert "at best (the formula is optimistic)" in told


def test_where_nothing_spreads_no_difference_is_called_detectable(
    gold: Suite[Any], good: Run
) -> None:
    judgement = judge(good, gold, SCORER)[0]
    for told in (judgement_text(judgement), page_of(judgement)):
        assert "detectable" not in told


def test_scores_are_called_alike_and_are_the_same(gold: Suite[Any], poor: Run) -> None:
    judgement = judge(poor, gold, SCORER)[0]
    terminal, page = judgement_text(judgement), page_of(judgement)
    for told in (terminal, page):
        for term in ("slot F", "items F", "evidence F", "grounded F"):
            assert term in told
        for row in section_rows(judgement):
            assert estimated(row.scores.value.f) in told
        for name, value in details(judgement):
            assert name in told
            assert value in told


def test_json_calls_its_scores_as_the_tables_do() -> None:
    terms = {"value": SLOT_F, "items": ITEMS_F, "receipts": EVIDENCE_F, "grounded": GROUNDED_F}
    for name, term in terms.items():
        for record in (GroupScores, GroupAgreement):
            if name in record.model_fields:
                assert str(record.model_fields[name].description).startswith(term.capitalize()[:-1])


def test_a_section_that_is_called_items_hides_no_row(
    gold: Suite[Any], good: Run, poor: Run
) -> None:
    report = compare_runs(good, poor, gold, SCORER)
    renamed = {"items": report.sections["parties"], "all": report.sections["claimed_motives"]}
    report = report.model_copy(update={"sections": renamed})
    lines = comparison_text(report).split("\n\n")[1].splitlines()
    assert [line.split("  ")[0] for line in lines[1:]] == ["all", "items F", "items", "all"]
    assert Reader(differences.sections(report)).elements.count(("th", {"scope": "row"})) == 4
