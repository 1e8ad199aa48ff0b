"""What is refused in gold, and where it is said to be wrong."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from gold_files import TEXT, annotator, draft, read, suite, write
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import ConfigurationError
from summarizer.evals.lint import lint
from summarizer.evals.sealing import seal
from summarizer.schemas import Quantity

Change = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = write(tmp_path_factory.mktemp("gold") / "dev" / "drill.json", draft())
    assert not seal(path).problems
    document: dict[str, Any] = read(path)
    return document


@pytest.fixture
def told(sealed: dict[str, Any], tmp_path: Path) -> Callable[..., list[str]]:
    """Places and messages, for the sealed document with a change made to it."""

    def run(change: Change, *, strict: bool = False) -> list[str]:
        path = write(tmp_path / "dev" / "drill.json", sealed)
        document = read(path)
        change(document)
        write(path, document)
        found = lint(path, strict=strict)
        assert found.documents == (path,)
        assert all(str(problem).startswith(f"{path}: ") for problem in found.problems)
        return [str(problem).removeprefix(f"{path}: ") for problem in found.problems]

    return run


def put(pointer: str, value: Any) -> Change:
    """Sets what stands at a JSON Pointer into the document."""

    def change(document: dict[str, Any]) -> None:
        *way, last = [int(s) if s.isdecimal() else s for s in pointer.split("/")[1:]]
        place: Any = document
        for step in way:
            place = place[step]
        if last == "-":
            place.append(value)
        else:
            place[last] = value

    return change


def take(pointer: str) -> Change:
    def change(document: dict[str, Any]) -> None:
        *way, last = [int(s) if s.isdecimal() else s for s in pointer.split("/")[1:]]
        place: Any = document
        for step in way:
            place = place[step]
        del place[last]

    return change


def test_sealed_gold_is_clean(told: Callable[..., list[str]]) -> None:
    assert told(lambda _: None) == []


def test_and_the_sample_is_so_by_the_strict_rules_but_for_a_name_of_no_facts(
    told: Callable[..., list[str]],
) -> None:
    name = "labels/military_activities/0/name: free text without key facts"
    assert told(lambda _: None, strict=True) == [name]


ACTIVITY = "/labels/military_activities/0"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (put("/notes", "x"), "notes: Extra inputs are not permitted"),
        (put("/labels/parties/0/colour", "x"), "labels/parties/0/colour: Extra inputs"),
        (put("/labels/parties/0/kind", "stat"), "labels/parties/0/kind: Input should be"),
        (put(f"{ACTIVITY}/evidence/0/quote", TEXT[:-1]), "evidence/0: text[0:65] is 'Veldmark"),
        (put(f"{ACTIVITY}/evidence/0/quote", "x" * 65), "evidence/0: text[0:65] is 'Veldmark"),
        (
            put("/annotations/1/labels/parties/0/evidence/0/quote", "x" * 65),
            "annotations[1].labels/parties/0/evidence/0: text[0:65]",
        ),
        (put(f"{ACTIVITY}/evidence", []), f"{ACTIVITY[1:]}/evidence: is missing"),
        (take(f"{ACTIVITY}/evidence"), f"{ACTIVITY[1:]}/evidence: is missing"),
        (put(f"{ACTIVITY}/evidence/0", 1), f"{ACTIVITY[1:]}/evidence/0: a sentence number alone"),
        (put(f"{ACTIVITY}/actors/0", "p9"), f"{ACTIVITY[1:]}/actors/0: 'p9' is the id of no item"),
        (
            put(f"{ACTIVITY}/quantities/0/counted_by", "p7"),
            f"{ACTIVITY[1:]}/quantities/0/counted_by: 'p7' is the id of no item in parties",
        ),
        (
            put("/annotations/0/labels/claimed_motives/0/activity", "p1"),
            "annotations[0].labels/claimed_motives/0/activity: 'p1' is the id of no item",
        ),
        (put("/labels/parties/1/id", "p1"), "labels/parties/1: the id 'p1' is that of /parties/0"),
        (put("/sha256", "0" * 64), "sha256: is not that of the text"),
        (put("/text", TEXT + "!"), "sha256: is not that of the text"),
        (put("/text", "…"), "text: There is no letter or digit"),
        (take("/text"), "text: give the article"),
        (put("/published", "May"), "text: The publication date 'May'"),
        (take("/annotations/0/annotator"), "annotations[0].annotator: Field required"),
        (put("/regions/0/end", 9999), "regions[0]: ends at 9999, and the text at "),
        (put("/annotations/1/regions", [{"start": 4, "end": 4}]), "annotations[1].regions[0]: the"),
        (put("/labels", []), "labels: Input should be a valid dictionary"),
    ],
)
def test_what_does_not_hold_is_refused_at_its_place(
    told: Callable[..., list[str]], change: Change, expected: str
) -> None:
    found = told(change)
    assert any(expected in line for line in found), found


@pytest.mark.parametrize(
    ("tolerance", "expected"),
    [
        (
            {"at": "/parties/7", "optional": True},
            "/parties/7 leads nowhere: there is no 7 in /parties",
        ),
        ({"at": "/parties/0/nam", "optional": True}, "there is no nam in /parties/0"),
        ({"at": "/parties/0", "optional": True, "x": 1}, "x: Extra inputs are not permitted"),
        ({"at": "/parties/2", "optional": True}, "tolerances[5] is of that place too"),
        ({"at": "/parties/0/name", "interval": [1, 2]}, "an interval is for a number"),
        (
            {"at": "/military_activities/0/quantities/0/max", "interval": [3, 2]},
            "ends before it starts",
        ),
        ({"at": "/parties/0/kind", "facts": [{"accept": ["s"]}]}, "facts are for free text"),
        ({"at": "/parties/0/name", "facts": [{"accept": ["V"]}]}, "facts are for free text"),
        (
            {"at": "/expert_assessments/0/assessor", "facts": [{"accept": ["p"]}]},
            "facts are for free text",
        ),
        (
            {"at": "/expert_assessments/0/about", "facts": [{"accept": ["p"]}]},
            "facts are for a text, and there is none",
        ),
        ({"at": "/military_activities/0/name", "facts": [{"accept": ["("]}]}, "no regular expr"),
        (
            {"at": "/military_activities/0/name", "facts": [{"accept": ["Dirty"]}]},
            "facts[0] is not told by the label itself",
        ),
        (
            {"at": "/military_activities/0/name", "facts": [{"accept": ["C"], "reject": ["w"]}]},
            "facts[0] is not told by the label itself",
        ),
        (
            {"at": "/military_activities/0/name", "facts": [{"accept": ["C"]}], "words": 1},
            "the label itself has 2 words",
        ),
        ({"at": "/military_activities/0", "names": ["x"]}, "names are for an item that has some"),
        ({"at": "/parties/0/name", "names": ["x"]}, "names are for an item that has some"),
        ({"at": "/parties/0/kind", "alternatives": ["stat"]}, "'stat': Input should be"),
        ({"at": "/parties/0/kind", "alternatives": [3]}, "3 is no string, as the label is"),
        ({"at": "/parties/0/kind", "alternatives": [None]}, "None is no string"),
        ({"at": "/parties/0/country", "alternatives": ["Norway"]}, "write it as 'NOR'"),
        ({"at": "/claimed_motives/0/motive_of/0", "alternatives": ["p8"]}, "'p8' is the id of no"),
        (
            {"at": "/claimed_motives/0/attributed_by", "alternatives": ["p8"]},
            "'p8' is the id of no item in parties",
        ),
        (
            {"at": "/claimed_motives/0/motive_of", "alternatives": [["p2"]]},
            "alternatives are for one value, and this is a list",
        ),
        (
            {"at": "/parties/0", "alternatives": [{"name": "x"}]},
            "alternatives are for a value, and this is an item",
        ),
        ({"at": "/parties/0", "dont_care": True}, "dont_care is for a value"),
        ({"at": "/parties/0/evidence/0", "dont_care": True}, "dont_care is for a value"),
        ({"at": "/parties", "dont_care": True}, "this is a section"),
        ({"at": "/parties", "optional": True}, "of the list's elements, one by one"),
        ({"at": "/parties/2/aliases", "optional": True}, "of the list's elements, one by one"),
        (
            {"at": "/military_activities/0/date/edtf", "alternatives": ["2031-05"]},
            "/military_activities/0/date is compared as a whole: say it there",
        ),
        (
            {"at": "/military_activities/0/date", "alternatives": [{"text": "May", "edtf": "5"}]},
            "not a date in EDTF",
        ),
    ],
)
@pytest.mark.parametrize("holder", ["", "/annotations/1"])
def test_a_tolerance_that_its_place_cannot_take_is_refused(
    told: Callable[..., list[str]], tolerance: dict[str, Any], expected: str, holder: str
) -> None:
    (line,) = told(put(f"{holder}/tolerances/-", tolerance))
    assert line.startswith("annotations[1].tolerances[6]" if holder else "tolerances[6]")
    assert expected in line


@pytest.mark.parametrize(
    "tolerance",
    [
        {"at": "/parties/0/kind", "alternatives": ["government_body"]},
        {"at": "/parties/0/kind", "dont_care": True},
        {"at": "/parties/0/country", "alternatives": ["NOR"]},
        {"at": "/parties/0/evidence/0", "optional": True},
        {"at": "/parties/2/aliases", "dont_care": True},
        {"at": "/parties/2/aliases/0", "optional": True},
        {"at": "/military_activities/0/quantities/0", "optional": True},
        {"at": "/military_activities/0/claims/0", "optional": True},
        {"at": "/military_activities/0/location", "alternatives": [{"text": "Norvik"}]},
        {"at": "/military_activities/0/date", "alternatives": [{"text": "May"}]},
        {"at": "/military_activities/0/quantities/0/max", "interval": [12, 20]},
        {"at": "/military_activities/0/name", "facts": [{"accept": ["clear"]}], "words": 2},
        {"at": "/claimed_motives/0/attributed_by", "alternatives": ["p3"]},
        {"at": "/military_activities/0/quantities/0/counted_by", "alternatives": ["the port"]},
        {"at": "/headline", "dont_care": True},
    ],
)
def test_these_places_take_what_is_said(
    told: Callable[..., list[str]], tolerance: dict[str, Any]
) -> None:
    assert told(put("/tolerances/-", tolerance)) == []


def test_the_label_lies_in_its_own_interval(told: Callable[..., list[str]]) -> None:
    (line,) = told(put("/tolerances/2/interval", [13, None]))
    assert line.endswith("the label, 12, does not lie in the interval")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (take("/licence"), "licence: is missing"),
        (take("/provenance"), "provenance: is missing"),
        (take("/provenance/adjudicated_by"), "provenance.adjudicated_by: is missing"),
        (take("/annotations/1"), "annotations: two readers are asked for, and there are 1"),
        (
            put("/annotations/1/annotator", annotator("r1")),
            "annotations: two are of the same annotator",
        ),
        (
            put("/annotations/1/labels/parties/0/kind", "other"),
            "rulings: are missing, though annotators differ",
        ),
        (put(f"{ACTIVITY}/evidence/1/sentence", 2), "/evidence/1: sentence 2 is not from 142 to"),
        (put(f"{ACTIVITY}/evidence/1/sentence", 9), "/evidence/1: there is no sentence 9"),
        (take("/tolerances/1"), "labels/claimed_motives/0/motive: free text without key facts"),
        (
            put("/labels/expert_assessments/0/about", "a fleet"),
            "labels/expert_assessments/0/about: free text without key facts",
        ),
        (put("/labels/parties/0/name", "Norland"), "labels/parties/0/name: the name 'Norland' is"),
        (put("/labels/parties/2/aliases/0", "Gen"), "labels/parties/2/aliases/0: the name 'Gen'"),
        (
            put(f"{ACTIVITY}/location", {"text": "Norvik"}),
            "labels/military_activities/0/location/text: the name 'Norvik' is not in the text",
        ),
        (
            put(f"{ACTIVITY}/name", "naval exercise"),
            "/name: the name 'naval exercise' is not in the text; if it is no official one, dont",
        ),
        (
            put(f"{ACTIVITY}/date/edtf", "2031-05-04"),
            "/date: code makes 2031-05-03 of '3 May', and not 2031-05-04",
        ),
    ],
)
def test_what_is_left_to_chance_is_refused_only_by_the_strict_rules(
    told: Callable[..., list[str]], change: Change, expected: str
) -> None:
    found = told(change, strict=True)
    assert any(expected in line for line in found), found
    assert told(change) == []


@pytest.mark.parametrize(
    ("phrase", "edtf", "refused"),
    [
        ("Friday", "2031-05-02", False),  # the latest, by which code reads it
        ("Friday", "2031-05-09", False),  # the one to come
        ("Friday", "2031-05-16", True),
        ("until Friday", "../2031-05-09", False),
        ("3 May", "2032-05-03", False),
        ("3 May", "2030-05-03", False),
        ("3 May", "2033-05-03", True),
        ("tomorrow", "2031-05-13", True),
    ],
)
def test_a_date_may_lie_on_the_side_that_the_tense_tells(
    told: Callable[..., list[str]], phrase: str, edtf: str, *, refused: bool
) -> None:
    found = told(put(f"{ACTIVITY}/date", {"text": phrase, "edtf": edtf}), strict=True)
    assert any(f"of '{phrase}', and not {edtf}" in line for line in found) == refused


def test_what_nobody_cares_for_needs_no_name_in_the_text_and_no_facts(
    told: Callable[..., list[str]],
) -> None:
    def change(document: dict[str, Any]) -> None:
        for holder in (document, *document["annotations"]):
            holder["labels"]["military_activities"][0]["name"] = "naval exercise"
            free = {"at": "/military_activities/0/name", "dont_care": True}
            holder["tolerances"].append(free)

    assert told(change, strict=True) == []


def test_rulings_may_say_why_annotators_differ(told: Callable[..., list[str]]) -> None:
    def change(document: dict[str, Any]) -> None:
        put("/annotations/1/labels/parties/0/kind", "other")(document)
        document["rulings"] = [{"at": "/parties/0/kind", "ruling": "A state, by rule 9."}]

    assert not [line for line in told(change, strict=True) if line.startswith("rulings")]


@pytest.mark.parametrize(
    ("place", "value"),
    [("/parties/0/name", "Norland"), ("/military_activities/0/date/edtf", "2031-05-04")],
)
def test_a_name_or_date_of_which_a_ruling_speaks_is_let_through(
    told: Callable[..., list[str]], place: str, value: str
) -> None:
    def change(document: dict[str, Any]) -> None:
        put(f"/labels{place}", value)(document)
        at = place.removesuffix("/edtf")
        document["rulings"] = [{"at": at, "ruling": "So it is, by the sentence before."}]

    assert told(change, strict=True) == told(lambda _: None, strict=True)


def test_a_date_in_a_language_that_code_does_not_read_is_the_readers(
    told: Callable[..., list[str]],
) -> None:
    change = put(f"{ACTIVITY}/date", {"text": "3 мая", "edtf": "2031-05-03"})
    assert told(change, strict=True) == told(lambda _: None, strict=True)


def test_a_name_may_stand_declined_in_a_language_that_declines(
    told: Callable[..., list[str]],
) -> None:
    text = "Президент Норланда Сергей Тулин встретил в Исфаре Германа Вельского."

    def named(name: str) -> list[str]:
        def change(document: dict[str, Any]) -> None:
            document |= {"text": text, "language": "ru", "annotations": [], "tolerances": []}
            document["sha256"] = sha256(text.encode()).hexdigest()
            evidence = {"sentence": 1, "start": 0, "end": len(text), "quote": text}
            party = {"id": "p1", "name": name, "evidence": [evidence]}
            document["labels"] = {"parties": [party]}

        return [line for line in told(change, strict=True) if "the name" in line]

    assert named("Норланд") == named("Герман Вельский") == []
    assert named("Герман Киселёв") != []
    assert named("Исландия") != []


def test_what_an_annotator_left_to_chance_stays_as_it_was_written(
    told: Callable[..., list[str]],
) -> None:
    change = put("/annotations/0/labels/parties/0/aliases", ["Norland"])
    assert not [line for line in told(change, strict=True) if "Norland" in line]


def test_an_id_that_two_items_have_is_told_where_it_stands_and_not_again_of_the_whole(
    told: Callable[..., list[str]],
) -> None:
    found = told(put("/labels/parties/1/id", "p1"))
    assert not [line for line in found if line.startswith("labels: ")]


def test_text_that_is_not_compared_needs_no_facts(told: Callable[..., list[str]]) -> None:
    found = told(put(f"{ACTIVITY}/description", "Two states exercise."), strict=True)
    assert not [line for line in found if "description" in line]


@pytest.mark.parametrize(
    ("text", "name"),
    [("海军演习周一开始。", "海军"), ("The U.S.\n\nNavy sailed on Monday.", "U.S. Navy")],
)
def test_names_are_found_in_scripts_without_blanks_and_across_lines(
    tmp_path: Path, text: str, name: str
) -> None:
    labels = {"parties": [{"id": "p1", "name": name, "evidence": [1]}]}
    bare: dict[str, Any] = {"tolerances": [], "regions": [], "annotations": []}
    path = write(tmp_path / "drill.json", draft(text=text, labels=labels, **bare))
    assert not seal(path).problems
    assert not [each for each in lint(path, strict=True).problems if "name" in each.place]


def test_all_problems_are_told_at_once(told: Callable[..., list[str]]) -> None:
    def change(document: dict[str, Any]) -> None:
        put("/notes", "x")(document)
        put("/labels/parties/0/kind", "stat")(document)
        put(f"{ACTIVITY}/evidence/0/quote", "x" * 65)(document)
        put("/tolerances/-", {"at": "/parties/9", "optional": True})(document)
        put("/annotations/1/labels/parties/1/id", "p1")(document)

    found = told(change)
    starts = ["notes", "labels/parties/0/kind", "tolerances[6]", "annotations[1].labels/parties/1"]
    assert all(any(line.startswith(start) for line in found) for start in starts)
    assert len(found) >= 5


@pytest.fixture
def drills(tmp_path: Path) -> Path:
    folder = suite(tmp_path / "drills", one=draft(), two=draft())
    assert not seal(folder).problems
    return folder


def lines(path: Path, *, strict: bool = False) -> list[str]:
    base = f"{path.parent}/"
    return [str(problem).replace(base, "") for problem in lint(path, strict=strict).problems]


def test_a_sealed_suite_is_clean(drills: Path) -> None:
    assert lines(drills) == []
    assert len(lint(drills).documents) == 2


def test_a_document_that_the_manifest_does_not_list_is_refused(drills: Path) -> None:
    (drills / "dev" / "three.json").write_bytes((drills / "dev" / "two.json").read_bytes())
    assert lines(drills) == [
        "drills/dev/three.json: is not in the manifest",
        "drills/dev/two.json: id: 'two' is that of drills/dev/three.json already",
    ]


def test_a_listed_document_without_a_file_is_refused(drills: Path) -> None:
    (drills / "dev" / "two.json").unlink()
    assert lines(drills) == [
        "drills/manifest.json: documents[1]: there is no document dev/two.json"
    ]


def test_a_document_that_was_changed_since_is_refused(drills: Path) -> None:
    document = read(drills / "dev" / "two.json")
    write(drills / "dev" / "two.json", {**document, "tags": ["new"]})
    assert lines(drills) == [
        "drills/manifest.json: documents[1].sha256: is not that of dev/two.json, which was changed",
        "drills/manifest.json: documents[1].tags: is [], and ['new'] in dev/two.json",
    ]


def test_a_document_in_the_folder_of_another_split_is_refused(drills: Path) -> None:
    (drills / "test").mkdir()
    (drills / "dev" / "two.json").rename(drills / "test" / "two.json")
    assert lines(drills) == [
        "drills/manifest.json: documents[1]: there is no document dev/two.json",
        "drills/test/two.json: split: is 'dev', and the folder is 'test'",
        "drills/test/two.json: is not in the manifest",
    ]


def test_a_manifest_that_cannot_be_read_or_is_of_another_record_is_refused(drills: Path) -> None:
    manifest = read(drills / "manifest.json")
    write(drills / "manifest.json", {**manifest, "record": "Talk"})
    assert lines(drills) == ["drills/manifest.json: record: is Talk, and not SituationSummary"]
    write(drills / "manifest.json", {**manifest, "notes": 1})
    assert lines(drills) == ["drills/manifest.json: notes: Extra inputs are not permitted"]
    (drills / "manifest.json").write_text("{", encoding="utf-8")
    assert "not readable JSON" in lines(drills)[0]


def test_a_suite_may_be_without_a_manifest_unless_rules_are_strict(drills: Path) -> None:
    (drills / "manifest.json").unlink()
    assert lines(drills) == []
    assert "drills/manifest.json: is missing" in lines(drills, strict=True)


def test_a_path_may_stand_for_a_split_a_document_or_several_suites(drills: Path) -> None:
    suite(drills.parent / "talks", one=draft())
    assert len(lint(drills / "dev").documents) == 2
    assert len(lint(drills / "dev" / "one.json").documents) == 1
    assert lines(drills / "dev" / "one.json") == []
    found = lint(drills.parent)
    assert len(found.documents) == 3
    assert {problem.file.parent.parent.name for problem in found.problems} == {"talks"}


def test_the_text_of_a_suite_lies_beside_its_document(drills: Path) -> None:
    (drills / "text.txt").write_text(TEXT, encoding="utf-8")
    document = read(drills / "dev" / "two.json")
    del document["text"]
    write(drills / "dev" / "two.json", {**document, "text_file": "../text.txt"})
    assert "drills/dev/two.json: text_file: is not beside the document" in " ".join(lines(drills))


def test_where_there_is_no_gold_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="There are no gold documents"):
        lint(tmp_path)


def test_labels_are_held_against_the_schema_that_is_named(drills: Path) -> None:
    (problem,) = lint(drills / "dev" / "one.json", Quantity).problems
    assert "another schema than Quantity" in problem.message
    assert problem.place == "labels"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 999) | st.floats(allow_nan=False) | st.text("/p1~"),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text("id"), inner, max_size=2),
    max_leaves=4,
)


@given(data=st.data())
def test_nothing_that_json_can_hold_breaks_it(
    data: st.DataObject, sealed: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = write(tmp_path_factory.getbasetemp() / "broken" / "drill.json", sealed)
    document = read(path)
    place: Any = document
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        deeper = isinstance(place[key], dict | list) and place[key]
        if not deeper or data.draw(st.booleans()):
            place[key] = data.draw(VALUES)
            break
        place = place[key]
    write(path, document)
    for problem in lint(path, strict=True).problems:
        assert problem.message
