"""Feeds: RSS 0.9 to 2.0 with RSS 1.0, Atom (RFC 4287), JSON Feed 1.1; pages of feeds by RFC 5005."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml import etree
from lxml.html import fragment_fromstring

from crawler.discovery.address import absolute
from crawler.discovery.base import Found, Listing, numbered_page
from crawler.discovery.items import Item, gather
from crawler.discovery.markup.xml import base_of, child_text, local_name, read_xml, until_cut
from crawler.model import Payload, Seed

ROOTS = ("rss", "feed", "rdf")
MAX_ENTRIES = 50_000
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_HTML = ("", "text/html", "application/xhtml+xml")
_NO_ARTICLE = ("rss", "atom", "feed", "pdf", "image", "audio", "video", "json")  # words of media types


def discover(payload: Payload, listing: Listing, seed: Seed) -> Found:
    """The items of a feed, with their marks of the last change."""
    del seed
    if payload.body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(payload, listing)
    document = read_xml(payload)
    if document.root is None:
        return Found(problems=(f"{listing.key}.url: not XML",))
    elements = [e for e in document.root.iter() if local_name(e) in ("item", "entry")]
    own = base_of(document.root, payload.capture.url)
    items, twice = [], False
    for element in until_cut(elements, document)[:MAX_ENTRIES]:
        item = _item(element, payload.capture.url)
        plain = html.unescape(item.href) if "&amp;" in item.href else item.href
        twice = twice or plain != item.href
        items.append(replace(item, href=plain))
    problems = [f"{listing.key}.url: repaired: {document.repair}"] if document.repair else []
    if twice:
        problems.append(f"{listing.key}.url: repaired: addresses whose ampersands are escaped twice")
    if len(elements) > MAX_ENTRIES:
        problems.append(f"{listing.key}.url: {len(elements)} items, read {MAX_ENTRIES}")
    if not items and listing.page == 1:
        kind = " (an HTML page)" if local_name(document.root) == "html" else ""
        problems.append(f"{listing.key}.url: a feed without items{kind}")
    following = (_next(document.root, own, listing) or numbered_page(listing)) if items else None
    return gather(own, items, listing).with_next(following).with_problems(*problems)


def _item(element: etree._Element, url: str) -> Item:
    published = child_text(element, "pubdate", "published", "issued", "date", "created")
    modified = child_text(element, "updated", "modified") or published
    title = child_text(element, "title") or ""
    sections = [child.get("term") or child.text or "" for child in element if local_name(child) == "category"]
    href, base = _address(element, url)
    shown = (" ".join(title.split()), modified or "", published or "", *sorted(s.strip() for s in sections))
    return Item(href, modified, "\n".join(shown), base, told=title)


def _address(element: etree._Element, url: str) -> tuple[str, str]:
    """(the address of an item's page, what it is relative to): a link that is the page itself, HTML before what has no
    type, and that before others; then an id that is an address."""
    found: list[tuple[int, str, str]] = []
    for child in element:
        if local_name(child) != "link":
            continue
        href, rank = child.get("href") or _written("".join(child.itertext())), _rank(child)
        if href and rank is not None:
            found.append((rank, href, base_of(child, url)))
    if found:
        _, href, base = min(found, key=lambda link: link[0])
        return href, base
    pages = (e for e in element if local_name(e) == "content" and (e.get("type") or "").startswith("text/html"))
    sources = (str(e.get("src")) for e in pages if e.get("src"))  # RFC 4287, 4.1.3.2
    return next(_ids(element), "") or next(sources, ""), base_of(element, url)


def _written(text: str) -> str:
    """The address that a link's text is, or that of the HTML link which some write there."""
    text = text.strip()
    if not text.startswith("<"):
        return text
    try:
        anchor = fragment_fromstring(text, create_parent="div").find(".//a[@href]")
    except (etree.ParserError, ValueError):
        return text
    return (anchor.get("href") or "") if anchor is not None else text


def _rank(link: etree._Element) -> int | None:
    """How surely an Atom link is that of the item's page, 0 the surest; None for links of other things."""
    rel = (link.get("rel") or "alternate").strip().lower().rpartition("/")[2]  # a registered name, or its IANA address
    if rel != "alternate":
        return None
    mime = (link.get("type") or "").partition(";")[0].strip().lower()
    if mime in _HTML:
        return 0 if mime else 1
    return 3 if any(word in mime for word in _NO_ARTICLE) else 2


def _ids(element: etree._Element) -> Iterator[str]:
    """An id is an address only where it says so (RSS 2.0, <guid>), or looks like one (Atom, RFC 4287, 4.2.6; RSS 1.0,
    5.5)."""
    for child in element:
        text = str(child.text or "").strip()
        is_address = text.startswith(("http://", "https://"))
        is_stated = (child.get("isPermaLink") or "true").strip().lower() != "false"
        if local_name(child) in ("guid", "id") and is_address and is_stated:
            yield text
    about = element.get(_ABOUT) or ""
    if about.startswith(("http://", "https://")):
        yield about


def _next(root: etree._Element, base: str, listing: Listing) -> Listing | None:
    """The next page of a paged feed (RFC 5005, 3)."""
    for element in root.iter():
        if local_name(element) in ("item", "entry"):
            continue
        if local_name(element) == "link" and (element.get("rel") or "").strip().lower() == "next":
            parent = element.getparent()
            if parent is not None and local_name(parent) in ("feed", "channel"):
                url = absolute(base_of(element, base), element.get("href") or "")
                return replace(listing, url=url, page=listing.page + 1) if url and url != listing.url else None
    return None


def _json_feed(payload: Payload, listing: Listing) -> Found:
    """JSON Feed 1.1: https://www.jsonfeed.org/version/1.1/"""
    try:
        answer = json.loads(payload.body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return Found(problems=(f"{listing.key}.url: JSON that breaks off, or is none",))
    items = answer.get("items")
    if not isinstance(items, list):
        return Found(problems=(f"{listing.key}.url: JSON without the items of a feed",))
    found = gather(payload.capture.url, [_json_item(item) for item in items[:MAX_ENTRIES]], listing)
    problems = [] if items or listing.page > 1 else [f"{listing.key}.url: a feed without items"]
    url = absolute(payload.capture.url, str(answer.get("next_url") or "")) if items else None
    following = replace(listing, url=url, page=listing.page + 1) if url and url != listing.url else None
    return found.with_next(following).with_problems(*problems)


def _json_item(item: Any) -> Item:
    if not isinstance(item, dict):
        return Item(unread="no object", told=repr(item)[:100])
    address = item.get("url") or item.get("external_url")
    if not address and str(item.get("id") or "").startswith(("http://", "https://")):
        address = item["id"]
    modified = item.get("date_modified") or item.get("date_published")
    shown = "\n".join(str(item.get(name) or "") for name in ("title", "date_modified", "date_published", "tags"))
    title = str(item.get("title") or item.get("id") or "")
    return Item(str(address or ""), str(modified) if modified else None, shown, told=title)
