"""The text for a terminal."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sample_record import article_of, cite, result_of

from summarizer.results import Issue, IssueKind, Result, Severity, Usage
from summarizer.schemas import SituationSummary
from summarizer.view.columns import columns
from summarizer.view.text import LISTED, render


def test_the_record_reads_item_by_item(result: Result[Any]) -> None:
    text = render(result, width=90)
    lines = text.splitlines()
    assert lines[0] == result.summary.headline
    assert "  Orvia calls it a rehearsal for a blockade. [4]" in lines
    assert "Military activities (4)" in lines
    assert "  a4  Blockade · blockade · did not occur [4, 6]" in lines
    assert "      denied by Varland [6]" in lines
    assert "  m2  Varland, Tessin Republic, Orvia · cancelled [14]" in lines
    assert "Claimed motives: none found" in lines
    assert lines[-1] == (
        "2 calls, 4,310 tokens read (1,890 cached), 1,204 written, 38.3 s, invented-7b"
    )


def test_answers_from_a_cache_are_told(result: Result[Any]) -> None:
    usage = Usage(saved_calls=3, saved_prompt_tokens=900, saved_completion_tokens=80)
    text = render(result.model_copy(update={"usage": usage}), width=90)
    assert "0 calls, 3 from the cache, 0 tokens read, 0 written, 0.0 s" in text


def test_str_of_a_result_is_this_text(result: Result[Any]) -> None:
    assert str(result) == render(result)


@pytest.mark.parametrize("width", [40, 72, 100])
def test_no_line_is_wider_than_asked(result: Result[Any], width: int) -> None:
    assert max(columns(line) for line in render(result, width=width).splitlines()) <= width


def test_the_first_cited_sentence_stands_under_its_item_once_per_section(
    result: Result[Any],
) -> None:
    with_quotes = render(result, width=300)
    assert with_quotes.count("[1] Varland and the Tessin Republic opened") == 3
    assert "[1] Varland" not in render(result, width=300, quotes=False)


def test_a_quote_that_the_item_repeats_is_left_out() -> None:
    article = article_of("Two ships met. They parted.")
    synopsis = [{"text": "Two ships met.", "evidence": cite(article, 1)}]
    summary = SituationSummary.model_validate({"synopsis": synopsis})
    assert render(result_of(article, summary), width=80).count("Two ships met.") == 1


def test_colour_only_adds_escape_sequences(result: Result[Any]) -> None:
    coloured = render(result, width=80, colour=True)
    assert "\x1b[1m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == render(result, width=80)


def test_no_escape_sequence_from_the_article_reaches_the_terminal() -> None:
    article = article_of("A ship\x1b]0;owned\x07 sank.\x9b31m It was late.")
    party = {"id": "p1\x1b[2J", "name": "A ship\x1b[8m\u202e", "evidence": cite(article, 1)}
    summary = SituationSummary.model_validate({"headline": "\x1b[1;31mSunk", "parties": [party]})
    issue = Issue(
        path="/parties/0",
        kind=IssueKind.ITEM_INVALID,
        severity=Severity.ERROR,
        message="bad\x1b[0m\r\nthing",
    )
    text = render(result_of(article, summary, issues=[issue], signature={"model": "m\x1bX"}))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert "error, p1[2J: bad[0m thing" in text


def test_issues_are_counted_and_the_worst_are_listed(result: Result[Any]) -> None:
    text = render(result, width=100)
    assert "Issues (1 error, 2 warnings, 1 info)\n  error, Claimed motives: A motive" in text
    many = [
        Issue(path=None, kind=IssueKind.DUPLICATE, severity=Severity.INFO, message=f"no. {n}")
        for n in range(LISTED + 2)
    ]
    text = render(result.model_copy(update={"issues": many}), width=100)
    assert f"no. {LISTED - 1}" in text
    assert f"no. {LISTED}" not in text
    assert "and 2 more" in text
