"""A gate for CI: what a run must hold to, and why it doesn't.

A gate is a TOML file:

    baseline = "runs/main"   # a run to compare with; from the folder that the file is in
    delta = 0.02             # δ: F may be lower by less than this
    alpha = 0.05             # and lower by more, if chance could have done it at this level
    max_failed = 0           # documents without a record
    min_located = 1.0        # share of quotes that stand in the article where they say
    keep = ["test/suva-summit#/military_activities/0"]   # gold items that must be found

Documents without a record and quotes that stand nowhere are faults whatever F says. F alone fails
a gate only where the loss is more than chance and more than δ: on so few documents it wanders.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from summarizer.errors import ConfigurationError, InputError
from summarizer.evals.comparing import compare_runs
from summarizer.evals.documents import Words
from summarizer.evals.estimates import Figure
from summarizer.evals.files import read_text
from summarizer.evals.judgement import Judgement
from summarizer.evals.runs import Run, cases, covered, load_run
from summarizer.evals.scoring import Scorer
from summarizer.evals.suites import Suite
from summarizer.schemas.evidence import Record


class Gate(Record):
    """What a run must hold to."""

    baseline: Words | None = Field(default=None, description="Folder of a run, from the file's.")
    delta: Figure = Field(default=0.0, ge=0, le=1)
    alpha: Figure = Field(default=0.05, gt=0, lt=1)
    max_failed: int = Field(default=0, ge=0)
    min_located: Figure = Field(default=1.0, ge=0, le=1)
    keep: list[Words] = Field(default_factory=list, description="Gold items: split/id#/pointer.")


def load_gate(file: Path) -> Gate:
    """The gate in a file. Raises `InputError` where it can't be read or holds something else."""
    try:
        return Gate.model_validate(tomllib.loads(read_text(file)))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{file} is not readable TOML: {error}.", original=error) from error
    except InputError as error:
        raise InputError(f"{file} {error.message}.", original=error) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise InputError(f"{file}: {where}: {first['msg']}.", original=error) from error


def refusals(
    gate: Gate,
    judgement: Judgement,
    run: Run,
    suite: Suite[Any],
    scorer: Scorer,
    *,
    baseline: Run | None = None,
    folder: Path = Path(),
) -> list[str]:
    """Why a run doesn't pass a gate, a line each; empty if it does.

    `baseline` goes before the gate's own, whose path is from `folder`. Raises as `load_run` and
    `compare_runs` do, and `InputError` where `keep` names an item that the gold doesn't have.
    """
    found = [*_invariants(gate, judgement)]
    if baseline is None and gate.baseline is not None:
        baseline = load_run(folder / gate.baseline)
    found += _lost(gate, run, suite, scorer, split=judgement.split)
    if baseline is not None:
        report = compare_runs(baseline, run, suite, scorer, split=judgement.split)
        delta, p = report.overall.delta, report.overall.p
        if delta is not None and p is not None and p < gate.alpha and delta <= -gate.delta:
            found.append(
                f"F is lower than that of {report.baseline} by {-delta:.3f} "
                f"(p = {p:.4f} < {gate.alpha:g}; δ = {gate.delta:g})"
            )
    return found


def _invariants(gate: Gate, judgement: Judgement) -> Iterator[str]:
    if len(judgement.failed) > gate.max_failed:
        names = ", ".join(each.document for each in judgement.failed)
        count = len(judgement.failed)
        yield f"{count} documents have no record, and {gate.max_failed} may: {names}"
    located = judgement.scores.overall.verbatim.score
    if located is not None and located < gate.min_located:
        yield (
            f"{located:.4f} of the quotes stand in the article where they say, and "
            f"{gate.min_located:g} is asked for"
        )


def _lost(
    gate: Gate, run: Run, suite: Suite[Any], scorer: Scorer, *, split: str | None
) -> Iterator[str]:
    wanted: dict[str, set[str]] = {}
    for name in gate.keep:
        document, mark, pointer = name.partition("#")
        if not mark:
            raise ConfigurationError(
                f"The gate's {name!r} names no item.",
                hint="An item is split/id#/section/number, such as "
                "test/suva-summit#/military_activities/0.",
            )
        wanted.setdefault(document, set()).add(pointer)
    documents = covered(run, suite, split=split)
    for case in cases(run, documents, scorer.schema):
        pointers = wanted.get(case.cluster or case.id, set())
        if not pointers:
            continue
        comparison = scorer.compare(case.gold, case.predicted)
        aligned = {pair.gold.path for pair in comparison.pairs}
        known = aligned | {thing.path for things in comparison.missing.values() for thing in things}
        for pointer in sorted(pointers):
            if pointer not in known:
                raise ConfigurationError(
                    f"The gold has no item {case.cluster}#{pointer} that is required.",
                    hint="Name one that stands in its labels and is not optional.",
                )
            if pointer not in aligned:
                yield f"{case.id}#{pointer} is not found"
