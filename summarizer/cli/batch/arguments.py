"""The options of `summarizer batch` alone."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Form(StrEnum):
    """The forms that the summary can be had in."""

    TEXT = "text"
    JSON = "json"


class CacheMode(StrEnum):
    """What is done with the cache."""

    ON = "on"
    OFF = "off"
    READ_ONLY = "read-only"


class OnChanged(StrEnum):
    """What becomes of documents that were done with other settings."""

    REFUSE = "refuse"
    REDO = "redo"


class StdinFormat(StrEnum):
    """What standard input can hold."""

    AUTO = "auto"
    JSONL = "jsonl"
    CSV = "csv"
    ARTICLE = "article"


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        help="Files, folders, globs such as 'feeds/**/*.html', tables of articles as JSONL, CSV or "
        "TSV, and - for standard input.",
        show_default=False,
    ),
]
OutputFile = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar="OUT.jsonl",
        help="A line for each document; what it holds already is not done again.",
        show_default=False,
    ),
]
IdField = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="The field that documents are called by.",
        show_default="id, else path and row",
    ),
]
TextField = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="The field that the text is in.",
        show_default="text, body, content or article",
    ),
]
InputFormat = Annotated[StdinFormat, typer.Option(help="What standard input or a pipe holds.")]
Concurrency = Annotated[
    int | None,
    typer.Option(
        min=1,
        help="Requests that are under way at once.",
        show_default="as many as the endpoint is found to bear",
    ),
]
Rpm = Annotated[
    float | None,
    typer.Option("--rpm", min=1, help="The most requests in a minute.", show_default=False),
]
Tpm = Annotated[
    float | None,
    typer.Option("--tpm", min=1, help="The most tokens in a minute.", show_default=False),
]
Ordered = Annotated[
    bool, typer.Option("--ordered", help="Write lines in the order of the documents.")
]
RetryFailed = Annotated[
    bool, typer.Option("--retry-failed", help="Do documents again that failed before.")
]
Changed = Annotated[
    OnChanged,
    typer.Option(help="What becomes of documents that were done with other settings."),
]
UseCache = Annotated[
    CacheMode,
    typer.Option("--cache", help="Whether answers are kept, so that none is paid for twice."),
]
CacheFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Where answers are kept.",
        show_default="completions.sqlite in the user's cache folder",
    ),
]
PriceFile = Annotated[
    Path | None,
    typer.Option(
        "--prices",
        metavar="FILE",
        help="What a million tokens cost, as TOML: currency, and for each model input, "
        "cached_input and output.",
        show_default=False,
    ),
]
MaxCost = Annotated[
    float | None,
    typer.Option(min=0, help="Stop when so much is spent, in that currency.", show_default=False),
]
MaxTokens = Annotated[
    int | None,
    typer.Option(min=1, help="Stop when so many tokens are used.", show_default=False),
]
MaxFailures = Annotated[
    int | None,
    typer.Option(min=1, help="Stop when so many documents have failed.", show_default=False),
]
OfSummary = Annotated[
    Form, typer.Option("--format", help="The form of the summary, on standard output.")
]
