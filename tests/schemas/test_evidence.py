"""Receipts: a span and its quote agree, and every item has one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from summarizer.schemas import Evidence, Grounded


@given(st.integers(1, 10**6), st.integers(0, 10**6), st.text(min_size=1))
def test_a_receipt_round_trips_through_json(sentence: int, start: int, quote: str) -> None:
    """Lone surrogates aside, which no decoded article holds."""
    quote = quote.encode("utf-8", "replace").decode()
    receipt = Evidence(sentence=sentence, start=start, end=start + len(quote), quote=quote)
    assert Evidence.model_validate_json(receipt.model_dump_json()) == receipt


@pytest.mark.parametrize(
    "wrong",
    [
        {"sentence": 0},
        {"start": -1, "end": 4},
        {"end": 0},
        {"end": 6},
        {"quote": ""},
        {"quote": "four"},
        {"confidence": 1},
    ],
)
def test_a_receipt_that_contradicts_itself_is_refused(wrong: dict[str, object]) -> None:
    right = {"sentence": 1, "start": 0, "end": 5, "quote": "Three"}
    Evidence.model_validate(right)
    with pytest.raises(ValidationError):
        Evidence.model_validate(right | wrong)


def test_a_receipt_can_not_be_altered() -> None:
    receipt = Evidence(sentence=1, start=0, end=5, quote="Three")
    with pytest.raises(ValidationError, match="frozen"):
        receipt.quote = "Seven"  # type: ignore[misc]  # the point of the test
    assert len({receipt, receipt.model_copy()}) == 1


def test_what_is_grounded_has_one_receipt_at_least() -> None:
    class Finding(Grounded):
        text: str

    with pytest.raises(ValidationError, match="at least 1"):
        Finding(evidence=[], text="Nobody said so.")
    assert list(Finding.model_fields) == ["evidence", "text"]
