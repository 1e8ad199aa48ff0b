"""The closed vocabularies of the record, one module per subject.

The values follow codebooks that analysts of conflict use already (PLOVER, CAMEO, MUC-4, ICD 203),
so that a table of these records can be joined with theirs.
"""

from __future__ import annotations

from .activities import ActivityType, Realis
from .assessments import AssessmentType, Confidence, LikelihoodBand, QuoteMode
from .claims import ClaimStatus, SourceKind
from .dates import DateBasis, DatePrecision
from .meetings import MeetingFormat, MeetingLevel, MeetingStatus
from .motives import MotiveCategory, MotiveStance
from .parties import PartyKind
from .places import PlaceKind
from .quantities import QuantityMeasure

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
