"""Documents a second through an endpoint that takes 100 ms, beside four other ways to ask it.

    python benchmarks/throughput.py [--documents 2000] [--concurrency 64] [--alike] [CONTENDER…]

An endpoint in a process of its own answers each request after 100 ms with what its contender is to
be told about the article that is in it (`bulletins`): the same items for all, in the form that was
asked for. The contenders run one after another, each in one process of its own, and each writes
what it got as a line of JSON:

- `httpx2`: the HTTP client that the others rest on, with a schema made beforehand; the answer is
  validated with Pydantic.
- `openai`: the same by the bare OpenAI client.
- `instructor`: what one writes in an afternoon, a nested schema with a quote in each item. Nothing
  is held against the article.
- `langextract`: with one worked example, each article in one piece. Left out where not installed.
- `ours`: `summarizer batch` with the strategy `single` and all that it does: sentences, receipts,
  references, checks, cache, ledger. No answer is in the cache.

Every document has other names in nearly every sentence; with `--alike`, it differs from the others
in its first line only, as dispatches of one agency may. What is made once, each may make with the
documents that warm up. CPU is that of the contender's process, in milliseconds a document. Where
other work is going on, the rates are of little worth, and CPU of some, as all suffer alike.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import json
import multiprocessing
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import afternoon  # type: ignore[import-not-found]  # beside this script, as it is run
import bulletins  # type: ignore[import-not-found]  # likewise

CONTENDERS = ("httpx2", "openai", "instructor", "langextract", "ours")
MEASURE = "instructor"
"""What the others' rates are a multiple of."""
LATENCY = 0.1
WARM_UP = 20
KEY = "none"

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_TOLD = {
    "headline": 0,
    "synopsis": 0,
    "parties": 7,
    "military_activities": 2,
    "diplomatic_meetings": 1,
    "expert_assessments": 1,
    "claimed_motives": 1,
}
"""How many items of each section come out."""


class Endpoint(asyncio.Protocol):
    """One connection of the endpoint. Answers to all requests were made beforehand."""

    def __init__(self, answers: dict[tuple[str, int], bytes]) -> None:
        self._answers = answers
        self._received = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, ended, body = bytes(self._received).partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if not ended or len(body) < int(length[1] if length else 0):
            return
        self._received.clear()
        form = head.split(b"/", 2)[1].decode()
        if head.startswith(b"POST") and b"/chat/completions " in head:
            answer = self._answers[form, bulletins.number_of(body)]
            asyncio.get_running_loop().call_later(LATENCY, self._send, answer)
        else:
            self._send(_http(404, b"{}"))

    def _send(self, answer: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer)


def _http(status: int, body: bytes) -> bytes:
    told = f"HTTP/1.1 {status} So\r\ncontent-type: application/json\r\ncontent-length: {len(body)}"
    return told.encode() + b"\r\n\r\n" + body


def _completion(content: str) -> bytes:
    message = {"role": "assistant", "content": content}
    usage = {"prompt_tokens": 1000, "completion_tokens": 400, "total_tokens": 1400}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    told = {"id": "chatcmpl-1", "object": "chat.completion", "created": 0, "model": "stub"}
    return json.dumps(told | {"choices": [choice], "usage": usage}).encode()


def serve(pipe: Any, documents: int, alike: bool) -> None:
    """Run the endpoint until told to stop."""
    answers = {
        (form, number): _http(200, _completion(bulletins.answer(number, form, alike=alike)))
        for form in ("ours", "plain", "langextract")
        for number in range(documents + WARM_UP)
    }

    async def listen() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Endpoint(answers), "127.0.0.1", 0, backlog=512)
        pipe.send(server.sockets[0].getsockname()[1])
        await loop.run_in_executor(None, pipe.recv)

    asyncio.run(listen())


async def measured(
    once: Callable[[str], Awaitable[str]], texts: list[str], concurrency: int, lines: Any
) -> tuple[float, float]:
    """Seconds, and those of CPU, for all documents, as many of them at a time."""
    documents = len(texts) - WARM_UP
    room = asyncio.Semaphore(concurrency)

    async def one(text: str) -> None:
        async with room:
            lines.write(await once(text) + "\n")

    await asyncio.gather(*map(one, texts[documents:]))
    began, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*map(one, texts[:documents]))
    return time.perf_counter() - began, time.process_time() - cpu


