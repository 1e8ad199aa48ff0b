"""Suites of gold, read for scoring: every text there, every label a record of its schema."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from summarizer import Article
from summarizer.errors import ConfigurationError, InputError
from summarizer.evals.documents import Annotator, GoldDocument, Manifest, Region, Tolerance
from summarizer.evals.files import read_object
from summarizer.evals.folders import MANIFEST, find
from summarizer.evals.labelled import Labelled
from summarizer.evals.problems import in_document, in_labels
from summarizer.evals.texts import article_of

S = TypeVar("S", bound=BaseModel)


@dataclass(frozen=True)
class Labels(Generic[S]):
    """One reader's labels: the record, and what that reader left open."""

    record: S
    tolerances: tuple[Tolerance, ...]
    regions: tuple[Region, ...]
    annotator: Annotator | None = None
    """Whose they are; None for the adjudicated ones."""
    guidelines: str | None = None
    """Edition of the guidelines that the annotator was given, if it is told."""


@dataclass(frozen=True)
class Document(Generic[S]):
    """An article with its labels."""

    path: Path
    gold: GoldDocument
    article: Article
    labels: Labels[S]
    """The adjudicated ones."""
    annotations: tuple[Labels[S], ...]
    """Each annotator's own."""

    def labelled(self, labels: Labels[S] | None = None) -> Labelled:
        """Labels of this document as they are scored, with its article: the adjudicated ones, or
        those given."""
        own = labels or self.labels
        return Labelled(own.record, self.article.text, own.tolerances, own.regions)


@dataclass(frozen=True)
class Suite(Generic[S]):
    """Documents that are scored together, by split and path."""

    name: str
    manifest: Manifest | None
    documents: tuple[Document[S], ...]

    @property
    def splits(self) -> tuple[str, ...]:
        """The names of the splits, in order."""
        return tuple(dict.fromkeys(document.gold.split for document in self.documents))

    def split(self, name: str) -> tuple[Document[S], ...]:
        """The documents of one split; none where there is no such split."""
        return tuple(document for document in self.documents if document.gold.split == name)


def load_suite(path: Path, schema: type[S]) -> Suite[S]:
    """The suite in a folder, or so much of it as `path` stands for: a split, or one document.

    The whole suite's manifest is read, if there is one. Raises `ConfigurationError` where there is
    no gold or more than one suite, and `InputError` for the first file that can't be scored
    against; what can be read is not checked further, which `lint.lint` does.
    """
    found = find(path)
    if len(found) > 1:
        names = ", ".join(each.suite.name for each in found if each.suite)
        raise ConfigurationError(
            f"{path} holds more than one suite.", hint=f"Name one of: {names}."
        )
    suite, files = found[0].suite, found[0].documents
    manifest = None
    if suite is not None and (suite / MANIFEST).is_file():
        with _explained(suite / MANIFEST):
            manifest = Manifest.model_validate(read_object(suite / MANIFEST))
    documents = tuple(_document(file, schema) for file in files)
    name = manifest.name if manifest else (suite or path).name
    return Suite(name, manifest, documents)


def _document(file: Path, schema: type[S]) -> Document[S]:
    with _explained(file):
        raw = read_object(file)
        gold = GoldDocument.model_validate(raw)
        article = article_of(raw, file)
    if article.sha256 != gold.sha256:
        raise _unfit(f"{file}: sha256: is not that of the text, which was changed since")
    own = Labels(
        _record(file, "labels", gold.labels, schema), tuple(gold.tolerances), tuple(gold.regions)
    )
    annotations = tuple(
        Labels(
            _record(file, f"annotations[{i}].labels", each.labels, schema),
            tuple(each.tolerances),
            tuple(each.regions),
            each.annotator,
            each.guidelines,
        )
        for i, each in enumerate(gold.annotations)
    )
    return Document(file, gold, article, own, annotations)


def _record(file: Path, place: str, labels: object, schema: type[S]) -> S:
    try:
        return schema.model_validate(labels)
    except ValidationError as error:
        raise _unfit(str(in_labels(file, place, error)[0])) from error


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        raise _unfit(str(in_document(file, error)[0])) from error
    except InputError as error:
        raise _unfit(f"{file}: {error.message}") from error


def _unfit(message: str) -> InputError:
    return InputError(message, hint="`summarizer eval lint` lists all that is wrong.")
