"""The bound on hostile texts: it breaks off what blows up, and leaves nothing behind."""

from __future__ import annotations

import re
import signal
import sys

import pytest
from hostile import calls, ends, of_one_sentence

posix = pytest.mark.skipif(sys.platform == "win32", reason="no timer of the processor's time")


@posix
def test_a_pattern_that_would_match_for_ever_is_broken_off() -> None:
    with pytest.raises(pytest.fail.Exception, match=r"after 0\.05 seconds"), ends(0.05):
        re.search(r"(?:a|a)*b", "a" * 100)


@posix
def test_no_handler_of_errors_in_between_keeps_it_going() -> None:
    def careless() -> None:
        while True:
            try:
                re.search(r"(?:a|a)*b", "a" * 100)
            except Exception:  # noqa: BLE001  # as code under test may have it
                continue

    with pytest.raises(pytest.fail.Exception), ends(0.05):
        careless()


@posix
def test_once_it_is_left_nothing_is_broken_off() -> None:
    before = signal.getsignal(signal.SIGVTALRM)
    with ends(0.05):
        pass
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)
    assert signal.getsignal(signal.SIGVTALRM) is before


def test_calls_are_counted_within_those_of_others() -> None:
    def inner() -> int:
        return len("")

    def outer() -> None:
        inner()
        inner()

    assert calls(outer) - calls(inner) == 3


def test_an_article_of_one_sentence_is_not_cut() -> None:
    assert of_one_sentence("He left. " * 1000, language="en").sentence_count == 1
