"""`summarizer eval run`: a model over a suite, and what it comes to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli import options
from summarizer.cli.console import counted, say
from summarizer.cli.evaluation.arguments import Figures, Form, GateFile, Split, SuiteName, many
from summarizer.cli.evaluation.figures import scoring_needed
from summarizer.cli.evaluation.judging import conclude, suite_of
from summarizer.cli.reporting import reporting

if TYPE_CHECKING:
    from summarizer.evals.suites import Document, Suite
    from summarizer.session import Summarizer


def run(
    suite: SuiteName = "situations",
    split: Split = None,
    model: options.Model = None,
    base_url: options.BaseUrl = None,
    schema: options.Schema = None,
    strategy: options.Strategy = "auto",
    size: options.RecordSize = "auto",
    on_unsupported: options.OnUnsupported = "mend",
    output_language: options.OutputLanguage = "English",
    temperature: Annotated[
        float, typer.Option(min=0, help="How freely the model chooses its words.")
    ] = 0.0,
    seed: Annotated[
        int | None,
        typer.Option(
            help="For servers that sample by one; each repeat has the next.", show_default=False
        ),
    ] = None,
    repeat: Annotated[int, typer.Option(min=1, help="Runs over each document.")] = 1,
    concurrency: Annotated[int, typer.Option(min=1, help="Documents side by side.")] = 1,
    limit: Annotated[
        int | None,
        typer.Option(min=1, help="Only the first so many documents.", show_default="all"),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FOLDER",
            help="The folder of the run. One that was begun is gone on with.",
            show_default="runs/<time>-<suite>-<model>",
        ),
    ] = None,
    gate: GateFile = None,
    form: Figures = Form.TEXT,
    debug: options.Debug = False,
) -> None:
    """Run a model over a suite of gold, and score what it makes of it.

    Writes a folder with every prediction, from which `eval score` makes the same table without
    the model. Broken off, and started again with --output, it goes on. A document that fails
    counts as an empty record, and is named. The status is 1 if a gate refuses the run.
    """
    with reporting(debug=debug):
        import asyncio

        from summarizer.cli.schema_source import schema_class
        from summarizer.session import Summarizer

        with scoring_needed():
            from summarizer.evals import running
        from summarizer.evals.runs import Settings, digest_of_gold, load_run, name_of

        wanted = schema_class(schema)
        gold = suite_of(suite, wanted)
        documents = _chosen(gold, split, limit)

        def make(number: int) -> Summarizer[Any]:
            return Summarizer(
                model,
                base_url=base_url,
                schema=wanted,
                strategy=strategy,
                size=size,
                on_unsupported=on_unsupported,
                output_language=output_language,
                temperature=temperature,
                seed=seed if seed is None else seed + number - 1,
            )

        with make(1) as first:
            asked = first.request
            settings = Settings(
                name="",
                description="",
                suite=gold.name,
                record=wanted.__name__,
                documents=[name_of(document) for document in documents],
                gold=digest_of_gold(documents),
                repeats=repeat,
                model=asked.model,
                asked={
                    "strategy": strategy,
                    "size": asked.size.value,
                    "on_unsupported": on_unsupported,
                    "output_language": output_language,
                    "temperature": temperature,
                    "seed": seed,
                },
                settings_hash=first.settings_hash,
                environment=running.environment(),
            )
        folder = output or Path("runs") / _name(gold.name, asked.model)
        settings = settings.model_copy(
            update={"name": folder.name, "description": f"{asked.model} over {gold.name}"}
        )
        done = running.start(folder, settings)
        total = len(documents) * repeat
        say(f"{folder}: {many(total, 'document')}, {len(done)} done already.")
        with counted(total, len(done)) as told:
            asyncio.run(
                running.extract(
                    folder,
                    documents,
                    make,
                    done,
                    repeats=repeat,
                    concurrency=concurrency,
                    told=lambda p: told(p.done, p.failed, f"{p.current}, {p.seconds:.0f} s"),
                )
            )
        conclude(load_run(folder), gold, wanted, split=split, gate=gate, form=form)


def _chosen(suite: Suite[Any], split: str | None, limit: int | None) -> Sequence[Document[Any]]:
    from summarizer.errors import ConfigurationError

    if split is not None and split not in suite.splits:
        raise ConfigurationError(
            f"There is no split {split!r}.", hint=f"There are: {', '.join(suite.splits)}."
        )
    documents = suite.documents if split is None else suite.split(split)
    return documents[:limit]


def _name(suite: str, model: str) -> str:
    moment = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    return re.sub(r"[^\w.-]+", "-", f"{moment}-{suite}-{Path(model).name}")
