"""From a listing page, feed, sitemap or API answer to the links it holds. Pure: (payload, listing) -> links."""

from __future__ import annotations

from crawler.discovery.base import Account, Found, Listing
from crawler.discovery.dispatch import discover, fallback, start

__all__ = ["Account", "Found", "Listing", "discover", "fallback", "start"]
