"""The files that an article page refers to, as far as a seed wants them: what it offers, and what it is shown with."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from lxml import html

from crawler.discovery.address import absolute
from crawler.discovery.readers.html import content_type, parse
from crawler.discovery.subresources.css import css_addresses
from crawler.discovery.subresources.files import IMAGES, file_address
from crawler.discovery.subresources.originals import image_source, original
from crawler.model import Payload, Seed

MOST_FILES = 200  # of one page or sheet


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
    for element in tree.iter("a", "img", "link", "style", "iframe", "object", "embed"):
        url = None
        if element.tag == "link":
            if every and "stylesheet" in (element.get("rel") or "").lower().split():
                url = absolute(base, element.get("href") or "")
        elif element.tag == "style":
            yield from css_addresses(element.text or "", base) if every else ()
        elif element.tag == "img":
            shown = absolute(base, image_source(element)) if every else None
            url = original(shown) if shown else None
            url = url if url and urlsplit(url).path.lower().endswith(IMAGES) else None
        else:
            url = file_address(element, base)
        if url:
            yield url
