"""Names: their normal form, where they stand, and which an article has."""

from __future__ import annotations

import re
import unicodedata
from random import Random
from typing import Any

import pytest
from hostile import ends
from hypothesis import example, given
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.names import (
    MOST_CANDIDATES,
    NameIndex,
    adjective_of,
    candidates,
    normal_form,
    standing_names,
    without_title,
)
from summarizer.names.normal import normal_forms


def article(*sentences: str) -> Article:
    return Article.from_text("\n\n".join(sentences), language="en")


def names(*sentences: str) -> tuple[str, ...]:
    return candidates(article(*sentences))


# Normal forms.

TRICKY = st.text("aÉı İßſtheTHE'’.SU _-ª\u0307\u0345\ufe0fΐŉǅ\u0915\u094d", max_size=14)


@given(TRICKY | st.text(max_size=14))
def test_a_normal_form_is_its_own(name: str) -> None:
    once = normal_form(name)
    assert normal_form(once) == once
    assert once == " ".join(once.split())


@given(st.text("aBthe .'’‘“”–—\u00a0sUS_-+$1\n\x1c\x7f", max_size=20))
@example("the U.S.'s $1")
def test_the_short_way_to_a_form_leads_where_the_long_one_does(name: str) -> None:
    """A letter of another script anywhere makes for the long way."""
    assert normal_form(f"x {name} ж") == f"{normal_form(f'x {name}')} ж"


@given(st.lists(st.text("aBthe .'’‘“”–—\u00a0sUS_-+$1жé\x1c\x7f", max_size=12), max_size=5))
@example(["The U.S.", "a.", "b.c. Harl's", "“Norland”", "Žatec's"])
def test_the_forms_of_many_lines_are_those_of_each(lines: list[str]) -> None:
    lines = [" ".join(line.split()) for line in lines]
    assert normal_forms(lines) == [normal_form(line) for line in lines]


@given(st.text(max_size=14))
def test_compatible_spellings_have_one_form(name: str) -> None:
    assert normal_form(unicodedata.normalize("NFD", name)) == normal_form(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U.S.", "US"),
        ("U.S", "U S"),
        ("The Hague", "Hague"),
        ("The The Hague", "Hague"),
        ("NORLAND’S", "Norland"),
        ("Norland's navy", "norland navy"),
        ("Al-Shifa", "al Shifa"),
        ("Antony J. Vey", "Antony J Vey"),
        ("Ｎｏｒｌａｎｄ", "Norland"),
        ("ministry_of “defence”", "Ministry of Defence"),
        ("İzmir", "i\u0307zmir"),
        ("\u00b80A", "0A"),
        ("Norland™ ships", "Norland ships"),
    ],
)
def test_what_is_one_name_has_one_form(one: str, other: str) -> None:
    assert normal_form(one) == normal_form(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Norland", "Norlands"), ("Vey", "Véy"), ("Kali", "Mali"), ("The", "")]
)
def test_two_names_have_two_forms(one: str, other: str) -> None:
    assert normal_form(one) != normal_form(other)


def test_marks_stay_with_the_letters_that_bear_them() -> None:
    assert normal_form("हिन्दी") == "हिन्दी"
    assert normal_form("❤️ Norland") == "norland"


def test_the_text_of_an_article_has_a_form_and_is_not_kept() -> None:
    long = "The navy of Norland sailed. " * 20
    assert normal_form(long) == ("the navy of norland sailed " * 20)[4:].strip()


