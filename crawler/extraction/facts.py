"""The smaller fields: declared language, other language versions, canonical address."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from crawler.extraction.page import Page
from crawler.ids import canonical_url


def declared_language(page: Page) -> str | None:
    """The BCP 47 tag that the request or the page claims."""
    stated = page.language or page.root.get("lang") or page.root.get("{http://www.w3.org/XML/1998/namespace}lang")
    stated = stated or page.first_meta("og:locale", "content-language", "dc.language")
    return stated.replace("_", "-").strip()[:35] or None if stated else None


def alternates(page: Page) -> tuple[tuple[str, str], ...]:
    """(language, address) of the other versions that hreflang links name (RFC 8288, `alternate`)."""
    found: dict[str, str] = {}
    for link in page.tagged("link"):
        language, href = (link.get("hreflang") or "").strip(), link.get("href")
        if language and language != "x-default" and href and "alternate" in (link.get("rel") or "").lower():
            url = urljoin(page.base, href)
            if urlsplit(url).scheme in ("http", "https"):
                found.setdefault(language, url)
    return tuple(found.items())


def story(alternates: tuple[tuple[str, str], ...], own: str, language: str) -> str | None:
    """The key that all versions share when hreflang links name them, or None.

    By the convention each version lists all of them and itself; the first address of the set is then the same on each.
    A page that is not in its own list, or stands there under another language than its text's, proves the list wrong.
    """
    urls = {}
    for tag, url in alternates:
        try:
            urls[canonical_url(url)] = tag
        except ValueError:
            return None
    claimed = urls.get(own)
    if len(urls) < 2 or claimed is None or claimed.partition("-")[0].lower() != language.partition("-")[0]:
        return None
    return min(urls)


def canonical(page: Page) -> str:
    """The address that the page calls its own, when it is on the same host and no mere front page; else the address it
    was taken from."""
    own = canonical_url(page.url)
    link = next((e for e in page.tagged("link") if "canonical" in (e.get("rel") or "").lower().split()), None)
    stated = (link.get("href") if link is not None else None) or page.first_meta("og:url")
    if not stated:
        return own
    try:
        url = canonical_url(urljoin(page.base, stated.strip()))
    except ValueError:
        return own
    same_host = (urlsplit(url).hostname or "").removeprefix("www.") == (urlsplit(own).hostname or "").removeprefix(
        "www."
    )
    is_front = urlsplit(url).path in ("", "/") and not urlsplit(url).query and urlsplit(own).path not in ("", "/")
    return url if same_host and not is_front else own
