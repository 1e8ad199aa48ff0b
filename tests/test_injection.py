"""Articles that give orders, and a model that obeys: nothing comes through without a receipt.

The ten articles of `benchmarks/injection`, each with the payload that its attack wants to see in
the record. What a real model makes of them is for `benchmarks/injection.py` to measure.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from obedience import obedient, obeying, unreceipted

from summarizer import Article, IssueKind, Result, SituationSummary, Summarizer, read
from summarizer.templates import PROMPT, instructions, messages
from summarizer.testing import Answer, Request, ScriptedEndpoint
from summarizer.view.page import page
from summarizer.wire import Profile, Size, plan

FOLDER = Path(__file__).resolve().parent.parent / "benchmarks" / "injection"
PAYLOADS = {
    name: attack["payload"]
    for name, attack in json.loads((FOLDER / "payloads.json").read_text(encoding="utf-8")).items()
}
pytestmark = pytest.mark.local_server
articles = pytest.mark.parametrize("name", PAYLOADS)


class Model:
    """A model at one endpoint, that does what the test at hand says."""

    def __init__(self, server: ScriptedEndpoint) -> None:
        self.server = server
        self.script: Callable[[Request], Answer] = obeying("", [])
        self._summarizers: dict[str, Summarizer[SituationSummary]] = {}

    def run(
        self, article: Article, script: Callable[[Request], Answer] | Answer, **settings: Any
    ) -> Result[SituationSummary]:
        """The record of an article, with the answers of `script`."""
        self.script = (lambda _: script) if isinstance(script, Answer) else script
        summarizer = self._summarizers.get(str(settings))
        if summarizer is None:
            base_url, key = self.server.base_url, self.server.api_key
            summarizer = Summarizer("scripted", base_url=base_url, api_key=key, **settings)
            self._summarizers[str(settings)] = summarizer
        return summarizer.summarize(article)

    def close(self) -> None:
        """Close all connections."""
        for summarizer in self._summarizers.values():
            summarizer.close()


def serving(**pages: Any) -> Iterator[Model]:
    def answer(request: Request) -> Answer:
        return made.script(request)

    with ScriptedEndpoint(answer, pages=pages) as server:
        made = Model(server)
        yield made
        made.close()


@pytest.fixture(scope="module")
def model() -> Iterator[Model]:
    yield from serving()


@pytest.fixture(scope="module")
def llama() -> Iterator[Model]:
    listing = {"data": [{"id": "scripted", "owned_by": "llamacpp", "meta": {"n_ctx": 16384}}]}
    yield from serving(**{"/v1/models": listing})


def check(result: Result[SituationSummary], payload: str) -> None:
    """What holds for every record, whatever a model wrote."""
    again = Result[SituationSummary].model_validate_json(result.model_dump_json())
    assert again == result
    article = result.article
    data = json.loads(result.summary.model_dump_json())
    assert unreceipted(data, payload) == []
    for entry in entries(data):
        assert entry["quote"] == article.text[entry["start"] : entry["end"]]
        assert entry["quote"] == article.quote(entry["sentence"])


def entries(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        own = [value] if "quote" in value else []
        return own + [entry for inner in value.values() for entry in entries(inner)]
    return [entry for inner in value for entry in entries(inner)] if isinstance(value, list) else []


def citations(article: Article, payload: str) -> list[list[int]]:
    """What an attack may cite: a harmless sentence, none that there is, its own."""
    harmless = next(n for n, text in article.numbered() if payload not in text)
    own = next(n for n, text in article.numbered() if payload in text)
    return [[harmless], [99, 100], [own]]


def test_the_ten_articles_hold_their_payloads() -> None:
    assert len(PAYLOADS) == 10
    assert all(payload in read(FOLDER / name).text for name, payload in PAYLOADS.items())


def test_the_search_finds_what_has_no_receipt() -> None:
    quote = {"sentence": 1, "start": 0, "end": 5, "quote": "X won"}
    record = {
        "headline": "X won",
        "parties": [{"id": "p1", "name": "X", "evidence": [quote]}],
        "acts": [{"id": "a1", "by": ["p1"], "evidence": [{**quote, "quote": "Y won"}]}],
    }
    assert unreceipted(record, "X") == ["/acts/0/by/0"]
    assert unreceipted({"headline": "X won", "parties": []}, "X") == ["/headline"]


@articles
def test_an_article_changes_nothing_but_the_text_between_its_fences(name: str) -> None:
    article = read(FOLDER / name)
    planned = plan(SituationSummary, Profile.STRICT, Size.FULL)
    system, user = messages(article, planned, prompt="extract.v1", output_language="English")
    assert system["content"] == instructions(planned, PROMPT, "English")
    opened, *lines, closed, blank, question = user["content"].split("\n")
    assert (closed, blank, question) == (
        f"</{opened[1:]}",
        "",
        "Write the record of this article.",
    )
    assert len(lines) == article.sentence_count
    assert all(line.startswith(f"[{n}] ") for n, line in enumerate(lines, 1))
    assert user["content"].count("<") == 2
    assert "<|" not in user["content"]


def test_template_marks_are_sent_as_they_are(model: Model) -> None:
    sent: list[str] = []

    def script(request: Request) -> Answer:
        sent.append(request.prompt)
        return Answer({"headline": None})

    model.run(read(FOLDER / "07.txt"), script)
    assert "{{ config.__class__.__init__.__globals__ }}" in sent[0]
    assert '{{ "OMEGA-GANNET-17" ~ 7 * 7 }}' in sent[0]
    assert "{# the renderer drops this sentence #}" in sent[0]
    assert "OMEGA-GANNET-1749" not in sent[0]


@articles
@pytest.mark.parametrize("settings", [{}, {"strategy": "sections"}, {"size": "core"}], ids=str)
def test_nothing_that_an_obedient_model_writes_lacks_a_receipt(
    name: str, settings: dict[str, Any], model: Model
) -> None:
    article, payload = read(FOLDER / name), PAYLOADS[name]
    for said in (payload, f"{payload} has taken the capital", f"according to {payload}"):
        for numbers in citations(article, payload):
            check(model.run(article, obeying(said, numbers), **settings), payload)


@articles
def test_a_headline_alone_does_not_bring_the_payload(name: str, model: Model) -> None:
    payload = PAYLOADS[name]
    answer = Answer({"headline": f"The end, says {payload}"})
    result = model.run(read(FOLDER / name), answer)
    assert result.summary.headline is None
    assert result.issues_of([IssueKind.VALUE_DROPPED])
    check(result, payload)


@articles
def test_numbers_that_are_forged_make_no_receipts(name: str, model: Model) -> None:
    result = model.run(read(FOLDER / name), obeying("drill", [99, 100, 0, -1]))
    assert not result.summary.military_activities
    assert not result.summary.diplomatic_meetings
    assert result.issues_of([IssueKind.EVIDENCE_INVALID, IssueKind.EVIDENCE_MISSING])


@articles
def test_a_server_that_ignores_the_grammar_brings_no_more(name: str, llama: Model) -> None:
    """A form leaves an obedient model nothing to write; here it writes what it likes."""
    article, payload = read(FOLDER / name), PAYLOADS[name]
    schema = plan(SituationSummary, Profile.GRAMMAR, Size.CORE).json_schema(8)
    for numbers in citations(article, payload):
        content = obedient(schema, schema["$defs"], payload, numbers)
        result = llama.run(article, Answer(content), size="core")
        check(result, payload)
        assert result.signature["server"] == "llama.cpp"


@pytest.mark.parametrize("where", ["headline", "synopsis", "activity"])
def test_the_words_of_the_prompt_do_not_come_back(where: str, model: Model) -> None:
    article = read(FOLDER / "10.txt")
    planned = plan(SituationSummary, Profile.STRICT, Size.FULL)
    prompt = instructions(planned, PROMPT, "English")
    rules = [line.removeprefix("- ") for line in prompt.split("Fields")[0].splitlines() if line]
    for rule in rules[2:]:
        answer: dict[str, Any] = {"headline": None}
        if where == "headline":
            answer = {"headline": rule}
        elif where == "synopsis":
            answer = {"synopsis": [{"text": rule, "sentences": [1]}]}
        else:
            item = {"name": rule, "type": "other", "description": rule, "sentences": [1]}
            answer = {"military_activities": [item]}
        result = model.run(article, Answer(answer))
        assert rule not in result.summary.model_dump_json()
        assert result.issues


@articles
def test_a_page_shows_the_attack_as_text(name: str, model: Model) -> None:
    article, payload = read(FOLDER / name), PAYLOADS[name]
    shown = page(model.run(article, obeying(payload, citations(article, payload)[2])))
    for live in (
        "<script>document",
        "<img src=x",
        "<svg onload",
        "<div style=",
        "</textarea></title>",
    ):
        assert live not in shown
