"""Which reader reads which listing."""

from __future__ import annotations

from crawler.discovery import api, govuz, html, xml
from crawler.discovery.base import Found, Listing
from crawler.model import Entry, EntryKind, Payload, Seed

_READERS = {
    EntryKind.LISTING: html.discover,
    EntryKind.FEED: xml.discover_feed,
    EntryKind.SITEMAP: xml.discover_sitemap,
    EntryKind.JSON: api.discover,
    EntryKind.WORDPRESS: api.discover_wordpress,
}


def start(seed: Seed) -> tuple[Listing, ...]:
    """The first page of each entry of a source: the seed's own entries, or its platform's."""
    found = seed.entries or _platform_entries(seed)
    found = tuple(api.wordpress_entry(e) if e.kind is EntryKind.WORDPRESS else e for e in found)
    return tuple(Listing(entry, entry.url, headers=entry.headers) for entry in found)


def _platform_entries(seed: Seed) -> tuple[Entry, ...]:
    if seed.platform == "govuz":
        return govuz.entries(seed)
    home = seed.options.get("site", seed.homepage)
    if seed.platform == "wordpress":
        return (Entry(EntryKind.WORDPRESS, home),)
    if seed.platform == "joomla":
        return (Entry(EntryKind.FEED, f"{home.rstrip('/')}?format=feed&type=rss"),)
    # Bitrix, Drupal and Next.js sites agree on nothing but this file (https://www.sitemaps.org/protocol.html).
    return (Entry(EntryKind.SITEMAP, f"{home.rstrip('/')}/sitemap.xml"),)


def discover(payload: Payload, listing: Listing, seed: Seed) -> Found:
    """What a page of a listing holds. Never raises on what a server sends."""
    if seed.platform == "govuz" and not seed.entries:
        return govuz.discover(payload, listing, seed)
    return _READERS[listing.entry.kind](payload, listing, seed)


def fallback(listing: Listing, seed: Seed) -> Listing | None:
    """Where the same items are listed otherwise, when `listing` could not be read."""
    return govuz.fallback(listing, seed) if seed.platform == "govuz" and not seed.entries else None
