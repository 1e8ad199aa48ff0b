"""`summarizer eval compare`: is one run better than another?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import options
from summarizer.cli.evaluation.arguments import Figures, Form, GateFile, Split, many
from summarizer.cli.evaluation.figures import NOTHING, aligned, scoring_needed, shown
from summarizer.cli.evaluation.judging import enforce, gold_of
from summarizer.cli.evaluation.score import Suite
from summarizer.cli.output import json_text
from summarizer.cli.output import write as put
from summarizer.cli.reporting import reporting

if TYPE_CHECKING:
    from summarizer.evals.comparing import CompareReport, Delta


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
            from summarizer.evals.comparing import compare_runs
        from summarizer.evals.gates import hold
        from summarizer.evals.judgement import judge
        from summarizer.evals.runs import covered, load_run
        from summarizer.evals.scoring import Scorer

        first, second = load_run(baseline), load_run(candidate)
        wanted = schema_class(schema)
        gold = gold_of(second, suite, wanted)
        scorer = Scorer(wanted)
        documents = covered(second, gold, split=split)
        held = hold(gate, documents, scorer, baseline=first) if gate else None
        report = compare_runs(first, second, gold, scorer, split=split)
        if form is Form.JSON:
            put(json_text(report.model_dump_json(indent=2)), None)
        else:
            put(_text(report), None)
        if held is not None:
            judgement, _ = judge(second, gold, scorer, split=split)
            enforce(held.refusals(second, gold, judgement))


def _text(report: CompareReport) -> str:
    from summarizer.view.clean import clean

    where = report.split or "all splits"
    spurious = [f"{each:g}" for each in report.spurious]
    lines = [
        clean(
            f"B {report.candidate} against A {report.baseline} on {report.suite}, {where}, "
            f"{many(report.documents, 'document')}"
        ),
        "",
        *aligned([*_rows(report)]),
        "",
        "Scores are F [95 % interval] n: the documents that have a say in it. ΔF is B - A.",
        "p is by exchanging documents; those of the sections are by Holm, over all of them.",
    ]
    overall = report.overall
    if overall.detectable is not None:
        lines.append(
            f"The least difference that these documents would show of two such runs is about "
            f"{100 * overall.detectable:.1f} points."
        )
    if report.changes:
        lines += ["", *aligned([*_changes(report)])]
    lines += [
        "",
        f"Items that the gold doesn't have: {spurious[0]} in A, {spurious[1]} in B.",
        "",
        clean(f"A {report.baseline_signature}"),
        clean(f"B {report.candidate_signature}"),
    ]
    return "".join(f"{line}\n" for line in lines)


def _rows(report: CompareReport) -> Iterator[list[str]]:
    yield ["section", "A", "B", "ΔF", "p"]
    yield _row("all", report.overall, report.overall.p)
    yield _row("items", report.items, report.items.p)
    for name, delta in report.sections.items():
        yield _row(name, delta, delta.p_holm)


def _row(name: str, delta: Delta, p: float | None) -> list[str]:
    told = NOTHING
    if delta.delta is not None:
        between = NOTHING
        if delta.low is not None and delta.high is not None:
            between = f"{delta.low:+.3f}, {delta.high:+.3f}"
        told = f"{delta.delta:+.3f} [{between}]"
    return [
        name, shown(delta.baseline), shown(delta.candidate), told,
        NOTHING if p is None else f"{p:.4f}",
    ]  # fmt: skip


def _changes(report: CompareReport) -> Iterator[list[str]]:
    from summarizer.view.clean import clean

    yield ["gold item", "in B", "A", "B"]
    for each in report.changes:
        yield [
            clean(f"{each.document}#{each.pointer}"), each.change,
            f"{each.baseline:.2f}", f"{each.candidate:.2f}",
        ]  # fmt: skip
