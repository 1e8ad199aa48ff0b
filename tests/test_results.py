"""A result reads well, and survives being stored: as JSON, by pickle, in either type."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from summarizer import (
    Article,
    Evidence,
    Grounded,
    Issue,
    IssueKind,
    Result,
    Severity,
    SituationSummary,
    Usage,
)
from summarizer.schemas import MilitaryActivity, Party

TEXT = "Norland and Sarvia held the drill Clear Water. <script>alert(1)</script> was not in it."


class Finding(Grounded):
    what: str


class Report(BaseModel):
    findings: list[Finding]


def receipt(article: Article, number: int) -> Evidence:
    start, end = article.span(number)
    return Evidence(sentence=number, start=start, end=end, quote=article.quote(number))


ARTICLE = Article.from_text(TEXT, published="2025-03-01", title="A drill")
RECEIPT = receipt(ARTICLE, 1)
SITUATION = SituationSummary(
    headline="A drill in the north",
    parties=[Party(id="p1", name="Norland", evidence=[RECEIPT])],
    military_activities=[
        MilitaryActivity.model_validate(
            {
                "id": "a1",
                "name": "Clear Water",
                "type": "joint_exercise",
                "actors": ["p1"],
                "evidence": [RECEIPT],
            }
        )
    ],
)
REPORT = Report(findings=[Finding(what="a drill", evidence=[RECEIPT])])


def result_of(summary: BaseModel) -> Result[Any]:
    """As the pipeline makes them: without a parameter."""
    return Result(
        summary=summary,
        issues=[
            Issue(
                path="/findings/0",
                kind=IssueKind.VALUE_DROPPED,
                severity=Severity.WARNING,
                message="It did not fit.",
                original={"n": [1, None]},
            )
        ],
        usage=Usage(calls=2, prompt_tokens=900, completion_tokens=80, seconds=1.5),
        settings_hash="0123456789abcdef",
        signature={"model": "m", "mode": "json_schema"},
        article=ARTICLE,
    )


def test_the_json_has_the_keys_that_the_design_promises_in_their_order() -> None:
    data = json.loads(result_of(SITUATION).model_dump_json())
    assert list(data) == [
        "schema_version",
        "summary",
        "issues",
        "usage",
        "settings_hash",
        "signature",
        "article",
    ]
    assert list(data["usage"]) == [
        "calls",
        "prompt_tokens",
        "cached_tokens",
        "completion_tokens",
        "seconds",
        "reasks",
        "saved_calls",
        "saved_prompt_tokens",
        "saved_completion_tokens",
    ]
    assert list(data["issues"][0]) == ["path", "kind", "severity", "message", "original"]
    wanted = {"id", "text", "sha256", "source_sha256", "sentences", "language"}
    assert wanted | {"published", "title"} <= set(data["article"])
    assert data["summary"]["military_activities"][0]["evidence"] == [
        {"sentence": 1, "start": 0, "end": 46, "quote": TEXT[:46]}
    ]


@pytest.mark.parametrize(("schema", "summary"), [(SituationSummary, SITUATION), (Report, REPORT)])
def test_json_brings_back_the_same_result_with_its_own_types(
    schema: type[BaseModel], summary: BaseModel
) -> None:
    result = result_of(summary)
    assert type(result.summary) is schema
    again = Result[schema].model_validate_json(result.model_dump_json())  # type: ignore[valid-type]  # a type from a parameter
    assert again == result
    assert type(again.summary) is schema
    assert again.model_dump_json() == result.model_dump_json()


@pytest.mark.parametrize("kind", [Result, Result[Any], Result[Report], Result[BaseModel]])
def test_the_whole_record_is_written_however_the_result_is_parametrised(
    kind: type[Result[Any]],
) -> None:
    result = kind(summary=REPORT, settings_hash="0", article=ARTICLE)
    assert json.loads(result.model_dump_json())["summary"] == REPORT.model_dump(mode="json")


def test_a_result_of_any_type_is_pickled_and_copied() -> None:
    plain = result_of(REPORT)
    typed = Result[Report].model_validate_json(plain.model_dump_json())
    for result in (plain, typed):
        again = pickle.loads(pickle.dumps(result))
        assert again == result
        assert type(again.summary) is Report
        assert copy.deepcopy(result) == result


def test_a_stored_result_of_version_1_is_read() -> None:
    """The text of this test stays as it is, whatever becomes of the classes."""
    stored = """{"schema_version": "1",
      "summary": {"headline": "A drill", "synopsis": [], "parties": [
        {"evidence": [{"sentence": 1, "start": 0, "end": 17, "quote": "Norland is ready."}],
         "id": "p1", "name": "Norland", "kind": "state"}],
        "military_activities": [
        {"evidence": [{"sentence": 1, "start": 0, "end": 17, "quote": "Norland is ready."}],
         "id": "a1", "name": "alert", "type": "alert", "actors": ["p1"]}],
        "diplomatic_meetings": [], "expert_assessments": [], "claimed_motives": []},
      "issues": [{"path": "/parties/0", "kind": "party_added", "severity": "info",
        "message": "m", "original": "Norland"}],
      "usage": {"calls": 1, "prompt_tokens": 9, "cached_tokens": 0, "completion_tokens": 5,
        "seconds": 0.5},
      "settings_hash": "00", "signature": {"model": "m"},
      "article": {"id": "x", "text": "Norland is ready.",
        "sha256": "TEXT_HASH",
        "source_sha256": null, "sentences": [[0, 17]], "language": "en",
        "published": "2025-03-01", "title": null}}"""
    digest = Article.from_text("Norland is ready.").sha256
    result = Result[SituationSummary].model_validate_json(stored.replace("TEXT_HASH", digest))
    assert result.summary.military_activities[0].actors == ["p1"]
    assert result.issues[0].kind is IssueKind.PARTY_ADDED


def test_a_version_that_is_not_known_is_refused() -> None:
    data = result_of(SITUATION).model_dump(mode="json") | {"schema_version": "2"}
    with pytest.raises(ValidationError, match="schema_version"):
        Result[SituationSummary].model_validate(data)


def test_a_changed_text_is_refused() -> None:
    data = result_of(SITUATION).model_dump(mode="json")
    data["article"]["text"] = data["article"]["text"].replace("Norland", "Sorland")
    with pytest.raises(ValidationError, match="sha256"):
        Result[SituationSummary].model_validate(data)


def test_a_result_cannot_be_changed_by_accident() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        result_of(SITUATION).usage = Usage()  # type: ignore[misc]  # the very mistake


def test_str_shows_the_record_and_not_the_whole_object() -> None:
    shown = str(result_of(SITUATION))
    assert "A drill in the north" in shown
    assert "Clear Water" in shown
    assert "settings_hash" not in shown


def test_a_notebook_shows_markup_of_the_article_as_text() -> None:
    html = result_of(SITUATION)._repr_html_()
    assert "Clear Water" in html
    assert "<script>alert(1)" not in html


def test_issues_are_picked_by_kind() -> None:
    result = result_of(SITUATION)
    assert result.issues_of([IssueKind.VALUE_DROPPED]) == result.issues
    assert result.issues_of([IssueKind.DUPLICATE]) == []
