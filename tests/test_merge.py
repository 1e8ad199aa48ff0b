"""What is told twice: by one answer or by several, under other names and in other words."""

from __future__ import annotations

import json
import random
from collections import Counter
from typing import Annotated, Any, ClassVar, Literal, TypeVar

import pytest
from drafting import kinds, source
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from summarizer.article import Article
from summarizer.assembly import assemble
from summarizer.grounding import Source, decode
from summarizer.merge import order, sameness, things
from summarizer.merge.meanings import overlapping
from summarizer.results import Issue, IssueKind, Severity
from summarizer.schemas import DatePhrase, Evidence, Grounded, SituationSummary
from summarizer.schemas.markers import Anchor, ByCode, FirstMentions, Key, Naming, Ref, Verbatim
from summarizer.wire import Profile, Size, plan

S = TypeVar("S", bound=BaseModel)

TEXT = """Sarvian guns shelled the port of Norvik on Monday, Norland's envoy Irsa Toll said. \
At least 12 people were hurt, Toll told reporters. Toll met President Mira Aldo in Estmark on \
Tuesday. \
Sarvia denied that it had shelled Norvik. The Harbour Watch Institute (HWI) said that a wider war \
is unlikely. The HWI added that the ports would stay closed in order to spare the fleet. Aldo said \
that Sarvia wants to cut off the port. Two residents spoke of 15 wounded.
"""
ARTICLE = Article.from_text(TEXT, published="2025-03-06", language="en")
SHELLED, HURT, MET, DENIED, JUDGED, ADDED, AIM, WOUNDED = range(1, 9)
PLANNED = plan(SituationSummary, Profile.STRICT, Size.FULL)


def told(schema: type[S], *answers: dict[str, Any]) -> tuple[S, list[Issue]]:
    """The record and the issues that several answers come to."""
    planned, held = plan(schema, Profile.STRICT, Size.FULL), source(ARTICLE)
    made = assemble(planned, [decode(answer, planned, held) for answer in answers], held)
    assert type(made.summary) is schema
    return made.summary, made.issues


def situation(*answers: dict[str, Any]) -> tuple[SituationSummary, list[Issue]]:
    return told(SituationSummary, *answers)


def parties(*names: str) -> list[dict[str, Any]]:
    return [{"name": name} for name in names]


def act(name: str = "Shelling of Norvik", *cited: int, **fields: Any) -> dict[str, Any]:
    """An activity as a model writes it."""
    return {"name": name, "type": "air_strike", "sentences": [*(cited or [SHELLED])], **fields}


def view(proposition: str, *cited: int, **fields: Any) -> dict[str, Any]:
    """An assessment, likewise."""
    told = {"assessor": "HWI", "type": "forecast", "proposition": proposition}
    return {**told, "sentences": [*cited], **fields}


def conflicts(issues: list[Issue]) -> list[tuple[str | None, Any]]:
    return [(i.path, i.original) for i in issues if i.kind is IssueKind.CONFLICT]


