"""gov.uz, the portal of the Uzbek authorities: article pages, and the API's answers with the same items."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from lxml import html

from crawler.model import Image, Reason, Rejection, Selectors
from crawler.pages.base import Fields, PageObject, option, select

_VIEW = re.compile(r"/(?P<lang>[a-z]{2})/(?:(?P<code>[a-z0-9-]{2,60})/)?news/view/(?P<id>\d+)")
_PAGE = re.compile(r"/[a-z]{2}/(?P<code>[a-z0-9-]{2,60})(?:/|$)")  # "news" where no authority is named
_DATE_LINE = re.compile(r"^(\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?)\s*/\s*+(.+)$")  # "2026-03-12 10:00:00 / Новости"
_ZOOMABLE = "div.data-zoomable"


class GovUz(PageObject):
    """The layout seen from 2025 on."""

    platform = "govuz"
    selectors = Selectors(body=f"{_ZOOMABLE} > div[class*='body']")

    def document(self, url: str, language: str | None) -> str:
        if match := _VIEW.search(url):
            return f"{match['id']}/{match['lang']}"
        item = parse_qs(urlsplit(url).query).get("id", [""])[0]
        return f"{item}/{language}" if item.isdigit() and language else super().document(url, language)

    def owns(self, url: str) -> bool:
        """As the base class; on the portal, only what names the authority, or none: news without an authority are the
        portal's own."""
        if not super().owns(url):
            return False
        parts = urlsplit(url)
        page = _PAGE.match(parts.path)
        if page is None or urlsplit(self._api).netloc == parts.netloc.lower():
            return True
        return page["code"] == option(self.seed, "authority", page["code"])

    @property
    def _api(self) -> str:
        return option(self.seed, "api", "https://api-portal.gov.uz").rstrip("/").lower()

    def story(self, document: str) -> str | None:
        item, _, language = document.partition("/")
        return item if item.isdigit() and language else None

    def rejection(self, root: html.HtmlElement, url: str) -> Rejection | None:
        """A version that does not exist answers 200 with the authority's own name: no date line, no body."""
        if self._line(root) is None and not select(root, self.chosen.body):
            return Rejection(Reason.NO_VERSION, "no date line and no body: the portal's page for what it does not have")
        return None

    def fields(self, root: html.HtmlElement, url: str) -> Fields:
        own = super().fields(root, url)
        published, category = self._line(root) or (None, None)
        title = root.find('.//meta[@property="og:title"]')
        return Fields(
            title=own.title or (title.get("content") if title is not None else None),
            published=own.published or published,
            category=own.category or category,
            body=own.body,
            images=tuple(Image(i.get("src") or "", None, i.get("alt")) for i in select(root, f"{_ZOOMABLE} img")),
        )

    def _line(self, root: html.HtmlElement) -> tuple[str, str] | None:
        for heading in root.iter("h1", "h2", "h3", "h4", "h5"):
            match = _DATE_LINE.match(" ".join("".join(heading.itertext()).split()))
            if match:
                return match[1], match[2]
        return None

    def read_json(self, answer: Any, url: str) -> Fields | Rejection | None:
        item = answer.get("data") if isinstance(answer, dict) else None
        if not isinstance(item, dict) or not item.get("title"):
            return Rejection(Reason.NO_VERSION, "the API has no item of this number in this language")
        body = html.fragment_fromstring(str(item.get("body") or ""), create_parent="div")
        images = (item.get(name) for name in ("anons_image", "body_image"))
        return Fields(
            title=str(item["title"]),
            published=str(item["date"]) if item.get("date") else None,
            modified=str(item["updated_date"]) if item.get("updated_date") else None,
            category=item.get("category_title") or None,
            body=(body,),
            images=tuple(Image(image) for image in images if isinstance(image, str) and image),
        )
