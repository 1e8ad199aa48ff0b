"""Results of 200 documents, as a batch writes them: gold records, with hostile text in them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from summarizer.article import Article
from summarizer.batch.lines import encoded
from summarizer.evals.files import read_object
from summarizer.evals.texts import article_of
from summarizer.results import Failure, Issue, IssueKind, Reason, Result, Severity, Usage
from summarizer.schemas import SituationSummary

GOLD = Path(__file__).resolve().parents[1] / "evals" / "gold" / "situations"
DOCUMENTS, FAILED = 200, 10
DIGEST, SETTINGS = "9" * 64, "5" * 40
HOSTILE = (
    'a "quoted" word, and a comma',
    '"',
    '""',
    ",",
    "",
    " ",
    "one\nline\r\nand\rmore\n",
    "tab\tand form feed\f and no-break\u00a0space\u2028and line separator",
    '=HYPERLINK("http://invented.example","press")',
    "+1-555,0199",
    "-2+3",
    "@SUM(A1)",
    "\\N",
    "NULL",
    "NA",
    "true",
    "0012",
    "1e5",
    "2031-02-30",
    "'; DROP TABLE parties; --",
    "<script>alert(1)</script>",
    "\ufeffmark",
    "🛰️👩🏽‍✈️ fleet",
    "قال المتحدث: «لا»، ثم\u202e غادر",
    "e\u0301 and \u00e9",
    "bell \x07 escape \x1b[31m and delete \x7f",
    "back\\slash \\n and trailing\\",
    "x" * 10_000,
)
"""Texts that something on the way to a table may trip over."""


@cache
def gold() -> tuple[tuple[Article, dict[str, Any]], ...]:
    """Articles and labels of the suite."""
    files = sorted(path for split in ("dev", "test") for path in (GOLD / split).glob("*.json"))
    raws = [(path, read_object(path)) for path in files]
    return tuple((article_of(raw, path), raw["labels"]) for path, raw in raws)


def result(number: int) -> Result[SituationSummary]:
    """The result of one document, with hostile text wherever a text may be any."""
    article, labels = gold()[number % len(gold())]
    text = HOSTILE[number % len(HOSTILE)]
    summary = SituationSummary.model_validate(labels).model_copy(update={"headline": text})
    for activity in summary.military_activities:
        activity.description = text
    for meeting in summary.diplomatic_meetings:
        meeting.topics = [text, *meeting.topics]
    for party in summary.parties[:1]:
        party.aliases = [*party.aliases, text]
    issues = [
        Issue(path=None, kind=IssueKind.CORE_SIZE, severity=Severity.INFO, message=text),
        Issue(
            path="/parties/0/name",
            kind=IssueKind.NAME_UNSUPPORTED,
            severity=Severity.WARNING,
            message="It is written otherwise.",
            original={"name": text, "sentences": [1, 2]},
        ),
    ]
    return Result[SituationSummary](
        summary=summary,
        issues=issues if summary.parties else issues[:1],
        usage=Usage(calls=2, prompt_tokens=1000 + number, completion_tokens=300, seconds=1.25),
        settings_hash=SETTINGS,
        signature={"model": "invented-7b", "strategy": "single", "versions": {"summarizer": "1"}},
        article=article.model_copy(update={"title": text, "byline": None}),
    )


def name_of(number: int) -> str:
    """The id of a document: some are like a path, a number or a formula."""
    return f"{('feeds/a b.csv#', '=', '', 'ä:p1,')[number % 4]}{number}"


def lines() -> Iterator[bytes]:
    """The lines of a batch of 200 documents, of which the last ten failed."""
    for number in range(DOCUMENTS):
        outcome: Result[Any] | Failure = result(number)
        if number >= DOCUMENTS - FAILED:
            reason = Reason(
                type="ServerFailed",
                message=HOSTILE[number % len(HOSTILE)],
                retryable=number % 2 == 0,
            )
            outcome = Failure(id=name_of(number), error=reason, usage=Usage(calls=3))
        yield encoded(name_of(number), DIGEST, SETTINGS, outcome)[0]


def write_results(path: Path) -> Path:
    """The results file of the batch."""
    path.write_bytes(b"".join(lines()))
    return path
