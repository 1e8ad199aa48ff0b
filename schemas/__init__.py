"""The record of an article, its vocabularies, and the pieces for schemas of your own."""

from __future__ import annotations

from .claims import Attribution, Claim
from .dates import DatePhrase
from .evidence import Evidence, Grounded
from .places import Place
from .quantities import Quantity
from .situation import (
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
