"""Places of a record in JSON."""

from __future__ import annotations

from typing import Annotated

import pytest
from gold_files import LABELS
from pydantic import BaseModel, Field

from summarizer.evals.places import is_number, is_text, root, way
from summarizer.schemas import SituationSummary
from summarizer.schemas.markers import Ref, Verbatim


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/parties/2/aliases/0", "Toll"),
        ("/military_activities/0/claims/0/status", "asserted"),
        ("/parties/0/country", None),
        ("/parties/0/aliases", []),
        ("/headline", None),
    ],
)
def test_a_pointer_leads_to_what_stands_there_or_to_the_default(
    pointer: str, value: object
) -> None:
    place = way(SituationSummary, LABELS, pointer)[-1]
    assert (place.pointer, place.value) == (pointer, value)


@pytest.mark.parametrize(
    ("pointer", "message"),
    [
        ("/party/0", "there is no party in the record"),
        ("/parties/3", "there is no 3 in /parties"),
        ("/parties/00", "there is no 00 in /parties"),
        ("/parties/-1", "there is no -1 in /parties"),
        ("/parties/0/country/x", "there is no x in /parties/0/country"),
        ("/military_activities/0/location/text", "there is no text in /military_activities/0/loc"),
    ],
)
def test_one_that_leads_nowhere_says_how_far_it_leads(pointer: str, message: str) -> None:
    with pytest.raises(LookupError, match=message):
        way(SituationSummary, LABELS, pointer)


def test_markers_and_none_are_told_from_the_type() -> None:
    parties = way(SituationSummary, LABELS, "/parties/2/aliases/0")
    assert parties[-1].kind is str
    assert parties[-1].marked(Verbatim) is not None
    assert parties[-1].is_element
    assert is_text(parties[-1])
    mover = way(SituationSummary, LABELS, "/claimed_motives/0/attributed_by")[-1]
    assert mover.marked(Ref) == Ref("parties")
    assert not is_text(mover)
    assert is_number(way(SituationSummary, LABELS, "/military_activities/0/quantities/0/max")[-1])


def test_keys_with_slashes_and_tildes_are_escaped() -> None:
    class Odd(BaseModel):
        plain: Annotated[int, Field(ge=1)] = 1

    Odd.model_fields["a/b~c"] = Odd.model_fields["plain"]
    assert way(Odd, {"a/b~c": 3}, "/a~1b~0c")[-1].value == 3


def test_a_walk_comes_by_every_place_once_and_by_none_within_a_receipt() -> None:
    labels = {"parties": [{"name": "x", "evidence": [{"sentence": 1, "start": 0}]}]}
    pointers = [place.pointer for place in root(SituationSummary, labels).walk()]
    assert len(pointers) == len(set(pointers))
    assert "/parties/0/evidence/0" in pointers
    assert not any(pointer.startswith("/parties/0/evidence/0/") for pointer in pointers)


@pytest.mark.parametrize("labels", [None, [], "x", {"parties": {}}, {"parties": [1, None]}])
def test_labels_of_another_shape_have_no_more_places_than_they_have(labels: object) -> None:
    places = list(root(SituationSummary, labels).walk())
    assert not any(place.pointer.startswith("/parties/0/") for place in places)
