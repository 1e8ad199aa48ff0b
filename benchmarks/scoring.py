"""How long scoring takes: a suite with a paired test, two long records, and growth with size.

    python benchmarks/scoring.py [DOCUMENTS]

Records are made up: 30 items each, in all five sections, with references, claims, quantities and
receipts. Predictions are gold with a part of the items left out, changed and moved. Timed are two
runs over all documents, scored against gold, and a paired test of 10,000 exchanges; then one pair
of records of 300 items each; then suites of a quarter, a half and the whole, whose time per
document says whether the whole is linear.
"""

from __future__ import annotations

import random
import sys
import time
from typing import Any

import numpy as np

from summarizer.evals.counts import DocumentScore, counted
from summarizer.evals.labelled import Labelled
from summarizer.evals.scoring import Scorer
from summarizer.evals.significance import compare
from summarizer.evals.statistics import Counts
from summarizer.schemas import SituationSummary
from summarizer.schemas.vocabularies import (
    ActivityType,
    AssessmentType,
    MeetingFormat,
    MeetingStatus,
    MotiveCategory,
    PartyKind,
    QuantityMeasure,
    Realis,
)

SENTENCES = 60
PLACES = ("Port Hollin", "Selm", "Maro", "the Hollin Strait", "Vessa", "Norrin")
NAMES = (
    *("Varland", "Orvia", "Tessin", "Halmar", "Red Crest", "Coast Herald", "Ilka Thorne"),
    *("Ada Roke", "Joren Adair", "Halden Institute", "Mirela Sand", "Tam Brek", "Ilo Sant"),
)


