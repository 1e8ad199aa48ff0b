"""The record: what it refuses, in which order a model writes it, and how its ids hold together."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

import summarizer.schemas
from summarizer.schemas import (
    ClaimedMotive,
    DiplomaticMeeting,
    ExpertAssessment,
    MilitaryActivity,
    Party,
    SituationSummary,
    SynopsisSentence,
)
from summarizer.schemas.markers import FirstMentions, FromEvidence, FullOnly
from summarizer.schemas.references import references
from summarizer.schemas.situation import Item
from summarizer.schemas.vocabularies import PartyKind

SENTENCE = "Norland and Ostland began exercise Amber Tide on Tuesday."
RECEIPT = {"sentence": 1, "start": 0, "end": len(SENTENCE), "quote": SENTENCE}
ITEMS = (Party, MilitaryActivity, DiplomaticMeeting, ExpertAssessment, ClaimedMotive)

RECORD: dict[str, Any] = {
    "headline": "Norland and Ostland exercise together",
    "synopsis": [{"evidence": [RECEIPT], "text": "Two states hold a naval exercise."}],
    "parties": [
        {"id": "p1", "evidence": [RECEIPT], "name": "Norland", "kind": "state"},
        {"id": "p2", "evidence": [RECEIPT], "name": "Ostland", "member_of": ["p1"]},
    ],
    "military_activities": [
        {
            "id": "a1",
            "evidence": [RECEIPT],
            "name": "Amber Tide",
            "type": "joint_exercise",
            "realis": "ongoing",
            "actors": ["p1", "p2"],
            "date": {"text": "on Tuesday", "edtf": "2025-07-22", "precision": "day"},
            "location": {"text": "the Amber Sea", "kind": "sea_or_strait"},
            "quantities": [{"measure": "vessels", "min": 4, "counted_by": "the harbour master"}],
            "claims": [
                {"status": "denied", "attribution": [{"source": "p2"}], "evidence": [RECEIPT]}
            ],
        }
    ],
    "diplomatic_meetings": [
        {"id": "m1", "evidence": [RECEIPT], "participants": ["p1", "p2"], "status": "held"}
    ],
    "expert_assessments": [
        {
            "id": "x1",
            "evidence": [RECEIPT],
            "assessor": "p1",
            "type": "forecast",
            "proposition": "It will be repeated.",
        }
    ],
    "claimed_motives": [
        {
            "id": "c1",
            "evidence": [RECEIPT],
            "motive_of": ["p1"],
            "motive": "to deter",
            "category": "deterrence",
            "activity": "a1",
        }
    ],
}


def changed(path: str, value: object) -> dict[str, Any]:
    record = copy.deepcopy(RECORD)
    *parents, last = path.split("/")
    place: Any = record
    for step in parents:
        place = place[int(step) if step.isdigit() else step]
    place[last] = value
    return record


def test_a_stored_record_validates_and_round_trips_through_json() -> None:
    summary = SituationSummary.model_validate(RECORD)
    assert SituationSummary.model_validate_json(summary.model_dump_json()) == summary
    assert summary.military_activities[0].evidence[0].quote == SENTENCE


def test_nothing_at_all_is_a_record() -> None:
    assert SituationSummary().model_dump(exclude_defaults=True) == {}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("military_activities/0/type", "war_game"),
        ("military_activities/0/evidence", []),
        ("military_activities/0/colour", "red"),
        ("parties/0/country", "Atlantis"),
        ("parties/0/name", ""),
        ("military_activities/0/date/edtf", "Tuesday"),
        ("verdict", "guilty"),
    ],
)
def test_unknown_values_and_fields_are_refused(path: str, value: object) -> None:
    with pytest.raises(ValidationError):
        SituationSummary.model_validate(changed(path, value))


@pytest.mark.parametrize(
    "path",
    [
        "parties/1/member_of",
        "military_activities/0/actors",
        "military_activities/0/targets",
        "diplomatic_meetings/0/participants",
        "claimed_motives/0/motive_of",
    ],
)
def test_a_reference_to_no_item_is_refused(path: str) -> None:
    with pytest.raises(ValidationError, match="'p9' is the id of no item in parties"):
        SituationSummary.model_validate(changed(path, ["p9"]))


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("expert_assessments/0/assessor", "Norland"),
        ("diplomatic_meetings/0/host", "m1"),
        ("claimed_motives/0/activity", "p1"),
    ],
)
def test_a_reference_is_an_id_of_its_own_section(path: str, wrong: str) -> None:
    with pytest.raises(ValidationError, match="is the id of no item"):
        SituationSummary.model_validate(changed(path, wrong))


def test_two_items_with_one_id_are_refused() -> None:
    with pytest.raises(ValidationError, match="same id"):
        SituationSummary.model_validate(changed("diplomatic_meetings/0/id", "a1"))


def test_before_ids_are_given_references_may_be_names() -> None:
    record = copy.deepcopy(RECORD)
    for section in ("parties", "military_activities", "diplomatic_meetings"):
        for item in record[section]:
            del item["id"]
    del record["expert_assessments"], record["claimed_motives"]
    record["parties"][1]["member_of"] = ["Norland"]
    record["military_activities"][0]["actors"] = ["Norland"]
    assert SituationSummary.model_validate(record).military_activities[0].actors == ["Norland"]


def test_references_are_found_at_any_depth_with_their_section() -> None:
    summary = SituationSummary.model_validate(RECORD)
    found = [(ref.section, ref.or_text, value) for ref, value in references(summary)]
    assert found == [
        ("parties", False, "p1"),
        ("parties", False, "p1"),
        ("parties", False, "p2"),
        ("parties", True, "the harbour master"),
        ("parties", True, "p2"),
        ("parties", False, "p1"),
        ("parties", False, "p2"),
        ("parties", False, "p1"),
        ("parties", False, "p1"),
        ("military_activities", False, "a1"),
    ]


@pytest.mark.parametrize("item", [*ITEMS, SynopsisSentence], ids=lambda cls: cls.__name__)
def test_evidence_is_written_first(item: type[BaseModel]) -> None:
    assert next(iter(item.model_fields)) == "evidence"


@pytest.mark.parametrize("item", ITEMS, ids=lambda cls: cls.__name__)
def test_what_core_leaves_out_can_be_missing(item: type[Item]) -> None:
    for name, field in item.model_fields.items():
        if any(isinstance(mark, FullOnly) for mark in field.metadata):
            assert field.get_default(call_default_factory=True) in (None, []), name


def test_prefixes_of_ids_are_the_public_ones() -> None:
    assert "".join(item.id_prefix for item in ITEMS) == "pamxc"


def test_only_parties_take_their_first_mentions_as_evidence() -> None:
    def found_by_code(item: type[Item]) -> bool:
        return any(
            isinstance(mark, FirstMentions) for mark in item.model_fields["evidence"].metadata
        )

    assert [item for item in ITEMS if found_by_code(item)] == [Party]


def test_prose_of_the_evidence_is_marked() -> None:
    marked = {
        f"{item.__name__}.{name}"
        for item in (*ITEMS, SynopsisSentence)
        for name, field in item.model_fields.items()
        if any(isinstance(mark, FromEvidence) for mark in field.metadata)
    }
    assert marked == {
        "ClaimedMotive.motive",
        "ExpertAssessment.proposition",
        "MilitaryActivity.description",
        "SynopsisSentence.text",
    }


def _models(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema()
    return {model.__name__: schema, **schema.get("$defs", {})}


def test_every_field_tells_a_model_what_to_write_in_fifteen_words() -> None:
    for name, schema in _models(SituationSummary).items():
        for field, told in schema.get("properties", {}).items():
            assert 1 <= len(told.get("description", "").split()) <= 15, f"{name}.{field}"


def test_the_json_schema_names_every_section_and_allows_nothing_else() -> None:
    schemas = _models(SituationSummary)
    assert list(schemas["SituationSummary"]["properties"]) == list(SituationSummary.model_fields)
    objects = [schema for schema in schemas.values() if schema.get("type") == "object"]
    assert all(schema["additionalProperties"] is False for schema in objects)
    json.dumps(schemas)


def test_a_party_named_like_a_country_is_that_state() -> None:
    assert Party.from_name("Iran") == {"name": "Iran", "kind": PartyKind.STATE, "country": "IRN"}
    assert Party.from_name("Norland") == {"name": "Norland", "kind": None, "country": None}


@pytest.mark.parametrize(
    ("words", "expected"), [("very likely", "very_likely"), ("could", None), (None, None)]
)
def test_the_band_of_an_assessment_follows_from_its_words(
    words: str | None, expected: str | None
) -> None:
    record = changed("expert_assessments/0/likelihood_text", words)
    assert SituationSummary.model_validate(record).expert_assessments[0].likelihood == expected


def test_the_public_names_are_sorted_and_all_there() -> None:
    names = summarizer.schemas.__all__
    assert names == sorted(names)
    assert all(hasattr(summarizer.schemas, name) for name in names)


def test_importing_the_schemas_builds_no_validator_and_loads_no_country() -> None:
    code = (
        "import sys, summarizer.schemas as s;"
        "late = {'pycountry', 'summarizer.schemas.dating.reader'} & sys.modules.keys();"
        "built = s.SituationSummary.__pydantic_complete__;"
        "sys.exit(f'{late} {built}' if late or built else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
