"""The walk: any schema becomes sections, items, receipts and issues in their places."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, create_model
from sample_record import ISSUES, article_of, cite, result_of

from summarizer.results import Issue, IssueKind, Result, Severity
from summarizer.schemas import Evidence, Quantity, SituationSummary
from summarizer.schemas.markers import Ref
from summarizer.view.declared import Tone
from summarizer.view.outline import Block, Item, Outline
from summarizer.view.values import Link, plain
from summarizer.view.walk import outline

TEXT = "A mill closed. Two hundred workers lost their jobs. The owner blamed the price of power."


class Mood(Enum):
    VERY_LOW = "very_low"


class Owner(BaseModel):
    id: str
    title: str


class Detail(BaseModel):
    remark: str
    where: list[Evidence]


class Closure(BaseModel):
    owner: Annotated[str, Ref("owners")]
    also: list[Annotated[str, Ref("owners")]] = []
    happened: str
    scale: Literal["small_plant", "big"] = "small_plant"
    mood: Mood | None = None
    details: list[Detail] = []
    counts: dict[str, int] = {}
    certain: bool = True
    evidence: list[Evidence]


class MillNews(BaseModel):
    """A schema of a user's own."""

    kind: Literal["economic_news"] = "economic_news"
    closures: list[Closure] = Field(title="mills that closed")
    owners: list[Owner] = []
    backing: list[Evidence] = []
    tags: list[str] = []
    worst: Closure | None = None


@pytest.fixture
def mill() -> Result[Any]:
    article = article_of(TEXT)
    closure = {
        "owner": "o1",
        "also": ["o1", "o9"],
        "happened": "The mill closed",
        "mood": "very_low",
        "details": [{"remark": "200 jobs", "where": cite(article, 2)}],
        "counts": {"jobs": 200},
        "evidence": cite(article, 1, 1),
    }
    summary = MillNews.model_validate(
        {
            "closures": [closure],
            "owners": [{"id": "o1", "title": "Brook & Sons"}],
            "backing": cite(article, 3),
            "tags": ["industry", "power"],
        }
    )
    issues = [
        Issue(path=path, kind=IssueKind.VALUE_DROPPED, severity=Severity.INFO, message=path or "-")
        for path in (
            "/closures/0/details/0/remark",
            "/closures",
            "/worst",
            "/tags/7",
            "/gone",
            None,
        )
    ]
    return result_of(article, summary, issues=issues)


def block(shown: Outline, name: str) -> Block:
    return next(b for b in (*shown.head, *shown.sections) if b.name == name)


def item(shown: Outline, pointer: str) -> Item:
    found = (i for b in (*shown.head, *shown.sections) for i in b.items if i.pointer == pointer)
    return next(found)


def test_an_issue_finds_a_field_whose_name_has_to_be_escaped() -> None:
    fields: dict[str, Any] = {"a/b": (str, "text")}
    issue = Issue(
        path="/a~1b", kind=IssueKind.VALUE_DROPPED, severity=Severity.INFO, message="left out"
    )
    shown = outline(result_of(article_of(TEXT), create_model("Odd", **fields)(), issues=[issue]))
    assert [notice.message for notice in item(shown, "/a~1b").notices] == ["left out"]


def test_sections_are_the_lists_of_models_and_the_rest_is_the_head(mill: Result[Any]) -> None:
    shown = outline(mill)
    assert [b.name for b in shown.sections] == ["closures", "owners"]
    assert [b.title for b in shown.sections] == ["Mills that closed", "Owners"]
    assert [b.name for b in shown.head] == ["kind", "backing", "tags", "worst"]
    assert plain(item(shown, "/kind").lead) == "economic news"
    assert plain(item(shown, "/tags").lead) == "industry, power"
    assert [r.sentence for r in item(shown, "/backing").receipts] == [3]


def test_a_record_of_the_situation_has_its_synopsis_in_the_head(result: Result[Any]) -> None:
    shown = outline(result)
    assert shown.heading.name == result.summary.headline
    assert [b.name for b in shown.head] == ["synopsis"]
    assert [len(b.items) for b in shown.sections] == [10, 4, 3, 2, 0]


def test_without_a_headline_the_article_or_the_schema_gives_the_heading() -> None:
    untitled = result_of(article_of(TEXT), SituationSummary())
    titled = result_of(article_of(TEXT, title="Mill closes"), SituationSummary())
    assert outline(untitled).heading.name == "SituationSummary"
    assert outline(titled).heading.name == "Mill closes"


def test_references_carry_the_name_of_the_item_and_lead_to_it(mill: Result[Any]) -> None:
    closure = item(outline(mill), "/closures/0")
    assert closure.lead == (Link("Brook & Sons", "/owners/0"), ": ", "The mill closed")
    also = next(line for line in closure.lines if line.label == "also:")
    assert also.spans == (Link("Brook & Sons", "/owners/0"), ", ", "o9"), "o9 is nobody's id"


