"""From a document to its rows: what stands where, and under which keys."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from enum import Enum
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field
from sample_record import ISSUES, article_of, cite, result_of, summary_of

from summarizer import Evidence, Grounded, Key, Ref, Verbatim
from summarizer.export.documents import Document
from summarizer.export.layout import layout
from summarizer.export.rows import rows
from summarizer.export.tables import Row
from summarizer.results import Issue, IssueKind, Reason, Result, Severity, Usage
from summarizer.schemas import SituationSummary


class Level(Enum):
    LOW = 1
    HIGH = 2


class Town(BaseModel):
    name: str
    evidence: list[Evidence] = []


class Vessel(Grounded):
    name: Annotated[str, Verbatim(), Key()]
    port: Town | None = None


class Sighting(Grounded):
    vessel: Annotated[str, Ref("vessels")]
    others: list[Annotated[str, Ref("vessels", or_text=True)]] = Field(default_factory=list)
    depths: list[float] = Field(default_factory=list)
    crew: int | float | None = None
    level: Level | None = None
    day: date | None = None
    grid: list[list[int]] = Field(default_factory=list)


class Log(BaseModel):
    vessels: list[Vessel] = []
    sightings: list[Sighting] = []


def told(result: Result[Any], name: str = "doc") -> dict[str, list[Row]]:
    """The rows of a result, by table."""
    found: dict[str, list[Row]] = defaultdict(list)
    schema: type[BaseModel] = type(result.summary)
    laid_out = layout(schema)
    document = Document(name, result.usage, result.settings_hash, "0" * 64, result)
    columns = {table.name: {column.name for column in table.columns} for table in laid_out.tables}
    for table, row in rows(laid_out, document):
        assert {*row} <= columns[table], table
        found[table].append(row)
    return found


@pytest.fixture(scope="module")
def sample() -> dict[str, list[Row]]:
    """The rows of the hand-written record, which has every kind of item but motives."""
    article = article_of(published="2031-03-04", title="A title", language="en")
    return told(result_of(article, summary_of(article), issues=ISSUES), "wire/9.txt")


def by(rows: list[Row], **wanted: object) -> list[Row]:
    return [row for row in rows if wanted.items() <= row.items()]


def test_a_document_has_its_article_its_cost_and_the_records_own_fields(
    sample: dict[str, list[Row]],
) -> None:
    (row,) = sample["documents"]
    article = article_of(published="2031-03-04", title="A title", language="en")
    assert (row["document_id"], row["status"]) == ("wire/9.txt", "ok")
    assert (row["text"], row["text_sha256"]) == (article.text, article.sha256)
    assert (row["characters"], row["sentences"]) == (len(article.text), article.sentence_count)
    assert (row["title"], row["published"]) == ("A title", date(2031, 3, 4))
    assert (row["calls"], row["seconds"]) == (2, 38.27)
    assert (row["model"], row["strategy"]) == ("invented-7b", "whole")
    assert str(row["headline"]).startswith("Varland and Tessin exercise")


def test_keys_are_the_documents_id_and_the_items(sample: dict[str, list[Row]]) -> None:
    assert sample["parties"][0]["party_id"] == "wire/9.txt:p1"
    assert sample["activities"][1]["activity_id"] == "wire/9.txt:a2"
    assert sample["claims"][0]["claim_id"] == "wire/9.txt:a1/claims/1"
    assert sample["synopsis"][1]["synopsis_sentence_id"] == "wire/9.txt:synopsis/2"
    assert sample["evidence"][0]["evidence_id"] == "wire/9.txt:synopsis/1/evidence/1"
    assert sample["issues"][0]["issue_id"] == "wire/9.txt:issues/1"


def test_a_party_is_linked_in_each_of_its_parts(sample: dict[str, list[Row]]) -> None:
    parts = by(sample["meeting_party"], meeting_id="wire/9.txt:m3")
    assert [(row["party_id"], row["role"], row["position"]) for row in parts] == [
        ("wire/9.txt:p4", "participants", 1),
        ("wire/9.txt:p9", "participants", 2),
    ]


def test_a_host_is_both_in_the_meetings_row_and_among_its_parties() -> None:
    article = article_of()
    summary = summary_of(article)
    summary.diplomatic_meetings[0].host = "p3"
    found = told(result_of(article, summary))
    assert found["meetings"][0]["host_id"] == "doc:p3"
    assert by(found["meeting_party"], role="host") == [
        {
            "meeting_id": "doc:m1",
            "party_id": "doc:p3",
            "document_id": "doc",
            "role": "host",
            "position": 1,
        }
    ]


def test_a_date_has_the_days_that_it_covers(sample: dict[str, list[Row]]) -> None:
    meeting = sample["meetings"][0]
    assert (meeting["date_text"], meeting["date_edtf"]) == ("20 March", "2031-03-20")
    assert (meeting["date_start"], meeting["date_end"]) == (date(2031, 3, 20),) * 2
    assert meeting["date_precision"] == "day"
    unsettled = sample["meetings"][2]
    assert (unsettled["date_text"], unsettled["date_start"]) == ("2 March", None)


@pytest.mark.parametrize(
    ("edtf", "start", "end"),
    [
        ("2031-02", date(2031, 2, 1), date(2031, 2, 28)),
        ("2031~", date(2031, 1, 1), date(2031, 12, 31)),
        ("2031-03-01/..", date(2031, 3, 1), None),
        ("../2031-03", None, date(2031, 3, 31)),
    ],
)
def test_a_date_that_is_no_day_covers_several(
    edtf: str, start: date | None, end: date | None
) -> None:
    article = article_of()
    summary = summary_of(article)
    phrase = summary.diplomatic_meetings[0].date
    assert phrase is not None
    summary.diplomatic_meetings[0].date = phrase.model_copy(update={"edtf": edtf})
    meeting = told(result_of(article, summary))["meetings"][0]
    assert (meeting["date_start"], meeting["date_end"]) == (start, end)


def test_a_chain_of_sources_has_a_row_for_each_link(sample: dict[str, list[Row]]) -> None:
    claim = by(sample["claims"], item_id="wire/9.txt:a2", status="accused")[0]
    chain = by(sample["attributions"], item_table="claims", item_id=claim["claim_id"])
    assert [(link["position"], link["source"], link["source_id"]) for link in chain] == [
        (1, "Orvian state television", None),
        (2, "an unnamed officer", None),
    ]
    denied = by(sample["claims"], item_id="wire/9.txt:a2", status="denied")[0]
    (link,) = by(sample["attributions"], item_id=denied["claim_id"])
    party = by(sample["parties"], party_id="wire/9.txt:p5")[0]
    assert (link["source"], link["source_id"]) == (party["name"], "wire/9.txt:p5")


def test_receipts_are_numbered_in_the_order_of_the_record(sample: dict[str, list[Row]]) -> None:
    receipts = by(sample["evidence"], item_id="wire/9.txt:a1")
    assert [(row["position"], row["sentence"]) for row in receipts] == [(1, 1), (2, 2), (3, 3)]
    assert {row["item_table"] for row in receipts} == {"activities"}


def test_numbers_are_numbers(sample: dict[str, list[Row]]) -> None:
    (row,) = by(sample["quantities"], item_id="wire/9.txt:a2")
    assert (row["min"], type(row["min"])) == (12.0, float)
    assert (row["max"], row["qualifier"]) == (None, "At least")


def test_values_of_a_vocabulary_are_plain_text(sample: dict[str, list[Row]]) -> None:
    for table in sample.values():
        for row in table:
            assert {type(v) for v in row.values()} <= {str, int, float, bool, date, type(None)}


def test_an_issue_leads_to_the_row_that_it_is_about(sample: dict[str, list[Row]]) -> None:
    about = [(row["kind"], row["item_table"], row["item_id"]) for row in sample["issues"]]
    assert about == [
        ("evidence_moved", "activities", "wire/9.txt:a2"),
        ("value_dropped", "parties", "wire/9.txt:p8"),
        # What was set aside has no row any more.
        ("evidence_missing", None, None),
        ("answer_truncated", None, None),
    ]
    assert [row["original"] for row in sample["issues"]][:2] == ["[7]", '"Norge"']


def test_an_issue_about_a_claim_leads_to_the_claim() -> None:
    article = article_of()
    path = "/military_activities/0/claims/0/attribution/0/cue"
    said = Issue(path=path, kind=IssueKind.SOURCE_UNSUPPORTED, severity=Severity.INFO, message="?")
    (row,) = told(result_of(article, summary_of(article), issues=[said]))["issues"]
    assert (row["item_table"], row["item_id"]) == (
        "attributions",
        "doc:a1/claims/1/attribution/1",
    )


def test_ones_own_schema_without_ids_is_joined_by_places() -> None:
    article = article_of()
    seen = cite(article, 1)
    log = Log.model_validate(
        {
            "vessels": [
                {"name": "Halvard", "evidence": seen, "port": {"name": "Norvik", "evidence": seen}},
                {"name": "Brek", "evidence": seen},
            ],
            "sightings": [
                {
                    "vessel": "Brek",
                    "others": ["Halvard", "a trawler"],
                    "depths": [3, 4.5],
                    "crew": 12,
                    "level": 2,
                    "day": "2031-03-04",
                    "grid": [[1, 2], []],
                    "evidence": seen,
                }
            ],
        }
    )
    found = told(result_of(article, log))
    assert [row["vessel_id"] for row in found["vessels"]] == ["doc:vessels/1", "doc:vessels/2"]
    assert found["vessels"][0]["port_name"] == "Norvik"
    assert found["sightings"][0]["vessel_id"] == "doc:vessels/2"
    plain = [found["sightings"][0][name] for name in ("crew", "level", "day", "grid")]
    assert plain == [12.0, 2, date(2031, 3, 4), "[[1, 2], []]"]
    assert [type(value) for value in plain] == [float, int, date, str]
    links = [(row["vessel_id"], row["role"]) for row in found["sighting_vessel"]]
    assert links == [("doc:vessels/2", "vessel"), ("doc:vessels/1", "others")]
    assert [row["value"] for row in found["sighting_others"]] == ["Halvard", "a trawler"]
    assert [row["value"] for row in found["sighting_depths"]] == [3.0, 4.5]
    receipts = [row["evidence_id"] for row in by(found["evidence"], item_id="doc:vessels/1")]
    assert receipts == ["doc:vessels/1/evidence/1", "doc:vessels/1/port/evidence/1"]


def test_a_document_that_failed_has_one_row() -> None:
    reason = Reason(type="RateLimited", message="429, again and again", retryable=True)
    failed = Document("x", Usage(calls=4), "hash", "0" * 64, error=reason)
    ((table, row),) = rows(layout(SituationSummary), failed)
    assert (table, row["status"], row["calls"]) == ("documents", "failed", 4)
    assert (row["error_type"], row["error_retryable"]) == ("RateLimited", True)
    assert "text" not in row
