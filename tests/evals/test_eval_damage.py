"""Damage: the more of a right record is made wrong, the lower its score, and it is told why."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from sample_record import article_of, cite, summary_of

from summarizer.evals.damage import DOSES, Row, Sample, damage_table, damaged
from summarizer.evals.damages import DAMAGES, Damage
from summarizer.evals.documents import Region, Tolerance
from summarizer.evals.labelled import Labelled
from summarizer.evals.scoring import Scorer
from summarizer.evals.sites import Site
from summarizer.schemas import SituationSummary

SCORER = Scorer(SituationSummary)
BY_NAME = {damage.name: damage for damage in DAMAGES}

QUARRY = """Two shells hit the quarry at Dunmere on 4 May, killing 17 people, the Kestrel Brigade \
said. Its commander, Oda Brenn, blamed the army of Sarn. Sarn denied it.

Brenn and Sarn's envoy, Pell Harrow, will meet in Lund on 9 May. The talks are meant to end the \
shelling, Harrow said. “A truce is likely within 30 days,” said Ane Holt of the Lund Peace Office. \
Holt also judged that the brigade has lost 240 men since March."""


def quarry() -> Sample:
    """Another article with its record."""
    article = article_of(QUARRY)

    def said(status: str, source: str, at: int) -> dict[str, Any]:
        attribution = [{"source": source, "kind": "named"}]
        return {"status": status, "attribution": attribution, "evidence": cite(article, at)}

    names = {
        "p1": ("Kestrel Brigade", "non_state_armed_group", 1),
        "p2": ("Oda Brenn", "official", 2),
        "p3": ("Sarn", "state", 2),
        "p4": ("Pell Harrow", "official", 4),
        "p5": ("Ane Holt", "expert", 6),
        "p6": ("Lund Peace Office", "think_tank", 6),
    }
    record = SituationSummary.model_validate(
        {
            "parties": [
                {"id": key, "name": name, "kind": kind, "evidence": cite(article, at)}
                for key, (name, kind, at) in names.items()
            ],
            "military_activities": [
                {
                    "id": "a1",
                    "name": "Shelling of the quarry at Dunmere",
                    "type": "missile_or_artillery_strike",
                    "realis": "occurred",
                    "actors": ["p3"],
                    "targets": ["p1"],
                    "location": {"text": "Dunmere"},
                    "date": {"text": "4 May"},
                    "quantities": [{"measure": "killed", "min": 17, "max": 17, "counted_by": "p1"}],
                    "claims": [said("accused", "p2", 2), said("denied", "p3", 3)],
                    "evidence": cite(article, 1),
                }
            ],
            "diplomatic_meetings": [
                {
                    "id": "m1",
                    "participants": ["p2", "p4"],
                    "format": "bilateral",
                    "status": "planned",
                    "location": {"text": "Lund"},
                    "date": {"text": "9 May"},
                    "evidence": cite(article, 4),
                }
            ],
            "expert_assessments": [
                {
                    "id": "x1",
                    "assessor": "p5",
                    "affiliation": "p6",
                    "type": "forecast",
                    "proposition": "A truce is likely within 30 days.",
                    "quote_mode": "direct",
                    "evidence": cite(article, 6),
                },
                {
                    "id": "x2",
                    "assessor": "p5",
                    "type": "capability",
                    "proposition": "The brigade has lost 240 men since March.",
                    "evidence": cite(article, 7),
                },
            ],
            "claimed_motives": [
                {
                    "id": "c1",
                    "motive_of": ["p2", "p4"],
                    "motive": "to end the shelling",
                    "attributed_by": "p4",
                    "activity": "a1",
                    "evidence": cite(article, 5),
                }
            ],
        }
    )
    return Sample(article, Labelled(record, article.text))


def exercise(*tolerances: Tolerance, regions: tuple[Region, ...] = ()) -> Sample:
    article = article_of()
    return Sample(article, Labelled(summary_of(article), article.text, tolerances, regions))


@cache
def table() -> list[Row]:
    return damage_table([exercise(), quarry()], SCORER)


def site(sample: Sample, donor: Sample | None = None) -> Site:
    return Site(*sample, SCORER.plan, Random(1), donor.gold if donor else None)


def fully(damage: Damage, sample: Sample, donor: Sample | None = None) -> SituationSummary:
    """The record of a sample with all done to it that can be."""
    place = site(sample, donor)
    record = damaged(place, damage.units(place))
    assert isinstance(record, SituationSummary)
    return record


def scored(sample: Sample, record: SituationSummary) -> float:
    mass = SCORER.score(sample.gold, Labelled(record), id="1").mass
    return 2 * mass.value / (mass.gold + mass.predicted)


def test_every_damage_has_a_row_for_each_dose() -> None:
    assert [(row.damage, row.dose) for row in table()] == [
        (damage.name, dose) for damage in DAMAGES for dose in DOSES
    ]
    assert len(DOSES) == 5


