"""What the layout tells: who issues a document, and whom a heading sets for what follows it."""

from __future__ import annotations

from typing import Any

import pytest
from hostile import ends
from told_records import cited, told

import summarizer
from summarizer import Article
from summarizer.checks.layout import Layout, is_first_person
from summarizer.checks.names import NAMES
from summarizer.checks.quotations import QUOTATIONS
from summarizer.checks.sources import OUTLETS, SOURCES

CIRCULAR = (
    "BAY OF SORN: BOARDINGS (UPDATE 2)\n\n"  # 1
    "To all agents\n\n"  # 2
    "Two barges were boarded on Monday. "  # 3
    "Nobody was hurt by Norland. "  # 4
    "The barges are still held.\n\n"  # 5
    "Our view\n\n"  # 6
    "More barges will probably be held. "  # 7
    "We advise owners to wait. "  # 8
    "Keep radios on at night.\n\n"  # 9
    "Halm Shipping Mutual"  # 10
)
DIGEST = (
    "Raids of the week\n\n"  # 1
    "Kestria and Orvia were busy, and Norland was not, an observer found.\n\n"  # 2
    "Vell Column\n\n"  # 3
    "A post near Dur was raided on Monday. Three cars were burnt.\n\n"  # 4, 5
    "Orm Brigade\n\n"  # 6
    "A bridge near Selm was mined on Friday. It was raining. There was hail. It was cold."  # 7-10
)
NAMED: dict[str, list[str]] = {
    name: [] for name in ("Norland", "Halm Shipping Mutual", "Vell Column", "Orm Brigade", "Sarvia")
}


def found(text: str, check: summarizer.Check, **sections: Any) -> list[str]:
    article = Article.from_text(text, language="en")
    named = {name: aliases for name, aliases in NAMED.items() if name in text}
    record = told(article, named, **sections)
    return [issue.path or "" for issue in summarizer.audit(record, article, checks=[check])]


def view(sentence: int, assessor: str, **fields: Any) -> dict[str, Any]:
    return {"assessor": assessor, "type": "forecast", "evidence": [sentence], **fields}


@pytest.mark.parametrize("sentence", [7, 8, 9])
@pytest.mark.parametrize("check", [NAMES, SOURCES])
def test_who_signs_a_document_judges_in_it(sentence: int, check: summarizer.Check) -> None:
    views = [view(sentence, "Halm Shipping Mutual", proposition="More may come.")]
    assert found(CIRCULAR, check, expert_assessments=views) == []


def test_who_neither_signs_nor_is_named_near_does_not() -> None:
    text = CIRCULAR.replace("\n\nOur view", "\n\nRain fell. It was cold. It was dark.\n\nOur view")
    views = [view(12, "Norland", proposition="More may come.")]
    other = ["Sarvia", "Orvia", "Vell Column"]
    text = text.replace("Nobody was hurt", f"{', '.join(other)} were not there")
    assert found(text, NAMES, expert_assessments=views) == ["/expert_assessments/0/assessor"]


def act(sentences: list[int], *actors: str, **fields: Any) -> dict[str, Any]:
    return {"name": "it", "type": "other", "actors": actors, "evidence": sentences, **fields}


@pytest.mark.parametrize(
    ("sentence", "actor", "right"),
    [(5, "Vell Column", True), (10, "Orm Brigade", True), (10, "Vell Column", True)],
)
def test_a_heading_sets_who_acts_below_it(sentence: int, actor: str, right: bool) -> None:
    acts = [act([sentence], actor)]
    assert (found(DIGEST, NAMES, military_activities=acts) == []) is right


def test_the_lead_of_a_digest_sets_who_acts_in_its_lines() -> None:
    near = "".join(f"- Boat {word} was sunk near Orvia.\n\n" for word in ("one", "two", "three"))
    text = f"Sarvia sank four boats of the Orm Brigade.\n\nIt rained.\n\n{near}- A raft was missed."
    acts = [act([6], "Orm Brigade")]
    assert found(text, NAMES, military_activities=acts) == []


def test_names_in_the_sentences_of_a_claim_are_within_reach() -> None:
    text = DIGEST + "\n\nSarvia said that it knew who had mined the bridge."
    article = Article.from_text(text, language="en")
    claim = {
        "status": "asserted",
        "attribution": [{"source": "Sarvia"}],
        "evidence": cited(article, [11]),
    }
    bare = act([10], "Sarvia")
    assert found(text, NAMES, military_activities=[{**bare, "claims": [claim]}]) == []


@pytest.mark.parametrize(
    "last", ["The report also names Orvia.", "Third, Orvia is accused of theft."]
)
def test_who_is_meant_by_a_paper_or_a_passive_judges(last: str) -> None:
    text = f"The Sarvia report is out. It is long. Rain fell. Snow fell. {last}"
    views = [view(5, "Sarvia", proposition="Orvia is to blame.")]
    assert found(text, NAMES, expert_assessments=views) == []
    assert found(text, SOURCES, expert_assessments=views) == []


@pytest.mark.parametrize(
    ("sentence", "own"),
    [
        ("We are worried.", True),
        ("Members should write to us.", True),
        ("Since then I have seen him twice.", True),
        ("Please stay indoors.", True),
        ("2. Do not enter the bay.", True),
        ("“We are worried,” said Ana Ruiz.", False),
        ('Ana Ruiz said: "I was there, and our men were, too."', False),
        ("They were lost in World War I and in the US.", False),
        ("The ministry keeps quiet.", False),
        ("We go home.” She left.", False),
    ],
)
def test_an_author_speaks_outside_quotation_marks(sentence: str, own: bool) -> None:
    assert is_first_person(sentence) is own


def test_an_outlet_that_speaks_for_itself_holds_its_view() -> None:
    text = "“They will be back,” wrote the Tarn News. It was raining."
    article = Article.from_text(text, language="en")
    views = [
        {"assessor": "Tarn News", "type": "forecast", "proposition": "rain", "evidence": [1]},
    ]
    record = told(article, {"Tarn News": []}, expert_assessments=views)
    assert list(summarizer.audit(record, article, checks=[OUTLETS])) == []


def test_what_the_article_calls_a_thing_may_be_quoted_anywhere() -> None:
    text = "The drill “Grey Heron” began.\n\nRain fell. Snow fell. Hail fell.\n\nA boat sank in it."
    right = [{"text": "A boat sank in “Grey Heron”.", "evidence": [5]}]
    article = Article.from_text(text, language="en")
    record = told(article, {}, synopsis=right)
    assert list(summarizer.audit(record, article, checks=[QUOTATIONS])) == []


@pytest.mark.parametrize("mark", ["“", '"', "a ", "we ", "x: ", "- ", "”"])
def test_no_line_blows_up(mark: str) -> None:
    lines = [mark * (500_000 // len(mark))] * 4
    with ends():
        layout = Layout(lines, frozenset({1, 2, 3, 4}), frozenset({1, 2, 3, 4}), "")
        assert layout.issuer is not None
        assert layout.heads(4) is not None
