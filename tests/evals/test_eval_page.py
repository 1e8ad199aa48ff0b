"""docs/evals.md says what the code does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filling import fill
from markdown_blocks import Block, Player, blocks
from pydantic import BaseModel

import summarizer.schemas
from summarizer.cli.evaluation import app
from summarizer.evals import plan
from summarizer.evals.aggregation import GroupScores, aggregate
from summarizer.evals.documents import Tolerance
from summarizer.evals.gates import load_gate
from summarizer.evals.variants import THRESHOLDS
from summarizer.schemas import SituationSummary, markers
from summarizer.schemas.markers import ByCode, Unscored
from summarizer.testing import ScriptedEndpoint

PAGE = (Path(__file__).parents[2] / "docs" / "evals.md").read_text(encoding="utf-8")


def table_after(words: str) -> list[str]:
    """What stands in code in the first column of the first table after some words."""
    rows = re.findall(
        r"^\|(.*?)\|", PAGE.split(words, 1)[1].split("\n\n|", 1)[1].split("\n\n")[0], re.M
    )
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row)]


def unscored(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[str]:
    """The fields of a class, and of those within it, that are marked as not compared."""
    seen.add(model)
    for name, field in model.model_fields.items():
        if any(isinstance(mark, Unscored | ByCode) for mark in field.metadata):
            yield name
            continue
        for inner in re.findall(r"\w+", str(field.annotation)):
            found = CLASSES.get(inner)
            if found is not None and found not in seen:
                yield from unscored(found, seen)


def below(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for one in model.__subclasses__():
        yield one
        yield from below(one)


CLASSES = {
    each.__name__: each
    for each in below(BaseModel)
    if each.__module__.startswith("summarizer.schemas")
}


def test_the_fields_that_are_not_scored_are_those_that_are_marked() -> None:
    assert set(table_after("### What is not scored")) == set(unscored(SituationSummary, set()))


def test_the_commands_are_those_that_there_are() -> None:
    names = [re.findall(r"eval (\w+)", row)[0] for row in table_after("## Commands")]
    there = {each.callback.__name__ for each in app.registered_commands if each.callback}
    assert set(names) <= there
    assert "agree" in names


def test_the_scores_are_those_that_are_made() -> None:
    assert set(table_after("## What the numbers mean")) == set(GroupScores.model_fields)


def test_the_tolerances_are_those_that_a_gold_file_can_have() -> None:
    assert set(table_after("**Tolerances**")) == set(Tolerance.model_fields) - {"at", "why"}


def test_the_thresholds_are_those_of_the_code() -> None:
    assert "τ = 0.2, 0.4, 0.6 and 0.8" in PAGE
    assert THRESHOLDS == (0.2, 0.4, 0.6, 0.8)


def test_the_marks_that_are_told_of_are_those_that_scoring_reads() -> None:
    marks = {
        found[0]
        for row in re.findall(r"^\|(.*?)\|", PAGE, re.M)
        for found in re.finditer(r"\b[A-Z]\w+(?=\()", row)
    }
    read = {
        name
        for name in summarizer.schemas.__all__
        if getattr(plan, name, None) is getattr(markers, name, "no mark")
    }
    assert marks | {"Key"} == read


def files() -> Iterator[tuple[str, Block]]:
    """The blocks that are files, each with its path: the last words before it."""
    lines = PAGE.splitlines()
    for block in blocks(PAGE):
        if named := re.search(r"`([\w./]+)`:$", lines[block.line - 3]):
            yield named[1], block


@pytest.mark.local_server
def test_an_own_schema_is_labelled_sealed_and_scored_as_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = dict(files())
    assert set(shown) == {"ceasefire.py", "truce/manifest.json", "truce/dev/tessin.json"}
    for path, block in shown.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(block.text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    with ScriptedEndpoint(fill) as server:
        monkeypatch.setenv("SUMMARIZER_BASE_URL", server.base_url)
        monkeypatch.setenv("SUMMARIZER_API_KEY", server.api_key)
        monkeypatch.setenv("SUMMARIZER_MODEL", "scripted")
        player = Player(monkeypatch.setenv)
        for block in blocks(PAGE):
            player.play(block)
        assert len(server.requests) == 1
    scores: Any = player.namespace["scores"]
    assert scores.documents == 1
    assert scores.overall.value.f.score is not None
    assert list(scores.sections) == ["sides", "incidents"]
    suite: Any = player.namespace["suite"]
    (document,) = suite.documents
    own = document.labelled()
    assert (own.record, own.text) == (document.labels.record, document.article.text)
    assert (
        aggregate(
            [player.namespace["scorer"].score(own, own, id="one")]  # type: ignore[attr-defined]
        ).overall.value.f.score
        == 1
    )


def test_the_gate_on_the_page_is_one(tmp_path: Path) -> None:
    (block,) = (block for block in blocks(PAGE) if block.language == "toml")
    file = tmp_path / "gate.toml"
    file.write_text(block.text, encoding="utf-8")
    gate = load_gate(file)
    assert {*block.text.split()} >= {f"{name}" for name in type(gate).model_fields}
    assert (gate.baseline, gate.delta) == ("runs/main", 0.02)
