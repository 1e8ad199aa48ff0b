"""What a model is asked to write: the two profiles, the two sizes, and users' own schemas."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from typing import Annotated, Any, Generic, Literal, TypeVar

import pytest
from drafting import ARTICLE, inner_nodes
from pydantic import BaseModel, Field, HttpUrl, RootModel, create_model
from typing_extensions import TypeAliasType

from summarizer.errors import SchemaError
from summarizer.schemas import DatePhrase, Evidence, Grounded, Quantity, SituationSummary
from summarizer.schemas.markers import (
    ByCode,
    FirstMentions,
    FromEvidence,
    FullOnly,
    Key,
    Limit,
    Ref,
    Verbatim,
)
from summarizer.wire import Kind, Node, Plan, Profile, Size, Slot, plan

BOTH = [(profile, size) for profile in Profile for size in Size]
STRICT_KEYWORDS = {
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "enum",
    "anyOf",
    "description",
    "format",
    "title",
}
"""What OpenAI's strict mode takes in any version; all bounds and `pattern` are left out."""


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema inside `schema`, itself included; the names of properties are none."""
    if isinstance(schema, list):
        for entry in schema:
            yield from objects(entry)
    elif isinstance(schema, dict):
        yield schema
        for key, value in schema.items():
            if key in ("properties", "$defs"):
                yield from objects(list(value.values()))
            elif key in ("items", "anyOf"):
                yield from objects(value)


def typed(schema: type[BaseModel], profile: Profile, size: Size = Size.FULL) -> dict[str, Any]:
    """The wire schema for an article of six sentences."""
    return plan(schema, profile, size).json_schema(6)


def prop(model: type[BaseModel], name: str, profile: Profile = Profile.STRICT) -> Any:
    """The wire schema of one top-level field."""
    return typed(model, profile)["properties"][name]


def slot_of(node: Node, *path: str) -> Slot:
    """The field that `path` leads to; through lists, too."""
    name, *rest = path
    slot = next(slot for slot in node.fields if slot.name == name)
    inner = slot.node.item if slot.node.kind is Kind.LIST else slot.node
    return slot_of(inner, *rest) if rest and inner is not None else slot


def of(annotation: Any, default: Any = ...) -> type[BaseModel]:
    """A model with one field, `x`."""
    return create_model("Model", x=(annotation, default))


class Side(Grounded):
    name: str = Field(description="Its name.")


class Clash(Grounded):
    """An item that says a little of everything."""

    sides: list[Annotated[str, Ref("sides")]] = Field(default=[], description="Who fights.")
    winner: Annotated[str, Ref("sides")] | None = None
    when: DatePhrase | None = None


class Report(BaseModel):
    title: str
    sides: list[Side] = Field(default=[], description="Who is in it.")
    clashes: list[Clash] = []
    outcome: Literal["won", "lost"] | None = None


@pytest.mark.parametrize("model", [SituationSummary, Report])
@pytest.mark.parametrize("size", list(Size))
class TestStrict:
    """The strict profile."""

    def test_every_property_is_required_and_no_other_is_allowed(
        self, model: type[BaseModel], size: Size
    ) -> None:
        for schema in objects(typed(model, Profile.STRICT, size)):
            if schema.get("type") == "object":
                assert schema["required"] == list(schema["properties"])
                assert schema["additionalProperties"] is False

    def test_no_keyword_is_there_that_strict_mode_refuses(
        self, model: type[BaseModel], size: Size
    ) -> None:
        for schema in objects(typed(model, Profile.STRICT, size)):
            assert set(schema) <= STRICT_KEYWORDS
            assert "type" in schema or "anyOf" in schema

    def test_what_is_optional_may_be_null_or_an_empty_list(
        self, model: type[BaseModel], size: Size
    ) -> None:
        for slot, schema in asked_with_schema(plan(model, Profile.STRICT, size)):
            nullable = '"null"' in json.dumps([schema.get("type"), schema.get("anyOf")])
            listed = slot.node.kind in (Kind.LIST, Kind.EVIDENCE)
            assert nullable == (not slot.required and not listed), slot.name

    def test_it_is_the_same_for_every_article(self, model: type[BaseModel], size: Size) -> None:
        planned = plan(model, Profile.STRICT, size)
        schemas = [planned.json_schema(1), planned.json_schema(5000, ["Velmara", "Harl"])]
        assert json.dumps(schemas[0]) == json.dumps(schemas[1])


def asked_with_schema(planned: Plan) -> Iterator[tuple[Slot, dict[str, Any]]]:
    """Each field asked for in an object that is not bare, beside its wire schema."""

    def walk(node: Node, schema: dict[str, Any]) -> Iterator[tuple[Slot, dict[str, Any]]]:
        for slot in node.fields:
            if slot.asked:
                told = schema["properties"][slot.wire_name]
                yield slot, told
                if slot.node.item is not None and slot.node.item.kind is Kind.OBJECT:
                    yield from walk(slot.node.item, told["items"])

    return walk(planned.root, planned.json_schema(6))


def test_strict_stays_below_openai_s_caps() -> None:
    schema = typed(SituationSummary, Profile.STRICT)
    inside = list(objects(schema))
    assert sum(len(entry.get("enum", ())) for entry in inside) < 500
    assert sum(len(entry.get("properties", ())) for entry in inside) < 100
    assert depth(schema) <= 5


def depth(schema: Any) -> int:
    """How many objects stand one in another."""
    below = max((depth(entry) for entry in children(schema)), default=0)
    return below + ("properties" in schema)


def children(schema: dict[str, Any]) -> list[dict[str, Any]]:
    own = [*schema.get("properties", {}).values(), *schema.get("anyOf", ())]
    return [*own, schema["items"]] if "items" in schema else own


def test_descriptions_are_those_of_the_fields_where_a_model_sees_the_schema() -> None:
    sides = prop(Report, "sides")
    assert sides["description"] == "Who is in it."
    assert sides["items"]["properties"]["name"]["description"] == "Its name."
    assert "description" not in json.dumps(typed(Report, Profile.GRAMMAR))


@pytest.mark.parametrize("model", [SituationSummary, Report])
@pytest.mark.parametrize("size", list(Size))
def test_a_grammar_bounds_every_string_list_and_number(model: type[BaseModel], size: Size) -> None:
    for schema in objects(typed(model, Profile.GRAMMAR, size)):
        kind = schema.get("type")
        if kind == "array":
            assert schema["maxItems"] > 0
        elif kind == "string" and "enum" not in schema:
            assert schema["maxLength"] > 0
        elif kind in ("integer", "number") and "enum" not in schema:
            assert schema["minimum"] < schema["maximum"]
        else:
            assert kind in ("object", "string", "integer", "boolean") or "$ref" in schema


def test_a_grammar_leaves_out_what_is_optional_and_asks_for_evidence() -> None:
    clash = prop(Report, "clashes", Profile.GRAMMAR)["items"]
    assert clash["required"] == ["sentences"]
    assert clash["properties"]["sentences"]["minItems"] == 1
    assert typed(of(list[Evidence], []), Profile.GRAMMAR)["required"] == ["x"]
    assert "null" not in json.dumps(typed(Report, Profile.GRAMMAR))


@pytest.mark.parametrize(
    ("sentences", "last"), [(0, 1), (1, 1), (2, 2), (3, 4), (33, 64), (64, 64)]
)
def test_sentence_numbers_are_listed_up_to_a_power_of_two(sentences: int, last: int) -> None:
    schema = plan(Report, Profile.GRAMMAR, Size.FULL).json_schema(sentences)
    assert schema["$defs"]["sentence"]["enum"] == list(range(1, last + 1))


def test_of_a_later_window_the_sentence_numbers_are_its_own_and_no_more() -> None:
    schema = plan(Report, Profile.GRAMMAR, Size.FULL).json_schema(43, first=41)
    assert schema["$defs"]["sentence"]["enum"] == [41, 42, 43]


def test_names_are_a_closed_list_in_the_core_size_of_a_grammar_and_nowhere_else() -> None:
    for profile, size in BOTH:
        schema = plan(Report, profile, size).json_schema(6, ["Velmara"])
        closed = [entry for entry in objects(schema) if entry.get("enum") == ["Velmara"]]
        assert bool(closed) == (profile is Profile.GRAMMAR and size is Size.CORE)
    assert typed(Report, Profile.GRAMMAR, Size.CORE)["$defs"]["name"] == {
        "type": "string",
        "maxLength": 80,
    }


def test_a_schema_is_planned_and_rendered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    class Once(BaseModel):
        sides: list[Side]

    rendered: list[Node] = []
    from summarizer.wire import plans

    def render(node: Node, profile: Profile) -> dict[str, Any]:
        rendered.append(node)
        return {"properties": {}}

    monkeypatch.setattr(plans, "object_schema", render)
    before = plan.cache_info().misses
    for sentences in range(20):
        plan(Once, Profile.GRAMMAR, Size.CORE).json_schema(sentences, [f"Name {sentences}"])
    assert plan.cache_info().misses == before + 1
    assert len(rendered) == 1


@pytest.mark.parametrize(
    "name", ["claims", "quantities", "name_en", "proposition", "motive", "likelihood_text", "date"]
)
def test_core_leaves_out_what_is_for_the_full_size(name: str) -> None:
    assert f'"{name}"' in json.dumps(typed(SituationSummary, Profile.STRICT))
    assert f'"{name}"' not in json.dumps(typed(SituationSummary, Profile.STRICT, Size.CORE))


@pytest.mark.parametrize("name", ["id", "likelihood", "edtf", "quote", "evidence"])
def test_nothing_that_code_fills_is_ever_asked_for(name: str) -> None:
    for profile, size in BOTH:
        assert f'"{name}"' not in json.dumps(typed(SituationSummary, profile, size))


def test_an_object_of_one_field_is_written_without_the_object() -> None:
    meeting = prop(SituationSummary, "diplomatic_meetings")["items"]["properties"]
    assert meeting["date"]["type"] == ["string", "null"]
    assert meeting["location"]["type"] == ["object", "null"]


def test_a_plan_can_be_cut_down_to_some_fields() -> None:
    part = plan(Report, Profile.STRICT, Size.FULL).only(["sides"])
    assert list(part.json_schema(3)["properties"]) == ["sides"]
    with pytest.raises(SchemaError, match="Report has no field moods"):
        part.only(["moods"])


class TestEvidence:
    """Evidence in users' schemas."""

    def test_a_list_of_it_is_sentence_numbers_at_any_depth(self) -> None:
        class Inner(BaseModel):
            proof: list[Evidence]

        class Outer(BaseModel):
            evidence: list[Evidence]
            inner: Inner | None = None
            many: list[Inner] = []
            grid: list[list[Evidence]] = []

        number = {"type": "integer"}
        wire = typed(Outer, Profile.STRICT)["properties"]
        assert wire["sentences"]["items"] == number
        assert wire["inner"]["properties"]["proof"]["items"] == number
        assert wire["many"]["items"]["properties"]["proof"]["items"] == number
        assert wire["grid"]["items"]["items"] == number

    @pytest.mark.parametrize(
        "annotation",
        [
            Evidence,
            Evidence | None,
            tuple[Evidence, ...],
            set[Evidence],
            list[tuple[Evidence, ...]],
        ],
    )
    def test_anywhere_else_it_is_an_error_that_names_the_place(self, annotation: Any) -> None:
        with pytest.raises(SchemaError, match=r"^Model\.x.*: Evidence stands by itself.*list\["):
            plan(of(annotation), Profile.STRICT, Size.FULL)

    def test_a_class_of_ones_own_that_derives_from_it_is_an_error(self) -> None:
        class Mine(Evidence, frozen=True):
            weight: float

        with pytest.raises(SchemaError, match=r"Model\.x\[\]: Evidence stands by itself"):
            plan(of(list[Mine]), Profile.STRICT, Size.FULL)

    def test_a_field_of_the_same_name_on_the_wire_is_an_error(self) -> None:
        class Twice(Grounded):
            sentences: list[str]

        with pytest.raises(SchemaError, match="Twice: a field is called sentences"):
            plan(Twice, Profile.STRICT, Size.FULL)


