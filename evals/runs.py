"""A run: what a system made of the articles of a suite, kept so that it can be scored without it.

A run is a folder. `run.json` says what it is a run of, `predictions.jsonl` has one line for each
document and repeat, in any order, as they were finished. The articles stay with the gold; a line
has the SHA-256 of the text that was read.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field, ValidationError

from summarizer.errors import ConfigurationError, InputError
from summarizer.evals.counts import DocumentScore
from summarizer.evals.documents import Sha256, Words
from summarizer.evals.files import read_object
from summarizer.evals.labelled import Labelled
from summarizer.evals.problems import in_document, in_labels
from summarizer.evals.scoring import Scorer
from summarizer.evals.suites import Document, Suite
from summarizer.evals.variants import Case
from summarizer.schemas.evidence import Record

Key = tuple[str, str, int]
RUN = "run.json"
PREDICTIONS = "predictions.jsonl"


class Failure(Record):
    """Why there is no record of a document."""

    type: Words = Field(description="Name of the error's class.")
    message: str
    retryable: bool = Field(description="Whether trying again makes sense.")


class Cost(Record):
    """What one document cost: every request counts, those that failed too."""

    calls: int = Field(default=0, ge=0)
    prompt_tokens: int = Field(default=0, ge=0)
    cached_tokens: int = Field(default=0, ge=0, description="A part of the prompt tokens.")
    completion_tokens: int = Field(default=0, ge=0)
    seconds: float = Field(
        default=0.0, ge=0, allow_inf_nan=False, description="Seconds until requests were answered."
    )
    reasks: int = Field(
        default=0, ge=0, description="How often an answer didn't fit and was asked for again."
    )
    saved_calls: int = Field(default=0, ge=0, description="Answers that came from a cache.")
    saved_prompt_tokens: int = Field(default=0, ge=0)
    saved_completion_tokens: int = Field(default=0, ge=0)


class Prediction(Record):
    """What a system made of one document."""

    id: Words
    split: Words
    repeat: int = Field(default=1, ge=1, description="Which of the runs over this document.")
    sha256: Sha256 = Field(description="SHA-256 of the text that was read, in UTF-8.")
    status: Literal["ok", "failed"]
    error: Failure | None = None
    summary: dict[str, Any] | None = Field(
        default=None, description="The record, in the public JSON of its schema."
    )
    issues: list[dict[str, Any]] = Field(default_factory=list)
    usage: Cost = Field(default_factory=Cost)
    settings_hash: str | None = None
    signature: dict[str, Any] = Field(default_factory=dict)


class Settings(Record):
    """What a run is a run of: `run.json`."""

    schema_version: Literal["1"] = "1"
    name: Words
    description: Words
    suite: Words = Field(description="Name of the suite.")
    record: Words = Field(description="Name of the schema that the predictions are records of.")
    documents: list[Words] = Field(
        default_factory=list,
        description="What it is a run over, each as split/id. Empty for the whole suite.",
    )
    gold: str | None = Field(
        default=None, description="Digest of those documents as they were (`digest_of_gold`)."
    )
    repeats: int = Field(default=1, ge=1, description="Runs over each document.")
    model: str | None = Field(default=None, description="None for what is no model.")
    asked: dict[str, Any] = Field(
        default_factory=dict,
        description="How the model was asked, strategy, size and so on; and where it was: a digest "
        "of the endpoint's address, or the SHA-256 of the weights on this machine.",
    )
    settings_hash: str | None = Field(
        default=None, description="What was asked, in one hash, as in each result."
    )
    environment: dict[str, str] = Field(
        default_factory=dict, description="Versions of what made the predictions."
    )


@dataclass(frozen=True)
class Run:
    """A run as it was stored."""

    path: Path
    settings: Settings
    predictions: Mapping[Key, Prediction]
    """By split and id of the document, and repeat."""

    def covers(self, document: Document[Any]) -> bool:
        """Whether it is a run over that document."""
        listed = self.settings.documents
        return not listed or name_of(document) in listed

    def is_done(self, document: Document[Any]) -> bool:
        """Whether it is a run over that document, and came to it in each repeat."""
        split, name = document.gold.split, document.gold.id
        return self.covers(document) and all(
            (split, name, repeat) in self.predictions
            for repeat in range(1, self.settings.repeats + 1)
        )


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
    except InputError as error:
        raise InputError(f"{path / RUN} {error.message}.", original=error) from error
    found: dict[Key, Prediction] = {}
    for prediction in _predictions(path / PREDICTIONS):
        found[prediction.split, prediction.id, prediction.repeat] = prediction
    return Run(path, settings, found)


def _predictions(file: Path) -> Iterator[Prediction]:
    if not file.is_file():
        return
    try:
        # Text is decoded line by line: a line can be torn within a character.
        lines = file.read_bytes().removeprefix(codecs.BOM_UTF8).split(b"\n")
    except OSError as error:
        raise InputError(
            f"{file} can't be read: {error.strerror or error}.", original=error
        ) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield Prediction.model_validate_json(line.decode())
        except (UnicodeDecodeError, ValidationError) as error:
            if number == len(lines):  # every whole line ends with a line break
                return
            why = (
                "is not UTF-8"
                if isinstance(error, UnicodeDecodeError)
                else (in_document(file, error)[0])
            )
            raise InputError(f"{file}, line {number}: {why}", original=error) from error


def name_of(document: Document[Any]) -> str:
    """A document as runs and gates name it: split/id."""
    return f"{document.gold.split}/{document.gold.id}"


def digest_of_gold(documents: Iterable[Document[Any]]) -> str:
    """SHA-256 of documents' files, by which a score is told to be against this gold."""
    files = sorted(
        (name_of(each), sha256(each.path.read_bytes()).hexdigest()) for each in documents
    )
    return sha256(json.dumps(files).encode()).hexdigest()


