"""The closed vocabularies of the record, one module per subject.

The values follow codebooks that analysts of conflict use already (PLOVER, CAMEO, MUC-4, ICD 203),
so that a table of these records can be joined with theirs.
"""

from __future__ import annotations

from summarizer.schemas.vocabularies.activities import ActivityType, Realis
from summarizer.schemas.vocabularies.assessments import (
    AssessmentType,
    Confidence,
    LikelihoodBand,
    QuoteMode,
)
from summarizer.schemas.vocabularies.claims import ClaimStatus, SourceKind
from summarizer.schemas.vocabularies.dates import DateBasis, DatePrecision
from summarizer.schemas.vocabularies.meetings import MeetingFormat, MeetingLevel, MeetingStatus
from summarizer.schemas.vocabularies.motives import MotiveCategory, MotiveStance
from summarizer.schemas.vocabularies.parties import PartyKind
from summarizer.schemas.vocabularies.places import PlaceKind
from summarizer.schemas.vocabularies.quantities import QuantityMeasure

__all__ = [
    "ActivityType",
    "AssessmentType",
    "ClaimStatus",
    "Confidence",
    "DateBasis",
    "DatePrecision",
    "LikelihoodBand",
    "MeetingFormat",
    "MeetingLevel",
    "MeetingStatus",
    "MotiveCategory",
    "MotiveStance",
    "PartyKind",
    "PlaceKind",
    "QuantityMeasure",
    "QuoteMode",
    "Realis",
    "SourceKind",
]
