"""Feeds (RSS 0.9 to 2.0, Atom) and sitemaps (sitemaps.org 0.9, index files, news, gzip), read tolerantly.

One reader for both: elements are found by local name, so that a wrong or missing namespace hides nothing; entities are
never expanded, nothing external is loaded, and one bad address loses only itself."""

from __future__ import annotations

from lxml import etree

from crawler.archive.http import Head, decode
from crawler.discovery.base import Found, Listing, absolute, article_links, overlong
from crawler.model import Payload, Seed

MAX_ENTRIES = 50_000  # of one file: the protocol's own limit
MAX_DEPTH = 2  # an index, and sitemaps inside it
MAX_BYTES = 52_428_800  # uncompressed: the protocol's own limit


def read_xml(body: bytes) -> etree._Element | None:
    """The root of an XML document, as far as it can be read; None when nothing can. Gzip is undone."""
    if body.startswith(b"\x1f\x8b"):
        body = decode(Head(None, (("Content-Encoding", "gzip"),)), body, max_bytes=MAX_BYTES).data
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(body[:MAX_BYTES].lstrip(), parser)
    except etree.XMLSyntaxError:
        return None


def _name(element: etree._Element) -> str:
    """The local name in lower case. Not by etree.QName: it raises on the tags that a recovering parser lets through,
    such as a prefix that nobody declared (`media:content`)."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _child(element: etree._Element, *names: str) -> str | None:
    for child in element:
        if _name(child) in names and (child.text or "").strip():
            return str(child.text).strip()
    return None


def _without_cut_end(found: list[tuple[str, str | None]], body: bytes) -> list[tuple[str, str | None]]:
    """`found` without a last address in whose middle the document breaks off."""
    if not found:
        return found
    address = found[-1][0].encode()
    at = body.rfind(address)
    is_cut = at >= 0 and not body[at + len(address) :].lstrip()
    return found[:-1] if is_cut else found


def discover_feed(payload: Payload, listing: Listing, seed: Seed) -> Found:
    """The items of a feed, with their marks of the last change."""
    del seed
    root = read_xml(payload.body)
    if root is None:
        return Found(problems=(f"{payload.capture.url}: not XML",))
    found: list[tuple[str, str | None]] = []
    for item in [e for e in root.iter() if _name(e) in ("item", "entry")][:MAX_ENTRIES]:
        modified = _child(item, "updated") or _child(item, "modified", "pubdate", "date", "published")
        found.append((_feed_link(item), modified))
    found = _without_cut_end(found, payload.body)
    problems = () if found else (f"{payload.capture.url}: a feed without items",)
    return Found(article_links(payload.capture.url, found, listing), (), problems + overlong(found))


def _feed_link(item: etree._Element) -> str:
    for child in item:
        if _name(child) == "link" and child.get("href") and child.get("rel", "alternate") == "alternate":
            return str(child.get("href"))
    stated = _child(item, "link")
    if stated:
        return stated
    # An id is an address only where it says so (RSS 2.0, <guid>), or looks like one (Atom, RFC 4287, 4.2.6).
    for child in item:
        text = str(child.text or "").strip()
        is_address = text.startswith(("http://", "https://"))
        if _name(child) in ("guid", "id") and is_address and child.get("isPermaLink", "true").lower() != "false":
            return text
    return ""


def discover_sitemap(payload: Payload, listing: Listing, seed: Seed) -> Found:
    """The addresses of a sitemap, or the sitemaps of an index."""
    del seed
    root = read_xml(payload.body)
    if root is None:
        return Found(problems=(f"{payload.capture.url}: not XML",))
    elements = [e for e in root.iter() if _name(e) in ("url", "sitemap")]
    problems = []
    if len(elements) > MAX_ENTRIES:
        problems.append(f"{payload.capture.url}: {len(elements)} entries, read {MAX_ENTRIES}")
    pages: list[tuple[str, str | None]] = []
    inner: list[Listing] = []
    for element in elements[:MAX_ENTRIES]:
        location, modified = _child(element, "loc") or "", _child(element, "lastmod")
        if _name(element) == "url":
            pages.append((location, modified))
        elif (url := absolute(payload.capture.url, location)) and listing.depth < MAX_DEPTH - 1:
            inner.append(Listing(listing.entry, url, listing.page, listing.depth + 1, listing.entry.headers))
        else:
            problems.append(f"{payload.capture.url}: sitemap not followed: {location[:200]!r}")
    pages = _without_cut_end(pages, payload.body)
    if not elements:
        problems.append(f"{payload.capture.url}: a sitemap without addresses")
    return Found(article_links(payload.capture.url, pages, listing), tuple(inner), tuple(problems) + overlong(pages))
