"""How far a batch is: the rate of the last minute, the time that is left, a line now and then."""

from __future__ import annotations

import io
import sys

import pytest

from summarizer.cli.batch.progress import Rate, State, clock, counted, line, money, short, shown
from summarizer.cli.batch.summary import as_text
from summarizer.results import Usage

STATE = State(
    finished=40, failed=3, skipped=60, total=300, tokens=3_140_000, cost=12.5, currency="EUR"
)


@pytest.fixture
def time_passes(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that is set by its one entry."""
    now = [0.0]
    monkeypatch.setattr("summarizer.cli.batch.progress.time.monotonic", lambda: now[0])
    return now


def test_a_line_tells_failures_rate_tokens_cost_and_the_time_left() -> None:
    assert line(STATE, 2.0) == "3 failed · 2.0/s · 3.1M tokens · 12.50 EUR · 1:40 left"
    assert counted(STATE) == "100 of 300"


def test_what_is_not_known_is_left_out() -> None:
    state = State(5, 0, 0, None, 900, None, "")
    assert line(state, None) == "0 failed · 900 tokens"
    assert counted(state) == "5"


def test_slow_work_is_told_by_the_minute() -> None:
    assert "0.6/min" in line(STATE, 0.01)
    found = {
        "output": "out.jsonl",
        "documents": dict.fromkeys(
            ("failed", "done_before", "failed_before", "kept", "repeated"), 0
        )
        | {"ok": 2},
        "usage": Usage().model_dump(),
        "seconds": 64.0,
        "cost": None,
        "stopped_by": None,
    }
    assert "time       1:04, 1.9/min\n" in as_text(found)


@pytest.mark.parametrize(
    ("number", "told"), [(0, "0"), (999, "999"), (1_000, "1.0k"), (2_500_000_000, "2.5G")]
)
def test_large_numbers_are_short(number: int, told: str) -> None:
    assert short(number) == told


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "0:00"), (59.6, "1:00"), (3599, "59:59"), (3600, "1:00:00")]
)
def test_times_read_as_a_clock(seconds: float, told: str) -> None:
    assert clock(seconds) == told


@pytest.mark.parametrize(
    ("amount", "told"), [(0.0, "0.00"), (0.00123, "0.0012"), (0.2, "0.20"), (1234.5, "1,234.50")]
)
def test_small_amounts_keep_two_digits(amount: float, told: str) -> None:
    assert money(amount) == told


def test_the_rate_is_that_of_the_last_minute() -> None:
    rate = Rate(0.0)
    assert rate.mark(0.5, 1) is None
    assert rate.mark(10.0, 100) == pytest.approx(10.0)
    for second in range(11, 131):
        rate.mark(float(second), 100 + second - 10)
    assert rate.mark(130.0, 220) == pytest.approx(1.0)


def test_a_rate_that_ceased_is_none() -> None:
    rate = Rate(0.0)
    rate.mark(2.0, 10)
    for second in range(3, 80):
        rate.mark(float(second), 10)
    assert rate.mark(80.0, 10) is None


def test_without_a_terminal_there_is_a_line_every_half_minute(
    capsys: pytest.CaptureFixture[str], time_passes: list[float]
) -> None:
    with shown() as show:
        for second in range(65):
            time_passes[0] = float(second)
            show(STATE)
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 2
    assert told[0].startswith("100 of 300 done: 3 failed · ")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_there_is_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr(sys, "stderr", screen)
    with shown() as show:
        show(STATE)
    assert "100 of 300 · 3 failed · 3.1M tokens · 12.50 EUR" in screen.getvalue()
    assert "━" in screen.getvalue()