# Titles.


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("President Ana Ruiz", "Ana Ruiz"),
        ("Mr. Ruiz", "Ruiz"),
        ("Lt. Gen. Ilya K. Brandt", "Ilya K. Brandt"),
        ("Norlandian Foreign Minister Tomas Vey", "Tomas Vey"),
        ("U.S. Secretary of Defense Ana Ruiz", "Ana Ruiz"),
        ("Secretary of State Tomas Vey", "Tomas Vey"),
        ("President of Norway Ana Ruiz", "Ana Ruiz"),
        ("President of the Islamic Republic of Iran Tomas Vey", "Tomas Vey"),
        ("Special Envoy for Yemen Ambassador Ana Ruiz", "Ana Ruiz"),
        ("Director General Marta Oyelaran", "Marta Oyelaran"),
    ],
)
def test_a_person_is_named_without_the_title(name: str, person: str) -> None:
    assert without_title(name) == person


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Ana Ruiz",
        "President",
        "President of Norway",
        "Secretary of State",
        "Secretary of the Harbour Council Tomas Vey",
        "Minister of Defence of the People",
        "Foreign Ministry",
        "State Department",
        "General Assembly",
        "Islamic State of Iraq",
        "Prime Minister",
        "of",
        "of the",
        "President of",
        "President of the",
    ],
)
def test_what_is_no_person_keeps_its_words(name: str) -> None:
    assert without_title(name) == name


WORD = st.sampled_from(
    ["President", "General", "State", "of", "for", "the", "Norway", "Defense", "Ana", "Ruiz", "Mr."]
)


@given(st.lists(WORD, max_size=7).map(" ".join))
def test_a_title_is_taken_off_at_once_and_something_is_left(name: str) -> None:
    bare = without_title(name)
    assert name.endswith(bare)
    assert bool(bare) == bool(name)


# Adjectives.


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Russia", "Russian ships"),
        ("Japan", "the Japanese navy"),
        ("Iraq", "two Iraqis"),
        ("Kestria", "Kestrians fled"),
        ("Sweden", "anti-Swedenish"),
    ],
)
def test_adjectives_are_known_by_the_name(name: str, text: str) -> None:
    assert adjective_of(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Russia", "Russia said"),
        ("Mali", "the Somalian coast"),
        ("Chad", "Chaddy"),
        ("Oman", "Romanian"),
        ("Iran", "iranian"),
    ],
)
def test_other_words_are_no_adjectives_of_it(name: str, text: str) -> None:
    assert not adjective_of(name, text)


# Where names stand.


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("US", "The U.S. navy sailed."),
        ("U.S.", "The US navy sailed."),
        ("Norland", "It was NORLAND’S ship."),
        ("Al-Shifa", "They left al Shifa at noon."),
        ("Al Shifa", "They left (Al-Shifa) at noon."),
        ("The Hague", "They met in the Hague."),
        ("Ana Ruiz", "There Ana\u00a0 Ruiz spoke."),
        ("Путин", "Он говорил с Путиным вчера."),
        ("Сергей Лавров", "Встреча с Сергеем Лавровым."),
        ("إيران", "قالت وإيران تنفي."),
        ("伊朗", "他说伊朗外长到访。"),
        ("İzmir", "The port of İzmir."),
        ("12", "There were 12 ships."),
    ],
)
def test_a_name_is_found(name: str, text: str) -> None:
    index = NameIndex(article("Nothing here.", text))
    assert index.holds(name)
    assert index.sentences(name)[-1] >= 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Oman", "A Romanian ship."),
        ("Ana Ruiz", "Ana said that Ruiz left."),
        ("Путин", "Они пришли с партией."),
        ("12", "There were 2012 ships."),
        ("", "Anything."),
        ("’", "It’s there."),
        ("the", ""),
    ],
)
def test_a_name_is_not_found_where_it_is_not(name: str, text: str) -> None:
    assert not NameIndex(article("Nothing here.", text or "No.")).holds(name)


def test_the_numbers_of_the_sentences_are_in_order() -> None:
    index = NameIndex(article("Norland sails.", "Ardania waits.", "The ships of Norland turn."))
    assert index.sentences("Norland") == (1, 3)


@given(st.lists(st.sampled_from(["Norland", "sees", "Ana Ruiz", "U.S.", "navy"]), max_size=12))
def test_an_index_finds_what_a_plain_search_finds(words: list[str]) -> None:
    text = f"It says: {' '.join(words)} ends."
    index = NameIndex(article(text))
    for name in ("Norland", "Ana Ruiz", "U.S.", "Ana"):
        there = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
        assert index.holds(name) == there


