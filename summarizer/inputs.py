"""From what a user names (a file, a URL, standard input) to an `Article`.

| input | how it is told | what is read |
|---|---|---|
| HTML | `.html`, `.htm`, `.xhtml`, or how it begins | the article in the page (extra `[web]`) |
| JSON | `.json`, or an object with a `text` | `text`, `title`, `published`, `publisher`, … |
| Markdown | `.md`, `.markdown` | the text with its markup; front matter is metadata |
| text | anything else | as it is, in UTF-8 |

A page is decoded in the charset that it declares, everything else must be UTF-8.
"""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from summarizer.article import Article, language_code, published_date
from summarizer.errors import EmptyArticle, InputError, InputTooLarge, NotText

MAX_BYTES = 5_000_000
_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(.{0,5000}?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_FRONT_LINE = re.compile(r"([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*)")
_FRONT_KEYS = {
    "title": "title",
    "date": "published",
    "published": "published",
    "publisher": "publisher",
    "source": "publisher",
    "author": "byline",
    "byline": "byline",
    "language": "language",
    "lang": "language",
    "url": "url",
    "id": "id",
}
_JSON_FIELDS = ("id", "title", "published", "publisher", "byline", "language", "url")
_KINDS = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a sound, video or WebP file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
_WIDE = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


@dataclass(frozen=True)
class _Draft:
    """What an input says, before it is an article."""

    text: str
    id: str | None = None
    title: str | None = None
    published: date | str | None = None
    publisher: str | None = None
    byline: str | None = None
    language: str | None = None
    url: str | None = None


def read(
    source: str | Path,
    *,
    id: str | None = None,  # noqa: A002  the article's public field
    published: date | str | None = None,
    language: str | None = None,
    title: str | None = None,
) -> Article:
    """The article in `source`: a path, an http(s) URL, or "-" for standard input.

    What is given here goes before what the input says of itself. At most 5,000,000 bytes are
    read; `source_sha256` of the article is of these bytes. One word is an article.

    Raises `InputError`, or one of its kinds: `EmptyArticle`, `NotText`, `InputTooLarge`,
    `FetchError`; and `ConfigurationError` for a page without the extra `[web]`.
    """
    name = str(source)
    if isinstance(source, str) and _URL.match(source):
        content, draft = _from_url(source)
    elif source == "-":
        content = _from_stdin()
        draft = _draft(content, "standard input", "")
    else:
        content = _from_file(Path(source))
        draft = _draft(content, name, Path(source).suffix.lower())
    return Article.from_text(
        draft.text,
        id=id or draft.id,
        title=title or draft.title,
        published=published or draft.published,
        publisher=draft.publisher,
        byline=draft.byline,
        language=language or draft.language,
        url=draft.url,
        source_sha256=sha256(content).hexdigest(),
    )


def _from_stdin() -> bytes:
    import sys

    return _bounded(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input")


def _from_file(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise InputError(
                f"{path} is a folder.", hint="Give one file, or use summarizer batch for many."
            )
        with path.open("rb") as file:
            return _bounded(file.read(MAX_BYTES + 1), str(path))
    except FileNotFoundError as error:
        raise _unreadable(path, "does not exist", error) from None
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise _unreadable(path, f"can't be read ({reason})", error) from None


def _unreadable(path: Path, what: str, error: Exception) -> InputError:
    shown = str(path)
    if len(shown) > 200 or "\n" in shown:
        shown = shown[:40].replace("\n", " ") + "…"
    return InputError(
        f"{shown} {what}.",
        hint="Check the path; a text itself goes to summarize() or to standard input, as “-”.",
        original=error,
    )


def _bounded(content: bytes, name: str) -> bytes:
    if len(content) > MAX_BYTES:
        raise InputTooLarge(
            f"{name} is larger than {MAX_BYTES:,} bytes.", hint="Split it into articles."
        )
    return content


def _from_url(url: str) -> tuple[bytes, _Draft]:
    from summarizer.web import fetch

    page = fetch(url, max_bytes=MAX_BYTES)
    kind = page.content_type or ""
    if "html" in kind or (not kind and _looks_like_page(page.content)):
        draft = _from_page(page.content, page.charset, page.url)
    elif kind.endswith("json"):
        draft = _from_json(_decoded(page.content, page.url), page.url)
    else:
        from summarizer.extraction import decode_as

        _refuse_binary(page.content, page.url)
        charset = page.charset
        text = decode_as(page.content, charset) if charset else _decoded(page.content, page.url)
        draft = _Draft(text)
    return page.content, replace(draft, url=draft.url or page.url)


def _draft(content: bytes, name: str, suffix: str) -> _Draft:
    if not content.strip():
        raise EmptyArticle(f"{name} is empty.", hint="Give the text of an article.")
    if suffix in {".html", ".htm", ".xhtml"} or _looks_like_page(content):
        _refuse_binary(content, name)
        return _from_page(content, None, None)
    text = _decoded(content, name)
    if suffix == ".json":
        return _from_json(text, name)
    if suffix in {".md", ".markdown"}:
        return _from_markdown(text)
    if text.lstrip().startswith("{"):
        record = _json_object(text)
        if isinstance(record.get("text"), str):
            return _from_record(record, name)
    return _Draft(text)


def _decoded(content: bytes, name: str) -> str:
    for mark, encoding in _WIDE:
        if content.startswith(mark):
            raise NotText(
                f"{name} is in {encoding}; only UTF-8 is read.",
                hint=f"Convert it: iconv -f {encoding} -t UTF-8 < old > new",
            )
    _refuse_binary(content, name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotText(
            f"{name} is not in UTF-8 (byte {error.start}).",
            hint="Convert it from what it is in, for example: "
            "iconv -f WINDOWS-1252 -t UTF-8 < old > new",
            # Not the error itself: it holds the whole input.
        ) from None


def _refuse_binary(content: bytes, name: str) -> None:
    for magic, kind in _KINDS:
        if content.startswith(magic):
            raise NotText(f"{name} is {kind}.", hint="Convert it to text and give that.")
    # A page may be in UTF-16, which is full of NULs.
    if b"\0" in content and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise NotText(f"{name} is binary.", hint="Give plain text, Markdown, HTML or JSON.")


def _looks_like_page(content: bytes) -> bool:
    return _PAGE.match(content[:4096].decode("utf-8-sig", "ignore")) is not None


def _from_page(content: bytes, charset: str | None, url: str | None) -> _Draft:
    from summarizer.extraction import decode_as, from_html

    found = from_html(decode_as(content, charset) if charset else content, url=url)
    return _Draft(
        text=found.text,
        title=found.title,
        published=found.published,
        publisher=found.publisher,
        byline=found.byline,
        language=found.language,
    )


def _from_json(text: str, name: str) -> _Draft:
    record = _json_object(text)
    if not isinstance(record.get("text"), str):
        raise InputError(
            f"{name} is not a JSON object with a “text”.",
            hint='Write {"text": "…", "title": "…", "published": "YYYY-MM-DD"}; '
            "for many articles use summarizer batch.",
        )
    return _from_record(record, name)


def _json_object(text: str) -> dict[str, Any]:
    """The object that `text` is, or an empty one."""
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def _from_record(record: dict[str, Any], name: str) -> _Draft:
    fields: dict[str, Any] = {}
    for field in _JSON_FIELDS:
        value = record.get(field)
        if isinstance(value, int) and field == "id":
            value = str(value)
        if value is not None and not isinstance(value, str):
            raise InputError(
                f"“{field}” in {name} is not a string.", hint="Write it as one, or leave it out."
            )
        fields[field] = value
    return _Draft(text=record["text"], **fields)


def _from_markdown(text: str) -> _Draft:
    """The text with its markup; what stands between `---` lines at its head is metadata, unless
    a line there isn't of front matter's form (then it is an article that begins with a rule)."""
    found = _FRONT_MATTER.match(text)
    if not found:
        return _Draft(text)
    fields: dict[str, str] = {}
    for line in found[1].splitlines():
        if not line.strip() or line[0] in " \t-#":
            continue
        entry = _FRONT_LINE.fullmatch(line.rstrip())
        if not entry:
            return _Draft(text)
        field = _FRONT_KEYS.get(entry[1].lower())
        value = entry[2].strip().strip("\"'")
        if field and value and _fits(field, value):
            fields.setdefault(field, value)
    return _Draft(text=text[found.end() :], **fields)


def _fits(field: str, value: str) -> bool:
    # A date or a language in words is no reason to refuse a file: it is as if it weren't there.
    try:
        if field == "published":
            published_date(value)
        elif field == "language":
            language_code(value)
    except InputError:
        return False
    return True
