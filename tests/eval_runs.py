"""Runs over a suite about exercises that never were, with and without a system that makes them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any, Self

from gold_files import TEXT, draft, suite, write

from summarizer import Article, Result
from summarizer.evals.files import json_of
from summarizer.evals.runs import PREDICTIONS, RUN, Run, digest_of_gold, load_run, name_of
from summarizer.evals.sealing import seal
from summarizer.evals.suites import Document, Suite, load_suite
from summarizer.results import Usage
from summarizer.schemas import SituationSummary

Labels = dict[str, Any]


def drills(folder: Path, dev: Iterable[str], test: Iterable[str] = ()) -> Suite[SituationSummary]:
    """A sealed suite, with an article of its own in each document."""
    suite(folder)
    for split, names in (("dev", dev), ("test", test)):
        for name in names:
            content = draft(text=f"{TEXT}\nThis is issue {name}.")
            write(folder / split / f"{name}.json", content)
    assert not seal(folder).problems
    return load_suite(folder, SituationSummary)


def labels_of(document: Document[Any]) -> Labels:
    """The gold of a document, as JSON."""
    return deepcopy(json_of(document.labels.record))


def line(document: Document[Any], labels: Labels | None, **changes: Any) -> str:
    """A prediction; without labels, a failed one."""
    gold = document.gold
    told = {"id": gold.id, "split": gold.split, "sha256": gold.sha256}
    failed = {"type": "Refused", "message": "The model declined.", "retryable": False}
    outcome = (
        {"status": "failed", "error": failed}
        if labels is None
        else {"status": "ok", "summary": labels}
    )
    return json.dumps({**told, **outcome, **changes})


def stored(
    folder: Path,
    gold: Suite[Any],
    predictions: Mapping[str, Labels | None] | Sequence[Mapping[str, Labels | None]] = (),
    **settings: Any,
) -> Run:
    """A run over documents of a suite that is perfect but for these labels (by split/id, a mapping
    for each repeat)."""
    repeats = [predictions] if isinstance(predictions, Mapping) else [*predictions] or [{}]
    names = settings.get("documents", [name_of(document) for document in gold.documents])
    documents = [document for document in gold.documents if name_of(document) in names]
    told = {
        "schema_version": "1",
        "name": folder.name,
        "description": "Made by hand.",
        "suite": gold.name,
        "record": "SituationSummary",
        "documents": names,
        "gold": digest_of_gold(documents),
        "repeats": len(repeats),
        **settings,
    }
    write(folder / RUN, told)
    lines = [
        line(document, changed.get(name_of(document), labels_of(document)), repeat=repeat)
        for repeat, changed in enumerate(repeats, 1)
        for document in documents
    ]
    (folder / PREDICTIONS).write_text("".join(f"{one}\n" for one in lines), encoding="utf-8")
    return load_run(folder)


def without(document: Document[Any], *sections: str) -> Labels:
    """The gold of a document without some sections."""
    return {key: value for key, value in labels_of(document).items() if key not in sections}


def damaged(document: Document[Any], chance: Random, degree: float) -> Labels:
    """The gold of a document, of which each item is left out, and each party's kind is taken for
    another, with this probability."""
    labels = labels_of(document)
    for section in ("military_activities", "expert_assessments", "claimed_motives"):
        labels[section] = [item for item in labels[section] if chance.random() >= degree]
    for party in labels["parties"]:
        if chance.random() < degree:
            party["kind"] = "company"
    return labels


class System:
    """Stands where a `Summarizer` stands, and makes of each article what it is told to: labels, an
    error to raise, or, unless told, the gold. `outcomes` are by id, those of a list in turn."""

    def __init__(self, gold: Suite[Any], outcomes: Mapping[str, Any] | None = None) -> None:
        self.gold = {document.gold.id: document for document in gold.documents}
        self.outcomes = {
            key: [*each] if isinstance(each, list) else [each]
            for key, each in (outcomes or {}).items()
        }
        self.asked: list[str] = []
        self.open = self.most = 0
        self.closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *raised: object) -> None:
        self.closed = True

    async def asummarize(self, article: Article) -> Result[SituationSummary]:
        """What it was told to make of the article."""
        name = article.text.rsplit(maxsplit=1)[-1].rstrip(".")
        self.asked.append(name)
        self.open += 1
        self.most = max(self.most, self.open)
        try:
            await asyncio.sleep(0.001)
        finally:
            self.open -= 1
        told = self.outcomes.get(name, [None])
        outcome = told.pop(0) if len(told) > 1 else told[0]
        if isinstance(outcome, BaseException):
            raise outcome
        return Result[SituationSummary](
            summary=SituationSummary.model_validate(outcome or labels_of(self.gold[name])),
            usage=Usage(calls=1, prompt_tokens=100, completion_tokens=10, seconds=0.5),
            settings_hash="0123456789abcdef",
            signature={"prompt": "extract.v1#0"},
            article=article,
        )
