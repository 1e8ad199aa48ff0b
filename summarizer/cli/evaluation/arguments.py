"""What commands on gold have in common."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.output import write

if TYPE_CHECKING:
    from summarizer.evals.problems import Problem

Gold = Annotated[
    Path,
    typer.Argument(
        metavar="PATH",
        help="A suite, one of its splits, a folder of suites, or one document.",
        show_default=False,
    ),
]
SuiteName = Annotated[
    str,
    typer.Option(
        "--suite",
        metavar="NAME|FOLDER",
        help="A suite that comes with the package, or the folder of one.",
    ),
]
Suite = Annotated[
    str | None,
    typer.Option(
        "--suite",
        metavar="NAME|FOLDER",
        help="The gold to score against.",
        show_default="the suite that the run names",
    ),
]
Split = Annotated[
    str | None, typer.Option(help="Documents of this split only.", show_default="all")
]
Stored = Annotated[
    Path,
    typer.Argument(metavar="RUN", help="The folder of a run.", show_default=False),
]
GateFile = Annotated[
    Path | None,
    typer.Option(
        "--gate",
        metavar="FILE",
        help="A TOML file with what the run must hold to; if it doesn't, the status is 1.",
        show_default=False,
    ),
]


class Form(StrEnum):
    """The forms that figures can be had in."""

    TEXT = "text"
    JSON = "json"


Figures = Annotated[Form, typer.Option("--format", help="The form of the figures.")]


def listed(problems: Iterable[Problem]) -> None:
    """Write problems to standard output, one to a line."""
    from summarizer.view.clean import clean

    write("".join(f"{clean(' '.join(str(problem).split()))}\n" for problem in problems), None)
