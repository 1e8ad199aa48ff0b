"""Names that a label or a place may have from where the article names the thing."""

from __future__ import annotations

from typing import Any

import pytest

import summarizer
from summarizer import Article, SituationSummary
from summarizer.checks.names import NAMES

TEXT = (
    "Floods and raids were many this year.\n\n"
    "Kestria built a dyke across Dray Marsh in May.\n\nA raid hit Port Ellin in June.\n\n"
    "Ana Ruiz of the Orm Institute studies floods.\n\n"
    "Rain fell for a week. Fishing was poor in all months. Prices rose.\n\n"
    "Her co-author Bo Lund was not surprised. Another boat sank east of the dyke."
)


def flagged(section: str, sentence: str, **fields: Any) -> list[str | None]:
    article = Article.from_text(TEXT, language="en")
    quotes = [article.quote(n) for n in range(1, article.sentence_count + 1)]

    def cite(part: str) -> list[dict[str, Any]]:
        number = next(n for n, quote in enumerate(quotes, 1) if part in quote)
        start, end = article.span(number)
        return [{"sentence": number, "start": start, "end": end, "quote": quotes[number - 1]}]

    names = ("Ana Ruiz", "Bo Lund", "Orm Institute")
    parties = [{"id": n, "name": n, "evidence": cite(n)} for n in names]
    record: dict[str, Any] = {"parties": parties, section: [{**fields, "evidence": cite(sentence)}]}
    if section == "expert_assessments" and fields.get("affiliation"):
        other = {**fields, "assessor": "Ana Ruiz", "evidence": cite("studies")}
        record[section].append(other)
    summary = SituationSummary.model_validate(record)
    paths = [i.path for i in summarizer.audit(summary, article, checks=[NAMES])]
    return [path for path in paths if path and path.startswith(f"/{section}/0")]


@pytest.mark.parametrize(
    ("place", "expected"), [("Dray Marsh", False), ("Port Ellin", True), ("Sorn", True)]
)
def test_a_place_is_that_of_the_thing_that_it_is_told_by(place: str, expected: bool) -> None:
    found = flagged(
        "military_activities",
        "Another boat",
        name="Loss of a boat",
        type="accident",
        location={"text": place, "kind": "city"},
    )
    assert found == (["/military_activities/0/location/text"] if expected else [])


@pytest.mark.parametrize(
    ("about", "expected"),
    [("the raid on Port Ellin", False), ("the rain", False)],
)
def test_a_label_may_name_what_the_article_names_so(about: str, expected: bool) -> None:
    fields = {"assessor": "Bo Lund", "type": "concern", "proposition": "It was no surprise."}
    found = flagged("expert_assessments", "co-author", about=about, **fields)
    assert found == (["/expert_assessments/0/about"] if expected else [])


def test_a_co_author_is_of_the_body_of_whom_he_writes_with() -> None:
    fields = {"assessor": "Bo Lund", "type": "concern", "proposition": "It was no surprise."}
    fields |= {"about": "the rain", "affiliation": "Orm Institute"}
    assert flagged("expert_assessments", "co-author", **fields) == []
