"""The answers that other tests let an endpoint give fit the schemas they are made from."""

from __future__ import annotations

import pytest
from filling import filled, first_name

PROMPT = "Rules\n<article>\n[1] Talks open.\n[2] Envoys of Lusara met.\n</article>"


def test_the_name_is_one_amid_other_words_with_its_sentence() -> None:
    assert first_name(PROMPT) == (2, "Lusara")


def test_an_article_without_names_is_an_error_of_the_test() -> None:
    with pytest.raises(AssertionError, match="no sentence"):
        first_name("[1] Talks open.")


def test_each_kind_of_schema_gets_a_value_that_fits() -> None:
    schema = {
        "type": "object",
        "properties": {
            "sentences": {"type": "array", "items": {"$ref": "#/$defs/sentence"}},
            "name": {"anyOf": [{"type": "string"}, {"type": "null"}]},
            "kind": {"type": "string", "enum": ["state", "other"]},
            "count": {"type": ["integer", "null"]},
            "denied": {"type": "boolean"},
        },
    }
    defs = {"sentence": {"type": "integer", "enum": [1, 2, 3, 4]}}
    assert filled(schema, defs, 2, "Lusara") == {
        "sentences": [2],
        "name": "Lusara",
        "kind": "state",
        "count": 2,
        "denied": True,
    }
