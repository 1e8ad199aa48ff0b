"""What the checks cost: beside a call that takes a second, and as an article grows.

    python benchmarks/checking.py [COPIES…]

First the records of the gold's English documents, one by one, each checked as after a call: time
per record, as a share of a second. Then those documents joined into one article, with all their
items in one record, once and many times over: time for each thousand words, which is to stay what
it is.
"""

from __future__ import annotations

import statistics
import sys
from bisect import bisect_right
from time import process_time
from typing import Any

from summarizer import CHECKS, Article, Evidence, SituationSummary
from summarizer.checks import Reading, findings
from summarizer.evals.folders import suite_folder
from summarizer.evals.suites import Document, load_suite
from summarizer.grounding import Source
from summarizer.wire import Profile, Size, plan

PLAN = plan(SituationSummary, Profile.STRICT, Size.FULL)
COPIES = (1, 4, 16)
REPEATS = 5
PREFIXES = {
    "parties": "p",
    "military_activities": "a",
    "diplomatic_meetings": "m",
    "expert_assessments": "x",
    "claimed_motives": "c",
}


def main(copies: list[int]) -> None:
    suite = load_suite(suite_folder("situations"), SituationSummary)
    documents = [d for d in suite.documents if d.article.language in (None, "en")]
    for document in documents:  # what is cached for good is not part of it
        timed(document.labels.record, document.article)
    each = [
        statistics.median(timed(d.labels.record, d.article) for _ in range(REPEATS))
        for d in documents
    ]
    items = [
        sum(len(v) for v in dict(d.labels.record).values() if isinstance(v, list))
        for d in documents
    ]
    print(
        f"{len(documents)} records, {statistics.median(items):.0f} items in the median one: ",
        end="",
    )
    print(
        f"{1000 * statistics.median(each):.1f} ms, the longest {1000 * max(each):.1f} ms; ", end=""
    )
    print(f"beside a call of one second {statistics.median(each):.2%}, at most {max(each):.2%}\n")
    print("  words   items  seconds  ms per 1,000 words  ratio")
    first = None
    for many in copies:
        article, record = joined(documents * many)
        words = len(article.text.split())
        seconds = min(timed(record, article) for _ in range(2))
        rate = 1e6 * seconds / words
        first = first or rate
        count = sum(len(v) for v in dict(record).values() if isinstance(v, list))
        print(f"{words:7,} {count:7,} {seconds:8.2f} {rate:19.1f} {rate / first:6.2f}")


def timed(record: SituationSummary, article: Article) -> float:
    """The processor's seconds for one record and an article that was not looked at before."""
    source = Source(article)
    _ = source.names, source.furniture, source.candidates  # read anyway, to write the record
    began = process_time()
    findings(Reading(record, PLAN, source), CHECKS)
    return process_time() - began


def joined(documents: list[Document[SituationSummary]]) -> tuple[Article, SituationSummary]:
    """All of them in one article and one record."""
    texts = [document.article.text.rstrip() + "\n\n" for document in documents]
    article = Article.from_text("".join(texts), language="en")
    starts = [start for start, _ in article.sentences]
    whole: dict[str, list[Any]] = {name: [] for name in PREFIXES}
    offset = 0
    for document, text in zip(documents, texts, strict=True):
        labels = document.labels.record.model_dump(mode="json")
        ids = {
            item["id"]: f"{prefix}{len(whole[name]) + position}"
            for name, prefix in PREFIXES.items()
            for position, item in enumerate(labels[name], 1)
        }
        for name in PREFIXES:
            whole[name] += [shifted(item, ids, offset, starts, article) for item in labels[name]]
        offset += len(text)
    return article, SituationSummary.model_validate(whole)


def shifted(
    value: Any, ids: dict[str, str], offset: int, starts: list[int], article: Article
) -> Any:
    """A part of a record, as it stands in the joined article."""
    if isinstance(value, dict) and {*value} == {"sentence", "start", "end", "quote"}:
        number = bisect_right(starts, value["start"] + offset)
        start, end = article.span(number)
        quote = article.text[start:end]
        return Evidence(sentence=number, start=start, end=end, quote=quote).model_dump()
    if isinstance(value, dict):
        return {key: shifted(inner, ids, offset, starts, article) for key, inner in value.items()}
    if isinstance(value, list):
        return [shifted(inner, ids, offset, starts, article) for inner in value]
    return ids.get(value, value) if isinstance(value, str) else value


if __name__ == "__main__":
    main([int(copies) for copies in sys.argv[1:]] or list(COPIES))
