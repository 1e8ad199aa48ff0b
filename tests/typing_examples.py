"""Calls as a user writes them. Read by mypy and pyright, and never run."""

from __future__ import annotations

from datetime import date
from typing import Annotated, assert_type

from pydantic import BaseModel

import summarizer
from summarizer import (
    Article,
    Evidence,
    Failure,
    Grounded,
    Ref,
    Result,
    SituationSummary,
    Summarizer,
    Usage,
    current_article,
)


class Side(Grounded):
    name: str


class Breach(Grounded):
    blamed: list[Annotated[str, Ref("sides")]]


class Report(BaseModel):
    sides: list[Side]
    breaches: list[Breach]


def the_default_schema_is_the_situation(text: str) -> None:
    result = summarizer.summarize(text)
    assert_type(result, Result[SituationSummary])
    assert_type(result.summary.military_activities[0].evidence[0], Evidence)
    assert_type(result.summary.military_activities[0].evidence[0].quote, str)
    assert_type(result.usage, Usage)
    assert_type(result.article, Article)


def a_schema_of_ones_own_comes_back_as_itself(text: str) -> None:
    with Summarizer(schema=Report) as s:
        assert_type(s, Summarizer[Report])
        assert_type(s.summarize(text).summary, Report)
        assert_type(s.summarize(text).summary.breaches[0].evidence, list[Evidence])
    assert_type(summarizer.summarize(text, schema=Report).summary, Report)


def the_default_summarizer_needs_no_parameter(text: str) -> None:
    with Summarizer() as s:
        assert_type(s.summarize(text).summary, SituationSummary)


def an_article_brings_its_own_date(article: Article, text: str, day: date) -> None:
    with Summarizer(model="m", base_url="http://localhost:8000/v1") as s:
        assert_type(s.summarize(article), Result[SituationSummary])
        assert_type(s.summarize(text, published=day), Result[SituationSummary])


async def the_same_can_be_awaited(text: str) -> None:
    async with Summarizer(schema=Report) as s:
        assert_type(await s.asummarize(text), Result[Report])


async def many_are_results_of_the_schema_and_failures(texts: list[str]) -> None:
    with Summarizer(schema=Report) as s:
        for outcome in s.batch(texts):
            assert_type(outcome, Result[Report] | Failure)
        async for outcome in s.abatch(texts):
            assert_type(outcome, Result[Report] | Failure)


def stored_results_are_read_with_their_types(line: str) -> None:
    result = Result[SituationSummary].model_validate_json(line)
    assert_type(result.summary, SituationSummary)


def validators_see_the_article_if_there_is_one() -> None:
    assert_type(current_article(), Article | None)
