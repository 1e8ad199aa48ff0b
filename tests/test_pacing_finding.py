"""The laws of the limit, without time or a loop."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from summarizer.pacing.finding import START, AdaptiveLimit
from summarizer.pacing.limits import Sent

Happenings = st.lists(st.sampled_from(["served", "slow", "refused"]), max_size=300)


@given(most=st.integers(1, 64), happenings=Happenings)
def test_the_limit_stays_between_one_and_the_most(most: int, happenings: list[str]) -> None:
    limit = AdaptiveLimit(most)
    for number, happened in enumerate(happenings, 1):
        sent = Sent(number, limit.slots)
        limit.sent(sent, float(number))
        if happened == "refused":
            limit.refused(sent, number + 0.5)
        else:
            limit.answered(sent, 5.0 if happened == "slow" else 0.5, number + 0.5)
        assert 1 <= limit.slots <= most
        assert 0.0 <= limit.pause <= 30.0


@given(refused=st.integers(8, 40), served=st.integers(0, 20))
def test_requests_sent_together_cut_once(refused: int, served: int) -> None:
    limit = AdaptiveLimit(256)
    burst = [Sent(number, number) for number in range(1, refused + served + 1)]
    for sent in burst:
        limit.sent(sent, 0.0)
    for sent in burst[served:]:
        limit.refused(sent, 1.0)
    assert limit.slots == START // 2
    for sent in burst[:served]:
        limit.answered(sent, 1.0, 1.0)
    assert limit.slots == START // 2  # nor do those from before the cut open any


@given(st.integers(1, 4))
def test_few_refusals_among_requests_sent_together_cut_nothing(refused: int) -> None:
    limit = AdaptiveLimit(256)
    burst = [Sent(number, number) for number in range(1, START + 1)]
    for sent in burst:
        limit.sent(sent, 0.0)
    for sent in burst[:refused]:
        limit.refused(sent, 1.0)
    assert limit.slots == START


def test_it_doubles_with_a_round_of_answers() -> None:
    limit = AdaptiveLimit(256)
    number = 0
    for second in range(4):
        slots = limit.slots
        assert slots == START * 2**second
        burst = [Sent(number + i + 1, i + 1) for i in range(slots)]
        number += slots
        for sent in burst:
            limit.sent(sent, float(second))
        for sent in burst:
            limit.answered(sent, 1.0, second + 1.0)


def test_what_is_always_refused_is_asked_for_ever_more_rarely() -> None:
    limit = AdaptiveLimit(256)
    first = Sent(1, 1)
    limit.sent(first, 0.0)
    limit.answered(first, 0.1, 0.1)
    pauses: list[float] = []
    for number in range(2, 120):
        sent = Sent(number, 1)
        limit.sent(sent, float(number))
        limit.refused(sent, number + 0.1)
        pauses.append(limit.pause)
    assert pauses == sorted(pauses)
    assert pauses[-1] == 30.0
