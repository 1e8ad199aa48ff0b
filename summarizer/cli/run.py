"""`summarizer run`: one article in, its record out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli import options
from summarizer.cli.console import working
from summarizer.cli.output import Format, check_target, format_for, rendered, write
from summarizer.cli.reporting import reporting
from summarizer.cli.source import article_from

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.results import Result
    from summarizer.session import Summarizer

STDOUT = Path("-")


def run(
    source: options.Source,
    form: Annotated[
        Format | None,
        typer.Option(
            "--format",
            help="The form of the result.",
            show_default="text, or what the suffix of --output says",
        ),
    ] = None,
    output: options.Output = None,
    model: options.Model = None,
    base_url: options.BaseUrl = None,
    schema: options.Schema = None,
    strategy: options.Strategy = "auto",
    size: options.RecordSize = "auto",
    on_unsupported: options.OnUnsupported = "mend",
    language: options.Language = None,
    published: options.Published = None,
    id: options.Id = None,  # noqa: A002  # the option's name
    output_language: options.OutputLanguage = "English",
    temperature: options.Temperature = 0.0,
    max_tokens: Annotated[
        int | None,
        typer.Option(min=1, help="The most that one answer may take.", show_default="by the size"),
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds for one call.")] = 600.0,
    debug: options.Debug = False,
) -> None:
    """Summarize one article.

    The record goes to standard output, or into a file with --output; everything else that is
    said goes to standard error.
    """
    with reporting(debug=debug):
        from summarizer.cli.schema_source import schema_class
        from summarizer.session import Summarizer

        target = None if output == STDOUT else output
        check_target(target)
        with Summarizer(
            model,
            base_url=base_url,
            schema=schema_class(schema),
            strategy=strategy,
            size=size,
            on_unsupported=on_unsupported,
            output_language=output_language,
            temperature=temperature,
            max_tokens=max_tokens,
            timeout=timeout,
        ) as summarizer:
            article = article_from(source, id=id, published=published, language=language)
            result = _summarized(summarizer, article)
        write(rendered(result, format_for(form, target), target), target)


def _summarized(summarizer: Summarizer[Any], article: Article) -> Result[Any]:
    from contextlib import redirect_stdout

    # Standard output is for the result, whatever a schema's validators print.
    with redirect_stdout(sys.stderr):
        if summarizer.settings.embedded:
            _start_engine(summarizer.settings.model)
        count = article.sentence_count
        told = f"{count} sentence{'s' if count > 1 else ''}"
        with working(f"Reading {told} and writing the record"):
            return summarizer.summarize(article)


def _start_engine(model: str | None) -> None:
    """Start what `summarize` would start, with the weights' own progress bar in sight."""
    from summarizer import embedded

    found = embedded.resolve_model(model)
    if isinstance(found, str):
        embedded.ensure(found)
    with working("Starting the engine"):
        embedded.start(model)
