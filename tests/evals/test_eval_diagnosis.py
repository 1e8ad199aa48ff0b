"""Diagnosis: each wrong value, item and receipt is told with its cause, by any schema."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Annotated, Any

import pytest
from pydantic import BaseModel
from sample_record import article_of, cite, summary_of

from summarizer.evals.causes import Cause
from summarizer.evals.diagnosis import Finding, Level, Verdict, diagnose, summarise
from summarizer.evals.documents import Tolerance
from summarizer.evals.labelled import Labelled
from summarizer.evals.scoring import Scorer
from summarizer.schemas import Evidence, SituationSummary
from summarizer.schemas.markers import Anchor, Broader, Naming, Ref, Weight

ARTICLE = article_of()
GOLD = summary_of(ARTICLE)
SCORER = Scorer(SituationSummary)
Labels = dict[str, Any]


def findings(
    change: Callable[[Labels], object],
    *tolerances: Tolerance,
    gold: Callable[[Labels], object] = lambda labels: None,
) -> list[Finding]:
    """What is wrong with the hand-written record, changed, by the record itself."""
    ours, theirs = (GOLD.model_dump(mode="json") for _ in range(2))
    gold(ours)
    gold(theirs)
    change(theirs)
    comparison = SCORER.compare(
        Labelled(SituationSummary.model_validate(ours), ARTICLE.text, tolerances),
        Labelled(SituationSummary.model_validate(theirs)),
    )
    return [each for each in diagnose(comparison, ARTICLE.text) if each.cause is not None]


def only(found: list[Finding]) -> Finding:
    assert len(found) == 1, found
    return found[0]


def told(found: list[Finding]) -> set[tuple[str, str | None, str]]:
    """Verdict, cause and place of each."""
    places = {id(each): f"{each.section}.{each.field}".rstrip(".") for each in found}
    return {
        (each.verdict.value, each.cause and each.cause.value, places[id(each)]) for each in found
    }


def strike(labels: Labels) -> Labels:
    activity: Labels = labels["military_activities"][1]
    return activity


def test_nothing_is_wrong_with_a_record_by_itself() -> None:
    comparison = SCORER.compare(Labelled(GOLD, ARTICLE.text), Labelled(GOLD))
    found = diagnose(comparison, ARTICLE.text)
    assert {(each.verdict, each.cause, each.credit) for each in found} == {
        (Verdict.CORRECT, None, 1.0)
    }
    assert {each.level for each in found} == {Level.FIELD, Level.RECEIPT}


def test_another_value_of_a_closed_list_is_told_with_both_sides() -> None:
    found = only(findings(lambda labels: strike(labels).update(realis="planned")))
    assert (found.verdict, found.cause) == (Verdict.INCORRECT, Cause.VALUE)
    assert (found.section, found.field) == ("military_activities", "realis")
    assert found.gold is not None
    assert found.predicted is not None
    assert found.gold == ("/military_activities/1/realis", "occurred")
    assert found.predicted == ("/military_activities/1/realis", "planned")


def test_an_unknown_source_is_a_value_and_another_party_is_misattributed() -> None:
    def source(value: str) -> Finding:
        def change(labels: Labels) -> None:
            strike(labels)["claims"][1]["attribution"][0]["source"] = value

        return only(findings(change))

    assert source("a passing fisherman").cause is Cause.VALUE
    assert source("p8").cause is Cause.MISATTRIBUTED
    assert source("p8").field == "claims.attribution.source"


def test_a_view_put_into_anothers_mouth_is_misattributed_on_both_sides() -> None:
    """Nothing else anchors it, so that the items aren't aligned."""
    found = findings(lambda labels: labels["expert_assessments"][0].update(assessor="p4"))
    assert told(found) == {
        ("missing", "misattributed", "expert_assessments"),
        ("spurious", "misattributed", "expert_assessments"),
    }
    for each in found:
        assert each.gold is not None
        assert each.predicted is not None
        assert each.gold.pointer == each.predicted.pointer == "/expert_assessments/0"


