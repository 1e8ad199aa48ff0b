"""What is a denial of an act, and what negates something else in the same sentence."""

from __future__ import annotations

from typing import Any

import pytest
from flagged import activity, found, meeting

from summarizer.checks.polarity import STANDING
from summarizer.checks.wording import WORDING


def test_a_denial_of_the_rest_is_none_of_the_act() -> None:
    """Conditions, what is not said or confirmed, adjuncts, and aims that are told as "deny"."""
    for text in (
        "Jets bombed Varn, an officer said, who asked not to be named.",
        "Jets bombed Varn, and nobody could confirm how many.",
        "Jets bombed Varn in May and not, as before, in spring.",
        "Jets bombed Varn, which neither government has announced.",
        "Jets bombed Varn in a raid aimed at denying the rebels a refuge.",
        "Jets bombed Varn after a mechanical failure at the dam.",
    ):
        assert activity(text, "air_strike", "did_not_occur") == ["/realis"], text
        source = {"source": "Kestria", "kind": "named", "cue": "warned"}
        claim = {"status": "denied", "attribution": [source]}
        fields = {"name": "It", "type": "air_strike", "claims": [claim]}
        assert found(text, "military_activities", fields, STANDING) == ["/claims/0/status"], text


def test_a_meeting_that_ended_without_result_was_not_refused() -> None:
    assert meeting("The ministers met in Varn, without result.", "refused") == ["/status"]
    assert meeting("Kestria left without meeting the envoy.", "refused") == []
    assert meeting("Kestria declined to meet the envoy.", "refused") == []


@pytest.mark.parametrize(
    ("text", "realis", "flagged"),
    [
        ("No aircraft have bombed the town yet.", "did_not_occur", True),
        ("The raid on the town was called off.", "did_not_occur", True),
        ("The rebels' claim to have raided the town is false.", "did_not_occur", False),
        ("No aircraft have bombed the town yet.", "occurred", False),
    ],
)
def test_the_narrator_does_not_deny_what_is_told_as_not_so(
    text: str, realis: str, flagged: bool
) -> None:
    claims = [{"status": "denied"}]
    fields = {"name": "It", "type": "air_strike", "realis": realis, "claims": claims}
    paths = found(text, "military_activities", fields, STANDING)
    assert paths == (["/claims/0/status"] if flagged else [])


def test_a_claim_of_what_another_denies_in_the_same_sentence_is_one() -> None:
    text = "The guards denied reports in the valley that a strike had hit Varn."
    one: dict[str, Any] = {"name": "It", "type": "air_strike", "claims": [{"status": "asserted"}]}
    assert found(text, "military_activities", one, STANDING) == ["/claims/0/status"]
    one["claims"].append({"status": "denied"})
    assert found(text, "military_activities", one, STANDING) == []


@pytest.mark.parametrize(
    ("language", "text", "status", "flagged"),
    [
        ("en", "The envoy rejected that description without saying what moved.", "asserted", True),
        ("en", "The envoy rejected the charge, but said jets had struck.", "asserted", False),
        ("ru", "В столице с этим не согласны.", "asserted", False),
        ("ru", "В столице с этим не согласны.", "denied", False),
        ("ru", "Сумма составила не менее трёх миллионов.", "denied", False),
    ],
)
def test_a_sentence_that_only_denies_asserts_nothing(
    language: str, text: str, status: str, flagged: bool
) -> None:
    fields = {"name": "It", "type": "air_strike", "claims": [{"status": status}]}
    paths = found(text, "military_activities", fields, STANDING, language)
    assert paths == (["/claims/0/status"] if flagged else [])


@pytest.mark.parametrize(
    ("language", "text", "motive", "flagged"),
    [
        ("en", "The raid is aimed at denying the rebels a refuge.", "not to deny them one", True),
        ("en", "The boats guard the border, which is not new.", "not to guard the border", True),
        ("en", "They hid the boats so as not to alarm Varn.", "not to alarm Varn", False),
        ("en", "They came to talk and not to fight with Varn.", "not to fight with Varn", False),
        ("ru", "Лодки куплены для охраны и не опасны.", "not to guard the border", False),
        ("ru", "Лодки убрали, чтобы не пугать соседей.", "not to alarm the neighbours", False),
    ],
)
def test_an_aim_is_negated_only_as_an_aim(
    language: str, text: str, motive: str, flagged: bool
) -> None:
    fields = {"motive_of": [], "motive": motive}
    paths = found(text, "claimed_motives", fields, WORDING, language)
    assert paths == (["/motive"] if flagged else [])


@pytest.mark.parametrize(
    ("text", "told", "flagged"),
    [
        ("Another raid is unlikely this year.", "Another raid is not unlikely.", True),
        ("Another raid is not unlikely this year.", "Another raid is not unlikely.", False),
        ("She doubts that Varn could hold out.", "She doubts that Varn could not hold out.", True),
        ("We do not think that either was sought.", "Neither of the two was not sought.", True),
        ("An aide, asking not to be named, said Varn was warned.", "Varn was not warned.", True),
    ],
)
def test_a_text_negates_twice_only_with_its_sentences(text: str, told: str, flagged: bool) -> None:
    assert found(text, "synopsis", {"text": told}, WORDING) == (["/text"] if flagged else [])
