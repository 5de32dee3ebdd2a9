"""The smaller fields: declared language, other language versions, canonical address."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from crawler.addresses import checked
from crawler.discovery.address import absolute
from crawler.extraction.language.bcp47 import may_be
from crawler.extraction.page.page import Page
from crawler.ids import canonical_url

_MOST_MARKS = 1000
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")


def declared_language(page: Page) -> str | None:
    """The BCP 47 tag that the request or the page claims."""
    stated = page.language or page.root.get("lang") or page.root.get("{http://www.w3.org/XML/1998/namespace}lang")
    stated = stated or page.first_meta("og:locale", "content-language", "dc.language")
    return stated.replace("_", "-").strip()[:35] or None if stated else None


def passage_languages(page: Page) -> dict[str, str]:
    """BCP 47 tags of the paragraphs whose element, or one around it, states a language (HTML Standard, 3.2.6.2)."""
    places = {e for e in page.stating("lang")[: _MOST_MARKS + 1] if e is not page.root}
    found: dict[str, str] = {}
    for block in page.blocks if places else ():
        holder = next((e for e in (block.element, *block.element.iterancestors()) if e in places), None)
        stated = holder.get("lang") if holder is not None else None
        if stated and _TAG.fullmatch(stated):
            found.setdefault(block.text, stated)
    return found


def alternates(page: Page) -> tuple[tuple[str, str], ...]:
    """(language, address) of the other versions that hreflang links name (RFC 8288, `alternate`)."""
    found: dict[str, str] = {}
    for link in page.tagged("link"):
        language, href = (link.get("hreflang") or "").strip(), link.get("href")
        is_version = language and language != "x-default" and "alternate" in (link.get("rel") or "").lower()
        if is_version and (url := absolute(page.base, href or "")) and href:
            found.setdefault(language, url)
    return tuple(found.items())


def story(alternates: tuple[tuple[str, str], ...], own: str, language: str) -> str | None:
    """The key that all versions share when hreflang links name them, or None.

    By the convention each version lists all of them and itself; the first address of the set is then the same on each.
    A page that is not in its own list, or stands there under another language or script than its text's, proves the
    list wrong, and so does one that names front pages: it is the same on every page. Other sites are passed over.
    """
    urls = {}
    for tag, url in alternates:
        try:
            address = canonical_url(url)
        except ValueError:
            return None
        if _is_front(address) and not _is_front(own):
            return None
        if _site(address) == _site(own):
            urls[address] = tag
    claimed = urls.get(own)
    if len(urls) < 2 or claimed is None or not may_be(claimed, language):
        return None
    return min(urls)


_FORMS = frozenset("www m amp mobile mob wap touch print".split())  # names of a site's forms, in front of its host
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z]{2,4})?", re.IGNORECASE)
_CODE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?", re.IGNORECASE)
_BETWEEN = re.compile(r"[/?&=]")
_NOTHING = frozenset("undefined null none nan 404".split())  # what a script writes that knows no address
# What an address has behind that of its article: forms and parts of it. Behind that of a section stand its articles.
_PART = re.compile(r"(?:amp|print|printable|mobile|m|index\.\w+|full|embed|page/\d+|comments?)?", re.IGNORECASE)


def _host(url: str) -> str:
    """The host without the name of a form of the site: m.min.example is min.example."""
    host = urlsplit(url).netloc
    first, _, rest = host.partition(".")
    return rest if first in _FORMS and "." in rest else host


def _site(url: str) -> str:
    """The end of the host that language versions share: ru.min.example and www.min.example are min.example."""
    host = urlsplit(url).hostname or ""
    return host if host.replace(".", "").isdigit() else ".".join(host.split(".")[-2:])


def _is_front(url: str) -> bool:
    """Whether an address is that of a site, or of a language of it."""
    parts = urlsplit(url)
    return not parts.query and all(_LANGUAGE.fullmatch(part) for part in parts.path.split("/") if part)


def canonical(page: Page) -> str:
    """The address that the page calls its own, when it is on the same host and can be an article's; else the address it
    was taken from. Front pages, the sections that an article stands in, and what scripts write for no address are not
    believed: a site that names them does so on every page."""
    own = canonical_url(page.url)
    link = next((e for e in page.tagged("link") if "canonical" in (e.get("rel") or "").lower().split()), None)
    stated = (link.get("href") if link is not None else None) or page.first_meta("og:url")
    if not stated:
        return own
    try:
        url = canonical_url(urljoin(page.base, checked(stated.strip())))
    except ValueError:
        return own
    if _host(url) != _host(own) or (_is_front(url) and not _is_front(own)) or _is_section(url, own):
        return own
    if _is_translation(url, own):
        return own
    return url if urlsplit(url).path.rpartition("/")[2].lower() not in _NOTHING else own


def _is_translation(url: str, own: str) -> bool:
    """Whether two addresses differ in nothing but a language's code, in the path or the query: a template names one
    version on the pages of all, though each is a document of its own."""
    parts, others = (_BETWEEN.split(address.partition("://")[2]) for address in (url, own))
    differing = [pair for pair in zip(parts, others, strict=False) if pair[0] != pair[1]]
    return len(parts) == len(others) and len(differing) == 1 and all(map(_CODE.fullmatch, differing[0]))


def _is_section(url: str, own: str) -> bool:
    """Whether the path of `own` goes on behind that of `url` with more than a form or part of the same article."""
    section, path = urlsplit(url).path.rstrip("/") + "/", urlsplit(own).path
    rest = path.removeprefix(section).strip("/") if path.startswith(section) else ""
    return not urlsplit(url).query and _PART.fullmatch(rest) is None
