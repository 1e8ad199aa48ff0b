"""`summarizer eval`: gold and what is scored against it. A command to a module."""

from __future__ import annotations

import typer

from summarizer.cli.evaluation.agree import agree
from summarizer.cli.evaluation.compare import compare
from summarizer.cli.evaluation.coverage import coverage
from summarizer.cli.evaluation.lint import lint
from summarizer.cli.evaluation.report import report
from summarizer.cli.evaluation.run import run
from summarizer.cli.evaluation.schema import schema
from summarizer.cli.evaluation.score import score
from summarizer.cli.evaluation.seal import seal
from summarizer.cli.evaluation.sentences import sentences

app = typer.Typer(
    name="eval",
    help="Work with gold, and score records against it.",
    no_args_is_help=True,
    rich_markup_mode=None,  # as the whole command line
)

for command in (run, score, compare, report, sentences, seal, lint, coverage, schema, agree):
    app.command()(command)