class Node1(BaseModel):
    inner: list[Node1] = []


class TestErrors:
    """What can't be asked for is an error that names the place and tells a way out."""

    @pytest.mark.parametrize(
        "annotation",
        [
            dict[str, int],
            dict[str, Evidence],
            Any,
            list,
            object,
            Side | Clash,
            bytes | dict[str, str],
            Literal[b"a"],
            Enum("Odd", {"A": (1, 2)}),
            type[int],
        ],
    )
    def test_open_ended_values(self, annotation: Any) -> None:
        with pytest.raises(SchemaError, match=r"^Model\.x: no model can be asked for") as caught:
            plan(of(annotation), Profile.STRICT, Size.FULL)
        assert "models with named fields" in str(caught.value.hint)

    @pytest.mark.parametrize("annotation", [tuple[int, str], tuple[()]])
    def test_lists_of_several_types(self, annotation: Any) -> None:
        with pytest.raises(SchemaError, match=r"Model\.x.*one type of item"):
            plan(of(annotation), Profile.STRICT, Size.FULL)

    def test_a_model_that_holds_itself(self) -> None:
        with pytest.raises(SchemaError, match=r"Node1\.inner\[\]: Node1 holds itself.*Ref"):
            plan(Node1, Profile.STRICT, Size.FULL)

    def test_a_root_model(self) -> None:
        with pytest.raises(SchemaError, match=r"Model\.x: .* is a RootModel"):
            plan(of(RootModel[list[int]]), Profile.STRICT, Size.FULL)

    def test_an_annotation_that_is_not_defined(self) -> None:
        class Broken(BaseModel):
            x: Nowhere  # type: ignore[name-defined]  # noqa: F821  # the point of it

        with pytest.raises(SchemaError, match="Broken speaks of Nowhere, which is not defined"):
            plan(Broken, Profile.STRICT, Size.FULL)

    @pytest.mark.parametrize("schema", [dict, 3, Report(title="")])
    def test_what_is_no_model(self, schema: Any) -> None:
        with pytest.raises(TypeError, match=r"no Pydantic model|unhashable"):
            plan(schema, Profile.STRICT, Size.FULL)

    def test_a_reference_to_a_list_that_is_not_there(self) -> None:
        place = r"Model\.x\[\]: it refers to moods, and the schema has no such list"
        with pytest.raises(SchemaError, match=place):
            plan(of(list[Annotated[str, Ref("moods")]]), Profile.STRICT, Size.FULL)
        plan(of(list[Annotated[str, Ref("moods", or_text=True)]]), Profile.STRICT, Size.FULL)

    def test_a_reference_to_items_without_a_name(self) -> None:
        class Nameless(BaseModel):
            count: int

        class Model(BaseModel):
            x: Annotated[str, Ref("y")]
            y: list[Nameless]

        with pytest.raises(SchemaError, match=r"Model\.x: items of y have no name"):
            plan(Model, Profile.STRICT, Size.FULL)

    def test_a_reference_that_is_no_text(self) -> None:
        with pytest.raises(SchemaError, match=r"Model\.x: a Ref is text"):
            plan(of(Annotated[int, Ref("x")]), Profile.STRICT, Size.FULL)

    @pytest.mark.parametrize("marker", [ByCode(), FullOnly()])
    def test_a_field_that_is_not_always_asked_for_and_has_no_default(self, marker: Any) -> None:
        with pytest.raises(SchemaError, match=r"Model\.x: .* has no default"):
            plan(of(Annotated[str, marker]), Profile.STRICT, Size.FULL)
        plan(of(Annotated[str | None, marker]), Profile.STRICT, Size.FULL)

    def test_text_from_evidence_where_there_is_none(self) -> None:
        with pytest.raises(SchemaError, match=r"Model\.x: FromEvidence, but there is no evidence"):
            plan(of(Annotated[str, FromEvidence()]), Profile.STRICT, Size.FULL)

    def test_first_mentions_of_nothing(self) -> None:
        with pytest.raises(SchemaError, match=r"Model\.x: FirstMentions"):
            plan(of(Annotated[list[Evidence], FirstMentions()]), Profile.STRICT, Size.FULL)


