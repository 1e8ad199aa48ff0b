"""Runs to report on: one that is the gold itself, one that is worse, one full of hostile words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eval_runs import labels_of, stored
from gold_files import TEXT, draft, suite, write

from summarizer.evals.runs import Run
from summarizer.evals.scoring import Scorer
from summarizer.evals.sealing import seal
from summarizer.evals.suites import Suite, load_suite
from summarizer.schemas import SituationSummary

Labels = dict[str, Any]
SCORER = Scorer(SituationSummary)


def receipt(text: str, quote: str, sentence: int) -> Labels:
    start = text.index(quote)
    return {"sentence": sentence, "start": start, "end": start + len(quote), "quote": quote}


def worse(suite: Suite[Any]) -> Labels:
    """The gold of the first document with an item lost, one moved, one altered, two made up."""
    document = suite.documents[0]
    labels = labels_of(document)
    labels["claimed_motives"] = []
    activity = labels["military_activities"][0]
    activity["type"] = "national_exercise"
    activity["actors"] = ["p1"]
    text = document.article.text
    labels["parties"] += [
        {"id": "p8", "name": "Clear Water", "evidence": [receipt(text, TEXT.split(".")[0], 1)]},
        {"id": "p9", "name": "Nordmark", "evidence": [receipt(text, "Toll warned", 4)]},
    ]
    return labels


def hostile(folder: Path, payload: str) -> tuple[Suite[Any], Run]:
    """A suite and a run in which the article, a record and an error say `payload`."""
    suite(folder / "drills")
    text = f"{TEXT}\nIt says {payload} here."
    for name in ("one", "two"):
        content = draft(text=text, title=payload, publisher=payload)
        write(folder / "drills" / "dev" / f"{name}.json", content)
    assert not seal(folder / "drills").problems
    gold = load_suite(folder / "drills", SituationSummary)
    labels = labels_of(gold.documents[0])
    article = gold.documents[0].article.text
    evidence = [receipt(article, payload, 6)]
    labels["parties"][0]["role_title"] = payload
    labels["parties"][0]["member_of"] = [payload]
    labels["parties"].append({"id": payload, "name": payload, "evidence": evidence})
    labels["expert_assessments"][0]["proposition"] = payload
    error = {"type": payload, "message": payload, "retryable": False}
    issue = {"kind": payload, "path": payload, "message": payload, "original": payload}
    run = stored(
        folder / "run",
        gold,
        {"dev/one": labels, "dev/two": None},
        name=payload,
        description=payload,
        model=payload,
        asked={payload: payload},
        environment={payload: payload},
    )
    predictions = dict(run.predictions)
    one, two = (("dev", name, 1) for name in ("one", "two"))
    predictions[one] = predictions[one].model_copy(
        update={"issues": [issue], "signature": {"prompt": payload}}
    )
    broken = type(predictions[two]).model_validate(
        {**predictions[two].model_dump(), "error": error}
    )
    return gold, Run(run.path, run.settings, {**predictions, two: broken})
