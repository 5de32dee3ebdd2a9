"""The portal gov.uz: its API lists every language by itself; the RSC payload of the listing page is the fall-back.

An item listed in one language may have versions in others that no listing shows, so each id is asked for in all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from crawler.discovery.api import at_path, read_json
from crawler.discovery.base import Found, Listing, next_page
from crawler.discovery.payloads import balanced, pushed_text
from crawler.errors import SeedError
from crawler.model import Entry, EntryKind, Link, Payload, Role, Seed

_CODE = re.compile(r"[a-z0-9-]{2,60}")
_ID = re.compile(r"\d{1,12}")


def site(seed: Seed) -> str:
    return seed.options.get("site", "https://gov.uz").rstrip("/")


def api(seed: Seed) -> str:
    return seed.options.get("api", "https://api-portal.gov.uz").rstrip("/")


def authority(seed: Seed) -> str:
    """The authority's code on the portal. Raises SeedError."""
    code = seed.options.get("authority", "")
    if not _CODE.fullmatch(code):
        raise SeedError(f"not an authority's code: {code!r}", path=seed.id, key="options.authority")
    return code


def article_url(seed: Seed, item: str, language: str) -> str:
    return f"{site(seed)}/{language}/{authority(seed)}/news/view/{item}"


def entries(seed: Seed) -> tuple[Entry, ...]:
    """One API listing per language of the seed."""
    code = authority(seed)
    return tuple(
        Entry(
            kind=EntryKind.JSON,
            url=f"{api(seed)}/authorities/news/category?code_name=news",
            page="page",
            items="data",
            id="id",
            total_pages="total_page",
            language=language,
            headers={"code": code, "language": language},
        )
        for language in seed.languages
    )


def discover(payload: Payload, listing: Listing, seed: Seed) -> Found:
    """The items of an API page, or of the RSC payload when the listing is the portal's own page."""
    if listing.entry.kind is EntryKind.LISTING:
        return _discover_rsc(payload, listing, seed)
    answer = read_json(payload.body)
    items = at_path(answer, "data")
    if not isinstance(items, list):
        return Found(problems=(f"{payload.capture.url}: no array at 'data'",))
    total = at_path(answer, "total_page")
    more = bool(items) and not (isinstance(total, int) and listing.page >= total)
    following = next_page(listing) if more else None
    return Found(tuple(_links(items, listing, seed)), (following,) if following else ())


def _links(items: list[Any], listing: Listing, seed: Seed) -> Iterator[Link]:
    listed = listing.entry.language
    for item in items:
        number = str(at_path(item, "id"))
        if not _ID.fullmatch(number):
            continue
        changed = at_path(item, "updated_date") or at_path(item, "date")
        modified = str(changed) if changed else None
        for language in seed.languages:
            document = f"{number}/{language}"
            hint = modified if language == listed else None
            yield Link(article_url(seed, number, language), Role.ARTICLE, document, language, hint)
            if language == listed:
                headers = {"code": authority(seed), "language": language}
                view = f"{api(seed)}/authorities/news/view?id={number}"
                yield Link(view, Role.ARTICLE, document, language, hint, headers)


def fallback(listing: Listing, seed: Seed) -> Listing | None:
    """The portal's own listing page, when page 1 of the API does not answer as it should."""
    if listing.entry.kind is not EntryKind.JSON or listing.page != 1:
        return None
    url = f"{site(seed)}/{listing.entry.language}/{authority(seed)}/news/news"
    return Listing(Entry(kind=EntryKind.LISTING, url=url, language=listing.entry.language), url)


def _discover_rsc(payload: Payload, listing: Listing, seed: Seed) -> Found:
    text = pushed_text(payload.body)
    at = text.find(f'"authority":"{authority(seed)}"')
    start = text.find('"data":[', at) if at >= 0 else -1
    array = balanced(text, start + len('"data":')) if start >= 0 else None
    try:
        items = json.loads(array) if array else None
    except (ValueError, RecursionError):
        items = None
    if not isinstance(items, list):
        return Found(problems=(f"{payload.capture.url}: no list of items in the page's script payload",))
    return Found(tuple(_links(items, listing, seed)))