class Level(IntEnum):
    LOW = 1
    HIGH = 2


class Colour(StrEnum):
    RED = "red"


T = TypeVar("T")


class Box(BaseModel, Generic[T]):
    held: T


Tag = TypeAliasType("Tag", Annotated[str, Limit(chars=9)])


class TestValues:
    """What plain values look like on the wire."""

    @pytest.mark.parametrize(
        ("annotation", "schema"),
        [
            (int, {"type": "integer"}),
            (float, {"type": "number"}),
            (bool, {"type": "boolean"}),
            (str, {"type": "string"}),
            (Colour, {"type": "string", "enum": ["red"]}),
            (Level, {"type": "integer", "enum": [1, 2]}),
            (Literal["a", "b"], {"type": "string", "enum": ["a", "b"]}),
            (Literal["a", 1], {"type": ["integer", "string"], "enum": ["a", 1]}),
            (date, {"type": "string", "format": "date"}),
            (datetime, {"type": "string", "format": "date-time"}),
            (HttpUrl, {"type": "string"}),
            (int | str, {"anyOf": [{"type": "integer"}, {"type": "string"}]}),
            (Decimal, {"anyOf": [{"type": "number"}, {"type": "string"}]}),
            (list[int], {"type": "array", "items": {"type": "integer"}}),
            (set[str], {"type": "array", "items": {"type": "string"}}),
            (tuple[int, ...], {"type": "array", "items": {"type": "integer"}}),
        ],
    )
    def test_in_the_strict_profile(self, annotation: Any, schema: Any) -> None:
        assert prop(of(annotation), "x") == schema

    @pytest.mark.parametrize("annotation", [str | None, Literal["a", None], Colour | None])
    def test_what_may_be_null_is_nullable_even_without_a_default(self, annotation: Any) -> None:
        assert "null" in json.dumps(prop(of(annotation), "x"))
        assert typed(of(annotation), Profile.GRAMMAR)["required"] == []

    def test_bounds_reach_into_unions(self) -> None:
        assert prop(of(int | str), "x", Profile.GRAMMAR)["anyOf"][1]["maxLength"] > 0

    @pytest.mark.parametrize(
        ("annotation", "bound"),
        [
            (Annotated[str, Limit(chars=7)], 7),
            (Annotated[str, Field(max_length=8)], 8),
            (Tag, 9),
            (Annotated[str, Field(max_length=8), Limit(chars=7)], 7),
        ],
    )
    def test_a_limit_or_pydantic_s_own_is_the_bound(self, annotation: Any, bound: int) -> None:
        assert prop(of(annotation), "x", Profile.GRAMMAR)["maxLength"] == bound

    def test_a_limit_on_a_list_is_that_of_its_items(self) -> None:
        limited = Annotated[list[Annotated[str, Limit(chars=5)]], Limit(items=3)]
        schema = prop(of(limited), "x", Profile.GRAMMAR)
        assert (schema["maxItems"], schema["items"]["maxLength"]) == (3, 5)

    def test_generic_models_are_asked_for_by_their_fields(self) -> None:
        assert typed(Box[int], Profile.STRICT)["properties"] == {"held": {"type": "integer"}}

    def test_nested_models_keep_their_names(self) -> None:
        assert list(prop(of(Quantity), "x")["properties"])[:3] == ["measure", "min", "max"]


