"""What an answer comes to once it is held against the article."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

import pytest
from drafting import (
    ARTICLE,
    CLOSED,
    DENIED,
    FIRED,
    FURNITURE,
    HURT,
    INSTRUCTIONS,
    JUDGED,
    MET,
    kinds,
    record_of,
    source,
)
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from summarizer.article import Article
from summarizer.grounding import Draft, Source, decode
from summarizer.grounding.prose import LEAKED_RUN, SHORTEST_LEAK
from summarizer.names import normal_form
from summarizer.results import Issue, IssueKind, Severity, pointer
from summarizer.schemas import DatePhrase, Evidence, Grounded, SituationSummary
from summarizer.schemas.markers import FirstMentions, Verbatim
from summarizer.schemas.vocabularies import LikelihoodBand
from summarizer.wire import Profile, Size, plan

STRIKE = {"name": "shots off Cape Osk", "type": "air_strike", "sentences": [FIRED]}


def draft_of(
    answer: dict[str, Any],
    schema: type[BaseModel] = SituationSummary,
    *,
    size: Size = Size.FULL,
    against: Source | None = None,
) -> Draft:
    """What `answer` comes to before references are resolved."""
    return decode(answer, plan(schema, Profile.STRICT, size), against or source())


def activity(**fields: Any) -> dict[str, Any]:
    """An answer of one activity."""
    return {"military_activities": [{**STRIKE, **fields}]}


def issues_of(answer: dict[str, Any]) -> list[Issue]:
    return record_of(SituationSummary, answer)[1]


class TestSentenceNumbers:
    """Numbers become receipts, or issues."""

    def test_they_become_the_spans_of_their_sentences(self) -> None:
        record, issues = record_of(SituationSummary, activity(sentences=[HURT, FIRED]))
        first, second = record.military_activities[0].evidence
        assert (first.sentence, second.sentence) == (FIRED, HURT)
        assert second.quote == ARTICLE.quote(HURT) == ARTICLE.text[second.start : second.end]
        assert issues == []

    @pytest.mark.parametrize("cited", [4, "4", "[4]", 4.0, [4], [4, 4, "4"]])
    def test_the_same_number_is_read_however_it_is_written(self, cited: Any) -> None:
        record, issues = record_of(SituationSummary, activity(sentences=cited))
        assert [e.sentence for e in record.military_activities[0].evidence] == [MET]
        assert issues == []

    @pytest.mark.parametrize(
        "cited", [0, -1, 99, 10**30, "9" * 5000, True, 2.5, 1e300, "four", "", [4], {"a": 1}, None]
    )
    def test_what_is_no_number_of_a_sentence_is_left_out_and_said(self, cited: Any) -> None:
        record, issues = record_of(SituationSummary, activity(sentences=[cited, MET]))
        assert [e.sentence for e in record.military_activities[0].evidence] == [MET]
        [issue] = issues
        assert (issue.kind, issue.severity) == (IssueKind.EVIDENCE_INVALID, Severity.WARNING)
        assert issue.path == "/military_activities/0/evidence"
        assert issue.original == cited
        assert len(issue.message) < 100

    def test_page_furniture_is_no_evidence(self) -> None:
        [issue] = issues_of(activity(sentences=[FURNITURE, MET]))
        assert issue.message == "Sentence 3 is page furniture."

    @pytest.mark.parametrize("cited", [[], [99], None, [FURNITURE], "x"])
    def test_an_item_without_a_receipt_is_set_aside_and_the_others_stand(self, cited: Any) -> None:
        good = {**STRIKE, "name": "another"}
        bad = {**STRIKE, "sentences": cited}
        record, issues = record_of(SituationSummary, {"military_activities": [bad, good]})
        assert [item.name for item in record.military_activities] == ["another"]
        [issue] = [i for i in issues if i.kind is IssueKind.EVIDENCE_MISSING]
        assert (issue.severity, issue.original) == (Severity.ERROR, bad)
        assert issue.path == "/military_activities"

    def test_evidence_that_has_a_default_may_be_missing(self) -> None:
        class Loose(BaseModel):
            word: str
            evidence: list[Evidence] = Field(default=[], min_length=0)

        class Loosely(BaseModel):
            loose: list[Loose]

        record, issues = record_of(Loosely, {"loose": [{"word": "trawlers"}]})
        assert record.loose[0].evidence == []
        assert issues == []


class TestItems:
    """Items fail one by one."""

    @pytest.mark.parametrize("raw", [None, "text", 5, [], [1], True])
    def test_what_is_no_object_is_set_aside(self, raw: Any) -> None:
        record, issues = record_of(SituationSummary, {"military_activities": [raw, STRIKE]})
        assert len(record.military_activities) == 1
        assert kinds(issues) == [IssueKind.ITEM_INVALID]
        assert issues[0].original == raw

    @pytest.mark.parametrize("fields", [{"type": "teleport"}, {"type": 5}, {"name": ["a"]}])
    def test_a_required_value_that_does_not_fit_sets_the_item_aside(self, fields: Any) -> None:
        bad = {**STRIKE, **fields}
        record, issues = record_of(SituationSummary, {"military_activities": [bad, STRIKE]})
        assert len(record.military_activities) == 1
        [issue] = issues
        assert issue.severity is Severity.ERROR
        assert issue.original == bad
        assert next(iter(fields)) in issue.message

    @pytest.mark.parametrize("missing", ["type", "name"])
    def test_so_does_one_that_is_missing(self, missing: str) -> None:
        bad = {key: value for key, value in STRIKE.items() if key != missing}
        [issue] = issues_of({"military_activities": [bad]})
        assert issue.message.endswith(f"{missing}: Field required.")

    @pytest.mark.parametrize(
        ("fields", "path"),
        [
            ({"realis": "imagined"}, "realis"),
            ({"realis": 7}, "realis"),
            ({"description": 7}, "description"),
            ({"description": {"a": 1}}, "description"),
            ({"location": 7}, "location"),
            ({"location": {"kind": "city"}}, "location"),
            ({"location": {"text": "Cape Osk", "kind": "moon"}}, "location/kind"),
            ({"location": {"text": "Cape Osk", "country": "Atlantis"}}, "location/country"),
            ({"quantities": [{"measure": "elves", "min": 1}]}, "quantities"),
            ({"quantities": [{"measure": "wounded", "min": 9, "max": 1}]}, "quantities"),
            ({"claims": "none"}, "claims"),
            ({"claims": [{"status": "asserted", "sentences": []}]}, "claims"),
            ({"claims": [{"status": "mooted", "sentences": [1, 99]}]}, "claims"),
        ],
    )
    def test_an_optional_value_that_does_not_fit_is_left_out_and_said(
        self, fields: Any, path: str
    ) -> None:
        record, issues = record_of(SituationSummary, activity(**fields))
        assert len(record.military_activities) == 1
        [issue] = issues
        assert (issue.kind, issue.severity) == (IssueKind.VALUE_DROPPED, Severity.WARNING)
        assert issue.path == f"/military_activities/0/{path}"
        assert json.dumps(issue.original)[1:-1] in json.dumps(fields)

    def test_null_and_blank_say_nothing_and_are_no_issue(self) -> None:
        fields = {"realis": None, "description": " ", "location": "", "actors": [None, ""]}
        record, issues = record_of(SituationSummary, activity(**fields))
        assert record.military_activities[0].description is None
        assert issues == []

    def test_keys_that_were_not_asked_for_are_ignored(self) -> None:
        answer = activity(id="a7", mood="grim", evidence=[1]) | {"weather": "fine"}
        record, issues = record_of(SituationSummary, answer)
        assert record.military_activities[0].id == "a1"
        assert issues == []

    def test_a_list_of_one_may_be_written_without_the_list(self) -> None:
        record, issues = record_of(
            SituationSummary, {"military_activities": {**STRIKE, "actors": "Velmara"}}
        )
        assert record.military_activities[0].actors == ["p1"]
        assert kinds(issues) == [IssueKind.PARTY_ADDED] or issues == []

    def test_of_a_list_only_the_bad_entries_go(self) -> None:
        wounded = {"measure": "wounded", "min": 12}
        answer = activity(quantities=[{"measure": "elves"}, wounded, {"measure": "x"}])
        record, issues = record_of(SituationSummary, answer)
        assert [q.min for q in record.military_activities[0].quantities] == [12]
        assert [i.path for i in issues] == ["/military_activities/0/quantities"] * 2

    def test_a_required_list_of_which_nothing_stands_sets_the_item_aside(self) -> None:
        class Tagged(Grounded):
            tags: list[Literal["war", "peace"]]
            places: list[Annotated[str, Verbatim()]]

        class Tags(BaseModel):
            tagged: list[Tagged]

        written: list[tuple[list[str], list[str]]] = [
            (["elf"], []),
            (["war", "elf"], []),
            ([], ["Nordovia"]),
            ([], ["Harl", "Nordovia"]),
            ([], []),
        ]
        items = [{"tags": t, "places": p, "sentences": [1]} for t, p in written]
        record, issues = record_of(Tags, {"tagged": items})
        assert [(i.tags, i.places) for i in record.tagged] == [
            (["war"], []),
            ([], ["Harl"]),
            ([], []),
        ]
        lost = [i for i in issues if i.severity is Severity.ERROR]
        assert [i.original for i in lost] == [items[0], items[2]]
        assert lost[1].message.endswith("places: nothing in it stands.")
        assert len(issues) == 4

    def test_what_was_said_of_the_inside_of_a_value_goes_with_the_value(self) -> None:
        class Part(BaseModel):
            words: list[str]
            count: int

        class Whole(Grounded):
            part: Part | None = None

        part = {"words": ["ports", 5], "count": "x"}
        _, [issue] = record_of(Whole, {"sentences": [1], "part": part})
        assert (issue.path, issue.original) == ("/part", part)

    def test_so_does_what_a_class_refuses_afterwards(self) -> None:
        class Part(BaseModel):
            word: str
            count: int | None = None

        def not_war(part: Part) -> Part:
            assert part.word != "war"
            return part

        class Whole(Grounded):
            parts: list[Annotated[Part, AfterValidator(not_war)]] = Field(default_factory=list)
            part: Annotated[Part, AfterValidator(not_war)] | None = None

        class Wholes(BaseModel):
            wholes: list[Whole]

        war, ports = {"word": "war", "count": "x"}, {"word": "ports", "count": "y"}
        item = {"sentences": [1], "parts": [war, ports, ports | {"word": "shut"}], "part": war}
        record, issues = record_of(Wholes, {"wholes": [item]})
        assert [part.word for part in record.wholes[0].parts] == ["ports", "shut"]
        assert record.wholes[0].part is None
        assert {i.path for i in issues} == {"/wholes/0/parts", "/wholes/0/part"}

    def test_null_stands_where_it_may_and_there_is_no_default(self) -> None:
        class Must(Grounded):
            word: str | None
            level: Literal[1, 2, None]
            words: list[str] | None

        class Musts(BaseModel):
            musts: list[Must]

        item = {"sentences": [1], "level": "high"}
        record, issues = record_of(Musts, {"musts": [item, {**item, "word": "trawlers"}]})
        assert [m.model_dump(exclude={"evidence"}) for m in record.musts] == [
            {"word": None, "level": None, "words": None},
            {"word": "trawlers", "level": None, "words": None},
        ]
        assert kinds(issues) == [IssueKind.VALUE_DROPPED] * 2


class TestWholeAnswers:
    """What can't be read at all is asked for again; the rest stands."""

    @pytest.mark.parametrize("answer", [{}, {"error": "no"}, {"parties_": []}])
    def test_nothing_that_was_asked_for(self, answer: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match=r"^the answer must be one JSON object with: headline"):
            draft_of(answer)

    def test_nothing_of_the_right_type(self) -> None:
        with pytest.raises(ValueError, match="right type"):
            draft_of({"parties": "none", "headline": 7})

    def test_a_section_that_is_no_list_goes_and_the_others_stand(self) -> None:
        answer = {"parties": "none", **activity()}
        record, [issue] = record_of(SituationSummary, answer)
        assert len(record.military_activities) == 1
        assert (issue.kind, issue.path) == (IssueKind.VALUE_DROPPED, "/parties")
        assert issue.original == "none"

    def test_an_empty_record_is_an_answer(self) -> None:
        record, issues = record_of(SituationSummary, {"parties": [], "headline": None})
        assert record == SituationSummary()
        assert issues == []

    def test_a_value_that_the_record_needs_is_asked_for_again(self) -> None:
        class Titled(BaseModel):
            title: str
            note: str | None = None

        with pytest.raises(ValueError, match=r"^title: text was expected$"):
            draft_of({"title": 3}, Titled)
        draft = draft_of({"title": "trawlers", "note": 3}, Titled)
        assert draft.values == {"title": "trawlers"}
        assert [(n.kind, n.field) for n in draft.notes] == [(IssueKind.VALUE_DROPPED, "/note")]

    def test_receipts_of_the_record_itself_are_required_too(self) -> None:
        class Whole(Grounded):
            word: str | None = None

        record, _ = record_of(Whole, {"sentences": [FIRED], "word": "trawlers"})
        assert record.evidence[0].quote == ARTICLE.quote(FIRED)
        with pytest.raises(ValueError, match=r"^sentences: no sentence of the article is cited"):
            draft_of({"sentences": [99], "word": "trawlers"}, Whole)

    def test_messages_are_short_whatever_was_written(self) -> None:
        class Titled(BaseModel):
            title: Annotated[str, Verbatim()]

        with pytest.raises(ValueError, match="not in the article") as caught:
            draft_of({"title": "Nordovia " * 5000}, Titled)
        assert len(str(caught.value)) < 200


