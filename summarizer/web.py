"""Fetching a page that a user names, without being led into their own network.

A URL may come from a list that somebody else wrote, and a page may redirect. So every host on
the way is resolved here, each of its addresses must be public, and the connection is made to an
address that was checked and not to a name that could resolve otherwise a moment later. Time and
size have limits over the whole, after decompression too. Proxies that the environment names are
not used: they resolve names themselves, where no check would reach.
"""

from __future__ import annotations

import ipaddress
import threading
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from summarizer.addresses import PUBLIC_ONLY, Policy
from summarizer.errors import FetchError, InputTooLarge
from summarizer.pinned import Deadline, PinnedBackend

if TYPE_CHECKING:
    import httpcore2
    import httpx2

MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PORTS = {"http": 80, "https": 443}
_HEADERS: list[tuple[bytes | str, bytes | str]] = [
    ("User-Agent", "situation-summarizer"),
    ("Accept", "text/html, application/xhtml+xml, text/plain, application/json;q=0.9, */*;q=0.1"),
    # The one encoding that zlib unpacks in bounded steps and servers agree on.
    ("Accept-Encoding", "gzip"),
    ("Connection", "close"),
]


@dataclass(frozen=True)
class Fetched:
    """A page as it came: unpacked bytes, the URL they came from after redirects, and what its
    header says of it."""

    content: bytes
    url: str
    content_type: str | None
    charset: str | None


def fetch(
    url: str,
    *,
    timeout: float = 20.0,
    max_bytes: int = 5_000_000,
    _policy: Policy = PUBLIC_ONLY,
) -> Fetched:
    """The page at `url` (http or https), redirects followed.

    `timeout` is in seconds and for all of it, from the first look-up to the last byte;
    `max_bytes` counts what comes over the wire, and again what it unpacks to.

    Raises `InputTooLarge` above that size and `FetchError` for everything else that can't or
    may not be fetched. Messages show the URL without user, query and fragment.
    """
    import httpx2

    deadline = Deadline(timeout)
    target = _parsed(url, None)
    for _ in range(MAX_REDIRECTS + 1):
        answer = _get(target, deadline, max_bytes, _policy)
        if isinstance(answer, Fetched):
            return answer
        try:
            following = str(target.join(answer))
        except httpx2.InvalidURL as error:
            raise FetchError(
                f"{_shown(target)} redirects to something that is no URL.", original=error
            ) from None
        target = _parsed(following, target)
    raise FetchError(
        f"{_shown(_parsed(url, None))} redirects more than {MAX_REDIRECTS} times.",
        hint="Give the address at which the page really is.",
    )


def _parsed(url: str, came_from: httpx2.URL | None) -> httpx2.URL:
    import httpx2

    try:
        target = httpx2.URL(url)
    except httpx2.InvalidURL as error:
        raise FetchError(
            "The URL can't be read.", hint="Give it as https://host/path.", original=error
        ) from None
    if target.scheme not in _PORTS:
        raise FetchError(
            f"Only http and https are fetched, not {target.scheme[:20]!r}.",
            hint="Save the page and give the file.",
        )
    if not target.raw_host or not 0 < (target.port or 80) < 65536:
        raise FetchError("The URL names no host, or no port.", hint="Give https://host/path.")
    if target.userinfo:
        raise FetchError(
            f"The URL of {target.host} holds a user name or password.",
            hint="Leave it out; pages behind a login must be saved and given as files.",
        )
    if came_from is not None and came_from.scheme == "https" and target.scheme == "http":
        raise FetchError(f"{_shown(came_from)} redirects from https to http.")
    return target


def _shown(target: httpx2.URL) -> str:
    port = f":{target.port}" if target.port else ""
    return f"{target.scheme}://{target.host}{port}{target.path[:80]}"


def _get(target: httpx2.URL, deadline: Deadline, max_bytes: int, policy: Policy) -> Fetched | str:
    """The page at `target`, or where it redirects to."""
    import httpcore2

    backend = PinnedBackend(_checked_addresses(target, deadline, policy), deadline)
    try:
        with (
            httpcore2.ConnectionPool(
                ssl_context=policy.tls,
                network_backend=cast("httpcore2.NetworkBackend", backend),
            ) as pool,
            pool.stream("GET", _core_url(target), headers=_HEADERS) as response,
        ):
            headers = _lower_cased(response.headers)
            if response.status in _REDIRECTS and headers.get("location"):
                return headers["location"]
            if response.status != 200:
                raise FetchError(
                    f"{_shown(target)} answered {response.status}.",
                    hint="Open it in a browser; save the page and give the file if it shows there.",
                    retryable=response.status == 429 or response.status >= 500,
                )
            content_type, charset = _content_type(headers.get("content-type"))
            _check_type(target, content_type)
            _check_length(headers.get("content-length"), max_bytes)
            content = _read(response.iter_stream(), headers.get("content-encoding"), max_bytes)
    except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        deadline.left()
        raise FetchError(
            f"{_shown(target)} could not be fetched ({type(error).__name__}).",
            hint="Check the address and the connection.",
            retryable=not isinstance(error, httpcore2.LocalProtocolError),
            original=error,
        ) from error
    return Fetched(content, str(target), content_type, charset)


