"""What no view may pass on."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from summarizer.view.clean import clean, shorten
from summarizer.view.columns import clip, columns, wrap

ANY = st.text(st.characters(), max_size=80)
STEERING = ANY.map(lambda text: f"a\x1b[2J{text}\u202e\x9b\x00\u2028b")


@given(STEERING)
def test_no_control_or_bidi_override_is_left(text: str) -> None:
    cleaned = clean(text)
    assert all(unicodedata.category(c) not in ("Cc", "Cs", "Zl", "Zp") for c in cleaned)
    assert not set(cleaned) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert clean(cleaned) == cleaned


def test_marks_and_joiners_that_a_script_needs_stay() -> None:
    text = "می\u200cخواهم \u200fשלום\u200e क्\u200dष"
    assert clean(text) == text


@given(ANY, st.integers(2, 40))
def test_a_shortened_text_fits_and_is_the_start_of_the_whole(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short) <= limit
    assert text == short or text.startswith(short.removesuffix("…"))


@given(st.lists(ANY.map(clean), max_size=4), st.integers(12, 60))
def test_wrapped_lines_fit_and_hold_every_character(texts: list[str], width: int) -> None:
    pieces = [(text, "") for text in texts]
    laid = wrap(pieces, width, "  ", "    ")
    assert all(columns(line) <= width for line in laid.splitlines())
    assert "".join(laid.split()) == "".join("".join(texts).split())


@given(ANY.map(clean), st.integers(4, 40))
def test_a_clipped_text_fits_its_columns(text: str, width: int) -> None:
    assert columns(clip(text, width)) <= width


def test_chinese_takes_two_columns_a_character_and_accents_none() -> None:
    assert columns("演习") == 4
    assert columns("e\u0301") == 1
    assert wrap([("军舰在海湾举行联合演习", "")], 12) == "军舰在海湾举\n行联合演习"
