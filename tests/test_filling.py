"""The answers that other tests let an endpoint give fit the schemas they are made from."""

from __future__ import annotations

from filling import fill, filled, first_name

from summarizer.testing import Answer, Request

PROMPT = "Rules\n<article>\n[1] Talks open.\n[2] Envoys of Lusara met.\n</article>"


def test_the_name_is_one_amid_other_words_with_its_sentence() -> None:
    assert first_name(PROMPT) == (2, "Lusara")


def test_an_article_without_names_gives_its_first_word() -> None:
    assert first_name("[1] Talks open.\n[2] It rains.") == (1, "Talks")


def test_a_request_without_a_schema_gets_an_empty_answer() -> None:
    assert fill(Request("POST", "/v1/chat/completions", {}, {"messages": []})) == Answer("{}")


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