def test_a_closed_value_is_said_in_words(mill: Result[Any]) -> None:
    tags = [(tag.label, tag.word) for tag in item(outline(mill), "/closures/0").tags]
    assert tags == [("scale", "small plant"), ("mood", "very low")]


def test_receipts_at_any_depth_lead_back_from_their_sentence(mill: Result[Any]) -> None:
    shown = outline(mill)
    closure = item(shown, "/closures/0")
    assert [r.sentence for r in closure.receipts] == [1], "one per sentence"
    details = next(line for line in closure.lines if line.label == "details:")
    assert [r.sentence for r in details.receipts] == [2]
    assert closure.sentences == (1, 2)
    back = [[i.pointer for i in sentence.items] for sentence in shown.sentences]
    assert back == [["/closures/0"], ["/closures/0"], ["/backing"]]


def test_an_issue_stands_at_the_deepest_thing_that_is_shown(mill: Result[Any]) -> None:
    shown = outline(mill)
    assert [n.place for n in item(shown, "/closures/0").notices] == ["details 1 remark"]
    assert [n.message for n in block(shown, "closures").notices] == ["/closures"]
    assert [n.message for n in block(shown, "worst").notices] == ["/worst"], "though it is empty"
    assert [n.message for n in item(shown, "/tags").notices] == ["/tags/7"]
    assert [n.message for n in shown.notices] == ["/gone", "-"]


def test_every_issue_is_shown_once_and_the_worst_come_first(result: Result[Any]) -> None:
    notices = outline(result).all_notices()
    assert sorted(n.message for n in notices) == sorted(issue.message for issue in ISSUES)
    assert [n.severity for n in notices] == ["error", "warning", "warning", "info"]
    assert [n.about for n in notices] == ["Claimed motives", "p8", "", "a2"]


def test_an_issue_of_the_eleventh_item_is_not_one_of_the_second(result: Result[Any]) -> None:
    parties = result.summary.parties
    parties.append(parties[0].model_copy(update={"id": "p11"}))
    issue = Issue(
        path="/parties/10", kind=IssueKind.PARTY_ADDED, severity=Severity.INFO, message="added"
    )
    shown = outline(result.model_copy(update={"issues": [issue]}))
    assert [i.number for i in block(shown, "parties").items if i.notices] == ["p11"]


def test_claims_say_who_stands_how_to_the_item(result: Result[Any]) -> None:
    lines = {line.label: line for line in item(outline(result), "/military_activities/1").lines}
    accusation, denial = lines["accusation by"], lines["denied by"]
    assert plain(accusation.spans) == (
        "Orvian state television, citing an unnamed officer (anonymous, “citing”)"
    )
    assert (accusation.tone, denial.tone) == (Tone.OPEN, Tone.AGAINST)
    assert denial.spans == (Link("Varland navy", "/parties/4"),)
    assert [r.sentence for r in denial.receipts] == [11]


def test_a_claim_without_a_source_is_the_article_speaking(result: Result[Any]) -> None:
    activity = result.summary.military_activities[0]
    claim = activity.claims[0].model_copy(update={"attribution": []})
    activity.claims[0] = claim
    lines = item(outline(result), "/military_activities/0").lines
    assert [plain(line.spans) for line in lines][-1] == "the article itself"


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        ({"measure": "wounded", "min": 12, "qualifier": "At least"}, "At least 12 wounded"),
        ({"measure": "wounded", "min": 12}, "at least 12 wounded"),
        ({"measure": "troops", "max": 1400}, "up to 1,400 troops"),
        ({"measure": "troops", "min": 2, "max": 3, "cumulative": True}, "2–3 troops (cumulative)"),
        ({"measure": "money", "min": 1.5, "max": 1.5, "unit": "bn USD"}, "1.5 bn USD (money)"),
        ({"measure": "killed", "qualifier": "dozens of"}, "dozens of killed"),
    ],
)
def test_quantities_keep_their_qualifier(
    result: Result[Any], quantity: dict[str, Any], said: str
) -> None:
    result.summary.military_activities[0].quantities = [Quantity.model_validate(quantity)]
    lines = {line.label: plain(line.spans) for line in _lines(result)}
    assert lines["quantities:"] == said


def _lines(result: Result[Any]) -> Any:
    return item(outline(result), "/military_activities/0").lines


def test_text_has_lost_what_steers_a_terminal_or_turns_the_line_around() -> None:
    article = article_of("A\x1b[31m mill\u202e closed.\nThe end.", title="T\x07itle\u2066")
    shown = outline(result_of(article, SituationSummary(headline="He\x9bad\u202dline")))
    assert shown.heading.name == "Headline"
    assert shown.title == "Title"
    assert [s.text for s in shown.sentences] == ["A[31m mill closed.", "The end."]
