"""The arguments that commands on gold share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Gold = Annotated[
    Path,
    typer.Argument(
        metavar="PATH",
        help="A suite, one of its splits, a folder of suites, or one document.",
        show_default=False,
    ),
]