class SlowIndex:
    """`NameIndex` as plain as can be: every sentence is searched for every name."""

    def __init__(self, article: Article) -> None:
        self.texts = {number: f" {normal_form(text)} " for number, text in article.numbered()}

    def sentences(self, name: str) -> tuple[int, ...]:
        key = normal_form(name)
        if not key:
            return ()
        caseless = key.upper() == key.lower() and any(map(str.isalpha, key))
        words = [self.word(word) for word in key.split(" ")]
        pattern = re.compile(re.escape(key) if caseless else f" {' '.join(words)} ")
        return tuple(number for number, text in self.texts.items() if pattern.search(text))

    @staticmethod
    def word(word: str) -> str:
        if len(word) < 4 or not "\u0400" <= word[0] <= "\u04ff":
            return re.escape(word)
        stem, whole = re.escape(word[: max(3, len(word) - 2)]), re.escape(word)
        return rf"(?:{stem}\w{{0,3}}|{whole}\w{{1,3}})"


PIECE = st.sampled_from(
    ["Norland", "Ana", "Ruiz", "U.S.", "navy", "12", "the", "Путин", "Путиным", "Пути", "Сергеем",
     "Лавров", "Лаврову", "иран", "МИД", "إيران", "وإيران", "حزب", "الله", "عباس", "伊朗",
     "伊朗外长", "外", "12式", "हिन्दी", "Al-Shifa", "ΣΟΦΟΣ", "σοφος", "ªb", "a\u0301"]
)  # fmt: skip


@given(
    st.lists(st.lists(PIECE, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=8),
    st.lists(st.lists(PIECE, max_size=3).map(" ".join) | st.text(max_size=4), max_size=8),
)
def test_the_index_finds_what_a_search_of_every_sentence_finds(
    sentences: list[str], wanted: list[str]
) -> None:
    made = article(*(f"It: {sentence}." for sentence in sentences))
    index, slow = NameIndex(made), SlowIndex(made)
    for name in wanted:
        assert index.sentences(name) == slow.sentences(name)


class Looked(list[str]):
    """Sentences that count how often one is looked at."""

    looks = 0

    def __getitem__(self, i: Any) -> Any:
        self.looks += 1
        return super().__getitem__(i)


@pytest.mark.parametrize(
    "sentence",
    ["They of Norland met {}.", "Они в Норландии ждали {}.", "他们等{}。", "وانتظروا في بيت {}."],
)
def test_a_rare_name_is_not_looked_for_in_every_sentence(sentence: str) -> None:
    letters = {
        "T": "bcdfghjklmnprstvz",
        "О": "бвгджзклмнпрстфх",
        "他": "北东南西中山河海江湖城镇林田石桥",
        "و": "بتثجحخدذرزسشصضطظعغفقكلم",
    }[sentence[0]]
    random = Random(4)
    names = sorted({"".join(random.choices(letters, k=5)) for _ in range(600)})
    index = NameIndex(article(*map(sentence.format, names)))
    index._sentences = looked = Looked(index._sentences)
    assert all(index.holds(name) for name in names)
    assert not any(index.holds(f"{name}{name}") for name in names)
    assert looked.looks < 16 * len(names)


# Which names there are.


def test_names_are_known_by_their_capitals_within_a_sentence() -> None:
    assert names(
        "Two ships of Norland and Ardania sailed to Port Sorren on Monday.",
        "The exercise “Lantern 2031” was the idea of President Ana Ruiz.",
    ) == ("Norland", "Ardania", "Port Sorren", "Lantern 2031", "Ana Ruiz")


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("They heard Antony J. Vey speak.", "Antony J. Vey"),
        ("They left St. Orlo by ship.", "St. Orlo"),
        ("They went to St.", "St"),
        ("The U.S. navy and the U.S. army sailed.", "U.S."),
        ("They saw Norland’s ships.", "Norland"),
        ("They watched the Strait of Sorren from land.", "Strait of Sorren"),
        ("They asked the Bank of the North twice.", "Bank of the North"),
        ("It was the 12-Day War that they meant.", "12-Day War"),
        ("They call it Task Force 50 at sea.", "Task Force 50"),
        ("Once more NATO sent its ships.", "NATO"),
        ("They met Ana\u00a0 Ruiz there.", "Ana Ruiz"),
        ("They met Río Tinto there.", "Río Tinto"),
        ("They met Samer al-Kindi there.", "Samer al-Kindi"),
        ("They left al-Shifa at noon.", "al-Shifa"),
    ],
)
def test_a_name_is_offered_as_it_stands(sentence: str, name: str) -> None:
    assert name in names(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Talks began at noon.",
        "They met on Monday in June.",
        "He said that The talks failed.",
        "They praised Norwegian ships.",
        "The minister said that the Minister would come.",
        "12 34 56.",
        "Дипломаты встретились.".lower(),
        "外长到访。",
        " ".join(["They saw", *["Very"] * 10, "things."]),
        f"They saw A{'a' * 100}.",
        "They saw A and B.",
    ],
)
def test_what_is_no_name_is_not_offered(sentence: str) -> None:
    assert names(sentence) == ()


