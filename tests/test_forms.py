"""What a form lets through is whole JSON, and becomes a record that stands in the article."""

from __future__ import annotations

import json
from functools import cache
from typing import Annotated, Any

import llama_grammar
import pytest
from form_articles import ARTICLES, LANTERN, QUIET, SPORT
from gbnf_sampler import Grammar
from hostile import calls, ends, of_one_sentence
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from summarizer.article import Article
from summarizer.assembly import assemble
from summarizer.forms import Form, form
from summarizer.grounding import Source, decode
from summarizer.schemas import Grounded, SituationSummary
from summarizer.schemas.cues import AIMLESS, OTHER_TOPICS, TOPICS, is_military
from summarizer.schemas.markers import Cued, Limit, PartyRef
from summarizer.schemas.situation import Party
from summarizer.windows import Window
from summarizer.wire import Plan, Profile, Size, plan

PLAN = plan(SituationSummary, Profile.GRAMMAR, Size.CORE)
SECTIONS = (
    "military_activities",
    "diplomatic_meetings",
    "expert_assessments",
    "claimed_motives",
)


@cache
def sourced(text: str, language: str | None = "en", title: str | None = None) -> Source:
    return Source(Article.from_text(text, language=language, title=title))


@cache
def formed(text: str, planned: Plan = PLAN) -> Form:
    made = form(planned, sourced(text))
    assert made is not None
    return made


def grammar(text: str) -> Grammar:
    return Grammar(formed(text).grammar)


def record(text: str, answer: dict[str, Any]) -> tuple[SituationSummary, list[str]]:
    """The record that an answer comes to, and the messages of its issues."""
    source = sourced(text)
    draft = decode(formed(text).complete(answer), PLAN, source)
    made = assemble(PLAN, [draft], source)
    assert isinstance(made.summary, SituationSummary)
    return made.summary, [issue.message for issue in made.issues]


def on_topic(text: str, topic: str = "war") -> dict[str, Any]:
    """The first answer at random that is on a topic of the form's."""
    answers = (json.loads(grammar(text).sample(seed)) for seed in range(200))
    return next({**answer, "topic": topic} for answer in answers if answer["topic"] in TOPICS)


def receipts(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        inner = [found for held in value.values() for found in receipts(held)]
        return [value, *inner] if "quote" in value else inner
    return [found for held in value for found in receipts(held)] if isinstance(value, list) else []


# What the grammar lets through.


@pytest.mark.parametrize("name", ARTICLES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32))
def test_whatever_a_form_lets_through_becomes_a_record_that_stands(name: str, seed: int) -> None:
    text = ARTICLES[name]
    source = sourced(text)
    answer = json.loads(grammar(text).sample(seed))
    assert answer["topic"] in {*TOPICS, *OTHER_TOPICS}
    made, _ = record(text, answer)
    dumped = made.model_dump(mode="json")
    ids = {party.id for party in made.parties}
    for receipt in receipts(dumped):
        assert receipt["quote"] == text[receipt["start"] : receipt["end"]]
        assert receipt["sentence"] in source.citable
    for section in SECTIONS:
        for item in dumped[section]:
            for receipt in item["evidence"]:
                assert receipt["quote"][-1] in '.!?…"”’»)]', "a heading was cited"
            for key in ("actors", "targets", "participants", "motive_of"):
                assert ids.issuperset(item.get(key, ()))
            everyone = [*item.get("actors", ()), *item.get("targets", ())]
            assert len(everyone) == len(set(everyone)), "somebody stands in two lists"
    for party in made.parties:
        assert source.names.holds(party.name)
        assert all(word in " ".join(text.split()) for word in party.name.split())


@pytest.mark.parametrize("name", ARTICLES)
def test_nothing_that_a_form_lets_through_is_lost(name: str) -> None:
    """Each item of an answer is in the record, whole or joined with one before it."""
    text = ARTICLES[name]
    for seed in range(20):
        answer = json.loads(grammar(text).sample(seed))
        made, messages = record(text, answer)
        for section in SECTIONS:
            written = {number for item in answer.get(section, ()) for number in item["sentences"]}
            items = getattr(made, section)
            assert written == {e.sentence for item in items for e in item.evidence}
        assert not [message for message in messages if "set aside" in message]


@pytest.mark.skipif(not llama_grammar.available(), reason="llama.cpp's library can't be asked")
def test_llama_cpp_reads_every_grammar_and_lets_the_same_texts_through() -> None:
    questions = [
        (formed(text).grammar, grammar(text).sample(seed))
        for text in ARTICLES.values()
        for seed in range(5)
    ]
    assert llama_grammar.asked(questions) == [True] * len(questions)
    torn = [(made, answer[:-1]) for made, answer in questions]
    assert llama_grammar.asked(torn) == [False] * len(torn)


