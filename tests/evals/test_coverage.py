"""Coverage: every value of every closed list, counted; and what a manifest asks for."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import pytest
from gold_files import TEXT, draft, read, suite, write
from pydantic import BaseModel

from summarizer.evals.coverage import coverage, thin
from summarizer.evals.documents import GoldDocument
from summarizer.evals.lint import lint
from summarizer.evals.sealing import seal
from summarizer.evals.texts import words_in
from summarizer.schemas.markers import ByCode
from summarizer.schemas.vocabularies import Realis


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Flag(BaseModel):
    colour: Colour | None = None
    form: Literal["square", "long"] = "long"
    length: int = 1
    weather: Annotated[Colour | None, ByCode()] = None


class Fleet(BaseModel):
    flags: list[Flag] = []
    name: str | None = None


def gold(split: str, *flags: dict[str, object]) -> GoldDocument:
    return GoldDocument.model_validate(
        {"schema_version": "1", "id": split, "split": split, "text": "A flag.", "language": "en"}
        | {"sha256": "0" * 64, "labels": {"flags": flags}}
    )


def counts(*documents: GoldDocument) -> dict[str, dict[str, tuple[dict[str, int], int]]]:
    found = coverage(documents, Fleet)
    return {
        field: {one.value: (dict(one.times), one.documents) for one in values}
        for field, values in found.items()
    }


def test_every_value_is_counted_by_split_and_documents_and_those_that_never_occur_too() -> None:
    one = gold("dev", {"colour": "red"}, {"colour": "red"}, {"form": "square"})
    two = gold("test", {"colour": "red"})
    assert counts(one, two) == {
        "flags.colour": {"red": ({"dev": 2, "test": 1}, 2), "blue": ({}, 0)},
        "flags.form": {"square": ({"dev": 1}, 1), "long": ({"dev": 2, "test": 1}, 2)},
    }


def test_what_code_fills_is_counted_where_it_was_filled() -> None:
    assert "flags.weather" not in counts(gold("dev", {}))
    assert counts(gold("dev", {"weather": "red"}))["flags.weather"]["red"] == ({"dev": 1}, 1)


def test_what_occurs_nowhere_or_is_no_record_of_the_schema_is_left_out() -> None:
    assert counts(gold("dev")) == {}
    assert counts(gold("dev", {"colour": "green"})) == {}


def test_a_value_that_occurs_less_often_than_asked_is_thin_and_so_is_no_closed_list() -> None:
    covered = coverage([gold("dev", {"colour": "red"}, {"colour": "red"})], Fleet)
    assert [*thin(covered, {"flags.colour": 2})] == [
        ("flags.colour", "blue occurs 0 times, and 2 are asked for")
    ]
    assert [*thin(covered, {"flags.length": 1})] == [
        ("flags.length", "is no closed list of the labels")
    ]
    assert [*thin(covered, {"flags.form": 0})] == []


@pytest.fixture
def drills(tmp_path: Path) -> Path:
    folder = suite(tmp_path / "drills", one=draft(tags=["wire"]), two=draft(tags=["wire", "drill"]))
    write(folder / "test" / "three.json", draft(tags=["note"]))
    manifest = folder / "manifest.json"
    write(manifest, read(manifest) | {"covers": {"military_activities.realis": 3}})
    assert not seal(folder).problems
    return folder


def test_the_manifest_sums_up_its_splits(drills: Path) -> None:
    words = len(TEXT.split())
    assert read(drills / "manifest.json")["splits"] == {
        "dev": {
            "documents": 2,
            "words": 2 * words,
            "languages": {"en": 2},
            "tags": {"wire": 2, "drill": 1},
        },
        "test": {"documents": 1, "words": words, "languages": {"en": 1}, "tags": {"note": 1}},
    }


def test_a_sum_that_is_not_that_of_the_documents_is_a_problem(drills: Path) -> None:
    content = read(drills / "manifest.json")
    content["splits"]["dev"]["words"] += 1
    write(drills / "manifest.json", content)
    (problem,) = lint(drills).problems
    assert problem.place == "splits"
    assert not seal(drills).problems
    assert not lint(drills).problems


def test_strict_lint_holds_gold_against_what_its_manifest_asks_for(drills: Path) -> None:
    assert not lint(drills).problems
    asked = "covers.military_activities.realis"
    told = {one.message for one in lint(drills, strict=True).problems if one.place == asked}
    lacking = {value for value in Realis if value is not Realis.ONGOING}
    assert told == {f"{value} occurs 0 times, and 3 are asked for" for value in lacking}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One ship  sailed\naway.", 4),
        ("", 0),
        ("五艘军舰。", 5),
        ("甲国 ABC 号", 4),
        ("Корабль ушёл", 2),
    ],
)
def test_words_are_counted_as_word_processors_do(text: str, words: int) -> None:
    assert words_in(text) == words
