"""The hand-written record as a result, and a browser."""

from __future__ import annotations

from typing import Any

import pytest
from browsing import browser, show
from sample_record import ISSUES, article_of, result_of, summary_of

from summarizer.article import Article
from summarizer.results import Result

__all__ = ["browser", "show"]  # the fixtures of another module


@pytest.fixture
def article() -> Article:
    return article_of(
        title="Joint drill opens in the Gulf of Maro",
        published="2031-03-11",
        publisher="The Maro Courier",
        url="https://courier.example/gulf/northern-lantern",
        language="en",
    )


@pytest.fixture
def result(article: Article) -> Result[Any]:
    return result_of(article, summary_of(article), issues=ISSUES)
