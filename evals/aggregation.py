"""From counts per document to scores: of all sections together, of each section, of each field.

All but the means are micro: sums over documents, then one ratio. Every score has its interval and
the number of documents that it is of (`estimates`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from pydantic import Field

from summarizer.evals.counts import DocumentScore, FieldCounts, Mass, Nulls, SectionCounts
from summarizer.evals.estimates import (
    Estimate,
    Figure,
    Rates,
    Share,
    estimate,
    mean_of_documents,
    mean_of_fields,
    rates,
    share,
)
from summarizer.evals.statistics import Counts
from summarizer.evals.tally import Tally
from summarizer.schemas.evidence import Record

Count = tuple[float, float, float]
"""What is right, what the gold has, what was predicted."""


class Muc(Record):
    """MUC-4's counts of fillers, and its figures; None where there is nothing to divide by."""

    correct: int
    partial: int
    incorrect: int
    spurious: int
    missing: int
    possible: int
    actual: int
    recall: Figure | None
    precision: Figure | None
    overgeneration: Figure | None


class FieldScores(Record):
    """One field of a section, such as `military_activities.actors`."""

    value: Rates = Field(description="Slot F: values, wherever their receipts point.")
    located: Rates = Field(description="Right only where the quotes stand in the article.")
    grounded: Rates = Field(
        description="Grounded F: right only where a receipt is of a gold sentence, too."
    )
    nulls: Rates = Field(description="Null as the predicted answer, in aligned items.")
    muc: Muc


class GroupScores(FieldScores):
    """One section, or all of them together."""

    items: Rates = Field(description="Items F: whole items, right if aligned.")
    strict: Rates = Field(description="Whole items: right if equal in every field.")
    receipts: Rates = Field(description="Evidence F: the sentences that items cite.")
    verbatim: Estimate = Field(
        description="Share of the predicted receipts whose quotes stand where they say."
    )
    by_document: Estimate = Field(description="Mean F of documents that aren't empty.")
    by_field: Estimate = Field(description="Mean F of the fields.")
    negatives: Share = Field(
        description="Documents without anything in the gold of which nothing was predicted, by a "
        "run that didn't fail."
    )
    excused: int = Field(
        description="Items of either side that count neither way, as a reader doesn't care about "
        "what they are of."
    )


class Scores(Record):
    """What many documents come to."""

    documents: int
    clusters: int = Field(description="Documents, where those that belong together are one.")
    failed: int = Field(description="Documents on which the run failed: empty predictions.")
    overall: GroupScores
    sections: dict[str, GroupScores]
    fields: dict[str, FieldScores]


def aggregate(documents: Sequence[DocumentScore]) -> Scores:
    """The scores of documents that one `Scorer` has scored, repeats in their document's cluster."""
    sections = list(dict.fromkeys(name for each in documents for name in each.sections))
    fields = sorted(
        {name for each in documents for name in each.fields},
        key=lambda name: (sections.index(name.partition(".")[0]), name),
    )
    return Scores(
        documents=len(documents),
        clusters=len({each.cluster for each in documents}),
        failed=sum(each.failed for each in documents),
        overall=_group(documents, sections, fields),
        sections={
            name: _group(documents, [name], [f for f in fields if f.startswith(f"{name}.")])
            for name in sections
        },
        fields={name: _field(documents, [name]) for name in fields},
    )


