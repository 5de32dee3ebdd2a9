"""Every place of a page that can tell when it was published or changed: data first, then what a reader sees."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import html

from crawler.extraction.markup.dom import key, text_of
from crawler.extraction.page.page import Page
from crawler.extraction.publication.item_cards import in_card
from crawler.extraction.publication.visible_dates import Place, lone_times, near_headline
from crawler.extraction.structured.embedded_json import objects
from crawler.extraction.structured.json_field_names import published
from crawler.extraction.structured.json_field_names import title as payload_title
from crawler.extraction.structured.jsonld import PAGES, strings, types_of

PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished", "date.published",
    "dc.date.issued", "dcterms.issued", "citation_publication_date",
    "sailthru.date", "parsely-pub-date", "publish-date", "publishdate", "publish_date", "published_time",
    "publication_date", "pubdate", "article.published", "cxenseparse:recs:publishtime", "vr:published_time",
)  # fmt: skip
MODIFIED_META = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "last-modified", "article:modified", "revised",
)  # fmt: skip
CREATED_META = ("dcterms.created", "dc.date.created")  # a draft may be older than what is published
WEAK_META = ("date", "dc.date", "dcterms.date", "created", "release_date")
_DATED = frozenset("time span div p meta dd abbr".split())
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/.-]|$)")
# "/t20260312_12.html", "/20260312/", and with the day in front where it cannot be a month: "/29-10-2021".
_URL_DIGITS = re.compile(
    r"/t?(20[0-3]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)|/(1[3-9]|2\d|3[01])-(0[1-9]|1[0-2])-(20[0-3]\d)(?=[/_.-]|$)"
)


def date_places(page: Page, headline: html.HtmlElement | None) -> Iterator[Place]:
    """Every place that can tell a date, best first."""
    for place in _data(page):
        yield Place(*place, machine=place[3] > 0)
    if headline is not None:
        yield from near_headline(page, headline)
    for place in _weak(page):
        yield Place(*place, machine=True)
    if headline is None:
        yield from lone_times(page)


def _data(page: Page) -> Iterator[tuple[str, str, str, int]]:
    """The places that are about this item for certain."""
    if page.fields.published:
        yield "published", page.fields.published, "page-object", 0
    if page.fields.modified:
        yield "modified", page.fields.modified, "page-object", 0
    if page.article:
        yield from _from_object(page.article, "jsonld", 1)
    yield from _from_meta(page, "published", PUBLISHED_META, 2)
    yield from _from_meta(page, "modified", MODIFIED_META, 2)
    yield from _from_meta(page, "published", CREATED_META, 5)
    yield from _microdata(page)


def _weak(page: Page) -> Iterator[tuple[str, str, str, int]]:
    """The places that can be about something else, too."""
    yield from _payload(page)
    for item in page.jsonld:
        if types_of(item) & PAGES:
            # A page's own "modified" is often when it was built: only what it says of publication is used.
            found = _from_object(item, "jsonld:page", 6)
            yield from (place for place in found if place[0] == "published")
    yield from _from_meta(page, "published", WEAK_META, 7)
    if match := _URL_DAY.search(page.url):
        yield "published", f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}", "url", 8
    elif match := _URL_DIGITS.search(page.url):  # which may be a number, too: it only fills a gap
        yield "published", f"{match[1] or match[6]}-{match[2] or match[5]}-{match[3] or match[4]}", "url:digits", 9


def _from_meta(page: Page, kind: str, names: tuple[str, ...], rank: int) -> Iterator[tuple[str, str, str, int]]:
    for name in names:
        for value in page.meta.get(name, [])[:1]:
            yield kind, value, f"meta:{name}", rank


def _from_object(item: dict[str, Any], source: str, rank: int) -> Iterator[tuple[str, str, str, int]]:
    for name, kind in (("datePublished", "published"), ("dateCreated", "published"), ("dateModified", "modified")):
        for value in strings(item.get(name))[:1]:
            yield kind, value, f"{source}:{name}", rank + (1 if name == "dateCreated" else 0)


def _microdata(page: Page) -> Iterator[tuple[str, str, str, int]]:
    for element in page.marked:
        if element.tag not in _DATED:
            continue
        prop = (element.get("itemprop") or "").lower()
        kind = "published" if "datepublished" in prop else "modified" if "datemodified" in prop else None
        if element.get("pubdate") is not None and element.tag == "time":
            kind = kind or "published"
        if kind and not in_card(page, element, None):
            value = element.get("datetime") or element.get("content") or element.get("title") or text_of(element)
            yield kind, value, f"microdata:{prop or 'pubdate'}", 3


def own_object(page: Page, headline: html.HtmlElement | None) -> Iterator[Place]:
    """What an object in the scripts of a page tells of its publication that has the headline for its title: the objects
    of other items have theirs. Asked where no other place tells a day: it costs a walk through all of them."""
    if not (title := key(text_of(headline)) if headline is not None else ""):
        return
    codes = tuple(sorted(page.any_dates.languages))
    for item in objects(page.root, page.payload):
        if (raw := published(item)) and key(payload_title(item, codes) or "") == title:
            yield Place("published", raw, "payload:own", 6, machine=True)


_PAYLOAD_DATE = re.compile(
    r'"(datePublished|published_?[aA]t|publish(?:ed)?_?[dD]ate|pub_?[dD]ate|date|created_?[aA]t)":"([^"]{8,40})"'
)


def _payload(page: Page) -> Iterator[tuple[str, str, str, int]]:
    if not page.payload:
        return
    if found := _PAYLOAD_DATE.search(page.payload):
        yield "published", json.loads(f'"{found[2]}"'), f"payload:{found[1]}", 6
