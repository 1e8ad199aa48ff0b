"""Sources, outlets, quotations and leakage: who speaks in the cited sentences, in whose words."""

from __future__ import annotations

from typing import Any

import pytest
from hostile import ends
from told_records import cited, told

import summarizer
from summarizer import Article
from summarizer.checks import Passage
from summarizer.checks.leakage import LEAKAGE
from summarizer.checks.quotations import QUOTATIONS
from summarizer.checks.reporting import has_cue, is_spoken
from summarizer.checks.sources import OUTLETS, SOURCES, UNNAMED_SOURCES
from summarizer.checks.statements import statements
from summarizer.grounding import Source
from summarizer.schemas import SituationSummary
from summarizer.wire import Profile, Size, plan

SPOKEN = [
    "Ana Ruiz said that the fleet would stay.",
    "General Ana Ruiz, the commander, said on Monday that the fleet would stay.",
    "According to the ministry, two boats were seized.",
    "Two boats were seized, the ministry said.",
    "Two boats were seized, officials said on Tuesday.",
    "“We are ready,” said General Ruiz.",
    "Rebels claimed that they had shot it down.",
]
TOLD = [
    "On Monday, Kestria accused Norland of an attack.",
    "On Monday Kestria declared the waters closed to all ships.",
    "The ship reported in the last bulletin as boarded was not.",
    "Norland shelled the port and said that it would go on.",
    "Two boats sank, and 3 men drowned, the ministry said.",
    "The ministry confirmed the loss; rebels said that it was larger.",
    "Kestria seized two boats.",
    "Kestria seized a boat, which Norland said was carrying arms.",
    "The fleet left on Monday, after a week of drills.",
    "Kestria held a drill; officials gave no reason.",
    "A missile struck the station, killing 44 people, according to the mayor of the city.",
    "No shells fell.",
    "The two ministers met in Halm.",
]


@pytest.mark.parametrize("sentence", SPOKEN)
def test_what_somebody_says_as_a_whole_is_spoken(sentence: str) -> None:
    assert is_spoken(sentence)


@pytest.mark.parametrize("sentence", TOLD)
def test_what_the_article_tells_itself_is_not(sentence: str) -> None:
    assert not is_spoken(sentence)


def found(text: str, check: summarizer.Check, **sections: Any) -> list[str]:
    article = Article.from_text(text, language="en")
    names = ("Kestria", "Norland", "Ana Ruiz", "Tomas Velk", "Tarn News", "Orvia")
    record = told(article, {name: [] for name in names}, **sections)
    return [issue.path or "" for issue in summarizer.audit(record, article, checks=[check])]


def claimed(text: str, check: summarizer.Check, *sources: str) -> list[str]:
    article = Article.from_text(text, language="en")
    claim = {
        "status": "asserted",
        "attribution": [{"source": source} for source in sources],
        "evidence": cited(article, [1]),
    }
    act = {"name": "it", "type": "other", "claims": [claim]}
    return found(text, check, military_activities=[act])


PLACE = "/military_activities/0/claims/0/attribution"


@pytest.mark.parametrize("sentence", SPOKEN)
def test_words_of_somebody_are_not_the_narrators(sentence: str) -> None:
    assert claimed(sentence, UNNAMED_SOURCES) == [PLACE]
    assert claimed(sentence, UNNAMED_SOURCES, "Ana Ruiz") == []


@pytest.mark.parametrize("sentence", TOLD)
def test_what_is_told_may_be_the_narrators(sentence: str) -> None:
    assert claimed(sentence, UNNAMED_SOURCES) == []


@pytest.mark.parametrize(
    ("text", "source", "right"),
    [
        ("Ana Ruiz said that the boats of Orvia had left.", "Ana Ruiz", True),
        ("Ana Ruiz said that the boats had left.", "Tomas Velk", False),
        ("Kestria accused the navy of theft.", "Kestria", True),
        ("The boats had left, said Ana Ruiz.", "Norland", False),
        ("According to Tomas Velk, the boats had left.", "Ana Ruiz", False),
        ("According to Tomas Velk, the boats had left.", "Tomas Velk", True),
        ("It alleged that Norland said nothing.", "Kestria", True),
        ("Two boats sank.", "Kestria", False),
        ("Officials said that two boats sank.", "Kestria", True),
    ],
)
def test_a_source_speaks_in_its_sentence(text: str, source: str, right: bool) -> None:
    assert (claimed(text, SOURCES, source) == []) is right


def test_an_outlet_holds_no_view() -> None:
    text = "Tarn News reports that Ana Ruiz expects rain."
    views = [
        {"assessor": name, "type": "forecast", "proposition": "rain"}
        for name in ("Tarn News", "Ana Ruiz")
    ]
    assert found(text, OUTLETS, expert_assessments=views) == ["/expert_assessments/0/assessor"]


QUOTED = "Ruiz called it “a small and quiet drill” and said: “We go home, all of us, on Friday.”"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Ruiz called it “a small and quiet drill”.", True),
        ('Ruiz called it "a small and quiet drill".', True),
        ("Ruiz called it «quiet drill».", True),
        ("Ruiz said: “We go home … on Friday.”", True),
        ("Ruiz said: “We go [back] home”.", True),
        ("Ruiz said: “We [all] stay home”.", False),
        ("Ruiz called it “a large drill”.", False),
        ('Ruiz said: "We stay."', False),
        ("Ruiz's fleet won't stay; it isn't large.", True),
        ("Ruiz called it 'quiet drill'.", True),
        ("Ruiz called it 'loud drill'.", False),
    ],
)
def test_quotation_marks_hold_the_articles_words(text: str, right: bool) -> None:
    synopsis = [{"text": text}]
    assert (found(QUOTED, QUOTATIONS, synopsis=synopsis) == []) is right


def test_words_of_the_instructions_are_told_from_the_articles() -> None:
    article = Article.from_text("Kestria held a drill. It was cold.", language="en")
    record = told(article, synopsis=[{"text": "Write one plain sentence on the main development"}])
    planned = plan(SituationSummary, Profile.STRICT, Size.FULL)
    rules = "Write one plain sentence on the main development of the day."
    passage = Passage(Source(article, rules), {})
    made = [each for _, section in statements(record, planned, passage) for each in section]
    assert [problem.field for each in made for problem in LEAKAGE.find(each)] == ["/text"]


@pytest.mark.parametrize("mark", [", ", "said ", '"', "“", "a ", "[", "x, ", "'"])
def test_no_sentence_blows_up(mark: str) -> None:
    text = "Ruiz " + mark * (400_000 // len(mark))
    with ends():
        is_spoken(text)
        has_cue(text)
        found("Ruiz left.", QUOTATIONS, synopsis=[{"text": text}])