class TestParties:
    """Parties are one by who they are."""

    def test_other_names_of_one_are_its_aliases_and_the_fullest_is_its_name(self) -> None:
        record, issues = situation(
            {"parties": parties("Toll"), "diplomatic_meetings": []},
            {"parties": [{"name": "Irsa Toll", "kind": "official"}]},
        )
        [party] = record.parties
        assert (party.name, party.aliases, party.kind) == ("Irsa Toll", ["Toll"], "official")
        assert [e.sentence for e in party.evidence] == [SHELLED, HURT, MET]
        assert kinds(issues) == [IssueKind.DUPLICATE]

    def test_an_acronym_goes_with_what_the_text_spells_out(self) -> None:
        record, _ = situation(
            {"parties": [{"name": "HWI", "kind": "think_tank"}]},
            {"parties": parties("Harbour Watch Institute")},
        )
        assert [(p.name, p.aliases) for p in record.parties] == [
            ("Harbour Watch Institute", ["HWI"])
        ]

    def test_those_with_other_names_are_two(self) -> None:
        record, issues = situation({"parties": parties("Sarvia", "Mira Aldo", "Irsa Toll")})
        assert len(record.parties) == 3
        assert issues == []

    def test_a_reference_by_a_name_that_no_item_bears_means_whom_it_stands_for(self) -> None:
        meeting = {"participants": ["Aldo", "Toll"], "sentences": [MET]}
        record, issues = situation(
            {"parties": parties("Mira Aldo", "Irsa Toll")},
            {"parties": [], "diplomatic_meetings": [meeting]},
        )
        names = {party.id: party.name for party in record.parties}
        [met] = record.diplomatic_meetings
        assert {names[p] for p in met.participants} == {"Mira Aldo", "Irsa Toll"}
        assert issues == []

    def test_names_of_one_that_is_in_no_list_make_one_party_of_the_fullest(self) -> None:
        record, issues = situation(
            {"parties": [], "military_activities": [act("a", HURT, actors=["Toll"])]},
            {"parties": [], "military_activities": [act("b", SHELLED, actors=["Irsa Toll"])]},
        )
        assert [party.name for party in record.parties] == ["Irsa Toll"]
        assert kinds(issues) == [IssueKind.PARTY_ADDED]

    def test_references_follow_where_a_class_has_no_list_of_names(self) -> None:
        class Person(BaseModel):
            evidence: Annotated[list[Evidence], FirstMentions()] = Field(min_length=1)
            name: Annotated[str, Verbatim(), Key()]

        class Visit(Grounded):
            who: Annotated[str, Ref("people")]

        class Visits(BaseModel):
            people: list[Person]
            visits: list[Visit]

        record, issues = told(
            Visits,
            {"people": parties("Aldo"), "visits": [{"who": "Aldo", "sentences": [MET]}]},
            {"people": parties("Mira Aldo"), "visits": []},
        )
        assert [person.name for person in record.people] == ["Mira Aldo"]
        assert [visit.who for visit in record.visits] == ["Mira Aldo"]
        assert kinds(issues) == [IssueKind.DUPLICATE]

    def test_whom_one_answer_lists_apart_an_alias_does_not_make_one(self) -> None:
        record, _ = situation(
            {"parties": [{"name": "Sarvia", "aliases": ["Norland"]}, *parties("Norland")]}
        )
        assert len(record.parties) == 2

    def test_first_mentions_are_those_of_the_article_and_not_of_a_part(self) -> None:
        planned, held = plan(SituationSummary, Profile.STRICT, Size.FULL), source(ARTICLE)
        late, other = (
            decode({"parties": parties(name)}, planned, held) for name in ("Norvik", "Estmark")
        )
        late.sections["parties"][0].data["evidence"] = [held.evidence(DENIED)]
        summary = assemble(planned, [late, other], held).summary
        assert isinstance(summary, SituationSummary)
        assert [e.sentence for e in summary.parties[0].evidence] == [SHELLED, DENIED]


