"""`summarizer doctor`: what it shows, what it finds, and that it keeps keys to itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from commands import Invoke
from filling import fill

from summarizer import embedded
from summarizer.embedded import DEFAULT
from summarizer.errors import EngineFailed
from summarizer.testing import (
    Answer,
    Request,
    ScriptedEndpoint,
    failure,
    rate_limited,
    refusing_response_format,
)

Use = Callable[[ScriptedEndpoint], None]

CROSSING = {"ferry": "Astrid", "people": 40}


def able(request: Request) -> Answer:
    """An answer that fits, in whichever mode it is asked for."""
    return fill(request) if "response_format" in request.body else Answer(CROSSING)


def found_by(invoke: Invoke, *args: str) -> dict[str, Any]:
    """What doctor says as JSON, its findings by what was looked at."""
    done = invoke("doctor", "--format", "json", *args)
    told: dict[str, Any] = json.loads(done.stdout)
    assert done.exit_code == (0 if told["ok"] else 1)
    told["checks"] = {finding["check"]: finding for finding in told["findings"]}
    return told


@pytest.mark.local_server
def test_all_is_good_and_each_setting_is_shown_with_its_origin(invoke: Invoke, use: Use) -> None:
    with ScriptedEndpoint(able) as server:
        use(server)
        done = invoke("doctor", "--model", "scripted")
        assert done.exit_code == 0
        lines = [line.split() for line in done.stdout.splitlines()]
        assert ["model", "scripted", "argument"] in lines
        assert ["base", "url", server.base_url, "SUMMARIZER_BASE_URL"] in lines
        assert ["api", "key", "set", "SUMMARIZER_API_KEY"] in lines
        assert lines[-1] == ["All", "good."]
        assert "not used" not in done.stdout
        assert "Asking" in done.stderr


@pytest.mark.local_server
def test_the_key_is_shown_nowhere_not_even_in_part(invoke: Invoke, use: Use) -> None:
    with ScriptedEndpoint(able, api_key="skey-Zq9-XvWk8-secret") as server:
        use(server)
        for options in ([], ["--format", "json"], ["--debug"]):
            shown = invoke("doctor", *options).output
            assert not [part for part in server.api_key.split("-") if part in shown]


@pytest.mark.local_server
def test_a_server_that_holds_answers_to_the_schema_is_told_from_one_that_does_not(
    invoke: Invoke, use: Use
) -> None:
    with ScriptedEndpoint(able) as server:
        use(server)
        assert found_by(invoke)["answers"]["json_schema"] == "kept"
    with ScriptedEndpoint([Answer("It was the Astrid, with 40 people.")]) as server:
        use(server)
        told = found_by(invoke)
        assert told["answers"]["json_schema"] == "ignored"
        assert len(server.requests) == 3  # nothing is asked again
        assert told["checks"]["JSON_SCHEMA"]["status"] == "note"
        assert told["checks"]["MD_JSON"]["status"] == "wrong"


@pytest.mark.local_server
def test_a_server_that_refuses_the_schema_is_well_if_it_gives_json_otherwise(
    invoke: Invoke, use: Use
) -> None:
    with ScriptedEndpoint(refusing_response_format(Answer(CROSSING))) as server:
        use(server)
        told = found_by(invoke)
    assert told["ok"]
    assert told["answers"]["json_schema"] == "refused"
    assert told["answers"]["md_json"] == "kept"
    assert not told["answers"]["strict"]


@pytest.mark.local_server
def test_a_server_that_refuses_the_flag_for_strict_only_is_told(invoke: Invoke, use: Use) -> None:
    def script(request: Request) -> Answer:
        wanted = request.body.get("response_format", {}).get("json_schema", {})
        if "strict" in wanted:
            return failure(400, "Unknown field: response_format.json_schema.strict")
        return able(request)

    with ScriptedEndpoint(script) as server:
        use(server)
        told = found_by(invoke)
    assert told["answers"]["json_schema"] == "kept"
    assert not told["answers"]["strict"]
    assert "strict refused" in told["checks"]["JSON_SCHEMA"]["message"]


@pytest.mark.local_server
def test_the_modes_are_as_before_for_whoever_asks_next(invoke: Invoke, use: Use) -> None:
    with ScriptedEndpoint(able) as server:
        use(server)
        invoke("doctor")
        del server.requests[:]
        invoke("doctor")
        assert "response_format" in server.requests[0].body


@pytest.mark.local_server
def test_the_pace_is_that_of_the_tokens_that_the_endpoint_counts(invoke: Invoke, use: Use) -> None:
    def slow(request: Request) -> Answer:
        counting = "fifty" in request.prompt
        usage = {"prompt_tokens": 20, "completion_tokens": 60}
        return Answer(able(request).content, usage=usage, delay=0.3 if counting else 0)

    with ScriptedEndpoint(slow) as server:
        use(server)
        assert 100 < found_by(invoke)["answers"]["pace"] < 200


@pytest.mark.local_server
def test_an_endpoint_that_counts_no_tokens_is_well_and_has_no_pace(
    invoke: Invoke, use: Use
) -> None:
    def uncounted(request: Request) -> Answer:
        return Answer(able(request).content, usage={"completion_tokens": 0})

    with ScriptedEndpoint(uncounted) as server:
        use(server)
        told = found_by(invoke)
    assert told["ok"]
    assert told["answers"]["pace"] is None


@pytest.mark.local_server
def test_the_kind_of_server_and_its_context_are_told(invoke: Invoke, use: Use) -> None:
    listed = {"id": "scripted", "owned_by": "llamacpp", "meta": {"n_ctx": 2048}}
    pages = {"/v1/models": {"data": [listed]}}
    with ScriptedEndpoint(able, pages=pages) as server:
        use(server)
        told = found_by(invoke)
    assert told["server"] == {
        "kind": "llama.cpp",
        "models": ["scripted"],
        "context_size": 2048,
        "slots": None,
    }
    assert "llama.cpp" in told["checks"]["endpoint"]["message"]
    assert told["checks"]["context"]["status"] == "note"


@pytest.mark.local_server
def test_a_model_that_is_not_listed_is_told_with_the_first_few_that_are(
    invoke: Invoke, use: Use
) -> None:
    with ScriptedEndpoint(able, models=[f"m{n}" for n in range(9)]) as server:
        use(server)
        told = found_by(invoke)
    assert told["checks"]["model"]["status"] == "note"
    assert "it offers m0, m1, m2, m3, m4 and 4 more" in told["checks"]["model"]["message"]


@pytest.mark.local_server
def test_without_a_model_it_names_those_on_offer_and_sends_nothing(
    invoke: Invoke, use: Use, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ScriptedEndpoint(able, models=["mira-7b"]) as server:
        use(server)
        monkeypatch.delenv("SUMMARIZER_MODEL")
        told = found_by(invoke)
        assert not server.requests
    assert told["checks"]["model"]["status"] == "wrong"
    assert "it offers mira-7b" in told["checks"]["model"]["hint"]


@pytest.mark.local_server
@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (failure(401, "no"), "did not accept the API key (401)"),
        (failure(404, "no"), "knows no model"),
        (rate_limited(0), "answered 429"),
        (Answer(drop=True), "can't be reached"),
    ],
)
def test_an_endpoint_that_fails_is_asked_once_and_its_failure_told(
    invoke: Invoke, use: Use, answer: Answer, said: str
) -> None:
    with ScriptedEndpoint([answer]) as server:
        use(server)
        told = found_by(invoke)
        assert len(server.requests) == 1
    assert not told["ok"]
    assert told["checks"]["endpoint"]["status"] == "wrong"
    assert said in told["checks"]["endpoint"]["message"]
    assert told["answers"] is None


@pytest.mark.local_server
def test_a_wrong_key_is_told_with_the_variable_it_came_from(
    invoke: Invoke, use: Use, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ScriptedEndpoint(able) as server:
        use(server)
        monkeypatch.setenv("SUMMARIZER_API_KEY", "sk-mistaken")
        told = found_by(invoke)
        monkeypatch.delenv("SUMMARIZER_API_KEY")
        without = found_by(invoke)
    assert told["checks"]["endpoint"]["hint"] == "Check the key in SUMMARIZER_API_KEY."
    assert "No key is set" in without["checks"]["endpoint"]["hint"]


@pytest.mark.local_server
def test_a_key_that_is_for_another_host_is_told_to_stay_unused(
    invoke: Invoke, use: Use, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ScriptedEndpoint(able) as server:
        use(server)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-for-openai-alone")
        told = found_by(invoke)
        assert not any("for-openai" in str(r.headers) for r in server.requests)
    assert told["ok"]
    assert "OPENAI_API_KEY is set and not used" in told["checks"]["API key"]["message"]


def test_a_configuration_that_cannot_work_is_a_finding(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARIZER_BASE_URL", "http://user:hidden@127.0.0.1:1/v1")
    done = invoke("doctor")
    assert done.exit_code == 1
    assert "holds a user name or a password" in done.stdout
    assert "hidden" not in done.output


def test_weights_that_are_not_here_are_told_and_not_fetched(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path))
    told = found_by(invoke)
    assert told["settings"]["model"] == {"value": DEFAULT, "origin": "default"}
    assert "on this machine" in told["settings"]["base_url"]["value"]
    weights = told["checks"]["weights"]
    assert weights["status"] == "wrong"
    assert "doctor --fetch" in weights["hint"]
    assert "1,117 MB" in weights["hint"]
    assert list(tmp_path.iterdir()) == []


def test_damaged_weights_are_told_from_missing_ones(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path))
    (tmp_path / embedded.CATALOGUE[DEFAULT].file_name).write_bytes(b"GGUF")
    assert "damaged" in found_by(invoke)["checks"]["weights"]["message"]


def test_with_fetch_weights_are_fetched(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path))
    asked: list[str] = []
    monkeypatch.setattr(embedded, "ensure", asked.append)
    found_by(invoke, "--fetch")
    assert asked == [DEFAULT]


def test_a_missing_engine_is_told_with_how_to_install_it(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    engine = found_by(invoke)["checks"]["engine"]
    assert engine["status"] == "wrong"
    assert "situation-summarizer[local]" in engine["hint"]


def test_an_engine_that_does_not_start_is_told(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(model: str | None) -> None:
        raise EngineFailed("The engine did not start: no memory.")

    monkeypatch.setattr(embedded, "cached", lambda name: tmp_path / name)
    monkeypatch.setattr(embedded, "start", broken)
    told = found_by(invoke)
    assert told["checks"]["weights"]["status"] == "ok"
    assert "SHA-256 is right" in told["checks"]["weights"]["message"]
    assert told["checks"]["engine"]["message"] == "The engine did not start: no memory."


@pytest.mark.local_server
def test_an_engine_that_starts_is_tried_like_any_endpoint(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Engine:
        base_url = api_key = ""
        model = DEFAULT

    monkeypatch.setattr(embedded, "cached", lambda name: tmp_path / name)
    monkeypatch.setattr(embedded, "start", lambda model: Engine)
    with ScriptedEndpoint(able, models=[DEFAULT]) as server:
        Engine.base_url, Engine.api_key = server.base_url, server.api_key
        told = found_by(invoke)
    assert told["ok"]
    assert told["answers"]["json_schema"] == "kept"


@pytest.mark.parametrize("content", [None, b"no GGUF"])
def test_a_weights_file_of_ones_own_that_is_none_is_told(
    invoke: Invoke, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "mine.gguf"
    if content is not None:
        path.write_bytes(content)
    told = found_by(invoke, "--model", str(path))
    assert not told["ok"]
    assert "mine.gguf" in json.dumps(told["findings"])


@pytest.mark.weights
def test_the_embedded_engine_keeps_to_the_schema_and_has_a_pace(invoke: Invoke) -> None:
    told = found_by(invoke)
    assert told["ok"], told["findings"]
    assert told["server"]["kind"] == "llama.cpp"
    assert told["answers"]["json_schema"] == "kept"
    assert told["answers"]["pace"] > 0
