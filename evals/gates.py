"""A gate for CI: what a run must hold to, and why it doesn't.

A gate is a TOML file:

    baseline = "runs/main"   # a run over the same documents; from the folder that the file is in
    delta = 0.02             # δ: F may be lower by up to this,
    alpha = 0.01             # or by more, if chance could have done it at this level
    max_failed = 0           # documents without a record
    min_located = 1.0        # share of quotes that stand in the article where they say
    keep = ["test/suva-summit#/military_activities/0"]   # gold items that must be found

Documents without a record and quotes that stand nowhere are faults whatever F says. F alone fails
a gate only where the loss is more than chance and more than δ: on so few documents it wanders. Of
runs that are no worse about α / 2 are refused, which at .05 would be one in forty.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from summarizer.errors import ConfigurationError, InputError, excerpt
from summarizer.evals.comparing import CompareReport, compare_runs, remarks
from summarizer.evals.counts import counted
from summarizer.evals.documents import Words
from summarizer.evals.estimates import Figure
from summarizer.evals.files import read_text
from summarizer.evals.judgement import Judgement
from summarizer.evals.labelled import Labelled
from summarizer.evals.problems import in_document
from summarizer.evals.runs import Run, cases, check_same, load_run, name_of
from summarizer.evals.scoring import Scorer
from summarizer.evals.suites import Document, Suite
from summarizer.schemas.evidence import Record

_ITEM = "An item is split/id#/section/number, such as test/suva-summit#/military_activities/0."


class Gate(Record):
    """What a run must hold to."""

    baseline: Words | None = Field(default=None, description="Folder of a run, from the file's.")
    delta: Figure = Field(default=0.0, ge=0, le=1)
    alpha: Figure = Field(default=0.01, gt=0, lt=1)
    max_failed: int = Field(default=0, ge=0)
    min_located: Figure = Field(default=1.0, ge=0, le=1)
    keep: list[Words] = Field(default_factory=list, description="Gold items: split/id#/pointer.")


_HOLDS = f"A gate may hold {', '.join(Gate.model_fields)}."


@dataclass(frozen=True)
class Held:
    """A gate made ready for a run: all that it names is there."""

    gate: Gate
    documents: Sequence[Document[Any]]
    scorer: Scorer
    baseline: Run | None
    kept: Mapping[str, frozenset[str]]
    """Pointers of the items to be found, by document."""

    def refusals(self, run: Run, suite: Suite[Any], judgement: Judgement) -> list[str]:
        """Why a run doesn't pass, a line each; empty if it does. Raises as `compare_runs` does."""
        found = [*self._of_documents(run, judgement)]
        if self.baseline is not None:
            split = judgement.split
            report = compare_runs(self.baseline, run, suite, self.scorer, split=split)
            found += _worse(self.gate, report)
        return found

    def remarks(self, run: Run, suite: Suite[Any], judgement: Judgement) -> list[str]:
        """What else is to be known of how the run is held to its baseline, a sentence each."""
        if self.baseline is None:
            return []
        return [*remarks(self.baseline, run, suite, split=judgement.split)]

    def _of_documents(self, run: Run, judgement: Judgement) -> Iterator[str]:
        gate = self.gate
        if len(judgement.failed) > gate.max_failed:
            names = ", ".join(dict.fromkeys(each.document for each in judgement.failed))
            yield f"{len(judgement.failed)} failed, and {gate.max_failed} may: {names}"
        lost: list[str] = []
        astray: list[str] = []
        for case in cases(run, self.documents, self.scorer.schema):
            comparison = self.scorer.compare(case.gold, case.predicted)
            receipts = [each.receipts for each in counted(comparison, id=case.id).sections.values()]
            if any(each.verbatim < each.predicted for each in receipts):
                astray.append(case.id)
            found = {pair.gold.path for pair in comparison.pairs}
            kept = self.kept.get(case.cluster or case.id, frozenset())
            lost += [f"{case.id}#{pointer} is not found" for pointer in sorted(kept - found)]
        located = judgement.scores.overall.verbatim.score
        if located is not None and located < gate.min_located:
            yield (
                f"{located:.4f} of the quotes stand in the article where they say, and "
                f"{gate.min_located:g} is asked for: not those of {', '.join(astray)}"
            )
        yield from lost


