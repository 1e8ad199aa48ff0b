"""What a number counts."""

from __future__ import annotations

from summarizer.schemas.vocabulary import Vocabulary


class QuantityMeasure(Vocabulary):
    """What is counted or measured."""

    KILLED = "killed", "persons killed"
    WOUNDED = "wounded", "persons hurt"
    DETAINED = "detained", "persons arrested or captured"
    DISPLACED = "displaced", "persons driven from home"
    TROOPS = "troops", "military personnel"
    AIRCRAFT = "aircraft", "planes, helicopters and drones"
    VESSELS = "vessels", "ships, boats and submarines"
    VEHICLES = "vehicles", "tanks, trucks and the like"
    STRIKES = "strikes", "attacks, launches or rounds fired"
    SITES = "sites", "places or facilities"
    MONEY = "money", "a sum of money"
    DURATION = "duration", "a length of time"
    OTHER = "other", "none of these"
