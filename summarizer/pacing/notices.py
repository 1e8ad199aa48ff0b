"""When to tell the user what holds requests up: not with each request that meets it."""

from __future__ import annotations

import math

LONG = 10.0
"""Seconds. What lasts shorter is not worth a line of its own."""
EVERY = 60.0
"""Seconds between two lines, unless a wait is begun that is another matter."""


class Notices:
    """What is worth a line: a long hold, once, and an endpoint that has only failed for long.

    Times are those of one clock, in seconds.
    """

    def __init__(self) -> None:
        self._since = self._quiet_until = -math.inf
        self._failing = False
        self._held = 0.0

    def answered(self, now: float) -> None:
        """The endpoint gave an answer."""
        self._failing, self._since = False, now

    def failed(self, seconds: float, now: float) -> None:
        """A request of so many `seconds` had no answer, or one that tells of a failure."""
        if not self._failing:
            self._failing, self._since = True, max(self._since, now - seconds)

    def hold_is_news(self, seconds: float, now: float) -> bool:
        """Whether to tell that nothing is sent for so long; then it counts as told."""
        another = now >= self._quiet_until or seconds > 2.0 * self._held
        if seconds < LONG or not another:
            return False
        self._held, self._quiet_until = seconds, now + max(seconds, EVERY)
        return True

    def failure_is_news(self, now: float) -> bool:
        """Whether to tell that a request failed and is tried again; then it counts as told."""
        if not self._failing or now - self._since < LONG or now < self._quiet_until:
            return False
        self._held, self._quiet_until = 0.0, now + EVERY
        return True


def in_words(seconds: float) -> str:
    """A time in its two largest units: 2 h 5 min."""
    minutes, rest = divmod(round(seconds), 60)
    hours, more = divmod(minutes, 60)
    if hours:
        return f"{hours} h {more} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
