"""The suite `situations`: as large, as varied and as well covered as it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from summarizer.evals.folders import GOLD, suite_folder
from summarizer.evals.lint import lint
from summarizer.evals.suites import Document, load_suite
from summarizer.schemas import DatePhrase, SituationSummary
from summarizer.schemas.claims import Claim
from summarizer.schemas.vocabularies import ClaimStatus, DateBasis, MeetingStatus, Realis

SUITE = load_suite(suite_folder("situations"), SituationSummary)
DOCUMENTS = {document.gold.id: document for document in SUITE.documents}
Doc = Document[SituationSummary]

GENRES = {
    "wire",
    "rewrite",
    "press_release",
    "readout",
    "briefing",
    "think_tank",
    "strike_list",
    "digest",
    "live_blog",
    "op_ed",
    "analysis",
    "press_review",
}
TOPICS = {"sport", "business", "science", "cyber_crime", "domestic_politics", "culture"}
"""Of the negatives."""
ADVERSARIAL = {"instructions", "markup", "contradictory_sources", "retraction"}
OF_THE_TEXT = {"residue", "correction", "background", "threat_not_carried_out", "adversarial"}
"""What no label tells."""


def claims(record: SituationSummary) -> Iterator[Claim]:
    for items in (
        record.military_activities,
        record.diplomatic_meetings,
        record.expert_assessments,
        record.claimed_motives,
    ):
        for item in items:
            yield from item.claims


def dates(record: SituationSummary) -> Iterator[DatePhrase]:
    yield from (item.date for item in record.military_activities if item.date)
    yield from (item.date for item in record.diplomatic_meetings if item.date)


def met(status: MeetingStatus) -> Callable[[Doc], bool]:
    return lambda doc: any(m.status is status for m in doc.labels.record.diplomatic_meetings)


def rival_counts(doc: Doc) -> bool:
    for activity in doc.labels.record.military_activities:
        counters: dict[str, set[str | None]] = {}
        for quantity in activity.quantities:
            counters.setdefault(quantity.measure, set()).add(quantity.counted_by)
        if any(len(names) > 1 for names in counters.values()):
            return True
    return False


def rival_motives(doc: Doc) -> bool:
    ascribers: dict[str | None, set[str | None]] = {}
    for motive in doc.labels.record.claimed_motives:
        ascribers.setdefault(motive.activity, set()).add(motive.attributed_by)
    return any(len(names) > 1 for act, names in ascribers.items() if act is not None)


def is_negative(doc: Doc) -> bool:
    record = doc.labels.record
    optional = {each.at for each in doc.labels.tolerances if each.optional}
    sections = ("military_activities", "diplomatic_meetings", "expert_assessments")
    return all(
        f"/{section}/{i}" in optional
        for section in (*sections, "claimed_motives")
        for i in range(len(getattr(record, section)))
    )


TAGS: dict[str, Callable[[Doc], bool]] = {
    "negative": is_negative,
    "non_english": lambda doc: doc.gold.language != "en",
    "no_publication_date": lambda doc: doc.gold.published is None,
    "denial": lambda doc: any(c.status is ClaimStatus.DENIED for c in claims(doc.labels.record)),
    "chain_of_sources": lambda doc: any(len(c.attribution) > 1 for c in claims(doc.labels.record)),
    "motive": lambda doc: bool(doc.labels.record.claimed_motives),
    "rival_motives": rival_motives,
    "assessment": lambda doc: bool(doc.labels.record.expert_assessments),
    "likelihood_words": lambda doc: any(
        x.likelihood_text for x in doc.labels.record.expert_assessments
    ),
    "confidence": lambda doc: any(x.confidence for x in doc.labels.record.expert_assessments),
    "numbers": lambda doc: (
        sum(len(a.quantities) for a in doc.labels.record.military_activities) >= 5
    ),
    "rival_counts": rival_counts,
    "roll_up": lambda doc: any(
        q.cumulative for a in doc.labels.record.military_activities for q in a.quantities
    ),
    "threat": lambda doc: any(
        a.realis is Realis.THREATENED for a in doc.labels.record.military_activities
    ),
    "planned_meeting": met(MeetingStatus.PLANNED),
    "proposed_meeting": met(MeetingStatus.PROPOSED),
    "cancelled_meeting": met(MeetingStatus.CANCELLED),
    "refused_meeting": met(MeetingStatus.REFUSED),
    "relative_dates": lambda doc: any(
        date.resolved(doc.gold.published).basis is DateBasis.RELATIVE_TO_PUBLICATION
        for date in dates(doc.labels.record)
    ),
}
"""What a tag says of the labels."""


@pytest.mark.parametrize("name", DOCUMENTS)
def test_tags_say_what_the_labels_hold(name: str) -> None:
    document = DOCUMENTS[name]
    tags = set(document.gold.tags)
    assert len(tags) == len(document.gold.tags)
    assert tags <= {*TAGS, *GENRES, *TOPICS, *ADVERSARIAL, *OF_THE_TEXT}
    assert {tag for tag, holds in TAGS.items() if holds(document)} == tags & TAGS.keys()
    assert len(tags & (TOPICS if "negative" in tags else GENRES)) == 1
    assert len(tags & ADVERSARIAL) == ("adversarial" in tags)


def test_nothing_is_wrong_with_it_by_the_strict_rules() -> None:
    # Coverage is among them: the manifest asks for each value three times.
    assert lint(GOLD, strict=True).problems == ()


def test_it_asks_for_every_vocabulary_that_decides_what_an_item_is() -> None:
    assert SUITE.manifest is not None
    asked = SUITE.manifest.covers
    assert set(asked.values()) == {3}
    assert asked.keys() >= {
        "parties.kind",
        "military_activities.type",
        "military_activities.realis",
        "military_activities.claims.status",
        "diplomatic_meetings.format",
        "diplomatic_meetings.status",
        "diplomatic_meetings.level",
        "expert_assessments.type",
        "expert_assessments.likelihood",
        "expert_assessments.confidence",
        "claimed_motives.category",
        "claimed_motives.stance",
    }


def test_it_is_of_51_articles_of_150_to_2500_words() -> None:
    assert SUITE.manifest is not None
    splits = SUITE.manifest.splits
    assert {name: split.documents for name, split in splits.items()} == {"dev": 22, "test": 29}
    assert all(150 <= entry.words <= 2500 for entry in SUITE.manifest.documents)
    languages = Counter(document.gold.language for document in SUITE.documents)
    assert languages.pop("en") == 43
    assert languages == dict.fromkeys(("ru", "ar", "fa", "zh", "es", "fr", "uk", "tr"), 1)
    tags = Counter(tag for document in SUITE.documents for tag in document.gold.tags)
    assert (tags["negative"], tags["adversarial"]) == (8, 4)
    assert all(tags[kind] == 1 for kind in ADVERSARIAL)
    assert all(tags[genre] for genre in GENRES)
    assert all(tags[topic] for topic in TOPICS)


def test_the_splits_are_balanced_over_tags() -> None:
    assert SUITE.manifest is not None
    dev, test = SUITE.manifest.splits["dev"], SUITE.manifest.splits["test"]
    for tag in {*dev.tags, *test.tags}:
        # As many of a tag's documents in dev as its 22 of 51 would have it, or three more or less.
        both = dev.tags.get(tag, 0) + test.tags.get(tag, 0)
        assert abs(dev.tags.get(tag, 0) - both * 22 / 51) <= 3, tag


def test_every_document_was_read_twice_by_readers_that_say_what_they_are() -> None:
    for document in SUITE.documents:
        kinds = {annotation.annotator.kind for annotation in document.gold.annotations}
        assert kinds <= {"person", "language_model"}
        assert len({annotation.annotator.id for annotation in document.gold.annotations}) == 2
        provenance = document.gold.provenance
        assert provenance is not None
        readers = {annotation.annotator.id for annotation in document.gold.annotations}
        assert provenance.written_by.id not in readers
