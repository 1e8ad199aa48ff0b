"""JSON Schemas of gold files, for editors that check and complete while one types."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from summarizer.evals.documents import Annotation, GoldDocument, Manifest
from summarizer.schemas import SituationSummary


def document_schema(schema: type[BaseModel] = SituationSummary) -> dict[str, Any]:
    """The JSON Schema of a complete document whose labels are records of `schema`."""
    refs, shared = models_json_schema(
        [(model, "validation") for model in (GoldDocument, Annotation, schema)],
        title="Gold document",
    )
    definitions = shared["$defs"]
    for model in (GoldDocument, Annotation):
        holder = definitions[_name(refs[model, "validation"])]
        holder["properties"]["labels"] = refs[schema, "validation"]
    # The document's own definition is what the whole is.
    whole = definitions.pop(_name(refs[GoldDocument, "validation"]))
    return {"$schema": _DIALECT, **whole, "$defs": definitions}


def manifest_schema() -> dict[str, Any]:
    """The JSON Schema of a suite's manifest."""
    return {"$schema": _DIALECT, **Manifest.model_json_schema()}


_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _name(ref: dict[str, Any]) -> str:
    return str(ref["$ref"].rpartition("/")[2])
