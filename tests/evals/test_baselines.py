"""The stored baselines: over the whole suite, of the gold as it is, and told of as they score."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from summarizer.evals.comparing import compare_runs
from summarizer.evals.folders import suite_folder
from summarizer.evals.runs import digest_of_gold, load_run, name_of
from summarizer.evals.scoring import Scorer
from summarizer.evals.suites import load_suite
from summarizer.schemas import SituationSummary

ROOT = Path(__file__).resolve().parents[2]
STORED = ROOT / "evals" / "baselines" / "situations"
SUITE = load_suite(suite_folder("situations"), SituationSummary)
NAMES = ["nothing", "first_sentence", "lists_and_cues", "embedded_narrow", "embedded"]


@pytest.fixture(scope="module")
def baselines() -> ModuleType:
    file = ROOT / "benchmarks" / "baselines.py"
    spec = importlib.util.spec_from_file_location("baselines", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["baselines"] = module  # its dataclasses and annotations look themselves up there
    spec.loader.exec_module(module)
    return module


def test_these_are_stored() -> None:
    assert sorted(folder.name for folder in STORED.iterdir()) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_baseline_is_a_run_over_every_document_of_the_gold_as_it_is(name: str) -> None:
    run = load_run(STORED / name)
    assert run.settings.gold == digest_of_gold(SUITE.documents)
    assert run.settings.documents == [name_of(document) for document in SUITE.documents]
    assert {(*key[:2],) for key in run.predictions} == {
        (document.gold.split, document.gold.id) for document in SUITE.documents
    }
    assert all(each.status == "ok" for each in run.predictions.values())


def test_the_page_of_the_suite_has_their_scores(baselines: ModuleType) -> None:
    page = ROOT.joinpath("docs", "situations.md").read_text(encoding="utf-8")
    for split in ("test", "dev"):
        assert baselines.table("situations", split) in page


@pytest.mark.parametrize("split", ["dev", "test"])
def test_the_page_of_the_suite_tells_what_wider_forms_changed(split: str) -> None:
    page = ROOT.joinpath("docs", "situations.md").read_text(encoding="utf-8")
    narrow, wide = (load_run(STORED / name) for name in ("embedded_narrow", "embedded"))
    report = compare_runs(narrow, wide, SUITE, Scorer(SituationSummary), split=split)
    for name, told in (("values", report.overall), ("items", report.items)):
        assert None not in (told.delta, told.low, told.high, told.p)
        row = (
            f"| {split} | {name} | {told.baseline.score:.3f} | {told.candidate.score:.3f} "
            f"| {told.delta:+.3f} [{told.low:+.3f}, {told.high:+.3f}] | {told.p:.4f} |"
        )
        assert row in page
    assert f"{report.spurious[0]:.0f} → {report.spurious[1]:.0f} in `{split}`" in page


@pytest.mark.parametrize("name", NAMES[:3])
@pytest.mark.parametrize("document", SUITE.split("dev")[:4], ids=lambda each: each.gold.id)
def test_those_without_a_model_can_be_made_again(
    baselines: ModuleType, name: str, document: object
) -> None:
    stored = load_run(STORED / name)
    gold = document.gold  # type: ignore[attr-defined]
    made = baselines.EXTRACTORS[name](document.article)  # type: ignore[attr-defined]
    kept = stored.predictions[gold.split, gold.id, 1].summary
    assert SituationSummary.model_validate(kept) == made
