"""What one model at one endpoint takes, learned from what it refused.

Reasoning models refuse `max_tokens` and `temperature`, some servers refuse a
`response_format`. A refusal costs one call, once in a process: it is remembered here for the
endpoint and the model.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from summarizer.completion import Call
from summarizer.faults import Fault


class Mode(StrEnum):
    """How the schema of the answer is given to the endpoint."""

    JSON_SCHEMA = "json_schema"
    """As `response_format`, which the server can hold the answer to."""
    MD_JSON = "md_json"
    """In the messages, with a request for JSON in a code block."""


_LIMITS = ("max_tokens", "max_completion_tokens")
_REFUSAL = re.compile(
    r"unsupported|not support|unrecogni[sz]ed|unknown|unexpected|not permitted|not allowed"
    r"|deprecated|extra[ _](?:inputs|fields|forbidden)|only\b.*\b(?:allowed|supported)",
    re.IGNORECASE,
)
_TOO_MUCH = re.compile(r"too (?:large|long|many)|at most|maximum|exceed", re.IGNORECASE)
_FORMAT = re.compile(
    r"response_format|json_schema|structured.?output|grammar|guided|\bschema\b", re.IGNORECASE
)


@dataclass
class Dialect:
    """What is sent to one endpoint and model; `learn` changes it after a refusal."""

    mode: Mode = Mode.JSON_SCHEMA
    strict: bool = True
    limit: str | None = _LIMITS[0]
    dropped: set[str] = field(default_factory=set)

    def body(
        self,
        messages: list[dict[str, Any]],
        response_format: Mapping[str, Any] | None,
        call: Call,
        temperature: float | None,
    ) -> dict[str, Any]:
        """The body of a request for `call`, but for the model."""
        body: dict[str, Any] = {"messages": messages}
        if call.grammar is not None:
            body["grammar"] = call.grammar
        elif response_format is not None:
            body["response_format"] = self.response_format(response_format, call.strict)
        return body | self.parameters(call.max_tokens, temperature, call.seed)

    def parameters(
        self, max_tokens: int | None, temperature: float | None, seed: int | None
    ) -> dict[str, Any]:
        """The sampling parameters under the names that the endpoint takes."""
        asked = {self.limit: max_tokens, "temperature": temperature, "seed": seed}
        return {
            name: value
            for name, value in asked.items()
            if name is not None and value is not None and name not in self.dropped
        }

    def response_format(self, given: Mapping[str, Any], strict: bool) -> Mapping[str, Any]:
        """The `response_format` to send; `strict` asks the endpoint to hold answers to it."""
        if not (strict and self.strict):
            return given
        return {**given, "json_schema": {**given["json_schema"], "strict": True}}

    def learn(self, sent: Mapping[str, Any], fault: Fault) -> bool:
        """Take in that the body `sent` was refused; True if there is something else to try.

        A value that is merely too large is no refusal of the parameter.
        """
        message, param = fault.message, fault.detail("param")
        if "response_format" in sent and _FORMAT.search(f"{param} {message}"):
            return self._give_up_format(sent)
        if not _REFUSAL.search(message) or (
            _TOO_MUCH.search(message) and "max_completion_tokens' instead" not in message
        ):
            return False
        for name in (*_LIMITS, "temperature", "seed"):
            if name in sent and (param == name or re.search(rf"\b{name}\b", message)):
                self._give_up(name)
                return True
        return False

    def _give_up(self, name: str) -> None:
        # A call that was sent before another one learned the same changes nothing.
        if name not in _LIMITS:
            self.dropped.add(name)
        elif name == self.limit:
            self.limit = _LIMITS[1] if name == _LIMITS[0] else None

    def _give_up_format(self, sent: Mapping[str, Any]) -> bool:
        if sent["response_format"].get("json_schema", {}).get("strict"):
            self.strict = False
        else:
            self.mode = Mode.MD_JSON
        return True


_KNOWN: dict[tuple[str, str], Dialect] = {}


def dialect_of(base_url: str, model: str) -> Dialect:
    """The dialect of this model at this endpoint, the same object for all who ask."""
    return _KNOWN.setdefault((base_url.rstrip("/"), model), Dialect())
