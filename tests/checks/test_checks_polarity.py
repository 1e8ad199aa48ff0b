"""Whether it happened, who denies it, and how a text puts it: against the cited sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import pytest
from flagged import activity, cite, found, meeting
from hostile import ends
from pydantic import BaseModel, Field

import summarizer
from summarizer import Article
from summarizer.checks.clauses import clauses
from summarizer.checks.kinds import KINDS
from summarizer.checks.polarity import POLARITY, STANDING
from summarizer.checks.rules import RESIDUE, UNCUED
from summarizer.checks.wording import WORDING
from summarizer.schemas import Evidence, SituationSummary
from summarizer.schemas.markers import Cued
from summarizer.schemas.vocabularies import Realis

STRUCK = "Forces struck the depot at Varn on Monday."
NOT_STRUCK = "Forces did not strike the depot at Varn on Monday."
WILL_STRIKE = "Forces will strike the depot at Varn on Monday."
AS_TOLD: Sequence[tuple[str, str, str]] = [
    (STRUCK, "air_strike", "occurred"),
    (NOT_STRUCK, "air_strike", "did_not_occur"),
    (WILL_STRIKE, "air_strike", "planned"),
    ("The strike on the depot was cancelled.", "air_strike", "did_not_occur"),
    ("The exercise is to begin in May.", "joint_exercise", "planned"),
    ("The navies held drills off Varn last week.", "joint_exercise", "occurred"),
    ("Drills off Varn are under way.", "joint_exercise", "ongoing"),
    ("Kestria threatened to shell the port.", "missile_or_artillery_strike", "threatened"),
    ("Troops withdrew from Halden but did not enter Varn.", "withdrawal", "occurred"),
    ("Kestria is to lift its blockade of the port in June.", "blockade", "ongoing"),
    ("Officials condemned the attack and will meet on Friday.", "ground_clash", "occurred"),
    ("Gunmen attacked a post, and no one claimed responsibility.", "ground_clash", "occurred"),
    ("The army failed to stop the shelling.", "missile_or_artillery_strike", "occurred"),
    ("Raiders tried to seize the tanker.", "seizure_or_interdiction", "attempted"),
    ("Analysts expect that Kestria will attack.", "ground_clash", "predicted"),
    ("Without warning, jets bombed Varn.", "air_strike", "occurred"),
    ("The truce took effect, although few trust it.", "ceasefire", "occurred"),
    ("Kestria proposed a ceasefire.", "ceasefire", "proposed"),
    ("If fired upon, the fleet would shell Varn.", "missile_or_artillery_strike", "hypothetical"),
    ("No aircraft struck the town.", "air_strike", "did_not_occur"),
    ("No fewer than nine jets struck the town.", "air_strike", "occurred"),
]
NOT_AS_TOLD: Sequence[tuple[str, str, str]] = [
    (NOT_STRUCK, "air_strike", "occurred"),
    (WILL_STRIKE, "air_strike", "occurred"),
    (STRUCK, "air_strike", "did_not_occur"),
    (STRUCK, "air_strike", "planned"),
    (STRUCK, "air_strike", "threatened"),
    (STRUCK, "air_strike", "hypothetical"),
    ("The strike on the depot was cancelled.", "air_strike", "occurred"),
    ("The exercise is to begin in May.", "joint_exercise", "ongoing"),
    ("The exercise was called off.", "joint_exercise", "occurred"),
    ("The navies held drills off Varn.", "joint_exercise", "did_not_occur"),
    ("Kestria threatened to shell the port.", "missile_or_artillery_strike", "occurred"),
    ("Kestria may attack Varn.", "ground_clash", "occurred"),
    ("Kestria proposed a ceasefire.", "ceasefire", "occurred"),
    ("No aircraft struck the town.", "air_strike", "occurred"),
    ("The army denied that its jets had struck Varn.", "air_strike", "occurred"),
    ("Kestria plans a missile test.", "weapons_test", "occurred"),
    ("Kestria refused to withdraw from Varn.", "withdrawal", "occurred"),
    ("Troops never entered or attacked Varn.", "ground_clash", "occurred"),
    ("It is unlikely that Kestria will attack.", "ground_clash", "occurred"),
]


@pytest.mark.parametrize(("text", "kind", "realis"), AS_TOLD)
def test_what_the_sentence_tells_is_let_be(text: str, kind: str, realis: str) -> None:
    assert activity(text, kind, realis) == []


@pytest.mark.parametrize(("text", "kind", "realis"), NOT_AS_TOLD)
def test_what_the_sentence_does_not_tell_is_flagged(text: str, kind: str, realis: str) -> None:
    assert activity(text, kind, realis) == ["/realis"]


@pytest.mark.parametrize(
    ("text", "status", "flagged"),
    [
        ("The ministers met in Varn.", "held", False),
        ("The ministers met in Varn.", "cancelled", True),
        ("The ministers met in Varn.", "refused", True),
        ("The ministers met in Varn.", "planned", True),
        ("The ministers will meet in Varn.", "planned", False),
        ("The ministers will meet in Varn.", "held", True),
        ("The visit to Varn was called off.", "cancelled", False),
        ("The visit to Varn was called off.", "held", True),
        ("Kestria rejected talks with Varn.", "refused", False),
        ("Kestria offered to hold talks with Varn.", "proposed", False),
        ("Kestria offered to hold talks with Varn.", "held", True),
        ("They welcomed the visit of the envoy, planned for May.", "held", True),
        ("They welcomed the visit of the envoy, planned for May.", "planned", False),
    ],
)
def test_a_meeting_took_place_only_where_it_is_told(text: str, status: str, flagged: bool) -> None:
    assert meeting(text, status) == (["/status"] if flagged else [])


@pytest.mark.parametrize(
    ("text", "status", "flagged"),
    [
        ("Kestria struck the depot, officials said.", "asserted", False),
        ("Kestria struck the depot, officials said.", "denied", True),
        ("Kestria struck the depot, officials said.", "disputed", True),
        ("Kestria struck the depot, officials said.", "accused", True),
        ("Kestria struck the depot, officials said.", "reported", False),
        ("Kestria denied that it had struck the depot.", "denied", False),
        ("Kestria denied that it had struck the depot.", "asserted", True),
        ("Kestria denied that it had struck the depot.", "confirmed", True),
        ("“No jet of ours struck Varn,” Kestria said.", "denied", False),
        ("“No jet of ours struck Varn,” Kestria said.", "claimed", True),
        ("Kestria called the report of a strike a fabrication.", "denied", False),
        ("Varn accused Kestria of the strike.", "accused", False),
        ("An inquiry confirmed the strike.", "confirmed", False),
        ("Jets struck Varn, a man said, asking not to be named.", "denied", True),
        ("Varn said jets struck it, whereas Kestria spoke of a fire.", "denied", False),
    ],
)
def test_a_denial_is_one_only_where_something_is_denied(
    text: str, status: str, flagged: bool
) -> None:
    fields = {"name": "It", "type": "air_strike", "claims": [{"status": status}]}
    paths = found(text, "military_activities", fields, STANDING)
    assert paths == (["/claims/0/status"] if flagged else [])


@pytest.mark.parametrize(
    ("text", "told", "flagged"),
    [
        # As a peer's grounding was fooled: forces that did not strike.
        ("Officials said that forces did not strike the bridge.", "Forces did strike it.", True),
        ("Forces did not strike the bridge.", "Forces struck the bridge.", True),
        ("Forces did not strike the bridge.", "Forces did not strike the bridge.", False),
        ("Forces struck the bridge at dawn.", "Forces did not strike the bridge.", True),
        ("Forces struck the bridge at dawn.", "The bridge was struck by forces.", False),
        ("Troops withdrew from Varn on Friday.", "Troops will withdraw from Varn.", True),
        ("Troops will withdraw from Varn on Friday.", "Troops withdrew from Varn.", True),
        ("Troops will withdraw from Varn on Friday.", "Troops will withdraw from Varn.", False),
        ("Troops withdrew from Varn on Friday.", "Troops left Varn on Friday.", False),
        ("Kestria took no military action in the valley.", "Kestria took military action.", True),
        ("The envoy never reached the camp at Varn.", "The envoy reached the camp.", True),
        ("The envoy was seen in the camp at Varn.", "The envoy will be seen in the camp.", True),
        ("It is unlikely that Varn will fall.", "Varn is not likely to fall this year.", False),
        ("Kestria refused to open the crossing.", "Kestria did not open the crossing.", False),
        ("The talks ended without a text.", "No text was agreed at the talks.", False),
        ("Not only troops but tanks crossed the river.", "Troops and tanks crossed it.", False),
        ("It can keep no more than two boats at sea.", "It keeps no more than two boats.", False),
        ("Varn opened its port, but Halden did not open its own.", "Varn opened its port.", False),
    ],
)
def test_a_text_turns_nothing_round(text: str, told: str, flagged: bool) -> None:
    assert found(text, "synopsis", {"text": told}, WORDING) == (["/text"] if flagged else [])


@pytest.mark.parametrize(
    ("language", "text", "told", "flagged"),
    [
        ("ru", "Войска вошли в город в среду утром.", "Войска не вошли в город в среду.", True),
        (
            "ru",
            "Войска вошли в город в среду утром.",
            "Войска войдут в город в среду утром.",
            False,
        ),
        ("ru", "Войска вошли в город в среду утром.", "Войска вошли в город в среду.", False),
        ("fr", "Les forces ont frappé le port mardi.", "Forces did not strike the port.", True),
        ("fr", "Les forces n'ont pas frappé le port.", "Forces did not strike the port.", False),
        ("de", "Die Truppen haben die Stadt verlassen.", "The troops will leave the city.", False),
        ("es", "Las tropas no entraron en la ciudad.", "Troops did not enter the city.", False),
        ("zh", "军队进入城市。", "Troops did not enter the city.", False),
    ],
)
def test_other_languages_are_judged_by_their_own_words(
    language: str, text: str, told: str, flagged: bool
) -> None:
    paths = found(text, "synopsis", {"text": told}, WORDING, language)
    assert paths == (["/text"] if flagged else [])


@pytest.mark.parametrize(
    ("text", "kind", "flagged"),
    [
        ("Hackers attacked the ministry's website.", "air_strike", True),
        ("Hackers attacked the ministry's website.", "cyber_operation", False),
        ("Kestria withdrew from the treaty on mines.", "withdrawal", True),
        ("Kestria withdrew its troops under the treaty.", "withdrawal", False),
        ("The firm signed a contract for trucks.", "air_strike", True),
        ("Ministers agreed on a budget.", "joint_exercise", True),
        ("The drill ended on Friday.", "joint_exercise", False),
        ("Ministers agreed on a budget.", "other", False),
    ],
)
def test_a_kind_has_words_that_bear_it_out(text: str, kind: str, flagged: bool) -> None:
    fields = {"name": "It", "type": kind}
    paths = found(text, "military_activities", fields, KINDS)
    assert paths == (["/type"] if flagged else [])


def test_five_parties_are_not_two_sides_and_a_call_needs_a_call() -> None:
    met = "The ministers of Kestria met those of Varn, Halden, Orm and Sule."
    five = {"participants": ["Kestria", "Varn", "Halden", "Orm", "Sule"], "format": "bilateral"}
    assert found(met, "diplomatic_meetings", five, KINDS) == ["/format"]
    phone = {"participants": [], "format": "phone"}
    assert found(met, "diplomatic_meetings", phone, KINDS) == ["/format"]
    assert found("They spoke by phone.", "diplomatic_meetings", phone, KINDS) == []


@pytest.mark.parametrize(
    ("text", "section", "flagged"),
    [
        ("Jets left Varn in order to deter a landing.", "claimed_motives", False),
        ("The move could limit flights.", "claimed_motives", True),
        ("The ministers met in Varn.", "diplomatic_meetings", False),
        ("The minister gave a press conference.", "diplomatic_meetings", True),
    ],
)
def test_an_effect_is_no_purpose_and_a_press_conference_no_meeting(
    text: str, section: str, flagged: bool
) -> None:
    motive = {"motive_of": [], "motive": "It"}
    fields: dict[str, Any] = motive if section == "claimed_motives" else {"participants": []}
    assert found(text, section, fields, UNCUED) == ([""] if flagged else [])


def test_page_furniture_is_no_evidence() -> None:
    article = Article.from_text("Jets struck Varn on Monday.\n\nSubscribe\n", language="en")
    cited = [{"text": "Jets struck.", "evidence": cite(article, 2)}]
    summary = SituationSummary.model_validate({"synopsis": cited})
    assert [i.path for i in summarizer.audit(summary, article, checks=[RESIDUE])] == ["/synopsis/0"]


class Raid(BaseModel):
    """An item of a schema of the user's own."""

    what: str
    outlook: Realis
    seen: list[Evidence] = Field(min_length=1)