class TestEvents:
    """Items are one by their keys, unless they are at odds."""

    def test_what_one_leaves_out_the_other_tells(self) -> None:
        record, issues = situation(
            {"military_activities": [act(date="on Monday")]},
            {"military_activities": [act("Shelling of Norvik", DENIED, realis="occurred")]},
        )
        [item] = record.military_activities
        assert item.date is not None
        assert (item.date.text, item.realis) == ("on Monday", "occurred")
        assert [e.sentence for e in item.evidence] == [SHELLED, DENIED]
        assert kinds(issues) == [IssueKind.DUPLICATE]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ({"location": {"text": "Norvik"}}, {"location": {"text": "Estmark"}}),
            ({"date": "on Monday"}, {"date": "on Tuesday"}),
            ({"actors": ["Sarvia"]}, {"actors": ["Norland"]}),
            ({"actors": ["Sarvia"]}, {"targets": ["Sarvia"]}),
            ({"realis": "occurred"}, {"realis": "threatened"}),
        ],
    )
    def test_those_at_odds_are_two(self, one: dict[str, Any], other: dict[str, Any]) -> None:
        both = [act(**one), act("Shelling of Norvik", DENIED, **other)]
        record, _ = situation({"parties": [], "military_activities": both})
        assert len(record.military_activities) == 2

    def test_those_alike_in_what_tells_them_apart_are_not_compared_pair_by_pair(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        compared: list[int] = []

        def at_odds(*told: Any) -> bool:
            compared.append(1)
            return things.at_odds(*told)

        monkeypatch.setattr(sameness, "at_odds", at_odds)
        many = [act(description=f"Shell {n} hit the port.") for n in range(40)]
        many.append(act(location={"text": "Norvik"}))
        record, _ = situation({"parties": [], "military_activities": many})
        assert (len(record.military_activities), len(compared)) == (1, 1)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ({"location": {"text": "port of Norvik"}}, {"location": {"text": "Norvik"}}),
            ({"location": {"text": "Norvik"}}, {"location": {"text": "Norvik", "kind": "city"}}),
            (
                {"location": {"text": "Norvik", "kind": "port"}},
                {"location": {"text": "Norvik", "kind": "city"}},
            ),
            ({"date": "on Monday"}, {"date": "Monday"}),
            ({"actors": ["Irsa Toll"]}, {"actors": ["Toll"]}),
            ({"actors": ["Sarvia", "Norland"]}, {"actors": ["Norland"]}),
        ],
    )
    def test_those_that_agree_in_other_words_are_one(
        self, one: dict[str, Any], other: dict[str, Any]
    ) -> None:
        both = [act(**one), act("shelling of Norvik", DENIED, **other)]
        record, _ = situation({"parties": [], "military_activities": both})
        assert len(record.military_activities) == 1

    def test_what_fits_two_that_are_at_odds_is_neither_s(self) -> None:
        places = [{"location": {"text": place}} for place in ("Norvik", "Estmark")]
        items = [act("Raid", SHELLED, **places[0]), act("Raid", MET, **places[1])]
        record, _ = situation({"military_activities": [*items, act("Raid", AIM)]})
        assert len(record.military_activities) == 3

    def test_a_label_that_says_no_more_than_the_type_is_no_name(self) -> None:
        strikes = [act("air strike", SHELLED), act("Air strike", HURT, realis="occurred")]
        assert len(situation({"military_activities": strikes})[0].military_activities) == 2

    def test_references_by_a_label_that_was_folded_lead_to_the_item(self) -> None:
        motive = {"motive_of": ["Sarvia"], "motive": "to cut off the port", "sentences": [AIM]}
        record, _ = situation(
            {"parties": [], "military_activities": [act("Shelling of Norvik", SHELLED)]},
            {
                "parties": [],
                "military_activities": [act("Guns at Norvik", SHELLED, DENIED)],
                "claimed_motives": [{**motive, "activity": "Shelling of Norvik"}],
            },
        )
        assert [item.name for item in record.military_activities] == ["Guns at Norvik"]
        assert [motive.activity for motive in record.claimed_motives] == ["a1"]


