"""`summarizer eval score`: a stored run once more, without the model."""

from __future__ import annotations

from summarizer.cli import options
from summarizer.cli.evaluation.arguments import Figures, Form, GateFile, Split, Stored, Suite
from summarizer.cli.evaluation.figures import scoring_needed
from summarizer.cli.evaluation.judging import conclude, enforce, gold_of
from summarizer.cli.reporting import reporting


def score(
    run: Stored,
    suite: Suite = None,
    split: Split = None,
    schema: options.Schema = None,
    gate: GateFile = None,
    form: Figures = Form.TEXT,
    debug: options.Debug = False,
) -> None:
    """Score a stored run once more, without the model, and leave its folder as it is.

    The status is 1 if a gate refuses the run.
    """
    with reporting(debug=debug):
        from summarizer.cli.schema_source import schema_class

        with scoring_needed():
            from summarizer.evals.gates import hold
        from summarizer.evals.judgement import judge
        from summarizer.evals.runs import covered, load_run
        from summarizer.evals.scoring import Scorer

        stored = load_run(run)
        wanted = schema_class(schema)
        gold = gold_of(stored, suite, wanted)
        scorer = Scorer(wanted)
        held = None
        if gate:
            documents = covered(stored, gold, split=split)
            held = hold(gate, documents, scorer, suite=stored.settings.suite)
        judgement, _ = judge(stored, gold, scorer, split=split)
        conclude(judgement, form)
        if held is not None:
            enforce(held, stored, gold, judgement)
