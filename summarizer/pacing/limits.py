"""How many requests may be under way at once."""

from __future__ import annotations

from typing import Protocol


class Limit(Protocol):
    """How many requests may be under way at once, told of what becomes of each."""

    @property
    def slots(self) -> int:
        """How many may be under way now, at least 1."""


class Fixed:
    """As many as the user says."""

    def __init__(self, slots: int) -> None:
        self.slots = slots
