"""The JSON Schemas of gold files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from gold_files import draft, read, write
from pydantic import BaseModel

from summarizer.evals.documents import Annotation, GoldDocument
from summarizer.evals.editors import document_schema, manifest_schema
from summarizer.evals.folders import GOLD
from summarizer.evals.sealing import seal


@pytest.mark.parametrize(
    ("name", "schema"), [("document", document_schema()), ("manifest", manifest_schema())]
)
def test_what_is_shipped_follows_from_the_models(name: str, schema: dict[str, Any]) -> None:
    """Else: `summarizer eval schema KIND > evals/gold/KIND.schema.json`."""
    assert read(GOLD / f"{name}.schema.json") == schema


def test_labels_are_records_of_the_schema_everywhere() -> None:
    class Talk(BaseModel):
        topic: str

    schema = document_schema(Talk)
    annotation = schema["$defs"][Annotation.__name__]
    assert schema["properties"]["labels"] == annotation["properties"]["labels"]
    assert schema["properties"]["labels"] == {"$ref": "#/$defs/Talk"}
    assert schema["$defs"]["Talk"]["properties"].keys() == {"topic"}


def test_every_reference_leads_to_a_definition_and_every_definition_is_used() -> None:
    schema = document_schema()
    used = {part.split('"')[0] for part in json.dumps(schema).split('"#/$defs/')[1:]}
    assert used == schema["$defs"].keys()


def test_the_keys_are_those_of_a_sealed_document(tmp_path: Path) -> None:
    path = write(tmp_path / "drill.json", draft())
    seal(path)
    schema = document_schema()
    assert set(schema["properties"]) == set(GoldDocument.model_fields)
    assert set(schema["required"]) <= set(read(path)) <= set(schema["properties"])
    assert schema["additionalProperties"] is False
