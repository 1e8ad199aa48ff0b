"""The examples run, and print what the endpoint told them, with its receipts."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from filling import fill, first_asked

from summarizer.testing import Answer, ScriptedEndpoint

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
ARTICLES = sorted((EXAMPLES / "articles").glob("*.txt"))

pytestmark = pytest.mark.local_server


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedEndpoint]:
    """An endpoint that the environment names, and that answers any schema."""
    with ScriptedEndpoint(fill) as server:
        monkeypatch.setenv("SUMMARIZER_BASE_URL", server.base_url)
        monkeypatch.setenv("SUMMARIZER_API_KEY", server.api_key)
        monkeypatch.setenv("SUMMARIZER_MODEL", "scripted")
        yield server


def output_of(
    script: str,
    arguments: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> str:
    """What `python examples/SCRIPT ARGUMENTS` prints to stdout."""
    monkeypatch.setattr(sys, "argv", [script, *arguments])
    runpy.run_path(str(EXAMPLES / script), run_name="__main__")
    return capsys.readouterr().out


def test_every_example_script_has_a_test() -> None:
    assert {p.name for p in EXAMPLES.glob("*.py")} == {
        "many_articles.py",
        "own_schema.py",
        "summarize_file.py",
    }


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_summarize_file_prints_quotes_that_stand_in_the_article(
    article: Path,
    endpoint: ScriptedEndpoint,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = output_of("summarize_file.py", [str(article)], monkeypatch, capsys)
    quotes = [line.split("] ", 1)[1] for line in out.splitlines() if line.startswith("  [")]
    assert len(first_asked(endpoint.requests)) == 1
    assert all(quote in article.read_text(encoding="utf-8") for quote in quotes)


def test_summarize_file_prints_a_line_for_each_receipt(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    activity = {"sentences": [2, 3], "name": "Northern Lantern", "type": "joint_exercise"}
    record = {"headline": "A drill", "military_activities": [{**activity, "realis": "occurred"}]}
    with ScriptedEndpoint([Answer(record)]) as server:
        monkeypatch.setenv("SUMMARIZER_BASE_URL", server.base_url)
        monkeypatch.setenv("SUMMARIZER_API_KEY", server.api_key)
        monkeypatch.setenv("SUMMARIZER_MODEL", "scripted")
        out = output_of("summarize_file.py", [], monkeypatch, capsys)
    assert "joint_exercise, occurred" in out
    assert [line[:6] for line in out.splitlines() if line.startswith("  [")] == ["  [2] ", "  [3] "]


def test_own_schema_prints_incidents_by_the_names_of_sides(
    endpoint: ScriptedEndpoint,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = output_of("own_schema.py", [], monkeypatch, capsys)
    assert "CeasefireReport" in str(endpoint.requests[0].body["response_format"])
    assert "shelling: Marou blamed (denied by Marou)\n  [1] Ceasefire frays" in out


def test_many_articles_prints_a_line_for_each_and_asks_for_nothing_twice(
    endpoint: ScriptedEndpoint,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path))
    first = output_of("many_articles.py", [], monkeypatch, capsys).splitlines()
    asked = len(endpoint.requests)
    again = output_of("many_articles.py", [], monkeypatch, capsys).splitlines()
    assert sorted(line.split(":")[0] for line in first[:-1]) == [a.stem for a in ARTICLES]
    assert sorted(again[:-1]) == sorted(first[:-1])
    assert first[-1].endswith("; 0 answers were kept from an earlier run")
    assert again[-1] == f"0 tokens; {asked} answers were kept from an earlier run"
    assert len(endpoint.requests) == asked


def test_the_articles_are_of_the_length_of_news() -> None:
    assert len(ARTICLES) >= 3
    for article in ARTICLES:
        assert 250 <= len(article.read_text(encoding="utf-8").split()) <= 500
