"""A line says first what resuming goes by, and holds the whole result, or why there is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from batch_writer import ARTICLE, Note, failure, result
from hypothesis import given
from hypothesis import strategies as st
from sample_record import article_of, summary_of

from summarizer.batch.lines import could_begin_a_line, encoded, read_lines
from summarizer.errors import InputError
from summarizer.results import Failure, Reason, Result
from summarizer.schemas import SituationSummary


def stored(path: Path, *lines: bytes) -> Path:
    path.write_bytes(b"".join(lines))
    return path


def test_a_line_of_a_result_is_its_json_behind_what_resuming_goes_by() -> None:
    line, status = encoded("feed.jsonl#7", "ab12", "now", result("two\nlines, “quoted”"))
    told = json.loads(line)
    assert status == "ok"
    assert [*told][:5] == ["id", "status", "error", "input_sha256", "settings_hash"]
    head = {key: told.pop(key) for key in ("id", "status", "error", "input_sha256")}
    assert head == {"id": "feed.jsonl#7", "status": "ok", "error": None, "input_sha256": "ab12"}
    assert told == json.loads(result("two\nlines, “quoted”").model_dump_json())
    assert line.count(b"\n") == 1
    assert line.endswith(b"}\n")


def test_a_line_of_a_failure_has_the_reason_and_the_cost_and_nothing_else() -> None:
    line, status = encoded("x", "ab12", "now", failure())
    told = json.loads(line)
    assert status == told["status"] == "failed"
    assert told["error"] == failure().error.model_dump()
    assert told["usage"]["calls"] == 3
    assert {*told} - {"usage", "schema_version"} == {
        *("id", "status", "error", "input_sha256", "settings_hash")
    }


@given(st.text(), st.text())
def test_whatever_a_record_holds_is_one_line_that_reads_back(text: str, name: str) -> None:
    line, status = encoded(name, "ab12", "now", result(text))
    assert line.count(b"\n") == 1
    assert status == "ok"
    told = json.loads(line)
    assert (told["id"], told["summary"]["text"]) == (name, text)


@pytest.mark.parametrize(
    "outcome",
    [
        result("half a pair \ud800"),
        result().model_copy(update={"article": ARTICLE.model_copy(update={"title": "\udcff"})}),
        Failure(id="x", error=Reason(type="T", message="said \ud800", retryable=True)),
    ],
)
def test_what_json_cant_hold_is_a_failure_that_keeps_the_cost(outcome: Any) -> None:
    line, status = encoded("x", "ab12", "now", outcome)
    told = json.loads(line)
    assert status == told["status"] == "failed"
    assert told["error"]["type"] == "PydanticSerializationError"
    assert not told["error"]["retryable"]
    assert told["usage"]["calls"] == outcome.usage.calls


def test_a_result_reads_back_as_it_was(tmp_path: Path) -> None:
    article = article_of()
    whole = Result(summary=summary_of(article), settings_hash="now", article=article)
    line, _ = encoded("a", "1", "now", whole)
    (read,) = read_lines(stored(tmp_path / "out.jsonl", line))
    assert read.result(SituationSummary) == whole
    assert read.json == line
    with pytest.raises(InputError, match="The record of a is none of Note"):
        read.result(Note)


def test_a_failed_document_has_no_result(tmp_path: Path) -> None:
    (read,) = read_lines(stored(tmp_path / "out.jsonl", encoded("a", "1", "now", failure())[0]))
    assert read.head.error == failure().error
    with pytest.raises(InputError, match="a failed"):
        read.result(Note)


def test_of_several_lines_of_a_document_the_last_is_read_in_the_place_of_the_first(
    tmp_path: Path,
) -> None:
    lines = [
        encoded("a", "1", "now", failure())[0],
        encoded("b", "1", "now", result("b"))[0],
        encoded("a", "2", "now", result("a again"))[0],
    ]
    read = [*read_lines(stored(tmp_path / "out.jsonl", *lines))]
    assert [(line.head.id, line.head.input_sha256) for line in read] == [("a", "2"), ("b", "1")]


def test_torn_and_damaged_lines_are_left_out_and_the_damaged_are_told(tmp_path: Path) -> None:
    line, _ = encoded("a", "1", "now", result())
    other, _ = encoded("b", "1", "now", result())
    told: list[str] = []
    path = stored(tmp_path / "out.jsonl", line, b'{"id": \0\0\n', b"\n", other, line[:40])
    assert [each.head.id for each in read_lines(path, told=told.append)] == ["a", "b"]
    assert told == [f"Lines of {path} that can't be read, and are left out: 1."]
    path = stored(path, line, other[:-1])  # whole but for its end
    assert [each.head.id for each in read_lines(path, told=told.append)] == ["a", "b"]
    assert len(told) == 1


@pytest.mark.parametrize(
    "content", [b"Once upon a time\n", b'{"id": "1", "text": "An article."}\n', b"[1]\n", b"\xff\n"]
)
def test_what_is_no_output_of_a_batch_is_not_read(tmp_path: Path, content: bytes) -> None:
    path = stored(tmp_path / "feed.jsonl", content)
    with pytest.raises(InputError, match="of a batch"):
        list(read_lines(path))


def test_a_line_of_a_later_version_is_refused(tmp_path: Path) -> None:
    line, _ = encoded("a", "1", "now", result())
    later = line.replace(b'"schema_version":"1"', b'"schema_version":"2"')
    with pytest.raises(InputError, match=r"Line 2 of .* a later version"):
        list(read_lines(stored(tmp_path / "out.jsonl", line, later)))


def test_a_file_that_isnt_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be read: No such file"):
        list(read_lines(tmp_path / "none.jsonl"))


@pytest.mark.parametrize("outcome", [result("Ω" * 30), failure("Ω")])
def test_every_beginning_of_a_line_could_be_one(outcome: Any) -> None:
    line, _ = encoded("häfen/Ω.txt", "ab12", "now", outcome)
    refused = [at for at in range(1, len(line) - 1) if not could_begin_a_line(line[:at])]
    assert refused == []


@pytest.mark.parametrize(
    "text", [b"Once", b'{"text": "a', b'{"id":"5","text":"An arti', b"[1, 2", b"\0\0\0", b'"id"']
)
def test_the_beginning_of_something_else_is_told_apart(text: bytes) -> None:
    assert not could_begin_a_line(text)
