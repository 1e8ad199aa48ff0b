"""Peak memory of `summarizer batch` over few and over many short documents.

    python benchmarks/batch_memory.py [--few 1000] [--many 100000] [--ordered]

An endpoint in a process of its own answers each request at once, with a record of one activity.
Each size is a run in a process of its own, from a table of JSON lines, with cache and ledger on.
Prints the peaks and their ratio: nothing that grows with the number of documents may be held.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

CONCURRENCY = 32
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_NUMBER = re.compile(rb"Clear Water (\d+)")


class Endpoint(asyncio.Protocol):
    """One connection of the endpoint."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport
        self._received = bytearray()

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, ended, body = bytes(self._received).partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if not ended or len(body) < int(length[1] if length else 0):
            return
        self._received.clear()
        found = _NUMBER.search(body)
        if head.startswith(b"POST") and found:
            self._send(200, _completion(found[1].decode()))
        else:
            self._send(404, b"{}")

    def _send(self, status: int, body: bytes) -> None:
        told = f"HTTP/1.1 {status} So\r\ncontent-type: application/json\r\n"
        self._transport.write(f"{told}content-length: {len(body)}\r\n\r\n".encode() + body)


def _completion(number: str) -> bytes:
    activity = {
        "sentences": [1],
        "name": f"Clear Water {number}",
        "type": "joint_exercise",
        "actors": ["Veldmark", "Ostrava"],
        "realis": "occurred",
        "claims": [],
    }
    content = json.dumps({"headline": f"Drill {number}", "military_activities": [activity]})
    choice = {"index": 0, "finish_reason": "stop", "message": {"content": content}}
    usage = {"prompt_tokens": 900, "completion_tokens": 60, "total_tokens": 960}
    return json.dumps({"choices": [choice], "usage": usage}).encode()


def serve(pipe: Any) -> None:
    """Run the endpoint until told to stop."""

    async def listen() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(Endpoint, "127.0.0.1", 0, backlog=512)
        pipe.send(server.sockets[0].getsockname()[1])
        await loop.run_in_executor(None, pipe.recv)

    asyncio.run(listen())


def run(base_url: str, documents: int, ordered: bool) -> None:
    """One batch, in this process; prints the peak in kB, the seconds, and how many lines are ok."""
    from summarizer.cli.app import app

    with tempfile.TemporaryDirectory() as folder:
        table, lines = Path(folder, "documents.jsonl"), Path(folder, "lines.jsonl")
        with table.open("w", encoding="utf-8") as rows:
            for number in range(documents):
                text = (
                    f"Veldmark and Ostrava opened the naval drill Clear Water {number} on Monday."
                )
                rows.write(json.dumps({"id": f"d{number}", "text": text}) + "\n")
        told = ["batch", str(table), "-o", str(lines), "--concurrency", str(CONCURRENCY)]
        asked = ["--model", "stub", "--base-url", base_url, "--strategy", "single"]
        kept = ["--on-unsupported", "flag", "--cache-file", str(Path(folder, "cache.sqlite"))]
        began = time.perf_counter()
        app([*told, *asked, *kept, *(["--ordered"] if ordered else [])], standalone_mode=False)
        spent = time.perf_counter() - began
        with lines.open(encoding="utf-8") as written:
            right = sum('"status":"ok"' in line[:200] for line in written)
    print(json.dumps([resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, spent, right]))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--few", type=int, default=1_000)
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--ordered", action="store_true")
    parser.add_argument("--run", nargs=2, metavar=("URL", "DOCUMENTS"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        run(given.run[0], int(given.run[1]), given.ordered)
        return
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(there,), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{here.recv()}/v1"
    peaks = []
    print("| documents | ok | peak MB | seconds |\n| ---: | ---: | ---: | ---: |")
    for documents in (given.few, given.many):
        told = [sys.executable, __file__, "--run", url, str(documents)]
        told += ["--ordered"] if given.ordered else []
        done = subprocess.run(told, check=True, stdout=subprocess.PIPE, text=True)
        peak, spent, right = json.loads(done.stdout.splitlines()[-1])
        peaks.append(peak)
        print(f"| {documents:,} | {right:,} | {peak / 1024:.0f} | {spent:.0f} |", flush=True)
    here.send(None)
    server.join()
    print(f"\nPeak of the larger by that of the smaller: {peaks[1] / peaks[0]:.2f}")


if __name__ == "__main__":
    main()