class Raids(BaseModel):
    """A schema of the user's own."""

    raids: Annotated[list[Raid], Cued("raid", most=2)]


@pytest.mark.parametrize(("outlook", "flagged"), [("did_not_occur", True), ("occurred", False)])
def test_a_schema_of_the_users_own_is_checked_by_the_types_of_its_fields(
    outlook: str, flagged: bool
) -> None:
    article = Article.from_text("Pirates raided the harbour at Orm.", language="en")
    item = {"what": "Raid on the harbour", "outlook": outlook, "seen": cite(article)}
    issues = summarizer.audit(Raids.model_validate({"raids": [item]}), article, checks=[POLARITY])
    assert [issue.path for issue in issues] == (["/raids/0/outlook"] if flagged else [])


@pytest.mark.parametrize("unit", ["not ", "strike ", ", a", "will strike ", "x", "a “"])
def test_no_text_blows_up(unit: str) -> None:
    text = unit * (500_000 // len(unit))
    with ends():
        clauses(text)
        activity(text + ".", "air_strike", "occurred")
        found(text + ".", "synopsis", {"text": text[:300] + "x"}, WORDING)


TOLD_OTHERWISE: Sequence[tuple[str, str, str]] = [
    ("Ship taken to Port Orm.", "seizure_or_interdiction", "occurred"),
    ("A frigate escorted the convoy out of Orm without incident.", "other", "occurred"),
    (
        "He survived an attack, when a grenade was thrown at his house.",
        "assassination",
        "attempted",
    ),
    ("The container ship told of as boarded was not.", "seizure_or_interdiction", "did_not_occur"),
    ("The letter that told of a car bomb was forged.", "bombing", "did_not_occur"),
    ("Thursday passed, and Halden held its fire.", "ground_clash", "threatened"),
    ("The exercise opens off Varn on Monday.", "joint_exercise", "planned"),
    ("The army has been told to prepare for a state of war.", "alert", "planned"),
    ("Boys with rifles kept two trucks and six men for eleven days.", "abduction", "occurred"),
    ("The raid on Varn left no survivors.", "ground_clash", "occurred"),
    ("Jets bombed Varn in a move likely to anger Orm.", "air_strike", "occurred"),
    ("The shelling killed a man who did not flee.", "missile_or_artillery_strike", "occurred"),
    ("The strike hit a depot that may hold fuel.", "air_strike", "occurred"),
]


@pytest.mark.parametrize(("text", "kind", "realis"), TOLD_OTHERWISE)
def test_what_is_told_in_other_words_is_not_contradicted(text: str, kind: str, realis: str) -> None:
    assert activity(text, kind, realis) == []


@pytest.mark.parametrize(
    ("text", "section", "fields"),
    [
        ("It held the ship for “inspection”.", "claimed_motives", {"motive": "to inspect it"}),
        ("They let them go “out of mercy”.", "claimed_motives", {"motive": "to show mercy"}),
        ("They went so that the pact should count.", "claimed_motives", {"motive": "to help it"}),
        ("Envoys of both have sat in Orm since Monday.", "diplomatic_meetings", {}),
        ("A face-to-face session was declined by Varn.", "diplomatic_meetings", {}),
    ],
)
def test_an_aim_or_a_meeting_is_told_in_many_words(
    text: str, section: str, fields: dict[str, Any]
) -> None:
    listed: dict[str, Any] = (
        {"motive_of": []} if section == "claimed_motives" else {"participants": []}
    )
    assert found(text, section, {**listed, **fields}, UNCUED) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The envoy urged both to keep to the truce.", "Both should not break the truce."),
        ("Orm is “not now a haven” but can become one.", "Orm can become a haven for them."),
        ("Do not send the brigade to Orm.", "sending the brigade to Orm"),
        ("The drill opens off Varn in May.", "The drill will open off Varn in May."),
    ],
)
def test_a_paraphrase_turns_nothing_round(text: str, told: str) -> None:
    assert found(text, "synopsis", {"text": told}, WORDING) == []
