"""Roles: whoever is named only as a speaker, a place or a victim did not do it."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from hostile import ends
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from told_records import cited, told

import summarizer
from summarizer import Article
from summarizer.checks.roles import ROLES
from summarizer.checks.standing_words import AFTER, BEFORE, Sign
from summarizer.checks.standings import (
    _signs,
    others_act,
    standings,
    tells_of_others,
)
from summarizer.schemas.evidence import Grounded
from summarizer.schemas.markers import NotSource, Ref

AIR, DRONE, FIRE = "air_strike", "drone_strike", "missile_or_artillery_strike"
ATOM, TEST = "nuclear_activity", "weapons_test"

WRONG_ACTORS = [
    # who speaks
    ("Defence Minister Olga Brandt said that Kestria bombed the port.", AIR, "Olga Brandt"),
    ("Kestria shelled the harbour at dawn, Norland’s interior ministry said.", FIRE, "Norland"),
    ("Kestria shelled the harbour, according to the Lowland Monitor.", FIRE, "Lowland Monitor"),
    ("President Ana Ruiz says Kestria's warships fired on a trawler.", FIRE, "Ana Ruiz"),
    ("“Kestria has attacked the dam,” said General Pavel Horn.", AIR, "Pavel Horn"),
    ("Kestria's drones hit a depot, a spokesman told the Tarn Herald.", DRONE, "Tarn Herald"),
    ("The Raid Ledger, a monitoring group, has recorded 40 air strikes.", AIR, "Raid Ledger"),
    ("The Halm Daily News reported that jets had bombed the bridge.", AIR, "Halm Daily News"),
    ("Kestria seized two boats, Norland officials said.", "seizure_or_interdiction", "Norland"),
    ("Secretary of State Ivo Lang, says Kestria's missile tests go on.", TEST, "Ivo Lang"),
    # where it was
    ("In Halm, three strikes destroyed a fuel store.", AIR, "Halm"),
    ("A drone strike in northern Kestria killed nine herders.", DRONE, "Kestria"),
    ("Jets bombed a convoy near Port Ellin on Monday.", AIR, "Port Ellin"),
    ("HALM, May 3 (Tarn Wire) - Two rockets fell on the market.", FIRE, "HALM"),
    ("Shells fell 20 km north of Sorn.", FIRE, "Sorn"),
    ("Rockets destroyed Vell, a village on the coast.", FIRE, "Vell"),
    ("On Lake Tarn, gunboats stopped a barge.", "seizure_or_interdiction", "Lake Tarn"),
    ("The attack was launched on the website “Grey Wiki”.", "cyber_operation", "Grey Wiki"),
    # whom it was done to
    ("Aircraft made 12 strikes against Ansar Group.", AIR, "Ansar Group"),
    ("Kestria launched an attack on its larger neighbour Norland.", AIR, "Norland"),
    ("Norland was attacked by Kestria on Sunday.", AIR, "Norland"),
    ("Norland's embassy was hit by a rocket.", FIRE, "Norland"),
    ("Norland’s web servers are being attacked by hackers.", "cyber_operation", "Norland"),
    ("Kestrian gunners shelled Halm for an hour.", FIRE, "Halm"),
    ("Kestria will not lift its blockade of Norland.", "blockade", "Norland"),
    ("The killing of Omar Selim enraged the movement.", "assassination", "Omar Selim"),
    ("Gunmen kidnapped Lidia Stroem at noon.", "abduction", "Lidia Stroem"),
    ("The siege of Sorn by Kestria has begun.", "blockade", "Sorn"),
    # who stands beside it
    ("A ceasefire brokered by Sundmark began on Friday.", "ceasefire", "Sundmark"),
    ("The strike, condemned by Norland, killed six.", AIR, "Norland"),
    ("Kestria resumed enrichment after talks with Norland.", ATOM, "Norland"),
    ("A draft backed by Norland asks Kestria to end enrichment.", ATOM, "Norland"),
    ("Norland condemned the strike on the dam.", AIR, "Norland"),
    ("Sundmark’s government voiced concern at the tests.", TEST, "Sundmark"),
    ("Norland called for an inquiry into the raid.", AIR, "Norland"),
    ("Ruiz called Lang to discuss Kestria's missile tests.", TEST, "Ruiz"),
    ("Enrichment went on during talks between Norland and Sundmark.", ATOM, "Sundmark"),
    # no party at all
    ("Shells fell again by the South Kestria Sea.", FIRE, "Kestria"),
    ("Operation Dry Wind began with six raids.", AIR, "Operation Dry Wind"),
    ("The Doha Treaty bans such tests.", TEST, "Doha Treaty"),
    ("@TarnSpox: Two missiles were tested.", TEST, "TarnSpox"),
]  # fmt: skip

RIGHT_ACTORS = [
    ("Kestria bombed the port of Halm.", AIR, "Kestria"),
    ("The Kestrian navy said it had sunk two boats.", FIRE, "Kestrian navy"),
    ("Kestria's defence ministry said its forces had struck a depot.", FIRE, "Kestria"),
    ("Kestria's defence ministry said air defences had shot down nine drones.", FIRE, "Kestria"),
    ("The army said a strike had killed six gunmen.", AIR, "army"),
    ("The Polar Front said that its fighters had shot the drone down.", FIRE, "Polar Front"),
    ("The Polar Front claimed responsibility for the blast.", "bombing", "Polar Front"),
    ("Halm was shelled by Kestria.", FIRE, "Kestria"),
    ("Halm was hit by Kestria’s rockets.", FIRE, "Kestria"),
    ("Norland accused Kestria of bombing the dam.", AIR, "Kestria"),
    ("Norland said Kestria had bombed the dam.", AIR, "Kestria"),
    ("Kestria's attack on Norland began at dawn.", AIR, "Kestria"),
    ("Kestrian jets attacked Norland from bases in Kestria.", AIR, "Kestria"),
    ("In Kestria, the army put its batteries on alert.", "alert", "Kestria"),
    ("Troops in Norland moved to the border, its government said.", "deployment", "Norland"),
    ("Kestria, attacked by Norland on Sunday, struck back on Monday.", AIR, "Kestria"),
    ("After the attack on Kestria, Kestria bombed Norland.", AIR, "Kestria"),
    ("Kestria and Norland exchanged fire.", "ground_clash", "Norland"),
    ("Kestria clashed with Norland in the hills.", "ground_clash", "Norland"),
    ("Kestria held drills with Norland.", "joint_exercise", "Norland"),
    ("Kestria agreed a truce in talks with Norland.", "ceasefire", "Norland"),
    ("Ana Ruiz, the rebel leader, said she had ordered the raid.", AIR, "Ana Ruiz"),
    ("Kestria announced a withdrawal from Halm.", "withdrawal", "Kestria"),
    ("Kestria threatened to fire on the port.", FIRE, "Kestria"),
    ("The African League said it planned to send inspectors.", "inspection", "African League"),
    ("Critics of Norland point to Kestria's nuclear program.", ATOM, "Kestria"),
    ("Fighters of the Grey Brigade overran a post.", "territorial_change", "Grey Brigade"),
    ("Under the accord, Kestria is to lift its blockade of Halm.", "blockade", "Kestria"),
    ("Following the strike by Kestria, the port was closed.", AIR, "Kestria"),
    ("Kestria's jets hit a convoy in Norland, the Tarn Wire reported.", AIR, "Kestria"),
    ("An exercise led by Norland drew six navies.", "joint_exercise", "Norland"),
    ("“We struck the base,” said General Pavel Horn.", AIR, "Pavel Horn"),
    ("Kestria condemned the raid and vowed to retaliate.", AIR, "Kestria"),
    ("The Marshall Islands sent two patrol boats.", "deployment", "Marshall Islands"),
    ("Kestria will withdraw from Norland in May.", "withdrawal", "Kestria"),
    ("Kestria, in its largest raid this year, struck Halm.", AIR, "Kestria"),
    ("The strike was ordered by Pavel Horn.", AIR, "Pavel Horn"),
    ("Kestria sold Norland forty tanks.", "arms_transfer", "Kestria"),
    ("It was Kestria that bombed the dam.", AIR, "Kestria"),
    ("Kestrian forces in Norland shelled a village.", FIRE, "Kestrian forces"),
]  # fmt: skip


def found(text: str, section: str, item: dict[str, Any], **parties: list[str]) -> list[str]:
    article = Article.from_text(text, language="en")
    record = told(article, parties, **{section: [item]})
    issues = summarizer.audit(record, article, checks=[ROLES])
    return [f"{issue.path}: {issue.message}" for issue in issues]


def acted(text: str, kind: str, **fields: list[str]) -> list[str]:
    item = {"name": "it", "type": kind, **fields}
    return found(text, "military_activities", item)


@pytest.mark.parametrize(("text", "kind", "actor"), WRONG_ACTORS)
def test_who_only_speaks_suffers_or_is_where_it_was_did_not_do_it(
    text: str, kind: str, actor: str
) -> None:
    assert [line.partition(":")[0] for line in acted(text, kind, actors=[actor])] == [
        "/military_activities/0/actors/0"
    ]


@pytest.mark.parametrize(("text", "kind", "actor"), RIGHT_ACTORS)
def test_who_may_have_done_it_is_let_be(text: str, kind: str, actor: str) -> None:
    assert acted(text, kind, actors=[actor]) == []


WRONG_TARGETS = [
    ("Kestria attacked the port of Halm.", AIR, "Kestria"),
    ("Halm was shelled by Kestria.", FIRE, "Kestria"),
    ("Kestria's raid on Norland failed.", AIR, "Kestria"),
    ("Under the accord, Kestria is to lift its blockade of Halm.", "blockade", "Kestria"),
    ("General Pavel Horn said that Kestria bombed the port.", AIR, "Pavel Horn"),
]
RIGHT_TARGETS = [
    ("Kestria attacked Norland.", AIR, "Norland"),
    ("Norland, which attacked Kestria in May, was bombed.", AIR, "Norland"),
    ("Shells fell in Norland.", FIRE, "Norland"),
    ("Norland said that Kestria had shelled its border posts.", FIRE, "Norland"),
    ("Kestria's strike on Norland killed six.", AIR, "Norland"),
]


@pytest.mark.parametrize(("text", "kind", "target"), WRONG_TARGETS)
def test_who_attacks_or_speaks_is_no_target(text: str, kind: str, target: str) -> None:
    assert [line.partition(":")[0] for line in acted(text, kind, targets=[target])] == [
        "/military_activities/0/targets/0"
    ]


@pytest.mark.parametrize(("text", "kind", "target"), RIGHT_TARGETS)
def test_who_may_be_the_target_is_let_be(text: str, kind: str, target: str) -> None:
    assert acted(text, kind, targets=[target]) == []


WRONG_AIMS = [
    ("General Pavel Horn said that Kestria meant to close the strait.", "Pavel Horn"),
    ("Kestria sent its fleet in order to deter Norland.", "Norland"),
    ("The raid was meant to keep Norland out of the strait.", "Norland"),
    ("Kestria shelled the post in retaliation for an attack by Norland.", "Norland"),
    ("The drills in the South Norland Sea aim to test the crews.", "Norland"),
    ("Some states, including Norland, claim that Kestria's goal is a cover.", "Norland"),
]
RIGHT_AIMS = [
    ("The recall, she said, is meant to protect Kestria from its own officers.", "Kestria"),
    ("The raid is in retaliation for the killing of guards in Kestria's ports.", "Kestria"),
    ("The drill is designed to strengthen Kestria.", "Kestria"),
    ("Kestria sent its fleet in order to deter Norland.", "Kestria"),
    ("Kestria said the drill was aimed at protecting its coast.", "Kestria"),
    ("Kestria's defence ministry said the drill was aimed at pirates.", "Kestria"),
    ("The deal is meant to allow Kestria to keep its bases.", "Kestria"),
    ("Norland accused Kestria of seeking to close the strait.", "Kestria"),
    ("In order to deter Norland, Kestria sent its fleet.", "Kestria"),
]


def aimed(text: str, party: str) -> list[str]:
    item = {"motive_of": [party], "motive": "to close the strait"}
    return found(text, "claimed_motives", item)


@pytest.mark.parametrize(("text", "party"), WRONG_AIMS)
def test_who_speaks_of_an_aim_or_is_aimed_at_does_not_have_it(text: str, party: str) -> None:
    assert len(aimed(text, party)) == 1


def test_the_message_says_what_the_part_is() -> None:
    (line,) = aimed("Kestria shelled a post in retaliation for a raid by Norland.", "Norland")
    assert line.endswith("“Norland” is the one that the aim is against in the cited sentence 1.")


@pytest.mark.parametrize(("text", "party"), RIGHT_AIMS)
def test_who_may_have_the_aim_is_let_be(text: str, party: str) -> None:
    assert aimed(text, party) == []


WRONG_PARTICIPANTS = [
    ("Ruiz met Lang in Halm.", "Halm"),
    ("Ruiz met Lang, the Tarn Daily News reported.", "Tarn Daily News"),
    ("Ruiz met Lang under the Doha Treaty.", "Doha Treaty"),
    ("Ruiz met Lang 20 km north of Sorn.", "Sorn"),
    ("Ruiz met Lang in Sorn, a village on the border.", "Sorn"),
]
RIGHT_PARTICIPANTS = [
    ("Ruiz met Lang in Halm.", "Lang"),
    ("Ruiz held talks with Norland.", "Norland"),
    ("Ruiz arrived in Norland for talks.", "Norland"),
    ("Norland said that it would meet Ruiz in May.", "Norland"),
    ("Ruiz said she had spoken to Lang.", "Ruiz"),
]


def met(text: str, party: str) -> list[str]:
    item = {"participants": ["Ruiz", party], "status": "held"}
    return found(text, "diplomatic_meetings", item)


@pytest.mark.parametrize(("text", "party"), WRONG_PARTICIPANTS)
def test_a_place_an_outlet_or_a_treaty_takes_no_part(text: str, party: str) -> None:
    assert len(met(text, party)) == 1


@pytest.mark.parametrize(("text", "party"), RIGHT_PARTICIPANTS)
def test_who_may_take_part_is_let_be(text: str, party: str) -> None:
    assert met(text, party) == []


def test_one_cited_sentence_that_gives_the_role_is_enough() -> None:
    text = "A drone strike in Norland killed nine. Norland had sent the drone."
    assert acted(text, DRONE, actors=["Norland"]) == []


def test_an_alias_stands_for_its_party() -> None:
    item = {"name": "it", "type": AIR, "actors": ["Kestria"]}
    text = "The raid on Halm was the work of Tarnholt, and jets bombed the quay near Kestria."
    assert found(text, "military_activities", item, Kestria=["Tarnholt"]) == []
    assert len(found(text, "military_activities", item)) == 1


def test_who_is_not_named_there_is_left_to_other_checks() -> None:
    assert acted("A strike on the port killed six.", AIR, actors=["Kestria"]) == []


def test_articles_in_other_languages_are_not_judged() -> None:
    article = Article.from_text("Le raid en Norland a fait six morts in Norland.", language="fr")
    item = {"name": "raid", "type": AIR, "actors": ["Norland"]}
    record = told(article, military_activities=[item])
    assert summarizer.audit(record, article, checks=[ROLES]) == []


class Catch(Grounded):
    fishers: Annotated[list[Annotated[str, Ref("boats", or_text=True)]], NotSource()]


class Log(BaseModel):
    catches: list[Catch]


def test_a_schema_of_the_users_own_is_judged_by_its_markers() -> None:
    text = "The Blue Gull and the Tern landed cod, Captain Ivo Lang said."
    article = Article.from_text(text, language="en")
    record = Log(catches=[Catch(evidence=cited(article), fishers=["Tern", "Ivo Lang"])])
    issues = summarizer.audit(record, article, checks=[ROLES])
    assert [issue.path for issue in issues] == ["/catches/0/fishers/1"]


@pytest.mark.parametrize(
    "text",
    [
        "Kestria " * 100_000,
        "Kestria, " * 100_000,
        "Kestria" + "," * 500_000,
        "Kestria" + "a" * 500_000,
        "Kestria " + "a " * 250_000 + "said",
        "Kestria's " + "attack " * 200_000,
        "attack on " * 200_000 + "Kestria",
        "Kestria " + "(" * 500_000,
        "Kestria and " * 100_000 + "said",
    ],
    ids=lambda text: text[:20],
)
def test_no_sentence_blows_up(text: str) -> None:
    with ends():
        places = standings("Kestria", text)
        if places:
            tells_of_others(text, places[0], places)
            others_act(text, places)


SIGNED = st.sampled_from([*BEFORE, *AFTER]).flatmap(
    lambda sign: st.tuples(st.just(sign), st.from_regex(sign.pattern))
)


@settings(max_examples=300)
@given(SIGNED)
def test_a_sign_is_looked_for_wherever_it_stands(signed: tuple[Sign, str]) -> None:
    sign, text = signed
    assert any(sign in signs for signs in _signs(text))