def load_gate(file: Path) -> Gate:
    """The gate in a file. Raises `InputError` where it can't be read or holds something else."""
    try:
        return Gate.model_validate(tomllib.loads(read_text(file)))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{file} is not readable TOML: {error}.", original=error) from error
    except ValidationError as error:
        raise InputError(f"{in_document(file, error)[0]}.", hint=_HOLDS, original=error) from error
    except InputError as error:
        raise InputError(f"{file} {error.message}.", original=error) from error


def hold(
    file: Path,
    documents: Sequence[Document[Any]],
    scorer: Scorer,
    *,
    suite: str,
    baseline: Run | None = None,
) -> Held:
    """The gate in a file, made ready for a run over these documents of a suite, before there is
    one.

    `baseline` goes before the gate's own. Raises as `load_gate` and `load_run` do, and
    `ConfigurationError` where `keep` names what these documents' gold doesn't have, or the baseline
    is over another suite, has records of another schema, or lacks any of these documents.
    """
    gate = load_gate(file)
    if baseline is None and gate.baseline is not None:
        baseline = load_run(file.parent / gate.baseline)
    if baseline is not None:
        check_same(baseline, suite=suite, record=scorer.schema.__name__)
        _check_whole(file, baseline, documents)
    by_name = {name_of(document): document for document in documents}
    kept: dict[str, set[str]] = {}
    for name in gate.keep:
        document, mark, pointer = name.partition("#")
        if not mark:
            raise ConfigurationError(f"{file}: keep: {name!r} names no item.", hint=_ITEM)
        if document not in by_name:
            raise ConfigurationError(
                f"{file}: keep: the run is not over {document!r}, of which it names an item.",
                hint=f"It is over {excerpt(', '.join(by_name), 200)}.",
            )
        required = _required(by_name[document], scorer)
        if pointer not in required:
            raise ConfigurationError(
                f"{file}: keep: the gold of {document} has no item {pointer!r} that is required.",
                hint=f"It has {excerpt(', '.join(required), 200) or 'none'}.",
            )
        kept.setdefault(document, set()).add(pointer)
    return Held(
        gate, documents, scorer, baseline, {name: frozenset(each) for name, each in kept.items()}
    )


def _check_whole(file: Path, baseline: Run, documents: Sequence[Document[Any]]) -> None:
    """Refuse a baseline by which a run would be held to a part of its documents, or to nothing."""
    lacking = [each for each in documents if not baseline.is_done(each)]
    if lacking:
        raise ConfigurationError(
            f"{file}: the baseline {baseline.path} has {len(documents) - len(lacking)} of the "
            f"{len(documents)} documents of the run, and lacks "
            f"{excerpt(', '.join(map(name_of, lacking)), 200)}.",
            hint="A baseline is a whole run over the same documents: make it anew, or go on with "
            "it if it was broken off.",
        )


def _required(document: Document[Any], scorer: Scorer) -> list[str]:
    """Pointers of the items that a document's gold has and that aren't optional."""
    tree = scorer.tree(document.labelled(), Labelled(None))
    return sorted(thing.path for thing in tree.items if not thing.optional)


def _worse(gate: Gate, report: CompareReport) -> Iterator[str]:
    delta, p = report.overall.delta, report.overall.p
    if delta is not None and p is not None and p < gate.alpha and -delta > gate.delta:
        yield (
            f"F is lower than that of {report.baseline} by {-delta:.3f} "
            f"(p = {p:.4f} < {gate.alpha:g}; δ = {gate.delta:g})"
        )