class TestSlots:
    """How fields are read."""

    def test_a_date_is_asked_for_in_core_only_where_nothing_stands_without_it(self) -> None:
        class Dated(BaseModel):
            must: DatePhrase
            may: DatePhrase | None = None

        core = plan(Dated, Profile.STRICT, Size.CORE).root
        assert slot_of(core, "must").asked
        assert not slot_of(core, "may").asked
        assert slot_of(plan(Dated, Profile.STRICT, Size.FULL).root, "may").asked

    def test_marks_of_strings_may_stand_on_their_list(self) -> None:
        class Model(BaseModel):
            x: Annotated[list[str], Ref("sides")]
            y: Annotated[list[str], Verbatim()]
            sides: list[Side]

        root = plan(Model, Profile.STRICT, Size.FULL).root
        assert [inner.kind for inner in inner_nodes(root)][1:4:2] == [Kind.REFERENCE, Kind.NAME]

    def test_items_go_by_their_verbatim_names_their_key_or_their_name(self) -> None:
        class Keyed(BaseModel):
            label: Annotated[str, Key()]
            kind: Annotated[Colour, Key()]
            name: str

        def names(model: type[BaseModel]) -> list[str]:
            root = plan(model, Profile.STRICT, Size.FULL).root
            return [slot.name for slot in root.names]

        assert names(Keyed) == ["label"]
        assert names(Side) == ["name"]
        parties = slot_of(plan(SituationSummary, Profile.STRICT, Size.FULL).root, "parties")
        assert parties.node.item is not None
        listed = [slot.name for slot in parties.node.item.names]
        assert listed == ["name", "name_en", "aliases"]

    def test_an_object_of_which_nothing_is_asked_is_not_asked_for(self) -> None:
        class Given(BaseModel):
            id: Annotated[str | None, ByCode()] = None

        assert typed(of(Given | None, None), Profile.STRICT)["properties"] == {}
        assert typed(of(list[Given], []), Profile.STRICT)["properties"] == {}


def test_no_plan_knows_the_article() -> None:
    for profile, size in BOTH:
        text = json.dumps(plan(SituationSummary, profile, size).json_schema(7))
        assert "Velmara" not in text
        assert ARTICLE.text[:20] not in text