def _core_url(target: httpx2.URL) -> httpcore2.URL:
    import httpcore2

    return httpcore2.URL(
        scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path
    )


def _checked_addresses(target: httpx2.URL, deadline: Deadline, policy: Policy) -> list[str]:
    """The addresses of a host, all of them allowed."""
    host = target.raw_host.decode("ascii")
    addresses = _resolved(host, target.port or _PORTS[target.scheme], deadline, policy)
    for address in addresses:
        if not policy.allows(ipaddress.ip_address(address.partition("%")[0])):
            raise FetchError(
                f"{target.host} leads to {address}, which is not a public address.",
                hint="Save the page and give the file, if it is one of your own network.",
            )
    return addresses


def _resolved(host: str, port: int, deadline: Deadline, policy: Policy) -> list[str]:
    addresses: list[str] = []
    failures: list[Exception] = []

    def look_up() -> None:
        try:
            addresses.extend(dict.fromkeys(policy.resolve(host, port)))
        except Exception as error:  # noqa: BLE001  carried over to the thread that waits
            failures.append(error)

    # The system's resolver takes no timeout, so it is left behind when time is up.
    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(deadline.left())
    deadline.left()
    if failures and not isinstance(failures[0], (OSError, UnicodeError)):
        raise failures[0]
    if not addresses:
        raise FetchError(
            f"The host {host[:80]} can't be found.",
            hint="Check the address and the connection.",
            retryable=True,
            original=failures[0] if failures else None,
        )
    return addresses


def _lower_cased(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}


def _content_type(header: str | None) -> tuple[str | None, str | None]:
    if not header:
        return None, None
    from email.message import Message

    message = Message()
    message["Content-Type"] = header
    charset = message.get_param("charset")
    return message.get_content_type(), charset if isinstance(charset, str) else None


def _check_type(target: httpx2.URL, content_type: str | None) -> None:
    if content_type is None:
        return
    if content_type.startswith("text/") or content_type.endswith(("/json", "+xml", "/xml")):
        return
    raise FetchError(
        f"{_shown(target)} is {content_type[:60]}, not a page or a text.",
        hint="Convert it to text and give the file.",
    )


def _check_length(header: str | None, max_bytes: int) -> None:
    if header and header.isdigit() and int(header[:20]) > max_bytes:
        raise _too_large(max_bytes)


def _too_large(max_bytes: int) -> InputTooLarge:
    return InputTooLarge(
        f"The page is larger than {max_bytes:,} bytes.",
        hint="Save the article's text and give that.",
    )


def _read(stream: Iterable[bytes], encoding: str | None, max_bytes: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    for piece in _unpacked(_counted(stream, max_bytes), encoding, max_bytes):
        pieces.append(piece)
        size += len(piece)
        if size > max_bytes:
            raise _too_large(max_bytes)
    return b"".join(pieces)


def _counted(stream: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    size = 0
    for chunk in stream:
        size += len(chunk)
        if size > max_bytes:
            raise _too_large(max_bytes)
        yield chunk


def _unpacked(stream: Iterable[bytes], encoding: str | None, max_bytes: int) -> Iterator[bytes]:
    """`stream` without its content encoding; each piece is at most `max_bytes` + 1 long."""
    name = (encoding or "identity").strip().lower()
    if name == "identity":
        yield from stream
        return
    if name not in {"gzip", "x-gzip"}:
        raise FetchError(f"The page is packed as {name[:40]!r}, which was not asked for.")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)  # 16: with gzip's header
    try:
        for chunk in stream:
            yield unpacker.decompress(chunk, max_bytes + 1)
        yield unpacker.flush()
    except zlib.error as error:
        raise FetchError("The page can't be unpacked.", retryable=True, original=error) from error
    if not unpacker.eof:
        raise FetchError("The page broke off before its end.", retryable=True)
