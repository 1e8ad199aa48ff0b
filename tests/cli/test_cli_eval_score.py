"""`summarizer eval score`: a stored run, without a model, and as it was left."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from commands import Invoke
from eval_runs import drills, stored, without

from summarizer.evals.judgement import Judgement
from summarizer.evals.runs import PREDICTIONS
from summarizer.evals.suites import Suite


@pytest.fixture
def gold(tmp_path: Path) -> Suite[Any]:
    return drills(tmp_path / "drills", ["a", "b", "c"], ["z"])


def score(invoke: Invoke, folder: Path, *more: str | Path) -> Any:
    return invoke("eval", "score", folder, "--suite", folder.parent / "drills", *more)


def test_a_run_is_scored_and_its_folder_stays_as_it_was(
    invoke: Invoke, gold: Suite[Any], tmp_path: Path
) -> None:
    run = stored(tmp_path / "run", gold)
    before = {file.name: file.read_bytes() for file in run.path.iterdir()}
    done = score(invoke, run.path)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("run: no model on drills 1, all splits, 4 documents\n")
    assert {file.name: file.read_bytes() for file in run.path.iterdir()} == before


def test_json_can_be_read_as_a_judgement(invoke: Invoke, gold: Suite[Any], tmp_path: Path) -> None:
    stored(tmp_path / "run", gold, {"dev/b": None})
    done = score(invoke, tmp_path / "run", "--format", "json", "--split", "dev")
    told = Judgement.model_validate_json(done.stdout)
    assert (told.split, told.documents, len(told.failed)) == ("dev", 3, 1)
    assert json.loads(told.model_dump_json()) == json.loads(done.stdout)


def test_what_was_not_come_to_is_named_and_counts_as_empty(
    invoke: Invoke, gold: Suite[Any], tmp_path: Path
) -> None:
    run = stored(tmp_path / "run", gold, documents=["dev/a", "dev/b"])
    one, _ = (run.path / PREDICTIONS).read_text(encoding="utf-8").splitlines()
    (run.path / PREDICTIONS).write_text(f"{one}\n", encoding="utf-8")
    done = score(invoke, run.path)
    assert done.exit_code == 0
    assert "FAILED dev/b #1: not run yet\n" in done.stdout


def test_control_characters_in_what_was_stored_reach_no_terminal(
    invoke: Invoke, gold: Suite[Any], tmp_path: Path
) -> None:
    run = stored(tmp_path / "run", gold, {"dev/b": None}, model="evil\x1b[31m\u202e")
    lines = (run.path / PREDICTIONS).read_text(encoding="utf-8")
    told = lines.replace("The model declined.", "It \\u001b[2J\\nFAILED dev/x")
    (run.path / PREDICTIONS).write_text(told, encoding="utf-8")
    for more in ([], ["--format", "json"]):
        done = score(invoke, run.path, *more)
        assert done.exit_code == 0
        assert not {"\x1b", "\u202e"} & {*done.stdout}
    assert "\nFAILED dev/x" not in done.stdout


def test_the_gate_of_a_stored_run(invoke: Invoke, gold: Suite[Any], tmp_path: Path) -> None:
    lost = without(gold.documents[0], "claimed_motives")
    stored(tmp_path / "run", gold, {"dev/a": lost})
    gate = tmp_path / "gate.toml"
    gate.write_text('keep = ["dev/a#/claimed_motives/0"]', encoding="utf-8")
    done = score(invoke, tmp_path / "run", "--gate", gate)
    assert (done.exit_code, done.stderr) == (1, "Gate: dev/a#/claimed_motives/0 is not found.\n")
    stored(tmp_path / "run", gold)
    done = score(invoke, tmp_path / "run", "--gate", gate)
    assert (done.exit_code, done.stderr) == (0, "The run passes the gate.\n")


@pytest.mark.parametrize(
    "text", ["delta = [", "delay = 1", 'keep = ["dev/a#/parties/9"]', 'keep = ["dev/nowhere#/x"]']
)
def test_a_gate_that_can_t_be_held_is_wrong_usage(
    invoke: Invoke, gold: Suite[Any], tmp_path: Path, text: str
) -> None:
    stored(tmp_path / "run", gold)
    (tmp_path / "gate.toml").write_text(text, encoding="utf-8")
    done = score(invoke, tmp_path / "run", "--gate", tmp_path / "gate.toml")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "gate.toml" in done.stderr


def test_what_is_no_run_or_of_another_schema_or_suite_is_said(
    invoke: Invoke, gold: Suite[Any], tmp_path: Path
) -> None:
    done = score(invoke, tmp_path / "nowhere")
    assert done.exit_code == 2
    assert "nowhere is no run" in done.stderr
    stored(tmp_path / "other", gold, record="CompanyNews")
    done = score(invoke, tmp_path / "other")
    assert done.exit_code == 2
    assert "holds records of CompanyNews, and not of SituationSummary" in done.stderr
    assert "--schema" in done.stderr
    stored(tmp_path / "run", gold)
    done = invoke("eval", "score", tmp_path / "run")
    assert done.exit_code == 2
    assert "Name the folder of the suite drills with --suite." in done.stderr


def test_documents_that_the_suite_lacks_are_said(
    invoke: Invoke, gold: Suite[Any], tmp_path: Path
) -> None:
    stored(tmp_path / "run", gold)
    gold.documents[0].path.unlink()
    done = score(invoke, tmp_path / "run")
    assert done.exit_code == 0
    assert done.stderr == f"Of the documents of {tmp_path / 'run'}, drills has 3, and lacks 1.\n"
