"""The smaller fields: category, authors, tags, declared language, other language versions, canonical address."""

from __future__ import annotations

import re
from html import unescape
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml import html

from crawler.extraction.dates import find_dates
from crawler.extraction.jsonld import strings, types_of
from crawler.extraction.page import Page, in_frame
from crawler.extraction.tree import even, key, text_of
from crawler.ids import canonical_url

_BY = re.compile(r"^(?:by|от|автор\w*|muallif\w*|муаллиф\w*|von|par|por|di|autor\w*|author\w*)\s*:?\s+", re.IGNORECASE)
_SPLIT = re.compile(r"\s*(?:;|\||,(?!\s*(?:Jr|Sr|PhD|MD)\b)|\s(?:and|und|et|y|и|va|ва|және|жана)\s)\s*")
_AUTHOR_CLASS = re.compile(r"(?:^|[-_\s])(?:byline|authors?|autor(?:en)?|auteurs?|muallif)(?:$|[-_\s])", re.I)
_SIGN = re.compile(r"\s*\([^()]{1,12}\)$")  # "Anna Ivanova (aiv)": how editors sign
_JOINED = re.compile(r"^(\S+(?: \S+)+) (?:og|och|oraz|ve|en|ja|e) (\S+(?: \S+)+)$", re.MULTILINE)  # two full names
_CATEGORY_CLASS = re.compile(r"(?:^|[-_\s])(?:categor(?:y|ies)|rubri[ck]a?|section-name|kategoriya)(?:$|[-_\s])", re.I)
_LISTED = frozenset("li nav aside footer ul".split())
_NAME = 3  # words that the name of a section has at most
_DATE_CATEGORY = re.compile(r"\s*[/|•·]\s*")


def category(page: Page, headline: html.HtmlElement | None) -> str | None:
    """The section that the page files its article under: data for machines, the last crumb before the article, or the
    words beside the date ("12.03.2026 / News")."""
    if page.fields.category:
        return even(page.fields.category)
    section = page.first_meta("article:section", "og:article:section", "section")
    if not section and page.article:
        section = next(iter(strings(page.article.get("articleSection"))), None)
    return even(section) or _crumb(page) or _beside_date(page, headline) or _marked(page, headline)


def _crumb(page: Page) -> str | None:
    for item in page.jsonld:
        if "BreadcrumbList" in types_of(item) and isinstance(item.get("itemListElement"), list):
            names = [
                next(iter(strings(e.get("name") or e.get("item"))), "")
                for e in item["itemListElement"]
                if isinstance(e, dict)
            ]
            if chosen := _last_section([even(name) for name in names], page):
                return chosen
    for element in page.root.iter("nav", "ol", "ul", "div"):
        label = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('aria-label') or ''}".lower()
        if "breadcrumb" in label or "crumbs" in label:
            parts = [text_of(e) for e in element.iter("a", "span", "li") if not len(e) or e.tag == "a"]
            if chosen := _last_section([p for p in parts if len(key(p)) > 1], page):
                return chosen
    return None


def _last_section(names: list[str], page: Page) -> str | None:
    """The last crumb that is neither the home page nor the article."""
    titles = {key(t) for t in [page.doc_title, *page.meta.get("og:title", []), *(text for _, text in page.headings)]}
    names = [n for n in names if n and len(n) <= 60 and key(n) not in titles]
    return names[-1] if len(names) > 1 else None


def _beside_date(page: Page, headline: html.HtmlElement | None) -> str | None:
    scope = headline.getparent() if headline is not None else None
    for _ in range(2):
        if scope is None or scope.tag in ("body", "html"):
            return None
        for element in scope.iter("p", "div", "span", "h3", "h4", "h5", "small", "i", "em"):
            text = page.short_text(element, 100) if len(element) <= 6 else ""
            if 8 < len(text) <= 100 and any(c.isdigit() for c in text):
                parts = [part for part in _DATE_CATEGORY.split(text) if part]
                dated = [bool(find_dates(part, zone=page.zone, captured=page.captured)) for part in parts]
                words = [p for p, d in zip(parts, dated, strict=True) if not d and not any(c.isdigit() for c in p)]
                if any(dated) and len(words) == 1 and len(words[0]) <= 40:
                    return words[0]
        scope = scope.getparent()
    return None