class Maker:
    """Makes records about one article."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        sentences = [
            f"Sentence {n} tells of {self.random.choice(NAMES)}." for n in range(SENTENCES)
        ]
        self.text = " ".join(sentences)
        self.spans = []
        start = 0
        for sentence in sentences:
            self.spans.append((start, start + len(sentence)))
            start += len(sentence) + 1

    def evidence(self) -> list[dict[str, Any]]:
        n = self.random.randrange(SENTENCES)
        start, end = self.spans[n]
        return [{"sentence": n + 1, "start": start, "end": end, "quote": self.text[start:end]}]

    def record(self, items: int) -> dict[str, Any]:
        """A third of them parties, a quarter activities, the rest shared out."""
        pick = self.random.choice
        parties = [
            {
                "id": f"p{i}",
                "name": f"{NAMES[i % len(NAMES)]} {i // len(NAMES) or ''}".strip(),
                "aliases": [f"alias {i}"],
                "kind": pick(list(PartyKind)),
                "evidence": self.evidence(),
            }
            for i in range(items // 3)
        ]

        def party() -> str:
            return str(pick(parties)["id"])

        def claims() -> list[dict[str, Any]]:
            source = {"source": party(), "kind": "named", "cue": "said"}
            return [{"status": "asserted", "attribution": [source], "evidence": self.evidence()}]

        rest = items - len(parties)
        activities = [
            {
                "id": f"a{i}",
                "name": f"activity {i}",
                "type": pick(list(ActivityType)),
                "realis": pick(list(Realis)),
                "actors": [party(), party()],
                "targets": [party()],
                "location": {"text": pick(PLACES)},
                "date": {"text": "Monday", "edtf": f"2031-03-{self.random.randint(1, 28):02d}"},
                "quantities": [
                    {"measure": pick(list(QuantityMeasure)), "min": self.random.randint(1, 99)}
                ],
                "claims": claims(),
                "evidence": self.evidence(),
            }
            for i in range(rest * 2 // 5)
        ]
        rest -= len(activities)
        meetings = [
            {
                "id": f"m{i}",
                "participants": [party(), party()],
                "format": pick(list(MeetingFormat)),
                "status": pick(list(MeetingStatus)),
                "location": {"text": pick(PLACES)},
                "claims": claims(),
                "evidence": self.evidence(),
            }
            for i in range(rest // 3)
        ]
        assessments = [
            {
                "id": f"x{i}",
                "assessor": party(),
                "type": pick(list(AssessmentType)),
                "proposition": f"A view of {pick(NAMES)}, number {i}, on {pick(PLACES)}.",
                "evidence": self.evidence(),
            }
            for i in range(rest // 3)
        ]
        motives = [
            {
                "id": f"c{i}",
                "motive_of": [party()],
                "motive": f"to hold {pick(PLACES)}, for reason {i}",
                "category": pick(list(MotiveCategory)),
                "attributed_by": party(),
                "evidence": self.evidence(),
            }
            for i in range(rest - 2 * (rest // 3))
        ]
        return {
            "parties": parties,
            "military_activities": activities,
            "diplomatic_meetings": meetings,
            "expert_assessments": assessments,
            "claimed_motives": motives,
        }

    def changed(self, record: dict[str, Any]) -> dict[str, Any]:
        """A prediction: one item in eight left out, and in one of four something is changed."""
        out: dict[str, Any] = {}
        for section, items in record.items():
            kept = [item for item in items if section == "parties" or self.random.random() > 1 / 8]
            out[section] = [
                {**item, "evidence": self.evidence()} if self.random.random() < 1 / 4 else {**item}
                for item in kept
            ]
            for item in out[section]:
                if "type" in item and self.random.random() < 1 / 8:
                    item["type"] = self.random.choice([other["type"] for other in items])
        return out


def labelled(text: str, record: dict[str, Any]) -> Labelled:
    return Labelled(SituationSummary.model_validate(record), text)


def suite(documents: int) -> list[tuple[Labelled, Labelled, Labelled]]:
    made = []
    for seed in range(documents):
        maker = Maker(seed)
        gold = maker.record(30)
        first, second = maker.changed(gold), maker.changed(gold)
        made.append(tuple(labelled(maker.text, each) for each in (gold, first, second)))
    return made  # type: ignore[return-value]  # triples, which mypy can't count


def counts(scores: list[DocumentScore]) -> Counts:
    masses = [score.mass for score in scores]
    return Counts(
        tp=np.array([mass.value for mass in masses]),
        gold=np.array([mass.gold for mass in masses]),
        predicted=np.array([mass.predicted for mass in masses]),
    )


def timed(documents: list[tuple[Labelled, Labelled, Labelled]]) -> tuple[float, float]:
    """Seconds for scoring both runs, and for the paired test."""
    scorer = Scorer(SituationSummary)
    start = time.perf_counter()
    runs: tuple[list[DocumentScore], list[DocumentScore]] = ([], [])
    for n, (gold, *predictions) in enumerate(documents):
        tree = scorer.tree(gold, predictions[0])
        for run, predicted in zip(runs, predictions, strict=True):
            found = scorer.aligned(tree, scorer.tree(predicted, gold))
            run.append(counted(found, id=str(n)))
    middle = time.perf_counter()
    print(compare(counts(runs[0]), counts(runs[1])))
    return middle - start, time.perf_counter() - middle


def main() -> None:
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    made = suite(documents)
    timed(made[:10])  # what is imported and compiled once is no part of it
    print("| documents of 30 items | scoring two runs, s | paired test, s | ms per document |")
    print("|---|---|---|---|")
    rows = []
    for n in (documents // 4, documents // 2, documents):
        scoring, test = timed(made[:n])
        rows.append(f"| {n} | {scoring:.1f} | {test:.2f} | {scoring / n * 1000:.1f} |")
    print("\n".join(rows))
    maker = Maker(0)
    gold = maker.record(300)
    pair = labelled(maker.text, gold), labelled(maker.text, maker.changed(gold))
    start = time.perf_counter()
    Scorer(SituationSummary).score(*pair, id="long")
    print(f"\nOne pair of records of 300 items each: {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main()
