"""Which refusals tell of too many requests, and which come whatever the load."""

from __future__ import annotations

import math

LEAST_USUAL, USUAL, MOST_USUAL = 0.02, 0.1, 0.4
"""The share of requests that fails without an overload: at least, before it is seen, at most."""
WORSE = 0.15
"""How much more than the usual share are refused in an overload that is worth noticing."""
CALM = 10
"""Rounds in which one false alarm is bearable."""
SMALL = 8.0
"""Rounds of fewer requests count as of so many: a streak of bad luck must not end at a crawl."""
MEMORY = 32
"""Requests: what was seen longer ago hardly counts."""


class Refusals:
    """Raises the alarm where more is refused than with fewer requests at once.

    It is the cumulative sum of Page ("Continuous Inspection Schemes", 1954) of how much more
    likely each request's end is in an overload than as bad luck, against a threshold of log(n),
    which bad luck alone passes less than once in n requests (Lorden, "Procedures for Reacting
    to a Change in Distribution", 1971). A request counts as served when it is sent, until it is
    refused: refusals are quicker than answers, so a round of requests is allowed for.
    """

    def __init__(self) -> None:
        self._usual = USUAL
        self._sum = 0.0

    def sent(self) -> None:
        """A request was sent."""
        self._sum = max(self._sum - self._relief, 0.0)

    def alarm(self, limit: float) -> bool:
        """A request was refused under `limit`; whether there are too many of those."""
        usual = self._usual
        self._sum += self._relief + math.log((usual + WORSE) / usual)
        reason = math.log(CALM * max(limit, SMALL))
        if self._sum < reason + self._relief * limit:
            return False
        self._sum = 0.0
        return True

    def learn(self, served: int, refused: int) -> None:
        """So many were served and refused under a limit that is no overload."""
        count = served + refused
        if served > refused:
            share = refused / count
            self._usual += (share - self._usual) * count / (count + MEMORY)
            self._usual = min(max(self._usual, LEAST_USUAL), MOST_USUAL)

    @property
    def _relief(self) -> float:
        """By how much a request that is served speaks against an overload."""
        return math.log((1.0 - self._usual) / (1.0 - self._usual - WORSE))