class TestNames:
    """Names stand in the article."""

    def test_an_item_whose_name_does_not_is_set_aside(self) -> None:
        answer = {"parties": [{"name": "Nordovia"}, {"name": "Velmara"}]}
        record, [issue] = record_of(SituationSummary, answer)
        assert [p.name for p in record.parties] == ["Velmara"]
        assert issue.kind is IssueKind.NAME_NOT_IN_ARTICLE
        assert issue.original == {"name": "Nordovia"}

    def test_one_that_stands_in_page_furniture_only_is_none(self) -> None:
        record, [issue] = record_of(SituationSummary, {"parties": [{"name": "Advertisement"}]})
        assert record.parties == []
        assert issue.kind is IssueKind.NAME_NOT_IN_ARTICLE

    def test_aliases_that_do_not_are_left_out(self) -> None:
        answer = {"parties": [{"name": "Velmara", "aliases": ["Harl", "the Velms", "Harl"]}]}
        record, [issue] = record_of(SituationSummary, answer)
        assert record.parties[0].aliases == ["Harl"]
        assert (issue.kind, issue.path) == (IssueKind.NAME_NOT_IN_ARTICLE, "/parties/0/aliases")

    def test_an_english_name_is_not_looked_for(self) -> None:
        answer = {"parties": [{"name": "Velmara", "name_en": "The Realm of Nordovia"}]}
        record, issues = record_of(SituationSummary, answer)
        assert record.parties[0].name_en == "The Realm of Nordovia"
        assert issues == []

    def test_mentions_are_the_first_sentences_that_hold_any_of_its_names(self) -> None:
        record, _ = record_of(SituationSummary, {"parties": [{"name": "Velmara"}]})
        assert [e.sentence for e in record.parties[0].evidence] == [FIRED, DENIED, MET]

    @pytest.mark.parametrize("code", ["IR", "IRN", "Iran", "iran"])
    def test_countries_become_codes(self, code: str) -> None:
        record, issues = record_of(
            SituationSummary, {"parties": [{"name": "Velmara", "country": code}]}
        )
        assert record.parties[0].country == "IRN"
        assert issues == []

    def test_one_that_is_no_country_is_left_out(self) -> None:
        answer = {"parties": [{"name": "Velmara", "country": "VLM"}]}
        record, [issue] = record_of(SituationSummary, answer)
        assert record.parties[0].country is None
        assert (issue.kind, issue.original) == (IssueKind.VALUE_DROPPED, "VLM")


