"""The record of an article, its vocabularies, and the pieces for schemas of your own."""

from __future__ import annotations

from summarizer.schemas.claims import Attribution, Claim
from summarizer.schemas.dates import DatePhrase
from summarizer.schemas.evidence import Evidence, Grounded
from summarizer.schemas.places import Place
from summarizer.schemas.quantities import Quantity
from summarizer.schemas.situation import (
    ClaimedMotive,
    DiplomaticMeeting,
    ExpertAssessment,
    MilitaryActivity,
    Party,
    SituationSummary,
    SynopsisSentence,
)

__all__ = [
    "Attribution",
    "Claim",
    "ClaimedMotive",
    "DatePhrase",
    "DiplomaticMeeting",
    "Evidence",
    "ExpertAssessment",
    "Grounded",
    "MilitaryActivity",
    "Party",
    "Place",
    "Quantity",
    "SituationSummary",
    "SynopsisSentence",
]
