"""Other extractors on the same gold, over the same endpoint and model.

    python benchmarks/peers.py convert PEER OUTPUT.jsonl RUN [--suite DIR] [--model NAME]
    python benchmarks/peers.py table RUN… [--split test] [--suite DIR]

PEER is `instructor` or `langextract`. OUTPUT.jsonl is what a script of a peer's user printed, a
line for each document: {"doc": id, "ok": true, "data": …, "wall": seconds, "usage": {…}}, or
{"doc": id, "ok": false, "error": …}. What `data` is, `peer_records.py` says, with all that is
granted on the way. `convert` makes a run of it, which can be scored like any other.

`table` scores runs over the documents that all of them are over: on all fields, and on those that
every extractor fills (`peer_fields.py`). The first run is held against each of the others.
docs/peers.md has the tables.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

# Beside this script, as it is run.
from peer_fields import (  # type: ignore[import-not-found]
    SharedSummary,
    reduced_run,
    reduced_suite,
)
from peer_records import CONVERTERS  # type: ignore[import-not-found]

from summarizer.evals.aggregation import Scores, aggregate
from summarizer.evals.comparing import Delta, compare_runs
from summarizer.evals.estimates import Estimate
from summarizer.evals.files import json_of, write, written
from summarizer.evals.folders import suite_folder
from summarizer.evals.runs import (
    PREDICTIONS,
    RUN,
    Cost,
    Failure,
    Prediction,
    Run,
    Settings,
    digest_of_gold,
    load_run,
    name_of,
    scored,
)
from summarizer.evals.scoring import Scorer
from summarizer.evals.signatures import signature
from summarizer.evals.suites import Document, Suite, load_suite
from summarizer.schemas import SituationSummary


def convert(peer: str, output: Path, folder: Path, suite: Suite[Any], model: str | None) -> None:
    """Make a run of what a peer printed. A document that is not in the suite is refused."""
    documents = {document.gold.id: document for document in suite.documents}
    rows = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    unknown = sorted({row["doc"] for row in rows} - documents.keys())
    if unknown:
        raise SystemExit(f"Not in {suite.name}: {', '.join(unknown)}.")
    predictions = [predicted(peer, row, documents[row["doc"]]) for row in rows]
    those = [documents[row["doc"]] for row in rows]
    settings = Settings(
        name=peer,
        description=f"What {peer} printed, converted.",
        suite=suite.name,
        record=SituationSummary.__name__,
        documents=[name_of(document) for document in those],
        gold=digest_of_gold(those),
        model=model,
        asked={"peer": peer},
    )
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / RUN, written(json_of(settings)))
    lines = (json.dumps(json_of(each), ensure_ascii=False) + "\n" for each in predictions)
    write(folder / PREDICTIONS, "".join(lines))


def predicted(peer: str, row: dict[str, Any], document: Document[Any]) -> Prediction:
    """The prediction in one line of a peer's output."""
    gold = document.gold
    told: dict[str, Any] = {"id": gold.id, "split": gold.split, "sha256": gold.sha256}
    told_cost = {"seconds": row.get("wall"), **row.get("usage", {})}
    usage = Cost(**{name: told_cost.get(name) or 0 for name in Cost.model_fields})
    if not row["ok"]:
        kind, _, message = str(row["error"]).partition(": ")
        failure = Failure(type=kind, message=message, retryable=False)
        return Prediction(**told, status="failed", error=failure, usage=usage)
    made = CONVERTERS[peer](row["data"], document.article)
    counts = {"quotes": made.quotes, "verbatim": made.verbatim}
    summary = json_of(made.summary)
    return Prediction(**told, status="ok", summary=summary, usage=usage, signature=counts)


def tables(runs: list[Run], suite: Suite[Any], split: str | None) -> Iterator[str]:
    """The page's tables: what was compared, scores on all and on shared fields, tests, cost."""
    suite = shared_documents(runs, suite, split)
    names = [name_of(document).partition("/")[2] for document in suite.documents]
    yield f"{len(names)} documents of {suite.name}: {', '.join(names)}."
    cut = [reduced_run(run) for run in runs]
    gold = reduced_suite(suite)
    for title, those, against, scorer, items in (
        ("All fields", runs, suite, Scorer(SituationSummary), True),
        ("Shared fields", cut, gold, Scorer(SharedSummary), False),
    ):
        yield f"## {title}"
        yield "\n".join(_scores(those, against, scorer, items=items))
        yield "\n".join(_tests(those, against, scorer, items=items))
        yield f"`{signature(those[0], against.documents, scorer)}`"
    yield "## Cost"
    yield "\n".join(_costs(runs, suite))


def shared_documents(runs: Iterable[Run], suite: Suite[Any], split: str | None) -> Suite[Any]:
    """The suite with the documents of a split that all runs are over."""
    found = tuple(
        document
        for document in suite.documents
        if split in (None, document.gold.split) and all(run.covers(document) for run in runs)
    )
    if not found:
        raise SystemExit("There is no document that all of these are runs over.")
    return replace(suite, documents=found)


