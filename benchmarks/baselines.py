"""Runs that a system should beat, stored in evals/baselines, and what they score.

    python benchmarks/baselines.py make NAME [--suite situations]
    python benchmarks/baselines.py table [--suite situations] [--split test]

NAME is one of
    nothing         an empty record of every article
    first_sentence  what lists and cues find in the first sentence that is no heading
    lists_and_cues  what they find in the whole article: names by their capitals and by lists,
                    events by the words that speak for them, and of what is open the first value

The table has every run that is stored there. Those of the embedded model are made by
    summarizer eval run --suite situations -o evals/baselines/situations/embedded
of which the narrow one is from before its forms asked about more sentences.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from summarizer import Article
from summarizer.assembly import assemble
from summarizer.evals.aggregation import Scores, aggregate
from summarizer.evals.estimates import Estimate
from summarizer.evals.files import json_of, write, written
from summarizer.evals.folders import suite_folder
from summarizer.evals.running import environment
from summarizer.evals.runs import (
    PREDICTIONS,
    RUN,
    Prediction,
    Settings,
    digest_of_gold,
    load_run,
    name_of,
    scored,
)
from summarizer.evals.scoring import Scorer
from summarizer.evals.suites import load_suite
from summarizer.grounding import Source, decode
from summarizer.mentions import Mentions
from summarizer.offers import Labelled, claims, naming, offers
from summarizer.retold import joined
from summarizer.schemas import SituationSummary
from summarizer.schemas.cues import hits
from summarizer.schemas.markers import Cued
from summarizer.wire import CITATIONS, Node, Profile, Size, marked, plan

BASELINES = Path(__file__).resolve().parents[1] / "evals" / "baselines"
SHORTEST = 25
"""Characters below which a line is no sentence."""


def nothing(article: Article) -> SituationSummary:
    """An empty record."""
    del article
    return SituationSummary()


def first_sentence(article: Article) -> SituationSummary:
    """What lists and cues find in the first sentence that is no heading."""
    source = Source(article)
    first = next((number for number in sorted(source.citable) if _is_prose(source, number)), None)
    return cued(source, [] if first is None else [first])


def lists_and_cues(article: Article) -> SituationSummary:
    """What lists and cues find in the whole article, without a model; English only."""
    source = Source(article)
    return cued(source, [number for number in sorted(source.citable) if _is_prose(source, number)])


def cued(source: Source, sentences: list[int]) -> SituationSummary:
    """An item for each sentence that holds a cue of its section, if every field that the item
    can't do without has something to hold: a name that stands there, a value whose cue does."""
    wire = plan(SituationSummary, Profile.GRAMMAR, Size.CORE)
    mentions = Mentions(source.article, source.names, source.candidates)
    answer: dict[str, list[Any]] = {}
    for slot in wire.sections:
        cues = marked(wire.schema.model_fields[slot.name].metadata, Cued)
        if cues is None or slot.node.item is None or source.article.language not in (None, "en"):
            answer[slot.wire_name] = []
            continue
        cited = [n for n in sentences if hits(cues.pattern, mentions.texts[n])]
        items = [_item(slot.node.item, number, mentions) for number in cited]
        answer[slot.wire_name] = joined([item for item in items if item], cues.retold)
    made = assemble(wire, [decode(answer, wire, source)], source)
    assert isinstance(made.summary, SituationSummary)
    return made.summary


def _item(node: Node, number: int, mentions: Mentions) -> dict[str, Any] | None:
    made = offers(node, number, mentions)
    if made is None:
        return None
    item: dict[str, Any] = {CITATIONS: [number]}
    taken = 0
    for offer in made:
        if offer.several:
            # Whoever is named first acts, and whoever is named next is acted on.
            least = 2 if offer.slot.name == "participants" else 1
            item[offer.slot.wire_name] = list(offer.values[taken : taken + least])
            taken += least
        else:
            item[offer.slot.wire_name] = offer.values[0]
    label = naming(node)
    model: Any = node.model
    if label is not None and label.wire_name not in item and isinstance(model, Labelled):
        item[label.wire_name] = model.label(item)
    return item | dict(claims(node, number, mentions))


def _is_prose(source: Source, number: int) -> bool:
    text = source.article.quote(number).strip()
    return len(text) >= SHORTEST and text[-1] in '.!?…"”’»)]'


EXTRACTORS: dict[str, Callable[[Article], SituationSummary]] = {
    "nothing": nothing,
    "first_sentence": first_sentence,
    "lists_and_cues": lists_and_cues,
}
BY_MODEL = ("embedded_narrow", "embedded")


def make(name: str, suite: str) -> None:
    """Make a baseline, whole."""
    folder = BASELINES / suite / name
    folder.mkdir(parents=True, exist_ok=True)
    documents = load_suite(suite_folder(suite), SituationSummary).documents
    settings = Settings(
        name=name,
        description=str(EXTRACTORS[name].__doc__),
        suite=suite,
        record=SituationSummary.__name__,
        documents=[name_of(document) for document in documents],
        gold=digest_of_gold(documents),
        environment=environment(),
    )
    predictions = [
        Prediction(
            id=document.gold.id,
            split=document.gold.split,
            sha256=document.gold.sha256,
            status="ok",
            summary=json_of(EXTRACTORS[name](document.article)),
        )
        for document in documents
    ]
    write(folder / RUN, written(json_of(settings)))
    lines = (json.dumps(json_of(each), ensure_ascii=False) + "\n" for each in predictions)
    write(folder / PREDICTIONS, "".join(lines))


def table(suite: str, split: str) -> str:
    """F of each baseline, in all fields, in those of the core size, and section by section, as a
    Markdown table."""
    gold = load_suite(suite_folder(suite), SituationSummary)
    scorer, core = Scorer(SituationSummary), Scorer(SituationSummary, size="core")
    lines: list[str] = []
    for folder in (BASELINES / suite / name for name in (*EXTRACTORS, *BY_MODEL)):
        run = load_run(folder)
        scores = aggregate(scored(run, gold, scorer, split=split))
        of_core = aggregate(scored(run, gold, core, split=split)).overall.value.f
        if not lines:
            names = [name.replace("_", " ") for name in scores.sections]
            head = ["baseline", "F", "F, core", *names, "items", "grounded", "negatives"]
            lines = [f"| {' | '.join(head)} |", f"| --- |{' ---: |' * (len(head) - 1)}"]
        lines.append(_row(folder.name.replace("_", " "), scores, of_core))
    return "\n".join(lines)


def _row(name: str, scores: Scores, of_core: Estimate) -> str:
    whole = scores.overall
    clean = whole.negatives
    cells = [
        _shown(whole.value.f),
        _shown(of_core),
        *(_shown(section.value.f) for section in scores.sections.values()),
        _shown(whole.items.f),
        _shown(whole.grounded.f),
        f"{clean.k} of {clean.n}",
    ]
    return f"| {name} | {' | '.join(cells)} |"


def _shown(estimate: Estimate) -> str:
    if estimate.score is None:
        return "–"
    if estimate.low is None or estimate.high is None:
        return f"{estimate.score:.3f}"
    return f"{estimate.score:.3f} [{estimate.low:.3f}, {estimate.high:.3f}]"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", choices=("make", "table"))
    parser.add_argument("name", nargs="?", choices=[*EXTRACTORS])
    parser.add_argument("--suite", default="situations")
    parser.add_argument("--split", default="test")
    given = parser.parse_args()
    if given.what == "table":
        print(table(given.suite, given.split))
    elif given.name is None:
        parser.error("name a baseline")
    else:
        make(given.name, given.suite)


if __name__ == "__main__":
    main()
