"""How far two readers of an article agree: the scorer, run on one's labels against the other's.

Both sides keep what their reader left open, and a second figure says how far they agree if optional
labels count as required and alternatives don't count: readers who mark whatever they doubt agree on
the rest. F is the same whichever side is called the gold, and
precision and recall, which are not, aren't reported. Of three annotators or more all pairs are
scored, each document's in one cluster. Every number is of one combination of kinds of annotators
and of one edition of the guidelines, and names them: that language models agree with each other
isn't that people would.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import Field

from summarizer.errors import ConfigurationError
from summarizer.evals.aggregation import FieldScores, GroupScores, aggregate
from summarizer.evals.counts import DocumentScore
from summarizer.evals.documents import Annotator, Sha256
from summarizer.evals.estimates import Estimate
from summarizer.evals.files import json_of, read_object, write, written
from summarizer.evals.folders import MANIFEST
from summarizer.evals.manifests import digest_of
from summarizer.evals.scoring import Scorer
from summarizer.evals.suites import Document, Labels
from summarizer.schemas.evidence import Record

_Reading = tuple[Annotator, Labels[Any]]


class GroupAgreement(Record):
    """F in one section, or in all of them together."""

    value: Estimate = Field(description="Slot F, as systems are scored.")
    items: Estimate = Field(description="Items F: the same if they are aligned.")
    receipts: Estimate = Field(description="Evidence F: the sentences cited.")
    closed: Estimate = Field(
        description="Slot F, where what is optional counts and alternatives don't."
    )


class AgreementTable(Record):
    """How far annotators of certain kinds agree, in one split or in all."""

    kinds: str = Field(description="Such as “person × language_model”.")
    guidelines: str | None = Field(
        default=None, description="Edition of the guidelines that they were given, if told."
    )
    split: str | None = Field(default=None, description="None for all splits together.")
    documents: int
    pairs: int = Field(description="Pairs of annotators, over all documents.")
    annotators: list[str] = Field(description="Their ids.")
    overall: GroupAgreement
    sections: dict[str, GroupAgreement]
    fields: dict[str, Estimate] = Field(description="Slot F of each field.")


class LeftOut(Record):
    """A document without two annotators."""

    id: str
    split: str
    annotations: int


class Agreement(Record):
    """How far annotators agree, as it is kept in a suite's manifest."""

    round: Literal["first"] = Field(
        description="Before adjudication, and before anyone relabelled."
    )
    threshold: float = Field(description="τ of the alignment.")
    size: Literal["core", "full"] = Field(description="Which fields are compared.")
    annotations: Sha256 = Field(
        description="SHA-256 of the annotations that it is of (`manifests.digest_of`)."
    )
    tables: list[AgreementTable]
    left_out: list[LeftOut]


def agreement(documents: Sequence[Document[Any]], scorer: Scorer) -> Agreement:
    """How far the annotators of documents agree: all splits together, then each; per combination of
    kinds of annotators and edition of the guidelines. Documents without two annotators are named
    and left out."""
    scored = [found for document in documents for found in _scored(document, scorer)]
    groups = dict.fromkeys(each.group for each in scored)
    splits = dict.fromkeys(each.split for each in scored)
    tables = [_table(scored, group, split) for group in groups for split in (None, *splits)]
    return Agreement(
        round="first",
        threshold=scorer.threshold,
        size=scorer.size,
        annotations=digest_of(each.gold for each in documents),
        tables=[table for table in tables if table is not None],
        left_out=[
            LeftOut(id=each.gold.id, split=each.gold.split, annotations=len(each.annotations))
            for each in documents
            if next(_pairs(each), None) is None
        ],
    )


def manifest_of(path: Path) -> Path:
    """The manifest that the agreement in the suite at `path` is kept in.

    Raises `ConfigurationError` unless `path` is a whole suite with a manifest.
    """
    manifest = path / MANIFEST
    if not manifest.is_file():
        raise ConfigurationError(
            f"{path} is no whole suite with a manifest, in which agreement is kept.",
            hint=f"Name a folder that holds {MANIFEST}, or leave out --write.",
        )
    return manifest


def store(found: Agreement, manifest: Path) -> None:
    """Put an agreement into a manifest, and leave the rest of it as it is.

    Raises `InputError` where it can't be read, and `SummarizerError` where it can't be written.
    """
    write(manifest, written({**read_object(manifest), "agreement": json_of(found)}))


class _Group(NamedTuple):
    """Whose figures are of one kind."""

    kinds: str
    guidelines: str | None


@dataclass(frozen=True)
class _Scored:
    """One pair of annotators of one document."""

    group: _Group
    split: str
    annotators: tuple[str, str]
    score: DocumentScore
    closed: DocumentScore


def _scored(document: Document[Any], scorer: Scorer) -> Iterator[_Scored]:
    for (one, first), (other, second) in _pairs(document):
        # People are named first.
        kinds = " × ".join(sorted((one.kind, other.kind), reverse=True))
        score, closed = (
            scorer.score(
                document.labelled(ours),
                document.labelled(theirs),
                id=f"{document.gold.id}: {one.id} × {other.id}",
                cluster=document.gold.id,
            )
            for ours, theirs in ((first, second), (_closed(first), _closed(second)))
        )
        group = _Group(kinds, _edition(first, second))
        yield _Scored(group, document.gold.split, (one.id, other.id), score, closed)


def _edition(first: Labels[Any], second: Labels[Any]) -> str | None:
    told = dict.fromkeys(each.guidelines for each in (first, second) if each.guidelines)
    return " and ".join(told) or None


def _pairs(document: Document[Any]) -> Iterator[tuple[_Reading, _Reading]]:
    """The labels of each two annotators who aren't the same."""
    by = [(each.annotator, each) for each in document.annotations if each.annotator is not None]
    for first, second in combinations(by, 2):
        if first[0].id != second[0].id:
            yield first, second


def _closed(labels: Labels[Any]) -> Labels[Any]:
    """As if their reader had left nothing open."""
    nothing: dict[str, Any] = {"optional": False, "alternatives": []}
    return replace(
        labels, tolerances=tuple(each.model_copy(update=nothing) for each in labels.tolerances)
    )


def _table(scored: Sequence[_Scored], group: _Group, split: str | None) -> AgreementTable | None:
    those = [each for each in scored if each.group == group and split in (None, each.split)]
    if not those:
        return None
    scores = aggregate([each.score for each in those])
    closed = aggregate([each.closed for each in those])
    return AgreementTable(
        kinds=group.kinds,
        guidelines=group.guidelines,
        split=split,
        documents=scores.clusters,
        pairs=scores.documents,
        annotators=sorted({name for each in those for name in each.annotators}),
        overall=_group(scores.overall, closed.overall),
        sections={
            name: _group(group, closed.sections[name]) for name, group in scores.sections.items()
        },
        fields={name: field.value.f for name, field in scores.fields.items() if _has_mass(field)},
    )


def _group(scores: GroupScores, closed: GroupScores) -> GroupAgreement:
    return GroupAgreement(
        value=scores.value.f,
        items=scores.items.f,
        receipts=scores.receipts.f,
        closed=closed.value.f,
    )


def _has_mass(field: FieldScores) -> bool:
    return field.value.f.score is not None
