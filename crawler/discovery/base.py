"""What every kind of discovery takes and gives, and the rules that all of them share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from w3lib.url import safe_url_string

from crawler.addresses import joined, mask_url
from crawler.ids import canonical_url
from crawler.model import Entry, Link, Role

MAX_URL = 2_000  # characters; longer addresses are traps or mistakes


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of an entry that is to be asked for."""

    entry: Entry
    url: str
    page: int = 1  # counts from 1, whatever the site's own first number
    depth: int = 0  # of a sitemap inside an index
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Found:
    """What a page of a listing holds. `problems` are told in the run report and stop nothing."""

    links: tuple[Link, ...] = ()
    next: tuple[Listing, ...] = ()
    problems: tuple[str, ...] = ()


def absolute(base: str, href: str) -> str | None:
    """The absolute http(s) address of `href` on the page `base`, without user info and escaped as it goes over the
    wire, or None when it is none or too long."""
    try:
        url = joined(base, href).partition("#")[0]
        scheme = urlsplit(url).scheme
        url = safe_url_string(url) if scheme in ("http", "https") else ""
        canonical_url(url)  # raises on a host or port that cannot be, also when only escaping has made it so
    except ValueError:
        return None
    return url if 0 < len(url) <= MAX_URL else None


def with_parameter(url: str, name: str, value: str) -> str:
    """`url` with the query parameter `name` set to `value`."""
    parts = urlsplit(url)
    pairs = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k != name]
    return urlunsplit(parts._replace(query=urlencode([*pairs, (name, value)])))


def article_links(base: str, found: Iterable[tuple[str, str | None]], listing: Listing) -> tuple[Link, ...]:
    """Links to articles from (href, mark of the last change) pairs: absolute, matched, each once, in order."""
    pattern = re.compile(listing.entry.match) if listing.entry.match else None
    links: dict[str, Link] = {}
    for href, modified in found:
        url = absolute(base, href) if href.strip() else None  # an empty one would be the page itself
        if url is None or (pattern and not pattern.search(url)):
            continue
        key = mask_url(canonical_url(url))  # as the archive will write it
        links.setdefault(key, Link(url, Role.ARTICLE, key, listing.entry.language, modified))
    return tuple(links.values())


def overlong(found: Iterable[tuple[str, str | None]]) -> tuple[str, ...]:
    """A problem to tell when addresses are left for their length; none otherwise."""
    left = [href for href, _ in found if len(href) > MAX_URL]
    return (f"{len(left)} addresses over {MAX_URL} characters, not followed: {left[0][:100]!r} ...",) if left else ()


def next_page(listing: Listing) -> Listing | None:
    """The following page of a listing that counts them in a query parameter. Limits are the crawl's matter."""
    entry, page = listing.entry, listing.page + 1
    if entry.page is None:
        return None
    return Listing(
        entry, with_parameter(entry.url, entry.page, str(entry.first_page + page - 1)), page, 0, entry.headers
    )
