"""`summarizer prompt`: what would be sent for an article."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli import options
from summarizer.cli.output import json_text, write
from summarizer.cli.reporting import reporting
from summarizer.cli.source import article_from

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.session import Summarizer
    from summarizer.templates import Message


class Form(StrEnum):
    """The forms that messages can be had in."""

    TEXT = "text"
    JSON = "json"


def prompt(
    source: options.Source,
    form: Annotated[Form, typer.Option("--format", help="The form of the messages.")] = Form.TEXT,
    model: options.Model = None,
    base_url: options.BaseUrl = None,
    schema: options.Schema = None,
    strategy: options.Strategy = "auto",
    size: options.RecordSize = "auto",
    language: options.Language = None,
    published: options.Published = None,
    output_language: options.OutputLanguage = "English",
    debug: options.Debug = False,
) -> None:
    """Print the messages for an article, without calling a model.

    The settings decide on the size and the strategy, as they do for `run`. The text form
    leaves out what would steer a terminal; the JSON form is exact.
    """
    with reporting(debug=debug):
        import json

        from summarizer.cli.schema_source import schema_class
        from summarizer.session import Summarizer

        summarizer = Summarizer(
            model,
            base_url=base_url,
            schema=schema_class(schema),
            strategy=strategy,
            size=size,
            output_language=output_language,
        )
        article = article_from(source, id=None, published=published, language=language)
        calls = _calls(summarizer, article)
        if form is Form.JSON:
            text = json_text(json.dumps(calls, indent=2, ensure_ascii=False))
        else:
            text = _text(calls)
        write(text, None)


def _calls(summarizer: Summarizer[Any], article: Article) -> list[list[Message]]:
    """The messages of each call, in order."""
    from summarizer.grounding import Source
    from summarizer.strategies import choose
    from summarizer.templates import PROMPT, instructions, messages
    from summarizer.wire import Profile

    request = summarizer.request
    planned = request.plan(Profile.GRAMMAR if summarizer.settings.embedded else Profile.STRICT)
    source = Source(article, instructions(planned, PROMPT, request.output_language))
    return [
        messages(
            article,
            planned,
            prompt=call.prompt,
            fields=call.fields,
            furniture=source.furniture,
            output_language=request.output_language,
        )
        for call in choose(request.strategy, request.size).calls(planned)
    ]


def _text(calls: list[list[Message]]) -> str:
    from summarizer.view.clean import clean

    lines: list[str] = []
    for number, messages in enumerate(calls, 1):
        for message in messages:
            lines += [f"=== call {number} of {len(calls)}: {message['role']}", ""]
            for line in message["content"].split("\n"):
                indent = " " * (len(line) - len(line.lstrip(" ")))
                lines.append(indent + clean(line))
            lines.append("")
    return "\n".join(lines)
