"""What is wrong with gold: all of it, each with its file and place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from summarizer.errors import InputError
from summarizer.evals.documents import GoldDocument
from summarizer.evals.files import read_object
from summarizer.evals.folders import MANIFEST, Found, find
from summarizer.evals.labelling import labellings
from summarizer.evals.leeway import misplaced
from summarizer.evals.manifests import mismatches, read_manifest
from summarizer.evals.problems import Problem, in_document
from summarizer.evals.soundness import foreign, unsound
from summarizer.evals.texts import article_of
from summarizer.evals.thoroughness import loose, unfinished
from summarizer.schemas import SituationSummary


@dataclass(frozen=True)
class Linted:
    """What came of it."""

    documents: tuple[Path, ...]
    """The documents that were looked at."""
    problems: tuple[Problem, ...] = field(default=())
    """By file, in order."""


def lint(path: Path, schema: type[BaseModel] = SituationSummary, *, strict: bool = False) -> Linted:
    """Look for all that is wrong with the gold that `path` stands for (see `folders.find`).

    `schema` is what the labels are records of. With `strict`, also for what gold lacks that scores
    are to be published on: a second annotator, rulings, key facts and so on. A manifest is looked
    at with the whole of its suite only. Raises `ConfigurationError` where there is no gold.
    """
    documents: list[Path] = []
    problems: list[Problem] = []
    for found in find(path):
        documents += found.documents
        problems += _of(found, schema)
    kept = [problem for problem in problems if strict or not problem.strict_only]
    return Linted(tuple(documents), tuple(sorted(kept, key=lambda problem: problem.file)))


def _of(found: Found, schema: type[BaseModel]) -> Iterator[Problem]:
    read: dict[Path, GoldDocument | None] = {}
    for file in found.documents:
        try:
            raw = read_object(file)
        except InputError as error:
            read[file] = None
            yield Problem(file, "", error.message)
            continue
        if "labels" in raw and "sha256" not in raw:
            read[file] = None
            yield Problem(file, "", "is a draft: `summarizer eval seal` completes it")
            continue
        read[file], problems = _read(raw, file)
        yield from problems
        yield from wrong(raw, file, schema)
        document = read[file]
        if document is not None:
            yield from unfinished(document, file, schema)
            if found.suite is not None:
                yield from _out_of_place(document, file)
    yield from _same_ids(read)
    if found.whole and found.suite is not None:
        yield from _manifest(found.suite / MANIFEST, read, schema)


def _out_of_place(document: GoldDocument, file: Path) -> Iterator[Problem]:
    folder = file.absolute().parent.name
    if document.split != folder:
        yield Problem(file, "split", f"is {document.split!r}, and the folder is {folder!r}")
    if document.text_file is not None and Path(document.text_file).name != document.text_file:
        yield Problem(file, "text_file", "is not beside the document, as in a suite it has to be")


def _read(raw: dict[str, Any], file: Path) -> tuple[GoldDocument | None, list[Problem]]:
    try:
        return GoldDocument.model_validate(raw), []
    except ValidationError as error:
        return None, in_document(file, error)


def wrong(raw: dict[str, Any], file: Path, schema: type[BaseModel]) -> Iterator[Problem]:
    """What is wrong with the text, the labels, the tolerances and the regions of the document in
    `file`, whose JSON is `raw`."""
    try:
        article = article_of(raw, file)
    except InputError as error:
        yield Problem(file, "text_file" if "text_file" in raw else "text", error.message)
        return
    if raw.get("sha256") != article.sha256 and "sha256" in raw:
        yield Problem(file, "sha256", "is not that of the text, which was changed since")
    for labelling in labellings(raw, file, article, schema):
        if problem := foreign(labelling):
            yield problem
            return
        yield from unsound(labelling)
        yield from misplaced(labelling)
        if not labelling.prefix:  # what an annotator wrote stays as it was written
            yield from loose(labelling)


def _same_ids(read: dict[Path, GoldDocument | None]) -> Iterator[Problem]:
    seen: dict[str, Path] = {}
    for file, document in read.items():
        if document is not None:
            first = seen.setdefault(document.id, file)
            if first != file:
                yield Problem(file, "id", f"{document.id!r} is that of {first} already")


def _manifest(
    file: Path, read: dict[Path, GoldDocument | None], schema: type[BaseModel]
) -> Iterator[Problem]:
    if not file.is_file():
        yield Problem(file, "", "is missing", strict_only=True)
        return
    manifest, problems = read_manifest(file)
    yield from problems
    if manifest is not None:
        yield from mismatches(file, manifest, read, schema)
