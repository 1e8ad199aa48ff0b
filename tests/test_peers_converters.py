"""What other extractors print becomes runs, and runs are compared on the fields that all have."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import gold_files
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

import peer_fields  # type: ignore[import-not-found]
import peers  # type: ignore[import-not-found]
from peer_records import of_instructor, of_langextract  # type: ignore[import-not-found]

from summarizer import Article
from summarizer.evals.documents import Tolerance
from summarizer.evals.files import json_of
from summarizer.evals.labelled import Labelled
from summarizer.evals.runs import Cost, load_run
from summarizer.evals.scoring import Scorer
from summarizer.evals.sealing import seal
from summarizer.evals.suites import Suite, load_suite
from summarizer.schemas import SituationSummary
from summarizer.schemas.vocabularies import ActivityType, PartyKind

ENDINGS = {"first": "", "second": "\nAll is calm.", "third": "\nNothing else is new."}
"""What the texts of three documents end on."""
ARTICLE = Article.from_text(gold_files.TEXT, language="en")
NOTHING: dict[str, Any] = {
    "parties": [],
    "military_activities": [],
    "diplomatic_meetings": [],
    "expert_assessments": [],
    "claimed_motives": [],
}
DRILL = {
    "description": "naval drill Clear Water",
    "type": "exercise",
    "participants": ["Veldmark", "Ostrava"],
    "location": "unknown",
    "quote": "opened the naval drill Clear Water",
}
DETERS = "The drill is meant to deter smugglers, said General Irsa Toll of Veldmark."
NESTED = NOTHING | {
    "parties": [
        {"name": "Veldmark", "kind": "state", "quote": "Veldmark and Ostrava"},
        {"name": "Ostrava", "kind": "organisation", "quote": "Ostrava is a navy"},
    ],
    "military_activities": [DRILL],
    "diplomatic_meetings": [
        {
            "participants": ["Veldmark", "None", "Ostrava"],
            "topic": "ships",
            "location": "Port Sel",
            "quote": "",
        }
    ],
    "expert_assessments": [
        {"expert": "Irsa Toll", "assessment": "Ships could stay into June.", "quote": DETERS}
    ],
    "claimed_motives": [
        {
            "actor": "Veldmark",
            "motive": "to deter smugglers",
            "attributed_to": "Irsa Toll",
            "quote": f"3 May.\n{DETERS[:20]}",
        }
    ],
}


def span_of(quote: str) -> list[int]:
    start = gold_files.TEXT.index(quote)
    return [start, start + len(quote)]


FLAT: list[list[Any]] = [
    ["party", "Veldmark", {}, span_of("Veldmark"), "match_exact"],
    ["party", "NATO", {"kind": "organisation"}, None, None],
    ["party", "Veldmark", {"kind": "country"}, span_of("Veldmark.\n"), "match_exact"],
    ["ship", "ships", None, span_of("ships"), "match_exact"],
    [
        "military_activity",
        "naval drill",
        {"type": "Exercise", "location": "none"},
        span_of("naval"),
    ],
    ["military_activity", "none", {"type": "none"}, None, None],
    ["diplomatic_meeting", "Veldmark and Ostrava opened", {"location": ["Port Sel"]}],
    ["expert_assessment", "They could stay", {"expert": "Toll"}, span_of("They could, Toll")],
    ["claimed_motive", "to deter smugglers", {"attributed_to": "Irsa Toll"}],
]


def quotes(item: dict[str, Any]) -> list[tuple[int, str]]:
    return [(each["sentence"], each["quote"]) for each in item["evidence"]]


def test_a_quote_becomes_the_sentences_that_it_touches() -> None:
    summary = json_of(of_instructor(NESTED, ARTICLE).summary)
    assert quotes(summary["military_activities"][0]) == [(1, ARTICLE.quote(1))]
    assert quotes(summary["claimed_motives"][0]) == [(1, ARTICLE.quote(1)), (2, ARTICLE.quote(2))]


@pytest.mark.parametrize(
    ("quote", "cited"),
    [
        (f"May.  {DETERS[:9]}", [1, 2]),
        ("at least 12 ships", [3]),
        ('Toll warned, stay "well into June"', [4]),
    ],
)
def test_a_quote_may_differ_in_case_white_space_and_marks(quote: str, cited: list[int]) -> None:
    told = NOTHING | {"parties": [{"name": "A", "kind": "state", "quote": quote}]}
    made = of_instructor(told, ARTICLE)
    assert [each.sentence for each in made.summary.parties[0].evidence] == cited
    assert made.verbatim == 0


@pytest.mark.parametrize("quote", ["At least 21 ships", "At least 12 ships takes", "Veldmark (1"])
def test_a_quote_that_differs_in_more_stands_nowhere(quote: str) -> None:
    told = NOTHING | {"parties": [{"name": "A", "kind": "state", "quote": quote}]}
    found = of_instructor(told, ARTICLE).summary.parties[0].evidence
    assert [(each.start, each.quote) for each in found] == [(len(ARTICLE.text), quote)]


def test_an_item_whose_quote_stands_nowhere_counts_and_is_not_located() -> None:
    summary = of_instructor(NESTED, ARTICLE).summary
    gold = SituationSummary.model_validate(
        {"parties": [{"name": "Ostrava", "evidence": [json_of(summary.parties[0].evidence[0])]}]}
    )
    predicted = SituationSummary(parties=[summary.parties[1]])
    score = Scorer(SituationSummary).score(
        Labelled(gold, ARTICLE.text), Labelled(predicted, ARTICLE.text), id="a"
    )
    assert (score.mass.value, score.mass.located) == (1, 0)
    assert score.sections["parties"].receipts.right == 0


def test_a_nested_answer_fills_the_fields_that_it_has() -> None:
    made = of_instructor(NESTED, ARTICLE)
    drill, meeting = made.summary.military_activities[0], made.summary.diplomatic_meetings[0]
    assert [party.kind for party in made.summary.parties][:2] == ["state", "government_body"]
    assert (drill.name, drill.type) == ("naval drill Clear Water", "joint_exercise")
    assert (drill.actors, drill.location) == (["Veldmark", "Ostrava"], None)
    assert meeting.participants == ["Veldmark", "Ostrava"]
    assert meeting.location is not None
    assert (meeting.location.text, meeting.topics) == ("Port Sel", ["ships"])
    assert made.summary.expert_assessments[0].assessor == "Irsa Toll"
    assert made.summary.claimed_motives[0].motive_of == ["Veldmark"]
    assert made.summary.claimed_motives[0].attributed_by == "Irsa Toll"


def test_everyone_who_is_named_is_a_party() -> None:
    parties = of_instructor(NESTED, ARTICLE).summary.parties
    assert [party.name for party in parties] == ["Veldmark", "Ostrava", "Irsa Toll"]
    assert [each.sentence for each in parties[2].evidence] == [2]


def test_quotes_are_counted_as_they_were_written() -> None:
    # A meeting without a quote has none that could be wrong.
    assert of_instructor(NESTED, ARTICLE)[1:] == (5, 4)


def test_what_langextract_found_nowhere_is_left_out_and_its_quote_counts() -> None:
    made = of_langextract(FLAT, ARTICLE)
    assert [party.name for party in made.summary.parties] == ["Veldmark", "Toll", "Irsa Toll"]
    assert (made.quotes, made.verbatim) == (7, 5)


def test_an_interval_is_of_no_sentence_that_it_only_comes_up_to() -> None:
    party = ["party", "3 May", {}, span_of("3 May.\n"), "match_lesser"]
    made = of_langextract([party], ARTICLE).summary.parties[0]
    assert [each.sentence for each in made.evidence] == [1]


def test_mentions_of_one_name_are_one_party_with_all_their_receipts() -> None:
    party = of_langextract(FLAT, ARTICLE).summary.parties[0]
    assert party.kind == "state"
    assert [each.sentence for each in party.evidence] == [1, 2]


def test_extractions_fill_the_fields_that_their_attributes_tell() -> None:
    summary = of_langextract(FLAT, ARTICLE).summary
    drill = summary.military_activities[0]
    assert (drill.name, drill.type, drill.location) == ("naval drill", "joint_exercise", None)
    meeting = summary.diplomatic_meetings[0]
    assert meeting.location is not None
    assert (meeting.location.text, meeting.participants) == ("Port Sel", [])
    assert summary.expert_assessments[0].assessor == "Toll"
    assert summary.expert_assessments[0].evidence[0].sentence == 4
    assert summary.claimed_motives[0].attributed_by == "Irsa Toll"


@pytest.mark.parametrize("said", ["None", "unknown", "", "not specified", "N/A", "(none)"])
def test_what_says_that_there_is_nothing_is_no_item(said: str) -> None:
    told = NOTHING | {"military_activities": [DRILL | {"description": said}]}
    assert of_instructor(told, ARTICLE).summary == SituationSummary()


def test_every_kind_and_type_has_words_of_the_peers() -> None:
    assert set(peer_fields.KINDS) == {kind.value for kind in PartyKind}
    assert set(peer_fields.TYPES) <= {type_.value for type_ in ActivityType}
    for word in ("exercise", "strike", "deployment", "arms_transfer", "weapons_test"):
        told = NOTHING | {"military_activities": [DRILL | {"type": word}]}
        made = peer_fields.reduced(json_of(of_instructor(told, ARTICLE).summary))
        assert made["military_activities"][0]["type"] == word
    for word in ("state", "armed_force", "organisation", "official", "media", "expert"):
        told = NOTHING | {"parties": [{"name": "A", "kind": word, "quote": ""}]}
        made = peer_fields.reduced(json_of(of_instructor(told, ARTICLE).summary))
        assert made["parties"][0]["kind"] == word


def test_tolerances_stay_where_their_field_does() -> None:
    labels = {
        "parties": [{"name": "A", "aliases": ["B"], "kind": "company"}, {"name": "C"}],
        "military_activities": [{"type": "bombing"}, {"type": "ground_clash"}, {"type": "alert"}],
    }
    given = [
        Tolerance(at="/parties/0", names=["Aa"]),
        Tolerance(at="/parties/0/kind", alternatives=["think_tank", "ngo", "media"]),
        Tolerance(at="/parties/0/member_of/0", optional=True),
        Tolerance(at="/parties/1/evidence/0", optional=True),
        Tolerance(at="/military_activities/0/name", dont_care=True),
        Tolerance(at="/military_activities/0/actors/0", optional=True),
    ]
    found = {each.at: each for each in peer_fields.tolerances(labels, given)}
    assert sorted(found) == [
        "/military_activities/0/name",
        "/military_activities/0/type",
        "/military_activities/1/type",
        "/parties/0",
        "/parties/0/kind",
        "/parties/1/evidence/0",
    ]
    assert found["/parties/0"].names == ["Aa", "B"]
    assert found["/parties/0/kind"].alternatives == ["media"]
    assert found["/military_activities/0/type"].optional
    assert found["/military_activities/1/type"].alternatives == ["strike"]


def test_what_is_other_says_nothing() -> None:
    activity = NOTHING | {"military_activities": [DRILL | {"type": "march"}]}
    made = json_of(of_instructor(activity, ARTICLE).summary)
    assert made["military_activities"][0]["type"] == "other"
    assert "type" not in peer_fields.reduced(made)["military_activities"][0]


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Suite[SituationSummary]:
    drafts = {name: gold_files.draft(text=gold_files.TEXT + end) for name, end in ENDINGS.items()}
    folder = gold_files.suite(tmp_path_factory.mktemp("gold") / "drills", **drafts)
    seal(folder, SituationSummary)
    return load_suite(folder, SituationSummary)


@pytest.fixture(scope="module")
def converted(suite: Suite[SituationSummary], tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [
        {"doc": "first", "ok": True, "data": NESTED, "wall": 2.5, "usage": {"calls": 1}},
        {"doc": "second", "ok": False, "error": "IncompleteOutputException", "wall": 9},
    ]
    folder = tmp_path_factory.mktemp("runs")
    output = folder / "output.jsonl"
    output.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    peers.convert("instructor", output, folder / "run", suite, "small")
    return folder / "run"


def test_a_converted_run_is_over_what_the_peer_was_run_on(converted: Path) -> None:
    run = load_run(converted)
    assert run.settings.documents == ["dev/first", "dev/second"]
    assert run.settings.model == "small"
    first = run.predictions["dev", "first", 1]
    assert first.usage == Cost(calls=1, seconds=2.5)
    assert first.signature == {"quotes": 5, "verbatim": 4}


def test_a_document_that_failed_is_a_failed_prediction(converted: Path) -> None:
    failed = load_run(converted).predictions["dev", "second", 1]
    assert (failed.status, failed.summary) == ("failed", None)
    assert failed.error is not None
    assert failed.error.type == "IncompleteOutputException"


def test_an_article_that_is_not_in_the_suite_is_refused(
    suite: Suite[SituationSummary], tmp_path: Path
) -> None:
    output = tmp_path / "output.jsonl"
    output.write_text('{"doc": "fourth", "ok": false, "error": "x"}\n', encoding="utf-8")
    with pytest.raises(SystemExit, match="fourth"):
        peers.convert("instructor", output, tmp_path / "run", suite, None)


def test_gold_cut_down_answers_itself(suite: Suite[SituationSummary]) -> None:
    scorer = Scorer(peer_fields.SharedSummary)
    for document in peer_fields.reduced_suite(suite).documents:
        own = Labelled(document.labels.record, document.article.text)
        score = scorer.score(document.labelled(), own, id="a")
        assert score.mass.value == score.mass.gold == score.mass.predicted > 0


def test_the_tables_are_over_the_documents_of_all_runs(
    suite: Suite[SituationSummary], converted: Path
) -> None:
    run = load_run(converted)
    whole = "\n".join(peers.tables([run, run], suite, "dev"))
    assert whole.startswith("2 documents of drills: first, second.")
    assert whole.count("| instructor | values | +0.000") == 2
    assert "| instructor | 1 | 1 | 0 | 0 | 12 | 4 of 5 (80 %) |" in whole
