"""`summarizer eval compare`: two stored runs, a table of differences and a status."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from commands import Invoke
from eval_runs import drills, stored, without
from gold_files import read, write

from summarizer.evals.comparing import CompareReport
from summarizer.evals.runs import RUN
from summarizer.evals.suites import Suite

NAMES = "abcdefgh"


@pytest.fixture
def gold(tmp_path: Path) -> Suite[Any]:
    return drills(tmp_path / "drills", NAMES)


@pytest.fixture
def runs(tmp_path: Path, gold: Suite[Any]) -> tuple[Path, Path]:
    """A run that is perfect, and one that finds no motive."""
    worse = {f"dev/{d.gold.id}": without(d, "claimed_motives") for d in gold.documents}
    return stored(tmp_path / "main", gold).path, stored(tmp_path / "mine", gold, worse).path


def compare(invoke: Invoke, one: Path, other: Path, *more: str | Path) -> Any:
    return invoke("eval", "compare", one, other, "--suite", one.parent / "drills", *more)


def test_the_table_has_both_scores_their_difference_and_p(
    invoke: Invoke, runs: tuple[Path, Path]
) -> None:
    done = compare(invoke, *runs)
    assert (done.exit_code, done.stderr) == (0, "")
    head, table, *_ = done.stdout.split("\n\n")
    assert head == "B mine against A main on drills, dev, 8 documents"
    rows = [re.split(r"  +", row) for row in table.splitlines()]
    assert rows[0] == ["section", "A", "B", "ΔF", "p"]
    assert [row[0] for row in rows[1:4]] == ["all", "items F", "parties"]
    assert rows[1][1].startswith("1.00 [")
    assert rows[1][4] == f"{2 / 2**8:.4f}"
    motives = next(row for row in rows if row[0] == "claimed_motives")
    assert motives[2].startswith("0.00 [")
    assert motives[3].startswith("−1.000 [")
    assert motives[4] == f"{4 * 2 / 2**8:.4f}"
    lost = re.findall(r"^dev/(\w)#/claimed_motives/0  +lost  +1\.00  +0\.00$", done.stdout, re.M)
    assert lost == [*NAMES]
    assert "Items that the gold doesn't have: 0 in A, 0 in B." in done.stdout
    assert re.search(r"^A slotF\|.*\nB slotF\|", done.stdout, re.M)


def test_json_can_be_read_as_a_report(invoke: Invoke, runs: tuple[Path, Path]) -> None:
    done = compare(invoke, *runs, "--format", "json")
    report = CompareReport.model_validate_json(done.stdout)
    assert (report.baseline, report.candidate, report.overall.n) == ("main", "mine", 8)
    assert json.loads(report.model_dump_json()) == json.loads(done.stdout)


def test_a_gate_holds_the_second_run_to_the_first(
    invoke: Invoke, runs: tuple[Path, Path], tmp_path: Path
) -> None:
    gate = tmp_path / "gate.toml"
    gate.write_text("delta = 0.02", encoding="utf-8")
    done = compare(invoke, *runs, "--gate", gate)
    assert done.exit_code == 1
    assert done.stdout.startswith("B mine against A main")
    assert re.fullmatch(r"Gate: F is lower than that of main by 0\.\d+ \(p = .*\)\.\n", done.stderr)
    better = compare(invoke, *reversed(runs), "--gate", gate)
    assert (better.exit_code, better.stderr) == (0, "The run passes the gate.\n")


def test_what_is_left_out_and_changed_gold_of_either_run_is_told(
    invoke: Invoke, runs: tuple[Path, Path], gold: Suite[Any], tmp_path: Path
) -> None:
    few = stored(tmp_path / "few", gold, documents=["dev/a", "dev/b"]).path
    done = compare(invoke, runs[0], few, "--format", "json")
    assert CompareReport.model_validate_json(done.stdout).unshared == (6, 0)
    assert done.stderr == f"Documents of {runs[0]} that {few} lacks, and that are left out: 6.\n"
    gate = tmp_path / "gate.toml"
    gate.write_text("", encoding="utf-8")
    held = compare(invoke, runs[0], few, "--gate", gate)
    assert (held.exit_code, held.stderr) == (0, f"{done.stderr}The run passes the gate.\n")
    held = compare(invoke, few, runs[0], "--gate", gate)
    assert (held.exit_code, held.stdout) == (2, "")
    assert "has 2 of the 8 documents of the run" in held.stderr
    for each in runs:
        write(each / RUN, read(each / RUN) | {"gold": "0" * 64})
    done = compare(invoke, *runs)
    assert (done.exit_code, {*done.stderr.splitlines()}) == (
        0, {f"The gold of drills was changed since {each} was made." for each in runs},
    )  # fmt: skip


@pytest.mark.parametrize("more", [[], ["--gate"]])
@pytest.mark.parametrize(
    ("settings", "said"),
    [({"record": "Report"}, "holds records of Report"), ({"suite": "parades"}, "run over parades")],
)
def test_the_first_run_is_checked_as_the_second_is(
    invoke: Invoke, runs: tuple[Path, Path], gold: Suite[Any], tmp_path: Path,
    settings: dict[str, Any], said: str, more: list[str],
) -> None:  # fmt: skip
    other = stored(tmp_path / "other", gold, **settings).path
    gate = tmp_path / "gate.toml"
    gate.write_text("", encoding="utf-8")
    done = compare(invoke, other, runs[1], *more, *([gate] if more else []))
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"{other}" in done.stderr.replace("\n", "")
    assert said in done.stderr


def test_runs_that_can_t_be_compared_are_wrong_usage(
    invoke: Invoke, runs: tuple[Path, Path], gold: Suite[Any], tmp_path: Path
) -> None:
    few = stored(tmp_path / "few", gold, documents=["dev/a"]).path
    others = stored(tmp_path / "others", gold, documents=["dev/b"]).path
    done = compare(invoke, few, others)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "are over different documents" in done.stderr
    done = compare(invoke, runs[0], tmp_path / "nowhere")
    assert done.exit_code == 2
    assert "nowhere is no run" in done.stderr
