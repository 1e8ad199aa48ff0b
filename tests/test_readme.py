"""Every snippet of the README runs, and does what the page says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from filling import fill
from markdown_blocks import Block, Player, blocks

from summarizer.testing import ScriptedEndpoint

ROOT = Path(__file__).resolve().parent.parent
ENDPOINT = "http://localhost:8000/v1"
"""The address in the README's snippets, for which the scripted endpoint's is put."""
KEY = "sk-your-key"
"""The key in the README's snippets, which the scripted endpoint takes."""
SAME_ON_ANY_MACHINE = 0.7
"""How much of the embedded model's output must be as shown: processors round differently."""


@pytest.fixture(scope="module")
def page() -> list[Block]:
    """The blocks of the README."""
    return list(blocks((ROOT / "README.md").read_text(encoding="utf-8")))


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Snippets run in a folder that looks like the checkout, and may write there."""
    for folder in ("examples", "evals"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    monkeypatch.chdir(tmp_path)


@pytest.mark.local_server
def test_every_snippet_runs_against_an_endpoint(
    page: list[Block], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path / "cache"))
    with ScriptedEndpoint(fill, api_key=KEY) as server:
        monkeypatch.setenv("SUMMARIZER_BASE_URL", server.base_url)
        monkeypatch.setenv("SUMMARIZER_API_KEY", KEY)
        monkeypatch.setenv("SUMMARIZER_MODEL", "scripted")
        player = Player(monkeypatch.setenv, {ENDPOINT: server.base_url})
        ours = [block for block in page if not block.marks]
        assert {"python", "sh"} <= {block.language for block in ours}
        for block in ours:
            player.play(block)
        assert server.requests


@pytest.mark.weights
def test_what_the_embedded_model_prints_is_what_is_shown(
    page: list[Block], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = [block for block in page if block.marks.get("test") == "weights"]
    assert shown
    player = Player(monkeypatch.setenv, share=SAME_ON_ANY_MACHINE)
    for block in shown:
        player.play(block)


def test_the_marks_are_those_that_something_reads(page: list[Block]) -> None:
    marks = [mark for block in page for mark in block.marks.items()]
    assert sorted(m for m in marks if m[0] == "command") == [
        ("command", "run"),
        ("command", "test"),
    ]
    assert {m for m in marks if m[0] == "test"} <= {("test", "weights")}


@pytest.mark.parametrize("name", ["run", "test"])
def test_the_two_commands_start_from_nothing_and_install_this_checkout(
    page: list[Block], name: str
) -> None:
    (block,) = (b for b in page if b.marks.get("command") == name)
    extras = set(
        tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    )
    assert block.language == "sh"
    assert "python3 -m venv .venv" in block.text
    (named,) = re.findall(r"pip install -e '\.\[([\w,]+)\]'", block.text)
    assert set(named.split(",")) <= extras


def test_the_run_command_reads_an_example_article(page: list[Block]) -> None:
    (block,) = (b for b in page if b.marks.get("command") == "run")
    (article,) = re.findall(r"summarizer run (examples/\S+)", block.text)
    assert (ROOT / article).is_file()
