"""WordPress REST: https://developer.wordpress.org/rest-api/reference/posts/"""

from __future__ import annotations

from dataclasses import replace

from crawler.discovery.address import with_parameter
from crawler.discovery.base import Found, Listing
from crawler.discovery.readers import api
from crawler.model import Entry, EntryKind, Payload, Seed

_PAGE = 50  # posts on a page
_DIGITS = 8  # of a number of pages
_FIELDS = "id,link,date_gmt,modified_gmt"


def entry_of(entry: Entry) -> Entry:
    """The JSON entry that stands for a WordPress REST address, or for the home page of a WordPress site."""
    url = entry.url if "/wp-json/" in entry.url else entry.url.rstrip("/") + "/wp-json/wp/v2/posts"
    for name, value in (("per_page", str(_PAGE)), ("_fields", _FIELDS)):
        url = url if f"{name}=" in url else with_parameter(url, name, value)
    return Entry(
        kind=EntryKind.WORDPRESS,
        url=url,
        page="page",
        article="link",
        date="modified_gmt",
        max_pages=entry.max_pages,
        match=entry.match,
        language=entry.language,
        headers=entry.headers,
    )


def discover(payload: Payload, listing: Listing, seed: Seed) -> Found:
    """The posts of one page of the REST API, whose header tells how many pages there are."""
    found = api.discover(payload, listing, seed)
    pages = next((value for name, value in payload.headers if name.lower() == "x-wp-totalpages"), "")
    named = int(pages) if pages.isascii() and pages.isdigit() and len(pages) < _DIGITS else 0
    if listing.page > 1 and not found.account.seen and not found.problems:
        return found.with_problems(*api.empty_page(replace(listing, named=named), "url"))
    last = 0 < named <= listing.page
    return found.with_next(*(() if last else (replace(page, named=named) for page in found.next)))
