"""What commands on gold have in common."""

from __future__ import annotations

from collections.abc import Iterable
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


def listed(problems: Iterable[Problem]) -> None:
    """Write problems to standard output, one to a line."""
    from summarizer.view.clean import clean

    write("".join(f"{clean(' '.join(str(problem).split()))}\n" for problem in problems), None)


def many(n: int, what: str) -> str:
    """Such as `1 document` and `2 documents`."""
    return f"{n} {what}" if n == 1 else f"{n} {what}s"
