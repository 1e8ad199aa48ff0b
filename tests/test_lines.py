from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.lines import units

PARAGRAPHS = [
    (
        "The northern command said on Monday that it had moved three brigades to the border after "
        "a week of shelling that left at least twelve people dead in the villages along the river."
    ),
    (
        "A spokesman for the ministry denied that and said that nobody had crossed the line since "
        "the truce was signed, while observers counted forty flights over the same four days."
    ),
]


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in units(text)]


@pytest.mark.parametrize("width", [60, 72, 80, 98])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_the_lines_of_a_wrapped_paragraph_are_one_unit(width: int, line_break: str) -> None:
    wrapped = [line_break.join(textwrap.wrap(text, width)) for text in PARAGRAPHS]
    found = pieces((line_break * 2).join(wrapped))
    assert [" ".join(piece.split()) for piece in found] == PARAGRAPHS


def test_a_line_that_is_a_paragraph_is_a_unit() -> None:
    assert pieces("\n".join(PARAGRAPHS)) == PARAGRAPHS


def test_headlines_of_similar_length_are_not_joined() -> None:
    headlines = [
        "Ministers Meet In The Capital For Talks On The Northern Border",
        "Navy Ends Its Autumn Exercise Off The Coast With Two Partners",
        "Observers Report Forty Flights Over The River In Four Days",
    ]
    assert pieces("\n".join(headlines)) == headlines


def test_short_lines_are_not_joined() -> None:
    assert pieces("Syria\nNear Dara,\ntwo strikes") == ["Syria", "Near Dara,", "two strikes"]


def test_a_bullet_begins_a_unit_and_keeps_its_wrapped_lines() -> None:
    entries = [textwrap.fill("- " + text, 70, subsequent_indent="  ") for text in PARAGRAPHS]
    assert pieces("\n".join(entries)) == entries


def test_an_indented_line_begins_a_paragraph() -> None:
    filled = [textwrap.fill(text, 70, initial_indent="    ") for text in PARAGRAPHS]
    assert pieces("\n".join(filled)) == [text.strip() for text in filled]


def test_two_lines_are_joined_by_the_width_of_the_document() -> None:
    """A break before a capital tells nothing alone, and is clear beside a wrapped paragraph."""
    pair = "The delegation was received on Thursday at the airport by\nPresident Orlov."
    assert len(pieces(pair)) == 2
    wrapped = textwrap.fill(PARAGRAPHS[0], 60)
    assert pieces(f"{wrapped}\n\n{pair}") == [wrapped, pair]


@given(st.text(st.sampled_from("ab. \n\r\t-•\u2028X"), max_size=200))
def test_units_are_in_order_stripped_and_lose_nothing(text: str) -> None:
    at = 0
    for start, end in units(text):
        assert at <= start < end
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


def test_every_line_break_ends_a_line() -> None:
    breaks = ["\n", "\r", "\r\n", *"\v\f\x1c\x1d\x1e\x85\u2028\u2029"]
    for end in breaks:
        assert pieces(f"One{end}Two") == ["One", "Two"]
