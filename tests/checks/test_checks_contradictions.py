"""Contradictions: two items that can't both be so, and items that can't be so by themselves."""

from __future__ import annotations

from typing import Any

import pytest
from told_records import told

import summarizer
from summarizer import Article
from summarizer.checks.contradictions import CONTRADICTIONS

ARTICLE = Article.from_text(
    "Kestria bombed Halm on Monday. Kestria did not bomb Halm on Monday. "
    "Ruiz and Lang met on Friday. The meeting of Ruiz and Lang was cancelled."
)
DONE = {
    "name": "Bombing of Halm",
    "type": "air_strike",
    "realis": "occurred",
    "actors": ["Kestria"],
    "date": {"text": "Monday"},
    "location": {"text": "Halm"},
    "evidence": [1],
}
NOT_DONE = {**DONE, "realis": "did_not_occur", "evidence": [2]}
HELD = {"participants": ["Ruiz", "Lang"], "status": "held", "evidence": [3, 4]}
CANCELLED = {**HELD, "status": "cancelled"}


def found(section: str, *items: dict[str, Any]) -> list[str | None]:
    record = told(ARTICLE, **{section: items})
    return [issue.path for issue in summarizer.audit(record, ARTICLE, checks=[CONTRADICTIONS])]


@pytest.mark.parametrize(
    ("section", "one", "other", "field"),
    [
        ("military_activities", DONE, NOT_DONE, "realis"),
        ("military_activities", {**DONE, "realis": "ongoing"}, NOT_DONE, "realis"),
        ("military_activities", {**DONE, "location": None}, NOT_DONE, "realis"),
        ("diplomatic_meetings", HELD, CANCELLED, "status"),
        ("diplomatic_meetings", HELD, {**CANCELLED, "status": "refused"}, "status"),
    ],
)
def test_what_took_place_and_did_not_is_told_in_either_order(
    section: str, one: dict[str, Any], other: dict[str, Any], field: str
) -> None:
    assert found(section, one, other) == [f"/{section}/1/{field}"]
    assert found(section, other, one) == [f"/{section}/0/{field}"]


@pytest.mark.parametrize(
    ("section", "one", "change"),
    [
        ("military_activities", NOT_DONE, {"realis": "planned"}),
        ("military_activities", NOT_DONE, {"realis": "threatened"}),
        ("military_activities", NOT_DONE, {"realis": "occurred", "date": {"text": "Sunday"}}),
        ("military_activities", NOT_DONE, {"realis": "occurred", "date": None}),
        ("military_activities", NOT_DONE, {"realis": "occurred", "location": {"text": "Sorn"}}),
        ("military_activities", NOT_DONE, {"realis": "occurred", "actors": ["Norland"]}),
        ("military_activities", NOT_DONE, {"realis": "occurred", "actors": []}),
        ("military_activities", NOT_DONE, {"realis": "occurred", "type": "bombing"}),
        ("military_activities", NOT_DONE, {"realis": "occurred", "name": "Raid on a bridge"}),
        ("diplomatic_meetings", CANCELLED, {"status": "planned"}),
        ("diplomatic_meetings", CANCELLED, {"status": "held", "evidence": [3], "format": "visit"}),
        ("diplomatic_meetings", CANCELLED, {"status": "held", "participants": ["Ruiz", "Horn"]}),
        ("diplomatic_meetings", CANCELLED, {"status": "held", "date": {"text": "Friday"}}),
    ],
)
def test_two_events_do_not_contradict_each_other(
    section: str, one: dict[str, Any], change: dict[str, Any]
) -> None:
    told_apart = {"format": "bilateral"} if section == "diplomatic_meetings" else {}
    assert found(section, {**one, **told_apart}, {**one, **told_apart, **change}) == []


def test_nobody_attacks_himself() -> None:
    item = {**DONE, "targets": ["Norland", "Kestria"]}
    assert found("military_activities", item) == ["/military_activities/0/targets/1"]


def test_both_sides_of_a_clash_may_be_its_targets() -> None:
    item = {**DONE, "type": "ground_clash", "actors": ["Kestria", "Norland"]}
    assert found("military_activities", {**item, "targets": ["Norland"]}) == []
