"""A record written by hand, about events that never were, with every kind of item in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from summarizer.article import Article
from summarizer.results import Issue, IssueKind, Result, Severity, Usage
from summarizer.schemas import SituationSummary

TEXT = (Path(__file__).parent / "sample_article.txt").read_text(encoding="utf-8")


def cite(article: Article, *numbers: int) -> list[dict[str, Any]]:
    """Evidence for the given sentences, as it stands in JSON."""
    spans = [(n, *article.sentences[n - 1]) for n in numbers]
    return [{"sentence": n, "start": s, "end": e, "quote": article.text[s:e]} for n, s, e in spans]


def article_of(text: str = TEXT, **details: Any) -> Article:
    """An article with the given details, the hand-written one unless `text` is another."""
    return Article.from_text(text, **details)


def summary_of(article: Article) -> SituationSummary:
    """The record of the hand-written article."""

    def ev(*numbers: int) -> list[dict[str, Any]]:
        return cite(article, *numbers)

    def by(status: str, *sources: str | dict[str, str], at: int) -> dict[str, Any]:
        chain = [s if isinstance(s, dict) else {"source": s, "kind": "named"} for s in sources]
        return {"status": status, "attribution": chain, "evidence": ev(at)}

    return SituationSummary.model_validate(
        {
            "headline": "Varland and Tessin exercise in the Gulf of Maro as Orvia threatens ships",
            "synopsis": [
                {
                    "text": "Varland and the Tessin Republic began a naval exercise that runs "
                    "until 14 March.",
                    "evidence": ev(1, 3),
                },
                {"text": "Orvia calls it a rehearsal for a blockade.", "evidence": ev(4)},
                {
                    "text": "Two drones hit a depot at Port Hollin; who sent them is disputed.",
                    "evidence": ev(8, 10, 11),
                },
            ],
            "parties": [
                {"id": "p1", "name": "Varland", "kind": "state", "evidence": ev(1)},
                {
                    "id": "p2",
                    "name": "Tessin Republic",
                    "aliases": ["Tessin"],
                    "kind": "state",
                    "evidence": ev(1, 7),
                },
                {"id": "p3", "name": "Orvia", "kind": "state", "evidence": ev(4)},
                {
                    "id": "p4",
                    "name": "Ilka Thorne",
                    "kind": "official",
                    "role_title": "foreign minister",
                    "member_of": ["p3"],
                    "evidence": ev(5),
                },
                {
                    "id": "p5",
                    "name": "Varland navy",
                    "kind": "armed_force",
                    "member_of": ["p1"],
                    "evidence": ev(11),
                },
                {"id": "p6", "name": "Maro Wire", "kind": "media", "evidence": ev(7)},
                {
                    "id": "p7",
                    "name": "Mirela Sand",
                    "kind": "expert",
                    "member_of": ["p8"],
                    "evidence": ev(16),
                },
                {
                    "id": "p8",
                    "name": "Halden Institute for Strategic Questions",
                    "kind": "think_tank",
                    "country": "NOR",
                    "evidence": ev(16),
                },
                {
                    "id": "p9",
                    "name": "Joren Adair",
                    "kind": "official",
                    "member_of": ["p2"],
                    "evidence": ev(15),
                },
                {
                    "id": "p10",
                    "name": "وزارة الدفاع",
                    "name_en": "Ministry of Defence of Orvia",
                    "kind": "government_body",
                    "member_of": ["p3"],
                    "evidence": ev(19),
                },
            ],
            "military_activities": [
                {
                    "id": "a1",
                    "name": "NORTHERN LANTERN 2031",
                    "type": "joint_exercise",
                    "realis": "ongoing",
                    "actors": ["p1", "p2"],
                    "location": {"text": "Gulf of Maro", "kind": "sea_or_strait"},
                    "date": {
                        "text": "until 14 March",
                        "edtf": "2031-03-10/2031-03-14",
                        "precision": "day",
                        "basis": "relative_to_publication",
                    },
                    "quantities": [
                        {"measure": "vessels", "min": 11, "max": 11, "counted_by": "p1"},
                        {"measure": "troops", "min": 1400, "max": 1400, "qualifier": "about"},
                    ],
                    "claims": [
                        by(
                            "asserted",
                            {
                                "source": "Varland defence ministry",
                                "kind": "named",
                                "cue": "according to",
                            },
                            at=2,
                        ),
                    ],
                    "evidence": ev(1, 2, 3),
                },
                {
                    "id": "a2",
                    "name": "Drone strike on a fuel depot at Port Hollin",
                    "type": "drone_strike",
                    "realis": "occurred",
                    "targets": [],
                    "location": {"text": "Port Hollin", "kind": "city"},
                    "date": {"text": "Sunday night"},
                    "quantities": [{"measure": "wounded", "min": 12, "qualifier": "At least"}],
                    "claims": [
                        by(
                            "accused",
                            "Orvian state television",
                            {"source": "an unnamed officer", "kind": "anonymous", "cue": "citing"},
                            at=10,
                        ),
                        by("denied", "p5", at=11),
                    ],
                    "evidence": ev(8, 9),
                },
                {
                    "id": "a3",
                    "name": "Stopping of ships near the Orvian coast",
                    "type": "seizure_or_interdiction",
                    "realis": "threatened",
                    "actors": ["p3"],
                    "claims": [by("asserted", "p4", at=5)],
                    "evidence": ev(5),
                },
                {
                    "id": "a4",
                    "name": "Blockade",
                    "type": "blockade",
                    "realis": "did_not_occur",
                    "actors": ["p1"],
                    "claims": [by("accused", "p3", at=4), by("denied", "p1", at=6)],
                    "evidence": ev(4, 6),
                },
            ],
            "diplomatic_meetings": [
                {
                    "id": "m1",
                    "participants": ["p1", "p2", "p3"],
                    "format": "trilateral",
                    "level": "ministerial",
                    "status": "planned",
                    "location": {"text": "Oslo", "kind": "city", "country": "NOR"},
                    "date": {
                        "text": "20 March",
                        "edtf": "2031-03-20",
                        "precision": "day",
                        "basis": "relative_to_publication",
                    },
                    "evidence": ev(13),
                },
                {
                    "id": "m2",
                    "participants": ["p1", "p2", "p3"],
                    "status": "cancelled",
                    "evidence": ev(14),
                },
                {
                    "id": "m3",
                    "participants": ["p4", "p9"],
                    "format": "phone",
                    "status": "held",
                    "outcome": "No agreement",
                    "date": {"text": "2 March"},
                    "evidence": ev(15),
                },
            ],
            "expert_assessments": [
                {
                    "id": "x1",
                    "assessor": "p7",
                    "affiliation": "p8",
                    "type": "forecast",
                    "proposition": "It is unlikely that Orvia will act on its threat before the "
                    "Oslo talks.",
                    "quote_mode": "direct",
                    "likelihood_text": "unlikely",
                    "likelihood": "unlikely",
                    "realis": "predicted",
                    "evidence": ev(16),
                },
                {
                    "id": "x2",
                    "assessor": "p7",
                    "type": "capability",
                    "proposition": "The two fleets can quickly operate under one command.",
                    "confidence": "moderate",
                    "evidence": ev(17),
                },
            ],
            "claimed_motives": [],
        }
    )


ISSUES = [
    Issue(
        path="/military_activities/1/evidence",
        kind=IssueKind.EVIDENCE_MOVED,
        severity=Severity.INFO,
        message="The receipt was moved from sentence 7 to sentence 8.",
        original=[7],
    ),
    Issue(
        path="/parties/7/country",
        kind=IssueKind.VALUE_DROPPED,
        severity=Severity.WARNING,
        message="“Norge” is no country code; NOR was taken from the place.",
        original="Norge",
    ),
    Issue(
        path="/claimed_motives/0",
        kind=IssueKind.EVIDENCE_MISSING,
        severity=Severity.ERROR,
        message="A motive cited nothing that stands, and was set aside.",
        original={"motive_of": ["Varland"], "motive": "to deter piracy", "sentences": [41]},
    ),
    Issue(
        path=None,
        kind=IssueKind.ANSWER_TRUNCATED,
        severity=Severity.WARNING,
        message="The answer was cut off at 2,000 tokens.",
    ),
]


def result_of(article: Article, summary: Any, **details: Any) -> Result[Any]:
    """A result as a run would leave it."""
    given: dict[str, Any] = {
        "usage": Usage(
            calls=2, prompt_tokens=4310, cached_tokens=1890, completion_tokens=1204, seconds=38.27
        ),
        "settings_hash": "3f786850e387550fdab836ed7e6dc881de23001b",
        "signature": {
            "model": "invented-7b",
            "mode": "json_schema",
            "prompt": {"name": "extract.v1", "sha256": "9b74c9897bac770ffc029102a200c5de"},
            "strategy": "whole",
        },
    }
    return Result[Any](summary=summary, article=article, **{**given, **details})
