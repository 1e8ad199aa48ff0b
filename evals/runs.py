"""A run: what a system made of the articles of a suite, kept so that it can be scored without it.

A run is a folder. `run.json` says what it is a run of, `predictions.jsonl` has one line for each
document, in any order, as they were finished. The articles stay with the gold; a line has the
SHA-256 of the text that was read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field, ValidationError

from summarizer.errors import ConfigurationError, InputError
from summarizer.evals.counts import DocumentScore
from summarizer.evals.documents import Sha256, Words
from summarizer.evals.files import read_object, read_text
from summarizer.evals.labelled import Labelled
from summarizer.evals.problems import in_document
from summarizer.evals.scoring import Scorer
from summarizer.evals.suites import Document, Suite
from summarizer.schemas.evidence import Record

RUN = "run.json"
PREDICTIONS = "predictions.jsonl"


class Failure(Record):
    """Why there is no record of a document."""

    type: Words = Field(description="Name of the error's class.")
    message: str
    retryable: bool = Field(description="Whether trying again makes sense.")


class Prediction(Record):
    """What a system made of one document."""

    id: Words
    split: Words
    sha256: Sha256 = Field(description="SHA-256 of the text that was read, in UTF-8.")
    status: Literal["ok", "failed"]
    error: Failure | None = None
    summary: dict[str, Any] | None = Field(
        default=None, description="The record, in the public JSON of its schema."
    )
    issues: list[dict[str, Any]] = Field(default_factory=list)
    usage: dict[str, Any] = Field(default_factory=dict)
    settings_hash: str | None = None
    signature: dict[str, Any] = Field(default_factory=dict)


class Settings(Record):
    """What a run is a run of: `run.json`."""

    schema_version: Literal["1"] = "1"
    name: Words
    description: Words
    suite: Words = Field(description="Name of the suite.")
    record: Words = Field(description="Name of the schema that the predictions are records of.")
    environment: dict[str, str] = Field(
        default_factory=dict, description="Versions of what made the predictions."
    )


@dataclass(frozen=True)
class Run:
    """A run as it was stored."""

    path: Path
    settings: Settings
    predictions: Mapping[tuple[str, str], Prediction]
    """By split and id of the document."""


def load_run(path: Path) -> Run:
    """The run in a folder.

    A torn last line, as a run that was killed leaves it, is passed over. Raises
    `ConfigurationError` where there is no run, and `InputError` where one can't be read.
    """
    if not (path / RUN).is_file():
        raise ConfigurationError(f"{path} is no run.", hint=f"A run is a folder with a {RUN}.")
    try:
        settings = Settings.model_validate(read_object(path / RUN))
    except ValidationError as error:
        raise InputError(str(in_document(path / RUN, error)[0])) from error
    found: dict[tuple[str, str], Prediction] = {}
    for prediction in _predictions(path / PREDICTIONS):
        found[prediction.split, prediction.id] = prediction
    return Run(path, settings, found)


def _predictions(file: Path) -> Iterator[Prediction]:
    if not file.is_file():
        return
    lines = read_text(file).split("\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield Prediction.model_validate_json(line)
        except ValidationError as error:
            if number == len(lines):  # every whole line ends with a line break
                return
            raise InputError(f"{file}, line {number}: {in_document(file, error)[0]}") from error


def scored(
    run: Run, suite: Suite[Any], scorer: Scorer, *, split: str | None = None
) -> list[DocumentScore]:
    """The counts of a run's documents: those of one split, or of all.

    A document on which the run failed, or that it doesn't have, counts as an empty prediction.
    Raises `InputError` where a prediction is of another text, or no record of the schema.
    """
    documents: Sequence[Document[Any]] = suite.documents if split is None else suite.split(split)
    return [
        scorer.score(
            document.labelled(),
            Labelled(_record(run, document, scorer.schema), document.article.text),
            id=document.gold.id,
        )
        for document in documents
    ]


def _record(run: Run, document: Document[Any], schema: type[BaseModel]) -> BaseModel | None:
    gold = document.gold
    prediction = run.predictions.get((gold.split, gold.id))
    if prediction is None or prediction.summary is None:
        return None
    where = f"{run.path}: {gold.split}/{gold.id}"
    if prediction.sha256 != gold.sha256:
        raise InputError(
            f"{where}: is of another text than the gold.",
            hint="The article was changed since: run it again.",
        )
    try:
        return schema.model_validate(prediction.summary)
    except ValidationError as error:
        raise InputError(f"{where}: is no {schema.__name__}: {error.errors()[0]['msg']}") from error
