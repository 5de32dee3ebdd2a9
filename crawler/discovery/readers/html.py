"""Listings in HTML: links by CSS, the next page by link or by number."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from datetime import timedelta

from lxml import html
from lxml.cssselect import CSSSelector

from crawler.discovery.address import absolute
from crawler.discovery.base import Found, Listing, missing_page
from crawler.discovery.extent.answers import next_of_header
from crawler.discovery.extent.unselected import rows_without_address, unselected
from crawler.discovery.items import SCRIPTED, UNLINKED, Item, gather
from crawler.discovery.markup.start_tags import bytes_with_few_attributes
from crawler.discovery.markup.surroundings import days_beside, is_cut
from crawler.discovery.markup.words import words_of
from crawler.discovery.readers.html_pages import Page, gone_on
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
        return html.document_fromstring(bytes_with_few_attributes(body), parser=parser, base_url=base)
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
    entry, url = listing.entry, payload.capture.url
    tree = parse(payload.body, url, content_type(payload))
    if tree is None:
        return Found(problems=(f"{listing.key}.url: empty page",))
    base_tag = tree.find(".//base[@href]")
    stated = absolute(url, base_tag.get("href")) if base_tag is not None else None
    links = CSSSelector(entry.links or "a", translator="html")(tree)
    latest = (payload.capture.fetched_at + timedelta(days=1)).date().isoformat()
    days = list(days_beside(links, tuple(seed.languages.values()), seed.selectors.date_order, latest))
    apart = dict(rows_without_address(links))
    rows = {link for row in apart for link in (row, *row.iter("a"))}
    items = [
        Item(a.get("href") or "", day=day, told=words_of(a))
        for a, day in zip(links, days, strict=True)
        if a not in rows
    ]
    items += [Item(unread=SCRIPTED if scripted else UNLINKED, told=words_of(row)) for row, scripted in apart.items()]
    encoding = tree.getroottree().docinfo.encoding or "utf-8"
    found = gather(stated or url, items, listing, encoding)
    others = unselected(tree, stated or url, url, links, [link.url for link in found.links], encoding)
    found = replace(found, unselected=others)
    problems = [f"{listing.key}.url: the page breaks off"] if is_cut(payload.body) else []
    if not items and listing.page == 1:
        problems.append(f"{listing.key}.links: {entry.links!r} finds no link")
    if not items and listing.page > 1 and entry.next:  # an end has no next page; counted pages end with an empty one
        problems.append(f"{listing.key}.next: leads to a page on which {entry.links!r} finds no link")
    if not items and listing.entry.page and listing.page <= listing.named:
        problems.append(missing_page(listing, "page", f"shows nothing that {entry.links!r} finds"))
    page = Page(tree, url, stated or url, links, days, encoding, latest)
    found = gone_on(found.with_problems(*problems), page, listing, seed)
    if more := next_of_header(payload):
        is_led = entry.next or entry.page or entry.max_pages or listing.page > 1 or found.further
        found = found if is_led else replace(found, further=(f"it goes on at {more}, by its header Link",))
    return found
