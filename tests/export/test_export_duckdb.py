"""200 results as tables: DuckDB joins them, and finds all that the results hold."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from export_results import DOCUMENTS, FAILED, HOSTILE, SETTINGS, lines, write_results

from summarizer.export import export_tables

SQL = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
}
"""The types of the description, as DuckDB has them."""
SECTIONS = {
    "parties": "parties",
    "military_activities": "activities",
    "diplomatic_meetings": "meetings",
    "expert_assessments": "assessments",
    "claimed_motives": "motives",
}
Tables = dict[str, dict[str, Any]]


class Base:
    """The tables of one folder in DuckDB, by their description."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        self.tables: Tables = {entry["name"]: entry for entry in described["resources"]}
        self.connection = duckdb.connect()
        for name, table in self.tables.items():
            self.connection.execute(f"CREATE TABLE {name} AS FROM {self._source(table)}")

    def _source(self, table: dict[str, Any]) -> str:
        path = self.folder / table["path"]
        if table["format"] == "parquet":
            return f"'{path}'"
        types = {column["name"]: SQL[column["type"]] for column in table["schema"]["fields"]}
        return (
            f"read_csv('{path}', header = true, columns = {types}, delim = ',', quote = '\"', "
            "escape = '\"', auto_detect = false, allow_quoted_nulls = false)"
        )

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(query).fetchall()

    def one(self, query: str) -> Any:
        return self.rows(query)[0][0]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_results(tmp_path_factory.mktemp("results") / "out.jsonl")


@pytest.fixture(scope="module")
def csv(results: Path) -> Iterator[Base]:
    export_tables([results], results.parent / "csv", to="csv")
    base = Base(results.parent / "csv")
    yield base
    base.connection.close()


@pytest.fixture(scope="module")
def parquet(results: Path) -> Iterator[Base]:
    export_tables([results], results.parent / "parquet", to="parquet")
    base = Base(results.parent / "parquet")
    yield base
    base.connection.close()


@pytest.fixture(params=["csv", "parquet"])
def base(request: pytest.FixtureRequest) -> Base:
    found: Base = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def records() -> dict[str, dict[str, Any]]:
    """What the lines hold, by document, read by nothing of the library's."""
    return {line["id"]: line for line in map(json.loads, lines())}


