"""`summarizer eval compare`: is one run better than another?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from summarizer.cli import options
from summarizer.cli.console import say
from summarizer.cli.evaluation.arguments import Figures, Form, GateFile, Split, Suite
from summarizer.cli.evaluation.figures import scoring_needed
from summarizer.cli.evaluation.judging import enforce, gold_of
from summarizer.cli.evaluation.tables import comparison_text
from summarizer.cli.output import json_text
from summarizer.cli.output import write as put
from summarizer.cli.reporting import reporting


def compare(
    baseline: Annotated[
        Path, typer.Argument(metavar="RUN_A", help="The run to compare with.", show_default=False)
    ],
    candidate: Annotated[
        Path, typer.Argument(metavar="RUN_B", help="The run to judge.", show_default=False)
    ],
    suite: Suite = None,
    split: Split = None,
    schema: options.Schema = None,
    gate: GateFile = None,
    form: Figures = Form.TEXT,
    debug: options.Debug = False,
) -> None:
    """Compare two runs over the same documents: a paired test, and what each tells better.

    A gate holds RUN_B to RUN_A; the status is 1 if it refuses.
    """
    with reporting(debug=debug):
        from summarizer.cli.schema_source import schema_class

        with scoring_needed():
            from summarizer.evals.comparing import compare_runs, remarks
        from summarizer.evals.gates import hold
        from summarizer.evals.judgement import judge
        from summarizer.evals.runs import covered, load_run
        from summarizer.evals.scoring import Scorer

        first, second = load_run(baseline), load_run(candidate)
        wanted = schema_class(schema)
        gold = gold_of(second, suite, wanted)
        scorer = Scorer(wanted)
        held = None
        if gate:
            documents = covered(second, gold, split=split)
            held = hold(gate, documents, scorer, suite=second.settings.suite, baseline=first)
        report = compare_runs(first, second, gold, scorer, split=split)
        if form is Form.JSON:
            put(json_text(report.model_dump_json(indent=2)), None)
        else:
            put(comparison_text(report), None)
        if held is None:
            for remark in remarks(first, second, gold, split=split):
                say(remark)
        else:
            judgement, _ = judge(second, gold, scorer, split=split)
            enforce(held, second, gold, judgement)