def ours(base_url: str, texts: list[str], concurrency: int, lines: Path) -> tuple[float, float]:
    """All documents by `summarizer batch`."""
    from summarizer.cli.app import app

    folder = lines.parent
    prices = folder / "prices.toml"
    prices.write_text('currency = "USD"\n[models."stub"]\ninput = 1.0\noutput = 2.0\n')

    def batch(name: str, given: list[str], output: Path) -> None:
        rows = (json.dumps({"id": f"{name}-{n}", "text": text}) for n, text in enumerate(given))
        documents = folder / f"{name}.jsonl"
        documents.write_text("\n".join(rows) + "\n", encoding="utf-8")
        asked = ["--model", "stub", "--base-url", base_url, "--strategy", "single"]
        kept = ["--prices", str(prices), "--cache-file", str(folder / "cache.sqlite")]
        told = ["batch", str(documents), "-o", str(output), "--concurrency", str(concurrency)]
        app([*told, *asked, *kept], standalone_mode=False)

    batch("warming", texts[-WARM_UP:], folder / "warming-lines.jsonl")
    began, cpu = time.perf_counter(), time.process_time()
    batch("documents", texts[:-WARM_UP], lines)
    spent = time.perf_counter() - began, time.process_time() - cpu
    with lines.open(encoding="utf-8") as written:  # not whole, for the peak of memory
        for line in written:
            row = json.loads(line)
            told = {name: len(section or ()) for name, section in row.get("summary", {}).items()}
            if row["status"] != "ok" or row["usage"]["calls"] != 1 or told != _TOLD:
                raise SystemExit(f"ours: {line[:2000]}")
    return spent


async def theirs(
    contender: str, base_url: str, texts: list[str], concurrency: int, lines: Any
) -> tuple[float, float]:
    """All documents by a schema of their own, as one writes it in an afternoon."""
    import httpx2
    import openai

    schema = afternoon.response_format()
    limits = httpx2.Limits(max_connections=concurrency, max_keepalive_connections=concurrency)
    http = httpx2.AsyncClient(limits=limits, timeout=60)
    client = openai.AsyncOpenAI(base_url=base_url, api_key=KEY, timeout=60)

    async def by_httpx2(text: str) -> str:
        asked = {"model": "stub", "messages": afternoon.messages(text), "response_format": schema}
        reply = await http.post(f"{base_url}/chat/completions", json=asked)
        content = reply.json()["choices"][0]["message"]["content"]
        return str(afternoon.Report.model_validate_json(content).model_dump_json())

    async def by_openai(text: str) -> str:
        reply = await client.chat.completions.create(
            model="stub", messages=afternoon.messages(text), response_format=schema
        )
        content = reply.choices[0].message.content or ""
        return str(afternoon.Report.model_validate_json(content).model_dump_json())

    if contender == "httpx2":
        return await measured(by_httpx2, texts, concurrency, lines)
    if contender == "openai":
        return await measured(by_openai, texts, concurrency, lines)
    import instructor

    patched = instructor.from_openai(client, mode=instructor.Mode.JSON_SCHEMA)

    async def by_instructor(text: str) -> str:
        report = await patched.chat.completions.create(
            model="stub",
            messages=afternoon.messages(text),
            response_model=afternoon.Report,
            max_retries=2,
            strict=False,
        )
        return str(report.model_dump_json())

    return await measured(by_instructor, texts, concurrency, lines)