def test_whoever_is_put_among_the_targets_in_place_of_the_actors_is_misattributed() -> None:
    def change(labels: Labels) -> None:
        activity = labels["military_activities"][0]
        activity["actors"], activity["targets"] = activity["targets"], activity["actors"]

    assert told(findings(change)) == {
        ("missing", "misattributed", "military_activities.actors"),
        ("spurious", "misattributed", "military_activities.targets"),
    }


def test_a_number_of_another_event_is_misattributed() -> None:
    found = only(findings(lambda labels: strike(labels)["quantities"][0].update(min=1400)))
    assert (found.cause, found.field) == (Cause.MISATTRIBUTED, "quantities.min")
    found = only(findings(lambda labels: strike(labels)["quantities"][0].update(min=15)))
    assert (found.cause, found.field) == (Cause.VALUE, "quantities.min")


@pytest.mark.parametrize("member", ["p5", "p9"])
def test_a_member_for_what_it_belongs_to_is_a_matter_of_granularity(member: str) -> None:
    """The navy for its state, and an official for another's, one step away or the other way."""
    state = {"p5": 0, "p9": 1}[member]

    def change(labels: Labels) -> None:
        labels["military_activities"][0]["actors"][state] = member

    found = only(findings(change))
    assert (found.verdict, found.cause) == (Verdict.INCORRECT, Cause.GRANULARITY)


def test_membership_reaches_through_bodies_in_between() -> None:
    def ministry(labels: Labels) -> None:
        labels["parties"][3]["member_of"] = ["p10"]

    def change(labels: Labels) -> None:
        labels["diplomatic_meetings"][2]["participants"][0] = "p3"

    assert only(findings(change, gold=ministry)).cause is Cause.GRANULARITY


@pytest.mark.parametrize(
    ("edtf", "verdict", "cause"),
    [
        ("2031-03", Verdict.PARTIAL, Cause.GRANULARITY),
        ("2031-03-12", Verdict.PARTIAL, Cause.GRANULARITY),
        ("2031-03-12/2031-03-20", Verdict.INCORRECT, Cause.GRANULARITY),
        ("2031-04-01", Verdict.INCORRECT, Cause.VALUE),
        ("2031-03-20", Verdict.INCORRECT, Cause.VALUE),
    ],
)
def test_dates_that_have_days_in_common_differ_in_granularity(
    edtf: str, verdict: Verdict, cause: Cause
) -> None:
    found = only(
        findings(lambda labels: labels["military_activities"][0]["date"].update(edtf=edtf))
    )
    assert (found.verdict, found.cause) == (verdict, cause)


def test_another_place_of_the_country_is_granularity_and_other_words_are_a_value() -> None:
    def change(labels: Labels) -> None:
        labels["diplomatic_meetings"][0]["location"]["text"] = "Bergen"
        labels["expert_assessments"][1]["proposition"] = "The fleets operate under one command."

    assert told(findings(change)) == {
        ("partial", "granularity", "diplomatic_meetings.location"),
        ("partial", "value", "expert_assessments.proposition"),
    }


def test_what_is_left_out_is_an_item_or_a_field() -> None:
    def change(labels: Labels) -> None:
        del labels["diplomatic_meetings"][2]
        strike(labels)["location"] = None

    found = findings(change)
    assert told(found) == {
        ("missing", "item", "diplomatic_meetings"),
        ("missing", "field", "military_activities.location"),
    }
    item = next(each for each in found if each.level is Level.ITEM)
    assert item.gold is not None
    assert (item.gold.pointer, item.predicted) == ("/diplomatic_meetings/2", None)
    assert item.fillers == 6  # two participants, format, status, outcome, date


def test_what_is_optional_of_a_missing_item_is_not_counted_with_it() -> None:
    optional = Tolerance(at="/diplomatic_meetings/2/outcome", optional=True)
    found = only(findings(lambda labels: labels["diplomatic_meetings"].pop(), optional))
    assert found.fillers == 5


def test_a_failed_run_misses_every_item() -> None:
    comparison = SCORER.compare(Labelled(GOLD, ARTICLE.text), Labelled(None))
    found = diagnose(comparison, ARTICLE.text)
    assert {(each.verdict, each.cause) for each in found} == {(Verdict.MISSING, Cause.ITEM)}
    assert len(found) == 10 + 4 + 3 + 2


