"""The smaller fields: authors, tags, declared language, other language versions, canonical address."""

from __future__ import annotations

import re
from html import unescape
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml import html

from crawler.extraction.dates import find_dates
from crawler.extraction.jsonld import strings
from crawler.extraction.page import Page, in_frame
from crawler.extraction.tree import even, key, text_of
from crawler.ids import canonical_url
from crawler.model import Candidate

_BY = re.compile(r"^(?:by|от|автор\w*|muallif\w*|муаллиф\w*|von|par|por|di|autor\w*|author\w*)\s*:?\s+", re.IGNORECASE)
_SPLIT = re.compile(r"\s*(?:;|\||,(?!\s*(?:Jr|Sr|PhD|MD)\b)|\s(?:and|und|et|y|и|va|ва|және|жана)\s)\s*")
_AUTHOR_CLASS = re.compile(r"(?:^|[-_\s])(?:byline|authors?|autor(?:en)?|auteurs?|muallif)(?:$|[-_\s])", re.I)
_SIGN = re.compile(r"\s*\([^()]{1,12}\)$")  # "Anna Ivanova (aiv)": how editors sign
_JOINED = re.compile(r"^(\S+(?: \S+)+) (?:og|och|oraz|ve|en|ja|e) (\S+(?: \S+)+)$", re.MULTILINE)  # two full names
_WRITTEN = re.compile(
    r"(?:written by|verfasst von|geschrieben von|écrit par|escrito por|scritto da|geschreven door|skriven av|"
    r"skrevet a[fv]|napisane przez|yazan|автор|написано|muallif)\W*$",
    re.IGNORECASE,
)
_LISTED = frozenset("li nav aside footer ul".split())


def authors(page: Page) -> tuple[tuple[str, ...], list[Candidate]]:
    """Names as printed, each once, and what the places that were asked say: the page object, JSON-LD, meta tags, a
    marked byline, up to the first that names somebody else than the site; the site's own name where nobody is named."""
    if page.fields.authors:
        names = _names(list(page.fields.authors))
        return names, [_named("page-object", names, chosen=True)]
    found: list[tuple[str, tuple[str, ...]]] = []
    for source, place in (("jsonld", _jsonld_authors), ("meta", _meta_authors), ("byline", _marked_authors)):
        names = _names(place(page))
        if any(key(name) not in page.site_names for name in names):
            own = tuple(name for name in names if key(name) not in page.own_names)
            return own, [*(_named(*other) for other in found if other[1]), _named(source, own, chosen=True)]
        found.append((source, names))
    chosen = next((pair for pair in found if pair[1]), ("", ()))
    return chosen[1], [_named(*pair, chosen=pair is chosen) for pair in found if pair[1]]


def _named(source: str, names: tuple[str, ...], *, chosen: bool = False) -> Candidate:
    return Candidate("authors", "; ".join(names), "; ".join(names), source, chosen)


def _jsonld_authors(page: Page) -> list[str]:
    return strings(page.article.get("author")) if page.article else []


def _meta_authors(page: Page) -> list[str]:
    names = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "citation_author")
    return next((page.meta[name] for name in names if _names(page.meta.get(name, []))), []) or _card_authors(page)


def _card_authors(page: Page) -> list[str]:
    """Who wrote it by the labelled lines of a card for social networks, as WordPress's most common plug-in writes them:
    twitter:label1 "Written by", twitter:data1 the name."""
    for number in "12":
        if _WRITTEN.match(page.first_meta(f"twitter:label{number}") or ""):
            return page.meta.get(f"twitter:data{number}", [])[:1]
    return []


def _marked_authors(page: Page) -> list[str]:
    """The words of the first element marked as the author's that holds a name."""
    marked = islice(filter(_is_marked, page.sizes), 5)
    for element in [*marked, *_by_class(page)]:
        text = page.short_text(element, 120)
        parts = [part for part in _SPLIT.split(_BY.sub("", text)) if part]
        if len(parts) == 2 and "," in text and len(parts[0].split()) > 1 and len(parts[1].split()) == 1:
            parts = parts[:1]  # "Anna Ivanova, Tashkent"
        if _names(parts) and not find_dates(text, zone=page.zone, captured=page.captured):
            return parts
    return []


def _is_marked(element: html.HtmlElement) -> bool:
    by_data = element.get("rel") == "author" or element.get("itemprop") == "author"
    return by_data or "byline" in (element.get("class") or "")


def _by_class(page: Page) -> list[html.HtmlElement]:
    """The first short elements outside lists and frames whose class has the word "author", with a full name inside."""
    found = (
        e
        for e, size in page.sizes.items()
        if 5 <= size <= 120 and _AUTHOR_CLASS.search(e.get("class") or "") and not in_frame(e)
    )
    full = (
        e
        for e in found
        if len(_BY.sub("", text_of(e)).split()) > 1 and _LISTED.isdisjoint(a.tag for a in e.iterancestors())
    )
    return list(islice(full, 5))


def _names(texts: list[str]) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for text in texts:
        printed = "\n".join(_SPLIT.split(_BY.sub("", even(unescape(text)))))
        for part in _JOINED.sub(r"\1\n\2", printed).split("\n"):
            name = _SIGN.sub("", _BY.sub("", part)).strip(" ,")
            if _may_name(name):
                names.setdefault(key(name), name)
    return tuple(names.values())


def _may_name(name: str) -> bool:
    """False for addresses, numbers, domains, and what has more words than names have."""
    return (
        2 < len(name) <= 60
        and len(name.split()) <= 6
        and "@" not in name
        and not name.startswith("http")
        and not any(c.isdigit() for c in name)
    )


def tags(page: Page) -> tuple[str, ...]:
    """Keywords of the article, each once, in order."""
    if page.fields.tags:
        found = list(page.fields.tags)
    else:
        found = list(page.meta.get("article:tag", []))
        if not found and page.article:
            found = [t for text in strings(page.article.get("keywords")) for t in text.split(",")]
        if not found and (keywords := page.first_meta("news_keywords", "keywords")):
            found = keywords.split(",")
        if not found:  # rel="tag" (HTML Standard, 4.6.7.17): links to what the page is filed under
            found = [text_of(link) for link in page.related("tag") if "category" not in link.get("rel").lower().split()]
    return tuple({key(t): even(t).lstrip("#") for t in found if key(t)}.values())[:50]


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