def _marked(page: Page, headline: html.HtmlElement | None) -> str | None:
    """A short label near the headline whose class names it a category, or the one other cell of the date's row. Where
    several such rows stand, they are a list of other items, with a short headline beside each date."""
    scope = headline.getparent() if headline is not None else None
    for _ in range(3):
        if scope is None or scope.tag in ("body", "html"):
            return None
        rows: list[str] = []
        for element in list(scope.iter("a", "span", "div", "p", "dd"))[:200]:
            text = page.short_text(element, 120)
            if not text or not _LISTED.isdisjoint(e.tag for e in element.iterancestors()):
                continue
            if _is_name(text) and _CATEGORY_CLASS.search(element.get("class") or ""):
                return text
            if _shares_row_with_date(element, page):
                rows.append(text)
        if rows:
            is_only = len(rows) == 1 and _is_name(rows[0]) and len(rows[0].split()) <= _NAME
            return rows[0] if is_only else None
        scope = scope.getparent()
    return None


def _is_name(text: str) -> bool:
    return 2 < len(text) <= 40 and not any(c.isdigit() or c in ":.!?" for c in text)


def _shares_row_with_date(element: html.HtmlElement, page: Page) -> bool:
    """True when an element's only sibling is a date and nothing else."""
    parent = element.getparent()
    if parent is None or len(parent) != 2 or len(text_of(parent)) > 100:
        return False
    other = text_of(parent[1] if parent[0] is element else parent[0])
    found = find_dates(other, zone=page.zone, captured=page.captured)
    return len(found) == 1 and len(other) <= len(found[0].raw) + 2


def authors(page: Page) -> tuple[str, ...]:
    """Names as printed, each once: the page object's, JSON-LD's, meta tags', or a marked byline, the first of these
    that names somebody else than the site; the site's own name where nobody else is named."""
    if page.fields.authors:
        return _names(list(page.fields.authors))
    found = []
    for source in (_jsonld_authors, _meta_authors, _marked_authors):
        names = _names(source(page))
        found.append(names)
        if any(key(name) not in page.site_names for name in names):
            return tuple(name for name in names if key(name) not in page.own_names)
    return next((names for names in found if names), ())


def _jsonld_authors(page: Page) -> list[str]:
    return strings(page.article.get("author")) if page.article else []


def _meta_authors(page: Page) -> list[str]:
    names = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "citation_author")
    return next((page.meta[name] for name in names if _names(page.meta.get(name, []))), [])


def _marked_authors(page: Page) -> list[str]:
    """The words of the first element marked as the author's that holds a name."""
    marked = page.root.xpath("//*[@rel='author' or @itemprop='author' or contains(@class,'byline')]")[:5]
    for element in [*marked, *_by_class(page)]:
        text = page.short_text(element, 120)
        parts = [part for part in _SPLIT.split(_BY.sub("", text)) if part]
        if len(parts) == 2 and "," in text and len(parts[0].split()) > 1 and len(parts[1].split()) == 1:
            parts = parts[:1]  # "Anna Ivanova, Tashkent"
        if _names(parts) and not find_dates(text, zone=page.zone, captured=page.captured):
            return parts
    return []


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
    return tuple({key(t): even(t).lstrip("#") for t in found if key(t)}.values())[:50]


def declared_language(page: Page) -> str | None:
    """The BCP 47 tag that the request or the page claims."""
    stated = page.language or page.root.get("lang") or page.root.get("{http://www.w3.org/XML/1998/namespace}lang")
    stated = stated or page.first_meta("og:locale", "content-language", "dc.language")
    return stated.replace("_", "-").strip()[:35] or None if stated else None


def alternates(page: Page) -> tuple[tuple[str, str], ...]:
    """(language, address) of the other versions that hreflang links name (RFC 8288, `alternate`)."""
    found: dict[str, str] = {}
    for link in page.root.iter("link"):
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
    link = next((e for e in page.root.iter("link") if "canonical" in (e.get("rel") or "").lower().split()), None)
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
