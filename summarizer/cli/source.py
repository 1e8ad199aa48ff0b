"""The article that a command is given."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from summarizer.cli.console import say
from summarizer.errors import InputError

if TYPE_CHECKING:
    from summarizer.article import Article

STDIN = "-"


def article_from(
    source: str,
    *,
    id: str | None,  # noqa: A002  # the option's name
    published: str | None,
    language: str | None,
) -> Article:
    """The article in a file, at a URL, or on standard input. For its errors see `inputs.read`."""
    from summarizer.inputs import read

    if source == STDIN:
        if sys.stdin is None or sys.stdin.closed:
            raise InputError("Standard input is closed.", hint="Pipe the article in, or name it.")
        if sys.stdin.isatty():
            say("Reading the article from the keyboard; Ctrl-D ends it.")
    return read(source, id=id, published=published, language=language)
