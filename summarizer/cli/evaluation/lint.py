"""`summarizer eval lint`: what is wrong with gold."""

from __future__ import annotations

from typing import Annotated

import typer

from summarizer.cli import options
from summarizer.cli.console import say
from summarizer.cli.evaluation.arguments import Gold, listed
from summarizer.cli.reporting import FAILED, reporting
from summarizer.evals.wording import many


def lint(
    path: Gold,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict",
            help="Also ask for two annotators, rulings, provenance, key facts, and names and "
            "dates that the text bears out.",
        ),
    ] = False,
    schema: options.Schema = None,
    debug: options.Debug = False,
) -> None:
    """List all that is wrong with gold, a line for each problem with its file and place."""
    with reporting(debug=debug):
        from summarizer.cli.schema_source import schema_class
        from summarizer.evals.lint import lint as linted

        found = linted(path, schema_class(schema), strict=strict)
        listed(found.problems)
        files = len({problem.file for problem in found.problems})
        wrong = "no problem"
        if files:
            wrong = f"{many(len(found.problems), 'problem')} in {many(files, 'file')}"
        say(f"{many(len(found.documents), 'document')}, {wrong}.")
        if found.problems:
            raise typer.Exit(FAILED)
