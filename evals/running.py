"""Making a run: every article of a suite through a summarizer, one line for each as it is done.

A run that was broken off is gone on with: what has a line is not asked for again. What failed is,
since a failure may have been the endpoint's.
"""

from __future__ import annotations

import asyncio
import json
import logging
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from summarizer import Result, Summarizer, SummarizerError
from summarizer.errors import ConfigurationError
from summarizer.evals.files import json_of, write, written
from summarizer.evals.runs import (
    PREDICTIONS,
    RUN,
    Failure,
    Key,
    Prediction,
    Settings,
    load_run,
)
from summarizer.evals.suites import Document

LOG = "log.txt"
_PACKAGES = ("situation-summarizer", "instructor", "openai", "pydantic", "tenacity", "xllamacpp")
_log = logging.getLogger("summarizer.evals")


@dataclass(frozen=True)
class Progress:
    """How far a run is."""

    done: int
    """Lines that there are, those of an earlier start included."""
    failed: int
    total: int
    current: str
    """What was finished last, as split/id."""
    seconds: float
    """How long that took."""


def environment() -> dict[str, str]:
    """The versions by which a run is told apart from one made elsewhere."""
    found = {"python": platform.python_version(), "platform": platform.platform()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def start(folder: Path, settings: Settings) -> dict[Key, Prediction]:
    """Open a run's folder, new or begun before; what is done there already.

    Raises `ConfigurationError` where the folder holds a run of other settings or other gold, and
    `SummarizerError` where it can't be written.
    """
    if (folder / RUN).is_file():
        begun = load_run(folder)
        for name in ("suite", "record", "documents", "gold", "repeats", "settings_hash"):
            if getattr(begun.settings, name) != getattr(settings, name):
                raise ConfigurationError(
                    f"{folder} holds a run with another {name.replace('_', ' ')}.",
                    hint="Name another folder with --output, or run with the settings that it was "
                    "begun with.",
                )
        done = {key: each for key, each in begun.predictions.items() if each.status == "ok"}
        _store(folder, done)  # without a torn line, and without what failed
        return done
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(f"{folder} can't be made: {error.strerror}.") from error
    write(folder / RUN, written(json_of(settings)))
    return {}


async def extract(
    folder: Path,
    documents: Sequence[Document[Any]],
    make: Callable[[int], Summarizer[Any]],
    done: dict[Key, Prediction],
    *,
    repeats: int = 1,
    concurrency: int = 1,
    told: Callable[[Progress], None] = lambda progress: None,
) -> None:
    """Make what is missing of a run, `concurrency` documents side by side.

    `make` gives the summarizer of a repeat, from 1 on. Each prediction is on disk before the next
    document begins in its place; at the end the lines are put in the order of documents.
    """
    missing = [
        (document, repeat)
        for repeat in range(1, repeats + 1)
        for document in documents
        if (document.gold.split, document.gold.id, repeat) not in done
    ]
    found = dict(done)
    waiting = iter(missing)
    total = len(documents) * repeats
    with (folder / PREDICTIONS).open("a", encoding="utf-8") as lines:
        _note(folder, f"{len(missing)} of {total} to do")

        async def work(summarizers: dict[int, Summarizer[Any]]) -> None:
            for document, repeat in waiting:
                begun = asyncio.get_running_loop().time()
                prediction = await _predicted(document, repeat, summarizers[repeat])
                lines.write(_line(prediction))
                lines.flush()
                found[prediction.split, prediction.id, repeat] = prediction
                seconds = asyncio.get_running_loop().time() - begun
                why = f": {prediction.error.message}" if prediction.error else ""
                name = f"{prediction.split}/{prediction.id}"
                _note(folder, f"{name} #{repeat} {prediction.status} {seconds:.1f} s{why}")
                failed = sum(each.status == "failed" for each in found.values())
                told(Progress(len(found), failed, total, name, seconds))

        summarizers = {repeat: make(repeat) for repeat in sorted({r for _, r in missing})}
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(concurrency, len(missing))):
                    group.create_task(work(summarizers))
        finally:
            for summarizer in summarizers.values():
                await summarizer.aclose()
    order = {(d.gold.split, d.gold.id): i for i, d in enumerate(documents)}
    _store(folder, dict(sorted(found.items(), key=lambda one: (one[0][2], order[one[0][:2]]))))
    _note(folder, "done")


async def _predicted(
    document: Document[Any], repeat: int, summarizer: Summarizer[Any]
) -> Prediction:
    gold = document.gold
    told: dict[str, Any] = {
        "id": gold.id,
        "split": gold.split,
        "repeat": repeat,
        "sha256": gold.sha256,
    }
    try:
        result = await summarizer.asummarize(document.article)
    except SummarizerError as error:
        _log.info("%s/%s: %s", gold.split, gold.id, error.message)
        return Prediction(**told, status="failed", error=failure(error))
    return Prediction(**told, status="ok", **of_result(result))


def failure(error: SummarizerError) -> Failure:
    """An error as a run keeps it."""
    return Failure(type=type(error).__name__, message=error.message, retryable=error.retryable)


def of_result(result: Result[Any]) -> dict[str, Any]:
    """What a run keeps of a result: all but the article, which stays with the gold."""
    rest = result.model_dump(mode="json", exclude={"summary", "article", "schema_version"})
    return {"summary": json_of(result.summary), **rest}


def _line(prediction: Prediction) -> str:
    return json.dumps(json_of(prediction), ensure_ascii=False) + "\n"


def _store(folder: Path, predictions: dict[Key, Prediction]) -> None:
    write(folder / PREDICTIONS, "".join(map(_line, predictions.values())))


def _note(folder: Path, text: str) -> None:
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    with (folder / LOG).open("a", encoding="utf-8") as log:
        log.write(f"{moment} {' '.join(text.split())}\n")
