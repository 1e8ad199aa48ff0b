"""What holds for every test: no network, and none of the user's own settings.

The network is denied by an audit hook, which the interpreter calls for each connection and
each look-up of a name, whichever library, event loop or thread makes it. A denied attempt
raises `NetworkDenied` and also fails the test when it ends, because clients like to wrap what
they catch and try again. Processes that a test starts are not covered.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from collections.abc import Iterator
from typing import Any

import pytest

LOOPBACK_MARKS = ("local_server", "weights")
KEPT_VARIABLES = {"SUMMARIZER_CACHE_DIR", "SUMMARIZER_ORACLES"}


class NetworkDenied(RuntimeError):
    """A test tried to reach a network."""


class NetworkGuard:
    """What the running test may reach, and what it tried to."""

    def __init__(self) -> None:
        self.active = False
        self.loopback_allowed = False
        self.denied: list[str] = []

    def check(self, host: object) -> None:
        """Raise `NetworkDenied` unless the running test may reach `host`."""
        if not self.active or (self.loopback_allowed and is_loopback(host)):
            return
        host = host.decode("ascii", "replace") if isinstance(host, bytes) else host
        self.denied.append(str(host))
        rule = "this machine only" if self.loopback_allowed else "no network"
        raise NetworkDenied(
            f"This test may reach {rule}, and tried {host!r}. Use summarizer.testing, or mark it "
            "local_server and stay on 127.0.0.1."
        )


def is_loopback(host: object) -> bool:
    """Whether `host` (str, bytes or None, as in the socket module) is this machine."""
    if host is None or host in ("", "localhost", b"localhost"):
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


GUARD = NetworkGuard()


def _audit(event: str, args: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        sock, address = args
        # An AF_UNIX address is a path, and a connected socket sends to None.
        if sock.family in (socket.AF_INET, socket.AF_INET6) and address is not None:
            GUARD.check(address[0])
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        GUARD.check(args[0])


sys.addaudithook(_audit)


@pytest.fixture
def network_guard() -> NetworkGuard:
    """The guard itself, for tests that are denied on purpose: they clear `denied`."""
    return GUARD


@pytest.fixture(autouse=True)
def _network(request: pytest.FixtureRequest) -> Iterator[None]:
    GUARD.loopback_allowed = any(request.node.get_closest_marker(m) for m in LOOPBACK_MARKS)
    GUARD.denied.clear()
    GUARD.active = True
    yield
    GUARD.active = False
    assert not GUARD.denied, f"the test tried to reach {sorted(set(GUARD.denied))}"


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith(("OPENAI_", "SUMMARIZER_")) and name not in KEPT_VARIABLES:
            monkeypatch.delenv(name)
