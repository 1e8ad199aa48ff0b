"""An article goes in and a record comes out, whatever becomes of single calls."""

from __future__ import annotations

import asyncio
import json
import logging
import pickle
from collections.abc import Callable
from typing import Any, Self

import pytest
from filling import fill
from pydantic import BaseModel, Field, model_validator

from summarizer import (
    AnswerInvalid,
    Article,
    ArticleTooLong,
    Grounded,
    IssueKind,
    Refused,
    Result,
    Severity,
    SituationSummary,
    Summarizer,
    SummarizerError,
    current_article,
)
from summarizer.testing import (
    Answer,
    Request,
    Script,
    ScriptedEndpoint,
    failure,
    filtered,
    rate_limited,
    refused,
    server_error,
    truncated,
)

pytestmark = pytest.mark.local_server

TEXT = (
    "Norland and Sarvia opened the drill Clear Water on Monday. "
    "General Irsa Toll said the ships would stay for a week. "
    "The ministers met in Norvik on Tuesday."
)


@pytest.fixture(autouse=True)
def _no_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    async def sleep(seconds: float) -> None:
        """Between attempts, no time goes by."""

    monkeypatch.setattr("summarizer.retry.sleep", sleep)


class Finding(Grounded):
    what: str


class Report(BaseModel):
    findings: list[Finding] = Field(default=[])
    doubts: list[Finding] = Field(default=[])


def finding(what: str, *sentences: int) -> dict[str, Any]:
    return {"what": what, "sentences": sentences}


def section_of(request: Request) -> str:
    """The field that a call of the strategy `sections` asks for."""
    question: str = request.body["messages"][1]["content"].splitlines()[-1]
    return question.removeprefix("Write only these fields of the record: ").rstrip(".")


def by_section(answers: dict[str, Answer]) -> Callable[[Request], Answer]:
    return lambda request: answers[section_of(request)]


def run(
    script: Script,
    text: str | Article = TEXT,
    *,
    pages: dict[str, Any] | None = None,
    **settings: Any,
) -> Result[Any]:
    """The result of one article at a scripted endpoint."""
    with (
        ScriptedEndpoint(script, pages=pages) as server,
        Summarizer(
            "scripted", base_url=server.base_url, api_key=server.api_key, **settings
        ) as summarizer,
    ):
        return summarizer.summarize(text)


def usage_of(error: BaseException) -> tuple[int, int]:
    usage = error.usage if isinstance(error, SummarizerError) else None
    assert usage is not None
    return usage.calls, usage.completion_tokens


def test_every_receipt_is_a_sentence_of_the_article() -> None:
    result = run(fill)
    summary = result.summary
    assert type(summary) is SituationSummary
    receipts = [
        receipt
        for items in (
            summary.parties,
            summary.military_activities,
            summary.diplomatic_meetings,
            summary.synopsis,
        )
        for item in items
        for receipt in item.evidence
    ]
    assert len(receipts) >= 4
    for receipt in receipts:
        assert receipt.quote == result.article.text[receipt.start : receipt.end]
        assert receipt.quote == result.article.quote(receipt.sentence)


def test_an_object_of_the_users_own_class_comes_out_and_compares_and_pickles() -> None:
    result = run([Answer({"findings": [finding("a drill", 1)], "doubts": []})], schema=Report)
    assert type(result.summary) is Report
    again = Result[Report].model_validate_json(result.model_dump_json())
    assert again == result
    assert pickle.loads(pickle.dumps(result)) == result


def test_an_article_full_of_template_marks_is_sent_and_kept_as_it_is() -> None:
    text = "Norland said {{ SECRET }} and {% raise %} on Monday. {# note #} It cost {0} {}."
    seen: list[str] = []

    def script(request: Request) -> Answer:
        seen.append(request.prompt)
        return Answer({"findings": [finding("a drill", 1)], "doubts": []})

    result = run(script, text, schema=Report)
    assert "{{ SECRET }} and {% raise %}" in seen[0]
    assert "{# note #} It cost {0} {}." in seen[0]
    quote = "Norland said {{ SECRET }} and {% raise %} on Monday."
    assert result.summary.findings[0].evidence[0].quote == quote