def test_an_item_told_twice_is_a_duplicate_of_the_one_that_it_repeats() -> None:
    def change(labels: Labels) -> None:
        again = {**labels["military_activities"][0], "id": "a9", "name": "Naval drill"}
        labels["military_activities"].append(again)

    found = only(findings(change))
    assert (found.verdict, found.cause) == (Verdict.SPURIOUS, Cause.DUPLICATE)
    assert found.gold is not None
    assert found.predicted is not None
    assert found.gold.pointer == "/military_activities/0"
    assert found.predicted.pointer == "/military_activities/4"


def test_a_value_told_twice_is_a_duplicate() -> None:
    def change(labels: Labels) -> None:
        labels["diplomatic_meetings"][0]["participants"].append("p3")

    assert told(findings(change)) == {("spurious", "duplicate", "diplomatic_meetings.participants")}


def test_a_claim_of_the_same_status_is_no_duplicate() -> None:
    def change(labels: Labels) -> None:
        claims = labels["military_activities"][2]["claims"]
        claims.append({"status": "asserted", "attribution": [], "evidence": cite(ARTICLE, 5)})

    assert told(findings(change)) == {
        ("spurious", "unlabelled", "military_activities.claims.status")
    }


def test_two_items_that_share_the_values_of_one_split_it() -> None:
    def change(labels: Labels) -> None:
        drill = labels["military_activities"][0]
        labels["military_activities"].append(
            {**drill, "id": "a9", "actors": ["p2"], "quantities": [], "claims": []}
        )
        drill["actors"] = ["p1"]

    assert told(findings(change)) == {
        ("missing", "field", "military_activities.actors"),
        ("spurious", "split", "military_activities"),
    }


def test_a_part_of_an_item_splits_it_if_it_cites_it_and_says_what_the_rest_does_not() -> None:
    def cause(actors: list[str], sentence: int) -> Cause | None:
        part = {
            "id": "a9",
            "name": "Sailing of the Tessin fleet",
            "type": "joint_exercise",
            "actors": ["p2"],
            "evidence": cite(ARTICLE, sentence),
        }

        def change(labels: Labels) -> None:
            labels["military_activities"][0]["actors"] = actors
            labels["military_activities"].append(part)

        return only([each for each in findings(change) if each.level is Level.ITEM]).cause

    assert cause(["p1"], 3) is Cause.SPLIT
    assert cause(["p1"], 12) is Cause.UNLABELLED
    assert cause(["p1", "p2"], 3) is Cause.UNLABELLED


def test_an_item_that_adds_no_more_than_a_word_of_a_closed_list_splits_nothing() -> None:
    def change(labels: Labels) -> None:
        drill = labels["military_activities"][0]
        labels["military_activities"].append({**drill, "id": "a9", "date": None, "claims": []})
        drill["realis"] = None

    assert ("spurious", "duplicate", "military_activities") in told(findings(change))


def test_a_value_that_stands_right_elsewhere_is_not_misattributed_where_it_stands_again() -> None:
    found = only(findings(lambda labels: labels["diplomatic_meetings"][0].update(host="p1")))
    assert (found.verdict, found.cause) == (Verdict.SPURIOUS, Cause.UNLABELLED)


def test_two_parties_made_one_are_merged() -> None:
    def change(labels: Labels) -> None:
        labels["parties"][0]["aliases"] = ["Maro Wire"]
        del labels["parties"][5]

    found = findings(change)
    items = {finding for finding in told(found) if finding[0] != "partial"}
    assert items == {
        ("missing", "merged", "parties"),
        ("spurious", "misattributed", "parties.aliases"),
    }
    # References to it answer for one of the two.
    references = told(found) - items
    assert {cause for _, cause, _ in references} == {"merged"}
    assert ("partial", "merged", "military_activities.actors") in references
    missing = next(each for each in found if each.level is Level.ITEM)
    assert missing.gold is not None
    assert missing.predicted is not None
    assert (missing.gold.pointer, missing.predicted.pointer) == ("/parties/5", "/parties/0")