def check_same(run: Run, *, suite: str, record: str) -> None:
    """Refuse a run over another suite, or with records of another schema, by their names.

    Raises `ConfigurationError`.
    """
    settings = run.settings
    if settings.record != record:
        raise ConfigurationError(
            f"{run.path} holds records of {settings.record}, and not of {record}.",
            hint="Name their class with --schema.",
        )
    if settings.suite != suite:
        raise ConfigurationError(
            f"{run.path} is a run over {settings.suite}, and not over {suite}.",
            hint="Only runs over the same suite can be held against each other.",
        )


def notes_on_gold(run: Run, suite: Suite[Any]) -> Iterator[str]:
    """In what a suite isn't the gold that a run was made with, a sentence each."""
    settings = run.settings
    if settings.suite != suite.name:
        yield f"{run.path} is a run over {settings.suite}, and not over {suite.name}."
    there = [document for document in suite.documents if run.covers(document)]
    gone = len(settings.documents) - len(there)
    if settings.documents and gone:
        yield f"Of the documents of {run.path}, {suite.name} has {len(there)}, and lacks {gone}."
    elif settings.gold is not None and settings.gold != digest_of_gold(there):
        yield f"The gold of {suite.name} was changed since {run.path} was made."


def covered(run: Run, suite: Suite[Any], *, split: str | None = None) -> tuple[Document[Any], ...]:
    """The documents that a run is over: those of one split, or of all.

    Raises `ConfigurationError` where there is none.
    """
    found = tuple(
        document
        for document in suite.documents
        if run.covers(document) and split in (None, document.gold.split)
    )
    if not found:
        what = f"the suite {suite.name}" if split is None else f"{suite.name}, split {split}"
        raise ConfigurationError(
            f"{run.path} is no run over {what}.",
            hint=f"It is one over {run.settings.suite}: {', '.join(_splits(run)) or 'all splits'}.",
        )
    return found


def cases(run: Run, documents: Iterable[Document[Any]], schema: type[BaseModel]) -> list[Case]:
    """Each document with each of its predictions, as they are scored: repeats of a document are in
    one cluster.

    A document on which the run failed, or that it doesn't have, counts as an empty prediction.
    Raises `InputError` where a prediction is of another text, or no record of the schema.
    """
    return [
        Case(
            name_of(document) if run.settings.repeats == 1 else f"{name_of(document)}#{repeat}",
            document.labelled(),
            Labelled(_record(run, document, repeat, schema), document.article.text),
            cluster=name_of(document),
        )
        for document in documents
        for repeat in range(1, run.settings.repeats + 1)
    ]


def scored(
    run: Run, suite: Suite[Any], scorer: Scorer, *, split: str | None = None
) -> list[DocumentScore]:
    """The counts of a run's documents (see `covered` and `cases`)."""
    return [
        scorer.score(case.gold, case.predicted, id=case.id, cluster=case.cluster)
        for case in cases(run, covered(run, suite, split=split), scorer.schema)
    ]


def _splits(run: Run) -> list[str]:
    return sorted({name.partition("/")[0] for name in run.settings.documents})


def _record(
    run: Run, document: Document[Any], repeat: int, schema: type[BaseModel]
) -> BaseModel | None:
    gold = document.gold
    prediction = run.predictions.get((gold.split, gold.id, repeat))
    if prediction is None or prediction.summary is None:
        return None
    where = f"{run.path}: {name_of(document)}"
    if prediction.sha256 != gold.sha256:
        raise InputError(
            f"{where}: is of another text than the gold.",
            hint="The article was changed since: run it again.",
        )
    try:
        return schema.model_validate(prediction.summary)
    except ValidationError as error:
        first = in_labels(run.path, name_of(document), error)[0]
        raise InputError(
            f"{where}: is no {schema.__name__}: {first.place}: {first.message}"
        ) from error
