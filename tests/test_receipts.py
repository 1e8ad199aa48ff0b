"""Whoever an item names stands in what it cites, or brings the sentence that holds the name."""

from __future__ import annotations

from itertools import combinations
from typing import Annotated, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, create_model

from summarizer import Article, Evidence, FirstMentions, Grounded, IssueKind, Ref, Verbatim
from summarizer.checks import Reading
from summarizer.checks.naming import known_in
from summarizer.grounding import Source
from summarizer.receipts import names_nobody_else, supported
from summarizer.wire import Profile, Size, plan

ARTICLE = Article.from_text(
    "The navy of Norland opened a drill. Its ships will stay for a week. "
    "General Ana Ruiz gave no reason. In the east, Sarvia protested. Talks are planned.",
    title="Drill in the Kestrian Sea",
)


class Side(BaseModel):
    name: Annotated[str, Verbatim()]
    evidence: Annotated[list[Evidence], FirstMentions()] = Field(min_length=1)


class Act(Grounded):
    what: str
    by: list[Annotated[str, Ref("sides")]] = Field(default=[])


class Deed(Grounded):
    id: str | None = None
    what: str


class Terse(BaseModel):
    what: str
    evidence: list[Evidence] = Field(max_length=1)


class Report(BaseModel):
    headline: str | None = None
    sides: list[Side] = Field(default=[])
    acts: list[Act] = Field(default=[])
    terse: list[Terse] = Field(default=[])


class Titled(BaseModel):
    title: str
    terse: list[Terse] = Field(default=[])


def receipts(*numbers: int) -> list[Evidence]:
    source = Source(ARTICLE)
    return [Evidence.model_validate(source.evidence(number)) for number in numbers]


def checked(schema: type[BaseModel], **fields: Any) -> tuple[Any, list[tuple[IssueKind, str]]]:
    planned = plan(schema, Profile.STRICT, Size.FULL)
    record, issues = supported(Reading(schema(**fields), planned, Source(ARTICLE)))
    assert type(record) is schema
    return record, [(issue.kind, issue.path or "") for issue in issues]


def cited(item: Any) -> list[int]:
    return [receipt.sentence for receipt in item.evidence]


NORLAND = Side(name="Norland", evidence=receipts(1))


@pytest.mark.parametrize(
    ("what", "numbers", "expected"),
    [
        ("Norland opened a drill", [1], [1]),
        ("a drill of Norland's", [2], [1, 2]),
        ("Ruiz gave no reason", [3], [3]),
        ("Ana Ruiz keeps silent about Norland and Sarvia", [2], [1, 2, 3, 4]),
        ("a Norlandic drill", [1], [1]),
        ("Its ships stay", [1], [1]),
        ("a visit of Corvania", [1], [1]),
    ],
)
def test_a_name_brings_the_sentence_that_holds_it(
    what: str, numbers: list[int], expected: list[int]
) -> None:
    record, issues = checked(Report, acts=[Act(what=what, evidence=receipts(*numbers))])
    assert cited(record.acts[0]) == expected
    assert issues == [(IssueKind.EVIDENCE_MOVED, "/acts/0")] * (len(expected) - len(numbers))


WORDS = st.sampled_from(["Norland", "Ruiz", "Ministry", "The", "the", "of", "East", "U.S.", "ship"])
TEXTS = st.lists(WORDS, max_size=6).map(" ".join)


@given(TEXTS, st.lists(TEXTS, min_size=1, max_size=3))
@example("Ministry of East", ["Ministry", "East"])
@example("Ruiz of the Ministry", ["Ruiz", "Ministry"])
def test_a_text_that_is_let_pass_names_nobody_whom_its_receipts_do_not(
    text: str, quotes: list[str]
) -> None:
    """Whichever of its words with a capital are names, alone or side by side."""
    if not names_nobody_else(text, quotes):
        return
    words = [word for word in text.replace(".", " ").split() if word[0].isupper()]
    for start, end in combinations(range(len(words) + 1), 2):
        name = " ".join(words[start:end])
        assert any(known_in(name, quote) for quote in quotes), name


def test_a_reference_brings_it_too() -> None:
    acts = [Act(what="a drill", by=["Norland"], evidence=receipts(2))]
    record, _ = checked(Report, sides=[NORLAND], acts=acts)
    assert cited(record.acts[0]) == [1, 2]
    assert record.acts[0].evidence[0].quote == "The navy of Norland opened a drill."


def test_an_id_names_nobody() -> None:
    class Deeds(BaseModel):
        deeds: list[Deed]

    record, issues = checked(Deeds, deeds=[Deed(id="Sarvia", what="It", evidence=receipts(2))])
    assert (cited(record.deeds[0]), issues) == ([2], [])


def test_of_several_sentences_the_nearest_is_brought() -> None:
    article = Article.from_text("So Sarvia came. It rains. It snows. Then Sarvia went. It is cold.")
    source = Source(article)
    evidence = [Evidence.model_validate(source.evidence(5))]
    told = Report(acts=[Act(what="the leave of Sarvia", evidence=evidence)])
    record, _ = supported(Reading(told, plan(Report, Profile.STRICT, Size.FULL), source))
    assert isinstance(record, Report)
    assert cited(record.acts[0]) == [4, 5]


def test_a_class_that_takes_no_more_receipts_keeps_its_own() -> None:
    record, issues = checked(Report, terse=[Terse(what="of Norland", evidence=receipts(2))])
    assert cited(record.terse[0]) == [2]
    assert issues == []


@pytest.mark.parametrize(
    "headline",
    [None, "Norland opens a drill", "Ships in the Kestrian Sea", "a drill by norland", "Talks"],
)
def test_a_headline_stands_if_its_names_are_cited_or_in_the_title(headline: str | None) -> None:
    record, issues = checked(Report, headline=headline, sides=[NORLAND])
    assert record.headline == headline
    assert issues == []


def test_a_headline_that_names_whom_nothing_cites_is_left_out_and_said() -> None:
    record, issues = checked(Report, headline="Drill worries Sarvia", sides=[NORLAND])
    assert record.headline is None
    assert issues == [(IssueKind.VALUE_DROPPED, "")]


def test_a_text_that_a_record_cannot_do_without_stays_and_is_said() -> None:
    record, issues = checked(Titled, title="Drill worries Sarvia")
    assert record.title == "Drill worries Sarvia"
    assert issues == [(IssueKind.EVIDENCE_MISSING, "/title")]


def test_the_place_of_an_issue_is_escaped_where_the_name_of_a_field_needs_it() -> None:
    fields: dict[str, Any] = {"a/b": (list[Deed], []), "c~d": (str, ...)}
    deeds = [Deed(what="General Ana Ruiz protested", evidence=receipts(1))]
    record = {"a/b": deeds, "c~d": "Drill worries Sarvia"}
    _, issues = checked(create_model("Slashed", **fields), **record)
    assert issues == [(IssueKind.EVIDENCE_MOVED, "/a~1b/0"), (IssueKind.EVIDENCE_MISSING, "/c~0d")]


def test_a_record_with_nothing_to_check_is_the_same_object() -> None:
    record = Report(sides=[NORLAND], acts=[Act(what="Norland drills", evidence=receipts(1))])
    planned = plan(Report, Profile.STRICT, Size.FULL)
    same, issues = supported(Reading(record, planned, Source(ARTICLE)))
    assert same is record
    assert issues == []
