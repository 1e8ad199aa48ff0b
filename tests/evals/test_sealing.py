"""Drafts become complete gold files."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import pytest
from gold_files import LABELS, TEXT, draft, read, suite, write
from pydantic import BaseModel

from summarizer import Article, Evidence, Verbatim
from summarizer.errors import ConfigurationError
from summarizer.evals.documents import GoldDocument
from summarizer.evals.sealing import Sealing, seal
from summarizer.schemas import SituationSummary


def sealed(tmp_path: Path, **changes: Any) -> Any:
    path = write(tmp_path / "dev" / "drill.json", draft(**changes))
    done = seal(path)
    assert [str(problem) for problem in done.problems] == []
    return read(path)


def refused(tmp_path: Path, content: dict[str, Any]) -> list[str]:
    """Places and messages, for a draft that is left as it was."""
    path = write(tmp_path / "dev" / "drill.json", content)
    before = path.read_bytes()
    done = seal(path)
    assert (path.read_bytes(), done.changed) == (before, ())
    return [f"{problem.place}: {problem.message}" for problem in done.problems]


def test_sentence_numbers_become_quotes_in_the_labels_and_in_every_annotation(
    tmp_path: Path,
) -> None:
    found = sealed(tmp_path)
    article = Article.from_text(TEXT, language="en")
    holders = [found, *found["annotations"]]
    assert len(holders) == 3
    for holder in holders:
        activity = holder["labels"]["military_activities"][0]
        for evidence, numbers in [
            (activity["evidence"], [1, 3]),
            (activity["claims"][0]["evidence"], [1]),
        ]:
            assert [entry["sentence"] for entry in evidence] == numbers
            for entry in evidence:
                assert (entry["start"], entry["end"]) == article.span(entry["sentence"])
                assert entry["quote"] == TEXT[entry["start"] : entry["end"]]


def test_a_party_without_evidence_gets_the_first_sentence_that_holds_one_of_its_names(
    tmp_path: Path,
) -> None:
    labels = json.loads(json.dumps(LABELS))
    labels["parties"][1]["evidence"] = [2]
    parties = sealed(tmp_path, labels=labels)["labels"]["parties"]
    cited = [[entry["sentence"] for entry in party["evidence"]] for party in parties]
    assert cited == [[1], [2], [2]]


def test_a_name_in_capitals_is_not_found_in_the_word_that_is_spelled_alike(tmp_path: Path) -> None:
    text = "They told us so. The US agreed."
    labels = {"parties": [{"id": "p1", "name": "US"}]}
    changes = {"text": text, "labels": labels, "tolerances": [], "regions": [], "annotations": []}
    party = sealed(tmp_path, **changes)["labels"]["parties"][0]
    assert party["evidence"][0]["sentence"] == 2


def test_a_region_of_sentences_runs_from_the_first_to_the_last(tmp_path: Path) -> None:
    (region,) = sealed(tmp_path, regions=[{"sentences": [3, 4, 5], "why": "x"}])["regions"]
    assert TEXT[region["start"] : region["end"]] == TEXT[TEXT.index("At least") :]


def test_what_is_left_out_is_filled_in(tmp_path: Path) -> None:
    found = sealed(tmp_path, language=None)
    told = {key: found[key] for key in ("schema_version", "id", "split", "language", "sha256")}
    assert told == {
        "schema_version": "1",
        "id": "drill",
        "split": "dev",
        "language": "en",
        "sha256": sha256(TEXT.encode()).hexdigest(),
    }


def test_the_text_may_be_in_a_file_whose_byte_order_mark_is_not_of_it(tmp_path: Path) -> None:
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "drill.txt").write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    found = sealed(tmp_path, text=None, text_file="drill.txt")
    assert "text" not in found
    assert found["labels"]["parties"][0]["evidence"][0]["start"] == 0


def test_line_ends_of_a_text_file_are_code_points_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "dev").mkdir()
    text = TEXT.replace("\n", "\r\n")
    (tmp_path / "dev" / "drill.txt").write_bytes(text.encode())
    found = sealed(tmp_path, text=None, text_file="drill.txt")
    (entry,) = found["labels"]["claimed_motives"][0]["evidence"]
    assert entry["quote"] == text[entry["start"] : entry["end"]]
    assert found["sha256"] == sha256(text.encode()).hexdigest()


def test_sealing_again_changes_nothing(tmp_path: Path) -> None:
    folder = suite(tmp_path / "drills", one=draft(), two=draft(id="second"))
    assert len(seal(folder).changed) == 3
    before = {path: path.read_bytes() for path in folder.rglob("*.json")}
    assert seal(folder) == Sealing(tuple(sorted((folder / "dev").iterdir())), (), ())
    assert {path: path.read_bytes() for path in folder.rglob("*.json")} == before


def test_what_is_complete_is_kept_as_it_is(tmp_path: Path) -> None:
    found = sealed(tmp_path)
    evidence = found["labels"]["military_activities"][0]["evidence"]
    evidence[0] |= {"sentence": 2, "end": 8, "quote": TEXT[:8]}
    path = write(tmp_path / "dev" / "drill.json", found)
    assert not seal(path).problems
    assert read(path)["labels"]["military_activities"][0]["evidence"] == evidence


def test_keys_stand_in_the_order_of_the_models_and_defaults_are_left_out(tmp_path: Path) -> None:
    found = sealed(tmp_path)
    order = list(GoldDocument.model_fields)
    assert list(found) == sorted(found, key=order.index)
    assert list(found["labels"]["parties"][0]) == ["evidence", "id", "name", "kind"]
    assert "title" not in found
    text = (tmp_path / "dev" / "drill.json").read_text(encoding="utf-8")
    assert "“well into June”" in text
    assert '"min": 12,\n' in text
    assert text == json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def test_sealed_labels_are_the_record_that_was_drafted(tmp_path: Path) -> None:
    record = SituationSummary.model_validate(sealed(tmp_path)["labels"])
    assert record.military_activities[0].quantities[0].min == 12
    assert record.expert_assessments[0].likelihood is None


def test_every_problem_is_told_with_its_place_and_the_file_is_left_alone(tmp_path: Path) -> None:
    labels = json.loads(json.dumps(LABELS))
    labels["parties"].append({"id": "p4", "name": "Norland"})
    labels["military_activities"][0]["evidence"] = [1, 9]
    labels["military_activities"][0]["type"] = "drill"
    annotations = draft()["annotations"]
    annotations[1]["labels"]["claimed_motives"][0]["evidence"] = [0]
    regions = [{"sentences": [1, 3]}, {"sentences": [6]}, {"sentences": []}]
    content = draft(labels=labels, annotations=annotations, regions=regions, sha256="0" * 64)
    content["tolerances"][0]["optinal"] = True
    told = refused(tmp_path, content)
    missing = "is missing, and no sentence holds 'Norland': give the number of one"
    for expected in [
        "sha256: is not that of the text, which was changed since",
        f"labels/parties/3/evidence: {missing}",
        "labels/military_activities/0/evidence/1: no sentence 9: the article has 1 to 5",
        "annotations[1].labels/claimed_motives/0/evidence/0: no sentence 0: the article has 1 to 5",
        "regions[0]: a region is of sentences in a row; make one region for each row",
        "regions[1]: no sentence 6: the article has 1 to 5",
        "regions[2]: sentences is a list of sentence numbers",
        "tolerances[0].optinal: Extra inputs are not permitted",
    ]:
        assert expected in told
    assert [line for line in told if line.startswith("labels/military_activities/0/type")]
    assert len(told) == 9


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"text": None}, "text: give the article"),
        ({"text": None, "text_file": "none.txt"}, "text_file: can't be read"),
        ({"text": "…"}, "text: There is no letter"),
        ({"published": "in May"}, "text: The publication date"),
    ],
)
def test_without_an_article_nothing_is_sealed(
    tmp_path: Path, change: dict[str, Any], place: str
) -> None:
    (told,) = refused(tmp_path, draft(**change))
    assert told.startswith(place)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "is not readable JSON"),
        (b"[]", "is no JSON object"),
        (b'{"a": 1, "a": 2}', "the key 'a' stands twice"),
        (b'{"a": NaN}', "NaN is no number"),
        (b'{"a": "\xff"}', "is not UTF-8 at byte 7"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem_of_the_file(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "drill.json"
    path.write_bytes(content)
    (problem,) = seal(path).problems
    assert (problem.file, problem.place) == (path, "")
    assert message in problem.message


def test_the_manifest_lists_the_documents_and_keeps_what_people_wrote(tmp_path: Path) -> None:
    folder = suite(tmp_path / "drills", one=draft(tags=["drill"]), two=draft())
    before = read(folder / "manifest.json") | {"agreement": {"F": 0.5}}
    write(folder / "manifest.json", before)
    seal(folder)
    found = read(folder / "manifest.json")
    listed, splits = found.pop("documents"), found.pop("splits")
    assert found == before
    assert splits["dev"]["documents"] == 2
    file = folder / "dev" / "one.json"
    assert listed[0] == {
        "id": "one",
        "split": "dev",
        "path": "dev/one.json",
        "sha256": sha256(file.read_bytes()).hexdigest(),
        "language": "en",
        "words": len(TEXT.split()),
        "tags": ["drill"],
    }
    assert [entry["id"] for entry in listed] == ["one", "two"]


@pytest.mark.parametrize("part", ["dev", "dev/one.json"])
def test_sealing_a_part_of_a_suite_brings_its_manifest_up_to_date(
    tmp_path: Path, part: str
) -> None:
    folder = suite(tmp_path / "drills", one=draft())
    assert folder / "manifest.json" in seal(folder / part).changed
    assert len(read(folder / "manifest.json")["documents"]) == 1


def test_a_suite_with_a_problem_keeps_its_manifest_and_seals_the_other_documents(
    tmp_path: Path,
) -> None:
    folder = suite(tmp_path / "drills", one=draft(text=None), two=draft())
    before = (folder / "manifest.json").read_bytes()
    done = seal(folder)
    assert done.changed == (folder / "dev" / "two.json",)
    assert (folder / "manifest.json").read_bytes() == before


def test_the_manifest_does_not_vouch_for_a_document_that_no_longer_holds(tmp_path: Path) -> None:
    folder = suite(tmp_path / "drills", one=draft())
    seal(folder)
    before = (folder / "manifest.json").read_bytes()
    document = read(folder / "dev" / "one.json")
    document["labels"]["claimed_motives"][0]["evidence"][0]["start"] += 1
    document["labels"]["claimed_motives"][0]["evidence"][0]["end"] += 1
    write(folder / "dev" / "one.json", document)
    (problem,) = seal(folder).problems
    assert problem.place == "labels/claimed_motives/0/evidence/0"
    assert (folder / "manifest.json").read_bytes() == before


def test_a_byte_order_mark_before_a_draft_does_no_harm(tmp_path: Path) -> None:
    path = write(tmp_path / "drill.json", draft())
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert seal(path).problems == ()


def test_a_folder_of_suites_is_sealed_suite_by_suite(tmp_path: Path) -> None:
    suite(tmp_path / "drills", one=draft())
    suite(tmp_path / "talks", one=draft())
    write(tmp_path / "document.schema.json", {})
    assert len(seal(tmp_path).changed) == 4


def test_where_there_is_nothing_to_seal_there_is_an_error(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(ConfigurationError, match=r"There (is|are) no"):
            seal(path)


class Vessel(BaseModel):
    id: str
    name: Annotated[str, Verbatim()]
    seen_in: list[Evidence]


class Fleet(BaseModel):
    vessels: list[Vessel]


def test_any_schema_will_do(tmp_path: Path) -> None:
    labels = {"vessels": [{"id": "v1", "name": "ships", "seen_in": [3]}]}
    bare: dict[str, Any] = {"tolerances": [], "regions": [], "annotations": []}
    path = write(tmp_path / "drill.json", draft(labels=labels, **bare))
    assert not seal(path, Fleet).problems
    assert read(path)["labels"]["vessels"][0]["seen_in"][0]["quote"].startswith("At least 12")


def test_a_language_that_cannot_be_guessed_is_asked_for(tmp_path: Path) -> None:
    bare: dict[str, Any] = {"tolerances": [], "regions": [], "annotations": [], "labels": {}}
    (told,) = refused(tmp_path, draft(text="Norvik.", language=None, **bare))
    assert told == "language: Field required"