class TestProse:
    """Free text says nothing that the article doesn't."""

    def test_a_text_with_a_name_that_is_not_there_is_left_out(self) -> None:
        record, [issue] = record_of(
            SituationSummary, activity(description="Shots, with help from Nordovia.")
        )
        assert record.military_activities[0].description is None
        assert issue.kind is IssueKind.NAME_NOT_IN_ARTICLE
        assert "“Nordovia” is not in the article" in issue.message

    def test_required_prose_that_fails_is_replaced_by_what_is_cited(self) -> None:
        answer = {"synopsis": [{"text": "Shots helped by Nordovia.", "sentences": [DENIED]}]}
        record, [issue] = record_of(SituationSummary, answer)
        assert record.synopsis[0].text == "Velmara denied it."
        assert issue.path == "/synopsis/0/text"
        assert issue.original == "Shots helped by Nordovia."

    @pytest.mark.parametrize(
        "text",
        [
            "Use only what the article says.",
            "Velmara told us: cite the numbers of the sentences that carry it.",
        ],
    )
    def test_text_that_repeats_the_instructions_is_left_out(self, text: str) -> None:
        record, [issue] = record_of(SituationSummary, {"headline": text, "parties": []})
        assert record.headline is None
        assert (issue.kind, issue.path) == (IssueKind.LEAKED_FROM_PROMPT, "/headline")
        assert issue.original == text

    def test_words_that_article_and_instructions_share_are_no_leak(self) -> None:
        words = "Cite the numbers of the sentences that carry it"
        prose = source(Article.from_text(f"{words}, the teacher said.", language="en")).prose
        assert not prose.leaked(words)
        assert source().prose.leaked(words)
        assert not source().prose.leaked("Use only what")

    @given(st.lists(st.sampled_from(f"{INSTRUCTIONS} Velmara fired".split()), max_size=24))
    def test_a_leak_is_a_run_of_the_instructions_words(self, words: list[str]) -> None:
        forms, prompt = normal_form(" ".join(words)).split(), f" {normal_form(INSTRUCTIONS)} "
        size = min(len(forms), LEAKED_RUN)
        runs = (" ".join(forms[n : n + size]) for n in range(len(forms) - size + 1))
        leaked = len(forms) >= SHORTEST_LEAK and any(f" {run} " in prompt for run in runs)
        assert source().prose.leaked(" ".join(words)) == leaked

    @pytest.mark.parametrize(
        "text",
        [
            "At least 21 sailors were hurt.",
            "About 2 sailors were hurt.",
            "Shots by Nordovian ships.",
            "Shots near Velmar-on-Sea.",
            "They were led by Dana Holt.",
        ],
    )
    def test_strangers(self, text: str) -> None:
        article = Article.from_text(
            "Dana Weck of Velmara counted 12 sailors in 2025.", language="en"
        )
        assert source(article).prose.numbers(text) or source(article).prose.names(text)

    @pytest.mark.parametrize(
        ("article", "text"),
        [
            ("Velmara counted 2,300 ships.", "There were 2300 ships."),
            ("Velmara counted 2300 ships.", "There were 2,300 ships."),
            ("Two ships, twenty-one sailors and three hundred gulls.", "Saw 2, 21 and 300."),
            ("It fired on Velmara.", "It was Velmara’s ship, and Velmara's sea."),
            ("It fired on Velmara.", "The Velmaran and Velmara-led ships."),
            ("A Velmaran ship.", "A ship of Velmara."),
            ("One Houthi was seen.", "Many Houthis were seen."),
            ("The navy fired.", "Now the Navy Fires and is Firing."),
            ("It was on 07 March.", "It was on March 7."),
            ("The U.S. said so.", "The United States said so."),
            ("The United States said so.", "So said the U.S. and the American navy."),
            ("It was on 3 March.", "It was on Monday 3 March 2025."),
            ("It was so.", "Sailors of the sea"),
            ("It was so.", "It was “Unsaid” so. Nobody said (Perhaps)."),
        ],
    )
    def test_no_strangers(self, article: str, text: str) -> None:
        held = source(Article.from_text(article, published="2025-03-06", language="en"))
        assert held.prose.numbers(text) == held.prose.names(text) == []

    def test_the_title_is_told_and_so_no_stranger(self) -> None:
        article = Article.from_text("They met.", title="Nordovia votes 55", language="en")
        prose = source(article).prose
        assert prose.numbers("A vote: 55") == prose.names("A vote in Nordovia") == []

    def test_nothing_is_judged_in_another_language(self) -> None:
        assert source(output_language="French").prose.names("Tirs du Nordovie") == []
        russian = Article.from_text("Они встретились.", language="ru")
        assert source(russian).prose.names("They met in Nordovia") == []
        assert source(russian).prose.numbers("They met 3 times") == []
        assert source(output_language=None).prose.names("They met in Nordovia") == ["Nordovia"]

    def test_capitals_of_a_title_tell_no_names_and_are_only_doubted(self) -> None:
        answer = {"headline": "Navy Opens Barrage on Trawlers", "parties": []}
        record, [issue] = record_of(SituationSummary, answer)
        assert record.headline == "Navy Opens Barrage on Trawlers"
        assert (issue.kind, issue.path) == (IssueKind.NAME_NOT_IN_ARTICLE, "/headline")
        assert issue.message == "“Opens, Barrage” is not in the article."

    def test_in_core_they_are_not_let_through_nor_is_a_number_ever(self) -> None:
        for headline, size in (
            ("Navy Opens Barrage on Trawlers", Size.CORE),
            ("Navy Sinks 9 Trawlers off Cape Osk", Size.FULL),
        ):
            answer = {"headline": headline, "parties": []}
            record, [issue] = record_of(SituationSummary, answer, size=size)
            assert record.headline is None
            assert issue.kind is IssueKind.NAME_NOT_IN_ARTICLE


