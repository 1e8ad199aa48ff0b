"""Problems: how they are written, and what lies within what."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.evals.problems import Problem, place_of


def test_a_problem_is_its_file_its_place_and_its_message() -> None:
    file = Path("dev/one.json")
    assert str(Problem(file, "sha256", "is wrong")) == "dev/one.json: sha256: is wrong"
    assert str(Problem(file, "", "is wrong")) == "dev/one.json: is wrong"


@pytest.mark.parametrize("inner", ["regions[1]", "regions[1].end", "regions[1][0]", "regions[1]/x"])
def test_a_place_holds_itself_and_what_is_further_in(inner: str) -> None:
    assert Problem(Path("one.json"), inner, "is wrong").is_within("regions[1]")


def test_a_place_does_not_hold_one_whose_name_is_only_longer() -> None:
    assert not Problem(Path("one.json"), "labels/parties/10", "").is_within("labels/parties/1")


def test_places_of_a_document_are_written_with_dots_and_brackets() -> None:
    assert place_of(("annotations", 1, "annotator", "kind")) == "annotations[1].annotator.kind"
