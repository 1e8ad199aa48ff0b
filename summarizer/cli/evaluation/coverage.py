"""`summarizer eval coverage`: which values of the closed lists occur in gold, and how often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import options
from summarizer.cli.evaluation.arguments import Gold
from summarizer.cli.evaluation.figures import aligned
from summarizer.cli.output import json_text
from summarizer.cli.output import write as put
from summarizer.cli.reporting import reporting

if TYPE_CHECKING:
    from summarizer.evals.coverage import Occurrences


class Form(StrEnum):
    """The forms that the coverage can be had in."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "md"


def coverage(
    path: Gold,
    schema: options.Schema = None,
    asked_only: Annotated[
        bool, typer.Option("--asked", help="Only fields that the manifest asks for.")
    ] = False,
    form: Annotated[Form, typer.Option("--format", help="The form of the table.")] = Form.TEXT,
    debug: options.Debug = False,
) -> None:
    """Count the values of closed lists in the adjudicated labels, those that never occur too.

    A manifest can say under `covers` how often each value of a field is to occur at least; `eval
    lint --strict` holds the gold against it.
    """
    with reporting(debug=debug):
        import json

        from summarizer.cli.schema_source import schema_class
        from summarizer.evals.coverage import coverage as covered
        from summarizer.evals.suites import load_suite

        wanted = schema_class(schema)
        suite = load_suite(path, wanted)
        asked = suite.manifest.covers if suite.manifest else {}
        found = covered((document.gold for document in suite.documents), wanted)
        if asked_only:
            found = {field: values for field, values in found.items() if field in asked}
        if form is Form.JSON:
            told = {field: [asdict(one) for one in values] for field, values in found.items()}
            put(json_text(json.dumps(told, ensure_ascii=False, indent=2)), None)
            return
        rows = table(found, suite.splits, asked)
        lines = aligned(rows) if form is Form.TEXT else markdown(rows)
        put("".join(f"{line}\n" for line in lines), None)


def markdown(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines of a Markdown table, the first of them its head; all but two are numbers."""
    head, *rest = rows
    rule = ["---", "---", *("---:" for _ in head[2:])]
    return [f"| {' | '.join(row)} |" for row in (head, rule, *rest)]


def table(
    found: Mapping[str, Sequence[Occurrences]], splits: Sequence[str], asked: Mapping[str, int]
) -> list[list[str]]:
    """The head, and a row for each value of each field: how often it occurs in each split, in all
    of them, in how many documents, and how often it is asked for."""
    rows = [["field", "value", *splits, "all", "documents", "asked"]]
    for field, values in found.items():
        least = str(asked.get(field, ""))
        for one in values:
            counts = [str(one.times.get(split, 0)) for split in splits]
            rows.append([field, one.value, *counts, str(one.total), str(one.documents), least])
    return rows
