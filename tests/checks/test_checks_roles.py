"""Roles: whoever is named only as a speaker, a place or a victim did not do it."""

from __future__ import annotations

from typing import Any

import pytest
from told_records import told

import summarizer
from summarizer import Article
from summarizer.checks.roles import ROLES

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
