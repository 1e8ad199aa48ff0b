"""The options that commands share, so that they are named and told alike everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from summarizer.policies import POLICIES
from summarizer.strategies import STRATEGIES
from summarizer.wire import Size

_STRATEGIES = ", ".join(["auto", *STRATEGIES])
_POLICIES = ", ".join(POLICIES)
_SIZES = ", ".join(["auto", *Size])

Source = Annotated[
    str,
    typer.Argument(
        metavar="SOURCE",
        help="A file (text, Markdown, HTML, JSON), an http or https URL, or - for standard input.",
        show_default=False,
    ),
]
Model = Annotated[
    str | None,
    typer.Option(
        help="A model of the endpoint, or the path of a GGUF file for the embedded engine. "
        "Else SUMMARIZER_MODEL.",
        show_default=False,
    ),
]
BaseUrl = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="An OpenAI-compatible endpoint, mostly ending in /v1. Else SUMMARIZER_BASE_URL, "
        "OPENAI_BASE_URL. Its key is read from SUMMARIZER_API_KEY or OPENAI_API_KEY.",
        show_default=False,
    ),
]
Schema = Annotated[
    str | None,
    typer.Option(
        metavar="MODULE:CLASS",
        help="A Pydantic class of your own, as package.module:Class or path/to/file.py:Class.",
        show_default="SituationSummary",
    ),
]
Strategy = Annotated[str, typer.Option(help=f"How the work is cut into calls: {_STRATEGIES}.")]
RecordSize = Annotated[
    str, typer.Option("--size", help=f"How much of the record is asked for: {_SIZES}.")
]
OnUnsupported = Annotated[
    str,
    typer.Option(
        help="What becomes of items that their sentences don't support: "
        f"{_POLICIES}. Nothing goes without an issue."
    ),
]
Temperature = Annotated[float, typer.Option(min=0, help="How freely the model chooses its words.")]
OutputLanguage = Annotated[str, typer.Option(help="The language of free text, as an English word.")]
Published = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="The day of publication, YYYY-MM-DD, which “yesterday” is counted from.",
        show_default="what the input says",
    ),
]
Language = Annotated[
    str | None,
    typer.Option(
        metavar="CODE",
        help="The language of the article, as an ISO 639 code.",
        show_default="what the input says, or a guess",
    ),
]
Id = Annotated[
    str | None,
    typer.Option(
        "--id",
        help="The id of the article in the result.",
        show_default="what the input says, or the start of its hash",
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write the result here, whole or not at all, rather than to standard output.",
        show_default=False,
    ),
]
Debug = Annotated[
    bool, typer.Option("--debug", help="With an error, show where in the program it arose.")
]
