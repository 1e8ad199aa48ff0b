"""What instructor validates: whole answers and answers to one of several calls."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

import pytest
from drafting import ARTICLE, DENIED, FIRED, source
from pydantic import BaseModel, ValidationError, field_validator, model_validator

from summarizer.answers import SOURCE, Answer, answer_class
from summarizer.article import Article
from summarizer.grounding import Source
from summarizer.results import IssueKind
from summarizer.schemas import Grounded, SituationSummary
from summarizer.schemas.markers import Verbatim
from summarizer.wire import Plan, Profile, Size, plan

PARTIES = {"parties": [{"name": "Velmara"}]}


@pytest.fixture(autouse=True)
def held() -> Iterator[Source]:
    """What the answers of a test are held against."""
    token = SOURCE.set(source())
    yield SOURCE.get()
    SOURCE.reset(token)


def planned(schema: type[BaseModel] = SituationSummary) -> Plan:
    return plan(schema, Profile.STRICT, Size.FULL)


def answered(answer: Any, schema: type[BaseModel] = SituationSummary) -> Answer:
    """An answer to one call for all of a record, validated as the client does it."""
    return answer_class(planned(schema), None, whole=True).model_validate_json(
        json.dumps(answer), strict=False
    )


def complaint(answer: Any, schema: type[BaseModel] = SituationSummary) -> str:
    """What the model is told of an answer that is asked for again."""
    with pytest.raises(ValidationError) as caught:
        answered(answer, schema)
    [error] = caught.value.errors()
    return str(error["msg"])


def test_a_whole_answer_is_a_record_with_issues() -> None:
    answer = answered({"parties": [{"name": "Velmara"}, {"name": "Nordovia"}]})
    assert answer.record is not None
    record, [issue] = answer.record.summary, answer.record.issues
    assert isinstance(record, SituationSummary)
    assert [party.id for party in record.parties] == ["p1"]
    assert issue.kind is IssueKind.NAME_NOT_IN_ARTICLE


def test_an_answer_to_one_of_several_calls_is_a_draft_and_no_record_yet() -> None:
    part = answer_class(planned(), ("parties",), whole=False)
    answer = part.model_validate_json(json.dumps(PARTIES))
    assert answer.record is None
    assert list(answer.draft.sections) == ["parties"]


@pytest.mark.parametrize("answer", [[], "text", 3, None, [PARTIES], {}, {"people": []}])
def test_what_is_no_record_is_asked_for_again_in_few_words(answer: Any) -> None:
    assert len(complaint(answer)) < 300


def test_the_words_to_the_model_tell_no_more_of_the_article_than_an_excerpt() -> None:
    class Quoted(BaseModel):
        quote: Annotated[str, Verbatim()]

    told = complaint({"quote": ARTICLE.text + "!"}, Quoted)
    assert "not in the article" in told
    assert ARTICLE.quote(DENIED) not in told
    assert len(told) < 200


def test_a_validator_of_the_user_s_own_reads_the_article_and_is_heard() -> None:
    class Counted(BaseModel):
        sentences: int

        @field_validator("sentences")
        @classmethod
        def _as_many_as_there_are(cls, sentences: int) -> int:
            there = SOURCE.get().article.sentence_count
            if sentences != there:
                raise ValueError(f"there are {there}")
            return sentences

    assert complaint({"sentences": 3}, Counted).endswith("sentences: Value error, there are 7")
    answer = answered({"sentences": 7}, Counted)
    assert answer.record is not None
    assert (answer.record.summary, answer.record.issues) == (Counted(sentences=7), [])


def test_a_validator_of_an_item_costs_the_item_and_no_re_ask() -> None:
    class Late(Grounded):
        @model_validator(mode="after")
        def _after_the_first(self) -> Late:
            if self.evidence[0].sentence == FIRED:
                raise ValueError("too early")
            return self

    class Lates(BaseModel):
        lates: list[Late]

    answer = answered({"lates": [{"sentences": [FIRED]}, {"sentences": [DENIED]}]}, Lates)
    assert answer.record is not None
    record, [issue] = answer.record.summary, answer.record.issues
    assert isinstance(record, Lates)
    assert [late.evidence[0].sentence for late in record.lates] == [DENIED]
    assert issue.kind is IssueKind.ITEM_INVALID


def test_a_validator_that_breaks_is_not_taken_for_a_bad_answer() -> None:
    class Broken(BaseModel):
        word: str

        @field_validator("word")
        @classmethod
        def _break(cls, word: str) -> str:
            raise KeyError(word)

    with pytest.raises(KeyError):
        answered({"word": "ports"}, Broken)


def test_fields_may_be_called_as_the_class_of_the_answer_calls_its_own() -> None:
    class Awkward(BaseModel):
        plan: str
        record: int
        draft: str | None = None
        whole: bool = False

    told = {"plan": "ports", "record": 3, "draft": "ships", "whole": True}
    answer = answered(told, Awkward)
    assert answer.record is not None
    assert (answer.record.summary, answer.record.issues) == (
        Awkward(plan="ports", record=3, draft="ships", whole=True),
        [],
    )


def test_the_record_pickles_without_the_answer_that_it_came_in() -> None:
    answer = answered(PARTIES)
    assert answer.record is not None
    record = answer.record.summary
    assert pickle.loads(pickle.dumps(record)) == record


def test_a_class_is_made_once_for_a_plan_and_its_fields() -> None:
    assert answer_class(planned(), None, whole=True) is answer_class(planned(), None, whole=True)
    assert answer_class(planned(), ("parties",), whole=False) is answer_class(
        planned(), ("parties",), whole=False
    )
    assert answer_class(planned(), ("parties",), whole=False) is not answer_class(
        planned(), None, whole=True
    )
    assert answer_class(planned(), None, whole=True).__name__ == "SituationSummary"


@pytest.mark.parametrize("size", list(Size))
def test_the_schema_of_a_strict_answer_is_byte_for_byte_that_of_any_article(size: Size) -> None:
    answer = answer_class(plan(SituationSummary, Profile.STRICT, size), None, whole=True)
    first = json.dumps(answer.model_json_schema())
    SOURCE.set(source(Article.from_text("One. Two. Three met Four in Five.", language="en")))
    assert json.dumps(answer.model_json_schema()) == first
    assert first == json.dumps(answer.plan.json_schema(1))


def test_a_grammar_lists_the_names_of_the_article_in_core_and_nowhere_else() -> None:
    for size in Size:
        answer = answer_class(plan(SituationSummary, Profile.GRAMMAR, size), None, whole=True)
        definitions = answer.model_json_schema()["$defs"]
        assert definitions["sentence"]["enum"] == list(range(1, 9))
        assert ("Velmara" in definitions["name"].get("enum", ())) == (size is Size.CORE)


def test_a_part_is_asked_for_by_its_own_schema() -> None:
    part = answer_class(planned(), ("parties",), whole=False)
    assert list(part.model_json_schema()["properties"]) == ["parties"]


def test_what_a_form_leaves_unsaid_is_put_in_before_it_is_read(held: Source) -> None:
    class Names:
        sections: ClassVar[dict[str, Any]] = {"parties": None}

        def complete(self, answer: dict[str, Any]) -> dict[str, Any]:
            return {"parties": [{"name": name} for name in answer["names"]]}

    held.form = Names()  # type: ignore[assignment]  # as much of a form as is read
    answer = answered({"names": ["Velmara"]})
    assert answer.record is not None
    assert answer.record.summary == answered_record(PARTIES)


def answered_record(answer: Any) -> BaseModel | None:
    SOURCE.set(source())
    record = answered(answer).record
    return record.summary if record else None
