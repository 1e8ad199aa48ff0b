"""How a long download shows itself: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Notify = Callable[[str], None]
"""Takes a note for the user, one line."""

Advance = Callable[[int], None]
"""Takes the number of bytes that have come, since it was last called."""

STEP = 0.1
"""The share of the whole after which a line without a bar is written."""


def to_stderr(line: str) -> None:
    """Write one line to stderr."""
    sys.stderr.write(f"{line}\n")


@contextmanager
def progress(label: str, *, total: int, done: int, notify: Notify | None) -> Iterator[Advance]:
    """Within it, the function that reports `n` more bytes of `total`; from any thread.

    Without `notify`, and with stderr a terminal, it is a bar. Else lines go to `notify`, or to
    stderr.
    """
    if notify is None and sys.stderr.isatty():
        with _bar(label, total, done) as advance:
            yield advance
    else:
        yield _lines(label, total, done, notify or to_stderr)


@contextmanager
def _bar(label: str, total: int, done: int) -> Iterator[Advance]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    ) as bar:
        task = bar.add_task(label, total=total, completed=done)
        yield lambda n: bar.advance(task, n)


def _lines(label: str, total: int, done: int, notify: Notify) -> Advance:
    lock = threading.Lock()
    said = done

    def advance(n: int) -> None:
        nonlocal done, said
        with lock:
            done += n
            if done - said >= STEP * total or (done == total and said < total):
                said = done
                notify(f"{label}: {done / total:.0%} of {megabytes(total)}")

    return advance


def megabytes(size: int) -> str:
    """`size` in bytes as a person would say it: "1,117 MB"."""
    return f"{size / 1e6:,.0f} MB"
