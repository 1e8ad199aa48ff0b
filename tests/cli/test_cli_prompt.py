"""`summarizer prompt` prints what `summarizer run` sends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import Invoke
from filling import first_asked

from summarizer.testing import ScriptedEndpoint


@pytest.mark.local_server
@pytest.mark.parametrize("strategy", ["auto", "single", "sections"])
def test_the_messages_are_those_that_run_sends(
    invoke: Invoke, endpoint: ScriptedEndpoint, article: Path, strategy: str
) -> None:
    with article.open("a", encoding="utf-8") as file:
        file.write("\nSubscribe now\n")  # page furniture, which no model sees
    options = ["--strategy", strategy, "--size", "core", "--output-language", "French"]
    options += ["--published", "2031-05-06"]
    shown = json.loads(invoke("prompt", article, *options, "--format", "json").stdout)
    assert not endpoint.requests
    assert invoke("run", article, *options).exit_code == 0
    sent = [request.body["messages"] for request in first_asked(endpoint.requests)]
    assert sorted(sent, key=str) == sorted(shown, key=str)  # side by side, in any order


def test_with_nothing_configured_it_is_the_prompt_of_the_embedded_model(
    invoke: Invoke, article: Path
) -> None:
    default = invoke("prompt", article)
    assert default.exit_code == 0
    assert default.stdout == invoke("prompt", article, "--size", "core").stdout
    assert default.stdout != invoke("prompt", article, "--size", "full").stdout


def test_the_text_names_calls_and_roles_and_has_each_sentence_with_its_number(
    invoke: Invoke, article: Path
) -> None:
    shown = invoke("prompt", article, "--strategy", "single").stdout.splitlines()
    assert shown[0] == "=== call 1 of 1: system"
    assert "=== call 1 of 1: user" in shown
    assert "[2] General Irsa Toll said the ships would stay for a week." in shown


def test_an_article_with_template_marks_and_orders_stays_text(
    invoke: Invoke, tmp_path: Path
) -> None:
    hostile = tmp_path / "hostile.txt"
    hostile.write_text("Ships {{ guide }} {% raw %} sailed \x1b[2J\x9b1m on.\n", encoding="utf-8")
    done = invoke("prompt", hostile)
    assert "Ships {{ guide }} {% raw %} sailed" in done.stdout
    assert not set(done.stdout) & set("\x1b\x9b")


@pytest.mark.parametrize("source", ["missing.txt", "."])
def test_what_is_no_article_is_wrong_usage(invoke: Invoke, source: str) -> None:
    done = invoke("prompt", source)
    assert (done.exit_code, done.stdout) == (2, "")
