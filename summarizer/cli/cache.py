"""`summarizer cache`: the answers that are kept, so that nothing is paid for twice."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import options
from summarizer.cli.console import say
from summarizer.cli.output import json_text, write
from summarizer.cli.reporting import FAILED, reporting
from summarizer.errors import ConfigurationError

if TYPE_CHECKING:
    from summarizer.cache import CacheInfo

app = typer.Typer(
    name="cache",
    help="Show or clear the answers that are kept, so that nothing is paid for twice.",
    no_args_is_help=True,
    rich_markup_mode=None,  # as the whole command line
)


class Form(StrEnum):
    """The forms that the facts can be had in."""

    TEXT = "text"
    JSON = "json"


File = Annotated[
    Path | None,
    typer.Option(
        "--cache-file",
        metavar="FILE",
        help="Where answers are kept. SUMMARIZER_CACHE_DIR names another folder for it.",
        show_default="completions.sqlite in the user's cache folder",
    ),
]


@app.command()
def info(
    cache_file: File = None,
    form: Annotated[Form, typer.Option("--format", help="The form of the facts.")] = Form.TEXT,
    debug: options.Debug = False,
) -> None:
    """Show where the cache is, how many answers it holds, how large and how old they are."""
    with reporting(debug=debug):
        from summarizer.cache import Cache

        with Cache(cache_file, mode="read-only") as opened:
            found = opened.info()
        write(_json(found) if form is Form.JSON else _text(found), None)


@app.command()
def clear(
    cache_file: File = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
    debug: options.Debug = False,
) -> None:
    """Let go of every answer in the cache; each would have to be paid for once more.

    A cache that is damaged, or that a newer version made, is deleted with its file. Any other file
    is left alone.
    """
    with reporting(debug=debug):
        from summarizer.cache import clear as cleared
        from summarizer.cache import path_of

        path = path_of(cache_file)
        if not path.exists():
            say(f"There is no cache at {path}.")
            return
        if not (yes or _confirmed(path)):
            say("Nothing was cleared.")
            raise typer.Exit(FAILED)
        deleted = cleared(path)
        if deleted is None:
            say(f"{path} was no longer of use, and is deleted.")
        else:
            say(f"{path}: {deleted:,} {'answer' if deleted == 1 else 'answers'} cleared.")


def _confirmed(path: Path) -> bool:
    if not _at_terminal():
        raise ConfigurationError("There is no terminal to ask at.", hint="Add --yes.")
    return typer.confirm(f"Clear {path}?", err=True)


def _at_terminal() -> bool:
    return sys.stdin.isatty()


def _json(found: CacheInfo) -> str:
    import json
    from dataclasses import asdict

    facts = asdict(found) | {
        "path": str(found.path),
        "oldest": found.oldest and found.oldest.isoformat(),
        "newest": found.newest and found.newest.isoformat(),
    }
    return json_text(json.dumps(facts, indent=2, ensure_ascii=False))


def _text(found: CacheInfo) -> str:
    from summarizer.view.clean import clean

    facts = [
        ("file", clean(str(found.path))),
        ("answers", f"{found.entries:,}"),
        ("size", f"{found.bytes / 1e6:,.2f} MB, of at most {found.max_bytes / 1e6:,.0f} MB"),
    ]
    for name, moment in (("oldest", found.oldest), ("newest", found.newest)):
        if moment is not None:
            facts.append((name, f"{moment.astimezone():%Y-%m-%d %H:%M}"))
    return "".join(f"{name:<7}  {fact}\n" for name, fact in facts)
