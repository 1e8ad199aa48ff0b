"""`summarizer doctor`: what is configured, and whether it works."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import options
from summarizer.cli.console import coloured, working
from summarizer.cli.output import json_text, write
from summarizer.cli.reporting import FAILED, reporting

if TYPE_CHECKING:
    from summarizer.cli.diagnosis import Diagnosis

_COLOURS = {"ok": "\x1b[32m", "note": "\x1b[33m", "wrong": "\x1b[1;31m"}


class Form(StrEnum):
    """The forms that a diagnosis can be had in."""

    TEXT = "text"
    JSON = "json"


def doctor(
    model: options.Model = None,
    base_url: options.BaseUrl = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds for one call.")] = 120.0,
    fetch: Annotated[
        bool,
        typer.Option("--fetch/--no-fetch", help="Download the embedded model if it is not here."),
    ] = False,
    form: Annotated[Form, typer.Option("--format", help="The form of the findings.")] = Form.TEXT,
    debug: options.Debug = False,
) -> None:
    """Show what is configured and where it came from, and try it.

    The endpoint gets three tiny calls, which show what it honours and how fast it is. The
    status is 1 if something is wrong.
    """
    with reporting(debug=debug):
        from summarizer.cli.examination import diagnose

        found = diagnose(model, base_url, timeout=timeout, fetch=fetch, showing=working)
        write(_json(found) if form is Form.JSON else _text(found), None)
        if found.problems:
            raise typer.Exit(FAILED)


def _json(found: Diagnosis) -> str:
    import json
    from dataclasses import asdict

    told = {"ok": not found.problems, **asdict(found)}
    told["settings"] = {setting.pop("name"): setting for setting in told["settings"]}
    return json_text(json.dumps(told, indent=2, ensure_ascii=False))


def _text(found: Diagnosis) -> str:
    from summarizer.view.clean import clean

    lines = []
    if found.settings:
        names = max(len(setting.name) for setting in found.settings)
        values = max(len(clean(setting.value)) for setting in found.settings)
        for setting in found.settings:
            value = clean(setting.value)
            name = setting.name.replace("_", " ")
            lines.append(f"{name:<{names}}  {value:<{values}}  {setting.origin}")
        lines.append("")
    checks = max((len(finding.check) for finding in found.findings), default=0)
    for finding in found.findings:
        status = f"{finding.status:<5}"
        if coloured(sys.stdout):
            status = f"{_COLOURS[finding.status]}{status}\x1b[0m"
        said = clean(f"{finding.message} {finding.hint or ''}")
        lines.append(f"{status}  {finding.check:<{checks}}  {said}")
    problems = found.problems
    told = (
        f"{problems} thing{'s are' if problems > 1 else ' is'} wrong." if problems else "All good."
    )
    return "\n".join([*lines, "", told, ""])
