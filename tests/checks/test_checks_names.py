"""Names: in the article at all, and within reach of the sentences that are cited."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from hostile import ends
from pydantic import BaseModel
from told_records import cited, told

import summarizer
from summarizer import Article
from summarizer.checks.names import NAMES
from summarizer.checks.naming import Capitals, known_in
from summarizer.names.letters import Letters
from summarizer.schemas.evidence import Grounded
from summarizer.schemas.markers import Verbatim

TEXT = (
    "TARN, May 3 - Kestria's navy opened a drill off Port Ellin on Monday. "  # 1
    "General Ana Ruiz told reporters that the fleet would stay for a week. "  # 2
    "She gave no reason for the drill. "  # 3
    "Kestria has held four of them in a year.\n\n"  # 4
    "Fishermen in the bay complained about the noise. "  # 5
    "The ministry promised to look into that. "  # 6
    "Nothing has come of it.\n\n"  # 7
    "Sarvia and Orvia signed a fisheries pact in Halm last year. "  # 8
    "They have not put it in force. "  # 9
    "A historian, Tomas Velk, has written a book on the pact.\n\n"  # 10
    "Kestria did not sign. "  # 11
    "Rain is expected at the weekend. "  # 12
    "Kestria’s harbour pilots are on strike."  # 13
)
ARTICLE = Article.from_text(TEXT, language="en", title="Drill in the Bay of Sorn")
PARTIES: dict[str, list[str]] = {
    name: [] for name in ("Kestria", "Ana Ruiz", "Sarvia", "Orvia", "Tomas Velk", "Lowland Union")
} | {"United Kingdom": ["Britain"]}

KNOWN = [
    ("Ana Ruiz", "Ruiz said no."),
    ("Kestria", "Kestrian ships sailed."),
    ("Norland", "the Norlanders left"),
    ("United Kingdom", "A British frigate sailed."),
    ("France", "the French minister"),
    ("Viet Nam", "Hanoi agreed."),
    ("Niger", "Nigerien troops"),
    ("United Nations", "the United Nations said"),
    ("Ministry of Defence", "the ministry of defence"),
    ("Киргизия", "киргизского ведомства"),
    ("越南外交部", "越南外交部发言人说"),
    ("Algérie", "le ministre algérien"),
]
UNKNOWN = [
    ("Ana Ruiz", "Velk said no."),
    ("Niger", "Nigerian troops"),
    ("Austria", "the Australian navy"),
    ("United Nations", "the United States said"),
    ("Ministry of Defence", "the ministry of trade"),
    ("Iran", "Iraqi pilgrims"),
    ("North Vale Republic", "the Republic of Orm"),
    ("", "anything"),
    ("越南外交部", "中国国防部"),
]


@pytest.mark.parametrize(("name", "text"), KNOWN)
def test_a_name_is_known_by_what_tells_it(name: str, text: str) -> None:
    assert known_in(name, text)


@pytest.mark.parametrize(("name", "text"), UNKNOWN)
def test_a_name_is_not_known_by_what_others_share(name: str, text: str) -> None:
    assert not known_in(name, text)


def found(article: Article = ARTICLE, **sections: Any) -> list[str]:
    record = told(article, PARTIES if article is ARTICLE else {}, **sections)
    issues = summarizer.audit(record, article, checks=[NAMES])
    return [issue.path or "" for issue in issues if not (issue.path or "").startswith("/parties")]


REACHED_TEXTS = [
    (1, "Kestria's navy opened a drill."),
    (1, "The Kestrian navy opened a drill off Port Ellin."),
    (1, "A drill began off Ellin on Monday."),
    (2, "Ruiz told reporters that the fleet would stay."),
    (3, "Ana Ruiz gave no reason for the drill."),
    (9, "Sarvia and Orvia have not put it in force."),
    (10, "Tomas Velk has written a book on the pact."),
    (10, "Velk, a historian, wrote about it."),
    (8, "Officials signed a pact."),
    (8, "Sarvia signed a pact in May."),
    (5, "Noise off Port Ellin bothers fishermen."),
    (12, "Rain is likely on Saturday."),
]
UNREACHED_TEXTS = [
    (1, "Corvania's navy opened a drill."),
    (1, "Corvania opened a drill off Port Ellin on Monday."),
    (1, "Kestria's navy opened a drill off Port Brenn on Monday."),
    (2, "General Petr Vosk told reporters that the fleet would stay for a week."),
    (2, "General Tomas Velk told reporters that the fleet would stay for a week."),
    (3, "Tomas Velk gave no reason for the drill."),
    (8, "Sarvia and Corvania signed a fisheries pact in Halm last year."),
    (8, "Sarvia and Orvia signed a fisheries pact in Brenn last year."),
    (10, "A historian, Ana Ruiz, has written a book on the pact."),
    (12, "Rain is expected at the weekend in Halmstedt."),
    (1, "At least three ships of Talvinia took part."),
    (4, "In Orvia four of them were held in a year."),
]


@pytest.mark.parametrize(("number", "text"), REACHED_TEXTS)
def test_a_text_may_name_whom_its_sentences_mean(number: int, text: str) -> None:
    assert found(synopsis=[{"text": text, "evidence": [number]}]) == []


@pytest.mark.parametrize(("number", "text"), UNREACHED_TEXTS)
def test_a_text_that_names_another_is_refused(number: int, text: str) -> None:
    assert found(synopsis=[{"text": text, "evidence": [number]}]) == ["/synopsis/0/text"]


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (1, "Kestria"),
        (2, "Ana Ruiz"),
        (3, "Ana Ruiz"),
        (9, "Sarvia"),
        (9, "Orvia"),
        (8, "Sarvia"),
        (10, "Tomas Velk"),
        (12, "Kestria"),
    ],
)
def test_a_party_is_reached_by_a_name_a_pronoun_or_as_the_one_that_it_is_about(
    number: int, name: str
) -> None:
    act = {"name": "it", "type": "other", "actors": [name], "evidence": [number]}
    assert found(military_activities=[act]) == []


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (1, "Tomas Velk"),
        (3, "Tomas Velk"),
        (2, "United Kingdom"),
        (13, "Tomas Velk"),
        (1, "Lowland Union"),
        (10, "Lowland Union"),
    ],
)
def test_a_party_that_is_nowhere_near_is_refused(number: int, name: str) -> None:
    act = {"name": "it", "type": "other", "actors": [name], "evidence": [number]}
    assert found(military_activities=[act]) == ["/military_activities/0/actors/0"]


@pytest.mark.parametrize(
    ("number", "place", "right"),
    [
        (1, "Port Ellin", True),
        (8, "Halm", True),
        (9, "Halm", True),
        (13, "Halm", False),
        (8, "Port Ellin", False),
        (1, "Brenn", False),
        (12, "Tarn", True),
    ],
)
def test_a_place_is_of_its_sentence_or_of_the_dateline(
    number: int, place: str, right: bool
) -> None:
    act = {"name": "it", "type": "other", "location": {"text": place}, "evidence": [number]}
    assert (found(military_activities=[act]) == []) is right


def test_a_party_that_the_article_does_not_have_is_refused() -> None:
    record = told(ARTICLE, {"Kestria": [], "Corvania": []})
    issues = summarizer.audit(record, ARTICLE, checks=[NAMES])
    assert [issue.path for issue in issues] == ["/parties/1/name"]
    assert issues[0].message == "“Corvania” is not in the article."


def test_the_wrong_partner_of_a_meeting_is_refused() -> None:
    article = Article.from_text("On Friday Ruiz met Scholz in Berlin to talk about trade.")
    item = {"text": "Ruiz met Merz in Berlin to talk about trade.", "evidence": [1]}
    assert found(article, synopsis=[item]) == ["/synopsis/0/text"]


class Note(Grounded):
    who: Annotated[str, Verbatim()]


class Notes(BaseModel):
    notes: list[Note]


def test_names_in_a_schema_of_the_users_own_are_checked_too() -> None:
    notes = [Note(who=who, evidence=cited(ARTICLE, [10])) for who in ("Velk", "Vosk", "Ruiz")]
    issues = summarizer.audit(Notes(notes=notes), ARTICLE, checks=[NAMES])
    assert [issue.path for issue in issues] == ["/notes/1/who", "/notes/2/who"]


def test_texts_in_another_language_than_the_article_are_let_be() -> None:
    article = Article.from_text("Киргизия получила дроны. Их доставили из Турции.", language="ru")
    item = {"text": "Kyrgyzstan received drones from Turkey.", "evidence": [1]}
    assert found(article, synopsis=[item]) == []


@pytest.mark.parametrize("unit", ["A", "Ab ", "’s", "A-"])
def test_no_text_blows_up(unit: str) -> None:
    text = unit * (600_000 // len(unit))
    with ends():
        list(Capitals(Letters(ARTICLE)).runs(text))
        found(synopsis=[{"text": text, "evidence": [1]}])
