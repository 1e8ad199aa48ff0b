"""What `doctor` found: settings, and what was looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.cli.probes import Answers
    from summarizer.client import Server


class Status(StrEnum):
    """How a finding bears on whether a run will work."""

    OK = "ok"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, in a line; `hint` is the way out."""

    check: str
    status: Status
    message: str
    hint: str | None = None


@dataclass(frozen=True)
class Setting:
    """One thing that is set: its name, its value, and where that came from."""

    name: str
    value: str
    origin: str


@dataclass
class Diagnosis:
    """Everything that was found. `answers` and `server` are None where nothing answered."""

    settings: list[Setting] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    server: Server | None = None
    answers: Answers | None = None

    @property
    def problems(self) -> int:
        """How many things are wrong."""
        return sum(finding.status is Status.WRONG for finding in self.findings)

    def add(self, check: str, status: Status, message: str, hint: str | None = None) -> None:
        """Take in one finding."""
        self.findings.append(Finding(check, status, message, hint))
