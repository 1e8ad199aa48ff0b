"""`summarizer eval score`: a stored run once more, without the model."""

from __future__ import annotations

from typing import Annotated

import typer

from summarizer.cli import options
from summarizer.cli.evaluation.arguments import Figures, Form, GateFile, Split, Stored
from summarizer.cli.evaluation.figures import scoring_needed
from summarizer.cli.evaluation.judging import conclude, suite_of
from summarizer.cli.reporting import reporting

Suite = Annotated[
    str | None,
    typer.Option(
        "--suite",
        metavar="NAME|FOLDER",
        help="The gold to score against.",
        show_default="the suite that the run names",
    ),
]


def score(
    run: Stored,
    suite: Suite = None,
    split: Split = None,
    schema: options.Schema = None,
    gate: GateFile = None,
    form: Figures = Form.TEXT,
    debug: options.Debug = False,
) -> None:
    """Score a run again, from its folder alone. The status is 1 if a gate refuses it."""
    with reporting(debug=debug):
        from summarizer.cli.schema_source import schema_class

        with scoring_needed():
            from summarizer.evals.runs import load_run

        stored = load_run(run)
        wanted = schema_class(schema)
        gold = suite_of(suite or stored.settings.suite, wanted)
        conclude(stored, gold, wanted, split=split, gate=gate, form=form)
