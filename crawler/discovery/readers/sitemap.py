"""Sitemaps (sitemaps.org 0.9): index files, news, gzip, lists in plain text, and feeds, which the protocol allows."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from crawler.discovery.address import absolute
from crawler.discovery.base import Found, Listing
from crawler.discovery.items import Item, gather
from crawler.discovery.markup.xml import child_text, local_name, read_xml, until_cut
from crawler.discovery.readers import feed
from crawler.model import Payload, Seed

MAX_ENTRIES = 50_000  # of one file: the protocol's own limit
_LINE_END = re.compile(r"\r\n|\r|\n")
MAX_DEPTH = 4  # indexes in indexes, which the protocol does not know and sites have, and the sitemaps in the last


def discover(payload: Payload, listing: Listing, seed: Seed) -> Found:
    """The addresses of a sitemap, or the sitemaps of an index."""
    plain = _plain(payload.body)
    if plain is not None:
        return gather(payload.capture.url, plain[:MAX_ENTRIES], listing)
    document = read_xml(payload)
    if document.root is None:
        return Found(problems=(f"{listing.key}.url: not XML",))
    if local_name(document.root) in feed.ROOTS:
        return feed.discover(payload, listing, seed)
    elements = until_cut([e for e in document.root.iter() if local_name(e) in ("url", "sitemap")], document)
    problems = [f"{listing.key}.url: repaired: {document.repair}"] if document.repair else []
    if len(elements) > MAX_ENTRIES:
        problems.append(f"{listing.key}.url: {len(elements)} entries, read {MAX_ENTRIES}")
    if not elements:
        kind = " (an HTML page)" if local_name(document.root) == "html" else ""
        problems.append(f"{listing.key}.url: a sitemap without addresses{kind}")
    urls = [e for e in elements[:MAX_ENTRIES] if local_name(e) == "url"]
    pages = [_item(e) for e in urls]
    pages += _versions(urls, {item.href for item in pages})
    inner, left = _inner([e for e in elements[:MAX_ENTRIES] if local_name(e) == "sitemap"], payload, listing)
    return gather(payload.capture.url, pages, listing).with_next(*inner).with_problems(*problems, *left)


def _item(element: etree._Element) -> Item:
    news = next((child for child in element if local_name(child) == "news"), None)
    modified = child_text(element, "lastmod") or (child_text(news, "publication_date") if news is not None else None)
    return Item(child_text(element, "loc") or "", modified, modified or "")


def _versions(elements: list[etree._Element], stated: set[str]) -> list[Item]:
    """The versions in other languages that a sitemap names beside an address, and nowhere else
    (https://developers.google.com/search/docs/specialty/international/localized-versions#sitemap)."""
    found: dict[str, Item] = {}
    for element in elements:
        modified = child_text(element, "lastmod")
        for child in element:
            is_version = local_name(child) == "link" and (child.get("rel") or "").lower() == "alternate"
            href, language = (child.get("href") or "").strip(), (child.get("hreflang") or "").lower()
            if is_version and href not in stated and language not in ("", "x-default"):
                found.setdefault(href, Item(href, modified, modified or ""))
    return list(found.values())


def _inner(elements: list[etree._Element], payload: Payload, listing: Listing) -> tuple[list[Listing], list[str]]:
    """(the sitemaps of an index; those that are not followed, to tell)."""
    found, left = [], []
    for element in elements:
        location = child_text(element, "loc") or ""
        url = absolute(payload.capture.url, location) if location else None
        if url and listing.depth < MAX_DEPTH - 1:
            found.append(replace(listing, url=url, depth=listing.depth + 1))
        else:
            left.append(f"{listing.key}.url: sitemap not followed: {location[:200]!r}")
    return found, left


def _plain(body: bytes) -> list[Item] | None:
    """The items of a sitemap in plain text, one address a line; None for anything else."""
    start = body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith((b"http://", b"https://")):
        return None
    lines = [line.strip() for line in _LINE_END.split(body.decode("utf-8-sig", "replace"))]
    return [Item(line, told=line) for line in lines if line]
