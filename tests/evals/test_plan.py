"""What of a schema is compared, and how, by its types and marks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, create_model

from summarizer.errors import SchemaError
from summarizer.evals.comparators import (
    Comparator,
    Dates,
    Enumeration,
    Exact,
    Moments,
    Names,
    Number,
    Text,
)
from summarizer.evals.counts import Mass
from summarizer.evals.diagnosis import diagnose
from summarizer.evals.documents import Tolerance
from summarizer.evals.labelled import Labelled
from summarizer.evals.plan import FieldPlan, RecordPlan, plan_of
from summarizer.evals.scoring import Scorer
from summarizer.evals.variants import Case, with_oracle_parties
from summarizer.schemas import DatePhrase, Evidence, Grounded, Quantity, SituationSummary
from summarizer.schemas.markers import Anchor, Key, Naming, Unscored, Verbatim

Name = Annotated[str, Verbatim(), Key()]


class Kind(StrEnum):
    """What a thing is."""

    SHIP = "ship"
    PORT = "port"


def of(section: str, model: type[BaseModel]) -> type[BaseModel]:
    """A schema of one section, of items of a class."""
    fields: Any = {section: (list.__class_getitem__(model), [])}
    made: type[BaseModel] = create_model("Things", **fields)
    return made


def schema(annotation: Any) -> type[BaseModel]:
    """A schema of one section, whose items have one field, `value`, of a type."""
    return of("things", create_model("Item", value=(annotation, None)))


def item(annotation: Any) -> RecordPlan:
    return plan_of(schema(annotation)).sections["things"]


def value(annotation: Any) -> FieldPlan:
    (found,) = item(annotation).fields
    return found


def credit(annotation: Any, gold: Any, predicted: Any, *tolerances: dict[str, Any]) -> float:
    """What one value earns in the place of another."""
    given = schema(annotation)
    scorer = Scorer(given)
    one, other = (given.model_validate({"things": [{"value": v}]}) for v in (gold, predicted))
    left_open = [Tolerance.model_validate(each) for each in tolerances]
    found = scorer.score(Labelled(one, tolerances=left_open), Labelled(other), id="d")
    return found.mass.value


@pytest.mark.parametrize(
    ("annotation", "comparator"),
    [
        (str, Text()),
        (int | None, Number()),
        (Decimal, Number()),
        (int | float | None, Number()),
        (bool, Exact()),
        (date, Dates()),
        (datetime | None, Moments()),
        (Kind, Enumeration()),
        (Literal["a"] | Literal["b"] | None, Enumeration()),
        (Kind | Literal["other"], Enumeration()),
        (Annotated[str | None, Verbatim()], Names()),
    ],
    ids=str,
)
def test_the_comparator_follows_from_the_type(annotation: Any, comparator: Comparator) -> None:
    assert value(annotation).comparator == comparator


@pytest.mark.parametrize(
    "annotation",
    [
        int | str,
        str | list[str],
        dict[str, str] | None,
        dict,
        list,
        Any,
        object,
        list[list[int]],
        list[int | str],
        tuple[int, str],
        DatePhrase | date,
        Quantity | DatePhrase,
    ],
    ids=str,
)
def test_a_field_that_cannot_be_compared_is_refused_by_name(annotation: Any) -> None:
    with pytest.raises(SchemaError, match=r"Item\.value holds values") as refused:
        item(annotation)
    assert "Unscored()" in (refused.value.hint or "")


@pytest.mark.parametrize("annotation", [int | str, dict[str, str], Any])
def test_unless_it_is_marked_as_not_compared(annotation: Any) -> None:
    assert item(Annotated[annotation, Unscored()]).fields == ()


def test_one_at_the_top_is_refused_as_well() -> None:
    with pytest.raises(SchemaError, match=r"Top\.meta holds values"):
        plan_of(create_model("Top", meta=(dict[str, str], {})))


@pytest.mark.parametrize("annotation", [list[int] | None, tuple[int, int], set[int], list[int]])
def test_what_holds_several_values_of_a_type_is_a_list(annotation: Any) -> None:
    found = value(annotation)
    assert (found.many, found.inner, found.comparator) == (True, int, Number())


def test_numbers_are_compared_as_numbers_however_they_are_written() -> None:
    assert credit(Decimal, "5.0", "5.00") == 1
    assert credit(Decimal, "5.0", "5.01") == 0
    assert credit(Decimal, "5", "7", {"at": "/things/0/value", "alternatives": ["7.0"]}) == 1
    assert credit(int | float, 5, 5.0) == 1


def test_moments_are_compared_exactly_and_days_by_the_day() -> None:
    noon, later = "2031-05-03T12:00:00Z", "2031-05-03T13:00:00Z"
    assert credit(datetime, noon, later) == 0
    assert credit(datetime, noon, "2031-05-03T14:00:00+02:00") == 1
    assert credit(datetime, noon, "2031-05-03T12:00:00") == 0
    assert credit(datetime, noon, later, {"at": "/things/0/value", "alternatives": [later]}) == 1
    assert Moments().prepare(noon) == datetime(2031, 5, 3, 12, tzinfo=UTC)
    assert credit(date, "2031-05-03", date(2031, 5, 3)) == 1


class Ship(Grounded):
    """One whose name is a key and stands in the article."""

    id: str
    name: Name
    nicknames: Annotated[list[str], Verbatim()] = Field(default_factory=list)
    tons: int | None = None


class Fleet(BaseModel):
    """Ships."""

    ships: list[Ship] = []


def test_what_is_verbatim_and_a_key_names_its_item() -> None:
    ships = plan_of(Fleet).sections["ships"]
    assert ships.naming == ("name",)
    assert [field.name for field in ships.fields if field.naming] == ["name"]


def test_unless_another_field_is_marked_so() -> None:
    class Boat(BaseModel):
        name: Name
        sign: Annotated[str, Naming()]

    boats = plan_of(of("boats", Boat)).sections["boats"]
    assert boats.naming == ("sign",)


def test_without_an_anchor_items_are_anchored_on_their_names() -> None:
    ships = plan_of(Fleet).sections["ships"]
    assert [ships.fields[i].name for i in ships.anchors] == ["name"]


def test_an_anchor_that_is_marked_is_the_only_one() -> None:
    class Boat(BaseModel):
        name: Name
        port: Annotated[str, Anchor()]

    boats = plan_of(of("boats", Boat)).sections["boats"]
    assert [boats.fields[i].name for i in boats.anchors] == ["port"]


def test_items_of_other_names_are_not_aligned() -> None:
    class Bare(BaseModel):
        name: Name
        tons: int
        flag: str

    bare = of("ships", Bare)
    one, other = (
        Labelled(bare.model_validate({"ships": [{"name": name, "tons": 5, "flag": "Orvia"}]}))
        for name in ("Osk", "Nordal")
    )
    assert Scorer(bare).score(one, other, id="d").sections["ships"].items.aligned == 0
    assert Scorer(bare).score(one, one, id="d").sections["ships"].items.aligned == 1


def test_the_id_of_an_item_is_not_compared() -> None:
    assert [field.name for field in plan_of(Fleet).sections["ships"].fields] == [
        "name",
        "nicknames",
        "tons",
    ]
    receipt = [{"sentence": 1, "start": 0, "end": 3, "quote": "Osk"}]
    one, other = (
        Labelled(Fleet.model_validate({"ships": [{"id": i, "name": "Osk", "evidence": receipt}]}))
        for i in ("s1", "x")
    )
    mass = Scorer(Fleet).score(one, other, id="d").mass
    assert mass.gold == mass.predicted == mass.value == 1


def test_nor_is_it_by_the_rules_of_the_package_own_schema() -> None:
    for section in plan_of(SituationSummary).sections.values():
        assert "id" not in [field.name for field in section.fields]


def test_an_id_deeper_in_is_a_value_like_any_other() -> None:
    hull = create_model("Hull", id=(str, ...))
    ships = create_model("Ship", hull=(hull, ...))
    found = plan_of(of("ships", ships)).sections["ships"]
    assert found.fields[0].record is not None
    assert [field.name for field in found.fields[0].record.fields] == ["id"]


def test_a_list_may_be_null_wherever_it_stands() -> None:
    class Boat(BaseModel):
        name: Name
        ports: list[str] | None = None
        evidence: list[Evidence] | None = None

    class Boats(BaseModel):
        boats: list[Boat] | None = None

    article = "Osk sailed from Nordal."
    none = Labelled(Boats(), article)
    one = Labelled(Boats(boats=[Boat(name="Osk")]), article)
    scorer = Scorer(Boats)
    assert scorer.score(none, none, id="d").mass == Mass()
    assert scorer.score(one, none, id="d").sections["boats"].items.gold == 1
    assert scorer.score(one, one, id="d").mass.value == 1
    assert with_oracle_parties(scorer, Case("d", one, none)).mass.gold == 1
    assert diagnose(scorer.compare(none, one), article) != []
