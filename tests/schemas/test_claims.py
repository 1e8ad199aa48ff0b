"""Claims keep their chain of sources, and numbers their qualifiers."""

from __future__ import annotations

import math

import pytest
from pydantic import ValidationError

from summarizer.schemas import Attribution, Claim, Evidence, Quantity
from summarizer.schemas.vocabularies import ClaimStatus, QuantityMeasure, SourceKind

RECEIPT = Evidence(sentence=1, start=0, end=5, quote="Three")


def test_a_chain_keeps_its_order_and_round_trips() -> None:
    claim = Claim(
        status=ClaimStatus.REPORTED,
        attribution=[
            Attribution(source="p1", kind=SourceKind.NAMED, cue="according to"),
            Attribution(source="people close to the talks", kind=SourceKind.ANONYMOUS),
        ],
        evidence=[RECEIPT],
    )
    again = Claim.model_validate_json(claim.model_dump_json())
    assert again == claim
    assert [link.source for link in again.attribution] == ["p1", "people close to the talks"]


def test_no_attribution_is_the_voice_of_the_article() -> None:
    assert Claim(status=ClaimStatus.ASSERTED, evidence=[RECEIPT]).attribution == []


def test_an_unknown_status_is_refused() -> None:
    with pytest.raises(ValidationError, match="status"):
        Claim.model_validate({"status": "rumoured", "evidence": [RECEIPT]})


def test_a_quantity_may_be_open_on_either_side() -> None:
    at_least = Quantity(measure=QuantityMeasure.KILLED, min=12, qualifier="at least")
    assert (at_least.min, at_least.max) == (12, None)
    assert Quantity.model_validate_json(at_least.model_dump_json()) == at_least


@pytest.mark.parametrize("wrong", [{"min": 3, "max": 2}, {"min": math.inf}, {"max": math.nan}])
def test_a_quantity_that_counts_nothing_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        Quantity.model_validate({"measure": "troops", **wrong})
