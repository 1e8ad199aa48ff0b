"""Stored runs: read whole or refused, and scored without what made them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from gold_files import draft, read, suite, write

from summarizer.errors import ConfigurationError, InputError
from summarizer.evals.counts import DocumentScore
from summarizer.evals.runs import PREDICTIONS, RUN, load_run, scored
from summarizer.evals.scoring import Scorer
from summarizer.evals.sealing import seal
from summarizer.evals.suites import Suite, load_suite
from summarizer.schemas import SituationSummary

SETTINGS = {
    "schema_version": "1",
    "name": "perfect",
    "description": "The gold itself.",
    "suite": "drills",
    "record": "SituationSummary",
}


@pytest.fixture
def drills(tmp_path: Path) -> Suite[SituationSummary]:
    folder = suite(tmp_path / "drills", one=draft(), two=draft())
    write(folder / "test" / "three.json", draft())
    assert not seal(folder).problems
    return load_suite(folder, SituationSummary)


def line(path: Path, **changes: Any) -> str:
    """The gold of a document as a prediction."""
    gold = read(path)
    told = {key: gold[key] for key in ("id", "split", "sha256")}
    return json.dumps({**told, "status": "ok", "summary": gold["labels"], **changes})


@pytest.fixture
def perfect(tmp_path: Path, drills: Suite[SituationSummary]) -> Path:
    folder = tmp_path / "perfect"
    write(folder / RUN, SETTINGS)
    lines = [line(document.path) for document in drills.documents]
    (folder / PREDICTIONS).write_text("".join(f"{one}\n" for one in lines), encoding="utf-8")
    return folder


def shares(found: list[DocumentScore]) -> list[tuple[str, bool, bool]]:
    return [(one.id, one.failed, one.mass.value == one.mass.predicted > 0) for one in found]


SCORER = Scorer(SituationSummary)


def test_a_run_is_scored_without_what_made_it(perfect: Path, drills: Any) -> None:
    run = load_run(perfect)
    assert run.settings.name == "perfect"
    assert [*run.predictions] == [
        ("dev", "one", 1),
        ("dev", "two", 1),
        ("test", "three", 1),
    ]
    whole = shares(scored(run, drills, SCORER))
    assert whole == [
        ("dev/one", False, True),
        ("dev/two", False, True),
        ("test/three", False, True),
    ]
    assert shares(scored(run, drills, SCORER, split="test")) == [("test/three", False, True)]


def test_what_failed_or_is_missing_is_an_empty_prediction(perfect: Path, drills: Any) -> None:
    one, _, three = (perfect / PREDICTIONS).read_text(encoding="utf-8").splitlines()
    failed = {"type": "EndpointError", "message": "It is down.", "retryable": True}
    broken = json.loads(one) | {"status": "failed", "summary": None, "error": failed}
    (perfect / PREDICTIONS).write_text(f"{json.dumps(broken)}\n{three}\n", encoding="utf-8")
    found = scored(load_run(perfect), drills, SCORER)
    assert shares(found) == [
        ("dev/one", True, False),
        ("dev/two", True, False),
        ("test/three", False, True),
    ]
    assert found[0].mass.gold == found[1].mass.gold > 0


def test_a_torn_last_line_is_passed_over_and_another_is_refused(perfect: Path) -> None:
    file = perfect / PREDICTIONS
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole + whole[:40], encoding="utf-8")
    assert len(load_run(perfect).predictions) == 3
    file.write_text(whole[:40] + "\n" + whole, encoding="utf-8")
    with pytest.raises(InputError, match=r"predictions\.jsonl, line 1: "):
        load_run(perfect)


def test_a_line_torn_within_a_character_is_passed_over(perfect: Path, drills: Any) -> None:
    file = perfect / PREDICTIONS
    whole = file.read_bytes()
    told = json.loads(
        line(drills.documents[0].path, summary={}, issues=[{"message": "Ærø: 战 🚢"}])
    )
    last = json.dumps(told, ensure_ascii=False).encode()
    for cut in range(len(last)):
        file.write_bytes(whole + last[:cut])
        assert len(load_run(perfect).predictions) == 3
        assert load_run(perfect).predictions["dev", "one", 1].issues == []
    file.write_bytes(whole + last)
    assert load_run(perfect).predictions["dev", "one", 1].issues == told["issues"]


def test_a_line_before_the_last_that_is_no_utf8_is_named(perfect: Path) -> None:
    file = perfect / PREDICTIONS
    file.write_bytes(file.read_bytes() + b'{"id": "\xe6"}\n')
    with pytest.raises(InputError, match=r"predictions\.jsonl, line 4: is not UTF-8"):
        load_run(perfect)


@pytest.mark.parametrize(
    "usage",
    [
        {"seconds": "<b>"}, {"seconds": -1}, {"seconds": float("inf")}, {"calls": None},
        {"calls": 1.5}, {"prompt_tokens": -1}, {"cached_tokens": [1]}, {"dollars": 1},
    ],
    ids=str,
)  # fmt: skip
def test_an_odd_cost_is_refused_by_file_and_line(
    perfect: Path, drills: Any, usage: dict[str, Any]
) -> None:
    file = perfect / PREDICTIONS
    with file.open("a", encoding="utf-8") as lines:
        lines.write(line(drills.documents[0].path, usage=usage) + "\n")
    with pytest.raises(InputError, match=rf"predictions\.jsonl, line 4: .*{next(iter(usage))}"):
        load_run(perfect)


def test_the_last_of_two_predictions_counts(perfect: Path, drills: Any) -> None:
    file = perfect / PREDICTIONS
    with file.open("a", encoding="utf-8") as lines:
        lines.write(line(drills.documents[0].path, summary={}) + "\n")
    assert shares(scored(load_run(perfect), drills, SCORER))[0] == ("dev/one", False, False)


def test_a_prediction_of_another_text_or_schema_is_refused(perfect: Path, drills: Any) -> None:
    file = perfect / PREDICTIONS
    path = drills.documents[0].path
    file.write_text(line(path, sha256="0" * 64) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="dev/one: is of another text than the gold"):
        scored(load_run(perfect), drills, SCORER)
    file.write_text(line(path, summary={"parties": 1}) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="dev/one: is no SituationSummary"):
        scored(load_run(perfect), drills, SCORER)


def test_what_is_no_run_is_refused(tmp_path: Path, perfect: Path) -> None:
    with pytest.raises(ConfigurationError, match="is no run"):
        load_run(tmp_path)
    write(perfect / RUN, SETTINGS | {"schema_version": "2"})
    with pytest.raises(InputError, match="schema_version"):
        load_run(perfect)
    write(perfect / RUN, SETTINGS)
    (perfect / PREDICTIONS).unlink()
    assert load_run(perfect).predictions == {}
