"""What the library wrote itself, and a batch never takes for articles: results and tables."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from pydantic_core import from_json

from summarizer.batch.lines import Head
from summarizer.errors import InputError
from summarizer.records import TEXT_FIELDS

DESCRIPTION = "datapackage.json"
"""The file beside exported tables that tells what is in them."""
_TABLE_SUFFIXES = frozenset({".csv", ".parquet"})
_MOST_READ = 1 << 16
"""Bytes of a file's first line that show whether it is a batch's."""
_LONGEST_DESCRIPTION = 1 << 22
_NEEDED = {name for name, field in Head.model_fields.items() if field.is_required()}
_OF_DOCUMENTS = {"document_id", *_NEEDED - {"id", "schema_version"}}
"""Columns of the table of documents, that no other folder's description has together."""


def begins_results(line: bytes) -> bool:
    """Whether this is the first line of a batch's output, or the beginning of that line. An object
    with a text of its own is a document, whatever else is in it."""
    if not line.startswith(b"{"):
        return False
    try:
        held = from_json(line, allow_partial="trailing-strings")
    except ValueError:
        return False
    has_text = any(isinstance(held.get(field), str) for field in TEXT_FIELDS)
    return held.keys() >= _NEEDED and not has_text


def is_results(path: Path) -> bool:
    """Whether a regular file is the output of a batch, by its first line."""
    try:
        with path.open("rb") as file:
            return begins_results(file.readline(_MOST_READ))
    except OSError:  # told where it is read
        return False


def is_exported(path: Path) -> bool:
    """Whether a file is a table of an export, or describes those beside it."""
    if path.name != DESCRIPTION and path.suffix not in _TABLE_SUFFIXES:
        return False
    described = path.with_name(DESCRIPTION)
    try:
        tables = _tables(described, described.stat().st_mtime_ns)
    except OSError:  # there is none
        return False
    return bool(tables) and (path.name == DESCRIPTION or path.stem in tables)


def results_refused(name: str) -> InputError:
    """The error for results where there should be articles."""
    return InputError(
        f"{name} is the output of a batch, and holds no articles to read.",
        hint="Make tables of it with summarizer export, or name what it was made of.",
    )


@lru_cache(maxsize=1)  # files come folder by folder
def _tables(described: Path, changed: int) -> frozenset[str]:
    """The names of the tables that an export described in this file, which was `changed` then;
    none if it is another's."""
    try:
        with described.open("rb") as file:
            held = json.loads(file.read(_LONGEST_DESCRIPTION))
        columns = {
            table["name"]: {column["name"] for column in table["schema"]["fields"]}
            for table in held["resources"]
        }
    except (OSError, ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return frozenset()
    ours = columns.get("documents", set()) >= _OF_DOCUMENTS
    return frozenset(columns) if ours else frozenset()
