"""Which addresses a page may be fetched from: those that the whole internet may reach."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl

# A public address that clouds answer their machines' secrets on (Azure).
_METADATA = frozenset({ipaddress.ip_address("168.63.129.16")})
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_TRANSLATED = tuple(
    # IPv4-compatible, local NAT64, Teredo, 6to4: addresses that lead to other addresses.
    ipaddress.ip_network(network)
    for network in ("::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16")
)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_public(address: Address) -> bool:
    """Whether `address` is one that the whole internet may reach."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.is_site_local or any(address in network for network in _TRANSLATED):
            return False
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and address not in _METADATA
    )


def _resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(info[4][0]) for info in found]


@dataclass(frozen=True)
class Policy:
    """Which addresses may be fetched from, how names are resolved, whom TLS trusts."""

    allows: Callable[[Address], bool] = is_public
    resolve: Callable[[str, int], list[str]] = _resolve
    tls: ssl.SSLContext | None = None


PUBLIC_ONLY = Policy()