class TestDates:
    """Phrases of the article, resolved by code."""

    @pytest.mark.parametrize(
        ("phrase", "edtf"), [("on Tuesday", "2025-03-04"), ("3 March", "2025-03-03")]
    )
    def test_they_are_counted_from_the_publication(self, phrase: str, edtf: str) -> None:
        record, issues = record_of(SituationSummary, activity(date=phrase))
        when = record.military_activities[0].date
        assert when is not None
        assert (when.text, when.edtf) == (phrase, edtf)
        assert issues == []

    def test_without_a_publication_a_relative_one_stays_open(self) -> None:
        against = source(Article.from_text("It fell on Tuesday.", language="en"))
        record, _ = record_of(
            SituationSummary,
            activity(name="it fell", sentences=[1], date="on Tuesday"),
            against=against,
        )
        assert record.military_activities[0].date == DatePhrase(text="on Tuesday")

    @pytest.mark.parametrize("phrase", ["1 May", "2025-03-04", "4 March 2025"])
    def test_a_phrase_that_the_article_does_not_hold_is_left_out(self, phrase: str) -> None:
        record, [issue] = record_of(SituationSummary, activity(date=phrase))
        assert record.military_activities[0].date is None
        assert issue.path == "/military_activities/0/date"
        assert issue.original == phrase

    def test_what_a_model_makes_of_a_phrase_is_not_read(self) -> None:
        written = {"text": "on Tuesday", "edtf": "1999-01-01", "basis": "explicit"}
        record, _ = record_of(SituationSummary, activity(date=written))
        when = record.military_activities[0].date
        assert when is not None
        assert when.edtf == "2025-03-04"

    def test_in_core_the_one_date_of_the_cited_sentences_is_taken(self) -> None:
        for cited, text in (([FIRED], "Tuesday"), ([FIRED, MET], None), ([HURT], None)):
            record, issues = record_of(SituationSummary, activity(sentences=cited), size=Size.CORE)
            when = record.military_activities[0].date
            assert (when.text if when else None) == text
            assert issues == []

    def test_dates_in_lists_and_in_subclasses_are_resolved(self) -> None:
        class Stamp(DatePhrase):
            sure: bool = False

        class Dated(BaseModel):
            days: list[DatePhrase]
            stamp: Stamp | None = None

        answer = {
            "days": [{"text": "on Tuesday"}, {"text": "3 March"}],
            "stamp": {"text": "3 March", "sure": True},
        }
        record, _ = record_of(Dated, answer)
        assert [day.edtf for day in record.days] == ["2025-03-04", "2025-03-03"]
        assert record.stamp is not None
        assert (record.stamp.edtf, record.stamp.sure) == ("2025-03-03", True)


