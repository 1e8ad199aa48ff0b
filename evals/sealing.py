"""From what a person types to a complete gold file.

In a draft, evidence may be the numbers of sentences (`"evidence": [3, 4]`), and a region may be
too (`{"sentences": [12, 13]}`, from the first to the last); evidence that code finds (a party's
first mention) may be left out, and so may `schema_version`, `id` (the file's name), `split` (the
folder's), `sha256` and `language` (a guess). What is there already is kept.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from summarizer import Article
from summarizer.errors import InputError
from summarizer.evals.documents import SCHEMA_VERSION, GoldDocument
from summarizer.evals.files import json_of, read_object, write, written
from summarizer.evals.folders import MANIFEST, documents_of, find
from summarizer.evals.labelling import holders
from summarizer.evals.lint import wrong
from summarizer.evals.manifests import entry_of, read_manifest, splits_of
from summarizer.evals.places import Place, is_text, root
from summarizer.evals.problems import Problem, in_document
from summarizer.evals.soundness import unknown
from summarizer.evals.texts import article_of
from summarizer.schemas import Evidence, SituationSummary
from summarizer.schemas.markers import FirstMentions, Verbatim


@dataclass(frozen=True)
class Sealing:
    """What came of it."""

    documents: tuple[Path, ...]
    """The documents that were looked at."""
    changed: tuple[Path, ...]
    """The files that were written, manifests among them."""
    problems: tuple[Problem, ...]
    """Why some were not. A manifest is written only if nothing is wrong in its suite."""


def seal(path: Path, schema: type[BaseModel] = SituationSummary) -> Sealing:
    """Complete the drafts that `path` stands for (see `folders.find`), and write them.

    `schema` is what their labels are records of. A document is written whole or not at all, and
    only if it changes; then the entries of its suite's manifest are made anew. Raises
    `ConfigurationError` where there is nothing to seal, and `SummarizerError` where a file can't
    be written.
    """
    documents: list[Path] = []
    changed: list[Path] = []
    problems: list[Problem] = []
    for found in find(path):
        documents += found.documents
        wrong: list[Problem] = []
        for file in found.documents:
            sealed, why = _sealed(file, schema)
            wrong += why
            if sealed is not None and write(file, sealed):
                changed.append(file)
        manifest = found.suite / MANIFEST if found.suite else None
        if manifest is not None and manifest.is_file() and not wrong:
            sealed, wrong = _sealed_manifest(manifest)
            if sealed is not None and write(manifest, sealed):
                changed.append(manifest)
        problems += wrong
    return Sealing(tuple(documents), tuple(changed), tuple(problems))


def _sealed(file: Path, schema: type[BaseModel]) -> tuple[str | None, list[Problem]]:
    """The complete file, or None and why there is none."""
    try:
        raw = read_object(file)
    except InputError as error:
        return None, [Problem(file, "", error.message)]
    try:
        article = article_of(raw, file)
    except InputError as error:
        return None, [Problem(file, "text_file" if "text_file" in raw else "text", error.message)]
    raw = {
        "schema_version": SCHEMA_VERSION,
        "id": file.stem,
        "split": file.absolute().parent.name,
        **({"language": article.language} if article.language else {}),
        "sha256": article.sha256,
        **raw,
    }
    problems: list[Problem] = []
    for place, holder in holders(raw):
        problems += _complete(file, place, holder, article, schema)
    found = [problem for problem in wrong(raw, file, schema) if not problem.strict_only]
    document = None
    try:
        document = GoldDocument.model_validate(raw)
    except ValidationError as error:
        found += in_document(file, error)
    # What could not be completed is told already, and better.
    known = [problem.place for problem in problems]
    problems += [problem for problem in found if not any(map(problem.is_within, known))]
    if document is None or problems:
        return None, problems
    return written(json_of(document)), []


def _complete(
    file: Path, place: str, holder: dict[str, Any], article: Article, schema: type[BaseModel]
) -> list[Problem]:
    """Complete labels and regions, in place."""
    problems: list[Problem] = []
    labels = holder.get("labels")
    if isinstance(labels, dict):
        drafted = _Draft(article)
        drafted.complete(root(schema, labels))
        problems += [Problem(file, f"{place}labels{at}", why) for at, why in drafted.wrong]
        # What the schema refuses, or would pass over, is told with all else that is wrong.
        if not any(map(unknown, root(schema, labels).walk())):
            with suppress(ValidationError):
                holder["labels"] = json_of(schema.model_validate(labels))
    regions: Any = holder.get("regions")
    for i, region in enumerate(regions if isinstance(regions, list) else []):
        if isinstance(region, dict) and "sentences" in region:
            try:
                regions[i] = _region(region, article)
            except (ValueError, IndexError) as error:
                problems.append(Problem(file, f"{place}regions[{i}]", str(error)))
    return problems


def _region(region: dict[str, Any], article: Article) -> dict[str, Any]:
    numbers = region["sentences"]
    if not isinstance(numbers, list) or not numbers or not all(type(n) is int for n in numbers):
        raise ValueError("sentences is a list of sentence numbers")
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        raise ValueError("a region is of sentences in a row; make one region for each row")
    rest = {key: value for key, value in region.items() if key != "sentences"}
    return {"start": article.span(numbers[0])[0], "end": article.span(numbers[-1])[1], **rest}


class _Draft:
    """Labels that are being completed."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self.wrong: list[tuple[str, str]] = []

    def complete(self, record: Place) -> None:
        for place in record.walk():
            if isinstance(place.value, dict):
                self._add_mentions(place)
            if place.element is not None and isinstance(place.value, list):
                self._cite(place)

    def _add_mentions(self, place: Place) -> None:
        fields = list(place.children())
        for field in fields:
            if field.marked(FirstMentions) is None or field.value:
                continue
            names = [name for other in fields for name in _names(other)]
            number = self._first_mention(names)
            if number is not None:
                place.value[field.name] = [number]
            elif names:
                told = ", ".join(repr(name) for name in names)
                why = f"is missing, and no sentence holds {told}: give the number of one"
                self.wrong.append((field.pointer, why))

    def _first_mention(self, names: list[str]) -> int | None:
        found = {n for name in names for n in self._article.sentences_holding(name)}
        # As written first: "US" is found in "us", and is not meant.
        exact = {n for n in found if any(name in self._article.quote(n) for name in names)}
        return min(exact or found, default=None)

    def _cite(self, place: Place) -> None:
        for entry in place.children():
            if entry.kind is not Evidence or type(entry.value) is not int:
                continue
            try:
                start, end = self._article.span(entry.value)
            except IndexError as error:
                self.wrong.append((entry.pointer, str(error)))
                continue
            quote = self._article.text[start:end]
            index = int(entry.pointer.rpartition("/")[2])
            place.value[index] = {
                "sentence": entry.value,
                "start": start,
                "end": end,
                "quote": quote,
            }


def _names(field: Place) -> list[str]:
    if field.marked(Verbatim) is not None and is_text(field) and field.value:
        return [str(field.value)]
    return [name for element in field.children() for name in _names(element)]


def _sealed_manifest(file: Path) -> tuple[str | None, list[Problem]]:
    manifest, problems = read_manifest(file)
    entries = []
    for path in documents_of(file.parent):
        try:
            document = GoldDocument.model_validate(read_object(path))
            entries.append(entry_of(path, file.parent, document))
        except ValidationError as error:
            problems += in_document(path, error)
        except InputError as error:
            problems.append(Problem(path, "", error.message))
    if manifest is None or problems:
        return None, problems
    fresh = {"documents": entries, "splits": splits_of(entries)}
    return written(json_of(manifest.model_copy(update=fresh))), []
