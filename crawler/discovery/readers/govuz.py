"""The portal gov.uz: its API lists every language by itself; the RSC payload of the listing page is the fall-back.

An item listed in one language may have versions in others that no listing shows, so each id is asked for in all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from crawler.discovery.account import Account
from crawler.discovery.base import Found, Listing, numbered_page
from crawler.discovery.items import TWICE
from crawler.discovery.markup.payloads import balanced, pushed_text
from crawler.discovery.readers.api import empty_page, shown_of
from crawler.discovery.readers.html import content_type
from crawler.errors import SeedError
from crawler.json_paths import at_path, follow, read_json
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
    answer = read_json(payload.body, content_type(payload))
    items = at_path(answer, "data")
    if not isinstance(items, list):
        return Found(problems=(f"{listing.key}: no array at 'data'",))
    if not items and listing.page == 1:
        # An authority without news in one language is a fact of the portal.
        return Found(notes=(f"no items in {listing.entry.language}",))
    total, is_there = follow(answer, "total_page")
    more = bool(items) and not (isinstance(total, int) and listing.page >= total)
    named = total if isinstance(total, int) else 0
    following = numbered_page(replace(listing, named=named)) if more else None
    found = _found(items, listing, seed).with_next(following)
    if not items:
        found = found.with_problems(*empty_page(replace(listing, named=named), "total_page"))
    return found if is_there else found.with_problems(f"{listing.key}: nothing at 'total_page'")


def _found(items: list[Any], listing: Listing, seed: Seed) -> Found:
    """The links of a page's items, and what became of each."""
    numbers = [str(at_path(item, "id")) for item in items]
    known = [_ID.fullmatch(number) is not None for number in numbers]
    first: dict[str, Any] = {}
    for number, item, is_known in zip(numbers, items, known, strict=True):
        if is_known:
            first.setdefault(number, item)
    unread = known.count(False)
    example = json.dumps(items[known.index(False)], ensure_ascii=False)[:160] if unread else ""
    account = Account(
        len(items),
        len(first),
        refused={TWICE: len(items) - unread - len(first)} if len(first) + unread < len(items) else {},
        unread={"without 'id'": unread} if unread else {},
        example=example,
    )
    links = tuple(link for number, item in first.items() for link in _links(number, item, listing, seed))
    problem = f"{listing.key}: {unread} of {len(items)} items without 'id', such as {example}"
    documents = tuple(f"{number}/{listing.entry.language}" for number in first)
    return Found(links, (), (problem,) if unread else (), account, documents)


def _links(number: str, item: Any, listing: Listing, seed: Seed) -> Iterator[Link]:
    listed = listing.entry.language
    changed = at_path(item, "updated_date") or at_path(item, "date")
    modified, shown = str(changed) if changed else None, shown_of(item)
    for language in seed.languages:
        document, address = f"{number}/{language}", article_url(seed, number, language)
        if language != listed:
            yield Link(address, Role.ARTICLE, document, language)
            continue
        page = Link(address, Role.ARTICLE, document, language, modified, shown=shown)
        yield page
        view = f"{api(seed)}/authorities/news/view?id={number}"
        yield replace(page, url=view, headers={"code": authority(seed), "language": language})


def fallback(listing: Listing, seed: Seed) -> Listing | None:
    """The portal's own listing page, when page 1 of the API does not answer as it should."""
    if listing.entry.kind is not EntryKind.JSON or listing.page != 1:
        return None
    url = f"{site(seed)}/{listing.entry.language}/{authority(seed)}/news/news"
    return Listing(Entry(kind=EntryKind.LISTING, url=url, language=listing.entry.language), url, key=listing.key)


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
        return Found(problems=(f"{listing.key}: no list of items in the page's script payload",))
    return _found(items, listing, seed)
