"""What does not stand is asked for once more, item by item; what stands is never lost for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field, model_validator

from summarizer import (
    Article,
    Check,
    IssueKind,
    NotSupported,
    Place,
    Problem,
    Result,
    Severity,
    Statement,
    Summarizer,
)
from summarizer.schemas import Evidence
from summarizer.testing import Answer, Request, ScriptedEndpoint, server_error, truncated

pytestmark = pytest.mark.local_server

TOWNS = [
    "Aldra",
    "Borvik",
    "Cimmel",
    "Dorsa",
    "Eskel",
    "Farrow",
    "Gantry",
    "Hollin",
    "Istra",
    "Jun",
]
ARTICLE = Article.from_text(
    " ".join(
        f"On Monday Norland's army shelled the town of {town} for {number} hours."
        for number, town in enumerate(TOWNS, 2)
    )
)


def activity(number: int, **other: Any) -> dict[str, Any]:
    """The item of sentence `number`, as a model writes it."""
    town = TOWNS[number - 1]
    return {
        "sentences": [number],
        "name": f"Shelling of {town}",
        "type": "missile_or_artillery_strike",
        "realis": "occurred",
        "actors": ["Norland"],
        "location": {"text": town},
        "description": f"The army of Norland shelled {town} for {number + 1} hours.",
        **other,
    }


RECORD: dict[str, Any] = {
    "headline": "Norland shells ten towns",
    "synopsis": [],
    "parties": [{"name": "Norland", "kind": "state"}],
    "military_activities": [activity(number) for number in range(1, 11)],
    "diplomatic_meetings": [],
    "expert_assessments": [],
    "claimed_motives": [],
}


def find_bad(statement: Statement) -> Iterator[Problem]:
    """A check of the user's own: nothing is to be called bad."""
    for told in statement.told:
        if told.name == "name" and told.value.startswith("Bad"):
            yield Problem(f"“{told.value}” is bad.")


def find_jun(statement: Statement) -> Iterator[Problem]:
    """Another, of a value that an item can do without."""
    for path, place in statement.objects(Place):
        if place.text == "Jun":
            yield Problem("Jun is no place.", path)


BAD, JUN = Check("bad", find_bad), Check("jun", find_jun)


def is_mending(request: Request) -> bool:
    return '"mends"' in request.prompt


class Model:
    """A scripted model: `first` for the article, `again` for what it is asked to mend."""

    def __init__(self, first: Answer, again: Answer | None = None) -> None:
        self.first, self.again = first, again
        self.asked: list[Request] = []

    def __call__(self, request: Request) -> Answer:
        self.asked.append(request)
        if not is_mending(request):
            return self.first
        assert self.again is not None, request.prompt[-2000:]
        return self.again


class Hit(BaseModel):
    """An item of a user's own schema, without an id."""

    text: str
    words: list[str] = []
    evidence: list[Evidence]


def hit(number: int, **other: Any) -> dict[str, Any]:
    """The item of sentence `number` in such a schema."""
    return {"sentences": [number], "text": f"the army shelled {TOWNS[number - 1]}", **other}


def find_wrong(statement: Statement) -> Iterator[Problem]:
    """A third: nothing is to be called wrong, and what is may be an entry of a list."""
    for told in statement.told:
        if str(told.value).startswith("wrong"):
            yield Problem("It is wrong.", told.path)


WRONG = Check("wrong", find_wrong)


def run(model: Model, checks: tuple[Check, ...] = (BAD,), **settings: Any) -> Result[Any]:
    with (
        ScriptedEndpoint(model) as server,
        Summarizer(
            "scripted",
            base_url=server.base_url,
            api_key=server.api_key,
            checks=checks,
            **settings,
        ) as summarizer,
    ):
        return summarizer.summarize(ARTICLE)


def spoilt(position: int, **other: Any) -> dict[str, Any]:
    """The record with one activity spoilt."""
    record = deepcopy(RECORD)
    record["military_activities"][position - 1].update(other)
    return record


