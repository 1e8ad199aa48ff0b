"""Records of a few sentences, for tests of checks: items that name their parties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from summarizer import Article
from summarizer.schemas import SituationSummary
from summarizer.schemas.evidence import Evidence


def cited(article: Article, numbers: Sequence[int] | None = None) -> list[Evidence]:
    """The sentences of these numbers as evidence; all of them unless told."""
    spans = {number: article.span(number) for number, _ in article.numbered()}
    return [
        Evidence(sentence=n, start=spans[n][0], end=spans[n][1], quote=article.quote(n))
        for n in (numbers or spans)
    ]


def told(
    article: Article,
    parties: Mapping[str, Sequence[str]] | None = None,
    /,
    **sections: Sequence[Mapping[str, Any]],
) -> SituationSummary:
    """A record without ids, whose references are names.

    `parties` are names with their aliases. The evidence of an item is a list of sentence numbers,
    all if it has none.
    """
    labels: dict[str, Any] = {
        section: [{**item, "evidence": cited(article, item.get("evidence"))} for item in items]
        for section, items in sections.items()
    }
    labels["parties"] = [
        {"name": name, "aliases": list(aliases), "evidence": cited(article, [1])}
        for name, aliases in (parties or {}).items()
    ]
    return SituationSummary.model_validate(labels)
