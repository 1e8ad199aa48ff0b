"""Numbers, dates and names, held against the sentences that are cited for them."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import BaseModel

from summarizer.evals.quoting import quoted
from summarizer.schemas import DatePhrase, Evidence
from summarizer.schemas.markers import Verbatim


class Claim(BaseModel):
    count: int | None = None
    evidence: list[Evidence] = []


class Event(BaseModel):
    name: Annotated[str | None, Verbatim()] = None
    count: float | None = None
    sure: bool = True
    date: DatePhrase | None = None
    claims: list[Claim] = []
    evidence: list[Evidence] = []


class Report(BaseModel):
    total: int | None = None
    events: list[Event] = []


def cited(quote: str) -> list[Evidence]:
    return [Evidence(sentence=1, start=0, end=len(quote), quote=quote)]


def told(event: Event) -> list[tuple[str, bool]]:
    return [*quoted(Report(events=[event]))]


@pytest.mark.parametrize(
    ("quote", "number", "stands"),
    [
        ("At least 12 ships sailed.", 12, True),
        ("At least 12 ships sailed.", 1, False),
        ("At least 12 ships sailed.", 2, False),
        ("Twelve ships sailed.", 12, True),
        ("Both ships sailed.", 2, False),
        ("Some 1,200 men sailed.", 1200, True),
        ("Some 1 200 men sailed.", 1200, True),
        ("Some 1.200 men sailed.", 1200, True),
        ("Some 1.2 percent sailed.", 1.2, True),
        ("Some 1,5 percent sailed.", 1.5, True),
        ("Some 1.5 percent sailed.", 15, False),
        ("On 3 May 2031, 12 ships sailed.", 12, True),
        ("In 2031 300 ships sailed.", 300, True),
        ("About 1.5 million sailed.", 1_500_000, True),
        ("About 12 thousand sailed.", 12_000, True),
        ("About 12 thousand sailed.", 12, False),
        ("A 21-ship fleet sailed.", 21, True),
    ],
)
def test_a_number_stands_in_digits_or_up_to_twenty_in_words(
    quote: str, number: float, stands: bool
) -> None:
    assert told(Event(count=number, evidence=cited(quote))) == [("number", stands)]


@pytest.mark.parametrize(
    ("name", "stands"), [("Clear Water", True), ("the clear water", True), ("Clear", True),
                         ("Clear Wate", False), ("Still Water", False)],
)  # fmt: skip
def test_a_name_stands_as_whole_words_up_to_case_and_articles(name: str, stands: bool) -> None:
    event = Event(name=name, evidence=cited("The drill “Clear Water” began."))
    assert told(event) == [("name", stands)]


def test_a_date_stands_as_its_phrase() -> None:
    for text, stands in (("3 May", True), ("4 May", False)):
        event = Event(date=DatePhrase(text=text), evidence=cited("It began on 3 May."))
        assert told(event) == [("date", stands)]


def test_a_record_within_is_held_against_its_own_receipts_or_those_around_it() -> None:
    whole = cited("It began with 12 ships.")
    own = Claim(count=12, evidence=cited("He spoke of 15 ships."))
    assert told(Event(claims=[own], evidence=whole)) == [("number", False)]
    assert told(Event(claims=[Claim(count=12)], evidence=whole)) == [("number", True)]


def test_what_cites_nothing_and_what_is_null_is_left_out() -> None:
    assert [*quoted(Report(total=3, events=[Event(count=3)]))] == []
    assert told(Event(evidence=cited("It began."))) == []
