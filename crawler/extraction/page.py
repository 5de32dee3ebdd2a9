"""Everything that is read off a page once and asked for many times: meta tags, JSON-LD, headline, payload text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from lxml import html

from crawler.discovery.payloads import pushed_text
from crawler.extraction.jsonld import article_of, read_jsonld
from crawler.extraction.tree import even, key, text_of
from crawler.model import Seed
from crawler.pages import Fields


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

    @cached_property
    def zone(self) -> ZoneInfo | None:
        return ZoneInfo(self.seed.timezone) if self.seed else None

    @cached_property
    def meta(self) -> dict[str, list[str]]:
        """Contents of meta tags by name, property or itemprop, in lower case."""
        found: dict[str, list[str]] = {}
        for tag in self.root.iter("meta"):
            content = even(tag.get("content"))
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                name = (tag.get(attribute) or "").strip().lower()
                if name and content:
                    found.setdefault(name, []).append(content)
        return found

    def first_meta(self, *names: str) -> str | None:
        return next((self.meta[name][0] for name in names if name in self.meta), None)

    @cached_property
    def jsonld(self) -> list[dict[str, Any]]:
        return read_jsonld(self.root)

    @cached_property
    def article(self) -> dict[str, Any] | None:
        """The JSON-LD object of the article."""
        return article_of(self.jsonld)

    @cached_property
    def payload(self) -> str:
        """The joined script payload of a Next.js page."""
        return pushed_text(self.root)

    @cached_property
    def base(self) -> str:
        tag = self.root.find(".//base[@href]")
        return urljoin(self.url, tag.get("href")) if tag is not None else self.url

    @cached_property
    def headings(self) -> list[tuple[html.HtmlElement, str]]:
        """The headings of the highest level that stands outside header, nav and footer, with their texts; those inside
        last. Many portals have no h1, or one that is the logo."""
        framed: list[tuple[html.HtmlElement, str]] = []
        for tag in ("h1", "h2", "h3", "h4"):
            found = [(h, text) for h in self.root.iter(tag) if (text := text_of(h))]
            inside = [pair for pair in found if in_frame(pair[0]) and not self.names_page(pair[1])]
            framed += inside
            if len(found) > len(inside):
                return sorted(found, key=lambda pair: in_frame(pair[0])) + [
                    pair for pair in framed if pair not in found
                ]
        return framed

    def names_page(self, heading: str) -> bool:
        """Whether <title> or og:title begins with a heading: then it is the headline, though it stands in a frame."""
        words = key(heading)
        titles = [key(t) for t in (self.doc_title, *self.meta.get("og:title", []))]
        return len(words) >= 12 and words not in self.site_names and any(t.startswith(words) for t in titles)

    @cached_property
    def doc_title(self) -> str:
        tag = self.root.find(".//head/title")
        tag = tag if tag is not None else self.root.find(".//title")
        return even(tag.text) if tag is not None else ""

    @cached_property
    def site_names(self) -> set[str]:
        """Keys of the names that the site gives itself."""
        names = [*self.meta.get("og:site_name", []), *self.meta.get("application-name", [])]
        if self.seed:
            names += self.seed.title.values()
        host = (urlsplit(self.url).hostname or "").removeprefix("www.")
        return {key(name) for name in [*names, host, host.split(".")[0]] if name}

    def headline_element(self, title: str) -> html.HtmlElement | None:
        """The element that shows the headline: the smallest heading whose words are the title's, or contain them."""
        wanted = key(title)
        if not wanted:
            return None
        same, holds = None, None
        for element in self.root.iter("h1", "h2", "h3", "h4"):
            words = key(text_of(element))
            if words == wanted and same is None:
                same = element
            elif wanted in words and len(words) < 2 * len(wanted) + 20 and holds is None:
                holds = element
        return same if same is not None else holds


FRAME = frozenset("header nav footer aside".split())


def in_frame(element: html.HtmlElement) -> bool:
    """True inside the page's own header, navigation, footer or an aside; the header of an <article> is not meant."""
    for ancestor in element.iterancestors():
        if ancestor.tag in ("article", "main"):
            return False
        if ancestor.tag in FRAME:
            return True
    return False
