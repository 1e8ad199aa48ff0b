"""Dates of a record are in the cited sentences, and a resolved date follows from its phrase."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hostile import ends, of_one_sentence
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from told_records import cited, told

import summarizer
from summarizer import Article
from summarizer.checks.calendar import dated_spans
from summarizer.checks.dates import DATES
from summarizer.checks.words import find_words
from summarizer.schemas import Grounded

PUBLISHED = date(2025, 11, 6)  # a Thursday

WRONG = [
    ("Kestria struck Halm on Wednesday.", "Tuesday"),
    ("Kestria struck Halm on 5 November.", "6 November"),
    ("Kestria struck Halm in August 2025.", "August 2024"),
    ("Kestria struck Halm in August.", "12 August"),
    ("Kestria struck Halm yesterday.", "today"),
    ("Kestria will leave in the second half of August.", "second half of July"),
    ("Kestria has struck Halm since January.", "since March"),
    ("Kestria struck Halm last week.", "last month"),
    ("Kestria struck Halm from 3 to 5 May.", "from 3 to 8 May"),
    ("A visit is planned for December.", "March"),
    ("Kestria struck Halm in 2023.", "2024"),
]
RIGHT = [
    ("Kestria struck Halm on Wednesday.", "Wednesday"),
    ("Kestria struck Halm on Wednesday.", "5 November 2025"),
    ("Kestria struck Halm on 5 November.", "November 5"),
    ("Kestria struck Halm on 5 November.", "November 2025"),
    ("Kestria struck Halm on August 12, 2025.", "in August 2025"),
    ("Kestria struck Halm yesterday.", "Yesterday"),
    ("Kestria struck Halm yesterday.", "Wednesday"),
    ("Kestria will leave in the second half of August.", "second half of August"),
    ("Kestria struck Halm three days later.", "three days later"),
    ("Kestria struck Halm late on Saturday.", "late on Saturday"),
    ("Kestria struck Halm.", "today"),
    ("Kestria struck Halm in 2023.", "2023"),
]
LANGUAGES = [
    ("ru", "Удар был нанесён 28 апреля.", "28 April", "27 April"),
    ("uk", "Удар завдали у вівторок.", "Tuesday", "Monday"),
    ("fr", "La frappe a eu lieu le 3 mars 2025.", "3 March 2025", "3 May 2025"),
    ("es", "El ataque fue el 3 de marzo de 2025.", "3 March 2025", "4 March 2025"),
    ("tr", "Saldırı 12 Mart 2025 günü oldu.", "12 March 2025", "13 March 2025"),
    ("ar", "وقع الهجوم في 12 مارس 2025.", "12 March 2025", "12 May 2025"),
    ("fa", "حمله 12 مارس 2025 رخ داد.", "12 March 2025", "21 March 2025"),
    ("zh", "袭击发生在2025年3月12日。", "12 March 2025", "13 March 2025"),
]


def paths(
    text: str, language: str = "en", evidence: list[int] | None = None, **fields: Any
) -> list[str | None]:
    return paths_in(
        Article.from_text(text, language=language, published=PUBLISHED), evidence, **fields
    )


def paths_in(
    article: Article, evidence: list[int] | None = None, **fields: Any
) -> list[str | None]:
    item = {"name": "event", "type": "other", "evidence": evidence or [1], **fields}
    record = told(article, military_activities=[item])
    return [issue.path for issue in summarizer.audit(record, article, checks=[DATES])]


@pytest.mark.parametrize(("sentence", "phrase"), WRONG)
def test_a_date_that_the_sentence_does_not_have_is_refused(sentence: str, phrase: str) -> None:
    assert paths(sentence, date={"text": phrase}) == ["/military_activities/0/date"]


@pytest.mark.parametrize(("sentence", "phrase"), RIGHT)
def test_a_date_of_the_sentence_in_these_words_or_others_is_let_through(
    sentence: str, phrase: str
) -> None:
    assert paths(sentence, date={"text": phrase}) == []


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("Kestria struck Halm on Wednesday.", "Kestria struck Halm on Monday."),
        ("Kestria struck Halm in January.", "In February Kestria struck Halm."),
        ("Talks are due by the end of May.", "Talks are due by the end of June."),
        ("Kestria votes next month.", "Kestria votes before next year's end."),
    ],
)
def test_a_date_in_free_text_is_held_against_the_sentence(sentence: str, text: str) -> None:
    assert paths(sentence, description=text) == ["/military_activities/0/description"]
    assert paths(sentence, description=sentence) == []


@pytest.mark.parametrize(("language", "sentence", "right", "wrong"), LANGUAGES)
def test_dates_of_other_languages_are_read(
    language: str, sentence: str, right: str, wrong: str
) -> None:
    assert paths(sentence, language, date={"text": right}) == []
    assert paths(sentence, language, date={"text": wrong}) == ["/military_activities/0/date"]


@pytest.mark.parametrize(
    ("phrase", "edtf", "follows"),
    [
        ("Wednesday", "2025-11-05", True),
        ("Wednesday", "2025-10-29", False),
        ("second half of August", "2025-08-16/2025-08-31", True),
        ("second half of August", "2024-08-16/2024-08-31", False),
        ("three days later", "2025-11-08", True),
        ("three days later", "2026-11-08", False),
    ],
)
def test_a_resolved_date_follows_from_its_phrase(phrase: str, edtf: str, follows: bool) -> None:
    sentence = f"The raid of Wednesday was first; {phrase} Kestria struck Halm."
    found = paths(sentence, date={"text": phrase, "edtf": edtf})
    assert found == ([] if follows else ["/military_activities/0/date"])


def test_a_sentence_without_a_date_has_that_of_the_one_before_it() -> None:
    text = "Kestria struck Halm on Monday. Six people died."
    assert paths(text, evidence=[2], date={"text": "Monday"}) == []
    assert paths(text, evidence=[2], date={"text": "Sunday"}) != []


def test_a_sentence_with_a_date_of_its_own_has_no_other() -> None:
    text = "Kestria struck Halm on Monday. Six people died on Tuesday."
    assert paths(text, evidence=[2], date={"text": "Monday"}) != []


class Raid(Grounded):
    day: date


class Raids(BaseModel):
    raids: list[Raid]


def test_dates_of_a_users_own_schema_follow_from_its_sentences() -> None:
    article = Article.from_text("Kestria struck Halm on Wednesday.", published=PUBLISHED)
    days = (date(2025, 11, 5), date(2025, 11, 4))
    record = Raids(raids=[Raid(evidence=cited(article), day=day) for day in days])
    found = summarizer.audit(record, article, checks=[DATES])
    assert [issue.path for issue in found] == ["/raids/1/day"]


@pytest.mark.parametrize(
    ("unit", "times"),
    [
        ("1 May ", 20_000),
        ("Monday ", 2_000),
        ("last ", 150_000),
        ("2025-", 150_000),
        ("from 3 to ", 100_000),
    ],
)
def test_no_sentence_blows_up(unit: str, times: int) -> None:
    article = of_one_sentence(unit * times + ".", language="en", published=PUBLISHED)
    with ends():
        paths_in(article, date={"text": "12 June 2025"}, description="On 12 June it began.")


@pytest.mark.parametrize(
    "phrase",
    [
        *("today", "yesterday", "tomorrow", "tonight", "last night", "on Wednesday", "next week"),
        *("this morning", "this afternoon", "this evening", "over the weekend", "last month"),
        *("this year", "last spring", "next summer", "last autumn", "last winter", "in May"),
        *("in 2020", "on Sept. 3", "in early JUNE", "two weeks ago", "on 2025-03-12", "in Dec."),
    ],
)
def test_a_date_of_every_kind_is_seen_in_a_text(phrase: str) -> None:
    assert dated_spans(f"Kestria strikes Halm {phrase}, they say.")


def test_a_text_without_a_date_has_none() -> None:
    assert dated_spans("Kestria held a drill off Halm for the marchers of Augusta.") == ()


@given(st.text("ay _.é", min_size=1, max_size=3), st.text("ay _.é", max_size=12))
def test_words_are_found_where_a_pattern_of_them_finds_them(words: str, text: str) -> None:
    long_way = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    assert find_words(words, text) == (long_way and long_way.span())
