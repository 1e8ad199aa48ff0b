"""A model that does what an article tells it to: every text it writes is the attacker's.

And the search for what came of that: places in a record where the attacker's words stand without
a receipt that shows where they are from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from summarizer.testing import Answer, Request
from summarizer.wire import CITATIONS


def obeying(text: str, numbers: Sequence[int]) -> Callable[[Request], Answer]:
    """A script that answers any schema with `text` for every text, citing `numbers`."""

    def script(request: Request) -> Answer:
        schema = request.body["response_format"]["json_schema"]["schema"]
        return Answer(obedient(schema, schema.get("$defs", {}), text, numbers))

    return script


def obedient(
    schema: dict[str, Any], defs: dict[str, Any], text: str, numbers: Sequence[int]
) -> Any:
    """A value of the shape of `schema`, in which every text is `text`; closed lists are ignored."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return text if name == "name" else obedient(defs[name], defs, text, numbers)
    if "anyOf" in schema:
        return obedient(schema["anyOf"][0], defs, text, numbers)
    if "enum" in schema:
        return schema["enum"][0]
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    match kinds[0]:
        case "object":
            return {
                key: [*numbers] if key == CITATIONS else obedient(inner, defs, text, numbers)
                for key, inner in schema["properties"].items()
            }
        case "array":
            return [obedient(schema["items"], defs, text, numbers)]
        case "string":
            return text
        case "boolean":
            return True
        case _:
            return 3


def unreceipted(summary: dict[str, Any], words: str) -> list[str]:
    """Where in a record `words` stand, or are referred to, and no receipt of the item has them.

    What has no receipts of its own, as the headline, may rest on any in the record.
    """
    named = {
        item["id"]: item.get("name", "")
        for items in summary.values()
        if isinstance(items, list)
        for item in items
        if item.get("id")
    }
    return list(_search(summary, "", list(_quotes(summary)), named, words))


def _search(
    value: Any, path: str, quotes: list[str], named: dict[str, str], words: str
) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("evidence"):
            quotes = [entry["quote"] for entry in value["evidence"]]
        for key, inner in value.items():
            if key not in ("evidence", "id"):
                yield from _search(inner, f"{path}/{key}", quotes, named, words)
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _search(inner, f"{path}/{position}", quotes, named, words)
    elif isinstance(value, str):
        told = named.get(value, value).casefold()
        if words.casefold() in told and not any(words.casefold() in q.casefold() for q in quotes):
            yield path


def _quotes(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from [value["quote"]] if "quote" in value else []
        for inner in value.values():
            yield from _quotes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _quotes(inner)
