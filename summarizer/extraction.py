"""From a web page to the text of its article, with `trafilatura` (the extra `[web]`)."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from datetime import date

from summarizer.errors import ConfigurationError, EmptyArticle

_HEAD = 4096
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.:-]{2,40})")
_LANGUAGE = re.compile(r"<html\b[^>]{0,500}?\blang\s*=\s*[\"']?([A-Za-z]{2,3})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Extracted:
    """What a page says: the article's text, and metadata where the page names it."""

    text: str
    title: str | None
    published: date | None
    publisher: str | None
    byline: str | None
    language: str | None


def from_html(html: bytes | str, *, url: str | None = None) -> Extracted:
    """The article in a page. Nothing is fetched and no script is run.

    Bytes are decoded by their byte order mark, else by the charset that the page declares, else
    as UTF-8, else as Windows-1252; give a string where a header has told the charset. `url`
    helps to name the publisher. A first line that only repeats the title is left out of the
    text, because the title is metadata.

    Raises `EmptyArticle` if no article is found, and `ConfigurationError` without trafilatura.
    """
    try:
        from trafilatura import bare_extraction
        from trafilatura.settings import Document
    except ImportError as error:
        raise ConfigurationError(
            "Reading HTML takes the extra [web], which is not installed.",
            hint="Run: pip install 'situation-summarizer[web]'",
            original=error,
        ) from error
    page = html if isinstance(html, str) else _decoded(html)
    document = bare_extraction(
        page,
        url=url,
        with_metadata=True,
        include_comments=False,
        # Only a date that the page declares: one guessed from its text would date all the others.
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if not isinstance(document, Document) or not (document.text or "").strip():
        raise EmptyArticle(
            "No article was found in the page.",
            hint="Save its text and give that, if the page builds itself by script.",
        )
    language = _LANGUAGE.search(page[:_HEAD])
    title = document.title or None
    return Extracted(
        text=_without_title(document.text or "", title),
        title=title,
        published=_date(document.date),
        publisher=document.sitename or document.hostname or None,
        byline=document.author or None,
        language=language[1].lower() if language else None,
    )


def _decoded(page: bytes) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if page.startswith(mark):
            return page.decode(encoding, "replace")
    declared = _XML_ENCODING.search(page[:_HEAD]) or _META_CHARSET.search(page[:_HEAD])
    if declared:
        return decode_as(page, declared[1].decode("ascii"))
    try:
        return page.decode("utf-8")
    except UnicodeDecodeError:
        return page.decode("cp1252", "replace")


def decode_as(page: bytes, charset: str) -> str:
    """`page` in the charset that it, or its header, declares; as browsers read that name.

    An unknown charset is read as UTF-8, and what doesn't decode is replaced: pages are often
    wrong in a byte or two.
    """
    try:
        encoding = codecs.lookup(charset).name
    except LookupError:
        encoding = "utf-8"
    # Browsers read Latin-1 as Windows-1252, and so must who wants the quotes right.
    if encoding in {"iso8859-1", "ascii"}:
        encoding = "cp1252"
    try:
        return page.decode(encoding, "replace").removeprefix("\ufeff")
    except LookupError:
        # "base64" and "zip" are codecs in Python, too, and no text encodings.
        return page.decode("utf-8", "replace").removeprefix("\ufeff")


def _date(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def _without_title(text: str, title: str | None) -> str:
    first, _, rest = text.partition("\n")
    return rest if title and rest.strip() and first.strip() == title.strip() else text
