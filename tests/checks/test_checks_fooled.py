"""Falsehoods that a fuzzy match takes for grounded, each one refused."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import Field

from summarizer import Article, Evidence, Grounded, Severity, audit
from summarizer.schemas.evidence import Record

CASES = {
    "another number": (
        "At least 12 people were killed in the strike on the market of Ordu on Friday.",
        "At least 21 people were killed in the strike on the market of Ordu.",
    ),
    "a negation lost": (
        "The army said that its forces did not strike the hospital in Ordu on Friday.",
        "The army said that its forces did strike the hospital in Ordu.",
    ),
    "another person": (
        "President Hanne Brekke met Chancellor Scholz in Berlin on Tuesday.",
        "President Hanne Brekke met Chancellor Merz in Berlin.",
    ),
    "an institution for those who left it": (
        "Former officers of the Kestrel Institute founded the Aquila Group in Ordu last year.",
        "The Kestrel Institute founded the Aquila Group in Ordu.",
    ),
    "a plan told as done": (
        "Norland will withdraw its two battalions from the valley of Ordu by the end of May.",
        "Norland withdrew its two battalions from the valley of Ordu.",
    ),
}


class Claim(Grounded):
    """What is said, in the words of whoever writes the record."""

    text: Annotated[str, Field(min_length=1)]


class Claims(Record):
    """A record of a user's own."""

    claims: list[Claim]


def told(sentences: str, text: str) -> list[str]:
    """What is held against a text that cites the first sentence."""
    article = Article.from_text(sentences, language="en")
    start, end = article.span(1)
    receipt = Evidence(sentence=1, start=start, end=end, quote=article.quote(1))
    record = Claims(claims=[Claim(evidence=[receipt], text=text)])
    return [issue.message for issue in audit(record, article) if issue.severity is Severity.ERROR]


@pytest.mark.parametrize(("sentences", "false"), CASES.values(), ids=CASES)
def test_what_a_fuzzy_match_lets_through_is_refused(sentences: str, false: str) -> None:
    assert told(sentences, false)


@pytest.mark.parametrize(("sentences", "_"), CASES.values(), ids=CASES)
def test_what_the_sentence_says_is_not(sentences: str, _: str) -> None:
    first = Article.from_text(sentences, language="en").quote(1)
    assert told(sentences, first) == []


APART = {
    "Ex-officers of the Kestrel Institute": "The Kestrel Institute",
    "Rivals of the River Front": "The River Front",
    "Opponents of President Brekke": "Brekke",
    "Relatives of the miners of Ordu Coal": "Ordu Coal",
    "Defectors from the Kestrel Institute": "The Kestrel Institute",
    "Anti-Norland fighters": "Norland",
}


@pytest.mark.parametrize(("who", "name"), APART.items())
def test_those_apart_from_a_body_are_not_the_body(who: str, name: str) -> None:
    said = f"On Monday, {who[0].lower()}{who[1:]} occupied the town hall of Ordu."
    assert told(said, f"{name} occupied the town hall of Ordu on Monday.")
    assert told(said, f"{who} occupied the town hall of Ordu on Monday.") == []


@pytest.mark.parametrize(
    "said",
    [
        "The former head of the Kestrel Institute was met by the Kestrel Institute in Ordu.",
        "The Kestrel Institute met its critics in Ordu.",
        "A former minister said that the Kestrel Institute met its donors in Ordu.",
    ],
)
def test_a_body_that_is_told_of_itself_is_meant(said: str) -> None:
    assert told(said, "The Kestrel Institute was at a meeting in Ordu.") == []
