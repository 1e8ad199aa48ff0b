"""What commands on runs have in common: the gold, the table of scores, the gate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from summarizer.cli.console import say
from summarizer.cli.evaluation.arguments import Form, many
from summarizer.cli.evaluation.figures import NOTHING, aligned, shown
from summarizer.cli.output import json_text
from summarizer.cli.output import write as put
from summarizer.cli.reporting import FAILED
from summarizer.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic import BaseModel

    from summarizer.evals.aggregation import GroupScores
    from summarizer.evals.agreement import GroupAgreement
    from summarizer.evals.estimates import Rates, Share
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
    from summarizer.evals.runs import digest_of_gold

    settings = run.settings
    if settings.record != schema.__name__:
        raise ConfigurationError(
            f"{run.path} holds records of {settings.record}, and not of {schema.__name__}.",
            hint="Name their class with --schema.",
        )
    try:
        suite = suite_of(named or settings.suite, schema)
    except ConfigurationError as error:
        if named is None:
            error.hint = f"Name the folder of the suite {settings.suite} with --suite."
        raise
    there = [document for document in suite.documents if run.covers(document)]
    gone = len(settings.documents) - len(there)
    if settings.documents and gone:
        say(f"Of the run's documents, {suite.name} has {len(there)}, and lacks {gone}.")
    elif settings.gold is not None and settings.gold != digest_of_gold(there):
        say(f"The gold of {suite.name} was changed since the run was made.")
    return suite


def conclude(judgement: Judgement, form: Form) -> None:
    """Print what a run comes to."""
    if form is Form.JSON:
        put(json_text(judgement.model_dump_json(indent=2)), None)
    else:
        put(text_of(judgement), None)


def enforce(reasons: Sequence[str]) -> None:
    """Say whether a gate lets a run pass; end the program if it doesn't."""
    for reason in reasons:
        say(f"Gate: {reason}.")
    if reasons:
        raise typer.Exit(FAILED)
    say("The run passes the gate.")


def text_of(judgement: Judgement) -> str:
    """The tables of a judgement, as text."""
    from summarizer.view.clean import clean

    blocks = [
        [clean(line) for line in _head(judgement)],
        aligned([*_sections(judgement)]),
        aligned([*_details(judgement)]),
        aligned([*_fields(judgement)]),
        aligned([*_errors(judgement)]),
        [clean(line) for line in _foot(judgement)],
    ]
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks)


def _head(judgement: Judgement) -> Iterator[str]:
    where = judgement.split or "all splits"
    version = f" {judgement.suite_version}" if judgement.suite_version else ""
    yield (
        f"{judgement.run}: {judgement.model or 'no model'} on {judgement.suite}{version}, {where}, "
        f"{many(judgement.documents, 'document')}"
        + (f", {judgement.repeats} repeats" if judgement.repeats > 1 else "")
    )
    for each in judgement.failed:
        why = f"{each.error.type}: {each.error.message}" if each.error else "not run yet"
        yield f"FAILED {each.document} #{each.repeat}: {' '.join(why.split())}"


def _sections(judgement: Judgement) -> Iterator[list[str]]:
    agreed = judgement.agreement
    groups: dict[str, GroupScores] = {
        "all": judgement.scores.overall,
        **judgement.scores.sections,
    }
    yield [
        "section", "F", "precision", "recall", "items", "receipts", "grounded",
        *(["annotators agree"] if agreed else []),
    ]  # fmt: skip
    for name, group in groups.items():
        agreement: GroupAgreement | None = None
        if agreed:
            agreement = agreed.overall if name == "all" else agreed.sections.get(name)
        yield [
            name,
            shown(group.value.f),
            _plain(group.value.precision.score),
            _plain(group.value.recall.score),
            shown(group.items.f),
            shown(group.receipts.f),
            _plain(group.grounded.f.score),
            *([_plain(agreement.value.score if agreement else None)] if agreed else []),
        ]


def _details(judgement: Judgement) -> Iterator[list[str]]:
    overall = judgement.scores.overall
    yield ["documents without anything, left empty", _share(overall.negatives)]
    yield ["null as an answer: precision, recall", _pair(overall.nulls)]
    yield ["quotes that stand where they say", shown(overall.verbatim)]
    for kind, found in judgement.quoted.items():
        yield [f"{kind}s that stand in the sentences cited", _share(found)]
    yield ["receipts that code moved", str(judgement.moved)]
    yield [
        "F at thresholds " + ", ".join(judgement.thresholds),
        ", ".join(_plain(each.score) for each in judgement.thresholds.values()),
    ]
    yield ["F with the gold's names for parties found", shown(judgement.oracle_parties)]
    if judgement.spread is not None:
        yield ["standard deviation of F between repeats", f"{judgement.spread:.3f}"]
    spent = judgement.spending
    yield [
        "calls, tokens in (cached), out, seconds",
        (
            f"{spent.calls}, {spent.prompt_tokens:,} ({spent.cached_tokens:,}), "
            f"{spent.completion_tokens:,}, {spent.seconds:,.0f}"
        ),
    ]


def _fields(judgement: Judgement) -> Iterator[list[str]]:
    yield ["field", "F", "precision", "recall"]
    for name, field in judgement.scores.fields.items():
        if field.value.f.score is not None:
            value = field.value
            yield [name, shown(value.f), _plain(value.precision.score), _plain(value.recall.score)]


def _errors(judgement: Judgement) -> Iterator[list[str]]:
    yield ["errors", "verdict", "cause", "count"]
    counts: dict[tuple[str, str, str], int] = {}
    for each in judgement.errors:
        if each.cause is not None:
            key = (each.level, each.verdict, each.cause)
            counts[key] = counts.get(key, 0) + each.count
    for key, count in sorted(counts.items(), key=lambda one: (one[0][0], -one[1])):
        yield [*key, str(count)]


def _foot(judgement: Judgement) -> Iterator[str]:
    yield "Scores are F [95 % interval] n: the documents that have a say in it."
    agreed = judgement.agreement
    if agreed:
        edition = f", guidelines {agreed.guidelines}" if agreed.guidelines else ""
        yield f"Agreement: F of {agreed.kinds}{edition}, {many(agreed.documents, 'document')}."
    if judgement.detectable is not None:
        yield (
            f"Another run has to differ by about {100 * judgement.detectable:.1f} points for these "
            "documents to show it, less if it goes wrong on the same ones."
        )
    yield judgement.signature


def _plain(score: float | None) -> str:
    return NOTHING if score is None else f"{score:.2f}"


def _pair(rates: Rates) -> str:
    return f"{_plain(rates.precision.score)}, {_plain(rates.recall.score)}"


def _share(found: Share) -> str:
    if found.low is None or found.high is None:
        return NOTHING
    return f"{found.k} of {found.n} [{found.low:.2f}, {found.high:.2f}]"
