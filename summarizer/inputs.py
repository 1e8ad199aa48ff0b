"""From what a user names (a file, a URL, standard input) to an `Article`.

| input | how it is told | what is read |
|---|---|---|
| HTML | `.html`, `.htm`, `.xhtml`, or how it begins | the article in the page (extra `[web]`) |
| JSON | `.json`, or an object with a `text` | its fields, see `summarizer.records` |
| Markdown | `.md`, `.markdown` | the text with its markup; front matter is metadata |
| text | anything else | as it is, in UTF-8 |

A page is decoded in the charset that it declares, everything else must be UTF-8.
"""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import Any

from summarizer.article import Article
from summarizer.errors import EmptyArticle, InputError, InputTooLarge, NotText
from summarizer.records import METADATA, TEXT_FIELDS, Draft, fits, from_record

MAX_BYTES = 5_000_000
_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(.{0,5000}?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_FRONT_LINE = re.compile(r"([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*)")
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
    if isinstance(source, str) and is_url(source):
        content, draft = _from_url(source)
    elif source == "-":
        content = _from_stdin()
        refuse_json_lines(content, "standard input")
        draft = draft_of(content, "standard input", "")
    else:
        content = content_of(Path(source))
        refuse_json_lines(content, name)
        draft = draft_of(content, name, Path(source).suffix)
    draft = replace(
        draft,
        id=id or draft.id,
        title=title or draft.title,
        published=published or draft.published,
        language=language or draft.language,
    )
    return draft.article(source_sha256=sha256(content).hexdigest())


def _from_stdin() -> bytes:
    import sys

    return _bounded(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input")


def is_url(source: str) -> bool:
    """Whether `source` names something to fetch, and not a path."""
    return _URL.match(source) is not None


def content_of(path: Path) -> bytes:
    """The bytes of a file, at most 5,000,000. Raises `InputError`."""
    try:
        if path.is_dir():
            raise InputError(
                f"{path} is a folder.", hint="Give one file, or use summarizer batch for many."
            )
        with path.open("rb") as file:
            return _bounded(file.read(MAX_BYTES + 1), str(path))
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise unreadable(path, error) from None


def unreadable(path: Path, error: Exception) -> InputError:
    """The error for a file that can't be opened or read."""
    if isinstance(error, FileNotFoundError):
        what = "does not exist"
    else:
        what = f"can't be read ({getattr(error, 'strerror', None) or type(error).__name__})"
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


def _from_url(url: str) -> tuple[bytes, Draft]:
    from summarizer.web import fetch

    page = fetch(url, max_bytes=MAX_BYTES)
    kind = page.content_type or ""
    if "html" in kind or (not kind and _looks_like_page(page.content)):
        draft = _from_page(page.content, page.charset, page.url)
    elif kind.endswith("json"):
        draft = _from_json(decoded(page.content, page.url), page.url)
    else:
        from summarizer.extraction import decode_as

        _refuse_binary(page.content, page.url)
        charset = page.charset
        text = decode_as(page.content, charset) if charset else decoded(page.content, page.url)
        draft = Draft(text)
    return page.content, replace(draft, url=draft.url or page.url)


def is_page(content: bytes, suffix: str) -> bool:
    """Whether `content`, from a file of such a suffix, is read as HTML."""
    return suffix.lower() in {".html", ".htm", ".xhtml"} or _looks_like_page(content)


def draft_of(
    content: bytes,
    name: str,
    suffix: str,
    *,
    id_field: str | None = None,
    text_field: str | None = None,
) -> Draft:
    """What `content` says, read by the suffix of its file; messages call it `name`. The fields
    are those of a JSON object, see `from_record`. For the errors see `read`."""
    if not content.strip():
        raise EmptyArticle(f"{name} is empty.", hint="Give the text of an article.")
    if is_page(content, suffix):
        _refuse_binary(content, name)
        return _from_page(content, None, None)
    text = decoded(content, name)
    if suffix.lower() == ".json":
        return _from_json(text, name, id_field, text_field)
    if suffix.lower() in {".md", ".markdown"}:
        return _from_markdown(text)
    if text.lstrip().startswith("{"):
        record = _json_object(text)
        if isinstance(record.get("text"), str):
            return from_record(record, name)
    return Draft(text)


def refuse_json_lines(content: bytes, name: str, text_field: str | None = None) -> None:
    """Raise `InputError` where the first two lines are articles of their own: JSON objects with
    a string in `text_field`, or in a usual field for the text."""
    if not content.lstrip(codecs.BOM_UTF8 + b" \t\r\n").startswith(b"{"):
        return
    lines = (line for line in content.split(b"\n") if line.strip())
    for line in islice(chain(lines, [b"", b""]), 2):
        record = _json_object(line.decode("utf-8-sig", "replace"))
        if not any(
            isinstance(value, str)
            and (key == text_field if text_field else key.strip().lower() in TEXT_FIELDS)
            for key, value in record.items()
        ):
            return
    raise InputError(
        f"{name} holds JSON lines: summarizer batch reads them as articles from a .jsonl file.",
        hint="Name it so, or pipe it in with --input-format jsonl.",
    )


def decoded(content: bytes, name: str) -> str:
    """`content` as text without a byte order mark. Raises `NotText` if it isn't in UTF-8."""
    refuse_other_than_utf_8(content, name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Without the error itself: it holds the whole input.
        raise not_utf_8(name, error.start) from None


def not_utf_8(name: str, byte: int) -> NotText:
    """The error for what can't be decoded from this byte on."""
    return NotText(
        f"{name} is not in UTF-8 (byte {byte}).",
        hint="Convert it from what it is in, for example: "
        "iconv -f WINDOWS-1252 -t UTF-8 < old > new",
    )


def refuse_other_than_utf_8(head: bytes, name: str) -> None:
    """Raise `NotText` where a file that begins with `head` is binary or in UTF-16 or UTF-32."""
    for mark, encoding in _WIDE:
        if head.startswith(mark):
            raise NotText(
                f"{name} is in {encoding}; only UTF-8 is read.",
                hint=f"Convert it: iconv -f {encoding} -t UTF-8 < old > new",
            )
    _refuse_binary(head, name)


def _refuse_binary(content: bytes, name: str) -> None:
    for magic, kind in _KINDS:
        if content.startswith(magic):
            raise NotText(f"{name} is {kind}.", hint="Convert it to text and give that.")
    # A page may be in UTF-16, which is full of NULs.
    if b"\0" in content and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise NotText(f"{name} is binary.", hint="Give plain text, Markdown, HTML or JSON.")


def _looks_like_page(content: bytes) -> bool:
    return _PAGE.match(content[:4096].decode("utf-8-sig", "ignore")) is not None


def _from_page(content: bytes, charset: str | None, url: str | None) -> Draft:
    from summarizer.extraction import decode_as, from_html

    found = from_html(decode_as(content, charset) if charset else content, url=url)
    return Draft(
        text=found.text,
        title=found.title,
        published=found.published,
        publisher=found.publisher,
        byline=found.byline,
        language=found.language,
    )


def _from_json(
    text: str, name: str, id_field: str | None = None, text_field: str | None = None
) -> Draft:
    record = _json_object(text)
    if not record:
        raise InputError(
            f"{name} is not a JSON object with a “text”.",
            hint='Write {"text": "…", "title": "…", "published": "YYYY-MM-DD"}; for many articles '
            "write one such object a line into a .jsonl file and use summarizer batch.",
        )
    return from_record(record, name, id_field=id_field, text_field=text_field)


def _json_object(text: str) -> dict[str, Any]:
    """The object that `text` is, or an empty one."""
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def _from_markdown(text: str) -> Draft:
    """The text with its markup; what stands between `---` lines at its head is metadata, unless
    a line there isn't of front matter's form (then it is an article that begins with a rule)."""
    found = _FRONT_MATTER.match(text)
    if not found:
        return Draft(text)
    fields: dict[str, str] = {}
    for line in found[1].splitlines():
        if not line.strip() or line[0] in " \t-#":
            continue
        entry = _FRONT_LINE.fullmatch(line.rstrip())
        if not entry:
            return Draft(text)
        field = METADATA.get(entry[1].lower())
        value = entry[2].strip().strip("\"'")
        if field and value and fits(field, value):
            fields.setdefault(field, value)
    return Draft(text=text[found.end() :], **fields)
