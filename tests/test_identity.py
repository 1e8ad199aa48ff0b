"""Who is who within an article: planted answers, guards that hold through chains, and laws."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from identity_pairs import DIFFERENT, SAME, TEXT

from summarizer.article import Article
from summarizer.identity import Bearer, Identities, bodies, spelling
from summarizer.identity.abbreviations import expansions
from summarizer.identity.bearers import apart, profile
from summarizer.identity.bodies import country_of
from summarizer.identity.partition import CROWD
from summarizer.identity.partition import groups as joins
from summarizer.identity.spelling import spelt
from summarizer.names import normal_form
from summarizer.schemas.places import codes_by_name, country_code

MAN = "official"


def identities_of(text: str) -> Identities:
    return Identities(Article.from_text(text, language="en"))


def partition(bearers: list[Bearer], text: str = TEXT) -> list[tuple[int, ...]]:
    return identities_of(text).same(bearers)


def groups(*names: str, text: str = TEXT) -> list[set[str]]:
    """Which of these persons are one."""
    bearers = [Bearer((name,), MAN) for name in names]
    return [{names[i] for i in group} for group in partition(bearers, text) if len(group) > 1]


def _names(pair: tuple[Bearer, Bearer]) -> str:
    return " ~ ".join(bearer.names[0] for bearer in pair)


# Planted answers.


@pytest.mark.parametrize("pair", SAME, ids=map(_names, SAME))
def test_what_is_one_is_one(pair: tuple[Bearer, Bearer]) -> None:
    assert partition([*pair]) == partition([*pair[::-1]]) == [(0, 1)]


@pytest.mark.parametrize("pair", DIFFERENT, ids=map(_names, DIFFERENT))
def test_what_is_two_is_two(pair: tuple[Bearer, Bearer]) -> None:
    assert partition([*pair]) == partition([*pair[::-1]]) == [(0,), (1,)]


def test_many_answers_are_planted() -> None:
    assert min(len(SAME), len(DIFFERENT)) >= 60


def test_abbreviations_that_no_text_explains_are_left_apart() -> None:
    pair = [Bearer(("МАГАТЭ",)), Bearer(("Международное агентство по атомной энергии",))]
    assert partition(pair) == [(0, 1)]
    assert partition(pair, "Nothing is explained.") == [(0,), (1,)]


# Guards hold through chains.


def test_a_short_form_that_fits_two_is_neithers() -> None:
    assert groups("Ana Ruiz", "Ruiz", "Tomas Ruiz") == []
    assert groups("Ana Ruiz", "Ruiz") == [{"Ana Ruiz", "Ruiz"}]


def test_what_is_called_after_a_person_is_no_other_person() -> None:
    assert groups("Ana Ruiz", "Ruiz", "Ruiz Office") == [{"Ana Ruiz", "Ruiz"}]


def test_a_surname_that_another_bears_in_the_text_is_nobodys() -> None:
    text = "They asked Ana Ruiz and then Tomas Ruiz about it."
    assert groups("Ana Ruiz", "Ruiz", text=text) == []


def test_a_role_before_a_surname_is_no_other_person() -> None:
    text = "They asked Ana Ruiz and then Analyst Ruiz. No other analyst came."
    assert groups("Ana Ruiz", "Ruiz", text=text) == [{"Ana Ruiz", "Ruiz"}]


def test_a_name_between_two_that_differ_joins_neither() -> None:
    assert groups("Antony J. Vey", "Antony Vey", "Antony K. Vey") == []


@pytest.mark.parametrize(
    ("bearers", "expected"),
    [
        (
            [
                Bearer(("Ministry of Defence",), country="RUS"),
                Bearer(("Ministry of Defence",)),
                Bearer(("Ministry of Defence",), country="UKR"),
            ],
            [(0,), (1,), (2,)],
        ),
        (
            [
                Bearer(("Ministry of Defence",), country="RUS"),
                Bearer(("Ministry of Defence",)),
                Bearer(("Ministry of Defence",), country="RUS"),
            ],
            [(0, 1, 2)],
        ),
        (
            [
                Bearer(("93rd Brigade", "Raven")),
                Bearer(("Raven",)),
                Bearer(("92nd Brigade", "Raven")),
            ],
            [(0,), (1,), (2,)],
        ),
        (
            [
                Bearer(("Radwan Force", "Hezbollah"), groups=("Hezbollah",)),
                Bearer(("Hezbollah",)),
                Bearer(("Hizbullah",)),
            ],
            [(0,), (1, 2)],
        ),
        (
            [
                Bearer(("Norland",), "state"),
                Bearer(("Government of Norland", "Norland"), "government_body"),
                Bearer(("Norlandian government",), "government_body"),
            ],
            [(0,), (1, 2)],
        ),
        (
            [
                Bearer(("Hezbollah",), country="LBN"),
                Bearer(("Hezbollah",), country="IRN"),
                Bearer(("Hizbullah",), country="IRN"),
            ],
            [(0, 1), (2,)],
        ),
        ([Bearer(()), Bearer(("",)), Bearer(("Norland",))], [(0,), (1,), (2,)]),
        ([], []),
    ],
)
def test_what_keeps_two_apart_keeps_apart_what_is_joined_with_them(
    bearers: list[Bearer], expected: list[tuple[int, ...]]
) -> None:
    assert partition(bearers) == expected


def test_what_very_many_have_in_common_is_nobodys() -> None:
    crowd = [
        Bearer((f"Corrin {a}{b}{c}m Corps", "CTC"))
        for a in "bdfgkl"
        for b in "aeiou"
        for c in "prt"
    ]
    assert len(crowd) > CROWD
    assert len(partition(crowd)) == len(crowd)
    assert len(partition(crowd[:3])) == 1


# Joining what is linked.


@pytest.mark.parametrize(
    ("links", "rifts", "expected"),
    [
        ([(0, 1), (1, 2)], [], [[0, 1, 2]]),
        ([(0, 1)], [(0, 1)], []),
        ([(0, 1), (0, 3)], [(0, 1)], [[0, 3]]),
        # What may be either of two is left alone, and they may be joined with others.
        ([(0, 1), (1, 2), (0, 3)], [(0, 2)], [[0, 3]]),
        # Nothing of a chain from one to another that it is not.
        ([(0, 1), (1, 2), (2, 3)], [(0, 3)], []),
        ([range(CROWD)], [], [[*range(CROWD)]]),
        ([range(CROWD + 1)], [], []),
        ([range(CROWD + 1)], [(0, n) for n in range(1, CROWD + 1)], []),
        ([(n, n + 1) for n in range(CROWD)], [], []),
    ],
)
def test_links_join_what_is_not_apart(
    links: list[Sequence[int]], rifts: list[tuple[int, int]], expected: list[list[int]]
) -> None:
    barred = {frozenset(pair) for pair in rifts}
    assert joins(links, lambda one, other: frozenset((one, other)) in barred) == expected


# Shorter ways.


def test_a_country_is_found_by_its_stem_as_by_all_its_names() -> None:
    forms = {normal_form(name) for name in codes_by_name()}
    words = {form + end for form in forms for end in ("", "n", "an", "ese", "ish", "i", "is")}
    words |= {form.rstrip("aeoy") + end for form in forms for end in ("an", "ian", "i", "ish")}
    for word in words:
        if " " not in word and country_code(word) is None and word not in bodies._ADJECTIVES:
            stems = (
                word.removesuffix(suffix) for suffix in bodies._SUFFIXES if word.endswith(suffix)
            )
            ways = (s + end for s in stems if len(s) > 2 for end in bodies._RESTORED)
            expected = next((code for way in ways if (code := country_code(way))), None)
            assert country_of(word) == expected, word


@given(st.text("aeiouyhkgdmnsxqjbz", min_size=1, max_size=9))
@example("mohammed")
@example("huseyn")
def test_a_word_without_a_sound_that_others_write_otherwise_is_its_own_form(word: str) -> None:
    sounded = word
    for pattern, sound in spelling._SOUNDS:
        sounded = pattern.sub(sound, sounded)
    assert spelt((word,)) == {"al" if word == "el" else word if len(word) < 5 else sounded}


# Laws.

NAMES = [
    "Ana Ruiz", "Ruiz", "Tomas Ruiz", "A. Ruiz", "President Ruiz", "Ana María Ruiz", "Norland",
    "Norlandian", "Norlandian Navy", "Navy of Norland", "Norland's Navy", "Ardania", "IAEA",
    "International Atomic Energy Agency", "1st Brigade", "2nd Brigade", "the Brigade", "Kremlin",
    "Russian government", "Russia", "Россия", "России", "Сергей Иванов", "Иванова", "Иванов",
    "North Korea", "South Korea", "Korea", "Defence Ministry", "Russian Defence Ministry",
    "习近平", "习主席", "محمود عباس", "عباس", "Zelensky", "Volodymyr Zelenskyy", "",
]  # fmt: skip
NAME = st.sampled_from(NAMES)
BEARER = st.builds(
    Bearer,
    st.lists(NAME, min_size=1, max_size=3).map(tuple),
    st.sampled_from([None, None, "state", "government_body", "armed_force", "official", "other"]),
    st.sampled_from([None, None, "RUS", "USA"]),
    st.lists(NAME, max_size=1).map(tuple),
)
BEARERS = st.lists(BEARER, max_size=9)


@given(BEARERS, st.randoms(use_true_random=False))
def test_the_order_of_the_list_makes_no_difference(bearers: list[Bearer], random: Random) -> None:
    order = [*range(len(bearers))]
    random.shuffle(order)
    shuffled = partition([bearers[i] for i in order])
    assert {frozenset(order[i] for i in group) for group in shuffled} == set(
        map(frozenset, partition(bearers))
    )


@given(BEARERS)
def test_every_position_is_in_one_group_in_order_of_the_first(bearers: list[Bearer]) -> None:
    found = partition(bearers)
    assert sorted(position for group in found for position in group) == [*range(len(bearers))]
    assert found == sorted(tuple(sorted(group)) for group in found)


@given(BEARERS)
def test_saying_it_twice_changes_nothing(bearers: list[Bearer]) -> None:
    once = partition(bearers)
    named = [any(name for name in bearer.names) for bearer in bearers]
    doubled = [
        tuple(sorted([*group, *(position + len(bearers) for position in group)]))
        for group in once
        if named[group[0]]
    ]
    twice = partition([*bearers, *bearers])
    assert [group for group in twice if named[group[0] % len(bearers)]] == doubled


@given(BEARERS)
def test_no_group_holds_two_that_are_apart(bearers: list[Bearer]) -> None:
    spelt_out = expansions(Article.from_text(TEXT))
    for group in partition(bearers):
        known = [found for i in group if (found := profile(bearers[i], spelt_out))]
        assert not any(apart(one, other) for one in known for other in known)
