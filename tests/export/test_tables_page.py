"""docs/tables.md lists what there is, and its joins run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest
from export_results import write_results
from markdown_blocks import blocks

from summarizer.article import Article
from summarizer.batch.lines import encoded
from summarizer.export import export_tables
from summarizer.export.layout import layout
from summarizer.export.tables import Column, Table, Type
from summarizer.inputs import MAX_BYTES
from summarizer.results import Result, Usage
from summarizer.schemas import SituationSummary

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "tables.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` \| (.+) \| (.+) \|$", re.MULTILINE)


def told(language: str) -> list[str]:
    return [block.text for block in blocks(PAGE) if block.language == language]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all tables in both forms."""
    folder = tmp_path_factory.mktemp("tables")
    results = write_results(folder / "out.jsonl")
    export_tables([results], folder, to="parquet")
    export_tables([results], folder, to="csv")
    return folder


@pytest.fixture
def connection(
    tables: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[duckdb.DuckDBPyConnection]:
    monkeypatch.chdir(tables)
    with duckdb.connect() as connected:
        yield connected


def shown(table: Table, column: Column) -> str:
    name = f"**`{column.name}`**" if column.name in table.key else f"`{column.name}`"
    if column.refers:
        return f"{name} → {column.refers}"
    return name if column.type is Type.TEXT else f"{name} {column.type}"


def test_every_table_is_listed_with_its_columns_types_and_keys() -> None:
    listed = {name: columns for name, _, columns in ROW.findall(PAGE)}
    assert listed == {
        table.name: ", ".join(shown(table, column) for column in table.columns)
        for table in layout(SituationSummary).tables
    }


@pytest.mark.parametrize("query", told("sql"))
@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_every_join_finds_something_in_either_form(
    connection: duckdb.DuckDBPyConnection, query: str, suffix: str
) -> None:
    assert connection.execute(query.replace(".parquet", suffix)).fetchall()


def test_the_joins_find_the_same_in_both_forms(connection: duckdb.DuckDBPyConnection) -> None:
    for query in told("sql"):
        wanted = connection.execute(query).fetchall()
        found = connection.execute(query.replace(".parquet", ".csv")).fetchall()
        assert sorted(map(str, found)) == sorted(map(str, wanted))


def test_offsets_are_those_of_sql_as_told(connection: duckdb.DuckDBPyConnection) -> None:
    (cut,) = re.findall(r"`(substring\(.+?\))` in SQL", PAGE)
    query = (
        f"SELECT {cut} = quote FROM 'evidence.parquet' JOIN 'documents.parquet' USING (document_id)"
    )
    assert {equal for (equal,) in connection.execute(query).fetchall()} == {True}


def test_duckdb_reads_the_longest_texts_as_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (source,) = re.findall(r"`(read_csv\('documents.csv', max_line_size.+?\))`", PAGE)
    # As long as it may be, and of quotes, which csv doubles.
    text = "a" + '"' * (MAX_BYTES - 1)
    article = Article.from_text("The envoy left.").model_dump() | {
        "text": text,
        "sha256": sha256(text.encode()).hexdigest(),
        "sentences": ((0, 1),),
    }
    made = Result(
        summary=SituationSummary(headline="Talks"),
        usage=Usage(calls=1),
        settings_hash="5" * 40,
        article=Article.model_validate(article),
    )
    line, _ = encoded("a", "9" * 64, "5" * 40, made)
    (tmp_path / "out.jsonl").write_bytes(line)
    export_tables([tmp_path / "out.jsonl"], tmp_path, to="csv")
    monkeypatch.chdir(tmp_path)
    with duckdb.connect() as connected:
        with pytest.raises(duckdb.Error, match="max_line_size"):
            connected.execute("SELECT length(text) FROM 'documents.csv'").fetchall()
        found = connected.execute(f"SELECT length(text) FROM {source}").fetchall()
    assert found == [(len(text),)]


def test_pandas_reads_and_joins_them_as_told(tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas", reason="the page shows it to those who have it")
    monkeypatch.chdir(tables)
    (code,) = told("python")
    scope: dict[str, object] = {}
    exec(compile(code, "docs/tables.md", "exec"), scope)
    found = scope["deeds"]
    with duckdb.connect() as connected:
        (count,) = connected.execute("SELECT count(*) FROM 'activity_party.csv'").fetchone() or (0,)
    assert len(found) == count > 1000  # type: ignore[arg-type]
