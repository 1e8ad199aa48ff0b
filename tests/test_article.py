from __future__ import annotations

import json
import pickle
import subprocess
import sys
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from summarizer.article import MAX_CHARACTERS, Article, published_date
from summarizer.errors import EmptyArticle, InputError, InputTooLarge, NotText
from summarizer.lines import units

TEXT = "Talks in Oslo\n\nNorland's envoy left on Monday. The U.S. delegation stayed.\nLogin"


def test_sentences_are_numbered_from_one_and_quoted_verbatim() -> None:
    article = Article.from_text(TEXT)
    assert article.sentence_count == 4
    assert dict(article.numbered())[2] == article.quote(2) == "Norland's envoy left on Monday."
    start, end = article.span(2)
    assert article.text[start:end] == article.quote(2)
    for number in (0, 5, -1):
        with pytest.raises(IndexError, match="1 to 4"):
            article.quote(number)
        with pytest.raises(IndexError, match="1 to 4"):
            article.line(number)
        with pytest.raises(IndexError):
            article.paragraph(number)


def test_the_white_space_of_a_sentence_is_made_single_blanks_in_its_line() -> None:
    article = Article.from_text("The envoy  of\tNorland\u00a0came.\n\nShe left.")
    assert article.quote(1) == "The envoy  of\tNorland\u00a0came."
    assert article.line(1) == "The envoy of Norland came."
    assert article.lines == [article.line(1), "She left."]


def test_offsets_are_code_points() -> None:
    article = Article.from_text("🚀🚀 Go. Then stop.", language="en")
    assert article.span(2) == (7, 17)


def test_the_json_has_the_shape_that_is_promised() -> None:
    article = Article.from_text("One. Two.", language="en", title="T", published="2025-07-21")
    digest = sha256(b"One. Two.").hexdigest()
    assert json.loads(article.model_dump_json()) == {
        "id": digest[:12],
        "text": "One. Two.",
        "sha256": digest,
        "source_sha256": None,
        "sentences": [[0, 4], [5, 9]],
        "language": "en",
        "published": "2025-07-21",
        "title": "T",
        "publisher": None,
        "byline": None,
        "url": None,
    }


@given(st.text(min_size=1).filter(lambda text: any(c.isalnum() for c in text) and "\0" not in text))
def test_an_article_survives_json_and_pickle(text: str) -> None:
    try:
        article = Article.from_text(text)
    except InputError:
        return
    assert Article.model_validate_json(article.model_dump_json()) == article
    assert pickle.loads(pickle.dumps(article)) == article
    assert article.text == text.removeprefix("\ufeff")


@given(st.text("ab. \n\r\t-•\u00a0\u2028\u200bX", max_size=60).map("word".__add__))
def test_lines_and_units_of_an_article_are_those_of_its_text(text: str) -> None:
    article = Article.from_text(text)
    assert article.lines == [" ".join(sentence.split()) for _, sentence in article.numbered()]
    assert article.units == units(text)


def test_white_space_other_than_blanks_is_not_printable() -> None:
    spaces = [chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()]
    assert [space for space in spaces if space.isprintable()] == [" "]


def test_an_article_can_not_be_changed() -> None:
    article = Article.from_text(TEXT)
    with pytest.raises(ValidationError):
        article.text = "other"  # type: ignore[misc]  # the point


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Changed. Text."},
        {"sentences": [[0, 4], [5, 99]]},
        {"sentences": [[5, 9], [0, 4]]},
        {"sentences": [[0, 6], [5, 9]]},
        {"sentences": [[3, 3]]},
        {"sentences": [[-4, 4]]},
    ],
)
def test_a_stored_article_that_was_tampered_with_is_refused(change: dict[str, object]) -> None:
    stored = Article.from_text("One. Two.").model_dump(mode="json")
    Article.model_validate(stored)
    with pytest.raises(ValidationError):
        Article.model_validate(stored | change)