def mending(position: int, number: int = 1, **other: Any) -> Answer:
    """The answer that mends the refused item `number` with the right one."""
    item = {"mends": number, **activity(position), **other}
    return Answer({"military_activities": [item]})


def names(result: Result[Any]) -> list[str]:
    return [activity.name for activity in result.summary.military_activities]


ALL = [f"Shelling of {town}" for town in TOWNS]


def test_what_stands_costs_one_call() -> None:
    model = Model(Answer(RECORD))
    result = run(model)
    assert names(result) == ALL
    assert len(model.asked) == result.usage.calls == 1


SPOILS: dict[str, dict[str, Any]] = {
    "an item of the wrong type": {"type": ["a", "list"]},
    "a value of no list": {"type": "picnic"},
    "no name": {"name": None},
    "a sentence that there isn't": {"sentences": [99]},
    "no sentence": {"sentences": []},
    "sentences that are words": {"sentences": ["three"]},
    "an item that fails a check": {"name": "Bad thing"},
}


@pytest.mark.parametrize("spoil", SPOILS.values(), ids=SPOILS)
def test_a_spoilt_item_is_asked_for_once_more_and_no_other_is(spoil: dict[str, Any]) -> None:
    model = Model(Answer(spoilt(4, **spoil)), mending(4))
    result = run(model)
    assert names(result) == ALL
    assert len(model.asked) == result.usage.calls == 2
    question = model.asked[1].prompt.split("</article-")[1]
    assert "Borvik" not in question
    [told] = [issue for issue in result.issues if issue.kind is IssueKind.MENDED]
    assert told.path == "/military_activities/3"
    assert told.original["sentences"] == spoil.get("sentences", [4])


@pytest.mark.parametrize("spoil", SPOILS.values(), ids=SPOILS)
def test_what_stays_spoilt_is_left_out_with_the_reason_and_the_original(
    spoil: dict[str, Any],
) -> None:
    record = spoilt(4, **spoil)
    model = Model(Answer(record), Answer({"military_activities": []}))
    result = run(model)
    assert names(result) == [name for name in ALL if "Dorsa" not in name]
    lost = [issue for issue in result.issues if issue.path == "/military_activities"]
    assert [issue.severity for issue in lost] == [Severity.ERROR]
    assert lost[0].original == record["military_activities"][3]
    assert result.usage.calls == 2


def test_all_spoils_at_once_and_a_torn_end_cost_one_call_more() -> None:
    record = deepcopy(RECORD)
    for position, spoil in enumerate(SPOILS.values(), 1):
        record["military_activities"][position - 1].update(spoil)
    text = json.dumps(record)
    torn = text[: text.index("Shelling of Istra")]  # the ninth of ten, in its middle
    again = [{"mends": 0, **activity(9)}, {"mends": 0, **activity(10)}]

    def answer(request: Request) -> Answer:
        if not is_mending(request):
            return truncated(torn)
        question = request.prompt.split("<items-")[1]
        items = [
            {"mends": int(number), **activity(position)}
            for position in range(1, 8)
            for number in _numbers_of(question, position)
        ]
        return Answer({"military_activities": [*items, *again]})

    with (
        ScriptedEndpoint(answer) as server,
        Summarizer(
            "scripted", base_url=server.base_url, api_key=server.api_key, checks=(BAD,)
        ) as summarizer,
    ):
        result = summarizer.summarize(ARTICLE)
        assert len(server.requests) == 2
    assert names(result) == ALL


def _numbers_of(question: str, position: int) -> list[str]:
    """The number under which the item of a position is refused."""
    town = TOWNS[position - 1]
    lines = [line for line in question.splitlines() if line.startswith("(") and town in line]
    return [line[1 : line.index(")")] for line in lines]


