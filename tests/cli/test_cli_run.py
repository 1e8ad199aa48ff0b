"""`summarizer run`: what comes out where, and with which status."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from commands import Invoke, Spawn
from filling import fill, first_asked

from summarizer.inputs import MAX_BYTES
from summarizer.testing import Answer, Request, ScriptedEndpoint, failure, rate_limited

TEXT = "General Irsa Toll said the ships of Veldmark would stay.\n"

Use = Callable[[ScriptedEndpoint], None]


@pytest.mark.local_server
def test_stdout_holds_the_record_and_stderr_the_rest(
    invoke: Invoke, endpoint: ScriptedEndpoint, article: Path
) -> None:
    done = invoke("run", article)
    assert done.exit_code == 0
    assert "Military activities (1)" in done.stdout
    assert "\x1b" not in done.stdout
    assert "Reading 3 sentences" in done.stderr
    assert "Reading" not in done.stdout


@pytest.mark.local_server
def test_json_is_one_object_whose_quotes_are_of_the_article(
    invoke: Invoke, endpoint: ScriptedEndpoint, article: Path
) -> None:
    done = invoke("run", article, "--format", "json", "--id", "a-1", "--published", "2031-05-06")
    record = json.loads(done.stdout)
    text = record["article"]["text"]
    cited = [e for item in record["summary"]["military_activities"] for e in item["evidence"]]
    assert cited
    assert all(e["quote"] == text[e["start"] : e["end"]] for e in cited)
    assert (record["article"]["id"], record["article"]["published"]) == ("a-1", "2031-05-06")


@pytest.mark.local_server
@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("out.json", "{"),
        ("out.md", "# "),
        ("out.HTML", "<!doctype html>"),
        ("out.txt", "Ostrava\n\nSynopsis"),
        ("out", "Ostrava\n\nSynopsis"),
    ],
)
def test_the_suffix_of_the_output_says_the_format(
    invoke: Invoke, endpoint: ScriptedEndpoint, article: Path, name: str, start: str
) -> None:
    out = article.with_name(name)
    done = invoke("run", article, "-o", out)
    assert (done.exit_code, done.stdout) == (0, "")
    assert out.read_text(encoding="utf-8").startswith(start)
    assert f"Wrote {out}" in done.stderr
    assert sorted(p.name for p in article.parent.iterdir()) == sorted(["article.txt", name])


@pytest.mark.local_server
def test_a_format_that_is_named_goes_before_the_suffix(
    invoke: Invoke, endpoint: ScriptedEndpoint, article: Path
) -> None:
    out = article.with_name("out.html")
    assert invoke("run", article, "-o", out, "--format", "json").exit_code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["schema_version"]


@pytest.mark.local_server
def test_an_output_of_a_dash_is_standard_output(
    invoke: Invoke,
    endpoint: ScriptedEndpoint,
    article: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "Military activities" in invoke("run", article, "-o", "-").stdout
    assert not Path("-").exists()


@pytest.mark.local_server
def test_a_dash_reads_standard_input(invoke: Invoke, endpoint: ScriptedEndpoint) -> None:
    done = invoke("run", "-", "--format", "json", stdin=TEXT.encode())
    assert json.loads(done.stdout)["article"]["text"] == TEXT
    assert "Reading 1 sentence and" in done.stderr


@pytest.mark.local_server
def test_options_reach_the_endpoint(
    invoke: Invoke, endpoint: ScriptedEndpoint, article: Path
) -> None:
    options = ["--model", "other", "--temperature", "0.5", "--max-tokens", "77"]
    done = invoke("run", article, *options, "--output-language", "French", "--strategy", "single")
    assert done.exit_code == 0, done.stderr
    (sent,) = first_asked(endpoint.requests)
    assert sent.body["model"] == "other"
    assert sent.body["temperature"] == 0.5
    assert sent.body["max_tokens"] == 77
    assert "French" in sent.prompt


@pytest.mark.local_server
def test_a_schema_of_ones_own_by_the_path_of_its_file(
    invoke: Invoke, endpoint: ScriptedEndpoint, article: Path
) -> None:
    module = article.with_name("mine.py")
    module.write_text(
        "from __future__ import annotations\n"
        "from pydantic import BaseModel, field_validator\n"
        "from summarizer import Evidence\n"
        "print('printed at import')\n"
        "class Ship(BaseModel):\n    label: str\n    evidence: list[Evidence]\n"
        "class Fleet(BaseModel):\n    ships: list[Ship]\n"
        "    @field_validator('ships')\n"
        "    @classmethod\n"
        "    def seen(cls, ships):\n"
        "        print('printed by a validator')\n"
        "        return ships\n",
        encoding="utf-8",
    )
    done = invoke("run", article, "--format", "json", "--schema", f"{module}:Fleet")
    assert done.exit_code == 0, done.stderr
    assert list(json.loads(done.stdout)["summary"]) == ["ships"]
    assert "printed at import" in done.stderr
    assert "printed by a validator" in done.stderr


def unreadable(folder: Path) -> dict[str, Path]:
    """Inputs that are no article, by what is wrong with them."""
    contents = {
        "empty": b"",
        "blank": b" \n\t\n",
        "binary": b"text\0text",
        "latin-1": "Übung in Köln, sagte er".encode("latin-1"),
        "utf-16": "text".encode("utf-16"),
        "pdf": b"%PDF-1.7 and so on",
        "large": b"a " * (MAX_BYTES // 2 + 1),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    (folder / "folder").mkdir()
    return {name: folder / name for name in (*contents, "folder", "missing")}


@pytest.mark.local_server
@pytest.mark.parametrize(
    "name",
    ["empty", "blank", "binary", "latin-1", "utf-16", "pdf", "large", "folder", "missing"],
)
def test_an_input_that_is_no_article_is_wrong_usage_and_calls_no_model(
    invoke: Invoke, endpoint: ScriptedEndpoint, tmp_path: Path, name: str
) -> None:
    done = invoke("run", unreadable(tmp_path)[name])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: ")
    assert "\nHint: " in done.stderr
    assert "Traceback" not in done.stderr
    assert not endpoint.requests


@pytest.mark.local_server
def test_empty_standard_input_is_wrong_usage(invoke: Invoke, endpoint: ScriptedEndpoint) -> None:
    assert invoke("run", "-", stdin=b"").exit_code == 2


def test_standard_input_that_is_closed_is_wrong_usage(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.cli.source.sys", SimpleNamespace(stdin=None))
    done = invoke("run", "-")
    assert done.exit_code == 2
    assert "Standard input is closed" in done.stderr


@pytest.mark.local_server
@pytest.mark.parametrize(
    "options",
    [
        ["--strategy", "magic"],
        ["--size", "huge"],
        ["--published", "last week"],
        ["--language", "English, mostly"],
        ["--schema", "nowhere"],
        ["--format", "yaml"],
        ["--temperature", "-1"],
        ["--max-tokens", "0"],
        ["--timeout", "0"],
        ["--base-url", "localhost:8080"],
        ["--api-key", "sk-abcdefghijkl"],
    ],
    ids=lambda options: options[0],
)
def test_an_option_that_cannot_work_is_wrong_usage(
    invoke: Invoke, endpoint: ScriptedEndpoint, article: Path, options: list[str]
) -> None:
    done = invoke("run", article, *options)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Error: " in done.stderr
    assert not endpoint.requests


@pytest.mark.local_server
@pytest.mark.parametrize("name", ["", "nowhere/out.json"])
def test_an_output_that_cannot_be_written_is_told_before_the_work(
    invoke: Invoke, endpoint: ScriptedEndpoint, article: Path, tmp_path: Path, name: str
) -> None:
    done = invoke("run", article, "-o", tmp_path / name)
    assert done.exit_code == 2
    assert "older" in done.stderr
    assert not endpoint.requests


def test_no_source_is_wrong_usage(invoke: Invoke) -> None:
    assert invoke("run").exit_code == 2


@pytest.mark.local_server
def test_an_endpoint_that_is_down_is_a_failure_with_a_way_out(
    invoke: Invoke, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.retry.sleep", _at_once)
    done = invoke("run", article, "--base-url", "http://127.0.0.1:9/v1", "--model", "m")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "127.0.0.1:9 can't be reached" in done.stderr
    assert "Hint: Check the base URL" in done.stderr
    assert "Traceback" not in done.stderr


async def _at_once(seconds: float) -> None:
    return


@pytest.mark.local_server
def test_a_wrong_key_is_a_failure_with_a_way_out(
    invoke: Invoke, endpoint: ScriptedEndpoint, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARIZER_API_KEY", "sk-mistaken-mistaken")
    out = article.with_name("out.json")
    out.write_text("from before", encoding="utf-8")
    done = invoke("run", article, "-o", out)
    assert done.exit_code == 1
    assert "did not accept the API key (401)" in done.stderr
    assert "Hint: " in done.stderr
    assert "mistaken" not in done.output
    assert out.read_text(encoding="utf-8") == "from before"


@pytest.mark.local_server
def test_a_key_that_the_endpoint_echoes_is_not_shown(
    invoke: Invoke, article: Path, use: Use
) -> None:
    def echo(request: Request) -> Answer:
        return failure(418, f"Bad header: {request.headers['authorization']}")

    with ScriptedEndpoint(echo) as server:
        use(server)
        done = invoke("run", article, "--debug")
    assert done.exit_code == 1
    assert "Traceback (most recent call last)" in done.stderr
    assert server.api_key not in done.output


@pytest.mark.local_server
def test_an_error_that_nobody_foresaw_is_one_message_without_the_key(
    invoke: Invoke, endpoint: ScriptedEndpoint, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError(f"\x1b[2J{endpoint.api_key}")

    monkeypatch.setattr("summarizer.Summarizer.summarize", broken)
    for options in ([], ["--debug"]):
        done = invoke("run", article, *options)
        assert (done.exit_code, done.stdout) == (1, "")
        assert "Error: KeyError" in done.stderr
        assert "bug in summarizer" in done.stderr
        assert ("Traceback" in done.stderr) is bool(options)
        assert endpoint.api_key not in done.stderr
        assert "\x1b" not in done.stderr


@pytest.mark.local_server
def test_waiting_for_a_busy_endpoint_is_told(invoke: Invoke, article: Path, use: Use) -> None:
    busy = [rate_limited(0)]
    with ScriptedEndpoint(lambda request: busy.pop() if busy else fill(request)) as server:
        use(server)
        done = invoke("run", article)
    assert done.exit_code == 0
    assert "Trying again in" in done.stderr


@pytest.mark.local_server
@pytest.mark.parametrize("form", ["text", "json", "md", "html"])
def test_what_steers_a_terminal_stays_out_of_every_format(
    invoke: Invoke, endpoint: ScriptedEndpoint, tmp_path: Path, form: str
) -> None:
    article = tmp_path / "hostile.txt"
    text = "The ships of Veldmark\x1b[2J sailed \x9b31m on \u202eMonday\x7f.\n"
    article.write_text(text, encoding="utf-8")
    done = invoke("run", article, "--format", form)
    assert done.exit_code == 0, done.stderr
    assert not set(done.stdout) & set("\x1b\x9b\u202e\x7f")
    if form == "json":
        assert json.loads(done.stdout)["article"]["text"] == text


@pytest.mark.local_server
def test_names_in_errors_cannot_steer_a_terminal(
    invoke: Invoke, endpoint: ScriptedEndpoint
) -> None:
    done = invoke("run", "no\x1b[2Jthing")
    assert done.exit_code == 2
    assert "\x1b" not in done.stderr


@pytest.mark.local_server
def test_the_embedded_model_has_its_weights_and_is_started_before_it_is_asked(
    invoke: Invoke, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []

    class Engine:
        base_url = api_key = ""
        model = identity = "weights"
        alive = True

    def ensure(name: str, **_: object) -> Path:
        steps.append(f"weights of {name}")
        return Path("weights.gguf")

    def shared(path: Path, **_: object) -> type[Engine]:
        steps.append(f"engine for {path}")
        return Engine

    monkeypatch.setattr("summarizer.embedded.ensure", ensure)
    monkeypatch.setattr("summarizer.embedded.shared", shared)
    with ScriptedEndpoint(fill) as server:
        Engine.base_url, Engine.api_key = server.base_url, server.api_key
        done = invoke("run", article)
    assert done.exit_code == 0, done.stderr
    weights = "weights of qwen2.5-coder-1.5b-instruct"
    assert steps[:3] == [weights, weights, "engine for weights.gguf"]
    assert done.stderr.splitlines()[0] == "Starting the engine…"


@pytest.mark.local_server
@pytest.mark.skipif(os.name != "posix", reason="interrupts by a signal")
def test_ctrl_c_is_one_line_and_status_130_and_leaves_nothing(
    spawn: Spawn, article: Path, use: Use
) -> None:
    with ScriptedEndpoint([Answer("{}", delay=60)]) as server:
        use(server)
        process = spawn("run", article, "-o", article.with_name("out.json"))
        deadline = time.monotonic() + 30
        while not server.requests and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=15)
    assert (process.returncode, stdout) == (130, b"")
    assert stderr.splitlines()[-1] == b"Interrupted."
    assert b"Traceback" not in stderr
    assert [p.name for p in article.parent.iterdir()] == ["article.txt"]


@pytest.mark.local_server
@pytest.mark.skipif(os.name != "posix", reason="pipes as POSIX has them")
def test_a_reader_that_has_seen_enough_is_no_failure(
    spawn: Spawn, article: Path, endpoint: ScriptedEndpoint
) -> None:
    process = spawn("run", article, "--format", "html")
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    stderr = process.stderr.read()
    assert process.wait(timeout=30) == 0
    assert b"Broken" not in stderr
    assert b"Traceback" not in stderr


@pytest.mark.local_server
def test_a_pipe_gets_utf_8_whatever_the_locale(
    spawn: Spawn, endpoint: ScriptedEndpoint, tmp_path: Path
) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Учения «Чистая вода» прошли в Норвике.\n", encoding="utf-8")
    process = spawn("run", article, "--format", "json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    stdout, _ = process.communicate(timeout=30)
    assert "Чистая вода" in stdout.decode("utf-8")
