"""JSON APIs: items by path, articles by template, pages by number or next address. WordPress REST is one of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from crawler.discovery.base import Found, Listing, absolute, article_links, next_page, overlong, with_parameter
from crawler.model import Entry, EntryKind, Payload, Seed

_FIELD = re.compile(r"\{([\w.]+)\}")
_WORDPRESS_PAGE = 50


def at_path(value: Any, path: str | None) -> Any:
    """What stands at a dotted path ("data.items.0.id") of a JSON value; None where the path leads nowhere."""
    for key in path.split(".") if path else ():
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and key.isdigit() and int(key) < len(value):
            value = value[int(key)]
        else:
            return None
    return value


def read_json(body: bytes) -> Any:
    """The JSON of an answer, or None when it is none."""
    try:
        return json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None


def discover(payload: Payload, listing: Listing, seed: Seed) -> Found:
    """The articles of one page of an API."""
    del seed
    answer = read_json(payload.body)
    items = at_path(answer, listing.entry.items)
    if not isinstance(items, list):
        return Found(problems=(f"{payload.capture.url}: no array at {listing.entry.items or 'the top'!r}",))
    found = list(_articles(items, listing.entry))
    links = article_links(payload.capture.url, found, listing)
    return Found(links, tuple(_following(answer, items, listing)), overlong(found))


def _articles(items: list[Any], entry: Entry) -> Iterator[tuple[str, str | None]]:
    for item in items:
        modified = at_path(item, entry.date)
        address = _address(item, entry)
        if address:
            yield address, str(modified) if modified is not None else None


def _address(item: Any, entry: Entry) -> str | None:
    template = entry.article or ""
    if "{" not in template:
        value = at_path(item, template)
        return value if isinstance(value, str) else None
    missing = False

    def fill(match: re.Match[str]) -> str:
        nonlocal missing
        value = at_path(item, entry.id if match[1] == "id" and entry.id else match[1])
        missing = missing or not isinstance(value, str | int) or isinstance(value, bool)
        return quote(str(value), safe="")

    address = _FIELD.sub(fill, template)
    return None if missing else address


def _following(answer: Any, items: list[Any], listing: Listing) -> Iterator[Listing]:
    entry = listing.entry
    if entry.next:
        url = absolute(listing.url, str(at_path(answer, entry.next) or ""))
        if url and url != listing.url and items:
            yield Listing(entry, url, listing.page + 1, 0, entry.headers)
        return
    total = at_path(answer, entry.total_pages) if entry.total_pages else None
    if items and not (isinstance(total, int) and listing.page >= total):
        following = next_page(listing)
        if following:
            yield following


def wordpress_entry(entry: Entry) -> Entry:
    """The JSON entry that stands for a WordPress REST address, or for the home page of a WordPress site."""
    url = entry.url if "/wp-json/" in entry.url else entry.url.rstrip("/") + "/wp-json/wp/v2/posts"
    for name, value in (("per_page", str(_WORDPRESS_PAGE)), ("_fields", "id,link,date_gmt,modified_gmt")):
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


def discover_wordpress(payload: Payload, listing: Listing, seed: Seed) -> Found:
    """The posts of one page of the REST API; a page behind the last answers 400, which is the end and no fault."""
    if payload.capture.status == 400 and listing.page > 1:
        return Found()
    found = discover(payload, listing, seed)
    pages = next((value for name, value in payload.headers if name.lower() == "x-wp-totalpages"), "")
    last = pages.isdigit() and listing.page >= int(pages)
    return Found(found.links, () if last else found.next, found.problems)
