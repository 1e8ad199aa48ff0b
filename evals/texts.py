"""The article of a gold document, complete or not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from summarizer import Article
from summarizer.errors import InputError
from summarizer.evals.files import read_object, read_text

_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_TOLD = ("id", "language", "published", "title", "publisher")


def text_of(raw: dict[str, Any], file: Path) -> str:
    """The text of the document in `file`, whose JSON is `raw`: its own, or that of the file it
    names. Raises `InputError` where there is none, or the file can't be read."""
    match raw:
        case {"text": str(text)}:
            return text
        case {"text_file": str(name)}:
            return read_text(file.parent / name)
    raise InputError("give the article in text, or in the file text_file")


def article_of(raw: dict[str, Any], file: Path) -> Article:
    """The article of the document in `file`, whose JSON is `raw`. Raises `InputError` as `text_of`
    and `Article.from_text` do."""
    told = {key: raw[key] for key in _TOLD if isinstance(raw.get(key), str)}
    return Article.from_text(text_of(raw, file), **told)


def words_in(text: str) -> int:
    """How many words a text has: by its white space, and each Chinese or Japanese character for
    one, as word processors count."""
    spaced = _UNSPACED.sub(" ", text)
    return len(spaced.split()) + len(_UNSPACED.findall(text))


def article_in(file: Path, language: str | None = None) -> Article:
    """The article in a file: a gold document or draft (`*.json`), or a UTF-8 text.

    A text that is the `text_file` of the JSON file of its name is read as that document: how a text
    is cut into sentences hangs on its language. `language` goes before what a document says.
    Raises `InputError`.
    """
    try:
        raw = _document_of(file)
        if raw is None:
            return Article.from_text(read_text(file), language=language)
        return article_of({**raw, "language": language or raw.get("language")}, file)
    except InputError as error:
        raise InputError(f"{file}: {error.message}", hint=error.hint, original=error) from error


def _document_of(file: Path) -> dict[str, Any] | None:
    if file.suffix == ".json":
        return read_object(file)
    beside = file.with_suffix(".json")
    if not beside.is_file():
        return None
    raw = read_object(beside)
    return raw if raw.get("text_file") == file.name else None
