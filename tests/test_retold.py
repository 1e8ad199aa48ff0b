"""What is told twice becomes one, and nothing that was said of it is lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.retold import joined, told_once


def strike(number: int, *actors: str, **more: Any) -> dict[str, Any]:
    claim = {"status": "asserted", "sentences": [number]}
    return {"sentences": [number], "actors": [*actors], "claims": [claim], **more}


def test_whoever_acts_is_not_also_acted_on() -> None:
    item = {"sentences": [1], "actors": ["A", "B"], "targets": ["B", "C"], "type": "strike"}
    assert told_once(item) == item | {"targets": ["C"]}


def test_only_lists_of_names_are_looked_at() -> None:
    item = {"sentences": [1], "claims": [{"a": 1}, {"a": 1}], "odd": [["A"]], "actors": ["A"]}
    assert told_once(item) == item


def test_items_that_say_the_same_are_one_with_every_sentence_and_claim() -> None:
    (item,) = joined([strike(4, "A"), strike(2, "A"), strike(9, "A")], 1)
    assert item["sentences"] == [2, 4, 9]
    assert [claim["sentences"] for claim in item["claims"]] == [[4], [2], [9]]


def test_what_the_first_leaves_out_is_taken_from_the_next() -> None:
    (item,) = joined([strike(1, "A"), strike(2, "A", place="P"), strike(3, "A", place="Q")], 1)[:1]
    assert item["place"] == "P"


def test_nobody_gets_into_two_lists_by_being_joined() -> None:
    (item,) = joined([strike(1, "A", "B"), strike(2, "A", "C", targets=["B", "D"])], 0.5)
    assert item["actors"] == ["A", "B"]
    assert item["targets"] == ["D"]


@pytest.mark.parametrize(
    ("one", "other", "share", "same"),
    [
        (["A", "B"], ["B", "A"], 1, True),
        (["A", "B"], ["A"], 1, False),
        (["A", "B"], ["A"], 0.5, True),
        (["A", "B"], ["A", "C"], 0.5, True),
        (["A", "B", "C"], ["A", "D", "E"], 0.5, False),
        (["A"], ["B"], 0.5, False),
    ],
)
def test_the_share_of_names_in_common_tells_an_event_told_twice(
    one: list[str], other: list[str], share: float, same: bool
) -> None:
    assert len(joined([strike(1, *one), strike(2, *other)], share)) == (1 if same else 2)


def test_names_told_twice_count_once_for_what_is_in_common() -> None:
    items = [strike(1, "A", targets=["A", "B"]), strike(2, "A", targets=["A", "C"])]
    assert len(joined(items, 0.5)) == 2


def test_another_value_is_another_event() -> None:
    assert len(joined([strike(1, "A", type="strike"), strike(2, "A", type="drill")], 1)) == 2


def test_items_without_names_are_never_one() -> None:
    assert len(joined([{"sentences": [1], "type": "x"}, {"sentences": [2], "type": "x"}], 1)) == 2


NAMES = st.lists(st.sampled_from("ABCD"), max_size=3, unique=True)
ITEMS = st.lists(st.builds(lambda a, t: (a, t), NAMES, NAMES), max_size=6)


@given(ITEMS, st.sampled_from([0.5, 1.0]))
def test_no_sentence_and_no_claim_is_lost_and_no_input_changed(
    told: list[tuple[list[str], list[str]]], share: float
) -> None:
    items = [strike(n, *actors, targets=targets) for n, (actors, targets) in enumerate(told, 1)]
    before = repr(items)
    kept = joined(items, share)
    assert repr(items) == before
    assert sorted(n for item in kept for n in item["sentences"]) == [*range(1, len(items) + 1)]
    assert sum(len(item["claims"]) for item in kept) == len(items)
    for item in kept:
        assert not {*item["actors"]} & {*item["targets"]}
