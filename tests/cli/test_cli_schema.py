"""`summarizer schema`: the public schema, and the one that a model sees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import Invoke

from summarizer.schemas import SituationSummary
from summarizer.wire import Profile, Size, plan


def test_the_public_schema_is_that_of_the_class(invoke: Invoke) -> None:
    done = invoke("schema")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == SituationSummary.model_json_schema(mode="serialization")


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize("size", list(Size))
def test_the_wire_schema_is_that_of_its_profile_and_size(
    invoke: Invoke, profile: Profile, size: Size
) -> None:
    done = invoke("schema", "--wire", "--profile", profile, "--size", size)
    assert json.loads(done.stdout) == plan(SituationSummary, profile, size).json_schema(16)


def test_the_wire_schema_is_strict_and_full_unless_told(invoke: Invoke) -> None:
    told = invoke("schema", "--wire", "--profile", "strict", "--size", "full")
    assert invoke("schema", "--wire").stdout == told.stdout


@pytest.mark.parametrize("option", [["--profile", "grammar"], ["--size", "core"]])
def test_what_is_of_the_wire_schema_wants_it(invoke: Invoke, option: list[str]) -> None:
    done = invoke("schema", *option)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Add --wire" in done.stderr


def test_a_schema_of_ones_own(invoke: Invoke) -> None:
    done = invoke("schema", "--schema", "summarizer.schemas:Quantity")
    assert json.loads(done.stdout)["title"] == "Quantity"


def test_a_class_that_cannot_be_asked_for_is_wrong_usage(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "lone.py"
    path.write_text(
        "from pydantic import BaseModel\n"
        "from summarizer import Evidence\n"
        "class Lone(BaseModel):\n    evidence: Evidence\n",
        encoding="utf-8",
    )
    done = invoke("schema", "--wire", "--schema", f"{path}:Lone")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Hint: Declare it as list[Evidence]" in done.stderr
