"""Keeps the running test off the network, whichever library, event loop or thread it uses.

An audit hook is called by the interpreter for each connection and each look-up of a name. A
denied attempt raises `NetworkDenied` and stays on record, because clients like to wrap what they
catch and try again. Processes that a test starts are not covered.
"""

from __future__ import annotations

import ipaddress
import socket
import sys
from typing import Any


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

    def audit(self, event: str, args: tuple[Any, ...]) -> None:
        """The hook. It can't be taken out again, so it does nothing unless `active`."""
        if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
            sock, address = args
            # An AF_UNIX address is a path, and a connected socket sends to None.
            if sock.family in (socket.AF_INET, socket.AF_INET6) and address is not None:
                self.check(address[0])
        elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
            self.check(args[0])


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
sys.addaudithook(GUARD.audit)
