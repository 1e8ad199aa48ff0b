"""The network is denied to tests, by whatever way they go."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.request import urlopen

import pytest
from network_guard import GUARD, NetworkDenied, NetworkGuard

OUTSIDE = "192.0.2.1"  # TEST-NET-1, of RFC 5737: nobody's


@pytest.fixture
def denied() -> Iterator[NetworkGuard]:
    """The guard, for a test whose denied attempts are wanted."""
    yield GUARD
    assert GUARD.denied, "nothing was denied"
    GUARD.denied.clear()


@pytest.mark.usefixtures("denied")
@pytest.mark.parametrize("host", [OUTSIDE, "127.0.0.1"])
def test_a_plain_socket_reaches_nothing_not_even_this_machine(host: str) -> None:
    with socket.socket() as sock, pytest.raises(NetworkDenied, match="no network"):
        sock.connect((host, 9))
    with socket.socket() as sock, pytest.raises(NetworkDenied):
        sock.connect_ex((host, 9))


@pytest.mark.usefixtures("denied")
def test_no_name_is_looked_up() -> None:
    with pytest.raises(NetworkDenied, match=r"example\.org"):
        socket.getaddrinfo("example.org", 443)


@pytest.mark.usefixtures("denied")
def test_no_datagram_leaves() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock,
        pytest.raises(NetworkDenied),
    ):
        sock.sendto(b"x", (OUTSIDE, 9))


@pytest.mark.usefixtures("denied")
@pytest.mark.parametrize("host", [OUTSIDE, "example.org"])
def test_an_event_loop_reaches_nothing(host: str) -> None:
    with pytest.raises(NetworkDenied):
        asyncio.run(asyncio.open_connection(host, 9))


@pytest.mark.parametrize("host", [OUTSIDE, "example.org"])
def test_an_attempt_that_a_client_swallows_is_still_on_record(
    denied: NetworkGuard, host: str
) -> None:
    import httpx2

    async def fetch() -> None:
        async with httpx2.AsyncClient() as client:
            await client.get(f"http://{host}/")

    with pytest.raises(Exception):  # noqa: B017, PT011  # whatever the client makes of it
        asyncio.run(fetch())
    assert denied.denied == [host]


@pytest.mark.usefixtures("denied")
def test_a_thread_reaches_nothing() -> None:
    caught: list[BaseException] = []

    def attempt() -> None:
        try:
            socket.create_connection((OUTSIDE, 9), timeout=1)
        except NetworkDenied as error:
            caught.append(error)

    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join()
    assert len(caught) == 1


@pytest.mark.local_server
def test_a_local_server_test_reaches_this_machine() -> None:
    class Hello(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"hello")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name
            pass

    with HTTPServer(("127.0.0.1", 0), Hello) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        with urlopen(f"http://localhost:{server.server_port}/", timeout=5) as answer:
            assert answer.read() == b"hello"
        thread.join()


@pytest.mark.local_server
@pytest.mark.usefixtures("denied")
def test_a_local_server_test_reaches_nothing_else() -> None:
    with socket.socket() as sock, pytest.raises(NetworkDenied, match="this machine only"):
        sock.connect((OUTSIDE, 9))


@pytest.fixture(scope="module")
def configured_user() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_API_KEY", "sk-of-the-user")
        patch.setenv("SUMMARIZER_MODEL", "model-of-the-user")
        patch.setenv("SUMMARIZER_ORACLES", "/oracles")
        yield


@pytest.mark.usefixtures("configured_user")
def test_of_the_users_settings_only_the_places_are_seen() -> None:
    seen = {n for n in os.environ if n.startswith(("OPENAI_", "SUMMARIZER_"))}
    assert "SUMMARIZER_ORACLES" in seen
    assert seen <= {"SUMMARIZER_ORACLES", "SUMMARIZER_CACHE_DIR"}