class TestLikelihood:
    """Words of likelihood are the article's own."""

    JUDGEMENT: ClassVar[dict[str, Any]] = {
        "assessor": "Dana Weck",
        "type": "forecast",
        "sentences": [JUDGED],
    }

    def assessed(self, words: str) -> tuple[LikelihoodBand | None, list[Issue]]:
        item = {**self.JUDGEMENT, "proposition": "war", "likelihood_text": words}
        record, issues = record_of(SituationSummary, {"expert_assessments": [item]})
        return record.expert_assessments[0].likelihood, issues

    def test_their_band_follows_by_code(self) -> None:
        assert self.assessed("very unlikely")[0] is LikelihoodBand.VERY_UNLIKELY

    def test_other_words_are_left_out(self) -> None:
        likelihood, issues = self.assessed("almost certain")
        assert likelihood is None
        assert issues[-1].path == "/expert_assessments/0/likelihood_text"
        assert issues[-1].original == "almost certain"


class TestCore:
    """What code fills in the core size."""

    def test_prose_is_the_cited_sentences_from_the_cue_on(self) -> None:
        motive = {"motive_of": ["Harl"], "sentences": [CLOSED]}
        judgement = {"assessor": "Dana Weck", "type": "forecast", "sentences": [JUDGED, HURT]}
        answer = {"claimed_motives": [motive], "expert_assessments": [judgement]}
        record, issues = record_of(SituationSummary, answer, size=Size.CORE)
        assert record.claimed_motives[0].motive == "in order to press Velmara, she said."
        quotes = f"{ARTICLE.quote(JUDGED)} {ARTICLE.quote(HURT)}"
        assert record.expert_assessments[0].proposition == quotes
        assert {i.kind for i in issues} <= {IssueKind.PARTY_ADDED}

    def test_the_rest_is_null_or_empty(self) -> None:
        record, _ = record_of(SituationSummary, activity(), size=Size.CORE)
        item = record.military_activities[0]
        assert (item.description, item.quantities, item.claims) == (None, [], [])


