"""`summarizer eval report`: a run, or two compared, as a page to click through."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from summarizer.cli import options
from summarizer.cli.console import say
from summarizer.cli.evaluation.arguments import Split, Stored, Suite
from summarizer.cli.evaluation.figures import scoring_needed
from summarizer.cli.evaluation.judging import gold_of
from summarizer.cli.output import check_target
from summarizer.cli.output import write as put
from summarizer.cli.reporting import reporting


def report(
    run: Stored,
    other: Annotated[
        Path | None,
        typer.Argument(
            metavar="RUN_B", help="A run to compare with the first.", show_default=False
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PAGE.html",
            help="The file to write.",
            show_default="standard output",
        ),
    ] = None,
    suite: Suite = None,
    split: Split = None,
    schema: options.Schema = None,
    debug: options.Debug = False,
) -> None:
    """Show a run as one page of HTML: scores, and each article with what was found in it and why
    it is right or wrong. Of two runs, how the second compares with the first."""
    with reporting(debug=debug):
        from summarizer.cli.schema_source import schema_class

        with scoring_needed():
            from summarizer.evals.comparing import remarks
            from summarizer.evals.report.pages import comparison_page, run_page
        from summarizer.evals.runs import load_run
        from summarizer.evals.scoring import Scorer

        check_target(output)
        first = load_run(run)
        second = load_run(other) if other is not None else None
        wanted = schema_class(schema)
        gold = gold_of(second or first, suite, wanted)
        scorer = Scorer(wanted)
        if second is None:
            page = run_page(first, gold, scorer, split=split)
        else:
            page = comparison_page(first, second, gold, scorer, split=split)
            for remark in remarks(first, second, gold, split=split):
                say(remark)
        put(page, output)
