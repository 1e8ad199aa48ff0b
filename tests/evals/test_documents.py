"""The models of gold files: what they refuse."""

from __future__ import annotations

from typing import Any

import pytest
from gold_files import draft
from pydantic import ValidationError

from summarizer.evals.documents import GoldDocument, Region, Tolerance

FACT = {"accept": ["ship"]}


@pytest.mark.parametrize(
    "said",
    [
        {"optional": True},
        {"dont_care": True},
        {"alternatives": ["x"], "optional": True},
        {"interval": [1, None]},
        {"interval": [2, 2], "alternatives": [7]},
        {"facts": [FACT], "words": 9, "alternatives": ["x"]},
        {"names": ["x"], "optional": True},
    ],
)
def test_these_can_be_left_open_at_one_place(said: dict[str, Any]) -> None:
    assert Tolerance.model_validate({"at": "/parties/0", **said}).at == "/parties/0"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({}, "says nothing"),
        ({"why": "unclear"}, "says nothing"),
        ({"dont_care": True, "alternatives": ["x"]}, "alternatives says nothing more"),
        ({"dont_care": True, "optional": True}, "optional says nothing more"),
        ({"interval": [1, 2], "facts": [FACT]}, "no one place"),
        ({"names": ["x"], "alternatives": ["y"]}, "no one place"),
        ({"names": ["x"], "facts": [FACT]}, "no one place"),
        ({"optional": True, "words": 9}, "a text with facts"),
        ({"interval": [None, None]}, "one end"),
        ({"interval": [3, 2]}, "ends before"),
        ({"facts": [{"accept": []}]}, "at least 1"),
        ({"facts": [{"accept": ["(ship"]}]}, "no regular expression"),
        ({"facts": [{"accept": ["x*"]}]}, "every text"),
        ({"facts": [{"accept": ["ship|"]}]}, "every text"),
        ({"facts": [FACT], "words": 0}, "greater than or equal to 1"),
        ({"optional": True, "at": "parties/0"}, "is no JSON Pointer such as /parties/0/kind"),
        ({"optional": True, "at": ""}, "is no JSON Pointer such as /parties/0/kind"),
        ({"optional": True, "at": "/a~2"}, "is no JSON Pointer such as /parties/0/kind"),
        ({"optional": True, "Optional": True}, "Extra inputs"),
    ],
)
def test_a_tolerance_that_makes_no_sense_is_refused(said: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Tolerance.model_validate({"at": "/parties/0", **said})


@pytest.mark.parametrize("span", [(3, 3), (4, 3), (-1, 3)])
def test_a_region_is_not_empty_and_starts_in_the_text(span: tuple[int, int]) -> None:
    with pytest.raises(ValidationError):
        Region(start=span[0], end=span[1])


def complete(**changes: Any) -> dict[str, Any]:
    head = {"schema_version": "1", "id": "d", "split": "dev", "sha256": "0" * 64, "regions": []}
    return {**draft(), **head, **changes}


def test_a_document_that_is_complete_is_read() -> None:
    document = GoldDocument.model_validate(complete())
    assert [annotation.annotator.id for annotation in document.annotations] == ["r1", "r2"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"text": None}, ()),
        ({"text_file": "a.txt"}, ()),
        ({"labels": None}, ("labels",)),
        ({"schema_version": "2"}, ("schema_version",)),
        ({"sha256": "ab"}, ("sha256",)),
        ({"notes": "x"}, ("notes",)),
        ({"id": " "}, ("id",)),
        ({"annotations": [{"annotator": {"id": "r", "kind": "robot"}, "labels": {}}]}, None),
    ],
)
def test_a_document_that_is_not_is_refused(change: dict[str, Any], place: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        GoldDocument.model_validate(complete(**change))
    places = [told["loc"] for told in refused.value.errors()]
    assert places == [place or ("annotations", 0, "annotator", "kind") if place != () else ()]
