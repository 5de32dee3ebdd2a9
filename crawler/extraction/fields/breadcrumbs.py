"""The section that the crumbs of a page name: in data, in what is marked as crumbs, or in a row of links from the front
page down to the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice, pairwise

from lxml import html

from crawler.extraction.markup.dom import even, key, opening_of, text_of
from crawler.extraction.page.page import Page
from crawler.extraction.structured.jsonld import strings, types_of
from crawler.extraction.words.vocabulary import vocabulary

_THIS_PAGE = vocabulary("this_page")
_HOLDERS = ("nav", "ol", "ul", "div", "p", "span", "td")
_NAME = 60  # characters of a crumb
_ROW = 300  # characters of a row of crumbs
_LINKS = (2, 8)  # of them
_TITLE = 12  # letters of a crumb that is the beginning of the title
_LEVELS = 4  # elements around a link to the front page that may be the row
_HOMES = 12  # such links that are looked at
_MARKED = 24  # elements marked as crumbs that are looked at: a hostile page has them one in the other
_FRONT = re.compile(r"/?(?:[a-z]{2}(?:[-_][a-z]{2,4})?/?)?(?:(?:index|default|home)(?:\.\w{3,5})?/?)?", re.IGNORECASE)
_ODD = re.compile(r"[;\t\r\n]|^\s*[a-z]{1,9}:(?!//[^/])", re.IGNORECASE)  # what only a parser of addresses understands
# What points from one crumb to the next; a bar or a dot stands between the items of menus too.
_POINTERS = re.compile(r"[>»›→＞/\\]|::|➤|▸|❯|&gt;")


def crumb_section(page: Page, title: str) -> str | None:
    """The last crumb that is neither the home page nor the article."""
    for names in _rows(page, title):
        if chosen := _last_section([even(name) for name in names], page, title):
            return chosen
    return None


def _rows(page: Page, title: str) -> Iterator[list[str]]:
    for item in page.jsonld:
        if "BreadcrumbList" in types_of(item) and isinstance(item.get("itemListElement"), list):
            entries = [e for e in item["itemListElement"] if isinstance(e, dict)]
            yield [next(iter(strings(e.get("name") or e.get("item"))), "") for e in entries]
    tree = page.tree
    named_otherwise = {n for name in ("id", "aria-label", "itemtype", "typeof") for n in tree.having(name)}
    holders = sorted(n for tag in _HOLDERS for n in tree.tagged(tag))
    # Most elements are not named so.
    named = (n for n in holders if n in named_otherwise or "crumb" in tree.classes[n].lower())
    elements = (element for n in named if _is_marked(element := tree.elements[n]))
    opening = cache(lambda element: opening_of(element, _NAME + 1))  # a box in a box has the same links
    for element in islice(elements, _MARKED):
        parts = [opening(e) for e in element.iter("a", "span", "li") if not len(e) or e.tag == "a"]
        yield [part for part in parts if len(key(part)) > 1]
    yield from _unmarked_rows(page, title)


def _is_marked(element: html.HtmlElement) -> bool:
    named = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('aria-label') or ''}".lower()
    kinds = f"{element.get('itemtype') or ''} {element.get('typeof') or ''}".lower()
    return "breadcrumb" in f"{named} {kinds}" or "crumbs" in named


def _unmarked_rows(page: Page, title: str) -> Iterator[list[str]]:
    """Rows that begin with a link to the front page: items of which the last is the article, or links with pointers
    between them."""
    homes = (a for a in page.tagged("a") if _leads_home(page, a.get("href")))
    for home in islice(homes, _HOMES):
        for row in islice(home.iterancestors(), _LEVELS):
            links = list(islice(row.iter("a"), _LINKS[1] + 1))
            if page.sizes.get(row, 0) > _ROW or len(links) > _LINKS[1]:
                break
            if len(links) >= _LINKS[0] and links[0] is home:
                texts = [text_of(link) for link in links]
                items = [text_of(item) for item in row.iter("li")]
                if items and key(title) and (_is_title(items[-1], title) or _THIS_PAGE.is_whole(items[-1])):
                    yield items
                elif _is_pointed(text_of(row), texts):
                    yield texts


def _is_title(words: str, title: str) -> bool:
    cut = words.rstrip(".… ")
    return key(words) == key(title) or (cut != words and key(title).startswith(key(cut)) and len(key(cut)) > 1)


def _is_pointed(row: str, texts: list[str]) -> bool:
    """Whether a pointer stands between each two links of a row."""
    at = row.find(texts[0])
    for before, text in pairwise(texts):
        start = at + len(before)
        at = row.find(text, start)
        if at < 0 or not _POINTERS.search(row[start:at]):
            return False
    return True


def _leads_home(page: Page, href: str | None) -> bool:
    """Whether a link leads from an inner page to the front page of the site, or of a language of it."""
    if not href or not _may_be_front(href):
        return False  # most links: their addresses are not taken apart
    target, here = page.links.target(href), page.links.target("")
    return (
        target is not None
        and here is not None
        and target.netloc == here.netloc
        and not target.query
        and target.path != here.path
        and _FRONT.fullmatch(target.path) is not None
    )


def _may_be_front(href: str) -> bool:
    """Whether the last part of an address, as it is written, can be that of a front page, or is a host."""
    bare = href.strip().partition("#")[0].rstrip("/?")
    front, _, last = bare.rpartition("/")
    is_host = front.endswith("/") and len(front) - len(front.rstrip("/")) == front.count("/")
    return _FRONT.fullmatch(last) is not None or last in (".", "..") or is_host or _ODD.search(href) is not None


def _last_section(names: list[str], page: Page, title: str) -> str | None:
    """The last crumb that is neither the home page nor the article, be it cut short."""
    titles = {key(t) for t in [title, page.doc_title, *page.meta.get("og:title", [])]}
    titles |= {key(text) for _, text in page.headings}
    starts = [key(name) for name in names if name.endswith(("...", "…"))]
    names = [n for n in names if n and len(n) <= _NAME and not n.endswith((":", "：")) and key(n) not in titles]
    names = [n for n in names if key(n) not in starts or not any(t.startswith(key(n)) for t in titles)]
    if len(names) > 1 and len(last := key(names[-1])) >= _TITLE and any(t.startswith(last) for t in titles):
        names.pop()  # the article by the first words of its title
    while len(names) > 1 and _THIS_PAGE.is_whole(names[-1]):
        names.pop()
    return names[-1] if len(names) > 1 else None
