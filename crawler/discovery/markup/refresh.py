"""Where the value of a refresh leads (HTML Standard, 4.2.5.3). Pure."""

from __future__ import annotations

import re

from crawler.discovery.address import absolute

_VALUE = re.compile(r"\s*(\d{1,2})(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?['\"]?([^'\"\s]+)", re.IGNORECASE)
_SOON = 10  # seconds of a refresh that leads on; longer ones show the same page again
_HEAD = 1 << 14  # bytes of a page in which the word must stand


def may_refresh(body: bytes) -> bool:
    """False for a page that has no refresh for certain: it only looks for the word."""
    return b"refresh" in body[:_HEAD].lower()


def leads_to(value: str, url: str, base: str) -> str | None:
    """The address that a refresh on the page at `url` leads to soon; None where that is the page itself."""
    found = _VALUE.match(value)
    address = absolute(base, found[2]) if found and int(found[1]) <= _SOON else None
    return address if address and address.partition("#")[0] != url.partition("#")[0] else None
