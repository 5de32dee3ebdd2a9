"""Listings in HTML: links by CSS, the next page by link or by number."""

from __future__ import annotations

import codecs
import re

from lxml import html
from lxml.cssselect import CSSSelector

from crawler.discovery.base import Found, Listing, absolute, article_links, next_page, overlong
from crawler.ids import canonical_url
from crawler.model import Payload, Seed

_META = re.compile(rb"<meta[^>]{0,200}charset", re.IGNORECASE)
_STATED = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


def parse(body: bytes, base: str, stated: str = "") -> html.HtmlElement | None:
    """The tree of an HTML page, and None for an empty one. Links stay relative; <base> is for the caller. `stated` is
    the answer's Content-Type."""
    if not body.strip():
        return None
    try:
        parser = html.HTMLParser(encoding=_charset(body, stated), huge_tree=True, recover=True, remove_comments=True)
        return html.document_fromstring(body, parser=parser, base_url=base)
    except (ValueError, LookupError, html.etree.ParserError):
        return None


def _charset(body: bytes, stated: str) -> str | None:
    """The charset to read a page in, or None where the page's own word, or libxml2's guess, is the best there is.
    What a header says goes before what the page says (WHATWG HTML, 13.2.3.2), unless the bytes prove it wrong."""
    match = _STATED.search(stated)
    if match or not _META.search(body[:4096]):
        try:
            name = codecs.lookup(match[1] if match else "utf-8").name
            body.decode(name)
        except (LookupError, ValueError):
            return None
        return name if name.startswith("utf-8") or match else None
    return None


def content_type(payload: Payload) -> str:
    """The Content-Type of an answer as it stands."""
    return next((value for name, value in payload.headers if name.lower() == "content-type"), "")


def discover(payload: Payload, listing: Listing, seed: Seed) -> Found:
    """The links that the entry's selectors find on a page; a page without any is a problem to report."""
    del seed
    tree = parse(payload.body, payload.capture.url, content_type(payload))
    if tree is None:
        return Found(problems=(f"{payload.capture.url}: empty page",))
    base_tag = tree.find(".//base[@href]")
    stated = absolute(payload.capture.url, base_tag.get("href")) if base_tag is not None else None
    base = stated or payload.capture.url
    hrefs = [(a.get("href") or "", None) for a in CSSSelector(listing.entry.links or "a", translator="html")(tree)]
    links = article_links(base, hrefs, listing)
    following = _next(tree, base, listing) if links else None
    problems = () if links or listing.page > 1 else (f"{payload.capture.url}: {listing.entry.links!r} finds no link",)
    return Found(links, (following,) if following else (), problems + overlong(hrefs))


def _next(tree: html.HtmlElement, base: str, listing: Listing) -> Listing | None:
    if listing.entry.next is None:
        return next_page(listing)
    for element in CSSSelector(listing.entry.next, translator="html")(tree):
        url = absolute(base, element.get("href") or "")
        if url and canonical_url(url) != canonical_url(listing.url):
            return Listing(listing.entry, url, listing.page + 1, 0, listing.entry.headers)
    return None
