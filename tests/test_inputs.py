from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hostile import ends

from summarizer import web
from summarizer.errors import (
    ConfigurationError,
    EmptyArticle,
    FetchError,
    InputError,
    InputTooLarge,
    NotText,
)
from summarizer.inputs import MAX_BYTES, read
from summarizer.web import Fetched

TEXT = "The envoy left on Monday. Talks in Arda go on."
PAGE = (
    '<html lang="en"><head><title>Talks end</title></head><body><article>'
    "<p>The envoy left on Monday – and the talks in Arda go on.</p></article></body></html>"
)
Write = Callable[[str, bytes | str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def file(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return file


@pytest.fixture
def standard_input(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    def give(content: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    return give


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> Callable[[Fetched], None]:
    def answer(page: Fetched) -> None:
        monkeypatch.setattr(web, "fetch", lambda url, *, max_bytes: page)

    return answer


def test_a_text_file_is_read_as_it_is(write: Write) -> None:
    path = write("a.txt", TEXT)
    article = read(path)
    assert read(str(path)) == article
    assert article.text == TEXT
    assert article.source_sha256 == article.sha256 == sha256(TEXT.encode()).hexdigest()
    assert article.id == article.sha256[:12]
    assert article.url is None


def test_the_hash_of_the_source_is_of_the_bytes_that_came_in(write: Write) -> None:
    content = b"\xef\xbb\xbf" + TEXT.encode()
    article = read(write("a.txt", content))
    assert article.text == TEXT
    assert article.source_sha256 == sha256(content).hexdigest() != article.sha256


def test_what_is_given_goes_before_what_the_input_says(write: Write) -> None:
    record = {"text": TEXT, "title": "Old", "published": "2031-01-01", "id": "a", "language": "fr"}
    path = write("a.json", json.dumps(record))
    article = read(path, id="b", published="2031-06-02", language="en", title="New")
    assert (article.id, article.title, article.language) == ("b", "New", "en")
    assert article.published == date(2031, 6, 2)


def test_a_json_object_gives_text_and_metadata(write: Write) -> None:
    record = {
        "text": TEXT,
        "title": "Talks end",
        "published": "2031-06-02T10:00:00Z",
        "publisher": "The Gazette",
        "byline": "Ann Roe",
        "language": "en",
        "url": "https://gazette.example/talks",
        "id": 7,
        "other": [1],
    }
    article = read(write("a.json", json.dumps(record)))
    assert (article.text, article.title, article.publisher) == (TEXT, "Talks end", "The Gazette")
    assert (article.published, article.id) == (date(2031, 6, 2), "7")
    assert (article.byline, article.url) == ("Ann Roe", "https://gazette.example/talks")


def test_a_json_object_is_known_on_standard_input(
    standard_input: Callable[[bytes], None],
) -> None:
    standard_input(json.dumps({"text": TEXT, "title": "Talks end"}).encode())
    article = read("-")
    assert (article.text, article.title) == (TEXT, "Talks end")


@pytest.mark.parametrize(
    "text", ["{x} said the envoy.", '{"title": "no text"}', "{" * 100_000 + "a"]
)
def test_a_text_that_begins_with_a_brace_stays_a_text(
    text: str, standard_input: Callable[[bytes], None]
) -> None:
    standard_input(text.encode())
    assert read("-").text == text


@pytest.mark.parametrize("content", ["[1]", '{"title": "x"}', "{", '{"text": 1}', "[" * 100_000])
def test_a_json_file_without_a_text_says_what_to_write(content: str, write: Write) -> None:
    with pytest.raises(InputError, match="published"):
        read(write("a.json", content))


def test_a_json_field_of_the_wrong_type_is_named(write: Write) -> None:
    with pytest.raises(InputError, match="publisher"):
        read(write("a.json", json.dumps({"text": TEXT, "publisher": ["x"]})))


def test_front_matter_of_markdown_is_metadata_and_the_markup_stays(write: Write) -> None:
    front = "---\ntitle: 'Talks end'\ndate: 2031-06-02\nauthor: Ann Roe\ntags:\n  - arda\n---\n"
    article = read(write("a.md", f"{front}# Talks\n\n**{TEXT}**\n"))
    assert article.text == f"# Talks\n\n**{TEXT}**\n"
    assert (article.title, article.byline) == ("Talks end", "Ann Roe")
    assert article.published == date(2031, 6, 2)


def test_rules_in_markdown_are_not_front_matter(write: Write) -> None:
    text = f"---\nThe envoy left\n---\n{TEXT}"
    assert read(write("a.md", text)).text == text


def test_a_date_or_language_in_words_in_front_matter_is_left_out(write: Write) -> None:
    front = "---\ndate: last week\nlanguage: Arabic script\n---\n"
    assert read(write("a.md", front + TEXT)).published is None


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a", "a.txt"])
def test_html_is_known_by_its_name_or_how_it_begins(name: str, write: Write) -> None:
    pytest.importorskip("trafilatura")
    article = read(write(name, f"<!-- saved --><!-- twice -->\n{PAGE}"))
    assert article.text == "The envoy left on Monday – and the talks in Arda go on."
    assert (article.title, article.language) == ("Talks end", "en")


def test_looking_for_html_ends_on_a_text_made_to_take_for_ever(write: Write) -> None:
    with ends():
        assert read(write("a.txt", "<!---->" * 580 + "a")).sentence_count >= 1


def test_html_without_the_extra_says_what_to_install(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(ConfigurationError, match="pip install"):
        read(write("a.html", PAGE))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n\xe2\xe3", "PDF"),
        (b"PK\x03\x04rest", "zip"),
        (b"\x1f\x8b\x08rest", "gzip"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"{\\rtf1 text}", "RTF"),
        (b"a\0b\0c", "binary"),
        (TEXT.encode("utf-16"), "iconv -f UTF-16"),
        (TEXT.encode("utf-32"), "iconv -f UTF-32"),
        ("Ankündigung".encode("cp1252"), "iconv"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.json"])
def test_what_is_not_utf_8_text_is_refused_and_named(
    name: str, content: bytes, said: str, write: Write
) -> None:
    with pytest.raises(NotText, match=said) as caught:
        read(write(name, content))
    assert caught.value.hint


@pytest.mark.parametrize("content", [b"", b" \n ", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(content: bytes, write: Write) -> None:
    with pytest.raises(EmptyArticle):
        read(write("a.txt", content))


def test_one_word_is_an_article(write: Write) -> None:
    assert read(write("a.txt", "Ceasefire")).sentence_count == 1


def test_the_limit_is_five_million_bytes(write: Write) -> None:
    assert len(read(write("a.txt", "a" * MAX_BYTES)).text) == MAX_BYTES
    with pytest.raises(InputTooLarge, match="5,000,000"):
        read(write("b.txt", "a" * (MAX_BYTES + 1)))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless file on this system")
def test_json_lines_are_not_taken_for_one_article(
    write: Write, standard_input: Callable[[bytes], None]
) -> None:
    lines = json.dumps({"text": "The envoy left."}) + "\n"
    with pytest.raises(InputError, match="JSON lines") as caught:
        read(write("a.jsonl", lines * 2))
    assert "summarizer batch" in str(caught.value)
    standard_input((lines * 2).encode())
    with pytest.raises(InputError, match="standard input holds JSON lines"):
        read("-")
    assert read(write("b.txt", lines)).text == "The envoy left."


def test_an_endless_file_is_not_read_to_its_end() -> None:
    with pytest.raises(InputTooLarge):
        read("/dev/zero")


def test_a_missing_file_a_folder_and_a_text_given_as_a_path_say_the_way_out(
    tmp_path: Path,
) -> None:
    with pytest.raises(InputError, match=r"does not exist.*Check the path"):
        read(tmp_path / "none.txt")
    with pytest.raises(InputError, match=r"is a folder.*batch"):
        read(tmp_path)
    for text in (TEXT * 50, "One line.\nAnother.", "nul\0byte"):
        with pytest.raises(InputError, match="summarize"):
            read(text)


def test_a_page_from_a_url_is_decoded_by_its_header(fetched: Callable[[Fetched], None]) -> None:
    pytest.importorskip("trafilatura")
    content = PAGE.encode("cp1252")
    fetched(Fetched(content, "https://gazette.example/talks", "text/html", "iso-8859-1"))
    article = read("https://gazette.example/")
    assert "Monday – and" in article.text
    assert article.url == "https://gazette.example/talks"
    assert article.source_sha256 == sha256(content).hexdigest()
    assert article.publisher == "gazette.example"


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (TEXT.encode(), "text/plain"),
        (json.dumps({"text": TEXT}).encode(), "application/json"),
        (TEXT.encode(), None),
    ],
)
def test_text_and_json_from_a_url_are_read(
    content: bytes, content_type: str | None, fetched: Callable[[Fetched], None]
) -> None:
    fetched(Fetched(content, "https://gazette.example/a", content_type, None))
    article = read("https://gazette.example/a")
    assert (article.text, article.url) == (TEXT, "https://gazette.example/a")


def test_other_schemes_are_refused_and_not_taken_for_paths() -> None:
    for url in ("ftp://host/a", "file:///etc/hosts", "gopher://host"):
        with pytest.raises(FetchError, match="Only http and https"):
            read(url)