def test_a_party_left_out_is_not_merged_into_its_namesake() -> None:
    def namesake(labels: Labels) -> None:
        labels["parties"][8]["aliases"] = ["Adair"]
        sister = {"name": "Mara Adair", "aliases": ["Adair"], "evidence": cite(ARTICLE, 15)}
        labels["parties"].append({**sister, "id": "p11"})

    assert only(findings(lambda labels: labels["parties"].pop(), gold=namesake)).cause is Cause.ITEM


def test_two_events_made_one_are_merged_and_one_left_out_is_not() -> None:
    def second(labels: Labels) -> None:
        labels["military_activities"].append(
            {
                **strike(labels),
                "id": "a9",
                "name": "Strike on the frigate",
                "targets": ["p5"],
                "location": {"text": "Gulf of Maro"},
                "date": None,
                "quantities": [{"measure": "killed", "min": 3}],
                "claims": [],
                "evidence": cite(ARTICLE, 10),
            }
        )

    def merge(labels: Labels) -> None:
        gone = labels["military_activities"].pop()
        strike(labels)["targets"] += gone["targets"]
        strike(labels)["quantities"] += gone["quantities"]
        strike(labels)["evidence"] += gone["evidence"]

    merged = next(each for each in findings(merge, gold=second) if each.level is Level.ITEM)
    assert (merged.verdict, merged.cause) == (Verdict.MISSING, Cause.MERGED)
    dropped = only(findings(lambda labels: labels["military_activities"].pop(), gold=second))
    assert (dropped.verdict, dropped.cause) == (Verdict.MISSING, Cause.ITEM)

    def by_chance(labels: Labels) -> None:
        labels["military_activities"].pop()
        strike(labels)["quantities"].append({"measure": "killed", "min": 3})

    found = findings(by_chance, gold=second)
    assert next(each for each in found if each.level is Level.ITEM).cause is Cause.ITEM


def invented(**changes: Any) -> Cause | None:
    """The cause of an item that the gold doesn't have."""
    item = {
        "id": "m9",
        "participants": ["p6", "p8"],
        "status": "held",
        "location": {"text": "Port Hollin"},
        "evidence": cite(ARTICLE, 19),
    }
    party = {"id": "p99", "name": "Quorland", "evidence": cite(ARTICLE, 19)}

    def change(labels: Labels) -> None:
        labels["parties"].append(party)
        labels["diplomatic_meetings"].append({**item, **changes})

    meeting = [each for each in findings(change) if each.section == "diplomatic_meetings"]
    return only(meeting).cause


def test_an_item_of_which_all_stands_in_the_article_is_a_case_for_an_adjudicator() -> None:
    assert invented() is Cause.UNLABELLED


def test_an_item_with_a_name_or_a_quote_from_nowhere_is_ungrounded() -> None:
    assert invented(participants=["p6", "p99"]) is Cause.UNGROUNDED
    assert invented(location={"text": "Tarn Bay"}) is Cause.UNGROUNDED
    quote = {"sentence": 1, "start": 0, "end": 12, "quote": "Something el"}
    assert invented(evidence=[*cite(ARTICLE, 19), quote]) is Cause.UNGROUNDED


def test_a_party_needs_one_of_its_names_in_the_article() -> None:
    def party(**names: Any) -> Cause | None:
        item = {"id": "p99", "evidence": cite(ARTICLE, 19), **names}
        return only(findings(lambda labels: labels["parties"].append(item))).cause

    assert party(name="Quorland") is Cause.UNGROUNDED
    assert party(name="harbour authority", name_en="Harbour Board") is Cause.UNLABELLED


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Russia", "Russian ships left the port."),
        ("Министерство обороны", "Об этом сообщили в министерстве обороны."),
        ("President Ana Ruiz", "Ana Ruiz left the port."),
    ],
)
def test_a_name_stands_in_the_article_as_an_adjective_inflected_and_without_title(
    name: str, text: str
) -> None:
    gold = SituationSummary()
    record = SituationSummary.model_validate(
        {"parties": [{"name": name, "evidence": cite(article_of(text), 1)}]}
    )
    found = only(diagnose(SCORER.compare(Labelled(gold, text), Labelled(record)), text))
    assert found.cause is Cause.UNLABELLED


