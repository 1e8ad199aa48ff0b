"""CPU time of one call, beside the bare OpenAI client and plain instructor.

    python benchmarks/cpu_per_call.py [CALLS]

A scripted endpoint in a process of its own answers at once, each caller with what it asks for;
the callers run one after another, in processes of their own, three times, and the median counts.
Ours does all that it does: sentences, prompt, schema, validation, receipts, references.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Literal

ARTICLE = Path(__file__).parent.parent / "examples" / "articles" / "northern-lantern.txt"
CALLERS = ("openai", "instructor", "ours")


def answer(request: Any) -> Any:
    """A record of some twenty items, in the form that the caller asked for."""
    from summarizer.testing import Answer

    schema = json.dumps(request.body.get("response_format", {}))
    if '"sentences"' in schema:
        content: dict[str, Any] = {
            "headline": "Exercise in the Strait of Sorren",
            "parties": [{"name": n, "kind": "state"} for n in ("Talvinia", "Ardania", "Kestria")],
            "military_activities": [
                {
                    "sentences": [n],
                    "name": "exercise",
                    "type": "joint_exercise",
                    "actors": ["Talvinia"],
                }
                for n in range(2, 9)
            ],
            "expert_assessments": [
                {
                    "sentences": [n],
                    "assessor": "Marta Oyelaran",
                    "type": "forecast",
                    "proposition": "It is unlikely that either side wants a fight.",
                }
                for n in range(13, 17)
            ],
        }
    else:
        item = {
            "description": "exercise",
            "participants": ["Talvinia"],
            "quote": "opened a joint naval exercise",
        }
        content = {
            "parties": [{"name": n, "kind": "state", "quote": n} for n in ("Talvinia", "Ardania")],
            **{name: [item] * 4 for name in ("activities", "meetings", "assessments")},
        }
    return Answer(content)


def serve(pipe: Any) -> None:
    """Run the endpoint until told to stop."""
    from summarizer.testing import ScriptedEndpoint

    with ScriptedEndpoint(answer) as endpoint:
        pipe.send((endpoint.base_url, endpoint.api_key))
        pipe.recv()


def call(caller: str, base_url: str, key: str, calls: int) -> float:
    """CPU milliseconds of one call, after ten that warm up."""
    text = ARTICLE.read_text(encoding="utf-8")

    async def measured(once: Any) -> float:
        for _ in range(10):
            await once()
        begun = time.process_time()
        for _ in range(calls):
            await once()
        return 1000 * (time.process_time() - begun) / calls

    if caller == "ours":
        import summarizer

        async def ours() -> float:
            async with summarizer.Summarizer("stub", base_url=base_url, api_key=key) as model:
                return await measured(lambda: model.asummarize(text))

        return asyncio.run(ours())

    import openai
    from pydantic import BaseModel

    class Party(BaseModel):
        name: str
        kind: Literal["state", "other"]
        quote: str

    class Item(BaseModel):
        description: str
        participants: list[str]
        quote: str

    class Report(BaseModel):
        parties: list[Party]
        activities: list[Item]
        meetings: list[Item]
        assessments: list[Item]

    messages: Any = [
        {"role": "system", "content": "Extract a record."},
        {"role": "user", "content": text},
    ]
    schema: Any = {
        "type": "json_schema",
        "json_schema": {"name": "r", "schema": Report.model_json_schema()},
    }

    async def theirs() -> float:
        client = openai.AsyncOpenAI(base_url=base_url, api_key=key)

        async def bare() -> Report:
            reply = await client.chat.completions.create(
                model="stub", messages=messages, response_format=schema
            )
            return Report.model_validate_json(reply.choices[0].message.content or "")

        if caller == "openai":
            return await measured(bare)
        import instructor

        patched = instructor.from_openai(client, mode=instructor.Mode.JSON_SCHEMA)
        return await measured(
            lambda: patched.chat.completions.create(
                model="stub", messages=messages, response_model=Report, strict=False
            )
        )

    return asyncio.run(theirs())


def main(calls: int) -> None:
    """Measure and print."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(there,), daemon=True)
    server.start()
    base_url, key = here.recv()
    found: dict[str, list[float]] = {caller: [] for caller in CALLERS}
    for _ in range(3):
        for caller in CALLERS:
            told = [sys.executable, __file__, "--call", caller, base_url, key, str(calls)]
            done = subprocess.run(told, check=True, capture_output=True, text=True)
            found[caller].append(float(done.stdout))
    here.send(None)
    server.join()
    bare, plain, ours = (statistics.median(found[caller]) for caller in CALLERS)
    print(f"CPU per call: openai {bare:.2f} ms, instructor {plain:.2f} ms, ours {ours:.2f} ms")
    print(
        f"over bare openai: instructor {plain - bare:.2f} ms, ours {ours - bare:.2f} ms, "
        f"ratio {(ours - bare) / (plain - bare):.2f}"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--call"]:
        print(call(sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5])))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
