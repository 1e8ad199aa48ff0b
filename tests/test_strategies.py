"""A strategy spreads the fields of a schema over calls, each field once."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from summarizer import ConfigurationError, Grounded
from summarizer.schemas import SituationSummary
from summarizer.strategies import FORMS, SECTIONS, SINGLE, STRATEGIES, Call, Strategy, choose
from summarizer.wire import Profile, Size, asked_slots, plan


class Finding(Grounded):
    what: str


class Report(BaseModel):
    headline: str
    findings: list[Finding]


class Lists(BaseModel):
    findings: list[Finding]
    doubts: list[Finding]


@pytest.mark.parametrize("schema", [SituationSummary, Report, Lists])
@pytest.mark.parametrize("size", Size)
def test_every_field_that_is_asked_for_is_asked_for_once(
    schema: type[BaseModel], size: Size
) -> None:
    planned = plan(schema, Profile.STRICT, size)
    asked = [slot.name for slot in asked_slots(planned.root)]
    for strategy in (SINGLE, SECTIONS, FORMS, choose("windows", size), choose("auto", size)):
        calls = strategy.calls(planned)
        if calls != (Call("extract.v1"),):
            named = [name for call in calls for name in call.fields or ()]
            assert sorted(named) == sorted(asked)
            assert all(call.fields for call in calls)


def test_sections_are_asked_for_one_by_one_and_the_rest_at_the_end() -> None:
    calls = SECTIONS.calls(plan(SituationSummary, Profile.STRICT, Size.FULL))
    assert calls[1] == Call("section.v1", ("parties",))
    assert calls[-1] == Call("section.v1", ("headline",))
    assert len(calls) == 7


def test_where_nothing_is_left_over_there_is_no_call_for_it() -> None:
    calls = SECTIONS.calls(plan(Lists, Profile.STRICT, Size.FULL))
    assert [call.fields for call in calls] == [("findings",), ("doubts",)]


@pytest.mark.parametrize("strategy", [SINGLE, FORMS], ids=lambda strategy: strategy.name)
@pytest.mark.parametrize("schema", [SituationSummary, Report, Lists])
def test_one_call_asks_for_everything(strategy: Strategy, schema: type[BaseModel]) -> None:
    assert strategy.calls(plan(schema, Profile.STRICT, Size.FULL)) == (Call("extract.v1"),)


def test_a_schema_of_one_section_is_not_cut_up() -> None:
    assert SECTIONS.calls(plan(Report, Profile.STRICT, Size.FULL)) == (Call("extract.v1"),)


def test_auto_goes_by_the_size_of_the_record() -> None:
    assert choose("auto", Size.CORE).closed
    assert not choose("auto", Size.FULL).closed


def test_auto_takes_windows_only_where_it_must_and_windows_always_does() -> None:
    assert choose("auto", Size.FULL).windowed is None
    assert choose("windows", Size.FULL).windowed is True
    assert choose("single", Size.FULL).windowed is False


@pytest.mark.parametrize("name", STRATEGIES)
def test_strategies_have_names(name: str) -> None:
    assert choose(name, Size.CORE).name == name


def test_an_unknown_name_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(
        ConfigurationError, match="There are: auto, single, sections, forms, windows"
    ):
        choose("shards", Size.FULL)


def test_forms_are_of_the_core_size_only() -> None:
    with pytest.raises(ConfigurationError, match="core size only"):
        choose("forms", Size.FULL)
