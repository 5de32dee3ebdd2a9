"""The files that an article page refers to, as far as a seed wants them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from crawler.discovery.base import absolute
from crawler.discovery.html import parse
from crawler.model import Payload, Seed

ATTACHMENTS = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".rtf", ".zip", ".csv")
_STYLE = re.compile(r"^(.*/files/)styles/[^/]+/public/(.+)$")
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
    """Absolute addresses of attachments (media = "attachments") and images too ("all"), each once, in page order."""
    if seed.crawl.media == "none" or payload.capture.mime not in ("text/html", "application/xhtml+xml"):
        return
    tree = parse(payload.body, payload.capture.url)
    if tree is None:
        return
    seen: set[str] = set()
    for element in tree.iter("a", "img"):
        href = element.get("href") if element.tag == "a" else element.get("src") or element.get("data-src")
        url = absolute(payload.capture.url, href or "")
        url = original(url) if url else None
        if url is None or url in seen:
            continue
        path = urlsplit(url).path.lower()
        if path.endswith(ATTACHMENTS) or (seed.crawl.media == "all" and path.endswith(IMAGES)):
            seen.add(url)
            yield url
