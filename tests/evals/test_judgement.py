"""What a run comes to: its scores, what failed, what it cost, and how sure all that is."""

from __future__ import annotations

import json
import math
from pathlib import Path
from random import Random
from typing import Any

import pytest
from eval_runs import damaged, drills, labels_of, line, stored, without
from gold_files import read, write
from scipy import stats

from summarizer.evals.aggregation import aggregate
from summarizer.evals.agreement import agreement
from summarizer.evals.counts import DocumentScore, FieldCounts, SectionCounts
from summarizer.evals.files import json_of
from summarizer.evals.judgement import DOCUMENTS, SCORES, Judgement, judge, store
from summarizer.evals.runs import PREDICTIONS, Run, load_run
from summarizer.evals.scoring import Scorer
from summarizer.evals.suites import Suite, load_suite
from summarizer.schemas import SituationSummary

SCORER = Scorer(SituationSummary)
NAMES = ["a", "b", "c", "d"]


@pytest.fixture
def gold(tmp_path: Path) -> Suite[Any]:
    return drills(tmp_path / "drills", NAMES, ["z"])


def judged(run: Run, gold: Suite[Any], split: str | None = "dev") -> Judgement:
    return judge(run, gold, SCORER, split=split)[0]


def test_the_gold_itself_is_perfect(tmp_path: Path, gold: Suite[Any]) -> None:
    found = judged(stored(tmp_path / "run", gold), gold)
    assert found.scores.overall.value.f.score == 1
    assert found.oracle_parties.score == 1
    assert {each.score for each in found.thresholds.values()} == {1.0}
    assert [*found.thresholds] == ["0.2", "0.4", "0.6", "0.8"]
    assert [each for each in found.errors if each.cause is not None] == []
    assert (found.failed, found.documents, found.repeats, found.split) == ([], 4, 1, "dev")
    number, date = found.quoted["number"], found.quoted["date"]
    assert (number.k, number.n, date.k, date.n) == (4, 4, 4, 4)


def test_what_failed_is_named_and_counts_as_empty(tmp_path: Path, gold: Suite[Any]) -> None:
    run = stored(tmp_path / "run", gold, {"dev/b": None})
    lines = (run.path / PREDICTIONS).read_text(encoding="utf-8").splitlines()
    kept = [one for one in lines if json.loads(one)["id"] != "c"]
    (run.path / PREDICTIONS).write_text("\n".join([*kept, ""]), encoding="utf-8")
    found = judged(load_run(run.path), gold)
    assert [(each.document, each.error and each.error.type) for each in found.failed] == [
        ("dev/b", "Refused"),
        ("dev/c", None),
    ]
    assert found.scores.failed == 2
    value = found.scores.overall.value
    assert value.precision.score == 1
    assert value.recall.score == pytest.approx(0.5)


def test_repeats_are_one_cluster_and_their_spread_is_told(tmp_path: Path, gold: Suite[Any]) -> None:
    documents = gold.split("dev")
    worse = {f"dev/{d.gold.id}": without(d, "expert_assessments") for d in documents[:2]}
    once = judged(stored(tmp_path / "once", gold, worse), gold)
    same = judged(stored(tmp_path / "same", gold, [worse, worse, worse]), gold)
    assert once.spread is None
    assert same.spread == 0
    assert (same.repeats, same.documents) == (3, 4)
    one, three = once.scores.overall.value.f, same.scores.overall.value.f
    assert three.n == one.n == 4
    assert (three.score, three.low, three.high) == pytest.approx((one.score, one.low, one.high))
    assert same.detectable == pytest.approx(once.detectable)

    varied = judged(stored(tmp_path / "varied", gold, [worse, {}]), gold)
    scores = [one.score, 1.0]
    mean = sum(s for s in scores if s) / 2
    expected = math.sqrt(sum((s - mean) ** 2 for s in scores if s is not None))
    assert varied.spread == pytest.approx(expected)


def test_a_run_over_one_split_is_told_of_that_split(tmp_path: Path, gold: Suite[Any]) -> None:
    names = [f"dev/{name}" for name in NAMES]
    run = stored(tmp_path / "run", gold, documents=names)
    assert judged(run, gold, None) == judged(run, gold, "dev")
    assert judged(stored(tmp_path / "both", gold), gold, None).split is None


def test_what_it_cost_is_summed_over_documents_and_repeats(
    tmp_path: Path, gold: Suite[Any]
) -> None:
    run = stored(tmp_path / "run", gold, [{}, {"dev/a": None}])
    cost = {"calls": 2, "prompt_tokens": 100, "completion_tokens": 7, "seconds": 0.25}
    lines = [
        json.dumps(json.loads(one) | {"usage": cost})
        for one in (run.path / PREDICTIONS).read_text(encoding="utf-8").splitlines()
    ]
    (run.path / PREDICTIONS).write_text("\n".join([*lines, ""]), encoding="utf-8")
    spent = judged(load_run(run.path), gold).spending
    assert (spent.calls, spent.prompt_tokens, spent.cached_tokens) == (16, 800, 0)
    assert (spent.completion_tokens, spent.seconds) == (56, 2.0)


