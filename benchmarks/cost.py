"""What a record costs on the embedded model, beside plain instructor.

    python benchmarks/cost.py ARTICLE…

Both ask the same model on the same engine for the same article, in turn, each with its static
instructions cached from the article before (the first ARTICLE only warms up). Plain instructor
asks as one would in an afternoon: a nested schema, a verbatim quote in each item, JSON_SCHEMA
mode. Prints tokens written per item, seconds, and the ratios. Keep the machine quiet.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from pydantic import BaseModel

import summarizer
from summarizer import embedded

MOST = 2000
"""Tokens that plain instructor may write; its schema has no bounds of its own."""


class Party(BaseModel):
    """A plain party."""

    name: str
    kind: str
    quote: str


class Activity(BaseModel):
    """A plain activity."""

    name: str
    type: str
    actors: list[str]
    location: str | None
    quote: str


class Meeting(BaseModel):
    """A plain meeting."""

    participants: list[str]
    location: str | None
    quote: str


class Assessment(BaseModel):
    """A plain assessment."""

    expert: str
    opinion: str
    quote: str


class Motive(BaseModel):
    """A plain motive."""

    party: str
    motive: str
    said_by: str | None
    quote: str


class Report(BaseModel):
    """The plain record."""

    parties: list[Party]
    activities: list[Activity]
    meetings: list[Meeting]
    assessments: list[Assessment]
    motives: list[Motive]


def by_instructor(engine: embedded.Engine, text: str) -> tuple[int, int, float, str]:
    """Items, tokens written, seconds and what went wrong, for plain instructor."""
    import instructor
    import openai

    written = 0

    def count(response: Any) -> None:
        nonlocal written
        written += response.usage.completion_tokens

    client = instructor.from_openai(
        openai.OpenAI(base_url=engine.base_url, api_key=engine.api_key, timeout=900),
        mode=instructor.Mode.JSON_SCHEMA,
    )
    client.on("completion:response", count)
    begun = time.perf_counter()
    try:
        report = client.chat.completions.create(
            model=engine.model,
            response_model=Report,
            max_retries=1,
            temperature=0,
            max_tokens=MOST,
            strict=False,
            messages=[
                {
                    "role": "system",
                    "content": "Extract a structured record of the news article. "
                    "Give each item a quote, word for word from the article.",
                },
                {"role": "user", "content": text},
            ],
        )
    except Exception as error:  # noqa: BLE001  # whatever it is, it is the figure
        return 0, written, time.perf_counter() - begun, type(error).__name__
    items = sum(len(getattr(report, name)) for name in Report.model_fields)
    return items, written, time.perf_counter() - begun, ""


def by_us(model: summarizer.Summarizer, text: str) -> tuple[int, int, float, str]:
    """The same for a record of ours."""
    begun = time.perf_counter()
    result = model.summarize(text)
    sections = [value for _, value in result.summary if isinstance(value, list)]
    items = sum(len(value) for value in sections) - len(result.summary.synopsis)
    return items, result.usage.completion_tokens, time.perf_counter() - begun, ""


def main(paths: list[str]) -> None:
    """Measure and print."""
    totals = {"ours": [0, 0, 0.0], "instructor": [0, 0, 0.0]}
    print(f"{'article':<28}{'':<12}{'items':>6}{'tokens':>8}{'/item':>7}{'seconds':>9}")
    with summarizer.Summarizer() as model:
        engine = embedded.start()
        for position, path in enumerate(paths):
            text = Path(path).read_text(encoding="utf-8")
            done = {"ours": by_us(model, text), "instructor": by_instructor(engine, text)}
            if position == 0:
                continue
            for name, (items, tokens, seconds, wrong) in done.items():
                for place, value in enumerate((items, tokens, seconds)):
                    totals[name][place] += value
                each = f"{tokens / items:.1f}" if items else "-"
                row = f"{Path(path).stem[:26]:<28}{name:<12}{items:>6}{tokens:>8}{each:>7}"
                print(f"{row}{seconds:>9.1f}  {wrong}", flush=True)
    ours, theirs = totals["ours"], totals["instructor"]
    print(
        f"\ntokens per item: {ours[1] / ours[0]:.1f} and {theirs[1] / max(theirs[0], 1):.1f}, "
        f"ratio {ours[1] / ours[0] / (theirs[1] / max(theirs[0], 1)):.2f}"
    )
    print(f"time: {ours[2]:.0f} s and {theirs[2]:.0f} s, ratio {ours[2] / theirs[2]:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