@pytest.mark.parametrize(
    ("number", "stands"),
    [
        (11, True),  # Eleven
        (1400, True),  # 1,400
        (90, True),
        (2031, True),
        (3, True),  # three explosions
        (40_000, True),  # forty thousand can be written in many ways
        (37, False),
        (1401, False),
        (14_000, True),  # 14 thousand
        (140, False),
        (0.5, False),
    ],
)
def test_a_number_has_to_stand_in_the_article_unless_it_may_be_written_out(
    number: float, stands: bool
) -> None:
    def change(labels: Labels) -> None:
        strike(labels)["quantities"].append({"measure": "killed", "max": number})

    found = findings(change)
    assert {each.verdict for each in found} == {Verdict.SPURIOUS}
    maximum = next(each for each in found if each.field == "quantities.max")
    assert maximum.cause is (Cause.UNLABELLED if stands else Cause.UNGROUNDED)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1400, "1 400 men"),
        (1400, "1.400 Mann"),
        (1.4e6, "1.4 million"),
        (2.75, "2,75 Mrd."),
        (37, "Thirty-seven men"),
        (13, "thirteen men"),
        (37, "٣٧ رجلا"),
    ],
)
def test_a_number_may_be_written_in_many_ways(number: float, text: str) -> None:
    quantity = {"measure": "other", "min": number}
    activity = {"name": "Raid", "type": "other", "evidence": cite(article_of(text), 1)}

    def record(*quantities: Any) -> SituationSummary:
        item = {**activity, "quantities": quantities}
        return SituationSummary.model_validate({"military_activities": [item]})

    comparison = SCORER.compare(Labelled(record(), text), Labelled(record(quantity)))
    found = [each for each in diagnose(comparison, text) if each.field == "quantities.min"]
    assert only(found).cause is Cause.UNLABELLED


def test_receipts_are_shifted_needless_left_out_or_ungrounded() -> None:
    def receipts(*numbers: int) -> set[tuple[str, str | None, str]]:
        def change(labels: Labels) -> None:
            strike(labels)["evidence"] = cite(ARTICLE, *numbers)

        found = findings(change)
        assert {each.level for each in found} == {Level.RECEIPT}
        return told(found)

    at = "military_activities.evidence"
    assert receipts(9, 10) == {("incorrect", "shifted", at)}
    assert receipts(8, 9, 10) == {("spurious", "unlabelled", at)}
    assert receipts(9) == {("missing", "field", at)}

    def misquote(labels: Labels) -> None:
        first = strike(labels)["evidence"][0]
        first["quote"] = "x" * len(first["quote"])

    found = only(findings(misquote))
    assert (found.verdict, found.cause) == (Verdict.INCORRECT, Cause.UNGROUNDED)


def test_the_receipts_of_a_claim_are_held_against_those_of_the_same_claim() -> None:
    def change(labels: Labels) -> None:
        strike(labels)["claims"].reverse()
        strike(labels)["claims"][0]["evidence"] = cite(ARTICLE, 12)

    found = only(findings(change))
    assert found.gold is not None
    assert found.predicted is not None
    assert (found.cause, found.field) == (Cause.SHIFTED, "claims.evidence")
    assert found.gold.pointer == "/military_activities/1/claims/1/evidence/0"
    assert found.predicted.pointer == "/military_activities/1/claims/0/evidence/0"


def test_what_a_reader_left_open_is_in_no_finding() -> None:
    def change(labels: Labels) -> None:
        del labels["diplomatic_meetings"][2]
        strike(labels).update(realis="planned")
        strike(labels)["evidence"] = cite(ARTICLE, 8)
        labels["diplomatic_meetings"][1].update(status="held")

    assert findings(
        change,
        Tolerance(at="/diplomatic_meetings/1", optional=True),
        Tolerance(at="/diplomatic_meetings/2", optional=True),
        Tolerance(at="/military_activities/1/realis", dont_care=True),
        Tolerance(at="/military_activities/1/evidence/1", optional=True),
    ) == []  # fmt: skip


