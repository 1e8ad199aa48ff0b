"""What the writer of grammars writes is what was meant."""

from __future__ import annotations

import json
from itertools import combinations

import llama_grammar
import pytest
from gbnf_sampler import MOST, Grammar
from hypothesis import given
from hypothesis import strategies as st

from summarizer import gbnf

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
SEEDS = range(60)


def all_of(writer: gbnf.Grammar, root: str) -> set[str]:
    grammar = Grammar(writer.text(root))
    return {grammar.sample(seed) for seed in SEEDS}


@given(st.lists(WORDS, min_size=1, max_size=5, unique=True))
def test_one_of_is_one_of_them_whatever_they_hold(values: list[str]) -> None:
    writer = gbnf.Grammar()
    texts = all_of(writer, writer.one_of(values))
    assert {json.loads(text) for text in texts} <= set(values)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_some_of_is_every_choice_of_them_in_their_order(count: int) -> None:
    values = ["a", 'b"]}', "c\\", "d"][:count]
    writer = gbnf.Grammar()
    grammar = Grammar(writer.text(writer.some_of(values)))
    texts = {grammar.sample(seed) for seed in range(400)}
    chosen = [list(c) for n in range(1, count + 1) for c in combinations(values, n)]
    assert sorted(json.loads(text) for text in texts) == sorted(chosen)


@pytest.mark.parametrize("limit", [1, 2, 120])
def test_prose_is_bounded_and_needs_no_escapes(limit: int) -> None:
    writer = gbnf.Grammar()
    lengths = {len(json.loads(text)) for text in all_of(writer, writer.prose(limit))}
    assert min(lengths) >= 1
    assert max(lengths) <= limit


def test_prose_is_never_let_run_away() -> None:
    writer = gbnf.Grammar()
    text = writer.text(writer.prose(1_000_000))
    assert gbnf.MOST_CHARACTERS < MOST
    assert f"{{1,{gbnf.MOST_CHARACTERS}}}" in text


def test_an_object_has_its_keys_in_order() -> None:
    writer = gbnf.Grammar()
    names = writer.one_of(["x"])
    inner = writer.record([("only", gbnf.literal("[3]"))])
    listed = gbnf.array([inner, inner])
    texts = all_of(writer, writer.record([('a"b', names), ("list", listed), ("none", "r0")]))
    assert texts == {'{"a\\"b": "x", "list": [{"only": [3]}, {"only": [3]}], "none": "x"}'}


def test_a_list_of_nothing_is_empty() -> None:
    assert all_of(gbnf.Grammar(), gbnf.array([])) == {"[]"}


def test_equal_rules_are_written_once() -> None:
    writer = gbnf.Grammar()
    assert writer.one_of(["x", "y"]) == writer.one_of(["x", "y"])
    assert writer.one_of(["y"]) != writer.one_of(["x"])
    assert writer.text("r0").count("::=") == 4


@pytest.mark.skipif(not llama_grammar.available(), reason="llama.cpp's library can't be asked")
def test_llama_cpp_reads_it_as_it_was_meant() -> None:
    values = ["a", 'b"]}', "c\\", "\t\x07\x7f\u2028", "\U0001f680", "\u0645\u062d\u0645\u062f"]
    writer = gbnf.Grammar()
    grammar = writer.text(writer.some_of(values))
    wanted = [json.dumps(list(c), ensure_ascii=False) for c in combinations(values, 2)]
    unwanted = ["[]", '["a", "a"]', '["c\\\\", "a"]', '["a",]', "[", "", '["z"]']
    prose = gbnf.Grammar()
    text = prose.text(prose.prose(3))
    questions = [*((grammar, t) for t in [*wanted, *unwanted]), (text, '"abc"'), (text, '"abcd"')]
    assert llama_grammar.asked(questions) == [
        *[True] * len(wanted),
        *[False] * len(unwanted),
        True,
        False,
    ]


@pytest.mark.skipif(not llama_grammar.available(), reason="llama.cpp's library can't be asked")
@pytest.mark.parametrize(
    "wrong", ["root ::= r9", 'root ::= "\\b"', 'root ::= "a', "root ::= [a", 'root ::= root "a"']
)
def test_what_is_no_grammar_is_known_for_it(wrong: str) -> None:
    """Of the test's own means: they would see what is wrong."""
    assert llama_grammar.asked([(wrong, "a")]) == [None]
    if "root ::= root" not in wrong:
        with pytest.raises(ValueError, match=r"\w"):
            Grammar(wrong)
