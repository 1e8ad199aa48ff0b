"""Numbers are read out of texts with what they are worth, their qualifier and their unit."""

from __future__ import annotations

import re

import pytest
from hostile import calls, ends
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.numerals import Bound, Sort, bound_of, qualifiers, read, unit_of, values

WORTH = [
    ("en", "at least 21 killed", 21),
    ("en", "1,940 people", 1940),
    ("en", "a dozen men", 12),
    ("en", "two dozen tanks", 24),
    ("en", "twenty-one soldiers", 21),
    ("en", "two hundred and six soldiers", 206),
    ("en", "a million and a half people", 1_500_000),
    ("en", "a dozen and a half men", 18),
    ("en", "1,234.5 tonnes", 1234.5),
    ("en", "1.234,5 tonnes", 1234.5),
    ("en", "half a million people", 500_000),
    ("en", "1.6 million people", 1_600_000),
    ("en", "one and a half million people", 1_500_000),
    ("en", "$2.5bn in aid", 2_500_000_000),
    ("en", "$3m in aid", 3_000_000),
    ("en", "90 m of cable", 90),
    ("en", "the twenty-first raid", 21),
    ("en", "the 7th raid", 7),
    ("en", "40 per cent of them", 40),
    ("en", "half of them", 50),
    ("en", "１２ men", 12),
    ("fr", "quatre-vingt-dix-sept soldats", 97),
    ("fr", "soixante et onze blessés", 71),
    ("fr", "une centaine de blindés", 100),
    ("fr", "1 600 hommes", 1600),
    ("fr", "1 600,5 tonnes", 1600.5),
    ("fr", "dix-sept hommes", 17),
    ("fr", "deux millions et demi d’euros", 2_500_000),
    ("fr", "un demi million d’euros", 500_000),
    ("es", "1.600 soldados", 1600),
    ("es", "treinta y uno", 31),
    ("es", "mil millones de euros", 1_000_000_000),
    ("ru", "сто двадцать пять человек", 125),
    ("ru", "38 млн долларов", 38_000_000),
    ("ru", "12 300 человек", 12_300),
    ("ru", "полтора миллиона человек", 1_500_000),
    ("ru", "двух десятков человек", 20),
    ("ru", "2 млн 500 тысяч рублей", 2_500_000),
    ("uk", "двадцять п’ять бійців", 25),
    ("tr", "iki bin beş yüz asker", 2500),
    ("tr", "2 bin 500 asker", 2500),
    ("tr", "on iki asker", 12),
    ("ar", "٤٠٪ من الجنود", 40),
    ("ar", "مقتل ١٢ جنديا", 12),
    ("ar", "خمسة وعشرون جريحا", 25),
    ("ar", "ثلاثة عشر جنديا", 13),
    ("fa", "بیست و یک نفر", 21),
    ("fa", "۲۵۰ هزار نفر", 250_000),
    ("zh", "三十二人", 32),
    ("zh", "1.6亿元", 160_000_000),
    ("zh", "两千三百零五人", 2305),
    ("zh", "三万二千人", 32_000),
    ("zh", "百分之四十", 40),
    ("zh", "1.6万亿元", 1_600_000_000_000),
    ("zh", "1亿2000万人", 120_000_000),
    ("zh", "12万3千人", 123_000),
    ("zh", "一万二", 12_000),
    ("zh", "一万零二", 10_002),
    ("zh", "二十多万人", 200_000),
    ("zh", "20多万人", 200_000),
]


@pytest.mark.parametrize(("language", "text", "worth"), WORTH)
def test_a_number_is_read_with_its_worth(language: str, text: str, worth: float) -> None:
    assert [number.value for number in read(text, language)] == [worth]


@pytest.mark.parametrize(
    ("language", "text", "worth"),
    [
        ("en", "forty and two others", [40, 2]),
        ("en", "ten two-man teams", [10, 2]),
        ("fr", "en 2023 150 soldats", [2023, 150]),
    ],
)
def test_what_only_stands_side_by_side_is_two(language: str, text: str, worth: list[float]) -> None:
    assert [number.value for number in read(text, language)] == worth


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("at least 12 men", Bound.AT_LEAST),
        ("no fewer than 12 men", Bound.AT_LEAST),
        ("12 or more", Bound.AT_LEAST),
        ("up to 12 men", Bound.AT_MOST),
        ("no more than 12 men", Bound.AT_MOST),
        ("12 men at most", Bound.AT_MOST),
        ("around 12 men", Bound.ABOUT),
        ("12 or so men", Bound.ABOUT),
        ("handed over 12 men", Bound.EXACT),
        ("over 12 days", Bound.EXACT),
        ("over 12 men", Bound.AT_LEAST),
        ("между ними 12", Bound.EXACT),
        ("не менее 12", Bound.AT_LEAST),
        ("не более 12", Bound.AT_MOST),
        ("au moins 12", Bound.AT_LEAST),
        ("至少12人", Bound.AT_LEAST),
        ("12人以上", Bound.AT_LEAST),
    ],
)
def test_the_words_beside_a_number_qualify_it(text: str, bound: Bound) -> None:
    assert [number.bound for number in read(text)] == [bound]


