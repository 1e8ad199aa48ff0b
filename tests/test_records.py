from __future__ import annotations

import pytest

from summarizer.errors import InputError, NotText
from summarizer.records import from_record, own_id

TEXT = "The envoy left on Monday."


def test_the_text_is_in_the_first_usual_field_that_is_not_blank() -> None:
    assert from_record({"text": " ", "content": TEXT, "body": ""}, "row").text == TEXT
    assert from_record({"text": None, "Body": TEXT}, "row").text == TEXT
    assert from_record({"text": ""}, "row").text == ""


def test_a_field_that_was_asked_for_goes_before_the_usual_ones() -> None:
    record = {"id": "a", "key": 9, "text": "Not this.", "wire": TEXT}
    draft = from_record(record, "row", id_field="key", text_field="wire")
    assert (draft.id, draft.text) == ("9", TEXT)
    assert not from_record({"key": " ", "text": TEXT}, "row", id_field="key").id


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"title": "x"}, "it has “title”"),
        ({}, "no field"),
        ({"text": 1}, "“text” is not a string"),
        ({"text": TEXT, "title": ["x"]}, "“title” in row is not a string"),
        ({"text": TEXT, "id": [1]}, "“id” in row is not a string"),
        ({"text": TEXT, "id": True}, "“id” in row is not a string"),
        ({"text": TEXT, "id": 12.5}, "“id” in row is not a string"),
        ({"text": TEXT, "id": float("nan")}, "“id” in row is not a string"),
        ({"text": TEXT, "id": 2.0**53}, "“id” in row is not a string"),
    ],
)
def test_what_is_wrong_with_a_record_is_named_with_the_way_out(
    record: dict[str, object], said: str
) -> None:
    with pytest.raises(InputError, match=said) as caught:
        from_record(record, "row")
    assert caught.value.hint


def test_a_field_under_another_name_is_left_out_where_it_cannot_be_used() -> None:
    record = {"text": TEXT, "date": "last week", "author": ["Ann Roe"], "source": "The Gazette"}
    draft = from_record(record, "row")
    assert (draft.published, draft.byline, draft.publisher) == (None, None, "The Gazette")


def test_a_whole_number_is_an_id_however_it_is_written() -> None:
    for number, written in ((12, "12"), (12.0, "12"), (-3.0, "-3"), (2**70, str(2**70))):
        assert from_record({"text": TEXT, "id": number}, "row").id == written
        assert from_record({"text": TEXT, "key": number}, "row", id_field="key").id == written
        assert own_id({"id": number}) == written
    assert own_id({"id": True}) is own_id({"id": 12.5}) is None


def test_half_a_surrogate_pair_is_refused_by_name_or_left_out_as_any_other_value() -> None:
    for field in ("id", "title", "publisher", "byline", "url"):
        draft = from_record({"text": TEXT, field: "a\ud800"}, "row")
        with pytest.raises(NotText, match=f"The {field} holds half a surrogate pair"):
            draft.article()
    assert from_record({"text": TEXT, "author": "a\ud800"}, "row").byline is None


def test_a_field_s_own_name_goes_before_another() -> None:
    record = {"text": TEXT, "author": "A", "byline": "B", "date": "2031-01-01", "published": ""}
    draft = from_record(record, "row")
    assert (draft.byline, draft.published) == ("B", "2031-01-01")


def test_what_a_record_calls_itself_is_known_without_the_rest() -> None:
    assert own_id({"ID": 7, "text": [1]}) == "7"
    assert own_id({"key": "k"}, "key") == "k"
    assert own_id({"id": ["x"]}) is own_id({"id": " "}) is own_id({}) is None
