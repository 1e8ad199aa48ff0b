"""`summarizer eval schema`: what a gold file is made of, for editors."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from summarizer.cli import options
from summarizer.cli.output import json_text, write
from summarizer.cli.reporting import reporting


class Kind(StrEnum):
    """The kinds of gold files."""

    DOCUMENT = "document"
    MANIFEST = "manifest"


def schema(
    kind: Annotated[Kind, typer.Argument(help="Which kind of file.")] = Kind.DOCUMENT,
    schema: options.Schema = None,
    debug: options.Debug = False,
) -> None:
    """Print the JSON Schema of gold documents, or of manifests."""
    with reporting(debug=debug):
        import json

        from summarizer.cli.schema_source import schema_class
        from summarizer.evals.editors import document_schema, manifest_schema

        if kind is Kind.DOCUMENT:
            shown = document_schema(schema_class(schema))
        else:
            shown = manifest_schema()
        write(json_text(json.dumps(shown, indent=1, ensure_ascii=False)), None)
