"""Which addresses a crawl may connect to. Pure, but for the names that a caller resolves.

The list is our own: what `ipaddress` of one interpreter takes for global changed between patch levels (CVE-2024-4032).
From the IANA special-purpose registries of IPv4 and IPv6 (RFC 6890, as updated up to 2026), every block that is not
for everybody to reach, and those of multicast, of reserved use, and without an allocation."""

from __future__ import annotations

import ipaddress
from functools import lru_cache

_CLOSED_4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "0.0.0.0/8",  # this network (RFC 791)
            "10.0.0.0/8",  # private use (RFC 1918)
            "100.64.0.0/10",  # shared address space of providers (RFC 6598)
            "127.0.0.0/8",  # loopback (RFC 1122)
            "169.254.0.0/16",  # link-local, and what clouds tell their machines (RFC 3927)
            "172.16.0.0/12",  # private use
            "192.0.0.0/24",  # protocol assignments (RFC 6890): its anycast addresses have no pages either
            "192.0.2.0/24",  # documentation (RFC 5737)
            "192.31.196.0/24",  # AS112 (RFC 7535)
            "192.52.193.0/24",  # AMT (RFC 7450)
            "192.88.99.0/24",  # 6to4 relays, deprecated (RFC 7526)
            "192.168.0.0/16",  # private use
            "192.175.48.0/24",  # AS112 (RFC 7534)
            "198.18.0.0/15",  # benchmarks (RFC 2544)
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast (RFC 5771)
            "240.0.0.0/4",  # reserved, and the limited broadcast (RFC 1112)
        ),
    )
)
_OPEN_6 = ipaddress.IPv6Network("2000::/3")  # all that is allocated for everybody (RFC 4291, 2.4)
_CLOSED_6 = tuple(
    map(
        ipaddress.IPv6Network,
        (
            "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks, AMT, drone identifiers (RFC 2928)
            "2002::/16",  # 6to4, deprecated (RFC 7526): an IPv4 address of any kind stands in it
            "2001:db8::/32",  # documentation (RFC 3849)
            "2620:4f:8000::/48",  # AS112
            "3fff::/20",  # documentation (RFC 9637)
            "3ffe::/16",  # 6bone, returned (RFC 3701)
        ),
    )
)
# Forms in which an IPv4 address stands inside an IPv6 one, with how far it stands from the right: what counts is where
# a packet ends up. The local-use prefix of NAT64 (64:ff9b:1::/48, RFC 8215), compatible (::/96) and translated
# addresses (::ffff:0:0:0/96, RFC 2765) lead to a network of one's own or nowhere, and are closed as all outside of
# 2000::/3 is.
_TRANSLATED = tuple(
    map(
        ipaddress.IPv6Network,
        (
            "::ffff:0:0/96",  # mapped: the system connects to the IPv4 address (RFC 4291, 2.5.5.2)
            "64:ff9b::/96",  # NAT64 (RFC 6052)
        ),
    )
)
_ISATAP = (0x00005EFE, 0x02005EFE)  # RFC 5214, 6.1: what stands before the IPv4 address in the last 64 bits


class ForbiddenAddress(Exception):
    """A request was about to reach an address that its seed does not allow."""


@lru_cache(maxsize=1024)
def is_public(address: str) -> bool:
    """True for an address that anybody may reach; of an IPv6 address that holds an IPv4 one, that decides. Raises
    ValueError for what is no address."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv4Address):
        return not any(ip in network for network in _CLOSED_4)
    inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    if any(ip in network for network in _TRANSLATED):
        return is_public(str(inner))
    if int(ip) >> 32 & 0xFFFFFFFF in _ISATAP and not is_public(str(inner)):
        return False
    return ip in _OPEN_6 and not any(ip in network for network in _CLOSED_6)


@lru_cache(maxsize=1024)
def is_named(host: str, port: int, allow_private: tuple[str, ...]) -> bool:
    """True when a seed's `allow_private` names `host`, or `host:port`, as it stands in the address."""
    host = host.strip("[]").lower()
    return any(entry.lower() in (host, f"{host}:{port}", f"[{host}]:{port}") for entry in allow_private)


def check_address(host: str, port: int, address: str, allow_private: tuple[str, ...]) -> None:
    """Raises ForbiddenAddress unless `address`, to which `host` leads, is public or the seed names the host."""
    if not is_public(address) and not is_named(host, port, allow_private):
        raise ForbiddenAddress(f"{host}:{port} leads to {address}, which is not a public address")