def test_the_signature_says_what_happened() -> None:
    result = run(fill)
    assert {key: result.signature[key] for key in ("model", "server", "mode", "profile")} == {
        "model": "scripted",
        "server": "unknown",
        "mode": "json_schema",
        "profile": "strict",
    }
    assert result.signature["size"] == "full"
    assert result.signature["strategy"] == "single"
    assert result.signature["prompt"].startswith("extract.v1#")
    assert result.signature["schema"].startswith("SituationSummary#")
    assert {"summarizer", "instructor", "openai"} <= set(result.signature)
    assert "weights" not in result.signature


def test_the_signature_names_the_strategy_that_was_used_and_not_the_one_that_was_meant() -> None:
    """Without a grammar there is no form."""
    result = run(fill, strategy="forms", size="core")
    assert result.signature["strategy"] == "single"
    assert run(fill, strategy="sections").signature["strategy"] == "sections"


def test_a_record_of_the_core_size_says_that_it_is_one() -> None:
    assert [i.severity for i in run(fill, size="core").issues_of([IssueKind.CORE_SIZE])] == [
        Severity.INFO
    ]
    assert run(fill).issues_of([IssueKind.CORE_SIZE]) == []


# Several calls


ONE = Answer({"findings": [finding("a drill", 1)]}, usage={"completion_tokens": 7})
OTHER = Answer({"doubts": [finding("a stay", 2)]}, usage={"completion_tokens": 5})


def test_sections_are_joined_into_one_record_and_their_costs_are_added() -> None:
    result = run(by_section({"findings": ONE, "doubts": OTHER}), schema=Report, strategy="sections")
    assert [item.what for item in result.summary.findings] == ["a drill"]
    assert [item.what for item in result.summary.doubts] == ["a stay"]
    assert (result.usage.calls, result.usage.completion_tokens) == (2, 12)
    assert result.usage.seconds > 0


@pytest.mark.parametrize("bad", [refused(), filtered(), truncated("no record"), Answer("nothing")])
def test_a_call_that_fails_costs_its_own_fields_only(bad: Answer) -> None:
    result = run(by_section({"findings": bad, "doubts": OTHER}), schema=Report, strategy="sections")
    assert result.summary.findings == []
    assert [item.what for item in result.summary.doubts] == ["a stay"]
    (issue,) = result.issues_of([IssueKind.SECTION_FAILED])
    assert issue.severity is Severity.ERROR
    assert issue.message.startswith("Nothing was got for findings: ")
    assert result.usage.calls >= 2


def test_where_every_call_fails_so_does_the_article_and_the_error_tells_the_cost() -> None:
    with pytest.raises(Refused) as caught:
        run([refused()], schema=Report, strategy="sections")
    assert usage_of(caught.value)[0] == 2


def test_an_endpoint_that_fails_later_on_costs_what_was_not_got_and_no_more() -> None:
    script = by_section({"findings": ONE, "doubts": failure(400, "No.")})
    result = run(script, schema=Report, strategy="sections")
    assert [item.what for item in result.summary.findings] == ["a drill"]
    (issue,) = result.issues_of([IssueKind.SECTION_FAILED])
    assert "doubts" in issue.message
    assert (result.usage.calls, result.usage.completion_tokens) == (2, 7)


def test_what_was_cut_off_is_kept_as_far_as_it_is_whole_and_said() -> None:
    cut = truncated('{"findings": [{"what": "a drill", "sentences": [1]}, {"what": "a st')
    result = run([cut, Answer({"findings": [], "doubts": []})], schema=Report)
    assert [item.what for item in result.summary.findings] == ["a drill"]
    (issue,) = result.issues_of([IssueKind.ANSWER_TRUNCATED])
    assert "the record" in issue.message


