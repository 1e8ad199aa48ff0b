"""`summarizer eval run`: from a suite and an endpoint to a folder, a table and a status."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from commands import ROOT, Invoke, Spawn
from eval_runs import drills
from filling import fill
from gold_files import TEXT, read, write

from summarizer import Summarizer
from summarizer.connection import whereabouts
from summarizer.errors import ConfigurationError
from summarizer.evals.judgement import DOCUMENTS, SCORES, Judgement
from summarizer.evals.runs import PREDICTIONS, RUN, load_run
from summarizer.evals.suites import Suite
from summarizer.testing import Answer, Request, ScriptedEndpoint, failure

Use = Callable[[ScriptedEndpoint], None]
CANARY = "sk-canary-0123456789"
pytestmark = pytest.mark.local_server


@pytest.fixture
def gold(tmp_path: Path) -> Suite[Any]:
    return drills(tmp_path / "drills", ["a", "b", "c", "d"], ["z"])


@pytest.fixture
def suite(tmp_path: Path, gold: Suite[Any]) -> Path:
    return tmp_path / "drills"


def issue(request: Request) -> str:
    """Which of the articles it is that is asked about; nothing where single items are mended."""
    found = re.search(r"This is issue (\w)\.", request.prompt)
    return found[1] if found else ""


def asked(endpoint: ScriptedEndpoint) -> list[str]:
    """The articles that were asked about, each once, in order."""
    return list(dict.fromkeys(filter(None, map(issue, endpoint.requests))))


DISLIKED = failure(400, "It is not liked.")


@pytest.fixture
def disliked() -> set[str]:
    """The articles that the endpoint refuses to be asked about."""
    return {"b"}


@pytest.fixture
def but_b(use: Use, disliked: set[str]) -> Iterator[ScriptedEndpoint]:
    """An endpoint that refuses what is asked about one of the articles."""

    def script(request: Request) -> Answer:
        return DISLIKED if issue(request) in disliked else fill(request)

    with ScriptedEndpoint(script) as server:
        use(server)
        yield server


def kept(folder: Path) -> list[dict[str, Any]]:
    """The predictions, but for what they cost."""
    lines = (folder / PREDICTIONS).read_text(encoding="utf-8").splitlines()
    return [{k: v for k, v in json.loads(one).items() if k != "usage"} for one in lines]


def run(invoke: Invoke, suite: Path, folder: Path, *more: str | Path) -> Any:
    return invoke("eval", "run", "--suite", suite, "--split", "dev", "-o", folder, *more)


def test_from_a_suite_to_a_folder_and_a_table(
    invoke: Invoke, endpoint: ScriptedEndpoint, suite: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    done = run(invoke, suite, folder)
    assert done.exit_code == 0, done.stderr
    assert asked(endpoint) == ["a", "b", "c", "d"]
    assert {each.name for each in folder.iterdir()} == {
        *(RUN, PREDICTIONS, SCORES, DOCUMENTS, "log.txt")
    }
    stored_run = load_run(folder)
    assert (stored_run.settings.name, stored_run.settings.model) == ("run", "scripted")
    assert stored_run.settings.documents == ["dev/a", "dev/b", "dev/c", "dev/d"]
    head, table, *_ = done.stdout.split("\n\n")
    assert head == "run: scripted on drills 1, dev, 4 documents"
    rows = [re.split(r"  +", row) for row in table.splitlines()]
    assert rows[0][:5] == ["section", "slot F", "precision", "recall", "items F"]
    assert re.fullmatch(r"0\.\d\d \[0\.\d\d, \d\.\d\d\] n 4", rows[1][1])
    assert [row[0] for row in rows[1:3]] == ["all", "parties"]
    for told in (
        *("quotes that stand where they say", "numbers that stand in the sentences cited"),
        *("tokens read", "slot F at threshold 0.6"),
        "slotF|gate:type+anchor|τ:0.4|",
    ):
        assert told in done.stdout
    assert "4 of 4 done, 0 failed: dev/d, 0 s" in done.stderr


def test_json_is_the_judgement_whole_and_score_gives_the_same_to_the_digit(
    invoke: Invoke, endpoint: ScriptedEndpoint, suite: Path, tmp_path: Path
) -> None:
    done = run(invoke, suite, tmp_path / "run", "--format", "json", "--repeat", "2")
    told = Judgement.model_validate_json(done.stdout)
    assert (told.split, told.documents, told.repeats, told.spread) == ("dev", 4, 2, 0)
    assert told.scores.overall.value.f.n == 4
    assert json.loads(done.stdout) == read(tmp_path / "run" / SCORES)
    requests = len(endpoint.requests)
    for more in ([], ["--split", "dev"]):
        again = invoke(
            "eval", "score", tmp_path / "run", "--suite", suite, "--format", "json", *more
        )
        assert (again.exit_code, again.stdout) == (0, done.stdout)
    assert len(endpoint.requests) == requests


def test_repeats_have_seeds_of_their_own_and_limit_and_concurrency_hold(
    invoke: Invoke, endpoint: ScriptedEndpoint, suite: Path, tmp_path: Path
) -> None:
    more = ("--repeat", "3", "--seed", "7", "--limit", "2", "--concurrency", "2")
    done = run(invoke, suite, tmp_path / "run", *more)
    assert done.exit_code == 0, done.stderr
    first = [request for request in endpoint.requests if issue(request)]
    seeds = {(issue(request), request.body["seed"]) for request in first}
    assert seeds == {(name, seed) for name in "ab" for seed in (7, 8, 9)}
    keys = [(each["id"], each.get("repeat", 1)) for each in kept(tmp_path / "run")]
    assert keys == [("a", 1), ("b", 1), ("a", 2), ("b", 2), ("a", 3), ("b", 3)]
    assert "standard deviation of slot F between repeats" in done.stdout


def test_a_document_that_fails_is_named_counts_as_empty_and_is_asked_again(
    invoke: Invoke, but_b: ScriptedEndpoint, disliked: set[str], suite: Path, tmp_path: Path
) -> None:
    done = run(invoke, suite, tmp_path / "run")
    assert done.exit_code == 1
    assert re.search(r"^FAILED dev/b #1: RequestRejected: .*It is not liked", done.stdout, re.M)
    assert "4 of 4 done, 1 failed: dev/d" in done.stderr
    assert read(tmp_path / "run" / SCORES)["scores"]["failed"] == 1
    disliked.clear()
    but_b.requests.clear()
    done = run(invoke, suite, tmp_path / "run")
    assert asked(but_b) == ["b"]
    assert run(invoke, suite, tmp_path / "whole").exit_code == 0
    assert (done.exit_code, "FAILED" in done.stdout) == (0, False)
    assert "4 predictions to make, 3 made already" in done.stderr
    assert kept(tmp_path / "run") == kept(tmp_path / "whole")


@pytest.mark.skipif(os.name != "posix", reason="kills by a signal")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_killed_and_started_again_it_ends_as_if_it_had_not_been(
    invoke: Invoke, spawn: Spawn, use: Use, suite: Path, tmp_path: Path, how: signal.Signals
) -> None:
    folder = tmp_path / "run"
    slow = {"c"}

    def script(request: Request) -> Answer:
        return Answer(fill(request).content, delay=60 if issue(request) in slow else 0)

    with ScriptedEndpoint(script) as server:
        use(server)
        process = spawn("eval", "run", "--suite", suite, "--split", "dev", "-o", folder)
        deadline = time.monotonic() + 60
        while "c" not in asked(server) and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(how)
        _, stderr = process.communicate(timeout=30)
        assert [each["id"] for each in kept(folder)] == ["a", "b"]
        if how is signal.SIGINT:
            assert process.returncode == 130
            assert stderr.splitlines()[-1] == b"Interrupted."
            assert f"the same command with --output {folder}".encode() in stderr
            assert b"Traceback" not in stderr
        with (folder / PREDICTIONS).open("ab") as file:
            file.write('{"id": "c", "spl": "é'.encode()[:-1])  # as if killed while it wrote
        slow.clear()
        server.requests.clear()
        done = run(invoke, suite, folder)
        assert asked(server) == ["c", "d"]
        assert run(invoke, suite, tmp_path / "whole").exit_code == 0
    assert done.exit_code == 0, done.stderr
    assert kept(folder) == kept(tmp_path / "whole")
    name = '"name": "run"'
    whole = (tmp_path / "whole" / RUN).read_text(encoding="utf-8")
    assert (folder / RUN).read_text(encoding="utf-8") == whole.replace('"name": "whole"', name)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--temperature", "0.5"], "another temperature (0, not 0.5)"),
        (["--strategy", "sections"], "another strategy (auto, not sections)"),
        (["--model", "larger"], "another model"),
        (["--repeat", "2"], "another number of repeats"),
        (["--limit", "2"], "another choice of documents"),
    ],
)
def test_another_run_in_the_same_folder_is_refused_by_what_differs(
    invoke: Invoke,
    endpoint: ScriptedEndpoint,
    suite: Path,
    tmp_path: Path,
    more: list[str],
    said: str,
) -> None:
    assert run(invoke, suite, tmp_path / "run").exit_code == 0
    requests = len(endpoint.requests)
    done = run(invoke, suite, tmp_path / "run", *more)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(endpoint.requests) == requests


def test_a_run_is_not_gone_on_with_at_another_endpoint(
    invoke: Invoke, endpoint: ScriptedEndpoint, suite: Path, tmp_path: Path
) -> None:
    assert run(invoke, suite, tmp_path / "run").exit_code == 0
    told = load_run(tmp_path / "run").settings.asked["endpoint"]
    assert re.fullmatch(r"[0-9a-f]{12}", told)
    with ScriptedEndpoint(fill) as other:
        done = run(invoke, suite, tmp_path / "run", "--base-url", other.base_url)
    assert (done.exit_code, other.requests) == (2, [])
    assert re.search(rf"another endpoint \({told}, not [0-9a-f]{{12}}\)", done.stderr)
    again = run(invoke, suite, tmp_path / "run", "--base-url", f"{endpoint.base_url}/")
    assert again.exit_code == 0, again.stderr


def test_weights_on_this_machine_are_known_by_their_sha256(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path / "cache"))
    stored_run = load_run(ROOT / "evals" / "baselines" / "situations" / "embedded")
    for prediction in stored_run.predictions.values():
        assert whereabouts(Summarizer().settings) == {"weights": prediction.signature["weights"]}
    file = tmp_path / "own.gguf"
    file.write_bytes(b"GGUF")
    own = Summarizer(str(file))
    assert whereabouts(own.settings) == {"weights": sha256(b"GGUF").hexdigest()}
    file.write_bytes(b"GGUF, of another size")
    assert whereabouts(own.settings) == {"weights": sha256(b"GGUF, of another size").hexdigest()}
    file.unlink()
    with pytest.raises(ConfigurationError, match=r"own\.gguf can't be read"):
        whereabouts(own.settings)


def test_an_endpoint_is_known_by_its_address_however_it_is_written() -> None:
    def where(url: str) -> dict[str, str]:
        return whereabouts(Summarizer("m", base_url=url).settings)

    assert where("https://Models.example/v1/") == where("https://models.example:443/v1")
    others = {str(where(f"https://models.example{path}")) for path in ("/v1", "/v2", ":80/v1")}
    assert len(others) == 3


def test_other_versions_are_told_where_a_run_is_gone_on_with(
    invoke: Invoke, but_b: ScriptedEndpoint, suite: Path, tmp_path: Path
) -> None:
    assert run(invoke, suite, tmp_path / "run").exit_code == 1
    told = read(tmp_path / "run" / RUN)
    told["environment"]["situation-summarizer"] = "0.0.1"
    write(tmp_path / "run" / RUN, told)
    done = run(invoke, suite, tmp_path / "run")
    line = r"was begun with other versions: situation-summarizer 0\.0\.1, now \d"
    assert re.search(line, done.stderr)
    assert re.search(line, (tmp_path / "run" / "log.txt").read_text(encoding="utf-8"))
    assert read(tmp_path / "run" / RUN) == told


def test_a_folder_with_a_file_of_the_user_s_is_refused_before_the_model_is_asked(
    invoke: Invoke, endpoint: ScriptedEndpoint, suite: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "log.txt").write_text("mine", encoding="utf-8")
    done = run(invoke, suite, tmp_path / "mine")
    assert (done.exit_code, done.stdout, endpoint.requests) == (2, "", [])
    assert "is not empty, and holds no run.json" in done.stderr
    assert "Name a new or an empty folder with --output." in done.stderr
    assert (tmp_path / "mine" / "log.txt").read_text(encoding="utf-8") == "mine"


def test_another_suite_and_changed_gold_in_the_same_folder_are_refused(
    invoke: Invoke, endpoint: ScriptedEndpoint, suite: Path, gold: Suite[Any], tmp_path: Path
) -> None:
    assert run(invoke, suite, tmp_path / "run").exit_code == 0
    drills(tmp_path / "others", ["a", "b", "c", "d"])
    done = run(invoke, tmp_path / "others", tmp_path / "run")
    assert done.exit_code == 2
    assert "holds a run with another suite" in done.stderr
    changed = read(gold.documents[0].path)
    changed["labels"]["parties"][1]["kind"] = "company"
    write(gold.documents[0].path, changed)
    done = run(invoke, suite, tmp_path / "run")
    assert done.exit_code == 2
    assert "holds a run with another gold." in done.stderr
    scored = invoke("eval", "score", tmp_path / "run", "--suite", suite)
    assert scored.exit_code == 0
    assert f"The gold of drills was changed since {tmp_path / 'run'} was made." in scored.stderr


def test_a_folder_holds_no_key_and_no_article(
    invoke: Invoke, suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def echo(request: Request) -> Answer:
        if issue(request) == "b":
            return failure(400, f"Who sends {CANARY} with {TEXT}?")
        return fill(request)

    with ScriptedEndpoint(echo, api_key=CANARY) as server:
        monkeypatch.setenv("SUMMARIZER_BASE_URL", server.base_url)
        monkeypatch.setenv("SUMMARIZER_API_KEY", CANARY)
        monkeypatch.setenv("SUMMARIZER_MODEL", "scripted")
        done = run(invoke, suite, tmp_path / "run")
    assert "RequestRejected" in done.stdout
    for text in (done.stdout, done.stderr):
        assert CANARY not in text
    for file in (tmp_path / "run").iterdir():
        told = file.read_text(encoding="utf-8")
        assert CANARY not in told
        assert "They could, Toll warned" not in told  # a sentence that no receipt is of


@pytest.mark.parametrize("concurrency", ["1", "4"])
def test_a_wrong_key_or_model_or_endpoint_stops_at_once_with_one_error(
    invoke: Invoke, use: Use, suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    concurrency: str,
) -> None:  # fmt: skip
    folder = tmp_path / "run"
    more = ("--concurrency", concurrency)
    with ScriptedEndpoint([failure(404, "No such model.")]) as server:
        use(server)
        unknown = run(invoke, suite, folder, *more)
        monkeypatch.setenv("SUMMARIZER_API_KEY", "sk-wrong-0123456789")
        wrong = run(invoke, suite, folder, *more)
        assert len(server.requests) <= 2 * int(concurrency)
        monkeypatch.delenv("SUMMARIZER_MODEL")
        unnamed = run(invoke, suite, folder, *more)
    assert "knows no model 'scripted'" in unknown.stderr
    assert "did not accept the API key (401)" in wrong.stderr
    for done in (unknown, wrong, unnamed):
        assert done.exit_code != 0
        assert done.stdout == ""
        assert done.stderr.count("Error:") == 1
        assert "Traceback" not in done.stderr
        assert "TaskGroup" not in done.stderr
        assert "bug" not in done.stderr
    assert not folder.exists()


def test_an_endpoint_that_can_t_be_reached_stops_at_once(
    invoke: Invoke, use: Use, suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_time(seconds: float) -> None:
        return None

    monkeypatch.setattr("summarizer.retry.sleep", no_time)
    with ScriptedEndpoint(fill) as server:
        use(server)
    done = run(invoke, suite, tmp_path / "run")
    assert done.exit_code == 1
    assert "can't be reached" in done.stderr
    assert not (tmp_path / "run").exists()


def test_without_output_a_folder_is_made_that_any_file_system_takes(
    invoke: Invoke, endpoint: ScriptedEndpoint, suite: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    command = ("eval", "run", "--suite", "drills", "--limit", "1", "--model", "maker/qwen:7b|x?.")
    for _ in range(2):
        assert invoke(*command).exit_code == 0
    names = sorted(folder.name for folder in (tmp_path / "runs").iterdir())
    assert len(names) == 2
    for name in names:
        assert re.fullmatch(r"\d{8}-\d{6}-drills-qwen-7b-x(-2)?", name)


def test_the_gate_decides_over_the_status(
    invoke: Invoke, but_b: ScriptedEndpoint, suite: Path, tmp_path: Path
) -> None:
    gate = tmp_path / "gate.toml"
    gate.write_text("", encoding="utf-8")
    done = run(invoke, suite, tmp_path / "run", "--gate", gate)
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-1] == "Gate: 1 failed, and 0 may: dev/b."
    gate.write_text("max_failed = 1", encoding="utf-8")
    done = run(invoke, suite, tmp_path / "run", "--gate", gate)
    assert done.exit_code == 0
    assert done.stderr.splitlines()[-1] == "The run passes the gate."


def test_a_gate_that_can_t_be_held_is_said_before_the_model_is_asked(
    invoke: Invoke, endpoint: ScriptedEndpoint, suite: Path, tmp_path: Path
) -> None:
    gate = tmp_path / "gate.toml"
    for text in ("delta =", "detla = 1", 'keep = ["dev/a#/parties/9"]', 'baseline = "none"'):
        gate.write_text(text, encoding="utf-8")
        done = run(invoke, suite, tmp_path / "run", "--gate", gate)
        assert (done.exit_code, done.stdout) == (2, "")
    assert endpoint.requests == []
    assert not (tmp_path / "run").exists()


def test_a_baseline_over_a_part_is_refused_and_a_run_over_a_part_is_told(
    invoke: Invoke, endpoint: ScriptedEndpoint, suite: Path, tmp_path: Path
) -> None:
    gate = tmp_path / "gate.toml"
    gate.write_text('baseline = "main"', encoding="utf-8")
    assert run(invoke, suite, tmp_path / "main", "--limit", "2").exit_code == 0
    endpoint.requests.clear()
    done = run(invoke, suite, tmp_path / "run", "--gate", gate)
    assert (done.exit_code, done.stdout, endpoint.requests) == (2, "", [])
    assert "has 2 of the 4 documents of the run, and lacks dev/c, dev/d" in done.stderr
    done = run(invoke, suite, tmp_path / "run", "--gate", gate, "--limit", "1")
    assert done.exit_code == 0
    main, few = tmp_path / "main", tmp_path / "run"
    assert done.stderr.splitlines()[-2:] == [
        f"Documents of {main} that {few} lacks, and that are left out: 1.",
        "The run passes the gate.",
    ]


def test_a_split_or_a_suite_that_isn_t_there_is_wrong_usage(
    invoke: Invoke, endpoint: ScriptedEndpoint, suite: Path
) -> None:
    done = invoke("eval", "run", "--suite", suite, "--split", "train")
    assert done.exit_code == 2
    assert "There are: dev, test." in done.stderr
    done = invoke("eval", "run", "--suite", "no-such")
    assert done.exit_code == 2
    assert "There is no suite 'no-such'" in done.stderr
    assert "(situations), or the folder of your own" in done.stderr


def test_a_second_process_in_the_same_folder_is_refused(
    invoke: Invoke, spawn: Spawn, use: Use, suite: Path, tmp_path: Path
) -> None:
    with ScriptedEndpoint([Answer("{}", delay=60)]) as server:
        use(server)
        process = spawn("eval", "run", "--suite", suite, "--split", "dev", "-o", tmp_path / "run")
        deadline = time.monotonic() + 60
        while not server.requests and time.monotonic() < deadline:
            time.sleep(0.02)
        done = run(invoke, suite, tmp_path / "run")
        assert done.exit_code == 2
        assert "Another process is at work" in done.stderr
        assert process.poll() is None
        process.kill()
