"""What of the reading rules can be decided by the words: an effect is no purpose, for one."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.checks.check import Check, Problem
from summarizer.checks.moods import pattern
from summarizer.checks.statements import Statement
from summarizer.results import IssueKind
from summarizer.schemas.vocabularies import ActivityType


def find_uncued(statement: Statement) -> Iterator[Problem]:
    """Items whose sentences have none of the words in which items of their section are told."""
    cued = statement.cued
    if statement.parent is not None or cued is None:
        return
    # Judgements are told in too many words; what kind of act it was, `kinds` sees to.
    if cued.speaker or statement.value(ActivityType) is not None:
        return
    if not pattern(cued.pattern).search(f"{statement.quote} {statement.near}"):
        section = statement.section.replace("_", " ")
        yield Problem(f"The cited sentences have no word that tells of {section}.")


def find_residue(statement: Statement) -> Iterator[Problem]:
    """Evidence that is no part of the article's text."""
    for number in statement.sentences:
        if number not in statement.passage.citable:
            yield Problem(f"Sentence {number} is page furniture, and no evidence.")
            return


UNCUED = Check(
    "uncued",
    find_uncued,
    IssueKind.RULE_BROKEN,
    languages=frozenset({"en"}),
    blind="items told without the usual words, and cues that stand there for something else",
)
RESIDUE = Check(
    "residue",
    find_residue,
    IssueKind.EVIDENCE_INVALID,
    blind="page furniture that looks like text",
)
