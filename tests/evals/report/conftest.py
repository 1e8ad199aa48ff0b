"""Pages on a run and on a comparison."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from eval_runs import drills, stored
from report_runs import SCORER, worse

from summarizer.evals.report.pages import comparison_page, run_page
from summarizer.evals.runs import Run
from summarizer.evals.suites import Suite
from summarizer.schemas import SituationSummary


@pytest.fixture
def gold(tmp_path: Path) -> Suite[SituationSummary]:
    return drills(tmp_path / "drills", ["one", "two", "three"], ["four"])


@pytest.fixture
def good(tmp_path: Path, gold: Suite[Any]) -> Run:
    return stored(tmp_path / "good", gold)


@pytest.fixture
def poor(tmp_path: Path, gold: Suite[Any]) -> Run:
    return stored(tmp_path / "poor", gold, {"dev/one": worse(gold), "dev/two": None})


@pytest.fixture
def shown(gold: Suite[Any], poor: Run) -> str:
    return run_page(poor, gold, SCORER)


@pytest.fixture
def compared(gold: Suite[Any], good: Run, poor: Run) -> str:
    return comparison_page(good, poor, gold, SCORER)
