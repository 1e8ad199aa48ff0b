from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import AnswerTruncated
from summarizer.salvage import is_json, json_part, readable, whole_part

ANSWER = {"parties": [{"name": "Aru"}]}


@pytest.mark.parametrize(
    "wrapped",
    [
        "{}",
        "  {}\n",
        "<think>Perhaps {{\"parties\": []}}? No.</think>\n{}",
        "Half a thought.</think>{}",
        "<thinking>hm</thinking>```json\n{}\n```",
        "```json\n{}\n```",
        "```\n{}```",
        "Here you are:\n```json\n{}\n```\nAnything else?",
        'An example:\n```json\n{{"name": "x"}}\n```\nand the answer:\n```json\n{}\n```',
        "Here you are: {} That is all.",
        "{} That is all.",
        "The form is {parties}, and so: {}",
        'Not {{"name": "x"}} but {} {sic}',
    ],
)  # fmt: skip
def test_the_json_is_found_in_its_wrapping(wrapped: str) -> None:
    text = wrapped.replace("{}", json.dumps(ANSWER)).replace("{{", "{").replace("}}", "}")
    assert json.loads(json_part(text)) == ANSWER


def test_an_answer_without_json_comes_back_as_it_is() -> None:
    assert json_part("No idea.") == "No idea."
    assert json_part("") == ""


def test_an_inner_object_is_not_taken_for_a_broken_answer() -> None:
    broken = 'So: {"parties": [{"name": "Aru"}]'
    assert json_part(broken) == '{"parties": [{"name": "Aru"}]'
    assert json_part('{"name": "x"} or rather ' + broken[4:]) == broken[4:]


def test_an_abyss_of_brackets_is_no_crash() -> None:
    abyss = 'So: {"a": ' + "[" * 100_000
    assert json_part(abyss) == abyss[4:]
    assert whole_part(abyss[4:]) is None


def test_markup_in_an_answer_stays() -> None:
    text = json.dumps({"a": "</think> ```json {} ``` {{x}} {% y %}"})
    assert json_part(text) == text


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ('{"p": [{"n": "a"}, {"n": "b"}, {"n": "c', {"p": [{"n": "a"}, {"n": "b"}]}),
        (
            '{"p": [{"n": "a"}, {"n": "b"}], "q": [{"s": [3',
            {"p": [{"n": "a"}, {"n": "b"}], "q": []},
        ),
        ('{"p": [{"n": "a", "s": [1, 2]}', {"p": [{"n": "a", "s": [1, 2]}]}),
        ('{"p": [{"n": "a", "s": [1, 2]},', {"p": [{"n": "a", "s": [1, 2]}]}),
        ('{"s": [1, 23', {"s": [1]}),
        ('{"s": ["one", "two', {"s": ["one"]}),
        ('{"s": ["one", "two"', {"s": ["one", "two"]}),
        ('{"h": "whole", "t": "to', {"h": "whole"}),
        ('{"h": "whole", "t"', {"h": "whole"}),
        ('{"h": "whole"', {"h": "whole"}),
        ('{"h": "whole", "n": 12', {"h": "whole"}),
        ('{"h": {"a": "b", "c": "d', {"h": {"a": "b"}}),
        ('{"h": "a \\" ] } , [", "s": ["x", "y\\', {"h": 'a " ] } , [', "s": ["x"]}),
        ('{"h": "whole"} and then some', {"h": "whole"}),
    ],
)
def test_what_is_whole_is_kept_and_no_half_item(torn: str, whole: Any) -> None:
    saved = whole_part(torn)
    assert saved is not None
    assert json.loads(saved) == whole


@pytest.mark.parametrize(
    "torn", ["", "{", '{"p', '{"p": [', '{"p": [{"n": "a', '{"p": [], "q": [{', "no", "]", "{]"]
)
def test_nothing_whole_is_none(torn: str) -> None:
    assert whole_part(torn) is None


KEYS = st.text(max_size=3)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)
OBJECTS = st.dictionaries(KEYS, JSON, min_size=1, max_size=4)


def is_part(part: Any, whole: Any) -> bool:
    """Whether `part` is `whole` with elements or fields missing at the end, and no value torn."""
    if isinstance(part, dict) and isinstance(whole, dict):
        keys = list(whole)[: len(part)]
        return list(part) == keys and all(is_part(part[k], whole[k]) for k in keys)
    if isinstance(part, list) and isinstance(whole, list):
        return part == whole[: len(part)]
    return bool(part == whole)


@given(OBJECTS, st.data())
def test_wherever_it_is_torn_only_whole_values_are_kept(answer: Any, data: st.DataObject) -> None:
    text = json.dumps(answer)
    cut = data.draw(st.integers(0, len(text)))
    saved = whole_part(text[:cut])
    if saved is not None:
        assert is_part(json.loads(saved), answer)


@given(st.text(alphabet='{}[]",:\\a1 \n`<>', max_size=60))
def test_any_text_is_saved_as_json_or_not_at_all(text: str) -> None:
    saved = whole_part(json_part(text))
    assert saved is None or is_json(saved)


def test_only_a_torn_answer_is_cut() -> None:
    assert readable('{"a": 1}', "stop") == ('{"a": 1}', False)
    assert readable('{"a": 1}', "length") == ('{"a": 1}', False)
    assert readable('{"a": [1, 2', "length") == ('{"a": [1]}', True)
    assert readable('{"a": [1, 2', "stop") == ('{"a": [1, 2', False)
    with pytest.raises(AnswerTruncated, match="more tokens"):
        readable("<think>And so on, {", "length")
