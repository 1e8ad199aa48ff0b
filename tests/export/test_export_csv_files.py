"""CSV as RFC 4180 has it: whatever a text holds, it comes back."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from summarizer.export.csv_files import CsvFiles
from summarizer.export.tables import Cell, Column, Table, Type

TABLE = Table(
    "things",
    "Things.",
    ("a",),
    tuple(Column(name, Type.TEXT, "A thing.") for name in ("a", "b", "c")),
)


def written(folder: Path, *rows: tuple[Cell, Cell, Cell]) -> str:
    path = folder / "things.csv"
    files = CsvFiles({path: TABLE})
    for row in rows:
        files.write("things", dict(zip("abc", row, strict=True)))
    files.close()
    return path.read_bytes().decode()


def test_text_is_always_quoted_and_nothing_else_is(tmp_path: Path) -> None:
    assert written(tmp_path, ("one", 2, 2.5), (True, False, date(2031, 3, 4))) == (
        'a,b,c\r\n"one",2,2.5\r\ntrue,false,2031-03-04\r\n'
    )


def test_an_empty_text_and_a_missing_one_differ(tmp_path: Path) -> None:
    assert written(tmp_path, ("", None, "")) == 'a,b,c\r\n"",,""\r\n'


def test_a_column_that_a_row_says_nothing_of_is_null(tmp_path: Path) -> None:
    path = tmp_path / "things.csv"
    files = CsvFiles({path: TABLE})
    files.write("things", {"c": 1})
    files.close()
    assert path.read_bytes() == b"a,b,c\r\n,,1\r\n"


@given(rows=st.lists(st.tuples(*[st.text(st.characters(exclude_categories=["Cs"]))] * 3)))
def test_every_text_comes_back_from_pythons_own_reader(rows: list[tuple[str, str, str]]) -> None:
    with TemporaryDirectory() as folder:
        text = written(Path(folder), *rows)
        path = Path(folder) / "things.csv"
        with path.open(encoding="utf-8", newline="") as file:
            assert list(csv.reader(file, strict=True)) == [["a", "b", "c"], *map(list, rows)]
        assert text.endswith("\r\n")
