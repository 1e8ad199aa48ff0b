"""The guideline for annotators: complete in its values, and its example is a sound draft."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from summarizer.evals.comparators import Text
from summarizer.evals.documents import GoldDocument
from summarizer.evals.sealing import seal
from summarizer.schemas import vocabularies
from summarizer.schemas.vocabulary import Vocabulary

PAGE = Path(__file__).parents[2].joinpath("evals", "GUIDELINES.md").read_text(encoding="utf-8")
BY_CODE = {"DateBasis", "DatePrecision", "LikelihoodBand"}
"""Vocabularies whose values annotators never write."""
TEXT = (
    "Varland began an exercise on Monday. Orvia’s foreign minister, Ilka Thorne, said that any "
    "ship of Varland would be stopped. Thorne said that the exercise rehearsed a blockade."
)
"""An article that the example could be the draft of."""
BLOCKS = re.findall(r"^```json\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", sorted(set(vocabularies.__all__) - BY_CODE))
def test_every_value_that_annotators_write_is_named(name: str) -> None:
    vocabulary: type[Vocabulary] = getattr(vocabularies, name)
    assert [value for value in vocabulary if f"`{value}`" not in PAGE] == []


def test_the_worked_cases_are_numbered_from_1_to_40() -> None:
    numbers = re.findall(r"^### Case (\d+)$", PAGE, re.MULTILINE)
    assert numbers == [str(n) for n in range(1, 41)]


def test_the_page_says_which_edition_it_is() -> None:
    assert re.search(r"^Edition \d+\.", PAGE, re.MULTILINE)


def test_there_is_an_example() -> None:
    assert BLOCKS


@pytest.mark.parametrize("block", BLOCKS)
def test_an_example_can_be_sealed_and_tells_its_own_facts(block: str, tmp_path: Path) -> None:
    """Sealing refuses what doesn't parse, unknown fields and values, and loose references."""
    draft = tmp_path / "draft.json"
    draft.write_text(block, encoding="utf-8")
    (tmp_path / json.loads(block)["text_file"]).write_text(TEXT, encoding="utf-8")
    assert seal(draft).problems == ()
    document = GoldDocument.model_validate_json(draft.read_text(encoding="utf-8"))
    for tolerance in document.tolerances:
        place: Any = document.labels
        for step in tolerance.at.split("/")[1:]:
            place = place[int(step)] if isinstance(place, list) else place[step]
        if tolerance.facts:
            # Two texts of which the other is nothing but the label: what is told is all there is.
            told = Text().prepare(f"{place} .", (), None), Text().prepare("…", tolerance.facts, 99)
            assert Text().compare(*told) == 1
