"""Every check over every statement of a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from summarizer.checks.check import Check, Problem
from summarizer.checks.readings import Reading
from summarizer.checks.statements import Statement
from summarizer.errors import excerpt
from summarizer.results import Issue, IssueKind, Severity
from summarizer.wire import Profile, Size, plan

if TYPE_CHECKING:
    from summarizer.article import Article


@dataclass(frozen=True)
class Finding:
    """What a check holds against a statement, and where."""

    check: Check
    statement: Statement
    problem: Problem

    @property
    def path(self) -> str:
        """JSON Pointer in the record."""
        return self.statement.place + self.problem.field

    @property
    def fails(self) -> bool:
        """Whether the item is not supported, and not only in doubt."""
        return self.check.severity is Severity.ERROR

    def issue(self, original: Any = None) -> Issue:
        """The issue about a value that is still in the record."""
        return Issue(
            path=self.path or None,
            kind=self.check.kind,
            severity=self.check.severity,
            message=self.problem.message,
            original=original,
        )


def findings(reading: Reading, checks: Sequence[Check]) -> list[Finding]:
    """What the checks hold against a record, statement by statement."""
    able = [check for check in checks if check.applies_to(reading.passage.language)]
    naming = [check for check in able if check.bearers]
    found: list[Finding] = []
    for statements, asked in ((reading.bearers, naming), (reading.statements, able)):
        for statement in statements:
            for check in asked:
                try:
                    for problem in check.find(statement):
                        found.append(Finding(check, statement, problem))  # noqa: PERF401  # as below
                except Exception as error:  # noqa: BLE001  # a user's check may break
                    found.append(_broken(check, statement, error))
    return found


def _broken(check: Check, statement: Statement, error: Exception) -> Finding:
    """That a check broke, which must not cost the record."""
    told = f"The check {check.name} broke: {type(error).__name__}: {excerpt(str(error))}"
    broken = replace(check, kind=IssueKind.CHECK_FAILED, severity=Severity.WARNING)
    return Finding(broken, statement, Problem(told))


def audit(
    summary: BaseModel, article: Article, *, checks: Sequence[Check] | None = None
) -> list[Issue]:
    """What can be held against a record by looking at its article alone, without any model.

    `summary` is a record of any schema that can be asked for, wherever it came from; its evidence
    is that of `article`. `checks` are those to make, `CHECKS` unless given. An issue of severity
    ``error`` says that something is not supported by the sentences it cites, one of ``warning``
    that it is in doubt; none at all says only that these checks saw nothing.

    Raises:
        SchemaError: the record's class holds something that can't be asked for.
    """
    from summarizer.checks import CHECKS
    from summarizer.grounding import Source

    planned = plan(type(summary), Profile.STRICT, Size.FULL)
    reading = Reading(summary, planned, Source(article))
    return [found.issue() for found in findings(reading, CHECKS if checks is None else checks)]
