"""Listings in HTML: links by CSS, the next page by link or by number."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from datetime import timedelta

from lxml import html
from lxml.cssselect import CSSSelector

from crawler.discovery.address import absolute, route_of
from crawler.discovery.base import Found, Listing, missing_page, numbered_page
from crawler.discovery.items import Item, gather
from crawler.discovery.pager import further_page, last_named, onward_first
from crawler.discovery.start_tags import bytes_with_few_attributes
from crawler.discovery.surroundings import days_beside, is_cut
from crawler.ids import canonical_url
from crawler.model import Payload, Seed

_META = re.compile(rb"<meta[^>]{0,200}charset", re.IGNORECASE)
_MOST_WAYS = 100  # links that may lead to the following page
# Attributes by which scripts know what to load: of the HTML Standard, of htmx, and as sites call them.
_SCRIPTS_READ = ("onclick", "data-url", "data-href", "data-page", "data-next", "data-cursor", "data-offset", "hx-get")
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
    days = days_beside(links, tuple(seed.languages.values()), seed.selectors.date_order, latest)
    items = [
        Item(a.get("href") or "", day=day, told=" ".join("".join(a.itertext()).split()))
        for a, day in zip(links, days, strict=True)
    ]
    encoding = tree.getroottree().docinfo.encoding or "utf-8"
    found = gather(stated or url, items, listing, encoding)
    problems = [f"{listing.key}.url: the page breaks off"] if is_cut(payload.body) else []
    if not items and listing.page == 1:
        problems.append(f"{listing.key}.links: {entry.links!r} finds no link")
    if not items and listing.page > 1 and entry.next:  # an end has no next page; counted pages end with an empty one
        problems.append(f"{listing.key}.next: leads to a page on which {entry.links!r} finds no link")
    if not items and listing.entry.page and listing.page <= listing.named:
        problems.append(missing_page(listing, "page", f"shows nothing that {entry.links!r} finds"))
    if not found.links:
        return found.with_problems(*problems)
    following, problem = _next(tree, stated or url, listing, encoding)
    if following:
        named = max(listing.named, last_named(tree, stated or url, following[0].url, set(links)))
        following = tuple(replace(page, named=named) for page in following)
    elif not problem and entry.next and listing.page > 1:
        last = replace(listing, named=max(listing.named, last_named(tree, stated or url, url, set(links))))
        problem = (missing_page(last, "next", "leads nowhere"),) if last.named > last.page else ()
    elif not entry.next and listing.page == 1 and (more := further_page(tree, stated or url, url, set(links))):
        found = replace(found, notes=(*found.notes, f"it goes on at {more}, and no `next` or `page` leads there"))
    return found.with_next(*following).with_problems(*problems, *problem)


def _next(
    tree: html.HtmlElement, base: str, listing: Listing, encoding: str
) -> tuple[tuple[Listing, ...], tuple[str, ...]]:
    """(what the following page may be, what is wrong with the way to it). Where a selector finds the links to all
    pages, or those back and on, the run takes the first that it has not read."""
    selector = listing.entry.next
    if selector is None:
        counted = numbered_page(listing)
        return (counted,) if counted else (), ()
    elements = CSSSelector(selector, translator="html")(tree)
    urls = [absolute(base, element.get("href") or "", encoding) for element in elements[:_MOST_WAYS]]
    others = [url for url in urls if url and canonical_url(url) != canonical_url(listing.url)]
    if others:
        ways = onward_first(others, listing.url)
        return tuple(replace(listing, url=url, page=listing.page + 1) for url in ways), ()
    where = f"{listing.key}.next: {selector!r}"
    if not elements and listing.page == 1:
        return (), (f"{where} finds nothing on the first page: a second one would not be found",)
    scripted = [e for e in elements if not _is_disabled(e) and _leads_by_script(e)]
    if scripted:
        return (), (f"{where} finds a link that only scripts follow: {scripted[0].get('href') or ''!r}",)
    return (), ()


def _is_disabled(element: html.HtmlElement) -> bool:
    """Whether a link, or the item of a list that it stands in, is marked as leading nowhere: on a last page."""
    marks = [e.get("class") or "" for e in (element, element.getparent()) if e is not None]
    is_marked = any(word in mark.lower() for mark in marks for word in ("disabled", "inactive"))
    return is_marked or element.get("aria-disabled") == "true" or element.get("disabled") is not None


def _leads_by_script(element: html.HtmlElement) -> bool:
    href = (element.get("href") or "").strip().lower()
    marks = [name for name, value in element.attrib.items() if name in _SCRIPTS_READ and value.strip()]
    return href.startswith("javascript:") or bool(marks) or bool(route_of(href)) or element.tag == "button"