def test_an_answer_that_was_cut_off_keeps_what_is_whole_and_goes_on_with_the_rest() -> None:
    text = json.dumps(RECORD)
    torn = truncated(text[: text.index("Shelling of Hollin")])
    rest = {
        "military_activities": [{"mends": 0, **activity(n)} for n in (8, 9, 10)],
        "diplomatic_meetings": [],
    }
    model = Model(torn, Answer(rest))
    result = run(model)
    assert names(result) == ALL
    assert len(model.asked) == 2
    assert "Shelling of Gantry" in model.asked[1].prompt  # what is there is told
    assert IssueKind.ANSWER_TRUNCATED in [issue.kind for issue in result.issues]


def test_where_mending_fails_the_record_stands_without_it() -> None:
    model = Model(Answer(spoilt(4, name="Bad thing")), server_error(500))
    with pytest.MonkeyPatch.context() as patch:

        async def sleep(seconds: float) -> None:
            """Between attempts, no time goes by."""

        patch.setattr("summarizer.retry.sleep", sleep)
        result = run(model)
    assert len(names(result)) == 9
    kinds = [issue.kind for issue in result.issues]
    assert IssueKind.SECTION_FAILED in kinds
    assert IssueKind.UNSUPPORTED in kinds


def test_a_value_that_an_item_can_do_without_goes_alone() -> None:
    model = Model(Answer(RECORD))
    result = run(model, checks=(JUN,), on_unsupported="drop")
    assert names(result) == ALL
    assert result.summary.military_activities[-1].location is None
    [issue] = [issue for issue in result.issues if issue.kind is IssueKind.UNSUPPORTED]
    assert issue.path == "/military_activities/9"
    assert issue.original["text"] == "Jun"
    assert len(model.asked) == 1


def test_flagged_items_stay_and_nothing_is_asked_again() -> None:
    model = Model(Answer(spoilt(4, name="Bad thing")))
    result = run(model, on_unsupported="flag")
    assert "Bad thing" in names(result)
    paths = [issue.path for issue in result.issues if issue.kind is IssueKind.UNSUPPORTED]
    assert "/military_activities/3" in paths
    assert len(model.asked) == 1


def test_what_is_not_supported_can_be_an_error() -> None:
    with pytest.raises(NotSupported, match="Bad thing") as caught:
        run(Model(Answer(spoilt(4, name="Bad thing"))), on_unsupported="raise")
    assert caught.value.issues
    assert caught.value.usage is not None


def test_evidence_moves_to_the_sentence_that_plainly_carries_the_item() -> None:
    record = spoilt(4, sentences=[5])
    result = run(Model(Answer(record)), checks=())
    [moved] = [a for a in result.summary.military_activities if "Dorsa" in a.name]
    assert [receipt.sentence for receipt in moved.evidence] == [4]
    assert [a.id for a in result.summary.military_activities] == [f"a{n}" for n in range(1, 11)]
    [issue] = [issue for issue in result.issues if issue.kind is IssueKind.EVIDENCE_MOVED]
    assert issue.original == [5]


def test_an_answer_that_mends_and_is_cut_off_itself_says_so_and_loses_nothing_in_silence() -> None:
    text = json.dumps(RECORD)
    torn = truncated(text[: text.index("Shelling of Hollin")])
    bad = {"mends": 0, **activity(9, sentences=[99])}
    rest = json.dumps({"military_activities": [{"mends": 0, **activity(8)}, bad, {"mends": 0}]})
    result = run(Model(torn, truncated(rest[:-15])))
    assert names(result) == ALL[:8]
    kinds = [issue.kind for issue in result.issues]
    assert kinds.count(IssueKind.ANSWER_TRUNCATED) == 2
    assert IssueKind.EVIDENCE_MISSING in kinds


class Backwards(BaseModel):
    hits: list[Hit]

    @model_validator(mode="after")
    def _from_the_last(self) -> Backwards:
        self.hits = sorted(self.hits, key=lambda one: -one.evidence[0].sentence)
        return self