def _group(
    documents: Sequence[DocumentScore], sections: Sequence[str], fields: Sequence[str]
) -> GroupScores:
    def of(count: Callable[[SectionCounts], Count]) -> Counts:
        return counts_of(
            documents, lambda each: _sum(count(each.sections[name]) for name in sections)
        )

    value, items = of(lambda section: _value(section.mass)), of(_items)
    # By items, and not by what they weigh: one that fills nothing is there all the same.
    empty = items.gold == 0
    clean = empty & (items.predicted == 0) & ~np.array([each.failed for each in documents], bool)
    return GroupScores(
        value=rates(value),
        located=rates(of(lambda section: _located(section.mass))),
        grounded=rates(of(lambda section: _grounded(section.mass))),
        nulls=_nulls(documents, fields),
        muc=_muc(documents, fields),
        items=rates(items),
        strict=rates(of(_strict)),
        receipts=rates(of(_receipts)),
        verbatim=estimate(of(_verbatim), "precision"),
        by_document=mean_of_documents(value),
        by_field=mean_of_fields(
            [_of_fields(documents, [name], lambda field: _value(field.mass)) for name in fields]
        ),
        negatives=share(int(clean.sum()), int(empty.sum())),
        excused=sum(each.sections[name].excused.items for each in documents for name in sections),
    )


def _field(documents: Sequence[DocumentScore], fields: Sequence[str]) -> FieldScores:
    return FieldScores(
        value=rates(_of_fields(documents, fields, lambda field: _value(field.mass))),
        located=rates(_of_fields(documents, fields, lambda field: _located(field.mass))),
        grounded=rates(_of_fields(documents, fields, lambda field: _grounded(field.mass))),
        nulls=_nulls(documents, fields),
        muc=_muc(documents, fields),
    )


def counts_of(
    documents: Sequence[DocumentScore], count: Callable[[DocumentScore], Count]
) -> Counts:
    """Some count of each document, in the form that intervals and tests are made from."""
    each = np.array([count(document) for document in documents], dtype=np.float64).reshape(-1, 3)
    return Counts(
        tp=each[:, 0],
        gold=each[:, 1],
        predicted=each[:, 2],
        clusters=[document.cluster for document in documents],
    )


def _of_fields(
    documents: Sequence[DocumentScore],
    fields: Sequence[str],
    count: Callable[[FieldCounts], Count],
) -> Counts:
    nothing = FieldCounts()
    return counts_of(
        documents, lambda each: _sum(count(each.fields.get(name, nothing)) for name in fields)
    )


def _nulls(documents: Sequence[DocumentScore], fields: Sequence[str]) -> Rates:
    return rates(_of_fields(documents, fields, lambda field: _null(field.nulls)))


def _muc(documents: Sequence[DocumentScore], fields: Sequence[str]) -> Muc:
    tally = Tally()
    for document in documents:
        for name in fields:
            if name in document.fields:
                tally += document.fields[name].tally
    return Muc(
        correct=tally.correct,
        partial=tally.partial,
        incorrect=tally.incorrect,
        spurious=tally.spurious,
        missing=tally.missing,
        possible=tally.possible,
        actual=tally.actual,
        recall=tally.recall,
        precision=tally.precision,
        overgeneration=tally.overgeneration,
    )


def _sum(counts: Iterable[Count]) -> Count:
    right = gold = predicted = 0.0
    for one, two, three in counts:
        right, gold, predicted = right + one, gold + two, predicted + three
    return right, gold, predicted


def _value(mass: Mass) -> Count:
    return mass.value, mass.gold, mass.predicted


def _located(mass: Mass) -> Count:
    return mass.located, mass.gold, mass.predicted


def _grounded(mass: Mass) -> Count:
    return mass.grounded, mass.gold, mass.predicted


def _items(section: SectionCounts) -> Count:
    return section.items.aligned, section.items.gold, section.items.predicted


def _strict(section: SectionCounts) -> Count:
    return section.items.strict, section.items.gold, section.items.predicted


def _receipts(section: SectionCounts) -> Count:
    receipts = section.receipts
    # A sentence that the other side cites in two pieces is one sentence.
    return min(receipts.right, receipts.found), receipts.gold, receipts.predicted


def _verbatim(section: SectionCounts) -> Count:
    receipts = section.receipts
    return receipts.verbatim, receipts.predicted, receipts.predicted


def _null(nulls: Nulls) -> Count:
    return nulls.both, nulls.both + nulls.gold_only, nulls.both + nulls.predicted_only
