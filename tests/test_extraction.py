from __future__ import annotations

import sys
from datetime import date

import pytest

from summarizer.errors import ConfigurationError, EmptyArticle
from summarizer.extraction import decode_as, from_html

pytest.importorskip("trafilatura")

PAGE = """<!doctype html><html lang="fr-FR"><head><meta charset="{charset}">
<title>Pourparlers à Oslo</title>
<meta property="og:site_name" content="La Gazette"><meta name="author" content="Anne Roe">
<meta property="article:published_time" content="2024-06-02T10:00:00Z">
<script>var hidden = "payload one";</script><style>.payload-two {{}}</style></head><body>
<nav><a href="/">Accueil</a></nav><article><h1>Pourparlers à Oslo</h1>
<p>L’émissaire a rencontré son homologue lundi.
Ils ont parlé de la frontière et des prisonniers.</p>
<script>document.write("payload three")</script>
<p>Le ministère a démenti tout accord &lt;script&gt;alert(1)&lt;/script&gt;
dans la soirée, sans détail.</p>
</article><footer>Connexion</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "utf-16"])
def test_the_article_and_its_metadata_are_taken_over(charset: str) -> None:
    found = from_html(PAGE.format(charset=charset).encode(charset))
    assert found.text.startswith("L’émissaire a rencontré")
    assert "<script>alert(1)</script>" in found.text, "what the page shows as text stays text"
    assert found.title == "Pourparlers à Oslo"
    assert (found.publisher, found.byline) == ("La Gazette", "Anne Roe")
    assert (found.published, found.language) == (date(2024, 6, 2), "fr")


def test_scripts_styles_and_menus_are_not_in_the_text() -> None:
    text = from_html(PAGE.format(charset="utf-8")).text
    for absent in ("payload", "hidden", "Accueil", "Connexion"):
        assert absent not in text


def test_the_title_is_metadata_and_not_the_first_sentence() -> None:
    assert "Pourparlers à Oslo" not in from_html(PAGE.format(charset="utf-8")).text


def test_a_page_that_declares_no_charset_is_read_as_utf_8_and_else_as_windows_1252() -> None:
    page = PAGE.replace('<meta charset="{charset}">', "").replace("{{}}", "{}")
    assert "démenti" in from_html(page.encode()).text
    assert "démenti" in from_html(page.encode("cp1252")).text


def test_no_date_is_guessed_from_the_text() -> None:
    text = "The envoy left on 3 May 2022 and the talks went on without him, officials said."
    found = from_html(f"<html><body><article><p>{text}</p></article></body></html>")
    assert (found.text, found.published) == (text, None)


@pytest.mark.parametrize(
    "page", ["", "<html></html>", "<html><body><script>x</script></body></html>", "<div>" * 100_000]
)
def test_a_page_without_an_article_is_empty(page: str) -> None:
    with pytest.raises(EmptyArticle):
        from_html(page)


def test_a_charset_that_is_none_is_read_as_utf_8() -> None:
    for charset in ("no-such-charset", "base64", "zip"):
        assert decode_as("é".encode(), charset) == "é"
    assert decode_as(b"\x93a\x94", "iso-8859-1") == "“a”", "as browsers read it"


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(ConfigurationError, match=r"situation-summarizer\[web\]"):
        from_html("<html></html>")