class Paired(BaseModel):
    findings: list[Finding] = Field(default=[])
    doubts: list[Finding] = Field(default=[])

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if bool(self.findings) != bool(self.doubts):
            raise ValueError("findings and doubts come in pairs")
        return self


def test_a_validator_of_the_whole_record_has_the_model_asked_again() -> None:
    lone = Answer({"findings": [finding("a drill", 1)], "doubts": []})
    both = Answer({"findings": [finding("a drill", 1)], "doubts": [finding("a stay", 2)]})
    result = run([lone, both], schema=Paired)
    assert len(result.summary.doubts) == 1
    assert result.usage.calls == 2


def test_answers_that_add_up_to_no_record_are_an_error_of_ours() -> None:
    script = by_section({"findings": ONE, "doubts": Answer({"doubts": []})})
    with pytest.raises(AnswerInvalid, match="come in pairs") as caught:
        run(script, schema=Paired, strategy="sections")
    assert usage_of(caught.value) == (2, 7 + 3)
    assert TEXT[:40] not in str(caught.value)


# Length


def llama(context: int, tokens: int | None) -> dict[str, Any]:
    """The pages of llama.cpp's server, of which `/tokenize` finds so many tokens in anything."""
    listing = {"data": [{"id": "scripted", "owned_by": "llamacpp", "meta": {"n_ctx": context}}]}
    pages: dict[str, Any] = {"/v1/models": listing}
    if tokens is not None:
        pages["/tokenize"] = {"tokens": list(range(tokens))}
    return pages


def vllm(context: int, tokens: int) -> dict[str, Any]:
    listing = {"data": [{"id": "scripted", "owned_by": "vllm", "max_model_len": context}]}
    return {"/v1/models": listing, "/tokenize": {"count": tokens}}


@pytest.mark.parametrize("pages", [llama(4096, 3500), vllm(4096, 3500)])
def test_an_article_too_long_is_refused_with_both_sizes_before_it_is_sent(
    pages: dict[str, Any],
) -> None:
    asked: list[Request] = []

    def script(request: Request) -> Answer:
        asked.append(request)
        return Answer()

    with pytest.raises(ArticleTooLong, match=r"takes 3,500 tokens.*model 4,096 in all"):
        run(script, TEXT * 50, pages=pages, schema=Report, strategy="single")
    assert asked == []


def test_an_article_that_fits_by_the_count_is_not_refused_by_the_estimate() -> None:
    assert run(fill, TEXT * 50, pages=llama(4096, 2500), schema=Report).summary.findings


def test_without_a_tokenizer_the_estimate_counts_and_says_so() -> None:
    listing = {"data": [{"id": "scripted", "owned_by": "someone", "max_model_len": 4096}]}
    with pytest.raises(ArticleTooLong, match=r"takes about [34],\d{3} tokens"):
        run(fill, TEXT * 60, pages={"/v1/models": listing}, schema=Report, strategy="single")
    assert run(fill, TEXT * 30, pages={"/v1/models": listing}, schema=Report).summary.findings


def test_a_short_article_is_not_counted() -> None:
    def tokenize(request: Request) -> object:
        raise AssertionError("plainly short enough")

    pages = llama(16384, None) | {"/tokenize": tokenize}
    assert run(fill, pages=pages, schema=Report).summary.findings


def test_an_answer_is_limited_to_the_room_that_the_prompt_leaves() -> None:
    limits: list[int] = []

    def script(request: Request) -> Answer:
        limits.append(request.body["max_tokens"])
        return fill(request)

    run(script, pages=vllm(4096, 1000), schema=Report)
    run(script, pages=vllm(4096, 1000), schema=Report, max_tokens=500)
    run(script, pages=vllm(32768, 1000), schema=Report)
    run(script, pages=vllm(32768, 1000), schema=Report, size="core")
    assert limits == [3096, 500, 6144, 1024]