@pytest.mark.parametrize("policy", ["mend", "drop"])
def test_where_a_validator_orders_items_anew_the_bad_one_goes_and_no_other(policy: str) -> None:
    first = Answer({"hits": [hit(1, text="wrong"), hit(2), hit(3)]})
    again = Answer({"hits": [{"mends": 1, **hit(1)}]})
    result = run(Model(first, again), (WRONG,), schema=Backwards, on_unsupported=policy)
    found = [one.evidence[0].sentence for one in result.summary.hits]
    assert found == ([3, 2, 1] if policy == "mend" else [3, 2])
    [issue] = result.issues
    assert issue.original["text"] == "wrong"
    assert issue.path == ("/hits/2" if policy == "mend" else "/hits")


class Pair(BaseModel):
    hits: Annotated[list[Hit], Field(min_length=2)]


def test_what_the_record_can_t_do_without_stays_and_is_told() -> None:
    first = Answer({"hits": [hit(1, text="wrong"), hit(2)]})
    result = run(Model(first), (WRONG,), schema=Pair, on_unsupported="drop")
    assert next(one.text for one in result.summary.hits) == "wrong"
    assert [(issue.path, issue.severity) for issue in result.issues] == [
        ("/hits/0/text", Severity.ERROR)
    ]


class Hits(BaseModel):
    hits: list[Hit]


def test_of_several_bad_entries_of_a_list_each_goes_and_the_others_stay() -> None:
    words = [f"{'wrong' if n in (2, 9, 10) else 'word'} {'abcdefghijkl'[n]}" for n in range(12)]
    first = Answer({"hits": [hit(1, words=words)]})
    result = run(Model(first), (WRONG,), schema=Hits, on_unsupported="drop")
    [one] = result.summary.hits
    assert one.words == [word for word in words if "wrong" not in word]
    assert [issue.original for issue in result.issues] == [words[n] for n in (2, 9, 10)]


class Either(BaseModel):
    one: str | None = None
    other: str | None = None
    evidence: list[Evidence]

    @model_validator(mode="after")
    def _one_of_them(self) -> Either:
        if not (self.one or self.other):
            raise ValueError("one of them is needed")
        return self


class Eithers(BaseModel):
    hits: list[Either]


def test_what_is_left_of_an_item_and_fits_its_class_no_more_goes_alone() -> None:
    items = [{"sentences": [1], "one": "wrong"}, {"sentences": [2], "one": "army"}]
    result = run(Model(Answer({"hits": items})), (WRONG,), schema=Eithers, on_unsupported="drop")
    assert [one.one for one in result.summary.hits] == ["army"]
    assert [issue.original for issue in result.issues] == [items[0]]


def test_of_what_fails_again_both_forms_are_told() -> None:
    again = mending(4, name="Bad again")
    result = run(Model(Answer(spoilt(4, name="Bad thing")), again))
    lost = [issue for issue in result.issues if issue.path == "/military_activities"]
    assert [issue.original["name"] for issue in lost] == ["Bad again", "Bad thing"]
    assert {issue.kind for issue in lost} == {IssueKind.UNSUPPORTED}


def test_an_answer_of_nothing_to_a_call_that_mends_is_one() -> None:
    model = Model(Answer(spoilt(4, name="Bad thing")), Answer("{}"))
    result = run(model)
    assert len(names(result)) == 9
    assert len(model.asked) == 2


def test_a_check_that_breaks_is_an_issue_and_costs_no_record() -> None:
    def broken(statement: Statement) -> Iterator[Problem]:
        yield Problem("no pointer", "name")

    result = run(Model(Answer(RECORD)), checks=(Check("broken", broken),))
    assert names(result) == ALL
    assert {issue.severity for issue in result.issues_of([IssueKind.CHECK_FAILED])} == {
        Severity.WARNING
    }


def test_one_item_for_one_refusal_needs_no_number() -> None:
    model = Model(
        Answer(spoilt(4, name="Bad thing")), Answer({"military_activities": [activity(4)]})
    )
    assert names(run(model)) == ALL
