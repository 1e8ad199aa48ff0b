"""How much of what is false do the checks catch, and how much of what is true do they flag?

    python benchmarks/checks.py [--per-item 5] [--seed 0] [--split dev] [--corpus FOLDER]

Audits records of the gold in which one item was made false, and the frozen statements of
evals/trust, and prints Markdown tables; docs/checks.md has them. A falsehood is caught where an
issue of severity warning or error, which the unchanged record doesn't have, points at the item or
into it. Without the folder of the articles that are not part of this repository, which
SUMMARIZER_CORPUS may name too, the statements about them are left out. Nothing is written.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import perf_counter

import summarizer
from summarizer import Article, Issue, Severity
from summarizer.evals.estimates import share
from summarizer.evals.falsehoods import KINDS, Falsehood, falsehoods, supported
from summarizer.evals.folders import suite_folder
from summarizer.evals.statements import STATEMENTS, Read, load
from summarizer.evals.suites import Document, load_suite
from summarizer.schemas import SituationSummary

Outcome = tuple[Falsehood, bool]
Flag = tuple[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--per-item", type=int, default=5, help="changes of a kind per item")
    parser.add_argument("--seed", type=int, default=0, help="which changes are drawn")
    parser.add_argument("--split", choices=["dev", "test"], help="of the gold; both unless given")
    parser.add_argument("--corpus", type=Path, help="folder of the articles kept elsewhere")
    given = parser.parse_args()
    suite = load_suite(suite_folder("situations"), SituationSummary)
    documents = suite.split(given.split) if given.split else suite.documents
    began = perf_counter()
    outcomes = [
        outcome
        for document in documents
        for outcome in audited(document, seed=given.seed, per_item=given.per_item)
    ]
    print(f"{len(outcomes)} false items, {len(documents)} documents, seed {given.seed}; ", end="")
    print(f"{perf_counter() - began:.0f} s.\n")
    print(by_kind(outcomes, "language", lambda each: each.language), end="\n\n")
    print(by_kind(outcomes, "place", lambda each: each.place), end="\n\n")
    print(on_the_gold(documents), end="\n\n")
    if STATEMENTS.is_file():
        statements = load(corpus=given.corpus)
        split = given.split
        chosen = [each for each in statements if not split or each.statement.source.endswith(split)]
        print(on_statements(chosen))


def audited(document: Document[SituationSummary], *, seed: int, per_item: int) -> Iterator[Outcome]:
    """Each falsehood of a document, and whether it was caught."""
    before = flags(supported(document), document.article)
    for each in falsehoods(document, seed=seed, per_item=per_item):
        new = flags(each.record, document.article) - before
        places = [place for place in (each.item, each.added) if place is not None]
        yield each, any(is_at(path, place) for path, _ in new for place in places)


def flags(record: object, article: Article) -> set[Flag]:
    """Where a record is flagged, and for what."""
    summary = SituationSummary.model_validate(record)
    return {(each.path or "", each.kind) for each in warned(summarizer.audit(summary, article))}


def warned(issues: Iterable[Issue]) -> Iterator[Issue]:
    """The issues that say that something is wrong."""
    return (each for each in issues if each.severity is not Severity.INFO)


def is_at(path: str, place: str) -> bool:
    """Whether a pointer leads to a place or into it."""
    return path == place or path.startswith(f"{place}/")


def by_kind(outcomes: list[Outcome], head: str, of: Callable[[Falsehood], str]) -> str:
    """A line for each kind of falsehood, a column for each group of them."""
    groups = sorted({of(each) for each, _ in outcomes})
    lines = [
        f"| kind by {head} | caught | " + " | ".join(groups) + " |",
        "| --- |" + " ---: |" * (len(groups) + 1),
    ]
    for kind in KINDS:
        own = [(each, caught) for each, caught in outcomes if each.kind == kind]
        parts = [[caught for each, caught in own if of(each) == group] for group in groups]
        cells = [told([caught for _, caught in own]), *map(told, parts)]
        lines.append(f"| {kind} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def on_the_gold(documents: Iterable[Document[SituationSummary]]) -> str:
    """How many items of the gold itself are flagged, which are all supported."""
    lines = ["| section of the gold | flagged |", "| --- | ---: |"]
    flagged: dict[str, list[bool]] = {}
    for document in documents:
        record = document.labels.record
        paths = {each.path or "" for each in warned(summarizer.audit(record, document.article))}
        for section, items in record.model_dump(mode="json").items():
            for i in range(len(items) if isinstance(items, list) else 0):
                found = any(is_at(path, f"/{section}/{i}") for path in paths)
                flagged.setdefault(section, []).append(found)
    lines += [f"| {section} | {told(found)} |" for section, found in flagged.items()]
    lines.append(f"| all | {told([each for found in flagged.values() for each in found])} |")
    return "\n".join(lines)


def on_statements(statements: list[Read]) -> str:
    """How many of the supported statements are flagged, and how many of the others caught."""
    outcomes = [(each.statement, _is_flagged(each)) for each in statements]
    lines = ["| statements | supported, flagged | not supported, caught |", "| --- | ---: | ---: |"]
    sources = sorted({each.source for each, _ in outcomes})
    for source in (*sources, "all"):
        own = [(e, found) for e, found in outcomes if source in (e.source, "all")]
        right = [found for each, found in own if each.supported]
        wrong = [found for each, found in own if not each.supported]
        lines.append(f"| {source} | {told(right)} | {told(wrong)} |")
    kinds = Counter(kind for each, _ in outcomes for kind in each.kinds)
    lines += ["", "| what is wrong | caught |", "| --- | ---: |"]
    for kind, _ in kinds.most_common():
        lines.append(
            f"| {kind} | {told([found for each, found in outcomes if kind in each.kinds])} |"
        )
    return "\n".join(lines)


def _is_flagged(read: Read) -> bool:
    issues = warned(summarizer.audit(read.record(), read.article))
    return any(is_at(each.path or "", read.pointer) for each in issues)


def told(found: list[bool]) -> str:
    """A share of what was found, with its exact 95 % interval."""
    if not found:
        return "–"
    each = share(sum(found), len(found))
    assert each.low is not None
    assert each.high is not None
    span = f"{100 * each.low:.0f}–{100 * each.high:.0f}"
    return f"{each.k}/{each.n} = {100 * each.k / each.n:.1f} % ({span})"


if __name__ == "__main__":
    main()
