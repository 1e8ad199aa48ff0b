"""Bands of likelihood come from the words of ICD 203 and from no others."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.schemas.likelihood import TERMS, VARIANTS, band
from summarizer.schemas.vocabularies import LikelihoodBand

WORDS = [(word, of) for table in (TERMS, VARIANTS) for of, words in table.items() for word in words]


def test_every_band_has_two_wordings_at_least() -> None:
    assert list(TERMS) == list(LikelihoodBand)
    assert all(len(words) >= 2 for words in TERMS.values())


@pytest.mark.parametrize(("word", "expected"), WORDS)
def test_each_wording_has_its_band(word: str, expected: LikelihoodBand) -> None:
    assert band(word) is expected
    assert band(word.upper()) is expected
    assert band(f"{word}.") is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a further raid is very unlikely this year", LikelihoodBand.VERY_UNLIKELY),
        ("It will almost  certainly\nreturn", LikelihoodBand.ALMOST_CERTAIN),
        ("a remote possibility of talks", LikelihoodBand.ALMOST_NO_CHANCE),
        ("they will probably leave, and the rest will likely follow", LikelihoodBand.LIKELY),
    ],
)
def test_the_longest_wording_in_a_text_counts(text: str, expected: LikelihoodBand) -> None:
    assert band(text) is expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "they could, may or might attack",
        "reportedly",
        "it is possible",
        "a remote mountain base",
        "remotely piloted",
        "likelihood",
        "the likelier of the two",
        "probability",
        "uncertain",
    ],
)
def test_words_outside_the_directive_have_no_band(text: str) -> None:
    assert band(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "not likely",
        "not very likely",
        "it isn't likely",
        "it isn’t probable",
        "no longer likely",
        "more likely than not",
        "less probable",
        "as likely as before",
        "quite likely",
        "increasingly unlikely",
    ],
)
def test_an_altered_word_names_no_band(text: str) -> None:
    """The complement of a band, or a comparison with one, is not a band."""
    assert band(text) is None


def test_words_of_different_bands_leave_it_open() -> None:
    assert band("an attack is unlikely, but a blockade is likely") is None


@settings(deadline=None)  # the first call loads what the others use
@given(st.text())
def test_any_text_has_a_band_or_none(text: str) -> None:
    assert band(text) in {None, *LikelihoodBand}
