"""The same documents scored on other terms."""

from __future__ import annotations

from typing import Annotated

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from summarizer.evals.documents import Tolerance
from summarizer.evals.labelled import Labelled
from summarizer.evals.scoring import Scorer
from summarizer.evals.variants import THRESHOLDS, Case, at_thresholds, with_oracle_parties
from summarizer.schemas import Evidence
from summarizer.schemas.markers import Anchor, ByCode, Exactly, Naming, Ref, Unscored


class Crew(BaseModel):
    id: Annotated[str | None, ByCode()] = None
    name: Annotated[str, Naming()]
    nicknames: Annotated[list[str], Naming(), Unscored()] = Field(default_factory=list)
    flag: Annotated[str | None, Exactly(), Anchor()] = None
    port: Annotated[str | None, Exactly()] = None


class Voyage(BaseModel):
    goal: Annotated[str, Exactly(), Anchor()]
    by: list[Annotated[str, Ref("crews")]] = Field(default_factory=list)


class Logbook(BaseModel):
    crews: list[Crew] = Field(default_factory=list)
    voyages: list[Voyage] = Field(default_factory=list)


class Find(BaseModel):
    id: Annotated[str | None, ByCode()] = None
    depth: Annotated[str, Exactly()] = "deep"
    evidence: list[Evidence]


class Note(BaseModel):
    about: Annotated[str, Ref("finds")]
    text: Annotated[str, Exactly()]


class Archive(BaseModel):
    name: Annotated[str, Naming()]
    finds: list[Find]
    notes: list[Note]


SCORER = Scorer(Logbook)


def logbook(*crews: Crew, by: list[str], goal: str = "Norvik") -> Logbook:
    return Logbook(crews=list(crews), voyages=[Voyage(goal=goal, by=by)])


def crew(name: str, identity: str | None = "p1", *, flag: str = "red", port: str = "Dun") -> Crew:
    return Crew(id=identity, name=name, flag=flag, port=port)


def case(gold: Logbook, predicted: Logbook | None, *tolerances: Tolerance) -> Case:
    return Case("d", Labelled(gold, tolerances=tolerances), Labelled(predicted), cluster="c")


def references(one: Case) -> float:
    """What the references of a case earn with the parties of the gold."""
    return with_oracle_parties(SCORER, one).fields["voyages.by"].mass.value


def test_at_each_threshold_the_counts_are_those_of_a_scorer_with_that_threshold() -> None:
    half = case(
        logbook(crew("Tern"), by=["p1"]),
        logbook(crew("Gull", port="Oss"), by=[], goal="Norvik"),
    )
    found = at_thresholds(SCORER, [half, half])
    assert tuple(found) == THRESHOLDS
    for threshold, documents in found.items():
        own = Scorer(Logbook, threshold).score(half.gold, half.predicted, id="d", cluster="c")
        assert documents == [own, own]


def test_the_higher_the_threshold_the_fewer_are_aligned() -> None:
    third = case(
        logbook(crew("Tern"), by=["p1"]),
        logbook(crew("Gull", port="Oss"), by=["p1", "p1"]),
    )
    found = at_thresholds(SCORER, [third], [0.2, 0.4, 0.6])
    aligned = {t: each.sections["crews"].items.aligned for t, (each,) in found.items()}
    assert aligned == {0.2: 1, 0.4: 0, 0.6: 0}


def test_references_to_a_party_with_a_wrong_name_match_if_it_is_aligned() -> None:
    wrong = case(logbook(crew("Tern"), by=["p1"]), logbook(crew("Gull"), by=["p1"]))
    assert SCORER.score(wrong.gold, wrong.predicted, id="d").fields["voyages.by"].mass.value == 0
    assert references(wrong) == 1


def test_its_own_name_stays_wrong() -> None:
    wrong = case(logbook(crew("Tern"), by=["p1"]), logbook(crew("Gull"), by=["p1"]))
    assert with_oracle_parties(SCORER, wrong).fields["crews.name"].mass.value == 0


