"""What a record says, held against the sentences that it cites.

A check is a small pure function over one statement; `CHECKS` are those that are made unless others
are asked for. They need no model and no network, and see only what can be seen without another
opinion: each says in `blind` what it can't.
"""

from __future__ import annotations

from summarizer.checks.affiliations import AFFILIATIONS
from summarizer.checks.audit import Finding, audit, findings
from summarizer.checks.check import Check, Problem
from summarizer.checks.contradictions import CONTRADICTIONS
from summarizer.checks.dates import DATES
from summarizer.checks.detached import DETACHED
from summarizer.checks.duplicates import DUPLICATES
from summarizer.checks.kinds import KINDS
from summarizer.checks.leakage import LEAKAGE
from summarizer.checks.names import NAMES
from summarizer.checks.numbers import NUMBERS
from summarizer.checks.passages import Passage
from summarizer.checks.polarity import POLARITY, STANDING
from summarizer.checks.quotations import QUOTATIONS
from summarizer.checks.readings import Reading
from summarizer.checks.roles import ROLES
from summarizer.checks.rules import RESIDUE, UNCUED
from summarizer.checks.sources import OUTLETS, SOURCES, UNNAMED_SOURCES
from summarizer.checks.statements import Statement, Told, statements, written
from summarizer.checks.wording import WORDING

CHECKS: tuple[Check, ...] = (
    NUMBERS,
    DATES,
    NAMES,
    QUOTATIONS,
    LEAKAGE,
    SOURCES,
    OUTLETS,
    UNNAMED_SOURCES,
    POLARITY,
    STANDING,
    WORDING,
    KINDS,
    UNCUED,
    RESIDUE,
    ROLES,
    DETACHED,
    DUPLICATES,
    CONTRADICTIONS,
    AFFILIATIONS,
)
"""The checks that are made unless others are asked for."""

__all__ = [
    "CHECKS",
    "Check",
    "Finding",
    "Passage",
    "Problem",
    "Reading",
    "Statement",
    "Told",
    "audit",
    "findings",
    "statements",
    "written",
]
