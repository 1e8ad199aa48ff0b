"""`summarizer eval seal`: drafts become complete gold files."""

from __future__ import annotations

import typer

from summarizer.cli import options
from summarizer.cli.console import say
from summarizer.cli.evaluation.arguments import Gold, listed
from summarizer.cli.reporting import FAILED, reporting


def seal(
    path: Gold,
    schema: options.Schema = None,
    debug: options.Debug = False,
) -> None:
    """Complete drafts: sentence numbers become quotes, and the manifest is brought up to date.

    One line per problem; a file with one stays as it was, and so does its suite's manifest.
    """
    with reporting(debug=debug):
        from summarizer.cli.schema_source import schema_class
        from summarizer.evals.sealing import seal as sealed

        done = sealed(path, schema_class(schema))
        listed(done.problems)
        for file in done.changed:
            say(f"Wrote {file}")
        say(f"{len(done.documents)} looked at, {len(done.changed)} files written.")
        if done.problems:
            raise typer.Exit(FAILED)
