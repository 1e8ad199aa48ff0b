"""A run's folder while it is made: gone on with, told apart, and nobody else's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from eval_runs import drills, labels_of, line, stored

from summarizer.errors import ConfigurationError, SummarizerError
from summarizer.evals.begun import LOG, begun
from summarizer.evals.runs import PREDICTIONS, Prediction, Settings, load_run
from summarizer.evals.suites import Suite

ASKED = {"strategy": "single", "temperature": 0.0, "seed": None}


@pytest.fixture
def gold(tmp_path: Path) -> Suite[Any]:
    return drills(tmp_path / "drills", ["a", "b"])


def settings(**changes: Any) -> Settings:
    told = {
        "name": "run",
        "description": "A run.",
        "suite": "drills",
        "record": "SituationSummary",
        "documents": ["dev/a", "dev/b"],
        "gold": "0" * 64,
        "repeats": 2,
        "model": "scripted",
        "asked": ASKED,
        "settings_hash": "1" * 16,
    }
    return Settings.model_validate(told | changes)


def prediction(gold: Suite[Any], number: int, **changes: Any) -> Prediction:
    document = gold.documents[number]
    return Prediction.model_validate_json(line(document, labels_of(document), **changes))


def test_a_new_run_has_everything_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "runs" / "new"
    with begun(folder, settings()) as work:
        assert work.missing == [("dev", "a", 1), ("dev", "b", 1), ("dev", "a", 2), ("dev", "b", 2)]
        work.note("here")
        work.add(Prediction(id="a", split="dev", sha256="0" * 64, status="ok", summary={}))
    assert load_run(folder).settings == settings()
    assert (folder / LOG).read_text(encoding="utf-8").endswith("+00:00 here\n")


def test_what_is_done_is_not_to_do_and_what_failed_is(tmp_path: Path, gold: Suite[Any]) -> None:
    with begun(tmp_path / "run", settings()) as work:
        work.add(prediction(gold, 0))
        work.add(Prediction.model_validate_json(line(gold.documents[1], None)))
    with begun(tmp_path / "run", settings()) as work:
        assert work.missing == [("dev", "b", 1), ("dev", "a", 2), ("dev", "b", 2)]
        # Until it has been tried again, it is known why it failed.
        assert load_run(tmp_path / "run").predictions["dev", "b", 1].error is not None


def test_a_torn_line_is_taken_away_before_another_is_written(
    tmp_path: Path, gold: Suite[Any]
) -> None:
    with begun(tmp_path / "run", settings()) as work:
        work.add(prediction(gold, 0))
    with (tmp_path / "run" / PREDICTIONS).open("a", encoding="utf-8") as file:
        file.write(line(gold.documents[1], {})[:50])
    with begun(tmp_path / "run", settings()) as work:
        work.add(prediction(gold, 1))
    assert [*load_run(tmp_path / "run").predictions] == [("dev", "a", 1), ("dev", "b", 1)]


def test_tidying_puts_lines_in_the_order_of_documents(tmp_path: Path, gold: Suite[Any]) -> None:
    with begun(tmp_path / "run", settings()) as work:
        work.add(prediction(gold, 1, repeat=2))
        work.add(prediction(gold, 1))
        work.add(prediction(gold, 0))
        work.tidy()
    lines = (tmp_path / "run" / PREDICTIONS).read_bytes().splitlines()
    keys = [(told["id"], told.get("repeat", 1)) for told in map(json.loads, lines)]
    assert keys == [("a", 1), ("b", 1), ("b", 2)]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"suite": "other"}, "another suite"),
        ({"record": "Other"}, "another schema"),
        ({"documents": ["dev/a"]}, "another choice of documents"),
        ({"gold": "2" * 64}, "another gold"),
        ({"repeats": 3}, "another number of repeats"),
        ({"model": "larger"}, "another model"),
        ({"asked": {**ASKED, "temperature": 0.5}}, r"another temperature \(0, not 0\.5\)"),
        ({"settings_hash": "3" * 16}, "another prompt or schema"),
    ],
)
def test_a_run_of_other_settings_is_refused_by_the_name_of_what_differs(
    tmp_path: Path, gold: Suite[Any], changes: dict[str, Any], named: str
) -> None:
    with begun(tmp_path / "run", settings()) as work:
        work.add(prediction(gold, 0))
    with (
        pytest.raises(ConfigurationError, match=named),
        begun(tmp_path / "run", settings(**changes)),
    ):
        pass
    assert load_run(tmp_path / "run").settings == settings()
    assert len(load_run(tmp_path / "run").predictions) == 1


def test_another_address_of_the_model_and_other_weights_are_refused_by_name(
    tmp_path: Path, gold: Suite[Any]
) -> None:
    for where, name in (("endpoint", "endpoint"), ("weights", "file of weights")):
        folder = tmp_path / where
        with begun(folder, settings(asked={**ASKED, where: "ab12"})) as work:
            work.add(prediction(gold, 0))
        with (
            pytest.raises(ConfigurationError, match=rf"another {name} \(ab12, not cd34\)"),
            begun(folder, settings(asked={**ASKED, where: "cd34"})),
        ):
            pass
        with begun(folder, settings(asked={**ASKED, where: "ab12"})) as work:
            assert len(work.found) == 1


def test_other_versions_are_told_and_noted_and_those_of_the_first_start_are_kept(
    tmp_path: Path, gold: Suite[Any]
) -> None:
    told: list[str] = []
    folder = tmp_path / "run"
    first = settings(repeats=1, environment={"python": "3.11.7", "situation-summarizer": "0.1.0"})
    later = settings(repeats=1, environment={"python": "3.11.7", "situation-summarizer": "0.2.0"})
    with begun(folder, first, told=told.append) as work:
        work.add(prediction(gold, 0))
    with begun(folder, first, told=told.append):
        pass
    assert told == []
    with begun(folder, later, told=told.append) as work:
        work.add(prediction(gold, 1))
    assert told == [
        f"{folder} was begun with other versions: situation-summarizer 0.1.0, now 0.2.0."
    ]
    assert told[0] in (folder / LOG).read_text(encoding="utf-8")
    assert load_run(folder).settings == first
    with begun(folder, later, told=told.append):  # which has nothing to do
        assert len(told) == 1


@pytest.mark.parametrize("name", ["log.txt", PREDICTIONS, "notes.md"])
def test_a_folder_with_anything_but_a_run_is_refused_and_stays_as_it_was(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with (
        pytest.raises(ConfigurationError, match=r"is not empty, and holds no run\.json") as raised,
        begun(tmp_path, settings()),
    ):
        pass
    assert "--output" in (raised.value.hint or "")
    assert [each.name for each in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_that_was_there_stays_empty_where_a_run_comes_to_nothing(
    tmp_path: Path,
) -> None:
    with pytest.raises(KeyError), begun(tmp_path, settings()):
        raise KeyError
    assert [*tmp_path.iterdir()] == []


def test_a_run_that_is_refused_or_comes_to_nothing_again_stays_as_it_was(
    tmp_path: Path, gold: Suite[Any]
) -> None:
    whole = stored(tmp_path / "run", gold).path
    before = {each.name: each.read_bytes() for each in whole.iterdir()}
    with pytest.raises(ConfigurationError, match="another model"), begun(whole, settings()):
        pass
    assert {each.name: each.read_bytes() for each in whole.iterdir()} == before
    with begun(tmp_path / "begun", settings()):
        pass
    with pytest.raises(KeyError), begun(tmp_path / "begun", settings()):
        raise KeyError
    assert load_run(tmp_path / "begun").settings == settings()
    assert (tmp_path / "begun" / LOG).exists()


def test_what_a_server_says_can_steer_no_terminal_that_shows_the_log(tmp_path: Path) -> None:
    with begun(tmp_path / "run", settings()) as work:
        work.note("It said \x1b[2J\x1b]0;evil\x07\u202e\nforged \ud800line")
    (line,) = (tmp_path / "run" / LOG).read_text(encoding="utf-8").splitlines()
    assert line.endswith("+00:00 It said [2J]0;evil forged \ufffdline")


def test_two_processes_cant_make_the_same_run(tmp_path: Path) -> None:
    with begun(tmp_path / "run", settings()) as work:
        with (
            pytest.raises(ConfigurationError, match="Another process is at work"),
            begun(tmp_path / "run", settings()),
        ):
            pass
        work.note("still there")
    with begun(tmp_path / "run", settings()):
        pass


def test_a_new_run_that_comes_to_nothing_leaves_nothing(tmp_path: Path, gold: Suite[Any]) -> None:
    folder = tmp_path / "runs" / "new"
    with pytest.raises(KeyError), begun(folder, settings()):
        raise KeyError
    assert not folder.exists()
    with begun(folder, settings()) as work:
        work.add(prediction(gold, 0))
    with pytest.raises(KeyError), begun(folder, settings()):
        raise KeyError
    assert len(load_run(folder).predictions) == 1


def test_a_folder_that_cant_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("a file", encoding="utf-8")
    with (
        pytest.raises(SummarizerError, match="run can't be written"),
        begun(tmp_path / "run", settings()),
    ):
        pass
