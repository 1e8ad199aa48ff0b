"""What commands on runs have in common: the gold, the scores, the gate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from summarizer.cli.console import say
from summarizer.cli.evaluation.arguments import Form
from summarizer.cli.evaluation.tables import judgement_text
from summarizer.cli.output import json_text
from summarizer.cli.output import write as put
from summarizer.cli.reporting import FAILED
from summarizer.errors import ConfigurationError

if TYPE_CHECKING:
    from pydantic import BaseModel

    from summarizer.evals.gates import Held
    from summarizer.evals.judgement import Judgement
    from summarizer.evals.runs import Run
    from summarizer.evals.suites import Suite


def suite_of(name: str, schema: type[BaseModel]) -> Suite[Any]:
    """The suite in a folder, or that of the package with this name."""
    from summarizer.evals.folders import suite_folder
    from summarizer.evals.suites import load_suite

    path = Path(name)
    return load_suite(path if path.exists() else suite_folder(name), schema)


def gold_of(run: Run, named: str | None, schema: type[BaseModel]) -> Suite[Any]:
    """The gold that a stored run is scored against: the suite `named`, or the one of its name.

    It is said where that isn't the gold that the run was made with. Raises `ConfigurationError`
    where the run's records are of another schema.
    """
    from summarizer.evals.runs import check_same, notes_on_gold

    settings = run.settings
    check_same(run, suite=settings.suite, record=schema.__name__)
    try:
        suite = suite_of(named or settings.suite, schema)
    except ConfigurationError as error:
        if named is None:
            error.hint = f"Name the folder of the suite {settings.suite} with --suite."
        raise
    for note in notes_on_gold(run, suite):
        say(note)
    return suite


def conclude(judgement: Judgement, form: Form) -> None:
    """Print what a run comes to."""
    if form is Form.JSON:
        put(json_text(judgement.model_dump_json(indent=2)), None)
    else:
        put(judgement_text(judgement), None)


def enforce(held: Held, run: Run, suite: Suite[Any], judgement: Judgement) -> None:
    """Say whether a gate lets a run pass; end the program if it doesn't."""
    for remark in held.remarks(run, suite, judgement):
        say(remark)
    reasons = held.refusals(run, suite, judgement)
    for reason in reasons:
        say(f"Gate: {reason}.")
    if reasons:
        raise typer.Exit(FAILED)
    say("The run passes the gate.")