def test_a_party_that_is_aligned_with_nothing_keeps_its_own_name_alone() -> None:
    other = case(logbook(crew("Tern"), by=["p1"]), logbook(crew("Gull", flag="blue"), by=["p1"]))
    assert references(other) == 0


def test_references_by_name_follow_the_one_party_that_bears_it() -> None:
    gold = logbook(crew("Tern"), by=["p1"])
    blue = crew("Gull", None, flag="blue")
    assert references(case(gold, logbook(crew("Gull", None), by=["Gull"]))) == 1
    assert references(case(gold, logbook(crew("Gull", None), blue, by=["Gull"]))) == 0


def test_an_id_goes_before_a_name() -> None:
    gold = logbook(crew("Tern"), by=["p1"])
    other = crew("Swift", "p2", flag="blue")
    assert references(case(gold, logbook(crew("p2"), other, by=["p2"]))) == 0


def test_names_that_a_tolerance_adds_are_the_golds_too() -> None:
    known = Tolerance(at="/crews/0", names=["Swift"])
    gold = logbook(crew("Tern"), crew("Swift", "p2", flag="green"), by=["p2"])
    assert references(case(gold, logbook(crew("Gull"), by=["p1"]), known)) == 1
    assert references(case(gold, logbook(crew("Gull"), by=["p1"]))) == 0


def test_a_party_that_has_the_names_of_two_answers_for_one_with_those_of_the_gold_too() -> None:
    gold = logbook(crew("Tern"), crew("Swift", "p2", flag="green"), by=["p1", "p2"])
    merged = crew("Tern")
    merged.nicknames = ["Swift"]
    assert references(case(gold, logbook(merged, by=["p1", "p1"]))) == 1


def test_the_names_that_the_gold_lends_make_nobody_several() -> None:
    gold = logbook(crew("Tern"), crew("Swift", "p2", flag="green"), by=["p1", "p2"])
    other = logbook(crew("Swift"), by=["p1", "p1"])
    assert references(case(gold, other)) == 2


def test_items_without_names_are_known_by_their_receipts_as_before() -> None:
    cited = [Evidence(sentence=1, start=0, end=4, quote="Find")]
    archive = Archive(
        name="North", finds=[Find(id="f1", evidence=cited)], notes=[Note(about="f1", text="old")]
    )
    one = Case("d", Labelled(archive), Labelled(archive.model_copy(update={"name": "South"})))
    found = with_oracle_parties(Scorer(Archive), one)
    assert found.fields["notes.about"].mass.value == 1
    assert found.fields["Archive.name"].mass.value == 0


def test_a_run_that_failed_has_no_parties() -> None:
    found = with_oracle_parties(SCORER, case(logbook(crew("Tern"), by=["p1"]), None))
    assert (found.mass.predicted, found.id, found.cluster) == (0, "d", "c")


NAMES = st.sampled_from(["Tern", "Gull", "Swift"])
CREWS = st.lists(
    st.tuples(NAMES, st.sampled_from(["red", "blue"]), st.sampled_from(["Dun", "Oss"])), max_size=3
)
BY = st.lists(st.integers(0, 2), max_size=3)


@st.composite
def logbooks(draw: st.DrawFn) -> Logbook:
    crews = [
        crew(name, f"p{i}", flag=flag, port=port)
        for i, (name, flag, port) in enumerate(draw(CREWS))
    ]
    return logbook(*crews, by=[f"p{i}" for i in draw(BY) if i < len(crews)])


@settings(deadline=None)  # the machine may be busy
@given(logbooks(), logbooks())
def test_with_the_parties_of_the_gold_no_document_scores_less(
    gold: Logbook, predicted: Logbook
) -> None:
    one = case(gold, predicted)
    plain = SCORER.score(one.gold, one.predicted, id="d").mass
    oracle = with_oracle_parties(SCORER, one).mass
    assert oracle.value >= plain.value - 1e-9
    assert (oracle.gold, oracle.predicted) == pytest.approx((plain.gold, plain.predicted))
