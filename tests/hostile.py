"""What a text that was made to take long may cost: bounded by far, and counted; never timed."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest

from summarizer.article import Article

CPU_SECONDS = 30.0
"""Far more than any machine needs for what is linear here: that takes a second at most."""


@contextmanager
def ends(seconds: float = CPU_SECONDS) -> Iterator[None]:
    """Within it, work is broken off after that much of the processor, and the test fails.

    Waiting costs nothing, so other work on the machine doesn't count. What is inside is to be so
    large that the square of its size would take far longer. Windows has no such timer.
    """
    if sys.platform == "win32":
        yield
        return

    def break_off(number: int, frame: FrameType | None) -> None:
        pytest.fail(f"broken off after {seconds:g} seconds of the processor: it blows up")

    before = signal.signal(signal.SIGVTALRM, break_off)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def calls(act: Callable[[], object]) -> int:
    """How many functions are called by `act`, those written in C among them."""
    counted = 0

    def count(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(before)
    return counted


def of_one_sentence(text: str, **known: Any) -> Article:
    """An article that isn't cut: a stored one may have sentences of any length."""
    made = Article.from_text(text, **known)
    return made.model_copy(update={"sentences": ((0, len(made.text)),)})