class TestRetold:
    """Two answers that cite a sentence in common tell one thing."""

    def test_an_event_under_another_label_is_one(self) -> None:
        record, issues = situation(
            {"military_activities": [act("Shelling of Norvik", SHELLED, HURT)]},
            {"military_activities": [act("Guns fire at port", HURT, DENIED)]},
        )
        [item] = record.military_activities
        assert [e.sentence for e in item.evidence] == [SHELLED, HURT, DENIED]
        [(path, original)] = conflicts(issues)
        assert path == "/military_activities/0/name"
        assert original == {"value": "Guns fire at port", "sentences": [HURT, DENIED]}

    def test_those_that_one_answer_tells_apart_stay_apart(self) -> None:
        both = [act("Shelling of Norvik", SHELLED), act("Guns fire at port", SHELLED)]
        record, _ = situation({"military_activities": both})
        assert len(record.military_activities) == 2

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("First strike on Norvik", "Second strike on Norvik"),
            ("Shelling of north Norvik", "Shelling of south Norvik"),
        ],
    )
    def test_two_of_one_sentence_that_numbers_tell_apart_stay_two(
        self, one: str, other: str
    ) -> None:
        answers = [{"parties": [], "military_activities": [act(name)]} for name in (one, other)]
        between = {"parties": [], "military_activities": [act("Attack on Norvik")]}
        for told_by in (answers, [*answers, between]):
            record, _ = situation(*told_by)
            assert len(record.military_activities) == 2

    def test_each_goes_with_the_likest_of_the_other_answer(self) -> None:
        first = [act("Shelling of the docks", SHELLED, AIM), act("Fire on boats", SHELLED)]
        second = [act("Fire on two boats", SHELLED, HURT), act("Docks shelled", SHELLED, DENIED)]
        record, _ = situation({"military_activities": first}, {"military_activities": second})
        found = {
            item.name: [e.sentence for e in item.evidence] for item in record.military_activities
        }
        assert found == {
            "Docks shelled": [SHELLED, DENIED, AIM],
            "Fire on two boats": [SHELLED, HURT],
        }

    def test_a_view_in_other_words_is_one_if_its_holder_is(self) -> None:
        holder = "Harbour Watch Institute"
        record, _ = situation(
            {"parties": [], "expert_assessments": [view("War is unlikely", JUDGED)]},
            {
                "parties": [],
                "expert_assessments": [
                    view("A wider war is not likely", JUDGED, assessor=holder),
                    view("War is far", JUDGED, assessor="Irsa Toll"),
                ],
            },
        )
        assert len(record.expert_assessments) == 2
        assert [party.name for party in record.parties] == ["Irsa Toll", holder]

    def test_a_line_of_a_list_is_not_the_next_one(self) -> None:
        one = act("a", SHELLED, location={"text": "Norvik"})
        other = act("b", SHELLED, location={"text": "Estmark"})
        record, _ = situation({"military_activities": [one]}, {"military_activities": [other]})
        assert len(record.military_activities) == 2

    def test_a_meeting_told_in_part_is_one_and_one_of_others_is_two(self) -> None:
        def met(*who: str) -> dict[str, Any]:
            meeting = {"participants": [*who], "sentences": [MET]}
            return {"parties": [], "diplomatic_meetings": [meeting]}

        part, _ = situation(met("Irsa Toll", "Mira Aldo"), met("Irsa Toll", "Mira Aldo", "Sarvia"))
        assert [len(m.participants) for m in part.diplomatic_meetings] == [3]
        others, _ = situation(met("Irsa Toll", "Mira Aldo"), met("Irsa Toll", "Sarvia"))
        assert len(others.diplomatic_meetings) == 2