class TestUsersClasses:
    """Classes of the user's own, with their own rules."""

    def test_an_item_that_its_own_validator_refuses_is_set_aside(self) -> None:
        class Word(Grounded):
            word: str

            @model_validator(mode="after")
            def _not_war(self) -> Word:
                if self.word == "war":
                    raise ValueError("no war here " + "x" * 5000)
                return self

        class Words(BaseModel):
            words: list[Word]

        items = [{"word": word, "sentences": [1]} for word in ("war", "ports")]
        record, [issue] = record_of(Words, {"words": items})
        assert [w.word for w in record.words] == ["ports"]
        assert issue.original == items[0]
        assert "no war here" in issue.message
        assert len(issue.message) < 300

    def test_an_optional_value_that_a_validator_refuses_is_left_out(self) -> None:
        class Word(Grounded):
            word: str | None = None

            @field_validator("word")
            @classmethod
            def _not_war(cls, word: str | None) -> str | None:
                assert word != "war"
                return word

        class Words(BaseModel):
            words: list[Word]

        record, [issue] = record_of(Words, {"words": [{"word": "war", "sentences": [1]}]})
        assert record.words[0].word is None
        assert issue.kind is IssueKind.VALUE_DROPPED

    def test_aliases_and_strictness_of_a_class_do_not_stand_in_the_way(self) -> None:
        class Word(Grounded):
            model_config = ConfigDict(strict=True)
            word: str = Field(alias="theWord")
            level: Literal["high"] | None = Field(default=None, validation_alias="theLevel")
            day: date | None = None

        class Words(BaseModel):
            words: list[Word] = Field(alias="allWords")

        item = {"word": "ports", "level": "low", "day": "2025-03-04", "sentences": [1]}
        record, [issue] = record_of(Words, {"words": [item]})
        assert (record.words[0].word, record.words[0].day) == ("ports", date(2025, 3, 4))
        assert (issue.path, issue.original) == ("/words/0/level", "low")

    def test_an_object_inside_an_object_of_one_field_is_read(self) -> None:
        class Inner(BaseModel):
            word: str
            count: int

        class Outer(BaseModel):
            inner: Inner

        class Whole(Grounded):
            outer: Outer | None = None

        inner = {"word": "trawlers", "count": 2}
        for written in (inner, {"inner": inner}):
            record, issues = record_of(Whole, {"sentences": [FIRED], "outer": written})
            assert record.outer == Outer(inner=Inner(word="trawlers", count=2))
            assert issues == []

    def test_the_evidence_of_a_class_may_have_another_name(self) -> None:
        class Seen(BaseModel):
            proof: list[Evidence]
            against: list[Evidence] = []
            when: DatePhrase | None = None

        class Sightings(BaseModel):
            seen: list[Seen]

        item = {"proof": [FIRED], "against": [MET]}
        record, _ = record_of(Sightings, {"seen": [item]}, size=Size.CORE)
        assert record.seen[0].proof[0].quote == ARTICLE.quote(FIRED)
        assert record.seen[0].when is not None
        assert record.seen[0].when.text == "Tuesday"

    def test_first_mentions_work_for_any_class_with_a_name(self) -> None:
        class Ship(BaseModel):
            label: Annotated[str, Verbatim()]
            seen: Annotated[list[Evidence], FirstMentions()]

        class Fleet(BaseModel):
            ships: list[Ship]

        record, _ = record_of(Fleet, {"ships": [{"label": "trawlers"}]})
        assert [e.sentence for e in record.ships[0].seen] == [FIRED, MET]


@pytest.mark.parametrize(
    ("parts", "path"), [(("a", 0), "/a/0"), (("a/b", "c~d"), "/a~1b/c~0d"), (("~1",), "/~01")]
)
def test_pointers_are_escaped(parts: tuple[str | int, ...], path: str) -> None:
    assert pointer(*parts) == path


def test_only_what_a_name_is_by_its_capitals_reads_as_one() -> None:
    held = source()
    assert held.reads_as_name("Harl Foreign Ministry")
    assert held.reads_as_name("the Corrin Institute")
    assert not held.reads_as_name("arl")
    assert not held.reads_as_name("two residents")
    assert not held.reads_as_name("Two residents")
