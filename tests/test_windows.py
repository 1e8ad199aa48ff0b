"""Windows of a long article: nothing is lost between them, and each fits."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import Article, ArticleTooLong
from summarizer.forms import form
from summarizer.grounding import Source
from summarizer.schemas import SituationSummary
from summarizer.templates import numbered
from summarizer.windows import (
    BYTES_PER_TOKEN,
    MOST_KNOWN,
    OVERLAP,
    Window,
    windows,
)
from summarizer.wire import Profile, Size, plan

Tokenizer = Callable[[str], int | None]


def sentence(words: int) -> str:
    return " ".join(["Ships", *["lay"] * words, "there."])


def source(paragraphs: list[list[str]], **known: Any) -> Source:
    text = "\n\n".join(" ".join(sentences) for sentences in paragraphs)
    article = Article.from_text(text, language="en", **known)
    assert article.sentence_count == sum(map(len, paragraphs))
    return Source(article)


def even(sentences: int, to_a_paragraph: int = 1) -> Source:
    """An article of so many like sentences."""
    return source([[sentence(8)] * to_a_paragraph] * (sentences // to_a_paragraph))


def by_letters(text: str) -> int:
    """More than four letters a token, and numbers dear."""
    return len(text) // 5 + 2 * sum(map(str.isdigit, text))


def by_guess(text: str) -> int:
    """What the safe estimate comes to."""
    return -(-len(text.encode()) // BYTES_PER_TOKEN)


def uncounted(_: str) -> None:
    return None


def cut(
    whole: Source, room: int, tokenizer: Tokenizer = by_letters, overlap: int = OVERLAP
) -> list[Window]:
    async def count(text: str) -> int | None:
        return tokenizer(text)

    return asyncio.run(windows(whole, room, count, overlap=overlap))


def citable(whole: Source, window: Window) -> list[int]:
    return sorted(whole.within(window).citable)


def shown(whole: Source, window: Window) -> str:
    return numbered(whole.article, whole.furniture, window)


ARTICLES = st.lists(
    st.lists(st.integers(0, 30).map(sentence), min_size=1, max_size=6)
    | st.just(["Advertisement"])
    | st.just(["Ana Ruiz met the old International Sea Agency (ISA).", "Ruiz left ISA."]),
    min_size=1,
    max_size=25,
).filter(lambda paragraphs: any(len(paragraph) > 1 for paragraph in paragraphs))


@given(ARTICLES, st.integers(120, 900), st.integers(0, 5), st.booleans())
def test_every_sentence_is_in_a_window_and_every_window_fits(
    paragraphs: list[list[str]], room: int, overlap: int, counted: bool
) -> None:
    whole = source(paragraphs, title="Ships", published="2025-03-06")
    made = cut(whole, room, by_letters if counted else uncounted, overlap)
    assert {n for window in made for n in citable(whole, window)} == whole.citable
    assert made[0].first == 1
    assert made[-1].last == whole.article.sentence_count
    fits = by_letters if counted else by_guess
    assert len(made) == 1 or all(fits(shown(whole, window)) <= room for window in made)
    assert len(made) > 1 or by_guess(shown(whole, made[0])) <= room or fits is by_letters
    for one, other in pairwise(made):
        assert one.first < other.first <= one.last + 1 + len(whole.furniture)
        assert one.last < other.last
        shared = [n for n in citable(whole, other) if n <= one.last]
        assert len(shared) <= overlap
        assert shared == citable(whole, one)[len(citable(whole, one)) - len(shared) :]


@given(st.integers(30, 90), st.integers(600, 900), st.integers(0, 5), st.booleans())
def test_two_windows_share_as_many_sentences_as_was_said(
    sentences: int, room: int, overlap: int, counted: bool
) -> None:
    whole = even(sentences)
    made = cut(whole, room, by_letters if counted else uncounted, overlap)
    assert all(one.last - other.first + 1 == overlap for one, other in pairwise(made))


def test_what_is_shared_takes_no_more_than_a_quarter_of_the_room() -> None:
    whole = source([[sentence(60)]] * 30)
    made = cut(whole, 400, uncounted, overlap=5)
    assert len(made) > 3
    assert all(one.last - other.first + 1 == 1 for one, other in pairwise(made))


def test_an_article_that_fits_is_one_window_and_nothing_is_counted() -> None:
    def never(_: str) -> int:
        raise AssertionError

    assert cut(even(5), 1000, never) == [Window(1, 5)]


def test_an_article_that_the_estimate_thinks_too_long_is_one_window_if_it_counts_as_such() -> None:
    assert cut(even(40), 600, lambda text: len(text) // 6) == [Window(1, 40)]


def test_an_article_of_furniture_is_one_window() -> None:
    assert cut(source([["Advertisement"]] * 50), 10) == [Window(1, 50)]


def test_windows_are_alike_in_size() -> None:
    sizes = [len(window.sentences) for window in cut(even(105), 700)]
    assert len(sizes) > 2
    assert max(sizes) - min(sizes) <= OVERLAP + 1


def test_a_window_ends_with_a_paragraph_if_one_ends_near_enough() -> None:
    made = cut(even(120, to_a_paragraph=4), 700)
    assert len(made) > 2
    assert all(window.last % 4 == 0 for window in made)


def test_the_server_is_asked_for_three_samples_and_once_for_a_window() -> None:
    asked: list[str] = []

    def count(text: str) -> int:
        asked.append(text)
        return len(text) // 4

    whole = even(400)
    made = cut(whole, 1000, count)
    assert len(made) > 4
    assert len(asked) == 3 + len(made)
    assert sum(map(len, asked)) < 1.5 * len(numbered(whole.article)) + 3 * 4100


def test_a_server_that_does_not_count_is_asked_once() -> None:
    asked: list[str] = []
    cut(even(200), 500, asked.append)
    assert len(asked) == 1


def test_a_part_that_takes_more_tokens_than_the_samples_is_cut_finer() -> None:
    dear = ["§" * 60 + " stood there."] * 10
    whole = source([[sentence(8)] * 3] * 20 + [dear] + [[sentence(8)] * 3] * 20)

    def count(text: str) -> int:
        return len(text) // 5 + 3 * text.count("§")

    made = cut(whole, 500, count)
    assert all(count(shown(whole, window)) <= 500 for window in made)
    first = next(window for window in made if 61 in window.sentences)
    assert len(first.sentences) < max(len(window.sentences) for window in made)


@pytest.mark.parametrize("tokenizer", [by_letters, uncounted])
def test_a_sentence_that_is_too_long_by_itself_is_named(tokenizer: Tokenizer) -> None:
    paragraph, long = [sentence(8)] * 20, " ".join(["Boats", *["lay"] * 110, "there."])
    whole = source([paragraph, [long], paragraph])
    with pytest.raises(ArticleTooLong, match=r"Sentence 21 .*“Boats lay .* room for 100"):
        cut(whole, 100, tokenizer)


@pytest.mark.parametrize("room", [0, -50])
def test_where_there_is_no_room_the_article_is_too_long(room: int) -> None:
    with pytest.raises(ArticleTooLong, match="room for 0"):
        cut(even(5), room)


def test_the_work_grows_with_the_article_and_not_with_its_square() -> None:
    _, short, long = (calls_for(sentences) for sentences in (400, 400, 1600))  # caches are full
    assert long < 1.3 * 4 * short


def calls_for(sentences: int) -> int:
    """Calls that it takes to cut an article, and to have every window of it in hand."""
    names = [f"Ana V{'aeiou'[n % 5]}l{'bdfgk'[n // 5 % 5]}in" for n in range(sentences)]
    text = "\n\n".join(f"Ships of {name} struck Port Sorren." for name in names)
    planned = plan(SituationSummary, Profile.GRAMMAR, Size.CORE)
    counted = 0

    def count(frame: Any, event: str, argument: Any) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        whole = Source(Article.from_text(text, language="en"))
        made = cut(whole, 900)
        assert len(made) > sentences / 60
        for window in made:
            part = whole.within(window)
            assert part.candidates
            assert shown(whole, window)
            assert form(planned, part)
    finally:
        sys.setprofile(before)
    return counted


# What is known from before.


def told(opening: str, later: str, *, between: int = 60) -> list[tuple[str, ...]]:
    """What each window is told from before it; the first holds `opening`, the last `later`."""
    whole = source([[opening], *[[sentence(8)]] * between, [later]])
    made = cut(whole, 400)
    assert len(made) > 2
    return [window.known for window in made]


def test_a_short_name_goes_with_the_full_one_that_stands_only_before() -> None:
    known = told("The envoy Andrei Volkonin came.", "The port was left by Volkonin and others.")
    assert not any(known[:-1])
    assert known[-1] == ("Andrei Volkonin",)


def test_a_full_name_that_stands_in_the_window_is_not_told() -> None:
    known = told("The envoy Andrei Volkonin came.", "So Andrei Volkonin left, and Volkonin wept.")
    assert not any(known)


def test_a_full_name_that_stands_only_later_is_not_told() -> None:
    between = [[sentence(8)]] * 40
    short, full = ["The envoy Volkonin came."], ["Then there left Andrei Volkonin."]
    made = cut(source([*between, short, *between, full]), 400)
    assert not any(41 in window.sentences and 82 in window.sentences for window in made)
    assert not any(window.known for window in made)


def test_a_surname_of_two_is_left_alone() -> None:
    opening = "The envoys Andrei Volkonin and Olga Volkonin came."
    assert not any(told(opening, "The port was left by Volkonin."))


def test_an_abbreviation_goes_with_what_it_stands_for() -> None:
    known = told(
        "It met the International Sea Agency (ISA).", "The port was left by the ISA’s men."
    )
    assert known[-1] == ("International Sea Agency (ISA)",)


def test_no_more_names_are_told_than_there_is_room_for() -> None:
    pairs = [(f"Ana{x}{y}", f"Vol{x}{y}in") for x in "bdfgklm" for y in "aeiou"]
    opening = " ".join(f"The envoy {given} {name} came." for given, name in pairs)
    later = " ".join(f"The port was left by {name}." for _, name in pairs)
    text = "\n\n".join([opening, *[sentence(8)] * 150, later])
    whole = Source(Article.from_text(text, language="en"))
    for room, most in ((2000, MOST_KNOWN), (800, 20)):
        last = cut(whole, room)[-1]
        assert most - 5 < len(last.known) <= most
        assert by_letters(shown(whole, last)) <= room


def test_a_sentence_that_has_room_only_without_the_names_goes_without() -> None:
    long = " ".join(["So", *["Volkonin"] * 40, "left."])
    whole = source([["The envoy Andrei Volkonin came."], *[[sentence(8)]] * 20, [long]])
    bare = Window(22, 22)
    room = by_letters(shown(whole, bare))
    assert cut(whole, room)[-1] == bare
    assert cut(whole, room + 20)[-1].known == ("Andrei Volkonin",)


# A source within a window.


def test_within_a_window_only_its_sentences_can_be_cited() -> None:
    whole = source([[sentence(8)], ["Advertisement"], [sentence(8)], [sentence(8)]])
    assert whole.citable == {1, 3, 4}
    assert whole.within(Window(2, 3)).citable == {3}


def test_within_a_window_the_candidates_are_its_own() -> None:
    whole = source([["It was Ana Ruiz."], ["It was Tomas Vey."], ["It was Dana Weck."]])
    assert len(whole.candidates) == 3
    assert whole.within(Window(2, 2)).candidates == ("Tomas Vey",)


def test_within_a_window_names_and_free_text_are_held_against_the_whole_article() -> None:
    whole = source([["It was Ana Ruiz with 14 men."], ["Then Ruiz left."], ["It was Tomas Vey."]])
    part = whole.within(Window(2, 2))
    assert part.names is whole.names
    assert part.prose is whole.prose
    assert [entry["sentence"] for entry in part.mentions(["Ana Ruiz", "Ruiz"])] == [1, 2]
    assert part.reads_as_name("Tomas Vey")


def test_a_form_of_the_whole_is_not_that_of_a_window() -> None:
    whole = source([["Norland struck Sarvia."], ["Then Sarvia struck Norland near Cape Orlo."]])
    whole.form = form(plan(SituationSummary, Profile.GRAMMAR, Size.CORE), whole)
    assert whole.form is not None
    assert whole.within(Window(2, 2)).form is None


def test_a_window_of_a_window_is_of_the_article() -> None:
    whole = source([[sentence(8)]] * 9)
    assert whole.within(Window(2, 3)).within(Window(5, 6)).citable == {5, 6}
