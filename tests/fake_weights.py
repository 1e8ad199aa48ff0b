"""Small weights of five parts, and a server on this machine that has them, with its faults."""

from __future__ import annotations

import hashlib
import random
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from summarizer.embedded.catalogue import Weights
from summarizer.embedded.parts import Part
from summarizer.embedded.sources import Source, WebFile

PART = 3000
WHOLE = random.Random(7).randbytes(4 * PART + 1234)
CUTS = [WHOLE[start : start + PART] for start in range(0, len(WHOLE), PART)]
PARTS = tuple(Part(hashlib.sha256(cut).hexdigest(), len(cut)) for cut in CUTS)
NAME = "tiny"


def entry(*sources: Source) -> Weights:
    """The entry of the catalogue for `WHOLE`, to be had from `sources`."""
    return Weights(
        name=NAME,
        file_name="tiny.gguf",
        licence="CC0-1.0",
        size=len(WHOLE),
        sha256=hashlib.sha256(WHOLE).hexdigest(),
        parts=PARTS,
        sources=sources,
    )


def altered(data: bytes, position: int) -> bytes:
    """`data` with one byte changed."""
    return data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :]


@dataclass
class FileServer:
    """What it sends, how it misbehaves, and which bytes it was asked for."""

    body: bytes = WHOLE
    cut_after: list[int] = field(default_factory=list)
    """For each request to come: after how many bytes the connection breaks off."""
    ranges: bool = True
    held: threading.Event | None = None
    """Until it is set, requests are accepted and not answered."""
    redirect: str | None = None
    status: int | None = None
    let_go: int = 0
    """How many requests were held and are answered after all."""
    asked: list[tuple[int, int]] = field(default_factory=list)
    """The first and last byte of each request."""
    url: str = ""

    def source(self) -> WebFile:
        """This server as a source; only addresses on it are permitted."""
        return WebFile("the test server", f"{self.url}/tiny.gguf", self.is_own)

    def is_own(self, url: str) -> bool:
        return urlsplit(url).netloc == urlsplit(self.url).netloc


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        state: FileServer = self.server.state  # type: ignore[attr-defined]  # set in `serving`
        if state.held is not None:
            state.held.wait(60)
            state.let_go += 1
        if state.redirect or state.status:
            self.send_response(state.status or 302)
            self.send_header("Location", state.redirect or "")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        first, last = 0, len(state.body) - 1
        if wanted := re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", "")):
            state.asked.append((int(wanted[1]), int(wanted[2])))
        if wanted and state.ranges:
            first, last = int(wanted[1]), min(int(wanted[2]), last)
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(state.body)}")
        else:
            self.send_response(200)
        body = state.body[first : last + 1]
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        limit = state.cut_after.pop(0) if state.cut_after else len(body)
        with suppress(ConnectionError):  # who asked may be gone
            self.wfile.write(body[:limit])
        self.close_connection = limit < len(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base's name
        """Say nothing."""


@contextmanager
def serving(state: FileServer) -> Iterator[FileServer]:
    """Within it, `state` is served at `state.url`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.state = state  # type: ignore[attr-defined]  # the handler finds it there
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield state
    finally:
        if state.held is not None:
            state.held.set()
        server.shutdown()
        server.server_close()
        thread.join()
