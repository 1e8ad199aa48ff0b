"""Suites, read for scoring."""

from __future__ import annotations

from pathlib import Path

import pytest
from gold_files import TEXT, draft, read, suite, write

from summarizer.errors import ConfigurationError, InputError
from summarizer.evals.folders import GOLD, suite_folder
from summarizer.evals.sealing import seal
from summarizer.evals.suites import load_suite
from summarizer.schemas import Quantity, SituationSummary


@pytest.fixture
def drills(tmp_path: Path) -> Path:
    folder = suite(tmp_path / "drills", one=draft(), two=draft())
    write(folder / "test" / "three.json", draft(title="A drill"))
    assert not seal(folder).problems
    return folder


def test_labels_and_annotations_are_records_beside_what_was_left_open(drills: Path) -> None:
    loaded = load_suite(drills, SituationSummary)
    assert (loaded.name, loaded.splits) == ("drills", ("dev", "test"))
    assert loaded.manifest is not None
    assert [document.gold.id for document in loaded.documents] == ["one", "two", "three"]
    document = loaded.documents[0]
    assert document.article.text == TEXT
    assert document.article.published == document.gold.published
    assert document.labels.record.military_activities[0].name == "Clear Water"
    assert len(document.labels.tolerances) == 6
    assert len(document.labels.regions) == 1
    assert document.labels.annotator is None
    readers = [labels.annotator.id for labels in document.annotations if labels.annotator]
    assert readers == ["r1", "r2"]
    assert document.annotations[1].record == document.labels.record
    assert document.annotations[1].regions == ()


def test_a_split_can_be_had_alone(drills: Path) -> None:
    loaded = load_suite(drills, SituationSummary)
    assert [document.gold.title for document in loaded.split("test")] == ["A drill"]
    assert loaded.split("train") == ()
    assert len(load_suite(drills / "test", SituationSummary).documents) == 1
    assert load_suite(drills / "test", SituationSummary).name == "drills"


def test_a_suite_needs_no_manifest(drills: Path) -> None:
    (drills / "manifest.json").unlink()
    loaded = load_suite(drills, SituationSummary)
    assert (loaded.name, loaded.manifest, len(loaded.documents)) == ("drills", None, 3)


def test_the_text_may_be_in_a_file(drills: Path) -> None:
    path = drills / "dev" / "one.json"
    document = read(path)
    del document["text"]
    write(path, {**document, "text_file": "one.txt"})
    (drills / "dev" / "one.txt").write_text(TEXT, encoding="utf-8")
    assert load_suite(drills, SituationSummary).documents[0].article.text == TEXT
    (drills / "dev" / "one.txt").write_text(TEXT + "!", encoding="utf-8")
    with pytest.raises(InputError, match="sha256: is not that of the text"):
        load_suite(drills, SituationSummary)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"notes": 1}, "two.json: notes: Extra inputs"),
        ({"labels": {"parties": [{}]}}, "two.json: labels/parties/0/evidence: Field required"),
        ({"text": "…"}, "two.json: There is no letter"),
    ],
)
def test_the_first_file_that_cannot_be_scored_against_is_named(
    drills: Path, change: dict[str, object], message: str
) -> None:
    path = drills / "dev" / "two.json"
    write(path, {**read(path), **change})
    with pytest.raises(InputError, match=message) as refused:
        load_suite(drills, SituationSummary)
    assert "eval lint" in (refused.value.hint or "")


def test_labels_of_another_schema_are_refused(drills: Path) -> None:
    with pytest.raises(InputError, match=r"labels/measure: Field required"):
        load_suite(drills, Quantity)


def test_a_folder_of_suites_is_not_a_suite(drills: Path) -> None:
    seal(suite(drills.parent / "talks", one=draft()))
    with pytest.raises(ConfigurationError, match="more than one suite"):
        load_suite(drills.parent, SituationSummary)


def test_suites_that_come_with_the_package_are_found_by_name() -> None:
    for manifest in GOLD.glob("*/manifest.json"):
        assert suite_folder(manifest.parent.name) == manifest.parent
    with pytest.raises(ConfigurationError, match="There is no suite"):
        suite_folder("../gold")
