"""The commands, by their names."""

from __future__ import annotations

from typing import Annotated

import typer

from summarizer.cli import cache, evaluation
from summarizer.cli.batch import batch
from summarizer.cli.doctor import doctor
from summarizer.cli.export import export
from summarizer.cli.prompt import prompt
from summarizer.cli.run import run
from summarizer.cli.schema import schema

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help, which needs no rich, and wraps and pipes like any text
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"summarizer {version('situation-summarizer')}")
        raise typer.Exit


@app.callback()
def summarizer(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Turn a news article into a validated record in which every item carries its receipt.

    With nothing configured, a small model runs on this machine. For another, set
    SUMMARIZER_BASE_URL, SUMMARIZER_MODEL and SUMMARIZER_API_KEY, or OPENAI_API_KEY and name a
    model. Keys are taken from the environment only: on a command line they would end up in
    the shell's history and in lists of processes.
    """


for command in (run, batch, export, doctor, schema, prompt):
    app.command()(command)
app.add_typer(evaluation.app)
app.add_typer(cache.app)