class TestJoined:
    """What several tellings come to."""

    def test_values_at_odds_are_kept_the_first_in_place_and_the_other_in_an_issue(self) -> None:
        meeting = {"participants": ["Irsa Toll", "Mira Aldo"], "sentences": [MET]}
        record, issues = situation(
            {"parties": [], "diplomatic_meetings": [{**meeting, "format": "phone"}]},
            {
                "parties": [],
                "diplomatic_meetings": [{**meeting, "format": "visit", "sentences": [HURT, MET]}],
            },
        )
        [met] = record.diplomatic_meetings
        assert met.format == "visit"
        [issue] = [i for i in issues if i.kind is IssueKind.CONFLICT]
        assert (issue.severity, issue.path) == (Severity.WARNING, "/diplomatic_meetings/0/format")
        assert issue.original == {"value": "phone", "sentences": [MET]}

    def test_lists_hold_both_and_each_value_once(self) -> None:
        counts = [
            {"measure": "wounded", "min": 12, "qualifier": "at least", "counted_by": "Irsa Toll"},
            {"measure": "wounded", "min": 15, "max": 15, "counted_by": "Two residents"},
        ]
        claims = [
            {"status": "asserted", "attribution": [{"source": "Toll"}], "sentences": [SHELLED]},
            {"status": "denied", "attribution": [{"source": "Sarvia"}], "sentences": [DENIED]},
        ]
        again = {**claims[0], "attribution": [{"source": "Irsa Toll"}], "sentences": [HURT]}
        record, issues = situation(
            {"parties": [], "military_activities": [act(quantities=counts[:1], claims=claims)]},
            {"parties": [], "military_activities": [act(quantities=counts, claims=[again])]},
        )
        [item] = record.military_activities
        assert [(q.min, q.counted_by) for q in item.quantities] == [
            (12, "p1"),
            (15, "Two residents"),
        ]
        assert [(c.status, [e.sentence for e in c.evidence]) for c in item.claims] == [
            ("asserted", [SHELLED, HURT]),
            ("denied", [DENIED]),
        ]
        assert conflicts(issues) == []

    def test_claims_follow_the_article_whoever_told_them(self) -> None:
        denied = {"status": "denied", "sentences": [DENIED]}
        asserted = {"status": "asserted", "sentences": [HURT]}
        record, _ = situation(
            {"military_activities": [act("Shelling of Norvik", SHELLED, claims=[denied])]},
            {"military_activities": [act("Shelling of Norvik", HURT, claims=[asserted])]},
        )
        [item] = record.military_activities
        assert [claim.status for claim in item.claims] == ["asserted", "denied"]

    def test_an_object_told_in_parts_has_all_of_them(self) -> None:
        places = [{"text": "Norvik"}, {"text": "Norvik", "kind": "city"}]
        items = [
            act("Shelling", *cited, location=place)
            for place, cited in zip(places, ([SHELLED], [DENIED]), strict=True)
        ]
        record, issues = situation({"military_activities": items})
        [item] = record.military_activities
        assert item.location is not None
        assert (item.location.text, item.location.kind) == ("Norvik", "city")
        assert conflicts(issues) == []

    def test_what_a_class_does_not_take_is_left_as_the_first_has_it(self) -> None:
        class Note(Grounded):
            name: Annotated[str, Key()]
            tags: list[str] = Field(default_factory=list, max_length=2)

        class Notes(BaseModel):
            notes: list[Note]

        noted = [{"name": "Raid", "tags": tags, "sentences": [1]} for tags in (["a", "b"], ["c"])]
        record, issues = told(Notes, {"notes": noted})
        assert [note.tags for note in record.notes] == [["a", "b"]]
        assert [i.original for i in issues] == [noted[1]]

    def test_issues_of_entries_lead_to_the_list_once_it_is_joined(self) -> None:
        bad = {"status": "denied", "sentences": [DENIED, 99]}
        good = {"status": "asserted", "sentences": [SHELLED]}
        _, issues = situation(
            {"military_activities": [act(claims=[bad])]},
            {"military_activities": [act("Shelling of Norvik", HURT, claims=[good])]},
        )
        [issue] = [i for i in issues if i.kind is IssueKind.EVIDENCE_INVALID]
        assert issue.path == "/military_activities/0/claims"

    def test_the_record_s_own_values_are_those_of_the_first_part(self) -> None:
        late = {
            "headline": "Talks",
            "diplomatic_meetings": [{"participants": ["Irsa Toll"], "sentences": [MET]}],
        }
        early = {"headline": "Guns", "military_activities": [act()]}
        for answers in ([late, early], [early, late]):
            record, issues = situation(*answers)
            assert record.headline == "Guns"
            assert conflicts(issues) == [("/headline", {"value": "Talks", "sentences": []})]

    def test_a_synopsis_of_several_answers_follows_the_article(self) -> None:
        lines = [{"text": str(n), "sentences": [n]} for n in (SHELLED, MET, AIM)]
        record, _ = situation(
            {"synopsis": [lines[2]]}, {"synopsis": [lines[1], lines[0]]}, {"synopsis": [lines[1]]}
        )
        assert [e.sentence for line in record.synopsis for e in line.evidence] == [1, 3, 7]


class Shot(Grounded):
    """An item of a schema that shares no field name with ours."""

    id_prefix: ClassVar[str] = "s"
    id: Annotated[str | None, ByCode()] = None
    number: Annotated[int | None, Key()] = None
    day: Annotated[DatePhrase | None, Anchor()] = None
    shooter: Annotated[str | None, Ref("crew"), Anchor()] = None
    remark: str | None = None


class Gunner(Grounded):
    called: Annotated[str, Verbatim(), Key(), Naming()]
    also_called: Annotated[list[str], Verbatim(), Naming()] = Field(default_factory=list)


class Log(BaseModel):
    shots: list[Shot] = Field(default_factory=list)
    crew: list[Gunner] = Field(default_factory=list)


