"""Which reader reads which listing."""

from __future__ import annotations

from crawler.discovery.base import Found, Listing, missing_page, page_behind
from crawler.discovery.readers import api, feed, govuz, html, sitemap, wordpress
from crawler.model import Entry, EntryKind, Payload, Seed

_READERS = {
    EntryKind.LISTING: html.discover,
    EntryKind.FEED: feed.discover,
    EntryKind.SITEMAP: sitemap.discover,
    EntryKind.JSON: api.discover,
    EntryKind.WORDPRESS: wordpress.discover,
}
_GONE = (404, 410)


def start(seed: Seed) -> tuple[Listing, ...]:
    """The first page of each entry of a source: the seed's own entries, or its platform's."""
    own = tuple((f"entries.{number}", entry) for number, entry in enumerate(seed.entries))
    found = own or tuple((_key(seed, entry), entry) for entry in _platform_entries(seed))
    return tuple(_first(key, entry) for key, entry in found)


def entries_of(seed: Seed) -> tuple[Entry, ...]:
    """Where a source lists its articles: the seed's own entries, or its platform's."""
    return seed.entries or _platform_entries(seed)


def _first(key: str, entry: Entry) -> Listing:
    if entry.kind is EntryKind.WORDPRESS:
        entry = wordpress.entry_of(entry)
    if entry.kind is EntryKind.JSON:
        return api.first_page(entry, key)
    return Listing(entry, entry.url, headers=entry.headers, key=key)


def _key(seed: Seed, entry: Entry) -> str:
    """How messages call an entry that no seed has written."""
    return f"platform {seed.platform}" + (f" ({entry.language})" if entry.language else "")


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
    status = payload.capture.status
    if listing.page > 1 and status in (*_GONE, 400):
        return _behind_the_last(listing, status)
    if status in _GONE:
        return Found(problems=(f"{listing.key}.url: answers {status}",))
    if seed.platform == "govuz" and not seed.entries:
        return govuz.discover(payload, listing, seed)
    return _READERS[listing.entry.kind](payload, listing, seed)


def _behind_the_last(listing: Listing, status: int) -> Found:
    """Nothing: a counted page that is not there is the end. One that the listing itself has named is a fault."""
    entry = listing.entry
    if (entry.next and not entry.cursor) or (entry.kind is EntryKind.FEED and not entry.page):
        return Found(problems=(f"{listing.key}.next: leads to a page that answers {status}",))
    if listing.page <= listing.named:
        return Found(problems=(missing_page(listing, "page", f"answers {status}"),))
    following = page_behind(listing, f"answers {status}")
    is_only = following is not None and listing.page == 2  # nothing has shown that the seed counts as the site does
    told = f"page 2 answers {status}: there is one page, or pages are not counted by {entry.page!r}"
    return Found(notes=(told,) if is_only else ()).with_next(following)


def fallback(listing: Listing, seed: Seed) -> Listing | None:
    """Where the same items are listed otherwise, when `listing` could not be read."""
    return govuz.fallback(listing, seed) if seed.platform == "govuz" and not seed.entries else None
