"""Listings in HTML: links by CSS, the next page by link or by number."""

from __future__ import annotations

from urllib.parse import urljoin

from lxml import html
from lxml.cssselect import CSSSelector

from crawler.discovery.base import Found, Listing, absolute, article_links, next_page
from crawler.ids import canonical_url
from crawler.model import Payload, Seed


def parse(body: bytes, base: str) -> html.HtmlElement | None:
    """The tree of an HTML page, and None for an empty one. Links stay relative; <base> is for the caller."""
    if not body.strip():
        return None
    parser = html.HTMLParser(encoding=None, huge_tree=True, recover=True, remove_comments=True)
    try:
        return html.document_fromstring(body, parser=parser, base_url=base)
    except (ValueError, html.etree.ParserError):
        return None


def discover(payload: Payload, listing: Listing, seed: Seed) -> Found:
    """The links that the entry's selectors find on a page; a page without any is a problem to report."""
    tree = parse(payload.body, payload.capture.url)
    if tree is None:
        return Found(problems=(f"{payload.capture.url}: empty page",))
    base_tag = tree.find(".//base[@href]")
    base = urljoin(payload.capture.url, base_tag.get("href")) if base_tag is not None else payload.capture.url
    hrefs = [(a.get("href") or "", None) for a in CSSSelector(listing.entry.links or "a", translator="html")(tree)]
    links = article_links(base, hrefs, listing)
    following = _next(tree, base, listing, seed) if links else None
    problems = () if links or listing.page > 1 else (f"{payload.capture.url}: {listing.entry.links!r} finds no link",)
    return Found(links, (following,) if following else (), problems)


def _next(tree: html.HtmlElement, base: str, listing: Listing, seed: Seed) -> Listing | None:
    if listing.entry.next is None:
        return next_page(listing, seed)
    if listing.page >= (listing.entry.max_pages or seed.crawl.max_pages):
        return None
    for element in CSSSelector(listing.entry.next, translator="html")(tree):
        url = absolute(base, element.get("href") or "")
        if url and canonical_url(url) != canonical_url(listing.url):
            return Listing(listing.entry, url, listing.page + 1, 0, listing.entry.headers)
    return None