# What code picks.


def test_the_exercise_is_known_by_its_title_its_place_and_its_day() -> None:
    made, _ = record(LANTERN, on_topic(LANTERN))
    exercise = next(a for a in made.military_activities if a.name == "Lantern 2031")
    assert exercise.type in AIMLESS
    assert exercise.location is not None
    assert exercise.location.text == "Strait of Sorren"
    assert exercise.date is not None
    assert exercise.date.text == "Monday"


def test_an_exercise_with_a_title_is_not_asked_for_targets() -> None:
    blanks = formed(LANTERN).sections["military_activities"].blanks
    titled = next(blank for blank in blanks.values() if blank.given.get("name"))
    assert "targets" not in titled.asked | titled.given.keys()


def test_an_activity_without_a_title_is_called_by_its_type_and_place() -> None:
    made, _ = record(LANTERN, on_topic(LANTERN))
    labels = {activity.name for activity in made.military_activities} - {"Lantern 2031"}
    assert labels
    for activity in made.military_activities:
        if activity.name in labels:
            assert activity.name.startswith(activity.type.replace("_", " "))


def test_a_meeting_has_at_least_two_and_persons_go_by_their_full_names() -> None:
    made, _ = record(LANTERN, on_topic(LANTERN))
    names = {party.id: party.name for party in made.parties}
    assert made.diplomatic_meetings
    for meeting in made.diplomatic_meetings:
        assert len({names[party] for party in meeting.participants}) >= 1
    section = formed(LANTERN).sections["diplomatic_meetings"]
    offered = json.dumps([dict(blank.given) for blank in section.blanks.values()])
    assert '"Ruiz"' not in formed(LANTERN).grammar.replace("\\", "") + offered
    assert "Ana Ruiz" in formed(LANTERN).grammar


def test_an_assessment_is_its_speakers_also_through_a_pronoun() -> None:
    made, _ = record(LANTERN, on_topic(LANTERN))
    names = {party.id: party.name for party in made.parties}
    assessors = {names[item.assessor] for item in made.expert_assessments}
    assert "Marta Oyelaran" in assessors
    pronoun = next(n for n, text in sourced(LANTERN).article.numbered() if text.startswith("She"))
    blank = formed(LANTERN).sections["expert_assessments"].blanks[pronoun]
    assert blank.given["assessor"] == "Marta Oyelaran"


def test_a_denial_is_a_claim_of_whoever_denies() -> None:
    made, _ = record(LANTERN, on_topic(LANTERN))
    claims = [claim for item in made.military_activities for claim in item.claims]
    denied = next(claim for claim in claims if claim.status == "denied")
    assert denied.evidence[0].quote.startswith("Kestria denied")
    assert denied.attribution[0].cue == "denied"


def test_neither_headings_nor_furniture_carry_or_name_anything() -> None:
    source = sourced(LANTERN)
    carried = {number for section in formed(LANTERN).sections.values() for number in section.blanks}
    assert carried
    assert 1 not in carried, "the heading"
    assert carried <= source.citable
    assert "Facebook" not in formed(LANTERN).grammar


def test_names_that_only_furniture_holds_are_not_offered() -> None:
    line = "Photo: Ann Roe/Reuters"
    made = form(
        PLAN, sourced(f"The ships of Norland left.\n\n{line}\n\nThey attacked the harbour at dawn.")
    )
    assert made is not None
    given = [dict(blank.given) for blank in made.sections["military_activities"].blanks.values()]
    assert given[0]["actors"] == ["Norland"]
    assert "Roe" not in json.dumps(given) + made.grammar


def test_whoever_tells_of_an_act_is_not_offered_for_it() -> None:
    made = formed(
        "The envoys of Kestria, Talvinia and Ardania met. "
        "Kestria said that Talvinia had attacked Ardania at dawn."
    )
    blank = made.sections["military_activities"].blanks[2]
    assert {"actors", "targets"} <= blank.asked
    answers = [json.loads(Grammar(made.grammar).sample(seed)) for seed in range(40)]
    actors = {
        name
        for answer in answers
        for item in answer.get("military_activities", ())
        if item["sentences"] == [2]
        for name in item["actors"]
    }
    assert actors == {"Talvinia", "Ardania"}


def test_the_synopsis_is_the_lead() -> None:
    made, _ = record(LANTERN, {"topic": "sport"})
    assert [sentence.evidence[0].sentence for sentence in made.synopsis] == [3, 4, 5]


def test_the_headline_is_the_title_or_the_heading_and_else_is_asked_for() -> None:
    assert record(LANTERN, {"topic": "war"})[0].headline == (
        "Talvinia and Ardania begin naval drills"
    )
    assert "headline" not in formed(LANTERN).grammar
    titled = form(PLAN, sourced(QUIET, title="A reading room"))
    assert titled is not None
    assert titled.texts == {"headline": "A reading room"}
    asked = formed(QUIET)
    assert asked.texts == {}
    assert "headline" in asked.grammar


