"""Markdown, held against a CommonMark parser."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from sample_record import article_of, cite, result_of

from summarizer.results import Result
from summarizer.schemas import SituationSummary
from summarizer.view.clean import clean
from summarizer.view.markdown import escape, render

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MARKUP = st.text(st.sampled_from("ab1 \\`*_{}[]()<>#+-.!|~&;:/=\"'@x"), max_size=30)


@given(MARKUP | st.text(max_size=30))
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    shown = clean(text)
    rendered = PARSER.render(f"- {escape(shown)}")
    if shown:
        assert html.unescape(rendered) == f"<ul>\n<li>{shown}</li>\n</ul>\n"


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=alert(1)>",
        "[here](javascript:alert(1))",
        "![x](https://tracker.example/p.gif)",
        "# big",
        "1. one",
        "- dash",
        "&lt;b&gt;",
        "`code` **bold**",
    ],
)
def test_markup_in_any_text_stays_text(text: str) -> None:
    article = article_of(f"{text} is what it says.", title=text, publisher=text)
    party = {"id": text, "name": text, "evidence": cite(article, 1)}
    summary = SituationSummary.model_validate({"headline": text, "parties": [party]})
    rendered = PARSER.render(render(result_of(article, summary, signature={text: text})))
    tags = set(re.findall(r"</?(\w+)", rendered))
    assert tags <= {"h1", "h2", "ul", "li", "p", "strong"}
    assert rendered.count(f"<h1>{html.escape(text, quote=True)}</h1>") == 1


def test_bare_addresses_are_not_turned_into_links() -> None:
    assert (
        escape("https://a.example and www.b.example") == "https\\://a.example and www\\.b.example"
    )


def test_the_same_record_with_the_article_below(result: Result[Any]) -> None:
    text = render(result)
    assert "- **a4** Blockade · blockade · did not occur \\[4, 6\\]\n" in text
    assert "  - denied by Varland \\[6\\]\n" in text
    assert "## Claimed motives\n\nNone found.\n" in text
    assert "*warning* value dropped (country): “Norge” is no country code" in text
    assert "- \\[12\\] No group has claimed the attack.\n" in text
    assert "- settings hash: 3f786850e387550fdab836ed7e6dc881de23001b\n" in text