def _scores(runs: list[Run], suite: Suite[Any], scorer: Scorer, *, items: bool) -> Iterator[str]:
    sections = [name.replace("_", " ") for name in scorer.plan.sections if name != scorer.plan.root]
    head = ["run", "F", "precision", "recall", *sections, "located", "grounded"]
    yield from _head([*head, *(["items"] if items else []), "negatives"])
    for run in runs:
        scores = aggregate(scored(run, suite, scorer))
        yield _row([run.settings.name, *_figures(scores, items=items)])


def _figures(scores: Scores, *, items: bool) -> Iterator[str]:
    whole = scores.overall
    yield from map(_shown, (whole.value.f, whole.value.precision, whole.value.recall))
    yield from (_shown(section.value.f) for section in scores.sections.values())
    yield from map(_shown, (whole.located.f, whole.grounded.f))
    if items:
        yield _shown(whole.items.f)
    yield f"{whole.negatives.k} of {whole.negatives.n}"


def _tests(runs: list[Run], suite: Suite[Any], scorer: Scorer, *, items: bool) -> Iterator[str]:
    first, *others = runs
    yield from _head([f"{first.settings.name} against", "of", "ΔF", "p", "detectable", "n"])
    for run in others:
        report = compare_runs(run, first, suite, scorer)
        whole = {"values": report.overall} | ({"items": report.items} if items else {})
        for name, delta in (whole | report.sections).items():
            p = delta.p if name in whole else delta.p_holm
            yield _row([run.settings.name, name.replace("_", " "), *_tested(delta, p)])


def _tested(delta: Delta, p: float | None) -> Iterator[str]:
    if delta.delta is None or p is None:
        yield from ("–", "–", "–")
    else:
        spread = "" if delta.low is None else f" [{delta.low:+.3f}, {delta.high:+.3f}]"
        yield f"{delta.delta:+.3f}{spread}"
        yield "< .001" if p < 0.001 else f"{p:.3f}"
        yield "–" if delta.detectable is None else f"{delta.detectable:.3f}"
    yield str(delta.n)


def _costs(runs: list[Run], suite: Suite[Any]) -> Iterator[str]:
    counted = ("calls", "prompt_tokens", "completion_tokens", "seconds")
    head = [*(name.replace("_", " ") for name in counted), "quotes verbatim"]
    yield from _head(["run", "failed", *head])
    for run in runs:
        made = [
            run.predictions.get((document.gold.split, document.gold.id, 1))
            for document in suite.documents
        ]
        there = [each for each in made if each is not None]
        failed = sum(each is None or each.summary is None for each in made)
        sums = (sum(getattr(each.usage, name) for each in there) for name in counted)
        verbatim, quotes = _quotes(run, suite)
        share = f"{verbatim} of {quotes}" + (
            f" ({100 * verbatim / quotes:.0f} %)" if quotes else ""
        )
        yield _row([run.settings.name, str(failed), *(f"{each:,.0f}" for each in sums), share])


def _quotes(run: Run, suite: Suite[Any]) -> tuple[int, int]:
    """How many quotes stand in the article, and how many there are: as a peer wrote them, or of a
    run of this library its receipts."""
    stand = there = 0
    for document in suite.documents:
        found = run.predictions.get((document.gold.split, document.gold.id, 1))
        if found is None or found.summary is None:
            continue
        if "quotes" in found.signature:
            stand += found.signature["verbatim"]
            there += found.signature["quotes"]
            continue
        for section in found.summary.values():
            for item in section if isinstance(section, list) else ():
                for each in item["evidence"]:
                    there += 1
                    stand += document.article.text[each["start"] : each["end"]] == each["quote"]
    return stand, there


def _shown(figure: Estimate) -> str:
    if figure.score is None:
        return "–"
    if figure.low is None or figure.high is None:
        return f"{figure.score:.3f}"
    return f"{figure.score:.3f} [{figure.low:.3f}, {figure.high:.3f}]"


def _head(names: list[str]) -> Iterator[str]:
    yield _row(names)
    yield _row(["---"] + ["---:"] * (len(names) - 1))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    converting = commands.add_parser("convert")
    converting.add_argument("peer", choices=[*CONVERTERS])
    converting.add_argument("output", type=Path)
    converting.add_argument("run", type=Path)
    converting.add_argument("--model", help="name of the model that was asked")
    telling = commands.add_parser("table")
    telling.add_argument("runs", type=Path, nargs="+")
    telling.add_argument("--split", default="test")
    for command in (converting, telling):
        command.add_argument("--suite", type=Path, help="folder of a suite")
    given = parser.parse_args()
    suite = load_suite(given.suite or suite_folder("situations"), SituationSummary)
    if given.command == "convert":
        convert(given.peer, given.output, given.run, suite, given.model)
    else:
        print("\n\n".join(tables([*map(load_run, given.runs)], suite, given.split)))


if __name__ == "__main__":
    main()
