"""The files that an article page refers to, as far as a seed wants them: what it offers, and what it is shown with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qs, urlsplit

from lxml import html

from crawler.discovery.base import absolute
from crawler.discovery.css import css_addresses
from crawler.discovery.html import content_type, parse
from crawler.model import Payload, Seed

ATTACHMENTS = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".rtf", ".zip", ".csv")
_STYLE = re.compile(r"^(.*/files/)styles/[^/]+/public/(.+)$")
MOST_FILES = 200  # of one page or sheet
IMAGES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg")


def original(url: str) -> str:
    """The address behind a Next.js image resizer or a Drupal image style, or `url` itself."""
    parts = urlsplit(url)
    if match := _STYLE.match(parts.path):  # Drupal: /files/styles/NAME/public/PATH?itok=... is made from /files/PATH
        return parts._replace(path=match[1] + match[2], query="").geturl()
    if parts.path.endswith("/_next/image"):
        inner = parse_qs(parts.query).get("url", [""])[0]
        return absolute(url, inner) or url
    return url


def media_links(payload: Payload, seed: Seed) -> Iterator[str]:
    """Absolute addresses of the files of a page, each once: attachments (media = "attachments"), with "all" also its
    images and style sheets, at most `MOST_FILES`. Of a style sheet: the sheets, fonts and pictures that it names."""
    if seed.crawl.media == "none":
        return
    mime, every = payload.capture.mime, seed.crawl.media == "all"
    if mime in ("text/html", "application/xhtml+xml"):
        tree = parse(payload.body, payload.capture.url, content_type(payload))
        found = _of_page(tree, payload.capture.url, every=every) if tree is not None else iter(())
    elif mime == "text/css" and every:
        found = css_addresses(payload.body.decode("utf-8", "replace"), payload.capture.url)
    else:
        return
    yield from islice(dict.fromkeys(found), MOST_FILES)


def _of_page(tree: html.HtmlElement, base: str, *, every: bool) -> Iterator[str]:
    for element in tree.iter("a", "img", "link", "style"):
        if element.tag == "link":
            if every and "stylesheet" in (element.get("rel") or "").lower().split():
                url = absolute(base, element.get("href") or "")
                yield from [url] if url else []
        elif element.tag == "style":
            yield from css_addresses(element.text or "", base) if every else ()
        else:
            href = element.get("href") if element.tag == "a" else element.get("src") or element.get("data-src")
            url = absolute(base, href or "")
            url = original(url) if url else None
            path = urlsplit(url).path.lower() if url else ""
            if url and (path.endswith(ATTACHMENTS) or (every and path.endswith(IMAGES))):
                yield url