@pytest.mark.parametrize("damage", BY_NAME)
def test_scores_fall_with_the_dose(damage: str) -> None:
    rows = [row for row in table() if row.damage == damage]
    assert 1 > rows[0].score > 0
    assert rows[0].damaged < rows[-1].damaged
    for less, more in pairwise(rows):
        if less.damaged == more.damaged:
            assert less.score == more.score
        else:
            assert less.score > more.score
            assert less.grounded > more.grounded
        if "receipts" not in damage:
            assert (less.slots > more.slots) == (less.damaged < more.damaged)


@pytest.mark.parametrize("damage", BY_NAME)
def test_the_diagnosis_names_the_damage(damage: str) -> None:
    for row in table():
        if row.damage == damage:
            assert row.named >= 0.9 * row.damaged


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
def test_a_damaged_record_is_valid_and_another_than_it_was(damage: Damage) -> None:
    sample, donor = exercise(), quarry()
    record = fully(damage, sample, donor)
    again = SituationSummary.model_validate(record.model_dump(mode="json"))
    assert again == record != sample.gold.record


def test_a_larger_dose_contains_the_smaller() -> None:
    place = site(exercise())
    units = [*BY_NAME["numbers changed"].units(place)]
    numbers = []
    for most in range(len(units) + 1):
        record = damaged(place, units[:most])
        assert isinstance(record, SituationSummary)
        numbers.append([q.min for a in record.military_activities for q in a.quantities])
    assert numbers[0] == [11, 1400, 12]
    for less, more in pairwise(numbers):
        assert sum(a != b for a, b in zip(less, more, strict=True)) == 1
        assert sum(a != b for a, b in zip(numbers[0], more, strict=True)) == numbers.index(more)


def test_the_same_seed_damages_the_same() -> None:
    samples = [exercise(), quarry()]
    assert damage_table(samples, SCORER, doses=(25,)) == [r for r in table() if r.dose == 25]
    others = damage_table(samples, SCORER, seed=2, doses=(25,))
    assert others != [r for r in table() if r.dose == 25]


def test_without_damage_nothing_is_lost() -> None:
    for row in damage_table([exercise(), quarry()], SCORER, doses=(0,)):
        assert (row.damaged, row.score, row.slots, row.grounded) == (0, 1, 1, 1)


def test_of_one_document_no_items_of_another_are_added() -> None:
    names = {row.damage for row in damage_table([quarry()], SCORER, doses=(100,))}
    assert set(BY_NAME) - names == {
        "items of another article added",
        "the same, citing this article",
    }


def test_dropped_parties_are_referred_to_by_nobody_and_assessors_stay() -> None:
    record = fully(BY_NAME["items dropped"], quarry())
    assert [party.name for party in record.parties] == ["Ane Holt"]
    assert not record.military_activities
    place = site(quarry())
    party = next(iter(BY_NAME["items dropped"].units(place)))  # the Kestrel Brigade
    record = SituationSummary.model_validate(damaged(place, [party]).model_dump())
    assert record.military_activities[0].targets == []
    assert record.military_activities[0].quantities[0].counted_by == "Kestrel Brigade"


def test_merged_parties_are_one_for_every_reference() -> None:
    record = fully(BY_NAME["parties merged, two by two"], quarry())
    assert len(record.parties) == 3
    assert sorted(len(party.aliases) for party in record.parties) == [1, 1, 1]
    known = {party.id for party in record.parties}
    assert known >= {*record.diplomatic_meetings[0].participants}


def test_merged_parties_are_named_once_in_a_list_and_belong_not_to_themselves() -> None:
    for seed in range(8):
        place = Site(*exercise(), SCORER.plan, Random(seed))
        record = damaged(place, BY_NAME["parties merged, two by two"].units(place))
        assert isinstance(record, SituationSummary)
        for meeting in record.diplomatic_meetings:
            assert len({*meeting.participants}) == len(meeting.participants)
        for party in record.parties:
            assert party.id not in party.member_of


def test_parties_that_share_a_name_are_not_merged() -> None:
    def pairs(*aliases: str) -> int:
        parties = [
            {"id": key, "name": key, "aliases": list(aliases), "evidence": cite(article_of(), 1)}
            for key in ("Ardel", "Borno")
        ]
        record = SituationSummary.model_validate({"parties": parties})
        sample = Sample(article_of(), Labelled(record, article_of().text))
        return len([*BY_NAME["parties merged, two by two"].units(site(sample))])

    assert pairs() == 1
    assert pairs("Cask") == 0