def langextract(
    base_url: str, texts: list[str], concurrency: int, lines: Any
) -> tuple[float, float]:
    """All documents by langextract, which has threads of its own."""
    import logging

    import langextract as lx  # type: ignore[import-not-found]  # no dependency of ours
    from langextract.providers.openai import (  # type: ignore[import-not-found]  # likewise
        OpenAILanguageModel,
    )

    logging.disable(logging.CRITICAL)
    model = OpenAILanguageModel(
        model_id="stub", api_key=KEY, base_url=base_url, max_workers=concurrency
    )
    shown = lx.data.ExampleData(
        text="Envoys of Ostrava met in Lund.",
        extractions=[
            lx.data.Extraction(
                "diplomatic_meeting", "Envoys of Ostrava met in Lund", attributes={"place": "Lund"}
            )
        ],
    )

    def extract(given: list[str]) -> None:
        read: Any = lx.extract(
            text_or_documents=[
                lx.data.Document(text=text, document_id=str(number))
                for number, text in enumerate(given)
            ],
            prompt_description="Extract parties, activities, meetings, assessments and motives.",
            examples=[shown],
            model=model,
            fence_output=False,
            show_progress=False,
            max_workers=concurrency,
            batch_length=concurrency,
            max_char_buffer=8000,
        )
        for each in read:
            told = [(one.extraction_class, one.extraction_text) for one in each.extractions]
            lines.write(json.dumps(told) + "\n")

    extract(texts[-WARM_UP:])
    began, cpu = time.perf_counter(), time.process_time()
    extract(texts[:-WARM_UP])
    return time.perf_counter() - began, time.process_time() - cpu


def run(contender: str, root: str, texts: list[str], concurrency: int) -> None:
    """One contender, in this process; prints seconds, CPU seconds, and the peak of memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder, "lines.jsonl")
        if contender == "ours":
            spent = ours(f"{root}/ours/v1", texts, concurrency, written)
        else:
            with written.open("w", encoding="utf-8") as lines:
                if contender == "langextract":
                    spent = langextract(f"{root}/langextract/v1", texts, concurrency, lines)
                else:
                    asked = theirs(contender, f"{root}/plain/v1", texts, concurrency, lines)
                    spent = asyncio.run(asked)
        with written.open(encoding="utf-8") as lines:
            count = sum(1 for _ in lines)
        if count < len(texts) - WARM_UP:
            raise SystemExit(f"{contender}: {count} lines of {len(texts) - WARM_UP}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps([*spent, peak]))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("contenders", nargs="*", metavar="CONTENDER", help=", ".join(CONTENDERS))
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--concurrency", type=int, default=64)
    parser.add_argument("--run", nargs=2, metavar=("CONTENDER", "ROOT"), help=argparse.SUPPRESS)
    parser.add_argument("--alike", action="store_true", help="documents differ in one line only")
    given = parser.parse_args()
    if given.run:
        numbers = range(given.documents + WARM_UP)
        texts = [bulletins.article(number, alike=given.alike) for number in numbers]
        contender, root = given.run
        run(contender, root, texts, given.concurrency)
        return
    here, there = multiprocessing.Pipe()
    asked = there, given.documents, given.alike
    server = multiprocessing.Process(target=serve, args=asked, daemon=True)
    server.start()
    there.close()  # so that its end is noticed
    root = f"http://127.0.0.1:{here.recv()}"
    counts = ["--documents", str(given.documents), "--concurrency", str(given.concurrency)]
    counts += ["--alike"] if given.alike else []
    found: dict[str, list[float]] = {}
    for contender in given.contenders or CONTENDERS:
        if contender == "langextract" and not importlib.util.find_spec("langextract"):
            print("langextract is not installed, and left out.")
            continue
        told = [sys.executable, __file__, "--run", contender, root, *counts]
        done = subprocess.run(told, check=True, stdout=subprocess.PIPE, text=True)
        found[contender] = json.loads(done.stdout.splitlines()[-1])
    here.send(None)
    server.join()
    print(f"{given.documents} documents, {given.concurrency} at a time, {LATENCY} s for each.\n")
    print("| | documents/s | × instructor | CPU ms/document | × instructor | peak MB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for contender, (seconds, cpu, peak) in found.items():
        rate, each = given.documents / seconds, 1000 * cpu / given.documents
        faster = cheaper = "–"
        if MEASURE in found:
            faster = f"{found[MEASURE][0] / seconds:.2f}"
            cheaper = f"{cpu / found[MEASURE][1]:.2f}"
        print(f"| {contender} | {rate:.0f} | {faster} | {each:.2f} | {cheaper} | {peak:.0f} |")


if __name__ == "__main__":
    main()
