"""What a capture that another tool made is for: nobody has written it down, so that address and answer tell."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.address_patterns import is_match
from crawler.model import Role, Seed

_USUAL = re.compile(r"https?://[\w.:-]+(|/[^?#]*)(?![^?#])")
_PAGES = ("text/html", "application/xhtml+xml")


def role_for(mime: str | None, url: str, method: str, seed: Seed) -> Role:
    """What a capture is most likely for: extraction then decides whether a page is an article. What was posted or only
    asked for its head is no page."""
    if method != "GET":
        return Role.PROBE
    path = _path(url)
    if path == "/robots.txt":
        return Role.ROBOTS
    if path in ("", "/") or any(url == entry.url for entry in seed.entries):
        return Role.LISTING
    mime = mime or "text/html"
    patterns = [entry.match for entry in seed.entries if entry.match]
    if patterns and any(is_match(pattern, url) for pattern in patterns):
        return Role.ARTICLE
    if mime in _PAGES:
        return Role.LISTING if patterns else Role.ARTICLE
    return Role.LISTING if mime.endswith(("json", "xml")) else Role.MEDIA


def _path(url: str) -> str:
    """The path of `url`. Raises ValueError where it has a form that no address can have."""
    if (found := _USUAL.match(url)) and url.isascii() and url.isprintable():
        return found[1]
    return urlsplit(url).path


def language_of(url: str, seed: Seed) -> str | None:
    """The site's code of a language where the path of `url` names one, as those of most multilingual sites do."""
    segments = _path(url).strip("/").split("/")
    return next((segment for segment in segments[:2] if segment in seed.languages), None)