class TestOwnSchemas:
    """Markers are all that merging goes by."""

    def test_items_with_the_same_key_are_one_and_their_bearers_as_well(self) -> None:
        record, issues = told(
            Log,
            {
                "crew": [{"called": "Aldo", "sentences": [AIM]}],
                "shots": [{"number": 1, "shooter": "Aldo", "sentences": [SHELLED]}],
            },
            {
                "crew": [{"called": "Mira Aldo", "sentences": [MET]}],
                "shots": [
                    {"number": 1, "shooter": "Mira Aldo", "day": "on Monday", "sentences": [HURT]},
                    {"number": 2, "sentences": [HURT]},
                ],
            },
        )
        [gunner] = record.crew
        assert (gunner.called, gunner.also_called) == ("Mira Aldo", ["Aldo"])
        assert [e.sentence for e in gunner.evidence] == [MET, AIM]
        assert [(shot.number, shot.shooter) for shot in record.shots] == [
            (1, "Mira Aldo"),
            (2, None),
        ]
        assert kinds(issues) == [IssueKind.DUPLICATE] * 2

    def test_a_key_of_a_closed_list_is_enough_where_there_is_no_other(self) -> None:
        class Watch(Grounded):
            half: Annotated[Literal["day", "night"], Key()]
            crew: int | None = None

        class Watches(BaseModel):
            watches: list[Watch]

        halves = [("day", SHELLED), ("night", MET), ("day", HURT)]
        listed = [{"half": half, "sentences": [cited]} for half, cited in halves]
        record, _ = told(Watches, {"watches": [{**listed[0], "crew": 3}, *listed[1:]]})
        assert [(watch.half, watch.crew) for watch in record.watches] == [
            ("day", 3),
            ("night", None),
        ]

    def test_labels_without_a_word_in_common_are_two_where_nothing_else_is_told(self) -> None:
        class Scene(Grounded):
            label: Annotated[str, Key()]

        class Scenes(BaseModel):
            scenes: list[Scene]

        def scene(label: str) -> dict[str, Any]:
            return {"scenes": [{"label": label, "sentences": [SHELLED]}]}

        apart, _ = told(Scenes, scene("Guns at the port"), scene("A word of the envoy"))
        assert len(apart.scenes) == 2
        alike, _ = told(Scenes, scene("Guns at the port"), scene("Guns fire at port"))
        assert len(alike.scenes) == 1

    def test_without_a_key_only_the_same_in_all_but_evidence_is_one(self) -> None:
        class Remark(Grounded):
            text: str
            by: Annotated[str, Ref("crew")]

        class Remarks(BaseModel):
            crew: list[Gunner]
            remarks: list[Remark]

        def said(text: str, by: str, *cited: int) -> dict[str, Any]:
            return {"text": text, "by": by, "sentences": [*cited]}

        record, _ = told(
            Remarks,
            {"crew": [], "remarks": [said("no", "Aldo", AIM), said("No", "Mira Aldo", MET)]},
            {
                "crew": [{"called": "Mira Aldo", "sentences": [MET]}],
                "remarks": [said("never", "Aldo", AIM)],
            },
        )
        assert [remark.text for remark in record.remarks] == ["No", "never"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("北京", "北京市", True), ("北京", "南京", False), ("Osk", "Oskar", False)],
)
def test_a_place_is_in_another_where_words_run_together_as_well(
    one: str, other: str, same: bool
) -> None:
    assert overlapping(one, other) is same


