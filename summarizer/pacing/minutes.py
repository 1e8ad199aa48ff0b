"""A budget per minute, spent evenly."""

from __future__ import annotations

import math

SLACK = 0.5
"""Seconds by which a start may come late and be made good: timers and answers are not exact."""


class Minute:
    """So many of something in each minute, of requests or of tokens.

    What was taken has to be paid for by waiting before the next can be taken, so that they go
    out evenly; an endpoint that allows 600 a minute may well mean 10 a second. This is the
    generic cell rate algorithm (ITU-T I.371, "virtual scheduling"), with the interval chosen
    such that no minute [t, t + 60) sees more than `per_minute` taken before its last taker.
    """

    def __init__(self, per_minute: float) -> None:
        self._interval = (60.0 + SLACK) / per_minute
        self._ready = -math.inf

    def wait(self, now: float) -> float:
        """Seconds until the next may be taken, 0 if at once."""
        return max(self._ready - now, 0.0)

    def take(self, amount: float, now: float) -> None:
        """Take `amount`; it is for the caller to have waited."""
        self._ready = max(self._ready, now - SLACK) + amount * self._interval

    def correct(self, amount: float) -> None:
        """Take `amount` more, or give it back where it is negative, as an estimate was off."""
        self._ready += amount * self._interval