@pytest.mark.parametrize("text", ["between 10 and 15 men", "10 to 15 men", "10-15 men"])
def test_both_ends_of_a_range_are_read(text: str) -> None:
    found = read(text)
    assert [number.value for number in found] == [10, 15]
    assert {number.bound for number in found} == {Bound.BETWEEN}


@pytest.mark.parametrize("text", ["10–15% of them", "from 10 to 15 per cent"])
def test_both_ends_of_a_range_are_shares_where_one_is(text: str) -> None:
    assert [(n.value, n.sort) for n in read(text)] == [(10, Sort.SHARE), (15, Sort.SHARE)]


@pytest.mark.parametrize("text", ["二十多万人", "20余万人"])
def test_more_within_a_chinese_number_qualifies_it(text: str) -> None:
    assert [number.bound for number in read(text, "zh")] == [Bound.AT_LEAST]


@pytest.mark.parametrize("text", ["killed 10 and 15 men", "15-10 men"])
def test_two_numbers_side_by_side_are_no_range(text: str) -> None:
    assert Bound.BETWEEN not in {number.bound for number in read(text)}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("nine days", "day"),
        ("a two-week course", "week"),
        ("US$12", "USD"),
        ("12 Canadian dollars", "CAD"),
        ("12 square kilometres", "km²"),
        ("12 nautical miles", "nautical mile"),
        ("12%", "%"),
        ("38 млн долларов", "USD"),
        ("12 soldiers for nine days", None),
    ],
)
def test_a_known_unit_beside_a_number_is_read(text: str, unit: str | None) -> None:
    assert read(text, "ru" if not text.isascii() else "en")[0].unit == unit


@pytest.mark.parametrize("text", ["an F-16", "at 10:30", "at 6 a.m."])
def test_designations_and_times_of_day_are_worth_nothing(text: str) -> None:
    assert [number.sort for number in read(text)] == [Sort.CODE]


def qualifier(bound: str) -> st.SearchStrategy[str]:
    pattern: re.Pattern[str] = re.compile(getattr(qualifiers, f"_{bound}"), re.IGNORECASE)
    return st.from_regex(pattern, fullmatch=True)


PIECE = st.sampled_from(["the", "a total of", "killed", "“", "US$", "(", "in", "THE"])


@settings(max_examples=300)
@given(
    st.sampled_from(["", "with ", "x"]),
    st.one_of(*map(qualifier, ("AT_LEAST", "AT_MOST", "ABOUT"))),
    st.lists(PIECE, max_size=2).map(" ".join),
    st.sampled_from(["", " ", "\u00a0"]),
)
def test_a_qualifier_is_told_by_the_last_word_before_its_number(
    before: str, told: str, link: str, end: str
) -> None:
    text = f"{before}{told} {link}{end}"
    long_way = qualifiers._BEFORE.search(text) is not None
    assert (qualifiers._bound_before(text) is not None) == long_way


def test_dozens_are_vague() -> None:
    assert [(n.value, n.sort) for n in read("dozens of men")] == [(12, Sort.VAGUE)]


def test_qualifiers_and_units_that_stand_alone_are_read() -> None:
    assert bound_of("or more") is Bound.AT_LEAST
    assert bound_of("up to") is Bound.AT_MOST
    assert bound_of("confirmed") is Bound.EXACT
    assert (unit_of("US dollars"), unit_of("days"), unit_of("goats")) == ("USD", "day", None)


@given(st.integers(0, 10**12))
def test_digits_are_worth_the_same_with_and_without_commas(number: int) -> None:
    for written in (f"{number}", f"{number:,}"):
        assert [each.value for each in read(f"some {written} men")] == [number]


@given(
    st.text(max_size=80), st.sampled_from(["en", "fr", "es", "ru", "tr", "ar", "fa", "zh", None])
)
def test_numbers_of_any_text_stand_in_it_in_order(text: str, language: str | None) -> None:
    found = read(text, language)
    ends = [0, *(each for number in found for each in (number.start, number.end)), len(text)]
    assert ends == sorted(ends)
    assert all(number.start < number.end for number in found)


NUMERIC = "12|half|a|third|of|two|million|and a half|3rd|10:30|%|1,200|from|to|about|三十|٣|-|the"


@given(st.lists(st.sampled_from(NUMERIC.split("|"))), st.sampled_from(["en", "fr", "zh", None]))
def test_values_are_those_of_the_numbers_read(words: list[str], language: str | None) -> None:
    text = " ".join(words)
    assert values(text, language) == {number.value for number in read(text, language)}


@pytest.mark.parametrize(
    ("unit", "times"),
    [
        ("1", 500_000),
        ("1,", 200_000),
        ("12 ", 10_000),
        ("one ", 10_000),
        ("a", 500_000),
        ("三", 500_000),
        ("百分之", 30_000),
        ("百分之三", 15_000),
        ("1三", 10_000),
        ("half a ", 150_000),
        ("'", 500_000),
        ("1-", 10_000),
        (" ", 500_000),
    ],
)
def test_no_text_blows_up(unit: str, times: int) -> None:
    """A number costs much: some stand between endless words, which each of them might search."""
    word = "a" * 400_000
    with ends():
        read(f"{word} 三 {unit * times} {word}")
    few, many = "三 " + unit * 2_100, "三 " + unit * 6_300
    assert calls(lambda: read(many)) <= 3.3 * calls(lambda: read(few))