def listed(value: Any, name: str) -> Iterator[Any]:
    """All entries of the lists of that name, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == name and isinstance(inner, list):
                yield from inner
            yield from listed(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from listed(inner, name)


def test_there_are_as_many_rows_as_the_results_have_of_each(
    base: Base, records: dict[str, dict[str, Any]]
) -> None:
    summaries = [line["summary"] for line in records.values() if line["status"] == "ok"]
    wanted = {table: sum(len(s[name]) for s in summaries) for name, table in SECTIONS.items()}
    for name in ("claims", "quantities", "evidence"):
        wanted[name] = sum(1 for _ in listed(summaries, name))
    wanted["attributions"] = sum(1 for _ in listed(summaries, "attribution"))
    wanted["party_aliases"] = sum(1 for _ in listed(summaries, "aliases"))
    wanted["meeting_topics"] = sum(1 for _ in listed(summaries, "topics"))
    wanted["party_party"] = sum(1 for _ in listed(summaries, "member_of"))
    wanted["documents"] = DOCUMENTS
    wanted["issues"] = sum(len(line.get("issues", [])) for line in records.values())
    for name, count in wanted.items():
        assert base.one(f"SELECT count(*) FROM {name}") == count, name
        assert base.tables[name]["rows"] == count, name
        assert count > 100, name


def test_both_forms_hold_the_same(csv: Base, parquet: Base) -> None:
    assert [*csv.tables] == [*parquet.tables]
    for name, table in parquet.tables.items():
        source = f"'{parquet.folder / table['path']}'"
        for one, other in ((name, source), (source, name)):
            assert csv.rows(f"FROM {one} EXCEPT ALL FROM {other} LIMIT 1") == [], name


def test_columns_have_the_types_that_are_described(base: Base) -> None:
    for name, table in base.tables.items():
        found = {column: kind for column, kind, *_ in base.rows(f"DESCRIBE {name}")}
        assert found == {field["name"]: SQL[field["type"]] for field in table["schema"]["fields"]}
    kinds = dict(base.rows("SELECT column_name, column_type FROM (DESCRIBE activities)"))
    assert (kinds["date_start"], kinds["date_precision"]) == ("DATE", "VARCHAR")
    kinds = dict(base.rows("SELECT column_name, column_type FROM (DESCRIBE quantities)"))
    assert (kinds["min"], kinds["cumulative"]) == ("DOUBLE", "BOOLEAN")


def test_keys_are_unique_and_never_null(base: Base) -> None:
    for name, table in base.tables.items():
        key = ", ".join(table["schema"]["primaryKey"])
        assert base.rows(f"SELECT {key} FROM {name} GROUP BY ALL HAVING count(*) > 1") == [], name
        for field in table["schema"]["fields"]:
            if field.get("constraints"):
                column = field["name"]
                assert base.one(f'SELECT count(*) FROM {name} WHERE "{column}" IS NULL') == 0


def test_every_foreign_key_resolves(base: Base) -> None:
    checked = Counter[str]()
    for name, table in base.tables.items():
        for foreign in table["schema"]["foreignKeys"]:
            (column,), to = foreign["fields"], foreign["reference"]
            (key,) = to["fields"]
            lost = f"SELECT * FROM {name} x WHERE x.{column} IS NOT NULL AND NOT EXISTS"
            assert base.rows(f"{lost} (FROM {to['resource']} y WHERE y.{key} = x.{column})") == []
            checked[to["resource"]] += base.one(f"SELECT count({column}) FROM {name}")
    assert {"documents", "parties", "activities", "meetings", "motives"} <= {*checked}
    assert min(checked.values()) > 100


def test_every_row_that_belongs_to_another_names_it(base: Base) -> None:
    keys = {name: table["schema"]["primaryKey"][0] for name, table in base.tables.items()}
    owned = [n for n, t in base.tables.items() if "item_id" in str(t["schema"]["fields"])]
    assert owned == ["quantities", "claims", "attributions", "evidence", "issues"]
    for name in owned:
        owners = base.rows(f"SELECT DISTINCT item_table FROM {name} WHERE item_id IS NOT NULL")
        assert owners
        for (owner,) in owners:
            assert base.rows(
                f"SELECT item_id FROM {name} WHERE item_table = '{owner}' AND item_id NOT IN "
                f"(SELECT {keys[owner]} FROM {owner})"
            ) == []  # fmt: skip


def test_every_receipt_is_the_text_at_its_offsets(base: Base) -> None:
    query = """
        SELECT text, start_offset, end_offset, quote FROM evidence JOIN documents
        USING (document_id)
    """
    found = base.rows(query)
    assert len(found) > 1000
    assert all(text[start:end] == quote for text, start, end, quote in found)


def test_hostile_text_comes_back_as_it_was(base: Base, records: dict[str, dict[str, Any]]) -> None:
    for key, text in base.rows("SELECT document_id, headline FROM documents WHERE status = 'ok'"):
        assert text == records[key]["summary"]["headline"]
    for column in ("headline", "title"):
        found = {text for (text,) in base.rows(f"SELECT DISTINCT {column} FROM documents")}
        assert set(HOSTILE) <= found
    described = {text for (text,) in base.rows("SELECT DISTINCT description FROM activities")}
    assert set(HOSTILE) <= described


def test_who_did_it_to_whom_is_one_join(base: Base, records: dict[str, dict[str, Any]]) -> None:
    found = base.rows("""
        SELECT document_id, activities.id, role, parties.name
        FROM activities JOIN activity_party USING (document_id, activity_id)
        JOIN parties USING (document_id, party_id)
    """)
    wanted = []
    for document, line in records.items():
        if line["status"] == "ok":
            names = {party["id"]: party["name"] for party in line["summary"]["parties"]}
            wanted += [
                (document, activity["id"], role, names[party])
                for activity in line["summary"]["military_activities"]
                for role in ("actors", "targets")
                for party in activity[role]
            ]
    assert Counter(found) == Counter(wanted)


def test_who_denies_what_is_one_join(base: Base, records: dict[str, dict[str, Any]]) -> None:
    found = base.rows("""
        SELECT a.document_id, a.id, s.position, s.source
        FROM claims JOIN activities a ON item_id = activity_id
        JOIN attributions s ON s.item_id = claim_id
        WHERE claims.status = 'denied'
    """)
    wanted = []
    for document, line in records.items():
        if line["status"] == "ok":
            names = {party["id"]: party["name"] for party in line["summary"]["parties"]}
            wanted += [
                (document, activity["id"], place, names.get(link["source"], link["source"]))
                for activity in line["summary"]["military_activities"]
                for claim in activity["claims"]
                if claim["status"] == "denied"
                for place, link in enumerate(claim["attribution"], 1)
            ]
    assert wanted
    assert Counter(found) == Counter(wanted)


def test_a_document_that_failed_has_its_error_and_nothing_else(base: Base) -> None:
    failed = base.rows("""
        SELECT error_type, error_message, error_retryable, calls, settings_hash, text
        FROM documents WHERE status = 'failed'
    """)
    wanted = [
        ("ServerFailed", HOSTILE[n % len(HOSTILE)], n % 2 == 0, 3, SETTINGS, None)
        for n in range(DOCUMENTS - FAILED, DOCUMENTS)
    ]
    assert Counter(failed) == Counter(wanted)
    assert base.one("""
        SELECT count(*) FROM evidence JOIN documents USING (document_id) WHERE status = 'failed'
    """) == 0  # fmt: skip


def test_what_duckdb_makes_of_a_csv_by_itself_has_every_row(csv: Base) -> None:
    for name, table in csv.tables.items():
        path = csv.folder / table["path"]
        assert csv.one(f"SELECT count(*) FROM '{path}'") == table["rows"], name
