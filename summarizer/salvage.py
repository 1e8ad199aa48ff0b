"""The JSON in what a model wrote: without its wrapping, and without its torn end.

Models think aloud, fence their answer, and are cut off by the limit on their length.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from pydantic_core import from_json

from summarizer.errors import AnswerTruncated

_THOUGHT = re.compile(r"^.*</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"```[\w-]*[ \t]*\n?(.*?)(?:```|\Z)", re.DOTALL)
_OBJECT = re.compile(r'\{\s*["}]')
_DECODER = json.JSONDecoder()
# A string that is closed, or what structures JSON, or the quote of a string that never closes.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[][{},:]|"', re.DOTALL)
_CLOSING = {"{": "}", "[": "]"}


def readable(content: str, finish_reason: str) -> tuple[str, bool]:
    """The JSON to validate in what a model wrote, and whether a torn end was cut from it.

    Raises `AnswerTruncated` if the answer was cut off before anything in it was whole.
    """
    text = json_part(content)
    if finish_reason != "length" or is_json(text):
        return text, False
    saved = whole_part(text)
    if saved is None:
        raise AnswerTruncated(
            "The answer was cut off before anything in it was whole.",
            hint="Allow more tokens for it.",
        )
    return saved, True


def json_part(content: str) -> str:
    """The JSON object of an answer, without `<think>` blocks, code fences and prose around it.

    Of several objects the last is taken, as what stands before it may be an example. One that
    is broken or torn comes back from its first brace on, and never as some object inside it.
    An answer without any object comes back as it is.
    """
    text = content.strip()
    if not text.startswith("{"):
        text = _THOUGHT.sub("", text, count=1).strip()
        fenced = [block for block in _FENCE.findall(text) if "{" in block]
        text = fenced[-1].strip() if fenced else text
    elif text.endswith("}"):  # nearly always
        return text
    found = text
    start = _OBJECT.search(text)
    while start is not None:
        try:
            _, end = _DECODER.raw_decode(text, start.start())
        except (ValueError, RecursionError):
            return text[start.start() :]
        found = text[start.start() : end]
        start = _OBJECT.search(text, end)
    return found


def is_json(text: str) -> bool:
    """Whether `text` is one whole JSON value."""
    try:
        from_json(text)
    except ValueError:
        return False
    return True


@dataclass
class _Open:
    """A bracket that is not closed yet; `whole` is the end of its last whole element."""

    bracket: str
    whole: int
    awaits_value: bool = False


def whole_part(text: str) -> str | None:
    """What is whole in JSON that was cut off, as valid JSON; None if nothing is.

    The outermost list that was open loses its unfinished element altogether: half an item
    would pass for a whole one that says less, and a number may have lost digits. Where no
    list was open, the object loses its unfinished field.
    """
    stack: list[_Open] = []
    for token in _TOKEN.finditer(text):
        sign, end = token.group(), token.end()
        if sign in _CLOSING:
            stack.append(_Open(sign, end))
        elif not stack:
            return None
        elif sign in "]}":
            stack.pop()
            if not stack:
                return text[:end] if is_json(text[:end]) else None
            _finish(stack[-1], end)
        elif sign == ",":
            stack[-1].whole, stack[-1].awaits_value = token.start(), False
        elif sign == ":":
            stack[-1].awaits_value = True
        elif len(sign) > 1:
            _finish(stack[-1], end)
    if not stack:
        return None
    lists = [depth for depth, opened in enumerate(stack) if opened.bracket == "["]
    depth = lists[0] if lists else len(stack) - 1
    closing = "".join(_CLOSING[opened.bracket] for opened in reversed(stack[: depth + 1]))
    saved = text[: stack[depth].whole] + closing
    return saved if is_json(saved) and _says_anything(saved) else None


def _finish(container: _Open, end: int) -> None:
    if container.bracket == "[" or container.awaits_value:
        container.whole, container.awaits_value = end, False


def _says_anything(text: str) -> bool:
    pending = [from_json(text)]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            pending.extend(value.values())
        elif isinstance(value, list):
            pending.extend(value)
        elif value not in (None, ""):
            return True
    return False
