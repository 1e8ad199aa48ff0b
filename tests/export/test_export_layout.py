"""From a schema to tables: ours, and users' own."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field

from summarizer import DatePhrase, Evidence, Grounded, Key, Quantity, Ref, SchemaError, Verbatim
from summarizer.export.layout import layout
from summarizer.export.tables import Table
from summarizer.schemas import SituationSummary


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Level(Enum):
    LOW = 1
    HIGH = 2


class Place(BaseModel):
    town: str
    when: DatePhrase | None = None
    evidence: list[Evidence] = []


class Note(BaseModel):
    text: str
    evidence: list[Evidence] = []


class Remark(BaseModel):
    words: str


class Vessel(Grounded):
    name: Annotated[str, Verbatim(), Key()]
    sister: Annotated[str | None, Ref("vessels")] = None
    consorts: list[Annotated[str, Ref("vessels")]] = Field(default_factory=list)
    position: int | None = None
    notes: list[Note] = Field(default_factory=list)


class Incident(Grounded):
    id: str | None = None
    document_id: str | None = None
    by: Annotated[str | None, Ref("vessels")] = None
    seen_by: list[Annotated[str, Ref("vessels", or_text=True)]] = Field(default_factory=list)
    reporter: Annotated[str | None, Ref("agencies", or_text=True)] = None
    colour: Colour | None = None
    level: Level | None = None
    mood: Literal["calm", "rough"] | None = None
    day: date | None = None
    sunk: bool | None = None
    crew: int | float | None = None
    place: Place | None = None
    notes: list[Remark] = Field(default_factory=list)
    counts: list[Quantity] = Field(default_factory=list)
    grid: list[list[int]] = Field(default_factory=list)


class Log(BaseModel):
    title: str | None = None
    issues: list[Note] = []
    words: list[str] = []
    pages: list[int] = []
    vessels: list[Vessel] = []
    incidents: list[Incident] = []
    watch: list[Annotated[str, Ref("vessels")]] = []


def tables(schema: type[BaseModel]) -> dict[str, Table]:
    return {table.name: table for table in layout(schema).tables}


def types(table: Table) -> dict[str, str]:
    return {column.name: column.type.value for column in table.columns}


def references(table: Table) -> dict[str, str]:
    return {column.name: column.refers for column in table.columns if column.refers}


def test_our_own_schema_has_these_tables() -> None:
    assert [*tables(SituationSummary)] == [
        "documents", "synopsis", "parties", "party_party", "party_aliases", "activities",
        "activity_party", "quantities", "claims", "attributions", "meetings", "meeting_party",
        "meeting_topics", "assessments", "motives", "motive_party", "evidence", "issues",
    ]  # fmt: skip


@pytest.mark.parametrize("schema", [SituationSummary, Log])
def test_names_are_unique_and_references_lead_somewhere(schema: type[BaseModel]) -> None:
    laid_out = layout(schema).tables
    found = tables(schema)
    assert len(found) == len(laid_out)
    for table in laid_out:
        names = [column.name for column in table.columns]
        assert len(names) == len(set(names)), table.name
        assert {*table.key} <= {*names}
        assert {*references(table).values()} <= {*found}


def test_every_list_of_models_is_a_table_whatever_the_schema() -> None:
    assert [*tables(Log)] == [
        "documents", "document_vessel", "document_words", "document_pages", "record_issues",
        "vessels", "vessel_vessel", "notes", "incidents", "incident_vessel", "incident_seen_by",
        "incident_notes", "counts", "evidence", "issues",
    ]  # fmt: skip


def test_plain_values_have_columns_of_their_type() -> None:
    found = types(tables(Log)["incidents"])
    wanted = {
        "colour": "string",
        "level": "integer",
        "mood": "string",
        "day": "date",
        "sunk": "boolean",
        "crew": "number",
        "grid": "string",
    }
    assert wanted.items() <= found.items()
    assert types(tables(Log)["document_pages"])["value"] == "integer"


def test_what_stands_in_a_model_inside_an_item_is_in_the_items_row() -> None:
    found = types(tables(Log)["incidents"])
    assert found["place_town"] == "string"
    assert found["place_when_edtf"] == "string"
    assert (found["place_when_start"], found["place_when_end"]) == ("date", "date")


def test_a_name_that_is_taken_gets_another_word_in_front() -> None:
    found = tables(Log)
    assert {"title", "record_title"} <= {*types(found["documents"])}
    assert {"document_id", "record_document_id"} <= {*types(found["incidents"])}
    assert {"position", "record_position"} <= {*types(found["vessels"])}
    assert [*types(found["record_issues"])][-1] == "text"
    assert [*types(found["incident_notes"])][-1] == "words"


def test_two_lists_of_one_class_are_two_tables_with_keys_of_their_own() -> None:
    class Battle(BaseModel):
        attackers: list[Remark] = []
        victims: list[Remark] = []

    found = tables(Battle)
    assert found["attackers"].key == ("remark_id",)
    assert found["victims"].key == ("victims_remark_id",)


def test_references_are_foreign_keys_and_text_stays_beside_them() -> None:
    found = tables(Log)
    assert references(found["incidents"]) == {"document_id": "documents", "by_id": "vessels"}
    assert types(found["incidents"])["reporter"] == "string"
    assert references(found["vessel_vessel"]) == {
        "vessel_id": "vessels", "other_vessel_id": "vessels", "document_id": "documents",
    }  # fmt: skip
    assert references(found["document_vessel"]) == {
        "document_id": "documents", "vessel_id": "vessels",
    }  # fmt: skip


def test_a_schema_that_no_model_could_be_asked_for_is_refused() -> None:
    class Lone(BaseModel):
        evidence: Evidence

    with pytest.raises(SchemaError, match="Declare it as list"):
        layout(Lone)
