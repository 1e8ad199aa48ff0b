"""Two runs over the same documents, against figures made by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from eval_runs import drills, labels_of, stored, without

from summarizer.errors import ConfigurationError
from summarizer.evals.comparing import CompareReport, compare_runs, remarks
from summarizer.evals.runs import Run
from summarizer.evals.scoring import Scorer
from summarizer.evals.suites import Suite
from summarizer.schemas import SituationSummary

SCORER = Scorer(SituationSummary)
NAMES = ["a", "b", "c", "d", "e", "f"]


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Suite[Any]:
    return drills(tmp_path_factory.mktemp("gold") / "drills", NAMES, ["z"])


@pytest.fixture
def perfect(tmp_path: Path, gold: Suite[Any]) -> Run:
    return stored(tmp_path / "perfect", gold)


def compared(one: Run, other: Run, gold: Suite[Any]) -> CompareReport:
    return compare_runs(one, other, gold, SCORER, split="dev")


def lacking(gold: Suite[Any], names: str, *sections: str) -> dict[str, Any]:
    return {f"dev/{d.gold.id}": without(d, *sections) for d in gold.documents if d.gold.id in names}


def test_a_run_against_itself_differs_nowhere(perfect: Run, gold: Suite[Any]) -> None:
    report = compared(perfect, perfect, gold)
    assert (report.overall.delta, report.overall.p, report.items.delta) == (0, 1, 0)
    assert report.changes == []
    assert (report.documents, report.split, report.spurious) == (6, "dev", (0, 0))
    assert report.baseline_signature == report.candidate_signature


@pytest.mark.parametrize(("names", "p"), [("abcdef", 2 / 64), ("abcd", 2 / 16), ("a", 1.0)])
def test_p_is_the_share_of_exchanges_as_extreme(
    tmp_path: Path, perfect: Run, gold: Suite[Any], names: str, p: float
) -> None:
    # Worse by the same on n documents: of 2ⁿ exchanges, none and all are as extreme.
    worse = stored(tmp_path / "worse", gold, lacking(gold, names, "military_activities"))
    report = compared(perfect, worse, gold)
    assert report.overall.p == pytest.approx(p)
    assert report.overall.delta is not None
    assert report.overall.delta < 0
    back = compared(worse, perfect, gold)
    assert (back.overall.p, back.overall.delta) == (report.overall.p, -report.overall.delta)


def test_delta_is_that_of_the_two_scores_that_stand_beside_it(
    tmp_path: Path, perfect: Run, gold: Suite[Any]
) -> None:
    worse = stored(tmp_path / "worse", gold, lacking(gold, "abc", "claimed_motives"))
    report = compared(perfect, worse, gold)
    # One motive of six documents' each, of which half is found: P = 1, R = 1/2, F = 2/3.
    section = report.sections["claimed_motives"]
    assert section.candidate.score == pytest.approx(2 / 3)
    assert section.delta == pytest.approx(-1 / 3)
    # Two parties (a third is optional), an activity, an assessment and a motive in each.
    aligned, of_gold = 6 * 5 - 3, 6 * 5
    assert report.items.candidate.score == pytest.approx(2 * aligned / (of_gold + aligned))
    for each in (report.overall, report.items, *report.sections.values()):
        if each.delta is not None:
            assert each.candidate.score is not None
            assert each.baseline.score is not None
            assert each.delta == pytest.approx(each.candidate.score - each.baseline.score)


def test_sections_are_corrected_together_by_holm(
    tmp_path: Path, perfect: Run, gold: Suite[Any]
) -> None:
    changed = lacking(gold, "abcde", "military_activities")  # p = 2/32
    changed |= lacking(gold, "f", "claimed_motives")
    for name, labels in lacking(gold, "abc", "military_activities", "claimed_motives").items():
        changed[name] = labels  # p of motives = 2/16
    report = compared(perfect, stored(tmp_path / "worse", gold, changed), gold)
    plain = {name: each.p for name, each in report.sections.items()}
    # Of meetings there are none, so that four sections are tested.
    assert plain == {
        "parties": 1,
        "military_activities": pytest.approx(2 / 32),
        "diplomatic_meetings": None,
        "expert_assessments": 1,
        "claimed_motives": pytest.approx(2 / 16),
    }
    assert {name: each.p_holm for name, each in report.sections.items()} == {
        "parties": 1,
        "military_activities": pytest.approx(4 * 2 / 32),
        "diplomatic_meetings": None,
        "expert_assessments": 1,
        "claimed_motives": pytest.approx(3 * 2 / 16),
    }
    assert report.overall.p_holm is None


def test_each_gold_item_that_is_told_otherwise_is_a_change(
    tmp_path: Path, gold: Suite[Any]
) -> None:
    first = gold.documents[0]
    vague = labels_of(first)
    vague["military_activities"][0].pop("date")
    vague["military_activities"][0]["quantities"] = []
    one = stored(tmp_path / "one", gold, {"dev/a": vague, **lacking(gold, "b", "claimed_motives")})
    other = stored(tmp_path / "other", gold, lacking(gold, "c", "expert_assessments"))
    told = [
        (each.document, each.pointer, each.change) for each in compared(one, other, gold).changes
    ]
    assert told == [
        ("dev/a", "/military_activities/0", "better"),
        ("dev/b", "/claimed_motives/0", "found"),
        ("dev/c", "/expert_assessments/0", "lost"),
    ]
    back = [(each.document, each.change) for each in compared(other, one, gold).changes]
    assert back == [("dev/a", "worse"), ("dev/b", "lost"), ("dev/c", "found")]
    better = compared(one, other, gold).changes[0]
    assert 0.4 <= better.baseline < better.candidate == 1


def test_an_optional_item_is_no_change(tmp_path: Path, perfect: Run, gold: Suite[Any]) -> None:
    labels = without(gold.documents[0], "expert_assessments")
    optional = labels["parties"].pop(2)
    assert optional["name"] == "Irsa Toll"
    less = stored(tmp_path / "less", gold, {"dev/a": labels})
    told = [each.pointer for each in compared(perfect, less, gold).changes]
    assert told == ["/expert_assessments/0"]


def test_spurious_items_are_counted_by_the_mean_of_repeats(
    tmp_path: Path, perfect: Run, gold: Suite[Any]
) -> None:
    labels = labels_of(gold.documents[0])
    labels["parties"].append({**labels["parties"][0], "id": "p9", "name": "Norvik"})
    more = stored(tmp_path / "more", gold, [{"dev/a": labels}, {}])
    assert compared(perfect, more, gold).spurious == (0, 0.5)


def test_runs_of_other_numbers_of_repeats_are_held_against_each_other(
    tmp_path: Path, perfect: Run, gold: Suite[Any]
) -> None:
    worse = lacking(gold, NAMES_ALL, "military_activities")
    once = stored(tmp_path / "once", gold, worse)
    thrice = stored(tmp_path / "thrice", gold, [worse, worse, worse])
    mixed = stored(tmp_path / "mixed", gold, [worse, {}])
    assert compared(perfect, thrice, gold).overall == compared(perfect, once, gold).overall
    assert compared(thrice, once, gold).overall.delta == pytest.approx(0)
    # Exchanging a document's mean for another's: were they sums, p would hang on the repeats.
    other = lacking(gold, "cde", "claimed_motives")
    few, many = stored(tmp_path / "few", gold, other), stored(tmp_path / "many", gold, [other] * 3)
    some = stored(tmp_path / "some", gold, lacking(gold, "abc", "expert_assessments"))
    assert compared(many, some, gold).overall == compared(few, some, gold).overall
    half = compared(perfect, mixed, gold)
    assert half.overall.n == 6
    assert half.overall.p == pytest.approx(2 / 64)
    lost = [each for each in half.changes if each.section == "military_activities"]
    assert {(each.change, each.candidate) for each in lost} == {("worse", 0.5)}


NAMES_ALL = "".join(NAMES)


def test_only_documents_of_both_runs_are_compared(
    tmp_path: Path, perfect: Run, gold: Suite[Any]
) -> None:
    few = stored(tmp_path / "few", gold, documents=["dev/a", "dev/b"])
    report = compared(perfect, few, gold)
    assert (report.documents, report.unshared) == (2, (4, 0))
    assert compared(few, perfect, gold).unshared == (0, 4)
    assert compared(perfect, perfect, gold).unshared == (0, 0)
    cross = stored(tmp_path / "cross", gold, documents=["dev/b", "dev/c", "test/z"])
    assert compared(few, cross, gold).unshared == (1, 1)
    assert [*remarks(few, cross, gold)] == [
        f"Documents of {few.path} that {cross.path} lacks, and that are left out: 1.",
        f"Documents of {cross.path} that {few.path} lacks, and that are left out: 2.",
    ]
    others = stored(tmp_path / "others", gold, documents=["dev/c"])
    with pytest.raises(ConfigurationError, match=r"few and .*others are over different documents"):
        compared(few, others, gold)


def test_runs_over_other_suites_or_of_other_schemas_are_not_compared(
    tmp_path: Path, perfect: Run, gold: Suite[Any]
) -> None:
    parades = stored(tmp_path / "parades", gold, suite="parades")
    with pytest.raises(ConfigurationError, match="parades is a run over parades, and not over dri"):
        compared(parades, perfect, gold)
    reports = stored(tmp_path / "reports", gold, record="Report")
    with pytest.raises(ConfigurationError, match="reports holds records of Report, and not of Sit"):
        compared(reports, perfect, gold)


def test_a_report_s_json_is_read_as_the_same(
    tmp_path: Path, perfect: Run, gold: Suite[Any]
) -> None:
    worse = stored(tmp_path / "worse", gold, lacking(gold, "abc", "claimed_motives"))
    text = compared(perfect, worse, gold).model_dump_json()
    assert json.loads(CompareReport.model_validate_json(text).model_dump_json()) == json.loads(text)
