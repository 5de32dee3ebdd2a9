"""WordPress REST: https://developer.wordpress.org/rest-api/reference/posts/"""

from __future__ import annotations

from crawler.discovery import api
from crawler.discovery.address import with_parameter
from crawler.discovery.base import Found, Listing
from crawler.model import Entry, EntryKind, Payload, Seed

_PAGE = 50  # posts on a page
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
    last = pages.isdigit() and listing.page >= int(pages)
    return found.with_next() if last else found
