"""Whoever speaks for a body speaks for the same one in every item."""

from __future__ import annotations

from typing import Any

import pytest

import summarizer
from summarizer import Article, SituationSummary
from summarizer.checks.affiliations import AFFILIATIONS

TEXT = "Ana Ruiz of the Orm Institute doubts it, Sule Radio said. Bo Lund of Varn College agrees.\n"


def flagged(*pairs: tuple[str, str | None]) -> list[str | None]:
    article = Article.from_text(TEXT, language="en")
    start, end = article.span(1)
    cited = [{"sentence": 1, "start": start, "end": end, "quote": article.quote(1)}]
    people = ("Ana Ruiz", "Bo Lund", "Orm Institute", "Sule Radio", "Varn College")
    parties: list[dict[str, Any]] = [{"id": n, "name": n, "evidence": cited} for n in people]
    items = [
        {"assessor": who, "affiliation": of, "type": "forecast", "about": "It", "evidence": cited}
        for who, of in pairs
    ]
    record = {"parties": parties, "expert_assessments": items}
    for item in items:
        item["proposition"] = "It is so."
    summary = SituationSummary.model_validate(record)
    return [i.path for i in summarizer.audit(summary, article, checks=[AFFILIATIONS])]


RIGHT = ("Ana Ruiz", "Orm Institute")
WRONG = ("Ana Ruiz", "Sule Radio")


@pytest.mark.parametrize(
    ("pairs", "places"),
    [
        ((RIGHT, RIGHT, WRONG), [2]),
        ((WRONG, RIGHT, RIGHT, RIGHT), [0]),
        ((RIGHT, WRONG), []),  # one against one tells nothing
        ((RIGHT, RIGHT, WRONG, WRONG), []),
        ((RIGHT, RIGHT, ("Ana Ruiz", None)), []),
        ((RIGHT, RIGHT, ("Bo Lund", "Varn College")), []),
        ((RIGHT, RIGHT, RIGHT), []),
    ],
)
def test_one_body_against_two_of_the_same_is_in_doubt(
    pairs: tuple[tuple[str, str | None], ...], places: list[int]
) -> None:
    assert flagged(*pairs) == [f"/expert_assessments/{place}/affiliation" for place in places]
