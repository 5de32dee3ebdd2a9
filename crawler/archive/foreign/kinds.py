"""What a capture that another tool made is for: nobody has written it down, so that address and answer tell."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.addresses import checked
from crawler.archive.fields import media_type
from crawler.archive.http import parse_head, split_answer
from crawler.model import Role, Seed

_PAGES = ("text/html", "application/xhtml+xml")


def belongs(url: str, seed: Seed) -> bool:
    """True when `url` is on a host of the source, or below one."""
    addresses = [seed.homepage, *(entry.url for entry in seed.entries), *(f"//{host}" for host in seed.crawl.hosts)]
    hosts = {(urlsplit(address).hostname or "").removeprefix("www.") for address in addresses} - {""}
    try:
        host = (urlsplit(checked(url)).hostname or "").rstrip(".")
    except ValueError:
        return False
    return any(host == own or host.endswith(f".{own}") for own in hosts)


def role_for(block: bytes, url: str, seed: Seed) -> Role:
    """What a capture is most likely for: extraction then decides whether a page is an article."""
    parts = urlsplit(url)
    if parts.path == "/robots.txt":
        return Role.ROBOTS
    if url in {entry.url for entry in seed.entries} or parts.path in ("", "/"):
        return Role.LISTING
    mime = media_type(parse_head(split_answer(block)[0])) or "text/html"
    patterns = [entry.match for entry in seed.entries if entry.match]
    if patterns and any(re.search(pattern, url) for pattern in patterns):
        return Role.ARTICLE
    if mime in _PAGES:
        return Role.LISTING if patterns else Role.ARTICLE
    return Role.LISTING if mime.endswith(("json", "xml")) else Role.MEDIA


def language_of(url: str, seed: Seed) -> str | None:
    """The site's code of a language where the path of `url` names one, as those of most multilingual sites do."""
    segments = urlsplit(url).path.strip("/").split("/")
    return next((segment for segment in segments[:2] if segment in seed.languages), None)
