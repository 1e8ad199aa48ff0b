"""Date phrases are resolved against the publication date, found in text, and never guessed."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from summarizer.schemas import DatePhrase
from summarizer.schemas.dates import find_phrases, resolve
from summarizer.schemas.dating.edtf import bounds
from summarizer.schemas.vocabularies import DateBasis, DatePrecision

unhurried = settings(deadline=None)
"""The first call compiles the patterns, and takes longer than any other."""

WEDNESDAY = date(2025, 7, 23)

EXPLICIT = {
    "2025-07-21": "2025-07-21",
    "2025-07": "2025-07",
    "2025": "2025",
    "2025-07-21/2025-07-23": "2025-07-21/2025-07-23",
    "2025-07-21T10:30:00Z": "2025-07-21",
    "21 July 2025": "2025-07-21",
    "July 21, 2025": "2025-07-21",
    "21st of July, 2025": "2025-07-21",
    "Monday, 21 July 2025": "2025-07-21",
    "Sept. 3, 2024": "2024-09-03",
    "in July 2025": "2025-07",
    "July of 2025": "2025-07",
    "July 21–23, 2025": "2025-07-21/2025-07-23",
    "from 30 December 2024 to 2 January 2025": "2024-12-30/2025-01-02",
    "30 December to 2 January 2025": "2024-12-30/2025-01-02",
    "from 30 December 2024 to 2 January": "2024-12-30/2025-01-02",
    "between March and May 2024": "2024-03/2024-05",
    "from 2019 to 2021": "2019/2021",
    "since 2022": "2022/..",
    "since 3 March 2022": "2022-03-03/..",
    "until June 2024": "../2024-06",
    "early 2025": "2025~",
    "mid-March 2025": "2025-03~",
    "the end of 2024": "2024~",
    "around 5 May 2025": "2025-05-05~",
}
RELATIVE = {
    "today": "2025-07-23",
    "yesterday evening": "2025-07-22",
    "last night": "2025-07-22",
    "tomorrow": "2025-07-24",
    "the day before yesterday": "2025-07-21",
    "Tuesday": "2025-07-22",
    "on Wednesday": "2025-07-23",
    "Thursday": "2025-07-17",
    "last Wednesday": "2025-07-16",
    "next Wednesday": "2025-07-30",
    "late Tuesday night": "2025-07-22",
    "Tuesday’s": "2025-07-22",
    "Friday of last week": "2025-07-18",
    "Monday to Wednesday": "2025-07-21/2025-07-23",
    "between Friday and Sunday": "2025-07-18/2025-07-20",
    "last week": "2025-07-14/2025-07-20",
    "earlier this week": "2025-07-21/2025-07-27",
    "two weeks ago": "2025-07-07/2025-07-13",
    "over the weekend": "2025-07-19/2025-07-20",
    "earlier this month": "2025-07",
    "last month": "2025-06",
    "late last year": "2024~",
    "two days ago": "2025-07-21",
    "a month ago": "2025-06~",
    "three years ago": "2022~",
    "over the past three days": "2025-07-20/2025-07-23",
    "the past month": "2025-06/2025-07",
    "the 12th": "2025-07-12",
    "3 May": "2025-05-03",
    "in early March": "2025-03~",
    "December": "2025-12",
    "January": "2025-01",
    "last July": "2024-07",
    "next March": "2026-03",
    "3 May last year": "2024-05-03",
    "July 21-23": "2025-07-21/2025-07-23",
    "between 3 and 5 May": "2025-05-03/2025-05-05",
    "since Monday": "2025-07-21/..",
    "since December": "2024-12/..",
    "since 1 October": "2024-10-01/..",
    "since March": "2025-03/..",
    "until December": "../2025-12",
}
UNSETTLED = [
    "",
    "recently",
    "a few days ago",
    "two days after the raid",
    "the previous day",
    "after 21 July 2025",
    "by Friday",
    "this Friday",
    "12",
    "31 February 2025",
    "Tuesday, 21 July 2025",
    "Tuesday, 21 July",
    "23-21 July 2025",
    "2025-13",
    "ſeptember 2025",
    "from 2019 to March 2021",
    "from Monday to July",
    "21/07/2025",
    "in the 1990s",
    "9999 years ago",
    "May Day",
    "2025-07-21 " * 10,
    "early " * 2_000,
]


@pytest.mark.parametrize(("phrase", "edtf"), EXPLICIT.items())
def test_a_full_date_needs_no_publication_date(phrase: str, edtf: str) -> None:
    for published in (None, WEDNESDAY):
        found = resolve(phrase, published)
        assert found is not None
        assert (found.edtf, found.basis) == (edtf, DateBasis.EXPLICIT)


@pytest.mark.parametrize(("phrase", "edtf"), RELATIVE.items())
def test_a_relative_date_is_counted_from_publication(phrase: str, edtf: str) -> None:
    found = resolve(phrase, WEDNESDAY)
    assert found is not None
    assert (found.edtf, found.basis) == (edtf, DateBasis.RELATIVE_TO_PUBLICATION)


@pytest.mark.parametrize("phrase", RELATIVE)
def test_without_a_publication_date_nothing_is_guessed(phrase: str) -> None:
    assert resolve(phrase, None) is None


@pytest.mark.parametrize("phrase", UNSETTLED)
def test_what_is_not_settled_stays_none(phrase: str) -> None:
    assert resolve(phrase, WEDNESDAY) is None


@pytest.mark.parametrize(
    ("phrase", "precision"),
    [
        ("21 July 2025", DatePrecision.DAY),
        ("July 21-23", DatePrecision.DAY),
        ("last week", DatePrecision.WEEK),
        ("early March", DatePrecision.MONTH),
        ("since 2022", DatePrecision.YEAR),
        ("2025-07-21/..", DatePrecision.DAY),
        ("../2025-07", DatePrecision.MONTH),
    ],
)
def test_precision_is_the_unit_that_is_known(phrase: str, precision: DatePrecision) -> None:
    found = resolve(phrase, WEDNESDAY)
    assert found is not None
    assert found.precision is precision


@unhurried
@given(st.dates(), st.integers(0, 6))
def test_a_weekday_lies_in_the_week_that_ends_with_publication(day: date, weekday: int) -> None:
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    published = max(day, date.min + timedelta(7))
    found = resolve(names[weekday], published)
    assert found is not None
    meant = date.fromisoformat(found.edtf)
    assert meant.weekday() == weekday
    assert timedelta(0) <= published - meant < timedelta(7)


@unhurried
@given(st.dates(date(1801, 1, 1), date(2099, 1, 1)), st.integers(-180, 180))
def test_a_day_without_a_year_is_the_nearest_one(published: date, away: int) -> None:
    meant = published + timedelta(away)
    if (meant.month, meant.day) == (2, 29):
        return
    found = resolve(f"{meant:%B} {meant.day}", published)
    assert found is not None
    assert found.edtf == meant.isoformat()


def test_a_day_as_near_in_the_next_year_is_the_one_past() -> None:
    found = resolve("31 December", date(2024, 7, 1))
    assert found is not None
    assert found.edtf == "2023-12-31"


@pytest.mark.parametrize(
    ("phrase", "published"),
    [
        ("yesterday", date.min),
        ("tomorrow", date.max),
        ("two years ago", date.min),
        ("next month", date.max),
        ("3 May", date.min),
    ],
)
def test_nothing_lies_beyond_the_calendar(phrase: str, published: date) -> None:
    assert resolve(phrase, published) is None


PHRASES = st.sampled_from([*EXPLICIT, *RELATIVE])
WORDS = st.lists(
    st.sampled_from([*" ".join([*EXPLICIT, *RELATIVE]).split(), "ſept", "٣", "0", "31st", "–"]),
    max_size=6,
).map(" ".join)


@unhurried
@given(st.text() | WORDS, st.none() | st.dates())
def test_no_text_makes_it_raise_and_every_answer_is_edtf(
    phrase: str, published: date | None
) -> None:
    found = resolve(phrase, published)
    if found is not None:
        bounds(found.edtf)


@unhurried
@given(PHRASES | WORDS, st.dates())
def test_what_it_answers_resolves_to_itself(phrase: str, published: date) -> None:
    found = resolve(phrase, published)
    if found is not None:
        again = resolve(found.edtf, published)
        assert again is not None
        assert again.edtf == found.edtf


# "December", "2025", "the 12th" and the like are dates by their context only.
FOUND = [
    phrase
    for phrase in [*EXPLICIT, *RELATIVE]
    if phrase.split()[0].lower() not in {"on", "in", "over", "around"}
    and phrase not in {"2025", "December", "January", "the 12th", "Tuesday’s", "July of 2025"}
    and not phrase.startswith(("2025-07-21T", "30 December to"))
]


@unhurried
@given(st.sampled_from(FOUND), st.sampled_from(["They met ", "(", "“", "Шли бои, ", "据报道"]))
def test_a_planted_phrase_is_found_whole(phrase: str, before: str) -> None:
    text = f"{before}{phrase}, it was said."
    spans = [text[start:end] for start, end in find_phrases(text)]
    assert any(phrase.endswith(span) and resolve(span, WEDNESDAY) for span in spans)
    expected, longest = resolve(phrase, WEDNESDAY), max(spans, key=len)
    assert resolve(longest, WEDNESDAY) == expected


def test_phrases_are_found_in_order_and_without_overlap() -> None:
    text = "In May they talked; on 3 June 2025 they signed, and two days ago it ended."
    spans = find_phrases(text)
    assert [text[start:end] for start, end in spans] == ["May", "3 June 2025", "two days ago"]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("On Tuesday, 22 July, they met.", ["Tuesday, 22 July"]),
        ("from 5 July to 3 July", ["5 July", "3 July"]),
        ("at 10:30 July 21", ["July 21"]),
        ("since early March and until 2030", ["since early March", "until 2030"]),
        ("On the 12th, it began.", ["the 12th"]),
        ("the 2019-2021 talks of May 7-8", ["May 7-8"]),
    ],
)
def test_the_whole_phrase_is_found_and_no_more(text: str, phrases: list[str]) -> None:
    assert [text[start:end] for start, end in find_phrases(text)] == phrases


@pytest.mark.parametrize(
    "text",
    [
        "The forces may march 5 km in august company.",
        "CASTLE SHIELD 2025 began.",
        "About 2000 troops and 21,000 men moved 30 vehicles.",
        "The 12th Brigade held the line.",
        "The Sunday Times and Russia Today reported it.",
        "Operations ran at 1800 to 1900 hours.",
        "after 21 July and before Tuesday",
        "a decision by Friday",
        "Resolution 2231 (1-2)",
        "Version 2025-07-21-3",
        "31 February 2025",
    ],
)
def test_what_only_looks_like_a_date_is_not_found(text: str) -> None:
    assert find_phrases(text) == []


def test_a_date_in_text_of_another_script_is_found() -> None:
    text = "演习于2025-07-21开始"
    assert [text[start:end] for start, end in find_phrases(text)] == ["2025-07-21"]


WEEKDAY_NAMED = re.compile(
    r"^(?:on\s+)?(?:mon|tues?|wednes|wed|thurs?|fri|satur|sat|sun)\w*\W+", re.I
)


def test_a_weekday_that_its_date_contradicts_is_found_and_not_resolved() -> None:
    text = "They met on Friday, 1 July 2000."
    assert [text[a:b] for a, b in find_phrases(text)] == ["Friday, 1 July 2000"]
    assert resolve("Friday, 1 July 2000", WEDNESDAY) is None


@unhurried
@given(st.text() | WORDS)
def test_what_is_found_can_be_resolved(text: str) -> None:
    end_before = 0
    for start, end in find_phrases(text):
        assert end_before <= start < end <= len(text)
        end_before = end
        # The weekday, if one is named, fits the date in some year, unless the year is named too.
        phrase = WEEKDAY_NAMED.sub("", text[start:end]) or text[start:end]
        assert any(
            resolve(each, date(year, 6, 15))
            for each in (text[start:end], phrase)
            for year in range(1996, 2036)
        )


def test_resolving_a_phrase_fills_what_code_knows_and_forgets_what_it_does_not() -> None:
    phrase = DatePhrase(text="on Tuesday").resolved(WEDNESDAY)
    assert phrase == DatePhrase(
        text="on Tuesday",
        edtf="2025-07-22",
        precision=DatePrecision.DAY,
        basis=DateBasis.RELATIVE_TO_PUBLICATION,
    )
    assert phrase.resolved(WEDNESDAY) == phrase
    assert phrase.resolved(None) == DatePhrase(text="on Tuesday")


def test_a_stored_date_has_to_be_edtf() -> None:
    assert DatePhrase(text="spring", edtf="2025-03/2025-05", basis=DateBasis.INFERRED).edtf
    with pytest.raises(ValidationError, match="EDTF"):
        DatePhrase(text="spring", edtf="spring 2025")
