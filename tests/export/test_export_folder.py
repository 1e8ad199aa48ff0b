"""A folder of tables: whole or not at all, and described."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from summarizer.errors import ConfigurationError, InputError, SummarizerError
from summarizer.export import folder as folders
from summarizer.export import parquet_files
from summarizer.export.folder import write_folder
from summarizer.export.tables import Column, Format, Row, Table, Type, key_column

THINGS = Table(
    "things",
    "Things.",
    ("thing_id",),
    (key_column("thing_id", "The thing."), Column("size", Type.INTEGER, "How large.")),
)
PARTS = Table(
    "parts",
    "Parts of things.",
    ("part_id",),
    (key_column("part_id", "The part."), key_column("thing_id", "Its thing.", "things")),
)
TABLES = (THINGS, PARTS)
ROWS: list[tuple[str, Row]] = [
    ("things", {"thing_id": "t1", "size": 3}),
    ("parts", {"part_id": "t1/1", "thing_id": "t1"}),
    ("things", {"thing_id": "t2"}),
]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("form", list(Format))
def test_each_table_is_a_file_and_one_describes_them(tmp_path: Path, form: Format) -> None:
    target = tmp_path / "new" / "tables"
    assert write_folder(target, form, TABLES, ROWS) == {"things": 2, "parts": 1}
    assert names(target) == {f"things.{form}", f"parts.{form}", "datapackage.json"}


def test_a_table_without_rows_is_a_file_all_the_same(tmp_path: Path) -> None:
    assert write_folder(tmp_path, Format.CSV, TABLES, []) == {"things": 0, "parts": 0}
    assert (tmp_path / "parts.csv").read_bytes() == b"part_id,thing_id\r\n"
    write_folder(tmp_path, Format.PARQUET, TABLES, [])
    assert pq.read_table(tmp_path / "parts.parquet").num_rows == 0


def test_the_description_has_types_keys_and_counts(tmp_path: Path) -> None:
    write_folder(tmp_path, Format.CSV, TABLES, ROWS)
    described = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    things, parts = described["resources"]
    assert (things["path"], things["format"], things["rows"]) == ("things.csv", "csv", 2)
    assert things["schema"]["primaryKey"] == ["thing_id"]
    assert things["schema"]["fields"] == [
        {
            "name": "thing_id",
            "type": "string",
            "description": "The thing.",
            "constraints": {"required": True},
        },
        {"name": "size", "type": "integer", "description": "How large."},
    ]
    assert parts["schema"]["foreignKeys"] == [
        {"fields": ["thing_id"], "reference": {"resource": "things", "fields": ["thing_id"]}}
    ]


@pytest.mark.parametrize("form", list(Format))
def test_an_export_that_fails_leaves_what_was_there(tmp_path: Path, form: Format) -> None:
    write_folder(tmp_path, form, TABLES, ROWS[:2])
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def breaking() -> Iterator[tuple[str, Row]]:
        yield from ROWS
        raise InputError("the third document is of another schema")

    with pytest.raises(InputError, match="third document"):
        write_folder(tmp_path, form, TABLES, breaking())
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_an_export_replaces_its_files_and_no_others(tmp_path: Path) -> None:
    (tmp_path / "things.csv").write_text("old", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    write_folder(tmp_path, Format.CSV, TABLES, ROWS)
    assert (tmp_path / "things.csv").read_bytes() == b'thing_id,size\r\n"t1",3\r\n"t2",\r\n'
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("place", ["file", "file/tables"])
def test_a_file_in_the_place_of_the_folder_is_wrong_usage(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="is no folder"):
        write_folder(tmp_path / place, Format.CSV, TABLES, ROWS)


def test_a_full_disk_is_told_with_a_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folders, "_sync", full)
    with pytest.raises(SummarizerError, match=r"No space left on device.*Make room"):
        write_folder(tmp_path, Format.CSV, TABLES, ROWS)
    assert names(tmp_path) == set()


def test_parquet_without_pyarrow_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ConfigurationError, match=r"situation-summarizer\[parquet\]"):
        write_folder(tmp_path, Format.PARQUET, TABLES, ROWS)
    assert write_folder(tmp_path, Format.CSV, TABLES, ROWS)["things"] == 2


def test_parquet_is_written_in_groups_of_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_files, "GROUP_ROWS", 2)
    rows: list[tuple[str, Row]] = [("things", {"thing_id": f"t{n}", "size": n}) for n in range(5)]
    write_folder(tmp_path, Format.PARQUET, TABLES, rows)
    file = pq.ParquetFile(tmp_path / "things.parquet")
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [2, 2, 1]
    assert file.read().to_pylist() == [row for _, row in rows]


def test_parquet_files_know_types_and_what_is_never_null(tmp_path: Path) -> None:
    write_folder(tmp_path, Format.PARQUET, TABLES, ROWS)
    found = {
        field.name: (str(field.type), field.nullable)
        for field in pq.read_schema(tmp_path / "things.parquet")
    }
    assert found == {"thing_id": ("string", False), "size": ("int64", True)}


def test_parquet_is_written_before_much_text_piles_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_files, "GROUP_CHARACTERS", 100)
    rows: list[tuple[str, Row]] = [("things", {"thing_id": "x" * 60 + str(n)}) for n in range(4)]
    write_folder(tmp_path, Format.PARQUET, TABLES, rows)
    assert pq.ParquetFile(tmp_path / "things.parquet").num_row_groups == 2


def test_a_number_that_parquet_cannot_hold_is_told_and_csv_takes_it(tmp_path: Path) -> None:
    rows: list[tuple[str, Row]] = [("things", {"thing_id": "t1", "size": 10**30})]
    with pytest.raises(SummarizerError, match=r"A row of things fits into no Parquet file.*csv"):
        write_folder(tmp_path, Format.PARQUET, TABLES, rows)
    assert names(tmp_path) == set()
    write_folder(tmp_path, Format.CSV, TABLES, rows)
    assert str(10**30).encode() in (tmp_path / "things.csv").read_bytes()
