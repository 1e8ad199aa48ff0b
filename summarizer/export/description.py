"""The description of a folder of tables, for programs: a Frictionless Data Package.

Format: https://datapackage.org/standard/data-package/, version 2.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from summarizer.export.tables import Table


def description(tables: Sequence[Table], suffix: str, counts: Mapping[str, int]) -> str:
    """The tables in files with this suffix: columns, types, keys, and how many rows there are."""
    keys = {table.name: table.key[0] for table in tables}
    described = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "resources": [_resource(table, suffix, counts[table.name], keys) for table in tables],
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def _resource(table: Table, suffix: str, rows: int, keys: Mapping[str, str]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [
            {
                "name": column.name,
                "type": column.type.value,
                "description": column.description,
                **({"constraints": {"required": True}} if column.required else {}),
            }
            for column in table.columns
        ],
        "primaryKey": list(table.key),
        "foreignKeys": [
            {
                "fields": [column.name],
                "reference": {"resource": column.refers, "fields": [keys[column.refers]]},
            }
            for column in table.columns
            if column.refers
        ],
    }
    return {
        "name": table.name,
        "description": table.description,
        "path": f"{table.name}{suffix}",
        "format": suffix.removeprefix("."),
        **({"encoding": "utf-8", "mediatype": "text/csv"} if suffix == ".csv" else {}),
        "rows": rows,
        "schema": schema,
    }
