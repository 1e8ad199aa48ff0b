"""What is asked of a model, whichever article it is asked of; and how a record says so.

`settings_hash` is what was asked: it governs whether a stored result can stand in for a call.
The signature is what happened: it tells two results of the same settings apart.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from summarizer.schemas.markers import Cued
from summarizer.strategies import choose
from summarizer.templates import PROMPT, digest, instructions, question
from summarizer.wire import Plan, Profile, Size, marked, plan

if TYPE_CHECKING:
    from pydantic import BaseModel

    from summarizer.checks import Check

CORE_ANSWER = 1024
"""Tokens that one answer may take in the core size: a small model must not run away."""
GRAMMAR_ANSWER = 6144
"""Likewise in the full size, on servers that constrain by grammar."""
_FORM_CODE = ("forms.py", "offers.py", "retold.py", "schemas/cues.py", "schemas/english.py")


@dataclass(frozen=True)
class Request:
    """What is asked of a model. Neither where the model is nor any key is part of it.

    `strategy` is a name that `summarizer.strategies.choose` knows. `on_unsupported` is one of
    `summarizer.policies.POLICIES`. `concurrency` bounds the calls for one article that run side by
    side; it is no part of what is asked. `extra_body` holds the further fields of the request body,
    as JSON.
    """

    schema: type[BaseModel]
    model: str
    strategy: str
    size: Size
    output_language: str | None = None
    temperature: float | None = None
    seed: int | None = None
    max_tokens: int | None = None
    extra_body: str = "{}"
    checks: tuple[Check, ...] = ()
    on_unsupported: str = "mend"
    concurrency: int | None = None

    @cached_property
    def settings_hash(self) -> str:
        """What is asked, in one hash: the same in every process, wherever the model is."""
        wire = self.plan(Profile.GRAMMAR)
        strategy = choose(self.strategy, self.size)
        calls = strategy.calls(wire)
        asked = {
            "model": self.model,
            "strategy": self.strategy,
            "size": self.size,
            "temperature": self.temperature,
            "seed": self.seed,
            "max_tokens": self.max_tokens,
            "extra_body": json.loads(self.extra_body),
            "checks": [check.name for check in self.checks],
            "on_unsupported": self.on_unsupported,
            "schema": [_schema_json(self.schema), wire.json_schema(1)],
            "prompt": [
                instructions(wire, PROMPT, self.output_language),
                *(question(call.prompt, call.fields) for call in calls),
            ],
            **(_form(wire) if strategy.closed else {}),
        }
        return sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:16]

    def plan(self, profile: Profile) -> Plan:
        """How the schema goes over the wire."""
        return plan(self.schema, profile, self.size)

    def answer_limit(self, profile: Profile) -> int | None:
        """The most tokens that one answer may take; None leaves it to the server."""
        if self.max_tokens is not None:
            return self.max_tokens
        if self.size is Size.CORE:
            return CORE_ANSWER
        return GRAMMAR_ANSWER if profile is Profile.GRAMMAR else None

    def signature(
        self,
        planned: Plan,
        *,
        server: str,
        mode: str,
        strategy: str,
        why: str,
        weights: str | None,
    ) -> dict[str, Any]:
        """How a record came about.

        `strategy` is what was done, such as ``windows/forms``, and `why` the reason for it;
        `weights` is the SHA-256 of those that ran on this machine.
        """
        calls = choose(self.strategy, self.size).calls(planned)
        static = instructions(planned, PROMPT, self.output_language)
        return {
            "model": self.model,
            **({"weights": weights} if weights else {}),
            "server": server,
            "mode": mode,
            "profile": planned.profile.value,
            "size": planned.size.value,
            "strategy": strategy,
            "strategy_why": why,
            "prompt": f"{calls[0].prompt}#{digest(static)}",
            "schema": f"{self.schema.__name__}#{digest(_schema_json(self.schema))}",
            **_versions("xllamacpp" if weights else None),
        }


@lru_cache(maxsize=64)
def _schema_json(schema: type[BaseModel]) -> str:
    return json.dumps(schema.model_json_schema(), sort_keys=True)


def _form(wire: Plan) -> dict[str, list[str]]:
    """What forms ask, which no prompt holds: by which cues, and by what code."""
    fields = wire.schema.model_fields
    asked = [(slot.name, marked(fields[slot.name].metadata, Cued)) for slot in wire.sections]
    cues = [f"{name}: {cued}" for name, cued in asked if cued]
    return {"form": [_form_code(), *cues]} if cues else {}


@lru_cache
def _form_code() -> str:
    folder = files("summarizer")
    return digest("\n".join(folder.joinpath(name).read_text("utf-8") for name in _FORM_CODE))


@lru_cache
def _versions(engine: str | None) -> dict[str, str]:
    from importlib.metadata import version

    names = {"summarizer": "situation-summarizer", "instructor": "instructor", "openai": "openai"}
    if engine:
        names[engine] = engine
    return {name: version(distribution) for name, distribution in names.items()}
