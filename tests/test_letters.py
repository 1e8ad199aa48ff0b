"""How an article's words are written: with capitals, or without."""

from __future__ import annotations

import pytest

from summarizer.article import Article
from summarizer.names.letters import Letters, bare

TEXT = "Ships of Norland’s fleet left. In Port Halm, ships of the Anglo-Norish guard met NATO's."


def letters(**told: str) -> Letters:
    return Letters(Article.from_text(TEXT, language="en", **told))


def test_a_capital_amid_a_sentence_makes_a_name_and_one_at_its_start_does_not() -> None:
    assert {"Norland", "Port", "Halm", "NATO"} <= letters().names
    assert not {"Ships", "In", "ships"} & letters().names


def test_each_part_of_what_is_joined_by_hyphens_is_a_name() -> None:
    assert {"Anglo-Norish", "Anglo", "Norish"} <= letters().names


def test_words_without_a_capital_are_kept_as_they_are() -> None:
    assert "ships" in letters().small
    assert "Ships" not in letters().small


def test_title_and_byline_are_among_the_words() -> None:
    assert {"calm", "ruiz", "norland"} <= letters(title="Calm", byline="Ana Ruiz").words
    assert "calm" not in letters().words


def test_words_are_found_by_the_letters_they_begin_with() -> None:
    assert set(letters().starts["nor"]) == {"norland", "norish"}


@pytest.mark.parametrize(
    ("word", "without"),
    [("Norland's", "Norland"), ("Norland’s", "Norland"), ("ships'", "ships"), ("Halm", "Halm")],
)
def test_a_bare_word_has_no_possessive(word: str, without: str) -> None:
    assert bare(word) == without


def test_a_word_stands_in_small_letters_only_where_no_letter_is_beside_it() -> None:
    assert letters().has_small("ships")
    assert letters().has_small("guard")
    assert not any(map(letters().has_small, ("ship", "hips", "norland", "fleets")))


def test_a_word_with_punctuation_beside_it_stands_there_as_well() -> None:
    told = Letters(Article.from_text("It left Halm (port) for Velk. A well-known reef, too."))
    assert told.has_small("port")
    assert told.has_small("well-known")
    assert not told.has_small("known")


def test_a_word_that_is_part_of_many_others_is_found_where_it_stands_last() -> None:
    told = Letters(Article.from_text("Seaport, airport and carport. " * 5 + "In (port)"))
    assert told.has_small("port")
