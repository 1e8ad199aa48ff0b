"""Comparators: what is the same, what is half the same, and what earns nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.evals.comparators import (
    Comparator,
    Dates,
    Enumeration,
    Exact,
    Moments,
    Names,
    Number,
    Places,
    Text,
)
from summarizer.evals.prose import FactPatterns
from summarizer.schemas import DatePhrase, Place

unhurried = settings(deadline=None)
"""The first call compiles the patterns, and takes longer than any other."""


class Fact(NamedTuple):
    accept: list[str]
    reject: list[str] = []  # noqa: RUF012  (never changed; the model has the same default)


class Strike(StrEnum):
    ATTACK = "attack"
    AIR_STRIKE = "air_strike"
    DRONE_STRIKE = "drone_strike"


STRIKES = Enumeration({"air_strike": "attack", "drone_strike": "air_strike"})

# Few letters and few numbers, so that values often agree in part.
SHORT_TEXTS = st.text("ab .-’中文äÄ", max_size=8)
FACTS = st.lists(
    st.builds(
        Fact,
        st.lists(st.sampled_from(["a", "b+", "^$", "中", "ä"]), min_size=1, max_size=2),
        st.lists(st.sampled_from(["ab", "文"]), max_size=1),
    ),
    max_size=3,
)
YEARS = st.sampled_from(["2024", "2025", "2025-07", "2025-07-21", "2025~", "2025-07/..", "../2024"])
VALUES: dict[str, st.SearchStrategy[tuple[Comparator, Any]]] = {
    "exact": st.tuples(
        st.just(Exact()),
        st.recursive(
            st.none() | st.booleans() | st.integers(0, 3) | st.floats() | SHORT_TEXTS,
            lambda inner: st.lists(inner, max_size=2) | st.dictionaries(SHORT_TEXTS, inner),
            max_leaves=4,
        ).map(Exact().prepare),
    ),
    "enumeration": st.tuples(st.just(STRIKES), st.sampled_from(Strike).map(STRIKES.prepare)),
    "number": st.tuples(
        st.just(Number()),
        (st.floats() | st.integers()).map(Number().prepare)
        | st.builds(
            lambda low, more: Number().prepare_interval(low, None if more is None else low + more),
            st.integers(-3, 3),
            st.none() | st.integers(0, 3),
        )
        | st.integers(-3, 3).map(lambda high: Number().prepare_interval(None, high)),
    ),
    "dates": st.tuples(
        st.just(Dates()),
        st.builds(DatePhrase, text=SHORT_TEXTS.filter(bool), edtf=st.none() | YEARS).map(
            Dates().prepare
        )
        | YEARS.map(Dates().prepare)
        | st.dates(date(2025, 7, 20), date(2025, 7, 22)).map(Dates().prepare),
    ),
    "moments": st.tuples(
        st.just(Moments()),
        st.datetimes(timezones=st.none() | st.timezones()).map(Moments().prepare),
    ),
    "places": st.tuples(
        st.just(Places()),
        st.builds(
            Place, text=SHORT_TEXTS.filter(bool), country=st.sampled_from(["NOR", "SWE", None])
        ).map(Places().prepare),
    ),
    "names": st.tuples(
        st.just(Names()),
        (
            SHORT_TEXTS
            | st.lists(SHORT_TEXTS, max_size=4)
            | st.integers(0, 3).map(lambda first: [f"n{i}" for i in range(first, first + 13)])
        ).map(Names().prepare),
    ),
    "text": st.tuples(
        st.just(Text()),
        st.builds(Text().prepare, SHORT_TEXTS, FACTS, st.none() | st.integers(1, 4)),
    ),
}


def like(comparator: Comparator, first: Any, second: Any) -> float:
    return comparator.compare(comparator.prepare(first), comparator.prepare(second))


# What holds for all of them.


@unhurried
@pytest.mark.parametrize("kind", VALUES)
@given(data=st.data())
def test_comparing_is_symmetric_and_in_range(kind: str, data: st.DataObject) -> None:
    comparator, first = data.draw(VALUES[kind])
    _, second = data.draw(VALUES[kind])
    score = comparator.compare(first, second)
    assert score == comparator.compare(second, first)
    assert 0 <= score <= 1
    assert score == round(score, 4)


@unhurried
@pytest.mark.parametrize("kind", VALUES)
@given(data=st.data())
def test_a_value_equals_itself_and_can_be_a_key(kind: str, data: st.DataObject) -> None:
    comparator, value = data.draw(VALUES[kind])
    assert comparator.compare(value, value) == 1
    assert {value: 1}[value] == 1


@pytest.mark.parametrize(
    "comparator",
    [Exact(), Enumeration(), Number(), Dates(), Moments(), Places(), Names(), Text()],
    ids=lambda each: type(each).__name__,
)
def test_comparators_are_values(comparator: Comparator) -> None:
    assert comparator == type(comparator)()
    assert hash(comparator) == hash(type(comparator)())


# Exact.


@pytest.mark.parametrize(
    ("first", "second", "score"),
    [
        (True, True, 1),
        (True, False, 0),
        (True, 1, 0),
        ("A1", "A1", 1),
        ("A1", "a1", 0),
        ({"a": 1, "b": [2]}, {"b": [2], "a": 1}, 1),
        ([1, 2], [2, 1], 0),
        (Place(text="Varn"), Place(text="Varn"), 1),
    ],
)
def test_what_has_no_rule_is_compared_as_json(first: Any, second: Any, score: float) -> None:
    assert like(Exact(), first, second) == score


# Enumerations.


@pytest.mark.parametrize(
    ("first", "second", "score"),
    [
        (Strike.AIR_STRIKE, Strike.AIR_STRIKE, 1),
        (Strike.AIR_STRIKE, "air_strike", 1),
        (Strike.AIR_STRIKE, Strike.ATTACK, 0.5),
        (Strike.DRONE_STRIKE, Strike.AIR_STRIKE, 0.5),
        (Strike.DRONE_STRIKE, Strike.ATTACK, 0),
        ("attack", "withdrawal", 0),
    ],
)
def test_only_a_parent_is_half_of_a_value(first: Any, second: Any, score: float) -> None:
    assert like(STRIKES, first, second) == score


def test_without_parents_another_value_is_nothing() -> None:
    assert like(Enumeration(), "air_strike", "attack") == 0


# Numbers.


@pytest.mark.parametrize(
    ("first", "second", "score"),
    [
        (12, 12.0, 1),
        (12, 21, 0),
        (12, 12.01, 0),
        (12, 13, 0),
        (1_000_000_001, 1_000_000_002, 0),
        (0.1 + 0.2, 0.3, 1),
        (10**400, 5, 0),
        (float("inf"), float("-inf"), 0),
        (float("nan"), float("nan"), 1),
        (float("nan"), 1.0, 0),
    ],
)
def test_numbers_are_equal_or_they_are_not(first: float, second: float, score: float) -> None:
    assert like(Number(), first, second) == score


@pytest.mark.parametrize(
    ("low", "high", "number", "score"),
    [
        (10, 12, 10, 1),
        (10, 12, 12, 1),
        (10, 12, 11.5, 1),
        (10, 12, 9, 0),
        (10, 12, 13, 0),
        (10, None, 10**400, 1),
        (None, 12, -5, 1),
        (None, 12, 13, 0),
    ],
)
def test_any_number_in_an_interval_will_do(
    low: float | None, high: float | None, number: float, score: float
) -> None:
    interval = Number().prepare_interval(low, high)
    assert Number().compare(interval, Number().prepare(number)) == score


@pytest.mark.parametrize(
    ("other", "score"), [((11, 12), 1), ((10, 20), 1), ((5, 30), 1), ((11, 21), 0), ((30, 40), 0)]
)
def test_intervals_agree_where_one_holds_the_other(
    other: tuple[float, float], score: float
) -> None:
    given_interval = Number().prepare_interval(10, 20)
    assert Number().compare(given_interval, Number().prepare_interval(*other)) == score


def test_an_interval_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="20 to 10"):
        Number().prepare_interval(20, 10)


# Dates.


def phrase(text: str, edtf: str | None = None) -> DatePhrase:
    return DatePhrase(text=text, edtf=edtf)


@pytest.mark.parametrize(
    ("first", "second", "score"),
    [
        (phrase("Monday", "2025-07-21"), phrase("two days ago", "2025-07-21"), 1),
        (phrase("this year", "2025"), phrase("about 2025", "2025~"), 1),
        (phrase("Monday", "2025-07-21"), phrase("this month", "2025-07"), 0.5),
        (phrase("leap year", "2024"), phrase("this month", "2024-07"), 0.5),
        (phrase("x", "2024-01-01/2025-01-01"), phrase("this month", "2024-07"), 0),
        (phrase("x", "1900/2100"), phrase("Monday", "2025-07-21"), 0),
        (phrase("until 9999", "../9999"), phrase("Monday", "2025-07-21"), 0),
        (phrase("until 9999", "../9999"), phrase("until 2025", "../2025"), 0),
        (phrase("since 2024", "2024/.."), phrase("this month", "2025-07"), 0),
        (phrase("since 2024", "2024/.."), phrase("two years", "2024/2025"), 0.5),
        (phrase("since 2024", "2024/.."), phrase("New Year", "2024-01-01"), 0.5),
        (phrase("three years", "2023/2025"), phrase("two years", "2024/2025"), 0.5),
        (phrase("since 2024", "2024/.."), phrase("until 2025", "../2025"), 0),
        (phrase("Monday", "2025-07-21"), phrase("Monday", "2025-07-14"), 0),
        (phrase("x", "2025-07-01/2025-07-10"), phrase("y", "2025-07-05/2025-07-15"), 0),
        (phrase("On Monday"), phrase("on  monday,"), 1),
        (phrase("Monday"), phrase("Tuesday"), 0),
        (phrase("Monday"), phrase("Monday", "2025-07-21"), 1),
        (phrase("Monday"), phrase("two days ago", "2025-07-21"), 0),
        ("2025-07-21", date(2025, 7, 21), 1),
        ("2025-07", date(2025, 7, 21), 0.5),
        (datetime(2025, 7, 21, 9, tzinfo=UTC), date(2025, 7, 21), 1),
        ("2025-07-21", phrase("Monday", "2025-07-21"), 1),
        ("last spring", "Last Spring", 1),
        ("2025-02-30", "2025-02", 0),
        (phrase("?"), phrase("…"), 0),
    ],
)
def test_dates_are_compared_by_their_days(first: Any, second: Any, score: float) -> None:
    assert like(Dates(), first, second) == score


# Places.


@pytest.mark.parametrize(
    ("first", "second", "score"),
    [
        (("The Port of Varn", "NOR"), ("port of Varn", "NOR"), 1),
        (("Varn", "NOR"), ("Varn", None), 1),
        (("Varn", None), ("Varn", None), 1),
        (("Varn", "NOR"), ("Varn", "SWE"), 0),
        (("Varn", "NOR"), ("Oskel", "NOR"), 0.5),
        (("Varn", "NOR"), ("Oskel", "SWE"), 0),
        (("Varn", "NOR"), ("Oskel", None), 0),
        (("Varn", None), ("Varna", None), 0),
    ],
)
def test_places_are_compared_by_name_and_country(
    first: tuple[str, str | None], second: tuple[str, str | None], score: float
) -> None:
    one, other = (Place(text=text, country=country) for text, country in (first, second))
    assert like(Places(), one, other) == score


# Names.


@pytest.mark.parametrize(
    ("first", "second", "score"),
    [
        ("U.S.", "the US", 1),
        ("President Ana Ruiz", "Ana Ruiz", 1),
        ("President Ana Ruiz", "Minister Ana Ruiz", 1),
        ("Ana Ruiz", "Ana Ruis", 0),
        ("Ruiz", "Ana Ruiz", 0),
        (["Norland", "Kingdom of Norland"], ["Norlanders", "norland"], 1),
        (["Norland"], ["Sorland"], 0),
        ([], ["Norland"], 0),
        ("?", "…", 0),
    ],
)
def test_names_match_where_one_is_shared(first: Any, second: Any, score: float) -> None:
    assert like(Names(), first, second) == score


def test_however_many_names_there_are_one_is_enough() -> None:
    everyone = [f"Party {number}" for number in range(40)]
    assert like(Names(), everyone, "Party 3") == 1
    assert like(Names(), everyone, "Party 40") == 0


# Free text.

LABELLED = "The drills test how fast crews can reload at sea"
FACTS_TOLD = [
    Fact(accept=[r"\bdrills?\b", r"\bexercises?\b"]),
    Fact(accept=[r"\breload"], reject=[r"\b(?:can|could)(?:no|')t reload"]),
    Fact(accept=[r"\bat sea\b"]),
]
ARTICLE = (
    "The drills, which opened on Monday off the port of Varn, test how fast crews can reload at "
    "sea, said a spokesman for the fleet, who would not say how many vessels took part in them, or "
    "who had been told beforehand. "
)


def told(text: str, words: int | None = None) -> float:
    labelled = Text().prepare(LABELLED, FACTS_TOLD, words)
    return Text().compare(labelled, Text().prepare(text))


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("the drills test how fast crews can reload at sea.", 1),
        ("An exercise to RELOAD\n\nat  sea", 1),
        ("An exercise at sea", 0.6667),
        ("Crews train", 0),
        ("", 0),
        ("The drills showed that crews can't reload at sea", 0.6667),
        ("The drills showed that crews can’t reload at sea", 0.6667),
    ],
)
def test_a_text_earns_the_facts_that_it_tells(text: str, score: float) -> None:
    assert told(text) == score


def test_copying_the_sentence_or_the_article_does_not_earn_the_facts() -> None:
    limit = 1.5 * 9  # words, without the article that it begins with
    assert told(ARTICLE) == round(limit / 41, 4) < 0.5
    assert told(ARTICLE * 20) < 0.02


def test_words_up_to_the_limit_are_free() -> None:
    said = "exercise: crews reload at sea"
    assert told(said, words=5) == 1
    assert told(said, words=4) == 0.8


def test_a_short_label_leaves_room_for_twelve_words() -> None:
    labelled = Text().prepare("Deterrence", [Fact(["deter"])])
    twelve = " ".join(["deter", *"abcdefghijk"])
    assert Text().compare(labelled, Text().prepare(twelve)) == 1
    assert Text().compare(labelled, Text().prepare(twelve + " l")) == round(12 / 13, 4)


def test_facts_of_both_sides_count_alike() -> None:
    one = Text().prepare("Crews reload at sea", FACTS_TOLD)
    other = Text().prepare("An exercise at sea", [Fact(["at sea"]), Fact(["exercise"])])
    assert Text().compare(one, other) == round(float((Fraction(2, 3) + Fraction(1, 2)) / 2), 4)


def test_without_facts_words_earn_half_at_most() -> None:
    assert like(Text(), "crews reload at sea", "Crews reload at sea!") == 1
    assert like(Text(), "crews reload at sea", "at sea crews reload") == 0.5
    assert like(Text(), "crews reload", "crews reload at sea") == round(0.5 * 2 * 2 / 6, 4)
    assert like(Text(), "no no no", "no yes") == round(0.5 * 2 * 1 / 5, 4)
    assert like(Text(), "crews", "vessels") == 0
    assert like(Text(), "…", "?") == 0


def test_characters_are_the_words_of_scripts_without_blanks() -> None:
    assert like(Text(), "海军演习", "海军训练") == 0.25
    assert like(Text(), "3艘船 in Varn", "船 in 3 Varn") == round(0.5 * 2 * 4 / 9, 4)
    labelled = Text().prepare("海军演习", [Fact(["演习"])], words=4)
    assert Text().compare(labelled, Text().prepare("演习在港口")) == 0.8


def test_a_pattern_matches_in_any_case_and_with_any_quotes() -> None:
    labelled = Text().prepare("It won’t", [Fact(["fleet WON’T sail"])])
    assert Text().compare(labelled, Text().prepare("The Fleet won't sail")) == 1


@pytest.mark.parametrize("pattern", ["(reload", "a{9999999999}", "["])
@pytest.mark.parametrize("side", ["accept", "reject"])
def test_a_pattern_that_is_none_is_named(pattern: str, side: str) -> None:
    fact = Fact([pattern]) if side == "accept" else Fact(["fine"], [pattern])
    with pytest.raises(ValueError, match="not a regular expression") as caught:
        Text().prepare("text", [fact])
    assert repr(pattern) in str(caught.value)


def test_a_limit_of_no_words_is_refused() -> None:
    with pytest.raises(ValueError, match="one word"):
        Text().prepare("text", words=0)


def test_a_fact_is_looked_for_once_in_each_text(monkeypatch: pytest.MonkeyPatch) -> None:
    told_by, looked = FactPatterns.told_by, []

    def counted(fact: FactPatterns, text: str) -> bool:
        looked.append(text)
        return told_by(fact, text)

    monkeypatch.setattr(FactPatterns, "told_by", counted)
    labelled = [Text().prepare(f"{LABELLED} {i}", FACTS_TOLD) for i in range(20)]
    predicted = [Text().prepare(f"{ARTICLE} As of now {i}") for i in range(20)]
    for one in labelled:
        for other in predicted:
            Text().compare(one, other)
    assert len(looked) == 20 * len(FACTS_TOLD)
