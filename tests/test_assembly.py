"""From items to the record: references, ids, duplicates, and where each issue belongs."""

from __future__ import annotations

import json
import pickle
import sys
from collections import Counter
from typing import Annotated, Any, ClassVar

import pytest
from drafting import (
    ARTICLE,
    CLOSED,
    DENIED,
    FIRED,
    FURNITURE,
    HURT,
    JUDGED,
    MET,
    answers,
    at,
    kinds,
    record_of,
    source,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field, create_model, field_validator, model_validator

from summarizer.article import Article
from summarizer.assembly import assemble
from summarizer.errors import AnswerInvalid
from summarizer.grounding import decode
from summarizer.names import normal_form, without_title
from summarizer.results import Issue, IssueKind, Severity
from summarizer.schemas import Attribution, Evidence, Grounded, Party, Quantity, SituationSummary
from summarizer.schemas.markers import ByCode, FullOnly, Key, Ref, Verbatim
from summarizer.schemas.places import country_code
from summarizer.schemas.references import references
from summarizer.wire import Profile, Size, plan

ADDED = IssueKind.PARTY_ADDED


def activity(name: str = "shots", **fields: Any) -> dict[str, Any]:
    """An activity as a model would write it."""
    return {"name": name, "type": "air_strike", "sentences": [FIRED], **fields}


def judgement(**fields: Any) -> dict[str, Any]:
    """An assessment, likewise."""
    told = {"assessor": "Dana Weck", "type": "forecast", "proposition": "war is very unlikely"}
    return {**told, "sentences": [JUDGED], **fields}


def situation(**sections: Any) -> tuple[SituationSummary, list[Issue]]:
    """The record and issues of an answer in the strict profile and full size."""
    return record_of(SituationSummary, sections)


class TestIds:
    """Ids follow the order of first evidence."""

    def test_items_are_put_in_that_order_and_numbered(self) -> None:
        record, _ = situation(
            parties=[{"name": "Harl"}, {"name": "Dana Weck"}, {"name": "Velmara"}],
            military_activities=[activity("late", sentences=[HURT]), activity("early")],
        )
        assert [(p.id, p.name) for p in record.parties] == [
            ("p1", "Velmara"),
            ("p2", "Harl"),
            ("p3", "Dana Weck"),
        ]
        assert [(a.id, a.name) for a in record.military_activities] == [
            ("a1", "early"),
            ("a2", "late"),
        ]

    def test_a_synopsis_keeps_the_order_that_it_was_written_in(self) -> None:
        lines = [
            {"text": "Ports closed.", "sentences": [CLOSED]},
            {"text": "Shots.", "sentences": [1]},
        ]
        record, _ = situation(synopsis=lines)
        assert [line.text for line in record.synopsis] == ["Ports closed.", "Shots."]

    def test_every_kind_of_item_has_ids_of_its_own(self) -> None:
        record, _ = situation(
            parties=[{"name": "Harl"}],
            military_activities=[activity()],
            diplomatic_meetings=[{"participants": ["Harl"], "sentences": [MET]}],
            expert_assessments=[judgement()],
            claimed_motives=[{"motive_of": ["Harl"], "motive": "to press", "sentences": [CLOSED]}],
        )
        sections = (
            record.parties[:1],
            record.military_activities,
            record.diplomatic_meetings,
            record.expert_assessments,
            record.claimed_motives,
        )
        assert [items[0].id for items in sections] == ["p1", "a1", "m1", "x1", "c1"]


class TestReferences:
    """Names become ids."""

    PARTIES: ClassVar[list[dict[str, Any]]] = [
        {"name": "Velmara", "aliases": ["Velmara's navy"]},
        {"name": "Ilka Moru"},
        {"name": "Harl Foreign Ministry"},
    ]

    @pytest.mark.parametrize(
        ("written", "name"),
        [
            ("Velmara", "Velmara"),
            ("VELMARA", "Velmara"),
            ("Velmara’s navy", "Velmara"),
            ("President Ilka Moru", "Ilka Moru"),
            ("the Harl Foreign Ministry", "Harl Foreign Ministry"),
        ],
    )
    def test_a_name_an_alias_or_a_name_with_its_title_leads_to_the_party(
        self, written: str, name: str
    ) -> None:
        record, issues = situation(
            parties=self.PARTIES, military_activities=[activity(actors=[written])]
        )
        [actor] = record.military_activities[0].actors
        assert {p.id: p.name for p in record.parties}[actor] == name
        assert issues == []

    def test_a_party_that_was_written_with_its_title_is_found_without(self) -> None:
        record, issues = situation(
            parties=[{"name": "President Ilka Moru"}],
            military_activities=[activity(actors=["Ilka Moru"])],
        )
        assert record.military_activities[0].actors == ["p1"]
        assert issues == []

    def test_so_does_an_english_name_that_the_article_does_not_hold(self) -> None:
        article = Article.from_text("Велмара закрыла порты.", language="ru")
        answer = {
            "parties": [{"name": "Велмара", "name_en": "Velmara"}],
            "military_activities": [activity(sentences=[1], actors=["Velmara"])],
        }
        record, issues = record_of(SituationSummary, answer, against=source(article))
        assert record.military_activities[0].actors == ["p1"]
        assert issues == []

    def test_names_of_one_party_are_one_reference(self) -> None:
        record, _ = situation(
            parties=self.PARTIES,
            military_activities=[activity(actors=["Velmara", "Velmara's navy"])],
        )
        assert record.military_activities[0].actors == ["p1"]

    def test_a_name_is_whose_it_is_and_not_whose_alias_it_is(self) -> None:
        parties = [{"name": "Harl", "aliases": ["Velmara"]}, {"name": "Velmara"}]
        record, _ = situation(parties=parties, military_activities=[activity(actors=["Velmara"])])
        [actor] = record.military_activities[0].actors
        assert {p.id: p.name for p in record.parties} == {"p1": "Harl", "p2": "Velmara"}
        assert actor == "p2"

    def test_claims_inside_items_refer_too(self) -> None:
        claim = {
            "status": "asserted",
            "attribution": [{"source": "Harl Foreign Ministry"}, {"source": "two residents"}],
            "sentences": [FIRED],
        }
        record, issues = situation(
            parties=[{"name": "Harl Foreign Ministry"}],
            military_activities=[activity(claims=[claim])],
        )
        chain = record.military_activities[0].claims[0].attribution
        assert [link.source for link in chain] == ["p1", "two residents"]
        assert issues == []

    @pytest.mark.parametrize(
        ("written", "kept"),
        [
            ("two residents", "two residents"),
            ("Two residents", "Two residents"),
            ("Harl Foreign Ministry", "p1"),
            ("The Corrin Institute", "p1"),
            ("harl foreign ministry", "p1"),
        ],
    )
    def test_what_may_be_text_becomes_a_party_only_if_it_reads_as_a_name(
        self, written: str, kept: str
    ) -> None:
        counted = {"measure": "wounded", "min": 12, "counted_by": written}
        record, issues = situation(
            parties=[], military_activities=[activity(quantities=[counted], sentences=[HURT])]
        )
        assert record.military_activities[0].quantities[0].counted_by == kept
        assert len(record.parties) == (kept == "p1")
        assert kinds(issues) == ([ADDED] if kept == "p1" else [])

    def test_nothing_of_a_script_without_capitals_reads_as_a_name(self) -> None:
        article = Article.from_text("当地居民说，港口关闭了。", language="zh")
        claim = {"status": "asserted", "attribution": [{"source": "当地居民"}], "sentences": [1]}
        answer = {"parties": [], "military_activities": [activity(sentences=[1], claims=[claim])]}
        record, _ = record_of(SituationSummary, answer, against=source(article))
        assert record.military_activities[0].claims[0].attribution[0].source == "当地居民"

    def test_one_that_stands_nowhere_is_left_out_and_said(self) -> None:
        record, [issue] = situation(
            parties=[{"name": "Velmara"}],
            military_activities=[activity(actors=["Nordovia", "Velmara"])],
        )
        assert record.military_activities[0].actors == ["p1"]
        assert issue.kind is IssueKind.NAME_NOT_IN_ARTICLE
        assert (issue.path, issue.original) == ("/military_activities/0/actors", "Nordovia")

    def test_one_to_another_section_is_resolved_there_and_not_made_up(self) -> None:
        motive = {"motive_of": ["Harl"], "motive": "to press", "sentences": [CLOSED]}
        record, issues = situation(
            parties=[{"name": "Harl"}],
            military_activities=[activity("closed ports", sentences=[CLOSED])],
            claimed_motives=[
                {**motive, "activity": "Closed ports"},
                {**motive, "motive": "to press Velmara", "activity": "trawlers"},
            ],
        )
        assert [m.activity for m in record.claimed_motives] == ["a1", None]
        [issue] = issues
        assert issue.kind is IssueKind.REFERENCE_UNRESOLVED
        assert issue.path == "/claimed_motives/1/activity"

    def test_the_type_of_an_activity_is_not_its_name(self) -> None:
        motive = {"motive_of": ["Harl"], "motive": "to press", "sentences": [CLOSED]}
        record, _ = situation(
            parties=[{"name": "Harl"}],
            military_activities=[activity()],
            claimed_motives=[{**motive, "activity": "air strike"}],
        )
        assert record.claimed_motives[0].activity is None


class TestAdded:
    """A name that stands in the article and in no party becomes one."""

    def test_it_is_said_where_parties_were_asked_for(self) -> None:
        record, [issue] = situation(parties=[], military_activities=[activity(actors=["Velmara"])])
        assert [p.name for p in record.parties] == ["Velmara"]
        assert [e.sentence for e in record.parties[0].evidence] == [FIRED, DENIED, MET]
        assert (issue.kind, issue.severity, issue.path) == (ADDED, Severity.INFO, "/parties/0")

    def test_it_is_a_warning_where_the_name_is_not_in_the_cited_sentences(self) -> None:
        _, [issue] = situation(parties=[], military_activities=[activity(actors=["Dana Weck"])])
        assert (issue.kind, issue.severity) == (ADDED, Severity.WARNING)

    def test_it_is_no_issue_where_a_form_did_not_ask_for_parties(self) -> None:
        held = source()

        class OnlyActivities:
            sections: ClassVar[dict[str, Any]] = {"military_activities": None}

        held.form = OnlyActivities()  # type: ignore[assignment]  # as much of a form as is read
        answer = {"military_activities": [activity(actors=["Velmara"])]}
        record, issues = record_of(SituationSummary, answer, size=Size.CORE, against=held)
        assert record.military_activities[0].actors == ["p1"]
        assert issues == []

    def test_it_loses_its_title(self) -> None:
        record, _ = situation(
            parties=[], military_activities=[activity(actors=["President Ilka Moru", "Ilka Moru"])]
        )
        assert [p.name for p in record.parties] == ["Ilka Moru"]
        assert record.military_activities[0].actors == ["p1"]

    def test_an_office_is_no_title_of_what_it_is_of(self) -> None:
        article = Article.from_text("The Secretary of State spoke.", language="en")
        answer = {
            "parties": [],
            "military_activities": [activity("a", sentences=[1], actors=["Secretary of State"])],
        }
        record, _ = record_of(SituationSummary, answer, against=source(article))
        assert [p.name for p in record.parties] == ["Secretary of State"]

    def test_not_to_a_section_whose_evidence_the_model_has_to_give(self) -> None:
        class Port(Grounded):
            name: Annotated[str, Verbatim()]
            twin: Annotated[str, Ref("ports")] | None = None

            @classmethod
            def from_name(cls, name: str) -> dict[str, object]:
                return {"name": name}

        class Ports(BaseModel):
            ports: list[Port]

        port = {"name": "Portane", "twin": "Cape Osk", "sentences": [MET]}
        record, [issue] = record_of(Ports, {"ports": [port]})
        assert [port.name for port in record.ports] == ["Portane"]
        assert issue.kind is IssueKind.REFERENCE_UNRESOLVED

    def test_values_of_the_record_s_own_may_add_one(self) -> None:
        class Tale(BaseModel):
            parties: list[Party]
            hero: Annotated[str, Ref("parties")]

        record, issues = record_of(Tale, {"parties": [], "hero": "Dana Weck"})
        assert (record.hero, record.parties[0].name) == ("p1", "Dana Weck")
        assert kinds(issues) == [ADDED]

    def test_it_is_added_once_for_all_who_name_it(self) -> None:
        record, issues = situation(
            parties=[],
            military_activities=[activity(name, actors=["Velmara"]) for name in "abc"],
        )
        assert len(record.parties) == 1
        assert kinds(issues) == [ADDED]

    def test_not_for_a_name_that_stands_in_page_furniture(self) -> None:
        record, [issue] = situation(
            parties=[], military_activities=[activity(actors=["Advertisement"])]
        )
        assert ARTICLE.quote(FURNITURE) == "Advertisement"
        assert record.parties == []
        assert issue.kind is IssueKind.REFERENCE_UNRESOLVED


class TestSetAside:
    """A reference that an item can't do without."""

    def test_where_it_stands_nowhere_the_item_goes_with_what_was_written(self) -> None:
        bad = judgement(assessor="Zed Arlo")
        record, [issue] = situation(
            parties=[{"name": "Dana Weck"}], expert_assessments=[bad, judgement()]
        )
        assert len(record.expert_assessments) == 1
        assert (issue.severity, issue.path) == (Severity.ERROR, "/expert_assessments")
        assert issue.original == bad

    def test_a_meeting_of_which_every_participant_is_invented_goes(self) -> None:
        meetings = [
            {"participants": ["Nordovia", "Zed Arlo"], "sentences": [MET]},
            {"participants": ["Nordovia", "Velmara"], "sentences": [MET]},
        ]
        record, issues = situation(parties=[{"name": "Velmara"}], diplomatic_meetings=meetings)
        assert [m.participants for m in record.diplomatic_meetings] == [["p1"]]
        assert [i.severity for i in issues] == [Severity.ERROR, Severity.WARNING]

    def test_what_was_set_aside_leaves_no_party_behind(self) -> None:
        meeting = {"participants": ["Nordovia"], "host": "Portane", "sentences": [MET]}
        record, _ = situation(parties=[], diplomatic_meetings=[meeting])
        assert record.parties == []

    def test_what_cannot_do_without_it_goes_as_well_and_the_rest_lets_go(self) -> None:
        class Ship(Grounded):
            name: Annotated[str, Key()]
            owner: Annotated[str, Ref("owners")]

        class Owner(Grounded):
            name: Annotated[str, Key()]
            parent: Annotated[str, Ref("owners")] | None = None
            captain: Annotated[str, Ref("captains")]

        class Captain(Grounded):
            name: Annotated[str, Verbatim()]

        class Fleet(BaseModel):
            ships: list[Ship]
            owners: list[Owner]
            captains: list[Captain]

        cited = {"sentences": [1]}
        record, issues = record_of(
            Fleet,
            {
                "ships": [
                    {"name": "a", "owner": "x", **cited},
                    {"name": "b", "owner": "y", **cited},
                ],
                "owners": [
                    {"name": "x", "captain": "nobody", **cited},
                    {"name": "y", "captain": "Velmara", "parent": "x", **cited},
                ],
                "captains": [{"name": "Velmara", **cited}],
            },
        )
        assert [ship.name for ship in record.ships] == ["b"]
        assert [(owner.name, owner.parent) for owner in record.owners] == [("y", None)]
        assert [i.path for i in issues] == ["/owners", "/ships", "/owners/0/parent"]

    def test_of_a_nested_list_only_the_entry_goes(self) -> None:
        class Link(BaseModel):
            to: Annotated[str, Ref("ships")]
            via: Annotated[str, Ref("ships")] | None = None
            how: str

        class Ship(Grounded):
            name: Annotated[str, Key()]
            links: list[Link] = Field(default_factory=list)
            best: Link | None = None

        class Fleet(BaseModel):
            ships: list[Ship]

        links = [{"to": "z", "how": "by sea"}, {"to": "a", "via": "z", "how": "by air"}]
        ship = {"name": "a", "links": links, "best": links[0], "sentences": [1]}
        record, issues = record_of(Fleet, {"ships": [ship]})
        assert [(link.to, link.via) for link in record.ships[0].links] == [("a", None)]
        assert record.ships[0].best is None
        assert [i.path for i in issues] == [
            "/ships/0/links",
            "/ships/0/links/0/via",
            "/ships/0/best",
        ]
        assert issues[0].original == links[0]

    def test_what_stood_after_it_is_not_pointed_to_where_it_stood(self) -> None:
        class Link(BaseModel):
            to: Annotated[str, Ref("ships")]
            count: int | None = None

        class Ship(Grounded):
            name: Annotated[str, Key()]
            links: list[Link] = Field(default_factory=list)

        class Fleet(BaseModel):
            ships: list[Ship]

        links = [{"to": "z"}, {"to": "a", "count": "x"}, {"to": "b"}]
        ships = [{"name": name, "links": links, "sentences": [1]} for name in "ab"]
        _, issues = record_of(Fleet, {"ships": ships})
        assert {i.path for i in issues} == {"/ships/0/links", "/ships/1/links"}


class TestDuplicates:
    """What is told twice."""

    def test_items_that_differ_in_their_evidence_only_are_one(self) -> None:
        record, [issue] = situation(
            parties=[{"name": "Velmara"}],
            military_activities=[
                activity("Shots", actors=["Velmara"], sentences=[HURT]),
                activity("shots", actors=["velmara"], sentences=[FIRED, HURT]),
            ],
        )
        [item] = record.military_activities
        assert [e.sentence for e in item.evidence] == [FIRED, HURT]
        assert (issue.kind, issue.path) == (IssueKind.DUPLICATE, "/military_activities/0")
        assert item.name == "shots"  # which cites the earlier sentence
        assert issue.original["name"] == "Shots"

    @pytest.mark.parametrize(
        "fields",
        [
            {"name": "other shots"},
            {"type": "drone_strike"},
            {"actors": ["Harl"]},
            {"location": {"text": "Portane"}},
            {"date": "on Tuesday"},
        ],
    )
    def test_those_at_odds_in_what_tells_them_apart_are_two(self, fields: dict[str, Any]) -> None:
        record, _ = situation(
            parties=[{"name": "Velmara"}, {"name": "Harl"}],
            military_activities=[
                activity(actors=["Velmara"], location={"text": "Cape Osk"}, date="3 March"),
                activity(**fields),
            ],
        )
        assert len(record.military_activities) == 2

    def test_two_views_of_one_analyst_are_two_where_code_quotes_them(self) -> None:
        written = [
            {"assessor": "Dana Weck", "type": "forecast", "sentences": [number]}
            for number in (JUDGED, HURT, JUDGED)
        ]
        record, issues = record_of(
            SituationSummary, {"expert_assessments": written}, size=Size.CORE
        )
        said = [item.proposition for item in record.expert_assessments]
        assert said == [ARTICLE.quote(JUDGED), ARTICLE.quote(HURT)]
        assert IssueKind.DUPLICATE in kinds(issues)

    def test_parties_of_one_name_are_one_with_all_that_was_said_of_them(self) -> None:
        record, issues = situation(
            parties=[
                {"name": "Harl", "aliases": ["Tomas Brenn"], "country": "VLM"},
                {"name": "HARL", "aliases": ["Cape Osk", "Tomas Brenn"], "kind": "state"},
            ]
        )
        [party] = record.parties
        assert (party.name, party.kind) == ("Harl", "state")
        assert party.aliases == ["Cape Osk", "Tomas Brenn"]
        assert [e.sentence for e in party.evidence] == [FIRED, MET, CLOSED]
        assert sorted(kinds(issues)) == [IssueKind.DUPLICATE, IssueKind.VALUE_DROPPED]

    def test_they_are_cited_by_the_first_mentions_of_all_their_names(self) -> None:
        record, _ = situation(
            parties=[{"name": "Portane"}, {"name": "Portane", "aliases": ["Cape Osk"]}]
        )
        assert [e.sentence for e in record.parties[0].evidence] == [FIRED, MET]

    def test_what_was_left_out_of_the_one_that_was_folded_is_still_said(self) -> None:
        _, issues = situation(
            military_activities=[activity(), activity(realis="imagined"), activity(realis=9)]
        )
        assert Counter(kinds(issues)) == {IssueKind.DUPLICATE: 2, IssueKind.VALUE_DROPPED: 2}
        assert [i.path for i in issues] == ["/military_activities/0"] * 4

    def test_items_of_evidence_alone_are_one_if_they_cite_the_same(self) -> None:
        class Quotes(BaseModel):
            quotes: list[Grounded]

        cited = [{"sentences": numbers} for numbers in ([1], [2], [1])]
        record, _ = record_of(Quotes, {"quotes": cited})
        assert [len(q.evidence) for q in record.quotes] == [1, 1]


class Vessel(Grounded):
    """An item without an id."""

    role: str
    name: str
    escort: Annotated[str, Ref("vessels")] | None = None


class Flagship(BaseModel):
    """A part of the record that is no section, and refers into one."""

    vessel: Annotated[str, Ref("vessels")]


class Harbour(BaseModel):
    vessels: list[Vessel] = []
    flagship: Flagship | None = None
    largest: Annotated[str, Ref("vessels")] | None = None
    berths: int | None = None
    notes: list[str] = []


class TestOwnSchemas:
    """Schemas of the user's own."""

    def test_without_ids_references_stay_names_as_their_items_have_them(self) -> None:
        vessels = [
            {"role": "boat", "name": "Trawlers", "sentences": [HURT]},
            {"role": "boat", "name": "Cape Osk", "escort": "TRAWLERS", "sentences": [FIRED]},
        ]
        record, issues = record_of(Harbour, {"vessels": vessels})
        assert [v.name for v in record.vessels] == ["Trawlers", "Cape Osk"]
        assert record.vessels[1].escort == "Trawlers"
        assert issues == []

    def test_references_outside_the_sections_are_resolved(self) -> None:
        vessels = [{"role": "boat", "name": "Trawlers", "sentences": [FIRED]}]
        record, issues = record_of(
            Harbour, {"vessels": vessels, "flagship": "trawlers", "largest": "galleon"}
        )
        assert record.flagship == Flagship(vessel="Trawlers")
        assert record.largest is None
        assert [i.path for i in issues] == ["/largest"]

    def test_values_that_are_no_lists_stand_beside_the_sections(self) -> None:
        record, issues = record_of(Harbour, {"berths": "12", "notes": ["ports", 5], "vessels": []})
        assert (record.berths, record.notes) == (12, ["ports"])
        assert [i.path for i in issues] == ["/notes"]

    def test_an_optional_value_of_the_wrong_type_is_left_out(self) -> None:
        record, [issue] = record_of(Harbour, {"berths": "many", "notes": ["ports"]})
        assert record.berths is None
        assert (issue.kind, issue.path) == (IssueKind.VALUE_DROPPED, "/berths")
        assert issue.original == "many"

    def test_a_section_that_was_not_asked_for_keeps_its_default(self) -> None:
        class Maybe(BaseModel):
            vessels: Annotated[list[Vessel] | None, FullOnly()] = None
            word: str

        for size, expected in ((Size.CORE, None), (Size.FULL, [])):
            assert record_of(Maybe, {"word": "ports"}, size=size)[0].vessels == expected

    def test_null_stands_where_it_may_and_there_is_no_default(self) -> None:
        class Boat(Grounded):
            name: str
            escort: Annotated[str, Ref("boats")] | None

        class Boats(BaseModel):
            boats: list[Boat]
            flagship: Annotated[str, Ref("boats")] | None
            count: int | None

        boat = {"name": "Trawlers", "escort": "galleon", "sentences": [FIRED]}
        record, issues = record_of(Boats, {"boats": [boat], "flagship": "galleon", "count": "x"})
        assert (record.boats[0].escort, record.flagship, record.count) == (None, None, None)
        assert {i.path for i in issues} == {"/boats/0/escort", "/flagship", "/count"}

    def test_a_value_that_the_user_s_validator_refuses_is_asked_for_again(self) -> None:
        class Counted(BaseModel):
            berths: int | None = None

            @field_validator("berths")
            @classmethod
            def _few(cls, berths: int | None) -> int | None:
                assert berths is None or berths < 9
                return berths

        with pytest.raises(AnswerInvalid, match=r"^berths: Assertion failed"):
            record_of(Counted, {"berths": 12})

    def test_items_without_evidence_are_numbered_last(self) -> None:
        class Port(BaseModel):
            id_prefix: ClassVar[str] = "h"
            id: Annotated[str | None, ByCode()] = None
            name: str
            proof: list[Evidence] = Field(default_factory=list)

        class Ports(BaseModel):
            ports: list[Port]

        ports = [{"name": "a"}, {"name": "b", "proof": [HURT]}, {"name": "c"}]
        record, _ = record_of(Ports, {"ports": ports})
        assert [(p.id, p.name) for p in record.ports] == [("h1", "b"), ("h2", "a"), ("h3", "c")]

    def test_a_record_that_the_user_s_validator_refuses_is_asked_for_again(self) -> None:
        class Strict(BaseModel):
            vessels: list[Vessel]

            @field_validator("vessels")
            @classmethod
            def _some(cls, vessels: list[Vessel]) -> list[Vessel]:
                if not vessels:
                    raise ValueError("at least one, " + ARTICLE.text * 50)
                return vessels

        with pytest.raises(AnswerInvalid, match=r"^vessels: Value error, at least one") as caught:
            record_of(Strict, {"vessels": []})
        assert len(str(caught.value)) < 200

    def test_a_validator_before_a_section_sees_what_its_items_are_made_of(self) -> None:
        seen: list[Any] = []

        class Watched(BaseModel):
            vessels: list[Vessel]

            @field_validator("vessels", mode="before")
            @classmethod
            def _look(cls, vessels: Any) -> Any:
                seen.extend(vessels)
                return vessels

        vessels = [{"role": "boat", "name": "Trawlers", "sentences": [FIRED]}]
        record, _ = record_of(Watched, {"vessels": vessels})
        assert [(type(each), each["name"]) for each in seen] == [(dict, "Trawlers")]
        assert record.vessels[0].name == "Trawlers"

    def test_an_item_is_made_once_for_itself_and_for_the_record(self) -> None:
        made: list[str] = []

        class Counted(Grounded):
            name: str

            @field_validator("name")
            @classmethod
            def _count(cls, name: str) -> str:
                made.append(name)
                return name

        class Fleet(BaseModel):
            ships: list[Counted]

        record, _ = record_of(Fleet, {"ships": [{"name": "Trawlers", "sentences": [FIRED]}]})
        # Once when the answer is read, while references are names, and once with what they lead to.
        assert made == ["Trawlers"] * 2
        assert record.ships[0].name == "Trawlers"

    def test_a_validator_of_an_item_is_called_once_on_each_object(self) -> None:
        class Marked(Grounded):
            name: str

            @model_validator(mode="after")
            def _mark(self) -> Marked:
                self.name += "!"
                return self

        class Fleet(BaseModel):
            ships: list[Marked]

        record, _ = record_of(Fleet, {"ships": [{"name": "Trawlers", "sentences": [FIRED]}]})
        assert record.ships[0].name == "Trawlers!"

    def test_so_is_one_that_lacks_what_it_needs(self) -> None:
        class Needs(BaseModel):
            vessels: list[Vessel] = []
            captain: Annotated[str, Ref("vessels")]
            berths: int

        with pytest.raises(AnswerInvalid, match=r"^captain: “Nobody” names nothing known$"):
            record_of(Needs, {"captain": "Nobody", "berths": 3})
        vessels = [{"role": "boat", "name": "Trawlers", "sentences": [FIRED]}]
        with pytest.raises(AnswerInvalid, match=r"^berths: Input should be a valid integer"):
            record_of(Needs, {"captain": "trawlers", "berths": "x", "vessels": vessels})

    def test_ids_are_given_to_any_class_that_has_a_prefix(self) -> None:
        class Port(Grounded):
            id_prefix: ClassVar[str] = "port-"
            id: Annotated[str | None, ByCode()] = None
            name: str
            twin: Annotated[str, Ref("ports")] | None = None

        class Ports(BaseModel):
            ports: list[Port]

        ports = [
            {"name": "Osk", "sentences": [MET], "id": "mine"},
            {"name": "Portane", "twin": "osk", "sentences": [FIRED]},
        ]
        record, _ = record_of(Ports, {"ports": ports})
        assert [(p.id, p.twin) for p in record.ports] == [("port-1", "port-2"), ("port-2", None)]

    def test_the_record_is_of_the_user_s_class_compares_and_pickles(self) -> None:
        answer = {"vessels": [{"role": "boat", "name": "Trawlers", "sentences": [FIRED]}]}
        record, _ = record_of(Harbour, answer)
        assert type(record) is Harbour
        assert record == record_of(Harbour, answer)[0]
        assert pickle.loads(pickle.dumps(record)) == record

    def test_pieces_of_ours_may_be_used_without_the_sections_that_they_refer_to(self) -> None:
        class Told(Grounded):
            quantity: Quantity
            chain: list[Attribution] = Field(default_factory=list)

        class Tale(BaseModel):
            told: list[Told]

        item = {
            "quantity": {"measure": "wounded", "min": 12, "counted_by": "Harl"},
            "chain": [{"source": "two residents"}],
            "sentences": [HURT],
        }
        record, issues = record_of(Tale, {"told": [item]})
        assert record.told[0].quantity.counted_by == "Harl"
        assert record.told[0].chain[0].source == "two residents"
        assert issues == []


class TestPaths:
    """Issues lead to their place in the record."""

    def test_names_of_fields_are_escaped(self) -> None:
        item = create_model("Item", __base__=Grounded, **{"c~d": (int | None, None)})  # type: ignore[call-overload]  # odd names are the point
        model = create_model("Odd", **{"a/b": (list[item], ...)})  # type: ignore[call-overload]
        record, [issue] = record_of(model, {"a/b": [{"c~d": "x", "sentences": [1]}]})
        assert issue.path == "/a~1b/0/c~0d"
        assert at(issue.path, record.model_dump()) is None

    def test_they_follow_items_to_where_these_end_up(self) -> None:
        late = activity("late", sentences=[HURT], realis="imagined")
        early = activity("early", claims=[{"status": "x"}, {"status": "denied", "sentences": [2]}])
        _, issues = situation(military_activities=[late, early])
        places = {issue.path: issue.original for issue in issues}
        assert places == {
            "/military_activities/0/claims": {"status": "x"},
            "/military_activities/1/realis": "imagined",
        }

    def test_entries_are_counted_as_they_stand_at_last(self) -> None:
        good = {"status": "denied", "sentences": [DENIED, 99]}
        _, issues = situation(military_activities=[activity(claims=[{"status": "x"}, None, good])])
        assert [issue.path for issue in issues] == [
            "/military_activities/0/claims",
            "/military_activities/0/claims/0/evidence",
        ]

    def test_where_a_validator_does_away_with_the_place_they_lead_as_near_as_they_can(self) -> None:
        class First(BaseModel):
            vessels: list[Vessel]

            @model_validator(mode="after")
            def _only_one(self) -> First:
                self.vessels = self.vessels[:1]
                return self

        vessels = [{"role": "boat", "name": n, "sentences": [1, 99]} for n in ("Osk", "Harl")]
        _, issues = record_of(First, {"vessels": vessels})
        assert [i.path for i in issues] == ["/vessels/0/evidence", "/vessels"]


def test_answers_to_several_calls_make_one_record() -> None:
    planned, held = plan(SituationSummary, Profile.STRICT, Size.FULL), source()
    asked = [("parties",), ("military_activities",), ("headline",)]
    told: list[dict[str, Any]] = [
        {"parties": [{"name": "Velmara"}]},
        {"military_activities": [activity(actors=["Velmara"])]},
        {"headline": "Shots"},
    ]
    drafts = [
        decode(answer, planned.only(names), held) for names, answer in zip(asked, told, strict=True)
    ]
    made = assemble(planned, drafts, held)
    record, issues = made.summary, made.issues
    assert isinstance(record, SituationSummary)
    assert record.headline == "Shots"
    assert record.military_activities[0].actors == ["p1"]
    assert issues == []


def test_drafts_are_not_changed_by_assembling_them() -> None:
    planned, held = plan(SituationSummary, Profile.STRICT, Size.FULL), source()
    answer = {"parties": [], "military_activities": [activity(actors=["Velmara", "Nordovia"])]}
    draft = decode(answer, planned, held)
    first, second = (assemble(planned, [draft], held) for _ in range(2))
    assert (first.summary, first.issues) == (second.summary, second.issues)


def test_a_stored_record_validates_and_goes_through_json_unchanged() -> None:
    record, _ = situation(
        parties=[{"name": "Velmara"}],
        military_activities=[activity(actors=["Velmara"], date="on Tuesday")],
        expert_assessments=[judgement(likelihood_text="very unlikely")],
    )
    stored = record.model_dump_json()
    assert SituationSummary.model_validate_json(stored) == record
    assert SituationSummary.model_validate_json(stored).model_dump_json() == stored


SHAPES = [(Profile.STRICT, Size.FULL), (Profile.GRAMMAR, Size.CORE)]


def strings(value: Any) -> set[str]:
    """The strings in a JSON value, as they are compared."""
    if isinstance(value, str):
        return {" ".join(value.split())}
    if isinstance(value, dict):
        return {text for inner in value.values() for text in strings(inner)}
    return (
        {text for inner in value for text in strings(inner)} if isinstance(value, list) else set()
    )


def known(value: Any, names: set[str]) -> Any:
    """`value` without the keys that no schema has: those are ignored."""
    if isinstance(value, dict):
        return {key: known(inner, names) for key, inner in value.items() if key in names}
    return [known(inner, names) for inner in value] if isinstance(value, list) else value


WIRE_NAMES = set(
    json.dumps(plan(SituationSummary, Profile.STRICT, Size.FULL).json_schema(1)).split('"')
)


@pytest.mark.parametrize(("profile", "size"), SHAPES)
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_any_answer_is_asked_for_again_or_becomes_a_record_with_all_accounted_for(
    profile: Profile, size: Size, data: st.DataObject
) -> None:
    planned = plan(SituationSummary, profile, size)
    answer = data.draw(answers(planned.root))
    if not isinstance(answer, dict):
        return
    try:
        record, issues = record_of(SituationSummary, answer, profile=profile, size=size)
    except ValueError:
        return
    written = json.loads(record.model_dump_json())
    for evidence in every_evidence(record):
        assert ARTICLE.text[evidence.start : evidence.end] == evidence.quote
        assert ARTICLE.span(evidence.sentence) == (evidence.start, evidence.end)
    ids = {
        item["id"]
        for section in written.values()
        if isinstance(section, list)
        for item in section
        if "id" in item
    }
    assert all(ref.or_text or value in ids for ref, value in references(record))
    for issue in issues:
        json.dumps(issue.original)
        assert issue.path is None or at(issue.path, written) is not at
    for name, section in written.items():
        if isinstance(section, list):
            told = answer.get(name)
            listed = told if isinstance(told, list) else [told] if isinstance(told, dict) else []
            here = [i for i in issues if i.path == f"/{name}" and i.severity is Severity.ERROR]
            twice = [
                i for i in issues if i.kind is IssueKind.DUPLICATE and f"/{name}/" in f"{i.path}/"
            ]
            added = [i for i in issues if i.kind is ADDED and f"/{name}/" in f"{i.path}"]
            if profile is Profile.STRICT or name in answer:
                assert len(section) == len(listed) - len(here) - len(twice) + len(added)
    kept = strings(written) | {text for issue in issues for text in strings(issue.original)}
    names = {normal_form(v) for text in kept for v in (text, without_title(text))}
    for text in strings(known(answer, WIRE_NAMES)) - {""}:
        bare = {normal_form(text), normal_form(without_title(text))}
        number = text.strip("[] ").isdecimal() or country_code(text) in kept
        assert text in kept or bare & names or number, text
    assert SituationSummary.model_validate_json(record.model_dump_json()) == record


def every_evidence(value: Any) -> list[Evidence]:
    """The receipts in a record, at any depth."""
    if isinstance(value, Evidence):
        return [value]
    inner = [v for _, v in value] if isinstance(value, BaseModel) else value
    return [e for v in inner for e in every_evidence(v)] if isinstance(inner, list) else []


@settings(max_examples=60, deadline=None, derandomize=True)
@given(data=st.data())
def test_so_does_any_answer_for_a_schema_of_ones_own(data: st.DataObject) -> None:
    answer = data.draw(answers(plan(Harbour, Profile.STRICT, Size.FULL).root))
    if not isinstance(answer, dict):
        return
    try:
        record, issues = record_of(Harbour, answer)
    except ValueError:
        return
    names = {vessel.name for vessel in record.vessels}
    assert all(value in names for _, value in references(record))
    for issue in issues:
        json.dumps(issue.original)
        assert issue.path is None or at(issue.path, record.model_dump(mode="json")) is not at


def calls_for(sentences: int, items: int, names: int) -> int:
    """How many calls of functions it takes to make a record of so many items."""
    lines = [f"Velmara{n % names} met Harl{n % names} on Tuesday." for n in range(sentences)]
    held = source(Article.from_text("\n".join(lines), published="2025-03-06", language="en"))
    answer = {
        "parties": [{"name": f"Harl{n % names}"} for n in range(items)],
        "military_activities": [
            activity(
                "clash",
                sentences=[n % sentences + 1],
                actors=[f"Velmara{n % names}", f"Harl{n % names}"],
                description=f"A clash of Velmara{n % names}",
            )
            for n in range(items)
        ],
    }
    counted = 0

    def count(frame: Any, event: str, argument: Any) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        record, _ = record_of(SituationSummary, answer, against=held)
    finally:
        sys.setprofile(before)
    assert len(record.parties) == 2 * names
    return counted


def test_the_work_grows_with_items_and_sentences_and_not_with_their_square() -> None:
    small = calls_for(sentences=300, items=60, names=20)
    assert calls_for(sentences=300, items=240, names=20) < 5 * small
    assert calls_for(sentences=1200, items=60, names=20) < 5 * small


def test_an_added_party_for_every_item_takes_no_more_than_its_share() -> None:
    def calls(items: int) -> int:
        return calls_for(sentences=200, items=items, names=items) // items

    assert calls(200) < 2 * calls(50)


def test_what_was_folded_into_an_item_that_is_set_aside_is_told_with_it() -> None:
    meetings = [{"participants": names, "sentences": [1]} for names in ([], ["Nordovia"])]
    answer = {"diplomatic_meetings": meetings}
    record, issues = record_of(SituationSummary, answer, profile=Profile.GRAMMAR, size=Size.CORE)
    assert record.diplomatic_meetings == []
    assert [issue.original for issue in issues if issue.original in meetings] == meetings[::-1]
