"""Everything that is read off a page once and asked for many times: meta tags, JSON-LD, headline, payload text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

from lxml import html

from crawler.discovery.address import absolute
from crawler.discovery.markup.payloads import pushed_in
from crawler.extraction.dates import Reader
from crawler.extraction.dates.clocks.country_timezone import country_of, country_of_zone, country_zone, zones_of
from crawler.extraction.markup.dom import even, key, length, word_count
from crawler.extraction.markup.flat_tree import FlatTree
from crawler.extraction.markup.flatten import flatten
from crawler.extraction.markup.text_blocks import Block, page_blocks
from crawler.extraction.page.frame import in_frame
from crawler.extraction.page.links import Links
from crawler.extraction.page.masthead import mastheads, section_names
from crawler.extraction.page.shown_headline import bold_lines
from crawler.extraction.page.site_names import address_names, stated_names
from crawler.extraction.structured.jsonld import read_jsonld
from crawler.extraction.structured.own_article import own_article
from crawler.model import Seed
from crawler.pages import Fields
from crawler.timezones import timezone


@dataclass
class Page:
    """One parsed page. Its parts are computed on first use and never change."""

    root: html.HtmlElement
    url: str
    captured: datetime | None
    seed: Seed | None
    fields: Fields
    language: str | None = None  # BCP 47, as the capture's request meant it
    warnings: list[str] = field(default_factory=list)
    _texts: dict[html.HtmlElement, str] = field(default_factory=dict, repr=False)  # of the short elements asked for

    @cached_property
    def zone(self) -> ZoneInfo | None:
        return timezone(self.seed.timezone) if self.seed else None

    @cached_property
    def clock_zone(self) -> ZoneInfo | None:
        """The zone of times that state no offset: the source's, else that of the country in the address."""
        return self.zone or country_zone(self.url)

    @cached_property
    def tree(self) -> FlatTree:
        """The page as arrays, from its one walk."""
        return flatten(self.root)

    @cached_property
    def country(self) -> str:
        """ISO 3166 in small letters, by the zone of the source, else by the address; empty where neither tells it."""
        return (country_of_zone(self.seed.timezone) if self.seed else "") or country_of(self.url)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The tags (BCP 47) that the request or the page states, the surest first."""
        stated = (self.language, self.root.get("lang"), self.first_meta("og:locale", "content-language", "dc.language"))
        tags = (tag.replace("_", "-").strip()[:35] for tag in stated if tag)
        return tuple(dict.fromkeys(tag for tag in tags if tag))

    @cached_property
    def dates(self) -> Reader:
        """What the page says of how its dates are to be read, to find them in lines; their order is asked apart."""
        zones = () if self.clock_zone or not self.country else zones_of(self.country)
        return Reader(self.clock_zone, self.captured, "DMY", self.languages, self.country, zones)

    @cached_property
    def any_dates(self) -> Reader:
        """As `dates`, to tell what is a date: the same whenever the page was captured, or the same bytes would have
        other lines before a date that they state than after it. What it reads is no value of a field."""
        zone = self.clock_zone or UTC
        return Reader(zone, datetime(*_ANY_DAY, tzinfo=zone), "DMY", self.languages, self.country)

    @cached_property
    def sizes(self) -> dict[html.HtmlElement, int]:
        """The characters of words in each element, in document order."""
        return dict(zip(self.tree.elements, self.tree.sizes, strict=True))

    @cached_property
    def blocks(self) -> list[Block]:
        """The lines of the page, those of menus and footers included."""
        return page_blocks(self.tree)

    def tagged(self, *tags: str) -> list[html.HtmlElement]:
        """The elements with one of these tags, in document order."""
        found = [number for tag in tags for number in self.tree.tagged(tag)]
        if len(tags) > 1:
            found.sort()
        return [self.tree.elements[number] for number in found]

    def within(self, element: html.HtmlElement) -> range:
        """The numbers of an element and of those inside it."""
        number = self.tree.numbers[element]
        return range(number, self.tree.ends[number])

    def text_of(self, element: html.HtmlElement) -> str:
        """The words of an element on one line."""
        return self.tree.text(self.tree.numbers[element])

    def short_text(self, element: html.HtmlElement, limit: int) -> str:
        """The words of an element on one line, "" for one of more than `limit` characters, which is not read at all."""
        if self.sizes.get(element, 0) > limit:
            return ""
        text = self._texts.get(element)
        if text is None:
            text = self._texts[element] = self.text_of(element)
        return text if len(text) <= limit else ""

    @cached_property
    def teasers(self) -> frozenset[html.HtmlElement]:
        """The elements with a link inside that has the words of a headline, as those to other items have."""
        found: set[int] = set()
        for number in self.tree.tagged("a"):
            holder = self.tree.parents[number]  # where it is known, so are all around it
            if holder not in found and self.tree.sizes[number] and word_count(self.tree.text(number)) > _NAME:
                while holder >= 0 and holder not in found:
                    found.add(holder)
                    holder = self.tree.parents[holder]
        return frozenset(self.tree.elements[number] for number in found)

    @cached_property
    def meta(self) -> dict[str, list[str]]:
        """Contents of meta tags by name, property or itemprop, in lower case."""
        found: dict[str, list[str]] = {}
        for tag in self.tagged("meta"):
            content = even(unescape(tag.get("content") or ""))  # a second time: many systems escape twice
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                name = (tag.get(attribute) or "").strip().lower()
                if name and content:
                    found.setdefault(name, []).append(content)
        return found

    def related(self, kind: str) -> list[html.HtmlElement]:
        """The links of one kind (`rel`) that stand in an article, its own footer included, or outside the frame."""
        named = self.tree.attributes.get("rel", {}).items()
        links = [self.tree.elements[n] for n, rel in named if self.tree.tags[n] == "a" and kind in rel.lower().split()]
        return [a for a in links if not in_frame(a) or any(e.tag == "article" for e in a.iterancestors())]

    def first_meta(self, *names: str) -> str | None:
        return next((self.meta[name][0] for name in names if name in self.meta), None)

    @cached_property
    def marked(self) -> list[html.HtmlElement]:
        """The elements that microdata, RDFa or old HTML mark with what they say: few, and many rules ask for them."""
        return self.stating("itemprop", "property", "pubdate", "itemtype")

    def stating(self, *names: str) -> list[html.HtmlElement]:
        """The elements with one of these attributes, in document order."""
        found = {number for name in names for number in self.tree.having(name)}
        return [self.tree.elements[number] for number in sorted(found)]

    @cached_property
    def jsonld(self) -> list[dict[str, Any]]:
        return read_jsonld(self.tagged("script"))

    @cached_property
    def article(self) -> dict[str, Any] | None:
        """The JSON-LD object of the page's own article."""
        links = (e.get("href") for e in self.tagged("link") if (e.get("rel") or "").lower() in ("canonical", "amphtml"))
        addresses = [self.url, *(href for href in links if href), *self.meta.get("og:url", [])]
        shown = (self.text_of(h) for h in self.tagged("h1", "h2")[:_FEW_HEADINGS])
        return own_article(self.jsonld, addresses, [self.doc_title, *self.meta.get("og:title", []), *shown])

    @cached_property
    def payload(self) -> str:
        """The joined script payload of a Next.js page."""
        return pushed_in(self.tagged("script"))

    @cached_property
    def base(self) -> str:
        tag = next((e for e in self.tagged("base") if e.get("href")), None)
        return (absolute(self.url, tag.get("href")) if tag is not None else None) or self.url

    @cached_property
    def links(self) -> Links:
        return Links(self.tree, self.url, self.base)

    @cached_property
    def headings(self) -> list[tuple[html.HtmlElement, str]]:
        """The headings of the highest level that stands outside header, nav and footer, with their texts; those inside
        last. Many portals have no h1, or one that is the logo."""
        framed: list[tuple[html.HtmlElement, str]] = []
        for tag in ("h1", "h2", "h3", "h4"):
            found = [(h, text) for h in self.tagged(tag) if (text := self.text_of(h))]
            inside = [
                (h, text)
                for h, text in found
                if key(text) in self.mastheads | section_names() or (in_frame(h) and not self.names_page(text))
            ]
            framed += inside
            if len(found) > len(inside):
                return sorted(found, key=lambda pair: pair in inside) + [pair for pair in framed if pair not in found]
        return framed

    def names_page(self, heading: str) -> bool:
        """Whether <title> or og:title begins with a heading: then it is the headline, though it stands in a frame."""
        words = key(heading)
        titles = [key(t) for t in (self.doc_title, *self.meta.get("og:title", []))]
        return length(words) >= 12 and words not in self.site_names and any(t.startswith(words) for t in titles)

    @cached_property
    def doc_title(self) -> str:
        tags = self.tagged("title")  # the one in <head>, where there are several
        tag = next((e for e in tags if (parent := e.getparent()) is not None and parent.tag == "head"), None)
        tag = tag if tag is not None else next(iter(tags), None)
        return even(unescape((tag.text or "")[:_LONG_TITLE])) if tag is not None else ""

    @cached_property
    def site_names(self) -> set[str]:
        """Keys of the names that the site gives itself."""
        return stated_names(self) | self.own_names | self.mastheads

    @cached_property
    def mastheads(self) -> frozenset[str]:
        """Keys of main headings that are no headline."""
        return mastheads(self)

    @cached_property
    def own_names(self) -> set[str]:
        """Keys of the names in the site's address, and those that the seed gives it."""
        return address_names(self)

    @cached_property
    def bold_lines(self) -> list[tuple[html.HtmlElement, str]]:
        """The lines that are bold, or marked as a title, with their words."""
        return bold_lines(self)


_ANY_DAY = (2099, 12, 31)  # the last that a news page can tell; at its midnight hours ago are of one day
_FEW_HEADINGS = 10  # among which the headline is
_LONG_TITLE = 1000  # characters of <title> that are read: each of its parts is looked for on the page
_NAME = 3  # words that a link to a section has at most
