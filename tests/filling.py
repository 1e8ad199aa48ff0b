"""Answers made from the JSON Schema of a request, for tests of code that any schema may run.

One item in each list; a name that the article holds wherever text is wanted; the sentence that
holds it wherever a number is; the first value of each enumeration.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from summarizer.testing import Answer, Request

SENTENCE = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")


def fill(request: Request) -> Answer:
    """The answer to `request`; a script for `ScriptedEndpoint`. Empty where no schema is sent."""
    wanted = (request.body.get("response_format") or {}).get("json_schema")
    if wanted is None:
        return Answer("{}")
    schema = wanted["schema"]
    number, name = first_name(request.prompt)
    return Answer(filled(schema, schema.get("$defs", {}), number, name))


def first_asked(requests: Sequence[Request]) -> list[Request]:
    """The requests but for those that mend: what is filled in like this seldom stands."""
    return [request for request in requests if '"mends"' not in request.prompt]


def first_name(prompt: str) -> tuple[int, str]:
    """The first sentence that holds a name amid other words, and that name.

    Failing that, the first word of the first sentence, or of nothing at all: a server that
    fails inside its script would only look like a broken connection.
    """
    sentences = SENTENCE.findall(prompt) or [("1", "Nothing")]
    for number, text in sentences:
        if found := NAME.search(text):
            return int(number), found[0]
    number, text = sentences[0]
    return int(number), text.split()[0]


def filled(schema: dict[str, Any], defs: dict[str, Any], number: int, name: str) -> Any:
    """A value that fits `schema`, with `number` and `name` wherever it leaves a choice."""
    if "$ref" in schema:
        return filled(defs[schema["$ref"].rsplit("/", 1)[-1]], defs, number, name)
    if "anyOf" in schema:
        return filled(schema["anyOf"][0], defs, number, name)
    if "enum" in schema:
        return next((v for v in (number, name) if v in schema["enum"]), schema["enum"][0])
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    match kinds[0]:
        case "object":
            return {k: filled(v, defs, number, name) for k, v in schema["properties"].items()}
        case "array":
            return [filled(schema["items"], defs, number, name)]
        case "string":
            return name
        case "integer" | "number":
            return number
        case "boolean":
            return True
        case kind:
            raise AssertionError(f"no value for {kind}")
