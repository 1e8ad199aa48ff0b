"""CPU time of one call, beside the bare OpenAI client and plain instructor.

    python benchmarks/cpu_per_call.py [CALLS]

A scripted endpoint in a process of its own answers at once, each caller with what it asks for;
the callers run one after another, in processes of their own, seven times, and the least counts, as
other work on the machine only adds.

What is compared: all three are asynchronous, send the same article with a JSON Schema, and get
the same items back, with the same fields in each (`bulletins`). The bare client sends a schema
that was made beforehand, and validates the answer with Pydantic. Plain instructor is what one
writes in an afternoon (`afternoon`): a nested schema with a verbatim quote in each item, and
nothing is held against the article. Ours does all that it does: sentences, prompt, its full schema,
validation, receipts, references, checks, result. Every call is for another article, with other
names in every sentence, so that nothing kept from one article serves for the next; what is made
once per schema or endpoint, each caller may make in the calls that warm up.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import subprocess
import sys
import time
from typing import Any

import afternoon  # type: ignore[import-not-found]  # beside this script, as it is run
import bulletins  # type: ignore[import-not-found]  # likewise

CALLERS = ("openai", "instructor", "ours")
WARM_UP = 20
ROUNDS = 7


def answer(request: Any) -> Any:
    """The record of the article that was sent, in the form that the caller asked for."""
    from summarizer.testing import Answer

    ours = '"sentences"' in json.dumps(request.body.get("response_format", {}))
    number = bulletins.number_of(request.prompt.encode())
    return Answer(bulletins.answer(number, "ours" if ours else "plain"))


def serve(pipe: Any) -> None:
    """Run the endpoint until told to stop."""
    from summarizer.testing import ScriptedEndpoint

    with ScriptedEndpoint(answer) as endpoint:
        pipe.send((endpoint.base_url, endpoint.api_key))
        pipe.recv()


def call(caller: str, base_url: str, key: str, calls: int) -> float:
    """CPU milliseconds of one call, after those that warm up."""
    texts = [bulletins.article(number) for number in range(WARM_UP + calls)]

    async def measured(once: Any) -> float:
        for text in texts[:WARM_UP]:
            await once(text)
        begun = time.process_time()
        for text in texts[WARM_UP:]:
            await once(text)
        return 1000 * (time.process_time() - begun) / calls

    if caller == "ours":
        import summarizer

        async def ours() -> float:
            async with summarizer.Summarizer("stub", base_url=base_url, api_key=key) as model:
                return await measured(model.asummarize)

        return asyncio.run(ours())

    import openai

    schema = afternoon.response_format()

    async def theirs() -> float:
        client = openai.AsyncOpenAI(base_url=base_url, api_key=key)

        async def bare(text: str) -> Any:
            reply = await client.chat.completions.create(
                model="stub",
                temperature=0,
                messages=afternoon.messages(text),
                response_format=schema,
            )
            return afternoon.Report.model_validate_json(reply.choices[0].message.content or "")

        if caller == "openai":
            return await measured(bare)
        import instructor

        patched = instructor.from_openai(client, mode=instructor.Mode.JSON_SCHEMA)
        return await measured(
            lambda text: patched.chat.completions.create(
                model="stub",
                temperature=0,
                messages=afternoon.messages(text),
                response_model=afternoon.Report,
                max_retries=1,
                strict=False,
            )
        )

    return asyncio.run(theirs())


def main(calls: int) -> None:
    """Measure and print."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(there,), daemon=True)
    server.start()
    there.close()  # so that its end is noticed
    base_url, key = here.recv()
    found: dict[str, list[float]] = {caller: [] for caller in CALLERS}
    for _ in range(ROUNDS):
        for caller in CALLERS:
            told = [sys.executable, __file__, "--call", caller, base_url, key, str(calls)]
            done = subprocess.run(told, check=True, capture_output=True, text=True)
            found[caller].append(float(done.stdout))
    here.send(None)
    server.join()
    bare, plain, ours = (min(found[caller]) for caller in CALLERS)
    print(f"CPU per call: openai {bare:.2f} ms, instructor {plain:.2f} ms, ours {ours:.2f} ms")
    print(
        f"over bare openai: instructor {plain - bare:.2f} ms, ours {ours - bare:.2f} ms, "
        f"ratio {(ours - bare) / (plain - bare):.2f}"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--call"]:
        print(call(sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5])))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
