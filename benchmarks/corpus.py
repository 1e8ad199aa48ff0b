"""What a model makes of a folder of articles: valid or not, grounded or not, at what cost.

    python benchmarks/corpus.py FOLDER OUT [--list FILE] [--manifest FILE] [--model NAME]

One JSON file per article in OUT; what is there already is not done again, so that a run can be
broken off and gone on with. --list is a JSON Lines file of {"id", "split"} that says which of
FOLDER's `id.txt` to take, --manifest one of {"id", "date", "title"}. Ends with a table per split.

The checks here share no code with the library's: they look at the JSON that came out.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import summarizer

SECTIONS = (
    "parties",
    "military_activities",
    "diplomatic_meetings",
    "expert_assessments",
    "claimed_motives",
)
LEAK_WORDS = 5


def iso(text: str | None) -> date | None:
    """A date in one of the forms that manifests have, or None."""
    for form in ("%Y-%m-%d", "%B %d, %Y", "%d %B %Y"):
        try:
            return datetime.strptime(text or "", form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    return None


def plain(text: str) -> str:
    """Letters and digits in one case, one space between words."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def strings(value: Any, skip: frozenset[str]) -> Iterator[str]:
    """The strings below a JSON value, but for those under the keys in `skip`."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in skip:
                yield from strings(inner, skip)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, skip)


def receipts(value: Any) -> Iterator[dict[str, Any]]:
    """The receipts below a JSON value."""
    if isinstance(value, dict):
        if value.keys() == {"sentence", "start", "end", "quote"}:
            yield value
        for inner in value.values():
            yield from receipts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from receipts(inner)


def look_at(row: dict[str, Any], instructions: str) -> dict[str, Any]:
    """What can be told of one result from its JSON alone."""
    text = row["article"]["text"]
    summary = row["summary"]
    names = [party["name"] for party in summary["parties"]]
    names += [
        item["location"]["text"]
        for section in SECTIONS
        for item in summary[section]
        if item.get("location")
    ]
    said = strings(summary, frozenset({"evidence", "quote"}))
    leaks = [
        value
        for value in said
        if len(plain(value).split()) >= LEAK_WORDS
        and plain(value) in plain(instructions)
        and plain(value) not in plain(text)
    ]
    found = list(receipts(summary))
    return {
        "items": sum(len(summary[section]) for section in SECTIONS),
        **{section: len(summary[section]) for section in SECTIONS},
        "receipts": len(found),
        "quotes_wrong": sum(text[r["start"] : r["end"]] != r["quote"] for r in found),
        "names_absent": [name for name in names if plain(name) not in plain(text)],
        "leaked": leaks,
        "issues": Counter(issue["kind"] for issue in row["issues"]),
        "written": row["usage"]["completion_tokens"],
        "seconds": row["wall"],
    }


def run(options: argparse.Namespace) -> None:
    """Do what is not done yet."""
    listed = [json.loads(line) for line in options.list.open()] if options.list else None
    rows = listed or [{"id": p.stem, "split": "all"} for p in sorted(options.folder.glob("*.txt"))]
    manifest = (
        {r["id"]: r for r in map(json.loads, options.manifest.open())} if options.manifest else {}
    )
    options.out.mkdir(parents=True, exist_ok=True)
    with summarizer.Summarizer(
        options.model, strategy=options.strategy, size=options.size
    ) as model:
        for row in rows:
            target = options.out / f"{row['id']}.json"
            if target.exists():
                continue
            known = manifest.get(row["id"], {})
            begun = time.perf_counter()
            try:
                article = summarizer.read(
                    options.folder / f"{row['id']}.txt",
                    published=iso(known.get("date")),
                    title=known.get("title"),
                )
                done = {"ok": True, **json.loads(model.summarize(article).model_dump_json())}
            except summarizer.SummarizerError as error:
                done = {"ok": False, "error": f"{type(error).__name__}: {error}"}
            done |= {"split": row["split"], "wall": time.perf_counter() - begun}
            part = target.with_suffix(".part")
            part.write_text(json.dumps(done, ensure_ascii=False), encoding="utf-8")
            part.replace(target)
            print(
                f"{row['id']}: {'ok' if done['ok'] else done['error']}, {done['wall']:.0f} s",
                flush=True,
            )


def report(out: Path) -> None:
    """Print the table over what has been done."""
    from summarizer.schemas import SituationSummary
    from summarizer.templates import PROMPT, instructions
    from summarizer.wire import Profile, Size, plan

    told = instructions(plan(SituationSummary, Profile.GRAMMAR, Size.CORE), PROMPT, "English")
    rows = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(out.glob("*.json"))]
    for split in sorted({row["split"] for row in rows}):
        chosen = [row for row in rows if row["split"] == split]
        good = [row for row in chosen if row["ok"]]
        seen = [look_at(row, told) for row in good]
        total: Counter[str] = sum((look["issues"] for look in seen), Counter())
        items = sum(look["items"] for look in seen)
        print(f"\n{split}: {len(good)} of {len(chosen)} articles valid")
        print(f"  items {items}: " + ", ".join(f"{s} {sum(k[s] for k in seen)}" for s in SECTIONS))
        wrong = sum(look["quotes_wrong"] for look in seen)
        print(f"  receipts {sum(look['receipts'] for look in seen)}, wrong {wrong}")
        print(f"  names absent from the article: {[n for k in seen for n in k['names_absent']]}")
        print(f"  copied from the prompt: {[n for k in seen for n in k['leaked']]}")
        print(f"  issues: {dict(total)}")
        written = sum(look["written"] for look in seen)
        print(f"  tokens written {written}, per item {written / max(items, 1):.1f}")
        seconds = [look["seconds"] for look in seen]
        if seconds:
            print(f"  seconds: median {statistics.median(seconds):.0f}, most {max(seconds):.0f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--list", type=Path)
    parser.add_argument("--manifest", type=Path)
    parser.add_argument("--model")
    parser.add_argument("--strategy", default="auto")
    parser.add_argument("--size", default="auto")
    parser.add_argument("--report", action="store_true", help="only print the table")
    given = parser.parse_args()
    if not given.report:
        run(given)
    report(given.out)
