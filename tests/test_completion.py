from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.completion import CallUsage, Written, usage_from, written_from
from summarizer.errors import AnswerError, ContentFiltered, EmptyAnswer, Refused


def payload(content: Any = "text", reason: Any = "stop", **message: Any) -> dict[str, Any]:
    return {"choices": [{"finish_reason": reason, "message": {"content": content, **message}}]}


def test_what_was_written_and_why_it_ended() -> None:
    assert written_from(payload(), "here", ()) == Written("text", "stop")
    assert written_from(payload(reason=None), "here", ()) == Written("text", "stop")
    assert written_from(payload("half", "length"), "here", ()) == Written("half", "length")
    assert written_from(payload(None, "length"), "here", ()) == Written("", "length")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (payload(None, refusal="No."), Refused),
        (payload("half", "content_filter"), ContentFiltered),
        (payload(None), EmptyAnswer),
        (payload(" \n"), EmptyAnswer),
        (payload({"a": 1}), EmptyAnswer),
        ({"choices": None}, EmptyAnswer),
        ({"choices": [None]}, EmptyAnswer),
        ("<html>", EmptyAnswer),
        (None, EmptyAnswer),
    ],
)
def test_what_is_no_answer_is_an_error(body: Any, expected: type[AnswerError]) -> None:
    with pytest.raises(expected) as caught:
        written_from(body, "here", ())
    assert caught.value.retryable is (expected is EmptyAnswer)


@pytest.mark.parametrize(
    ("body", "cached"),
    [
        ({"usage": {"prompt_tokens_details": {"cached_tokens": 4}}}, 4),
        ({"usage": {"prompt_cache_hit_tokens": 4}}, 4),
        ({"timings": {"cache_n": 4}}, 4),
        ({"usage": {"prompt_tokens_details": None}}, 0),
        ({"usage": None}, 0),
    ],
)
def test_cached_tokens_are_told_in_several_ways(body: Any, cached: int) -> None:
    assert usage_from(body, 0.5) == CallUsage(calls=1, cached_tokens=cached, seconds=0.5)


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["choices", "message", "content", "usage", "prompt_tokens", "timings"]),
            inner,
        )
    ),
)


@given(JSON)
def test_any_body_is_an_answer_or_an_answer_error(body: Any) -> None:
    assert usage_from(body, 0.0).calls == 1
    with suppress(AnswerError):
        written_from(body, "here", ())