def test_moved_receipts_are_counted(tmp_path: Path, gold: Suite[Any]) -> None:
    run = stored(tmp_path / "run", gold)
    issues = [{"kind": "evidence_moved"}, {"kind": "duplicate"}]
    first, *rest = gold.split("dev")
    lines = [line(first, labels_of(first), issues=issues), *(line(d, labels_of(d)) for d in rest)]
    (run.path / PREDICTIONS).write_text("\n".join([*lines, ""]), encoding="utf-8")
    assert judged(load_run(run.path), gold).moved == 1


def test_errors_are_counted_by_cause(tmp_path: Path, gold: Suite[Any]) -> None:
    worse = {
        f"dev/{d.gold.id}": without(d, "claimed_motives") for d in gold.split("dev")[:3]
    }  # fmt: skip
    found = judged(stored(tmp_path / "run", gold, worse), gold)
    missing = [each for each in found.errors if each.section == "claimed_motives" and each.cause]
    assert [(each.level, each.verdict, each.count) for each in missing] == [("item", "missing", 3)]


def test_the_detectable_difference_is_that_of_two_runs_of_this_spread(
    tmp_path: Path, gold: Suite[Any]
) -> None:
    chance = Random(1)
    worse = {f"dev/{d.gold.id}": damaged(d, chance, 0.4) for d in gold.split("dev")}
    judgement, scores = judge(stored(tmp_path / "run", gold, worse), gold, SCORER, split="dev")
    pairs = [(2 * each.mass.value, each.mass.gold + each.mass.predicted) for each in scores]
    left = []
    for i in range(4):
        rest = [pair for j, pair in enumerate(pairs) if j != i]
        left.append(sum(above for above, _ in rest) / sum(below for _, below in rest))
    mean = sum(left) / 4
    error = math.sqrt(3 / 4 * sum((one - mean) ** 2 for one in left))
    reach = stats.t.ppf(0.975, 3) + stats.t.ppf(0.8, 3)
    assert error > 0
    assert judgement.detectable == pytest.approx(reach * math.sqrt(2) * error)
    alone = stored(tmp_path / "alone", gold, documents=["dev/a"])
    assert judged(alone, gold).detectable is None


def test_without_any_spread_no_difference_is_called_detectable(
    tmp_path: Path, gold: Suite[Any]
) -> None:
    documents = gold.split("dev")
    nothing: dict[str, Any] = {f"dev/{d.gold.id}": {} for d in documents}
    alike = {f"dev/{d.gold.id}": without(d, "claimed_motives") for d in documents}
    for name, labels, f in (("perfect", {}, 1), ("nothing", nothing, 0), ("alike", alike, None)):
        found = judged(stored(tmp_path / name, gold, labels), gold)
        assert f is None or found.scores.overall.value.f.score == f
        assert found.detectable is None, name


def test_agreement_is_that_of_the_split_and_the_edition(tmp_path: Path, gold: Suite[Any]) -> None:
    run = stored(tmp_path / "run", gold)
    assert judged(run, gold).agreement is None
    told = json_of(agreement(gold.documents, SCORER))
    tables = told["tables"]
    assert {table.get("split") for table in tables} >= {None, "dev"}
    older = [{**table, "guidelines": "0"} for table in tables]
    newer = [{**table, "guidelines": "1"} for table in tables]
    file = tmp_path / "drills" / "manifest.json"
    write(file, read(file) | {"agreement": told | {"tables": [*older, *newer]}})
    again = load_suite(tmp_path / "drills", SituationSummary)
    for split in ("dev", None):
        found = judged(run, again, split).agreement
        assert found is not None
        assert (found.split, found.guidelines) == (split, "1")


def test_a_judgement_is_stored_whole_with_the_counts_that_it_comes_from(
    tmp_path: Path, gold: Suite[Any]
) -> None:
    chance = Random(2)
    worse = [
        {f"dev/{d.gold.id}": damaged(d, chance, 0.3) for d in gold.split("dev")} for _ in range(2)
    ]
    run = stored(tmp_path / "run", gold, worse)
    judgement, scores = judge(run, gold, SCORER)
    store(run.path, judgement, scores)
    text = (run.path / SCORES).read_text(encoding="utf-8")
    again = Judgement.model_validate_json(text)
    assert json.loads(again.model_dump_json()) == json.loads(text)
    rebuilt = [_score(each) for each in json.loads((run.path / DOCUMENTS).read_text("utf-8"))]
    assert rebuilt == scores
    assert aggregate(rebuilt) == judgement.scores


def _score(told: dict[str, Any]) -> DocumentScore:
    from pydantic import TypeAdapter

    sections = TypeAdapter(dict[str, SectionCounts]).validate_python(told.pop("sections"))
    fields = TypeAdapter(dict[str, FieldCounts]).validate_python(told.pop("fields"))
    return DocumentScore(**told, sections=sections, fields=fields)