def test_receipts_move_to_where_none_of_them_is_accepted() -> None:
    """Forward, sentence 9 would be cited again, and 8 needn't be."""
    sample = exercise(Tolerance(at="/military_activities/1/evidence/0", optional=True))
    record = fully(BY_NAME["receipts moved by a sentence"], sample)
    assert [each.sentence for each in record.military_activities[1].evidence] == [7, 8]
    record = fully(BY_NAME["receipts moved by a sentence"], exercise())
    assert [each.sentence for each in record.military_activities[1].evidence] == [9, 10]


def test_a_changed_number_is_none_of_the_others() -> None:
    labels = summary_of(article_of()).model_dump(mode="json")
    labels["military_activities"][1]["quantities"][0]["min"] = 40  # 3 x 11 + 7
    record = SituationSummary.model_validate(labels)
    changed = fully(
        BY_NAME["numbers changed"], Sample(article_of(), Labelled(record, article_of().text))
    )
    assert changed.military_activities[0].quantities[0].min == 51


def test_items_of_another_article_bring_their_parties_once_and_know_ours() -> None:
    ours, theirs = quarry(), exercise()
    assert isinstance(ours.gold.record, SituationSummary)
    labels = ours.gold.record.model_dump(mode="json")
    labels["parties"][2]["aliases"] = ["Orvia"]
    record = SituationSummary.model_validate(labels)
    sample = Sample(ours.article, Labelled(record, ours.article.text))
    more = fully(BY_NAME["the same, citing this article"], sample, theirs)
    names = [party.name for party in more.parties]
    assert names.count("Varland") == 1
    assert "Orvia" not in names
    stop = next(each for each in more.military_activities if each.id == "other-a3")
    assert stop.actors == ["p3"]
    assert all(
        ours.article.text[each.start : each.end] == each.quote
        for item in more.military_activities
        for each in item.evidence
    )


def test_what_a_reader_left_open_is_not_damaged() -> None:
    sample = exercise(
        Tolerance(at="/military_activities/0/quantities/0/min", interval=(2, None)),
        Tolerance(at="/military_activities/0/quantities/0/max", interval=(0, None)),
        Tolerance(at="/military_activities/1/quantities/0", optional=True),
        Tolerance(at="/military_activities/1/realis", alternatives=["planned"]),
        Tolerance(at="/military_activities/2/realis", dont_care=True),
        Tolerance(at="/diplomatic_meetings/0", optional=True),
    )
    changed = fully(BY_NAME["numbers changed"], sample)
    vessels, troops = changed.military_activities[0].quantities
    assert (vessels.min, vessels.max) == (11, 11)  # whatever is much less is accepted for one
    assert troops.min != 1400
    assert changed.military_activities[1].quantities[0].min == 12
    shifted = fully(BY_NAME["planned ↔ occurred"], sample)
    assert [each.realis for each in shifted.military_activities] == [
        "occurred", "occurred", "threatened", "occurred"
    ]  # fmt: skip
    assert shifted.diplomatic_meetings[0].status == "planned"
    dropped = fully(BY_NAME["items dropped"], sample)
    assert [each.id for each in dropped.diplomatic_meetings] == ["m1"]
    views = [Tolerance(at=f"/expert_assessments/{i}", optional=True) for i in range(2)]
    dropped = fully(BY_NAME["items dropped"], exercise(*views))
    assert [each.name for each in dropped.parties] == ["Mirela Sand"]  # whose views they are


def test_nothing_is_added_or_cited_where_it_would_count_neither_way() -> None:
    whole = (Region(start=0, end=10_000),)
    for name in ("items of another article added", "the same, citing this article"):
        half = (Region(start=0, end=QUARRY.index("Brenn and Sarn")),)
        sample = Sample(quarry().article, Labelled(quarry().gold.record, QUARRY, (), half))
        record = fully(BY_NAME[name], sample, exercise())
        assert scored(sample, record) < 1
        everywhere = Sample(sample.article, Labelled(sample.gold.record, QUARRY, (), whole))
        place = site(everywhere, exercise())
        assert [*BY_NAME[name].units(place)] == []


def test_a_swapped_source_is_nobody_near_the_right_one() -> None:
    """Neither whoever it belongs to, nor a source of another claim of the item."""
    for seed in range(5):
        place = Site(*exercise(), SCORER.plan, Random(seed))
        record = damaged(place, BY_NAME["attributions swapped"].units(place))
        assert isinstance(record, SituationSummary)
        blockade = record.military_activities[3]  # Orvia accuses, Varland denies
        sources = {link.source for claim in blockade.claims for link in claim.attribution}
        assert sources <= {"p2", "p6", "p7", "p8", "p9"}


def test_numbers_become_less_where_more_is_accepted() -> None:
    sample = exercise(
        Tolerance(at="/military_activities/0/quantities/0/min", interval=(10, None)),
        Tolerance(at="/military_activities/0/quantities/0/max", interval=(10, None)),
    )
    changed = fully(BY_NAME["numbers changed"], sample)
    assert changed.military_activities[0].quantities[0].max == 3
