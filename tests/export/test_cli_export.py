"""`summarizer export`: what it writes, says and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import Invoke
from sample_record import article_of, result_of, summary_of

from summarizer.batch.lines import encoded
from summarizer.cli.schema_source import schema_class
from summarizer.export import export_tables
from summarizer.results import Failure, Reason

OWN = """
from pydantic import BaseModel
class Ship(BaseModel):
    name: str
    tons: int | None = None
class Log(BaseModel):
    ships: list[Ship] = []
"""


@pytest.fixture
def invoke() -> Invoke:
    return Invoke()


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """The output of a batch with two documents, one of which failed."""
    article = article_of()
    failed = Failure(id="b", error=Reason(type="ServerFailed", message="503", retryable=True))
    lines = [
        encoded("a", "1" * 64, "2" * 40, result_of(article, summary_of(article)))[0],
        encoded("b", "1" * 64, "2" * 40, failed)[0],
    ]
    path = tmp_path / "out.jsonl"
    path.write_bytes(b"".join(lines))
    return path


def test_csv_unless_told(invoke: Invoke, results: Path, tmp_path: Path) -> None:
    done = invoke("export", results, tmp_path / "tables")
    assert (done.exit_code, done.stdout) == (0, "")
    assert f"Wrote 18 tables of 2 documents into {tmp_path / 'tables'}" in done.stderr
    assert len(list((tmp_path / "tables").glob("*.csv"))) == 18


def test_parquet_in_the_order_of_the_manual(invoke: Invoke, results: Path, tmp_path: Path) -> None:
    done = invoke("export", results, "--to", "parquet", tmp_path / "tables")
    assert done.exit_code == 0
    assert (tmp_path / "tables" / "activity_party.parquet").is_file()


def test_what_run_writes_is_exported_too(invoke: Invoke, results: Path, tmp_path: Path) -> None:
    article = article_of("Veldmark and Ostrava opened a drill on Monday.", id="single")
    single = tmp_path / "single.json"
    result = result_of(article, type(summary_of(article_of()))())
    single.write_text(result.model_dump_json(indent=2), encoding="utf-8")
    done = invoke("export", results, single, tmp_path / "tables")
    assert "18 tables of 3 documents" in done.stderr
    assert '"single","ok"' in (tmp_path / "tables" / "documents.csv").read_text(encoding="utf-8")


def test_a_schema_of_ones_own_has_tables_of_its_own(invoke: Invoke, tmp_path: Path) -> None:
    module = tmp_path / "ownlog.py"
    module.write_text(OWN, encoding="utf-8")
    log = schema_class(f"{module}:Log").model_validate(
        {"ships": [{"name": "Halvard", "tons": 900}]}
    )
    result = result_of(article_of(id="x"), log)
    single = tmp_path / "one.json"
    single.write_text(result.model_dump_json(indent=2), encoding="utf-8")
    done = invoke("export", single, tmp_path / "t", "--schema", f"{module}:Log")
    assert done.exit_code == 0
    assert (tmp_path / "t" / "ships.csv").read_text(encoding="utf-8").splitlines() == [
        "ship_id,document_id,position,name,tons",
        '"x:ships/1","x",1,"Halvard",900',
    ]


def test_the_wrong_schema_is_wrong_usage(invoke: Invoke, results: Path, tmp_path: Path) -> None:
    done = invoke("export", results, tmp_path / "t", "--schema", "summarizer.schemas:Quantity")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--schema MODULE:CLASS" in done.stderr
    assert not list((tmp_path / "t").iterdir())


@pytest.mark.parametrize("arguments", [["export"], ["export", "out.jsonl"]])
def test_results_and_a_folder_are_both_wanted(invoke: Invoke, arguments: list[str]) -> None:
    done = invoke(*arguments)
    assert done.exit_code == 2
    assert "Missing argument" in done.stderr


def test_a_form_that_there_is_not_is_wrong_usage(
    invoke: Invoke, results: Path, tmp_path: Path
) -> None:
    done = invoke("export", results, tmp_path / "t", "--to", "xlsx")
    assert done.exit_code == 2
    assert "csv" in done.stderr


def test_the_library_says_how_many_rows_there_are(results: Path, tmp_path: Path) -> None:
    counts = export_tables([results], tmp_path / "t")
    line = json.loads(results.read_text(encoding="utf-8").splitlines()[0])
    assert counts["documents"] == 2
    assert counts["parties"] == len(line["summary"]["parties"])
    assert counts["synopsis"] == len(line["summary"]["synopsis"])