def test_an_endpoint_that_tells_no_size_gets_the_article() -> None:
    assert run(fill, TEXT * 300, schema=Report).summary.findings


# Context


def test_articles_at_the_same_time_in_one_loop_are_not_mixed_up() -> None:
    names = ["Arda", "Bela", "Cira", "Dora", "Elva", "Fara", "Gila", "Hora"]

    def script(request: Request) -> Answer:
        place = next(i for i, name in enumerate(names) if f"{name} is ready" in request.prompt)
        item = finding(f"{names[place]} is ready", 1)
        # The first to ask are the last to be answered.
        return Answer({"findings": [item], "doubts": []}, delay=0.02 * (len(names) - place))

    async def all_of_them() -> list[Result[Report]]:
        with ScriptedEndpoint(script) as server:
            async with Summarizer(
                "scripted", base_url=server.base_url, api_key=server.api_key, schema=Report
            ) as summarizer:
                return await asyncio.gather(
                    *(summarizer.asummarize(f"{name} is ready.", id=name) for name in names)
                )

    for name, result in zip(names, asyncio.run(all_of_them()), strict=True):
        assert result.article.id == name
        assert result.issues == []
        assert result.summary.findings[0].evidence[0].quote == f"{name} is ready."


class Checked(BaseModel):
    findings: list[Finding] = Field(default=[])

    @model_validator(mode="after")
    def _few(self) -> Self:
        article = current_article()
        if article is not None and len(self.findings) > article.sentence_count:
            raise ValueError(f"at most {article.sentence_count} findings")
        return self


def test_a_validator_of_the_users_own_sees_the_article() -> None:
    two = Answer({"findings": [finding("a", 1), finding("b", 1)]})
    one = Answer({"findings": [finding("a", 1)]})
    asked: list[str] = []

    def script(request: Request) -> Answer:
        asked.append(request.prompt)
        return two if len(asked) == 1 else one

    result = run(script, "Norland is ready.", schema=Checked)
    assert len(result.summary.findings) == 1
    assert "at most 1 findings" in asked[1]


def test_outside_of_a_call_there_is_no_article() -> None:
    async def look() -> None:
        with ScriptedEndpoint(fill) as server:
            async with Summarizer(
                "scripted", base_url=server.base_url, api_key=server.api_key
            ) as summarizer:
                assert current_article() is None
                await summarizer.asummarize(TEXT)
                assert current_article() is None

    asyncio.run(look())


# What is told to whom


@pytest.mark.parametrize("bad", [rate_limited(0), server_error(503), None])
def test_neither_key_nor_article_reaches_a_log(
    bad: Answer | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    hidden = "the password of the harbour is swordfish"
    text = f"{TEXT} {'Nothing else happened there that day. ' * 5}And {hidden}."
    keys: list[str] = []

    def script(request: Request) -> Answer:
        key = request.headers["authorization"].removeprefix("Bearer ")
        keys.append(key)
        if len(keys) == 1:
            return bad or failure(500, f"{key}: {request.prompt}")
        return fill(request)

    run(script, text, on_unsupported="flag")
    assert len(keys) == 2
    told = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert "Trying again" in told
    assert keys[0] not in told
    assert hidden not in told


@pytest.mark.parametrize("settings", [{}, {"strategy": "sections"}])
def test_neither_key_nor_article_stands_in_an_error(settings: dict[str, Any]) -> None:
    hidden = "the password of the harbour is swordfish"
    keys: list[str] = []

    def script(request: Request) -> Answer:
        keys.append(request.headers["authorization"].removeprefix("Bearer "))
        return Answer(json.dumps({"parties": f"{keys[0]} {request.prompt}"}))

    with pytest.raises(AnswerInvalid) as caught:
        run(script, f"{TEXT} And {hidden}.", **settings)
    assert keys[0] not in repr(caught.value)
    assert hidden not in str(caught.value)
    assert hidden not in repr(caught.value.__cause__)
