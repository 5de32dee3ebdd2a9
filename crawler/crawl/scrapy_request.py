"""From a link to Scrapy's request: what stands in its meta, and whose turn it is before others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from scrapy import Request

from crawler.archive.http.exchange import Intent
from crawler.discovery import Listing
from crawler.model import CrawlPolicy, Link, Role

# Scrapy serves higher numbers first: what is listed is fetched before the listing moves on, and a probe before what
# it is to be compared with.
_PRIORITY = {Role.ROBOTS: 100, Role.MEDIA: 30, Role.ARTICLE: 20, Role.LISTING: 10, Role.PROBE: 25}


def request_for(
    link: Link,
    policy: CrawlPolicy,
    delay_s: float,
    answered: Callable[..., Any],
    failed: Callable[..., Any],
    **meta: Any,
) -> Request:
    """The request for a link. Of `meta`, `via` (the address that led here) and `conditions` (header fields) are its
    own, the rest is handed to the callbacks. `delay_s` is the gap that the host was promised."""
    via, conditions = meta.pop("via", None), meta.pop("conditions", {})
    posted = {"Content-Type": "application/json"} if link.body is not None else {}
    return Request(
        link.url,
        answered,
        method="GET" if link.body is None else "POST",
        body=None if link.body is None else link.body.encode(),
        headers=posted | dict(link.headers) | conditions,
        # An API's answer comes behind its page: what a run fetched of a document before it was cut off is the page.
        priority=_PRIORITY[link.role] - bool(link.headers),
        dont_filter=True,
        errback=failed,
        meta={
            "intent": Intent(link.role, link.document, link.language, via, link.modified),
            "link": link,
            "delay_s": delay_s * 1.05,  # the promise holds also where a clock or a network is a little off
            "handle_httpstatus_all": True,
            "download_timeout": policy.timeout_s,
            "download_maxsize": max_bytes(policy, link.role),
            "tries": 0,
            "hops": 0,
            "depth_of_files": 0,
            **meta,
        },
    )


def link_of(listing: Listing) -> Link:
    """The request for a page of a listing. Where its address is not all that asks for it, its document tells it from
    the others there: by a digest, since a header may hold a key."""
    choice = json.dumps([sorted(listing.headers.items()), listing.body]).encode()
    variant = f"variant:{hashlib.sha256(choice).hexdigest()[:16]}" if listing.headers or listing.body else None
    return Link(listing.url, Role.LISTING, variant, listing.entry.language, headers=listing.headers, body=listing.body)


def max_bytes(policy: CrawlPolicy, role: Role) -> int:
    """The size up to which an answer is taken, raw and decoded."""
    return int((policy.max_media_mb if role is Role.MEDIA else policy.max_body_mb) * (1 << 20))


def limits_of(reason: str, detail: str, meta: Mapping[str, Any], policy: CrawlPolicy) -> tuple[tuple[str, ...], str]:
    """(the limit that ended a request, if one did; the detail to tell, with the limit's value)."""
    overflow = meta.get("overflow") or ""
    if overflow.startswith("header"):
        return ("header section",), overflow
    size = "max_media_mb" if meta["link"].role is Role.MEDIA else "max_body_mb"
    key = {"too-large": size, "timeout": "timeout_s", "redirects": "max_redirects"}.get(reason)
    return ((key,), f"{key} = {getattr(policy, key):g}: {overflow or detail}") if key else ((), detail)
