"""What every page object can say of a page: the fields that its platform shows in its own way.

Extraction takes the fields that a page object gives and finds the others by general rules. A page object sees one tree
and one address; it reads no clock, no network and no state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, ClassVar

from lxml import etree, html

from crawler.ids import canonical_url
from crawler.model import Image, Reason, Rejection, Seed, Selectors
from crawler.pages import answers
from crawler.pages.fields import Fields
from crawler.pages.scope import Scope


class PageObject:
    """The page object of platforms that nothing is known of. Subclasses state selectors, and override what these
    cannot say; `valid_until` (the capture's day) chooses among several versions of one platform."""

    platform: ClassVar[str] = "generic"
    valid_until: ClassVar[date | None] = None
    selectors: ClassVar[Selectors] = Selectors()
    pictures: ClassVar[str | None] = None  # the article's pictures that stand outside its text

    def __init__(self, seed: Seed | None = None) -> None:
        self.seed = seed
        self.chosen = _merged(self.selectors, seed.selectors if seed else Selectors())

    def document(self, url: str, language: str | None) -> str:
        """The source's own key of the document at `url`. Raises ValueError for what is no address."""
        del language
        return canonical_url(url)

    def owns(self, url: str) -> bool:
        """Whether what stands at `url` is the source's: the one answer for crawl, replay and ingest. True for all on
        its hosts where nothing tells that it is another's. Without a seed, True."""
        if self.scope is None:
            return True
        try:
            return self.scope.on_hosts(url) and self.scope.in_section(url)
        except ValueError:
            return False

    @cached_property
    def scope(self) -> Scope | None:
        """What of the web the seed declares to be its source's."""
        return Scope(self.seed) if self.seed else None

    def story(self, document: str) -> str | None:
        """The key that all language versions of an item share, or None where the site gives none."""
        del document
        return None

    def rejection(self, root: html.HtmlElement, url: str) -> Rejection | None:
        """Why the page is no article, where the platform tells so in its own way."""
        del root, url
        return None

    def fields(self, root: html.HtmlElement, url: str) -> Fields:
        """What the selectors of platform and seed find on a page."""
        chosen = self.chosen
        return Fields(
            title=self._text(root, chosen.title),
            published=self._date(root, chosen.published),
            modified=self._date(root, chosen.modified),
            category=self._text(root, chosen.category),
            summary=self._text(root, chosen.summary),
            body=tuple(select(root, chosen.body)) or None if chosen.body else None,
            authors=self._texts(root, chosen.authors),
            tags=self._texts(root, chosen.tags),
            images=tuple(_image(img) for img in select(root, self.pictures)) or None,
        )

    def read_json(self, answer: Any, url: str) -> Fields | Rejection | None:
        """The fields of an API's answer, where the platform has one or an entry of the seed names them."""
        entry = answers.entry_of(self.seed, url)
        return answers.read_fields(answer, entry) if entry else None

    def answer_language(self, answer: Any, url: str) -> str | None:
        """The site's code of the language that an API's answer names, or None."""
        entry = answers.entry_of(self.seed, url)
        stated = answers.language_of(answer, entry) if entry else None
        known = self.seed.languages if self.seed else {}
        return next(
            (code for code, tag in known.items() if stated and stated.lower() in (code.lower(), tag.lower())), None
        )

    def _text(self, root: html.HtmlElement, selector: str | None) -> str | None:
        texts = self._texts(root, selector)
        return texts[0] if texts else None

    def _texts(self, root: html.HtmlElement, selector: str | None) -> tuple[str, ...] | None:
        if not selector:
            return None
        texts = (element.get("content") or " ".join(element.itertext()) for element in select(root, selector))
        return tuple(" ".join(text.split()) for text in texts if text.strip()) or None

    def _date(self, root: html.HtmlElement, selector: str | None) -> str | None:
        for element in select(root, selector) if selector else ():
            value = element.get("datetime") or element.get("content") or " ".join(element.itertext())
            if value.strip():
                return " ".join(value.split())
        return None


@lru_cache(maxsize=256)
def _compiled(selector: str) -> etree.XPath:
    from lxml.cssselect import CSSSelector  # noqa: PLC0415 - 40 ms that most pages never need

    return CSSSelector(selector, translator="html")


def select(root: html.HtmlElement, selector: str | None) -> list[html.HtmlElement]:
    """The elements that a CSS selector finds, in document order, none inside another."""
    found = _compiled(selector)(root) if selector else []
    chosen: dict[html.HtmlElement, None] = {}
    for element in found:
        if not any(ancestor in chosen for ancestor in element.iterancestors()):
            chosen[element] = None
    return list(chosen)


def _image(img: html.HtmlElement) -> Image:
    figure = next((e for e in img.iterancestors() if e.tag == "figure"), None)
    caption = figure.find(".//figcaption") if figure is not None else None
    words = " ".join("".join(caption.itertext()).split()) if caption is not None else None
    return Image(img.get("data-src") or img.get("src") or "", words or None, img.get("alt"))


def _merged(platform: Selectors, seed: Selectors) -> Selectors:
    """The platform's selectors, field by field replaced by those that the seed states."""
    default = Selectors()
    stated = {
        name: getattr(seed, name) for name in Selectors.__slots__ if getattr(seed, name) != getattr(default, name)
    }
    if platform.drop and "drop" in stated:
        stated["drop"] = platform.drop + stated["drop"]
    return replace(platform, **stated)


def option(seed: Seed | None, name: str, default: str) -> str:
    """An option of the seed, or its default."""
    options: Mapping[str, str] = seed.options if seed else {}
    return options.get(name, default)


__all__ = ["Fields", "PageObject", "Reason", "Rejection", "option", "select"]
