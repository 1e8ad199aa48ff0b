"""What is measured of the endpoint's answers."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(slots=True)
class Round:
    """The answers since `started`, until there are `size` of them; times in seconds.

    `full` says that as many requests were under way as may be: else the rate says nothing
    about the limit.
    """

    started: float
    size: int
    answers: int = 0
    seconds: float = 0.0
    squares: float = 0.0
    full: bool = False
    refused: int = 0
    lowest: float = math.inf

    def refuse(self, under_way: int) -> None:
        """Count a refusal, of a request that was sent with so many under way."""
        self.refused += 1
        self.lowest = min(self.lowest, under_way)

    def add(self, seconds: float) -> None:
        """Count an answer that took `seconds`."""
        self.answers += 1
        self.seconds += seconds
        self.squares += seconds * seconds

    def rate(self, now: float) -> float:
        """Answers a second."""
        return self.answers / (now - self.started) if now > self.started else math.inf

    @property
    def latency(self) -> float:
        """The mean time that an answer took."""
        return self.seconds / self.answers


@dataclass(slots=True)
class Best:
    """The highest rate so far, in a round of `answers` with the mean `latency`."""

    rate: float = 0.0
    answers: int = 1
    latency: float = math.inf
    _all: int = 0
    _seconds: float = 0.0
    _squares: float = 0.0

    def doubt(self, ended: Round) -> float:
        """The standard error, in parts, of this round's rate over the best.

        By the spread of the answers' times in every round that was compared so far.
        """
        self._all += ended.answers
        self._seconds += ended.seconds
        self._squares += ended.squares
        if not self._seconds:
            return 0.0
        variance = max(self._all * self._squares / self._seconds**2 - 1.0, 0.0)
        return math.sqrt(variance * (1.0 / self.answers + 1.0 / ended.answers))

    def beaten(self, rate: float, ended: Round) -> None:
        """Take this round for the best."""
        self.rate, self.answers, self.latency = rate, ended.answers, ended.latency
