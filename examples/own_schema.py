"""A schema of your own: who is said to have broken a ceasefire, and who denies it.

    python examples/own_schema.py [FILE]

A class that derives from `Grounded` gets receipts. `Ref` points from one list into another by
name, and `Verbatim` holds a text to the words of the article. Descriptions are what the model
is told. The embedded model reads the article unless the environment names an endpoint.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field

from summarizer import Grounded, Key, Ref, Result, Summarizer, Verbatim

ARTICLE = Path(__file__).parent / "articles" / "ceasefire-monitors.txt"

SideRef = Annotated[str, Ref("sides")]


class Role(StrEnum):
    """What a side is to the ceasefire."""

    BELLIGERENT = "belligerent"
    MEDIATOR = "mediator"
    MONITOR = "monitor"


class Violation(StrEnum):
    """How a ceasefire can be broken."""

    SHELLING = "shelling"
    AIR_STRIKE = "air_strike"
    DRONE_FLIGHT = "drone_flight"
    GROUND_ATTACK = "ground_attack"
    MOVEMENT = "movement_of_forces"
    OTHER = "other"


class Side(Grounded):
    """One that signed the ceasefire, brokered it or watches over it."""

    name: Annotated[str, Verbatim(), Key()] = Field(description="Name, as the article has it.")
    role: Role = Field(description="What it is to the ceasefire.")


class Incident(Grounded):
    """One violation that someone reports."""

    violation: Violation = Field(description="How the ceasefire was broken.")
    blamed: list[SideRef] = Field(default=[], description="Sides that are said to have done it.")
    denied_by: list[SideRef] = Field(default=[], description="Sides that deny it.")


class CeasefireReport(BaseModel):
    """What an article says of a ceasefire."""

    sides: list[Side] = Field(default=[], description="Sides, mediators and monitors.")
    incidents: list[Incident] = Field(default=[], description="Violations, one by one.")


def show(result: Result[CeasefireReport]) -> None:
    """Print the incidents, each with its receipts."""
    for incident in result.summary.incidents:
        blamed = ", ".join(incident.blamed) or "nobody"
        denied = f" (denied by {', '.join(incident.denied_by)})" if incident.denied_by else ""
        print(f"{incident.violation}: {blamed} blamed{denied}")
        for receipt in incident.evidence:
            print(f"  [{receipt.sentence}] {receipt.quote}")


if __name__ == "__main__":
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else ARTICLE
    with Summarizer(schema=CeasefireReport) as summarizer:
        show(summarizer.summarize(path.read_text(encoding="utf-8")))
