"""The tables that every schema has: documents, evidence, issues."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from summarizer.export.tables import (
    DOCUMENT_ID,
    EVIDENCE,
    ISSUES,
    OF_DOCUMENT,
    OF_ITEM,
    POSITION,
    Column,
    Row,
    Table,
    Type,
    key_column,
)
from summarizer.results import Usage

if TYPE_CHECKING:
    from summarizer.export.documents import Document
    from summarizer.results import Issue
    from summarizer.schemas import Evidence

DOCUMENT_COLUMNS = (
    key_column(DOCUMENT_ID, "The id of the document in the results."),
    Column("status", Type.TEXT, "ok, or failed: then there is no record of it.", required=True),
    Column("error_type", Type.TEXT, "Of a failed document: what kind of error it was."),
    Column("error_message", Type.TEXT, "Of a failed document: what went wrong."),
    Column("error_retryable", Type.BOOLEAN, "Of a failed document: is it worth another try?"),
    Column("title", Type.TEXT, "The article's title."),
    Column("publisher", Type.TEXT, "Who published it."),
    Column("byline", Type.TEXT, "Who wrote it."),
    Column("url", Type.TEXT, "Where it stands."),
    Column("language", Type.TEXT, "Its language, an ISO 639 code."),
    Column("published", Type.DATE, "The day of its publication."),
    Column("text", Type.TEXT, "Its text, into which the offsets of the evidence count."),
    Column("characters", Type.INTEGER, "How many code points the text has."),
    Column("sentences", Type.INTEGER, "How many sentences it has."),
    Column("text_sha256", Type.TEXT, "SHA-256 of the text in UTF-8."),
    Column("source_sha256", Type.TEXT, "SHA-256 of the bytes that came in."),
    Column(
        "input_sha256", Type.TEXT, "SHA-256 of the batch's input: text and what was told of it."
    ),
    Column("settings_hash", Type.TEXT, "What was asked: model, prompt, schema, sampling."),
    Column("model", Type.TEXT, "The model that answered."),
    Column("strategy", Type.TEXT, "How the work was cut into calls."),
    Column("signature", Type.TEXT, "How the record came about, as JSON."),
    *(
        Column(
            name,
            Type.NUMBER if field.annotation is float else Type.INTEGER,
            f"What it cost: {field.description or name.replace('_', ' ')}.",
        )
        for name, field in Usage.model_fields.items()
    ),
)
"""The columns of `documents`, before those that hold the record's own fields."""

EVIDENCE_TABLE = Table(
    EVIDENCE,
    "The sentences that carry an item.",
    ("evidence_id",),
    (
        key_column("evidence_id", "The receipt."),
        OF_DOCUMENT,
        *OF_ITEM,
        POSITION,
        Column("sentence", Type.INTEGER, "Number of the sentence, from 1.", required=True),
        Column("start_offset", Type.INTEGER, "Its first code point in the text.", required=True),
        Column("end_offset", Type.INTEGER, "The code point after its last one.", required=True),
        Column("quote", Type.TEXT, "The sentence, character by character.", required=True),
    ),
)

ISSUES_TABLE = Table(
    ISSUES,
    "What was set aside, moved, added or doubted.",
    ("issue_id",),
    (
        key_column("issue_id", "The issue."),
        OF_DOCUMENT,
        POSITION,
        Column("kind", Type.TEXT, "What kind of issue it is.", required=True),
        Column("severity", Type.TEXT, "info, warning or error.", required=True),
        Column("message", Type.TEXT, "What there is to say of it.", required=True),
        Column("path", Type.TEXT, "JSON Pointer into the record."),
        Column("item_table", Type.TEXT, "The table of the row that it is about, if there is one."),
        Column("item_id", Type.TEXT, "The key of that row."),
        Column("original", Type.TEXT, "What stood there before, as JSON."),
    ),
)


def document_row(document: Document) -> Row:
    """The row of a document, without the record's own fields."""
    row: Row = {
        DOCUMENT_ID: document.id,
        "status": "ok" if document.error is None else "failed",
        "input_sha256": document.input_sha256,
        "settings_hash": document.settings_hash,
        **document.usage.model_dump(),
    }
    if document.error is not None:
        row["error_type"] = document.error.type
        row["error_message"] = document.error.message
        row["error_retryable"] = document.error.retryable
    if document.result is None:
        return row
    article, signature = document.result.article, document.result.signature
    told = ("title", "publisher", "byline", "url", "language", "published", "text", "source_sha256")
    return {
        **row,
        **{name: getattr(article, name) for name in told},
        "characters": len(article.text),
        "sentences": article.sentence_count,
        "text_sha256": article.sha256,
        "model": _text(signature.get("model")),
        "strategy": _text(signature.get("strategy")),
        "signature": as_json(signature),
    }


def evidence_row(key: str, document: str, receipt: Evidence) -> Row:
    """The row of a receipt, without whose it is."""
    return {
        "evidence_id": key,
        DOCUMENT_ID: document,
        "sentence": receipt.sentence,
        "start_offset": receipt.start,
        "end_offset": receipt.end,
        "quote": receipt.quote,
    }


def issue_rows(
    document: str, issues: list[Issue], places: dict[str, tuple[str, str]]
) -> Iterator[Row]:
    """The rows of a document's issues; `places` has table and key of the row at each place."""
    for position, issue in enumerate(issues, 1):
        table, key = _row_at(issue.path, places)
        yield {
            "issue_id": f"{document}:issues/{position}",
            DOCUMENT_ID: document,
            "position": position,
            "kind": issue.kind.value,
            "severity": issue.severity.value,
            "message": issue.message,
            "path": issue.path,
            "item_table": table,
            "item_id": key,
            "original": None if issue.original is None else as_json(issue.original),
        }


def as_json(value: Any) -> str:
    """`value` on one line of JSON, in the characters that it has."""
    from pydantic_core import to_jsonable_python

    return json.dumps(to_jsonable_python(value), ensure_ascii=False)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _row_at(
    path: str | None, places: dict[str, tuple[str, str]]
) -> tuple[str, str] | tuple[None, None]:
    """The innermost row that holds what `path` leads to."""
    while path:
        if path in places:
            return places[path]
        path = path.rpartition("/")[0]
    return None, None
