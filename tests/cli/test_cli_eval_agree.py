"""`summarizer eval agree`: what it prints, and its exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from commands import Invoke
from gold_files import LABELS, annotator, draft, read, suite, write

from summarizer.cli.evaluation.figures import aligned
from summarizer.evals.sealing import seal

MODELS = [
    {"annotator": annotator("m1", "language_model"), "labels": LABELS},
    {"annotator": annotator("m2", "language_model"), "labels": {**LABELS, "claimed_motives": []}},
]


@pytest.fixture
def drills(tmp_path: Path) -> Path:
    """A suite with two documents in dev and one in test, and one that nobody else labelled."""
    path = suite(
        tmp_path / "drills",
        one=draft(annotations=MODELS),
        two=draft(annotations=MODELS),
        alone=draft(annotations=MODELS[:1]),
    )
    write(path / "test" / "three.json", draft(annotations=MODELS))
    assert not seal(path).problems
    return path


def test_each_score_is_printed_with_its_interval_and_its_n(invoke: Invoke, drills: Path) -> None:
    done = invoke("eval", "agree", drills)
    assert (done.exit_code, done.stderr) == (0, "")
    blocks = done.stdout.split("\n\n")
    assert blocks[0] == "drills 1: agreement before adjudication, first round"
    head, titles, total, *rows = blocks[1].splitlines()
    assert head == "language_model × language_model · all splits · 3 documents · 3 pairs · m1, m2"
    assert [each.strip() for each in titles.split("  ") if each.strip()] == [
        "section",
        "slot F",
        "items F",
        "evidence F",
        "slot F, nothing left open",
    ]
    assert total.count("] n 3") == 4
    assert "parties              1.00 [0.29, 1.00] n 3" in rows[0]
    assert "military_activities.actors                1.00 [0.29, 1.00] n 3" in blocks[2]


def test_a_score_of_one_document_has_no_interval_and_one_of_none_is_a_dash(
    invoke: Invoke, drills: Path
) -> None:
    lines = invoke("eval", "agree", drills, "--split", "test").stdout.splitlines()
    rows = {line.split("  ")[0]: line.split()[1:] for line in lines if line}
    assert rows["parties"] == ["1.00", "[–]", "n", "1"] * 4
    assert rows["claimed_motives"] == ["0.00", "[–]", "n", "1"] * 4
    assert rows["diplomatic_meetings"] == ["–"] * 4


def test_of_one_split_there_is_one_table(invoke: Invoke, drills: Path) -> None:
    whole = invoke("eval", "agree", drills).stdout
    assert [whole.count(f" · {split} · ") for split in ("all splits", "dev", "test")] == [1, 1, 1]
    for part in (["--split", "dev"], []):
        shown_part = invoke("eval", "agree", drills if part else drills / "dev", *part).stdout
        assert "all splits" not in shown_part
        assert "language_model × language_model · dev · 2 documents · 2 pairs" in shown_part


def test_documents_without_two_annotators_are_named(invoke: Invoke, drills: Path) -> None:
    shown_text = invoke("eval", "agree", drills).stdout
    assert shown_text.endswith("\nLeft out, for want of two annotators:\ndev alone (1)\n")


def test_without_any_two_annotators_the_work_failed(invoke: Invoke, tmp_path: Path) -> None:
    path = suite(tmp_path / "drills", one=draft(annotations=MODELS[:1]))
    assert not seal(path).problems
    done = invoke("eval", "agree", path, "--write")
    assert done.exit_code == 1
    assert "Left out" in done.stdout
    assert "agreement" not in read(path / "manifest.json")


def test_json_is_what_the_manifest_keeps(invoke: Invoke, drills: Path) -> None:
    told = json.loads(invoke("eval", "agree", drills, "--format", "json").stdout)
    done = invoke("eval", "agree", drills, "--write")
    assert done.stderr == f"Wrote {drills / 'manifest.json'}\n"
    kept = read(drills / "manifest.json")["agreement"]
    assert kept["round"] == told["round"] == "first"
    assert kept["tables"][0]["overall"]["value"] == told["tables"][0]["overall"]["value"]
    assert invoke("eval", "lint", drills).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--split", "train"], "There are: dev, test."),
        (["--split", "dev", "--write"], "agreement of all splits"),
        (["--schema", "nowhere:Thing"], "There is no module nowhere"),
    ],
)
def test_wrong_usage_is_told(invoke: Invoke, drills: Path, arguments: list[str], why: str) -> None:
    done = invoke("eval", "agree", drills, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert why in done.stderr


def test_nothing_is_scored_before_it_is_known_where_to_keep_it(
    invoke: Invoke, drills: Path
) -> None:
    done = invoke("eval", "agree", drills / "dev", "--write")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "no whole suite with a manifest" in done.stderr


def test_without_the_extra_it_says_what_to_install(drills: Path) -> None:
    code = (
        "import sys; sys.modules['scipy'] = None; from summarizer.cli import main; "
        f"sys.argv = ['summarizer', 'eval', 'agree', {str(drills)!r}]; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install 'situation-summarizer[evals]'" in done.stderr


def test_columns_are_as_wide_as_their_widest_cell_and_lines_end_without_space() -> None:
    assert aligned([["a", "b"], ["long", "–"], ["x"]]) == ["a     b", "long  –", "x"]
