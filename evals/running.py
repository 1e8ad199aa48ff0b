"""Making a run: every article of a suite through a summarizer, one line for each as it is done."""

from __future__ import annotations

import asyncio
import logging
import platform
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from traceback import extract_tb
from typing import Any

from summarizer import Result, Summarizer, SummarizerError
from summarizer.errors import (
    AuthenticationFailed,
    ConfigurationError,
    EndpointUnreachable,
    EngineFailed,
    EngineMissing,
    ModelNotFound,
    PermissionDenied,
    RateLimited,
    SchemaError,
    WeightsUnavailable,
)
from summarizer.evals.begun import Begun
from summarizer.evals.files import json_of
from summarizer.evals.runs import Cost, Failure, Key, Prediction
from summarizer.evals.suites import Document
from summarizer.view.clean import clean

_PACKAGES = ("situation-summarizer", "instructor", "openai", "pydantic", "tenacity", "xllamacpp")
_PERMANENT = (
    ConfigurationError,
    SchemaError,
    AuthenticationFailed,
    ModelNotFound,
    EngineMissing,
    WeightsUnavailable,
)
FORBIDDEN_IN_A_ROW = 10
"""Articles in a row that the endpoint forbids, after which it is the key, and not an article."""

_log = logging.getLogger("summarizer.evals")


@dataclass(frozen=True)
class Progress:
    """How far a run is."""

    done: int
    """Predictions that there are, those of an earlier start included."""
    failed: int
    """How many failed, of those that this start has tried."""
    current: str
    """What was finished last, as split/id."""
    seconds: float
    """How long that took."""


def environment() -> dict[str, str]:
    """The versions by which a run is told apart from one made elsewhere."""
    system = f"{platform.system()} {platform.machine()}"  # a release could name the machine
    found = {"python": platform.python_version(), "platform": system}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


async def extract(
    work: Begun,
    documents: Sequence[Document[Any]],
    make: Callable[[int], Summarizer[Any]],
    *,
    concurrency: int = 1,
    told: Callable[[Progress], None] = lambda progress: None,
) -> None:
    """Make what is missing of a run, `concurrency` documents side by side.

    `make` gives the summarizer of a repeat, from 1 on. Each prediction is on disk before the next
    document begins in its place; at the end the lines are in the order of documents. A document
    that fails is a prediction that says so. What would fail on every document (a wrong key, a model
    that isn't there, an endpoint that can't be reached from the start, ten documents in a row that
    it forbids) is raised instead.
    """
    missing = work.missing
    work.note(f"{len(missing)} of {len(work.keys)} to do, by {version(_PACKAGES[0])}")
    making = _Making(work, {_key(each): each for each in documents}, len(missing), told)
    queue = iter(missing)
    try:
        async with AsyncExitStack() as open_, asyncio.TaskGroup() as group:
            summarizers = {
                repeat: await open_.enter_async_context(make(repeat))
                for repeat in sorted({repeat for _, _, repeat in missing})
            }
            for _ in range(min(concurrency, len(missing))):
                group.create_task(making.go_through(queue, summarizers))
    except ExceptionGroup as several:
        error = several.exceptions[0]  # the others are of the same kind, or followed from it
        work.note(f"stopped: {type(error).__name__}")
        raise error from error.__cause__
    work.tidy()
    work.note("done")


@dataclass
class _Making:
    work: Begun
    documents: dict[tuple[str, str], Document[Any]]
    left: int
    told: Callable[[Progress], None]
    failed: int = 0
    answered: bool = False
    """Whether there has been a document on which this start came to an end."""
    forbidden: int = 0
    """Documents in a row that the endpoint doesn't allow to be asked about."""

    async def go_through(
        self, queue: Iterator[Key], summarizers: dict[int, Summarizer[Any]]
    ) -> None:
        clock = asyncio.get_running_loop().time
        for split, name, repeat in queue:
            begun = clock()
            document = self.documents[split, name]
            prediction = await self.predicted(document, repeat, summarizers[repeat])
            self.work.add(prediction)
            self.answered = True
            self.left -= 1
            self.failed += prediction.status == "failed"
            seconds = clock() - begun
            why = f": {prediction.error.message}" if prediction.error else ""
            self.work.note(f"{split}/{name} #{repeat} {prediction.status} {seconds:.1f} s{why}")
            done = len(self.work.keys) - self.left
            self.told(Progress(done, self.failed, f"{split}/{name}", seconds))

    async def predicted(
        self, document: Document[Any], repeat: int, summarizer: Summarizer[Any]
    ) -> Prediction:
        gold = document.gold
        about: dict[str, Any] = {
            "id": gold.id,
            "split": gold.split,
            "repeat": repeat,
            "sha256": gold.sha256,
        }
        try:
            result = await summarizer.asummarize(document.article)
        except SummarizerError as error:
            self.forbidden = self.forbidden + 1 if isinstance(error, PermissionDenied) else 0
            if self.stops(error):
                raise
            cost = Cost(**asdict(error.usage)) if error.usage else Cost()
            failed = failure(error)
        except Exception as error:  # noqa: BLE001  # a fault of ours costs one document, not a run
            cost, failed = Cost(), _fault(error)
        else:
            self.forbidden = 0
            return Prediction(**about, status="ok", **of_result(result))
        _log.info("%s/%s: %s", gold.split, gold.id, failed.message)
        return Prediction(**about, status="failed", error=failed, usage=cost)

    def stops(self, error: SummarizerError) -> bool:
        """Whether other documents would only fail in the same way."""
        if isinstance(error, PermissionDenied):  # a firewall may object to one article
            return self.forbidden >= FORBIDDEN_IN_A_ROW
        if isinstance(error, RateLimited):
            return not error.retryable  # the quota is used up
        if isinstance(error, EndpointUnreachable | EngineFailed):
            return not self.answered
        return isinstance(error, _PERMANENT)


def failure(error: SummarizerError) -> Failure:
    """An error as a run keeps it."""
    # A server's words may hold anything, half a character too, which no file takes.
    message = clean(error.message)
    return Failure(type=type(error).__name__, message=message, retryable=error.retryable)


def of_result(result: Result[Any]) -> dict[str, Any]:
    """What a run keeps of a result: all but the article, which stays with the gold."""
    rest = result.model_dump(mode="json", exclude={"summary", "article", "schema_version"})
    return {"summary": json_of(result.summary), **rest}


def _fault(error: Exception) -> Failure:
    # Its words are left out: they may hold what the model wrote, or a key.
    last = extract_tb(error.__traceback__)[-1]
    kind, place = type(error).__name__, f"{Path(last.filename).name}, line {last.lineno}"
    message = f"It broke with {kind} in {place}, which is a bug."
    return Failure(type=kind, message=message, retryable=False)


def _key(document: Document[Any]) -> tuple[str, str]:
    return document.gold.split, document.gold.id
