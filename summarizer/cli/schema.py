"""`summarizer schema`: what a record is made of, as JSON Schema."""

from __future__ import annotations

from typing import Annotated

import typer

from summarizer.cli import options
from summarizer.cli.output import json_text, write
from summarizer.cli.reporting import reporting
from summarizer.errors import ConfigurationError
from summarizer.wire import Profile, Size

SENTENCES = 16
"""Sentences of the article that the wire schema is shown for; a grammar lists their numbers."""


def schema(
    schema: options.Schema = None,
    wire: Annotated[
        bool,
        typer.Option(
            "--wire",
            help="What a model is asked to write, rather than what comes out; as for an article "
            f"of {SENTENCES} sentences.",
        ),
    ] = False,
    profile: Annotated[
        Profile | None,
        typer.Option(
            help="With --wire: for servers with OpenAI's strict mode, or with grammars.",
            show_default=Profile.STRICT.value,
        ),
    ] = None,
    size: Annotated[
        Size | None,
        typer.Option(
            help="With --wire: how much of the record is asked for.",
            show_default=Size.FULL.value,
        ),
    ] = None,
    debug: options.Debug = False,
) -> None:
    """Print the JSON Schema of a record."""
    with reporting(debug=debug):
        import json

        from summarizer.cli.schema_source import schema_class
        from summarizer.wire import plan

        if (profile or size) and not wire:
            raise ConfigurationError(
                "--profile and --size are of the wire schema.", hint="Add --wire."
            )
        wanted = schema_class(schema)
        if wire:
            planned = plan(wanted, profile or Profile.STRICT, size or Size.FULL)
            shown = planned.json_schema(SENTENCES)
        else:
            shown = wanted.model_json_schema(mode="serialization")
        write(json_text(json.dumps(shown, indent=2, ensure_ascii=False)), None)
