"""Signatures: the same for the same, and different for whatever would move a score."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from eval_runs import drills, line, stored
from gold_files import read, write

from summarizer.evals.runs import PREDICTIONS, Run, load_run
from summarizer.evals.scoring import Scorer
from summarizer.evals.signatures import SOURCES, signature
from summarizer.evals.suites import Suite, load_suite
from summarizer.schemas import SituationSummary

SCORER = Scorer(SituationSummary)


@pytest.fixture
def gold(tmp_path: Path) -> Suite[Any]:
    return drills(tmp_path / "drills", ["a", "b"])


@pytest.fixture
def run(tmp_path: Path, gold: Suite[Any]) -> Run:
    return stored(tmp_path / "run", gold, model="scripted")


def differing(one: str, other: str) -> list[str]:
    """The parts that two signatures don't share."""
    pairs = zip(one.split("|"), other.split("|"), strict=True)
    return [ours.partition(":")[0].partition("#")[0] for ours, theirs in pairs if ours != theirs]


def test_all_parts_are_there_in_their_order(run: Run, gold: Suite[Any]) -> None:
    told = signature(run, gold.documents, SCORER).split("|")
    heads = [part.replace("#", ":").partition(":")[0] for part in told]
    assert heads[:-1] == [
        *("slotF", "gate", "τ", "weights", "norm", "gold", "n", "k", "model", "prompt"),
        *("settings", "strategy", "judge", "ci", "cmp", "seed"),
    ]
    assert heads[-1].startswith("v")
    assert {"τ:0.4", "n:2", "k:1", "model:scripted", "prompt:none"} <= {*told}
    assert {"settings:none", "strategy:none"} <= {*told}


def test_the_same_score_has_the_same_signature(tmp_path: Path, run: Run, gold: Suite[Any]) -> None:
    again = load_suite(tmp_path / "drills", SituationSummary)
    first = signature(run, gold.documents, SCORER)
    assert first == signature(load_run(run.path), again.documents, Scorer(SituationSummary))
    assert " object at 0x" not in repr(SCORER.plan.sections)  # the weights' digest is of reprs


def test_each_thing_that_moves_a_score_moves_its_own_part(
    tmp_path: Path, run: Run, gold: Suite[Any]
) -> None:
    base = signature(run, gold.documents, SCORER)
    other = Scorer(SituationSummary, threshold=0.6)
    assert differing(base, signature(run, gold.documents, other)) == ["τ"]
    core = Scorer(SituationSummary, size="core")
    assert differing(base, signature(run, gold.documents, core)) == ["weights"]
    assert differing(base, signature(run, gold.documents[:1], SCORER)) == ["gold", "n"]
    twice = stored(tmp_path / "twice", gold, [{}, {}], model="scripted")
    assert differing(base, signature(twice, gold.documents, SCORER)) == ["k"]
    larger = stored(tmp_path / "larger", gold, model="larger")
    assert differing(base, signature(larger, gold.documents, SCORER)) == ["model"]


def test_labels_that_change_change_the_gold(tmp_path: Path, run: Run, gold: Suite[Any]) -> None:
    base = signature(run, gold.documents, SCORER)
    file = gold.documents[0].path
    changed = read(file)
    changed["labels"]["parties"][1]["kind"] = "company"
    write(file, changed)
    again = load_suite(tmp_path / "drills", SituationSummary)
    assert differing(base, signature(run, again.documents, SCORER)) == ["gold"]


def test_the_prompt_is_that_of_the_predictions(run: Run, gold: Suite[Any]) -> None:
    told = {"signature": {"prompt": "extract.v1#49847a04"}}
    lines = [line(document, {}, **told) for document in gold.documents]
    (run.path / PREDICTIONS).write_text("".join(f"{one}\n" for one in lines), encoding="utf-8")
    assert json.loads(lines[0])["signature"] == told["signature"]
    found = signature(load_run(run.path), gold.documents, SCORER)
    assert "|prompt:extract.v1#49847a04|" in found


def test_runs_that_were_asked_in_different_ways_have_different_signatures(
    tmp_path: Path, gold: Suite[Any]
) -> None:
    ways = [{"strategy": "single"}, {"strategy": "sections"}]
    one, other = (
        stored(tmp_path / way["strategy"], gold, asked=way, settings_hash=f"{number:016x}")
        for number, way in enumerate(ways)
    )
    told = [signature(run, gold.documents, SCORER) for run in (one, other)]
    assert differing(*told) == ["settings"]
    assert "|settings:0000000000000001|" in told[1]


def test_the_strategies_that_ran_are_told_with_how_often(run: Run, gold: Suite[Any]) -> None:
    ways = ["single", "forms"]
    lines = [
        line(document, {}, signature={"strategy": way})
        for document, way in zip(gold.documents, ways, strict=True)
    ]
    (run.path / PREDICTIONS).write_text("".join(f"{one}\n" for one in lines), encoding="utf-8")
    again = load_run(run.path)
    assert "|strategy:forms×1+single×1|" in signature(again, gold.documents, SCORER)
    assert "|strategy:single×1|" in signature(again, gold.documents[:1], SCORER)


@pytest.mark.parametrize(
    "module", ["alignment", "scoring", "kernel", "trees", "segmentation", "aggregation", "edtf"]
)
def test_a_change_of_the_scorer_moves_its_digest(
    run: Run, gold: Suite[Any], monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    base = signature(run, gold.documents, SCORER)
    read_text = Path.read_text

    def changed(self: Path, encoding: str) -> str:
        text = read_text(self, encoding=encoding)
        return f"{text}# changed" if self.stem == module else text

    monkeypatch.setattr(Path, "read_text", changed)
    assert differing(base, signature(run, gold.documents, SCORER)) == ["norm"]


def test_the_digest_is_of_all_that_the_scorer_imports() -> None:
    code = (
        "import sys, summarizer.evals.aggregation, summarizer.evals.labelled, "
        "summarizer.evals.scoring\n"
        "print(*(name for name in sys.modules if name.startswith('summarizer.evals.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {*done.stdout.split()} == {name for name in SOURCES if ".evals." in name}
