"""Where a check flags an item that cites the first sentence of a text."""

from __future__ import annotations

from typing import Any

import summarizer
from summarizer import Article
from summarizer.checks import Check
from summarizer.checks.polarity import POLARITY
from summarizer.schemas import SituationSummary


def cite(article: Article, number: int = 1) -> list[dict[str, Any]]:
    start, end = article.sentences[number - 1]
    return [{"sentence": number, "start": start, "end": end, "quote": article.quote(number)}]


def found(
    text: str, section: str, fields: dict[str, Any], check: Check, language: str = "en"
) -> list[str]:
    """The paths, within its item, at which a check flags an item that cites the first sentence."""
    article = Article.from_text(text, language=language)
    claims = [{**claim, "evidence": cite(article)} for claim in fields.get("claims", [])]
    item = {**fields, "evidence": cite(article), **({"claims": claims} if claims else {})}
    summary = SituationSummary.model_validate({section: [item]})
    issues = summarizer.audit(summary, article, checks=[check])
    return [(issue.path or "").removeprefix(f"/{section}/0") for issue in issues]


def activity(text: str, kind: str, realis: str, language: str = "en") -> list[str]:
    fields = {"name": "It", "type": kind, "realis": realis}
    return found(text, "military_activities", fields, POLARITY, language)


def meeting(text: str, status: str) -> list[str]:
    return found(text, "diplomatic_meetings", {"participants": [], "status": status}, POLARITY)
