"""`summarizer export`: results in, tables out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from summarizer.cli import options
from summarizer.cli.console import say, working
from summarizer.cli.reporting import reporting
from summarizer.export.tables import DOCUMENTS, Format


def export(
    results: Annotated[
        list[Path],
        typer.Argument(
            metavar="RESULTS",
            help="What a batch wrote, or single results in JSON.",
            show_default=False,
        ),
    ],
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            help="The folder for the tables. It is made; files of their names are replaced.",
            show_default=False,
        ),
    ],
    to: Annotated[
        Format,
        typer.Option(help="What the tables are written as. Parquet wants the extra [parquet]."),
    ] = Format.CSV,
    schema: options.Schema = None,
    debug: options.Debug = False,
) -> None:
    """Write results as tables: documents, parties, activities, evidence and so on.

    One file for each table, with keys by which R, pandas, DuckDB and databases join them;
    datapackage.json describes them. A spreadsheet takes a text that begins with = for a
    formula, whoever wrote it: import csv there as text.
    """
    with reporting(debug=debug):
        from summarizer.cli.schema_source import schema_class
        from summarizer.export import export_tables

        wanted = schema_class(schema)
        with working("Writing tables"):
            counts = export_tables(results, folder, to=to.value, schema=wanted)
        documents = counts[DOCUMENTS]
        of = f"{documents} document{'s' if documents != 1 else ''}"
        say(f"Wrote {len(counts)} tables of {of} into {folder}")
