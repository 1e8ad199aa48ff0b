"""The work of a batch: from entries to lines, until the input ends, or a budget, or patience."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from summarizer.batch.lines import UNWRITABLE
from summarizer.batch.reading import Reading
from summarizer.batch.running import run
from summarizer.cli.batch.interrupts import interrupts
from summarizer.cli.batch.progress import State
from summarizer.cli.console import say
from summarizer.completion import CallUsage
from summarizer.results import Failure

if TYPE_CHECKING:
    from summarizer.batch.intake import Entry, Intake
    from summarizer.batch.output import Output, Written
    from summarizer.batch.running import Outcome
    from summarizer.ledger import Ledger, Limit
    from summarizer.pacing import Pacer
    from summarizer.session import Summarizer
    from summarizer.way import Way

TOLD_FAILURES = 10
"""Failures that are said one by one; all of them are in the output."""


class Stop(StrEnum):
    """What ends the work before the input does, but for a budget."""

    INTERRUPT = "interrupt"
    ERROR = "error"


@dataclass(frozen=True)
class Pace:
    """How fast requests may go; see `Pacer`."""

    concurrency: int | None
    requests_per_minute: float | None
    tokens_per_minute: float | None


@dataclass
class Work:
    """What is done, and what came of it.

    `limit` is of entries, those that were done before included. `show` hears of each change. The
    ledger has a document once it is finished, `written` once it is written: with `ordered` that may
    be later.
    """

    intake: Intake
    output: Output
    ledger: Ledger
    show: Callable[[State], None]
    limit: int | None
    done_before: int = 0
    failed_before: int = 0
    total: int | None = None
    stopped_by: Limit | Stop | None = None
    written: Counter[Written] = field(default_factory=Counter)
    _unfinished: int = 0
    _reading: Reading[Entry] = field(init=False)
    _connecting: asyncio.Task[tuple[Way, Pacer]] = field(init=False)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def do(self, summarizer: Summarizer[Any], pace: Pace, *, ordered: bool) -> None:
        """Do what is not done. Raises what would fail on every document, and what the output
        can't take; `CancelledError` after a second Ctrl-C."""
        self._reading = Reading(self.intake)
        beside = asyncio.create_task(self._keep_shown())
        try:
            with interrupts(self._stop):
                self._connecting = asyncio.create_task(summarizer.paced(**asdict(pace)))
                way, pacer = await self._connecting
                async with (
                    aclosing(self._to_do()) as entries,
                    aclosing(
                        run(entries, way.summarize, pacer, ordered=ordered, finished=self._enter)
                    ) as found,
                ):
                    async for entry, outcome in found:
                        self._write(entry, outcome)
        finally:
            self._reading.stop()
            beside.cancel()
            await asyncio.gather(beside, return_exceptions=True)

    async def _to_do(self) -> AsyncGenerator[Entry]:
        seen = 0
        async for entry in self._reading:
            state = self.output.state(entry.id, entry.digest)
            if state == "done":
                self.done_before += 1
            elif state == "failed":
                self.failed_before += 1
            elif await self._may_begin():
                self._unfinished += 1
                yield entry
            else:
                return
            seen += 1
            if seen == self.limit:
                return

    async def _may_begin(self) -> bool:
        """Wait until the budget has room for one more document; False if nothing more begins."""
        while self.stopped_by is None and not self.ledger.has_room(self._unfinished):
            self._changed.clear()
            await self._changed.wait()
        if self.stopped_by is None:
            self.stopped_by = self.ledger.used_up()
        return self.stopped_by is None

    def _enter(self, outcome: Outcome) -> None:
        usage = CallUsage(**outcome.usage.model_dump())
        self.ledger.add(usage, failed=isinstance(outcome, Failure))
        self._unfinished -= 1
        self._changed.set()
        self._tell()

    def _write(self, entry: Entry, outcome: Outcome) -> None:
        status = self.output.write(entry.id, entry.digest, outcome)
        self.written[status] += 1
        if status == "ok":
            return
        if isinstance(outcome, Failure):
            why = outcome.error.message
        else:
            why = UNWRITABLE
            self.ledger.fail_late()
        self._say_failed(entry.id, why, stays=status == "kept")

    def _say_failed(self, name: str, why: str, *, stays: bool) -> None:
        failed = self.written.total() - self.written["ok"]
        if failed <= TOLD_FAILURES:
            say(f"Failed: {name}: {why}" + " The record of before stays." * stays)
        if failed == TOLD_FAILURES:
            say(
                f"Further failures are only written to {self.output.path}, or counted where the "
                "record of before stays."
            )

    def _stop(self) -> None:
        """Begin nothing more."""
        self.stopped_by = Stop.INTERRUPT
        self._changed.set()
        self._reading.stop()
        self._connecting.cancel()  # it may be fetching weights; nothing if it is done
        if self._unfinished:
            count = f"{self._unfinished} document" + "s" * (self._unfinished != 1)
            say(f"Interrupted: {count} under way will be finished; Ctrl-C breaks them off.")

    async def _keep_shown(self) -> None:
        self.total = await asyncio.to_thread(self.intake.total)
        if self.limit is not None:
            self.total = min(self.limit, self.total or self.limit)
        while True:
            self._tell()
            await asyncio.sleep(1.0)

    def _tell(self) -> None:
        ledger = self.ledger
        self.show(
            State(
                finished=ledger.ok + ledger.failed,
                failed=ledger.failed,
                skipped=self.done_before + self.failed_before,
                total=self.total,
                tokens=ledger.tokens,
                cost=ledger.cost,
                currency=ledger.price.currency if ledger.price else "",
            )
        )
