"""The record of an article, its vocabularies, and the pieces for schemas of your own."""

from __future__ import annotations

from summarizer.schemas.claims import Attribution, Claim
from summarizer.schemas.dates import DatePhrase
from summarizer.schemas.evidence import Evidence, Grounded
from summarizer.schemas.markers import (
    Alike,
    Anchor,
    Broader,
    ByCode,
    Exactly,
    FirstMentions,
    FromEvidence,
    FullOnly,
    Key,
    Limit,
    Naming,
    Ref,
    Unscored,
    Verbatim,
    Weight,
)
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
    "Alike",
    "Anchor",
    "Attribution",
    "Broader",
    "ByCode",
    "Claim",
    "ClaimedMotive",
    "DatePhrase",
    "DiplomaticMeeting",
    "Evidence",
    "Exactly",
    "ExpertAssessment",
    "FirstMentions",
    "FromEvidence",
    "FullOnly",
    "Grounded",
    "Key",
    "Limit",
    "MilitaryActivity",
    "Naming",
    "Party",
    "Place",
    "Quantity",
    "Ref",
    "SituationSummary",
    "SynopsisSentence",
    "Unscored",
    "Verbatim",
    "Weight",
]