ITEMS: dict[str, list[dict[str, Any]]] = {
    "parties": [
        *parties("Toll", "Irsa Toll", "HWI", "Harbour Watch Institute", "Sarvia", "Aldo"),
        {"name": "Mira Aldo", "kind": "official", "aliases": ["Aldo"]},
        {"name": "Sarvia", "kind": "state"},
        {"name": "Sarvia", "kind": "armed_force"},
    ],
    "military_activities": [
        act(),
        act("shelling of Norvik", DENIED, actors=["Sarvia"], date="on Monday"),
        act("Guns fire at port", SHELLED, location={"text": "port of Norvik"}),
        act("Shelling of Norvik", AIM, location={"text": "Estmark"}),
        act("Shelling of Norvik", HURT, quantities=[{"measure": "wounded", "min": 12}]),
        act("air strike", WOUNDED, quantities=[{"measure": "wounded", "min": 15}]),
    ],
    "diplomatic_meetings": [
        {"participants": ["Toll", "Mira Aldo"], "sentences": [MET], "format": "phone"},
        {"participants": ["Aldo", "Irsa Toll"], "sentences": [MET], "format": "visit"},
        {"participants": ["Aldo"], "sentences": [AIM]},
    ],
    "expert_assessments": [
        view("War is unlikely", JUDGED),
        view("war is unlikely", JUDGED, ADDED, assessor="Harbour Watch Institute"),
        view("The ports would stay closed", ADDED),
    ],
}


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_order_of_answers_and_of_items_in_them_makes_no_difference(data: st.DataObject) -> None:
    dealt = [{name: [] for name in ITEMS} for _ in range(3)]  # type: list[dict[str, list[Any]]]
    for name, items in ITEMS.items():
        for item in items:
            for answer in data.draw(st.sets(st.integers(0, 2), max_size=2)):
                dealt[answer][name].append(item)
    shuffled = [
        {name: data.draw(st.permutations(items)) for name, items in answer.items()}
        for answer in data.draw(st.permutations(dealt))
    ]
    (record, issues), (again, others) = situation(*dealt), situation(*shuffled)
    assert again == record
    assert Counter(map(repr, others)) == Counter(map(repr, issues))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_a_key_tells_apart_is_what_comparing_it_tells_apart(data: st.DataObject) -> None:
    answers = [
        {name: data.draw(st.lists(st.sampled_from(items))) for name, items in ITEMS.items()}
        for _ in range(data.draw(st.integers(1, 2)))
    ]
    found = situation(*answers)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sameness, "_differ_in_one", lambda keys: False)
        assert situation(*answers) == found


PLACED = st.lists(st.integers(1, MET), min_size=1, max_size=3, unique=True).map(sorted)
CITED = st.lists(st.tuples(PLACED, st.sampled_from([1, 12, "1", "12"])), max_size=6)


@given(CITED)
def test_what_objects_say_puts_them_in_the_order_of_all_they_say(cited: list[Any]) -> None:
    [node] = [s.node.listed for s in PLANNED.sections if s.name == "military_activities"]
    held = source(ARTICLE)
    told = [
        {"evidence": [held.evidence(n) for n in numbers], "count": count, "name": "a"}
        for numbers, count in cited
    ]
    assert sorted(told, key=lambda data: order(node, data)) == sorted(
        told, key=lambda data: (data["evidence"][0]["start"], json.dumps(data, sort_keys=True))
    )


def test_folding_what_is_folded_changes_nothing() -> None:
    planned, held = PLANNED, source(ARTICLE)
    made = assemble(planned, [decode(ITEMS, planned, held)] * 2, held)
    assert assemble(planned, [made.draft], held).summary == made.summary


def test_an_answer_given_twice_is_the_answer() -> None:
    rng = random.Random(5)
    for _ in range(20):
        answer = {name: rng.sample(items, 2) for name, items in ITEMS.items()}
        assert situation(answer, answer)[0] == situation(answer)[0]


@pytest.mark.parametrize("places", [(0, 1), (1, 0)])
def test_a_reference_leads_to_whom_its_own_answer_means_by_a_name_that_two_bear(
    places: tuple[int, int],
) -> None:
    text = (
        "The Defence Ministry in Kestria struck a depot in Harl. "
        "The Defence Ministry in Velmara struck an airfield in Norvik."
    )
    planned, held = PLANNED, Source(Article.from_text(text, language="en"))
    answers = [
        {
            "parties": [{"name": "Defence Ministry", "kind": "government_body", "country": code}],
            "military_activities": [
                {
                    "sentences": [sentence],
                    "name": f"Strike on {place}",
                    "type": "air_strike",
                    "realis": "occurred",
                    "actors": ["Defence Ministry"],
                    "location": {"text": place},
                }
            ],
        }
        for sentence, code, place in ((1, "NOR", "Harl"), (2, "SWE", "Norvik"))
    ]
    made = assemble(planned, [decode(answers[n], planned, held) for n in places], held)
    record = made.summary
    assert isinstance(record, SituationSummary)
    country = {party.id: party.country for party in record.parties}
    assert [country[a.actors[0]] for a in record.military_activities] == ["NOR", "SWE"]
    again = assemble(planned, [made.draft], held).summary
    assert again == record
