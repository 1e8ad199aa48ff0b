"""What one writes in an afternoon to have records made: a nested schema, a verbatim quote in each
item, and two messages."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel


class Party(BaseModel):
    name: str
    kind: Literal["state", "armed_force", "organisation", "official", "media", "expert"]
    quote: str


class Activity(BaseModel):
    description: str
    type: Literal["exercise", "strike", "deployment", "arms_transfer", "weapons_test", "other"]
    participants: list[str]
    location: str | None
    quote: str


class Meeting(BaseModel):
    participants: list[str]
    topic: str | None
    location: str | None
    quote: str


class Assessment(BaseModel):
    expert: str
    assessment: str
    quote: str


class Motive(BaseModel):
    actor: str
    motive: str
    attributed_to: str | None
    quote: str


class Report(BaseModel):
    parties: list[Party]
    military_activities: list[Activity]
    diplomatic_meetings: list[Meeting]
    expert_assessments: list[Assessment]
    claimed_motives: list[Motive]


def response_format() -> Any:
    """The schema, as an endpoint takes it."""
    schema = {"name": "report", "schema": Report.model_json_schema()}
    return {"type": "json_schema", "json_schema": schema}


def messages(text: str) -> Any:
    """What is sent for an article."""
    told = "Extract a record. Every item carries a verbatim quote."
    return [{"role": "system", "content": told}, {"role": "user", "content": text}]
