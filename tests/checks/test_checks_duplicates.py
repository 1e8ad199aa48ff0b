"""Duplicates: the same item twice in a section, under other words."""

from __future__ import annotations

from typing import Any

import pytest
from told_records import told

import summarizer
from summarizer import Article
from summarizer.checks.duplicates import DUPLICATES

ARTICLE = Article.from_text(
    "Kestria bombed a depot in Halm on Monday. Its jets hit the depot twice. "
    "Ruiz and Lang met in Tarn on Friday. Analysts fear that the truce will not last."
)
RAID = {
    "name": "Bombing of a depot in Halm",
    "type": "air_strike",
    "realis": "occurred",
    "actors": ["Kestria"],
    "location": {"text": "Halm"},
    "evidence": [1, 2],
}
TALKS = {
    "participants": ["Ruiz", "Lang"],
    "format": "bilateral",
    "status": "held",
    "date": {"text": "Friday"},
    "evidence": [3],
}
FEAR = {
    "assessor": "analysts",
    "type": "forecast",
    "proposition": "The truce will not last.",
    "evidence": [4],
}

SAME: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("military_activities", RAID, {"name": "Depot bombed at Halm", "evidence": [2]}),
    ("military_activities", RAID, {"name": "Halm depot bombing", "location": None}),
    ("military_activities", RAID, {"name": "Bombing of the depot", "date": {"text": "Monday"}}),
    ("military_activities", RAID, {"realis": None, "evidence": [1]}),
    ("diplomatic_meetings", TALKS, {"format": None}),
    ("diplomatic_meetings", TALKS, {"participants": ["Lang", "Ruiz"]}),
    ("diplomatic_meetings", TALKS, {"date": None, "location": {"text": "Tarn"}}),
    ("expert_assessments", FEAR, {"proposition": "Analysts fear that the truce will not last."}),
]
OTHER: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("military_activities", RAID, {"location": {"text": "Sorn"}}),
    ("military_activities", RAID, {"actors": ["Norland"]}),
    ("military_activities", RAID, {"type": "drone_strike"}),
    ("military_activities", RAID, {"realis": "planned"}),
    ("military_activities", RAID, {"targets": ["Norland"]}),
    ("military_activities", RAID, {"name": "Strike on a bridge"}),
    ("military_activities", {**RAID, "evidence": [1]}, {"evidence": [2]}),
    ("military_activities", {**RAID, "date": {"text": "Monday"}}, {"date": {"text": "Sunday"}}),
    (
        "military_activities",
        {**RAID, "quantities": [{"measure": "killed", "min": 4, "max": 4}]},
        {"quantities": [{"measure": "killed", "min": 9, "max": 9}]},
    ),
    ("diplomatic_meetings", TALKS, {"participants": ["Ruiz", "Horn"]}),
    ("diplomatic_meetings", TALKS, {"date": {"text": "Monday"}}),
    ("diplomatic_meetings", TALKS, {"status": "planned"}),
    ("expert_assessments", FEAR, {"proposition": "Kestria wants another round of talks."}),
    ("expert_assessments", FEAR, {"type": "concern"}),
    ("expert_assessments", FEAR, {"assessor": "Ruiz"}),
]


def found(section: str, *items: dict[str, Any]) -> list[str | None]:
    record = told(ARTICLE, **{section: items})
    return [issue.path for issue in summarizer.audit(record, ARTICLE, checks=[DUPLICATES])]


@pytest.mark.parametrize(("section", "item", "change"), SAME)
def test_the_same_under_other_words_is_told_of_the_later_one(
    section: str, item: dict[str, Any], change: dict[str, Any]
) -> None:
    assert found(section, item, {**item, **change}) == [f"/{section}/1"]


@pytest.mark.parametrize(("section", "item", "change"), OTHER)
def test_what_differs_in_anything_that_tells_it_apart_is_another(
    section: str, item: dict[str, Any], change: dict[str, Any]
) -> None:
    assert found(section, item, {**item, **change}) == []


def test_each_repetition_is_told_once() -> None:
    assert found("diplomatic_meetings", TALKS, TALKS, TALKS) == [
        "/diplomatic_meetings/1",
        "/diplomatic_meetings/2",
    ]


def test_it_is_a_doubt_and_not_a_failure() -> None:
    record = told(ARTICLE, diplomatic_meetings=[TALKS, TALKS])
    (issue,) = summarizer.audit(record, ARTICLE, checks=[DUPLICATES])
    assert issue.severity is summarizer.Severity.WARNING
    assert "/diplomatic_meetings/0" in issue.message
