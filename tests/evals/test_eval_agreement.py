"""Annotators held against each other."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from gold_files import LABELS, TOLERANCES, annotator, draft, read, suite, write

from summarizer.errors import ConfigurationError
from summarizer.evals.agreement import Agreement, agreement, manifest_of, store
from summarizer.evals.lint import lint
from summarizer.evals.scoring import Scorer
from summarizer.evals.sealing import seal
from summarizer.evals.suites import load_suite
from summarizer.schemas import SituationSummary

SCORER = Scorer(SituationSummary)
WITHOUT_MOTIVES = {**LABELS, "claimed_motives": []}


def opinion(
    name: str,
    kind: str = "person",
    labels: dict[str, Any] = LABELS,
    tolerances: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    return {"annotator": annotator(name, kind), "labels": labels, "tolerances": tolerances or []}


def of(folder: Path, **documents: list[dict[str, Any]]) -> Agreement:
    """The agreement in a suite of documents with these annotations."""
    drafts = {name: draft(annotations=given) for name, given in documents.items()}
    path = suite(folder / "drills", **copy.deepcopy(drafts))
    assert not seal(path).problems
    return agreement(load_suite(path, SituationSummary).documents, SCORER)


def test_the_same_labels_agree_in_everything(tmp_path: Path) -> None:
    table = of(tmp_path, one=[opinion("r1"), opinion("r2")]).tables[0]
    assert table.overall.value.score == 1
    assert {each.score for each in table.fields.values()} == {1}
    assert table.overall.items.score == table.overall.receipts.score == 1


def test_what_only_one_annotator_found_counts_against_both(tmp_path: Path) -> None:
    same = [opinion("r1"), opinion("r2")]
    other = [opinion("r1"), opinion("r2", labels=WITHOUT_MOTIVES)]
    table = of(tmp_path, one=same, two=other).tables[0]
    motives = table.sections["claimed_motives"]
    assert motives.value.score == pytest.approx(2 / 3)
    assert motives.items.score == pytest.approx(2 / 3)
    assert motives.receipts.score == pytest.approx(2 / 3)
    assert motives.value.n == 2
    assert table.fields["claimed_motives.motive"].score == pytest.approx(2 / 3)
    assert table.sections["military_activities"].value.score == 1


def test_values_items_and_cited_sentences_agree_each_for_themselves(tmp_path: Path) -> None:
    labels = copy.deepcopy(LABELS)
    labels["military_activities"][0] |= {"realis": "planned", "evidence": [1]}
    group = of(tmp_path, one=[opinion("r1"), opinion("r2", labels=labels)]).tables[0]
    activities = group.sections["military_activities"]
    assert activities.items.score == 1
    assert activities.receipts.score == pytest.approx(2 / 3)
    assert activities.value.score is not None
    assert 0.8 < activities.value.score < 1
    assert group.fields["military_activities.realis"].score == 0


@pytest.mark.parametrize("first", [True, False])
def test_what_either_annotator_left_open_is_neutral(tmp_path: Path, *, first: bool) -> None:
    motive = [{"at": "/claimed_motives/0", "optional": True}]
    both = [opinion("r1", tolerances=motive), opinion("r2", labels=WITHOUT_MOTIVES)]
    found = of(tmp_path, one=both if first else both[::-1])
    assert found.tables[0].overall.value.score == 1
    assert found.tables[0].sections["claimed_motives"].closed.score == 0


def test_where_one_annotator_does_not_care_what_the_other_found_is_neutral(tmp_path: Path) -> None:
    careless = opinion("r2", labels=WITHOUT_MOTIVES)
    careless["regions"] = [{"sentences": [2]}]
    assert of(tmp_path, one=[opinion("r1"), careless]).tables[0].overall.value.score == 1


def test_it_does_not_matter_who_is_called_first(tmp_path: Path) -> None:
    labels = copy.deepcopy(LABELS)
    labels["military_activities"][0] |= {"actors": ["p1"], "realis": "planned", "evidence": [1]}
    one = opinion("r1", tolerances=TOLERANCES)
    two = opinion("r2", labels=labels)
    forth = of(tmp_path / "forth", one=[one, two])
    back = of(tmp_path / "back", one=[two, one])
    assert forth.tables[0].overall.value.score not in (None, 1)
    assert forth.model_dump_json() == back.model_dump_json()


def test_of_three_annotators_all_pairs_count_and_the_document_is_one(tmp_path: Path) -> None:
    three = [opinion("r1"), opinion("r2"), opinion("r3", labels=WITHOUT_MOTIVES)]
    table = of(tmp_path, one=three).tables[0]
    assert (table.documents, table.pairs, table.annotators) == (1, 3, ["r1", "r2", "r3"])
    motives = table.sections["claimed_motives"].items
    assert motives.score == pytest.approx(2 / 4)
    assert motives.n == 1
    assert motives.low is None


def test_people_and_language_models_are_never_in_one_number(tmp_path: Path) -> None:
    mixed = [opinion("m1", "language_model"), opinion("r1"), opinion("m2", "language_model")]
    found = of(tmp_path, one=mixed)
    overall = {table.kinds: table.pairs for table in found.tables if table.split is None}
    assert overall == {"person × language_model": 2, "language_model × language_model": 1}


def test_editions_of_the_guidelines_are_never_in_one_number(tmp_path: Path) -> None:
    def given(*editions: str) -> list[dict[str, Any]]:
        return [opinion(f"r{i}") | {"guidelines": one} for i, one in enumerate(editions)]

    plain = [opinion("r1"), opinion("r2")]
    found = of(
        tmp_path, one=given("1", "1"), two=given("2", "2"), three=given("1", "2"), four=plain
    )
    told = {table.guidelines: table.documents for table in found.tables if table.split is None}
    assert told == {"1": 1, "2": 1, "1 and 2": 1, None: 1}


def test_a_document_without_two_annotators_is_named_and_left_out(tmp_path: Path) -> None:
    found = of(
        tmp_path,
        alone=[opinion("r1")],
        none=[],
        same=[opinion("r1"), opinion("r1")],
        two=[opinion("r1"), opinion("r2")],
    )
    assert [(each.id, each.annotations) for each in found.left_out] == [
        ("alone", 1),
        ("none", 0),
        ("same", 2),
    ]
    assert found.tables[0].documents == 1
    assert of(tmp_path / "no", alone=[opinion("r1")]).tables == []


def test_there_is_a_table_of_all_splits_and_one_of_each(tmp_path: Path) -> None:
    path = suite(tmp_path / "drills", one=draft(), two=draft())
    write(path / "test" / "three.json", draft())
    assert not seal(path).problems
    found = agreement(load_suite(path, SituationSummary).documents, SCORER)
    told = {table.split: table.documents for table in found.tables}
    assert told == {None: 3, "dev": 2, "test": 1}


def test_sections_without_labels_have_no_score_and_fields_without_are_not_listed(
    tmp_path: Path,
) -> None:
    table = of(tmp_path, one=[opinion("r1"), opinion("r2")]).tables[0]
    assert table.sections["diplomatic_meetings"].value.score is None
    assert not [name for name in table.fields if name.startswith("diplomatic_meetings")]


def test_a_manifest_keeps_it_with_the_rest_as_it_was(tmp_path: Path) -> None:
    found = of(tmp_path, one=[opinion("r1"), opinion("r2")])
    path = tmp_path / "drills"
    before = read(path / "manifest.json")
    store(found, manifest_of(path))
    after = read(path / "manifest.json")
    kept = Agreement.model_validate(after.pop("agreement"))
    assert (kept.round, kept.threshold) == ("first", 0.4)
    assert kept.tables[0].overall.value.score == 1
    assert after == before
    assert not seal(path).changed


def test_only_a_whole_suite_with_a_manifest_keeps_it(tmp_path: Path) -> None:
    of(tmp_path, one=[opinion("r1"), opinion("r2")])
    path = tmp_path / "drills"
    for part in (path / "dev", path / "dev" / "one.json", tmp_path):
        with pytest.raises(ConfigurationError, match="no whole suite"):
            manifest_of(part)
    (path / "manifest.json").unlink()
    with pytest.raises(ConfigurationError, match="no whole suite"):
        manifest_of(path)


def test_lint_says_when_annotations_have_changed_since(tmp_path: Path) -> None:
    path = suite(tmp_path / "drills", one=draft())
    assert not seal(path).problems
    store(agreement(load_suite(path, SituationSummary).documents, SCORER), manifest_of(path))
    assert lint(path).problems == ()
    document = read(path / "dev" / "one.json")
    document["title"] = "Another"
    write(path / "dev" / "one.json", document)
    assert not seal(path).problems
    assert lint(path).problems == ()
    document["annotations"][0]["labels"]["military_activities"][0]["realis"] = "planned"
    write(path / "dev" / "one.json", document)
    assert not seal(path).problems
    (problem,) = lint(path).problems
    assert (problem.file, problem.place) == (manifest_of(path), "agreement")
    assert "`summarizer eval agree --write`" in problem.message
