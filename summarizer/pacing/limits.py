"""How many requests may be under way at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Sent:
    """A request that was sent: the how-manieth, and how many were under way with it."""

    number: int
    under_way: int


class ConcurrencyLimit(Protocol):
    """How many requests may be under way at once, told of what becomes of each."""

    @property
    def slots(self) -> int:
        """How many may be under way now, at least 1."""
        ...

    @property
    def pause(self) -> float:
        """Seconds to wait after a request."""
        ...

    def sent(self, sent: Sent, now: float) -> None:
        """A request was sent."""

    def answered(self, sent: Sent, seconds: float, now: float) -> None:
        """It was served, which took `seconds`."""

    def refused(self, sent: Sent, now: float) -> None:
        """There was no room for it, or no answer came."""


class FixedLimit:
    """As many as the user says, whatever happens."""

    pause = 0.0

    def __init__(self, slots: int) -> None:
        self.slots = slots

    def sent(self, sent: Sent, now: float) -> None:
        """Change nothing."""

    def answered(self, sent: Sent, seconds: float, now: float) -> None:
        """Change nothing."""

    def refused(self, sent: Sent, now: float) -> None:
        """Change nothing."""