def test_the_first_word_of_a_sentence_is_no_name_unless_it_stands_elsewhere() -> None:
    assert names("Shelling went on.", "Norland waits.") == ()
    assert names("Norland waits.", "Ships left Norland.") == ("Norland",)


def test_a_word_that_also_stands_small_is_a_word() -> None:
    assert names("They fear the Storm.", "The storm came.") == ()
    assert names("They joined the AID.", "They brought aid.") == ("AID",)


def test_the_names_of_some_sentences_are_those_that_stand_in_them() -> None:
    made = article("They left Norland.", "They saw Ana Ruiz and a storm.", "They feared the Storm.")
    assert candidates(made, range(2, 3)) == ("Ana Ruiz",)
    assert candidates(made, range(3, 4)) == ("Storm",)
    assert candidates(made) == candidates(made, range(1, 4)) == ("Norland", "Ana Ruiz")
    assert candidates(made, range(2, 2)) == ()


def test_names_that_no_closed_list_has_room_for_stand_in_the_article_still() -> None:
    many = [f"They saw Arl{a}{b}{c}and." for a in "aeiou" for b in "bcdfg" for c in "aeiou"]
    assert len(standing_names(article(*many))) == len(many) > MOST_CANDIDATES


def test_a_list_of_names_has_an_end() -> None:
    many = [f"They saw Arl{a}{b}{c}and." for a in "aeiou" for b in "bcdfg" for c in "aeiou"]
    found = names(*many)
    assert len(found) == MOST_CANDIDATES < len(many)


@given(st.text(max_size=80).filter(str.strip))
@example("0A㊊")
@example("\u00b80A")
def test_any_text_has_names_that_stand_in_it(text: str) -> None:
    try:
        made = Article.from_text(f"It is so: {text}", language="en")
    except ValueError:
        return
    index = NameIndex(made)
    plain = " ".join(made.text.split())
    for name in candidates(made):
        assert name in plain
        assert index.holds(name)


def test_many_sentences_do_not_blow_up() -> None:
    told = (f"They of Norv{n % 97}ia met Ana Ruiz in Port Sorren." for n in range(50_000))
    made = article(*told)
    with ends():
        index = NameIndex(made)
        assert all(index.sentences(name) for name in candidates(made))


def test_a_line_of_nothing_but_capitals_does_not_blow_up() -> None:
    made = article("It is " + "NORLAND-" * 400_000 + ".", "The " * 100_000 + "end.")
    with ends():
        candidates(made)


def test_an_adjective_alone_is_no_candidate() -> None:
    found = names(
        "The ship went to the Cypriot port of Limassol.", "Then Cypriot authorities came."
    )
    assert "Limassol" in found
    assert "Cypriot" not in found


def test_people_of_half_a_country_are_no_name_and_tell_of_the_country() -> None:
    article = Article.from_text(
        "The envoy met North Koreans on Monday. The South Korean army said that North Korea "
        "had fired. In Seoul, South Korea protested."
    )
    found = candidates(article)
    assert {"North Korea", "South Korea"} <= {*found}
    assert not {"North Koreans", "South Korean"} & {*found}
    assert adjective_of("South Korea", "The South Korean army")