def test_the_verdicts_are_those_that_the_scorer_counts() -> None:
    labels = GOLD.model_dump(mode="json")
    strike(labels).update(realis="planned", location=None)
    labels["military_activities"][0]["date"]["edtf"] = "2031-03"
    labels["diplomatic_meetings"][0]["participants"].append("p4")
    del labels["expert_assessments"][1]
    gold, theirs = Labelled(GOLD, ARTICLE.text), SituationSummary.model_validate(labels)
    found = diagnose(SCORER.compare(gold, Labelled(theirs)), ARTICLE.text)
    told: Counter[str] = Counter()
    for each in found:
        if each.level is not Level.RECEIPT:
            told[each.verdict] += each.fillers
    fields = SCORER.score(gold, Labelled(theirs), id="1").fields.values()
    assert told == {
        verdict: sum(getattr(field.tally, verdict) for field in fields) for verdict in Verdict
    }
    assert len(told) == 5


def test_findings_are_counted_by_section_verdict_and_cause() -> None:
    def change(labels: Labels) -> None:
        del labels["diplomatic_meetings"][2]
        strike(labels).update(realis="planned")
        labels["military_activities"][2].update(realis="occurred")
        strike(labels)["evidence"] = cite(ARTICLE, 8, 10)

    counts = summarise(findings(change))
    assert counts[""].items == {(Verdict.MISSING, Cause.ITEM): 1}
    assert counts[""].fields == {(Verdict.INCORRECT, Cause.VALUE): 2}
    assert counts[""].receipts == {(Verdict.INCORRECT, Cause.SHIFTED): 1}
    assert counts["military_activities"].items == {}
    assert counts["military_activities"].fields == counts[""].fields
    assert counts["diplomatic_meetings"].items == counts[""].items
    assert set(counts) == {"", "military_activities", "diplomatic_meetings"}


class Ship(BaseModel):
    id: str
    names: Annotated[list[str], Naming(), Anchor()]
    kind: Annotated[str | None, Broader((("frigate", "warship"),))] = None
    squadron: Annotated[list[Annotated[str, Ref("ships")]], Anchor()] = []


class Passage(BaseModel):
    strait: Annotated[str, Anchor(), Weight(2)]
    by: Annotated[str | None, Ref("ships")] = None
    escort: Annotated[str | None, Ref("ships")] = None
    evidence: list[Evidence] = []


class Log(BaseModel):
    """A schema of the user's own."""

    ships: list[Ship] = []
    passages: list[Passage] = []


def test_causes_follow_from_the_plan_of_any_schema() -> None:
    text = "The frigates Alder and Birch, of the Wood Squadron, passed Narrow Sound."
    ships = [
        Ship(id="1", names=["Alder"], kind="frigate", squadron=["3"]),
        Ship(id="2", names=["Birch"], kind="frigate", squadron=["3"]),
        Ship(id="3", names=["Wood Squadron"]),
    ]
    gold = Log(ships=ships, passages=[Passage(strait="Narrow Sound", by="1", escort="2")])

    def found(ships: list[Ship], by: str, escort: str) -> set[tuple[str, str | None, str]]:
        theirs = Log(ships=ships, passages=[Passage(strait="Narrow Sound", by=by, escort=escort)])
        comparison = Scorer(Log).compare(Labelled(gold, text), Labelled(theirs))
        return told([each for each in diagnose(comparison, text) if each.cause is not None])

    assert found(ships, by="2", escort="1") == {
        ("incorrect", "misattributed", "passages.by"),
        ("incorrect", "misattributed", "passages.escort"),
    }
    gold.passages[0].escort = "3"  # to which 1 belongs
    assert found(ships, by="3", escort="1") == {
        ("incorrect", "misattributed", "passages.by"),
        ("incorrect", "misattributed", "passages.escort"),
    }
    gold.passages[0].escort = "2"
    assert found(ships, by="3", escort="2") == {("incorrect", "granularity", "passages.by")}
    coarse = [ships[0].model_copy(update={"kind": "warship"}), *ships[1:]]
    assert found(coarse, by="1", escort="2") == {("partial", "granularity", "ships.kind")}
    more = [*ships, Ship(id="4", names=["Cedar"])]
    assert found(more, by="4", escort="2") == {
        ("incorrect", "value", "passages.by"),
        ("spurious", "ungrounded", "ships"),
    }