def test_furniture_above_the_text_is_no_headline() -> None:
    made = form(PLAN, sourced(f"Login\n\n{QUIET}"))
    assert made is not None
    assert made.texts == {}


# What is on another topic.


@pytest.mark.parametrize("topic", OTHER_TOPICS)
def test_an_article_on_another_topic_has_empty_sections_and_a_headline(topic: str) -> None:
    answer = {"topic": topic, "headline": "Norland Rovers win the cup"}
    made, messages = record(SPORT, answer)
    assert made.headline == "Norland Rovers win the cup"
    assert made.synopsis
    assert not any(getattr(made, section) for section in SECTIONS)
    assert made.parties == []
    assert messages == []


def test_on_another_topic_no_section_can_be_written() -> None:
    other = [json.loads(grammar(SPORT).sample(seed)) for seed in range(60)]
    other = [answer for answer in other if answer["topic"] in OTHER_TOPICS]
    assert other
    assert all(answer.keys() == {"topic", "headline"} for answer in other)


def test_an_article_full_of_military_words_can_t_be_put_aside_by_its_topic() -> None:
    answers = [json.loads(grammar(LANTERN).sample(seed)) for seed in range(60)]
    assert {answer["topic"] for answer in answers} <= {*TOPICS}
    assert "crime" not in formed(LANTERN).grammar
    assert "crime" in formed(SPORT).grammar


