"""A text that follows its sentence may not have another name where the sentence has one."""

from __future__ import annotations

import pytest
from hostile import ends

import summarizer
from summarizer import Article, SituationSummary
from summarizer.checks.alignment import alignment
from summarizer.checks.names import NAMES

STORY = (
    "On Friday the Orm navy met the Kestrian coast guard in Varn harbour, Sule Radio said.\n\n"
    "General Ana Ruiz of Halden later visited the port of Dray and spoke to sailors there.\n"
)


def flagged(text: str, number: int = 1, article: Article | None = None) -> bool:
    article = article or Article.from_text(STORY, language="en")
    start, end = article.span(number)
    cited = {"sentence": number, "start": start, "end": end, "quote": article.quote(number)}
    names = {"Kestria": ["Velm"], "Halden": []}
    parties = [
        {"id": name, "name": name, "aliases": others, "kind": "state", "evidence": [cited]}
        for name, others in names.items()
    ]
    record = {"parties": parties, "synopsis": [{"text": text, "evidence": [cited]}]}
    summary = SituationSummary.model_validate(record)
    issues = summarizer.audit(summary, article, checks=[NAMES])
    return any((issue.path or "").startswith("/synopsis") for issue in issues)


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("On Friday the Orm navy met the Kestrian coast guard in Varn harbour.", 1, False),
        ("On Friday the Kestrian navy met the Kestrian coast guard in Varn harbour.", 1, True),
        ("On Friday the Orm navy met the Varn coast guard in Varn harbour.", 1, True),
        ("On Friday the Orm navy met the Kestrian coast guard in Orm harbour.", 1, True),
        ("On Friday the Orm navy met the coast guard of Kestria in Varn harbour.", 1, False),
        ("On Friday it met the Kestrian coast guard in Varn harbour, Sule Radio said.", 1, False),
        ("The Orm navy met the coast guard in Varn harbour on Friday.", 1, False),
        ("General Ana Ruiz of Halden later visited the port of Halden and spoke there.", 2, True),
        ("General Ruiz of Halden later visited the port of Dray.", 2, False),
        ("She later visited the port of Dray and spoke to sailors there.", 2, False),
    ],
)
def test_a_name_in_the_place_of_another_is_refused(text: str, number: int, expected: bool) -> None:
    assert flagged(text, number) is expected


def test_another_name_of_the_same_item_is_no_other() -> None:
    story = "Velm signed the grain pact with the islands on Monday. Kestria and Velm are one.\n"
    article = Article.from_text(story, language="en")
    text = "Kestria signed the grain pact with the islands on Monday."
    assert not flagged(text, article=article)
    assert flagged(text.replace("Kestria", "Halden"), article=article)


def test_a_text_of_another_order_follows_no_sentence() -> None:
    assert alignment("Varn met Orm near the old town.", "In the town, Orm saw Varn.") is None
    found = alignment("Orm met Varn in the town.", "Orm met Sule in the town.")
    assert found is not None
    assert found.same == 5
    assert [(each.theirs, each.ours) for each in found.differences] == [(("Sule",), ("Varn",))]


def test_texts_that_are_too_long_to_be_a_sentence_are_not_aligned() -> None:
    with ends():
        alignment("Varn " * 200_000, "Orm " * 200_000)
        alignment("Varn Orm " * 80, "Orm Varn " * 80)
        assert alignment("Varn Orm " * 20_000, "Orm Varn " * 20_000) is None
