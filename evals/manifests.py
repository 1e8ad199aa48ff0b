"""The manifest of a suite, and how it goes with the documents that lie there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ValidationError

from summarizer.errors import InputError
from summarizer.evals.coverage import coverage, thin
from summarizer.evals.documents import (
    Annotation,
    GoldDocument,
    Manifest,
    ManifestEntry,
    SplitEntry,
)
from summarizer.evals.files import json_of, read_object
from summarizer.evals.problems import Problem, in_document
from summarizer.evals.texts import text_of, words_in


def entry_of(file: Path, suite: Path, document: GoldDocument) -> ManifestEntry:
    """The manifest's entry for a document. Raises `InputError` where its text can't be read."""
    text = text_of(document.model_dump(include={"text", "text_file"}), file)
    return ManifestEntry(
        id=document.id,
        split=document.split,
        path=file.relative_to(suite).as_posix(),
        sha256=sha256(file.read_bytes()).hexdigest(),
        language=document.language,
        words=words_in(text),
        tags=document.tags,
    )


def splits_of(entries: Iterable[ManifestEntry]) -> dict[str, SplitEntry]:
    """What each split holds, in order of their names; tags and languages, the commonest first."""
    by_split: dict[str, list[ManifestEntry]] = {}
    for entry in entries:
        by_split.setdefault(entry.split, []).append(entry)
    return {
        split: SplitEntry(
            documents=len(those),
            words=sum(entry.words for entry in those),
            languages=_counted(entry.language for entry in those),
            tags=_counted(tag for entry in those for tag in set(entry.tags)),
        )
        for split, those in sorted(by_split.items())
    }


def _counted(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items(), key=lambda pair: (-pair[1], pair[0])))


def digest_of(documents: Iterable[GoldDocument]) -> str:
    """SHA-256 of what the annotators of documents wrote, by which agreement is told to be of it.

    The order of documents and of annotations makes no difference.
    """
    written = sorted(
        (each.id, each.split, sorted(map(_canonical, each.annotations))) for each in documents
    )
    return sha256(json.dumps(written).encode()).hexdigest()


def _canonical(annotation: Annotation) -> str:
    return json.dumps(json_of(annotation), sort_keys=True)


def read_manifest(file: Path) -> tuple[Manifest | None, list[Problem]]:
    """A manifest, or None and why there is none."""
    try:
        return Manifest.model_validate(read_object(file)), []
    except ValidationError as error:
        return None, in_document(file, error)
    except InputError as error:
        return None, [Problem(file, "", error.message)]


def mismatches(
    file: Path,
    manifest: Manifest,
    documents: Mapping[Path, GoldDocument | None],
    schema: type[BaseModel],
) -> Iterator[Problem]:
    """Where the manifest in `file` is not that of the documents of its suite; None stands for one
    that can't be read."""
    suite = file.parent
    if manifest.record != schema.__name__:
        yield Problem(file, "record", f"is {manifest.record}, and not {schema.__name__}")
    listed: dict[Path, int] = {}
    for i, entry in enumerate(manifest.documents):
        place = f"documents[{i}]"
        path = suite / PurePosixPath(entry.path)
        if listed.setdefault(path, i) != i:
            yield Problem(file, place, f"{entry.path} is listed in documents[{listed[path]}] too")
        elif path not in documents:
            yield Problem(file, place, f"there is no document {entry.path}")
        else:
            yield from _differences(file, place, entry, path, documents[path])
    for path in documents.keys() - listed.keys():
        yield Problem(path, "", "is not in the manifest")
    if manifest.splits != splits_of(manifest.documents):
        why = "is not what the documents come to: `summarizer eval seal` makes it anew"
        yield Problem(file, "splits", why)
    yield from _agreement(file, manifest, documents)
    covered = coverage(filter(None, documents.values()), schema)
    for field, why in thin(covered, manifest.covers):
        yield Problem(file, f"covers.{field}", why, strict_only=True)


def _agreement(
    file: Path, manifest: Manifest, documents: Mapping[Path, GoldDocument | None]
) -> Iterator[Problem]:
    readable = [document for document in documents.values() if document is not None]
    if manifest.agreement is None or len(readable) < len(documents):
        return
    if manifest.agreement.get("annotations") != digest_of(readable):
        why = "is not of these annotations: `summarizer eval agree --write` makes it anew"
        yield Problem(file, "agreement", why)


def _differences(
    file: Path, place: str, entry: ManifestEntry, path: Path, document: GoldDocument | None
) -> Iterator[Problem]:
    if sha256(path.read_bytes()).hexdigest() != entry.sha256:
        yield Problem(file, f"{place}.sha256", f"is not that of {entry.path}, which was changed")
    if document is None:
        return
    try:
        found = entry_of(path, file.parent, document)
    except InputError:
        return  # told of with the document
    for name in ("id", "split", "language", "words", "tags"):
        if getattr(entry, name) != getattr(found, name):
            why = f"is {getattr(entry, name)!r}, and {getattr(found, name)!r} in {entry.path}"
            yield Problem(file, f"{place}.{name}", why)
