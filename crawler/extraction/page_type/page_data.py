"""What data for machines, class names of content systems and the address say of whether a page is one item."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.extraction.markup.dom import key
from crawler.extraction.page.frame import in_frame
from crawler.extraction.page.page import Page
from crawler.extraction.page_type.cards import Cards
from crawler.extraction.structured.jsonld import ARTICLES, strings, types_of

# schema.org's names for pages that hold items, and Open Graph's for goods.
_LISTS = frozenset("CollectionPage ItemList OfferCatalog ProductCollection SearchResultsPage ProductGroup".split())
_GOODS = re.compile(r"^product")
# How WordPress, Joomla, Drupal and Shopify name the body of a page that shows one item.
_ITEM_CLASSES = frozenset(
    "single single-post view-article node-type-article node-type-news node-type-page page-node-type-article "
    "page-node-type-news page-node-type-page template-article page-node template-page".split()
)
_LONGEST_CLASSES = 2000  # characters of class names that are read
_PUBLISHED = ("datepublished", "article:published_time", "date", "dc.date", "pubdate")
_AUTHOR = ("author", "article:author", "parsely-author", "dc.creator")
_MOST_TIMES = 50  # <time> elements that are looked at
_SLUG_WORD = re.compile(r"[^\W\d_]+|\d+")
_SLUG = 5  # words in the last part of an address that are surely a headline's
_PARAMETER = re.compile(r"[=&]")


def says_list(page: Page) -> bool:
    """Whether data call the page a collection, or its subject goods for sale."""
    kinds = {kind for item in page.jsonld for kind in types_of(item)}
    kinds |= {str(kind).strip("/").rpartition("/")[2] for e in page.marked if (kind := e.get("itemtype"))}
    about = page.first_meta("og:type")
    return not kinds.isdisjoint(_LISTS) or bool(about and _GOODS.match(about))


def says_article(page: Page, title: str | None) -> bool:
    """Whether data describe an article whose headline the page has."""
    names = {name for name in (key(title or ""), key(page.doc_title)) if name}
    for item in page.jsonld:
        if types_of(item) & ARTICLES:
            stated = [words for text in strings(item.get("headline") or item.get("name")) if (words := key(text))]
            if not stated or any(words in name or name in words for words in stated for name in names):
                return True
    return False


def has_article_card(page: Page) -> bool:
    """Whether the card for social networks is one of an article (Open Graph). Some systems set it on all pages."""
    return "article:published_time" in page.meta or page.first_meta("og:type") == "article"


def is_signed(page: Page) -> bool:
    """Whether data or marks name an author."""
    if page.first_meta(*_AUTHOR):
        return True
    return bool(page.article and page.article.get("author")) or bool(page.related("author"))


def is_timed(page: Page, cards: Cards) -> bool:
    """Whether data or a mark outside all cards tell a time of publication."""
    if any(name in page.meta for name in _PUBLISHED) or any(item.get("datePublished") for item in page.jsonld):
        return True
    times = page.tree.tagged("time")[:_MOST_TIMES]
    return any(not cards.holds(time) and not in_frame(page.tree.elements[time]) for time in times)


def is_item_by_class(page: Page) -> bool:
    """Whether a content system's class names on <html> or <body> are those of a page of one item."""
    named = ((e.get("class") or "")[:_LONGEST_CLASSES] for e in (page.root, *page.tagged("body")[:1]))
    return any(word.lower() in _ITEM_CLASSES for classes in named for word in classes.split())


def is_front(url: str) -> bool:
    """Whether an address is that of a site itself; a number or a path in its query may name an item of it."""
    parts = urlsplit(url)
    asked = any(value.strip("/").isdigit() or "/" in value for value in _PARAMETER.split(parts.query))
    return parts.path in ("", "/") and not asked


def slug_words(url: str) -> float:
    """How much the last part of an address looks like that of an item, 0 to 1: words of a headline, or a number."""
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    words = _SLUG_WORD.findall(last.rpartition(".")[0] if "." in last else last)
    return 1.0 if any(word.isdigit() for word in words) else min(1.0, len(words) / _SLUG)
