"""How far a batch is: a bar on a terminal, else a line every so often."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from summarizer.cli.console import say

EVERY = 30.0
"""Seconds between two lines where there is no terminal."""
LOOKED_BACK = 60.0
"""Seconds that the rate is taken from: an endpoint's pace changes overnight."""
_UNITS = ((1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k"))


@dataclass(frozen=True)
class State:
    """What there is to show. `finished` are of this start, `skipped` were done before it."""

    finished: int
    failed: int
    skipped: int
    total: int | None
    tokens: int
    cost: float | None
    currency: str


class Rate:
    """Documents a second, over the last minute."""

    def __init__(self, now: float) -> None:
        self._marks = deque([(now, 0)])

    def mark(self, now: float, finished: int) -> float | None:
        """Note how many there are now; the rate, or None while nothing can be said."""
        if now - self._marks[-1][0] >= 1.0:
            self._marks.append((now, finished))
        while len(self._marks) > 2 and now - self._marks[1][0] >= LOOKED_BACK:
            self._marks.popleft()
        since, before = self._marks[0]
        if finished == before or now - since < 1.0:
            return None
        return (finished - before) / (now - since)


def line(state: State, rate: float | None) -> str:
    """The state in words: what failed, the rate, tokens, cost and the time that is left."""
    said = [f"{state.failed:,} failed"]
    if rate is not None:
        said.append(speed(rate))
    said.append(f"{short(state.tokens)} tokens")
    if state.cost is not None:
        said.append(f"{money(state.cost)} {state.currency}")
    if rate is not None and state.total is not None:
        left = max(0, state.total - state.skipped - state.finished)
        said.append(f"{clock(left / rate)} left")
    return " · ".join(said)


def speed(rate: float) -> str:
    """Documents a second, or a minute where they are few."""
    return f"{rate:.1f}/s" if rate >= 0.1 else f"{rate * 60:.1f}/min"


def counted(state: State) -> str:
    """How many are done, of how many."""
    done = state.finished + state.skipped
    return f"{done:,}" if state.total is None else f"{done:,} of {state.total:,}"


def short(number: int) -> str:
    """A large number in few digits: 3.1M."""
    for unit, letter in _UNITS:
        if number >= unit:
            return f"{number / unit:.1f}{letter}"
    return str(number)


def money(amount: float) -> str:
    """An amount to the cent, or to two digits where it is less than ten of them."""
    return f"{amount:,.2f}" if amount >= 0.1 or not amount else f"{amount:.2g}"


def clock(seconds: float) -> str:
    """A time in hours, minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@contextmanager
def shown() -> Iterator[Callable[[State], None]]:
    """Show how far a batch is. What comes out is to be called with the state, as often as one
    likes."""
    rate = Rate(time.monotonic())
    if sys.stderr.isatty():
        with _bar(rate) as show:
            yield show
        return
    last = time.monotonic()

    def tell(state: State) -> None:
        nonlocal last
        now = time.monotonic()
        pace = rate.mark(now, state.finished)
        if now - last >= EVERY:
            last = now
            say(f"{counted(state)} done: {line(state, pace)}")

    yield tell


@contextmanager
def _bar(rate: Rate) -> Iterator[Callable[[State], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

    with Progress(
        SpinnerColumn(),
        BarColumn(bar_width=20),
        TextColumn("{task.description}", markup=False),
        console=Console(stderr=True),
        refresh_per_second=4,
        transient=True,
    ) as bar:
        task = bar.add_task("", total=None)

        def show(state: State) -> None:
            pace = rate.mark(time.monotonic(), state.finished)
            bar.update(
                task,
                total=state.total,
                completed=state.finished + state.skipped,
                description=f"{counted(state)} · {line(state, pace)}",
            )

        yield show
