from __future__ import annotations

from typing import Any

import pytest

from summarizer.dialects import Dialect, Mode, dialect_of
from summarizer.faults import Fault

SENT = {"max_tokens": 9, "temperature": 0.0, "seed": 1}


def refusal(message: str, param: str | None = None) -> Fault:
    return Fault(400, {}, {"message": message, "param": param})


def sent_after(fault: Fault, sent: dict[str, Any] = SENT) -> dict[str, Any]:
    dialect = Dialect()
    assert dialect.learn(sent, fault)
    return dialect.parameters(9, 0.0, 1)


def test_nothing_learned_sends_all_that_was_asked() -> None:
    assert Dialect().parameters(9, 0.0, 1) == SENT
    assert Dialect().parameters(None, None, None) == {}


@pytest.mark.parametrize(
    ("message", "param"),
    [
        ("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", "max_tokens"),
        ("'max_tokens' is not supported with this model.", None),
        ('[{"type": "extra_forbidden", "loc": ["body", "max_tokens"]}]', None),
    ],
)
def test_a_refused_limit_gets_its_newer_name(message: str, param: str | None) -> None:
    after = sent_after(refusal(message, param))
    assert after == {"max_completion_tokens": 9, "temperature": 0.0, "seed": 1}


@pytest.mark.parametrize(
    "message",
    [
        "Unsupported value: 'temperature' does not support 0.0 with this model.",
        "invalid temperature: only 1 is allowed for this model",
        "`temperature` is deprecated for this model.",
    ],
)
def test_a_refused_temperature_is_left_out(message: str) -> None:
    assert "temperature" not in sent_after(refusal(message))


def test_a_limit_refused_by_both_names_is_left_out() -> None:
    dialect = Dialect()
    assert dialect.learn({"max_tokens": 9}, refusal("Unknown parameter: max_tokens"))
    newer = refusal("Unknown parameter: max_completion_tokens")
    assert dialect.learn({"max_completion_tokens": 9}, newer)
    assert dialect.parameters(9, None, None) == {}


def test_a_refusal_that_came_late_changes_nothing_more() -> None:
    dialect = Dialect()
    late = refusal("Unknown parameter: max_tokens")
    assert dialect.learn({"max_tokens": 9}, late)
    assert dialect.learn({"max_tokens": 9}, late)
    assert dialect.parameters(9, None, None) == {"max_completion_tokens": 9}


@pytest.mark.parametrize(
    "fault",
    [
        refusal("max_tokens is too large: 9. This model supports at most 5.", "max_tokens"),
        refusal("'max_tokens' or 'max_completion_tokens' is too large, maximum 8.", "max_tokens"),
        refusal("temperature must be between 0 and 1", "temperature"),
        refusal("Unsupported parameter: 'top_k'", "top_k"),
        refusal("Something else is unsupported."),
        Fault(400, {}, "<html>Bad Request</html>"),
        Fault(400, {}, None),
    ],
)
def test_what_is_no_refusal_of_a_parameter_teaches_nothing(fault: Fault) -> None:
    dialect = Dialect()
    assert not dialect.learn(SENT, fault)
    assert dialect == Dialect()


def test_strictness_is_given_up_before_the_schema() -> None:
    given = {"type": "json_schema", "json_schema": {"name": "n", "schema": {}}}
    dialect = Dialect()
    strict = dialect.response_format(given, strict=True)
    assert strict["json_schema"] == {"name": "n", "schema": {}, "strict": True}
    assert "strict" not in given["json_schema"]
    fault = refusal("Invalid schema for response_format", "response_format")
    modes = [dialect.mode]
    assert dialect.learn({"response_format": strict}, fault)
    assert dialect.response_format(given, strict=True) == given
    modes.append(dialect.mode)
    assert dialect.learn({"response_format": given}, fault)
    assert [*modes, dialect.mode] == [Mode.JSON_SCHEMA, Mode.JSON_SCHEMA, Mode.MD_JSON]


def test_one_dialect_for_an_endpoint_and_a_model() -> None:
    here = dialect_of("http://here/v1/", "m")
    assert dialect_of("http://here/v1", "m") is here
    assert dialect_of("http://here/v1", "n") is not here
    assert dialect_of("http://there/v1", "m") is not here
