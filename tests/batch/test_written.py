"""What the library wrote itself is never read as articles, and nobody else's taken for it."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from batch_writer import Note, failure, result
from hypothesis import given
from hypothesis import strategies as st

from summarizer.batch.intake import Intake
from summarizer.batch.lines import encoded
from summarizer.batch.written import begins_results
from summarizer.errors import InputError
from summarizer.export import export_tables

TEXT = "The envoy left on Monday. Talks in Arda go on."
Write = Callable[[str, bytes | str], str]


def ids(intake: Intake) -> list[str]:
    return [entry.id for entry in intake]


def result_line(name: str, text: str = "Ω", error: bool = False) -> bytes:
    outcome = failure() if error else result(text)
    line, _ = encoded(name, "9" * 64, "5" * 40, outcome)
    return line


@pytest.mark.parametrize("name", ["old.jsonl", "old.txt", "old.json", "sub/old.ndjson"])
def test_results_of_a_batch_are_passed_over_in_folders_and_globs_and_told(
    name: str, write: Write, caplog: pytest.LogCaptureFixture
) -> None:
    write("in/a.txt", TEXT)
    write(f"in/{name}", result_line("a") + result_line("b"))
    for inputs in ("in", "in/**/*"):
        intake = Intake([inputs])
        assert intake.total() == 1
        with caplog.at_level(logging.WARNING, "summarizer.batch"):
            assert ids(intake) == ["in/a.txt"]
        assert "results of a batch (1)" in caplog.messages[-1]


@pytest.mark.parametrize(
    "first",
    [
        result_line("x" * 99_999)[:70_000],
        result_line("Ω" * 40_000),
        result_line("a", "Ω" * 50_000),
        result_line("aa", "Ω" * 50_000),
        result_line("a", error=True),
        json.dumps(json.loads(result_line("a"))).encode(),
    ],
    ids=[
        "long id",
        "id beyond what is read",
        "cut in a character",
        "or after it",
        "failed",
        "written anew",
    ],
)
def test_results_are_known_by_the_beginning_of_their_first_line(first: bytes) -> None:
    assert begins_results(first[: 1 << 16]) == (b"settings_hash" in first[: 1 << 16])


@pytest.mark.parametrize("name", ["old.jsonl", "old.txt"])
def test_results_that_are_named_are_refused_with_what_reads_them(name: str, write: Write) -> None:
    write(name, result_line("a"))
    with pytest.raises(InputError, match="summarizer export"):
        Intake([name])
    write(f"in/{name}", result_line("a"))
    for inputs in ("in", "in/*"):
        with pytest.raises(InputError, match="nothing to be read but results of a batch"):
            Intake([inputs])


def test_results_on_standard_input_are_one_failure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = io.BytesIO(result_line("a") + result_line("b"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(content))
    (entry,) = Intake(["-"])
    with pytest.raises(InputError, match="summarizer export"):
        entry.article()


@given(
    st.dictionaries(
        st.sampled_from(["id", "status", "error", "input_sha256", "settings_hash", "title"]),
        st.one_of(st.sampled_from(["ok", "failed", "new"]), st.none(), st.integers()),
    )
)
def test_a_document_is_not_taken_for_a_result(row: dict[str, object]) -> None:
    for text in ({"text": TEXT}, {"body": TEXT, "schema_version": "1"}):
        for document in ({**row, **text}, {**text, **row}):
            assert not begins_results(json.dumps(document).encode())
    assert not begins_results(json.dumps(row).encode())  # it has no version


@pytest.mark.parametrize("again", [False, True])
def test_exported_tables_are_passed_over_and_told_and_what_else_is_there_is_read(
    again: bool,
    write: Write,
    tmp_path: Path,
) -> None:
    results = tmp_path / "out.jsonl"
    results.write_bytes(result_line("a"))
    write("in/a.txt", TEXT)
    written = export_tables([results], tmp_path / "in/tables", schema=Note)
    if again:  # the description is then of the others, with the first beside them
        export_tables([results], tmp_path / "in/tables", schema=Note, to="parquet")
    write("in/tables/more.csv", f"text\n{TEXT}\n")
    intake = Intake(["in"])
    assert intake.total() == 2
    assert ids(intake) == ["in/a.txt", "in/tables/more.csv#1"]
    assert intake.left_out["exported tables"] == len(written) + 1
    assert ids(Intake(["in/**/*.csv"])) == ["in/tables/more.csv#1"]
    with pytest.raises(InputError, match="nothing to be read but exported tables"):
        Intake(["in/tables/*s.csv"])


@pytest.mark.parametrize(
    "description",
    [
        "{}",
        "[]",
        "no JSON",
        json.dumps({"resources": "feed.csv"}),
        json.dumps({"resources": [{"name": "documents", "schema": {"fields": []}}]}),
        json.dumps({"resources": [{"name": "documents", "path": "documents.csv"}]}),
    ],
)
def test_a_described_folder_of_somebody_else_is_read(description: str, write: Write) -> None:
    write("in/datapackage.json", description)
    write("in/documents.csv", f"id,text\n1,{TEXT}\n")
    assert "1" in ids(Intake(["in"]))
