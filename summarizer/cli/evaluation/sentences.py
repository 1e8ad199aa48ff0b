"""`summarizer eval sentences`: a text with the numbers that annotators cite."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from summarizer.cli import options
from summarizer.cli.output import write
from summarizer.cli.reporting import reporting


def sentences(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A text, or a gold file or draft (*.json).", show_default=False
        ),
    ],
    language: options.Language = None,
    debug: options.Debug = False,
) -> None:
    """Print the sentences of a text with their numbers, one per line."""
    with reporting(debug=debug):
        from summarizer.evals.texts import article_in
        from summarizer.view.clean import clean

        article = article_in(file, language)
        lines = [f"[{n}] {clean(' '.join(text.split()))}\n" for n, text in article.numbered()]
        write("".join(lines), None)
