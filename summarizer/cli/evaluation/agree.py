"""`summarizer eval agree`: how far those who labelled the same articles agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli import options
from summarizer.cli.console import say
from summarizer.cli.evaluation.arguments import Figures, Form, Gold, Split
from summarizer.cli.evaluation.figures import aligned, scoring_needed
from summarizer.cli.output import json_text
from summarizer.cli.output import write as put
from summarizer.cli.reporting import FAILED, reporting
from summarizer.errors import ConfigurationError
from summarizer.evals import wording
from summarizer.evals.wording import estimated, many

if TYPE_CHECKING:
    from summarizer.evals.agreement import Agreement, AgreementTable
    from summarizer.evals.suites import Document, Suite


def agree(
    path: Gold,
    split: Split = None,
    schema: options.Schema = None,
    form: Figures = Form.TEXT,
    write: Annotated[
        bool, typer.Option("--write", help="Keep the agreement in the suite's manifest, too.")
    ] = False,
    debug: options.Debug = False,
) -> None:
    """Score the labels of each two annotators of a document against each other.

    Figures are F of all documents with two annotators or more, with 95 % intervals, before
    anything was adjudicated. The status is 1 if there is no such document.
    """
    with reporting(debug=debug):
        from summarizer.cli.schema_source import schema_class

        with scoring_needed():
            from summarizer.evals.agreement import agreement, manifest_of, store
        from summarizer.evals.scoring import Scorer
        from summarizer.evals.suites import load_suite

        if write and split is not None:
            raise ConfigurationError(
                "The manifest keeps the agreement of all splits.",
                hint="Leave out --split, or --write.",
            )
        manifest = manifest_of(path) if write else None
        wanted = schema_class(schema)
        suite = load_suite(path, wanted)
        found = agreement(_chosen(suite, split), Scorer(wanted))
        if form is Form.JSON:
            put(json_text(found.model_dump_json(indent=2)), None)
        else:
            put(_text(suite, found), None)
        if not found.tables:
            raise typer.Exit(FAILED)
        if manifest is not None:
            store(found, manifest)
            say(f"Wrote {manifest}")


def _chosen(suite: Suite[Any], split: str | None) -> Sequence[Document[Any]]:
    if split is None:
        return suite.documents
    if split not in suite.splits:
        raise ConfigurationError(
            f"There is no split {split!r}.", hint=f"There are: {', '.join(suite.splits)}."
        )
    return suite.split(split)


def _text(suite: Suite[Any], found: Agreement) -> str:
    from summarizer.view.clean import clean

    version = f" {suite.manifest.version}" if suite.manifest else ""
    lines = [clean(f"{suite.name}{version}: agreement before adjudication, {found.round} round")]
    splits = {table.split for table in found.tables if table.split is not None}
    for table in found.tables:
        # Of one split alone, the table of all is the same once more.
        if table.split is not None or len(splits) > 1:
            lines += ["", clean(_headline(table)), *aligned(_sections(table))]
            lines += ["", *aligned(_fields(table))]
    if found.tables:
        lines += ["", f"Scores are {wording.KEY} Items are aligned at τ = {found.threshold:g}."]
    if found.left_out:
        lines += ["", "Left out, for want of two annotators:"]
        lines += [clean(f"{each.split} {each.id} ({each.annotations})") for each in found.left_out]
    return "".join(f"{line}\n" for line in lines)


def _headline(table: AgreementTable) -> str:
    told = [
        table.kinds,
        *([f"guidelines {table.guidelines}"] if table.guidelines else []),
        "all splits" if table.split is None else table.split,
        many(table.documents, "document"),
        many(table.pairs, "pair"),
        ", ".join(table.annotators),
    ]
    return " · ".join(told)


def _sections(table: AgreementTable) -> list[list[str]]:
    groups = {"all": table.overall, **table.sections}
    return [
        [
            "section",
            wording.SLOT_F,
            wording.ITEMS_F,
            wording.EVIDENCE_F,
            f"{wording.SLOT_F}, nothing left open",
        ],
        *(
            [name, *map(estimated, (group.value, group.items, group.receipts, group.closed))]
            for name, group in groups.items()
        ),
    ]


def _fields(table: AgreementTable) -> list[list[str]]:
    fields = ([name, estimated(estimate)] for name, estimate in table.fields.items())
    return [["field", wording.SLOT_F], *fields]
