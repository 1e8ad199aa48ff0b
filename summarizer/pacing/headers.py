"""What an endpoint tells in its headers: how long to wait, and how much is left."""

from __future__ import annotations

import math
import re
import time
from typing import TYPE_CHECKING

from summarizer.retry import parse_retry_after

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 3600.0
"""Seconds. Nobody is waited for longer without being asked again."""

_DURATION = re.compile(
    r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?"
)
_UNITS = (86400.0, 3600.0, 60.0, 1.0, 0.001)


class Allowance:
    """What is left of the endpoint's allowance, by its own account.

    Buckets of requests or tokens fill up steadily with most providers, who tell the time
    until they are full: then there is room for one request after a part of it. An endpoint
    that refuses then counts in windows, and from then on the whole time is waited.
    """

    def __init__(self) -> None:
        self._windows = False

    def hold(
        self, headers: Mapping[str, str], *, refused: bool, requests: int, tokens: int
    ) -> tuple[float, bool]:
        """Seconds in which nothing is to be sent, and whether an allowance is used up.

        `requests` have been sent since this one was, each of about `tokens`.
        """
        after = parse_retry_after(headers.get("retry-after")) if refused else None
        seconds, used_up = after or 0.0, False
        for kind, since, needed in (
            ("requests", requests, 1),
            ("tokens", requests * tokens, tokens),
        ):
            told = _told(headers, kind)
            if told is None:
                continue
            left, reset, limit = told
            used_up |= refused and left < needed
            missing = since + needed - left
            if missing <= 0 or after is not None:
                continue
            steady = limit is not None and limit > left and not self._windows
            part = min(missing / (limit - left), 1.0) if steady and limit is not None else 1.0
            seconds = max(seconds, reset * part)
        self._windows |= used_up
        return min(seconds, LONGEST), used_up


def _told(headers: Mapping[str, str], kind: str) -> tuple[float, float, float | None] | None:
    """What is left of this kind, the seconds until all is there again, and how much that is."""
    for name in (f"x-ratelimit-{{}}-{kind}", f"anthropic-ratelimit-{kind}-{{}}"):
        left = _number(headers.get(name.format("remaining")))
        if left is not None:
            reset = seconds_of(headers.get(name.format("reset")))
            limit = _number(headers.get(name.format("limit")))
            return None if reset is None else (left, reset, limit)
    return None


def _number(text: str | None) -> float | None:
    """A number that is not negative: some endpoints write -1 for none."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if 0.0 <= value < math.inf else None


def seconds_of(text: str | None) -> float | None:
    """The seconds of "6m0s", "12ms", "30", or until an RFC 3339 date; None if it is neither."""
    if not text:
        return None
    seconds = _number(text)
    if seconds is not None:
        return seconds
    match = _DURATION.fullmatch(text.strip())
    if match:
        return sum(
            float(value) * unit for value, unit in zip(match.groups(), _UNITS, strict=True) if value
        )
    from datetime import datetime

    try:
        return max(datetime.fromisoformat(text).timestamp() - time.time(), 0.0)
    except (ValueError, OverflowError):
        return None
