"""Words of the instructions that came back as if the article said them."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.checks.check import Check, Problem
from summarizer.checks.statements import Statement
from summarizer.errors import excerpt
from summarizer.results import IssueKind


def find_leakage(statement: Statement) -> Iterator[Problem]:
    """The texts of a statement that are the instructions', in whole or in part."""
    for told in statement.texts:
        if statement.passage.leaked(told.value):
            message = f"“{excerpt(told.value)}” is from the instructions, not from the article."
            yield Problem(message, told.path)


LEAKAGE = Check(
    "leakage",
    find_leakage,
    IssueKind.LEAKED_FROM_PROMPT,
    blind="Instructions in other words, and all of them where a record is audited without them.",
)
