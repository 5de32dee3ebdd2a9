"""What data for machines, class names of content systems and the address say of whether a page is one item."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

from crawler.extraction.markup.dom import key
from crawler.extraction.page.frame import FRAME, in_frame
from crawler.extraction.page.page import Page
from crawler.extraction.page_type.cards import Cards
from crawler.extraction.structured.jsonld import ARTICLES, strings, types_of

# schema.org's names for pages that hold items, and Open Graph's for goods.
_LISTS = frozenset("CollectionPage ItemList OfferCatalog ProductCollection SearchResultsPage ProductGroup".split())
_GOODS = re.compile(r"^product")
# Its names for what a page is about where it is no text: who runs the site, what is offered, what is often asked.
_SUBJECTS = frozenset(
    "Organization Corporation LocalBusiness ProfessionalService Service Product SomeProducts Offer AggregateOffer"
    " Course SoftwareApplication Event FAQPage".split()
)
# How systems name the box of an item's text, and what lists are filtered, sorted and turned over by.
# The class of an item's text: "article-body", "post__content". To look for its second word, and then in front of that,
# takes a fifth of looking for the first.
_TEXT_OF = tuple("article entry post story news content field text blog".split())
_TEXT_PART, _FRONT = re.compile("body|content|text|detail"), 20  # characters in front of it that are looked at
_OF_TEXT = ("field--name-body", "wysiwyg", "richtext", "rich-text", "single-post", "post-single")
_PROSE = re.compile(r"\bprose\b")
_FILTER_CLASS = re.compile(r"filter|facet|sort(?:ing|by|-)|pagination|pager\b|load-?more|refine|results?-count|toolbar")
_LONGEST_CLASS = 300  # characters of an element's class that are read
# How systems name the part of an address above the items of one kind.
_LIST_PATH = re.compile(
    r"/(?:tags?|categor(?:y|ies)|topics?|authors?|archives?|search|page|collections?|shop|browse|cat|c|catalog|products"
    r"|sections?|market|list|subject|trending)(?:/|$)"
)
_PUBLISHED = ("datepublished", "article:published_time", "date", "dc.date", "pubdate")
_AUTHOR = ("author", "article:author", "parsely-author", "dc.creator")
_MOST_TIMES = 50  # <time> elements that are looked at
_SLUG_WORD = re.compile(r"[^\W\d_]+|\d+")
_SLUG = 5  # words in the last part of an address that are surely a headline's
_PARAMETER = re.compile(r"[=&]")
# "/2026/03/a-bridge", "/news/41877", "/t20260311_87.html"; but "/news/2026", "/2026/03/" is an archive.
_NUMBER = re.compile(r"/(?:19|20)\d\d/(?!(?:\d\d?/?)?$)|\d{4}[^/]*/?$")
_ARCHIVE = re.compile(r"/(?:19|20)\d\d(?:/\d\d?)?/?$")


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


def says_subject(page: Page) -> bool:
    """Whether data describe an organization, an offer or questions, and nothing that is written: systems that write
    such data call an article one."""
    kinds = {kind for item in page.jsonld for kind in types_of(item)}
    return not kinds.isdisjoint(_SUBJECTS) and kinds.isdisjoint(ARTICLES)


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


def tells_reading_time(page: Page) -> bool:
    """Whether the card for social networks tells who wrote the page or how long it takes to read."""
    return "twitter:label1" in page.meta


def has_text_class(classes: Counter[str]) -> bool:
    """Whether an element has the class of an item's text."""
    whole = "\n".join(classes)
    if any(map(whole.__contains__, _OF_TEXT)) or ("prose" in whole and _PROSE.search(whole)):
        return True
    parts = (whole[max(0, part.start() - _FRONT) : part.start()] for part in _TEXT_PART.finditer(whole))
    return any(front.rstrip("-_").endswith(_TEXT_OF) for front in parts)


def count_filters(classes: Counter[str]) -> int:
    """Elements with the class of what a list is filtered, sorted or turned over by."""
    return sum(count for name, count in classes.items() if _FILTER_CLASS.search(name))


def count_targets(page: Page) -> int:
    """Addresses that the links of a page outside its frame lead to."""
    tree = page.tree
    framed = tree.marked(number for tag in FRAME for number in tree.tagged(tag))
    links = (tree.get(number, "href") for number in tree.tagged("a") if not framed[number])
    return len({href.partition("#")[0].strip() for href in links})


def classes_of(page: Page) -> Counter[str]:
    """How often each class attribute stands on a page, in small letters: to search patterns in any case takes seven
    times as long."""
    found: Counter[str] = Counter()
    for names, count in Counter(page.tree.classes).items():
        if names:
            found[names[:_LONGEST_CLASS].lower()] += count
    return found


def is_list_by_path(url: str) -> bool:
    """Whether a part of an address says that items of one kind are below it."""
    return bool(_LIST_PATH.search(urlsplit(url).path.lower()))


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


def is_numbered(url: str) -> bool:
    """Whether an address has a year, or ends with a long number: those of items have, by which systems know them."""
    path = urlsplit(url).path
    return bool(_NUMBER.search(path)) and not _ARCHIVE.search(path)