def test_a_byte_order_mark_is_taken_off_and_newlines_are_kept() -> None:
    assert Article.from_text("\ufeffOne.\r\nTwo.\r\n").text == "One.\r\nTwo.\r\n"


@pytest.mark.parametrize("text", ["", " \n\t ", "\ufeff", "\u200b", "…", "* * *"])
def test_a_text_without_a_letter_or_digit_is_empty(text: str) -> None:
    with pytest.raises(EmptyArticle):
        Article.from_text(text)


@pytest.mark.parametrize("text", ["Iran", "Iran struck", "7"])
def test_a_word_or_two_are_an_article_of_one_sentence(text: str) -> None:
    assert list(Article.from_text(text).numbered()) == [(1, text)]


@pytest.mark.parametrize("text", ["bin\0ary", "half \ud83d pair", "a" + "\x01\x02\x03" * 40])
def test_what_is_not_text_is_refused(text: str) -> None:
    with pytest.raises(NotText) as caught:
        Article.from_text(text)
    assert caught.value.hint


def test_the_limit_is_five_million_characters() -> None:
    assert Article.from_text("a" * MAX_CHARACTERS).sentence_count >= 1
    with pytest.raises(InputTooLarge):
        Article.from_text("a" * (MAX_CHARACTERS + 1))


@pytest.mark.parametrize(
    "value",
    [
        date(2025, 7, 21),
        datetime(2025, 7, 21, 23, 0, tzinfo=UTC),
        "2025-07-21",
        "2025-07-21T23:00:00Z",
    ],
)
def test_a_publication_date_is_a_date(value: date | str) -> None:
    published = Article.from_text("One.", published=value).published
    assert type(published) is date
    assert published == date(2025, 7, 21)


def test_a_publication_date_that_can_not_be_read_says_how_to_write_it() -> None:
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        published_date("last Tuesday")
    assert published_date("") is None


def test_a_language_is_a_code_without_its_region() -> None:
    assert Article.from_text("Uno.", language="es-MX").language == "es"
    assert Article.from_text("Uno.", language="").language is None
    with pytest.raises(InputError, match="Spanish"):
        Article.from_text("Uno.", language="Spanish")


def test_paragraphs_are_lines_or_wrapped_blocks() -> None:
    article = Article.from_text(TEXT)
    assert [article.paragraph(n) for n in range(1, 5)] == [1, 2, 2, 3]


@pytest.mark.parametrize(
    ("text", "needle", "expected"),
    [
        (TEXT, "norland", [2]),
        (TEXT, "Nor", []),
        (TEXT, "U.S.", [3]),
        (TEXT, "  ", []),
        ("The Straße was hit. No road.", "STRASSE", [1]),
        ("Ｉｒａｎ spoke. Iranians left.", "Iran", [1]),
        ("The Islamic\nRepublic of Arda replied to it.", "Islamic Republic", []),
        ("Norland’s navy. A \u00abname\u00bb.", "Norland's navy", [1]),
        ("وقال وزير إن إيران مستعدة. وإيران لن تقبل. الإيرانيون.", "إيران", [1, 2]),
        ("他们包括美国走了。没有。", "美国", [1]),
        ("Он сказал. МОСКВА ответила.", "Москва", [2]),
        ("C++ code. See.", "C++", [1]),
        ("It cost $5 (five). Done.", "(five)", [1]),
    ],
)
def test_sentences_that_hold_a_name_are_found_by_whole_words(
    text: str, needle: str, expected: list[int]
) -> None:
    assert Article.from_text(text).sentences_holding(needle) == expected


def test_a_name_broken_over_a_wrapped_line_is_found() -> None:
    text = (
        "The foreign ministry said on Friday that the envoy of the Arda\n"
        "Republic had left the talks without a word to the reporters who\n"
        "had waited since the morning."
    )
    assert Article.from_text(text).sentences_holding("Arda Republic") == [1]


def test_importing_the_module_does_not_load_the_segmenter() -> None:
    code = (
        "import summarizer.article, sys; "
        "print('sentencex' in sys.modules, 'asyncio' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]
