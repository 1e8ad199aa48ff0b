"""`summarizer eval run`: a model over a suite, and what it comes to."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli import options
from summarizer.cli.console import counted, say
from summarizer.cli.evaluation.arguments import Figures, Form, GateFile, Split, SuiteName
from summarizer.cli.evaluation.figures import scoring_needed
from summarizer.cli.evaluation.judging import conclude, enforce, suite_of
from summarizer.cli.reporting import FAILED, reporting
from summarizer.errors import ConfigurationError, SummarizerError
from summarizer.evals.wording import many

if TYPE_CHECKING:
    from summarizer.evals.begun import Begun
    from summarizer.evals.suites import Document, Suite
    from summarizer.session import Summarizer

NAME_LENGTH = 100


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
    temperature: options.Temperature = 0.0,
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
    the model. Broken off, and started again with --output, it goes on, and tries what failed once
    more. A document that fails counts as an empty record, and is named. The status is 1 if a gate
    refuses the run; without a gate, if a document failed.
    """
    with reporting(debug=debug):
        from summarizer.cli.schema_source import schema_class
        from summarizer.connection import whereabouts
        from summarizer.session import Summarizer

        with scoring_needed():
            from summarizer.evals.gates import hold
        from summarizer.evals.begun import begun
        from summarizer.evals.judgement import judge, store
        from summarizer.evals.running import environment
        from summarizer.evals.runs import Settings, digest_of_gold, load_run, name_of
        from summarizer.evals.scoring import Scorer

        wanted = schema_class(schema)
        gold = suite_of(suite, wanted)
        documents = _chosen(gold, split, limit)
        scorer = Scorer(wanted)
        # Sooner than after the work.
        held = hold(gate, documents, scorer, suite=gold.name) if gate else None

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
                notify=say,
            )

        with make(1) as first:
            asked, settings_hash = first.request, first.settings_hash
            where = whereabouts(first.settings)
        folder = output or _new_folder(gold.name, asked.model)
        settings = Settings(
            name=folder.resolve().name or gold.name,
            description=f"{asked.model or 'No model'} over {gold.name}",
            suite=gold.name,
            record=wanted.__name__,
            documents=[name_of(document) for document in documents],
            gold=digest_of_gold(documents),
            repeats=repeat,
            model=asked.model,
            asked={
                "strategy": asked.strategy,
                "size": asked.size.value,
                "on_unsupported": on_unsupported,
                "output_language": output_language,
                "temperature": temperature,
                "seed": seed,
                **where,
            },
            settings_hash=settings_hash,
            environment=environment(),
        )
        with begun(folder, settings, told=say) as work:
            _make(work, documents, make, concurrency)
        stored = load_run(folder)
        judgement, scores = judge(stored, gold, scorer)
        store(folder, judgement, scores)
        conclude(judgement, form)
        if held is not None:
            enforce(held, stored, gold, judgement)
        elif judgement.failed:
            raise typer.Exit(FAILED)


def _make(
    work: Begun,
    documents: Sequence[Document[Any]],
    make: Callable[[int], Summarizer[Any]],
    concurrency: int,
) -> None:
    import asyncio
    from contextlib import redirect_stdout

    from summarizer.evals.running import extract

    total, done = len(work.keys), len(work.keys) - len(work.missing)
    say(f"{work.folder}: {many(total, 'prediction')} to make, {done} made already.")
    try:
        # Standard output is for the result, whatever a schema's validators print.
        with redirect_stdout(sys.stderr), counted(total, done) as told:
            asyncio.run(
                extract(
                    work,
                    documents,
                    make,
                    concurrency=concurrency,
                    told=lambda p: told(p.done, p.failed, f"{p.current}, {p.seconds:.0f} s"),
                )
            )
    except (KeyboardInterrupt, SummarizerError):
        if work.found:
            say(f"What was made is kept. To go on: the same command with --output {work.folder}")
        raise


def _chosen(suite: Suite[Any], split: str | None, limit: int | None) -> Sequence[Document[Any]]:
    if split is not None and split not in suite.splits:
        raise ConfigurationError(
            f"There is no split {split!r}.", hint=f"There are: {', '.join(suite.splits)}."
        )
    documents = suite.documents if split is None else suite.split(split)
    return documents[:limit]


def _new_folder(suite: str, model: str) -> Path:
    moment = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    told = f"{moment}-{suite}-{Path(model).name}"
    # What no file system objects to: Windows takes neither "qwen:7b" nor a full stop at the end.
    name = re.sub(r"[^\w.-]+", "-", told)[:NAME_LENGTH].rstrip("-.")
    folder = Path("runs", name)
    number = 2
    while folder.exists():
        folder = Path("runs", f"{name}-{number}")
        number += 1
    return folder