@pytest.mark.parametrize(("words", "military"), [(7, False), (8, True)])
def test_an_article_is_military_from_eight_words_in_a_thousand_on(
    words: int, military: bool
) -> None:
    text = "The market was quiet. " * ((1000 - words) // 4) + "Troops " * words
    text += "calm " * (1000 - len(text.split()))
    assert is_military(text) is military


# What an answer leaves unsaid.


def test_values_go_to_the_sentence_that_they_were_given_for() -> None:
    answer = on_topic(LANTERN)
    section = formed(LANTERN).sections["military_activities"]
    whole = section.complete(list(reversed(answer["military_activities"])))
    for item in whole:
        first = item["claims"][0]["sentences"][0]
        assert first in item["sentences"]
    assert {n for item in whole for n in item["sentences"]} == set(section.blanks)


@pytest.mark.parametrize(
    "strange",
    [
        None,
        7,
        {},
        {"sentences": [1]},
        {"sentences": [3, 4]},
        {"sentences": "3"},
        {"sentences": [3]},
        {"sentences": [3], "name": {}, "type": None, "actors": 5, "realis": {}, "targets": []},
        {"sentences": [999], "type": "joint_exercise"},
    ],
)
def test_what_no_grammar_let_through_is_left_for_validation(strange: Any) -> None:
    answer = {"topic": "war", "military_activities": [strange]}
    completed = formed(LANTERN).complete(answer)
    assert completed["military_activities"] == [strange]
    made, _ = record(LANTERN, answer)
    assert made.diplomatic_meetings == []


def test_odd_values_under_the_right_keys_are_set_aside_and_the_rest_stands() -> None:
    answer = on_topic(LANTERN)
    answer["military_activities"][0] |= {"type": ["joint_exercise"], "actors": [["Talvinia"]]}
    made, messages = record(LANTERN, answer)
    assert len(made.military_activities) < len(answer["military_activities"])
    assert made.diplomatic_meetings
    assert any("set aside" in message for message in messages)


@pytest.mark.parametrize("section", [None, "all", {"sentences": [3]}])
def test_a_section_that_is_no_list_is_left_as_it_is(section: Any) -> None:
    answer = {"topic": "war", "military_activities": section}
    assert formed(LANTERN).complete(answer)["military_activities"] == section


def test_an_answer_is_not_changed_by_being_completed() -> None:
    answer = on_topic(LANTERN)
    before = json.dumps(answer)
    first = formed(LANTERN).complete(answer)
    assert json.dumps(answer) == before
    assert formed(LANTERN).complete(answer) == first


# When there is no form.


@pytest.mark.parametrize("language", ["ru", "ar", "de", "zh"])
def test_there_is_no_form_for_another_language(language: str) -> None:
    assert form(PLAN, sourced(LANTERN, language)) is None


@pytest.mark.parametrize(
    "text",
    [
        "the troops attacked the village at dawn. nobody said why.",
        "12 34 56.",
        "\u0647\u0627\u062c\u0645 \u0627\u0644\u062c\u064a\u0634 \u0627\u0644\u0645\u062f\u064a\u0646\u0629.",  # noqa: E501  # Arabic, escaped
    ],
)
def test_there_is_no_form_without_names(text: str) -> None:
    assert form(PLAN, sourced(text, None)) is None


class Plain(BaseModel):
    """A schema without cues."""

    items: list[Grounded] = Field(default_factory=list)


class Clash(Grounded):
    """An item that a form can ask for."""

    sides: Annotated[list[PartyRef], Limit(least=2)]


class Numbered(Grounded):
    """An item that a form can't ask for: it needs a number."""

    dead: int


Parties = list[Party]
Clashes = Annotated[list[Clash], Cued("clash|attack", most=2)]


class OnlyClashes(BaseModel):
    """A schema that a form can fill."""

    headline: str | None = None
    parties: Parties = Field(default_factory=list)
    clashes: Clashes = Field(default_factory=list)


class WithNumber(BaseModel):
    """One with a number of its own beside."""

    parties: Parties = Field(default_factory=list)
    clashes: Clashes = Field(default_factory=list)
    dead: int | None = None


class WithNumberedItems(BaseModel):
    """One with items that need a number."""

    clashes: Annotated[list[Numbered], Cued("clash|attack", most=2)] = Field(default_factory=list)


class WithPlainItems(BaseModel):
    """One with a section that has no cues."""

    parties: Parties = Field(default_factory=list)
    clashes: Clashes = Field(default_factory=list)
    others: list[Numbered] = Field(default_factory=list)


@pytest.mark.parametrize("schema", [Plain, WithNumber, WithNumberedItems, WithPlainItems])
def test_there_is_no_form_for_what_a_form_can_t_ask_for(schema: type[BaseModel]) -> None:
    assert form(plan(schema, Profile.GRAMMAR, Size.CORE), sourced(LANTERN)) is None


def test_there_is_a_form_for_a_schema_of_ones_own_with_cues() -> None:
    text = "Forces of Talvinia attacked Ardania on Monday. On Tuesday Ardania was attacked again."
    made = form(plan(OnlyClashes, Profile.GRAMMAR, Size.CORE), sourced(text))
    assert made is not None
    assert list(made.sections["clashes"].blanks) == [1], "one side is no clash"


# What it costs.


def test_the_form_of_an_article_costs_by_its_length() -> None:
    def cost(times: int) -> int:
        told = "Talvinia struck Ardania near Cape Orlo, Kestria said. " * times
        source = Source(Article.from_text(f"{LANTERN}\n\n{told}", language="en"))
        return calls(lambda: form(PLAN, source))

    cost(1)  # what is made once
    assert cost(1600) <= 4.4 * cost(400)


@pytest.mark.parametrize(
    "filler",
    [
        "Talvinia , , , ",
        "Talvinia said, ",
        "TALVINIA ARDANIA ",
        "The ",
        "early ",
        "According to ",
        "in the A",
        "he ",
        "pass",
        "held a-a ",
        "a.",
        "a'",
        '"',
        " ",
        "\n",
        "The x     ",
        "test ",
        "free prisone ",
        "lyly",
        "{",
        "]}",
        "\\",
        "12-D",
        "U.S. ",
    ],
)
def test_no_pattern_hangs_on_repetitions(filler: str) -> None:
    """In one sentence each, as long as a stored article may have them, and in sentences cut."""
    text = f"Talvinia and Ardania held drills. The x{filler * 10_000}Talvinia attacked, it said."
    with ends():
        form(PLAN, Source(of_one_sentence(text, language="en")))
        form(PLAN, Source(Article.from_text(text, language="en")))


# Windows.


def test_a_form_of_a_window_is_of_its_sentences_only() -> None:
    whole = sourced(LANTERN)
    window = Window(7, 11)
    made = form(PLAN, whole.within(window))
    assert made is not None
    carrying = {name: {*section.blanks} for name, section in made.sections.items()}
    assert carrying["expert_assessments"]
    assert all(numbers <= {*window.sentences} for numbers in carrying.values())
    everywhere = {name: {*section.blanks} for name, section in formed(LANTERN).sections.items()}
    assert everywhere["diplomatic_meetings"] - {*window.sentences}


def test_only_the_window_that_opens_an_article_has_its_lead() -> None:
    whole = sourced(LANTERN)
    first, later = (form(PLAN, whole.within(window)) for window in (Window(1, 6), Window(5, 11)))
    assert first is not None
    assert later is not None
    assert first.leads == formed(LANTERN).leads
    assert later.leads == {"synopsis": []}


def test_the_heading_of_an_article_is_that_of_every_window() -> None:
    later = form(PLAN, sourced(LANTERN).within(Window(5, 11)))
    assert later is not None
    assert later.texts == formed(LANTERN).texts == {"headline": LANTERN.splitlines()[0]}
