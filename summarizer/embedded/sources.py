"""Where weights may come from: an address on the web.

A source is asked to fill in what an `Assembly` misses. It may break off at any time and leave
what it has; nothing that it says about the bytes is believed, only their hashes.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx2

    from summarizer.embedded.parts import Assembly
    from summarizer.embedded.progress import Advance

CONNECT_SECONDS = 8.0
"""How long a host may take until it begins to answer, its name looked up and redirects included."""

READ_SECONDS = 30.0
"""How long a host may then be silent."""

MAX_CONNECTIONS = 50
"""After this many connections that broke off, a host is given up."""

MAX_REDIRECTS = 5


class SourceFailed(Exception):
    """A source could not give what was asked of it; the message is the reason, on one line."""


class FetchStopped(Exception):
    """The caller wants no more of it."""


class Source(Protocol):
    """A place that has the weights."""

    @property
    def label(self) -> str:
        """What the user is told that it is."""
        ...

    @property
    def scratch(self) -> int:
        """How many bytes on disk it needs for a while, beyond the weights themselves."""
        ...

    def fetch(self, assembly: Assembly, advance: Advance, stop: threading.Event) -> None:
        """Write the missing parts of `assembly`; tell `advance` how many bytes were written.

        Raises:
            SourceFailed: it can't; what was written so far is left for the next source.
            FetchStopped: `stop` was set.
        """


def https_only(url: str) -> bool:
    """Whether `url` is one that nobody on the way can read or change."""
    return urlsplit(url).scheme == "https"


@dataclass(frozen=True)
class WebFile:
    """The whole file at one address, fetched from where the last attempt broke off.

    `permits` is asked about the address and about each one that it leads to.
    """

    label: str
    url: str
    permits: Callable[[str], bool] = https_only

    @property
    def scratch(self) -> int:
        """Nothing: what arrives is written where it belongs."""
        return 0

    def fetch(self, assembly: Assembly, advance: Advance, stop: threading.Event) -> None:
        """See `Source.fetch`."""
        import httpx2

        # Compressed bytes could not be asked for by range.
        with httpx2.Client(
            timeout=httpx2.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
            headers={"Accept-Encoding": "identity"},
        ) as client:
            advance(assembly.begun(assembly.missing[0]))
            for _ in range(MAX_CONNECTIONS):
                if not assembly.missing:
                    return
                received = False

                def count(n: int) -> None:
                    nonlocal received
                    received = True
                    advance(n)

                try:
                    self._fetch_run(client, assembly, count, stop)
                except httpx2.HTTPError as error:
                    if not received:  # else it broke off, and the rest is asked for
                        raise SourceFailed(_reason(error)) from error
        if assembly.missing:
            raise SourceFailed(f"the connection broke off {MAX_CONNECTIONS} times")

    def _fetch_run(
        self, client: httpx2.Client, assembly: Assembly, advance: Advance, stop: threading.Event
    ) -> None:
        """Fetch the first missing part, and those missing that follow it without a gap."""
        first = part = assembly.missing[0]
        last = next(i for i in range(first, len(assembly.parts)) if i + 1 not in assembly.missing)
        begun = assembly.begun(first)
        position, end = assembly.start(first) + begun, assembly.end(last)
        with self._answer(client, position, end, assembly.size) as answer, assembly.open() as file:
            # A server that knows no ranges sends the file from its start.
            skip = position if answer.status_code == 200 else 0
            file.seek(position)
            for block in answer.iter_raw():
                if stop.is_set():
                    raise FetchStopped
                rest = memoryview(block)[skip:]
                skip -= len(block) - len(rest)
                while rest and part <= last:
                    taken = file.write(rest[: assembly.end(part) - position])
                    position, rest = position + taken, rest[taken:]
                    advance(taken)
                    if position == assembly.end(part):
                        if not assembly.accept(part):
                            resumed = part == first and begun > 0
                            self._refuse(assembly, part, advance, resumed=resumed)
                            return
                        part += 1
                if part > last:
                    return

    def _refuse(self, assembly: Assembly, part: int, advance: Advance, *, resumed: bool) -> None:
        assembly.discard(part)
        advance(-assembly.parts[part].size)
        # What an earlier attempt left may be at fault; then the part is worth another go.
        if not resumed:
            raise SourceFailed("what it sends has not the right SHA-256")

    @contextmanager
    def _answer(
        self, client: httpx2.Client, start: int, end: int, size: int
    ) -> Iterator[httpx2.Response]:
        answer = _within(CONNECT_SECONDS, lambda: self._request(client, start, end))
        try:
            ranged = answer.headers.get("content-range", "")
            whole = answer.headers.get("content-length", str(size))
            if answer.status_code == 206 and ranged != f"bytes {start}-{end - 1}/{size}":
                raise SourceFailed(f"it sends another file, or another range of it ({ranged!r})")
            if answer.status_code == 200 and whole != str(size):
                raise SourceFailed(f"it sends another file, of {whole} bytes")
            if answer.status_code not in (200, 206):
                raise SourceFailed(f"it answered with status {answer.status_code}")
            yield answer
        finally:
            answer.close()

    def _request(self, client: httpx2.Client, start: int, end: int) -> httpx2.Response:
        url = self.url
        for _ in range(MAX_REDIRECTS):
            if not self.permits(url):
                raise SourceFailed(f"{urlsplit(url).scheme}://{urlsplit(url).netloc} is not safe")
            request = client.build_request(
                "GET", url, headers={"Range": f"bytes={start}-{end - 1}"}
            )
            answer = client.send(request, stream=True)
            if not answer.has_redirect_location:
                return answer
            answer.close()
            url = urljoin(url, answer.headers["location"])
        raise SourceFailed("it redirects in circles")


def _within(seconds: float, call: Callable[[], httpx2.Response]) -> httpx2.Response:
    """What `call` returns, unless it takes longer than `seconds`.

    A look-up of a name heeds no time limit, and the limit for a connection is for each of a
    host's addresses; so the whole is left to a thread that is abandoned when it is late.
    """
    lock, waiting = threading.Lock(), True
    answers: list[httpx2.Response] = []
    errors: list[Exception] = []

    def work() -> None:
        try:
            answer = call()
        except Exception as error:  # noqa: BLE001  # raised again in the thread that waits
            errors.append(error)
            return
        with lock:
            if waiting:
                answers.append(answer)
                return
        answer.close()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    with lock:
        waiting = False
    if errors:
        raise errors[0]
    if not answers:
        raise SourceFailed(f"it did not answer within {seconds:g} seconds")
    return answers[0]


def _reason(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split()).rstrip(": ")
