"""Does evidence move to the sentence that carries an item, and stay where it does?

    python benchmarks/receipts.py [--split dev]

Items of the gold have their evidence shifted by one, two or three sentences, back or forth, as a
model shifts it that loses count; and left as it is. For pairs of limits, prints how much of what
was shifted is moved back to a sentence of the gold's, how much elsewhere, and how much of what was
right is moved at all. The limits in `summarizer.carrying` were chosen on dev.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from itertools import product

from summarizer import Article, SituationSummary, carrying
from summarizer.checks import Reading
from summarizer.evals.folders import suite_folder
from summarizer.evals.suites import load_suite
from summarizer.grounding import Source
from summarizer.schemas import Evidence
from summarizer.wire import Profile, Size, is_section, plan

PLAN = plan(SituationSummary, Profile.STRICT, Size.FULL)
LOWS, HIGHS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3), (0.4, 0.5, 0.6, 0.7, 0.8)
SHIFTS = (0, -3, -2, -1, 1, 2, 3)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--split", choices=["dev", "test"], default="dev")
    given = parser.parse_args()
    suite = load_suite(suite_folder("situations"), SituationSummary)
    cases = [
        (document.labels.record, Source(document.article), case)
        for document in suite.split(given.split)
        for case in shifted(document.labels.record, document.article)
    ]
    print("low  high  moved back  elsewhere  stayed   right ones moved")
    for low, high in product(LOWS, HIGHS):
        carrying.LOW, carrying.HIGH = low, high
        counts: Counter[str] = Counter()
        for _, source, (record, section, position, gold) in cases:
            counts[outcome(record, source, section, position, gold)] += 1
        wrong = counts["back"] + counts["elsewhere"] + counts["stayed"]
        right = counts["kept"] + counts["torn"]
        shares = [counts[kind] / wrong for kind in ("back", "elsewhere", "stayed")]
        told = "  ".join(f"{share:9.1%}" for share in shares)
        print(f"{low:.2f} {high:.2f} {told}   {counts['torn']:3} of {right}")


def outcome(
    record: SituationSummary, source: Source, section: str, position: int, gold: frozenset[int]
) -> str:
    """What becomes of the evidence of one item."""
    move = next(iter(carrying.moves(Reading(record, PLAN, source))), None)
    item = getattr(record, section)[position]
    if not gold.isdisjoint(receipt.sentence for receipt in item.evidence):
        return "kept" if move is None else "torn"
    if move is None:
        return "stayed"
    return "back" if move.sentence in gold else "elsewhere"


def shifted(
    record: SituationSummary, article: Article
) -> Iterator[tuple[SituationSummary, str, int, frozenset[int]]]:
    """Records of one item each, its evidence shifted so that none of it is right, or unshifted."""
    source = Source(article)
    for slot in PLAN.root.fields:
        if not is_section(slot) or slot.node.listed.citations is None or slot.name == "synopsis":
            continue
        for item in getattr(record, slot.name):
            gold = frozenset(receipt.sentence for receipt in item.evidence)
            for shift in SHIFTS:
                numbers = sorted({number + shift for number in gold} & source.citable)
                if not numbers or (shift and not gold.isdisjoint(numbers)):
                    continue
                receipts = [Evidence.model_validate(source.evidence(n)) for n in numbers]
                alone = item.model_copy(update={"evidence": receipts, "claims": []})
                others: dict[str, list[object]] = {
                    other.name: [] for other in PLAN.sections if other.name != "parties"
                }
                made = record.model_copy(update={**others, slot.name: [alone]})
                yield made, slot.name, 0, gold


if __name__ == "__main__":
    main()
