"""Which addresses a crawl may connect to. Pure, but for the names that a caller resolves."""

from __future__ import annotations

import ipaddress
from functools import lru_cache

# NAT64 (RFC 6052) and 6to4 (RFC 3056) carry an IPv4 address inside: what counts is where the packet ends up.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class ForbiddenAddress(Exception):
    """A request was about to reach an address that its seed does not allow."""


@lru_cache(maxsize=1024)
def is_public(address: str) -> bool:
    """True for an address that anybody may reach: not loopback, private, link-local, multicast or reserved
    (the IANA special-purpose registries, as `ipaddress` knows them)."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.teredo:
            return False
    return ip.is_global and not ip.is_multicast


@lru_cache(maxsize=1024)
def is_named(host: str, port: int, allow_private: tuple[str, ...]) -> bool:
    """True when a seed's `allow_private` names `host`, or `host:port`, as it stands in the address."""
    host = host.strip("[]").lower()
    return any(entry.lower() in (host, f"{host}:{port}", f"[{host}]:{port}") for entry in allow_private)


def check_address(host: str, port: int, address: str, allow_private: tuple[str, ...]) -> None:
    """Raises ForbiddenAddress unless `address`, to which `host` leads, is public or the seed names the host."""
    if not is_public(address) and not is_named(host, port, allow_private):
        raise ForbiddenAddress(f"{host}:{port} leads to {address}, which is not a public address")
